"""Codings stay on their words while names are replaced and turns go."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.anchors import SourceText
from empowerment_qda.evidence.passages import find_anchor, make_coding
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.privacy.pseudonyms import Pseudonyms, Replaced
from empowerment_qda.privacy.source_change import SourceChange

NAMES = Pseudonyms(
    {"Sari": "Ani", "Sari Dewi": "Bu Ani", "Tigor": "Budi", "Tono": "Budi", "0812-345-678": "[telephone]"}
)
WORDS = [
    "Sari",
    "Sari Dewi",
    "Tigor",
    "Tono",
    "0812-345-678",
    "came",
    "to the",
    "market",
    "only once",
    "yes",
    "and",
    "we sold bread",
]
TURNS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=6
)


def change_of(turns: list[str], gone: frozenset[int] = frozenset()) -> SourceChange:
    after = [None if number in gone else NAMES.replace(one) for number, one in enumerate(turns, 1)]
    return SourceChange(turns, after, NAMES.write, NAMES.drop_ends)


def draw_span(draw: Any, turns: list[str]) -> Span:
    """Any passage with words, also one that cuts a name."""
    first = draw(st.integers(1, len(turns)))
    last = draw(st.integers(first, min(first + 1, len(turns))))
    start = draw(st.integers(0, len(turns[first - 1]) - 1))
    low = start + 1 if first == last else 1
    return Span(first, start, last, draw(st.integers(low, max(len(turns[last - 1]), low))))


@st.composite
def coded(draw: Any) -> tuple[list[str], list[Coding]]:
    turns = draw(TURNS)
    text = SourceText(turns)
    made = []
    for around in draw(st.lists(st.booleans(), min_size=1, max_size=4)):
        span = draw_span(draw, turns)
        if text.quote(span).strip():
            made.append(make_coding(text, span, around=around, code="x", why="Sari said"))
    return turns, made


@given(coded())
@settings(max_examples=300)
def test_each_coding_stays_on_its_words(given_: tuple[list[str], list[Coding]]) -> None:
    turns, codings = given_
    change = change_of(turns)
    assert change.texts == [NAMES.write(one) for one in turns]
    for one in codings:
        made = change.follow(one)
        assert made is not None
        assert change.keeps(one, made)
        was, now = find_anchor(change.before, one), find_anchor(change.after, made)
        if was.state == "exact":
            assert was.span
            assert now.span == change.span(was.span)
            assert made.turn == one.turn
        assert made.why == "Ani said"
        for text in (made.quote, made.before, made.after):
            for line in text.split("\n"):
                assert not list(NAMES.find(line))
                assert "0812" not in line
        assert change.follow(one) is made


@given(coded(), st.sets(st.integers(1, 6)))
@settings(max_examples=300)
def test_turns_go_with_their_codings_and_the_others_stay(
    given_: tuple[list[str], list[Coding]], gone: set[int]
) -> None:
    turns, codings = given_
    whole = SourceText(turns)
    after = [None if number in gone else Replaced(one) for number, one in enumerate(turns, 1)]
    change = SourceChange(turns, after, str)
    kept = [number for number in range(1, len(turns) + 1) if number not in gone]
    assert [change.number(one) for one in kept] == list(range(1, len(kept) + 1))
    for one in codings:
        anchor, made = find_anchor(whole, one), change.follow(one)
        if anchor.span is None:
            continue
        assert (made is None) == bool(gone.intersection(anchor.span.turns))
        if made:
            assert change.keeps(one, made)
            assert find_anchor(change.after, made).span == change.span(anchor.span)


def test_words_that_were_not_found_lose_their_names_too() -> None:
    change = change_of(["Sari came.", "Tigor went."])
    lost = Coding(
        code="x",
        turn=TurnRange(1, 1),
        quote="Sari never stood here",
        before="Dewi saw Tigor",
        after="and Sari",
    )
    made = change.follow(lost)
    assert made == Coding(
        code="x", turn=TurnRange(1, 1), quote="Ani never stood here", before="saw Budi", after="and Ani"
    )


def test_a_lost_coding_of_a_turn_that_goes_goes_too() -> None:
    after = [Replaced("Sari came."), None, Replaced("And left.")]
    change = SourceChange(["Sari came.", "Tigor went.", "And left."], after, str)
    assert (
        change.follow(Coding(code="x", turn=TurnRange(2, 2), quote="what he said before it was corrected"))
        is None
    )
    kept = change.follow(Coding(code="x", turn=TurnRange(3, 3), quote="And left."))
    assert kept
    assert kept.turn == TurnRange(2, 2)
    moved = change.follow(Coding(code="x", turn=TurnRange(2, 2), quote="And left."))
    assert moved
    assert moved.turn == TurnRange(1, 1)
