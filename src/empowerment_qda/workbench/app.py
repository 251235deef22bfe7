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
from textual.widgets import Footer, Static
from textual.widgets import Tree as AnyTree

from empowerment_qda.coding.cursor import Cursor
from empowerment_qda.files.edit import Desk
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.broken_anchors import BrokenAnchorKeys
from empowerment_qda.workbench.crash_guard import GuardedApp
from empowerment_qda.workbench.dialogs import Halt, ListKeys
from empowerment_qda.workbench.key_actions import CodingKeys, KeyActions, NavigationKeys, NoteKeys
from empowerment_qda.workbench.keys import ASKING, BINDINGS, KEYS, NARROW, ROUND, UNWATCHED
from empowerment_qda.workbench.navigation import Selection
from empowerment_qda.workbench.panels import CodebookPanel, CodeTree, say_refusal, say_side, say_source
from empowerment_qda.workbench.session import Session
from empowerment_qda.workbench.transcript import Transcript

_KEYS = 200
"""As many keys may be on their way at a time."""
_WATCHED = {key.action.partition("(")[0] for key in (*KEYS, *ROUND)} - UNWATCHED


class Workbench(GuardedApp):
    """A coder with some sources. `others`: whether other coders' codings are shown; `sealed`: they never are;
    `suggestions`: whether the machine's suggestions are shown; `session`: another one than these make."""

    TITLE = "qda"
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
    #problem-text { height: auto; }
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
        self.hold(self.navigation, self.coding, NoteKeys(self), self.problems)

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
        with Horizontal():
            with Vertical(id="left"):
                yield Static(id="head", markup=False)
                yield self.transcript
                with VerticalScroll(id="problem", can_focus=False):
                    yield Static(id="problem-text", markup=False)
            with Vertical(id="right"):
                yield CodebookPanel(self.desk.codebook, self.session.language)
                yield Static(id="here", markup=False)
                with VerticalScroll(id="card", can_focus=False):
                    yield Static(id="meaning", markup=False)
        yield Static(id="told", markup=False)
        yield Static(id="status", markup=False)
        yield Footer(show_command_palette=False, compact=True)

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
        self.push_screen(ListKeys())

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
        narrow = self.size.width < NARROW
        for name, words in say_side(self.session, self.selection, self.code_in_hand(), narrow).items():
            self.put(name, words, grows=name == "meaning")

    def is_in_book(self) -> bool:
        """Whether the codebook at the side is in hand."""
        focused = self.screen_stack[0].focused
        return focused is not None and self.book in focused.ancestors

    def code_in_hand(self) -> str | None:
        """The code of the coding that is taken up, or the one in the tree."""
        chosen = self.selection.chosen
        return self.book.code if self.is_in_book() or chosen is None else chosen.coding.code

    def on_resize(self) -> None:
        """The status names other things where there is less room."""
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

    def on_codebook_panel_left(self) -> None:
        """Esc leads from the codebook to the transcript."""
        self.set_focus(self.transcript)

    def on_code_tree_chosen(self, event: CodeTree.Chosen) -> None:
        """A code of the tree is given to the passage."""
        self.coding.give(event.code)
