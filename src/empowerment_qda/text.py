"""The one way out for text: what a terminal, a page, a picture or a table could take for more than words.

People's words stay as they are in the study. On the way out every character that moves a cursor, breaks a line, turns
the direction of writing or hides is replaced or left out, in `inert` and nowhere else; what a form takes for markup is
escaped after that, here for Markdown, JSON and YAML, in `cli/tables.py` for the formulas of CSV. Letters of every script, accents and what joins an emoji are words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

SIGN = "\ufffd"
"""What stands for a character that is not shown."""
ODD = {
    "control": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
    "surrogate": "\ud800-\udfff\ufffe\uffff",
    "line": "\u2028\u2029",
    "override": "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb",
    "direction": "\u061c\u200e\u200f",
    "hidden": "\ufeff\U000e0000-\U000e007f",
}
"""Kinds of characters that do not go out, as classes of a regular expression; a CR without LF is a control."""
_HIDDEN = re.compile(f"[{ODD['direction']}{ODD['hidden']}]")
_SHOWN = re.compile(f"\r|[{''.join(ODD.values())}]")
_ODD = {kind: re.compile(f"[{one}]" + r"|\r(?!\n)" * (kind == "control")) for kind, one in ODD.items()}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")


def inert(text: str, sign: str = SIGN) -> str:
    """Text that does nothing where it is shown: LF and tab are its only controls.

    What is invisible anyway (marks of direction, byte order marks, tags) is left out; all else becomes the sign.

    >>> inert("a\\x1b[31mb\\r\\n\\u202ec\\u200fd")
    'a\ufffd[31mb\\n\ufffdcd'
    """
    if text.isascii() and text.isprintable():
        return text
    return _SHOWN.sub(sign, _HIDDEN.sub("", text).replace("\r\n", "\n"))


def find_odd(text: str) -> Iterator[tuple[str, list[str]]]:
    """The kinds of odd characters in a text, each with those characters in their order."""
    if not (text.isascii() and text.isprintable()):
        for kind, odd in _ODD.items():
            if found := odd.findall(text):
                yield kind, found


def one_line(text: str) -> str:
    """Words with one space between them."""
    return " ".join(text.split())


def shorten(text: str, most: int = 60, sign: str = "…") -> str:
    """Words on one line, cut to so many characters with a sign at their end.

    >>> shorten("one\\ntwo", 7), shorten("one two", 6)
    ('one two', 'one t…')
    """
    line = one_line(text)
    return line if len(line) <= most else line[: most - len(sign)] + sign


def inert_line(text: str) -> str:
    """Inert text on one line."""
    return one_line(inert(text))


def inert_json(text: str) -> str:
    """JSON whose odd characters are escaped, so that a reader of it gets them back; half of a pair is lost.

    >>> inert_json('"\\u202e\\x7f"')
    '"\\\\u202e\\\\u007f"'
    """
    return _SHOWN.sub(lambda found: _escape(found[0], pairs=True), text)


def inert_yaml(text: str) -> str:
    """YAML whose odd characters stand in double quotes: escaped, so that a reader of it gets them back."""
    return _SHOWN.sub(lambda found: _escape(found[0], pairs=False), text)


def is_odd(text: str) -> bool:
    """Whether anything in a text would not go out as it is."""
    return not (text.isascii() and text.isprintable()) and _SHOWN.search(text) is not None


def _escape(mark: str, *, pairs: bool) -> str:
    number = ord(mark)
    if 0xD800 <= number < 0xE000:
        return SIGN
    if number <= 0xFFFF:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}" if pairs else f"\\U{number:08x}"


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is.

    >>> escape_markdown("[laughs] <b>")
    '\\\\[laughs\\\\] \\\\<b\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", inert_line(text))


def escape_line(text: str) -> str:
    """The same where it may begin a line: no list, rule or heading begins there.

    >>> escape_line("- yes"), escape_line("1. no")
    ('\\\\- yes', '1\\\\. no')
    """
    return _BLOCK.sub(_hold, escape_markdown(text))


def _hold(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


Style = Literal["plain", "dim", "strong", "coded", "waiting", "code"]


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
    line = one_line(clean(text))
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


def hang(head: Line, lines: Iterable[Line], width: int) -> list[Line]:
    """Lines behind a head of that width, which stands before the first of them; before the others is as much room.

    >>> [plain_line(line) for line in hang((Piece("1"),), [(Piece("one"),), (Piece("two"),)], 3)]
    ['1  one', '   two']
    """
    return [(*pad(() if number else head, width), *line) for number, line in enumerate(lines)]


def wrap(pieces: Iterable[Piece], width: int) -> list[Line]:
    """Pieces as lines no wider than that, broken between words, or in a word where it is wider. Between two words on a line
    there is one space. (rich keeps every space, and would be loaded for each answer.)

    >>> [[piece.text for piece in line] for line in wrap([Piece("one two "), Piece("three", "coded")], 7)]
    [['one two'], ['three']]
    """
    letters = [(letter, style) for text, style in pieces for letter in clean(text)]
    lines: list[list[tuple[str, Style]]] = [[]]
    used = 0
    space: list[tuple[str, Style]] = []
    for blank, run in groupby(letters, key=lambda one: one[0].isspace()):
        word = list(run)
        if blank:
            breaks = sum(letter == "\n" for letter, _ in word)
            lines += [[] for _ in range(breaks)]
            used = 0 if breaks else used
            space = [(" ", word[-1][1])] if used else []
            continue
        wide = width_of("".join(letter for letter, _ in word))
        if used and used + len(space) + wide > width:
            lines.append([])
            used = 0
        else:
            lines[-1] += space
            used += len(space)
        for part in [word] if wide <= width else ([letter] for letter in word):
            needed = wide if wide <= width else width_of(part[0][0])
            if used + needed > width:
                lines.append([])
                used = 0
            lines[-1] += part
            used += needed
    return [tuple(_join(line)) for line in lines]


def _join(letters: Iterable[tuple[str, Style]]) -> Iterator[Piece]:
    """Neighbours of one style as one piece."""
    for style, run in groupby(letters, key=lambda one: one[1]):
        yield Piece("".join(letter for letter, _ in run), style)


def plain_line(line: Line) -> str:
    """A line as bare text, without white space at its end."""
    return "".join(piece.text for piece in line).rstrip()
