"""Krippendorff's alpha, and how far two values are apart for it.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. `nominal`, `interval` and `ordinal` distances add up
without looking at any two values; sets of codes are compared all with all, a thousand at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any, Literal, TypeAlias

import numpy as np

from empowerment_qda.agreement.coefficients import Formula, Parts, divide
from empowerment_qda.agreement.tables import Array, Table

Distance: TypeAlias = Callable[[Any, Any], Fraction | int | float]
DistanceName: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi"]
Disagreement: TypeAlias = tuple[Any, Any]
"""Distances within units, each over one less than its ratings, and between all ratings: over all pairs in both orders."""

AT_ONCE = 1000
"""Sets of codes that are compared with all others in one step."""


def krippendorff_alpha(table: Table, times: Array, distance: DistanceName | Distance = "nominal") -> Parts:
    """Krippendorff's alpha: any number of coders, missing values, any distance between two values.

    `distance` is a name (`jaccard` and `masi` for sets of codes, `ordinal`, `interval` and `ratio` for numbers) or a
    symmetric function that is 0 for two equal values. Units rated once are dropped. Four coders, twelve units (Krippendorff 2011, sections C and D):

    >>> from empowerment_qda.agreement.coefficients import measure
    >>> coders = ["123321412___", "1233224125_3", "_3332342251_", "12332441251_"]
    >>> units = [[None if value == "_" else int(value) for value in unit] for unit in zip(*coders)]
    >>> [round(measure(alpha_by(name), units).value, 3)
    ...  for name in ("nominal", "ordinal", "interval", "ratio")]
    [0.743, 0.815, 0.849, 0.797]
    """
    paired = table.rated > 1
    table, times = Table(table.values, table.given[paired], table.times[paired]), times[..., paired]
    match distance:
        case "nominal":
            within, between = _compare_names(table, times)
        case "interval":
            within, between = _compare_numbers(
                table, times, np.array([Fraction(one) for one in table.values], object)
            )
        case "ordinal":
            within, between = _compare_numbers(
                table, times, middle_ranks(table.values, count_values(table, times))
            )
        case "jaccard" | "masi":
            within, between = _compare_sets(table, times, distance)
        case _:
            apart = distance if callable(distance) else ratio
            within, between = _compare_by(apart, table, times)
    ratings = times @ table.rated
    return Parts(divide(within, ratings), divide(between, ratings * (ratings - 1)), of_disagreement=True)


def alpha_by(distance: DistanceName | Distance) -> Formula:
    """The formula of alpha with a distance."""
    return partial(krippendorff_alpha, distance=distance)


def count_values(table: Table, times: Array) -> Array:
    """How often each value is given: its last axis has one place for each."""
    places = np.argsort(table.given, axis=None)
    places = places[table.given.ravel()[places] >= 0]
    used, starts = np.unique(table.given.ravel()[places], return_index=True)
    counts = np.zeros((*times.shape[:-1], len(table.values)), times.dtype)
    counts[..., used] = np.add.reduceat(times[..., places // table.given.shape[1]], starts, axis=-1)
    return counts


def _pairs(table: Table) -> Iterator[tuple[Array, Array, Array]]:
    """For each two coders the units that both rated, and the places of their values."""
    for one, other in combinations(table.given.T, 2):
        units = np.flatnonzero((one >= 0) & (other >= 0))
        yield units, one[units], other[units]


def _within(table: Table, times: Array, apart: Callable[[Array, Array], Any]) -> Any:
    """Distances within units; `apart` gives those of some pairs of values, as fractions."""
    sums = np.zeros(len(table.given), object)
    for units, one, other in _pairs(table):
        sums[units] += 2 * apart(one, other)
    sums = divide(sums, table.rated - 1)
    return times @ (sums.astype(float) if times.dtype == float else sums)


def _compare_names(table: Table, times: Array) -> Disagreement:
    counts = count_values(table, times)
    within = _within(table, times, lambda one, other: (one != other).astype(object))
    return within, counts.sum(axis=-1) ** 2 - (counts * counts).sum(axis=-1)


def middle_ranks(values: Sequence[Any], counts: Array) -> Array:
    """The middle rank of each value among all ratings, of which it has that many.

    Their squared differences are the ordinal distance: the squared number of ratings from one rank to the other, half of
    those at both ends (Krippendorff 2011).
    """
    upwards = sorted(range(len(values)), key=values.__getitem__)
    ordered = counts[..., upwards]
    ranks = divide(2 * ordered.cumsum(axis=-1) - ordered, 2)
    return np.asarray(ranks)[..., np.argsort(upwards)]


def _compare_numbers(table: Table, times: Array, numbers: Array) -> Disagreement:
    """Squared differences, by their sums: over all pairs in both orders 2 (n sum x^2 - (sum x)^2)."""
    if times.dtype == float:
        numbers = numbers.astype(float)
        numbers = numbers - numbers.mean(axis=-1, keepdims=True)
    given = np.where(
        table.given >= 0, numbers.astype(times.dtype if times.dtype == float else object)[..., table.given], 0
    )
    sums, squares = given.sum(axis=-1), (given * given).sum(axis=-1)
    within = divide(2 * (table.rated * squares - sums * sums), np.asarray(table.rated - 1, sums.dtype))
    number, total, square = times @ table.rated, (times * sums).sum(axis=-1), (times * squares).sum(axis=-1)
    between = 2 * (number * square - total * total)
    if times.dtype == float:  # the same number throughout leaves rounding, and no distance
        between = np.where(between > 1e-12 * number * square, between, 0)
    return (times * within).sum(axis=-1), between


def _compare_by(distance: Distance, table: Table, times: Array) -> Disagreement:
    """Any other distance, value by value."""
    values = np.fromiter(table.values, object, len(table.values))
    apart = np.frompyfunc(lambda one, other: Fraction(distance(one, other)), 2, 1).outer(values, values)
    counts = count_values(table, times)
    between = apart.astype(float) if times.dtype == float else apart
    return _within(table, times, lambda one, other: apart[one, other]), (counts @ between * counts).sum(
        axis=-1
    )


def _compare_sets(table: Table, times: Array, name: Literal["jaccard", "masi"]) -> Disagreement:
    """Sets of codes: 1 less what two of them have in common."""
    codes = {
        code: place for place, code in enumerate(dict.fromkeys(code for own in table.values for code in own))
    }
    members = np.zeros((len(table.values), len(codes)), np.float32)
    for place, own in enumerate(table.values):
        members[place, [codes[code] for code in own]] = 1
    sizes = members.sum(axis=1).astype(np.int32)

    def apart(one: Array, other: Array) -> Any:
        both = np.einsum("uc,uc->u", members[one], members[other]).astype(np.int32)
        return 1 - _FRACTION(*share_in_common(name, sizes[one], sizes[other], both))

    counts = count_values(table, times)
    common: Any = 0
    for start in range(0, len(sizes), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        both = (members[part] @ members.T).astype(np.int32)
        shared, whole = share_in_common(name, sizes[part, None], sizes, both)
        if times.dtype == float:
            common = common + (counts @ (shared / whole).T * counts[..., part]).sum(axis=-1)
        else:
            exact = [_add_exactly(shared * np.multiply.outer(own[part], own), whole) for own in counts]
            common = common + np.array(exact, object)
    return _within(table, times, apart), counts.sum(axis=-1) ** 2 - common


def _add_exactly(shared: Array, whole: Array) -> Fraction:
    sums = np.bincount(whole.ravel(), shared.ravel())
    return sum((Fraction(int(sums[at]), int(at)) for at in np.flatnonzero(sums)), Fraction())


_FRACTION = np.frompyfunc(Fraction, 2, 1)


def share_in_common(name: Literal["jaccard", "masi"], one: Any, other: Any, both: Any) -> tuple[Any, Any]:
    """1 - the distance of two sets of that many members, of which they share `both`, as numerator and denominator.

    Jaccard: shared / all members; two empty sets are the same. MASI (Passonneau 2006, Measuring Agreement on Set-valued
    Items): Jaccard x 1 for equal sets, 2/3 where one contains the other, 1/3 for an overlap.
    """
    whole = one + other - both
    shared, whole = both + (whole == 0), whole + (whole == 0)
    if name == "jaccard":
        return shared, whole
    return shared * np.where(shared == whole, 3, np.where(both == np.minimum(one, other), 2, 1)), 3 * whole


def ratio(one: Any, other: Any) -> Fraction:
    """Squared difference of two numbers that are not negative, relative to their sum.

    >>> ratio(1, 3)
    Fraction(1, 4)
    """
    one, other = Fraction(one), Fraction(other)
    if min(one, other) < 0:
        raise ValueError(f"the ratio distance needs numbers of zero or more, not {float(min(one, other)):g}")
    return ((one - other) / (one + other)) ** 2 if one != other else Fraction(0)
