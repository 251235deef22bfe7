"""A network on a circle: codes in the order of the book, links where they stand together. Not causes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import combinations, pairwise
from math import cos, degrees, pi, sin
from string import ascii_uppercase
from typing import Any, NamedTuple

from empowerment_qda.model.display import SIGNS, Cell, Display
from empowerment_qda.pictures.canvas import (
    BODY,
    FAINT,
    INK,
    PAINT,
    SMALL,
    Body,
    Key,
    Sheet,
    find_blocks,
    list_states,
    shorten,
    tint,
    widest,
    word,
)

SPACING = 0.28
MOST_LINKS = 80
"""More links than that cannot be told apart: the weakest are then left to the table."""
LABEL = 2.8
SMALLEST, LARGEST_NODE = 0.12, 0.2
BEND = 0.75
"""How far a link across the whole circle bends towards the middle; one between neighbours hardly does."""
FRAME = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
STYLES: dict[str, Any] = {"overlap": "-", "turn": (0, (3, 2))}


class Link(NamedTuple):
    """Two codes by their numbers, and the cell that says how often they stand together."""

    one: int
    other: int
    cell: Cell


def draw_network(display: Display) -> Body:
    """The picture of codes that stand together."""
    return _Network(display).body()


class _Network:
    """The measures of a picture, all in inches."""

    def __init__(self, display: Display) -> None:
        self.language = display.language
        self.labels = [shorten(row.label, BODY, LABEL) for row in display.rows]
        # The cells on the diagonal say how often a code stands alone.
        self.codes = [line[number] for number, line in enumerate(display.cells)]
        self.angles = list_angles([row.block for row in display.rows])
        self.blocks = [
            (ascii_uppercase[number % 26], block, self.angles[start], self.angles[end - 1])
            for number, (start, end, block) in enumerate(find_blocks(display.rows))
        ]
        self.radius = max(1.6, (len(self.codes) + len(self.blocks)) * SPACING / (2 * pi))
        self.reach = self.radius + LARGEST_NODE + widest(self.labels, BODY) + 0.1
        links = [Link(*two, display.cells[two[0]][two[1]]) for two in combinations(range(len(self.codes)), 2)]
        together = sorted((link.cell.segments for link in links if link.cell.segments), reverse=True)
        self.least, self.most = find_least(together), max(together, default=1)
        self.hidden = sum(segments < self.least for segments in together)
        self.links = [link for link in links if link.cell.segments >= self.least]
        self.biggest = max((cell.segments for cell in self.codes), default=1)

    def body(self) -> Body:
        keys = list_states((cell.state for cell in self.codes), self.language)
        for name in STYLES:
            if any(_style(link.cell) == name for link in self.links):
                keys.append(Key(word(name, self.language), partial(_paint_line, style=STYLES[name])))
        if self.most > 1:
            keys.append(Key(word("number", self.language)))
        if self.hidden:
            keys.append(Key(word("strongest", self.language).format(least=self.least, n=self.hidden)))
        keys += [Key(f"{letter}  {shorten(block, BODY, 3.5)}") for letter, block, *_ in self.blocks]
        return Body(2 * self.reach, 2 * self.reach, self.draw, keys)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        self.x, self.y = x + self.reach, y + self.reach
        for link in sorted(self.links, key=lambda link: link.cell.segments):
            weight = (link.cell.segments - 1) / max(1, self.most - 1)
            sheet.line(
                *zip(*(self._bend(link, step / 24) for step in range(25)), strict=True),
                color=tint("#222222", 0.55 + 0.35 * weight),
                linewidth=1.0 + 2.6 * weight,
                linestyle=STYLES[_style(link.cell)],
                zorder=1,
            )
        for angle, label, cell in zip(self.angles, self.labels, self.codes, strict=True):
            self._draw_code(sheet, angle, label, cell)
        for letter, _, first, last in self.blocks:
            # An arc inside the codes of a block.
            arc = (self._at(first + (last - first) * part / 20, self.radius - 0.24) for part in range(21))
            sheet.line(*zip(*arc, strict=True), color=FAINT, zorder=1.5)
            middle = self._at((first + last) / 2, self.radius - 0.24)
            sheet.text(*middle, letter, SMALL, ha="center", weight="bold", bbox=FRAME, zorder=3)
        self._number(sheet)

    def _at(self, angle: float, radius: float) -> tuple[float, float]:
        return self.x + radius * cos(angle), self.y - radius * sin(angle)

    def _bend(self, link: Link, t: float) -> tuple[float, float]:
        """A point on a link, from 0 to 1: a curve whose control point is pulled towards the middle of the circle."""
        one, other = self.angles[link.one], self.angles[link.other]
        (ax, ay), (bx, by) = self._at(one, self.radius), self._at(other, self.radius)
        keep, u = 1 - BEND * abs(sin((one - other) / 2)) ** 0.5, 1 - t
        cx, cy = self.x + ((ax + bx) / 2 - self.x) * keep, self.y + ((ay + by) / 2 - self.y) * keep
        return u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by

    def _draw_code(self, sheet: Sheet, angle: float, label: str, cell: Cell) -> None:
        size = SMALLEST + (LARGEST_NODE - SMALLEST) * (cell.segments / self.biggest) ** 0.5
        where = self._at(angle, self.radius)
        sheet.circle(*where, size, facecolor=tint(PAINT.get(cell.state, FAINT), 0.45), zorder=2)
        sheet.text(*where, SIGNS[cell.state], SMALL, ha="center", zorder=3)
        left = cos(angle) < -1e-9
        sheet.text(
            *self._at(angle, self.radius + LARGEST_NODE / 2 + 0.09),
            label,
            BODY,
            rotation=degrees(angle) + (180 if left else 0),
            rotation_mode="anchor",
            ha="right" if left else "left",
        )

    def _number(self, sheet: Sheet) -> None:
        """The number of turns on each link that has several, where there is room for it."""
        taken: list[tuple[float, float]] = []
        near = 0.18
        several = [link for link in self.links if link.cell.segments > 1]
        for link in sorted(several, key=lambda link: -link.cell.segments):
            for x, y in (self._bend(link, t) for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)):
                if all(abs(x - a) > near or abs(y - b) > near for a, b in taken):
                    taken.append((x, y))
                    sheet.text(x, y, str(link.cell.segments), SMALL, ha="center", bbox=FRAME, zorder=4)
                    break


def find_least(weights: Sequence[int]) -> int:
    """The least weight of a link that is drawn, so that about eighty remain; never all of them hidden."""
    if len(weights) <= MOST_LINKS:
        return 1
    ranked = sorted(weights, reverse=True)
    return min(ranked[MOST_LINKS] + 1, ranked[0])


def list_angles(blocks: Sequence[str]) -> list[float]:
    """Where codes of these blocks stand around the circle, with a gap between blocks; from the top, clockwise."""
    gaps = [0, *(one != other for one, other in pairwise(blocks))]
    turn = 2 * pi / (len(blocks) + sum(gaps) + 1)
    return [pi / 2 - (0.5 + number + sum(gaps[: number + 1])) * turn for number in range(len(blocks))]


def _style(cell: Cell) -> str:
    return "overlap" if cell.overlaps else "turn"


def _paint_line(sheet: Sheet, x: float, y: float, width: float, height: float, style: Any) -> None:
    sheet.line([x, x + width], [y + height / 2] * 2, color=INK, linewidth=1.6, linestyle=style)
