"""Times alpha over sets of codes: four times the units take about four times as long, not sixteen.

Two coders, 300 codes, up to about ten codes on a unit, nearly every set of them different. Run it with
`python benchmarks/agreement.py`; it is no part of the tests.
"""

from __future__ import annotations

import random
import time
from collections import Counter

from empowerment_qda.agreement.parts import distances_within

CODES = [f"c{number}" for number in range(300)]
WEIGHTS = [1 / (number + 5) for number in range(len(CODES))]
Sets = tuple[frozenset[str], ...]


def make_units(number: int) -> Counter[Sets]:
    """Units whose coders share most of their codes; a few codes are frequent, most are rare."""
    chance = random.Random(1)
    units: Counter[Sets] = Counter()
    for _ in range(number):
        meant = sorted(set(chance.choices(CODES, WEIGHTS, k=min(8, int(chance.expovariate(0.4))))))
        units[tuple(_code(meant, chance) for _ in range(2))] += 1
    return units


def _code(meant: list[str], chance: random.Random) -> frozenset[str]:
    own = {code for code in meant if chance.random() < 0.7}
    others = chance.choices(CODES, WEIGHTS, k=sum(chance.random() < 0.2 for _ in range(3)))
    return frozenset([*own, *others])


def main() -> None:
    """Seconds to prepare a table, and for each draw of its bootstrap."""
    print(f"{'units':>8} {'sets':>8} {'prepare':>9} {'draw':>9}")
    before: tuple[float, float] | None = None
    for number in (5_000, 20_000):
        units = make_units(number)
        began = time.perf_counter()
        parts = distances_within(list(units), "jaccard")
        prepared = time.perf_counter()
        weights = list(units.values())
        for _ in range(20):
            parts(weights)
        took = prepared - began, (time.perf_counter() - prepared) / 20
        sets = len({own for row in units for own in row})
        print(f"{number:8} {sets:8} {took[0]:8.2f}s {took[1]:8.4f}s", flush=True)
        if before:
            print(f"{'ratio':>17} {took[0] / before[0]:9.1f} {took[1] / before[1]:9.1f}")
        before = took


if __name__ == "__main__":
    main()
