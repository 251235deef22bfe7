"""Lines for people to read: pieces of text, each with the name of a style, laid out by the width that is seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from empowerment_qda.escape import inert

Style = Literal["plain", "dim", "strong", "coded", "waiting", "code"]
_WORD = re.compile(r"(\n)|([^\S\n]+)|(\S+)")


class Piece(NamedTuple):
    """Some text in one style."""

    text: str
    style: Style = "plain"


Line = tuple[Piece, ...]


def clean(text: str) -> str:
    """Inert text without tabs, whose width nobody knows.

    >>> clean("a\\x1b[31mb\\tc")
    'a\\ufffd[31mb c'
    """
    return inert(text).replace("\t", " ")


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> width_of("jum'at"), width_of("漢字"), width_of("e\\u0301")
    (6, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Text on one line, at most so wide; a sign shows where something is left out.

    >>> cut("one two  three", 9), cut("one", 9)
    ('one two …', 'one')
    """
    line = " ".join(clean(text).split())
    return line if width_of(line) <= width else _fit(line, width - 1) + "…"


def cut_left(text: str, width: int) -> str:
    """The end of a text, at most so wide.

    >>> cut_left("one two three", 9)
    '…wo three'
    """
    return text if width_of(text) <= width else "…" + _fit(text[::-1], width - 1)[::-1]


def _fit(text: str, width: int) -> str:
    """As much of the beginning as is no wider."""
    taken = 0
    for number, character in enumerate(text):
        taken += _columns(character)
        if taken > width:
            return text[:number]
    return text


def pad(line: Line, width: int) -> Line:
    """A line filled up with spaces to a width."""
    missing = width - sum(width_of(piece.text) for piece in line)
    return (*line, Piece(" " * missing)) if missing > 0 else line


def wrap(pieces: Iterable[Piece], width: int) -> list[Line]:
    """Pieces as lines no wider than that, broken between words, or in a word where it is wider.

    >>> [[piece.text for piece in line] for line in wrap([Piece("one two "), Piece("three", "coded")], 7)]
    [['one two'], ['three']]
    """
    lines: list[list[Piece]] = [[]]
    used = 0
    space: Piece | None = None
    for word in _words(pieces):
        text = word[0].text
        if text == "\n":
            lines.append([])
            used, space = 0, None
        elif text.isspace():
            space = word[0] if used else None
        else:
            wide = sum(width_of(piece.text) for piece in word)
            if used and used + bool(space) + wide > width:
                lines.append([])
                used = 0
            elif space:
                _join(lines[-1], Piece(" ", space.style))
                used += 1
            space = None
            for piece in word if wide <= width else _letters(word):
                if wide > width and used + width_of(piece.text) > width:
                    lines.append([])
                    used = 0
                _join(lines[-1], piece)
                used += width_of(piece.text)
    return [tuple(line) for line in lines]


def _join(line: list[Piece], piece: Piece) -> None:
    """Add a piece to a line; one of the same style becomes part of the last."""
    if line and line[-1].style == piece.style:
        line[-1] = Piece(line[-1].text + piece.text, piece.style)
    else:
        line.append(piece)


def _letters(word: Sequence[Piece]) -> Iterator[Piece]:
    return (Piece(letter, piece.style) for piece in word for letter in piece.text)


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Words, each with its pieces; between them white space and line breaks, as words of their own."""
    word: list[Piece] = []
    for piece in pieces:
        for found in _WORD.finditer(clean(piece.text)):
            if found[3]:
                word.append(Piece(found[3], piece.style))
                continue
            if word:
                yield word
                word = []
            yield [Piece(found[0], piece.style)]
    if word:
        yield word


def plain_line(line: Line) -> str:
    """A line as bare text, without white space at its end."""
    return "".join(piece.text for piece in line).rstrip()
