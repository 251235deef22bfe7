"""Distances over all pairs, added up in a shorter way: the same number as pair by pair, whichever way is taken."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from empowerment_qda.agreement import krippendorff_alpha, spread
from empowerment_qda.agreement.distances import DISTANCES, share_in_common
from empowerment_qda.agreement.spread import DistanceName, find_ranks, spread_numbers, spread_of

SETS = st.dictionaries(st.frozensets(st.sampled_from("abcdefg"), max_size=6), st.integers(0, 4), max_size=25)
NUMBERS = st.dictionaries(
    st.fractions(min_value=0, max_value=9, max_denominator=6), st.integers(0, 4), max_size=12
)


def pair_by_pair(counted: dict[Any, int], name: str) -> Fraction:
    """Over all pairs in both orders, straight from the distance."""
    distance = DISTANCES[name]
    return 2 * sum(
        (n * m * Fraction(distance(one, other)) for (one, n), (other, m) in combinations(counted.items(), 2)),
        Fraction(),
    )


def spread_out(counted: dict[Any, int], name: DistanceName) -> Fraction:
    found = spread_of(list(counted), name)
    return Fraction(found.total(list(counted.values())), found.scale)


@pytest.mark.parametrize("name", ["jaccard", "masi"])
@pytest.mark.parametrize("few", [1, 2, 8])
@pytest.mark.parametrize("most", [0, 6, 40, 1 << 21])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counted=SETS)
@example(counted={})
@example(counted={frozenset(): 3})
@example(counted={frozenset(): 3, frozenset("a"): 2, frozenset("b"): 1})
def test_sets_are_as_far_apart_as_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch, counted: Any, name: DistanceName, few: int, most: int
) -> None:
    """Whether sets share choices by few or by many, and whether they are small enough for choices at all."""
    monkeypatch.setattr(spread, "FEW", few)
    monkeypatch.setattr(spread, "MOST_CHOICES", most)
    assert spread_out(counted, name) == pair_by_pair(counted, name)


@pytest.mark.parametrize("name", ["interval", "ratio", "nominal"])
@settings(deadline=None)
@given(counted=NUMBERS)
def test_numbers_are_as_far_apart_as_pair_by_pair(counted: Any, name: DistanceName) -> None:
    assert spread_out(counted, name) == pair_by_pair(counted, name)


@given(st.lists(st.integers(0, 5), max_size=8))
def test_ranks_are_as_far_apart_as_krippendorff_says(counts: list[int]) -> None:
    ranks = find_ranks(counts)
    for low, high in combinations(range(len(counts)), 2):
        between = sum(counts[low : high + 1]) - Fraction(counts[low] + counts[high], 2)
        assert (ranks[high] - ranks[low]) ** 2 == 4 * between**2
    total = sum(
        counts[i] * counts[j] * (ranks[i] - ranks[j]) ** 2 for i in range(len(counts)) for j in range(i)
    )
    assert spread_numbers(ranks, counts) == 2 * total


def test_distances_between_two_values_are_whole_numbers_of_the_scale() -> None:
    sets = [frozenset(one) for one in ("", "a", "ab", "abc", "bcd", "e")]
    for name in ("jaccard", "masi"):
        found = spread_of(sets, name)
        for i, j in combinations(range(len(sets)), 2):
            assert Fraction(found.between(i, j), found.scale) == DISTANCES[name](sets[i], sets[j])


def test_what_two_sets_have_in_common() -> None:
    assert share_in_common("jaccard", 2, 3, 2) == Fraction(2, 3)
    assert [share_in_common("masi", *sizes) for sizes in ((2, 2, 2), (2, 3, 2), (2, 3, 1))] == [
        1, Fraction(4, 9), Fraction(1, 12),
    ]  # fmt: skip


def test_thousands_of_sets_are_not_taken_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """4,000 sets of one shared code and one of their own: eight million pairs, of which none is looked at."""
    asked = []

    def count(name: Any, *sizes: int) -> Fraction:
        asked.append(sizes)
        return share_in_common(name, *sizes)

    monkeypatch.setattr(spread, "share_in_common", count)
    units = [(frozenset(["x", number]), frozenset(["x", -number])) for number in range(1, 2001)]
    # within a unit and between any two sets: one code of three in common
    assert krippendorff_alpha(units, distance="jaccard").value == 0
    assert len(asked) == 2
