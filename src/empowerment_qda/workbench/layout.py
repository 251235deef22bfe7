"""A source as lines of a screen: where each begins and ends in its turn, and what stands beside it. No screen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from rich.cells import cell_len, set_cell_size

from empowerment_qda.model.source import Source, Span
from empowerment_qda.text import inert
from empowerment_qda.workbench.session import ShownCoding, State

Lines = tuple[tuple[int, int], ...]
"""Where the lines of a turn begin and end in its text."""
SPEAKER = 12
"""Columns that a speaker's name may take."""
NARROW = 60
"""Columns below which the margin has room for signs only."""
READING = 84
"""Columns that words take at most: longer lines are hard to read on from."""
LANES = 4
"""As many codings can be told apart by their bars on a line; more of them have a label only."""
SIGNS: dict[State, str] = {"accepted": "✓", "suggested": "?", "rejected": "✗", "other": "="}
_TOKEN = re.compile(r"(\n)|([^\S\n]+)|(\S+)")


def clean(text: str) -> str:
    """Inert text on one line, its spaces kept.

    >>> clean("a\\x1b[31mb\\tc")
    'a\\ufffd[31mb c'
    """
    return inert(text).replace("\t", " ").replace("\n", " ")


def fit_name(name: str, width: int) -> str:
    """A name on exactly so many columns.

    >>> fit_name("ab", 4), fit_name("abcdef", 4)
    ('ab  ', 'abc…')
    """
    if cell_len(name) > width:
        return set_cell_size(name, width - 1) + "…"
    return set_cell_size(name, width)


