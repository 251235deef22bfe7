"""What coders marked, units and characters: counted as one by one, and nothing that nobody did."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.agreement.coefficients import f1, jaccard, measure, percent_agreement
from empowerment_qda.agreement.krippendorff import Span
from empowerment_qda.agreement.tables import YES_NO, Marks, Ratings, count_marks, make_table
from empowerment_qda.agreement.units import Answers, Mark, cut_characters
from empowerment_qda.model.source import Source

LENGTH = 30
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda ends: (min(ends), max(ends))),
    max_size=4,
)


def marks_of(ratings: Ratings) -> tuple[Marks, float | None]:
    """The marks of a yes/no table, and the share of yes among all ratings."""
    table = make_table(ratings, YES_NO)
    (found,) = count_marks(table, table.times[None])
    return found


def overlap_of(ratings: Ratings) -> list[tuple[float | None, str | None]]:
    """Jaccard and F1 of a yes/no table, and why one has no value."""
    found = (measure(formula, make_table(ratings, YES_NO)) for formula in (jaccard, f1))
    return [(one.value, one.reason) for one in found]


def test_agreement_over_all_text_hides_what_overlap_shows() -> None:
    """The coding comparison in the help of NVivo: 85% agreement, a quarter of the coded text in common."""
    table = {(True, True): 50, (True, False): 150, (False, False): 800}
    assert measure(percent_agreement, table).value == 0.85
    assert overlap_of(table) == [(0.25, None), (0.4, None)]
    assert marks_of(table)[0] == Marks(both=50, only=(150, 0), neither=800, units=1000)


def test_marks_of_nothing_have_no_overlap() -> None:
    assert overlap_of([(False, False)] * 4) == [(None, "nothing marked")] * 2
    assert measure(jaccard, make_table([(False, False)] * 4, YES_NO)).units == 4


@pytest.mark.parametrize("table", [[], [(True, None, None)], [(None, None)]])
def test_marks_of_no_unit_have_no_overlap_whoever_the_coders_are(
    table: list[tuple[bool | None, ...]],
) -> None:
    assert overlap_of(table) == [(None, "no units")] * 2


def test_marks_leave_out_units_that_a_coder_did_not_rate() -> None:
    table = [(True, True), (True, None), (False, True)]
    assert marks_of(table)[0] == Marks(1, (0, 1), 0, 2)
    assert overlap_of(table) == [(1 / 2, None), (2 / 3, None)]
    assert measure(jaccard, make_table(table, YES_NO)).units == 2


def test_marks_of_three_coders() -> None:
    table = {(True,) * 3: 4, (True, True, False): 3, (False, False, True): 2, (False,) * 3: 1}
    assert marks_of(table)[0] == Marks(4, (0, 0, 2), 1, 10)
    assert overlap_of(table) == [(4 / 9, None), (None, "needs exactly two coders")]


@settings(deadline=None)
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_characters_are_counted_as_one_by_one(spans: list[list[Span]]) -> None:
    slowly = Counter(
        tuple(any(start <= place < end for start, end in own) for own in spans) for place in range(LENGTH)
    )
    turns = [
        {"speaker": "H", "text": "x" * 10},
        {"speaker": "R", "text": "?"},
        {"speaker": "H", "text": "y" * 20},
    ]
    source = Source.model_validate({"id": "S", "informant": "H", "interviewer": "R", "turns": turns})
    passage: Any = None
    marks = [Mark(coder, "a", *span, passage) for coder, own in enumerate(spans) for span in own]
    found: Counter[tuple[bool, ...]] = Counter()
    for unit in cut_characters(Answers(source), marks, len(spans)):
        found[tuple(map(bool, unit.given))] += unit.weight
    assert found == slowly


def test_prevalence_is_the_share_of_all_ratings() -> None:
    assert marks_of([(True, False), (True, None), (None, None), (False, False)])[1] == 2 / 5
    assert marks_of([(None, None)])[1] is None
