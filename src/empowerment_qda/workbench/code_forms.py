"""What is asked of a code: a name for a new one, with all else proposed; or all that the codebook says of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Label, Select, Static, TextArea

from empowerment_qda.model.base import is_color
from empowerment_qda.workbench.colors import PALETTE, SWATCH
from empowerment_qda.workbench.dialogs import BOX, SAVE, Check, Question
from empowerment_qda.workbench.layout import clean

Said = dict[str, str]
"""What is typed, by the names of the fields."""


class Proposed(Suggester):
    """Shows, behind what is typed, the rest of what is proposed."""

    def __init__(self, propose: Callable[[str], str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._propose = propose

    async def get_suggestion(self, value: str) -> str | None:
        """What is proposed, where it begins with what is typed."""
        found = self._propose(value)
        return found if found.startswith(value) else None


class CodeForm(Question):
    """Fields one below the other, each beside its name."""

    CSS = f"""{Question.CSS}
    NewCode, EditCode {{ align: center middle; background: transparent;
        #box {{ width: 90%; max-width: 110; min-width: 40; height: auto; {BOX} }}
        #asked {{ height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }}
        .field {{ height: auto; margin-bottom: 1; }}
        .field Label {{ width: 11; }}
        Input, Select, TextArea {{ width: 1fr; background: $surface; }}
        TextArea {{ height: auto; max-height: 5; border: none; padding: 0; }}
        #swatch {{ width: 4; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    ASKED: ClassVar[tuple[tuple[str, str], ...]] = ()


class NewCode(CodeForm):
    """A new code. Its name is enough: `propose` tells the other fields from what is typed, Tab takes what is proposed, and
    Enter takes the id and the place as they are proposed. `words` are a participant's, `name` is what was typed before."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "go_on", show=False)]
    heading = "A new code: name it, Enter; Tab takes what is proposed"
    ASKED: ClassVar = (
        ("label", "Name"),
        ("id", "Id"),
        ("under", "Under"),
        ("definition", "Means"),
        ("memo", "Why"),
    )
    HINTS: ClassVar = {
        "definition": "what belongs under it, in a sentence; may be said later",
        "memo": "what no other code covers; may be said later",
    }

    def __init__(
        self,
        words: str,
        propose: Callable[[Said], Said],
        save: Callable[[Said], str | None],
        name: str = "",
    ) -> None:
        super().__init__()
        self.given, self.in_vivo = {"label": words or name}, bool(words)
        self._propose, self._save = propose, save

    def fields(self) -> ComposeResult:
        shown = Proposed(lambda typed: self.complete("under", self.said | {"under": typed}))
        for name, asked in self.ASKED:
            value, suggester = self.given.get(name, ""), shown if name == "under" else None
            with Horizontal(classes="field"):
                yield Label(asked, markup=False)
                yield Input(value, self.HINTS.get(name, ""), id=name, compact=True, suggester=suggester)
        yield Check("in-vivo: a participant's own words", self.in_vivo, id="in-vivo", compact=True)

    def on_mount(self) -> None:
        self._show_proposed()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id in ("label", "under"):
            self._show_proposed()

    def _show_proposed(self) -> None:
        for name, proposed in self._propose(self.said).items():
            self.query_one(f"#{name}", Input).placeholder = proposed

    @property
    def said(self) -> Said:
        """What is typed so far."""
        return {name: self.query_one(f"#{name}", Input).value.strip() for name, _ in self.ASKED}

    @property
    def written(self) -> str:
        return self.said["definition"] + self.said["memo"]

    def complete(self, name: str, said: Said) -> str:
        """A field with what is proposed for it, where nothing else is typed."""
        proposed = self._propose(said).get(name, "")
        return proposed if not said[name] or name == "under" else said[name]

    def answer(self, said: Said, in_vivo: bool) -> str | None:
        """Add the code; a sentence where that cannot be."""
        if not said["label"] and not said["id"]:
            return "Type a name for it."
        proposed = self._propose(said)
        taken = {name: said[name] or proposed.get(name, "") for name in ("id", "under")}
        origin = {"origin": "in-vivo" if in_vivo else "inductive"}
        return self._save({key: one for key, one in {**taken, **said, **taken, **origin}.items() if one})

    def action_go_on(self) -> None:
        """Take what is proposed for the field in hand, and go to the next."""
        if isinstance(self.focused, Input) and self.focused.id:
            self.focused.value = self.complete(self.focused.id, self.said)
        self.focus_next()

    def on_input_submitted(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Add the code; what is wrong is said, and what was typed stays."""
        self.take(self.answer(self.said, self.query_one(Check).value))


class EditCode(CodeForm):
    """What the codebook says of a code: `given` is what it says now, `others` what it says in another language. `save` takes
    what is other then."""

    ASKED: ClassVar = (
        ("label", "Label"),
        ("definition", "Means"),
        ("use_when", "Use when"),
        ("not_when", "Not when"),
        ("example", "Example"),
        ("near_miss", "Near miss"),
        ("memo", "Memo"),
        ("direction", "Direction"),
        ("color", "Colour"),
    )
    DIRECTIONS = ("supports", "limits", "neutral")

    def __init__(
        self,
        code: str,
        given: Mapping[str, str],
        others: Mapping[str, str],
        save: Callable[[Said], str | None],
    ) -> None:
        super().__init__()
        self.heading = f"{code}: Tab goes on, Ctrl+S keeps it, Esc leaves"
        self.given, self._others, self._save = given, others, save

    def fields(self) -> ComposeResult:
        with VerticalScroll(id="asked", can_focus=False):
            for name, asked in self.ASKED:
                with Horizontal(classes="field"):
                    yield Label(asked, markup=False)
                    yield self._field(name, self.given[name])
                    if name == "color":
                        yield Static(id="swatch", markup=False)

    def _field(self, name: str, value: str) -> Any:
        if name == "direction":
            choices = [(one, one) for one in self.DIRECTIONS]
            return Select(choices, value=value, allow_blank=False, id=name, compact=True)
        if name == "color":
            return ColorInput(value)
        other = self._others[name]
        if name == "label":
            return Input(value, clean(other), id=name, compact=True, select_on_focus=False)
        return TextArea(value, placeholder=clean(other), id=name, compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#label", Input))
        self._show_swatch()

    @property
    def said(self) -> Said:
        """What stands in the fields."""
        found = {}
        for name, _ in self.ASKED:
            field = self.query_one(f"#{name}")
            found[name] = str(field.text if isinstance(field, TextArea) else field.value)  # type: ignore[attr-defined]
        return found

    @property
    def written(self) -> str:
        return "\n".join(self.changed(self.said).values())

    def changed(self, said: Said) -> Said:
        """The fields that are other than they were."""
        return {name: one for name, one in said.items() if one.strip() != self.given[name].strip()}

    def answer(self, said: Said) -> str | None:
        """Write what is other; a sentence where that cannot be."""
        changed = self.changed(said)
        if (color := changed.get("color", "").strip()) and not is_color(color):
            return f"`{color}` is no colour: write `#` and six of 0-9 and A-F, such as {PALETTE[0]}; ↑ ↓ offer some."
        return self._save(changed) if changed else None

    def on_input_changed(self) -> None:
        self._show_swatch()

    def _show_swatch(self) -> None:
        color = self.query_one(ColorInput).value.strip()
        shown = Content.styled(f" {SWATCH}{SWATCH}", color) if is_color(color) else Content("")
        self.query_one("#swatch", Static).update(shown)

    def on_input_submitted(self) -> None:
        self.focus_next()

    def action_keep(self) -> None:
        """Write it; what is wrong is said, and what was typed stays."""
        self.take(self.answer(self.said))


class ColorInput(Input):
    """A colour, typed, or one of some that ↑ and ↓ offer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "offer(-1)", show=False),
        Binding("down", "offer(1)", show=False),
    ]

    def __init__(self, value: str) -> None:
        super().__init__(
            value, placeholder="#RRGGBB, or ↑ ↓", id="color", compact=True, select_on_focus=False
        )

    def action_offer(self, by: int) -> None:
        """The next colour (1), or the one before (-1)."""
        at = PALETTE.index(self.value.upper()) if self.value.upper() in PALETTE else -1 if by > 0 else 0
        self.value = PALETTE[(at + by) % len(PALETTE)]
        self.cursor_position = len(self.value)
