"""Documents of word processors, PDF, web pages and plain text: their paragraphs, in order, with nothing left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from empowerment_qda.exchange.archive import Unreadable, open_archive, parse_xml, read_member

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from selectolax.lexbor import LexborNode

Paragraphs = tuple[list[str], list[str]]
"""The paragraphs of a document, and what was changed to have them, a sentence each."""
HYPHENS = ("\u00ad", "\ufffe")
"""What the text layer of a PDF has for a hyphen at the end of a line."""
MOST_PAGES = 10_000
"""... of a PDF."""
_BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "div",
    "cite",
    "time",
)


def read_docx(data: bytes) -> Paragraphs:
    """Word: text with tracked insertions, tables, text boxes and content controls; deletions are left out."""
    return read_html(convert_docx(data).encode())


def convert_docx(data: bytes) -> str:
    """A Word document as a web page, its pictures left out."""
    import io

    import mammoth  # type: ignore[import-untyped]

    archive = open_archive(data)
    if "word/document.xml" not in archive.namelist():
        raise Unreadable("is not what its ending says (it holds no Word document)")
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            ignore_empty_paragraphs=True,
            convert_image=mammoth.images.img_element(lambda _: {}),
        )
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever its parts do
        raise Unreadable(f"cannot be read as a Word document ({type(error).__name__})") from None
    return f"<html><body>{made.value}</body></html>"


def read_odt(data: bytes) -> Paragraphs:
    """OpenDocument text, as LibreOffice writes it; what tracked changes deleted is left out."""
    root = parse_xml(read_member(open_archive(data), "content.xml"), "cannot be read as an OpenDocument text")
    paragraphs: list[str] = []
    _list_paragraphs(root, paragraphs)
    return paragraphs, []


def _list_paragraphs(element: Element, found: list[str]) -> None:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in ("p", "h"):
            found.append("".join(_odf_parts(child, found)).strip())
        elif name != "tracked-changes":
            _list_paragraphs(child, found)


def _odf_parts(element: Element, found: list[str]) -> Iterator[str]:
    """A paragraph's text; notes and frames in it are paragraphs of their own, which come before it."""
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            yield " "  # however many: no word depends on it
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name in ("note", "frame", "annotation"):
            _list_paragraphs(child, found)
        elif name != "tracked-changes":
            yield from _odf_parts(child, found)
        yield child.tail or ""


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
    return [line.strip("| \t") for line in whole.splitlines()], []


def read_html(data: bytes) -> Paragraphs:
    """A web page: what stands in its blocks. A `cite` and a `time` before a paragraph say who speaks it and when, as
    transcripts on the web have it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode(data)[0])
    for one in tree.css("script, style, head, noscript, template"):
        one.decompose()
    if tree.body is None:
        return [], []
    found = list(_list_blocks(tree.body))
    paragraphs: list[str] = []
    label = ""
    for tag, text in found:
        if tag == "cite" and text:
            label = text if text.endswith(":") else f"{text}:"
        elif tag == "time" and label:
            label = f"[{text}] {label}" if re.fullmatch(r"[\d:.]+", text) else label
        elif text:
            paragraphs.append(f"{label} {text}".strip())
            label = ""
    return paragraphs, []


def _list_blocks(node: LexborNode) -> Iterator[tuple[str, str]]:
    """The innermost blocks in order, with their text; a line break inside one stays one."""
    text: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text.append(re.sub(r"\s+", " ", child.text_content or ""))
        elif child.tag == "br":
            text.append("\n")
        elif child.tag in _BLOCKS or any(one.tag in _BLOCKS for one in child.css("*")):
            yield node.tag or "", _plain("".join(text))
            text = []
            yield from _list_blocks(child)
        else:
            text.append(
                re.sub(r"[^\S\n]+", " ", "".join(part for _, part in _list_blocks(child)))
                if child.css("br")
                else re.sub(r"\s+", " ", child.text())
            )
    yield node.tag or "", _plain("".join(text))


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in re.sub(r" +", " ", text).strip().split("\n"))


def read_pdf(data: bytes) -> Paragraphs:
    """The text layer of a PDF. Page numbers and running heads are left out; lines that only the width of a page broke are
    joined, and so are paragraphs that a page breaks."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES:,} pages")
        pages = [one.get_textpage().get_text_range().replace("\r\n", "\n").split("\n") for one in document]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error):
            raise Unreadable("is locked with a password: save it without one") from None
        raise Unreadable(f"cannot be read as a PDF ({error})") from None
    if not any(map(str.strip, (line for page in pages for line in page))):
        raise Unreadable("has no text layer: it is a picture of text; run it through text recognition first")
    pages, numbered = _unnumber(pages)
    heads = _find_heads(pages)
    lines = [
        line
        for page in pages
        for number, line in enumerate(page)
        if not _is_head(line, number, len(page), heads)
    ]
    changes = [f"left out at the edges of pages: {', '.join(f'`{one}`' for one in heads)}"] if heads else []
    return _unbreak(lines), changes + ["left out at the edges of pages: the numbers of paragraphs"] * numbered


