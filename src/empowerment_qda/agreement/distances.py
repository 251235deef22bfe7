"""How far two values are apart: 0 is the same. The distances of Krippendorff's alpha, as exact fractions.

`ordinal` has no function here: there the distance depends on how often the ranks between two values are
used, so `krippendorff_alpha` works it out from the whole table.
"""

from collections.abc import Callable, Set
from fractions import Fraction
from typing import Any, Literal, TypeAlias

Distance: TypeAlias = Callable[[Any, Any], Fraction | int | float]


def nominal(one: object, other: object) -> int:
    """0 for the same value, 1 for any other."""
    return int(one != other)


def interval(one: Any, other: Any) -> Fraction:
    """Squared difference of two numbers."""
    return (Fraction(one) - Fraction(other)) ** 2


def ratio(one: Any, other: Any) -> Fraction:
    """Squared difference of two numbers that are not negative, relative to their sum.

    >>> ratio(1, 3)
    Fraction(1, 4)
    """
    one, other = Fraction(one), Fraction(other)
    if min(one, other) < 0:
        raise ValueError(f"the ratio distance needs numbers of zero or more, not {float(min(one, other)):g}")
    return ((one - other) / (one + other)) ** 2 if one != other else Fraction(0)


def jaccard(one: Set[Any], other: Set[Any]) -> Fraction:
    """1 - shared / all members of two sets; 0 for two empty ones.

    >>> jaccard({"a", "b"}, {"b", "c"})
    Fraction(2, 3)
    """
    return _apart("jaccard", one, other)


def masi(one: Set[Any], other: Set[Any]) -> Fraction:
    """Jaccard softened where one set contains the other: Measuring Agreement on Set-valued Items.

    1 - J * M with M = 1 for equal sets, 2/3 for a subset, 1/3 for an overlap (Passonneau 2006).

    >>> masi({"a", "b"}, {"a", "b", "c", "d"}), masi({"a", "b"}, {"b", "c"})
    (Fraction(2, 3), Fraction(8, 9))
    >>> masi(set(), set()), masi(set(), {"a"})
    (Fraction(0, 1), Fraction(1, 1))
    """
    return _apart("masi", one, other)


def share_in_common(name: Literal["jaccard", "masi"], one: int, other: int, both: int) -> Fraction:
    """1 - the distance of two sets of that many members, of which they share `both` (one at least)."""
    shared = Fraction(both, one + other - both)
    if name == "jaccard" or one == other == both:
        return shared
    return shared * Fraction(2 if both == min(one, other) else 1, 3)


def _apart(name: Literal["jaccard", "masi"], one: Set[Any], other: Set[Any]) -> Fraction:
    both = len(one & other)
    if both:
        return 1 - share_in_common(name, len(one), len(other), both)
    return Fraction(1 if one or other else 0)


DISTANCES: dict[str, Distance] = {
    "nominal": nominal,
    "interval": interval,
    "ratio": ratio,
    "jaccard": jaccard,
    "masi": masi,
}
