"""How far two values are apart: 0 is the same. The distances of Krippendorff's alpha, as exact fractions.

`ordinal` has no function here: there the distance depends on how often the ranks between two values are
used, so `krippendorff_alpha` works it out from the whole table.
"""

from collections.abc import Callable, Set
from fractions import Fraction
from typing import Any, TypeAlias

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
    return 1 - Fraction(len(one & other), len(one | other)) if one or other else Fraction(0)


def masi(one: Set[Any], other: Set[Any]) -> Fraction:
    """Jaccard softened where one set contains the other: Measuring Agreement on Set-valued Items.

    1 - J * M with M = 1 for equal sets, 2/3 for a subset, 1/3 for an overlap (Passonneau 2006).

    >>> masi({"a", "b"}, {"a", "b", "c", "d"}), masi({"a", "b"}, {"b", "c"})
    (Fraction(2, 3), Fraction(8, 9))
    >>> masi(set(), set()), masi(set(), {"a"})
    (Fraction(0, 1), Fraction(1, 1))
    """
    contained = Fraction(2, 3) if one <= other or other <= one else Fraction(1, 3)
    return 1 - (1 - jaccard(one, other)) * (1 if one == other else contained)


DISTANCES: dict[str, Distance] = {
    "nominal": nominal,
    "interval": interval,
    "ratio": ratio,
    "jaccard": jaccard,
    "masi": masi,
}
