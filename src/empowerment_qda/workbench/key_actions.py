"""What the keys do, in groups that belong together; the workbench holds one object of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from empowerment_qda.coding import Accept, Action, Add, Entry, LeaveOut, Recode, Reject, Remove, Set, TakeIn
from empowerment_qda.coding.actions import Remark
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.dialogs import AskReason, AskText, PickCode, ReadMemos, WriteMemo
from empowerment_qda.workbench.layout import label_of
from empowerment_qda.workbench.panels import say_refusal
from empowerment_qda.workbench.session import Session, ShownCoding, State

if TYPE_CHECKING:
    from empowerment_qda.workbench.app import Workbench


T = TypeVar("T")
REMARKS: dict[Remark, str] = {
    "memo": "Memo on",
    "event_date": "When did it happen (2022-09-15, 2022-09 or 2022):",
    "direction_note": "Which way it points, other than its code:",
}
"""What is asked, before the name of the code."""


class KeyActions:
    """A group of keys: each method `action_x` is what a key with the action `x` does, and what `keys` says of it."""

    def __init__(self, app: Workbench) -> None:
        self.app, self.session, self.selection = app, app.session, app.selection

    def actions(self) -> Iterator[tuple[str, Callable[..., None]]]:
        """The methods that keys call, by their names."""
        return ((name, getattr(self, name)) for name in dir(self) if name.startswith("action_"))

    def under_cursor(self) -> list[ShownCoding]:
        """The codings that share words with the passage under the cursor."""
        return self.session.under(self.selection.cursor.span)

    def attempt(self, do: Callable[[], str]) -> str | None:
        """Do it and say so; why not, where it cannot be: then nothing has changed."""
        said, wrong, reading = "", None, True
        try:
            wrong = self.app.catch_up()
            reading = False
            said = do() if wrong is None else ""
        except (StudyError, OSError) as error:
            wrong = say_refusal(error, files=reading)
        self.app.tell(" ".join(filter(None, [said, wrong, *self.session.notes()])), wrong is not None)
        return wrong

    def act(self, action: Action) -> str | None:
        """Do something to codings and show it; why not, where it cannot be."""
        wrong = self.attempt(lambda: self.session.act(action))
        if wrong is None:
            self.selection.growing = False
        self.selection.show_codings()
        return wrong


class NavigationKeys(KeyActions):
    """Keys that change nothing on disk: they lead to what waits or is not coded, and to other sources."""

    def action_next_suggestion(self) -> None:
        chosen, span = self.selection.chosen, self.selection.cursor.span
        after = chosen.place if chosen else (span, "")
        found = find_next(self.session, self.session.suggested_in, lambda one: one.place > after)
        if found is None:
            otherwise = "No suggestion waits. `qda code` makes them from the codebook's cues."
            hidden = "This session hides suggestions: it was started with --no-suggestions."
            self.app.tell(otherwise if self.session.suggestions else hidden)
            return
        at, shown = found
        self.app.open_source(at)
        self.selection.go(shown.span, chosen=shown)
        self.app.tell(f"{label_of(shown)}: {shown.coding.why or 'suggested'}")

    def action_next_uncoded(self) -> None:
        here = self.selection.cursor.span.turn
        found = find_next(self.session, self.session.uncoded_of, lambda turn: turn > here)
        if found is None:
            left = " or left out" if self.session.left_out else ""
            self.app.tell(f"Every answer is coded{left}.")
            return
        at, turn = found
        self.app.open_source(at)
        self.selection.go(self.selection.units.at("sentence", turn, 0))
        self.app.tell(f"{self.session.source.id}#{turn} has no code of yours.")

    def action_source(self, by: int) -> None:
        self.session.open(self.session.at + by)
        self.app.show_source()
        self.app.tell(self.app.READY)

    def action_search(self) -> None:
        self.app.show_book()

    def action_blind(self) -> None:
        if self.app.sealed:
            self.app.tell("This session is blind: it was started with --blind.", bad=True)
            return
        self.session.others = not self.session.others
        self.session.take_up()
        self.selection.show_codings()
        self.app.tell(
            "Other coders' codings are shown (=)."
            if self.session.others
            else "Other coders' codings are hidden."
        )


class CodingKeys(KeyActions):
    """Keys with which suggestions are decided on, passages coded, codings remarked on; each is on disk before the next."""

    NO_SUGGESTION = "No suggestion here: n goes to the next one."

    def _meant(
        self, states: tuple[State, ...], own: bool, otherwise: str, asking: bool = False
    ) -> ShownCoding | None:
        """The coding that is meant: the one taken up, or the first that it can be done to; `asking`: for words then."""
        chosen = self.selection.chosen
        for shown in ([chosen] if chosen else []) + self.under_cursor():
            if shown.state in states and (shown.own or not own):
                return shown
        self.app.refuse(otherwise, asking)
        return None

    def meant_suggestion(self) -> ShownCoding | None:
        """The suggestion that is taken up, or the first under the cursor; None, and it is said, where there is none."""
        return self._meant(("suggested",), False, self.NO_SUGGESTION, asking=True)

    def _meant_own(self, asking: bool = False) -> ShownCoding | None:
        otherwise = "None of your codings is here: a accepts a suggestion first, c gives a code."
        return self._meant(("accepted", "suggested", "rejected"), True, otherwise, asking)

    def pick(self, title: str, then: Callable[[str], None]) -> None:
        """Ask for a code."""
        screen = PickCode(self.app.desk.codebook, self.session.language, self.session.recent, title)
        self.app.push_screen(screen, lambda code: then(code) if code else None)

    def _take_up(self, span: Span, code: str) -> None:
        """Take up the own coding there that has this code."""
        made = [one for one in self.session.under(span) if one.own and one.coding.code == code]
        if made:
            self.selection.stand(self.selection.cursor, made[0])

    def give(self, code: str) -> None:
        """Give the passage a code."""
        span = self.selection.cursor.span
        self.act(Add(self.session.source.id, span, code))
        self._take_up(span, code)

    def action_code(self) -> None:
        self.pick("A code for the passage", self.give)

    def action_accept(self) -> None:
        shown = self._meant(("suggested", "rejected"), False, self.NO_SUGGESTION)
        if shown:
            self.act(Accept(self.session.source.id, shown.coding))

    def action_reject(self) -> None:
        chosen = self.selection.chosen
        suggested = any(one.state == "suggested" for one in ([chosen] if chosen else self.under_cursor()))
        states: tuple[State, ...] = ("suggested",) if suggested else ("accepted",)
        shown = self._meant(states, not suggested, self.NO_SUGGESTION)
        if shown:
            self.act(Reject(self.session.source.id, shown.coding))

    def action_recode(self) -> None:
        states: tuple[State, ...] = ("suggested", "accepted", "rejected")
        shown = self._meant(states, False, "Nothing here to give another code.", asking=True)
        if shown:
            self.pick(f"Instead of {shown.coding.code}", lambda code: self._recode(shown, code))

    def _recode(self, shown: ShownCoding, code: str) -> None:
        self.act(Recode(self.session.source.id, shown.coding, code))
        self._take_up(shown.span, code)

    def action_remove(self) -> None:
        otherwise = "None of your codings is here; r rejects a suggestion."
        shown = self._meant(("accepted", "rejected", "suggested"), True, otherwise)
        if shown:
            self.act(Remove(self.session.source.id, shown.coding))

    def action_remark(self, key: Remark) -> None:
        shown = self._meant_own(asking=True)
        if shown:
            coding, source = shown.coding, self.session.source.id
            before = str(getattr(coding, key) or "")

            def save(said: str) -> str | None:
                return None if said == before else self.act(Set(source, coding, {key: said}))

            self.app.push_screen(AskText(f"{REMARKS[key]} {coding.code} (empty takes it away)", before, save))

    def action_strength(self) -> None:
        shown = self._meant_own()
        if shown:
            other = "inferred" if shown.coding.strength == "direct" else "direct"
            self.act(Set(self.session.source.id, shown.coding, {"strength": other}))

    def action_undo(self) -> None:
        self._step(self.session.undo)

    def action_redo(self) -> None:
        self._step(self.session.redo)

    def _step(self, do: Callable[[], tuple[list[Entry], str]]) -> None:
        entries: list[Entry] = []

        def step() -> str:
            done, said = do()
            entries.extend(done)
            return said

        self.attempt(step)
        if any(entry.code for entry in entries):
            self.app.book.change(self.app.desk.codebook)
        self.app.show_source()
        changed = [coding for entry in entries for coding in entry.before + entry.after]
        spans = [one.span for one in self.session.shown if one.coding in changed]
        if spans and not any(one.coding in changed for one in self.under_cursor()):
            self.selection.go(spans[0])


class NoteKeys(KeyActions):
    """Keys for what a coder notes beside the codings: turns that are left out, and memos of their own."""

    def action_leave_out(self) -> None:
        source, span = self.session.source, self.selection.cursor.span
        turns = TurnRange(span.turn, span.end_turn)
        answers = [turn for turn in range(turns.first, turns.last + 1) if not source.is_question(turn)]
        left = self.session.left_out
        if answers and all(turn in left for turn in answers):
            title = f"Why {source.id}#{turns} is left out; empty takes it in again, Esc leaves"
            before = left[answers[0]]
            self.app.push_screen(AskText(title, before, lambda why: self._leave_out(turns, why, again=True)))
            return
        try:
            self.app.desk.require(LeaveOut(source.id, turns, ""))
        except StudyError as error:
            self.app.refuse(say_refusal(error))
            return
        keys = "Enter takes it, ↑ ↓ others, or type your own; Esc leaves"
        reasons = self.app.desk.reasons(source.id)
        title = f"Why {source.id}#{turns} is left out: {keys}"
        self.app.push_screen(AskReason(title, reasons, lambda why: self._leave_out(turns, why)))

    def _leave_out(self, turns: TurnRange, why: str, again: bool = False) -> str | None:
        source = self.session.source.id
        return self.act(TakeIn(source, turns) if again and not why.strip() else LeaveOut(source, turns, why))

    def action_memos(self) -> None:
        session = self.session
        here = session.memos_here(self.selection.cursor.span, self.app.code_in_hand())
        hidden = len(self.app.desk.study.memos) - len(session.memos)
        self.app.push_screen(ReadMemos(here, session.memos, hidden))

    def action_write_memo(self) -> None:
        self.app.push_screen(WriteMemo(self._links(), self._save_memo))

    def _links(self) -> list[str]:
        """What a memo is about, unless its author says otherwise: a passage that was made longer means its turns."""
        chosen, cursor = self.selection.chosen, self.selection.cursor
        place = f"{self.session.source.id}#{TurnRange(cursor.span.turn, cursor.span.end_turn)}"
        if self.app.is_in_book() and self.app.book.code:
            return [self.app.book.code]
        if chosen is None or cursor.anchor != cursor.head:
            return [place]
        return [chosen.coding.id] if chosen.coding.id else [chosen.coding.code, place]

    def _save_memo(self, keys: dict[str, Any], text: str) -> str | None:
        wrong = self.attempt(lambda: self.session.write_memo(keys, text))
        self.selection.show_codings()
        return wrong


def find_next(
    session: Session, listed: Callable[[int], Iterable[T]], is_later: Callable[[T], bool]
) -> tuple[int, T] | None:
    """The number of a source and the first that is listed for it: what is later here, then in the sources from here on,
    at last in this one once more."""
    number = len(session.sources)
    for step in range(number + 1):
        at = (session.at + step) % number
        for one in listed(at):
            if step or is_later(one):
                return at, one
    return None
