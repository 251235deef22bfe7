"""The transcript on the screen: only the lines that are seen are ever composed, and composed once until they change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from empowerment_qda.coding.cursor import Cursor, Kind
from empowerment_qda.model.source import Span
from empowerment_qda.workbench.colors import make_seen
from empowerment_qda.workbench.keys import MOVES
from empowerment_qda.workbench.layout import Layout, MarginRow, clean, fit_name, label_of, margin_of, part_of
from empowerment_qda.workbench.session import Selection, ShownCoding, State

Styles = Callable[[str], Style]
BARS: dict[State, str] = {"accepted": "┃", "suggested": "┊", "rejected": " ", "other": "│"}


class Transcript(ScrollView, can_focus=True):
    """One source, turn by turn; the cursor is the passage that the next code goes to."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*MOVES]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"transcript--{name}"
        for name in ("number", "speaker", "question", "cursor", "chosen",
                     "accepted", "suggested", "rejected", "other", "overlap")
    }  # fmt: skip
    DEFAULT_CSS = """
    Transcript { scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden; padding: 0 0 0 1; background: $surface;
        .transcript--number { text-style: dim; }
        .transcript--speaker { text-style: bold; color: $text-primary; }
        .transcript--question { text-style: dim; }
        .transcript--accepted { text-style: bold; background: $success-muted; }
        .transcript--suggested { text-style: underline; color: $text-warning; }
        .transcript--rejected { text-style: dim; }
        .transcript--other { text-style: italic; color: $text-secondary; }
        .transcript--overlap { text-style: bold italic; background: $success-muted; }
        .transcript--cursor { background: $primary; color: $text; }
        .transcript--chosen { text-style: bold reverse; }
        &:nocolor .transcript--cursor { text-style: reverse; }
        &:ansi .transcript--cursor { text-style: reverse; }
    }
    """

    class Moved(Message):
        """The cursor stands elsewhere."""

    class Left(Message):
        """Esc was pressed in the transcript."""

    @dataclass
    class Opened(Message):
        """A second click on a coding in the margin."""

        shown: ShownCoding

    def __init__(self, selection: Selection, **keys: Any) -> None:
        super().__init__(**keys)
        self.selection, self.session = selection, selection.session
        self.plan: Layout | None = None
        self._margins: dict[int, list[MarginRow]] = {}
        self._strips: dict[int, Strip] = {}
        self.pressed: Span | None = None
        self._still = False
        self._laid_out = selection.source
        selection.changed = self._show
        self.action_move, self.action_end = selection.move, selection.end
        self.action_grow, self.action_other = selection.grow, selection.other

    # What is shown.

    def _show(self, turns: set[int] | None, see_cursor: bool) -> None:
        """Draw anew what looks otherwise now; None: all of it."""
        before, source = self._laid_out, self.selection.source
        if before is not source:
            self._lay_out()
            if before.id != source.id:
                self.scroll_to(y=0, animate=False, immediate=True)
        if turns is None:
            self._margins.clear()
            self._strips.clear()
            self.refresh()
        elif self.plan:
            for turn in turns:
                rows = self.plan.rows(turn)
                for line in rows:
                    self._strips.pop(line, None)
                self.refresh_lines(rows.start, len(rows))
        if see_cursor and not self._still:
            self._see_cursor()
        self.post_message(self.Moved())

    def _lay_out(self) -> None:
        self._laid_out, self.plan = self.selection.source, None
        width = self.scrollable_content_region.width
        if not width:
            return
        self.plan = Layout(self._laid_out, width)
        self._margins.clear()
        self._strips.clear()
        self.virtual_size = Size(width, self.plan.height)

    def on_resize(self) -> None:
        """Break the lines anew where the width changed; the cursor stays in sight."""
        if self.plan is None or self.virtual_size.width != self.scrollable_content_region.width:
            self._lay_out()
        self.call_after_refresh(self._see_cursor)

    def _see_cursor(self) -> None:
        if not self.plan:
            return
        head = self.selection.cursor.head
        first = self.plan.line_of(head.turn, head.start)
        last = self.plan.line_of(head.end_turn, max(head.start, head.end - 1))
        height = min(last - first + 1, max(1, self.size.height - 2))
        self.scroll_to_region(Region(0, first, 1, height), spacing=Spacing(1, 0, 2, 0), animate=False, immediate=True, x_axis=False)  # fmt: skip

    # Where keys and the mouse lead.

    def action_page(self, by: int) -> None:
        """Move a screenful on (1) or back (-1)."""
        if self.plan:
            head = self.selection.cursor.head
            line = self.plan.line_of(head.turn, head.start) + by * max(1, self.size.height - 2)
            turn, offset = self.plan.place_at(min(line, self.plan.height - 1), 0)
            self.selection.reach(self.selection.units.at("sentence", turn, offset))

    def action_shrink(self) -> None:
        self.selection.shrink()
        self.post_message(self.Left())

    # The mouse: a click puts the cursor on a sentence or, before the words, on a turn, a second one on the word, a third on
    # the turn; or it takes up a coding in the margin, and a second one opens it. Drawing selects word by word.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        point = event.get_content_offset(self)
        if point is None or self.plan is None:
            return
        line, column = point.y + self.scroll_offset.y, point.x - self.plan.gutter
        turn, offset = self.plan.place_at(line, column)
        units, cursor = self.selection.units, self.selection.cursor
        if shown := self._coding_at(line, column):
            self._take(shown.span, chosen=shown)
        elif event.shift:
            self.selection.stand(Cursor(cursor.anchor, units.at("word", turn, offset), "word"))
        elif column < 0:
            self._take(units.at("turn", turn, 0), "turn")
        else:
            self.pressed = units.at("word", turn, offset)
            self.capture_mouse()
            self._take(units.at("sentence", turn, offset))

    def on_click(self, event: events.Click) -> None:
        """What the second and the third of several clicks in a row mean."""
        point = event.get_content_offset(self)
        if point is None or self.plan is None or event.chain == 1 or event.shift:
            return
        line, column = point.y + self.scroll_offset.y, point.x - self.plan.gutter
        turn, offset = self.plan.place_at(line, column)
        if shown := self._coding_at(line, column):
            if event.chain == 2 and shown is self.selection.chosen:
                self.post_message(self.Opened(shown))
        elif column >= 0:
            kind: Kind = "word" if event.chain == 2 else "turn"
            self._take(self.selection.units.at(kind, turn, offset), kind)

    def _take(self, span: Span, kind: Kind = "sentence", chosen: ShownCoding | None = None) -> None:
        """Put the cursor on what was clicked, and scroll nothing: a second click would meet other words."""
        self._still = True
        self.selection.go(span, kind, chosen)
        self._still = False

    def _coding_at(self, line: int, column: int) -> ShownCoding | None:
        """The coding whose label stands in the margin there; columns count from the first word on."""
        if self.plan is None or column <= self.plan.width or line >= self.plan.height:
            return None
        turn, row = self.plan.turn_at(line)
        return self._margin(turn)[row].label

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.pressed is None or self.plan is None:
            return
        point = event.get_content_offset_capture(self)
        turn, offset = self.plan.place_at(point.y + self.scroll_offset.y, point.x - self.plan.gutter)
        head = self.selection.units.at("word", turn, offset)
        if head != self.pressed or self.selection.cursor.kind == "word":
            self.selection.stand(Cursor(self.pressed, head, "word"))

    def on_mouse_up(self) -> None:
        self.pressed = None
        self.release_mouse()

    # How a line is drawn.

    def render_line(self, y: int) -> Strip:
        """A line of the screen, counted from its top; composed only once until something about it changes."""
        line = y + self.scroll_offset.y
        if self.plan is None or line >= self.plan.height:
            return Strip.blank(self.size.width, self.rich_style)
        if line not in self._strips:
            self._strips[line] = self.compose_line(line, self.plan)
        return self._strips[line]

    def compose_line(self, line: int, plan: Layout) -> Strip:
        """Number, speaker, words, bars and code of one line."""
        turn, row = plan.turn_at(line)
        base = self.rich_style
        said = self.session.source.turns[turn - 1]
        head = ""
        if row == 0:
            name = clean(said.speaker or "")
            head = f"{turn:>{plan.digits}} " + (f"{fit_name(name, plan.speaker)} " if plan.speaker else "")
        parts = [Strip([Segment(head, base + self._style("number"))]).adjust_cell_length(plan.gutter, base)]
        lines = plan.turns[turn - 1]
        words: list[Segment] = []
        if row < len(lines):
            asked = self.session.source.is_question(turn)
            aside = asked or turn in self.session.left_out
            style = base + self._style("question") if aside else base
            codings = self.session.by_turn.get(turn, ())
            words = paint_words(
                said.text, turn, lines[row], codings, self.selection.cursor.span, style, self._style
            )
        beside = paint_margin(self._margin(turn)[row], self.selection.chosen, plan.margin, base, self._style)
        parts.append(Strip(words).adjust_cell_length(plan.width + 1, base))
        parts.append(Strip(beside).adjust_cell_length(plan.margin, base))
        return Strip.join(parts).adjust_cell_length(self.size.width, base)

    def _margin(self, turn: int) -> list[MarginRow]:
        if turn not in self._margins and self.plan:
            codings, notes = self.session.by_turn.get(turn, ()), self.session.notes_on(turn)
            self._margins[turn] = margin_of(codings, turn, self.plan.turns[turn - 1], notes)
        return self._margins[turn]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"transcript--{name}", partial=True)