def _unnumber(pages: Sequence[list[str]]) -> tuple[list[list[str]], bool]:
    """Pages without the numbers of lines or paragraphs that stand in a row at their ends, and whether there were any."""
    kept = []
    for page in pages:
        end = len(page)
        while (
            end > 1
            and page[end - 1].isdigit()
            and page[end - 2].isdigit()
            and int(page[end - 1]) == int(page[end - 2]) + 1
        ):
            end -= 1
        kept.append(page[: end - 1] if end < len(page) else page)
    return kept, kept != list(pages)


def _find_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """What stands at the head or foot of most pages, numbers aside."""
    edges = Counter(
        _shape(line) for page in pages for line in dict.fromkeys((*page[:1], *page[-1:])) if line.strip()
    )
    return [shape for shape, number in edges.items() if number > max(len(pages) // 2, 1)]


def _is_head(line: str, number: int, length: int, heads: Sequence[str]) -> bool:
    return number in (0, length - 1) and _shape(line) in heads


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _unbreak(lines: Sequence[str]) -> list[str]:
    """Paragraphs from lines: one ends at an empty line, before a name with a colon, and where a line is short and its
    sentence ends."""
    widest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    open_ = False
    for line in lines:
        text = line.strip()
        starts = re.match(r"[^\W\d_][\w .,'’()&/-]{0,39}:\s", text) is not None
        if open_ and text and not starts:
            paragraphs[-1] += text if paragraphs[-1].endswith(HYPHENS) else f" {text}"
        elif text:
            paragraphs.append(text)
        open_ = bool(text) and not (
            len(line) < widest * 0.7 and text.endswith((".", "?", "!", "…", ")", "”", '"'))
        )
    words = set(re.findall(r"\w+", " ".join(paragraphs)))
    return [
        re.sub(rf"(\w+)[{HYPHENS[0]}{HYPHENS[1]}](\w+)", lambda cut: _rejoin(cut, words), one)
        for one in paragraphs
    ]


def _rejoin(cut: re.Match[str], words: set[str]) -> str:
    """A word that the end of a line cut: without the hyphen where the text has the whole word elsewhere."""
    return cut[1] + cut[2] if cut[1] + cut[2] in words else f"{cut[1]}-{cut[2]}"


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
    return [block.strip() for block in blocks], changes


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
    return text.replace("\r\n", "\n").replace("\r", "\n"), changes


READERS: dict[str, Callable[[bytes], Paragraphs]] = {
    ".docx": read_docx, ".odt": read_odt, ".rtf": read_rtf, ".pdf": read_pdf, ".html": read_html, ".htm": read_html,
    ".txt": read_text, ".md": read_text,
}  # fmt: skip
"""What reads which ending."""
