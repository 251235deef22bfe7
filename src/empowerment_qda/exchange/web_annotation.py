"""Passages as W3C Web Annotations (2017) in JSON-LD: the quote with the words around it, its codes, who coded it, the memo."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from empowerment_qda.anchors import SourceText
from empowerment_qda.evidence.passages import Passage, text_of
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.model.source import Span
from empowerment_qda.text import inert

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 8
"""Words before and after a quote by which it is found again."""


def write_annotations(going: Outgoing) -> Written:
    """One page of annotations, one a coding. Whose words may not be quoted is left out and told."""
    study = going.study
    shown = [one for one in going.passages if not study.withheld(one.source, one.anchor.span.turns)]  # type: ignore[union-attr]  # all of them are placed
    items = [_annotate(one, going) for one in shown]
    page = {
        "@context": CONTEXT,
        "id": _name(going, "page"),
        "type": "AnnotationPage",
        "partOf": {
            "id": _name(going, "collection"),
            "type": "AnnotationCollection",
            "label": study.settings.title.say(going.language),
            "total": len(items),
        },
        "startIndex": 0,
        "items": items,
    }
    text = inert(json.dumps(page, ensure_ascii=False, indent=2)) + "\n"
    hidden = len(going.passages) - len(shown)
    lost = count(
        hidden,
        "coding of words that their speaker did not agree to have quoted",
        "codings of words that their speakers did not agree to have quoted",
    )
    return Written(
        text.encode(),
        (count(len(items), "annotation"),),
        (lost, "the sources, which the annotations only name", "findings and memos of the study"),
    )


def _around(passage: Passage, going: Outgoing) -> tuple[str, str]:
    """The words before and after a passage. Where somebody in its source did not agree to be quoted, those of its own turns
    alone: the next turn may be theirs."""
    source, span = passage.source, passage.anchor.span
    assert span is not None
    if not going.study.withheld(source, range(1, len(source.turns) + 1)):
        return text_of(source).context(span, AROUND)
    own = SourceText(source.turns[turn - 1].text for turn in span.turns)
    return own.context(Span(1, span.start, len(span.turns), span.end), AROUND)


def _annotate(passage: Passage, going: Outgoing) -> dict[str, Any]:
    coding, source, span = passage.coding, passage.source, passage.anchor.span
    assert span is not None
    book = going.study.codebook
    before, after = _around(passage, going)
    selector = {"type": "TextQuoteSelector", "exact": source.quote(span), "prefix": before, "suffix": after}
    place = book.places.get(coding.code)
    bodies = [
        {
            "type": "TextualBody",
            "purpose": "tagging",
            "value": book.label(coding.code, going.language),
            "language": going.language,
        },
        {
            "type": "SpecificResource",
            "purpose": "classifying",
            "source": f"{quote(book.path)}#{quote(place.path if place else coding.code)}",
        },
    ]
    if coding.memo:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": coding.memo})
    turns = f"{span.turn}" if span.turn == span.end_turn else f"{span.turn}-{span.end_turn}"
    return {
        "id": _name(going, source.id, passage.file.coder, passage.id),
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "nickname": passage.file.coder},
        "body": bodies,
        "target": {
            "source": f"{quote(source.path)}#turn={turns}",
            "selector": {name: one for name, one in selector.items() if one},
        },
    }


def _name(going: Outgoing, *parts: str) -> str:
    """The same name for the same thing in each export."""
    title = going.study.settings.title.say("")
    return uuid5(NAMESPACE_URL, "\x1f".join(["qda", title, *parts])).urn
