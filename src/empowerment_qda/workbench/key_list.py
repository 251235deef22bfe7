"""How keys are told: the line at the bottom, with those that matter here, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from empowerment_qda.workbench.dialogs import BOX
from empowerment_qda.workbench.keys import KEYS, PAGES, Key
from empowerment_qda.workbench.layout import wrap
from empowerment_qda.workbench.session import State

_NAMES = {
    "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]", "plus": "+", "question_mark": "?",
    "escape": "Esc", "enter": "Enter", "delete": "Del", "f1": "F1", "ctrl+z": "Ctrl+Z", "ctrl+y": "Ctrl+Y",
}  # fmt: skip
Where = State | str
"""What is in hand: a coding in that state, `problem`, `book`, `round`, or nothing: `""`."""
_CODES = ("define", "change_code", "edit_turns")
HERE: dict[Where, tuple[str, ...]] = {
    "suggested": ("accept", "reject", "recode", "next_suggestion", "code", "undo", *_CODES),
    "accepted": (
        "code",
        "recode",
        "remove",
        "remark('memo')",
        "undo",
        "next_suggestion",
        "next_uncoded",
        *_CODES,
    ),
    "rejected": ("accept", "code", "recode", "next_suggestion", "undo", "next_uncoded", *_CODES),
    "other": ("code", "next_suggestion", "next_uncoded", "blind", "undo", *_CODES),
    "": ("code", "next_suggestion", "next_uncoded", "find", "undo", *_CODES),
    "problem": ("take_words", "stands_here", "next_place", "remove", "next_problem", "undo"),
    "book": ("choose", "leave"),
    "round": ("take", "accept", "reject", "take(0)", "go_on(1)", "code", "undo", "take_agreed", "go_on(-1)"),
}
"""The actions that matter there, the most needed first."""
_OF_BOOK = (
    Key("enter", "choose", "Give it", "", True),
    Key("escape", "leave", "Back", "", True),
)
_FIRST = {
    "grow": "Passage",
    "code": "Codings",
    "next_suggestion": "What waits",
    "take_words": "With a problem open",
    "find": "Find",
    "strength": "Notes on codings and turns",
    "undo": "Steps, sources, codebook",
}
"""Above the key of this action stands a heading; a key that is added belongs to the heading above it."""
_MOVE = (
    ("← →", "a word back or on"),
    ("↑ ↓", "a sentence back or on"),
    (", .", "a turn back or on (also Ctrl+↑ Ctrl+↓)"),
    ("Shift", "with these: the passage grows (< > for turns)"),
    ("PgUp PgDn", "a screen back or on"),
    ("Home End", "to the first words, to the last"),
)
_MOUSE = (
    ("words", "a click takes their sentence, a second click the word, a third the whole turn; drawing over words takes those; Shift and a click lets the passage reach there"),
    ("number", "a click on a turn's number or speaker takes the whole turn"),
    ("coding", "a click on a code in the margin takes that coding up; a second click accepts a suggestion, or opens the memo of your own coding"),
    ("codebook", "a click shows what the code means, a second click gives it to the passage"),
    ("bottom", "a click on a key presses it"),
)  # fmt: skip
_SIGNS = (
    ("✓", "accepted, bold"),
    ("?", "suggested, underlined"),
    ("✗", "rejected"),
    ("=", "another coder's, italic"),
    ("~", "inferred"),
    ("*", "has a memo"),
    ("∅", "left out"),
    ("‡", "reconstructed: not what was said word for word"),
    ("■", "the colour of a code, which its bars have, too"),
    ("┃ ┊ │", "how far codings reach: accepted, suggested, another's"),
)
BROAD = 110
"""Columns from which the list stands in two columns."""
WIDEST, _GAP = 168, 3


class Section(NamedTuple):
    """A heading of the list, and below it keys and what they do."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def name_keys(keys: str) -> str:
    """Keys as a person calls them.

    >>> name_keys("z,ctrl+z"), name_keys("1,2,3")
    ('z Ctrl+Z', '1-3')
    """
    names = [_NAMES.get(one, one) for one in keys.split(",")]
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else " ".join(names)


def list_keys(instead: Sequence[Key] = ()) -> list[Key]:
    """Every key, some of them otherwise than usual; those come first."""
    changed = {key.keys for key in instead}
    return [*instead, *(key for key in KEYS if key.keys not in changed)]


def list_sections(instead: Sequence[Key] = ()) -> list[Section]:
    """The whole list: keys, some of them otherwise than usual, the mouse, and what the signs mean."""
    made: dict[str, list[tuple[str, str]]] = {"Move": [*_MOVE]}
    heading = "Reconcile"
    for key in [*instead, *PAGES, *list_keys(instead)[len(instead) :]]:
        heading = heading if key in instead else _FIRST.get(key.action, heading)
        if key.sentence:
            made.setdefault(heading, []).append((name_keys(key.keys), key.sentence))
    made |= {"Mouse": [*_MOUSE], "Signs": [*_SIGNS]}
    return [Section(heading, tuple(rows)) for heading, rows in made.items()]


