"""Percentile bootstrap: how far a coefficient would move had other units been drawn.

Units are drawn with replacement, all coders of a unit together (Zapf, Castell, Morawietz & Karch 2016, BMC
Medical Research Methodology 16:93). What is drawn is how often each pattern of values occurs, so the work
grows with the number of different patterns and hardly with the number of units. Units are taken to be
independent: turns of one informant are not quite, and the interval is then somewhat too narrow.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

TOO_FEW_UNITS = "too few units"
MOSTLY_UNDEFINED = "no variation in most resamples"


Statistics: TypeAlias = Callable[[Sequence[int]], Sequence[float | None]]
"""From how often each pattern occurs to several values; None where there is no variation."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How to bootstrap: the same seed and table give the same interval. `watch` is told how many draws are done."""

    resamples: int = 1000
    level: float = 0.95
    seed: int = 1
    watch: Callable[[int], None] = field(default=lambda done: None, compare=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a coefficient, or None and the reason; `undefined` resamples had none and are left out."""

    low: float | None
    high: float | None
    level: float
    resamples: int
    undefined: int = 0
    reason: str | None = None


def percentile_interval(
    statistic: Callable[[Sequence[int]], float | None], weights: Sequence[int], bootstrap: Bootstrap
) -> Interval:
    """Bounds of `statistic`, a function of how often each pattern occurs; `weights` is how often it did."""
    (interval,) = percentile_intervals(lambda drawn: (statistic(drawn),), 1, weights, bootstrap)
    return interval


def percentile_intervals(
    statistics: Statistics, number: int, weights: Sequence[int], bootstrap: Bootstrap
) -> list[Interval]:
    """Bounds of that number of statistics, all worked out on the same draws."""
    level, times = bootstrap.level, bootstrap.resamples
    if sum(weights) < 2:
        return [Interval(None, None, level, times, reason=TOO_FEW_UNITS)] * number
    found: list[list[float]] = [[] for _ in range(number)]
    for done, drawn in enumerate(resamples(weights, times, Random(bootstrap.seed)), 1):
        for values, value in zip(found, statistics(drawn), strict=True):
            if value is not None:
                values.append(value)
        bootstrap.watch(done)
    return [_bounds(sorted(values), bootstrap) for values in found]


def _bounds(values: Sequence[float], bootstrap: Bootstrap) -> Interval:
    level, times = bootstrap.level, bootstrap.resamples
    undefined = times - len(values)
    if 2 * len(values) <= times:
        return Interval(None, None, level, times, undefined, MOSTLY_UNDEFINED)
    tail = (1 - level) / 2
    return Interval(quantile(values, tail), quantile(values, 1 - tail), level, times, undefined)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the ordered values lie, interpolated between neighbours.

    >>> quantile([1, 2, 4], 0.5), quantile([1, 2, 4], 0.75)
    (2.0, 3.0)
    """
    place = share * (len(ordered) - 1)
    below = min(int(place), len(ordered) - 2) if len(ordered) > 1 else 0
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def resamples(weights: Sequence[int], times: int, random: Random) -> Iterator[list[int]]:
    """Draw `times` tables of as many units, each pattern as likely as it is frequent (multinomial)."""
    units = sum(weights)
    if units > 8 * len(weights):  # where drawing single units becomes the slower way
        yield from _draw_patterns(weights, units, times, random)
        return
    population = [pattern for pattern, weight in enumerate(weights) for _ in range(weight)]
    for _ in range(times):
        drawn = [0] * len(weights)
        for pattern, often in Counter(random.choices(population, k=units)).items():
            drawn[pattern] = often
        yield drawn


def _draw_patterns(weights: Sequence[int], units: int, times: int, random: Random) -> Iterator[list[int]]:
    """How many units of each pattern, one pattern after the other."""
    for _ in range(times):
        drawn = [0] * len(weights)
        left, mass = units, units
        for pattern, weight in enumerate(weights):
            share = weight / mass
            drawn[pattern] = binomial(left, share, random) if share < 1 else left
            left -= drawn[pattern]
            mass -= weight
        yield drawn


def binomial(trials: int, chance: float, random: Random) -> int:
    """Successes among `trials`, exactly distributed: split at a beta-distributed order statistic.

    Python has its own only from 3.12 on. Source: Ahrens & Dieter (1974), Computing 12:223-246.
    """
    successes = 0
    while trials > 24:
        middle = (trials + 1) // 2
        split = random.betavariate(middle, trials + 1 - middle)
        if split <= chance:
            successes += middle
            trials -= middle
            chance = (chance - split) / (1 - split)
        else:
            trials = middle - 1
            chance /= split
    draw = random.random
    return successes + sum(draw() < chance for _ in range(trials))
