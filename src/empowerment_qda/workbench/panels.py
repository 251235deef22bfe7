"""What stands beside the transcript: the codebook with what its codes mean; codes, memos and problems in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Tree
from textual.widgets.tree import TreeNode

from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.model.coding import Memo
from empowerment_qda.problems import Problem, StudyError
from empowerment_qda.workbench.colors import SWATCH, make_seen
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.session import Session


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


def match_codes(
    query: str, book: Codebook, language: str, recent: Iterable[str] = (), status: str = "active"
) -> list[CodePlace]:
    """The codes in use (or of another status) that fit, best first; what was used last comes first among equals. All where
    nothing is typed."""
    last = {code: number for number, code in enumerate(recent)}
    ranked = [
        ((*fit[:2], last.get(place.code.id, len(last)), *fit[2:]) if query.split()
         else (last.get(place.code.id, len(last)),), number, place)
        for number, place in enumerate(book.walk())
        if place.code.status == status and (fit := rank(query, place, language)) is not None
    ]  # fmt: skip
    return [place for *_, place in sorted(ranked, key=lambda one: one[:2])]


def say_code_line(place: CodePlace, language: str) -> Content:
    """A code in a list: its id and label."""
    label = f"  {clean(place.code.label.say(language))}" if place.code.label else ""
    return Content.assemble(*say_color(place.code.color), clean(place.code.id), (label, "dim"))


def say_color(color: str | None, name: bool = False) -> list[tuple[str, str]]:
    """A sign in a colour, and what the colour is called if asked for; nothing where there is none."""
    return [(f"{SWATCH} ", color), *([(f"{color}\n", "dim")] if name else [])] if color else []


def say_code(place: CodePlace, language: str, memos: Iterable[str] = ()) -> Content:
    """What a code means: definition, when to use it, when not; and the memos on it, a line for each."""
    code = place.code
    title = [(clean(code.id), "bold")]
    if code.label:
        title.append((f"  {clean(code.label.say(language))}", ""))
    above = " / ".join(clean(one.id) for one in place.ancestors)
    facts = [above] * bool(above) + [one for one in (code.direction, code.origin, code.status) if one not in ("neutral", "deductive", "active")]  # fmt: skip
    parts: list[Any] = [*title, "\n", (" · ".join(facts), "dim"), "\n", *say_color(code.color, name=True)]
    asked = {"Means:": code.definition, "Use when:": code.use_when, "Not when:": code.not_when}
    noted = {"Near miss:": code.near_miss, "Example:": code.example}
    for name, text in (asked | noted).items():
        if text or (name in asked and not code.codes):
            parts += [(f"{name} ", "bold"), clean(text.say(language) if text else "–"), "\n"]
    for line in memos:
        parts += [clean(line), "\n"]
    return Content.assemble(*parts)


def find_memos(letters: str, memos: Sequence[Memo]) -> list[Memo]:
    """The memos in which every word that was typed stands, in whatever part."""
    found = []
    for memo in memos:
        parts = (memo.id, memo.title or "", memo.author or "", str(memo.date or ""), memo.kind, *memo.links, memo.text)  # fmt: skip
        whole = "\n".join(parts).casefold()
        if all(word in whole for word in letters.casefold().split()):
            found.append(memo)
    return found


def say_memo_line(memo: Memo, here: bool) -> Content:
    """A memo in a list: its id, kind and title, with a sign where it is on what is under the cursor."""
    kind, title = (f"  {memo.kind}  ", "dim"), clean(memo.heading)
    return Content.assemble("* " if here else "  ", (clean(memo.id), "bold"), kind, title)


def say_memo(memo: Memo) -> Content:
    """A memo with all that is known of it; its text as it was written, line by line."""
    title = f"{memo.id} {memo.title or ''}".strip()
    on = f"on {', '.join(memo.links)}" if memo.links else ""
    facts = " · ".join(filter(None, (memo.kind, memo.author, str(memo.date or ""), memo.path, on)))
    text = "\n".join(clean(line) for line in memo.text.split("\n"))
    return Content.assemble((f"{clean(title)}\n", "bold"), (f"{clean(facts)}\n\n", "dim"), text)


def say_source(session: Session) -> str:
    """Which source it is, who speaks, when, and how near to what was said."""
    source = session.source
    who = [one if isinstance(one, str) else f"{one.id} ({one.type})" if one.type else one.id for one in source.heard]  # fmt: skip
    title = source.title.say(session.language) if source.title else source.id
    memos = [memo.id for memo in session.memos_on(source.id)]
    facts = [
        title,
        ", ".join(who),
        str(source.date or ""),
        source.provenance,
        f"* {', '.join(memos)}" if memos else "",
    ]
    return clean(" · ".join(filter(None, facts)))


def say_refusal(error: StudyError | OSError, files: bool = False) -> str:
    """Why something was not done; `files`: in which file that is to be put right."""
    if isinstance(error, StudyError):
        return " ".join(say_problem(one, files) for one in error.problems)
    return f"The disk refuses: {error.strerror or error}. Nothing was changed."


def say_problem(problem: Problem, file: bool = False) -> str:
    """A problem on one line: what, and what to do next; before it, if asked for, the file and the line."""
    line = f":{problem.place.line}" if problem.place.line else ""
    message = problem.message.rstrip(".")
    return f"{f'{problem.place.path}{line}: ' * file}{message[:1].upper()}{message[1:]}. {problem.hint}"


class CodeTree(Tree[str]):
    """The tree: a click shows a code, Enter or a double click gives it to the passage."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Code", show=False)]

    @dataclass
    class Chosen(Message):
        """A code was chosen for the passage."""

        code: str

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
        """Do nothing, so that no other part does anything."""


