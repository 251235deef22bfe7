"""Distances over all pairs, added up in a shorter way: the same number as pair by pair."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agree_kit import jaccard, masi
from empowerment_qda.agreement import krippendorff
from empowerment_qda.agreement.coefficients import measure
from empowerment_qda.agreement.krippendorff import (
    DistanceName,
    alpha_by,
    middle_ranks,
    ratio,
    share_in_common,
)
from empowerment_qda.agreement.tables import Table

SETS = st.dictionaries(st.frozensets(st.sampled_from("abcdefg"), max_size=6), st.integers(1, 4), max_size=25)
NUMBERS = st.dictionaries(
    st.fractions(min_value=0, max_value=9, max_denominator=6), st.integers(1, 4), max_size=12
)
DISTANCES: dict[DistanceName, Any] = {
    "nominal": lambda one, other: int(one != other),
    "interval": lambda one, other: (one - other) ** 2,
    "ratio": ratio,
    "jaccard": jaccard,
    "masi": masi,
}


def pair_by_pair(counted: dict[Any, int], name: DistanceName) -> Fraction:
    """Over all pairs in both orders, straight from the distance."""
    return 2 * sum(
        (
            n * m * Fraction(DISTANCES[name](one, other))
            for (one, n), (other, m) in combinations(counted.items(), 2)
        ),
        Fraction(),
    )


def expected(counted: dict[Any, int], name: DistanceName) -> Fraction:
    """The disagreement by chance of two coders who give each value as often, without its denominator."""
    found = measure(alpha_by(name), {(one, one): times for one, times in counted.items()})
    assert found.expected is not None
    ratings = 2 * sum(counted.values())
    return found.expected * ratings * (ratings - 1)


@pytest.mark.parametrize("name", ["jaccard", "masi", "nominal"])
@pytest.mark.parametrize("at_once", [1, 3, 1000])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counted=SETS.filter(bool))
@example(counted={frozenset(): 3})
@example(counted={frozenset(): 3, frozenset("a"): 2, frozenset("b"): 1})
def test_sets_are_as_far_apart_as_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch, counted: Any, name: DistanceName, at_once: int
) -> None:
    """However many sets are compared in one step."""
    monkeypatch.setattr(krippendorff, "AT_ONCE", at_once)
    assert expected(counted, name) == pair_by_pair({one: 2 * n for one, n in counted.items()}, name)


@pytest.mark.parametrize("name", ["interval", "ratio", "nominal"])
@settings(deadline=None)
@given(counted=NUMBERS.filter(bool))
def test_numbers_are_as_far_apart_as_pair_by_pair(counted: Any, name: DistanceName) -> None:
    assert expected(counted, name) == pair_by_pair({one: 2 * n for one, n in counted.items()}, name)


@given(st.lists(st.integers(0, 5), max_size=8), st.randoms())
def test_ranks_are_as_far_apart_as_krippendorff_says(counts: list[int], random: Any) -> None:
    order = random.sample(range(len(counts)), len(counts))
    shuffled = middle_ranks(order, np.array([counts[at] for at in order], np.int64))
    ranks = dict(zip(order, shuffled, strict=True))
    for low, high in combinations(range(len(counts)), 2):
        between = sum(counts[low : high + 1]) - Fraction(counts[low] + counts[high], 2)
        assert (ranks[high] - ranks[low]) ** 2 == between**2


def test_the_same_number_throughout_is_no_variation_in_floats_either() -> None:
    """0.1 has no exact float: n * n * 0.01 and (n * 0.1) ** 2 would differ by their rounding."""
    numbers = Fraction(1, 10), Fraction(1, 5), Fraction(7, 10)
    table = Table(numbers, np.array([[0, 0], [1, 1], [2, 2]]), np.array([1, 1, 1]))
    names: list[DistanceName] = ["interval", "ordinal", "ratio"]
    for distance in names:
        drawn = np.array([[7.0, 0, 0], [0, 3.0, 0], [0, 0, 7.0], [1.0, 1.0, 1.0]])
        values = alpha_by(distance)(table, drawn).value
        assert np.isnan(values).tolist() == [True, True, True, False]


def test_what_two_sets_have_in_common() -> None:
    def share(name: Any, one: int, other: int, both: int) -> Fraction:
        shared, whole = share_in_common(name, one, other, both)
        return Fraction(int(shared), int(whole))

    assert share("jaccard", 2, 3, 2) == Fraction(2, 3)
    assert share("masi", 2, 2, 2) == share("masi", 0, 0, 0) == 1
    assert [share("masi", *sizes) for sizes in ((2, 3, 2), (2, 3, 1))] == [Fraction(4, 9), Fraction(1, 12)]


def test_thousands_of_sets_of_one_code_in_common() -> None:
    """Within a unit and between any two sets: one code of three in common, in 4,000 sets exactly so."""
    units = [(frozenset(["x", number]), frozenset(["x", -number])) for number in range(1, 2001)]
    assert measure(alpha_by("jaccard"), units).value == 0
