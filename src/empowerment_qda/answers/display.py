"""What `qda display` answers and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from empowerment_qda.answers.table import Table, escape_markdown, format_csv, format_markdown, make_table
from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence

SIGNS = {"support": "+", "limit": "−", "mixed": "±", "neutral": "o"}
WIDEST = 15
"""More columns than that do not fit into one look (Miles & Huberman 1994: 12 to 15)."""
COLUMN_WIDTH = 16
REFS_SHOWN = 3


def answer_displays(displays: Iterable[tuple[str, str, Display]]) -> dict[str, Any]:
    """Every display's name, title and line, and its size."""
    return {
        "displays": [
            {
                "name": display.name,
                "title": title,
                "line": line,
                "rows": len(display.rows),
                "columns": len(display.columns),
                "informants": display.informants,
                "segments": display.segments,
            }
            for title, line, display in displays
        ]
    }


def table_displays(displays: Iterable[tuple[str, str, Display]]) -> Table:
    """One row for each display."""
    names = ("name", "line", "rows", "columns", "informants", "segments")
    listed = answer_displays(displays)["displays"]
    return make_table(names, (tuple(one[name] for name in names) for one in listed))


def answer_display(display: Display) -> dict[str, Any]:
    """The JSON of the contract, with labels, the rule and the notes."""
    return {
        "name": display.name,
        "title": display.title,
        "rule": display.rule,
        "rows": [row.id for row in display.rows],
        "columns": [column.id for column in display.columns],
        "row_labels": [row.label for row in display.rows],
        "column_labels": [column.label for column in display.columns],
        "row_blocks": [row.block for row in display.rows],
        "column_blocks": [column.block for column in display.columns],
        "cells": [[_cell(cell) for cell in line] for line in display.cells],
        "informants": display.informants,
        "segments": display.segments,
        "notes": list(display.notes),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "informants": cell.informants,
        "segments": cell.segments,
        "state": "mixed" if cell.state == "neutral" else cell.state,
        "refs": list(cell.refs),
        "ids": list(cell.ids),
        "directions": {"supports": cell.supports, "limits": cell.limits, "neutral": cell.neutral},
        "unidentified": cell.unidentified,
        "text": cell.text,
    }


def mark(cell: Cell) -> str:
    """A cell at a glance: informants/segments and their direction, – for silence, n/a for no transcript.

    >>> mark(Cell(2, 3, "support")), mark(Cell(2, 3, "mixed", unidentified=1)), mark(Cell(0, 0, "silent"))
    ('2/3 +', '≤2/3 ±', '–')
    """
    if cell.state == "silent":
        return "–"
    if cell.state == "no_data":
        return "n/a"
    return f"{'≤' if cell.unidentified else ''}{cell.informants}/{cell.segments} {SIGNS[cell.state]}"


def _brief(cell: Cell) -> str:
    """The mark and the first few passages."""
    more = len(cell.refs) - REFS_SHOWN
    refs = ", ".join(cell.refs[:REFS_SHOWN]) + (f" (+{more})" if more > 0 else "")
    return f"{mark(cell)} {refs}".strip()


def _full(cell: Cell) -> str:
    """The mark, what is said in a few words, and all passages."""
    return " ".join(part for part in (mark(cell), cell.text, _bracket(cell.refs)) if part)


def _bracket(refs: Sequence[str]) -> str:
    return f"({', '.join(refs)})" if refs else ""


def table_display(display: Display) -> Table:
    """The whole matrix, one row of cells for each row."""
    return next(iter(_tables(display, [range(len(display.columns))], full=True)))


def tables_display(display: Display, width: int) -> list[Table]:
    """The matrix for a terminal so many characters wide, in parts of as many columns as fit."""
    most = max(1, min(WIDEST, width // COLUMN_WIDTH - 1))
    return list(_tables(display, split(display.columns, most), full=False))


def _tables(display: Display, parts: Sequence[range], *, full: bool) -> Iterator[Table]:
    say = _full if full else _brief
    blocks = any(row.block for row in display.rows)
    for part in parts:
        columns = [display.columns[number] for number in part]
        names = {column.block for column in columns}
        one = len(names) == 1
        heads = [
            column.label if one or not column.block else f"{column.block}: {column.label}"
            for column in columns
        ]
        rows = (
            (*([row.block] if blocks else []), row.label, *(say(line[number]) for number in part))
            for row, line in zip(display.rows, display.cells, strict=True)
        )
        yield make_table(["", *([""] if blocks else []), *heads], rows, names.pop() if one else "")


def split(columns: Sequence[Heading], most: int) -> list[range]:
    """Parts of at most so many columns, whole blocks as far as they fit.

    >>> split([Heading("a", "a", "1"), Heading("b", "b", "1"), Heading("c", "c", "2")], 2)
    [range(0, 2), range(2, 3)]
    """
    parts: list[range] = []
    start = 0
    while start < len(columns):
        end = min(start + most, len(columns))
        if end < len(columns):
            borders = [at for at in range(start + 1, end + 1) if columns[at].block != columns[at - 1].block]
            end = borders[-1] if borders else end
        parts.append(range(start, end))
        start = end
    return parts


def format_display(display: Display, evidence: Iterable[Evidence]) -> str:
    """A Markdown page: title, rule, the matrix in parts, notes, and the passages behind the cells."""
    lines = [f"# {escape_markdown(display.title)}", "", escape_markdown(display.rule), ""]
    for table in _tables(display, split(display.columns, WIDEST), full=True):
        lines += [format_markdown(table)]
    lines += [f"- {escape_markdown(note)}" for note in display.notes]
    return "\n".join([*lines, "", format_markdown(table_passages(display, evidence))])


def table_passages(display: Display, evidence: Iterable[Evidence]) -> Table:
    """One row for each piece of evidence in the display: where it stands, its code and its words."""
    shown = {one for line in display.cells for cell in line for one in cell.ids}
    rows = ((row.ref, row.id, row.code, row.quote) for row in evidence if row.id in shown)
    return make_table(("turn", "id", "code", "quote"), rows)


def files_of_display(display: Display, evidence: Iterable[Evidence]) -> dict[str, str]:
    """File names under reports/ and their text."""
    return {
        f"displays/{display.name}.csv": format_csv(table_display(display)),
        f"displays/{display.name}.md": format_display(display, evidence),
    }
