"""The workbench: its parts on one screen, and what they show."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets import Tree as AnyTree

from empowerment_qda.coding.cursor import Cursor
from empowerment_qda.files.edit import Desk
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.broken_anchors import BrokenAnchorKeys
from empowerment_qda.workbench.code_keys import CodeKeys
from empowerment_qda.workbench.code_operation_keys import CodeOperationKeys
from empowerment_qda.workbench.dialogs import Halt
from empowerment_qda.workbench.guarded_app import GuardedApp
from empowerment_qda.workbench.in_hand import say_side
from empowerment_qda.workbench.key_actions import CodingKeys, KeyActions, NavigationKeys, NoteKeys
from empowerment_qda.workbench.key_list import ListKeys, choose_keys, say_keys
from empowerment_qda.workbench.keys import ASKING, BINDINGS, KEYS, ROUND, UNWATCHED, Key
from empowerment_qda.workbench.many import ManyKeys
from empowerment_qda.workbench.panels import CodebookPanel, CodeTree, say_refusal, say_source
from empowerment_qda.workbench.search import SearchKeys
from empowerment_qda.workbench.session import Selection, Session
from empowerment_qda.workbench.transcript import Transcript
from empowerment_qda.workbench.turn_edit import TurnEditKeys

SIDE, BROAD = 100, 180
"""Columns from which the codebook stands at the side, and from which codes and what they mean stand beside each other."""
SHORT = 18
"""Lines from which a narrow screen has room for the codings in hand below the transcript."""
_KEYS = 200
"""As many keys may be on their way at a time."""
_WATCHED = {key.action.partition("(")[0] for key in (*KEYS, *ROUND)} - UNWATCHED


class Workbench(GuardedApp):
    """A coder with some sources. `others`: whether other coders' codings are shown; `sealed`: they never are;
    `suggestions`: whether the machine's suggestions are shown; `session`: another one than these make."""

    TITLE = "qda"
    OTHERWISE: Sequence[Key] = ()
    """Keys that mean something else than usual."""
    READY = "Ready. ? lists the keys."
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    CSS = """
    #head { height: 1; padding: 0 1; background: $panel; text-style: bold; }
    #left { width: 1fr; }
    #right { width: 34%; max-width: 64; border-left: tall $panel; padding: 0 0 0 1; }
    #about { height: 55%; }
    #here { height: 5; background: $panel; padding: 0 1; }
    #card { height: 1fr; scrollbar-size-vertical: 1; border-top: solid $panel; }
    #strip { padding: 0 1; border-top: solid $panel; }
    .narrow #right { width: 100%; max-width: 100%; border-left: none; padding: 0 1; }
    .broad #left { width: 62%; max-width: 140; }
    .broad #right { width: 1fr; max-width: 100%; layout: horizontal; }
    .broad #about { width: 52%; max-width: 90; height: 1fr; padding: 0 0 0 1; }
    .broad #here { height: 30%; }
    #problem { display: none; height: auto; max-height: 50%; border-top: solid $warning; padding: 0 1; scrollbar-size-vertical: 1; }
    #problem-text { height: auto; }
    #status { height: 1; padding: 0 1; background: $panel; }
    #keys { height: 1; padding: 0 1; }
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
        session: Session | None = None,
    ) -> None:
        super().__init__()
        self.session = session or Session(desk, sources, others and not sealed, suggestions)
        self.desk, self.sealed = desk, sealed
        self.selection = Selection(self.session)
        self.transcript = Transcript(self.selection, id="transcript")
        self.place_file: Path | None = None
        self._opening: Awaitable[None] | None = None
        self._pressed: Sequence[tuple[events.Key, Widget]] = ()
        self._sent_again: list[events.Key] = []
        self.navigation = NavigationKeys(self)
        self.coding = CodingKeys(self)
        self.problems = BrokenAnchorKeys(self)
        self.searching, codes = SearchKeys(self), CodeKeys(self)
        self.hold(
            self.navigation,
            self.searching,
            self.coding,
            ManyKeys(self, self.searching, self.coding),
            NoteKeys(self),
            codes,
            self.problems,
            CodeOperationKeys(self, codes),
            TurnEditKeys(self),
        )

    def hold(self, *groups: KeyActions) -> None:
        """Let keys do what these groups say; the last one that has an action is asked."""
        for group in groups:
            for name, do in group.actions():
                setattr(self, name, do)

    def open(self, place_file: Path | None = None) -> None:
        """Run until the coder leaves; `place_file`: where it is kept where they stand then, and stood before."""
        self.place_file = place_file
        try:
            super().open()
        finally:
            if place_file:
                with suppress(OSError):
                    place_file.write_text(json.dumps(self.place), encoding="utf-8")

    @property
    def place(self) -> dict[str, Any]:
        """Where the coder stands, as JSON has it."""
        kind, ends = self.selection.cursor.kind, (self.selection.cursor.anchor, self.selection.cursor.head)
        return {"source": self.session.source.id, "others": self.session.others, "kind": kind, "ends": ends}

    def on_ready(self) -> None:
        """Go on where the coder stood, if that is known and there."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            if self.place_file:
                self._return_to(json.loads(self.place_file.read_text(encoding="utf-8")))

    def _return_to(self, place: dict[str, Any]) -> None:
        at = [one.id for one in self.session.sources].index(place["source"])
        self.session.others = place["others"] and not self.sealed
        self.session.open(at)
        self.show_source()
        anchor, head = (Span(*one) for one in place["ends"])
        self.selection.stand(self.selection.units.fit(Cursor(anchor, head, place["kind"])))

    def compose(self) -> ComposeResult:
        with Horizontal(id="desk"):
            with Vertical(id="left"):
                yield Static(id="head", markup=False)
                yield self.transcript
                with VerticalScroll(id="problem", can_focus=False):
                    yield Static(id="problem-text", markup=False)
                yield Static(id="strip", markup=False)
            with Vertical(id="right"):
                yield CodebookPanel(self.desk.codebook, self.session.language)
                with Vertical(id="about"):
                    yield Static(id="here", markup=False)
                    with VerticalScroll(id="card", can_focus=False):
                        yield Static(id="meaning", markup=False)
        yield Static(id="told", markup=False)
        yield Static(id="status", markup=False)
        keys = Static(id="keys", markup=False)
        keys.auto_links = False  # they keep their own looks
        yield keys

    def on_mount(self) -> None:
        """Begin in the transcript."""
        self.transcript.focus()
        self.show_source()
        self.tell(" ".join(self.session.notes()) or self.READY)

    # Keys: each is done to what the coder sees, and those that come while a question opens are its answer.

    async def run_action(self, action: Any, *places: Any, **named: Any) -> bool:
        """Do what a key says, unless others changed what it would be done to; files that cannot be read are told."""
        name = str(action).removeprefix("app.").partition("(")[0]
        before, done = self.screen_stack[-1:], True
        try:
            if len(self.screen_stack) == 1 and name in _WATCHED and (news := self.catch_up()):
                self.refuse(news, name in ASKING)
            else:
                done = await super().run_action(action, *places, **named)
        except (StudyError, OSError) as error:
            self.refuse(say_refusal(error, files=True), name in ASKING and len(self.screen_stack) == 1)
        if self.is_narrow and self.is_in_book() and name in _WATCHED - {"search"}:
            self.show_book(False)
        if self._opening and self.screen_stack[-1:] != before:
            await self._wait_until_open(self._opening)
        return done

    def push_screen(self, *places: Any, **named: Any) -> Any:
        """Open a question, and remember that it opens."""
        self._opening = super().push_screen(*places, **named)
        return self._opening

    async def on_event(self, event: events.Event) -> None:
        """Remember what a key was pressed in; a new key waits behind those that are sent again."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if event in self._sent_again:
                self._sent_again.remove(event)
            elif self._sent_again:
                self._send_again(event)
                return
            self._pressed = [*self._pressed[-_KEYS:], (event, self._in_hand)]
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A key that was pressed before the last one had led to a question belongs to that question."""
        there = next((there for one, there in self._pressed if one is event), self._in_hand)
        if there is not self._in_hand:
            event.prevent_default()
            self._send_again(event)

    def _send_again(self, event: events.Key) -> None:
        again = events.Key(event.key, event.character)
        self._sent_again.append(again)
        self.post_message(again)

    @property
    def _in_hand(self) -> Widget:
        return self.focused or self.screen

    async def _wait_until_open(self, opening: Awaitable[None]) -> None:
        """Wait until a question can be answered: keys that come before it has the focus would be lost."""
        await opening
        self._opening = None
        if self.screen.focused is None:
            self.screen.set_focus(next(iter(self.screen.focus_chain), None))

    def catch_up(self) -> str | None:
        """Show anew what others changed; a sentence where nothing may be done before the coder has seen it."""
        news = self.session.catch_up()
        if news is not None:
            if self.book.book != self.desk.codebook:
                self.book.change(self.desk.codebook)
            self.show_source()
        return news or None

    def action_help(self) -> None:
        """List the keys."""
        self.push_screen(ListKeys(self.OTHERWISE))

    # What is shown.

    @property
    def book(self) -> CodebookPanel:
        """The codebook at the side."""
        return self.screen_stack[0].query_one(CodebookPanel)

    def part(self, name: str) -> Widget:
        """A part of the screen, whatever question is open over it."""
        return self.screen_stack[0].query_one(f"#{name}")

    def put(self, part: str, words: Content, grows: bool = False) -> None:
        """Fill a part of the screen; the screen is only laid out anew where that part changes its height."""
        static = self.screen_stack[0].query_one(f"#{part}", Static)
        if static.content != words:
            static.update(words, layout=grows)

    def tell(self, text: str, bad: bool = False) -> None:
        """Say what was done, or why it was not."""
        self.part("told").set_class(bad, "bad")
        self.put("told", Content(f"{'! ' if bad else ''}{text}"), grows=True)

    def refuse(self, text: str, asking: bool = True) -> None:
        """Say why a key did nothing. Where it would have asked for words, what is typed next goes nowhere, until Esc."""
        self.tell(text, bad=True)
        if asking:
            self.push_screen(Halt(text))

    def open_source(self, at: int) -> None:
        """Take up a source, by its number, unless it is before the coder already."""
        if at != self.session.at:
            self.session.open(at)
            self.show_source()

    def show_source(self) -> None:
        """Show what the session has open now."""
        self.selection.show_source()
        self.put("head", Content(say_source(self.session)))

    def _show_side(self) -> None:
        self.problems.follow()
        width, lines = self.size.width - 2, self._strip_lines()
        strip = self.part("strip")
        strip.display, strip.styles.height = lines > 0, lines + 1
        said = say_side(
            self.session, self.selection, self.code_in_hand(), width, lines if self.is_narrow else None
        )
        for name, words in said.items():
            self.put(name, words, grows=name == "meaning")
        also = ["next_problem"] if self.session.broken else []
        self.put("keys", say_keys(choose_keys(self._where(), width, self.OTHERWISE, also)))

    def _strip_lines(self) -> int:
        """Lines below the transcript for the codings in hand: where the side has no room, and nothing else stands there."""
        room = self.is_narrow and self.size.height >= SHORT and not self.part("problem").display
        return max(4, self.size.height // 6) if room else 0

    def _where(self) -> str:
        """What is in hand, as far as keys mean something else there."""
        if self.is_in_book():
            return "book"
        chosen = self.selection.chosen
        return "problem" if self.part("problem").display else chosen.state if chosen else ""

    @property
    def is_narrow(self) -> bool:
        """Whether transcript and codebook have no room beside each other."""
        return self.size.width < SIDE

    def show_book(self, focus: bool = True) -> None:
        """Take the codebook in hand, or the transcript; on a narrow screen it stands in the other's place."""
        self._arrange(focus, self.size.width)
        self.screen_stack[0].set_focus(self.book.query_one("#search") if focus else self.transcript)

    def _arrange(self, book: bool, width: int) -> None:
        narrow = width < SIDE
        self.part("left").display = not (narrow and book)
        self.part("right").display = book or not narrow
        self.part("desk").set_class(narrow, "narrow").set_class(width >= BROAD, "broad")

    def is_in_book(self) -> bool:
        """Whether the codebook at the side is in hand."""
        focused = self.screen_stack[0].focused
        return focused is not None and self.book in focused.ancestors

    def code_in_hand(self) -> str | None:
        """The code of the coding that is taken up, or the one in the tree."""
        chosen = self.selection.chosen
        in_tree = self.book.code
        return in_tree if chosen is None or (in_tree and self.is_in_book()) else chosen.coding.code

    def on_resize(self, event: events.Resize) -> None:
        """What finds no room gives way."""
        self._arrange(self.is_in_book(), event.size.width)
        self.call_after_refresh(self._show_side)

    @on(Transcript.Moved)
    @on(AnyTree.NodeHighlighted)
    @on(events.DescendantFocus)
    def follow(self) -> None:
        """Say at the side what is in hand now."""
        self._show_side()

    def on_transcript_left(self) -> None:
        """Esc closes the problem that is open."""
        self.problems.show(None)
        self._show_side()

    def on_codebook_panel_left(self) -> None:
        """Esc leads from the codebook to the transcript."""
        self.show_book(False)

    def on_code_tree_chosen(self, event: CodeTree.Chosen) -> None:
        """A code of the tree is given to the passage."""
        self.coding.give(event.code)
        if self.is_narrow:
            self.show_book(False)

    async def on_transcript_opened(self, event: Transcript.Opened) -> None:
        """A coding that is clicked on once more: a suggestion is accepted, one's own gets a memo."""
        await self.run_action("accept" if event.shown.state == "suggested" else "remark('memo')")
