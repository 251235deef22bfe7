"""Where the keys lead: what waits, what is not coded, what is looked for, other sources."""

from __future__ import annotations

from empowerment_qda.model.span import Span
from empowerment_qda.workbench.asking import AskText, Keys
from empowerment_qda.workbench.margin import label_of
from empowerment_qda.workbench.session import Mark
from empowerment_qda.workbench.shell import NARROW, Shell


class Going(Shell):
    """The keys that change nothing on disk."""

    def _go(self, at: int, span: Span, chosen: Mark | None = None) -> None:
        if at != self.session.at:
            self.session.open(at)
            self._show_source()
        self.transcript.go(span, chosen=chosen)

    def action_next_suggestion(self) -> None:
        """To the next suggestion that waits."""
        chosen, span = self.transcript.chosen, self.transcript.cursor.span
        found = self.session.next_suggestion(chosen.place if chosen else (span, ""))
        if found is None:
            otherwise = "No suggestion waits. `qda code` makes them from the codebook's cues."
            hidden = "This session hides suggestions: it was started with --no-suggestions."
            self.tell(otherwise if self.session.suggestions else hidden)
            return
        at, mark = found
        self._go(at, mark.span, mark)
        self.tell(f"{label_of(mark)}: {mark.coding.why or 'suggested'}")

    def action_next_uncoded(self) -> None:
        """To the next answer without a coding."""
        found = self.session.next_uncoded(self.transcript.cursor.span.turn)
        if found is None:
            self.tell(
                "Every answer is coded or left out." if self.session.left_out else "Every answer is coded."
            )
            return
        at, turn = found
        self._go(at, Span(turn, 0, turn, 0))
        self._go(at, self.transcript.units.at("sentence", turn, 0))
        self.tell(f"{self.session.source.id}#{turn} has no code of yours.")

    def action_source(self, by: int) -> None:
        """To another source."""
        self.session.open(self.session.at + by)
        self._show_source()
        self.tell(self.READY)

    def action_find(self) -> None:
        """Ask what to find."""
        self.push_screen(AskText("Find: letters, or words in any form", self._wanted, self._find))

    def _find(self, wanted: str) -> str | None:
        self._wanted = wanted.strip()
        return self._find_next() if self._wanted else None

    def action_find_next(self) -> None:
        """To the next place of what is looked for."""
        if not self._wanted:
            self.action_find()
        else:
            self._find_next()

    def _find_next(self) -> str | None:
        found: list[Span] = []

        def find() -> str:
            found.extend(self.session.find(self._wanted))
            return "" if found else f"“{self._wanted}” does not stand in {self.session.source.id}."

        wrong = self.attempt(find)
        if found and wrong is None:
            here = self.transcript.cursor.span
            at = next((at for at, span in enumerate(found) if span > here), 0)
            self.transcript.go(found[at], "word")
            self.tell(f"“{self._wanted}”: {at + 1} of {len(found)}; f finds the next.")
        return wrong

    def action_search(self) -> None:
        """To the search in the codebook."""
        if self.size.width < NARROW:
            self.refuse("The codebook has no room on this screen; c gives a code by a few letters.")
            return
        self.set_focus(self.book.query_one("#search"))

    def action_blind(self) -> None:
        """Show what others did, or hide it."""
        if self.sealed:
            self.tell("This session is blind: it was started with --blind.", bad=True)
            return
        self.session.others = not self.session.others
        self.session.take_up()
        self.transcript.show_marks()
        self.tell("Other coders' codings are shown (=)." if self.session.others else "Other coders' codings are hidden.")  # fmt: skip

    def action_help(self) -> None:
        """List the keys."""
        self.push_screen(Keys())
