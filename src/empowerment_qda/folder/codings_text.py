"""A codings file as text, so that a change of one entry leaves the lines of all others as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import yaml

from empowerment_qda.desk import Splice
from empowerment_qda.folder.write import format_yaml, plain_coding
from empowerment_qda.model.coding import Coding, Codings

_LIST = re.compile(r"^codings:[ \t]*(?P<empty>\[[ \t]*\])?[ \t]*(?P<rest>(?:#.*)?(?:\r?\n|\Z))", re.MULTILINE)
_NEXT_KEY = re.compile(rf"^(?:{'|'.join(Codings.model_fields)})[ \t]*:", re.MULTILINE)
_FIRST = re.compile(r"^( *)-(?=[ \r\n])", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[:\-,\[{])[ \t]*[&*]\w", re.MULTILINE)
_KEEPS_BLANKS = re.compile(r"[|>]\d?\+")


class Piece(NamedTuple):
    """The lines of one entry, and the comments and blank lines above it."""

    above: str
    own: str


@dataclass(frozen=True)
class CodingsText:
    """The text up to and with the line `codings:`, a piece for each coding, and what follows."""

    head: str
    pieces: tuple[Piece, ...]
    tail: str
    indent: int = 2

    def __str__(self) -> str:
        if self.pieces:
            return self.head + "".join(part for piece in self.pieces for part in piece) + self.tail
        return re.sub(r"^codings:", "codings: []", self.head, flags=re.MULTILINE) + self.tail

    def change(self, splice: Splice) -> CodingsText:
        """The text after a change of its codings.

        Comments above an entry stay where they are, also when the entry goes; those inside an entry that is
        written anew move above it.
        """
        at, before, after = splice
        old = self.pieces[at : at + len(before)]
        kept = {coding: piece.own for coding, piece in zip(before, old, strict=True)}
        new = []
        for number, coding in enumerate(after):
            above = old[number].above if number < len(old) else ""
            if coding not in kept and len(before) == len(after):
                above += self._lines(find_comments(old[number].own))
            new.append(Piece(above, kept.get(coding) or self._format(coding)))
        orphaned = "".join(piece.above for piece in old[len(after) :])
        following, tail = self.pieces[at + len(before) :], self.tail
        if following:
            following = (following[0]._replace(above=orphaned + following[0].above), *following[1:])
        else:
            tail = orphaned + tail
        return replace(self, pieces=(*self.pieces[:at], *new, *following), tail=tail)

    def _format(self, coding: Coding) -> str:
        lines = format_yaml({"codings": [plain_coding(coding)]}).split("\n")[1:-1]
        if lines[-1] == "...":  # the end of a document, behind a block that keeps its last blank lines
            lines.pop()
        return self._lines(line[2:] for line in lines)

    def _lines(self, lines: Iterator[str]) -> str:
        end = "\r\n" if "\r\n" in self.head else "\n"
        return "".join((" " * self.indent + line if line.strip() else "") + end for line in lines)


def split_codings(text: str, number: int) -> CodingsText | None:
    """A codings file of so many codings in pieces; None where its layout does not tell its entries apart."""
    if text and not text.endswith("\n"):
        text += "\n"
    found = _LIST.search(text)
    if found is None or _ALIAS.search(text):
        return None
    head = text[: found.start()] + "codings:" + found["rest"]
    key = _NEXT_KEY.search(text, found.end())
    end = key.start() if key else len(text)
    body, tail = text[found.end() : end], text[end:]
    if found["empty"] or number == 0:
        return None if number or _strip(body, len(body)) else CodingsText(head, (), body + tail)
    first = _FIRST.search(body)
    indent = len(first[1]) if first else 0
    starts = [one.start() for one in re.finditer(rf"^ {{{indent}}}-(?=[ \r\n])", body, re.MULTILINE)]
    if len(starts) != number or _strip(body[: starts[0]], indent):
        return None
    pieces, above = [], body[: starts[0]]
    for start, stop in zip(starts, [*starts[1:], len(body)], strict=True):
        own = _strip(body[start:stop], indent)
        if any(_depth(line) <= indent for line in own.split("\n")[1:]):
            return None
        pieces.append(Piece(above, own))
        above = body[start + len(own) : stop]
    return CodingsText(head, tuple(pieces), above + tail, indent)


def _strip(text: str, indent: int) -> str:
    """The text less the blank lines at its end, and less comments there that stand no deeper than the entries.

    Where a block keeps its last blank lines, they are left.
    """
    lines = text.split("\n")
    end = len(lines)
    while end and (
        not lines[end - 1].strip() or (lines[end - 1].lstrip()[0] == "#" and _depth(lines[end - 1]) <= indent)
    ):
        end -= 1
    while _KEEPS_BLANKS.search(text) and end < len(lines) - 1 and not lines[end].strip():
        end += 1
    return "".join(line + "\n" for line in lines[:end])


def _depth(line: str) -> int:
    """How far a line is indented; blank lines count as deep."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.strip() else 1_000


def find_comments(own: str) -> Iterator[str]:
    """The comments in the lines of an entry: what stands between its tokens."""
    done = 0
    for token in yaml.scan(own, Loader=yaml.SafeLoader):
        gap = own[done : token.start_mark.index]
        yield from re.findall(r"#[^\r\n]*", gap)
        done = max(done, token.end_mark.index)
    yield from re.findall(r"#[^\r\n]*", own[done:])


def has_comments(text: str) -> bool:
    """Whether a person seems to have written comments into a codings file."""
    if "#" not in text:
        return False
    own = (line for line in text.split("\n") if "#" in line and "yaml-language-server" not in line)
    return any(re.search(r"(?:^|\s)#", line) for line in own)
