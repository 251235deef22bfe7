"""Documents of word processors, PDF, web pages and plain text: their paragraphs, in order, with nothing left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member
from empowerment_qda.exchange.word import open_word, read_word

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from selectolax.lexbor import LexborNode


class Paragraphs(NamedTuple):
    """The paragraphs of a document, what was changed to have them, a sentence each, and what stands beside the text, such as
    footnotes, which nobody speaks."""

    paragraphs: list[str]
    changes: list[str]
    aside: Sequence[str] = ()


_INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
])  # fmt: skip
"""Elements of a web page within a line; all others stand on lines of their own."""
_BOLD_NAME = re.compile(r"^(\*\*|__|\*|_)([^*_\n:]{1,40})(?::\1|\1:)", re.MULTILINE)


def read_docx(data: bytes) -> Paragraphs:
    """Word: text with tracked insertions, tables, text boxes and content controls; deletions are left out."""
    archive = open_word(data)
    found = read_word(archive)
    changes, written = list(found.changes), 0
    if "word/comments.xml" in archive.namelist():
        written = len(parse_xml(read_member(archive, "word/comments.xml")))
    if written:
        changes.append(f"not taken: comments, {written} (`--comments` makes codings and memos of them)")
    return Paragraphs(found.text.split("\n"), changes, found.aside)


def read_odt(data: bytes) -> Paragraphs:
    """OpenDocument text, as LibreOffice writes it; what tracked changes deleted is left out."""
    archive, unread = open_archive(data), "cannot be read as an OpenDocument text"
    root = parse_xml(read_member(archive, "content.xml"), unread)
    paragraphs, notes, edges = list[str](), list[str](), list[str]()
    _list_paragraphs(root, paragraphs, notes)
    changes = ["the footnotes are in `note`"] * bool(notes)
    if "styles.xml" in archive.namelist():
        for one in parse_xml(read_member(archive, "styles.xml"), unread).iter():
            if one.tag.rpartition("}")[2].partition("-")[0] in ("header", "footer"):
                _list_paragraphs(one, edges, notes)
    edges = list(dict.fromkeys(one for one in edges if any(map(str.isalpha, one))))
    changes += ["heads and feet of pages are in `note`"] * bool(edges)
    if written := sum(one.tag.endswith("}annotation") for one in root.iter()):
        changes.append(
            f"not taken: comments, {written} (save it as .docx: `--comments` makes codings and memos of them)"
        )
    return Paragraphs(paragraphs, changes, [*notes, *edges])


def _list_paragraphs(element: Element, found: list[str], notes: list[str]) -> None:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in ("p", "h"):
            found.append("".join(_odf_parts(child, found, notes)).strip())
        elif name != "tracked-changes":
            _list_paragraphs(child, found, notes)


def _odf_parts(element: Element, found: list[str], notes: list[str]) -> Iterator[str]:
    """A paragraph's text; frames in it are paragraphs of their own, which come before it, and notes stand aside."""
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            yield " "  # however many: no word depends on it
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name == "note":
            own: list[str] = []
            for body in child:
                if body.tag.endswith("}note-body"):
                    _list_paragraphs(body, own, notes)
            notes.append(f"[{len(notes) + 1}] {' '.join(own)}")
            yield f"[{len(notes)}]"
        elif name == "frame":
            _list_paragraphs(child, found, notes)
        elif name == "ruby-text":
            yield f"({''.join(_odf_parts(child, found, notes))})"
        elif name not in ("tracked-changes", "annotation"):
            yield from _odf_parts(child, found, notes)
        yield child.tail or ""


_RTF_LOST = {
    "footnotes": rb"\\footnote\b", "comments": rb"\\annotation\b",
    "heads and feet of pages": rb"\\(?:header|footer)[lrf]?\b(?=[^}]*[A-Za-z]{2})", "text boxes": rb"\\shptxt\b",
}  # fmt: skip
"""What the library passes over, and how rich text marks it."""


