"""How far all ratings of a table are apart, added up without looking at every two of them.

Krippendorff's alpha divides by the distances between all pairs of ratings. There are millions of pairs where coders
gave thousands of different sets of codes, and a thousand resamples ask for all of them again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from operator import itemgetter, mul
from typing import Any, Literal, TypeAlias

from empowerment_qda.agreement.distances import DISTANCES, Distance, share_in_common

DistanceName: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi"]
Counts: TypeAlias = Sequence[int]
"""How often each value of a table occurs."""

MOST_CHOICES = 1 << 21
"""Choices of codes to go through, at the most; the largest sets are compared pair by pair where there are more."""
FEW = 8
"""As many sets that share a choice of codes are taken pair by pair."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Distances in whole numbers of 1 / `scale`: between two values, and over all pairs in both orders."""

    scale: int
    between: Callable[[int, int], int]
    total: Callable[[Counts], int]


def spread_of(values: Sequence[Any], distance: DistanceName | Distance) -> Spread:
    """How far these values are apart; by rank is not here, since ranks hang on the counts (see `find_ranks`)."""
    match distance:
        case "nominal":
            return Spread(
                1, lambda one, other: 1, lambda counts: sum(counts) ** 2 - sum(n * n for n in counts)
            )
        case "interval":
            exact = [Fraction(value) for value in values]
            whole = lcm(*(value.denominator for value in exact))
            numbers = [int(value * whole) for value in exact]
            return Spread(
                whole * whole,
                lambda one, other: (numbers[one] - numbers[other]) ** 2,
                lambda counts: spread_numbers(numbers, counts),
            )
        case "jaccard" | "masi":
            return _spread_sets(values, distance)
    return _spread_any(values, distance if callable(distance) else DISTANCES[distance])


def spread_numbers(numbers: Sequence[int], counts: Counts) -> int:
    """Squared differences over all pairs: 2 (n sum x^2 - (sum x)^2)."""
    weighted = [number * count for number, count in zip(numbers, counts, strict=True)]
    return 2 * (sum(counts) * _dot(weighted, numbers) - sum(weighted) ** 2)


def find_ranks(counts: Counts) -> list[int]:
    """Twice the middle rank of each value, lowest first.

    Their squared differences are four times the ordinal distance: the squared number of ratings from one rank to the
    other, half of those at both ends (Krippendorff 2011).
    """
    ranks, below = [], 0
    for count in counts:
        ranks.append(2 * below + count)
        below += count
    return ranks


def _spread_any(values: Sequence[Hashable], distance: Distance) -> Spread:
    """Pair by pair: what any other distance comes to."""
    exact = [[Fraction(distance(one, other)) for other in values[:at]] for at, one in enumerate(values)]
    scale = lcm(*(fraction.denominator for row in exact for fraction in row))
    rows = [[int(fraction * scale) for fraction in row] for row in exact]

    def total(counts: Counts) -> int:
        return 2 * sum(n * _dot(row, counts) for n, row in zip(counts, rows, strict=True) if n)

    return Spread(scale, lambda one, other: rows[max(one, other)][min(one, other)], total)


def _spread_sets(values: Sequence[Set[Any]], name: Literal["jaccard", "masi"]) -> Spread:
    """Sets of codes: those that share nothing are 1 apart, so it is enough to add up what others have in common.

    What two sets have in common follows from their sizes a, b and the number i of codes that they share. It is spread
    over the choices of j codes from those i, so that summing over all choices of codes, and over all sets that contain
    each, gives back the sum over pairs: c(a, b, j) = sum over i of (-1)^(j - i) C(j, i) s(a, b, i).
    """
    sizes = [len(value) for value in values]
    numbers: dict[Any, int] = {}
    sets = [sorted(numbers.setdefault(code, len(numbers)) for code in value) for value in values]
    every = sorted({*sizes} - {0})
    shares = {
        (a, b, i): share_in_common(name, a, b, i)
        for at, a in enumerate(every) for b in every[at:] for i in range(1, a + 1)
    }  # fmt: skip
    scale = lcm(*(share.denominator for share in shares.values()))
    whole = {key: int(share * scale) for key, share in shares.items()}

    def in_common(one: int, other: int) -> int:
        a, b = sorted((sizes[one], sizes[other]))
        both = len(values[one] & values[other])
        return whole[a, b, both] if both else 0

    small, large = _part_by_size(sizes)
    chosen = _SharedChoices(sets, sizes, small, whole)
    order = [*small, *large]
    rows = list(_compare_large(sets, order, len(small), whole))

    def total(counts: Counts) -> int:
        ordered = [counts[at] for at in order] if rows else ()
        pairs = 2 * sum(counts[one] * _dot(row, ordered) for one, row in rows)
        unlike = sum(counts) ** 2 - sum(n * n for n in counts)
        return scale * unlike - pairs - chosen.total(counts)

    return Spread(scale, lambda one, other: scale - in_common(one, other), total)


