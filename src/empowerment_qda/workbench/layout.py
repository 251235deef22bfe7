"""A source as lines of a screen: where each line begins and ends in its turn. Codings change nothing here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len

from empowerment_qda.escape import inert
from empowerment_qda.model.source import Source

Lines = tuple[tuple[int, int], ...]
SPEAKER = 12
"""Columns that a speaker's name may take."""
NARROW = 60
"""Columns below which the margin has room for signs only."""
_TOKEN = re.compile(r"(\n)|([^\S\n]+)|(\S+)")


def clean(text: str) -> str:
    """Inert text on one line, its spaces kept.

    >>> clean("a\\x1b[31mb\\tc")
    'a\\ufffd[31mb c'
    """
    return inert(text).replace("\t", " ").replace("\n", " ")


class Layout:
    """The lines of every turn, with an empty line after each turn; lines count from 0."""

    def __init__(self, source: Source, width: int) -> None:
        self._texts = [turn.text for turn in source.turns]
        self.digits = len(str(len(self._texts)))
        longest = max(cell_len(clean(turn.speaker or "")) for turn in source.turns)
        self.speaker = min(SPEAKER, longest)
        self.gutter = self.digits + 1 + (self.speaker + 1 if self.speaker else 0) + 1
        self.margin = min(36, width * 38 // 100) if width >= NARROW else 6
        self.width = max(10, width - self.gutter - self.margin - 1)
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

    def row_of(self, turn: int, offset: int) -> int:
        """The row in its turn where a place stands."""
        return row_of(self.turns[turn - 1], offset)

    def line_of(self, turn: int, offset: int) -> int:
        """The line where a place stands."""
        return self._first[turn - 1] + self.row_of(turn, offset)

    def place_at(self, line: int, column: int) -> tuple[int, int]:
        """The turn and the offset in it at a column of the text; beyond the end of a line its last character."""
        turn, row = self.turn_at(max(0, line))
        lines = self.turns[turn - 1]
        start, end = lines[min(row, len(lines) - 1)]
        if row >= len(lines):
            return turn, max(start, end - 1)
        return turn, min(_reach(self._texts[turn - 1], start, end, column), max(start, end - 1))


def row_of(lines: Sequence[tuple[int, int]], offset: int) -> int:
    """Which of these lines a place is on."""
    return max(0, bisect_right([start for start, _ in lines], offset) - 1)


def wrap(text: str, width: int) -> Lines:
    """Where lines no wider than that begin and end; broken between words, or in a word that is wider.

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
