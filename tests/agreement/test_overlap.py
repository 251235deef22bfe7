"""Marks and characters: what both marked, and nothing that nobody did."""

from collections import Counter

import pytest
from empowerment_qda.agreement.overlap import Span, count_characters, count_marks, prevalence
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.agreement.coefficients import measure, percent_agreement
from empowerment_qda.agreement.krippendorff import krippendorff_alpha

LENGTH = 30
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda ends: (min(ends), max(ends))),
    max_size=4,
)


def test_agreement_over_all_text_hides_what_overlap_shows() -> None:
    """The coding comparison in the help of NVivo: 85% agreement, a quarter of the coded text in common."""
    table = {(True, True): 50, (True, False): 150, (False, False): 800}
    marks = count_marks(table)
    assert measure(percent_agreement, table).value == 0.85
    assert (marks.jaccard.value, marks.f1.value) == (0.25, 0.4)
    assert (marks.both, marks.only, marks.neither, marks.units) == (50, (150, 0), 800, 1000)


def test_marks_of_nothing_have_no_overlap() -> None:
    marks = count_marks([(False, False)] * 4)
    assert (marks.jaccard.value, marks.jaccard.reason, marks.jaccard.units) == (None, "nothing marked", 4)
    assert (marks.f1.value, marks.f1.reason) == (None, "nothing marked")


@pytest.mark.parametrize("table", [[], [(True, None, None)], [(None, None)]])
def test_marks_of_no_unit_have_no_overlap_whoever_the_coders_are(
    table: list[tuple[bool | None, ...]],
) -> None:
    marks = count_marks(table)
    assert (marks.jaccard.value, marks.jaccard.reason) == (None, "no units")
    assert (marks.f1.value, marks.f1.reason) == (None, "no units")


def test_marks_leave_out_units_that_a_coder_did_not_rate() -> None:
    marks = count_marks([(True, True), (True, None), (False, True)])
    assert (marks.both, marks.only, marks.neither, marks.units) == (1, (0, 1), 0, 2)


def test_marks_of_three_coders() -> None:
    table = {(True,) * 3: 4, (True, True, False): 3, (False, False, True): 2, (False,) * 3: 1}
    marks = count_marks(table)
    assert (marks.both, marks.only, marks.neither, marks.units) == (4, (0, 0, 2), 1, 10)
    assert marks.jaccard.value == 4 / 9
    assert (marks.f1.value, marks.f1.reason) == (None, "needs exactly two coders")


@settings(deadline=None)
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_characters_are_counted_as_one_by_one(spans: list[list[Span]]) -> None:
    slowly = Counter(
        tuple(any(start <= place < end for start, end in own) for own in spans) for place in range(LENGTH)
    )
    assert count_characters(spans, LENGTH) == slowly


def test_characters_of_several_texts_add_up_to_one_table() -> None:
    first = count_characters([[(0, 50)], [(0, 40)]], 100)
    second = count_characters([[], [(10, 20)]], 60)
    table = first + second
    assert table == {(True, True): 40, (True, False): 10, (False, True): 10, (False, False): 100}
    assert count_marks(table).f1.value == 0.8
    expected = measure(krippendorff_alpha, list(table.elements())).value
    assert measure(krippendorff_alpha, table).value == expected


@pytest.mark.parametrize("span", [(-1, 3), (5, 4), (2, 31)])
def test_span_outside_the_text_is_refused_in_words(span: Span) -> None:
    with pytest.raises(ValueError, match=f"span {span[0]}-{span[1]} does not lie in a text of 30 characters"):
        count_characters([[span], []], LENGTH)


def test_empty_text_has_no_characters() -> None:
    assert count_characters([[], []], 0) == {}


def test_prevalence_is_the_share_of_all_ratings() -> None:
    table = [(True, False), (True, None), (None, None), (False, False)]
    result = prevalence(table)
    assert (result.value, result.units) == (2 / 5, 3)
    assert prevalence([("a", "b"), ("a", "c")], "a").value == 0.5
    assert prevalence([(None, None)]).reason == "no units"
