"""From evidence with its row and column to the cells of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from empowerment_qda.model.display import Cell, Heading, State
from empowerment_qda.model.evidence import Evidence

SUMMARY_WORDS = 12


class Entry(NamedTuple):
    """A piece of evidence in the row and the column where it belongs (ids of headings)."""

    row: str
    column: str
    evidence: Evidence


def tabulate(
    entries: Sequence[Entry],
    rows: Iterable[Heading],
    columns: Sequence[Heading],
    has_data: Callable[[str, str], bool],
    label: Callable[[str], str],
) -> tuple[tuple[Cell, ...], ...]:
    """One cell for each row and column: informants and segments are counted once each, however often coded.

    Where there is no evidence, `has_data(row, column)` tells silence from no data; `label` names a code.
    """
    held: dict[tuple[str, str], list[Evidence]] = {}
    for entry in entries:
        held.setdefault((entry.row, entry.column), []).append(entry.evidence)

    def make_cell(row: str, column: str) -> Cell:
        evidence = held.get((row, column))
        if evidence is None:
            return Cell(0, 0, "silent" if has_data(row, column) else "no_data")
        supports, limits, neutral = (
            len({one.passage for one in evidence if one.direction == direction})
            for direction in ("supports", "limits", "neutral")
        )
        return Cell(
            len({one.voice for one in evidence if one.voice}),
            len({one.passage for one in evidence}),
            judge(supports, limits),
            refs=tuple(dict.fromkeys(one.ref for one in evidence)),
            ids=tuple(dict.fromkeys(one.id for one in evidence)),
            text=summarise(label(code) for code in dict.fromkeys(one.code for one in evidence)),
            supports=supports,
            limits=limits,
            neutral=neutral,
            unidentified=len({one.voice for one in evidence if one.voice and not one.identity_known}),
        )

    return tuple(tuple(make_cell(row.id, column.id) for column in columns) for row in rows)


def judge(supports: int, limits: int) -> State:
    """What the segments of a cell say together; neutral segments do not tip it."""
    if supports and limits:
        return "mixed"
    if supports or limits:
        return "support" if supports else "limit"
    return "neutral"


def summarise(labels: Iterable[str]) -> str:
    """At most twelve words (Miles & Huberman: a cell holds a phrase, quotations stand apart)."""
    words = "; ".join(labels).split()
    return " ".join(words[:SUMMARY_WORDS]) + (" ..." if len(words) > SUMMARY_WORDS else "")
