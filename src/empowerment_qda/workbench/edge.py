"""A screen that gives the terminal back before anything is said of what went wrong."""

from __future__ import annotations

from textual.app import App


class Edged(App[None]):
    """Textual prints a traceback with the values of variables, participants' words among them; this prints nothing."""

    failure: Exception | None = None

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
