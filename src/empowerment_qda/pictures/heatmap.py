"""A matrix to look at: cells with their numbers and sign, the darker the more informants; and the codes of two coders
against each other: how often one gave the row's code where the other gave the column's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.collections import LineCollection

from empowerment_qda.agreement.interpretation import BOTH_GAVE, DIFFER, STRONGER, say_code
from empowerment_qda.locale import say
from empowerment_qda.model.display import Cell, Display
from empowerment_qda.pictures.canvas import (
    BLOCK,
    BODY,
    EMPTY,
    FAINT,
    INK,
    SMALL,
    Body,
    Key,
    Sheet,
    find_blocks,
    list_states,
    paint_state,
    step,
    widest,
    word,
    wrap,
    wrap_blocks,
)

if TYPE_CHECKING:
    from empowerment_qda.agreement.compare import Agreement

UPRIGHT = 8
"""At most so many columns have their labels written across; more have them written upwards."""
LABEL, HEAD, ACROSS = 2.1, 1.9, 1.2
PAD, EDGE, DASH = 0.07, 0.02, 0.06
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.6}
"""What lifts numbers off a pattern."""


def draw_heatmap(display: Display) -> Body:
    """The picture of a matrix; its size follows from the numbers of rows and columns."""
    cells = [cell for line in display.cells for cell in line]
    most = max((cell.informants for cell in cells), default=0)
    across = len(display.columns) <= UPRIGHT
    height = 2 * step(BODY) + 2 * PAD
    width = max(widest((cell.mark for cell in cells), SMALL), ACROSS if across else 2 * step(BODY)) + 2 * PAD
    labels = [wrap(row.label, BODY, LABEL, 2) for row in display.rows]
    blocks = wrap_blocks(display.rows, height)
    side = max((widest(lines, SMALL) + 2 * PAD for *_, lines in blocks), default=0)
    label = widest((line for lines in labels for line in lines), BODY) + 2 * PAD
    heads = [wrap(one.label, BODY, *((width - PAD, 6) if across else (HEAD, 2))) for one in display.columns]
    over_blocks = [
        (start, end, *_wrap_head(block, (end - start) * width))
        for start, end, block in find_blocks(display.columns)
    ]
    over = max((_reach(lines, SMALL, flat) + 2 * PAD for *_, lines, flat in over_blocks), default=0)
    head = max((_reach(lines, BODY, across) for lines in heads), default=0) + 2 * PAD

    def draw(sheet: Sheet, x: float, y: float) -> None:
        left, top = x + side + label, y + over + head
        right, bottom = left + len(display.columns) * width, top + len(display.rows) * height
        for at in range(len(display.columns) + 1):
            sheet.line([left + at * width] * 2, [top, bottom], color=EMPTY, zorder=0)
        for at in range(len(display.rows) + 1):
            sheet.line([left, right], [top + at * height] * 2, color=EMPTY, zorder=0)
        silences = []
        for row, line in enumerate(display.cells):
            for column, cell in enumerate(line):
                where = left + column * width, top + row * height
                if cell.state == "silent":
                    start, middle = where[0] + (width - DASH) / 2, where[1] + height / 2
                    silences.append([(start, middle), (start + DASH, middle)])
                else:
                    _draw_cell(sheet, *where, width, height, cell, cell.informants / most if most else 0.0)
        # Strokes are cheaper than as many texts.
        sheet.axes.add_collection(LineCollection(silences, colors=FAINT, linewidths=0.8))
        for number, lines in enumerate(labels):
            sheet.label(x + side + PAD, top + (number + 0.5) * height, lines)
        for number, lines in enumerate(heads):
            _draw_head(sheet, left + (number + 0.5) * width, top - PAD, lines, BODY, across)
        for first, last, lines, flat in over_blocks:
            start, end = left + first * width, left + last * width
            _draw_head(sheet, left + (first + last) * width / 2, y + over - PAD, lines, SMALL, flat, FAINT)
            sheet.line([start + PAD, end - PAD], [y + over] * 2, color=FAINT)
            if last < len(display.columns):
                sheet.line([end] * 2, [y + over, bottom], color=FAINT)
        for first, last, lines in blocks:
            sheet.label(x, top + (first + last) * height / 2, lines, SMALL, color=FAINT)
            if last < len(display.rows):
                sheet.line([x, right], [top + last * height] * 2, color=FAINT)

    keys = list_states((cell.state for cell in cells), display.language)
    if most > 1:
        keys.append(Key(word("darker", display.language), _paint_steps))
    size = side + label + len(display.columns) * width, over + head + len(display.rows) * height
    return Body(*size, draw, keys)


def _wrap_head(block: str, room: float) -> tuple[list[str], bool]:
    """The label of a block of columns in lines, and whether it is written across."""
    if room >= ACROSS:
        return wrap(block, SMALL, room - 2 * PAD, 4), True
    return wrap(block, SMALL, BLOCK, max(1, int((room - PAD) / step(SMALL)))), False


def _reach(lines: Sequence[str], size: float, across: bool) -> float:
    """How high the label of a column stands."""
    return len(lines) * step(size) if across else widest(lines, size)


def _draw_head(
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


def _draw_cell(
    sheet: Sheet, x: float, y: float, width: float, height: float, cell: Cell, share: float
) -> None:
    paint_state(sheet, x + 0.01, y + 0.01, width - 0.02, height - 0.02, cell.state, share)
    look: dict[str, Any] = {"color": INK if cell.segments else FAINT}
    if cell.state in ("limit", "mixed", "neutral", "no_data"):
        look["bbox"] = BEHIND
    sheet.text(x + width / 2, y + height / 2, cell.mark, SMALL, ha="center", **look)


def _paint_steps(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    for number in range(3):
        paint_state(sheet, x + number * width / 3, y, width / 3, height, "support", number / 2)


def draw_confusion(found: Agreement, pair: tuple[str, str], language: str) -> Body:
    """The picture for two of the coders."""
    codes, counts = found.codes_of(pair), found.confusion[pair]
    most = max(counts.values(), default=1)
    labels = [wrap(say_code(code, language), BODY, LABEL, 2) for code in codes]
    beside = widest((line for lines in labels for line in lines), BODY) + 2 * PAD
    size = max(2 * step(BODY) + PAD, widest(map(str, counts.values()), SMALL) + 3 * PAD)
    across = len(codes) * size

    def draw(sheet: Sheet, x: float, y: float) -> None:
        left, top = x + beside, y + beside
        for number, lines in enumerate(labels):
            middle = (number + 0.5) * size
            sheet.label(x + PAD, top + middle, lines)
            _draw_head(sheet, left + middle, top - PAD, lines, BODY, across=False)
        for number in range(len(codes) + 1):
            sheet.line([left, left + across], [top + number * size] * 2, color=EMPTY, zorder=0)
            sheet.line([left + number * size] * 2, [top, top + across], color=EMPTY, zorder=0)
        for row, code in enumerate(codes):
            for column, other in enumerate(codes):
                where = left + column * size, top + row * size
                units, same = counts.get((code, other), 0), row == column
                if units:
                    _paint_units(sheet, *where, size, same, units / most)
                    look: dict[str, Any] = {} if same else {"bbox": BEHIND}
                    at = where[0] + size / 2, where[1] + size / 2
                    sheet.text(*at, str(units), SMALL, ha="center", **look)
                elif same and code:
                    _frame(sheet, *where, size, edgecolor=FAINT, linewidth=0.6)

    keys = [
        Key(say(BOTH_GAVE, language), lambda sheet, x, y, _, h: _paint_units(sheet, x, y, h, True, 0.5)),
        Key(say(DIFFER, language), lambda sheet, x, y, _, h: _paint_units(sheet, x, y, h, False, 0.5)),
        Key(say(STRONGER, language)),
    ]
    return Body(beside + across, beside + across, draw, keys)


def _paint_units(sheet: Sheet, x: float, y: float, size: float, same: bool, share: float) -> None:
    inner = size - 2 * EDGE
    paint_state(sheet, x + EDGE, y + EDGE, inner, inner, "support" if same else "limit", share)
    if same:
        _frame(sheet, x, y, size, edgecolor=INK, linewidth=1.2)


def _frame(sheet: Sheet, x: float, y: float, size: float, **look: Any) -> None:
    """What marks the diagonal without any colour."""
    sheet.box(x + EDGE, y + EDGE, size - 2 * EDGE, size - 2 * EDGE, facecolor="none", **look)
