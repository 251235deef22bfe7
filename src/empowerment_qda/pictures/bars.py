"""Bars: what limits, to the left, and what supports, to the right, one bar for each row, stacked by who says so; and
events on a line of time, a mark for a day, a bar for a span, and beside it who tells of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from matplotlib.patches import Wedge

from empowerment_qda.displays.matrix import judge
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.model.display import SIGNS, Cell, Display, State
from empowerment_qda.pictures.canvas import (
    BLOCK,
    BODY,
    EMPTY,
    FAINT,
    INK,
    PAINT,
    SMALL,
    Body,
    Key,
    Sheet,
    list_states,
    measure,
    paint_state,
    step,
    tint,
    widest,
    word,
    wrap,
    wrap_blocks,
)

LABEL, LONGEST, END, NEUTRAL = 2.3, 3.2, 0.85, 0.8
BAR = 0.22
PATTERNS = ("", "////", "....", "xxxx", "----", "||||")
STRENGTHS = (0.6, 0.4, 0.25, 0.5, 0.35, 0.2)
PLOT, WORDS = 4.2, 3.6
SIZE, GAP = 0.2, 0.12
TICKS = 7
Stretches = list[tuple[int, Cell]]
"""The stretches of a bar: who says it (number of the side), and how often."""


def draw_directions(display: Display) -> Body:
    """The picture of an effects matrix, whose columns are side.direction."""
    language = display.language
    names = {column.id.rpartition(".")[0]: column.block for column in display.columns}
    sides = {side: number for number, side in enumerate(names)}
    bars: list[dict[str, Stretches]] = []
    for line in display.cells:
        bar: dict[str, Stretches] = {"supports": [], "limits": [], "neutral": []}
        for column, cell in zip(display.columns, line, strict=True):
            side, _, direction = column.id.rpartition(".")
            bar[direction].append((sides[side], cell))
        bars.append(bar)
    labels = [wrap(row.label, BODY, LABEL, 2) for row in display.rows]
    height = 2 * step(BODY) + 0.16
    blocks = wrap_blocks(display.rows, height)
    beside = BLOCK + 0.1 if blocks else 0.0
    label = widest((line for lines in labels for line in lines), BODY) + 0.15
    longest = {
        way: max((sum(cell.segments for _, cell in bar[way]) for bar in bars), default=0)
        for way in ("supports", "limits")
    }
    unit = LONGEST / max(*longest.values(), 4)
    right, left = longest["supports"] * unit + END, longest["limits"] * unit + END
    neutral = any(column.id.endswith(".neutral") for column in display.columns)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        zero, head = x + beside + label + left, y + step(BODY) / 2
        sheet.text(zero - 0.1, head, f"←  − {word('limit', language)}", ha="right")
        sheet.text(zero + 0.1, head, f"+ {word('support', language)}  →")
        far = zero + right + NEUTRAL / 2
        if neutral:
            sheet.text(far, head, f"o {word('neutral', language)}", ha="center")
        top = y + step(BODY) + 0.1
        for number, (lines, bar) in enumerate(zip(labels, bars, strict=True)):
            middle = top + (number + 0.5) * height
            sheet.label(x + beside, middle, lines)
            _draw_bar(sheet, zero, middle, bar["supports"], unit, 1)
            _draw_bar(sheet, zero, middle, bar["limits"], unit, -1)
            if neutral:
                sheet.text(far, middle, _total(bar["neutral"]), SMALL, ha="center")
        sheet.line([zero] * 2, [top, top + len(labels) * height], color=INK)
        for start, end, lines in blocks:
            sheet.label(x, top + (start + end) * height / 2, lines, SMALL, color=FAINT)
            if end < len(labels):
                sheet.line([x, zero + right], [top + end * height] * 2)

    keys = [Key(name, partial(_paint_bar, side=at, colour=FAINT)) for at, name in enumerate(names.values())]
    keys.append(Key(word("bars", language)))
    width = beside + label + left + right + (NEUTRAL if neutral else 0)
    return Body(width, step(BODY) + 0.1 + len(labels) * height, draw, keys)


def _draw_bar(sheet: Sheet, zero: float, middle: float, bar: Stretches, unit: float, way: int) -> None:
    """To the right (`way` 1) or left (-1) of zero, with informants/segments at its end."""
    reach = 0.0
    for side, cell in bar:
        if not cell.segments:
            continue
        width, number = cell.segments * unit, str(cell.segments)
        left = zero + reach if way > 0 else zero - reach - width
        _paint_bar(sheet, left, middle - BAR / 2, width, BAR, side, PAINT["support" if way > 0 else "limit"])
        if measure(number, SMALL) + 0.06 < width:
            frame = {"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
            sheet.text(left + width / 2, middle, number, SMALL, ha="center", bbox=frame)
        reach += width
    sheet.text(zero + way * (reach + 0.08), middle, _total(bar), SMALL, ha="left" if way > 0 else "right")


def _total(bar: Stretches) -> str:
    """Informants/segments of all sides together: a side's informants and passages are its own."""
    cells = [cell for _, cell in bar]
    segments = sum(cell.segments for cell in cells)
    unsure = "≤" if any(cell.unidentified for cell in cells) else ""
    return f"{unsure}{sum(cell.informants for cell in cells)}/{segments}" if segments else "–"


