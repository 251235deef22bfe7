"""A screen that gives the terminal back before anything is said of what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from empowerment_qda.escape import inert


class Inert(LineFilter):
    """Every line of the screen on its way to the terminal, whatever part painted it: what is typed or pasted, too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """As wide as before: what is odd takes no column, and none is given to it here."""
        return [Segment(inert(one.text, ""), one.style, one.control) for one in segments]


class Edged(App[None]):
    """Textual prints a traceback with the values of variables, participants' words among them; this prints nothing."""

    failure: Exception | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Inert text comes last."""
        return [*super().get_line_filters(), Inert()]

    def open(self) -> None:
        """Run until the person leaves. What went wrong on the screen is raised when the terminal is as it was."""
        self.run()
        if self.failure:
            raise self.failure

    def _handle_exception(self, error: Exception) -> None:
        """Called by textual with what nobody caught: end, and keep it for `open`, and for its own tests."""
        self.failure = self.failure or error
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()
