"""What `qda display` answers and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show, show_table, show_text
from empowerment_qda.cli.display_forms import format_dot, format_graphml, format_html, list_links
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, tell_doubts, write_reports
from empowerment_qda.cli.tables import Table, format_csv, format_markdown, make_table
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.displays.kinds import say_phrase
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import open_study
from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.text import escape_line, escape_markdown

WIDEST = 15
"""More columns than that do not fit into one look (Miles & Huberman 1994: 12 to 15)."""
COLUMN_WIDTH = 16
FULL_WIDTH = 28
"""Characters for a column on a terminal: at least; and for words in its cells."""
REFS_SHOWN = 3
Listed = tuple[str, str, Display]
"""A display with its title and what it shows in one line."""


def answer_displays(displays: Iterable[Listed]) -> dict[str, Any]:
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


def table_displays(displays: Iterable[Listed]) -> Table:
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
        "overlaps": cell.overlaps,
        "text": cell.text,
    }


def _brief(cell: Cell) -> str:
    """The mark and the first few passages."""
    more = len(cell.refs) - REFS_SHOWN
    refs = ", ".join(cell.refs[:REFS_SHOWN]) + (f" (+{more})" if more > 0 else "")
    return f"{cell.mark} {refs}".strip()


def _full(cell: Cell) -> str:
    """The mark, what is said in a few words, and all passages."""
    refs = f"({', '.join(cell.refs)})" if cell.refs else ""
    return " ".join(part for part in (cell.mark, cell.text, refs) if part)


def table_display(display: Display) -> Table:
    """The whole matrix, one row of cells for each row."""
    return next(iter(_tables(display, [range(len(display.columns))], _full, repeat=True)))


def tables_display(display: Display, width: int) -> list[Table]:
    """The display for a terminal so many characters wide, in parts of as many columns as fit."""
    if display.form == "network":
        return [table_links(display)]
    display = turn(display)
    most = max(1, min(WIDEST, width // COLUMN_WIDTH - 1))
    wide = width // (len(display.columns) + 1) >= FULL_WIDTH
    return list(_tables(display, split(display.columns, most), _full if wide else _brief))


def turn(display: Display) -> Display:
    """The display, turned where it is wider than long, so that long names stand at the side; time runs downwards."""
    if display.form in ("network", "timeline") or len(display.columns) <= len(display.rows):
        return display
    notes = (*display.notes, say_phrase("turned", display.language))
    cells = tuple(zip(*display.cells, strict=True)) or tuple(() for _ in display.columns)
    return replace(display, rows=display.columns, columns=display.rows, cells=cells, notes=notes)


def table_links(display: Display) -> Table:
    """One row for each pair of codes that stand together, the strongest first."""
    names = ("link", "with", "turns", "overlapping", "passages")
    rows = (
        (one.label, other.label, cell.mark, cell.overlaps, ", ".join(cell.refs))
        for one, other, cell in list_links(display)
    )
    return make_table([say_phrase(name, display.language) for name in names], rows)


def _tables(
    display: Display, parts: Sequence[range], show: Callable[[Cell], str], *, repeat: bool = False
) -> Iterator[Table]:
    """One table for each part of the columns; a row's block is named in its first row only, or in each."""
    rows, blocked = display.rows, any(row.block for row in display.rows)
    blocks = [
        row.block if repeat or not at or row.block != rows[at - 1].block else ""
        for at, row in enumerate(rows)
    ]
    for part in parts:
        columns = [display.columns[number] for number in part]
        names = {column.block for column in columns}
        one = len(names) == 1
        heads = [
            column.label if one or not column.block else f"{column.block}: {column.label}"
            for column in columns
        ]
        lines = (
            (*([block] if blocked else []), row.label, *(show(line[number]) for number in part))
            for block, row, line in zip(blocks, rows, display.cells, strict=True)
        )
        yield make_table(["", *([""] if blocked else []), *heads], lines, names.pop() if one else "")


