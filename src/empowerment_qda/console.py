"""What people see on a terminal: tables, problems, progress; the only importer of rich."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import typer

from empowerment_qda.answers.check import answer_problems, say_problem, say_problems, table_problems
from empowerment_qda.answers.lines import Line, Style, plain_line
from empowerment_qda.answers.table import Table, format_csv, format_markdown, plain
from empowerment_qda.escape import inert, inert_json
from empowerment_qda.problems import Problem

STYLES: dict[Style, str] = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "coded": "bold green",
    "waiting": "magenta",
    "code": "cyan",
}
PIPE_WIDTH = 100


def show_problems(problems: Iterable[Problem]) -> None:
    """What stops a command, on stderr: each problem as a sentence with the next step under it."""
    for problem in problems:
        say("\n".join(say_problem(problem)))


def show_check(problems: Sequence[Problem], format_: str, closing: str, *, every: bool) -> None:
    """Problems that are the answer, on stdout: in a pipe, with `every` and in any other format all of them."""
    if format_ != "table":
        show(table_problems(problems), format_, lambda: answer_problems(problems))
        return
    height = None
    if sys.stdout.isatty() and not every:
        height = max(8, shutil.get_terminal_size((PIPE_WIDTH, 50)).lines - 2)  # the closing line, the prompt
    for line in say_problems(problems, terminal_width(), height):
        show_text(line)
    show_text(closing)


def show(table: Table, format_: str, answer: Callable[[], Any]) -> None:
    """An answer on stdout in the format asked for; `answer` builds the JSON value only where it is wanted."""
    match format_:
        case "json":
            show_text(inert_json(json.dumps(answer(), ensure_ascii=False, indent=2)))
        case "csv":
            show_text(format_csv(table).rstrip("\n"))
        case "md":
            show_text(format_markdown(table).rstrip("\n"))
        case _:
            show_table(table)


def show_text(text: str) -> None:
    """Text on stdout, inert and else as it is."""
    sys.stdout.write(inert(text) + "\n")


def show_table(table: Table) -> None:
    """A table on stdout: as wide as the terminal, or as its words where stdout is a pipe."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200
    console = Console(markup=False, highlight=False, emoji=False, width=width)
    grid = RichTable(
        title=Text(inert(table.title), style="bold") if table.title else None,
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    widths = _id_widths(table, console.width)
    for number, column in enumerate(table.columns):
        numeric = bool(table.rows) and all(isinstance(row[number], int | float) for row in table.rows)
        align: Literal["left", "right"] = "right" if numeric else "left"
        grid.add_column(Text(inert(column)), justify=align, overflow="fold", min_width=widths.get(number))
    for row in table.rows:
        grid.add_row(*(Text(inert(plain(cell))) for cell in row))
    console.print(grid)


def _id_widths(table: Table, width: int) -> dict[int, int]:
    """The widths that keep columns of ids unbroken, from the left, as long as sentences have room beside them."""
    cells = [[inert(plain(row[number])) for row in table.rows] for number in range(len(table.columns))]
    ids = {
        number: max((len(cell) for cell in column), default=0)
        for number, column in enumerate(cells)
        if all(" " not in cell.strip() and len(cell) <= 36 for cell in column)
    }
    room = width - sum(2 + (0 if number in ids else 20) for number in range(len(table.columns)))
    kept: dict[int, int] = {}
    for number, needed in ids.items():
        if needed > room:
            break
        kept[number] = needed
        room -= needed
    return kept


def terminal_width(piped: int = PIPE_WIDTH) -> int:
    """How many columns there are to write in: those of the terminal, or that many in a pipe."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return max(40, shutil.get_terminal_size((PIPE_WIDTH, 50)).columns)
    return piped


def show_lines(lines: Iterable[Line]) -> None:
    """Lines laid out before, on stdout; their styles on a terminal only, and no text is ever markup."""
    if not sys.stdout.isatty():
        for line in lines:
            show_text(plain_line(line))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False)
    for line in lines:
        text = Text.assemble(*((inert(piece.text), STYLES[piece.style]) for piece in line))
        text.rstrip()
        console.print(text, soft_wrap=True)


def say(text: str) -> None:
    """A line for the person who waits, on stderr, inert."""
    sys.stderr.write(inert(text) + "\n")


def progress(text: str) -> None:
    """A progress line: on a terminal only, so that a pipe stays clean."""
    if sys.stderr.isatty():
        say(text)


def banner(text: str) -> None:
    """A loud line on stderr: a frame of its own, in colour where the terminal has it."""
    text = inert(text)
    loud = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    typer.echo(typer.style(f"!!! {text}", bold=True, fg="yellow") if loud else f"!!! {text}", err=True)
