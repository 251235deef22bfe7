"""CSV files: a table of ratings (units by coders, one rating a line, or counts), and a list of units to compare."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from empowerment_qda.agreement.krippendorff import DistanceName
from empowerment_qda.anchors import SourceText
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

LONG = ("unit", "coder", "value")
WIDE_HINT = "Name the units in the first column and give each coder one more,"
TOLD = re.compile(r"sep=(?P<by>[,;\t])\r?\n")
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")


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
    table = _Reader(path, distance in BETWEEN_NUMBERS, distance != "ratio", cells).read(text)
    different = len({code for row in table.values for own in row for code in own or ()})
    message = hint = ""
    # Each value is a category of its own; by interval they are only added up.
    if different > MOST_VALUES and distance != "interval":
        message = (
            f"the table has {different:,} different values; at most {MOST_VALUES} are compared as categories"
        )
        hint = "Group the values into fewer; for measurements take --distance interval."
    elif len(table.coders) > MOST_CODERS or len(set(table.values)) > MOST_ROWS:
        message = f"the table has more than {MOST_CODERS} coders, or {MOST_ROWS:,} units that are all rated differently"
        hint = "Compare a part of them; round measurements."
    if message:
        raise StudyError([Problem(Place(path, (), 1), "table", message, hint)])
    return table


def parse_units(text: str, path: str, study: Study) -> dict[str, list[Span]]:
    """By source the units that a file lists: columns `source` and `turn` (such as 2 or 2-4), and `quote` for words of it.

    StudyError with every bad row, and for units that overlap.
    """
    reader = _Reader(path)
    rows = list(reader.rows(text))
    header = [name.casefold() for name in rows[0][1]] if rows else []
    found: dict[str, list[tuple[Span, int]]] = {}
    if not {"source", "turn"} <= set(header):
        hint = "A row for each unit, such as `KS-01,2` or `KS-01,2-4`; a column `quote` takes words of these turns alone."
        reader.tell(1, "a list of units needs the columns `source` and `turn`", hint)
    else:
        for line, cells in rows[1:]:
            if reader.fits(line, cells, header, header.index("source")):
                row = dict(zip(header, cells, strict=True))
                if span := reader.place(line, row, study):
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
    if reader.problems:
        raise StudyError(reader.problems)
    return {source: [span for span, _ in units] for source, units in found.items()}


class _Reader:
    def __init__(
        self, path: str, numbers: bool = False, negative: bool = True, cells: Cells | None = None
    ) -> None:
        self.path, self.numbers, self.negative, self.cells = path, numbers, negative, cells
        self.problems: list[Problem] = []

    def read(self, text: str) -> RatingsTable:
        rows = list(self.rows(text))
        if not rows and not self.problems:
            self.tell(1, "the table is empty", f"{WIDE_HINT} or use {', '.join(LONG)}.")
            raise StudyError(self.problems)
        header = rows[0][1] if rows else []
        if "coder" in map(str.casefold, header):
            if self.cells == "counts":
                hint = "Leave `--cells counts` out, or give each value a column of its own."
                self.tell(1, "a table with a column `coder` has one rating a line, and no counts", hint)
            table = self._long(rows) if self._has_columns(header) else RatingsTable((), (), ())
        else:
            self._require_coders(header)
            table = self._wide(rows)
            if self.cells is None and not self.problems and (raters := _find_counts(rows)):
                self.tell(
                    1,
                    f"each row adds up to {raters}: are these counts, of how many of {raters} coders gave each value to a "
                    "unit, or is each column a coder",
                    "Say `--cells counts` or `--cells ratings`.",
                )
        if not self.problems and not any(value for row in table.values for value in row):
            self.tell(
                1, "the table has no ratings", "Below the names of the columns goes a row for each unit."
            )
        if self.problems:
            raise StudyError(self.problems)
        return table

    def tell(self, row: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(self.path, (), row), "ratings", message, hint))

    def rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Rows that are not blank, stripped, each with the line it begins in."""
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
            hint = "A quotation mark may be left open; save the table as CSV again."
            self.tell(line, f"the row cannot be read ({error})", hint)

    def _has_columns(self, header: list[str]) -> bool:
        """Whether a table of one rating a line has its three columns, each once; more columns are left alone."""
        names = [name.casefold() for name in header]
        for column in LONG:
            if column not in names:
                hint = f"A table with a column `coder` has one rating a line: {', '.join(LONG)}."
                self.tell(1, f"there is no column `{column}`", f"{hint} {did_you_mean(column, header)}")
            elif names.count(column) > 1:
                self.tell(1, f"two columns are called `{column}`", "Keep one of them.")
        return not self.problems

    def _require_coders(self, header: list[str]) -> None:
        coders = header[1:]
        if len(coders) < 2:
            hint = f"{WIDE_HINT} or use {', '.join(LONG)}."
            self.tell(1, "the table has fewer than two columns of ratings", hint)
        for name in dict.fromkeys(name for name in coders if not name or coders.count(name) > 1):
            message = f"two columns are called `{name}`" if name else "a column of ratings has no name"
            self.tell(1, message, "Give each coder's column a name of its own.")

    def _wide(self, rows: list[tuple[int, list[str]]]) -> RatingsTable:
        header = rows[0][1] if rows else []
        found: dict[str, tuple[int, tuple[Values | None, ...]]] = {}
        for line, cells in rows[1:]:
            if not self.fits(line, cells, header):
                continue
            if cells[0] in found:
                message = f"unit `{cells[0]}` stands here and on line {found[cells[0]][0]}"
                self.tell(
                    line,
                    message,
                    "The first column names the units: give each one row and a name of its own.",
                )
                continue
            counted = self.cells == "counts"
            found[cells[0]] = (
                line,
                self._count(line, cells, header)
                if counted
                else tuple(self._value(line, cell) for cell in cells[1:]),
            )
        values = tuple(values for _, values in found.values())
        if self.cells == "counts":
            return RatingsTable((), tuple(found), values, tuple(header[1:]))
        return RatingsTable(tuple(header[1:]), tuple(found), values)

    def _count(self, line: int, cells: list[str], header: list[str]) -> tuple[Values, ...]:
        """As many values as a row of counts tells."""
        told = {
            name: "0" if cell in MISSING else cell for name, cell in zip(header[1:], cells[1:], strict=True)
        }
        for name, cell in told.items():
            if not re.fullmatch(r"[0-9]{1,9}", cell):
                self.tell(
                    line,
                    f"`{cell}` is no count",
                    f"Write how many coders gave `{name}` to the unit, such as 2.",
                )
                return ()
        if sum(map(int, told.values())) > MOST_COUNTED:
            self.tell(
                line,
                f"the row counts more than {MOST_COUNTED} coders",
                "A cell tells how many coders gave the value.",
            )
            return ()
        return tuple(frozenset({name}) for name, cell in told.items() for _ in range(int(cell)))

    def _long(self, rows: list[tuple[int, list[str]]]) -> RatingsTable:
        header = rows[0][1]
        names = [name.casefold() for name in header]
        unit_at, coder_at, value_at = (names.index(name) for name in ("unit", "coder", "value"))
        given: dict[tuple[str, str], tuple[int, Values | None]] = {}
        for line, cells in rows[1:]:
            if not self.fits(line, cells, header, unit_at):
                continue
            unit, coder = cells[unit_at], cells[coder_at]
            if not coder:
                self.tell(line, "the row names no coder", "Fill in who rated the unit.")
                continue
            value = self._value(line, cells[value_at])
            before, known = given.get((unit, coder), (line, None))
            if self.numbers and None not in (known, value):
                message = f"`{coder}` rates unit `{unit}` here and on line {before}"
                self.tell(line, message, "This distance needs one number for each unit and coder.")
            given[unit, coder] = before, (known or frozenset()) | value if value else known
        units = tuple(dict.fromkeys(unit for unit, _ in given))
        coders = tuple(dict.fromkeys(coder for _, coder in given))
        if len(coders) < 2 and not self.problems:
            self.tell(
                1, "the table has ratings of fewer than two coders", "Agreement needs two coders or more."
            )
        values = tuple(tuple(given.get((unit, coder), (0, None))[1] for coder in coders) for unit in units)
        return RatingsTable(coders, units, values)

    def fits(self, line: int, cells: list[str], header: list[str], unit_at: int = 0) -> bool:
        """Whether a row has a cell for each column, and names its unit."""
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, and there are {len(header)} columns"
            self.tell(
                line, message, "Leave a missing rating empty; put a cell with a separator in it in quotes."
            )
        elif not cells[unit_at]:
            self.tell(line, "the row names no unit", "Fill in the name of the unit.")
        else:
            return True
        return False

    def place(self, line: int, row: dict[str, str], study: Study) -> Span | None:
        """Where a listed unit stands: turns of a source, or words of them."""
        source, turns, quote = (
            study.by_id.get(row["source"]),
            TURNS.fullmatch(row["turn"]),
            row.get("quote", ""),
        )
        if source is None:
            self.tell(
                line,
                f"there is no source `{row['source']}`",
                did_you_mean(row["source"], sorted(study.by_id)),
            )
            return None
        first, last = (int(turns[1]), int(turns[2] or turns[1])) if turns else (0, 0)
        if not 1 <= first <= last <= len(source.turns):
            said = f"`{row['turn']}` is no turn of {source.id}"
            self.tell(line, said, f"It has turns 1 to {len(source.turns)}: write such as 2 or 2-4.")
            return None
        if not quote:
            return Span(first, 0, last, len(source.turns[last - 1].text))
        anchor = SourceText([turn.text for turn in source.turns]).find(quote, first, last)
        if anchor.span and first <= anchor.span.turn <= anchor.span.end_turn <= last:
            return anchor.span
        self.tell(
            line, f"the quote does not stand in turn {row['turn']} of {source.id}", "Copy it from `qda show`."
        )
        return None

    def _value(self, line: int, cell: str) -> Values | None:
        if cell in MISSING:
            return None
        if not self.numbers:
            return frozenset(BETWEEN.split(cell)).difference(MISSING) or None
        if not NUMBER.fullmatch(cell):
            self.tell(
                line, f"`{cell}` is no number", "This distance needs numbers; leave a missing rating empty."
            )
            return None
        number = cell.replace(",", ".").lstrip("+")
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        sign, digits = number[:1] == "-", number.lstrip("-").lstrip("0") or "0"
        digits = "0" + digits if digits.startswith(".") else digits
        if sign and digits != "0" and not self.negative:
            self.tell(line, f"`{cell}` is below zero", "The ratio distance needs numbers of zero or more.")
        return frozenset({f"-{digits}" if sign and digits != "0" else digits})


def _find_counts(rows: list[tuple[int, list[str]]]) -> int:
    """What every row of a table adds up to, where it looks like one of counts: whole numbers, and the rows not all alike.

    Pivot tables leave a count of none empty.
    """
    numbers = {tuple(cell or "0" for cell in cells[1:]) for _, cells in rows[1:]}
    if len(numbers) < 2 or not all(re.fullmatch(r"[0-9]{1,9}", cell) for row in numbers for cell in row):
        return 0
    sums = {sum(map(int, row)) for row in numbers}
    return sums.pop() if len(sums) == 1 and max(sums) > 1 else 0
