"""Codings whose words are not where or as they were: the keys that lead to them and put them right."""

from __future__ import annotations

from empowerment_qda.desk import Locate
from empowerment_qda.model.span import Span
from empowerment_qda.workbench.going import Going
from empowerment_qda.workbench.session import Mark
from empowerment_qda.workbench.strays import Stray, find_again, next_stray, place_of, say_stray
from empowerment_qda.workbench.units import Cursor

NONE = "No problem is open: p goes to the next one."


class Mending(Going):
    """One such coding at a time is open, until it is put right or left with Esc. Nothing is placed by itself."""

    _stray: Stray | None = None
    _place: int | None = None
    _known: tuple[Mark, ...] = ()
    _held: Cursor | None = None

    def action_next_problem(self) -> None:
        """To the next coding of one's own whose words are not where or as they were."""
        cursor = self.transcript.cursor.span
        here = place_of(self._stray) if self._stray else (self.session.at, *cursor[:2], -1)
        found = next_stray(self.session, here)
        if found is None:
            self.tell("No problem: the words of all your codings stand where they were coded.")
            return
        if found.at != self.session.at:
            self.session.open(found.at)
            self._show_source()
        self._open(found)
        self._lead(found, self._start(found))
        self.tell("Nothing is changed before you say so.")

    def action_next_place(self) -> None:
        """To the next place that may be meant."""
        stray = self._stray
        if stray is None:
            self.tell(NONE, bad=True)
        elif not stray.mend.candidates:
            self.tell("There are no places to choose from here.", bad=True)
        else:
            self._place = 0 if self._place is None else (self._place + 1) % len(stray.mend.candidates)
            self._lead(stray, stray.mend.candidates[self._place])
            self._show_stray()

    def action_take_words(self) -> None:
        """Take the words as they are now."""
        if self._stray is None:
            self.tell(NONE, bad=True)
        elif self._stray.where is None:
            said = "Only you can say where it stands: stand on the words and press h"
            self.tell(f"{said}; g goes through the places." if self._stray.mend.candidates else f"{said}.", bad=True)  # fmt: skip
        else:
            self._locate(self._stray, self._stray.where)

    def action_stands_here(self) -> None:
        """Put it on the passage under the cursor."""
        if self._stray is None:
            self.tell(NONE, bad=True)
        else:
            self._locate(self._stray, self.transcript.cursor.span)

    def on_transcript_left(self) -> None:
        """Esc."""
        self._open(None)

    def _locate(self, stray: Stray, span: Span) -> None:
        action = Locate(stray.passage.source.id, stray.coding, span)
        if self._try(lambda: self.session.act(action)):
            self.transcript.growing = False
        self.transcript.show_marks()

    def _start(self, stray: Stray) -> Span:
        """Where to look: on its words, or in the turn where they were."""
        if stray.where:
            return stray.where
        return self.transcript.units.at("sentence", stray.turn, 0)

    def _lead(self, stray: Stray, span: Span) -> None:
        """Stand there with the coding in hand, so that other keys mean it while the cursor stays."""
        here = self.session.under(span)
        shown = next((one for one in here if one.own and one.coding == stray.coding), None)
        self.transcript.go(span, chosen=shown or stray.mark(span))

    def _open(self, stray: Stray | None) -> None:
        if (stray and stray.coding) != (self._stray and self._stray.coding):
            self._place = None
        self._stray, self._known = stray, self.session.marks
        self._show_stray()

    def _show_stray(self) -> None:
        panel = self.screen_stack[0].query_one("#problem")
        panel.display = self._stray is not None
        if self._stray:
            self._put("stray", say_stray(self._stray, self._place), grows=True)

    def _show_side(self) -> None:
        stray = self._stray
        if stray and stray.at != self.session.at:
            self._open(None)
        elif stray and self._known is not self.session.marks:
            self._take_up(stray)
        view = self.transcript
        chosen = view.chosen.coding if view.chosen else None
        self._held = view.cursor if self._stray and chosen == self._stray.coding else None
        super()._show_side()

    def _take_up(self, stray: Stray) -> None:
        """After something was done: the same coding once more, in hand if it was before."""
        again, view = find_again(self.session, stray), self.transcript
        self._open(again)
        if again and again.where is None and view.cursor == self._held:
            view.chosen = again.mark(view.cursor.span)
