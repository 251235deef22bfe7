"""Studies for documents of Word, and what stands in such a document, read without the code that is tested."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
      - {id: K1, code: lower, turn: 2, quote: "👩🏽‍🌾 sekali.", memo: Saya setuju}
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
