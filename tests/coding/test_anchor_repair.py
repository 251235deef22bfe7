"""Anchors are renewed where the place is certain, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.anchors import SourceText
from empowerment_qda.coding import plan_mends
from empowerment_qda.coding.anchor_repair import Mend
from empowerment_qda.evidence.passages import Passage, find_anchor
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source

TURNS = [
    "Well, let us begin.",
    "We hold digital training every month for owners of small shops.",
    "I save. You save. We all save.",
    "The stall was given to my sister, and then it stood empty for a year.",
    " ",
]


def plan(*codings: Coding) -> list[Mend]:
    source = Source.model_validate({"id": "S", "turns": [{"text": text} for text in TURNS]})
    text, file = SourceText(TURNS), Codings(source="S", coder="first", codings=codings)
    return list(
        plan_mends(
            [Passage(one, file, n, source, find_anchor(text, one)) for n, one in enumerate(codings)], text
        )
    )


def test_a_quote_that_stands_where_it_should_is_left_alone() -> None:
    assert plan(Coding(code="c", turn="2", quote="digital training")) == []


def test_a_missing_quote_is_filled_in() -> None:
    (one,) = plan(Coding(code="c", turn="1-2", memo="m"))
    assert one.state == "filled"
    after = "I save. You save. We all"
    assert one.after == Coding(code="c", turn="1-2", memo="m", quote="\n".join(TURNS[:2]), after=after)


def test_words_that_moved_keep_all_else() -> None:
    old = Coding(
        id="E1", code="c", turn="4", quote="We hold digital training every month", occurrence="1", memo="m"
    )
    (one,) = plan(old)
    assert one.state == "moved"
    around = {"before": TURNS[0], "after": "for owners of small shops. I"}
    assert one.after == Coding(
        id="E1", code="c", turn="2", quote="We hold digital training every month", memo="m", **around
    )


def test_changed_words_are_those_of_the_source() -> None:
    (one,) = plan(
        Coding(code="c", turn="4", quote="The stall was given to his sister, and then it stood empty")
    )
    assert one.state == "changed"
    assert one.after
    assert one.after.quote == "The stall was given to my sister, and then it stood empty"


def test_what_is_not_certain_is_left_with_its_candidates() -> None:
    ambiguous, lost, gone = plan(
        Coding(code="c", turn="3", quote="save"),
        Coding(code="c", turn="2", quote="nobody has ever said anything like this"),
        Coding(code="c", turn="9"),
    )
    (silent,) = plan(Coding(code="c", turn="5"))
    assert (silent.state, silent.after) == ("lost", None)
    assert (ambiguous.state, ambiguous.after, len(ambiguous.candidates)) == ("ambiguous", None, 3)
    assert (lost.state, lost.after, lost.candidates) == ("lost", None, ())
    assert (gone.state, gone.after) == ("lost", None)


@pytest.mark.parametrize("occurrence", [1, 2, 3])
def test_a_word_that_repeats_is_noted_so_that_it_is_found_again(occurrence: int) -> None:
    moved = Coding(code="c", turn="1", quote="save", occurrence=str(occurrence))
    for one in plan(moved):
        if one.after:
            span = find_anchor(SourceText(TURNS), one.after).span
            assert span
            assert span.turn == 3


@given(st.integers(1, 4), st.integers(0, 60), st.integers(3, 40), st.integers(1, 4))
def test_what_is_renewed_is_exact_afterwards(turn: int, start: int, size: int, hint: int) -> None:
    words = TURNS[turn - 1][start : start + size]
    if not words.strip():
        return
    for one in plan(Coding(code="c", turn=str(hint), quote=words)):
        if one.after:
            assert plan(one.after) == []
            assert find_anchor(SourceText(TURNS), one.after).state == "exact"
