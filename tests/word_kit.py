"""Studies for documents of Word, and what stands in such a document, read without the code that is tested."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
SIGNS = {"tab": "\t", "br": "\n"}
SETTINGS = """
    title: {id: "Uji <&>", en: A trial}
    language: id
    codebook: codebook.yaml
    sources: {interview: data/i/*.yaml}
    informant_types: {owner: {label: {id: Pemilik, en: Owner}}}
    """
BOOK = """
    title: Buku
    version: 1.0
    codes:
      - id: upper
        label: {id: "Atas <&>, satu; dua", en: Upper}
        definition: {id: Yang di atas.}
        codes:
          - {id: lower, label: Bawah, definition: Yang di bawah.}
          - id: "كود"
            label: "مُرَمَّز"
          - {id: old, label: Lama, status: retired}
      - {id: bare}
    """
TALK = """
    id: T-01
    title: {id: "Wawancara 👩🏽‍🌾", en: Talk}
    informant: {id: A, type: owner}
    interviewer: R
    bystanders: Suami
    date: 2023-01-05
    language: id
    turns:
      - {speaker: R, text: "\\ufeffApa kabar? 😀", time: "00:00:01"}
      - {speaker: A, text: "Baik 👩🏽‍🌾 sekali.\\n\\n[2] R: kata\\torang itu.\\nKata orang lain.", time: "00:00:09"}
      - {speaker: A, text: "שָׁלוֹם \\u200fעולם e\\u0301 مَرْحَبًا  ", translation: Halo}
      - {speaker: Suami, text: Saya juga.}
      - {speaker: A, text: "  satu\\r\\ndua\\rtiga \\a\\x1f empat <b>&amp;</b> lima\\u00adbelas\\u2011x"}
      - {text: "Kata kata kata."}
    """
FIRST = """
    source: T-01
    coder: first
    codings:
      - {id: E1, code: lower, turn: 2, quote: "👩🏽‍🌾 sekali.\\n\\n[2] R: kata\\torang", memo: "Memo <b>.\\n\\n[E7] \\a lagi", event_date: 2022-12}
      - {id: E2, code: upper, turn: 3, quote: "עולם e\\u0301", strength: inferred}
      - {id: E3, code: lower, turn: 3-5, quote: "مَرْحَبًا  \\nSaya juga.\\n  satu"}
      - {id: E4, code: lower, turn: 5, quote: "dua\\rtiga \\a"}
      - {code: bare, turn: 2, quote: "Kata orang"}
      - {id: E6, code: bare, turn: 6, quote: kata, occurrence: 2}
      - {id: E7, code: lower, turn: 2, quote: kata, occurrence: 1, status: rejected}
    """
SECOND = """
    source: T-01
    coder: kedua
    codings:
      - {id: K1, code: lower, turn: 2, quote: "👩🏽‍🌾 sekali.", memo: "Saya\\t\\x1fsetuju"}
      - {id: K2, code: "كود", turn: 3, quote: "e\\u0301 مَرْحَبًا"}
      - {id: K3, code: lower, turn: 3-5, quote: "مَرْحَبًا  \\nSaya juga.\\n  satu"}
    """
ODD = {
    "qda.yaml": SETTINGS,
    "codebook.yaml": BOOK,
    "data/i/T-01.yaml": TALK,
    "codings/first/T-01.yaml": FIRST,
    "codings/kedua/T-01.yaml": SECOND,
}
"""A study of emoji, line ends of every kind, marks that combine, right-to-left text, and codings across each other."""


class Seen(NamedTuple):
    """A comment as a document has it: who wrote it, its lines, and the words of the transcript that it is on."""

    author: str
    lines: list[str]
    words: str


def part(data: bytes, name: str) -> Element:
    """The root of a part of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return fromstring(archive.read(name))


def text_of(element: Element) -> str:
    """The text of an element, tabs and line ends in it."""
    return "".join(
        one.text or "" if one.tag == f"{W}t" else SIGNS.get(one.tag.removeprefix(W), "")
        for one in element.iter()
    )


def see_comments(data: bytes) -> list[Seen]:
    """The comments of a document; what stands before a turn's words, in the bookmark, is none of them."""
    written = {one.get(f"{W}id"): one for one in part(data, "word/comments.xml")}
    words: dict[str | None, str] = {}
    opened: set[str | None] = set()
    for paragraph in part(data, "word/document.xml").iter(f"{W}p"):
        inside = False
        for one in paragraph.iter():
            name, id_ = one.tag.removeprefix(W), one.get(f"{W}id")
            if name in ("bookmarkStart", "bookmarkEnd"):
                inside = name == "bookmarkStart"
            elif name == "commentRangeStart":
                opened.add(id_)
            elif name == "commentRangeEnd":
                opened.remove(id_)
            elif name in ("t", *SIGNS) and not inside:
                for each in opened:
                    words[each] = words.get(each, "") + (one.text or "" if name == "t" else SIGNS[name])
        for each in opened:
            words[each] = words.get(each, "") + "\n"
    return [
        Seen(one.get(f"{W}author", ""), [text_of(line) for line in one.iter(f"{W}p")], words.get(id_, ""))
        for id_, one in written.items()
    ]


class Edited:
    """A document in the hands of somebody with Word: what they do to it is done to its XML."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        self._next = 900

    @property
    def data(self) -> bytes:
        """The file that they save."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, text in self.parts.items():
                archive.writestr(name, text)
        return out.getvalue()

    def replace(self, old: str, new: str, name: str = "word/document.xml") -> Edited:
        """Write something else in one place of a part."""
        assert self.parts[name].count(old) == 1, (old, self.parts[name].count(old))
        self.parts[name] = self.parts[name].replace(old, new)
        return self

    def in_comment(self, old: str, new: str, mark: str) -> Edited:
        """Write something else in the comment with that mark."""
        _, whole = self._find(mark)
        assert old in whole, whole
        return self.replace(whole, whole.replace(old, new), "word/comments.xml")

    def _find(self, mark: str) -> tuple[str, str]:
        found = re.findall(
            r'<w:comment w:id="(\d+)".*?</w:comment>', self.parts["word/comments.xml"], re.DOTALL
        )
        whole = re.findall(r"<w:comment w:.*?</w:comment>", self.parts["word/comments.xml"], re.DOTALL)
        (one,) = [(number, text) for number, text in zip(found, whole, strict=True) if f">[{mark}]<" in text]
        return one

    def delete(self, mark: str) -> Edited:
        """Take the comment with that mark away."""
        number, whole = self._find(mark)
        self._unmark(number)
        return self.replace(whole, "", "word/comments.xml")

    def _unmark(self, number: str) -> None:
        parts = rf'<w:commentRange(?:Start|End) w:id="{number}" ?/>|<w:commentReference w:id="{number}" ?/>'
        self.parts["word/document.xml"] = re.sub(parts, "", self.parts["word/document.xml"])

    def move(self, mark: str, words: str) -> Edited:
        """Put the comment with that mark on other words."""
        number, _ = self._find(mark)
        self._unmark(number)
        return self._mark(number, words)

    def _mark(self, number: str, words: str) -> Edited:
        apart = '</w:t></w:r>{}<w:r><w:t xml:space="preserve">'
        start, end = (apart.format(f'<w:commentRange{one} w:id="{number}"/>') for one in ("Start", "End"))
        return self.replace(words, f"{start}{words}{end}")

    def comment(self, author: str, words: str, *lines: str) -> Edited:
        """Comment on words that stand in one run."""
        self._next += 1
        number = str(self._next)
        self._mark(number, words)
        return self._write(number, author, lines)

    def _write(self, number: str, author: str, lines: tuple[str, ...], paragraph: str = "") -> Edited:
        about = f' w14:paraId="{paragraph}"' * bool(paragraph)
        body = "".join(
            f'<w:p{about}><w:r><w:t xml:space="preserve">{escape(one)}</w:t></w:r></w:p>' for one in lines
        )
        made = f'<w:comment w:id="{number}" w:author="{author}">{body}</w:comment>'
        return self.replace("</w:comments>", f"{made}</w:comments>", "word/comments.xml")

    def reply(self, mark: str, author: str, *lines: str) -> Edited:
        """Answer the comment with that mark below it."""
        self._next += 1
        name = "word/comments.xml"
        if "xmlns:w14" not in self.parts[name]:
            self.replace("<w:comments ", f'<w:comments xmlns:w14="{W14}" ', name)
            self.parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}"></w15:commentsEx>'
        number, whole = self._find(mark)
        head, _, last = whole.rpartition("<w:p>")
        self.replace(whole, f'{head}<w:p w14:paraId="A{number}">{last}', name)
        self._write(str(self._next), author, lines, f"B{number}")
        return self.replace(
            "</w15:commentsEx>",
            f'<w15:commentEx w15:paraId="A{number}"/><w15:commentEx w15:paraId="B{number}" w15:paraIdParent="A{number}"/></w15:commentsEx>',
            "word/commentsExtended.xml",
        )
