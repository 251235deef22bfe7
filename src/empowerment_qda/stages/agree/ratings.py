"""A table of ratings from a CSV file: units by coders, or one rating a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

LONG = ("unit", "coder", "value")
WIDE_HINT = "Name the units in the first column and give each coder one more,"
TOLD = re.compile(r"sep=(?P<by>[,;\t])\r?\n")
ValueDistance = Literal["nominal", "ordinal", "interval", "ratio"]
MOST_VALUES: dict[ValueDistance, int] = {"nominal": 500, "ordinal": 500, "ratio": 300}
"""Different values of a table; by interval they are only added up."""
MOST_CODERS = 100
MOST_ROWS = 10_000
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")


@dataclass(frozen=True, slots=True)
class RatingsTable:
    """Units with one value per coder; None where a coder did not rate the unit."""

    coders: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[tuple[str | None, ...], ...]


def parse_ratings(text: str, path: str, distance: ValueDistance = "nominal") -> RatingsTable:
    """A table from text; StudyError with every bad row, or where it is too large to compare.

    Wide: the first column names the unit, each other column is a coder. Long: columns `unit`, `coder` and `value` in
    any order, among others. Separated by commas, semicolons or tabs; an empty cell is a missing rating. Unless the distance is
    nominal, values must be numbers (2 and 2.0 are one value); for a ratio none is below zero.
    """
    return _Reader(path, distance).read(text)


class _Reader:
    def __init__(self, path: str, distance: ValueDistance) -> None:
        self.path, self.distance = path, distance
        self.problems: list[Problem] = []

    def read(self, text: str) -> RatingsTable:
        rows = list(self._rows(text))
        if not rows and not self.problems:
            self._tell(1, "the table is empty", f"{WIDE_HINT} or use {', '.join(LONG)}.")
            raise StudyError(self.problems)
        header = rows[0][1] if rows else []
        if "coder" in map(str.casefold, header):
            table = self._long(rows) if self._has_columns(header) else RatingsTable((), (), ())
        else:
            self._require_coders(header)
            table = self._wide(rows)
        if not self.problems and not any(value for row in table.values for value in row):
            self._tell(
                1, "the table has no ratings", "Below the names of the columns goes a row for each unit."
            )
        if not self.problems:
            self._require_size(table)
        if self.problems:
            raise StudyError(self.problems)
        return table

    def _require_size(self, table: RatingsTable) -> None:
        """What takes longer than anybody waits: each value is a category of its own, each two coders are compared."""
        different = len({value for row in table.values for value in row if value is not None})
        most = MOST_VALUES.get(self.distance, different)
        if different > most:
            hint = "Group the values into fewer; for measurements take --distance interval."
            self._tell(
                1,
                f"the table has {different:,} different values; at most {most} are compared by {self.distance} distance",
                hint,
            )
        if len(table.coders) > MOST_CODERS:
            self._tell(
                1,
                f"the table has {len(table.coders):,} coders; at most {MOST_CODERS} are compared",
                WIDE_HINT.removesuffix(",") + ".",
            )
        if (rows := len(set(table.values))) > MOST_ROWS:
            hint = "Round the values, or compare a part of the units."
            self._tell(
                1,
                f"the table has {rows:,} units that are all rated differently; at most {MOST_ROWS:,} are compared",
                hint,
            )

    def _tell(self, row: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Place(self.path, (), row), "ratings", message, hint))

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
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
            self._tell(line, f"the row cannot be read ({error})", hint)

    def _has_columns(self, header: list[str]) -> bool:
        """Whether a table of one rating a line has its three columns, each once; more columns are left alone."""
        names = [name.casefold() for name in header]
        for column in LONG:
            if column not in names:
                hint = f"A table with a column `coder` has one rating a line: {', '.join(LONG)}."
                self._tell(1, f"there is no column `{column}`", f"{hint} {did_you_mean(column, header)}")
            elif names.count(column) > 1:
                self._tell(1, f"two columns are called `{column}`", "Keep one of them.")
        return not self.problems

    def _require_coders(self, header: list[str]) -> None:
        coders = header[1:]
        if len(coders) < 2:
            hint = f"{WIDE_HINT} or use {', '.join(LONG)}."
            self._tell(1, "the table has fewer than two columns of ratings", hint)
        for name in dict.fromkeys(name for name in coders if not name or coders.count(name) > 1):
            message = f"two columns are called `{name}`" if name else "a column of ratings has no name"
            self._tell(1, message, "Give each coder's column a name of its own.")

    def _wide(self, rows: list[tuple[int, list[str]]]) -> RatingsTable:
        header = rows[0][1] if rows else []
        found: dict[str, tuple[int, tuple[str | None, ...]]] = {}
        for line, cells in rows[1:]:
            if not self._fits(line, cells, header):
                continue
            if cells[0] in found:
                message = f"unit `{cells[0]}` stands here and on line {found[cells[0]][0]}"
                self._tell(
                    line,
                    message,
                    "The first column names the units: give each one row and a name of its own.",
                )
                continue
            found[cells[0]] = line, tuple(self._value(line, cell) for cell in cells[1:])
        return RatingsTable(tuple(header[1:]), tuple(found), tuple(values for _, values in found.values()))

    def _long(self, rows: list[tuple[int, list[str]]]) -> RatingsTable:
        header = rows[0][1]
        names = [name.casefold() for name in header]
        unit_at, coder_at, value_at = (names.index(name) for name in ("unit", "coder", "value"))
        given: dict[tuple[str, str], tuple[int, str | None]] = {}
        for line, cells in rows[1:]:
            if not self._fits(line, cells, header, unit_at):
                continue
            unit, coder = cells[unit_at], cells[coder_at]
            if not coder:
                self._tell(line, "the row names no coder", "Fill in who rated the unit.")
            elif (unit, coder) in given:
                before = given[unit, coder][0]
                message = f"`{coder}` rates unit `{unit}` here and on line {before}"
                self._tell(line, message, "Keep one value for each unit and coder.")
            else:
                given[unit, coder] = line, self._value(line, cells[value_at])
        units = tuple(dict.fromkeys(unit for unit, _ in given))
        coders = tuple(dict.fromkeys(coder for _, coder in given))
        if len(coders) < 2 and not self.problems:
            self._tell(
                1, "the table has ratings of fewer than two coders", "Agreement needs two coders or more."
            )
        values = tuple(tuple(given.get((unit, coder), (0, None))[1] for coder in coders) for unit in units)
        return RatingsTable(coders, units, values)

    def _fits(self, line: int, cells: list[str], header: list[str], unit_at: int = 0) -> bool:
        """Whether a row has a cell for each column, and names its unit."""
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, and there are {len(header)} columns"
            self._tell(
                line, message, "Leave a missing rating empty; put a cell with a separator in it in quotes."
            )
        elif not cells[unit_at]:
            self._tell(line, "the row names no unit", "Fill in the name of the unit.")
        else:
            return True
        return False

    def _value(self, line: int, cell: str) -> str | None:
        if not cell:
            return None
        if self.distance == "nominal":
            return cell
        if not NUMBER.fullmatch(cell):
            self._tell(
                line, f"`{cell}` is no number", "This distance needs numbers; leave a missing rating empty."
            )
            return None
        number = cell.replace(",", ".").lstrip("+")
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        sign, digits = number[:1] == "-", number.lstrip("-").lstrip("0") or "0"
        digits = "0" + digits if digits.startswith(".") else digits
        if sign and digits != "0" and self.distance == "ratio":
            self._tell(line, f"`{cell}` is below zero", "The ratio distance needs numbers of zero or more.")
        return f"-{digits}" if sign and digits != "0" else digits
