"""Memos over the screen: read in full, looked for, and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from empowerment_qda.answers.memo import title_of
from empowerment_qda.model.memo import Kind, Memo
from empowerment_qda.workbench.asking import ESCAPE, Asking
from empowerment_qda.workbench.layout import clean

KINDS: tuple[Kind, ...] = get_args(Kind)


class ReadMemos(ModalScreen[None]):
    """The memos: those on what is under the cursor first, then all others; found by letters; each in full below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ESCAPE,
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,enter", "page(1)", show=False),
    ]
    CSS = """
    ReadMemos { align: center middle;
        #box { width: 112; max-width: 95%; height: 90%; border: round $primary; background: $panel; padding: 0 1; }
        OptionList { height: auto; max-height: 40%; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
        #whole { border-top: solid $primary 40%; height: 1fr; scrollbar-size-vertical: 1; }
        #text { height: auto; }
    }
    """

    def __init__(self, here: Sequence[Memo], memos: Sequence[Memo], hidden: int = 0) -> None:
        super().__init__()
        self._here, self._hidden = here, hidden
        self._memos = [*here, *(one for one in memos if one not in here)]
        self._found: list[Memo] = []

    def compose(self) -> ComposeResult:
        """Letters, what fits, the memo."""
        with Vertical(id="box") as box:
            said = f"Memos: {len(self._here)} here (*), {len(self._memos)} in all"
            said += f", {self._hidden} of other coders hidden" if self._hidden else ""
            box.border_title = Content(f"{said} · ↑ ↓ PgUp PgDn · Esc leaves")
            yield Input(placeholder="letters of what you look for, in any part of a memo", compact=True)
            yield OptionList(compact=True)
            with VerticalScroll(id="whole", can_focus=False):
                yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        """Begin with those here."""
        self.query_one(OptionList).can_focus = False
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look while typing."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Enter."""
        self.action_page(1)

    def _fill(self, letters: str) -> None:
        self._found = find_memos(letters, self._memos)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(memo)) for memo in self._found])
        options.highlighted = 0 if self._found else None
        if not self._found:
            none = "No memo has these letters." if self._memos else "No memo was written yet: M writes one."
            self.query_one("#text", Static).update(Content(none))

    def _line(self, memo: Memo) -> Content:
        sign = "* " if memo in self._here else "  "
        return Content.assemble(
            sign, (clean(memo.id), "bold"), (f"  {memo.kind}  ", "dim"), clean(title_of(memo))
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show it in full, from its beginning."""
        if event.option_index < len(self._found):
            self.query_one("#text", Static).update(whole_of(self._found[event.option_index]))
            self.query_one("#whole", VerticalScroll).scroll_home(animate=False)

    def action_go(self, by: int) -> None:
        """Up and down the list."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(0, options.highlighted + by), len(self._found) - 1)

    def action_page(self, by: int) -> None:
        """On or back in the memo."""
        whole = self.query_one("#whole", VerticalScroll)
        whole.scroll_relative(y=by * max(1, whole.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def find_memos(letters: str, memos: Sequence[Memo]) -> list[Memo]:
    """The memos in which every word that was typed stands, in whatever part."""
    found = []
    for memo in memos:
        parts = (memo.id, memo.title or "", memo.author or "", str(memo.date or ""), memo.kind, *memo.links, memo.text)  # fmt: skip
        whole = "\n".join(parts).casefold()
        if all(word in whole for word in letters.casefold().split()):
            found.append(memo)
    return found


def whole_of(memo: Memo) -> Content:
    """A memo with all that is known of it; its text as it was written, line by line."""
    title = f"{memo.id} {memo.title or ''}".strip()
    on = f"on {', '.join(memo.links)}" if memo.links else ""
    facts = " · ".join(filter(None, (memo.kind, memo.author, str(memo.date or ""), memo.path, on)))
    text = "\n".join(clean(line) for line in memo.text.split("\n"))
    return Content.assemble((f"{clean(title)}\n", "bold"), (f"{clean(facts)}\n\n", "dim"), text)


class WriteMemo(Asking):
    """A memo to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", show=False)]
    CSS = """
    WriteMemo { align: center middle; background: transparent;
        #box { width: 80%; max-width: 100; min-width: 40; height: 90%; border: round $primary; background: $panel; padding: 0 1; }
        Input, Select, TextArea { background: $surface; }
        TextArea { height: 1fr; border: none; padding: 0; }
    }
    """

    def __init__(self, links: Sequence[str], save: Callable[[dict[str, Any], str], str | None]) -> None:
        super().__init__()
        self._links, self._save = links, save

    @property
    def written(self) -> str:
        """The text."""
        return self.query_one(TextArea).text.strip()

    def compose(self) -> ComposeResult:
        """Kind, title, links, text."""
        with Vertical(id="box") as box:
            box.border_title = Content("A memo: Tab goes on, Ctrl+S keeps it, Esc leaves")
            yield Label("Kind", markup=False)
            yield Select([(kind, kind) for kind in KINDS], value=KINDS[0], allow_blank=False, id="kind", compact=True)  # fmt: skip
            yield Label("Title (may be empty)", markup=False)
            yield Input(id="title", compact=True)
            yield Label("On: codes, codings, findings, sources, turns, with commas between", markup=False)
            yield Input(", ".join(self._links), id="links", compact=True)
            yield Label("What you think", markup=False)
            yield TextArea(id="text", compact=True)
            yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """Begin with the text."""
        self.set_focus(self.query_one(TextArea))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        self.focus_next()

    def action_keep(self) -> None:
        """Keep it; what is wrong is said, and the text stays."""
        links = [one.strip() for one in self.query_one("#links", Input).value.split(",")]
        keys = {
            "title": self.query_one("#title", Input).value.strip(),
            "kind": self.query_one("#kind", Select).value,
            "links": [one for one in links if one],
        }
        self.take(self._save(keys, self.query_one(TextArea).text))
