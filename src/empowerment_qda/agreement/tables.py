"""Ratings tables: who gave what to which unit.

A table is a sequence of units, each with one value per coder in a fixed order; `None` says that this coder
did not rate the unit. A mapping from such a unit to how often it occurs is the same table, counted: a
contingency table is one, and so is a text seen as characters.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias

Pattern: TypeAlias = tuple[Hashable, ...]
Ratings: TypeAlias = Iterable[Sequence[Hashable]]

YES_NO = (True, False)
"""The categories of a table made by `presence`, even where one of them never occurs."""


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


def presence(ratings: Ratings, code: Hashable) -> Counter[Pattern]:
    """One code as a yes/no question: whether each coder gave `code`, alone or in a set, to each unit.

    >>> presence([({"a", "b"}, {"b"}), (set(), {"a"}), (None, {"a"})], "a")
    Counter({(True, False): 1, (False, True): 1, (None, True): 1})
    """

    def given(value: object) -> bool | None:
        if value is None:
            return None
        return code in value if isinstance(value, set | frozenset) else value == code

    counts: Counter[Pattern] = Counter()
    for unit, times in _counted(ratings):
        counts[tuple(map(given, unit))] += times
    return count_patterns(counts)


def rated(pattern: Pattern) -> int:
    """How many coders rated a unit."""
    return sum(value is not None for value in pattern)


def _counted(ratings: Ratings) -> Iterable[tuple[Sequence[Hashable], int]]:
    """Units with how often each occurs."""
    return ratings.items() if isinstance(ratings, Mapping) else ((unit, 1) for unit in ratings)
