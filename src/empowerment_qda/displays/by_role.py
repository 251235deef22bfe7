"""Displays of who says what: types and groups of informants against the codebook."""

from __future__ import annotations

from dataclasses import replace

from empowerment_qda.displays.matrix import (
    RECORDS,
    UNKNOWN,
    Entry,
    Material,
    aspect_of,
    heard_groups,
    heard_types,
    list_aspects,
    list_codes,
    list_dimensions,
    list_groups,
    list_record_methods,
    list_types,
    make_matrix,
    teller_of,
)
from empowerment_qda.locale import say
from empowerment_qda.model.display import Cell, Display, Heading, State
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.triangulation import Assessment, Stance
from empowerment_qda.triangulation.convergence import assess
from empowerment_qda.words import ASSESSMENTS

STANCES: dict[State, Stance] = {
    "support": "support",
    "limit": "contradict",
    "mixed": "mixed",
    "neutral": "mixed",
    "silent": "silent",
    "no_data": "no_data",
}
"""What a cell's state is in the convergence matrix, where there is no neutral: it takes neither side."""
ORDER: tuple[Assessment, ...] = ("dissonance", "partial_agreement", "silence", "agreement", "no_coverage")


def partially_ordered(material: Material) -> Display:
    """Everything by dimension: types of informants, then the methods in which nobody speaks."""
    records = list_record_methods(material)
    informants = material.say("informants") if records else ""
    types = [replace(row, block=informants) for row in list_types(material, ordered=False)]
    heard = heard_types(material.study) | {row.id for row in records}
    entries = (Entry(teller_of(row), row.dimension, row) for row in material.evidence)
    return make_matrix(
        "partially-ordered",
        material,
        entries,
        [*types, *records],
        list_dimensions(material),
        lambda row, column: row in heard,
    )


def checklist(material: Material) -> Display:
    """Codes by types, rated by the strength of their codings."""
    heard, spoken = heard_types(material.study), material.spoken
    direct = {row.id for row in spoken if row.strength == "direct"}
    display = make_matrix(
        "checklist",
        material,
        (Entry(row.code, row.type or UNKNOWN, row) for row in spoken),
        list_codes(material),
        list_types(material, ordered=True),
        lambda row, column: column in heard,
    )

    def rate(cell: Cell) -> Cell:
        if not cell.ids:
            return cell
        return replace(cell, text=material.say("present" if direct & set(cell.ids) else "partial"))

    return replace(display, cells=tuple(tuple(map(rate, line)) for line in display.cells))


def conceptually_clustered(material: Material) -> Display:
    """Types by aspects, clustered by dimension."""
    return _types_by_aspects("conceptually-clustered", material, ordered=False)


def role_ordered(material: Material) -> Display:
    """Types in the order of their distance to the programme, by aspects."""
    return _types_by_aspects("role-ordered", material, ordered=True)


def _types_by_aspects(name: str, material: Material, *, ordered: bool) -> Display:
    heard = heard_types(material.study)
    return make_matrix(
        name,
        material,
        (Entry(row.type or UNKNOWN, aspect_of(row), row) for row in material.spoken),
        list_types(material, ordered=ordered),
        list_aspects(material),
        lambda row, column: row in heard,
    )


def effects(material: Material) -> Display:
    """Aspects by direction under each group: the cross-role effects matrix."""
    directions = ["supports", "limits"]
    if any(row.direction == "neutral" for row in material.evidence):
        directions.append("neutral")
    sides = list_groups(material)
    heard = heard_groups(material.study)
    if any(not source.spoken for source in material.study.sources):
        sides.append(Heading(RECORDS, material.say("records")))
        heard = heard | {RECORDS}
    columns = [
        Heading(f"{side.id}.{direction}", material.say(direction), side.label)
        for side in sides
        for direction in directions
    ]
    return make_matrix(
        "effects",
        material,
        (Entry(aspect_of(row), f"{_side(row)}.{row.direction}", row) for row in material.evidence),
        list_aspects(material),
        columns,
        lambda row, column: column.rpartition(".")[0] in heard,
    )


def _side(row: Evidence) -> str:
    return (row.group or UNKNOWN) if row.witnesses else RECORDS


def contrast(material: Material) -> Display:
    """Aspects in blocks by how the groups (types, where there are not two) agree on them."""
    by_type = len(material.study.settings.groups) < 2
    columns = list_types(material, ordered=True) if by_type else list_groups(material)
    heard = heard_types(material.study) if by_type else heard_groups(material.study)
    entries = (
        Entry(aspect_of(row), (row.type if by_type else row.group) or UNKNOWN, row) for row in material.spoken
    )
    display = make_matrix(
        "contrast",
        material,
        entries,
        list_aspects(material),
        columns,
        lambda row, column: column in heard,
    )
    judged = [(_agree(line), row, line) for row, line in zip(display.rows, display.cells, strict=True)]
    judged.sort(key=lambda one: ORDER.index(one[0]))
    names = {one: say(ASSESSMENTS[one], material.language) for one in ORDER}
    return replace(
        display,
        rows=tuple(replace(row, block=names[agreed]) for agreed, row, _ in judged),
        cells=tuple(line for *_, line in judged),
    )


def _agree(line: tuple[Cell, ...]) -> Assessment:
    """How the columns of a row agree, as in the convergence matrix (Farmer et al. 2006)."""
    return assess({str(number): STANCES[cell.state] for number, cell in enumerate(line)}).assessment
