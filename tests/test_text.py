"""Lines laid out for a terminal."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.text import Piece, clean, cut, cut_left, pad, plain_line, width_of, wrap

TEXT = st.text(alphabet=st.sampled_from("ab .漢é\u0301\n\t\x1b[1]"), max_size=80)
STYLES = st.sampled_from(["plain", "coded", "dim"])
PIECES = st.lists(st.builds(Piece, TEXT, STYLES), max_size=5)


@given(PIECES, st.integers(2, 30))
def test_no_line_is_wider_and_no_character_is_lost(pieces: list[Piece], width: int) -> None:
    lines = wrap(pieces, width)
    assert all(sum(width_of(piece.text) for piece in line) <= width for line in lines)
    shown = "".join(piece.text for line in lines for piece in line)
    assert "".join(shown.split()) == "".join("".join(clean(piece.text) for piece in pieces).split())


@given(PIECES, st.integers(2, 30))
def test_every_character_keeps_its_style(pieces: list[Piece], width: int) -> None:
    styled = [
        (letter, piece.style) for piece in pieces for letter in clean(piece.text) if not letter.isspace()
    ]
    lines = wrap(pieces, width)
    assert [
        (letter, piece.style)
        for line in lines
        for piece in line
        for letter in piece.text
        if not letter.isspace()
    ] == styled


@given(PIECES)
def test_pieces_of_one_style_are_one(pieces: list[Piece]) -> None:
    for line in wrap(pieces, 20):
        assert all(one.style != other.style for one, other in pairwise(line))


def test_a_word_in_several_styles_is_not_broken() -> None:
    pieces = [Piece("one "), Piece("[1|", "coded"), Piece("two", "coded"), Piece("|1]"), Piece(", three")]
    assert [plain_line(line) for line in wrap(pieces, 13)] == ["one", "[1|two|1],", "three"]


def test_line_breaks_of_the_text_stay() -> None:
    assert [plain_line(line) for line in wrap([Piece("one\n\ntwo")], 20)] == ["one", "", "two"]


@given(TEXT, st.integers(2, 30))
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width
    assert width_of(cut_left(clean(text), width)) <= width


def test_padding() -> None:
    assert plain_line((*pad((Piece("漢字"),), 6), Piece("|"))) == "漢字  |"


def test_nothing_reaches_the_terminal_that_could_move_its_cursor() -> None:
    assert clean("a\x1b]0;title\x07\x9b2Jb\r\nc") == "a\ufffd]0;title\ufffd\ufffd2Jb\nc"
