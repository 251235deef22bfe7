"""What stands beside a turn: bars for the lines that a coding covers, and its code where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from empowerment_qda.model.span import Span
from empowerment_qda.workbench.layout import Lines, row_of
from empowerment_qda.workbench.session import Mark, State

LANES = 4
"""As many codings can be told apart by their bars on a line; more of them have a label only."""
SIGNS: dict[State, str] = {"accepted": "✓", "suggested": "?", "rejected": "✗", "other": "="}
BARS: dict[State, str] = {"accepted": "┃", "suggested": "┊", "rejected": " ", "other": "│"}


@dataclass(slots=True)
class Row:
    """One line of a margin: the states of the codings that cover it, lane by lane, and a label or a note."""

    lanes: list[State | None] = field(default_factory=lambda: [None] * LANES)
    label: Mark | None = None
    note: str = ""
    more: int = 0


def label_of(mark: Mark) -> str:
    """A coding's sign and code: `~` where it is inferred, `*` where it has a memo, whose where it is another's."""
    sign = SIGNS[mark.state] + ("~" if mark.coding.strength == "inferred" else "")
    whose = f"{mark.coder}: " if mark.state == "other" else ""
    return f"{sign} {whose}{mark.coding.code}{'*' if mark.coding.memo or mark.memos else ''}"


def part_of(span: Span, turn: int, length: int) -> tuple[int, int]:
    """The part of a passage that stands in one of its turns."""
    return span.start if span.turn == turn else 0, span.end if span.end_turn == turn else length


def margin_of(marks: Sequence[Mark], turn: int, lines: Lines, notes: Sequence[str] = ()) -> list[Row]:
    """The margin of a turn, as high as the turn with its empty line.

    `notes` on the turn begin where it does. What was rejected takes the room that is left; what finds none is counted on
    the last row.
    """
    rows = [Row() for _ in range(len(lines) + 1)]
    ends = [-1] * LANES
    for mark in marks:
        start, end = part_of(mark.span, turn, lines[-1][1])
        first, last = row_of(lines, start), row_of(lines, max(start, end - 1))
        if mark.state != "rejected":
            lane = next((lane for lane in range(LANES) if ends[lane] < first), None)
            if lane is not None:
                ends[lane] = last
                for row in rows[first : last + 1]:
                    row.lanes[lane] = mark.state
    wanted: list[tuple[int, int, Mark | str]] = [(1, 0, note) for note in notes]
    wanted += [
        (2 * (mark.state == "rejected"), row_of(lines, mark.span.start), mark)
        for mark in marks
        if mark.span.turn == turn
    ]
    for _, first, what in sorted(wanted, key=lambda one: one[0]):
        free = next((row for row in rows[first:] if row.label is None and not row.note), None)
        if free is None:
            rows[-1].more += 1
        elif isinstance(what, str):
            free.note = what
        else:
            free.label = what
    used = max((lane + 1 for row in rows for lane, state in enumerate(row.lanes) if state), default=1)
    for row in rows:
        del row.lanes[used:]
    return rows
