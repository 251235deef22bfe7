"""Percentile bootstrap: how far a coefficient would move had other units been drawn.

Units are drawn with replacement, all coders of a unit together (Zapf, Castell, Morawietz & Karch 2016, BMC
Medical Research Methodology 16:93). What is drawn is how often each pattern of values occurs, so the work
grows with the number of different patterns and hardly with the number of units. Units are taken to be
independent: turns of one informant are not quite, and the interval is then somewhat too narrow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

TOO_FEW_UNITS = "too few units"
MOSTLY_UNDEFINED = "no variation in most resamples"


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How to bootstrap: the same seed and table give the same interval."""

    resamples: int = 1000
    level: float = 0.95
    seed: int = 1


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
    if sum(weights) < 2:
        return Interval(None, None, bootstrap.level, bootstrap.resamples, reason=TOO_FEW_UNITS)
    drawn = resamples(weights, bootstrap.resamples, Random(bootstrap.seed))
    values = sorted(value for weights_ in drawn if (value := statistic(weights_)) is not None)
    undefined = bootstrap.resamples - len(values)
    if 2 * len(values) <= bootstrap.resamples:
        return Interval(None, None, bootstrap.level, bootstrap.resamples, undefined, MOSTLY_UNDEFINED)
    tail = (1 - bootstrap.level) / 2
    low, high = quantile(values, tail), quantile(values, 1 - tail)
    return Interval(low, high, bootstrap.level, bootstrap.resamples, undefined)


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
    many_alike = units > 8 * len(weights)  # where counting single draws becomes the slower way
    patterns, cumulative = range(len(weights)), list(accumulate(weights))
    for _ in range(times):
        drawn = [0] * len(weights)
        if many_alike:
            left, mass = units, units
            for pattern in patterns:
                share = weights[pattern] / mass
                drawn[pattern] = binomial(left, share, random) if share < 1 else left
                left -= drawn[pattern]
                mass -= weights[pattern]
        else:
            for pattern in random.choices(patterns, cum_weights=cumulative, k=units):
                drawn[pattern] += 1
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
