"""Why turns are left out: the question over the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from empowerment_qda.workbench.asking import Asking
from empowerment_qda.workbench.layout import clean


class AskReason(Asking):
    """A reason: one of those offered, changed or not, or another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
    ]
    CSS = """
    AskReason { align: left bottom; background: transparent;
        #box { width: 100%; height: auto; max-height: 60%; border: round $primary; background: $panel; padding: 0 1; }
        OptionList { height: auto; background: $panel; }
    }
    """

    def __init__(self, title: str, reasons: Sequence[str], save: Callable[[str], str | None]) -> None:
        super().__init__()
        self._title, self._reasons, self._save = title, reasons, save

    def compose(self) -> ComposeResult:
        """A line to write on, and what is offered."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            yield Input(self._reasons[0], compact=True)
            yield OptionList(*(Option(Content(clean(one))) for one in self._reasons), compact=True)
            yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """What is typed takes the place of what is offered."""
        options = self.query_one(OptionList)
        options.can_focus, options.highlighted = False, 0
        self.query_one(Input).select_all()

    def action_go(self, by: int) -> None:
        """Another of those offered."""
        options, line = self.query_one(OptionList), self.query_one(Input)
        at = min(max(0, (options.highlighted or 0) + by), len(self._reasons) - 1)
        options.highlighted, line.value = at, self._reasons[at]
        line.select_all()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Clicked."""
        self.take(self._save(self._reasons[event.option_index]))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        self.take(self._save(event.value))
