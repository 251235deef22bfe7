"""Krippendorff's alpha: of values, with how far two of them are apart, and of spans that coders cut out of a text themselves.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. `nominal`, `interval` and `ordinal` distances add up
without looking at any two values; sets of codes are compared all with all, a thousand at a time.

Of spans: the continuum (a text) is cut per coder and code into units and the gaps between them. Distances: Krippendorff
(1995), On the reliability of unitizing continuous data, Sociological Methodology 25:47-76; expected disagreement:
Krippendorff (2004), Content Analysis, 2nd ed., p. 251-256.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, pairwise
from typing import Any, Literal, TypeAlias

import numpy as np

from empowerment_qda.agreement.bootstrap import Array
from empowerment_qda.agreement.coefficients import (
    NO_VARIATION,
    NOTHING_MARKED,
    ONE_CODER,
    Coefficient,
    Formula,
    Parts,
    divide,
)
from empowerment_qda.agreement.tables import Table

Distance: TypeAlias = Callable[[Any, Any], Fraction | int | float]
DistanceName: TypeAlias = Literal["jaccard", "masi", "nominal", "ordinal", "interval", "ratio"]
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


def _within(table: Table, times: Array, apart: Callable[[Array, Array], Any]) -> Any:
    """Distances within units; `apart` gives those of some pairs of values, as fractions."""
    sums = np.zeros(len(table.given), object)
    for one, other in combinations(table.given.T, 2):
        units = np.flatnonzero((one >= 0) & (other >= 0))
        sums[units] += 2 * apart(one[units], other[units])
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


Span: TypeAlias = tuple[int, int]
"""Start and end in characters, 0-based, end-exclusive."""


def unitizing_alpha(codes: Iterable[Sequence[Iterable[Span]]], length: int) -> Coefficient:
    """Alpha_U over one code or several: for each a list of spans per coder, in characters of one text.

    Overlapping spans of one coder and code are joined, touching ones stay two units. `units` counts those of
    all coders. Krippendorff (2004, p. 254), a continuum from 150 to 450, here from 0 to 300:

    >>> c = [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]]
    >>> k = [[(30, 90), (150, 200)], [(30, 90), (150, 200)]]
    >>> [round(unitizing_alpha(codes, 300).value, 3) for codes in ([c], [k], [c, k])]
    [0.729, 1.0, 0.859]
    """
    name = "unitizing_alpha"
    cuts = [[_cut_sections(own, length) for own in per_coder] for per_coder in codes]
    if any(len(cut) < 2 for cut in cuts):
        return Coefficient(name, None, ONE_CODER)
    units = sum(int(sections[:, 2].sum()) for cut in cuts for sections in cut)
    if not units:
        return Coefficient(name, None, NOTHING_MARKED)
    observed = sum((_observed(cut, length) for cut in cuts), Fraction(0))
    expected = sum((_expected(cut, length) for cut in cuts), Fraction(0))
    # Without expected disagreement there are units of one character each, and no gap to lie in.
    value, reason = (float(1 - observed / expected), None) if expected else (None, NO_VARIATION)
    return Coefficient(name, value, reason, units, 0, observed, expected)


def _cut_sections(spans: Iterable[Span], length: int) -> Array:
    """Units and gaps that fill the text from end to end: start, end, and 1 for a unit, 0 for a gap."""
    units: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] != span[1]):
        if not 0 <= start < end <= length:
            raise ValueError(f"span {start}-{end} does not lie in a text of {length} characters")
        overlapped = units.pop() if units and start < units[-1][1] else (start, end)
        units.append((overlapped[0], max(overlapped[1], end)))
    ends = [0, *(edge for unit in units for edge in unit), length]
    sections = np.array([(*pair, at % 2) for at, pair in enumerate(pairwise(ends))], np.int64)
    return sections[sections[:, 0] < sections[:, 1]]


def _observed(cut: Sequence[Array], length: int) -> Fraction:
    """Distances between the sections of each two coders; only sections that share text have any.

    Of two units the squared offsets at both ends; of a unit in the other's gap its squared length.
    """
    total = 0
    for one, other in combinations(cut, 2):
        begins = np.union1d(one[:, 0], other[:, 0])
        own, its = (it[np.searchsorted(it[:, 0], begins, "right") - 1] for it in (one, other))
        offset, end_offset = own[:, 0] - its[:, 0], own[:, 1] - its[:, 1]
        inside = (own[:, 2] > its[:, 2]) & (offset >= 0) & (end_offset <= 0)
        around = (own[:, 2] < its[:, 2]) & (offset <= 0) & (end_offset >= 0)
        total += int((offset**2 + end_offset**2)[(own[:, 2] & its[:, 2]) > 0].sum())
        total += sum(int(((some[:, 1] - some[:, 0]) ** 2).sum()) for some in (own[inside], its[around]))
    return Fraction(2 * total, len(cut) * (len(cut) - 1) * length**2)


def _expected(cut: Sequence[Array], length: int) -> Fraction:
    """The same for all units laid anywhere in the text, against those of any coder."""
    sections = np.concatenate(cut)
    sizes = (sections[:, 1] - sections[:, 0]).astype(object)  # whole numbers of any size
    units, gaps = sizes[sections[:, 2] == 1], np.sort(sizes[sections[:, 2] == 0])
    places = np.append((gaps[::-1] + 1).cumsum()[::-1], 0)  # in each gap and all that are longer
    longer = np.searchsorted(gaps, units)
    room = places[longer] - (len(gaps) - longer) * units
    total = ((len(units) - 1) * (2 * units**3 - 3 * units**2 + units) + 3 * units**2 * room).sum()
    whole = len(cut) * length
    return Fraction(2 * total, 3 * length * (whole * (whole - 1) - (units * (units - 1)).sum()))
