"""A plain table, and its forms in which no cell is ever markup or a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from empowerment_qda.text import escape_markdown, inert

Cell = str | int | float | None
# Where a spreadsheet may begin a cell: some cut at semicolons or tabs, and then at each line. Before the sign it passes over
# quotes and what is blank or has no width.
_FORMULA = re.compile(
    '^(?=\t)|(?:^|(?<=[;\t\n]))(?=(?:[^\\S\t\n]|["\u00ad\u200b-\u200d\u2060])*[=+\\-@\uff1d\uff0b\uff0d\uff20])'
)


class Figure(float):
    """A number that brings its own form, such as one that two decimals would round over a bound."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, value: float, text: str) -> Figure:
        made = super().__new__(cls, value)
        made.text = text
        return made


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows of cells; `title` stands above it where people read."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


def make_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> Table:
    """A table from any iterable of rows."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows), title)


def plain(cell: Cell) -> str:
    """A cell as text; None is empty, a fraction has two decimals unless it is a `Figure`."""
    if cell is None:
        return ""
    if isinstance(cell, Figure):
        return cell.text
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def format_csv(table: Table) -> str:
    """CSV in which no text can act as a formula in a spreadsheet.

    >>> print(format_csv(make_table(["quote"], [["=1+1"]])), end="")
    quote
    '=1+1
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_no_formula(column) for column in table.columns)
    writer.writerows([_no_formula(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _no_formula(cell: Cell) -> str:
    if not isinstance(cell, str):
        return plain(cell)
    return _FORMULA.sub("'", inert(cell))


def format_markdown(table: Table) -> str:
    """A Markdown table in which no text can act as markup.

    >>> print(format_markdown(make_table(["quote"], [["a | *b*"]])), end="")
    | quote |
    | --- |
    | a \\| \\*b\\* |
    """
    lines = [f"### {escape_markdown(table.title)}", ""] if table.title else []
    lines += [_line(map(escape_markdown, table.columns)), _line("---" for _ in table.columns)]
    lines += [_line(escape_markdown(plain(cell)) for cell in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
