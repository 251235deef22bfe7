"""The keys of the workbench without its screen: what they do on disk, what is said, and what is asked.

The parts are the workbench's own; only what textual does for them is done here: a key finds its action, a question takes
what is typed. The same bodies run here and on a screen (see `screen.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from textual.actions import parse

from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Source
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.broken_anchors import BrokenAnchorKeys
from empowerment_qda.workbench.code_dialogs import AskId, ChangeMenu, PickPart, PickTarget, Shown
from empowerment_qda.workbench.code_forms import EditCode, NewCode
from empowerment_qda.workbench.code_keys import CodeKeys
from empowerment_qda.workbench.code_operation_keys import CodeOperationKeys
from empowerment_qda.workbench.dialogs import KINDS, AskText, Halt, PickCode, WriteMemo
from empowerment_qda.workbench.in_hand import say_side
from empowerment_qda.workbench.key_actions import CodingKeys, KeyActions, NavigationKeys, NoteKeys
from empowerment_qda.workbench.keys import ASKING, BINDINGS, MOVES, ROUND_BINDINGS, UNWATCHED
from empowerment_qda.workbench.layout import Layout, label_of, margin_of
from empowerment_qda.workbench.many import ManyKeys
from empowerment_qda.workbench.panels import say_refusal, say_source
from empowerment_qda.workbench.reconcile import Reconcile, ReconciliationKeys, say_sides
from empowerment_qda.workbench.reconciliation_round import Round
from empowerment_qda.workbench.search import Pick, SearchKeys
from empowerment_qda.workbench.session import Selection, Session
from empowerment_qda.workbench.turn_edit import TurnEditKeys
from kit_desk import Clock


class Book:
    """The codebook at the side, as far as keys know of it."""

    def __init__(self, desk: Desk) -> None:
        self.book, self.code = desk.codebook, None

    def change(self, book: Any) -> None:
        self.book = book

    def point_to(self, code: Any) -> None:
        self.code = code


class Keyboard:
    """A workbench that nobody sees; `coders` makes it one of a reconciliation round."""

    def __init__(
        self,
        desk: Desk,
        sources: Sequence[Source],
        others: bool = False,
        sealed: bool = False,
        suggestions: bool = True,
        coders: Sequence[str] = (),
    ) -> None:
        session: Any = (
            Round(desk, sources, coders)
            if coders
            else Session(desk, sources, others and not sealed, suggestions)
        )
        self.session = self.round = session
        self.desk, self.sealed, self.coders = desk, sealed, coders
        self.READY = Reconcile.READY if coders else Workbench.READY
        self.selection = Selection(self.session)
        self.size, self.book = SimpleNamespace(width=120), Book(desk)
        self.panel, self.words = SimpleNamespace(display=False), {"problem-text": ""}
        self.question: Any = None
        self.below: list[Any] = []
        self.typed: list[str] = []
        self.wrong = ""
        self.then: Callable[[Any], object] | None = None
        me: Any = self
        self.coding, self.problems = CodingKeys(me), BrokenAnchorKeys(me)
        search, codes = SearchKeys(me), CodeKeys(me)
        groups: list[KeyActions] = [
            NavigationKeys(me),
            search,
            self.coding,
            ManyKeys(me, search, self.coding),
            NoteKeys(me),
            codes,
            self.problems,
            CodeOperationKeys(me, codes),
            TurnEditKeys(me),
        ]
        if coders:
            self.deciding = ReconciliationKeys(me)
            groups.append(self.deciding)
        self.actions = dict(action for group in groups for action in group.actions())
        bindings: Any = [*MOVES, *BINDINGS, *(ROUND_BINDINGS if coders else [])]
        self.moves = ("move", "end", "grow", "shrink", "other")
        self.keys = {key: one.action for one in bindings for key in one.key.split(",")}
        self.show_source()
        self.tell(" ".join(self.session.notes()) or self.READY)
        if coders:
            found = self.round.next_unit(0, 1, still_open=True) or self.round.next_unit(0, 1)
            if found:
                self.deciding.stand(found)
        self.problems.follow()

    # What the parts ask of a screen.

    def tell(self, text: str, bad: bool = False) -> None:
        self.words["told"] = f"{'! ' if bad else ''}{text}"

    def refuse(self, text: str, asking: bool = True) -> None:
        self.tell(text, bad=True)
        if asking:
            self.push_screen(Halt(text))

    def push_screen(self, question: Any, then: Callable[[Any], object] | None = None) -> None:
        self.below += [(self.question, self.typed, self.then)] if self.question else []
        self.question, self.then = question, then
        if isinstance(question, Shown):
            question.show, question.warn = lambda: None, self._warn  # type: ignore[method-assign]
            question.dismiss = self.pop_screen  # type: ignore[assignment, method-assign]
        self.wrong = ""
        self.typed, self.field, self.line = [""], 0, 0
        if isinstance(question, AskText):
            self.typed = [question.value]
        elif isinstance(question, NewCode | EditCode):
            self.typed = [question.given.get(name, "") for name, _ in question.ASKED]
        self.selected = isinstance(question, AskText)  # what is typed takes its place

    def pop_screen(self) -> None:
        """Close the question, and go on with the one below it."""
        self.question, self.typed, self.then = self.below.pop() if self.below else (None, [], None)

    def _warn(self, text: str) -> None:
        self.wrong = f"! {text}"

    def open_source(self, at: int) -> None:
        if at != self.session.at:
            self.session.open(at)
            self.show_source()

    def show_source(self) -> None:
        self.selection.show_source()

    def catch_up(self) -> str | None:
        news = self.session.catch_up()
        if news is not None:
            self.book.change(self.desk.codebook)
            self.show_source()
        return news or None

    def part(self, name: str) -> Any:
        assert name == "problem"
        return self.panel

    def put(self, name: str, words: Any, grows: bool = False) -> None:
        self.words[name] = str(words)

    def call_after_refresh(self, do: Callable[..., Any], *places: Any) -> None:
        do(*places)

    def is_in_book(self) -> bool:
        return False

    def show_book(self) -> None:
        raise AssertionError("the codebook is a part of a screen")

    def code_in_hand(self) -> str | None:
        chosen = self.selection.chosen
        return chosen.coding.code if chosen else self.book.code

    # What textual does.

    @property
    def screen(self) -> Any:
        """The question that is open."""
        return self.question

    @property
    def screen_stack(self) -> list[Any]:
        """The workbench and what is open over it."""
        return [self, *(one for one, *_ in self.below), *([self.question] if self.question else [])]

    def press(self, *keys: str) -> None:
        """Press keys one after the other; `'abc` is typed letter by letter."""
        for key in keys:
            if self.question is None:
                for one in key[1:] if key.startswith("'") else [key]:
                    self._do(self.keys[one])
            elif isinstance(self.question, Halt):
                if key in ("escape", "enter"):
                    self.pop_screen()
            elif isinstance(self.question, Shown | ChangeMenu) and key != "escape":
                self._choose(key)
            elif key == "plus" and isinstance(self.question, PickPart):
                self.question._make(self.typed[0])
            elif key == "escape" and isinstance(self.question, Shown):
                self.question.action_leave()
            elif key == "escape":
                self.pop_screen()
            else:
                self._answer(key)
            self.problems.follow()

    def _do(self, action: str) -> None:
        _, name, places = parse(action)
        if name in self.moves:
            getattr(self.selection, name)(*places)
            if name == "shrink":
                self.problems.show(None)
            return
        try:
            if name not in UNWATCHED and (news := self.catch_up()):
                self.refuse(news, name in ASKING)
            else:
                self.actions[f"action_{name}"](*places)
        except (StudyError, OSError) as error:
            self.refuse(say_refusal(error, files=True), name in ASKING)

    def _choose(self, key: str) -> None:
        """A key that a question has bound."""
        bound: Any = [one for kind in type(self.question).__mro__ for one in vars(kind).get("BINDINGS", ())]
        _, name, places = parse(next(one.action for one in bound if key in one.key.split(",")))
        getattr(self.question, f"action_{name}")(*places)

    def _answer(self, key: str) -> None:
        question, at = self.question, self.field
        if key.startswith("'"):
            self.typed[at] = key[1:] if self.selected else self.typed[at] + key[1:]
        elif key == "down" and isinstance(question, Pick):
            self.line += 1
        elif key in ("ctrl+u", "backspace"):
            assert key == "ctrl+u" or self.selected
            self.typed[at] = ""
        elif key == "enter" and isinstance(question, WriteMemo):
            self.typed[0] += "\n"
        elif key == "tab" or (key == "enter" and isinstance(question, EditCode)):
            if isinstance(question, NewCode):
                self.typed[at] = question.complete(question.ASKED[at][0], self._said(question))
            self.field = (at + 1) % len(self.typed)
        else:
            assert key in ("enter", "ctrl+s"), key
            self._submit(question)
        self.selected = False

    def _said(self, question: Any) -> dict[str, str]:
        return {name: one.strip() for (name, _), one in zip(question.ASKED, self.typed, strict=True)}

    def _submit(self, question: Any) -> None:
        if isinstance(question, PickCode):
            found = question.find(self.typed[0])
            if found and isinstance(question, PickTarget):
                question.then(found[0].code.id)
            elif found:
                self.question = None
                assert self.then
                self.then(found[0].code.id)
            return
        if isinstance(question, Pick):
            found = question.find(self.typed[0])
            if found:
                self.question = None
                assert self.then
                self.then(found[self.line])
            return
        if isinstance(question, WriteMemo):
            keys = {"title": "", "kind": KINDS[0], "links": list(question.links)}
            wrong = question.save(keys, self.typed[0])
        elif isinstance(question, NewCode):
            wrong, then = question.answer(self._said(question), question.in_vivo), self.then
            if not wrong:
                self.wrong = ""
                self.pop_screen()
                assert then
                then(None)
                return
        elif isinstance(question, EditCode):
            wrong = question.answer(self._said(question))
        else:
            wrong = question.save(self.typed[0])
        if isinstance(question, AskId):
            self.wrong = f"! {wrong}" if wrong else ""
            return
        self.wrong, self.question = f"! {wrong}", question if wrong else None


def off_screen(
    root: Path,
    body: Callable[[Any, Any], Awaitable[None]],
    *,
    coder: str = "second",
    sources: Sequence[str] = (),
    **keys: Any,
) -> None:
    """Open the parts of the workbench on a study and do something with them."""
    study = read_study(root)
    chosen = [study.by_id[one] for one in sources] or study.sources
    with Desk.open(root, study, coder, Clock()) as desk:
        keyboard = Keyboard(desk, chosen, **keys)
        asyncio.run(_run(body, keyboard))


async def _run(body: Callable[[Any, Any], Awaitable[None]], keyboard: Keyboard) -> None:
    await body(keyboard, keyboard)


def lines_of(app: Keyboard) -> list[str]:
    """The words of the source with what stands beside them, as lines."""
    plan, found = Layout(app.session.source, 80), []
    for turn, lines in enumerate(plan.turns, 1):
        codings, text = app.session.by_turn.get(turn, ()), app.session.source.turns[turn - 1].text
        rows = margin_of(codings, turn, lines, app.session.notes_on(turn))
        for (start, end), row in zip([*lines, (0, 0)], rows, strict=True):
            beside = label_of(row.label) if row.label else row.note
            found.append(f"{text[start:end]} {beside}{f' +{row.more}' if row.more else ''}".rstrip())
    return found


def say_part(app: Keyboard, part: str) -> str:
    """The words that a part of the screen would show."""
    if part in app.words:
        return app.words[part]
    if part == "head":
        return say_source(app.session)
    turn = app.selection.cursor.head.turn
    said = say_sides(app.session, turn) if app.coders else {}
    return str((say_side(app.session, app.selection, app.code_in_hand()) | said)[part])
