"""YAML files changed as text: an entry of a list that changes is written anew, every other line stays as it is.

A text is told into pieces, one for each entry, with the comments above it. Codings files are changed so here, the codebook
in `codebook_edit.py`. Where the text made so does not hold what it should, a codings file is written anew as a whole, and a codebook left alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from empowerment_qda.coding import Entry, Splice
from empowerment_qda.coding.log_entry import holds_same, path_of
from empowerment_qda.files.lock import stamp_of
from empowerment_qda.files.read import N, parse_file, read_if_there
from empowerment_qda.files.write import format_codings, format_yaml, plain_coding, plain_left_out
from empowerment_qda.files.yaml import decode
from empowerment_qda.model.coding import Codings, LeftOut
from empowerment_qda.problems import StudyError, refusal

RECENT = 2 * 10**9
"""In nanoseconds. A file that was written so shortly ago is read again: a second change might bear the same time."""
BOM = b"\xef\xbb\xbf"
_KEYS = rf"(?:{'|'.join(Codings.model_fields)})[ \t]*:"
_BELOW = r"(?P<below>(?:(?:[ \t#-][^\n]*|\r?)\n)*+)"
"""Lines that belong to the key above them: indented, entries of a list, comments and blank lines."""
_CODINGS, _LEFT_OUT = (
    re.compile(rf"^{key}[ \t]*:(?P<rest>[^\n]*\n){_BELOW}(?={_KEYS}|\Z)", re.MULTILINE)
    for key in ("codings", "left_out")
)
_NO_ENTRY = re.compile(r"(?:[ \t]*(?P<empty>\[[ \t]*\]))?(?P<comment>[ \t]*(?:#.*)?\r?\n)")
_FIRST = re.compile(r"^( *)-(?=[ \r\n])", re.MULTILINE)
_KEEPS_BLANKS = re.compile(r"[|>]\d?\+")


class Piece(NamedTuple):
    """The lines of one entry, and the comments and blank lines above it."""

    above: str
    own: str


@dataclass(frozen=True)
class ListText:
    """A text up to the first entry of a list, a piece for each entry, and what follows as a last one without an entry."""

    head: str
    pieces: tuple[Piece, ...]
    indent: int = 2

    def __str__(self) -> str:
        return self.head + "".join(part for piece in self.pieces for part in piece)

    def change(self, at: int, number: int, new: Sequence[str]) -> ListText:
        """The text with the lines of these entries instead of so many that stand from `at` on.

        Comments above an entry stay where they are, also when the entry goes; those inside an entry that is written anew
        move above it.
        """
        old, behind = self.pieces[at : at + number], self.pieces[at + number :]
        kept = {piece.own for piece in old}
        pieces = []
        for count, own in enumerate(new):
            above = old[count].above if count < number else ""
            if own not in kept and len(new) == number:
                above += "".join(self.lines(find_comments(old[count].own)))
            pieces.append(Piece(above, own))
        orphaned = "".join(piece.above for piece in old[len(new) :])
        first = behind[0]._replace(above=orphaned + behind[0].above)
        return replace(self, pieces=(*self.pieces[:at], *pieces, first, *behind[1:]))

    def format(self, entry: Mapping[str, Any]) -> str:
        """An entry in the lines of this list."""
        return "".join(self.lines(format_entry(entry)))

    def lines(self, lines: Iterable[str], deeper: int = 0) -> Iterator[str]:
        """Lines indented as the entries are, with the line ends of the text."""
        for line in lines:
            yield (" " * (self.indent + deeper) + line if line.strip() else "") + _line_end(self.head)


def format_entry(entry: Mapping[str, Any]) -> list[str]:
    """The lines of an entry of a list that is not indented."""
    lines = format_yaml([dict(entry)]).split("\n")[:-1]
    return (
        lines[:-1] if lines[-1] == "..." else lines
    )  # the end of a document, behind blank lines that are kept


def split_list(text: str, start: int, end: int, number: int) -> ListText | None:
    """A text in pieces, given where the lines of a list of so many entries stand; None where its layout does not tell them
    apart."""
    body = text[start:end]
    first = _FIRST.search(body)
    indent = len(first[1]) if first else 0
    starts = [one.start() for one in re.finditer(rf"^ {{{indent}}}-(?=[ \r\n])", body, re.MULTILINE)]
    if not starts or len(starts) != number or _strip(body[: starts[0]], indent):
        return None
    pieces, above = [], body[: starts[0]]
    for at, stop in zip(starts, [*starts[1:], len(body)], strict=True):
        own = _strip(body[at:stop], indent)
        pieces.append(Piece(above, own))
        above = body[at + len(own) : stop]
    return ListText(text[:start], (*pieces, Piece(above + text[end:], "")), indent)


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


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def end_last_line(text: str) -> str:
    """The text with a line end at its end, where it is not empty."""
    return text + "\n" if text and not text.endswith("\n") else text


def find_comments(own: str) -> Iterator[str]:
    """The comments in the lines of an entry: what stands between its tokens, as far as these are any."""
    done = 0
    with suppress(yaml.YAMLError):
        for token in yaml.scan(own, Loader=yaml.SafeLoader):
            yield from re.findall(r"#[^\r\n]*", own[done : token.start_mark.index])
            done = max(done, token.end_mark.index)
    yield from re.findall(r"#[^\r\n]*", own[done:])


# Codings


@dataclass(frozen=True)
class Sheet:
    """A codings file as last seen; `raw` is None where there is none."""

    raw: bytes | None
    file: Codings

    @property
    def path(self) -> str:
        """Where it stands, from the study's root."""
        return path_of(self.file.source, self.file.coder)

    @property
    def text(self) -> str:
        """Its text; empty where there is none."""
        return (self.raw or b"").decode("utf-8-sig")

    @property
    def has_comments(self) -> bool:
        """Whether a person seems to have written comments into it."""
        lines = (line for line in self.text.split("\n") if "yaml-language-server" not in line)
        return any("#" in line and re.search(r"(?:^|\s)#", line) for line in lines)

    def change(self, entry: Entry) -> Sheet:
        """The file after an entry: other lines as they are, where its layout allows."""
        file = entry.apply(self.file)
        made = change_codings(self.text, len(self.file.codings), entry.splice)
        if made and entry.changes_left_out:
            made = put_left_out(made, file.left_out)
        again = parse_if_valid(made, file.path, Codings) if made else None
        if made is None or again is None or not holds_same(again, file):
            made = format_codings(file)
        bom = BOM if self.raw and self.raw.startswith(BOM) else b""
        return Sheet(bom + made.encode(), file)


