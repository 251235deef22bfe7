"""Documents of Word, read from their XML: words, tables, notes, and where comments stand.

Read by hand, since libraries lose words: mammoth, the best of those that were measured, passes over simple fields, formulas,
ruby, text boxes of drawings and text set from right to left, and joins the words around a line end of an old kind.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGN = "\u25a1"
"""What stands for a sign that only a font such as Wingdings has."""
_GONE = ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rPrChange")
"""What is no text, or was deleted."""
_PLAIN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class Document:
    """A document's text, a line for each paragraph and without what was deleted; what stands beside it (notes, then heads and
    feet of pages); its tables, cell by cell; and where in the text each comment's range lies, and each
    bookmark by its name (code points, end-exclusive)."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    @property
    def aside(self) -> list[str]:
        """What is no part of the text."""
        return [*self.notes, *self.edges]


def open_word(data: bytes) -> zipfile.ZipFile:
    """The archive that a Word document is; Unreadable where it is none."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("is locked with a password, or of an old Word: save it as .docx without one")
    archive = open_archive(data)
    if "word/document.xml" not in archive.namelist():
        raise Unreadable("is not what its ending says (it holds no Word document)")
    return archive


def read_word(archive: zipfile.ZipFile) -> Document:
    """All of a document."""
    names = archive.namelist()
    root = parse_xml(read_member(archive, "word/document.xml"))
    found = Document()
    noted: list[tuple[str, str]] = []
    _read_body(root, found, noted)
    for kind in dict.fromkeys(kind for kind, _ in noted):
        if (part := f"word/{kind}s.xml") in names:
            said = {
                one.get(f"{WORD}id", ""): text_of(one).strip()
                for one in parse_xml(read_member(archive, part))
            }
            found.notes += [
                f"[{number}] {said[id_]}"
                for number, (of, id_) in enumerate(noted, 1)
                if of == kind and said.get(id_)
            ]
    for part in sorted(names):
        if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            found.edges += text_of(parse_xml(read_member(archive, part))).split("\n")
    found.edges = list(dict.fromkeys(one.strip() for one in found.edges if one.strip()))
    found.tables = [list(_rows(one)) for one in root.iter(f"{WORD}tbl")]
    found.changes += ["the footnotes are in `note`"] * bool(found.notes)
    found.changes += ["heads and feet of pages are in `note`"] * bool(found.edges)
    if SIGN in found.text:
        found.changes.append(f"signs that only a font has stand as {SIGN}")
    if next(root.iter(f"{WORD}altChunk"), None) is not None:
        found.changes.append(
            "a part in another format (altChunk) is not taken: save the document anew in Word"
        )
    return found


def _read_body(root: Element, found: Document, noted: list[tuple[str, str]]) -> None:
    text, length = list[str](), 0
    starts: dict[str, int] = {}
    points: dict[str, tuple[int, int]] = {}
    opened: dict[str, tuple[str, int]] = {}
    for kind, value in _walk(root):
        if kind == "start":
            starts[value] = length
        elif kind == "end":
            if value in starts:
                found.ranges[value] = (starts.pop(value), length)
        elif kind == "at":
            points[value] = (length, length)
        elif kind == "open":
            number, _, name = value.partition(" ")
            opened[number] = name, length
        elif kind == "close":
            name, start = opened.pop(value, ("", 0))
            found.bookmarks.setdefault(name, (start, length))
        else:
            if kind in _NOTES.values():
                noted.append((kind, value))
                value = f"[{len(noted)}]"
            text.append(value)
            length += len(value)
    found.text = "".join(text)
    found.ranges = points | {one: (start, length) for one, start in starts.items()} | found.ranges


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    """What a document holds, in order: text, where ranges of comments and bookmarks start and end, and notes by their number."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            yield "text", child.text or ""
        elif name in _PLAIN:
            yield "text", _PLAIN[name]
        elif name == "sym":
            yield "text", _sign(child.get(f"{WORD}char", ""))
        elif name in ("commentRangeStart", "commentRangeEnd"):
            yield "start" if name.endswith("Start") else "end", child.get(f"{WORD}id", "")
        elif name == "commentReference":  # all that a comment on no words has
            yield "at", child.get(f"{WORD}id", "")
        elif name in ("bookmarkStart", "bookmarkEnd"):
            label = f" {child.get(f'{WORD}name', '')}" if name.endswith("Start") else ""
            yield "close" if not label else "open", child.get(f"{WORD}id", "") + label
        elif name in _NOTES:
            yield _NOTES[name], child.get(f"{WORD}id", "")
        elif name == "AlternateContent":
            yield from _walk(_choose(child))
        elif name == "ruby":
            yield "text", _ruby(child)
        elif name == "p":
            yield from _walk(child)
            if child.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is None:  # else the next one goes on with it
                yield "text", "\n"
        elif name == "txbxContent":
            yield "text", "\n"
            yield from _walk(child)
        elif name not in _GONE and not (name == "tr" and _is_deleted(child)):
            yield from _walk(child)


def text_of(element: Element) -> str:
    """The text in an element, a line for each paragraph."""
    return "".join(value for kind, value in _walk(element) if kind == "text")


def _choose(element: Element) -> Element:
    """Of the forms in which the same stands, the one for older programs if it has words, else the other."""
    ordered = sorted(element, key=lambda one: not one.tag.endswith("}Fallback"))
    return next((one for one in ordered if text_of(one).strip()), ordered[0] if ordered else element)


def _sign(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return SIGN
    return char if char.isprintable() else SIGN


def _ruby(element: Element) -> str:
    """Words with how they are read behind them."""
    base, read = (
        "".join(text_of(one) for one in element if one.tag == f"{WORD}{name}") for name in ("rubyBase", "rt")
    )
    return f"{base}({read})" if read.strip() else base


def _is_deleted(row: Element) -> bool:
    return row.find(f"{WORD}trPr/{WORD}del") is not None


def _rows(table: Element) -> Iterator[list[str]]:
    """The rows of a table that hold anything, without those of tables inside it."""
    for row in _below(table, "tr"):
        cells = [" ".join(text_of(one).split()) for one in _below(row, "tc")]
        if any(cells) and not _is_deleted(row):
            yield cells


def _below(element: Element, name: str) -> Iterator[Element]:
    """The elements of a name below one, also within content controls."""
    for child in element:
        if child.tag == f"{WORD}{name}":
            yield child
        elif child.tag in (f"{WORD}sdt", f"{WORD}sdtContent", f"{WORD}customXml", f"{WORD}ins"):
            yield from _below(child, name)
