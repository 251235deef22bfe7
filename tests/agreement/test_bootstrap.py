"""Intervals: drawn like units, repeatable, honest about what had no value."""

from collections import Counter
from itertools import pairwise
from random import Random
from statistics import fmean, pvariance, quantiles
from typing import Any

import numpy as np
import pytest

from empowerment_qda.agreement import bootstrap as module
from empowerment_qda.agreement.bootstrap import Bootstrap, Interval, percentile_intervals, resample
from empowerment_qda.agreement.coefficients import cohen_kappa, gwet_ac1, measure, percent_agreement
from empowerment_qda.agreement.krippendorff import krippendorff_alpha

SKEWED = {(True, True): 80, (True, False): 10, (False, True): 5, (False, False): 5}


def interval_of(table: dict[tuple[bool, bool], int], bootstrap: Bootstrap) -> Interval:
    """The interval of Cohen's kappa, which must be there."""
    interval = measure(cohen_kappa, table, bootstrap).interval
    assert interval is not None
    return interval


@pytest.mark.parametrize("times", [[3, 1, 4, 2], [300, 100, 400, 200]])
def test_resamples_keep_the_units_and_the_shares(times: list[int]) -> None:
    drawn = np.concatenate(list(resample(np.array(times), Bootstrap(4000, seed=2))))
    units = sum(times)
    assert drawn.shape == (4000, len(times))
    assert set(drawn.sum(axis=1)) == {units}
    for column, number in zip(drawn.T, times, strict=True):
        share = number / units
        assert fmean(column) == pytest.approx(number, rel=0.03)
        assert pvariance(column) == pytest.approx(units * share * (1 - share), rel=0.1)


def test_in_how_many_parts_resamples_are_worked_out_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    whole = interval_of(SKEWED, Bootstrap(250))
    monkeypatch.setattr(module, "AT_ONCE", 100)
    assert interval_of(SKEWED, Bootstrap(250, watch=told.append)) == whole
    assert told == [100, 200, 250]
    monkeypatch.setattr(module, "MOST_NUMBERS", 9)  # tables too wide for more than one at a time
    assert interval_of(SKEWED, Bootstrap(250)) == whole


def test_any_whole_number_is_a_seed() -> None:
    assert interval_of(SKEWED, Bootstrap(200, seed=-3)) != interval_of(SKEWED, Bootstrap(200, seed=3))
    assert interval_of(SKEWED, Bootstrap(200, seed=0)) != interval_of(SKEWED, Bootstrap(200, seed=2**70))


def test_interval_is_that_of_drawing_unit_by_unit() -> None:
    units = list(Counter(SKEWED).elements())
    random = Random(11)
    slow = [measure(cohen_kappa, random.choices(units, k=len(units))).value for _ in range(2000)]
    low, *_, high = quantiles([value for value in slow if value is not None], n=40)
    interval = interval_of(SKEWED, Bootstrap(4000))
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=0.04)


def test_interval_of_percent_agreement_is_near_the_normal_one() -> None:
    result = measure(percent_agreement, {("a", "a"): 850, ("a", "b"): 150}, Bootstrap(4000))
    half = 1.96 * (0.85 * 0.15 / 1000) ** 0.5
    assert result.interval is not None
    assert (result.interval.low, result.interval.high) == pytest.approx((0.85 - half, 0.85 + half), abs=0.003)


def test_same_seed_same_interval_another_seed_another() -> None:
    assert interval_of(SKEWED, Bootstrap(200, seed=3)) == interval_of(SKEWED, Bootstrap(200, seed=3))
    assert interval_of(SKEWED, Bootstrap(200, seed=3)) != interval_of(SKEWED, Bootstrap(200, seed=4))


def test_interval_narrows_with_units_and_with_a_lower_level() -> None:
    many = {pattern: times * 100 for pattern, times in SKEWED.items()}
    bounds = [
        interval_of(many, Bootstrap()),
        interval_of(SKEWED, Bootstrap(level=0.8)),
        interval_of(SKEWED, Bootstrap()),
    ]
    widths = [(bound.high or 0) - (bound.low or 0) for bound in bounds]
    assert all(one < other for one, other in pairwise(widths))
    assert all((bound.low or 0) < 0.318182 < (bound.high or 0) for bound in bounds)


def test_resamples_without_variation_are_counted_and_left_out() -> None:
    rare = {(False, False): 38, (True, True): 1, (True, False): 1}
    interval = interval_of(rare, Bootstrap(2000))
    assert interval.undefined == pytest.approx(2000 * (38 / 40) ** 40, abs=60)
    assert interval.low is not None
    # with the answers named, AC1 has a value in all of them
    ac1 = measure(gwet_ac1, rare, Bootstrap(2000), categories=(True, False)).interval
    assert ac1 is not None
    assert ac1.undefined == 0


def test_only_units_that_take_part_are_drawn() -> None:
    table = {("a", "a"): 20, ("a", "b"): 1, (None, "a"): 9}
    interval = measure(krippendorff_alpha, table, Bootstrap(500)).interval
    assert interval is not None
    assert interval.undefined == pytest.approx(500 * (20 / 21) ** 21, abs=40)


def test_mostly_undefined_resamples_give_no_interval_but_a_reason() -> None:
    def seldom(drawn: Any) -> Any:
        return np.where(drawn[:, 0] == 2, 1.0, np.nan)  # one in four

    (interval,) = percentile_intervals(seldom, 1, np.array([1, 1]), Bootstrap(400))
    assert (interval.low, interval.high, interval.reason) == (None, None, "no variation in most resamples")
    assert interval.undefined == pytest.approx(300, abs=40)


def test_half_of_the_resamples_are_not_enough_for_an_interval() -> None:
    for defined, reason in ((10, "no variation in most resamples"), (11, None)):
        (interval,) = percentile_intervals(
            lambda drawn, defined=defined: np.where(np.arange(len(drawn)) < defined, 0.5, np.nan),  # type: ignore[misc]
            1,
            np.array([5, 5]),
            Bootstrap(20),
        )
        assert (interval.reason, interval.undefined) == (reason, 20 - defined)


def test_one_unit_gives_no_interval_but_a_reason() -> None:
    interval = measure(krippendorff_alpha, [("a", "b", "a")], Bootstrap(50)).interval
    assert interval == Interval(None, None, 0.95, 50, 0, "too few units")


def test_no_interval_unless_asked() -> None:
    assert measure(cohen_kappa, SKEWED).interval is None


def test_bounds_lie_between_neighbours_as_in_the_standard_library() -> None:
    values = [Random(1).random() for _ in range(77)]
    (interval,) = percentile_intervals(lambda drawn: np.array(values), 1, np.array([5, 5]), Bootstrap(77))
    low, *_, high = quantiles(values, n=40, method="inclusive")
    assert (interval.low, interval.high) == pytest.approx((low, high))


def test_bounds_have_no_digits_of_rounding() -> None:
    """1 - .2 - .2 - .2 is .4000000000000001 in floats: neither another band nor another figure on another machine."""
    (interval,) = percentile_intervals(
        lambda drawn: np.full(len(drawn), 1 - 0.2 - 0.2 - 0.2), 1, np.array([5, 5]), Bootstrap(20)
    )
    assert (interval.low, interval.high) == (0.4, 0.4)
