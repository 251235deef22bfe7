"""REFI-QDA written: the codebook (.qdc), and what a project (.qdpx) shares with it. The schema allows one order of elements and
no empty group of them, and programs ask for GUIDs that stay the same from one export to the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from empowerment_qda.exchange.descriptions import WRITTEN_IN, spread, write_description
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.model.codebook import Code, Codebook, Cues
from empowerment_qda.text import SIGN, inert, inert_line

ORIGIN = "empowerment-qda"
"""How our files say who wrote them."""
_OURS = UUID("6f0c2a52-7d3f-5c83-9a4e-2f5a0d1b7e90")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODE_TEXTS = ("use_when", "not_when", "example", "near_miss", "source", "memo")
"""Keys of a code that are text in languages."""
CODE_KEYS = frozenset(
    {
        "id",
        WRITTEN_IN,
        "label",
        "definition",
        *CODE_TEXTS,
        "direction",
        "origin",
        "status",
        "since",
        "formerly",
    }
)
"""All keys that stand in its description."""


class Guids:
    """The GUIDs of one study: each follows from what the thing is called, so that it is the same in every export."""

    def __init__(self, title: str) -> None:
        self._study = uuid5(_OURS, title)

    def of(self, kind: str, *names: object) -> str:
        """The GUID of one thing.

        >>> Guids("a study").of("code", "training") == Guids("a study").of("code", "training")
        True
        """
        return str(uuid5(self._study, "\x1f".join([kind, *map(str, names)])))


def write_codebook(going: Outgoing) -> Written:
    """The codes of the study as a .qdc."""
    book, guids = going.study.codebook, guids_of(going)
    root = Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": ORIGIN})
    add_codes(root, book.codes, guids, going.language)
    lost = "the title, version and reference of the codebook", "its cues" * has_cues(book)
    return Written(to_xml(root), (count(len(book.places), "code"),), lost)


def has_cues(book: Codebook) -> bool:
    """Whether phrases suggest any of its codes."""
    return any(place.code.cues != Cues() for place in book.walk())


def guids_of(going: Outgoing) -> Guids:
    """The GUIDs of what goes out: two studies have theirs apart, exports of one study share them."""
    return Guids(going.study.settings.title.say(going.language))


def add_codes(
    parent: Element, codes: Iterable[Code], guids: Guids, language: str, used: Collection[str] = ()
) -> dict[str, Element]:
    """The codes below an element as they stand in the book; each element by the id of its code. What has codes below it and is
    not among the `used` is a heading, to which no passage can be given."""
    found: dict[str, Element] = {}
    top = SubElement(parent, "Codes")
    queue = [(top, one) for one in reversed(list(codes))]
    while queue:
        above, code = queue.pop()
        label = code.label.say(language) if code.label else code.id
        codable = not code.codes or code.id in used
        element = SubElement(
            above,
            "Code",
            guid=guids.of("code", code.id),
            name=inert_line(label),
            isCodable=str(codable).lower(),
        )
        if code.color:
            element.set("color", code.color)
        found[code.id] = element
        describe(element, code.definition.say(language) if code.definition else "", _keys_of(code, language))
        queue += [(element, one) for one in reversed(code.codes)]
    return found


def _keys_of(code: Code, language: str) -> dict[str, str]:
    """What a codebook says of a code beside label and definition, and these in other languages."""
    texts = {name: getattr(code, name) for name in ("label", "definition", *CODE_TEXTS)}
    return {
        "id": code.id,
        **spread(texts, language, apart=("label", "definition")),
        "direction": code.direction if code.direction != "neutral" else "",
        "origin": code.origin if code.origin != "deductive" else "",
        "status": code.status if code.status != "active" else "",
        "since": code.since or "",
        "formerly": ", ".join(code.formerly),
    }


def describe(element: Element, text: str, keys: dict[str, str]) -> None:
    """Put a description to an element; none where there is nothing to say."""
    said = write_description(text, keys) if any(keys.values()) else text.strip("\n")
    if said:
        SubElement(element, "Description").text = plain_text(said)


def plain_text(text: str) -> str:
    """Inert text with nothing that XML cannot hold."""
    return _NO_XML.sub(SIGN, inert(text.replace("\r\n", "\n").replace("\r", "\n")))


def to_xml(root: Element) -> bytes:
    """The document, a line an element, without a mark of its byte order."""
    indent(root, " ")
    said: bytes = tostring(root, "utf-8", xml_declaration=True)
    return said + b"\n"
