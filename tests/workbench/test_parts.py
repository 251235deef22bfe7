"""Lines, margins, moves and letters, without a screen."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from empowerment_qda import workbench
from empowerment_qda.coding.cursor import Cursor, TextUnits
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import Place, Problem
from empowerment_qda.text import inert
from empowerment_qda.workbench import layout
from empowerment_qda.workbench.layout import LANES, Layout, MarginRow, clean, fit_name, margin_of, wrap
from empowerment_qda.workbench.panels import match_codes, say_problem
from empowerment_qda.workbench.session import ShownCoding, State


def source(*texts: str, speaker: str | None = "P") -> Source:
    turns = [{"speaker": speaker, "text": text} for text in texts]
    return Source.model_validate({"id": "S-01", "turns": turns})


@given(st.text(alphabet="ab 漢\n\té\u0301\x1b", max_size=60), st.integers(2, 12))
def test_lines_are_no_wider_than_asked_and_lose_no_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(text[start:end] for start, end in lines).split()) == "".join(text.split())
    for start, end in lines:
        assert cell_len(clean(text[start:end]).rstrip()) <= width
    assert [one for pair in lines for one in pair] == sorted(one for pair in lines for one in pair)


@pytest.mark.parametrize("sign", ["漢", "\x1b", "e\u0301", "\u202e\u200f"])
def test_a_turn_without_a_space_is_measured_in_linear_time(
    sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = 0

    def measure(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return cell_len(text)

    monkeypatch.setattr(layout, "cell_len", measure)
    costs = []
    for number in (1000, 4000):
        measured = 0
        wrap(sign * number, 20)
        costs.append(measured)
    assert costs[1] < 5 * costs[0] + 100


@given(st.text())
def test_cleaning_leaves_one_line_of_inert_text(text: str) -> None:
    assert inert(clean(text)) == clean(text)
    assert not {"\n", "\t"} & set(clean(text))


def test_lines_and_places_lead_to_each_other() -> None:
    plan = Layout(source("one two three four five six", "seven 漢字 eight"), 40)
    assert plan.turn_at(plan.line_of(2, 0)) == (2, 0)
    assert plan.turn_at(plan.height + 9)[0] == 2
    for turn, offset in ((1, 0), (1, 20), (2, 6)):
        line = plan.line_of(turn, offset)
        start, _ = plan.turns[turn - 1][plan.turn_at(line)[1]]
        said = ("one two three four five six", "seven 漢字 eight")[turn - 1]
        assert plan.place_at(line, cell_len(said[start:offset])) == (turn, offset)
    assert plan.place_at(plan.line_of(2, 0), 999) == (2, 13)
    assert plan.place_at(plan.height - 1, 0) == (2, 13)
    assert Layout(source("x", speaker=None), 40).speaker == 0


def test_moves_go_inside_when_the_unit_gets_smaller() -> None:
    units = TextUnits(source("One two. Three.", "...", "Four five."))
    cursor = units.first()
    assert cursor.span == (1, 0, 1, 8)
    word = units.move(cursor, "word", 1, False)
    assert word.span == (1, 0, 1, 3)
    assert units.move(cursor, "word", -1, False).span == (1, 4, 1, 7)
    assert units.move(word, "word", 1, False).span == (1, 4, 1, 7)
    assert units.move(word, "sentence", -1, False) == Cursor(word.anchor, word.head, "word")
    assert units.move(cursor, "turn", 1, False).span == (2, 0, 2, 3)
    assert units.move(units.last("sentence"), "sentence", 1, False) == units.last("sentence")
    back = units.move(units.last("word"), "turn", -1, False)
    assert back.span == (3, 0, 3, 10)
    assert units.move(back, "turn", -1, False).span == (2, 0, 2, 3)


def test_a_cursor_grows_both_ways() -> None:
    units = TextUnits(source("One two. Three.", "Four five."))
    cursor = units.move(units.first(), "sentence", 1, True)
    assert cursor.span == (1, 0, 1, 15)
    assert units.move(cursor, "word", 1, True).span == (1, 0, 2, 4)
    start = Cursor.on(Span(2, 0, 2, 4), "word")
    assert units.move(start, "word", -1, True).span == (1, 9, 2, 4)


def mark(
    start: int, end: int, state: State = "accepted", code: str = "a", turn: int = 1, to: int = 1
) -> ShownCoding:
    return ShownCoding(Span(turn, start, to, end), Coding(code=code), state, "me", True)


def states(rows: list[MarginRow]) -> list[list[State | None]]:
    return [[one.state if one else None for one in row.lanes] for row in rows]


def test_bars_stand_side_by_side_and_codes_where_they_begin() -> None:
    lines = ((0, 10), (11, 20), (21, 30))
    marks = [mark(0, 15, code="a"), mark(0, 5, "rejected", code="b"), mark(12, 30, "suggested", code="c")]
    rows = margin_of(marks, 1, lines)
    assert states(rows) == [
        ["accepted", None], ["accepted", "suggested"], [None, "suggested"], [None, None],
    ]  # fmt: skip
    assert [row.label and row.label.coding.code for row in rows] == ["a", "c", "b", None]


def test_what_finds_no_room_is_counted() -> None:
    marks = [mark(0, 5, code=f"c{n}") for n in range(7)]
    rows = margin_of(marks, 1, ((0, 10),))
    assert [row.label.coding.code for row in rows if row.label] == ["c0", "c1"]
    assert rows[-1].more == 5
    assert len(rows[0].lanes) == LANES


def test_notes_on_a_turn_come_before_what_was_rejected() -> None:
    marks = [mark(0, 5, "rejected", code="a"), mark(0, 5, code="b")]
    rows = margin_of(marks, 1, ((0, 10), (11, 20)), ["∅ tea"])
    assert [(row.label and row.label.coding.code, row.note) for row in rows] == [
        ("b", ""),
        (None, "∅ tea"),
        ("a", ""),
    ]
    (one, two) = margin_of([mark(0, 5)], 1, ((0, 10),), ["∅ tea", "* M1"])
    assert (one.note, two.note, two.more) == ("", "∅ tea", 1)


def test_a_passage_over_turns_has_its_code_only_at_its_beginning() -> None:
    long = mark(3, 4, to=3)
    assert margin_of([long], 1, ((0, 9),))[0].label is long
    middle = margin_of([long], 2, ((0, 9), (10, 20)))
    assert states(middle) == [["accepted"], ["accepted"], [None]]
    assert not any(row.label for row in middle)


BOOK = Codebook.model_validate(
    {
        "title": "x",
        "version": "1",
        "codes": [
            {"id": "money", "codes": [
                {"id": "saves-daily", "label": {"en": "Saves every day", "id": "Menabung"}},
                {"id": "daily-sales"},
                {"id": "old-savings", "status": "retired"},
                {"id": "has-loans"},
            ]},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["money", "saves-daily", "daily-sales", "has-loans"]),
        ("daily", ["daily-sales", "saves-daily"]),
        ("sa", ["saves-daily", "daily-sales", "has-loans"]),
        ("sd", ["saves-daily"]),
        ("every d", ["saves-daily"]),
        ("menab", ["saves-daily"]),
        ("oan", ["has-loans"]),
        ("sav x", []),
        ("[", []),
    ],
)
def test_codes_by_letters(query: str, found: list[str]) -> None:
    language = "id" if query == "menab" else "en"
    assert [place.code.id for place in match_codes(query, BOOK, language)] == found


def test_what_was_used_last_comes_first() -> None:
    found = match_codes("", BOOK, "en", ["has-loans", "daily-sales"])
    assert [place.code.id for place in found][:2] == ["has-loans", "daily-sales"]


def test_names_and_problems_fit_their_line() -> None:
    assert fit_name("ab", 4) == "ab  "
    assert fit_name("abcdef", 4) == "abc…"
    problem = Problem(Place("x"), "y", "this is so.", "Do that.")
    assert say_problem(problem) == "This is so. Do that."


def test_nothing_private_of_textual_is_overridden_or_called() -> None:
    """A name with an underscore may change with any release of textual."""
    clashes = []
    for found in pkgutil.iter_modules(workbench.__path__):
        module = importlib.import_module(f"{workbench.__name__}.{found.name}")
        for one in vars(module).values():
            if not (inspect.isclass(one) and one.__module__ == module.__name__):
                continue
            bases = [base for base in one.__mro__ if base.__module__.startswith("textual")]
            theirs = {name for base in bases for name in [*vars(base), *names_in(base, ast.Attribute)]}
            ours = names_in(one, ast.Attribute) | names_in(one, ast.FunctionDef | ast.AsyncFunctionDef)
            clashes += [
                f"{one.__name__}.{name}"
                for name in sorted(ours & theirs)
                if name.startswith("_") and not name.startswith("__")
            ]
    assert clashes == []


def names_in(one: type, kind: Any) -> set[str]:
    """The names of attributes or methods in the text of a class."""
    nodes = (node for node in ast.walk(ast.parse(inspect.getsource(one))) if isinstance(node, kind))
    return {node.attr if isinstance(node, ast.Attribute) else node.name for node in nodes}
