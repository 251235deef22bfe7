"""The codebook at the side: a tree that can be searched, and what a code means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Tree

from empowerment_qda.model.codebook import Code, Codebook, CodePlace
from empowerment_qda.workbench.layout import clean


def rank(query: str, place: CodePlace, language: str) -> tuple[int, ...] | None:
    """How well a code fits some typed letters, best first; None where it does not.

    Every word typed has to be found: at the beginning of the id or a part of it or of the label, in them, or letter by
    letter in the id.
    """
    code = place.code
    label = code.label.say(language).casefold() if code.label else ""
    name = code.id.casefold()
    parts = [one for one in re.split(r"[\W_]+", f"{name} {label}") if one]
    ranks = []
    for word in query.casefold().split():
        if name.startswith(word):
            ranks.append(0)
        elif any(part.startswith(word) for part in parts):
            ranks.append(1)
        elif word in name or word in label:
            ranks.append(2)
        elif re.search(".*?".join(map(re.escape, word)), name):
            ranks.append(3)
        else:
            return None
    return max(ranks, default=0), sum(ranks), bool(code.codes), len(name)


def match_codes(query: str, book: Codebook, language: str, recent: Iterable[str] = ()) -> list[CodePlace]:
    """The codes in use that fit, best first; what was used last comes first among equals. All where nothing is typed."""
    last = {code: number for number, code in enumerate(recent)}
    ranked = [
        ((*fit[:2], last.get(place.code.id, len(last)), *fit[2:]) if query.split()
         else (last.get(place.code.id, len(last)),), number, place)
        for number, place in enumerate(book.walk())
        if place.code.status == "active" and (fit := rank(query, place, language)) is not None
    ]  # fmt: skip
    return [place for *_, place in sorted(ranked, key=lambda one: one[:2])]


def card_of(place: CodePlace, language: str, memos: Iterable[str] = ()) -> Content:
    """What a code means: definition, when to use it, when not; and the memos on it, a line for each."""
    code = place.code
    title = [(clean(code.id), "bold")]
    if code.label:
        title.append((f"  {clean(code.label.say(language))}", ""))
    above = " / ".join(clean(one.id) for one in place.ancestors)
    facts = [above] * bool(above) + [one for one in (code.direction, code.origin, code.status) if one not in ("neutral", "deductive", "active")]  # fmt: skip
    parts: list[Any] = [*title, "\n", (" · ".join(facts), "dim"), "\n"]
    for name, text in _rules(code, language):
        parts += [(f"{name} ", "bold"), clean(text), "\n"]
    for line in memos:
        parts += [clean(line), "\n"]
    return Content.assemble(*parts)


def _rules(code: Code, language: str) -> Iterator[tuple[str, str]]:
    named = (
        ("Means:", code.definition),
        ("Use when:", code.use_when),
        ("Not when:", code.not_when),
        ("Near miss:", code.near_miss),
        ("Example:", code.example),
    )
    for name, text in named:
        if text:
            yield name, text.say(language)
        elif name in ("Means:", "Use when:", "Not when:") and not code.codes:
            yield name, "–"


class BookTree(Tree[str]):
    """The tree: a click shows a code, Enter or a double click gives it to the passage."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Code", show=False)]

    class Chosen(Message):
        """A code was chosen for the passage."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def action_choose(self) -> None:
        """Give the code under the cursor to the passage."""
        if self.cursor_node and self.cursor_node.data:
            self.post_message(self.Chosen(self.cursor_node.data))

    def on_click(self, event: events.Click) -> None:
        """A double click chooses."""
        if event.chain == 2:
            self.action_choose()


class Search(Input):
    """Letters of a code; keys that mean something elsewhere do nothing here."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z,ctrl+y,f1", "none", show=False)]

    def action_none(self) -> None:
        """Nothing."""


class Book(Vertical):
    """Search and tree; Esc leaves both for the transcript."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    Book { height: 1fr;
        Input { margin: 0 1 0 0; }
        BookTree { background: $surface; scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; height: 1fr; }
    }
    """

    def __init__(self, book: Codebook, language: str) -> None:
        super().__init__()
        self.book, self.language = book, language

    def compose(self) -> ComposeResult:
        """Search above tree."""
        yield Search(placeholder="Search codes (s)", compact=True, id="search")
        tree = BookTree("", id="tree")
        tree.show_root = False
        tree.guide_depth = 2
        tree.auto_expand = False
        yield tree

    def on_mount(self) -> None:
        """Show all."""
        self.fill()

    @property
    def tree_of_codes(self) -> BookTree:
        """The tree."""
        return self.query_one(BookTree)

    def fill(self, query: str = "") -> None:
        """Show the codes that fit, each with those above it."""
        tree = self.tree_of_codes
        tree.clear()
        fitting = {place.code.id for place in match_codes(query, self.book, self.language)}
        needed = set(fitting)
        for one in fitting:
            needed |= {above.id for above in self.book.places[one].ancestors}
        nodes = {"": tree.root}
        for place in self.book.walk():
            code = place.code
            if code.id in needed and code.id not in nodes:
                above = nodes[place.ancestors[-1].id if place.ancestors else ""]
                label = Text(clean(code.id), style="" if code.id in fitting else "dim")
                if not query.split() and code.label:
                    label.append(f"  {clean(code.label.say(self.language))}", style="dim")
                nodes[code.id] = above.add(label, data=code.id, expand=True, allow_expand=bool(code.codes))
        tree.root.expand()
        best = match_codes(query, self.book, self.language)[:1] if query.split() else []
        if best:
            self.call_after_refresh(tree.move_cursor, nodes[best[0].code.id])

    def change(self, book: Codebook) -> None:
        """Show another codebook; the search and the place in the tree stay, if that code is there."""
        here, self.book = self.code, book
        self.fill(self.query_one(Input).value)
        if here:
            self.call_after_refresh(self.point_to, here)

    def point_to(self, code: str) -> None:
        """Put the tree's cursor on a code, if it is shown."""
        tree = self.tree_of_codes
        stack = list(tree.root.children)
        while stack:
            node = stack.pop()
            if node.data == code:
                tree.move_cursor(node)
                return
            stack.extend(node.children)

    @property
    def code(self) -> str | None:
        """The code under the tree's cursor."""
        node = self.tree_of_codes.cursor_node
        return node.data if node else None

    class Left(Message):
        """Esc was pressed."""

    def action_leave(self) -> None:
        """Back, and every code is shown again."""
        self.query_one(Input).value = ""
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        self.fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the search to what it found."""
        event.stop()
        self.screen.set_focus(self.tree_of_codes)
