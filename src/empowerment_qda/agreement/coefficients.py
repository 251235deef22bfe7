"""Coefficients of agreement between coders: a formula each, and what makes a value of it.

A formula takes a table (patterns x coders) and how often each of its patterns occurs, and gives observed and expected
agreement. `times` has patterns along its last axis; before it may stand axes of resamples and codes. Whole numbers give
exact fractions, for a value that no rounding carries over a bound; floats give floats, quick for a thousand resamples.

Two coders sorted 100 utterances into statements and requests (Artstein & Poesio 2008, Tables 2 and 3):

>>> table = {("stat", "stat"): 20, ("stat", "ireq"): 20, ("ireq", "stat"): 10, ("ireq", "ireq"): 50}
>>> [round(measure(one, table).value, 3) for one in (percent_agreement, brennan_prediger, scott_pi, cohen_kappa)]
[0.7, 0.4, 0.341, 0.348]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from empowerment_qda.agreement.bootstrap import Array, Bootstrap, Interval, percentile_intervals
from empowerment_qda.agreement.tables import Ratings, Table, make_table
from empowerment_qda.locale import msg

NO_UNITS = msg("no units")
ONE_CODER = msg("only one coder")
NO_PAIRS = msg("no pairable units")
NO_VARIATION = msg("no variation")
NOTHING_MARKED = msg("nothing marked")
NOT_TWO = msg("needs exactly two coders")
NOT_TWO_VALUES = msg("needs exactly two values")
NOT_NAMED = msg("needs to know who gave which rating")


class Parts(NamedTuple):
    """Observed and expected (by chance) agreement, or of alpha disagreement; NaN where units say nothing of it.

    Of whole numbers both are exact fractions: a formula divides by `divide`.
    """

    observed: Any
    expected: Any
    of_disagreement: bool = False

    @property
    def value(self) -> Any:
        """(observed - expected) / (1 - expected), or 1 - observed / expected; NaN where chance leaves no room."""
        observed, expected = self.observed, self.expected
        if np.asarray(observed).dtype == float:
            expected = np.asarray(expected, float)
        if self.of_disagreement:
            return divide(expected - observed, expected)
        return divide(observed - expected, 1 - expected)


Formula: TypeAlias = Callable[[Table, Array], Parts]


class Needs(NamedTuple):
    """What a formula needs: exactly two coders, only units that all coders rated; and why it may have no value."""

    two_coders: bool = False
    all_coders: bool = False
    undefined: str = NO_VARIATION


NEEDS: dict[Formula, Needs] = {}
"""Of the formulas that need more than two ratings of a unit."""


def needs(**what: Any) -> Callable[[Formula], Formula]:
    """Mark what a formula needs (see `Needs`)."""

    def mark(formula: Formula) -> Formula:
        NEEDS[formula] = Needs(**what)
        return formula

    return mark


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient, or None and the reason it has no value.

    `units` were rated by two coders or more, `dropped` by fewer. `observed` and `expected` (by chance) are
    agreement in the family of kappa and disagreement in that of alpha.
    """

    name: str
    value: float | None
    reason: str | None = None
    units: int = 0
    dropped: int = 0
    observed: Fraction | None = None
    expected: Fraction | None = None
    interval: Interval | None = None


def measure(
    formula: Formula,
    ratings: Ratings | Table,
    bootstrap: Bootstrap | None = None,
    categories: Collection[Hashable] = (),
) -> Coefficient:
    """The coefficient of a table, with its interval where one is asked for.

    `categories` are the values that could have been given: pass YES_NO for a yes/no question, or Brennan & Prediger's
    and Gwet's coefficients do not count a value that nobody used. What is not defined has the value None and a reason;
    there is never a NaN or an exception for it.
    """
    table = ratings if isinstance(ratings, Table) else make_table(ratings, categories)
    (found,) = measure_each(formula, table, table.times[None])
    if found.value is None or not bootstrap:
        return found
    (interval,) = percentile_intervals(
        lambda drawn: formula(table, drawn).value, 1, table.times, bootstrap, table.given.size
    )
    return replace(found, interval=interval)


