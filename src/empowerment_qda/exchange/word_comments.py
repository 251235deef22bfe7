"""Comments of Word: who marked which words, and what they wrote beside them, with the replies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member
from empowerment_qda.exchange.project import BroughtCode, BroughtText, Project, Segment

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WORD_2012 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a range of the document's text (code points, end-exclusive): what its author wrote, and what others
    replied (author, text)."""

    author: str
    text: str
    start: int
    end: int
    replies: tuple[tuple[str, str], ...] = ()

    @property
    def first_line(self) -> str:
        """The line that may name a code."""
        return self.text.strip().partition("\n")[0].strip()

    def memo(self, *, whole: bool) -> str:
        """What stands below the first line, or all of it, with the replies."""
        own = self.text.strip() if whole else self.text.strip().partition("\n")[2].strip()
        return "\n".join(filter(None, [own, *(f"{author}: {text}" for author, text in self.replies)]))


def read_project(name: str, data: bytes, known: Collection[str] = ()) -> Project:
    """A document whose comments are codings: a comment's first line is a code's id, label or path (of those `known`, several
    with `;` or `,` between), the rest and the replies are a memo, its range is the passage, its author the coder. A comment
    that names no code is a memo of its author on the passage."""
    title = PurePath(name).stem
    text, comments = read_comments(data)
    if not comments:
        raise Unreadable("holds no comments")
    folded = {one.casefold(): one for one in known}
    codes: dict[str, BroughtCode] = {}
    segments = []
    for one in comments:
        named = _find_codes(one.first_line, folded)
        for label in named:
            codes.setdefault(label, BroughtCode(label, label))
        quote = text[one.start : one.end].strip("\n")
        why = "" if quote.strip() else "the comment stands on no words"
        segments += [
            Segment(title, label, one.author, quote, one.start, one.end, one.memo(whole=label is None), why)
            for label in (*named, *([None] if not named else []))
        ]
    brought = BroughtText(title, title, text, text.split("\n"))
    return Project(title, tuple(codes.values()), (brought,), tuple(segments))


def _find_codes(line: str, known: Mapping[str, str]) -> list[str]:
    """The codes that a line names, and nothing else; a comma may stand in a label."""
    for sign in ("\n", ";", ","):
        parts = [part.strip().casefold() for part in line.split(sign) if part.strip()]
        if parts and all(part in known for part in parts):
            return [known[part].rpartition("/")[2] for part in parts]
    return []


def read_comments(data: bytes) -> tuple[str, list[Comment]]:
    """A document's text, a line for each paragraph and without deleted words, and its comments in the order of their ranges.
    Unreadable where it is no Word document."""
    archive = open_archive(data)
    names = set(archive.namelist())
    if "word/comments.xml" not in names:
        if "word/document.xml" not in names:
            raise Unreadable("is not what its ending says (it holds no Word document)")
        return "", []
    written = {one.get(f"{WORD}id", ""): one for one in parse_xml(read_member(archive, "word/comments.xml"))}
    parents = (
        _find_parents(read_member(archive, "word/commentsExtended.xml"))
        if "word/commentsExtended.xml" in names
        else {}
    )
    by_paragraph = {_last_paragraph(one): id_ for id_, one in written.items()}
    answers: dict[str, list[tuple[str, str]]] = {}
    for one in written.values():
        above = by_paragraph.get(parents.get(_last_paragraph(one), ""))
        if above is not None:
            answers.setdefault(above, []).append((_author(one), _text(one)))
    replies = {by_paragraph[one] for one in parents if one in by_paragraph and parents[one] in by_paragraph}
    text, ranges = _find_ranges(parse_xml(read_member(archive, "word/document.xml")))
    return text, [
        Comment(_author(written[id_]), _text(written[id_]), start, end, tuple(answers.get(id_, ())))
        for id_, (start, end) in sorted(ranges.items(), key=lambda pair: pair[1])
        if id_ in written and id_ not in replies
    ]


def _author(comment: Element) -> str:
    return " ".join((comment.get(f"{WORD}author") or "").split())


def _text(comment: Element) -> str:
    return "\n".join("".join(_pieces(one)) for one in comment.iter(f"{WORD}p"))


def _last_paragraph(comment: Element) -> str:
    """The id of the paragraph by which Word knows a comment."""
    ids = [one.get(f"{WORD_2010}paraId", "") for one in comment.iter(f"{WORD}p")]
    return ids[-1] if ids else ""


def _find_parents(data: bytes) -> dict[str, str]:
    """From a comment's paragraph to that of the comment it replies to."""
    found = (
        (one.get(f"{WORD_2012}paraId", ""), one.get(f"{WORD_2012}paraIdParent")) for one in parse_xml(data)
    )
    return {one: above for one, above in found if above}


def _find_ranges(document: Element) -> tuple[str, dict[str, tuple[int, int]]]:
    """The document's text, a line for each paragraph, and where in it each comment's range lies."""
    text, length = [], 0
    starts: dict[str, int] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for kind, value in _walk(document):
        if kind == "text":
            text.append(value)
            length += len(value)
        elif kind == "start":
            starts[value] = length
        elif value in starts:
            ranges[value] = (starts.pop(value), length)
    return "".join(text), ranges | {one: (start, length) for one, start in starts.items()}


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    """What a document holds, in order: text, and where ranges start and end."""
    for child in element:
        name = child.tag.removeprefix(WORD)
        if name == "commentRangeStart":
            yield "start", child.get(f"{WORD}id", "")
        elif name == "commentRangeEnd":
            yield "end", child.get(f"{WORD}id", "")
        elif name == "t":
            yield "text", child.text or ""
        elif name in ("tab", "br", "cr"):
            yield "text", " " if name == "tab" else "\n"
        elif name not in ("del", "moveFrom", "pPr", "rPr", "Choice") and not child.tag.endswith("}Choice"):
            yield from _walk(child)
            if name == "p":
                yield "text", "\n"


def _pieces(element: Element) -> Iterator[str]:
    return (value for kind, value in _walk(element) if kind == "text")
