"""Small questions over the screen: which code, what text, what new code; and the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.workbench.book import card_of, match_codes
from empowerment_qda.workbench.keys import Key, describe_keys
from empowerment_qda.workbench.layout import clean

ESCAPE: BindingType = Binding("escape", "leave", "Back", show=False)


class PickCode(ModalScreen[str | None]):
    """A code by a few letters of its id or label."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ESCAPE,
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "go(-8)", show=False),
        Binding("pagedown", "go(8)", show=False),
    ]
    CSS = """
    PickCode { align: right top; background: transparent;
        #box { width: 36%; min-width: 30; max-width: 64; height: 1fr; margin-bottom: 3; border: round $primary; background: $panel; padding: 0 1; }
        OptionList { height: 1fr; background: $panel; }
        #card { height: 45%; scrollbar-size-vertical: 1; border-top: solid $primary 40%; }
    }
    """

    def __init__(self, book: Codebook, language: str, recent: Sequence[str], title: str) -> None:
        super().__init__()
        self._book, self._language, self._recent, self._title = book, language, recent, title
        self._found: list[CodePlace] = []

    def compose(self) -> ComposeResult:
        """Letters, what fits, what it means."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            yield Input(placeholder="a few letters, ↑ ↓, Enter", compact=True, select_on_focus=False)  # fmt: skip
            yield OptionList(compact=True)
            with VerticalScroll(id="card", can_focus=False):
                yield Static(id="meaning", markup=False)

    def on_mount(self) -> None:
        """Start with every code, those used last first."""
        self.query_one(OptionList).can_focus = False
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look while typing."""
        self._fill(event.value)

    def _fill(self, query: str) -> None:
        self._found = match_codes(query, self._book, self._language, self._recent)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(place)) for place in self._found])
        options.highlighted = 0 if self._found else None
        if not self._found:
            self.query_one("#meaning", Static).update(
                Content("No code has these letters. Esc, then + adds one.")
            )

    def _line(self, place: CodePlace) -> Content:
        label = f"  {clean(place.code.label.say(self._language))}" if place.code.label else ""
        return Content.assemble(clean(place.code.id), (label, "dim"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the code means."""
        if event.option_index < len(self._found):
            self.query_one("#meaning", Static).update(
                card_of(self._found[event.option_index], self._language)
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Clicked."""
        self.dismiss(self._found[event.option_index].code.id)

    def on_input_submitted(self) -> None:
        """Enter."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._found[at].code.id)

    def action_go(self, by: int) -> None:
        """Up and down the list."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(0, options.highlighted + by), len(self._found) - 1)

    def action_leave(self) -> None:
        """Without a code."""
        self.dismiss(None)


class Asking(ModalScreen[None]):
    """A question. `save` takes up what was said, and gives a sentence back where it cannot: then what was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [ESCAPE]
    DEFAULT_CSS = "Asking #wrong { display: none; height: auto; background: $error-muted; text-style: bold; }"

    _warned = ""

    @property
    def written(self) -> str:
        """What is more to lose than a word."""
        return ""

    def take(self, wrong: str | None) -> None:
        """Leave, unless something is wrong."""
        if wrong is None:
            self.dismiss()
        else:
            self.warn(wrong)

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
            self.warn("Esc once more throws away what you wrote; Ctrl+S keeps it.")


class AskText(Asking):
    """A line of text."""

    CSS = """
    AskText { align: left bottom; background: transparent;
        #box { width: 100%; height: auto; border: round $primary; background: $panel; padding: 0 1; }
    }
    """

    def __init__(self, title: str, value: str, save: Callable[[str], str | None]) -> None:
        super().__init__()
        self._title, self._value, self._save = title, value, save

    def compose(self) -> ComposeResult:
        """The question is the frame's title."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            yield Input(self._value, compact=True)
            yield Static(id="wrong", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        self.take(self._save(event.value))


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
        """A sentence."""
        said = Static(Content(f"! {self._text}"), id="wrong", markup=False)
        said.border_title = Content("Esc or Enter goes on; other keys do nothing")
        yield said


class Check(Checkbox):
    """A box that is read without colour: [X] or [ ]."""

    @property
    def _button(self) -> Content:
        return Content("[X]" if self.value else "[ ]")


class AskCode(Asking):
    """A new code: where it stands, its id, label, definition, why it is needed, and whether a participant named it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", show=False)]
    CSS = """
    AskCode { align: center middle; background: transparent;
        #box { width: 80%; max-width: 100; height: auto; border: round $primary; background: $panel; padding: 0 1; }
        Input { margin-bottom: 1; background: $surface; }
    }
    """
    ASKED: ClassVar = (
        ("under", "Under which aspect or code"),
        ("id", "Its id: letters, digits and -, such as sells-at-night"),
        ("label", "Its label (may be empty)"),
        ("definition", "What belongs under it, in a sentence"),
        ("memo", "Why the codebook needs it: what no other code covers"),
    )

    def __init__(self, under: str, words: str, save: Callable[[dict[str, str]], str | None]) -> None:
        super().__init__()
        self._given, self._save = {"under": under, "label": words}, save

    def compose(self) -> ComposeResult:
        """One line for each."""
        with Vertical(id="box") as box:
            box.border_title = Content("A new code: Enter goes on and, at the end, adds it; Esc leaves")
            for name, asked in self.ASKED:
                yield Label(asked, markup=False)
                yield Input(self._given.get(name, ""), id=name, compact=True)
            yield Check("in-vivo: a participant's own words", bool(self._given["label"]), id="in-vivo", compact=True)  # fmt: skip
            yield Static(id="wrong", markup=False)

    @property
    def written(self) -> str:
        """Sentences."""
        return "".join(self.query_one(f"#{name}", Input).value.strip() for name in ("definition", "memo"))

    def on_mount(self) -> None:
        """Begin with the id, where the place is known."""
        if self._given["under"]:
            self.set_focus(self.query_one("#id", Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next line; after the last one, done."""
        if event.input.id == self.ASKED[-1][0]:
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """Done."""
        said = {name: self.query_one(f"#{name}", Input).value.strip() for name, _ in self.ASKED}
        said["origin"] = "in-vivo" if self.query_one("#in-vivo", Checkbox).value else "inductive"
        self.take(self._save({key: one for key, one in said.items() if one}))


class Keys(ModalScreen[None]):
    """The list of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "app.pop_screen", "Back", show=False)]  # fmt: skip
    CSS = """
    Keys { align: center middle;
        #box { width: 90; max-width: 95%; height: 90%; border: round $primary; background: $panel; padding: 0 1; }
    }
    """

    def __init__(self, instead: Sequence[Key] = ()) -> None:
        super().__init__()
        self._instead = instead

    def compose(self) -> ComposeResult:
        """Key by key, and what the signs mean."""
        lines: list[tuple[str, str]] = []
        for keys, said in describe_keys(self._instead):
            lines += [(f"{keys:>19}", "bold"), (f"  {said}\n", "")]
        lines.append(
            (
                "\nSigns: ✓ accepted, bold; ? suggested, underlined; ✗ rejected; ~ inferred; * has a memo;\n"
                "= another coder's, italic; ∅ left out; bars show how far each reaches.",
                "",
            )
        )
        with VerticalScroll(id="box") as box:
            box.border_title = "Keys (Esc leaves)"
            yield Static(Content.assemble(*lines), markup=False)
