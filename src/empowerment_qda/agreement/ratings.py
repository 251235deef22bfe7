"""CSV files: a table of ratings (units by coders, one rating a line, or counts), and a list of units to compare."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import pairwise
from typing import Literal

from empowerment_qda.agreement.krippendorff import DistanceName
from empowerment_qda.anchors import SourceText
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

LONG = ("unit", "coder", "value")
WIDE_HINT = "Name the units in the first column and give each coder one more,"
LONG_HINT = f"A table with a column `coder` has one rating a line: {', '.join(LONG)}."
TOLD = re.compile(r"sep=(?P<by>[,;\t])\r?\n")
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
DIGITS = Context(prec=30)
COUNT = re.compile(r"[0-9]{1,9}")
MISSING = ("", "NA")
BETWEEN = re.compile(r"\s*[,;]\s*")
TURNS = re.compile(r"(\d{1,9})(?:\s*-\s*(\d{1,9}))?")
MOST_COUNTED = 1000
"""Coders of a row of counts."""
MOST_VALUES, MOST_CODERS, MOST_ROWS = 300, 100, 10_000
"""Different values of a table, its coders, and units that are all rated differently: to compare more as categories, two by
two and resample by resample takes longer than anybody waits."""

Cells = Literal["ratings", "counts"]
BETWEEN_NUMBERS = ("ordinal", "interval", "ratio")
Values = frozenset[str]


@dataclass(frozen=True, slots=True)
class RatingsTable:
    """Units with the values that each coder gave; None where a coder did not rate the unit.

    A table of counts has `categories` and no coders: the values of a unit stand in no order.
    """

    coders: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[tuple[Values | None, ...], ...]
    categories: tuple[str, ...] = ()

    @property
    def several(self) -> int:
        """How many ratings have more than one value."""
        return sum(own is not None and len(own) > 1 for row in self.values for own in row)


def parse_ratings(
    text: str, path: str, distance: DistanceName | None = None, cells: Cells | None = None
) -> RatingsTable:
    """A table from text; StudyError with every bad row, and for more than can be compared.

    Wide: the first column names the unit, each other column is a coder. Long: columns `unit`, `coder` and `value` in
    any order, among others; several rows of a coder for a unit are several codes. Separated by commas, semicolons or
    tabs; an empty cell and NA are a missing rating, and `b, a` in a cell are two codes. With a `distance` between
    numbers, values must be such (2 and 2.0 are one value), and of ratio not below zero. With `counts` each other column is
    a value, and a cell tells how many coders gave it; a table that looks like one is asked about, unless `cells` says what
    it is.
    """
    reader = _Ratings(path, text, distance, cells)
    table = reader.read()
    reader.end()
    different = len({code for row in table.values for own in row for code in own or ()})
    # Each value is a category of its own; by interval they are only added up.
    if different > MOST_VALUES and distance != "interval":
        message = (
            f"the table has {different:,} different values; at most {MOST_VALUES} are compared as categories"
        )
        reader.tell(
            1, message, "Group the values into fewer; for measurements take --distance interval.", "table"
        )
    elif len(table.coders) > MOST_CODERS or len(set(table.values)) > MOST_ROWS:
        reader.tell(
            1,
            f"the table has more than {MOST_CODERS} coders, or {MOST_ROWS:,} units that are all rated differently",
            "Compare a part of them; round measurements.",
            "table",
        )
    reader.end()
    return table


def parse_units(text: str, path: str, study: Study) -> dict[str, list[Span]]:
    """By source the units that a file lists: columns `source` and `turn` (such as 2 or 2-4), and `quote` for words of it.

    StudyError with every bad row, and for units that overlap.
    """
    reader = _Reader(path, text)
    found: dict[str, list[tuple[Span, int]]] = {}
    if not {"source", "turn"} <= set(reader.names):
        reader.tell(
            1,
            "a list of units needs the columns `source` and `turn`",
            "A row for each unit, such as `KS-01,2` or `KS-01,2-4`; a column `quote` takes words of these turns alone.",
        )
    else:
        for line, cells in reader.rows(reader.names.index("source")):
            row = dict(zip(reader.names, cells, strict=True))
            if span := _place(reader, line, row, study):
                found.setdefault(row["source"], []).append((span, line))
    for units in found.values():
        units.sort()
        for (one, line), (other, other_line) in pairwise(units):
            if (other.turn, other.start) < (one.end_turn, one.end):
                reader.tell(
                    other_line, f"the unit overlaps that of line {line}", "Each word may stand in one unit."
                )
    if not found and not reader.problems:
        reader.tell(1, "the list has no units", "Below the names of the columns goes a row for each unit.")
    reader.end()
    return {source: [span for span, _ in units] for source, units in found.items()}


def _place(reader: _Reader, line: int, row: Mapping[str, str], study: Study) -> Span | None:
    """Where a listed unit stands: turns of a source, or words of them."""
    source, turns, quote = study.by_id.get(row["source"]), TURNS.fullmatch(row["turn"]), row.get("quote", "")
    first, last = (int(turns[1]), int(turns[2] or turns[1])) if turns else (0, 0)
    if source is None:
        reader.tell(
            line, f"there is no source `{row['source']}`", did_you_mean(row["source"], sorted(study.by_id))
        )
    elif not 1 <= first <= last <= len(source.turns):
        said = f"`{row['turn']}` is no turn of {source.id}"
        reader.tell(line, said, f"It has turns 1 to {len(source.turns)}: write such as 2 or 2-4.")
    elif not quote:
        return Span(first, 0, last, len(source.turns[last - 1].text))
    else:
        span = SourceText([turn.text for turn in source.turns]).find(quote, first, last).span
        if span and first <= span.turn <= span.end_turn <= last:
            return span
        reader.tell(
            line, f"the quote does not stand in turn {row['turn']} of {source.id}", "Copy it from `qda show`."
        )
    return None


class _Reader:
    """The rows of a CSV file that are not blank, stripped, each with the line it begins in; the first names the columns."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        lines = list(self._read_rows(text))
        self.header, self.lines = lines[0][1] if lines else [], lines[1:]
        self.names = [name.casefold() for name in self.header]

    def tell(self, row: int, message: str, hint: str, rule: str = "ratings") -> None:
        """Note what is wrong with a row."""
        self.problems.append(Problem(Place(self.path, (), row), rule, message, hint))

    def end(self) -> None:
        """StudyError where anything was wrong."""
        if self.problems:
            raise StudyError(self.problems)

    def _read_rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        told, line = TOLD.match(text), 1
        if told:  # how Excel says what separates cells
            text, line = text[told.end() :], 2
        first = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = told["by"] if told else max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        above = line - 1
        try:
            for cells in reader:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield line, stripped
                line = above + reader.line_num + 1
        except csv.Error as error:
            self.tell(
                line,
                f"the row cannot be read ({error})",
                "A quotation mark may be left open; save the table as CSV again.",
            )

    def rows(self, unit_at: int = 0) -> Iterator[tuple[int, list[str]]]:
        """The rows that have a cell for each column, and something in that which names the unit."""
        for line, cells in self.lines:
            if len(cells) != len(self.header):
                self.tell(
                    line,
                    f"the row has {len(cells)} cells, and there are {len(self.header)} columns",
                    "Leave a missing rating empty; put a cell with a separator in it in quotes.",
                )
            elif not cells[unit_at]:
                self.tell(line, "the row names no unit", "Fill in the name of the unit.")
            else:
                yield line, cells


