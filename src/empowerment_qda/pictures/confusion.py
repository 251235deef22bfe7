"""Codes against codes: how often one coder gave the row's code where another gave the column's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.words import name_units, say, say_code
from empowerment_qda.model.display import State
from empowerment_qda.pictures.canvas import (
    BODY,
    EMPTY,
    FAINT,
    INK,
    SMALL,
    Body,
    Key,
    Sheet,
    measure,
    paint_state,
    step,
    wrap,
)
from empowerment_qda.pictures.heatmap import BEHIND, LABEL, PAD, draw_head

EDGE = 0.02


@dataclass(frozen=True)
class Caption:
    """What stands around the picture."""

    title: str
    rule: str
    notes: tuple[str, ...]


def caption_of(found: Agreement, pair: tuple[str, str], language: str) -> Caption:
    """Title and rule; what to mind comes with the tables."""
    title = say("confusion", language, row=pair[0], column=pair[1])
    return Caption(title, say("confusion_rule", language, unit=name_units(found.unit, language)), ())


def draw_confusion(found: Agreement, pair: tuple[str, str], language: str) -> Body:
    """The picture for two of the coders."""
    codes, counts = found.codes_of(pair), found.confusion[pair]
    names = [say_code(code, language) for code in codes]
    most = max(counts.values(), default=1)
    labels = [wrap(name, BODY, LABEL, 2) for name in names]
    left = top = max((measure(line, BODY) for lines in labels for line in lines), default=0) + 2 * PAD
    widest = max((measure(str(units), SMALL) for units in counts.values()), default=0)
    size = max(2 * step(BODY) + PAD, widest + 3 * PAD)
    across = len(codes) * size

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for number, lines in enumerate(labels):
            middle = (number + 0.5) * size
            sheet.lines(x + PAD, y + top + middle - len(lines) * step(BODY) / 2, lines)
            draw_head(sheet, x + left + middle, y + top - PAD, lines, BODY, False)
        for number in range(len(codes) + 1):
            sheet.line([x + left, x + left + across], [y + top + number * size] * 2, color=EMPTY, zorder=0)
            sheet.line([x + left + number * size] * 2, [y + top, y + top + across], color=EMPTY, zorder=0)
        for row, code in enumerate(codes):
            for column, other in enumerate(codes):
                where = x + left + column * size, y + top + row * size
                units = counts.get((code, other), 0)
                if units:
                    _paint(sheet, *where, size, row == column, units / most)
                    look: dict[str, Any] = {} if row == column else {"bbox": BEHIND}
                    sheet.text(
                        where[0] + size / 2, where[1] + size / 2, str(units), SMALL, ha="center", **look
                    )
                elif row == column and code:
                    _frame(sheet, *where, size, edgecolor=FAINT, linewidth=0.6)

    keys = [
        Key(say("same", language), lambda sheet, x, y, w, h: _paint(sheet, x, y, h, True, 0.5)),
        Key(say("apart", language), lambda sheet, x, y, w, h: _paint(sheet, x, y, h, False, 0.5)),
        Key(say("stronger", language)),
    ]
    return Body(left + across, top + across, draw, keys)


def _paint(sheet: Sheet, x: float, y: float, size: float, same: bool, share: float) -> None:
    state: State = "support" if same else "limit"
    paint_state(sheet, x + EDGE, y + EDGE, size - 2 * EDGE, size - 2 * EDGE, state, share)
    if same:
        _frame(sheet, x, y, size, edgecolor=INK, linewidth=1.2)


def _frame(sheet: Sheet, x: float, y: float, size: float, **look: Any) -> None:
    """What marks the diagonal without any colour."""
    sheet.box(x + EDGE, y + EDGE, size - 2 * EDGE, size - 2 * EDGE, facecolor="none", **look)
