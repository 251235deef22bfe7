"""A network on a circle: codes in the order of the book, links where they stand together. Not causes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, degrees, pi, sin
from string import ascii_uppercase
from typing import Any

from empowerment_qda.model.display import SIGNS, Cell, Display
from empowerment_qda.pictures.canvas import (
    BODY,
    FAINT,
    INK,
    PAINT,
    SMALL,
    Body,
    Key,
    Paint,
    Sheet,
    list_states,
    measure,
    shorten,
    tint,
    word,
)
from empowerment_qda.pictures.heatmap import find_blocks

SPACING = 0.28
MOST_LINKS = 80
"""More links than that cannot be told apart: the weakest are then left to the table."""
LABEL = 2.8
SMALLEST, LARGEST_NODE = 0.12, 0.2
BEND = 0.75
"""How far a link across the whole circle bends towards the middle; one between neighbours hardly does."""


@dataclass(frozen=True)
class Node:
    """A code on the circle: its angle, and the cell on the diagonal that says how often it stands alone."""

    angle: float
    label: str
    cell: Cell


def draw_network(display: Display) -> Body:
    """The picture of codes that stand together."""
    return _Network(display).body()


class _Network:
    """The measures of a picture, all in inches."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.nodes = list(_list_nodes(display))
        self.blocks = [
            (ascii_uppercase[number % 26], block, self.nodes[start].angle, self.nodes[end - 1].angle)
            for number, (start, end, block) in enumerate(one for one in find_blocks(display.rows) if one[2])
        ]
        self.radius = max(1.6, (len(self.nodes) + len(self.blocks)) * SPACING / (2 * pi))
        self.label = max((measure(node.label, BODY) for node in self.nodes), default=0)
        self.links = [
            (one, other, cell)
            for one, other in combinations(range(len(self.nodes)), 2)
            if (cell := display.cells[one][other]).segments
        ]
        self.least = find_least([cell.segments for *_, cell in self.links])
        self.hidden = sum(cell.segments < self.least for *_, cell in self.links)
        self.links = [link for link in self.links if link[2].segments >= self.least]
        self.most = max((cell.segments for *_, cell in self.links), default=1)
        self.biggest = max((node.cell.segments for node in self.nodes), default=1)

    def body(self) -> Body:
        language = self.display.language
        keys = list_states((node.cell.state for node in self.nodes), language)
        for name, style in (("overlap", "-"), ("turn", (0, (3, 2)))):
            if any(bool(cell.overlaps) == (name == "overlap") for *_, cell in self.links):
                keys.append(Key(word(name, language), _paint_line(style)))
        if self.most > 1:
            keys.append(Key(word("number", language)))
        if self.hidden:
            keys.append(Key(word("strongest", language).format(least=self.least, n=self.hidden)))
        keys += [Key(f"{letter}  {shorten(block, BODY, 3.5)}") for letter, block, *_ in self.blocks]
        size = 2 * (self.radius + LARGEST_NODE + self.label + 0.1)
        return Body(size, size, self.draw, keys)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        middle = self.radius + LARGEST_NODE + self.label + 0.1
        self.x, self.y = x + middle, y + middle
        for one, other, cell in sorted(self.links, key=lambda link: link[2].segments):
            self._draw_link(sheet, one, other, cell)
        for node in self.nodes:
            self._draw_node(sheet, node)
        for letter, _, first, last in self.blocks:
            self._draw_block(sheet, letter, first, last)
        self._number(sheet)

    def _at(self, angle: float, radius: float) -> tuple[float, float]:
        return self.x + radius * cos(angle), self.y - radius * sin(angle)

    def _bend(self, one: int, other: int, t: float) -> tuple[float, float]:
        """A point on a link, from 0 to 1."""
        ax, ay = self._at(self.nodes[one].angle, self.radius)
        bx, by = self._at(self.nodes[other].angle, self.radius)
        apart = abs(sin((self.nodes[one].angle - self.nodes[other].angle) / 2))
        keep = 1 - BEND * apart**0.5
        cx, cy = self.x + ((ax + bx) / 2 - self.x) * keep, self.y + ((ay + by) / 2 - self.y) * keep
        u = 1 - t
        return u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by

    def _draw_link(self, sheet: Sheet, one: int, other: int, cell: Cell) -> None:
        points = [self._bend(one, other, step / 24) for step in range(25)]
        weight = (cell.segments - 1) / max(1, self.most - 1)
        sheet.line(
            [x for x, _ in points],
            [y for _, y in points],
            color=tint("#222222", 0.55 + 0.35 * weight),
            linewidth=1.0 + 2.6 * weight,
            linestyle="-" if cell.overlaps else (0, (3, 2)),
            zorder=1,
        )

    def _draw_node(self, sheet: Sheet, node: Node) -> None:
        from matplotlib.patches import Circle

        size = SMALLEST + (LARGEST_NODE - SMALLEST) * (node.cell.segments / self.biggest) ** 0.5
        where = self._at(node.angle, self.radius)
        colour = tint(PAINT.get(node.cell.state, FAINT), 0.45)
        sheet.axes.add_patch(
            Circle(where, size / 2, facecolor=colour, edgecolor=INK, linewidth=0.6, zorder=2)
        )
        sheet.text(*where, SIGNS[node.cell.state], SMALL, ha="center", zorder=3)
        left = cos(node.angle) < -1e-9
        turn = degrees(node.angle) + (180 if left else 0)
        sheet.text(
            *self._at(node.angle, self.radius + LARGEST_NODE / 2 + 0.09),
            node.label,
            BODY,
            rotation=turn,
            rotation_mode="anchor",
            ha="right" if left else "left",
        )

    def _draw_block(self, sheet: Sheet, letter: str, first: float, last: float) -> None:
        """An arc inside the codes of a block, with its letter."""
        angles = [first + (last - first) * part / 20 for part in range(21)]
        points = [self._at(angle, self.radius - 0.24) for angle in angles]
        sheet.line([x for x, _ in points], [y for _, y in points], color=FAINT, zorder=1.5)
        frame = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        where = self._at((first + last) / 2, self.radius - 0.24)
        sheet.text(*where, letter, SMALL, ha="center", weight="bold", bbox=frame, zorder=3)

    def _number(self, sheet: Sheet) -> None:
        """The number of turns on each link that has several, where there is room for it."""
        taken: list[tuple[float, float]] = []
        near = 0.18
        several = [link for link in self.links if link[2].segments > 1]
        for one, other, cell in sorted(several, key=lambda link: -link[2].segments):
            for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
                x, y = self._bend(one, other, t)
                if all(abs(x - a) > near or abs(y - b) > near for a, b in taken):
                    taken.append((x, y))
                    frame = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
                    sheet.text(x, y, str(cell.segments), SMALL, ha="center", bbox=frame, zorder=4)
                    break


def find_least(weights: Sequence[int]) -> int:
    """The least weight of a link that is drawn, so that about eighty remain; never all of them hidden."""
    if len(weights) <= MOST_LINKS:
        return 1
    ranked = sorted(weights, reverse=True)
    return min(ranked[MOST_LINKS] + 1, ranked[0])


def _list_nodes(display: Display) -> Iterator[Node]:
    """Codes around the circle, with a gap between blocks; from the top, clockwise."""
    blocks = [row.block for row in display.rows]
    gaps = sum(one != other for one, other in pairwise(blocks)) + 1
    turn = 2 * pi / (len(blocks) + gaps) if blocks else 0
    at = 0.5
    for number, row in enumerate(display.rows):
        at += number > 0 and row.block != blocks[number - 1]
        yield Node(pi / 2 - at * turn, shorten(row.label, BODY, LABEL), display.cells[number][number])
        at += 1


def _paint_line(style: Any) -> Paint:
    return lambda sheet, x, y, width, height: sheet.line(
        [x, x + width], [y + height / 2] * 2, color=INK, linewidth=1.6, linestyle=style
    )