class _Ratings(_Reader):
    """A table of ratings in either form."""

    def __init__(self, path: str, text: str, distance: DistanceName | None, cells: Cells | None) -> None:
        super().__init__(path, text)
        self.numbers, self.negative, self.cells = distance in BETWEEN_NUMBERS, distance != "ratio", cells

    def read(self) -> RatingsTable:
        """The table, as far as it can be read."""
        table = RatingsTable((), (), ())
        if not self.header and not self.problems:
            self.tell(1, "the table is empty", f"{WIDE_HINT} or use {', '.join(LONG)}.")
        elif "coder" in self.names:
            if self.cells == "counts":
                self.tell(
                    1,
                    "a table with a column `coder` has one rating a line, and no counts",
                    "Leave `--cells counts` out, or give each value a column of its own.",
                )
            if self._has_columns():
                table = self._long()
        else:
            self._require_coders()
            table = self._wide()
            if self.cells is None and not self.problems and (raters := _find_counts(self.lines)):
                message = (
                    f"each row adds up to {raters}: are these counts, of how many of {raters} coders gave each value to a "
                    "unit, or is each column a coder"
                )
                self.tell(1, message, "Say `--cells counts` or `--cells ratings`.")
        if not self.problems and not any(map(any, table.values)):
            self.tell(
                1, "the table has no ratings", "Below the names of the columns goes a row for each unit."
            )
        return table

    def _has_columns(self) -> bool:
        """Whether a table of one rating a line has its three columns, each once; more columns are left alone."""
        for column in LONG:
            if column not in self.names:
                self.tell(
                    1, f"there is no column `{column}`", f"{LONG_HINT} {did_you_mean(column, self.header)}"
                )
            elif self.names.count(column) > 1:
                self.tell(1, f"two columns are called `{column}`", "Keep one of them.")
        return not self.problems

    def _require_coders(self) -> None:
        coders = self.header[1:]
        if len(coders) < 2:
            self.tell(
                1, "the table has fewer than two columns of ratings", f"{WIDE_HINT} or use {', '.join(LONG)}."
            )
        for name in dict.fromkeys(name for name in coders if not name or coders.count(name) > 1):
            self.tell(
                1,
                f"two columns are called `{name}`" if name else "a column of ratings has no name",
                "Give each coder's column a name of its own.",
            )

    def _wide(self) -> RatingsTable:
        found: dict[str, int] = {}
        values: list[tuple[Values | None, ...]] = []
        names, counted = tuple(self.header[1:]), self.cells == "counts"
        for line, (unit, *cells) in self.rows():
            if found.setdefault(unit, line) != line:
                self.tell(
                    line,
                    f"unit `{unit}` stands here and on line {found[unit]}",
                    "The first column names the units: give each one row and a name of its own.",
                )
            elif counted:
                values.append(self._count(line, dict(zip(names, cells, strict=True))))
            else:
                values.append(tuple(self._value(line, cell) for cell in cells))
        return RatingsTable(() if counted else names, tuple(found), tuple(values), names if counted else ())

    def _count(self, line: int, row: Mapping[str, str]) -> tuple[Values, ...]:
        """As many values as a row of counts tells."""
        told = {name: "0" if cell in MISSING else cell for name, cell in row.items()}
        if wrong := next((name for name, cell in told.items() if not COUNT.fullmatch(cell)), ""):
            self.tell(
                line,
                f"`{told[wrong]}` is no count",
                f"Write how many coders gave `{wrong}` to the unit, such as 2.",
            )
        elif sum(map(int, told.values())) > MOST_COUNTED:
            self.tell(
                line,
                f"the row counts more than {MOST_COUNTED} coders",
                "A cell tells how many coders gave the value.",
            )
        else:
            return tuple(frozenset({name}) for name, cell in told.items() for _ in range(int(cell)))
        return ()

    def _long(self) -> RatingsTable:
        given: dict[tuple[str, str], tuple[int, Values | None]] = {}
        for line, cells in self.rows(self.names.index("unit")):
            unit, coder, cell = (cells[self.names.index(name)] for name in LONG)
            if not coder:
                self.tell(line, "the row names no coder", "Fill in who rated the unit.")
                continue
            value = self._value(line, cell)
            before, known = given.get((unit, coder), (line, None))
            if self.numbers and known and value:
                self.tell(
                    line,
                    f"`{coder}` rates unit `{unit}` here and on line {before}",
                    "This distance needs one number for each unit and coder.",
                )
            given[unit, coder] = before, (known or frozenset()) | value if value else known
        units = tuple(dict.fromkeys(unit for unit, _ in given))
        coders = tuple(dict.fromkeys(coder for _, coder in given))
        if len(coders) < 2 and not self.problems:
            self.tell(
                1, "the table has ratings of fewer than two coders", "Agreement needs two coders or more."
            )
        values = tuple(tuple(given.get((unit, coder), (0, None))[1] for coder in coders) for unit in units)
        return RatingsTable(coders, units, values)

    def _value(self, line: int, cell: str) -> Values | None:
        """The values in a cell; None where it is empty. A number has one form however it is written."""
        if cell in MISSING:
            return None
        if not self.numbers:
            return frozenset(BETWEEN.split(cell)).difference(MISSING) or None
        if not NUMBER.fullmatch(cell):
            self.tell(
                line, f"`{cell}` is no number", "This distance needs numbers; leave a missing rating empty."
            )
            return None
        number = DIGITS.plus(Decimal(cell.replace(",", "."))).normalize(DIGITS)
        if number < 0 and not self.negative:
            self.tell(line, f"`{cell}` is below zero", "The ratio distance needs numbers of zero or more.")
        return frozenset({f"{number:f}"})


def _find_counts(rows: list[tuple[int, list[str]]]) -> int:
    """What every row of a table adds up to, where it looks like one of counts: whole numbers, and the rows not all alike.

    Pivot tables leave a count of none empty.
    """
    numbers = {tuple(cell or "0" for cell in cells[1:]) for _, cells in rows}
    if len(numbers) < 2 or not all(COUNT.fullmatch(cell) for row in numbers for cell in row):
        return 0
    sums = {sum(map(int, row)) for row in numbers}
    return sums.pop() if len(sums) == 1 and max(sums) > 1 else 0
