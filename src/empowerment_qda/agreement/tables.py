"""Tables of ratings, for numpy: who gave what to which unit, and whether each of several codes was given to it.

A table is a sequence of units, each with one value per coder in a fixed order; `None` says that this coder did not rate
the unit. A mapping from such a unit to how often it occurs is the same table, counted: a contingency table is one, and so
is a text seen as characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from empowerment_qda.agreement.bootstrap import Array

Pattern: TypeAlias = tuple[Hashable, ...]
Ratings: TypeAlias = Iterable[Sequence[Hashable]]

YES_NO = (True, False)
"""The values of a table about one code, even where one of them never occurs."""

Over = Literal["units", "codes", "decisions"]
"""What a formula is worked out on: units and what was given to them; each code as a yes/no question; all these decisions."""


@dataclass(frozen=True, eq=False)
class Table:
    """The patterns of a table as an array, for numpy.

    `given` (patterns x coders) holds the place of each rating among `values`, -1 where there is none; `times` (patterns)
    how often each pattern occurs.
    """

    values: tuple[Any, ...]
    given: NDArray[np.int64]
    times: NDArray[np.int64]

    @cached_property
    def rated(self) -> Array:
        """How many coders rated each unit."""
        rated: Array = np.count_nonzero(self.given >= 0, axis=1)
        return rated

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many coders gave each value: patterns x values."""
        counts = np.zeros((len(self.given), len(self.values) + 1), np.int64)
        for column in self.given.T:
            counts[np.arange(len(column)), column] += 1
        return counts[:, :-1]


def make_table(ratings: Ratings, categories: Collection[Hashable] = ()) -> Table:
    """The array of some ratings; `categories` are values that could have been given, and come first.

    >>> make_table([("x", "y"), ("x", "y"), ("x",)]).given.tolist()
    [[0, 1], [0, -1]]
    """
    counts = count_patterns(ratings)
    values = dict.fromkeys([*categories, *(one for pattern in counts for one in pattern if one is not None)])
    places: dict[Hashable, int] = {value: place for place, value in enumerate(values)} | {None: -1}
    given = np.array([[places[one] for one in pattern] for pattern in counts], np.int64)
    shape = len(counts), max(map(len, counts), default=0)
    return Table(tuple(values), given.reshape(shape), np.array(list(counts.values()), np.int64))


def count_patterns(ratings: Ratings) -> Counter[Pattern]:
    """How often each combination of values occurs, in the order of first sight; short units get `None`.

    >>> count_patterns([("x", "y"), ("x", "y"), ("x",)])
    Counter({('x', 'y'): 2, ('x', None): 1})
    """
    rated = ratings.items() if isinstance(ratings, Mapping) else Counter(map(tuple, ratings)).items()
    coders = max((len(unit) for unit, times in rated if times), default=0)
    counts: Counter[Pattern] = Counter()
    for unit, times in rated:
        if times:
            counts[(*unit, *[None] * (coders - len(unit)))] += times
    return counts


class Marks(NamedTuple):
    """Units of a code: marked by all coders, by one alone (per coder), by none, out of those that every coder rated.

    Of three coders and more some units may be marked by several but not all: those count in `units` alone.
    """

    both: int
    only: tuple[int, ...]
    neither: int
    units: int


def count_marks(table: Table, times: Array) -> list[tuple[Marks, float | None]]:
    """The marks for each row of `times` (rows x patterns of a yes/no table), and what share of all ratings is yes."""
    coders, marked = table.given.shape[1], table.given == 0
    number, complete = marked.sum(axis=1), times * (table.rated == coders)
    counts = (
        complete @ (number == coders),
        complete @ (marked & (number == 1)[:, None]),
        complete @ (number == 0),
        complete.sum(axis=1),
        times @ number,
        times @ table.rated,
    )
    return [
        (Marks(both, tuple(only), neither, units), given / asked if asked else None)
        for both, only, neither, units, given, asked in zip(*(one.tolist() for one in counts), strict=True)
    ]


class Decisions:
    """Whether each code was given, and by whom, to units that have sets of codes.

    `table` has the different patterns of yes and no that there are; `times` tells how often each unit of the table of sets
    occurs.
    """

    def __init__(self, sets: Table, codes: Sequence[str]) -> None:
        self.codes, self.times = codes, sets.times
        numbers = {code: number for number, code in enumerate(codes)}
        members = [[numbers[code] for code in own if code in numbers] for own in sets.values]
        given = [
            (code, unit, coder)
            for unit, row in enumerate(sets.given.tolist())
            for coder, value in enumerate(row)
            if value >= 0
            for code in members[value]
        ]
        marks = np.array(given, np.int64).reshape(-1, 3)
        cells, at = np.unique(marks[:, :2], axis=0, return_inverse=True)  # code and unit
        blank = np.where(sets.given < 0, -1, 1).astype(np.int8)  # as of a code that nobody gave to the unit
        own = blank[cells[:, 1]]
        own[at, marks[:, 2]] = 0
        patterns, places = np.unique(np.concatenate([blank, own]), axis=0, return_inverse=True)
        self.table = Table(YES_NO, patterns.astype(np.int64), np.ones(len(patterns), np.int64))
        self._blanks, own_places = np.split(places, [len(blank)])
        order = np.lexsort((own_places, cells[:, 0]))
        self._units = cells[order, 1]
        self._cells, self._starts = np.unique(
            (cells[:, 0] * len(patterns) + own_places)[order], return_index=True
        )

    @property
    def size(self) -> int:
        """How many numbers there are for each resample."""
        return max(len(self._units), len(self.codes) * len(self.table.given))

    def spread(self, drawn: Array) -> dict[Over, Array]:
        """How often each pattern occurs (resamples x patterns; of codes as `count`), from how often each unit was drawn."""
        codes = self.count(drawn)
        return {"units": drawn, "codes": codes, "decisions": codes.sum(axis=1)}

    def count(self, drawn: Array) -> Array:
        """How often each code got each pattern (resamples x codes x patterns), from how often each unit was drawn."""
        patterns = self.table.given
        counts: Array = np.zeros((len(drawn), len(self.codes) * len(patterns)), drawn.dtype)
        if len(self._units):
            counts[:, self._cells] = np.add.reduceat(drawn[:, self._units], self._starts, axis=1)
        counts = counts.reshape(len(drawn), len(self.codes), len(patterns))
        for blank in np.unique(self._blanks):  # a code that nobody gave to a unit got its blank
            units = drawn[:, self._blanks == blank].sum(axis=1)
            alike = ((patterns < 0) == (patterns[blank] < 0)).all(axis=1)
            counts[..., blank] = units[:, None] - counts[..., alike].sum(axis=-1)
        return counts