def paint_words(
    text: str,
    turn: int,
    line: tuple[int, int],
    codings: Sequence[ShownCoding],
    cursor: Span,
    base: Style,
    styles: Styles,
) -> list[Segment]:
    """The words of a line of a turn, cut wherever a coding or the cursor begins or ends."""
    start, end = line
    ranges = [(one.state, *part_of(one.span, turn, len(text))) for one in codings if one.state != "rejected"]
    here = part_of(cursor, turn, len(text)) if cursor.turn <= turn <= cursor.end_turn else (0, 0)
    cuts = {cut for _, *pair in ranges for cut in pair} | {*here}
    edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
    pieces = []
    for left, right in pairwise(edges):
        states = [state for state, low, high in ranges if low <= left and right <= high]
        style = base
        for state in dict.fromkeys(states):
            style += styles(state)
        if len(states) - states.count("suggested") > 1:
            style += styles("overlap")
        if here[0] <= left and right <= here[1]:
            style += styles("cursor")
        pieces.append(Segment(clean(text[left:right]), style))
    return pieces


def color_of(shown: ShownCoding, base: Style) -> Style:
    """The colour of a coding's code, as it can be seen on what is behind it."""
    ground = base.bgcolor.get_truecolor().hex if base.bgcolor else "#000000"
    return Style(color=make_seen(shown.color, ground)) if shown.color else Style()


def paint_margin(
    row: MarginRow, chosen: ShownCoding | None, room: int, base: Style, styles: Styles
) -> list[Segment]:
    """Bars and label or note of a line, on so many columns; its sign alone where there is no room for more."""
    plain = Style(underline=False, italic=False, bgcolor=base.bgcolor)
    pieces = [
        Segment(BARS[one.state], base + styles(one.state) + plain + color_of(one, base))
        if one
        else Segment(" ", base)
        for one in row.lanes
    ]
    if row.label or row.note:
        style = base + (styles(row.label.state) + plain if row.label else styles("number"))
        if row.label and row.label is chosen:
            style += styles("chosen")
        left = room - len(row.lanes) - 1 - (3 if row.more else 0)
        said = label_of(row.label) if row.label else row.note
        said = fit_name(clean(said), left).rstrip() if left > 8 else said[0]
        pieces += [Segment(" ", base), Segment(said, style)]
    if row.more:
        pieces.append(Segment(f" +{row.more}", base + styles("number")))
    return pieces