def read_rtf(data: bytes) -> Paragraphs:
    """Rich text; characters that it writes as two halves are joined again."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("is not what its ending says: it is no rich text")
    try:
        text: str = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever its parts do
        raise Unreadable(f"cannot be read as rich text ({type(error).__name__})") from None
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lost = [what for what, mark in _RTF_LOST.items() if re.search(mark, data)]
    changes = [f"not taken: {', '.join(lost)} (save it as .docx to have them)"] if lost else []
    if re.search(rb"\\deleted\b", data):
        changes.append(
            "words that were deleted with changes tracked are in it (save it as .docx to be rid of them)"
        )
    return Paragraphs([line.strip("| \t") for line in whole.splitlines()], changes)


def read_html(data: bytes) -> Paragraphs:
    """A web page: what stands in its blocks. A `cite` and a `time` before a paragraph say who speaks it and when, as
    transcripts on the web have it."""
    from selectolax.lexbor import LexborHTMLParser

    text, changes = decode(data)
    tree = LexborHTMLParser(text)
    for one in tree.css("script, style, head, noscript, template, rp"):
        one.decompose()
    for one in tree.css("rt"):
        one.replace_with(f"({one.text().strip()})")
    if tree.body is None:
        return Paragraphs([], changes)
    paragraphs: list[str] = []
    label = ""
    for tag, block in _list_blocks(tree.body):
        if tag == "cite" and block:
            label = block if block.endswith(":") else f"{block}:"
        elif tag == "time" and label:
            label = f"[{block}] {label}" if re.fullmatch(r"[\d:.]+", block) else label
        elif block:
            paragraphs.append(f"{label} {block}".strip())
            label = ""
    return Paragraphs(paragraphs + [label] * bool(label), changes)


def _list_blocks(node: LexborNode, lines: bool = False) -> Iterator[tuple[str, str]]:
    """The innermost blocks in order, with their text; a line break inside one stays one, and so do `lines` in a `pre`."""
    text: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text.append(_lines(child.text_content or "", lines))
        elif child.tag == "br":
            text.append("\n")
        elif (child.tag or "-").startswith(("-", "!")):  # a comment of the page's author
            pass
        elif child.tag in ("cite", "time") and not "".join(text).strip() and node.tag not in _INLINE:
            yield child.tag, _plain(child.text())
        elif child.tag not in _INLINE or any(one.tag not in (*_INLINE, "br") for one in child.css("*")):
            yield node.tag or "", _plain("".join(text))
            text = []
            yield from _list_blocks(child, lines or child.tag in ("pre", "textarea"))
        elif child.css("br"):
            inner = "".join(part for _, part in _list_blocks(child, lines))
            text.append(inner if lines else re.sub(r"[^\S\n]+", " ", inner))
        else:
            text.append(_lines(child.text(), lines))
    yield node.tag or "", _plain("".join(text))


def _lines(text: str, kept: bool) -> str:
    return text if kept else re.sub(r"\s+", " ", text)


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in re.sub(r" +", " ", text).strip().split("\n"))


def read_text(data: bytes) -> Paragraphs:
    """Plain text or Markdown: paragraphs are parted by empty lines, or, where there are none, by line ends."""
    text, changes = decode(data)
    blocks = [block.strip("\n") for block in re.split(r"\n[^\S\n]*\n", text)]
    if len(blocks) < 3 or any(
        re.match(r"[^\W\d_][\w .,'’()&/-]{0,39}:\s", line)
        for block in blocks
        for line in block.split("\n")[1:]
    ):
        blocks = text.split("\n")
    return Paragraphs([block.strip() for block in blocks], changes)


def read_markdown(data: bytes) -> Paragraphs:
    """Markdown: as plain text, but for names of speakers in bold or italic type."""
    found = read_text(data)
    return found._replace(paragraphs=[_BOLD_NAME.sub(r"\2:", one) for one in found.paragraphs])


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text from bytes: UTF-8, UTF-16 where a mark says so, else Windows-1252, which is told. Line ends become LF."""
    changes: list[str] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
            changes = ["read as Windows-1252, since it is not UTF-8"]
    if "\0" in text:
        raise Unreadable("is no text")
    if unread := text.count("\ufffd"):
        changes.append(f"characters that could not be read stand as \ufffd: {unread}")
    return text.replace("\r\n", "\n").replace("\r", "\n"), changes


READERS: dict[str, Callable[[bytes], Paragraphs]] = {
    ".docx": read_docx, ".odt": read_odt, ".rtf": read_rtf, ".html": read_html, ".htm": read_html,
    ".txt": read_text, ".md": read_markdown,
}  # fmt: skip
"""What reads which ending."""
