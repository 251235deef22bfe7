"""The codings file of one coder and source: its bytes, what they mean, and how it reads after a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import yaml

from empowerment_qda.coding import Splice
from empowerment_qda.coding.log_entry import path_of
from empowerment_qda.files.read import parse_file, read_if_there
from empowerment_qda.files.write import format_codings, format_yaml, plain_coding, plain_left_out
from empowerment_qda.files.yaml import decode
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.problems import Place, Problem, StudyError

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Sheet:
    """A codings file as last seen; `raw` is None where there is none, `text` where it cannot be told into pieces."""

    raw: bytes | None
    file: Codings
    text: CodingsText | None

    @property
    def path(self) -> str:
        """Where it stands, from the study's root."""
        return path_of(self.file.source, self.file.coder)

    @property
    def has_comments(self) -> bool:
        """Whether a person seems to have written comments into it."""
        return self.raw is not None and has_comments(self.raw.decode("utf-8-sig"))

    def change(self, splice: Splice, left_out: tuple[LeftOut, ...] | None = None) -> Sheet:
        """The file after a change, and with this left out: other lines as they are, where its layout allows."""
        at, before, after = splice
        codings = self.file.codings
        codings = codings[:at] + after + codings[at + len(before) :]
        file = self.file.model_copy(update={"codings": codings})
        text: CodingsText | None = self.text.change(splice) if self.text else None
        if left_out is not None and left_out != file.left_out:
            file = file.model_copy(update={"left_out": left_out})
            text = _with_left_out(str(text), file) if text else None
        made = str(text) if text else format_codings(file)
        text = text or split_codings(made, len(codings))
        bom = BOM if self.raw and self.raw.startswith(BOM) else b""
        return Sheet(bom + made.encode(), file, text)


def _with_left_out(text: str, file: Codings) -> CodingsText | None:
    """The text with what the file leaves out; None where that cannot be put in without touching other lines."""
    made = put_left_out(text, file.left_out)
    try:
        again = parse_file(made, file.path, Codings)
    except StudyError:
        return None
    same = (again.codings, again.left_out) == (file.codings, file.left_out)
    return split_codings(made, len(file.codings)) if same else None


def read_raw(root: Path, source: str, coder: str) -> bytes | None:
    """The bytes of a codings file; None where there is none."""
    return read_if_there(root, path_of(source, coder))


def parse_sheet(raw: bytes | None, source: str, coder: str) -> Sheet:
    """A codings file from its bytes; StudyError where it is none, or another's."""
    if raw is None:
        return Sheet(None, Codings(source=source, coder=coder), None)
    path = path_of(source, coder)
    text = decode(raw, path)
    file = parse_file(text, path, Codings)
    if (file.source, file.coder) != (source, coder):
        said = f"the file says source `{file.source}` and coder `{file.coder}`"
        hint = f"In this place it should be `source: {source}` and `coder: {coder}`."
        raise StudyError([Problem(Place(path, (), 1), "coder-folder", said, hint)])
    return Sheet(raw, file, split_codings(text, len(file.codings)))


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


_KEY = re.compile(r"^left_out[ \t]*:", re.MULTILINE)
_BELOW = re.compile(r"(?:(?:[ \t-][^\n]*|[ \t]*#[^\n]*|\r?)\n)*")
"""Lines that belong to the key above them: indented, entries of a list, comments and blank lines."""
_BEHIND = re.compile(r"(?:^(?:#[^\n]*|[ \t]*\r?)\n)*\Z", re.MULTILINE)
"""Comments at the margin and blank lines, which belong to what comes next."""


def put_left_out(text: str, left_out: tuple[LeftOut, ...]) -> str:
    """The text with just this left out; comments inside the old lines stand above the new ones."""
    if text and not text.endswith("\n"):
        text += "\n"
    end = "\r\n" if "\r\n" in text else "\n"
    plain = [plain_left_out(one) for one in left_out]
    fresh = format_yaml({"left_out": plain}).replace("\n", end) if plain else ""
    found = _KEY.search(text)
    if found is None:
        return text + fresh
    first = text.index("\n", found.end()) + 1
    below = _BELOW.match(text, first)
    old = text[found.start() : below.end() if below else first]
    behind = _BEHIND.search(old)
    old = old[: behind.start()] if behind else old
    comments = "".join(one + end for one in find_comments(old))
    return text[: found.start()] + comments + fresh + text[found.start() + len(old) :]