def _paint_bar(sheet: Sheet, x: float, y: float, width: float, height: float, side: int, colour: str) -> None:
    pattern, strength = PATTERNS[side % len(PATTERNS)], STRENGTHS[side % len(STRENGTHS)]
    sheet.box(x, y, width, height, facecolor=tint(colour, strength), edgecolor=INK, linewidth=0.5)
    if pattern:
        sheet.box(x, y, width, height, facecolor="none", edgecolor=tint(colour, 0.8), hatch=pattern)


@dataclass(frozen=True)
class Event:
    """A date with its name, what its cells say together, its words in lines, and the inches that its row takes."""

    when: When
    name: str
    state: State
    lines: list[str]
    height: float


def draw_timeline(display: Display) -> Body:
    """The picture of events; the earliest at the top."""
    events = list(_list_events(display))
    label = widest((event.name for event in events), BODY) + 0.2
    first = min((event.when.first for event in events), default=date.min)
    last = max((event.when.last for event in events), default=date.min)
    days = max((last - first).days, 1)
    axis = step(SMALL) + 0.12
    height = axis + sum(event.height for event in events)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        left = x + label

        def at(day: date) -> float:
            return left + 0.15 + (PLOT - 0.3) * (day - first).days / days

        for day in pick_ticks(first, last) if events else []:
            name = day.isoformat()[: 4 if days > 365 * 3 else 7 if days > 80 else None]
            sheet.text(at(day), y + step(SMALL) / 2, name, SMALL, ha="center", color=FAINT)
            sheet.line([at(day)] * 2, [y + axis - 0.05, y + height], color=EMPTY, zorder=0)
        top = y + axis
        for event in events:
            middle = top + event.height / 2
            sheet.line([x, left + PLOT + WORDS], [top] * 2, color=EMPTY, zorder=0)
            sheet.text(x, middle, event.name)
            start, end = at(event.when.first), at(event.when.last)
            if end - start > SIZE:
                paint_state(sheet, start, middle - SIZE / 2, end - start, SIZE, event.state)
            else:
                _paint_mark(sheet, (start + end) / 2, middle, event.state)
            sheet.text((start + end) / 2, middle, SIGNS[event.state], BODY, ha="center")
            sheet.label(left + PLOT + 0.1, middle, event.lines, SMALL)
            top += event.height

    keys = list_states((event.state for event in events), display.language)
    return Body(label + PLOT + WORDS, height, draw, keys)


def _list_events(display: Display) -> Iterator[Event]:
    for row, cells in zip(display.rows, display.cells, strict=True):
        told = [(column, cell) for column, cell in zip(display.columns, cells, strict=True) if cell.segments]
        state = judge(sum(cell.supports for _, cell in told), sum(cell.limits for _, cell in told))
        words = (f"{column.label}: {cell.text} ({', '.join(cell.refs)})" for column, cell in told)
        lines = [line for one in words for line in wrap(one, SMALL, WORDS - 0.2, 3)]
        yield Event(parse_when(row.id), row.label, state, lines, max(SIZE, len(lines) * step(SMALL)) + GAP)


def _paint_mark(sheet: Sheet, x: float, y: float, state: State) -> None:
    """A circle; in two halves for what is mixed."""
    sheet.circle(x, y, SIZE, facecolor=tint(PAINT["support" if state == "mixed" else state], 0.45))
    if state == "mixed":
        sheet.axes.add_patch(Wedge((x, y), SIZE / 2, -90, 90, facecolor=tint(PAINT["limit"], 0.45)))


def pick_ticks(first: date, last: date) -> list[date]:
    """At most seven days to name on the axis: whole years or months where the span is long enough."""
    days = (last - first).days
    if days > 365 * 3:
        candidates = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
    elif days > 80:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        candidates = [date(month // 12, month % 12 + 1, 1) for month in months]
    else:
        candidates = [first + timedelta(days=number) for number in range(days + 1)]
    candidates = [day for day in candidates if first <= day <= last] or [first]
    return candidates[:: -(-len(candidates) // TICKS)]
