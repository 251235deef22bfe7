"""Comments of Word: who marked which words, and what they wrote beside them, with the replies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, parse_xml, read_member
from empowerment_qda.exchange.project import BroughtCode, BroughtText, Project, Segment
from empowerment_qda.exchange.word import WORD, Document, open_word, read_word, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
    document, comments = read_comments(data)
    text = document.text
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
    brought = BroughtText(title, title, text, text.split("\n"), "\n".join(document.aside))
    return Project(title, tuple(codes.values()), (brought,), tuple(segments), changes=tuple(document.changes))


def _find_codes(line: str, known: Mapping[str, str]) -> list[str]:
    """The codes that a line names, and nothing else; a comma may stand in a label."""
    for sign in ("\n", ";", ","):
        parts = [part.strip().casefold() for part in line.split(sign) if part.strip()]
        if parts and all(part in known for part in parts):
            return [known[part].rpartition("/")[2] for part in parts]
    return []


def read_comments(data: bytes) -> tuple[Document, list[Comment]]:
    """A document, and its comments in the order of their ranges. Unreadable where it is no Word document."""
    archive = open_word(data)
    names, document = set(archive.namelist()), read_word(archive)
    if "word/comments.xml" not in names:
        return document, []
    written = {one.get(f"{WORD}id", ""): one for one in parse_xml(read_member(archive, "word/comments.xml"))}
    parents = (
        _find_parents(read_member(archive, "word/commentsExtended.xml"))
        if "word/commentsExtended.xml" in names
        else {}
    )
    by_paragraph = {paragraph: id_ for id_, one in written.items() if (paragraph := _last_paragraph(one))}
    above = {
        id_: by_paragraph[parents[paragraph]]
        for paragraph, id_ in by_paragraph.items()
        if parents.get(paragraph) in by_paragraph
    }
    answers: dict[str, list[tuple[str, str]]] = {}
    for id_, one in written.items():
        if id_ in above:
            answers.setdefault(_find_first(id_, above), []).append((_author(one), text_of(one).strip()))
    nowhere = (len(document.text),) * 2
    places = {id_: document.ranges.get(id_, nowhere) for id_ in written}
    return document, [
        Comment(_author(written[id_]), text_of(written[id_]).strip(), start, end, tuple(answers.get(id_, ())))
        for id_, (start, end) in sorted(places.items(), key=lambda pair: pair[1])
        if id_ not in above
    ]


def _find_first(id_: str, above: Mapping[str, str]) -> str:
    """The comment that began what a reply is in."""
    seen = {id_}
    while id_ in above and above[id_] not in seen:
        id_ = above[id_]
        seen.add(id_)
    return id_


def _author(comment: Element) -> str:
    return " ".join((comment.get(f"{WORD}author") or "").split())


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
