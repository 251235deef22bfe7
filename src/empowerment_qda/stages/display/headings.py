"""Rows and columns: what can stand at the side or the head of a matrix, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable

from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.display import Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import Study, order_types
from empowerment_qda.stages.display.words import say

UNKNOWN = "unknown"


def list_types(study: Study, evidence: Iterable[Evidence], language: str, *, ordered: bool) -> list[Heading]:
    """Informant types as the settings list them, or by distance; speech of no known type last."""
    types = study.settings.informant_types
    names = order_types(study.settings) if ordered else list(types)
    found = [Heading(name, types[name].label.say(language)) for name in names]
    if any(row.voice and row.type is None for row in evidence):
        found.append(Heading(UNKNOWN, say("type_unknown", language)))
    return found


def heard_types(study: Study) -> set[str]:
    """Types of whom somebody was heard; speech of no known type always was."""
    heard = (study.who(one).type for source in study.sources if source.spoken for one in source.heard)
    return {kind for kind in heard if kind} | {UNKNOWN}


def list_dimensions(study: Study, language: str) -> list[Heading]:
    """The outermost codes."""
    return [Heading(code.id, study.codebook.label(code.id, language)) for code in study.codebook.codes]


def list_aspects(study: Study, evidence: Iterable[Evidence], language: str) -> list[Heading]:
    """The codes of the second level in blocks by dimension; a dimension too, where it is itself coded."""
    book, used = study.codebook, {row.code for row in evidence}
    found = []
    for place in book.walk():
        block = book.label(place.dimension, language)
        if len(place.ancestors) == 1:
            found.append(Heading(place.code.id, book.label(place.code.id, language), block))
        elif not place.ancestors and (place.code.id in used or not place.code.codes):
            found.append(Heading(place.code.id, block, block if place.code.codes else ""))
    return found


def aspect_of(row: Evidence) -> str:
    """The id of the aspect under which evidence stands; of the dimension, where there is none."""
    return row.aspect or row.dimension


def list_codes(study: Study, evidence: Iterable[Evidence], language: str) -> list[Heading]:
    """The codes that passages get, in blocks by aspect: the innermost ones and whatever was used."""
    book, used = study.codebook, {row.code for row in evidence}
    return [
        Heading(place.code.id, book.label(place.code.id, language), _block(place, study, language))
        for place in book.walk()
        if place.code.id in used or (not place.code.codes and place.code.status == "active")
    ]


def _block(place: CodePlace, study: Study, language: str) -> str:
    """The label of the aspect above a code, or of the dimension where there is no aspect between."""
    above = place.ancestors[1:2] or place.ancestors[:1]
    return study.codebook.label(above[0].id, language) if above else ""
