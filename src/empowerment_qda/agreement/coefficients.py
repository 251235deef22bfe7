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

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from empowerment_qda.agreement.bootstrap import Bootstrap, Interval, percentile_intervals
from empowerment_qda.agreement.tables import Array, Ratings, Table, make_table
from empowerment_qda.locale import msg

NO_UNITS = msg("no units")
ONE_CODER = msg("only one coder")
NO_PAIRS = msg("no pairable units")
NO_VARIATION = msg("no variation")
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

OF_TWO: set[Formula] = set()
"""The formulas that compare exactly two coders."""


def of_two_coders(formula: Formula) -> Formula:
    """Mark a formula that compares exactly two coders."""
    OF_TWO.add(formula)
    return formula


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
    pairable = times[:, table.rated > 1].sum(axis=1).tolist()
    dropped = times[:, table.rated <= 1].sum(axis=1).tolist()
    reasons = list(_find_reasons(formula, table, times))
    if all(reasons):
        return [Coefficient(name, None, *row) for row in zip(reasons, pairable, dropped, strict=True)]
    parts = formula(table, times)
    observed, expected, values = (
        np.broadcast_to(np.asarray(one, object), len(times)) for one in (*parts[:2], parts.value)
    )
    if any(isinstance(one, float) and one == one for one in (*observed, *expected)):
        raise TypeError(f"{name} gives floats where whole numbers stand; it has to divide by `divide`")
    found = []
    for at, reason in enumerate(reasons):
        if reason:
            found.append(Coefficient(name, None, reason, pairable[at], dropped[at]))
            continue
        seen, chance = (None if one != one else Fraction(one) for one in (observed[at], expected[at]))
        value = None if values[at] != values[at] else float(values[at])
        reason = NO_VARIATION if value is None else None
        found.append(Coefficient(name, value, reason, pairable[at], dropped[at], seen, chance))
    return found


def _find_reasons(formula: Formula, table: Table, times: Array) -> Iterator[str | None]:
    """Why each row cannot give the coefficient, if it cannot."""
    coders = table.given.shape[1]
    for ratings_of, pairable in zip(times @ (table.given >= 0), times @ (table.rated > 1), strict=True):
        if not ratings_of.any():
            yield NO_UNITS
        elif (ratings_of > 0).sum() < 2:
            yield ONE_CODER
        elif not suits(formula, coders):
            yield NOT_TWO
        else:
            yield None if pairable else NO_PAIRS


def suits(formula: Formula, coders: int) -> bool:
    """Whether so many coders can be compared by a formula."""
    return coders == 2 or formula not in OF_TWO


def divide(above: Any, below: Any) -> Any:
    """A quotient: of whole numbers and fractions an exact fraction, of floats a float; NaN where `below` is 0."""
    if float in (np.asarray(above).dtype, np.asarray(below).dtype):
        with np.errstate(divide="ignore", invalid="ignore"):
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


@of_two_coders
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


@of_two_coders
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


def pooled_kappa(kappas: Iterable[Coefficient]) -> Coefficient:
    """One kappa over several codes: average agreement against average chance, not an average of kappas.

    Codes without variation weigh nothing, codes without units are left out. De Vries, Elliott, Kanouse &
    Teleki (2008), Field Methods 20:272-282.
    """
    observed, expected, units, dropped, reason = [], [], 0, 0, None
    for kappa in kappas:
        reason = reason or kappa.reason
        units, dropped = max(units, kappa.units), max(dropped, kappa.dropped)
        if kappa.observed is not None and kappa.expected is not None:
            observed.append(kappa.observed)
            expected.append(kappa.expected)
    if not observed:
        return Coefficient("pooled_kappa", None, reason or NO_UNITS, units, dropped)
    seen, chance = sum(observed, Fraction()) / len(observed), sum(expected, Fraction()) / len(expected)
    if chance == 1:
        return Coefficient("pooled_kappa", None, NO_VARIATION, units, dropped, seen, chance)
    return Coefficient(
        "pooled_kappa", float((seen - chance) / (1 - chance)), None, units, dropped, seen, chance
    )
