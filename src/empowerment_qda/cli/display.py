"""`qda display`: a display on a terminal, as tables, JSON, a page, and as a graph for programs that draw.

In a network codes stand together, which is never cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby, pairwise
from typing import Annotated, Any
from xml.sax.saxutils import escape, quoteattr

import typer

from empowerment_qda.cli.console import show, show_table, show_text, terminal_width
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    StudyOption,
    read_evidence,
    tell_doubts,
    write_reports,
)
from empowerment_qda.cli.tables import (
    Columns,
    Table,
    format_csv,
    format_markdown,
    lay_out,
    make_table,
    object_of,
    objects,
    same,
)
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.displays.matrix import say_phrase
from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.text import escape_line, escape_markdown, inert_line

WIDEST = 15
"""More columns than that do not fit into one look (Miles & Huberman 1994: 12 to 15)."""
COLUMN_WIDTH = 16
FULL_WIDTH = 28
"""Characters for a column on a terminal: at least; and for words in its cells."""
REFS_SHOWN = 3

LISTED: Columns = {
    "name": "name",
    "title": lambda made: DISPLAYS[made.name].describe(made.language)[0],
    "line": lambda made: DISPLAYS[made.name].describe(made.language)[1],
    "rows": lambda made: len(made.rows),
    "columns": lambda made: len(made.columns),
    **same("informants segments"),
}
CELL: Columns = {
    **same("informants segments"),
    "state": lambda cell: "mixed" if cell.state == "neutral" else cell.state,
    **same("refs ids"),
    "directions": lambda cell: object_of(same("supports limits neutral"), cell),
    **same("unidentified overlaps text"),
}
DISPLAY: Columns = {
    **same("name title rule"),
    "rows": lambda made: [row.id for row in made.rows],
    "columns": lambda made: [column.id for column in made.columns],
    "row_labels": lambda made: [row.label for row in made.rows],
    "column_labels": lambda made: [column.label for column in made.columns],
    "row_blocks": lambda made: [row.block for row in made.rows],
    "column_blocks": lambda made: [column.block for column in made.columns],
    "cells": lambda made: [objects(CELL, line) for line in made.cells],
    **same("informants segments notes"),
}


def _brief(cell: Cell) -> str:
    """The mark and the first few passages."""
    more = len(cell.refs) - REFS_SHOWN
    refs = ", ".join(cell.refs[:REFS_SHOWN]) + (f" (+{more})" if more > 0 else "")
    return f"{cell.mark} {refs}".strip()


def _full(cell: Cell) -> str:
    """The mark, what is said in a few words, and all passages."""
    refs = f"({', '.join(cell.refs)})" if cell.refs else ""
    return " ".join(filter(None, (cell.mark, cell.text, refs)))


def table_display(display: Display) -> Table:
    """The whole matrix, one row of cells for each row."""
    return next(_tables(display, [range(len(display.columns))], _full, repeat=True))


def tables_display(display: Display, width: int) -> list[Table]:
    """The display for a terminal so many characters wide, in parts of as many columns as fit."""
    wide = width // (len(turn(display).columns) + 1) >= FULL_WIDTH
    return _tables_in_parts(
        display, max(1, min(WIDEST, width // COLUMN_WIDTH - 1)), _full if wide else _brief
    )


def _tables_in_parts(display: Display, most: int, show: Callable[[Cell], str]) -> list[Table]:
    """The display, turned if need be, in parts of at most so many columns; a network as its links."""
    if display.form == "network":
        return [table_links(display)]
    display = turn(display)
    return list(_tables(display, split(display.columns, most), show))


def turn(display: Display) -> Display:
    """The display, turned where it is wider than long, so that long names stand at the side; time runs downwards."""
    if display.form in ("network", "timeline") or len(display.columns) <= len(display.rows):
        return display
    notes = (*display.notes, say_phrase("turned", display.language))
    cells = tuple(zip(*display.cells, strict=True)) or tuple(() for _ in display.columns)
    return replace(display, rows=display.columns, columns=display.rows, cells=cells, notes=notes)


def table_links(display: Display) -> Table:
    """One row for each pair of codes that stand together, the strongest first."""
    columns: Columns = {
        "link": lambda link: link[0].label, "with": lambda link: link[1].label, "turns": lambda link: link[2].mark,
        "overlapping": lambda link: link[2].overlaps, "passages": lambda link: link[2].refs,
    }  # fmt: skip
    said = {say_phrase(name, display.language): cell for name, cell in columns.items()}
    return lay_out(said, list_links(display))


def _tables(
    display: Display, parts: Sequence[range], show: Callable[[Cell], str], *, repeat: bool = False
) -> Iterator[Table]:
    """One table for each part of the columns; a row's block is named in its first row only, or in each."""
    blocks = _blocks(display.rows)
    named = {at: [block] for block, run in blocks for at in (run if repeat else run[:1])}
    blocked = any(block for block, _ in blocks)
    for part in parts:
        columns = [display.columns[number] for number in part]
        names = {column.block for column in columns}
        one = len(names) == 1
        heads = [
            column.label if one or not column.block else f"{column.block}: {column.label}"
            for column in columns
        ]
        lines = (
            (*(named.get(at, [""]) * blocked), row.label, *(show(line[number]) for number in part))
            for at, (row, line) in enumerate(zip(display.rows, display.cells, strict=True))
        )
        yield make_table(["", *[""] * blocked, *heads], lines, names.pop() if one else "", heads=1 + blocked)


