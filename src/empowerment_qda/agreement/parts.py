"""The sums behind the coefficients: bound to the patterns of a table, asked for how often each occurs."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from math import lcm
from operator import mul
from typing import Any, TypeAlias

from empowerment_qda.agreement.distances import Distance
from empowerment_qda.agreement.spread import DistanceName, find_ranks, spread_numbers, spread_of
from empowerment_qda.agreement.tables import Pattern, rated

Parts: TypeAlias = tuple[int, int, int, int]
"""Observed = first / second and expected = third / fourth: whole numbers keep a thousand resamples quick."""

Prepared: TypeAlias = Callable[[Sequence[int]], Parts]
"""From how often each pattern occurs to the parts; the patterns themselves are bound beforehand."""


def own_shares(patterns: Sequence[Pattern]) -> Prepared:
    """Agreement against the product of each coder's own shares."""
    values = dict.fromkeys(value for pair in patterns for value in pair)
    places = {value: place for place, value in enumerate(values)}
    cells = [(places[one], places[other]) for one, other in patterns]

    def parts(weights: Sequence[int]) -> Parts:
        rows, columns, same = [0] * len(values), [0] * len(values), 0
        for weight, (row, column) in zip(weights, cells, strict=True):
            rows[row] += weight
            columns[column] += weight
            if row == column:
                same += weight
        units = sum(weights)
        return same, units, sum(map(mul, rows, columns)), units * units

    return parts


def pairs_of_shares(patterns: Sequence[Pattern]) -> Prepared:
    """Agreement averaged over units, against that of each two coders by their own shares, averaged over these pairs.

    Conger (1980), Psychological Bulletin 88:322-328; with missing ratings as in Gwet (2014, ch. 2): the shares of a
    coder are those of all the units that they rated.
    """
    agreement = pooled(lambda shares, whole: (0, 1))(patterns)
    values = dict.fromkeys(value for pattern in patterns for value in pattern if value is not None)
    where = [
        [[at for at, one in enumerate(column) if one == value] for value in values]
        for column in zip(*patterns, strict=True)
    ]  # per coder and value the patterns that have it: few of them, summed without a loop of Python's

    def parts(weights: Sequence[int]) -> Parts:
        given = [[sum(map(weights.__getitem__, at)) for at in own] for own in where]
        shares = [own for own in given if any(own)]
        whole = lcm(*map(sum, shares))
        shares = [[times * (whole // sum(own)) for times in own] for own in shares]
        both = sum(sum(column) ** 2 - sum(map(mul, column, column)) for column in zip(*shares, strict=True))
        seen, units, _, _ = agreement(weights)
        return seen, units, both, len(shares) * (len(shares) - 1) * whole * whole

    return parts


def same_by_chance(shares: Sequence[int], whole: int) -> tuple[int, int]:
    """Chance that two ratings drawn from the pool are the same."""
    return sum(share * share for share in shares), whole * whole


def pooled(
    chance: Callable[[Sequence[int], int], tuple[int, int]], categories: Collection[Hashable] = ()
) -> Callable[[Sequence[Pattern]], Prepared]:
    """Agreement averaged over units, against a chance that follows from the share of each value in the pool.

    Gwet (2014), Handbook of Inter-Rater Reliability, ch. 2: each unit weighs the same, however many rated it.
    """

    def prepare(patterns: Sequence[Pattern]) -> Prepared:
        tallies = [Counter(value for value in pattern if value is not None) for pattern in patterns]
        values = dict.fromkeys([*categories, *(value for tally in tallies for value in tally)])
        places = {value: place for place, value in enumerate(values)}
        pairs = lcm(*(m * (m - 1) for m in map(rated, patterns) if m > 1))  # common denominators
        ratings = lcm(*map(rated, patterns))
        pairable = [pairs if tally.total() > 1 else 0 for tally in tallies]
        alike = [
            sum(r * (r - 1) for r in tally.values()) * pairs // (m * (m - 1) or 1)
            for tally in tallies
            for m in (tally.total(),)
        ]
        shares_of = [
            [(places[value], r * ratings // tally.total()) for value, r in tally.items()] for tally in tallies
        ]

        def parts(weights: Sequence[int]) -> Parts:
            shares = [0] * len(places)
            for weight, given in zip(weights, shares_of, strict=True):
                for place, share in given:
                    shares[place] += weight * share
            expected = chance(shares, ratings * sum(weights))
            return sum(map(mul, weights, alike)), sum(map(mul, weights, pairable)), *expected

        return parts

    return prepare


def distances_within(patterns: Sequence[Pattern], distance: DistanceName | Distance) -> Prepared:
    """Disagreement within units against that of all pairable values paired at random.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    tallies = [Counter(value for value in pattern if value is not None) for pattern in patterns]
    values: list[Any] = list(dict.fromkeys(value for tally in tallies for value in tally))
    if distance == "ordinal":
        values.sort()
    places = {value: place for place, value in enumerate(values)}
    used = [[(places[value], r) for value, r in tally.items()] for tally in tallies]
    ratings = [tally.total() for tally in tallies]
    pairs = lcm(*(m - 1 for m in ratings))
    unlike = [  # both orders of a pair count, hence 2
        [(i, j, 2 * r * s * pairs // (m - 1)) for i, r in unit for j, s in unit if j < i]
        for unit, m in zip(used, ratings, strict=True)
    ]

    def count(weights: Sequence[int]) -> list[int]:
        counts = [0] * len(values)
        for weight, unit in zip(weights, used, strict=True):
            if weight:
                for place, r in unit:
                    counts[place] += weight * r
        return counts

    def by_rank(weights: Sequence[int]) -> Parts:
        ranks = find_ranks(counts := count(weights))
        observed = sum(
            weight * pairs_ * (ranks[i] - ranks[j]) ** 2
            for weight, unit in zip(weights, unlike, strict=True)
            for i, j, pairs_ in unit
        )
        return _put(observed, pairs, sum(map(mul, weights, ratings)), spread_numbers(ranks, counts), 4)

    if distance == "ordinal":
        return by_rank
    spread = spread_of(values, distance)
    within = [sum(spread.between(i, j) * pairs_ for i, j, pairs_ in unit) for unit in unlike]

    def parts(weights: Sequence[int]) -> Parts:
        observed, total = sum(map(mul, weights, within)), sum(map(mul, weights, ratings))
        return _put(observed, pairs, total, spread.total(count(weights)), spread.scale)

    return parts


def _put(observed: int, pairs: int, total: int, expected: int, scale: int) -> Parts:
    return observed, scale * pairs * total, expected, scale * total * (total - 1)
