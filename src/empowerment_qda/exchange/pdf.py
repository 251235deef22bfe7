"""The text layer of a PDF: lines and paragraphs that only the page broke are joined, and what only the page needs is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.documents import Paragraphs

HYPHENS = ("\u00ad", "\ufffe")
"""What the text layer of a PDF has for a hyphen at the end of a line."""
MOST_PAGES = 10_000
"""... of a PDF."""


def read_pdf(data: bytes) -> Paragraphs:
    """The text layer of a PDF. Page numbers and running heads are left out; lines that only the width of a page broke are
    joined, and so are paragraphs that a page breaks."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES:,} pages")
        pages, written = [], 0
        for page in document:
            pages.append(page.get_textpage().get_text_range().replace("\r\n", "\n").split("\n"))
            written += _count_comments(page)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error):
            raise Unreadable("is locked with a password: save it without one") from None
        raise Unreadable(f"cannot be read as a PDF ({error})") from None
    if not any(map(str.strip, (line for page in pages for line in page))):
        raise Unreadable("has no text layer: it is a picture of text; run it through text recognition first")
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(map(str.strip, page))]
    pages, numbered = _unnumber(pages)
    heads = _find_heads(pages)
    lines = [
        line
        for page in pages
        for number, line in enumerate(page)
        if not _is_head(line, number, len(page), heads)
    ]
    changes = [f"left out at the edges of pages: {', '.join(f'`{one}`' for one in heads)}"] if heads else []
    changes += ["left out at the edges of pages: the numbers of paragraphs"] * numbered
    if empty:
        named = ", ".join(empty[:12]) + " ..." * (len(empty) > 12)
        changes.append(f"no text on page {named}: empty, or a picture of text")
    if written:
        changes.append(f"not taken: comments that were put on the pages, {written}")
    return Paragraphs(_unbreak(lines), changes)


def _count_comments(page: Any) -> int:
    """How many notes, boxes of text and marks with words were put on a page."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    found = 0
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), 1_000)):
        one = pdfium.FPDFPage_GetAnnot(page, number)
        kinds = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT)
        found += (
            pdfium.FPDFAnnot_GetSubtype(one) in kinds
            and pdfium.FPDFAnnot_GetStringValue(one, b"Contents", None, 0) > 2
        )
        pdfium.FPDFPage_CloseAnnot(one)
    return found


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
