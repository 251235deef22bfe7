"""Code expressions: how they are read, written, and refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.evidence.find_expression import (
    And,
    Expression,
    Named,
    Near,
    Not,
    Or,
    format_expression,
    named_in,
    parse_expression,
    require_codes,
)
from empowerment_qda.problems import Problem, StudyError

IDS = st.sampled_from(["a", "b-2", "kode.baru", "and", "NOT", "near", "x_y", "7", "pelatihan"])


def _join(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Not, parts)
        | st.builds(And, several)
        | st.builds(Or, several)
        | st.builds(Near, parts, parts, st.integers(0, 999))
    )


EXPRESSIONS = st.recursive(st.builds(Named, IDS), _join, max_leaves=12)


@given(EXPRESSIONS)
def test_what_is_written_reads_back(expression: Expression) -> None:
    assert parse_expression(format_expression(expression)) == expression


@given(EXPRESSIONS)
def test_spaces_and_more_parentheses_change_nothing(expression: Expression) -> None:
    written = format_expression(expression)
    assert parse_expression(f" ( {written.replace('(', ' ( ').replace(')', ' ) ')} )\n") == expression


@given(st.text(alphabet='ab-_."(),&andornear12 \n🙂', max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        expression = parse_expression(text)
    except StudyError as error:
        problems = error.problems
    if problems:
        assert [problem.rule for problem in problems] == ["expression"]
        assert problems[0].hint.splitlines()[-1].strip()
    else:
        assert parse_expression(format_expression(expression)) == expression


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a", Named("a")),
        ("a and b or c", Or((And((Named("a"), Named("b"))), Named("c")))),
        ("a or b and c", Or((Named("a"), And((Named("b"), Named("c")))))),
        ("not a and b", And((Not(Named("a")), Named("b")))),
        ("not (a AND b)", Not(And((Named("a"), Named("b"))))),
        ("a and b and c", And((Named("a"), Named("b"), Named("c")))),
        ("near(a, b)", Near(Named("a"), Named("b"), 2)),
        ("near(a, b, 0)", Near(Named("a"), Named("b"), 0)),
        ("NEAR ( a or c , not b , 1 turn )", Near(Or((Named("a"), Named("c"))), Not(Named("b")), 1)),
        ('"not" or "a"', Or((Named("not"), Named("a")))),
    ],
)
def test_reading(text: str, meant: Expression) -> None:
    assert parse_expression(text) == meant


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("", "a code should stand here, and there is nothing", 0),
        ("a and", "a code should stand here, and there is nothing", 6),
        ("a b", "`and` or `or` is missing before `b`", 2),
        ("a not b", "`and` or `or` is missing before `not`", 2),
        ("or a", "a code should stand here; `or` stands there", 0),
        ("(a or b", "a parenthesis is not closed", 8),
        ("a) and b", "this parenthesis closes none that was opened", 1),
        ("a, b", "`,` does not belong here", 1),
        ("a & b", "`&` means nothing here", 2),
        ('a or "b', '`"` means nothing here', 5),
        ("near a", "`near` should be followed by a parenthesis, as in near(one, other, 2 turns)", 5),
        ("near(a)", "`near` takes two codes with a comma between, as in near(one, other, 2 turns)", 6),
        ("near(a, b, c)", "a number of turns should stand here, such as 2 turns", 11),
        ("near(a, b, 2 days)", "the parenthesis of `near` is not closed", 13),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, message: str, at: int) -> None:
    with pytest.raises(StudyError) as caught:
        parse_expression(text)
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, f"{text}\n    {' ' * at}^")


def test_the_place_in_a_long_expression_is_shown_with_what_stands_around() -> None:
    with pytest.raises(StudyError) as caught:
        parse_expression(f"{'code-a or ' * 40}& b{' and code-b' * 40}")
    shown, sign = caught.value.problems[0].hint.split("\n    ")
    assert len(shown) == 70
    assert shown[sign.index("^")] == "&"


@pytest.mark.parametrize("text", ["(" * 5000 + "a" + ")" * 5000, "not " * 5000 + "a", "near(" * 5000])
def test_nesting_without_end_is_refused(text: str) -> None:
    with pytest.raises(StudyError, match="nested more than 50 deep"):
        parse_expression(text)


def test_a_long_row_of_codes_is_no_nesting() -> None:
    assert len(list(named_in(parse_expression(" or ".join(["a"] * 5000))))) == 5000


def test_every_unknown_code_is_told_with_its_place() -> None:
    text = "trainng or near(rare, zzz)"
    with pytest.raises(StudyError) as caught:
        require_codes(parse_expression(text), text, ["training", "rare"])
    first, second = caught.value.problems
    assert first.message == "there is no code `trainng`"
    assert first.hint == f"{text}\n    ^\n    Did you mean `training`?"
    assert second.hint == f"{text}\n    {' ' * 22}^\n    Known here: training, rare."


def test_a_code_may_be_called_by_its_label() -> None:
    ids = {"no time": "rushed", "fees": "costs"}
    meant = And((Named("rushed", 0), Not(Named("costs", 18))))
    assert parse_expression('"No time" and not Fees', ids) == meant
    assert parse_expression("fees and no-time") == And((Named("fees", 0), Named("no-time", 9)))


LABELS = {
    "water short": "dry",
    "water": "wet",
    "short": "brief",
    "one decides alone": "one",
    "theft": "theft",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Water short", Named("dry")),
        ("water  SHORT and not One decides alone", And((Named("dry"), Not(Named("one"))))),
        ("near(Water short, one decides alone, 2 turns)", Near(Named("dry"), Named("one"), 2)),
        ("Water and Theft", And((Named("wet"), Named("theft")))),
        ('"Water" or short', Or((Named("wet"), Named("brief")))),
    ],
)
def test_a_label_of_several_words_stands_as_it_is(text: str, meant: Expression) -> None:
    assert parse_expression(text, LABELS) == meant
