"""A turn's words with signs around those that are coded: [1|...|1] coded, {2|...|2} suggested."""

from __future__ import annotations

from empowerment_qda.answers.lines import Piece, Style
from empowerment_qda.stages.show import Mark, MarkedSource


def mark_turn(marked: MarkedSource, turn: int) -> list[Piece]:
    """The pieces of a turn. A passage that goes on in the next turn breaks off with `...`, and goes on after it."""
    text = marked.source.turns[turn - 1].text
    here = [mark for mark in marked.marks if mark.span.turn <= turn <= mark.span.end_turn]
    ranges = {mark.number: _range(mark, turn, len(text)) for mark in here}
    edges = sorted({0, len(text), *(edge for pair in ranges.values() for edge in pair)})
    pieces: list[Piece] = []
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        pieces += [_close(mark, turn) for mark in reversed(here) if ranges[mark.number][1] == start]
        pieces += [_open(mark, turn) for mark in here if ranges[mark.number][0] == start]
        if end is not None:
            inside = [
                mark for mark in here if ranges[mark.number][0] <= start and end <= ranges[mark.number][1]
            ]
            pieces.append(Piece(text[start:end], _style(inside, marked.source.is_question(turn))))
    return pieces


def _range(mark: Mark, turn: int, length: int) -> tuple[int, int]:
    span = mark.span
    return span.start if span.turn == turn else 0, span.end if span.end_turn == turn else length


def _open(mark: Mark, turn: int) -> Piece:
    on = "" if mark.span.turn == turn else "..."
    return Piece(f"{'{' if mark.waiting else '['}{mark.number}{on}|", _style([mark], False))


def _close(mark: Mark, turn: int) -> Piece:
    on = "" if mark.span.end_turn == turn else "..."
    return Piece(f"|{on}{mark.number}{'}' if mark.waiting else ']'}", _style([mark], False))


def _style(marks: list[Mark], question: bool) -> Style:
    if not marks:
        return "dim" if question else "plain"
    return "waiting" if all(mark.waiting for mark in marks) else "coded"
