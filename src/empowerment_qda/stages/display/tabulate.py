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
    counted = _count(entries)
    held: dict[tuple[str, str], list[Evidence]] = {}
    for entry in entries:
        held.setdefault((entry.row, entry.column), []).append(entry.evidence)

    def make_cell(row: str, column: str) -> Cell:
        evidence = held.get((row, column))
        if evidence is None:
            return Cell(0, 0, "silent" if has_data(row, column) else "no_data")
        count = counted[row, column]
        return Cell(
            count["informants"],
            count["segments"],
            judge(count["supports"], count["limits"]),
            refs=tuple(dict.fromkeys(one.ref for one in evidence)),
            ids=tuple(dict.fromkeys(one.id for one in evidence)),
            text=summarise(label(code) for code in dict.fromkeys(one.code for one in evidence)),
            supports=count["supports"],
            limits=count["limits"],
            neutral=count["neutral"],
            unidentified=count["unidentified"],
        )

    return tuple(tuple(make_cell(row.id, column.id) for column in columns) for row in rows)


def _count(entries: Sequence[Entry]) -> dict[tuple[str, str], dict[str, int]]:
    """Distinct informants and passages in each cell."""
    if not entries:
        return {}
    import pandas as pd

    frame = pd.DataFrame(
        {
            "row": [entry.row for entry in entries],
            "column": [entry.column for entry in entries],
            "voice": [entry.evidence.voice for entry in entries],
            "unsure": [None if entry.evidence.identity_known else entry.evidence.voice for entry in entries],
            "passage": number(entry.evidence.passage for entry in entries),
            "direction": [entry.evidence.direction for entry in entries],
        }
    )
    where = ["row", "column"]
    counts = frame.groupby(where, sort=False).agg(
        informants=("voice", "nunique"), unidentified=("unsure", "nunique"), segments=("passage", "nunique")
    )
    directions = frame.groupby([*where, "direction"], sort=False)["passage"].nunique().unstack(fill_value=0)
    directions = directions.reindex(columns=["supports", "limits", "neutral"], fill_value=0)
    records = counts.join(directions).reset_index().to_dict("records")
    return {
        (record.pop("row"), record.pop("column")): {str(name): int(value) for name, value in record.items()}
        for record in records
    }


def number(things: Iterable[object]) -> list[int]:
    """Equal things get equal numbers, from 0 in the order of first appearance."""
    seen: dict[object, int] = {}
    return [seen.setdefault(thing, len(seen)) for thing in things]


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