def measure_each(formula: Formula, table: Table, times: Array) -> list[Coefficient]:
    """The coefficient for each row of `times` (rows x patterns), each how often the patterns of one table occur."""
    name = formula.func.__name__ if isinstance(formula, partial) else formula.__name__
    if NEEDS.get(formula, Needs()).all_coders:
        times = times * (table.rated == table.given.shape[1])
    units, dropped = (times[:, some].sum(axis=1).tolist() for some in (table.rated > 1, table.rated <= 1))
    reasons = [_find_reason(formula, table, row) for row in times]
    found = [Coefficient(name, None, *row) for row in zip(reasons, units, dropped, strict=True)]
    if all(reasons):
        return found
    parts = formula(table, times)
    observed, expected, values = (
        np.broadcast_to(np.asarray(one, object), len(times)) for one in (*parts[:2], parts.value)
    )
    if any(isinstance(one, float) and one == one for one in (*observed, *expected)):
        raise TypeError(f"{name} gives floats where whole numbers stand; it has to divide by `divide`")
    undefined = NEEDS.get(formula, Needs()).undefined
    return [
        one if one.reason else _give_value(one, seen, chance, value, undefined)
        for one, seen, chance, value in zip(found, observed, expected, values, strict=True)
    ]


def _give_value(one: Coefficient, observed: Any, expected: Any, value: Any, undefined: str) -> Coefficient:
    seen, chance = (None if part != part else Fraction(part) for part in (observed, expected))
    if value != value:
        return replace(one, reason=undefined, observed=seen, expected=chance)
    return replace(one, value=float(value), reason=None, observed=seen, expected=chance)


def _find_reason(formula: Formula, table: Table, times: Array) -> str | None:
    """Why the patterns, each so often, cannot give the coefficient, if they cannot."""
    ratings = times @ (table.given >= 0)
    if not ratings.any():
        return NO_UNITS
    if np.count_nonzero(ratings) < 2:
        return ONE_CODER
    if not suits(formula, len(ratings)):
        return NOT_TWO
    return None if times @ (table.rated > 1) else NO_PAIRS


def suits(formula: Formula, coders: int) -> bool:
    """Whether so many coders can be compared by a formula."""
    return coders == 2 or not NEEDS.get(formula, Needs()).two_coders


