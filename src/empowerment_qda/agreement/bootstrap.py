"""Percentile bootstrap: how far a coefficient would move had other units been drawn.

Units are drawn with replacement, all coders of a unit together (Zapf, Castell, Morawietz & Karch 2016, BMC Medical
Research Methodology 16:93). Units are taken to be independent: turns of one informant are not quite, and the interval is
then somewhat too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
TOO_FEW_UNITS = "too few units"
MOSTLY_UNDEFINED = "no variation in most resamples"

AT_ONCE, MOST_NUMBERS = 500, 1 << 23
"""Resamples that are worked out together, and numbers that they may take in memory (64 MB)."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How to bootstrap: the same seed and table give the same interval. `watch` is told how many resamples are done."""

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


def percentile_intervals(
    statistics: Callable[[Array], Array], number: int, times: Array, bootstrap: Bootstrap, width: int = 1
) -> list[Interval]:
    """The interval of each of that number of statistics, all worked out on the same resamples.

    `times` (patterns) tells how often each pattern of a table occurs. `statistics` takes the same of some resamples
    (resamples x patterns) and gives their values (resamples x number), NaN where there is none; on its way it holds about
    `width` numbers for each resample.
    """
    if times.sum() < 2:
        return [Interval(None, None, bootstrap.level, bootstrap.resamples, reason=TOO_FEW_UNITS)] * number
    found = []
    for drawn in resample(times, bootstrap, max(width, len(times))):
        found.append(statistics(drawn).reshape(len(drawn), number))
        bootstrap.watch(sum(map(len, found)))
    return [_bounds(values[~np.isnan(values)], bootstrap) for values in np.concatenate(found).T]


def resample(times: Array, bootstrap: Bootstrap, width: int = 1) -> Iterator[Array]:
    """How often each pattern is drawn among as many units, as likely as it is frequent: resamples x patterns, in parts."""
    random = np.random.default_rng([abs(bootstrap.seed), bootstrap.seed < 0])
    units, left = int(times.sum()), bootstrap.resamples
    while left:
        size = min(left, AT_ONCE, max(MOST_NUMBERS // width, 1))
        yield random.multinomial(units, times / units, size).astype(float)
        left -= size


def _bounds(values: Array, bootstrap: Bootstrap) -> Interval:
    level, resamples = bootstrap.level, bootstrap.resamples
    undefined = resamples - len(values)
    if 2 * len(values) <= resamples:
        return Interval(None, None, level, resamples, undefined, MOSTLY_UNDEFINED)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    # Machines add floats up in different orders: twelve decimals are the same on all of them, and .8 is not .7999999999999999.
    return Interval(round(float(low), 12), round(float(high), 12), level, resamples, undefined)