def split(columns: Sequence[Heading], most: int) -> list[range]:
    """Parts of at most so many columns: whole blocks as far as they fit, a larger block in even parts.

    >>> split([Heading("a", "a", "1"), Heading("b", "b", "1"), Heading("c", "c", "2")], 2)
    [range(0, 2), range(2, 3)]
    >>> split([Heading("a", "a")] * 6, 5)
    [range(0, 3), range(3, 6)]
    """
    parts: list[range] = []
    for start, end in _runs(columns):
        size = end - start
        if parts and size + len(parts[-1]) <= most:
            parts[-1] = range(parts[-1].start, end)
            continue
        number = -(-size // most)
        borders = [start + size * part // number for part in range(number + 1)]
        parts += [range(one, other) for one, other in pairwise(borders)]
    return parts


def _runs(columns: Sequence[Heading]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of columns in one block."""
    start = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at].block != columns[start].block:
            yield start, at
            start = at


def format_display(display: Display, evidence: Iterable[Evidence]) -> str:
    """A Markdown page: title, rule, the display in parts, notes, and the passages behind the cells."""
    shown = turn(display)
    if display.form == "network":
        tables = [table_links(display)]
    else:
        tables = list(_tables(shown, split(shown.columns, WIDEST), _full))
    lines = [f"# {escape_markdown(display.title)}", "", escape_line(display.rule), ""]
    lines += [format_markdown(table) for table in tables]
    lines += [f"- {escape_line(note)}" for note in shown.notes]
    return "\n".join([*lines, "", format_markdown(table_passages(display, evidence))])


def table_passages(display: Display, evidence: Iterable[Evidence]) -> Table:
    """One row for each piece of evidence in the display: where it stands, its code and its words."""
    rows = ((row.ref, row.id, row.code, row.quote) for row in shown_evidence(display, evidence))
    names = ("ref", "id", say_phrase("code", display.language), say_phrase("quotation", display.language))
    return make_table(names, rows, say_phrase("quotations", display.language))


def shown_evidence(display: Display, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence in the cells of a display."""
    shown = {one for line in display.cells for cell in line for one in cell.ids}
    return [row for row in evidence if row.id in shown]


def files_of_display(display: Display, evidence: Iterable[Evidence]) -> dict[str, str]:
    """File names under reports/ and their text; a network also as GraphML and DOT."""
    rows = shown_evidence(display, evidence)
    files = {
        "csv": format_csv(table_display(display)),
        "md": format_display(display, rows),
        "html": format_html(display, rows),
    }
    if display.form == "network":
        files |= {"graphml": format_graphml(display), "dot": format_dot(display)}
    return {f"displays/{display.name}.{ending}": text for ending, text in files.items()}


def display(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which display; without it, all are written and listed."),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    picture: Annotated[
        bool,
        typer.Option("--picture", help="Draw it too, as SVG and PNG (needs the extra `pictures`)."),
    ] = False,
) -> None:
    """Data display: matrices and networks of the evidence, each cell with its passages."""
    import shutil

    from empowerment_qda.pictures import pictures_of_display

    root, whole = open_study(study)
    reduction = reduce_study(whole)
    language = whole.settings.language
    chosen = [make_display(one, whole, reduction, language) for one in ([name] if name else DISPLAYS)]
    files: dict[str, str | bytes] = {}
    for made in chosen:
        files |= files_of_display(made, reduction.evidence)
        files |= pictures_of_display(made) if picture else {}
    write_reports(root, files)
    tell_doubts(reduction)
    if name is None:
        listed = [(*DISPLAYS[made.name].describe(language), made) for made in chosen]
        show(table_displays(listed), format_, lambda: answer_displays(listed))
        return
    only = chosen[0]
    match format_:
        case Format.table:
            show_text(f"{only.title}\n{only.rule}\n")
            for table in tables_display(only, shutil.get_terminal_size((200, 50)).columns):
                show_table(table)
                show_text("")
            show_text("\n".join(turn(only).notes))
        case Format.md:
            show_text(format_display(only, reduction.evidence).rstrip("\n"))
        case _:
            show(table_display(only), format_, lambda: answer_display(only))
