"""What a coder notes beside the codings: turns that are left out, and memos of their own."""

from __future__ import annotations

from typing import Any

from empowerment_qda.desk import Action, LeaveOut, TakeIn
from empowerment_qda.model.coding import TurnRange
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.asking import AskText
from empowerment_qda.workbench.memos import ReadMemos, WriteMemo
from empowerment_qda.workbench.mending import Mending
from empowerment_qda.workbench.reasons import AskReason
from empowerment_qda.workbench.saying import say_refusal


class Noting(Mending):
    """The keys that do so."""

    def _act(self, action: Action) -> str | None:
        """Do it; why not, where it cannot be."""
        wrong = self.attempt(lambda: self.session.act(action))
        if wrong is None:
            self.transcript.growing = False
        self.transcript.show_marks()
        return wrong

    def action_leave_out(self) -> None:
        """Leave the turns of the passage out, or take them in again."""
        source, span = self.session.source, self.transcript.cursor.span
        turns = TurnRange(span.turn, span.end_turn)
        answers = [turn for turn in range(turns.first, turns.last + 1) if not source.is_question(turn)]
        left = self.session.left_out
        if answers and all(turn in left for turn in answers):
            title = f"Why {source.id}#{turns} is left out; empty takes it in again, Esc leaves"
            before = left[answers[0]]
            self.push_screen(AskText(title, before, lambda why: self._leave_out(turns, why, again=True)))
            return
        try:
            self.desk.require(LeaveOut(source.id, turns, ""))
        except StudyError as error:
            self.refuse(say_refusal(error))
            return
        title = (
            f"Why {source.id}#{turns} is left out: Enter takes it, ↑ ↓ others, or type your own; Esc leaves"
        )
        reasons = self.desk.reasons(source.id)
        self.push_screen(AskReason(title, reasons, lambda why: self._leave_out(turns, why)))

    def _leave_out(self, turns: TurnRange, why: str, again: bool = False) -> str | None:
        source = self.session.source.id
        return self._act(TakeIn(source, turns) if again and not why.strip() else LeaveOut(source, turns, why))

    def action_memos(self) -> None:
        """Read the memos, those on what is under the cursor first."""
        session = self.session
        here = session.memos_here(self.transcript.cursor.span, self._code_in_hand())
        hidden = len(self.desk.study.memos) - len(session.memos)
        self.push_screen(ReadMemos(here, session.memos, hidden))

    def action_write_memo(self) -> None:
        """Write a memo on the coding that is taken up, the code in the tree, or the turns of the passage."""
        self.push_screen(WriteMemo(self._links(), self._save_memo))

    def _links(self) -> list[str]:
        """What a memo is about, unless its author says otherwise: a passage that was made longer means its turns."""
        mark, cursor = self.transcript.chosen, self.transcript.cursor
        place = f"{self.session.source.id}#{TurnRange(cursor.span.turn, cursor.span.end_turn)}"
        if self._in_book() and self.book.code:
            return [self.book.code]
        if mark is None or cursor.anchor != cursor.head:
            return [place]
        return [mark.coding.id] if mark.coding.id else [mark.coding.code, place]

    def _save_memo(self, keys: dict[str, Any], text: str) -> str | None:
        """Keep a memo; why not, where it cannot be."""
        wrong = self.attempt(lambda: self.session.write_memo(keys, text))
        self.transcript.show_marks()
        return wrong
