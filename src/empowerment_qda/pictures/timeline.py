"""Events on a line of time: a mark for a day, a bar for a span, and beside it who tells of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from empowerment_qda.displays.matrix import judge
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.model.display import SIGNS, Cell, Display, State
from empowerment_qda.pictures.canvas import (
    BODY,
    EMPTY,
    FAINT,
    INK,
    PAINT,
    SMALL,
    Body,
    Sheet,
    list_states,
    measure,
    paint_state,
    step,
    tint,
    wrap,
)

PLOT, WORDS = 4.2, 3.6
SIZE, GAP = 0.2, 0.12
TICKS = 7


@dataclass(frozen=True)
class Event:
    """A date with its name, what its cells say together, and its words in lines."""

    when: When
    name: str
    state: State
    lines: list[str]

    @property
    def height(self) -> float:
        """Inches that its row takes."""
        return max(SIZE, len(self.lines) * step(SMALL)) + GAP


def draw_timeline(display: Display) -> Body:
    """The picture of events; the earliest at the top."""
    events = list(_list_events(display))
    label = max((measure(event.name, BODY) for event in events), default=0) + 0.2
    first = min((event.when.first for event in events), default=date.min)
    last = max((event.when.last for event in events), default=date.min)
    days = max((last - first).days, 1)
    axis = step(SMALL) + 0.12

    def draw(sheet: Sheet, x: float, y: float) -> None:
        left = x + label
        bottom = y + axis + sum(event.height for event in events)

        def at(day: date) -> float:
            return left + 0.15 + (PLOT - 0.3) * (day - first).days / days

        for day in pick_ticks(first, last) if events else []:
            sheet.text(at(day), y + step(SMALL) / 2, _name(day, days), SMALL, ha="center", color=FAINT)
            sheet.line([at(day)] * 2, [y + axis - 0.05, bottom], color=EMPTY, zorder=0)
        top = y + axis
        for event in events:
            middle = top + event.height / 2
            sheet.line([x, left + PLOT + WORDS], [top] * 2, color=EMPTY, zorder=0)
            sheet.text(x, middle, event.name)
            start, end = at(event.when.first), at(event.when.last)
            if end - start > SIZE:
                paint_state(sheet, start, middle - SIZE / 2, end - start, SIZE, event.state)
            else:
                _draw_mark(sheet, (start + end) / 2, middle, event.state)
            if end - start > SIZE:
                sheet.text((start + end) / 2, middle, SIGNS[event.state], BODY, ha="center")
            sheet.lines(left + PLOT + 0.1, middle - len(event.lines) * step(SMALL) / 2, event.lines, SMALL)
            top += event.height

    height = axis + sum(event.height for event in events)
    keys = list_states((event.state for event in events), display.language)
    return Body(label + PLOT + WORDS, height, draw, keys)


def _list_events(display: Display) -> Iterator[Event]:
    for row, cells in zip(display.rows, display.cells, strict=True):
        told = [(column, cell) for column, cell in zip(display.columns, cells, strict=True) if cell.segments]
        state = judge(sum(cell.supports for _, cell in told), sum(cell.limits for _, cell in told))
        lines = [
            line for column, cell in told for line in wrap(_tell(column.label, cell), SMALL, WORDS - 0.2, 3)
        ]
        yield Event(parse_when(row.id), row.label, state, lines)


def _tell(who: str, cell: Cell) -> str:
    return f"{who}: {cell.text} ({', '.join(cell.refs)})"


def _draw_mark(sheet: Sheet, x: float, y: float, state: State) -> None:
    """A circle with the sign of the state in it."""
    from matplotlib.patches import Circle, Wedge

    colour = tint(PAINT["support" if state == "mixed" else state], 0.45)
    sheet.axes.add_patch(Circle((x, y), SIZE / 2, facecolor=colour, edgecolor=INK, linewidth=0.6))
    if state == "mixed":
        sheet.axes.add_patch(Wedge((x, y), SIZE / 2, -90, 90, facecolor=tint(PAINT["limit"], 0.45)))
    sheet.text(x, y, SIGNS[state], BODY, ha="center")


def pick_ticks(first: date, last: date) -> list[date]:
    """At most seven days to name on the axis: whole years or months where the span is long enough."""
    days = (last - first).days
    if days > 365 * 3:
        years = list(range(first.year, last.year + 1))
        candidates = [date(year, 1, 1) for year in years]
    elif days > 80:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        candidates = [date(month // 12, month % 12 + 1, 1) for month in months]
    else:
        candidates = [first + timedelta(days=number) for number in range(days + 1)]
    candidates = [day for day in candidates if first <= day <= last] or [first]
    return candidates[:: -(-len(candidates) // TICKS)]


def _name(day: date, days: int) -> str:
    text = day.isoformat()
    return text[:4] if days > 365 * 3 else text[:7] if days > 80 else text
