"""Tables of ratings: who gave what to which unit.

A table is a sequence of units, each with one value per coder in a fixed order; `None` says that this coder did not rate
the unit. A mapping from such a unit to how often it occurs is the same table, counted: a contingency table is one, and so
is a text seen as characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pattern: TypeAlias = tuple[Hashable, ...]
Ratings: TypeAlias = Iterable[Sequence[Hashable]]
Array: TypeAlias = NDArray[Any]

YES_NO = (True, False)
"""The values of a table about one code, even where one of them never occurs."""


@dataclass(frozen=True, eq=False)
class Table:
    """The different patterns of a table as an array, for numpy.

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
    counts: Counter[Pattern] = Counter()
    for unit, times in _counted(ratings):
        if times:
            counts[tuple(unit)] += times
    coders = max(map(len, counts), default=0)
    if all(len(pattern) == coders for pattern in counts):
        return counts
    padded: Counter[Pattern] = Counter()
    for pattern, times in counts.items():
        padded[pattern + (None,) * (coders - len(pattern))] += times
    return padded


def rated(pattern: Pattern) -> int:
    """How many coders rated a unit."""
    return sum(value is not None for value in pattern)


def _counted(ratings: Ratings) -> Iterable[tuple[Sequence[Hashable], int]]:
    """Units with how often each occurs."""
    return ratings.items() if isinstance(ratings, Mapping) else ((unit, 1) for unit in ratings)
