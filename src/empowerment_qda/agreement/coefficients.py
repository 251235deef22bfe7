"""Coefficients of agreement between coders, from a table of ratings (see `tables`).

Each is exact: sums are whole numbers or fractions, divided once at the end. A coefficient that is not defined
is a `Coefficient` with the value None and the reason; there is never a NaN or an exception for it. With
`bootstrap=Bootstrap()` each carries an interval.

Two coders sorted 100 utterances into statements and requests (Artstein & Poesio 2008, Tables 2 and 3):

>>> table = {("stat", "stat"): 20, ("stat", "ireq"): 20, ("ireq", "stat"): 10, ("ireq", "ireq"): 50}
>>> [round(f(table).value, 3) for f in (percent_agreement, brennan_prediger, scott_pi, cohen_kappa)]
[0.7, 0.4, 0.341, 0.348]
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from empowerment_qda.agreement.bootstrap import Bootstrap, Interval, percentile_interval
from empowerment_qda.agreement.distances import Distance
from empowerment_qda.agreement.parts import (
    Parts,
    Prepared,
    distances_within,
    own_shares,
    pairs_of_shares,
    pooled,
    same_by_chance,
)
from empowerment_qda.agreement.spread import DistanceName
from empowerment_qda.agreement.tables import Pattern, Ratings, count_patterns, rated

NO_UNITS = "no units"
ONE_CODER = "only one coder"
NO_PAIRS = "no pairable units"
NO_VARIATION = "no variation"
NOT_TWO = "needs exactly two coders"
NOT_TWO_VALUES = "needs exactly two values"
NOT_NAMED = "needs to know who gave which rating"


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


@dataclass(frozen=True, slots=True)
class Way:
    """How a coefficient comes from a table: count, prepare, divide.

    `at_least` ratings let a unit take part; `two_coders` says that no other number of them will do.
    """

    name: str
    prepare: Callable[[Sequence[Pattern]], Prepared]
    divide: Callable[[Parts], float | None]
    at_least: int = 2
    two_coders: bool = False

    def suits(self, coders: int) -> bool:
        """Whether so many coders can be compared by it."""
        return coders == 2 or not self.two_coders

    def measure(self, ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
        """The coefficient of a table, with its interval where one is asked for."""
        counts = count_patterns(ratings)
        pairable = sum(times for pattern, times in counts.items() if rated(pattern) > 1)
        dropped = counts.total() - pairable
        if reason := _undefined(counts, pairable, self.two_coders):
            return Coefficient(self.name, None, reason, pairable, dropped)
        kept = {pattern: times for pattern, times in counts.items() if rated(pattern) >= self.at_least}
        parts, weights = self.prepare(list(kept)), list(kept.values())
        whole = parts(weights)
        observed, expected = (
            Fraction(whole[0], whole[1]),
            Fraction(whole[2], whole[3]) if whole[3] else None,
        )
        value = self.divide(whole)
        if value is None:
            return Coefficient(self.name, None, NO_VARIATION, pairable, dropped, observed, expected)
        interval = None
        if bootstrap:
            interval = percentile_interval(lambda drawn: self.divide(parts(drawn)), weights, bootstrap)
        return Coefficient(self.name, value, None, pairable, dropped, observed, expected, interval)

    def bind(self, patterns: Sequence[Pattern]) -> Callable[[Sequence[int]], float | None]:
        """The value from how often each of these patterns occurs, for tables that are counted a thousand times."""
        kept = [at for at, pattern in enumerate(patterns) if rated(pattern) >= self.at_least]
        parts = self.prepare([patterns[at] for at in kept])
        if len(kept) == len(patterns):
            return lambda weights: self.divide(parts(weights))
        return lambda weights: self.divide(parts([weights[at] for at in kept]))


def _from_agreement(parts: Parts) -> float | None:
    """(observed - expected) / (1 - expected)."""
    a, b, c, d = parts
    below = b * (d - c)
    return (a * d - b * c) / below if below else None


def _from_disagreement(parts: Parts) -> float | None:
    """1 - observed / expected."""
    a, b, c, d = parts
    below = b * c
    return (below - a * d) / below if below else None


def _by_gwet(shares: Sequence[int], whole: int) -> tuple[int, int]:
    return sum(share * (whole - share) for share in shares), (len(shares) - 1) * whole * whole


PERCENT = Way("percent_agreement", pooled(lambda shares, whole: (0, 1)), _from_agreement)
COHEN = Way("cohen_kappa", own_shares, _from_agreement, two_coders=True)
CONGER = Way("conger_kappa", pairs_of_shares, _from_agreement, at_least=1)
SCOTT = Way("scott_pi", pooled(same_by_chance), _from_agreement, at_least=1, two_coders=True)
FLEISS = Way("fleiss_kappa", pooled(same_by_chance), _from_agreement, at_least=1)


def way_of_brennan_prediger(categories: Collection[Hashable] = ()) -> Way:
    """Chance is one in as many values as there are."""
    prepare = pooled(lambda shares, whole: (1, len(shares)), categories)
    return Way("brennan_prediger", prepare, _from_agreement, at_least=1)


def way_of_gwet(categories: Collection[Hashable] = ()) -> Way:
    """Chance is largest where all values are as common."""
    return Way("gwet_ac1", pooled(_by_gwet, categories), _from_agreement, at_least=1)


def way_of_alpha(distance: DistanceName | Distance = "nominal") -> Way:
    """Disagreement within units over that of all ratings."""
    return Way(
        "krippendorff_alpha", lambda patterns: distances_within(patterns, distance), _from_disagreement
    )


def percent_agreement(ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
    """Share of agreeing pairs of coders in a unit, averaged over the units that two coders or more rated.

    >>> percent_agreement([("a", "a", "b"), ("b", "b", "b"), ("a", None, None)]).value  # (1/3 + 1) / 2
    0.6666666666666666
    """
    return PERCENT.measure(ratings, bootstrap)


def cohen_kappa(ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
    """Cohen's kappa: two coders, each with their own chance of using a value (Cohen 1960, p. 45).

    >>> table = {("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18, ("2", "1"): 10, ("2", "2"): 40,
    ...          ("2", "3"): 10, ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12}
    >>> round(cohen_kappa(table).value, 3)
    0.492
    >>> cohen_kappa([("a", "a"), ("a", "a")]).reason
    'no variation'
    """
    return COHEN.measure(ratings, bootstrap)


def conger_kappa(ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
    """Conger's kappa: Cohen's for any number of coders, each with their own chance of using a value (Conger 1980).

    Of two coders who rated every unit it is Cohen's. The four coders of `krippendorff_alpha`, by irrCAC 0.4.4:

    >>> coders = ["123321412___", "1233224125_3", "_3332342251_", "12332441251_"]
    >>> units = [[None if value == "_" else value for value in unit] for unit in zip(*coders)]
    >>> round(conger_kappa(units).value, 6), round(fleiss_kappa(units).value, 6)
    (0.762067, 0.761169)
    """
    return CONGER.measure(ratings, bootstrap)


def scott_pi(ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
    """Scott's pi: two coders with one chance of using a value, pooled from both (Scott 1955)."""
    return SCOTT.measure(ratings, bootstrap)


def fleiss_kappa(ratings: Ratings, bootstrap: Bootstrap | None = None) -> Coefficient:
    """Fleiss' kappa: Scott's pi for any number of coders (Fleiss 1971).

    Units with missing values as in Gwet (2014, ch. 2): those rated once still tell how common a value is.
    """
    return FLEISS.measure(ratings, bootstrap)


def brennan_prediger(
    ratings: Ratings, bootstrap: Bootstrap | None = None, categories: Collection[Hashable] = ()
) -> Coefficient:
    """Brennan & Prediger's kappa (1981): every value is as likely by chance. For two coders Bennett's S; of yes and no
    PABAK, 2 * percent - 1 (Byrt, Bishop & Carlin 1993).

    `categories` are the values that could have been given: pass YES_NO for a yes/no question, or a value
    that nobody used is not counted.
    """
    return way_of_brennan_prediger(categories).measure(ratings, bootstrap)


def gwet_ac1(
    ratings: Ratings, bootstrap: Bootstrap | None = None, categories: Collection[Hashable] = ()
) -> Coefficient:
    """Gwet's AC1: chance agreement only on hard units, so steady where a value is rare or nearly universal.

    `categories` as for `brennan_prediger`. Gwet (2008), British Journal of Mathematical and Statistical
    Psychology 61:29-48. The same 85% of agreement, with a common and with a rare code (Feinstein & Cicchetti
    1990):

    >>> for a, b, c, d in ((40, 9, 6, 45), (80, 10, 5, 5)):
    ...     table = {(True, True): a, (True, False): b, (False, True): c, (False, False): d}
    ...     [round(f(table).value, 2) for f in (percent_agreement, cohen_kappa, gwet_ac1)]
    [0.85, 0.7, 0.7]
    [0.85, 0.32, 0.81]
    """
    return way_of_gwet(categories).measure(ratings, bootstrap)


def krippendorff_alpha(
    ratings: Ratings, bootstrap: Bootstrap | None = None, distance: DistanceName | Distance = "nominal"
) -> Coefficient:
    """Krippendorff's alpha: any number of coders, missing values, any distance between two values.

    `distance` is a name (`jaccard` and `masi` for sets of codes, `ordinal`, `interval` and `ratio` for
    numbers) or a symmetric function that is 0 for two equal values. Ordinal values must sort from low to
    high. Units rated once are dropped. Four coders, twelve units (Krippendorff 2011, sections C and D):

    >>> coders = ["123321412___", "1233224125_3", "_3332342251_", "12332441251_"]
    >>> units = [[None if value == "_" else int(value) for value in unit] for unit in zip(*coders)]
    >>> [round(krippendorff_alpha(units, distance=name).value, 3)
    ...  for name in ("nominal", "ordinal", "interval", "ratio")]
    [0.743, 0.815, 0.849, 0.797]
    """
    return way_of_alpha(distance).measure(ratings, bootstrap)


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
    value = float((seen - chance) / (1 - chance))
    return Coefficient("pooled_kappa", value, None, units, dropped, seen, chance)


def _undefined(counts: Counter[Pattern], pairable: int, two_coders: bool) -> str | None:
    """Why a table cannot give any coefficient, if it cannot."""
    ratings_of = [sum(value is not None for value in column) for column in zip(*counts, strict=True)]
    if not any(ratings_of):
        return NO_UNITS
    if sum(map(bool, ratings_of)) < 2:
        return ONE_CODER
    if two_coders and len(ratings_of) != 2:
        return NOT_TWO
    return None if pairable else NO_PAIRS