def split(columns: Sequence[Heading], most: int) -> list[range]:
    """Parts of at most so many columns: whole blocks as far as they fit, a larger block in even parts.

    >>> split([Heading("a", "a", "1"), Heading("b", "b", "1"), Heading("c", "c", "2")], 2)
    [range(0, 2), range(2, 3)]
    >>> split([Heading("a", "a")] * 6, 5)
    [range(0, 3), range(3, 6)]
    """
    parts: list[range] = []
    for _, run in _blocks(columns):
        if parts and len(run) + len(parts[-1]) <= most:
            parts[-1] = range(parts[-1].start, run.stop)
            continue
        number = -(-len(run) // most)
        borders = [run.start + len(run) * part // number for part in range(number + 1)]
        parts += [range(one, other) for one, other in pairwise(borders)]
    return parts


def _blocks(headings: Sequence[Heading]) -> list[tuple[str, range]]:
    """Each run of headings in one block: the block's label, and where they stand."""
    runs = groupby(range(len(headings)), key=lambda at: headings[at].block)
    numbers = [(block, list(run)) for block, run in runs]
    return [(block, range(run[0], run[-1] + 1)) for block, run in numbers]


def format_display(display: Display, evidence: Iterable[Evidence]) -> str:
    """A Markdown page: title, rule, the display in parts, notes, and the passages behind the cells."""
    lines = [f"# {escape_markdown(display.title)}", "", escape_line(display.rule), ""]
    lines += map(format_markdown, _tables_in_parts(display, WIDEST, _full))
    lines += [f"- {escape_line(note)}" for note in turn(display).notes]
    code, quotation, title = (
        say_phrase(name, display.language) for name in ("code", "quotation", "quotations")
    )
    columns = {**same("ref id"), code: "code", quotation: "quote"}
    passages = lay_out(columns, shown_evidence(display, evidence), title)
    return "\n".join([*lines, "", format_markdown(passages)])


def shown_evidence(display: Display, evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence in the cells of a display."""
    shown = {one for line in display.cells for cell in line for one in cell.ids}
    return [row for row in evidence if row.id in shown]


Link = tuple[Heading, Heading, Cell]
RELATION = "co-occurrence"
NODE: Columns = {
    "label": lambda node: node[0].label, "block": lambda node: node[0].block, "turns": lambda node: node[1].segments,
    "informants": lambda node: node[1].informants, "direction": lambda node: node[1].state,
}  # fmt: skip
EDGE: Columns = {
    "relation": lambda _: RELATION, "turns": lambda link: link[2].segments, "overlaps": lambda link: link[2].overlaps,
    "informants": lambda link: link[2].informants, "refs": lambda link: ", ".join(link[2].refs),
}  # fmt: skip
NUMBERS = ("turns", "overlaps", "informants")


def list_links(display: Display) -> list[Link]:
    """Pairs of codes that stand together, the strongest first, then in the order of the book."""
    pairs = combinations(enumerate(display.rows), 2)
    links = [(one, other, display.cells[row][column]) for (row, one), (column, other) in pairs]
    return sorted((link for link in links if link[2].segments), key=lambda link: -link[2].segments)


def _nodes(display: Display) -> list[tuple[Heading, Cell]]:
    return [(row, display.cells[number][number]) for number, row in enumerate(display.rows)]


def format_graphml(display: Display) -> str:
    """An undirected graph in GraphML (Brandes et al. 2002), for Gephi, yEd, Cytoscape or networkx."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        f"  <!-- {RELATION} of codes: not cause -->",
        *(
            f'  <key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{"int" if name in NUMBERS else "string"}"/>'
            for kind, columns in (("node", NODE), ("edge", EDGE))
            for name in columns
        ),
        f'  <graph id="{RELATION}" edgedefault="undirected">',
    ]
    for node in _nodes(display):
        lines += [f"    <node id={quoteattr(node[0].id)}>", *_values("node", NODE, node), "    </node>"]
    for link in list_links(display):
        ends = f"source={quoteattr(link[0].id)} target={quoteattr(link[1].id)}"
        lines += [f"    <edge {ends}>", *_values("edge", EDGE, link), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _values(kind: str, columns: Columns, row: Any) -> list[str]:
    return [
        f'      <data key="{kind}-{name}">{escape(inert_line(str(value)))}</data>'
        for name, value in object_of(columns, row).items()
    ]


def format_dot(display: Display) -> str:
    """An undirected graph in DOT, for Graphviz; a dashed line joins codes whose passages never overlap."""
    lines = [f"// {RELATION} of codes: not cause", f"graph {_quote(RELATION)} {{"]
    lines += [f"  label={_quote(display.title)};", "  node [shape=box, style=rounded];"]
    lines += [
        f"  {_quote(row.id)} [label={_quote(f'{row.label} ({cell.mark})')}];" for row, cell in _nodes(display)
    ]
    for one, other, cell in list_links(display):
        style = "solid" if cell.overlaps else "dashed"
        look = f"label={_quote(str(cell.segments))}, weight={cell.segments}, style={style}"
        lines.append(f"  {_quote(one.id)} -- {_quote(other.id)} [{look}];")
    return "\n".join([*lines, "}", ""])


def _quote(text: str) -> str:
    """A quoted string of DOT: no escape of Graphviz's own, no HTML label.

    >>> print(_quote('say "a" or b'))
    "say \\"a\\" or b"
    """
    return '"' + inert_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_html(display: Display, evidence: Sequence[Evidence]) -> str:
    """The whole matrix on a page, with the passages under it."""
    from empowerment_qda.report.render import make_environment

    refs = {row.id: row.ref for row in evidence}

    def links(cell: Cell) -> list[tuple[str, str]]:
        """Each ref once, with the first piece of evidence that stands there."""
        found: dict[str, str] = {}
        for one in cell.ids:
            if one in refs:
                found.setdefault(refs[one], one)
        return list(found.items())

    blocked, columns = any(row.block for row in display.rows), _blocks(display.columns)
    starts = {run.start: (block, len(run)) for block, run in _blocks(display.rows) if blocked}
    return (
        make_environment("html", None)
        .get_template("display.html.j2")
        .render(
            display=display,
            evidence=evidence,
            links=links,
            lines=[
                (row, starts.get(number), cells)
                for number, (row, cells) in enumerate(zip(display.rows, display.cells, strict=True))
            ],
            column_blocks=[(block, len(run)) for block, run in columns]
            if any(block for block, _ in columns)
            else [],
            side=1 + blocked,
            quotations=say_phrase("quotations", display.language),
        )
    )


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
    from empowerment_qda.pictures import pictures_of_display

    root, whole, reduction = read_evidence(study)
    language = whole.settings.language
    chosen = [make_display(one, whole, reduction, language) for one in ([name] if name else DISPLAYS)]
    files: dict[str, str | bytes] = {}
    for made in chosen:
        files |= files_of_display(made, reduction.evidence)
        files |= pictures_of_display(made) if picture else {}
    write_reports(root, files)
    tell_doubts(reduction)
    if name is None:
        columns = {name: one for name, one in LISTED.items() if name != "title"}
        show(
            lay_out(columns, chosen, spare=("segments", "informants", "columns", "rows", "line")),
            format_,
            lambda: {"displays": objects(LISTED, chosen)},
        )
        return
    (only,) = chosen
    match format_:
        case Format.table:
            show_text(f"{only.title}\n{only.rule}\n")
            for table in tables_display(only, terminal_width(piped=200)):
                show_table(table)
                show_text("")
            show_text("\n".join(turn(only).notes))
        case Format.md:
            show_text(format_display(only, reduction.evidence).rstrip("\n"))
        case _:
            show(table_display(only), format_, lambda: object_of(DISPLAY, only))
