"""Krippendorff's alpha for units, beside the sums of the formula written out (2004, p. 251-256)."""

from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.agreement.krippendorff import Span, unitizing_alpha

LENGTH = 25
CUTS = st.lists(st.integers(0, LENGTH), unique=True, max_size=8).map(sorted)


def spans_between(cuts: list[int]) -> list[Span]:
    """Every second stretch between the cuts."""
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def sections_of(spans: list[Span]) -> list[tuple[int, int, int]]:
    """Start, length and whether a unit, stretches of no length left out."""
    ends = [0, *(place for span in spans for place in span), LENGTH]
    stretches = [(start, end - start, place % 2) for place, (start, end) in enumerate(pairwise(ends))]
    return [stretch for stretch in stretches if stretch[1]]


def written_out(coders: list[list[Span]]) -> float | None:
    """Observed and expected disagreement, sum by sum."""
    cut = [sections_of(spans) for spans in coders]
    m = len(cut)
    distances = 0
    for one, other in permutations(cut, 2):
        for b_g, l_g, unit_g in one:
            for b_h, l_h, unit_h in other:
                offset = b_g - b_h
                if unit_g and unit_h and -l_g < offset < l_h:
                    distances += offset**2 + (b_g + l_g - b_h - l_h) ** 2
                elif unit_g and not unit_h and l_h - l_g >= offset >= 0:
                    distances += l_g**2
                elif unit_h and not unit_g and l_g - l_h >= -offset >= 0:
                    distances += l_h**2
    observed = Fraction(distances, m * (m - 1) * LENGTH**2)
    units = [size for sections in cut for _, size, unit in sections if unit]
    gaps = [size for sections in cut for _, size, unit in sections if not unit]
    above = Fraction(0)
    for size in units:
        above += Fraction(len(units) - 1, 3) * (2 * size**3 - 3 * size**2 + size)
        above += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    below = m * LENGTH * (m * LENGTH - 1) - sum(size * (size - 1) for size in units)
    expected = Fraction(2, LENGTH) * above / below
    return float(1 - observed / expected) if expected else None


@settings(deadline=None)
@given(st.lists(CUTS.map(spans_between), min_size=2, max_size=4))
def test_alpha_is_the_formula_written_out(coders: list[list[Span]]) -> None:
    assert unitizing_alpha([coders], LENGTH).value == written_out(coders)


def test_same_units_are_full_agreement_and_units_in_gaps_less_than_chance() -> None:
    spans = [(2, 9), (12, 20)]
    assert unitizing_alpha([[spans, spans, spans]], LENGTH).value == 1
    apart = unitizing_alpha([[[(0, 10)], [(12, 22)]]], LENGTH).value
    assert apart is not None
    assert apart < 0


def test_overlapping_spans_of_one_coder_are_one_unit_and_touching_ones_two() -> None:
    other = [(2, 10)]
    joined = unitizing_alpha([[[(4, 10), (2, 6), (3, 5), (7, 7)], other]], LENGTH)
    assert (joined.value, joined.units) == (1, 2)
    touching = unitizing_alpha([[[(2, 6), (6, 10)], other]], LENGTH)
    assert touching.units == 3
    assert touching.value is not None
    assert touching.value < 1


@pytest.mark.parametrize(
    ("codes", "length", "reason"),
    [
        ([], 10, "nothing marked"),
        ([[[], []]], 10, "nothing marked"),
        ([[[], []]], 0, "nothing marked"),
        ([[[(0, 5)]]], 10, "only one coder"),
        ([[[(0, 1)], [(0, 1)]]], 1, "no variation"),
    ],
)
def test_undefined_alpha_has_a_reason(codes: list[list[list[Span]]], length: int, reason: str) -> None:
    alpha = unitizing_alpha(codes, length)
    assert (alpha.value, alpha.reason) == (None, reason)


def test_code_that_nobody_used_does_not_move_the_overall_alpha() -> None:
    used: list[list[Span]] = [[(2, 9)], [(3, 9)]]
    assert unitizing_alpha([used, [[], []]], LENGTH).value == unitizing_alpha([used], LENGTH).value


def test_span_outside_the_text_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="span 20-26 does not lie in a text of 25 characters"):
        unitizing_alpha([[[(20, 26)], []]], LENGTH)
