"""How a line of the transcript looks: its words by the codings on them, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from empowerment_qda.model.span import Span
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.margin import BARS, Row, label_of, part_of
from empowerment_qda.workbench.session import Mark

Styles = Callable[[str], Style]


def paint_words(
    text: str,
    turn: int,
    line: tuple[int, int],
    marks: Sequence[Mark],
    cursor: Span,
    base: Style,
    styles: Styles,
) -> list[Segment]:
    """The words of a line of a turn, cut wherever a coding or the cursor begins or ends."""
    start, end = line
    ranges = [(one.state, *part_of(one.span, turn, len(text))) for one in marks if one.state != "rejected"]
    here = part_of(cursor, turn, len(text)) if cursor.turn <= turn <= cursor.end_turn else (0, 0)
    cuts = {cut for _, *pair in ranges for cut in pair} | {*here}
    edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
    pieces = []
    for left, right in pairwise(edges):
        states = [state for state, low, high in ranges if low <= left and right <= high]
        style = base
        for state in dict.fromkeys(states):
            style += styles(state)
        if len(states) - states.count("suggested") > 1:
            style += styles("overlap")
        if here[0] <= left and right <= here[1]:
            style += styles("cursor")
        pieces.append(Segment(clean(text[left:right]), style))
    return pieces


def paint_margin(row: Row, chosen: Mark | None, room: int, base: Style, styles: Styles) -> list[Segment]:
    """Bars and label or note of a line, on so many columns; its sign alone where there is no room for more."""
    plain = Style(underline=False, italic=False, bgcolor=base.bgcolor)
    pieces = [
        Segment(BARS[state], base + styles(state) + plain) if state else Segment(" ", base)
        for state in row.lanes
    ]
    if row.label or row.note:
        style = base + (styles(row.label.state) + plain if row.label else styles("number"))
        if row.label and row.label is chosen:
            style += styles("chosen")
        left = room - len(row.lanes) - 1 - (3 if row.more else 0)
        said = label_of(row.label) if row.label else row.note
        said = fit_name(clean(said), left).rstrip() if left > 8 else said[0]
        pieces += [Segment(" ", base), Segment(said, style)]
    if row.more:
        pieces.append(Segment(f" +{row.more}", base + styles("number")))
    return pieces


def fit_name(name: str, width: int) -> str:
    """A name on so many columns."""
    strip = Strip([Segment(name)])
    if strip.cell_length > width:
        return strip.crop(0, width - 1).text + "…"
    return strip.adjust_cell_length(width).text
