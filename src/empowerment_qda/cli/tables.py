"""Tables, declared once: the rows of a terminal, of CSV (in which nothing is a formula) and Markdown and the objects of JSON
follow from the same columns.

A declaration gives each column its name, which is the key in JSON, and where in a row its value is found. The value is
the noun's own; how it is written is the form's affair, and no cell is ever markup or a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from empowerment_qda.model.base import When
from empowerment_qda.text import escape_markdown, inert

Cell = str | int | float | None
Columns = Mapping[str, str | Callable[[Any], Any]]
"""The name of each column, and the path of an attribute of a row such as `place.line`, or a function of it."""
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
    """Column names and rows of cells; `title` stands above it where people read.

    In a terminal that is too narrow the `spare` columns are left out, the first of them first. A table without any comes
    in parts instead, each with the first `heads` columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    spare: tuple[str, ...] = ()
    heads: int = 1


def same(names: str) -> dict[str, str]:
    """Columns that are called like the attributes that they show.

    >>> same("id code")
    {'id': 'id', 'code': 'code'}
    """
    return dict(zip(names.split(), names.split(), strict=True))


def each(names: Iterable[str], get: Callable[[str, Any], Any]) -> dict[str, Callable[[Any], Any]]:
    """Columns whose values `get` gives from their name and the row."""
    return {name: partial(get, name) for name in names}


def objects(columns: Columns, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows as JSON has them: each an object with the names of the columns as keys; a date is its text. A key that
    ends in `?` is left out where there is nothing to it.

    >>> objects({"re": "real", "im?": "imag", "twice": lambda number: 2 * number}, [3])
    [{'re': 3, 'twice': 6}]
    """
    getters = [
        (name.rstrip("?"), name[-1:] == "?", attrgetter(one) if isinstance(one, str) else one)
        for name, one in columns.items()
    ]
    return [
        {name: _dated(value) for name, optional, get in getters if (value := get(row)) or not optional}
        for row in rows
    ]


def _dated(value: Any) -> Any:
    return str(value) if isinstance(value, When) else value


def object_of(columns: Columns, row: Any) -> dict[str, Any]:
    """One row as JSON has it."""
    return objects(columns, [row])[0]


def lay_out(columns: Columns, rows: Iterable[Any], title: str = "", *, spare: Sequence[str] = ()) -> Table:
    """The rows as a table: lists are joined by commas, and what is true is `yes`; `spare` as a `Table` has it.

    >>> lay_out({"re": "real", "parts": lambda number: ("a", "b"), "odd": lambda number: True}, [3]).rows
    ((3, 'a, b', 'yes'),)
    """
    cells = (map(_cell, row.values()) for row in objects(columns, rows))
    return make_table(tuple(columns), cells, title, spare=spare)


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ", ".join(map(str, value))
        case str() | int() | float() | None:
            return value
    return str(value)


def make_table(
    columns: Sequence[str],
    rows: Iterable[Iterable[Cell]],
    title: str = "",
    *,
    spare: Sequence[str] = (),
    heads: int = 1,
) -> Table:
    """A table of rows whose columns depend on what is shown; `spare` and `heads` as a `Table` has them."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows), title, tuple(spare), heads)


def plain(cell: Cell) -> str:
    """A cell as text; None is empty, a fraction has two decimals unless it is a `Figure`."""
    if cell is None:
        return ""
    if isinstance(cell, Figure):
        return cell.text
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def format_csv(table: Table, delimiter: str = ",") -> str:
    """CSV in which no text can act as a formula in a spreadsheet.

    >>> print(format_csv(make_table(["quote"], [["=1+1"]])), end="")
    quote
    '=1+1
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_no_formula(column) for column in table.columns)
    writer.writerows([_no_formula(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _no_formula(cell: Cell) -> str:
    if not isinstance(cell, str):
        return plain(cell)
    return _FORMULA.sub("'", inert(cell))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula.

    >>> is_formula("=1+1"), is_formula("1+1")
    (True, False)
    """
    return _FORMULA.search(text) is not None


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