class CodebookPanel(Vertical):
    """Search and tree; Esc leaves both for the transcript."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    CodebookPanel { height: 1fr;
        Input { margin: 0 1 0 0; }
        CodeTree { background: $surface; scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; height: 1fr; }
    }
    """

    def __init__(self, book: Codebook, language: str) -> None:
        super().__init__()
        self.book, self.language = book, language
        self.branches: dict[str, TreeNode[str]] = {}

    def compose(self) -> ComposeResult:
        yield Search(placeholder="Search codes (s)", compact=True, id="search")
        tree = CodeTree("", id="tree")
        tree.show_root = False
        tree.guide_depth = 2
        tree.auto_expand = False
        yield tree

    def on_mount(self) -> None:
        self.fill()

    @property
    def tree_of_codes(self) -> CodeTree:
        return self.query_one(CodeTree)

    def fill(self, query: str = "") -> None:
        """Show the codes that fit, each with those above it."""
        tree = self.tree_of_codes
        tree.clear()
        found = match_codes(query, self.book, self.language)
        fitting = {place.code.id for place in found}
        needed = fitting | {above.id for place in found for above in place.ancestors}
        self.branches = {"": tree.root}
        for place in self.book.walk():
            code = place.code
            if code.id in needed and code.id not in self.branches:
                above = self.branches[place.ancestors[-1].id if place.ancestors else ""]
                label = Text()
                if code.color:
                    label.append(f"{SWATCH} ", self._style_of(code.color))
                label.append(clean(code.id), style="" if code.id in fitting else "dim")
                if not query.split() and code.label:
                    label.append(f"  {clean(code.label.say(self.language))}", style="dim")
                self.branches[code.id] = above.add(
                    label, data=code.id, expand=True, allow_expand=bool(code.codes)
                )
        tree.root.expand()
        if found and query.split():
            self.point_to(found[0].code.id)

    def _style_of(self, color: str) -> str:
        """How a colour is set, so that it can be seen in the tree."""
        return make_seen(color, self.tree_of_codes.background_colors[1].hex6)

    def change(self, book: Codebook) -> None:
        """Show another codebook; the search and the place in the tree stay, if that code is there."""
        here, self.book = self.code, book
        self.fill(self.query_one(Input).value)
        self.point_to(here or "")

    def point_to(self, code: str) -> None:
        """Put the tree's cursor on a code, if it is shown, once the tree is drawn."""
        if node := self.branches.get(code):
            self.call_after_refresh(self.tree_of_codes.move_cursor, node)

    @property
    def code(self) -> str | None:
        """The code under the tree's cursor."""
        node = self.tree_of_codes.cursor_node
        return node.data if node else None

    class Left(Message):
        """Esc was pressed in the codebook."""

    def action_leave(self) -> None:
        """Back, and every code is shown again."""
        self.query_one(Input).value = ""
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self.tree_of_codes)
