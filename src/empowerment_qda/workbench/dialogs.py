"""Small questions over the screen: which code, what text, which reason, which memo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Label, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.model.coding import Kind, Memo
from empowerment_qda.workbench import panels
from empowerment_qda.workbench.layout import clean

Entry = TypeVar("Entry")
Answer = TypeVar("Answer")
Save = Callable[[str], str | None]
"""Takes up what was typed; a sentence where that cannot be."""
KINDS: tuple[Kind, ...] = get_args(Kind)
ESCAPE: BindingType = Binding("escape", "leave", "Back", show=False)
UP_DOWN: list[BindingType] = [Binding("up", "go(-1)", show=False), Binding("down", "go(1)", show=False)]
SAVE: BindingType = Binding("ctrl+s", "keep", show=False)
BOX = "border: round $primary; background: $panel; padding: 0 1;"


class ListDialog(ModalScreen[Answer], Generic[Entry, Answer]):
    """A line for letters, the entries that have them, and the one in hand in full."""

    BINDINGS: ClassVar[list[BindingType]] = [ESCAPE, *UP_DOWN]

    def __init__(
        self,
        title: str,
        placeholder: str,
        find: Callable[[str], Sequence[Entry]],
        line_of: Callable[[Entry], Content],
        whole_of: Callable[[Entry], Content],
        none: str,
    ) -> None:
        super().__init__()
        self._texts = Content(title), placeholder, Content(none)
        self.find, self._line_of, self._whole_of = find, line_of, whole_of
        self.found: Sequence[Entry] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title, placeholder, _ = self._texts
            yield Input(placeholder=placeholder, compact=True, select_on_focus=False)
            yield OptionList(compact=True)
            with VerticalScroll(id="whole", can_focus=False):
                yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.fill(event.value)

    def fill(self, letters: str) -> None:
        """List what fits."""
        self.found = self.find(letters)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line_of(one)) for one in self.found])
        options.highlighted = 0 if self.found else None
        if not self.found:
            self.query_one("#text", Static).update(self._texts[2])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self.found):
            self.query_one("#text", Static).update(self._whole_of(self.found[event.option_index]))
            self.query_one("#whole", VerticalScroll).scroll_home(animate=False)

    def action_go(self, by: int) -> None:
        """Up and down the list."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(0, options.highlighted + by), len(self.found) - 1)

    def action_leave(self) -> None:
        """Close it without an answer."""
        self.dismiss(None)


class PickCode(ListDialog[CodePlace, str | None]):
    """A code by a few letters of its id or label."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "go(-8)", show=False),
        Binding("pagedown", "go(8)", show=False),
    ]
    CSS = f"""
    PickCode {{ align: right top; background: transparent;
        #box {{ width: 36%; min-width: 30; max-width: 64; height: 1fr; margin-bottom: 3; {BOX} }}
        OptionList {{ height: 1fr; background: $panel; }}
        #whole {{ height: 45%; scrollbar-size-vertical: 1; border-top: solid $primary 40%; }}
    }}
    """

    def __init__(self, book: Codebook, language: str, recent: Sequence[str], title: str) -> None:
        super().__init__(
            title,
            "a few letters, ↑ ↓, Enter",
            lambda letters: panels.match_codes(letters, book, language, recent),
            lambda place: panels.say_code_line(place, language),
            lambda place: panels.say_code(place, language),
            "No code has these letters. Esc, then + adds one.",
        )

    def on_option_list_option_selected(self) -> None:
        self.on_input_submitted()

    def on_input_submitted(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.take(self.found[at].code.id)

    def take(self, code: str) -> None:
        """Leave with a code."""
        self.dismiss(code)


class ReadMemos(ListDialog[Memo, None]):
    """The memos: those on what is under the cursor first, then all others; found by letters; each in full below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,enter", "page(1)", show=False),
    ]
    CSS = f"""
    ReadMemos {{ align: center middle;
        #box {{ width: 112; max-width: 95%; height: 90%; {BOX} }}
        OptionList {{ height: auto; max-height: 40%; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }}
        #whole {{ border-top: solid $primary 40%; height: 1fr; scrollbar-size-vertical: 1; }}
        #text {{ height: auto; }}
    }}
    """

    def __init__(self, here: Sequence[Memo], memos: Sequence[Memo], hidden: int = 0) -> None:
        listed = [*here, *(one for one in memos if one not in here)]
        others = f", {hidden} of other coders hidden" if hidden else ""
        super().__init__(
            f"Memos: {len(here)} here (*), {len(listed)} in all{others} · ↑ ↓ PgUp PgDn · Esc leaves",
            "letters of what you look for, in any part of a memo",
            lambda letters: panels.find_memos(letters, listed),
            lambda memo: panels.say_memo_line(memo, memo in here),
            panels.say_memo,
            "No memo has these letters." if listed else "No memo was written yet: M writes one.",
        )

    def on_input_submitted(self) -> None:
        self.action_page(1)

    def action_page(self, by: int) -> None:
        """A page on or back in the memo."""
        whole = self.query_one("#whole", VerticalScroll)
        whole.scroll_relative(y=by * max(1, whole.size.height - 1), animate=False)


