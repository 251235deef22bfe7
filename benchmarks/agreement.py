"""Times the coefficients over sets of codes and for each code, and their intervals.

Two coders, 300 codes, up to about ten codes on a unit, nearly every set of them different. Run it with
`python benchmarks/agreement.py`; it is no part of the tests.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Hashable

from empowerment_qda.agreement.bootstrap import Bootstrap
from empowerment_qda.agreement.measures import measure_coders
from empowerment_qda.agreement.tables import Table, make_table

CODES = [f"c{number}" for number in range(300)]
WEIGHTS = [1 / (number + 5) for number in range(len(CODES))]
Sets = tuple[Hashable, ...]


def make_units(number: int) -> Table:
    """Units whose coders share most of their codes; a few codes are frequent, most are rare."""
    chance = random.Random(1)
    units: Counter[Sets] = Counter()
    for _ in range(number):
        meant = sorted(set(chance.choices(CODES, WEIGHTS, k=min(8, int(chance.expovariate(0.4))))))
        units[tuple(_code(meant, chance) for _ in range(2))] += 1
    return make_table(units)


def _code(meant: list[str], chance: random.Random) -> frozenset[str]:
    own = {code for code in meant if chance.random() < 0.7}
    others = chance.choices(CODES, WEIGHTS, k=sum(chance.random() < 0.2 for _ in range(3)))
    return frozenset([*own, *others])


def main() -> None:
    """Seconds for the coefficients of a table, and for a thousand resamples of it."""
    print(f"{'units':>8} {'sets':>8} {'measure':>9} {'resample':>9}")
    for number in (2_000, 5_000):
        units = make_units(number)
        began = time.perf_counter()
        measure_coders(units, CODES, 2, "jaccard", None)
        measured = time.perf_counter()
        measure_coders(units, CODES, 2, "jaccard", Bootstrap())
        took = measured - began, time.perf_counter() - measured
        sets = len(units.values)
        print(f"{number:8} {sets:8} {took[0]:8.2f}s {took[1]:8.2f}s", flush=True)


if __name__ == "__main__":
    main()
