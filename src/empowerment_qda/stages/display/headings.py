"""Rows and columns: what can stand at the side or the head of a matrix, in the order of reading."""

from __future__ import annotations

from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.display import Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import Study, order_types
from empowerment_qda.stages.display.base import Material
from empowerment_qda.witnesses import all_heard

UNKNOWN = "?"
RECORDS = "notes+documents"
"""Ids that no type, group or code can have."""


def list_types(material: Material, *, ordered: bool) -> list[Heading]:
    """Informant types as the settings list them, or by distance; speech of no known type last."""
    types = material.study.settings.informant_types
    names = order_types(material.study.settings) if ordered else list(types)
    found = [Heading(name, material.label_of("type", name)) for name in names]
    if any(row.type is None for row in material.spoken):
        found.append(Heading(UNKNOWN, material.say("type_unknown")))
    return found


def heard_types(study: Study) -> set[str]:
    """Types of whom somebody was heard; speech of no known type always was."""
    return {one.type for one in all_heard(study).values() if one.type} | {UNKNOWN}


def list_groups(material: Material) -> list[Heading]:
    """The groups of the settings; speech of no known group last, which is all where there are no groups."""
    groups = material.study.settings.groups
    found = [Heading(name, material.label_of("group", name)) for name in groups]
    if any(row.group is None for row in material.spoken):
        found.append(Heading(UNKNOWN, material.say("group_unknown" if groups else "informants")))
    return found


def heard_groups(study: Study) -> set[str]:
    """Groups of whom somebody was heard; speech of no known group always was."""
    return {one.group for one in all_heard(study).values() if one.group} | {UNKNOWN}


def list_record_methods(material: Material) -> list[Heading]:
    """The methods in which nobody speaks, as far as the study has such sources."""
    methods = {source.kind for source in material.study.sources if not source.spoken}
    block = material.say("records")
    return [
        Heading(f"method:{method}", material.label_of("method", method), block) for method in sorted(methods)
    ]


def teller_of(row: Evidence) -> str:
    """Who tells it: the id of the type, or of the method where nobody speaks."""
    return (row.type or UNKNOWN) if row.witnesses else f"method:{row.method}"


def list_dimensions(material: Material) -> list[Heading]:
    """The outermost codes."""
    return [Heading(code.id, material.label(code.id)) for code in material.study.codebook.codes]


def list_aspects(material: Material) -> list[Heading]:
    """The codes of the second level in blocks by dimension; a dimension too, where it is itself coded."""
    used = {row.code for row in material.evidence}
    found = []
    for place in material.study.codebook.walk():
        code, block = place.code, material.label(place.dimension)
        if len(place.ancestors) == 1:
            found.append(Heading(code.id, material.label(code.id), block))
        elif not place.ancestors and (code.id in used or not code.codes):
            found.append(Heading(code.id, block, block if code.codes else ""))
    return found


def aspect_of(row: Evidence) -> str:
    """The id of the aspect under which evidence stands; of the dimension, where there is none."""
    return row.aspect or row.dimension


def list_codes(material: Material) -> list[Heading]:
    """The codes that passages get, in blocks by aspect: the innermost ones and whatever was used."""
    used = {row.code for row in material.evidence}
    return [
        Heading(place.code.id, material.label(place.code.id), _block(place, material))
        for place in material.study.codebook.walk()
        if place.code.id in used or (not place.code.codes and place.code.status == "active")
    ]


def _block(place: CodePlace, material: Material) -> str:
    """The label of the aspect above a code, or of the dimension where there is no aspect between."""
    above = place.ancestors[1:2] or place.ancestors[:1]
    return material.label(above[0].id) if above else ""