class Layout:
    """The lines of every turn, with an empty line after each turn; lines count from 0."""

    def __init__(self, source: Source, width: int) -> None:
        self._texts = [turn.text for turn in source.turns]
        self.digits = len(str(len(self._texts)))
        longest = max(cell_len(clean(turn.speaker or "")) for turn in source.turns)
        self.speaker = min(SPEAKER, longest)
        self.gutter = self.digits + 1 + (self.speaker + 1 if self.speaker else 0) + 1
        margin = min(36, width * 38 // 100) if width >= NARROW else 6
        self.width = min(READING, max(10, width - self.gutter - margin - 1))
        self.margin = max(margin, width - self.gutter - self.width - 1)
        self.turns: list[Lines] = [wrap(text, self.width) for text in self._texts]
        self._first = list(accumulate((len(lines) + 1 for lines in self.turns), initial=0))

    @property
    def height(self) -> int:
        """How many lines there are."""
        return self._first[-1]

    def rows(self, turn: int) -> range:
        """The lines of a turn, with the empty one."""
        return range(self._first[turn - 1], self._first[turn])

    def turn_at(self, line: int) -> tuple[int, int]:
        """The turn of a line and the row in it, counted from 0; lines beyond the end belong to the last turn."""
        turn = min(bisect_right(self._first, line), len(self.turns))
        return turn, line - self._first[turn - 1]

    def line_of(self, turn: int, offset: int) -> int:
        """The line where a place stands."""
        return self._first[turn - 1] + row_of(self.turns[turn - 1], offset)

    def place_at(self, line: int, column: int) -> tuple[int, int]:
        """The turn and the offset in it at a column of the text; beyond the end of a line its last character."""
        turn, row = self.turn_at(max(0, line))
        lines = self.turns[turn - 1]
        start, end = lines[min(row, len(lines) - 1)]
        last = max(start, end - 1)
        if row >= len(lines):
            return turn, last
        return turn, min(_reach(self._texts[turn - 1], start, end, column), last)


def row_of(lines: Lines, offset: int) -> int:
    """Which of these lines a place is on."""
    return max(0, bisect_right([start for start, _ in lines], offset) - 1)


def wrap(text: str, width: int) -> Lines:
    """Where lines no wider than that begin and end; broken between words, or in a word that is wider.

    rich wraps too, but gives back words and not the places where they stand.

    >>> wrap("one two three", 7), wrap("abcdef", 4)
    (((0, 7), (8, 13)), ((0, 4), (4, 6)))
    """
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for token in _TOKEN.finditer(text):
        if token[1]:
            lines.append((start, end))
            start, end, used = token.end(), token.end(), 0
        elif token[2]:
            used += cell_len(clean(token[2]))
        else:
            wide = cell_len(clean(token[3]))
            if used + wide > width and end > start:
                lines.append((start, end))
                start, used = token.start(), 0
            end, used = token.end(), used + wide
            if used > width:
                while end - start > 1 and (cut := _fit(text, start, end, width)) < end:
                    lines.append((start, cut))
                    start = cut
                used = cell_len(clean(text[start:end]))
    lines.append((start, end))
    return tuple(lines)


def _fit(text: str, start: int, end: int, width: int) -> int:
    """How far a line can reach; at least one character, with its marks."""
    at = max(_reach(text, start, end, width), start + 1)
    while start + 1 < at < end and not cell_len(text[at]):
        at -= 1
    return at


def _reach(text: str, start: int, end: int, width: int) -> int:
    """The first place whose character lies beyond so many columns; characters drawn as one, such as an emoji and the
    colour of its skin, are measured as one."""

    def measure(at: int) -> int:
        return cell_len(clean(text[start : at + 1]))

    # Some characters take no column: the part that is measured grows until it is too wide, in linear time.
    near = start + width
    while near < end and measure(near) <= width:
        near += near - start + 1
    return bisect_right(range(end), width, start, min(end, near + 1), key=measure)


@dataclass(slots=True)
class MarginRow:
    """What stands beside one line: the codings that cover it, lane by lane, and a label or a note; `more`
    counts what found no room."""

    lanes: list[ShownCoding | None] = field(default_factory=lambda: [None] * LANES)
    label: ShownCoding | None = None
    note: str = ""
    more: int = 0


def label_of(shown: ShownCoding) -> str:
    """A coding's sign and code: `~` where it is inferred, `*` where it has a memo, whose where it is another's."""
    sign = SIGNS[shown.state] + ("~" if shown.coding.strength == "inferred" else "")
    whose = f"{shown.coder}: " if shown.state == "other" else ""
    return f"{sign} {whose}{shown.coding.code}{'*' if shown.coding.memo or shown.memos else ''}"


def part_of(span: Span, turn: int, length: int) -> tuple[int, int]:
    """The part of a passage that stands in one of its turns, of so many characters: start and end."""
    return span.start if span.turn == turn else 0, span.end if span.end_turn == turn else length


def margin_of(
    codings: Sequence[ShownCoding], turn: int, lines: Lines, notes: Sequence[str] = ()
) -> list[MarginRow]:
    """The margin of a turn, as high as the turn with its empty line.

    `notes` on the turn begin where it does. What was rejected takes the room that is left; what finds none is counted on
    the last row.
    """
    rows = [MarginRow() for _ in range(len(lines) + 1)]
    ends = [-1] * LANES
    wanted: list[tuple[int, int, ShownCoding | str]] = [(1, 0, note) for note in notes]
    for one in codings:
        start, end = part_of(one.span, turn, lines[-1][1])
        first, last = row_of(lines, start), row_of(lines, max(start, end - 1))
        lane = next((lane for lane in range(LANES) if ends[lane] < first), None)
        if one.state != "rejected" and lane is not None:
            ends[lane] = last
            for row in rows[first : last + 1]:
                row.lanes[lane] = one
        if one.span.turn == turn:
            wanted.append((2 * (one.state == "rejected"), first, one))
    for _, first, what in sorted(wanted, key=lambda one: one[0]):
        free = next((row for row in rows[first:] if row.label is None and not row.note), None)
        if free is None:
            rows[-1].more += 1
        elif isinstance(what, str):
            free.note = what
        else:
            free.label = what
    used = max((lane + 1 for row in rows for lane, one in enumerate(row.lanes) if one), default=1)
    for row in rows:
        del row.lanes[used:]
    return rows
