"""What a coder notes beside the codings: turns that are left out, and memos of their own."""

from __future__ import annotations

from empowerment_qda.desk import Action, LeaveOut, TakeIn
from empowerment_qda.model.coding import TurnRange
from empowerment_qda.workbench.mending import Mending
from empowerment_qda.workbench.reasons import AskReason


class Noting(Mending):
    """The keys that do so."""

    def _act(self, action: Action) -> None:
        if self._try(lambda: self.session.act(action)):
            self.transcript.growing = False
        self.transcript.show_marks()

    def action_leave_out(self) -> None:
        """Leave the turns of the passage out, or take them in again."""
        source, span = self.session.source, self.transcript.cursor.span
        turns = TurnRange(span.turn, span.end_turn)
        answers = [turn for turn in range(turns.first, turns.last + 1) if not source.is_question(turn)]
        if answers and all(turn in self.session.left_out for turn in answers):
            self._act(TakeIn(source.id, turns))
        elif self._try(lambda: self._may(LeaveOut(source.id, turns, ""))):
            title = f"Why {source.id}#{turns} is left out: Enter takes it, ↑ ↓ others, or type your own; Esc leaves"  # fmt: skip
            screen = AskReason(title, self.desk.reasons(source.id))
            self.push_screen(
                screen, lambda why: None if why is None else self._act(LeaveOut(source.id, turns, why))
            )

    def _may(self, action: Action) -> str:
        self.desk.require(action)
        return ""