def describe_keys(instead: Sequence[Key] = ()) -> list[tuple[str, str]]:
    """Keys and what they do, without headings, mouse and signs."""
    return [row for one in list_sections(instead)[:-2] for row in one.rows]


# The line at the bottom.


def choose_keys(where: Where, width: int, instead: Sequence[Key] = (), also: Iterable[str] = ()) -> list[Key]:
    """The keys that are told on a line of so many columns: how to see all, what matters most there, how to end, `also`,
    what else matters there, and what is told wherever there is room for it. In the order of the list, so that none jumps."""
    listed = _OF_BOOK if where == "book" else list_keys(instead)
    by_action = {key.action: key for key in listed}
    tied = {action for actions in HERE.values() for action in actions} | {"next_problem"}
    free = [key.action for key in listed if key.shown and key.action not in tied]
    chosen: list[Key] = []
    left = width
    most, rest = HERE[where][:4], HERE[where][4:]
    for action in dict.fromkeys(["help", *most, "quit", *also, *rest, *free]):
        key = by_action.get(action)
        if key is None:
            continue
        left -= cell_len(_short(key)) + 3 + cell_len(key.word)
        if left < -2:
            break
        chosen.append(key)
    return [key for key in listed if key in chosen]


def say_keys(keys: Iterable[Key]) -> Content:
    """Keys on a line, each of them pressed by a click."""
    parts = []
    for key in keys:
        first, *more = key.keys.split(",")
        press = Style() if len(more) > 1 else Style.from_meta({"@click": f"app.simulate_key('{first}')"})
        parts.append(Content.assemble((_short(key), "bold $text-primary"), f" {key.word}").stylize(press))
    return Content("  ").join(parts)


def _short(key: Key) -> str:
    """The first of its keys; all of them where they are a row of numbers."""
    name = name_keys(key.keys)
    return name if "-" in name else name.split(" ")[0]


# The list.


def set_rows(sections: Iterable[Section], width: int) -> Iterator[tuple[Content, int]]:
    """Lines of no more than so many columns, each with its width; a key and the first of its words stand on one line, and
    an empty line goes before each heading."""
    left = 9 if width < 50 else 12
    for number, (heading, rows) in enumerate(sections):
        if number:
            yield Content(""), 0
        yield Content.styled(heading, "bold $text-primary"), cell_len(heading)
        for names, said in rows:
            over = max(0, cell_len(names) - left)
            filled = "-" * (over - 1) + " " * (over > 0) + said
            for at, (start, end) in enumerate(wrap(filled, max(10, width - left - 2))):
                words = filled[start:end] if at else filled[max(start, over) : end]
                name = names + " " * (left - cell_len(names)) if at == 0 else " " * left
                yield Content.assemble((name, "bold"), "  ", words), cell_len(f"{name}  {words}")


def lay_out(sections: Sequence[Section], width: int) -> Content:
    """The list on so many columns; from `BROAD` columns on in two columns, none of its sections torn apart."""
    if width < BROAD:
        return Content("\n").join(line for line, _ in set_rows(sections, width))
    half = (width - _GAP) // 2
    heights = [len([*set_rows([one], half)]) for one in sections]
    cut = min(range(1, len(sections)), key=lambda at: max(sum(heights[:at]) + at, sum(heights[at:]) + len(heights) - at))  # fmt: skip
    one, other = [*set_rows(sections[:cut], half)], [*set_rows(sections[cut:], half)]
    lines = []
    for at in range(max(len(one), len(other))):
        line, wide = one[at] if at < len(one) else (Content(""), 0)
        beside = other[at][0] if at < len(other) else Content("")
        lines.append(Content.assemble(line, " " * (half - wide + _GAP), beside))
    return Content("\n").join(lines)


class ListKeys(ModalScreen[None]):
    """The list of keys, some of them otherwise than usual, the mouse, and what the signs mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "app.pop_screen", "Back", show=False)
    ]
    CSS = f"""
    ListKeys {{ align: center middle;
        #box {{ width: 100%; max-width: {WIDEST}; height: auto; max-height: 100%; scrollbar-size-vertical: 1; {BOX} }}
    }}
    """

    def __init__(self, instead: Sequence[Key] = ()) -> None:
        super().__init__()
        self.sections = list_sections(instead)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            box.border_title = "Keys (↑ ↓ scroll, Esc leaves)"
            yield Static(id="list", markup=False)

    def on_resize(self) -> None:
        """Wrap the words for the room that there is, once it is known."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        room = min(self.size.width, WIDEST) - 5  # for the border, a space on both sides, the scroll bar
        self.query_one("#list", Static).update(lay_out(self.sections, room))