def _part_by_size(sizes: Sequence[int]) -> tuple[list[int], list[int]]:
    """The places of sets small enough that the choices from all of them can be gone through, and of the others."""
    small: list[int] = []
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    choices = 0
    for at in order:
        choices += 1 << sizes[at]
        if choices > MOST_CHOICES:
            break
        small.append(at)
    return small, order[len(small) :]


def _compare_large(
    sets: Sequence[Sequence[int]],
    order: Sequence[int],
    smaller: int,
    whole: Mapping[tuple[int, int, int], int],
) -> Iterator[tuple[int, list[int]]]:
    """Each large set, and what it has in common with every set before it, in the order of size."""
    marks = [sum(1 << code for code in sets[at]) for at in order]  # to share codes is to share bits
    sizes = [len(sets[at]) for at in order]
    for number in range(smaller, len(order)):
        mark, b = marks[number], sizes[number]
        # A tuple that is not there: sets that share nothing.
        yield (
            order[number],
            [
                whole.get((a, b, (mark & other).bit_count()), 0)
                for a, other in zip(sizes[:number], marks[:number], strict=True)
            ],
        )


class _Products:
    """Many products of three, added up: a weight, and two numbers that are found by their places."""

    def __init__(self, weights: Mapping[tuple[int, int], int]) -> None:
        self.weights = list(weights.values())
        self.ones = _gather([one for one, _ in weights])
        self.others = _gather([other for _, other in weights])

    def add(self, numbers: Counts) -> int:
        return _dot(self.weights, map(mul, self.ones(numbers), self.others(numbers)))


def _dot(numbers: Iterable[int], others: Iterable[int]) -> int:
    total: int = sum(map(mul, numbers, others))
    return total


def _gather(places: Sequence[int]) -> Callable[[Counts], Sequence[int]]:
    """What picks the numbers at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda numbers: [numbers[at] for at in places]


class _SharedChoices:
    """What the sets at some places have in common over all pairs of them, in both orders."""

    def __init__(
        self, sets: Sequence[Sequence[int]], sizes: Sequence[int], places: Sequence[int],
        whole: dict[tuple[int, int, int], int],
    ) -> None:  # fmt: skip
        parts = {
            (a, b, j): sum((-1) ** (j - i) * comb(j, i) * whole[a, b, i] for i in range(1, j + 1))
            for a, b, j in whole
        }
        pairs: Counter[tuple[int, int]] = Counter()
        groups: Counter[tuple[tuple[int, ...], int]] = Counter()
        for j, owners in _list_shared(sets, places):
            if len(owners) > FEW:
                groups[tuple(owners), j] += 1
                continue
            for one, other in combinations(owners, 2):
                a, b = sorted((sizes[one], sizes[other]))
                pairs[one, other] += 2 * parts[a, b, j]
        self._join(groups, pairs, sizes, parts)
        self.pairs = _Products(pairs)

    def _join(
        self, groups: Mapping[tuple[tuple[int, ...], int], int], pairs: Counter[tuple[int, int]], sizes: Sequence[int],
        parts: dict[tuple[int, int, int], int],
    ) -> None:  # fmt: skip
        """Where many sets share a choice, those of one size are added up first: a product for each two sizes."""
        members: dict[tuple[int, ...], int] = {}
        products: Counter[tuple[int, int]] = Counter()
        for (owners, j), times in groups.items():
            by_size: defaultdict[int, list[int]] = defaultdict(list)
            for one in owners:
                by_size[sizes[one]].append(one)
            found = [(a, members.setdefault(tuple(own), len(members))) for a, own in sorted(by_size.items())]
            for at, (a, one) in enumerate(found):
                weight = times * parts[a, a, j]
                products[one, one] += weight
                for owner in by_size[a]:  # that product pairs each set with itself too
                    pairs[owner, owner] -= weight
                for b, other in found[at + 1 :]:
                    products[one, other] += 2 * times * parts[a, b, j]
        self.members = [_gather(own) for own in members]
        self.products = _Products(products)

    def total(self, counts: Counts) -> int:
        """Over all pairs, from how often each set occurs."""
        sums = [sum(pick(counts)) for pick in self.members]
        return self.pairs.add(counts) + self.products.add(sums)


def _list_shared(sets: Sequence[Sequence[int]], places: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Every choice of codes that two sets or more contain: how many codes, and the places of the sets."""
    waiting = [(0, [(at, 0) for at in places])]
    while waiting:
        chosen, owners = waiting.pop()
        longer: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for at, start in owners:
            own = sets[at]
            for place in range(start, len(own)):
                longer[own[place]].append((at, place + 1))
        for containing in longer.values():
            if len(containing) > 1:
                yield chosen + 1, [at for at, _ in containing]
                waiting.append((chosen + 1, containing))