def parse_sheet(raw: bytes | None, source: str, coder: str) -> Sheet:
    """A codings file from its bytes; StudyError where it is none, or another's."""
    if raw is None:
        return Sheet(None, Codings(source=source, coder=coder))
    path = path_of(source, coder)
    file = parse_file(decode(raw, path), path, Codings)
    if (file.source, file.coder) != (source, coder):
        said = f"the file says source `{file.source}` and coder `{file.coder}`"
        hint = f"In this place it should be `source: {source}` and `coder: {coder}`."
        raise refusal(path, "coder-folder", said, hint, line=1)
    return Sheet(raw, file)


class Sheets:
    """Codings files of a study, each as it stands on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, Sheet] = {}
        self._stamps: dict[str, tuple[int, ...] | None] = {}

    def read(self, source: str, coder: str) -> Sheet:
        """A coder's file of a source, read again only where times or size are others than before, or recent, and parsed
        again only where its bytes are."""
        path = path_of(source, coder)
        stamp, sheet = stamp_of(self._root, path), self._known.get(path)
        if sheet is None or stamp != self._stamps.get(path):
            raw = read_if_there(self._root, path)
            if sheet is None or raw != sheet.raw:
                sheet = self._known[path] = parse_sheet(raw, source, coder)
            settled = not stamp or max(stamp[:2]) < time.time_ns() - RECENT
            self._stamps[path] = stamp if settled else None
        return sheet

    def put(self, sheet: Sheet) -> None:
        """Know a file that was just written."""
        self._known[sheet.path] = sheet
        self._stamps.pop(sheet.path, None)

    def of(self, coder: str) -> dict[str, Sheet]:
        """A coder's files that were read so far, by their paths."""
        return {path: one for path, one in self._known.items() if one.file.coder == coder}


def change_codings(text: str, number: int, splice: Splice) -> str | None:
    """The text of a file of so many codings after a change of them; None where its layout does not tell them apart."""
    listed = split_codings(text, number)
    if listed is None:
        return None
    at, before, after = splice
    kept = {coding: piece.own for coding, piece in zip(before, listed.pieces[at:], strict=False)}
    new = [kept.get(coding) or listed.format(plain_coding(coding)) for coding in after]
    made = listed.change(at, len(before), new)
    if len(made.pieces) == 1:
        return str(replace(made, head=re.sub(r"^codings:", "codings: []", made.head, flags=re.MULTILINE)))
    return str(made)


def split_codings(text: str, number: int) -> ListText | None:
    """A codings file of so many codings in pieces; its head ends with the line `codings:`, also where there are none."""
    text = end_last_line(text)
    found = _CODINGS.search(text)
    rest = _NO_ENTRY.fullmatch(found["rest"]) if found else None
    if found is None or rest is None:
        return None
    head = text[: found.start()] + "codings:" + rest["comment"]
    if number and not rest["empty"]:
        listed = split_list(text, found.start("below"), found.end(), number)
        return listed and replace(listed, head=head)
    if number or _strip(found["below"], len(text)):
        return None
    return ListText(head, (Piece(found["below"] + text[found.end() :], ""),))


def put_left_out(text: str, left_out: tuple[LeftOut, ...]) -> str:
    """The text with just this left out; comments inside the old lines stand above the new ones."""
    text = end_last_line(text)
    end = _line_end(text)
    fresh = format_yaml({"left_out": [plain_left_out(one) for one in left_out]}) if left_out else ""
    found = _LEFT_OUT.search(text)
    if found is None:
        return text + fresh.replace("\n", end)
    old = _strip(found[0], 0)
    comments = "".join(one + "\n" for one in find_comments(old))
    start = found.start()
    return text[:start] + (comments + fresh).replace("\n", end) + text[start + len(old) :]


def parse_if_valid(text: str, path: str, model: type[N]) -> N | None:
    """What a text holds; None where it cannot be read."""
    try:
        return parse_file(text, path, model)
    except StudyError:
        return None