class Question(ModalScreen[None]):
    """A question. `save` takes up what was said, and gives a sentence back where it cannot: then what was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [ESCAPE]
    CSS = f"""
    #wrong {{ display: none; height: auto; background: $error-muted; text-style: bold; }}
    AskText, AskReason {{ align: left bottom; background: transparent;
        #box {{ width: 100%; height: auto; max-height: 60%; {BOX} }}
        OptionList {{ height: auto; background: $panel; }}
    }}
    WriteMemo {{ align: center middle; background: transparent;
        #box {{ width: 80%; max-width: 100; min-width: 40; height: 90%; {BOX} }}
        Input, Select, TextArea {{ background: $surface; }}
        TextArea {{ height: 1fr; border: none; padding: 0; }}
    }}
    """
    heading = ""
    losing = "Esc once more throws away what you wrote; Ctrl+S keeps it."
    _warned = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            yield from self.fields()
            yield Static(id="wrong", markup=False)

    def fields(self) -> ComposeResult:
        """What is asked for."""
        raise NotImplementedError

    @property
    def written(self) -> str:
        """What is more to lose than a word."""
        return ""

    def take(self, wrong: str | None) -> None:
        """Leave, unless something is wrong."""
        self.dismiss() if wrong is None else self.warn(wrong)

    def warn(self, text: str) -> None:
        """Say what is wrong."""
        told = self.query_one("#wrong", Static)
        told.display = True
        told.update(Content(f"! {text}"))

    def action_leave(self) -> None:
        """Leave; what was written only after a second Esc."""
        if self.written == self._warned:
            self.dismiss()
        else:
            self._warned = self.written
            self.warn(self.losing)


class AskText(Question):
    """A line of text; the question is the title of its frame."""

    def __init__(self, title: str, value: str, save: Save) -> None:
        super().__init__()
        self.heading, self.value, self.save = title, value, save

    def fields(self) -> ComposeResult:
        yield Input(self.value, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.take(self.save(event.value))


class AskReason(AskText):
    """Why turns are left out: one of the reasons that are offered, changed or not, or another."""

    BINDINGS: ClassVar[list[BindingType]] = UP_DOWN

    def __init__(self, title: str, reasons: Sequence[str], save: Save) -> None:
        super().__init__(title, reasons[0], save)
        self.reasons = reasons

    def fields(self) -> ComposeResult:
        yield from super().fields()
        yield OptionList(*(Option(Content(clean(one))) for one in self.reasons), compact=True)

    def on_mount(self) -> None:
        """What is typed takes the place of what is offered."""
        options = self.query_one(OptionList)
        options.can_focus, options.highlighted = False, 0
        self.query_one(Input).select_all()

    def action_go(self, by: int) -> None:
        """Offer the next reason (1), or the one before (-1)."""
        options, line = self.query_one(OptionList), self.query_one(Input)
        at = min(max(0, (options.highlighted or 0) + by), len(self.reasons) - 1)
        options.highlighted, line.value = at, self.reasons[at]
        line.select_all()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.take(self.save(self.reasons[event.option_index]))


class Check(Checkbox):
    """A box that is read without colour: [X] or [ ]."""

    def render(self) -> Content:
        return Content.assemble("[X]" if self.value else "[ ]", self.label.pad(1, 1))


class WriteMemo(Question):
    """A memo to write: kind, title, what it is on, text."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    heading = "A memo: Tab goes on, Ctrl+S keeps it, Esc leaves"

    def __init__(self, links: Sequence[str], save: Callable[[dict[str, Any], str], str | None]) -> None:
        super().__init__()
        self.links, self.save = links, save

    @property
    def written(self) -> str:
        return self.query_one(TextArea).text.strip()

    def fields(self) -> ComposeResult:
        kinds = [(kind, kind) for kind in KINDS]
        asked = {
            "Kind": Select(kinds, value=KINDS[0], allow_blank=False, id="kind", compact=True),
            "Title (may be empty)": Input(id="title", compact=True),
            "On: codes, codings, findings, sources, turns, with commas between": Input(
                ", ".join(self.links), id="links", compact=True
            ),
            "What you think": TextArea(id="text", compact=True),
        }
        for said, field in asked.items():
            yield Label(said, markup=False)
            yield field

    def on_mount(self) -> None:
        self.set_focus(self.query_one(TextArea))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.focus_next()

    def action_keep(self) -> None:
        """Keep it; what is wrong is said, and the text stays."""
        links = [one.strip() for one in self.query_one("#links", Input).value.split(",")]
        keys = {
            "title": self.query_one("#title", Input).value.strip(),
            "kind": self.query_one("#kind", Select).value,
            "links": [one for one in links if one],
        }
        self.take(self.save(keys, self.query_one(TextArea).text))


class Halt(ModalScreen[None]):
    """Why a question is not asked, where it would have been: what is typed for an answer is no key then."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "app.pop_screen", show=False)]
    CSS = """
    Halt { align: left bottom; background: transparent;
        #wrong { width: 100%; height: auto; border: round $error; background: $error-muted; text-style: bold; padding: 0 1; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        said = Static(Content(f"! {self._text}"), id="wrong", markup=False)
        said.border_title = Content("Esc or Enter goes on; other keys do nothing")
        yield said
