"""Documents of Word written: paragraphs in named styles, comments on ranges of words, hidden bookmarks, properties.

Written by hand, since python-docx writes no properties of one's own, makes other bytes each time, and cannot begin a comment in
the middle of what another one is on.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from empowerment_qda.exchange.plain_sources import plain_words
from empowerment_qda.text import inert_line

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the archive: the same study makes the same bytes."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/comments.xml": f"{_WORD}.comments+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
LEVELS = 6
"""Levels of headings; what lies deeper stands at the last."""
_GREY, _BLUE = "595959", "1F3864"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of paragraphs or, with `of_words`, of words in them: its id, its name in Word, and what it sets, as XML."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    of_words: bool = False


_STYLES = (
    _Style("Normal", "Normal"),
    _Style("Title", "Title", '<w:spacing w:after="60"/>', f'<w:b/><w:color w:val="{_BLUE}"/><w:sz w:val="36"/>'),
    _Style("Subtitle", "Subtitle", '<w:spacing w:after="240"/>', f'<w:color w:val="{_GREY}"/>'),
    *(
        _Style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="{360 - 40 * level}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:color w:val="{_BLUE}"/><w:sz w:val="{max(32 - 2 * level, 22)}"/>',
        )
        for level in range(1, LEVELS + 1)
    ),
    _Style("Quote", "Quote", '<w:keepNext/><w:spacing w:before="160" w:after="0"/><w:ind w:left="397"/>'),
    _Style("Origin", "Origin", '<w:spacing w:after="40"/><w:ind w:left="397"/>', f'<w:color w:val="{_GREY}"/><w:sz w:val="19"/>'),
    _Style("Memo", "Memo", '<w:spacing w:after="40"/><w:ind w:left="794"/>', "<w:i/>"),
    _Style("CommentText", "annotation text", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="20"/>'),
    _Style("CommentReference", "annotation reference", run='<w:sz w:val="16"/>', of_words=True),
    _Style("Speaker", "Speaker", run="<w:b/>", of_words=True),
    _Style("Aside", "Aside", run=f'<w:color w:val="{_GREY}"/><w:sz w:val="18"/>', of_words=True),
)  # fmt: skip


def is_right_to_left(text: str) -> bool:
    """Whether a text is set from right to left: whether its first letter that has a direction is.

    >>> is_right_to_left("2. مرحبا ok"), is_right_to_left("ok مرحبا"), is_right_to_left("12")
    (True, False, False)
    """
    directions = (unicodedata.bidirectional(one) for one in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


class Paragraph:
    """A paragraph that words, and the ends of comments, are put into one after the other."""

    def __init__(self, element: Element, style: str, *, right_to_left: bool) -> None:
        self._element, self._reversed = element, right_to_left
        about = SubElement(element, "w:pPr")
        SubElement(about, "w:pStyle", {"w:val": style})
        if right_to_left:
            SubElement(about, "w:bidi")

    def write(self, text: str, style: str = "") -> Paragraph:
        """Put words in, in a style of words; a tab and the end of a line are what Word has for them."""
        if not text:
            return self
        run = self._run(style, reversed_=self._reversed and not style)
        for part in re.split("([\n\t])", plain_words(text)[0]):
            if part in ("\n", "\t"):
                SubElement(run, "w:br" if part == "\n" else "w:tab")
            elif part:
                SubElement(run, "w:t", {"xml:space": "preserve"}).text = part
        return self

    def open_comment(self, number: int) -> None:
        """What a comment is on begins here."""
        SubElement(self._element, "w:commentRangeStart", {"w:id": str(number)})

    def close_comment(self, number: int) -> None:
        """What a comment is on ends here."""
        SubElement(self._element, "w:commentRangeEnd", {"w:id": str(number)})
        SubElement(self._run("CommentReference"), "w:commentReference", {"w:id": str(number)})

    def open_bookmark(self, number: int, name: str) -> None:
        """A bookmark begins here; one whose name begins with `_` is not shown."""
        SubElement(self._element, "w:bookmarkStart", {"w:id": str(number), "w:name": name})

    def close_bookmark(self, number: int) -> None:
        """It ends here."""
        SubElement(self._element, "w:bookmarkEnd", {"w:id": str(number)})

    def _run(self, style: str = "", *, reversed_: bool = False) -> Element:
        run = SubElement(self._element, "w:r")
        if style or reversed_:
            about = SubElement(run, "w:rPr")
            if style:
                SubElement(about, "w:rStyle", {"w:val": style})
            if reversed_:
                SubElement(about, "w:rtl")
        return run


class WordDocument:
    """A document that paragraphs and comments are added to, in order."""

    def __init__(self, title: str, language: str) -> None:
        self._title, self._language = inert_line(title), language
        self._root = Element("w:document", {"xmlns:w": _MAIN})
        self._body = SubElement(self._root, "w:body")
        self._comments = Element("w:comments", {"xmlns:w": _MAIN})

    def add(self, style: str = "Normal", text: str = "", *, like: str = "") -> Paragraph:
        """A paragraph at the end; `like` is the text by which its direction goes, where that is not its own."""
        made = Paragraph(SubElement(self._body, "w:p"), style, right_to_left=is_right_to_left(like or text))
        return made.write(text)

    def add_heading(self, level: int, text: str) -> Paragraph:
        """A heading, 1 being the highest; Word's navigation pane lists it."""
        return self.add(f"Heading{min(level, LEVELS)}", inert_line(text))

    def add_comment(self, author: str, lines: Iterable[str]) -> int:
        """What somebody says of words; its number, by which paragraphs say where those are."""
        number = len(self._comments)
        # Without a date LibreOffice writes one that is none, over which Word stumbles.
        keys = {
            "w:id": str(number),
            "w:author": author,
            "w:date": f"{date.today()}T00:00:00Z",
            "w:initials": author[:3],
        }
        comment = SubElement(self._comments, "w:comment", keys)
        for at, line in enumerate(lines):
            element = SubElement(comment, "w:p")
            paragraph = Paragraph(element, "CommentText", right_to_left=is_right_to_left(line))
            if not at:
                SubElement(paragraph._run("CommentReference"), "w:annotationRef")
            paragraph.write(line)
        return number

    def pack(self, properties: Mapping[str, str]) -> bytes:
        """The file, with properties of one's own."""
        size = {"w:w": "11906", "w:h": "16838"}
        section = SubElement(self._body, "w:sectPr")
        SubElement(section, "w:pgSz", size)
        sides = dict.fromkeys(("w:top", "w:right", "w:bottom", "w:left"), "1304")
        SubElement(section, "w:pgMar", {**sides, "w:header": "709", "w:footer": "709", "w:gutter": "0"})
        parts: dict[str, Element | str] = {
            "[Content_Types].xml": _list_types(),
            "_rels/.rels": _relate({
                "word/document.xml": f"{_OFFICE}/relationships/officeDocument",
                "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
                "docProps/custom.xml": f"{_OFFICE}/relationships/custom-properties",
            }),
            "word/document.xml": self._root,
            "word/_rels/document.xml.rels": _relate({
                f"{name}.xml": f"{_OFFICE}/relationships/{name}" for name in ("styles", "settings", "comments")
            }),
            "word/styles.xml": _write_styles(self._language),
            "word/settings.xml": _SETTINGS,
            "word/comments.xml": self._comments,
            "docProps/core.xml": _write_core(self._title),
            "docProps/custom.xml": _write_properties(properties),
        }  # fmt: skip
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in parts.items():
                data = (
                    content.encode()
                    if isinstance(content, str)
                    else tostring(content, encoding="UTF-8", xml_declaration=True)
                )
                archive.writestr(zipfile.ZipInfo(name, _EARLIEST), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _list_types() -> Element:
    root = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    SubElement(root, "Default", {"Extension": "rels", "ContentType": relationships})
    SubElement(root, "Default", {"Extension": "xml", "ContentType": "application/xml"})
    for name, kind in _PARTS.items():
        SubElement(root, "Override", {"PartName": f"/{name}", "ContentType": kind})
    return root


def _relate(targets: Mapping[str, str]) -> Element:
    root = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    for number, (target, kind) in enumerate(targets.items(), 1):
        SubElement(root, "Relationship", {"Id": f"rId{number}", "Type": kind, "Target": target})
    return root


def _write_core(title: str) -> Element:
    names = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    root = Element("cp:coreProperties", names)
    SubElement(root, "dc:title").text = title
    return root


def _write_properties(properties: Mapping[str, str]) -> Element:
    names = {"xmlns": f"{_OFFICE}/custom-properties", "xmlns:vt": f"{_OFFICE}/docPropsVTypes"}
    root = Element("Properties", names)
    for number, (name, value) in enumerate(properties.items(), 2):
        keys = {"fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid": str(number), "name": name}
        SubElement(SubElement(root, "property", keys), "vt:lpwstr").text = value
    return root


# Without the mode of a newer Word it would say "compatibility mode", and take no replies to comments.
_SETTINGS = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:settings xmlns:w="{_MAIN}"><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _write_styles(language: str) -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
    plain = f'{fonts}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{language}"/>'
    spacing = '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{plain}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{_MAIN}">{defaults}'
        f"{''.join(map(_write_style, _STYLES))}</w:styles>"
    )


def _write_style(one: _Style) -> str:
    kind, first = "character" if one.of_words else "paragraph", ' w:default="1"' * (one.id == "Normal")
    based = "" if one.of_words or one.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    following = '<w:next w:val="Normal"/>' if one.id.startswith(("Heading", "Title", "Subtitle")) else ""
    paragraph = f"<w:pPr>{one.paragraph}</w:pPr>" * bool(one.paragraph)
    size = re.search(r'<w:sz w:val="(\d+)"/>', one.run)
    run = one.run + (f'<w:szCs w:val="{size[1]}"/>' if size else "")
    return (
        f'<w:style w:type="{kind}"{first} w:styleId="{one.id}"><w:name w:val="{one.name}"/>{based}{following}'
        f"<w:qFormat/>{paragraph}{f'<w:rPr>{run}</w:rPr>' * bool(run)}</w:style>"
    )
