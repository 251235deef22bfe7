"""Krippendorff's alpha for coders who cut the text themselves: where units lie, and how long they are.

The continuum (a text) is cut per coder and code into units and the gaps between them. Distances: Krippendorff
(1995), On the reliability of unitizing continuous data, Sociological Methodology 25:47-76; expected
disagreement: Krippendorff (2004), Content Analysis, 2nd ed., p. 251-256.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from empowerment_qda.agreement.coefficients import NO_VARIATION, ONE_CODER, Coefficient
from empowerment_qda.agreement.overlap import NOTHING_MARKED, Span

Section: TypeAlias = tuple[int, int, bool]
"""Start, length, and whether it is a unit: not, it is a gap."""


def unitizing_alpha(codes: Iterable[Sequence[Iterable[Span]]], length: int) -> Coefficient:
    """Alpha_U over one code or several: for each a list of spans per coder, in characters of one text.

    Overlapping spans of one coder and code are joined, touching ones stay two units. `units` counts those of
    all coders. Krippendorff (2004, p. 254), a continuum from 150 to 450, here from 0 to 300:

    >>> c = [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]]
    >>> k = [[(30, 90), (150, 200)], [(30, 90), (150, 200)]]
    >>> [round(unitizing_alpha(codes, 300).value, 3) for codes in ([c], [k], [c, k])]
    [0.729, 1.0, 0.859]
    """
    name = "unitizing_alpha"
    cuts = [[_sections(own, length) for own in per_coder] for per_coder in codes]
    if any(len(cut) < 2 for cut in cuts):
        return Coefficient(name, None, ONE_CODER)
    units = sum(is_unit for cut in cuts for sections in cut for _, _, is_unit in sections)
    if not units:
        return Coefficient(name, None, NOTHING_MARKED)
    observed = sum((_observed(cut, length) for cut in cuts), Fraction(0))
    expected = sum((_expected(cut, length) for cut in cuts), Fraction(0))
    if not expected:  # units of one character each, and no gap to lie in
        return Coefficient(name, None, NO_VARIATION, units, 0, observed, Fraction(0))
    return Coefficient(name, float(1 - observed / expected), None, units, 0, observed, expected)


def _sections(spans: Iterable[Span], length: int) -> list[Section]:
    """Units and gaps that fill the text from end to end."""
    sections: list[Section] = []
    here = 0
    for start, end in sorted(span for span in spans if span[0] != span[1]):
        if not 0 <= start < end <= length:
            raise ValueError(f"span {start}-{end} does not lie in a text of {length} characters")
        if start < here:  # overlaps the unit before
            first = sections.pop()[0]
            here = max(here, end)
            sections.append((first, here - first, True))
            continue
        if start > here:
            sections.append((here, start - here, False))
        sections.append((start, end - start, True))
        here = end
    if here < length:
        sections.append((here, length - here, False))
    return sections


def _observed(cut: Sequence[Sequence[Section]], length: int) -> Fraction:
    """Distances between the sections of each two coders; only sections that share text have any."""
    total = 0
    for one, other in combinations(cut, 2):
        i = j = 0
        while i < len(one) and j < len(other):
            total += 2 * _distance(one[i], other[j])
            end, other_end = one[i][0] + one[i][1], other[j][0] + other[j][1]
            i, j = i + (end <= other_end), j + (other_end <= end)
    return Fraction(total, len(cut) * (len(cut) - 1) * length**2)


def _distance(one: Section, other: Section) -> int:
    """Squared offsets of two units at both ends; the squared length of a unit within the other's gap."""
    (start, size, is_unit), (other_start, other_size, other_is_unit) = one, other
    offset, end_offset = start - other_start, start + size - other_start - other_size
    if is_unit and other_is_unit:
        return offset**2 + end_offset**2
    if is_unit and offset >= 0 >= end_offset:
        return size**2
    if other_is_unit and offset <= 0 <= end_offset:
        return other_size**2
    return 0


def _expected(cut: Sequence[Sequence[Section]], length: int) -> Fraction:
    """The same for all units laid anywhere in the text, against those of any coder."""
    sections = [section for own in cut for section in own]
    units = Counter(size for _, size, is_unit in sections if is_unit)
    gaps = Counter(size for _, size, is_unit in sections if not is_unit)
    others = units.total() - 1
    wider = sorted(
        gaps.items()
    )  # the longest last; those that have room for a unit add up as units get shorter
    fitting = places = total = 0
    for size, times in sorted(units.items(), reverse=True):
        while wider and wider[-1][0] >= size:
            gap, many = wider.pop()
            fitting += many
            places += many * (gap + 1)
        room = places - fitting * size
        total += times * (others * (2 * size**3 - 3 * size**2 + size) + 3 * size**2 * room)
    whole = len(cut) * length
    inside = sum(times * size * (size - 1) for size, times in units.items())
    return Fraction(2 * total, 3 * length * (whole * (whole - 1) - inside))
