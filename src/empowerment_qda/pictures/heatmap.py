"""A matrix to look at: every cell with its numbers and sign, the darker the more informants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.pictures.canvas import (
    BODY,
    DASH,
    EMPTY,
    FAINT,
    INK,
    SMALL,
    Body,
    Key,
    Sheet,
    list_states,
    measure,
    paint_state,
    step,
    word,
    wrap,
)

UPRIGHT = 8
"""At most so many columns have their labels written across; more have them written upwards."""
LABEL, BLOCK, HEAD = 2.1, 1.5, 1.9
ACROSS = 1.2
PAD = 0.07
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.6}
"""What lifts numbers off a pattern."""


def draw_heatmap(display: Display) -> Body:
    """The picture of a matrix; its size follows from the numbers of rows and columns."""
    return _Heatmap(display).body()


class _Heatmap:
    """The measures of a picture, all in inches."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.marks = [[cell.mark for cell in line] for line in display.cells]
        widest = max((measure(mark, SMALL) for line in self.marks for mark in line), default=0)
        self.across = len(display.columns) <= UPRIGHT
        self.height = 2 * step(BODY) + 2 * PAD
        self.width = max(widest, ACROSS if self.across else 2 * step(BODY)) + 2 * PAD
        self.rows = [wrap(row.label, BODY, LABEL, 2) for row in display.rows]
        self.label = max((measure(line, BODY) for lines in self.rows for line in lines), default=0) + 2 * PAD
        self.row_blocks = [
            (start, end, wrap(block, SMALL, BLOCK, max(1, int((end - start) * self.height / step(SMALL)))))
            for start, end, block in find_blocks(display.rows)
            if block
        ]
        self.side = max(
            (measure(line, SMALL) + 2 * PAD for *_, lines in self.row_blocks for line in lines), default=0
        )
        room = self.width - PAD
        self.heads = [
            wrap(one.label, BODY, room, 6) if self.across else wrap(one.label, BODY, HEAD, 2)
            for one in display.columns
        ]
        self.head = max((_reach(lines, BODY, self.across) for lines in self.heads), default=0) + 2 * PAD
        self.column_blocks = [
            (start, end, *self._wrap_block(block, (end - start) * self.width))
            for start, end, block in find_blocks(display.columns)
            if block
        ]
        reaches = [_reach(lines, SMALL, across) for *_, lines, across in self.column_blocks]
        self.over = max(reaches) + 2 * PAD if reaches else 0.0
        self.most = max((cell.informants for line in display.cells for cell in line), default=0)

    def _wrap_block(self, block: str, room: float) -> tuple[list[str], bool]:
        """The label of a block in lines, and whether it is written across."""
        if room >= ACROSS:
            return wrap(block, SMALL, room - 2 * PAD, 4), True
        return wrap(block, SMALL, BLOCK, max(1, int((room - PAD) / step(SMALL)))), False

    def body(self) -> Body:
        display = self.display
        keys = list_states((cell.state for line in display.cells for cell in line), display.language)
        if self.most > 1:
            keys.append(Key(word("darker", display.language), _paint_steps))
        return Body(
            self.side + self.label + len(display.columns) * self.width,
            self.over + self.head + len(display.rows) * self.height,
            self.draw,
            keys,
        )

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        left, top = x + self.side + self.label, y + self.over + self.head
        right = left + len(self.display.columns) * self.width
        bottom = top + len(self.display.rows) * self.height
        for column in range(len(self.display.columns) + 1):
            sheet.line([left + column * self.width] * 2, [top, bottom], color=EMPTY, zorder=0)
        for row in range(len(self.display.rows) + 1):
            sheet.line([left, right], [top + row * self.height] * 2, color=EMPTY, zorder=0)
        silences = []
        for row, (marks, cells) in enumerate(zip(self.marks, self.display.cells, strict=True)):
            for column, (mark, cell) in enumerate(zip(marks, cells, strict=True)):
                where = left + column * self.width, top + row * self.height
                if cell.state == "silent":
                    silences.append((where[0] + (self.width - DASH) / 2, where[1] + self.height / 2))
                else:
                    self._draw_cell(sheet, *where, mark, cell)
        sheet.dashes(silences)
        for number, lines in enumerate(self.rows):
            middle = top + (number + 0.5) * self.height - len(lines) * step(BODY) / 2
            sheet.lines(x + self.side + PAD, middle, lines)
        for number, lines in enumerate(self.heads):
            draw_head(sheet, left + (number + 0.5) * self.width, top - PAD, lines, BODY, self.across)
        for start, end, lines, across in self.column_blocks:
            middle = left + (start + end) * self.width / 2
            draw_head(sheet, middle, y + self.over - PAD, lines, SMALL, across, FAINT)
            sheet.line(
                [left + start * self.width + PAD, left + end * self.width - PAD],
                [y + self.over] * 2,
                color=FAINT,
            )
            if end < len(self.display.columns):
                sheet.line([left + end * self.width] * 2, [y + self.over, bottom], color=FAINT)
        for start, end, lines in self.row_blocks:
            middle = top + (start + end) * self.height / 2 - len(lines) * step(SMALL) / 2
            sheet.lines(x, middle, lines, SMALL, color=FAINT)
            if end < len(self.display.rows):
                sheet.line([x, right], [top + end * self.height] * 2, color=FAINT)

    def _draw_cell(self, sheet: Sheet, x: float, y: float, mark: str, cell: Cell) -> None:
        share = cell.informants / self.most if self.most else 0.0
        paint_state(sheet, x + 0.01, y + 0.01, self.width - 0.02, self.height - 0.02, cell.state, share)
        look: dict[str, Any] = {"color": INK if cell.segments else FAINT}
        if cell.state in ("limit", "mixed", "neutral", "no_data"):
            look["bbox"] = BEHIND
        sheet.text(x + self.width / 2, y + self.height / 2, mark, SMALL, ha="center", **look)


def _reach(lines: Sequence[str], size: float, across: bool) -> float:
    """How high the label of a column stands."""
    return len(lines) * step(size) if across else max((measure(line, size) for line in lines), default=0)


def draw_head(
    sheet: Sheet, x: float, bottom: float, lines: Sequence[str], size: float, across: bool, colour: str = INK
) -> None:
    """A label that stands on `bottom`, centred on x."""
    if across:
        sheet.lines(x, bottom - len(lines) * step(size), lines, size, ha="center", color=colour)
        return
    start = x - (len(lines) - 1) * step(size) / 2
    for number, line in enumerate(lines):
        at = start + number * step(size)
        sheet.text(at, bottom, line, size, rotation=90, ha="center", va="bottom", color=colour)


def _paint_steps(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    for number in range(3):
        paint_state(sheet, x + number * width / 3, y, width / 3, height, "support", number / 2)


def find_blocks(headings: Sequence[Heading]) -> Iterator[tuple[int, int, str]]:
    """Runs of headings in one block: start, end (exclusive), label."""
    start = 0
    for at in range(1, len(headings) + 1):
        if at == len(headings) or headings[at].block != headings[start].block:
            yield start, at, headings[start].block
            start = at
