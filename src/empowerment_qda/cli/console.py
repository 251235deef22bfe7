"""How answers are shown: tables, lines and problems on a terminal, in a pipe and in other formats; words for who waits."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer

from empowerment_qda.cli.tables import Table, format_csv, format_markdown, lay_out, objects, plain, same
from empowerment_qda.cli.widths import choose, measure, share, total
from empowerment_qda.problems import Problem
from empowerment_qda.text import Line, Style, clean, cut, inert, inert_json, plain_line, width_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable


PROBLEM = {
    "path": "place.path", "line": "place.line", **same("rule severity message hint"),
    "source": "place.source", "turn": "place.turn", "coding": "place.coding",
}  # fmt: skip
"""The columns of problems; the last three are empty where a problem is about no source, turn or coding."""


def say_problem(problem: Problem) -> list[str]:
    """`path:line: sentence [rule]`, and the next step on an indented line of its own."""
    place = problem.place
    line = f":{place.line}" if place.line else ""
    mark = "warning: " if problem.severity == "warning" else ""
    path = clean(place.path).replace("\n", "\ufffd")
    said = f"{path}{line}: {mark}{problem.message} [{problem.rule}]\n    {problem.hint}"
    return clean(said).split("\n")


def say_problems(problems: Sequence[Problem], width: int, height: int | None) -> Iterator[str]:
    """The problems as lines: all in their order, or, on a screen that high, errors first and no more than it holds.

    Where it does not hold them, all are counted by rule and source, and a last line says how to see them.
    """
    if height is None:
        for problem in problems:
            yield from say_problem(problem)
        return
    said = [say_problem(one) for one in sorted(problems, key=lambda one: one.severity != "error")]
    if sum(_rows(lines, width) for lines in said) <= height:
        for lines in said:
            yield from lines
        return
    counts = list(_count_problems(problems, width, height // 3))
    yield from counts
    yield ""
    room, shown = height - len(counts) - 2, 0
    for lines in said:
        room -= _rows(lines, width)
        if shown and room < 0:
            break
        shown += 1
        yield from lines
    yield f"{shown} of {len(said)} shown; `--all` shows all."


def _rows(lines: Sequence[str], width: int) -> int:
    """How many rows of a terminal the lines take."""
    return sum(max(1, -(-width_of(line) // width)) for line in lines)


def _count_problems(problems: Sequence[Problem], width: int, most: int) -> Iterator[str]:
    """A line for each rule, errors and the frequent first: how many, and in which sources or files."""
    by_rule: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for one in problems:
        by_rule[one.severity != "error", one.rule][one.place.source or one.place.path] += 1
    rules = sorted(by_rule.items(), key=lambda rule: (rule[0][0], -rule[1].total(), rule[0][1]))
    fitting = rules if len(rules) <= most else rules[: most - 1]
    for (warns, rule), where in fitting:
        kind = ("warning" if warns else "error") + "s" * (where.total() > 1)
        counted = f"{where.total():6} {kind:8}  "
        named = ", ".join(f"{source} {number}" for source, number in where.most_common())
        yield counted + cut(f"{rule}: {named}", width - len(counted))
    if fitting != rules:
        rest = rules[len(fitting) :]
        yield f"{sum(where.total() for _, where in rest):6} more of {len(rest)} other rules"


STYLES: dict[Style, str] = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "coded": "bold green",
    "waiting": "magenta",
    "code": "cyan",
}
PIPE_WIDTH = 100
WIDE = 200
"""Columns of a table in a pipe, and of one whose columns are all asked for; more where words need more."""
_asked = {"wide": False}


def show_problems(problems: Iterable[Problem]) -> None:
    """What stops a command, on stderr: each problem as a sentence with the next step under it."""
    for problem in problems:
        tell("\n".join(say_problem(problem)))


def end_with_problems(problems: Sequence[Problem], format_: str, closing: str, *, every: bool) -> NoReturn:
    """Problems that are the answer, on stdout, and exit code 1 where there is any. A terminal gets no more than a screen
    of them, but for `every`; a pipe and any other format get all."""
    if format_ == "table":
        height = None
        if sys.stdout.isatty() and not every:
            height = max(
                8, shutil.get_terminal_size((PIPE_WIDTH, 50)).lines - 2
            )  # the closing line, the prompt
        show_text("\n".join([*say_problems(problems, terminal_width(), height), closing]))
    else:
        show(lay_out(PROBLEM, problems), format_, lambda: {"problems": objects(PROBLEM, problems)})
    raise typer.Exit(int(bool(problems)))


def show(
    table: Table,
    format_: str,
    answer: Callable[[], Any],
    glance: Callable[[int], Iterable[Line]] | None = None,
    *,
    piped: int = PIPE_WIDTH,
) -> None:
    """An answer on stdout in the format asked for: as a table, or as what `answer` gives, in JSON. Where people look and
    there is a better form than the table, `glance` gives its lines for so many columns, of which a pipe has `piped`."""
    match format_:
        case "json":
            show_text(inert_json(json.dumps(answer(), ensure_ascii=False, indent=2)))
        case "csv":
            show_text(format_csv(table).rstrip("\n"))
        case "md":
            show_text(format_markdown(table).rstrip("\n"))
        case _ if glance:
            show_lines(glance(terminal_width(piped)))
        case _:
            show_table(table)


def has_colours(stream: TextIO) -> bool:
    """Whether to write in colours: NO_COLOR says no, else FORCE_COLOR yes, else a terminal has them."""
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("FORCE_COLOR", "0") not in ("", "0") or stream.isatty()


def show_text(text: str) -> None:
    """Text on stdout, inert and else as it is."""
    sys.stdout.write(inert(text) + "\n")


def set_wide(wanted: bool) -> None:
    """Whether tables show all their columns, however narrow the terminal: what `--wide` of a command asks for."""
    _asked["wide"] = wanted


def show_table(table: Table) -> None:
    """A table on stdout. A terminal gets the columns that fit with their words whole, and a line that names the others;
    `--wide` and a pipe get all."""
    rows = [[inert(plain(cell)) for cell in row] for row in table.rows]
    heads = [inert(column) for column in table.columns]
    columns = enumerate(zip(heads, *rows, strict=True))
    needs = [measure(cells, label=at < table.heads) for at, cells in columns]
    bounded = _knows_width() and not _asked["wide"]
    least = total(need.least for need in needs)
    width = _terminal_columns() if bounded else max(WIDE, least)
    parts = choose(needs, map(table.columns.index, table.spare), table.heads, width)
    for number, part in enumerate(parts):
        if number:
            show_text("")
        widths = share([needs[at] for at in part], width)
        _show_part(replace(table, title="") if number else table, rows, part, widths)
    if left := [one for at, one in enumerate(heads) if not any(at in part for part in parts)]:
        show_text(f"Not in {width} columns: {', '.join(left)}. `--wide` shows all.")


def _show_part(table: Table, rows: Sequence[Sequence[str]], part: Sequence[int], widths: list[int]) -> None:
    """Those columns of a table, so wide."""
    from rich.console import Console
    from rich.text import Text

    coloured = has_colours(sys.stdout)
    width = max(total(widths), 1)
    console = Console(markup=False, highlight=False, emoji=False, width=width, force_terminal=coloured)
    shown = [[row[at] for at in part] for row in rows]
    grid = _make_grid(table, part, widths)
    if not coloured:
        sys.stdout.write("\n".join(_lay_out(shown, grid, widths, console)) + "\n")
        return
    for row in shown:
        grid.add_row(*map(Text, row))
    console.print(grid)


def _make_grid(table: Table, part: Sequence[int], widths: Sequence[int]) -> RichTable:
    """The title and the head of those columns of a table."""
    from rich.table import Table as RichTable
    from rich.text import Text

    title = Text(inert(table.title), style="bold") if table.title else None
    grid = RichTable(title=title, title_justify="left", box=None, pad_edge=False)
    for at, width in zip(part, widths, strict=True):
        numeric = bool(table.rows) and all(isinstance(row[at], int | float) for row in table.rows)
        grid.add_column(
            Text(inert(table.columns[at])),
            justify="right" if numeric else "left",
            overflow="fold",
            width=width,
        )
    return grid


def _lay_out(
    rows: Sequence[Sequence[str]], grid: RichTable, widths: Sequence[int], console: Console
) -> list[str]:
    """The lines of a grid with these rows as rich writes them without colours. Rich lays out the head; most cells only have
    to be filled up: for a table of 4,000 rows all of rich takes longer than what the rows are about."""
    from rich.cells import set_cell_size
    from rich.text import Text

    with console.capture() as head:
        console.print(grid)
    lines = head.get().split("\n")[:-1]
    for row in rows:
        cells = []
        for text, width, column in zip(row, widths, grid.columns, strict=True):
            if column.justify == "left" and len(text) <= width and text.isascii() and text.isprintable():
                cells.append([text.ljust(width)])
            else:  # without any room rich writes nothing
                lined = (
                    Text(text).wrap(console, width, justify=column.justify, overflow="fold")
                    if width
                    else [Text()]
                )
                cells.append([set_cell_size(line.plain, width) for line in lined])
        height = max(map(len, cells))
        filled = (cell + [" " * one] * (height - len(cell)) for cell, one in zip(cells, widths, strict=True))
        lines += map("  ".join, zip(*filled, strict=True))
    return lines


def terminal_width(piped: int = PIPE_WIDTH) -> int:
    """How many columns there are to write in: those of the terminal, or that many in a pipe."""
    if _asked["wide"]:
        return max(WIDE, piped)
    return max(40, _terminal_columns()) if _knows_width() else piped


def _knows_width() -> bool:
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def _terminal_columns() -> int:
    return shutil.get_terminal_size((PIPE_WIDTH, 50)).columns


def show_lines(lines: Iterable[Line]) -> None:
    """Lines laid out before, on stdout; their styles on a terminal only, and no text is ever markup."""
    if not has_colours(sys.stdout):
        sys.stdout.writelines(inert(plain_line(line)) + "\n" for line in lines)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False, emoji=False, force_terminal=True)
    for line in lines:
        text = Text.assemble(*((inert(piece.text), STYLES[piece.style]) for piece in line))
        text.rstrip()
        console.print(text, soft_wrap=True)


def tell(text: str) -> None:
    """A line for the person who waits, on stderr, inert."""
    sys.stderr.write(inert(text) + "\n")


def progress(text: str) -> None:
    """A progress line: on a terminal only, so that a pipe stays clean."""
    if sys.stderr.isatty():
        tell(text)


def banner(text: str) -> None:
    """A loud line on stderr: a frame of its own, in colour where the terminal has it."""
    text = inert(text)
    loud = f"!!! {text}"
    sys.stderr.write((typer.style(loud, bold=True, fg="yellow") if has_colours(sys.stderr) else loud) + "\n")
