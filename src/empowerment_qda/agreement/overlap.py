"""Yes/no tables: how much text or how many units both coders marked, and how common the mark is."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from empowerment_qda.agreement.coefficients import NO_UNITS, NOT_TWO, Coefficient
from empowerment_qda.agreement.tables import Pattern, Ratings, count_patterns, rated
from empowerment_qda.locale import msg

NOTHING_MARKED = msg("nothing marked")

Span: TypeAlias = tuple[int, int]
"""Start and end in characters, 0-based, end-exclusive."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Units of a yes/no table: marked by all coders, by one alone (per coder), by none.

    Of three coders and more some units may be marked by several but not all: those count in `units` alone.
    """

    both: int
    only: tuple[int, ...]
    neither: int
    units: int

    @property
    def jaccard(self) -> Coefficient:
        """Marked by all / marked by any: what nobody marked does not count."""
        return _share("jaccard", self.both, self.units - self.neither, self.units)

    @property
    def f1(self) -> Coefficient:
        """Twice what both marked / the sum of what each marked (Dice): precision and recall in one."""
        if self.units and len(self.only) != 2:
            return Coefficient("f1", None, NOT_TWO, self.units)
        return _share("f1", 2 * self.both, 2 * self.both + sum(self.only), self.units)

    @property
    def prevalence_index(self) -> Coefficient:
        """Share of units that both marked, less that of units that neither did: -1 to 1, and 0 for a code in half of them."""
        return self._of_two("prevalence_index", self.both - self.neither)

    @property
    def bias_index(self) -> Coefficient:
        """How much larger a share of units the first coder marked than the second: -1 to 1.

        With the prevalence index it tells what parts kappa from PABAK. Byrt, Bishop & Carlin (1993), Journal of Clinical
        Epidemiology 46:423-429; the table is that of Cunningham (2009), More than just the kappa coefficient, figure 2:

        >>> marks = count_marks({(True, True): 95, (True, False): 4, (False, True): 1})
        >>> marks.prevalence_index.value, marks.bias_index.value
        (0.95, 0.03)
        """
        return self._of_two("bias_index", self.only[0] - self.only[1] if len(self.only) == 2 else 0)

    def _of_two(self, name: str, difference: int) -> Coefficient:
        if self.units and len(self.only) != 2:
            return Coefficient(name, None, NOT_TWO, self.units)
        if not self.units:
            return Coefficient(name, None, NO_UNITS)
        return Coefficient(name, difference / self.units, units=self.units)


def count_marks(ratings: Ratings) -> Marks:
    """Count a yes/no table over the units that every coder rated.

    1000 characters of which both coded 50 and one alone 150 (the coding comparison in the help of NVivo): 85%
    agreement, nearly all of it on text that nobody coded.

    >>> marks = count_marks({(True, True): 50, (True, False): 150, (False, False): 800})
    >>> (marks.both + marks.neither) / marks.units, marks.jaccard.value, marks.f1.value
    (0.85, 0.25, 0.4)
    """
    complete = {pattern: times for pattern, times in count_patterns(ratings).items() if None not in pattern}
    coders = max(map(len, complete), default=0)
    only, both, neither = [0] * coders, 0, 0
    for pattern, times in complete.items():
        if all(pattern):
            both += times
        elif not any(pattern):
            neither += times
        elif sum(map(bool, pattern)) == 1:
            only[[bool(value) for value in pattern].index(True)] += times
    return Marks(both, tuple(only), neither, sum(complete.values()))


def count_characters(spans: Sequence[Iterable[Span]], length: int) -> Counter[Pattern]:
    """A text of `length` characters as a yes/no table, from the spans of each coder; overlaps count once.

    Tables of several texts add up with `+`. Characters are not independent of each other: a bootstrap over
    them would promise far too much.

    >>> count_characters([[(0, 4)], [(2, 6), (3, 5)]], 10)
    Counter({(False, False): 4, (True, False): 2, (True, True): 2, (False, True): 2})
    """
    changes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for coder, own in enumerate(spans):
        for start, end in own:
            if not 0 <= start <= end <= length:
                raise ValueError(f"span {start}-{end} does not lie in a text of {length} characters")
            changes[start].append((coder, 1))
            changes[end].append((coder, -1))
    counts: Counter[Pattern] = Counter()
    depth, here = [0] * len(spans), 0
    for place in sorted({*changes, length}):
        if place > here:
            counts[tuple(level > 0 for level in depth)] += place - here
        here = place
        for coder, step in changes.get(place, ()):
            depth[coder] += step
    return counts


def prevalence(ratings: Ratings, value: Hashable = True) -> Coefficient:
    """Share of all ratings that are `value`, coders pooled."""
    given = asked = units = 0
    for pattern, times in count_patterns(ratings).items():
        given += times * pattern.count(value)
        asked += times * rated(pattern)
        units += times * any(rating is not None for rating in pattern)
    if not asked:
        return Coefficient("prevalence", None, NO_UNITS)
    return Coefficient("prevalence", given / asked, units=units)


def _share(name: str, part: int, whole: int, units: int) -> Coefficient:
    """A share of what was marked, or why there is none."""
    if not whole:
        return Coefficient(name, None, NOTHING_MARKED if units else NO_UNITS, units)
    return Coefficient(name, part / whole, units=units)