def divide(above: Any, below: Any) -> Any:
    """A quotient: of whole numbers and fractions an exact fraction, of floats a float; NaN where `below` is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if float in (np.asarray(above).dtype, np.asarray(below).dtype):
            return np.where(below == 0, np.nan, above / below)
        return _DIVIDE(above, below)


def _divide_exactly(above: Any, below: Any) -> Any:
    return Fraction(above) / below if below and above == above else float("nan")


_DIVIDE = np.frompyfunc(_divide_exactly, 2, 1)


def percent_agreement(table: Table, times: Array) -> Parts:
    """Share of agreeing pairs of coders in a unit, averaged over the units that two coders or more rated.

    >>> measure(percent_agreement, [("a", "a", "b"), ("b", "b", "b"), ("a", None, None)]).value  # (1/3 + 1) / 2
    0.6666666666666666
    """
    alike = sum(
        (one == other) & (one >= 0) for at, one in enumerate(table.given.T) for other in table.given.T[:at]
    )
    agreed: Any = 0
    units: Any = 0
    for rated in _sizes(table, 2):
        of_size = np.where(table.rated == rated, 1, 0)
        agreed = agreed + divide(times @ (alike * of_size), rated * (rated - 1) // 2)
        units = units + times @ of_size
    return Parts(divide(agreed, units), 0)


def _sizes(table: Table, least: int) -> Iterable[int]:
    """The different numbers of coders, from `least` up, who rated a unit."""
    return (rated for rated in np.unique(table.rated).tolist() if rated >= least)


@needs(two_coders=True)
def cohen_kappa(table: Table, times: Array) -> Parts:
    """Cohen's kappa: two coders, each with their own chance of using a value (Cohen 1960, p. 45).

    >>> table = {("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18, ("2", "1"): 10, ("2", "2"): 40,
    ...          ("2", "3"): 10, ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12}
    >>> round(measure(cohen_kappa, table).value, 3)
    0.492
    >>> measure(cohen_kappa, [("a", "a"), ("a", "a")]).reason
    'no variation'
    """
    times = times * (table.rated == 2)
    rows, columns = (times @ _chosen(table, coder) for coder in (0, 1))
    same, units = times @ (table.given[:, 0] == table.given[:, 1]), times.sum(axis=-1)
    return Parts(divide(same, units), divide((rows * columns).sum(axis=-1), units * units))


def _chosen(table: Table, coder: int) -> Array:
    """Whether a coder gave each value, as 0 and 1: patterns x values."""
    return np.equal.outer(table.given[:, coder], np.arange(len(table.values))).astype(np.int64)


def conger_kappa(table: Table, times: Array) -> Parts:
    """Conger's kappa: Cohen's for any number of coders, each with their own chance of using a value.

    Chance is averaged over pairs of coders. Conger (1980), Psychological Bulletin 88:322-328; with missing ratings as in
    Gwet (2014, ch. 2): the shares of a coder are those of all the units that they rated. Of two coders who rated every
    unit it is Cohen's. The four coders of `krippendorff_alpha`, by irrCAC 0.4.4:

    >>> coders = ["123321412___", "1233224125_3", "_3332342251_", "12332441251_"]
    >>> units = [[None if value == "_" else value for value in unit] for unit in zip(*coders)]
    >>> round(measure(conger_kappa, units).value, 6), round(measure(fleiss_kappa, units).value, 6)
    (0.762067, 0.761169)
    """
    total: Any = 0
    squares: Any = 0
    coders: Any = 0
    for coder in range(table.given.shape[1]):
        given = times @ _chosen(table, coder)
        number = given.sum(axis=-1, keepdims=True)
        shares = divide(given, np.where(number > 0, number, 1).astype(number.dtype))
        total, squares = total + shares, squares + shares * shares
        coders = coders + np.where(number[..., 0] > 0, 1, 0).astype(number.dtype)
    both = (total * total - squares).sum(axis=-1)
    return Parts(percent_agreement(table, times).observed, divide(both, coders * (coders - 1)))


def fleiss_kappa(table: Table, times: Array) -> Parts:
    """Fleiss' kappa: Scott's pi for any number of coders (Fleiss 1971).

    Units with missing values as in Gwet (2014, ch. 2): those rated once still tell how common a value is.
    """
    shares = pooled_shares(table, times)
    return Parts(percent_agreement(table, times).observed, (shares * shares).sum(axis=-1))


def pooled_shares(table: Table, times: Array) -> Any:
    """How common each value is among all coders: each unit weighs the same, however many of them rated it."""
    shares: Any = 0
    units: Any = 0
    for rated in _sizes(table, 1):
        of_size = np.where(table.rated == rated, 1, 0)
        shares = shares + divide(times @ (table.counts * of_size[:, None]), rated)
        units = units + times @ of_size
    return divide(shares, np.expand_dims(units, -1))


@needs(two_coders=True)
def scott_pi(table: Table, times: Array) -> Parts:
    """Scott's pi: two coders with one chance of using a value, pooled from both (Scott 1955)."""
    return fleiss_kappa(table, times)


def brennan_prediger(table: Table, times: Array) -> Parts:
    """Brennan & Prediger's kappa (1981): every value is as likely by chance. For two coders Bennett's S; of yes and no
    PABAK, 2 * percent - 1 (Byrt, Bishop & Carlin 1993).
    """
    return Parts(percent_agreement(table, times).observed, Fraction(1, len(table.values)))


def gwet_ac1(table: Table, times: Array) -> Parts:
    """Gwet's AC1: chance agreement only on hard units, so steady where a value is rare or nearly universal.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61:29-48. The same 85% of agreement, with a
    common and with a rare code (Feinstein & Cicchetti 1990):

    >>> for a, b, c, d in ((40, 9, 6, 45), (80, 10, 5, 5)):
    ...     table = {(True, True): a, (True, False): b, (False, True): c, (False, False): d}
    ...     [round(measure(one, table).value, 2) for one in (percent_agreement, cohen_kappa, gwet_ac1)]
    [0.85, 0.7, 0.7]
    [0.85, 0.32, 0.81]
    """
    shares = pooled_shares(table, times)
    chance = divide((shares * (1 - shares)).sum(axis=-1), len(table.values) - 1)
    return Parts(percent_agreement(table, times).observed, chance)


@needs(all_coders=True, undefined=NOTHING_MARKED)
def jaccard(table: Table, times: Array) -> Parts:
    """Of a yes/no table: units marked by all coders / marked by any; what nobody marked does not count.

    1000 characters of which both coded 50 and one alone 150 (the coding comparison in the help of NVivo): 85%
    agreement, nearly all of it on text that nobody coded.

    >>> table = {(True, True): 50, (True, False): 150, (False, False): 800}
    >>> [measure(one, table, categories=(True, False)).value for one in (percent_agreement, jaccard, f1)]
    [0.85, 0.25, 0.4]
    """
    marked = (table.given == 0).sum(axis=1)
    return Parts(divide(times @ (marked == table.given.shape[1]), times @ (marked > 0)), 0)


@needs(two_coders=True, all_coders=True, undefined=NOTHING_MARKED)
def f1(table: Table, times: Array) -> Parts:
    """Of a yes/no table: twice what both marked / the sum of what each marked (Dice): precision and recall in one."""
    marked = (table.given == 0).sum(axis=1)
    return Parts(divide(2 * (times @ (marked == 2)), times @ marked), 0)


@needs(two_coders=True, all_coders=True)
def prevalence_index(table: Table, times: Array) -> Parts:
    """Of a yes/no table: share of units that both marked, less that of units that neither did: -1 to 1, and 0 for a code in
    half of them.
    """
    return Parts(divide(times @ ((table.given == 0).sum(axis=1) - 1), times.sum(axis=-1)), 0)


@needs(two_coders=True, all_coders=True)
def bias_index(table: Table, times: Array) -> Parts:
    """Of a yes/no table: how much larger a share of units the first coder marked than the second: -1 to 1.

    With the prevalence index it tells what parts kappa from PABAK. Byrt, Bishop & Carlin (1993), Journal of Clinical
    Epidemiology 46:423-429; the table is that of Cunningham (2009), More than just the kappa coefficient, figure 2:

    >>> table = {(True, True): 95, (True, False): 4, (False, True): 1}
    >>> [measure(one, table, categories=(True, False)).value for one in (prevalence_index, bias_index)]
    [0.95, 0.03]
    """
    return Parts(divide(times @ (table.given[:, 1] - table.given[:, 0]), times.sum(axis=-1)), 0)


def pooled_kappa(kappas: Sequence[Coefficient]) -> Coefficient:
    """One kappa over several codes: average agreement against average chance, not an average of kappas.

    Codes without variation weigh nothing, codes without units are left out. De Vries, Elliott, Kanouse &
    Teleki (2008), Field Methods 20:272-282.
    """
    reason = next((one.reason for one in kappas if one.reason), NO_UNITS)
    units = max((one.units for one in kappas), default=0)
    dropped = max((one.dropped for one in kappas), default=0)
    pooled = Coefficient("pooled_kappa", None, reason, units, dropped)
    known = [
        (one.observed, one.expected)
        for one in kappas
        if one.observed is not None and one.expected is not None
    ]
    if not known:
        return pooled
    observed, expected = (np.array(part, object) for part in zip(*known, strict=True))
    seen, chance, _ = parts = pool(Parts(observed, expected))
    return _give_value(pooled, seen.item(), chance.item(), parts.value.item(), NO_VARIATION)


def pool(parts: Parts) -> Parts:
    """The average of each over the last axis, that of codes."""
    seen, chance = (
        divide(part.sum(axis=-1, keepdims=True), part.shape[-1]) for part in (parts.observed, parts.expected)
    )
    return Parts(seen, chance)
