"""Where words go in an edit that is known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from empowerment_qda.anchors import KnownEdit, NewTurn, SourceText
from empowerment_qda.model.source import Span

OLD = ["Is there training?", "We hold digital training every month. Owners come, too.", "Ya. Ya."]
SAME = [NewTurn(number, None, text) for number, text in enumerate(OLD, 1)]


def follow(new: Sequence[NewTurn], turn: int, words: str, nth: int = 1) -> tuple[int, int, str] | None:
    """First turn, last turn and words of a passage of OLD after an edit."""
    at = -1
    for _ in range(nth):
        at = OLD[turn - 1].index(words, at + 1)
    span = KnownEdit(OLD, new).follow(Span(turn, at, turn, at + len(words)))
    return (span.turn, span.end_turn, SourceText(one.text for one in new).quote(span)) if span else None


def put(turn: int, text: str) -> list[NewTurn]:
    """The turns with another text in one of them."""
    return [one._replace(text=text) if one.number == turn else one for one in SAME]


@pytest.mark.parametrize(
    ("text", "words", "now"),
    [
        ("We hold monthly training. Owners come, too.", "Owners come", "Owners come"),
        ("We hold monthly training. Owners come, too.", "hold digital training", "hold monthly training"),
        ("We hold digital trainings every month. Owners come, too.", "training", "trainings"),
        ("We hold digital training every month. Owners come, too.", "train", "train"),
        ("We hold digital retraining every month. Owners come, too.", "training", "retraining"),
        ("We hold good digital training every month. Owners come, too.", "digital", "digital"),
        ("We hold a digital training every month. Owners come, too.", "We hold digital", "We hold a digital"),
        ("We hold training every month. Owners come, too.", "digital training", "training"),
        ("We hold training every month. Owners come, too.", "digital", None),
        ("We hold digtial trainnig every month. Owners come, too.", "digital", "digtial"),
        ("We hold digtial trainnig every month. Owners come, too.", "training", "trainnig"),
        ("Nobody knows. Owners come, too.", "We hold digital training every month.", None),
        ("Well, we hold digital training. Owners come, too.", "We hold", "we hold"),
        ("", "Owners come", None),
    ],
)
def test_a_passage_goes_where_its_words_go(text: str, words: str, now: str | None) -> None:
    found = follow(put(2, text), 2, words)
    assert (found and found[2]) == now


def test_words_go_into_turns_that_are_split_and_joined() -> None:
    split = [SAME[0], NewTurn(2, None, "We hold digital"), NewTurn(None, "H", "training every month. Owners come, too."), SAME[2]]  # fmt: skip
    assert follow(split, 2, "digital training") == (2, 3, "digital\ntraining")
    assert follow(split, 2, "Owners") == (3, 3, "Owners")
    assert follow(split, 3, "Ya", 2) == (4, 4, "Ya")
    joined = [NewTurn(1, None, f"{OLD[0]} {OLD[1]}"), SAME[2]]
    assert follow(joined, 2, "Owners come") == (1, 1, "Owners come")
    known = KnownEdit(OLD, split)
    assert [list(known.turns_of(turn)) for turn in (1, 2, 3)] == [[1], [2, 3], [4]]
    assert [list(KnownEdit(OLD, joined).turns_of(turn)) for turn in (1, 2, 3)] == [[1], [1], [2]]


def test_a_turn_is_known_by_its_number_wherever_it_stands() -> None:
    moved = [SAME[2], SAME[0], NewTurn(2, None, "We hold digital training each month.")]
    assert follow(moved, 3, "Ya", 2) == (1, 1, "Ya")
    assert follow(moved, 2, "training every month") == (3, 3, "training each month")
    gone = [SAME[0], SAME[2]]
    assert list(KnownEdit(OLD, gone).turns_of(2)) == []
    assert follow(gone, 2, "Owners") is None
    assert follow(gone, 3, "Ya", 1) == (2, 2, "Ya")


def test_what_was_put_in_is_told_from_what_was_there() -> None:
    known = KnownEdit(OLD, put(1, "Is there training? Ya."))
    assert known.is_new(Span(1, 19, 1, 21))
    assert not known.is_new(Span(1, 0, 1, 2))


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    known = KnownEdit(["我们每月培训老板"], [NewTurn(1, None, "我们每月都培训老板")])
    assert known.follow(Span(1, 4, 1, 6)) == Span(1, 5, 1, 7)


def test_a_letter_of_a_word_is_not_the_word() -> None:
    assert follow([NewTurn(1, None, "x"), NewTurn(2, None, "y")], 3, "Ya") is None
    assert follow(put(3, "y"), 3, "Ya. Ya.") is None
    assert follow(put(3, "Yo. Ya."), 3, "Ya") == (3, 3, "Yo")
