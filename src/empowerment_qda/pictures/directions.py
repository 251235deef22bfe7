"""What limits, to the left, and what supports, to the right: one bar for each row, stacked by who says so."""

from __future__ import annotations

from typing import NamedTuple

from empowerment_qda.model.display import Cell, Display
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
    measure,
    step,
    tint,
    word,
    wrap,
)
from empowerment_qda.pictures.heatmap import find_blocks

LABEL, BLOCK = 2.3, 1.5
LONGEST, END, NEUTRAL = 3.2, 0.85, 0.8
BAR, GAP = 0.22, 0.16
PATTERNS = ("", "////", "....", "xxxx", "----", "||||")
STRENGTHS = (0.6, 0.4, 0.25, 0.5, 0.35, 0.2)


class Part(NamedTuple):
    """A stretch of a bar: who says it (number of the side), and how often."""

    side: int
    cell: Cell


def draw_directions(display: Display) -> Body:
    """The picture of an effects matrix, whose columns are side.direction."""
    return _Directions(display).body()


class _Directions:
    """The measures of a picture, all in inches."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.sides = list(dict.fromkeys(column.id.rpartition(".")[0] for column in display.columns))
        names = {column.id.rpartition(".")[0]: column.block for column in display.columns}
        self.names = [names[side] for side in self.sides]
        self.rows = [wrap(row.label, BODY, LABEL, 2) for row in display.rows]
        self.height = 2 * step(BODY) + GAP
        self.blocks = [
            (start, end, wrap(block, SMALL, BLOCK, max(1, int((end - start) * self.height / step(SMALL)))))
            for start, end, block in find_blocks(display.rows)
            if block
        ]
        self.side = BLOCK + 0.1 if self.blocks else 0.0
        self.label = max((measure(line, BODY) for lines in self.rows for line in lines), default=0) + 0.15
        right, left = self._longest("supports"), self._longest("limits")
        self.unit = LONGEST / max(right, left, 4)
        self.right, self.left = right * self.unit + END, left * self.unit + END
        self.neutral = any(column.id.endswith(".neutral") for column in display.columns)

    def _longest(self, direction: str) -> int:
        """Segments in the longest bar of a direction."""
        bars = (self._parts(row, direction) for row in range(len(self.rows)))
        return max((sum(part.cell.segments for part in bar) for bar in bars), default=0)

    def _parts(self, row: int, direction: str) -> list[Part]:
        return [
            Part(self.sides.index(column.id.rpartition(".")[0]), cell)
            for column, cell in zip(self.display.columns, self.display.cells[row], strict=True)
            if column.id.endswith(f".{direction}")
        ]

    def body(self) -> Body:
        language = self.display.language
        keys = [Key(name, _sample(number)) for number, name in enumerate(self.names)]
        keys.append(Key(word("bars", language)))
        width = self.side + self.label + self.left + self.right + (NEUTRAL if self.neutral else 0)
        return Body(width, step(BODY) + 0.1 + len(self.rows) * self.height, self.draw, keys)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        zero = x + self.side + self.label + self.left
        language = self.display.language
        head = y + step(BODY) / 2
        sheet.text(zero - 0.1, head, f"←  − {word('limit', language)}", ha="right")
        sheet.text(zero + 0.1, head, f"+ {word('support', language)}  →")
        far = zero + self.right + NEUTRAL / 2
        if self.neutral:
            sheet.text(far, head, f"o {word('neutral', language)}", ha="center")
        top = y + step(BODY) + 0.1
        for number, lines in enumerate(self.rows):
            middle = top + (number + 0.5) * self.height
            sheet.lines(x + self.side, middle - len(lines) * step(BODY) / 2, lines)
            self._draw_bar(sheet, zero, middle, self._parts(number, "supports"), 1)
            self._draw_bar(sheet, zero, middle, self._parts(number, "limits"), -1)
            if self.neutral:
                parts = self._parts(number, "neutral")
                sheet.text(far, middle, _total(parts), SMALL, ha="center")
        bottom = top + len(self.rows) * self.height
        sheet.line([zero] * 2, [top, bottom], color=INK)
        for start, end, lines in self.blocks:
            middle = top + (start + end) * self.height / 2 - len(lines) * step(SMALL) / 2
            sheet.lines(x, middle, lines, SMALL, color=FAINT)
            if end < len(self.rows):
                sheet.line([x, zero + self.right], [top + end * self.height] * 2)

    def _draw_bar(self, sheet: Sheet, zero: float, middle: float, parts: list[Part], way: int) -> None:
        reach = 0.0
        colour = PAINT["support" if way > 0 else "limit"]
        for part in parts:
            if not part.cell.segments:
                continue
            width = part.cell.segments * self.unit
            left = zero + reach if way > 0 else zero - reach - width
            _paint_bar(sheet, left, middle - BAR / 2, width, BAR, part.side, colour)
            number = str(part.cell.segments)
            if measure(number, SMALL) + 0.06 < width:
                frame = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
                sheet.text(left + width / 2, middle, number, SMALL, ha="center", bbox=frame)
            reach += width
        sheet.text(
            zero + way * (reach + 0.08), middle, _total(parts), SMALL, ha="left" if way > 0 else "right"
        )


def _total(parts: list[Part]) -> str:
    """Informants/segments of all sides together: a side's informants and passages are its own."""
    segments = sum(part.cell.segments for part in parts)
    unsure = "≤" if any(part.cell.unidentified for part in parts) else ""
    return f"{unsure}{sum(part.cell.informants for part in parts)}/{segments}" if segments else "–"


def _paint_bar(sheet: Sheet, x: float, y: float, width: float, height: float, side: int, colour: str) -> None:
    pattern, strength = PATTERNS[side % len(PATTERNS)], STRENGTHS[side % len(STRENGTHS)]
    sheet.box(x, y, width, height, facecolor=tint(colour, strength), edgecolor=INK, linewidth=0.5)
    if pattern:
        sheet.box(x, y, width, height, facecolor="none", edgecolor=tint(colour, 0.8), hatch=pattern)


def _sample(side: int) -> Paint:
    return lambda sheet, x, y, width, height: _paint_bar(sheet, x, y, width, height, side, FAINT)
