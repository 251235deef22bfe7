"""Which passages an expression means: against a slow reading of the definition, and by the laws of logic."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.evidence.find import CodedPassage, Ground, Within, find_coded, gather_passages
from empowerment_qda.evidence.find_expression import And, Expression, Named, Near, Not, Or, parse_expression
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.source import Span

FAMILIES = {
    "dimension": frozenset({"dimension", "a", "b"}),
    "a": frozenset({"a"}),
    "b": frozenset({"b"}),
    "c": frozenset({"c"}),
}


def row(source: str, turn: int, start: int, end: int, code: str, end_turn: int | None = None) -> Evidence:
    """A coding of the characters from start to end."""
    return Evidence(
        id=f"{source}-{turn}-{start}-{code}", source=source, span=Span(turn, start, end_turn or turn, end),
        quote="", code=code, path=code, dimension="dimension", aspect=None,
        direction="neutral", witnesses=(),
        method="interview", date=None, event_date=None, coder="first", strength="direct",
    )  # fmt: skip


ROWS = (
    row("S", 2, 0, 10, "a"),
    row("S", 2, 5, 20, "b"),
    row("S", 2, 30, 40, "a"),
    row("S", 4, 0, 10, "c"),
    row("S", 8, 0, 10, "b"),
    row("T", 1, 0, 10, "a"),
    row("T", 1, 0, 10, "c"),
    row("T", 2, 0, 5, "b", end_turn=3),
)


def places(text: str, within: Within = Within.overlap) -> list[str]:
    """What an expression finds in ROWS, as source, turn and start."""
    found = find_coded(parse_expression(text), gather_passages(ROWS), FAMILIES, within)
    return [f"{one.source}{one.span.turn}:{one.span.start}" for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", ["S2:0", "S2:30", "T1:0"]),
        ("dimension", ["S2:0", "S2:5", "S2:30", "S8:0", "T1:0", "T2:0"]),
        ("a and b", ["S2:0", "S2:5"]),
        ("a and not b", ["S2:30", "T1:0"]),
        ("a and c", ["T1:0"]),
        ("not dimension", ["S4:0"]),
        ("not a", ["S4:0", "S8:0", "T2:0"]),
        ("a or c", ["S2:0", "S2:30", "S4:0", "T1:0"]),
        ("(a and c) or b", ["S2:5", "S8:0", "T1:0", "T2:0"]),
        ("near(a, c, 2 turns)", ["S2:0", "S2:30", "S4:0", "T1:0"]),
        ("near(a, c, 0 turns)", ["T1:0"]),
        ("near(a, b, 1 turn)", ["S2:0", "S2:5", "S2:30", "T1:0", "T2:0"]),
        ("near(a, a, 0)", ["S2:0", "S2:30"]),
        ("near(a and b, c, 2)", ["S2:0", "S2:5", "S4:0"]),
        ("not near(a, c, 2)", ["S8:0", "T2:0"]),
        ("near(a, c, 2) and b", ["S2:0", "S2:5"]),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert places(text) == found


def test_within_a_turn_or_a_source_more_stands_together() -> None:
    assert places("a and b", Within.turn) == ["S2:0", "S2:5", "S2:30"]
    assert places("b and c", Within.source) == ["S2:5", "S4:0", "S8:0", "T1:0", "T2:0"]
    assert places("a and not b", Within.source) == []


def test_words_that_touch_do_not_overlap() -> None:
    passages = gather_passages([row("S", 1, 0, 5, "a"), row("S", 1, 5, 9, "b")])
    assert find_coded(parse_expression("a and b"), passages, FAMILIES) == ()


def test_the_same_words_are_one_passage() -> None:
    (one,) = gather_passages([row("S", 1, 0, 5, "a"), row("S", 1, 0, 5, "b"), row("S", 1, 0, 5, "a")])
    assert (one.codes, len(one.rows)) == (("a", "b"), 3)


@st.composite
def studies(draw: st.DrawFn) -> tuple[CodedPassage, ...]:
    """Passages of two sources, some over two turns."""
    rows = []
    for _ in range(draw(st.integers(0, 9))):
        turn, start = draw(st.integers(1, 5)), draw(st.integers(0, 6))
        longer = draw(st.booleans())
        end = draw(st.integers(1, 6)) if longer else start + draw(st.integers(1, 4))
        source, code = draw(st.sampled_from("ST")), draw(st.sampled_from(["a", "b", "c", "dimension"]))
        rows.append(row(source, turn, start, end, code, turn + 1 if longer else None))
    return gather_passages(rows)


LEAVES = st.builds(Named, st.sampled_from(sorted(FAMILIES)))
EXPRESSIONS = st.recursive(
    LEAVES | st.builds(Near, LEAVES, LEAVES, st.integers(0, 3)),
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)
WITHIN = st.sampled_from(list(Within))


def touch(one: CodedPassage, other: CodedPassage, within: Within) -> bool:
    """The definition, word by word."""
    if one.source != other.source or within is Within.source:
        return one.source == other.source
    if within is Within.turn:
        return bool(set(one.span.turns) & set(other.span.turns))
    letters = [
        {(turn, at) for turn in each.span.turns for at in range(20)
         if (turn, at) >= each.span[:2] and (turn, at) < each.span[2:]}
        for each in (one, other)
    ]  # fmt: skip
    return bool(letters[0] & letters[1])


def bearers(expression: Expression, passages: Sequence[CodedPassage], within: Within) -> set[int]:
    """The passages that carry a code, or that are near."""
    if isinstance(expression, Named):
        return {n for n, one in enumerate(passages) if set(one.codes) & FAMILIES[expression.code]}
    assert isinstance(expression, Near)
    ones, others = (bearers(part, passages, within) for part in (expression.one, expression.other))
    same = expression.one == expression.other
    pairs = {
        (n, m) for n in ones for m in others
        if passages[n].source == passages[m].source and not (same and n == m)
        and min(abs(t - u) for t in passages[n].span.turns for u in passages[m].span.turns) <= expression.turns
    }  # fmt: skip
    return {number for pair in pairs for number in pair}


def holds(expression: Expression, at: int, passages: Sequence[CodedPassage], within: Within) -> bool:
    """Whether an expression is true of a passage."""
    match expression:
        case Not(part):
            return not holds(part, at, passages, within)
        case And(parts):
            return all(holds(part, at, passages, within) for part in parts)
        case Or(parts):
            return any(holds(part, at, passages, within) for part in parts)
        case _:
            bearing = bearers(expression, passages, within)
            return any(touch(passages[at], passages[other], within) for other in bearing)


@given(studies(), EXPRESSIONS, WITHIN)
def test_it_holds_where_the_definition_says(
    passages: tuple[CodedPassage, ...], expression: Expression, within: Within
) -> None:
    held = Ground(passages, FAMILIES, within).hold(expression)
    assert held.true == {n for n in range(len(passages)) if holds(expression, n, passages, within)}
    assert held.own | held.free <= held.true


@given(studies(), st.lists(EXPRESSIONS, min_size=2, max_size=3).map(tuple), WITHIN)
def test_de_morgan(passages: tuple[CodedPassage, ...], parts: tuple[Expression, ...], within: Within) -> None:
    def found(expression: Expression) -> tuple[CodedPassage, ...]:
        return find_coded(expression, passages, FAMILIES, within)

    negated = tuple(Not(part) for part in parts)
    assert found(Not(And(parts))) == found(Or(negated))
    assert found(Not(Or(parts))) == found(And(negated))


@given(studies(), EXPRESSIONS, WITHIN)
def test_a_double_negation_says_the_same(
    passages: tuple[CodedPassage, ...], expression: Expression, within: Within
) -> None:
    once = find_coded(expression, passages, FAMILIES, within)
    assert find_coded(Not(Not(expression)), passages, FAMILIES, within) == once


@given(studies(), EXPRESSIONS, WITHIN)
def test_nothing_is_both_and_everything_is_one_or_the_other(
    passages: tuple[CodedPassage, ...], expression: Expression, within: Within
) -> None:
    ground = Ground(passages, FAMILIES, within)
    yes, no = ground.hold(expression).true, ground.hold(expression, negated=True).true
    assert (yes & no, yes | no) == (frozenset(), ground.everything)
