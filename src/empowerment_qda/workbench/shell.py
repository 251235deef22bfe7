"""The parts of the screen and what they show; what is done with them comes on top."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, Static
from textual.widgets import Tree as AnyTree

from empowerment_qda.answers.memo import title_of
from empowerment_qda.folder.desk import Desk
from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.asking import Halt
from empowerment_qda.workbench.book import Book, card_of
from empowerment_qda.workbench.edge import Edged
from empowerment_qda.workbench.keys import ASKING, BINDINGS, KEPT, KEYS, ROUND
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.margin import label_of
from empowerment_qda.workbench.saying import say_here, say_refusal, say_source, say_status
from empowerment_qda.workbench.session import Session
from empowerment_qda.workbench.transcript import Transcript
from empowerment_qda.workbench.units import Cursor

NARROW = 76
"""Columns below which the codebook makes room for the transcript; the coding in hand stands in the status then."""
_KEYS = 200
"""As many keys may be on their way at a time."""
_WATCHED = {key.action.partition("(")[0] for key in (*KEYS, *ROUND)} - KEPT
EMPTY = "What a code means stands here: the one under the cursor, or in the tree (s or Tab)."


class Shell(Edged):
    """A coder with some sources. `others`: whether other coders' codings are shown; `sealed`: they never are;
    `suggestions`: whether the machine's suggestions are shown."""

    TITLE = "qda"
    _kept: Path | None = None
    _opening: Awaitable[None] | None = None
    _pressed: Sequence[tuple[events.Key, Widget]] = ()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]  # noqa: RUF012  # as textual declares it
    READY = "Ready. ? lists the keys."
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS = """
    #head { height: 1; padding: 0 1; background: $panel; text-style: bold; }
    #left { width: 1fr; }
    #right { width: 36%; min-width: 30; max-width: 64; border-left: tall $panel; padding: 0 0 0 1; }
    #here { height: 5; background: $panel; padding: 0 1; }
    #card { height: 45%; scrollbar-size-vertical: 1; border-top: solid $panel; }
    #problem { display: none; height: auto; max-height: 50%; border-top: solid $warning; padding: 0 1; scrollbar-size-vertical: 1; }
    #stray { height: auto; }
    .-narrow #right { display: none; }
    #status { height: 1; padding: 0 1; background: $panel; }
    #told { height: auto; min-height: 1; max-height: 3; padding: 0 1; }
    #told.bad { background: $error-muted; text-style: bold; }
    OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    def __init__(
        self,
        desk: Desk,
        sources: Sequence[Source],
        others: bool = False,
        sealed: bool = False,
        suggestions: bool = True,
    ) -> None:
        super().__init__()
        self.session = Session(desk, sources, others and not sealed, suggestions)
        self.desk, self.sealed = desk, sealed
        self._wanted = ""
        self.transcript = Transcript(self.session, id="transcript")

    def open(self, kept: Path | None = None) -> None:
        """Run until the coder leaves; `kept`: a file for where they stand then, and where they stood before."""
        self._kept = kept
        try:
            super().open()
        finally:
            if kept:
                with suppress(OSError):
                    kept.write_text(json.dumps(self.place), encoding="utf-8")

    @property
    def place(self) -> dict[str, Any]:
        """Where the coder stands, as JSON has it."""
        kind, ends = self.transcript.cursor.kind, (self.transcript.cursor.anchor, self.transcript.cursor.head)
        return {"source": self.session.source.id, "others": self.session.others, "kind": kind, "ends": ends}

    def on_ready(self) -> None:
        """Go on where the coder stood, if that is known and there."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            if self._kept:
                self._return_to(json.loads(self._kept.read_text(encoding="utf-8")))

    def _return_to(self, place: dict[str, Any]) -> None:
        at = [one.id for one in self.session.sources].index(place["source"])
        self.session.others = place["others"] and not self.sealed
        self.session.open(at)
        self._show_source()
        anchor, head = (Span(*one) for one in place["ends"])
        self.transcript.stand(self.transcript.units.fit(Cursor(anchor, head, place["kind"])))

    def compose(self) -> ComposeResult:
        """The parts of the screen."""
        with Horizontal():
            with Vertical(id="left"):
                yield Static(id="head", markup=False)
                yield self.transcript
                with VerticalScroll(id="problem", can_focus=False):
                    yield Static(id="stray", markup=False)
            with Vertical(id="right"):
                yield Book(self.desk.codebook, self.session.language)
                yield Static(id="here", markup=False)
                with VerticalScroll(id="card", can_focus=False):
                    yield Static(id="meaning", markup=False)
        yield Static(id="told", markup=False)
        yield Static(id="status", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin in the transcript."""
        self.transcript.focus()
        self._show_source()
        self.tell(" ".join(self.session.notes()) or self.READY)

    async def run_action(self, action: Any, *places: Any, **named: Any) -> bool:
        """Do what a key says, unless others changed what it would be done to; files that cannot be read are told."""
        name = str(action).removeprefix("app.").partition("(")[0]
        before, done = self.screen_stack[-1:], True
        try:
            if len(self.screen_stack) == 1 and name in _WATCHED and (news := self._catch_up()):
                self.refuse(news, name in ASKING)
            else:
                done = await super().run_action(action, *places, **named)
        except (StudyError, OSError) as error:
            self.refuse(say_refusal(error, files=True), name in ASKING and len(self.screen_stack) == 1)
        if self._opening and self.screen_stack[-1:] != before:
            await self._take_keys(self._opening)
        return done

    def push_screen(self, *places: Any, **named: Any) -> Any:
        """Remember what is opened."""
        self._opening = super().push_screen(*places, **named)
        return self._opening

    async def on_event(self, event: events.Event) -> None:
        """Remember what a key was pressed in."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._pressed = [*self._pressed[-_KEYS:], (event, self._in_hand)]
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A key that was pressed before the last one had led to a question belongs to that question."""
        there = next((there for one, there in self._pressed if one is event), self._in_hand)
        if there is not self._in_hand:
            event.prevent_default()
            again = events.Key(event.key, event.character)
            self._pressed = [*self._pressed, (again, self._in_hand)]
            self._in_hand._forward_event(again)

    @property
    def _in_hand(self) -> Widget:
        return self.focused or self.screen

    async def _take_keys(self, opening: Awaitable[None]) -> None:
        """Wait until a question can be answered: keys that come before it has the focus would be lost."""
        await opening
        self._opening = None
        if self.screen.focused is None:
            self.screen.set_focus(next(iter(self.screen.focus_chain), None))

    def _catch_up(self) -> str | None:
        """Show anew what others changed; a sentence where nothing may be done before the coder has seen it."""
        news = self.session.catch_up()
        if news is not None:
            if self.book.book != self.desk.codebook:
                self.book.change(self.desk.codebook)
            self._show_source()
        return news or None

    def on_resize(self) -> None:
        """Other things have room now."""
        self.call_after_refresh(self._show_side)

    # What is shown.

    @property
    def book(self) -> Book:
        """The codebook."""
        return self.screen_stack[0].query_one(Book)

    def tell(self, text: str, bad: bool = False) -> None:
        """Say what was done, or why it was not."""
        told = self.screen_stack[0].query_one("#told", Static)
        told.set_class(bad, "bad")
        self._put("told", Content(f"{'! ' if bad else ''}{text}"), grows=True)

    def refuse(self, text: str, asking: bool = True) -> None:
        """Say why a key did nothing. Where it would have asked for words, what is typed next goes nowhere, until Esc."""
        self.tell(text, bad=True)
        if asking:
            self.push_screen(Halt(text))

    def _show_source(self) -> None:
        self.transcript.show_source()
        self._put("head", Content(say_source(self.session)))

    def _show_side(self) -> None:
        mark, cursor, code = self.transcript.chosen, self.transcript.cursor, self._code_in_hand()
        place = self.desk.codebook.places.get(code or "")
        self._put("here", say_here(self.session.under(cursor.span), mark, self._notes()))
        memos = [f"* {memo.id} {title_of(memo)}" for memo in self.session.memos_on(code)]
        card = card_of(place, self.session.language, memos) if place else Content(EMPTY)
        self._put("meaning", card, grows=True)
        status = say_status(self.session, cursor, self.transcript.growing)
        if mark and self.size.width < NARROW:
            status = f"▸ {clean(label_of(mark))} · {status}"
        self._put("status", Content(status))

    def _in_book(self) -> bool:
        """Whether the codebook at the side is in hand."""
        focused = self.screen_stack[0].focused
        return focused is not None and self.book in focused.ancestors

    def _code_in_hand(self) -> str | None:
        """The code of the coding that is taken up, or the one in the tree."""
        mark = self.transcript.chosen
        return self.book.code if self._in_book() or mark is None else mark.coding.code

    def _notes(self) -> list[str]:
        """What is noted on the turns of the passage, each thing once."""
        span = self.transcript.cursor.span
        turns = range(span.turn, span.end_turn + 1)
        return list(dict.fromkeys(note for turn in turns for note in self.session.notes_on(turn)))

    def _put(self, part: str, words: Content, grows: bool = False) -> None:
        """Fill a part of the screen; the screen is only laid out anew where that part changes its height."""
        static = self.screen_stack[0].query_one(f"#{part}", Static)
        if static.content != words:
            static.update(words, layout=grows)

    def on_transcript_moved(self) -> None:
        """The side follows the cursor."""
        self._show_side()

    def on_book_left(self) -> None:
        """Esc in the codebook."""
        self.set_focus(self.transcript)

    def on_descendant_focus(self) -> None:
        """The side says what the part in hand is about."""
        self._show_side()

    def on_tree_node_highlighted(self, event: AnyTree.NodeHighlighted[str]) -> None:
        """A code in the tree is explained."""
        self._show_side()

    def attempt(self, do: Callable[[], str]) -> str | None:
        """Do it and say so; why not, where it cannot be: then nothing has changed."""
        try:
            wrong = self._catch_up()
        except (StudyError, OSError) as error:
            wrong = say_refusal(error, files=True)
        said = ""
        if wrong is None:
            try:
                said = do()
            except (StudyError, OSError) as error:
                wrong = say_refusal(error)
        self.tell(" ".join(filter(None, [said, wrong, *self.session.notes()])), wrong is not None)
        return wrong

    def _try(self, do: Callable[[], str]) -> bool:
        return self.attempt(do) is None
