"""A screen that is safe to open: inert text, and the terminal is given back before an error is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from empowerment_qda.text import inert


class InertText(LineFilter):
    """Takes what gives orders to a terminal out of every line, whatever part painted it: what is typed or pasted, too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, as wide as before: what is taken out has no column."""
        return [Segment(inert(one.text, ""), one.style, one.control) for one in segments]


class GuardedApp(App[None]):
    """Textual prints a traceback with the values of variables, participants' words among them; this prints nothing, and
    `open` raises the error once the terminal is as it was."""

    failure: Exception | None = None

    def __init__(self) -> None:
        super().__init__()
        self.error_console = Console(quiet=True)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and inert text last."""
        return [*super().get_line_filters(), InertText()]

    def open(self) -> None:
        """Run until the person leaves. What went wrong on the screen is raised when the terminal is as it was."""
        self.run()
        if self.return_code:
            raise self.failure or RuntimeError("the screen ended with an error that it did not hand on")

    # With an error that nobody caught, textual rings or, where the error can show itself, panics. There is no public
    # place that is given the error: it is taken while it is handled.

    def bell(self) -> None:
        """Ring, unless textual does so because of an error."""
        if not self._keep_failure():
            super().bell()

    def panic(self, *renderables: RenderableType) -> None:
        """End; the error is kept for `open`."""
        self._keep_failure()
        super().panic(*renderables)

    def _keep_failure(self) -> bool:
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and self.failure is None:
            self.failure = error
        return error is not None
