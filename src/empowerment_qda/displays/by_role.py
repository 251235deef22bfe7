"""Displays of who says what: types and groups of informants against the codebook."""

from __future__ import annotations

from dataclasses import replace

from empowerment_qda.displays.matrix import (
    RECORDS,
    UNKNOWN,
    Entry,
    Material,
    Matrix,
    aspect_of,
    display,
    list_aspects,
    list_codes,
    list_dimensions,
    list_groups,
    list_record_methods,
    list_types,
    tabulate,
    teller_of,
)
from empowerment_qda.labels import ASSESSMENTS
from empowerment_qda.locale import msg
from empowerment_qda.model.display import Cell, Heading, State
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.triangulation import Assessment, Stance
from empowerment_qda.triangulation.convergence import assess

DIRECTIONS = {"supports": msg("supports"), "limits": msg("limits"), "neutral": msg("neutral")}
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


@display(
    "partially-ordered",
    msg("Partially ordered matrix"),
    msg("types of informants, notes and documents by dimensions: a first look at everything"),
    msg(
        "A segment stands in the row of its speaker's type, or of its method where nobody "
        "speaks, in the column of its dimension."
    ),
)
def partially_ordered(material: Material) -> Matrix:
    """Everything by dimension: types of informants, then the methods in which nobody speaks."""
    records = list_record_methods(material)
    informants = material.say(msg("Informants")) if records else ""
    types = [replace(row, block=informants) for row in list_types(material, ordered=False)]
    heard = material.heard("type") | {row.id for row in records}
    entries = (Entry(teller_of(row), row.dimension, row) for row in material.evidence)
    columns = list_dimensions(material)
    return tabulate(material, entries, [*types, *records], columns, lambda row, column: row in heard)


@display(
    "checklist",
    msg("Checklist matrix"),
    msg("codes by types of informants: said, only read in, or not said"),
    msg(
        "'present': at least one direct passage has the code; 'partial': the analyst only reads "
        "it in; not said is not absent, which only a person can judge."
    ),
)
def checklist(material: Material) -> Matrix:
    """Codes by types, rated by the strength of their codings."""
    heard = material.heard("type")
    direct = {row.id for row in material.spoken if row.strength == "direct"}
    laid = tabulate(
        material,
        (Entry(row.code, row.type or UNKNOWN, row) for row in material.spoken),
        list_codes(material),
        list_types(material, ordered=True),
        lambda row, column: column in heard,
    )

    def rate(cell: Cell) -> Cell:
        rating = msg("present") if direct & set(cell.ids) else msg("partial")
        return replace(cell, text=material.say(rating)) if cell.ids else cell

    return laid._replace(cells=[[rate(cell) for cell in line] for line in laid.cells])


@display(
    "conceptually-clustered",
    msg("Conceptually clustered matrix"),
    msg("types of informants by aspects, aspects together by dimension"),
    msg("A segment stands in the row of its speaker's type, in the column of the aspect of its code."),
)
def conceptually_clustered(material: Material) -> Matrix:
    """Types by aspects, clustered by dimension."""
    return _types_by_aspects(material, ordered=False)


@display(
    "role-ordered",
    msg("Role-ordered matrix"),
    msg("types of informants by their distance to the programme, by aspects"),
    msg(
        "Types stand in the order of their distance to the programme (`order` in qda.yaml), the "
        "nearest first; a segment stands in the column of the aspect of its code."
    ),
)
def role_ordered(material: Material) -> Matrix:
    """Types in the order of their distance to the programme, by aspects."""
    return _types_by_aspects(material, ordered=True)


def _types_by_aspects(material: Material, *, ordered: bool) -> Matrix:
    heard = material.heard("type")
    entries = (Entry(row.type or UNKNOWN, aspect_of(row), row) for row in material.spoken)
    rows, columns = list_types(material, ordered=ordered), list_aspects(material)
    return tabulate(material, entries, rows, columns, lambda row, column: row in heard)


@display(
    "effects",
    msg("Effects matrix"),
    msg("aspects by what supports and what limits them, group by group"),
    msg(
        "A segment stands in the row of the aspect of its code, in the column of the code's "
        "direction (supports, limits, neutral) under its speaker's group, or under notes and "
        "documents."
    ),
    form="directions",
)
def effects(material: Material) -> Matrix:
    """Aspects by direction under each group: the cross-role effects matrix."""
    directions = [*DIRECTIONS]
    if all(row.direction != "neutral" for row in material.evidence):
        directions.remove("neutral")
    sides, heard = list_groups(material), material.heard("group")
    if any(not source.spoken for source in material.study.sources):
        sides.append(Heading(RECORDS, material.say(msg("Notes and documents"))))
        heard.add(RECORDS)
    columns = [
        Heading(f"{side.id}.{direction}", material.say(DIRECTIONS[direction]), side.label)
        for side in sides
        for direction in directions
    ]
    entries = (Entry(aspect_of(row), f"{_side(row)}.{row.direction}", row) for row in material.evidence)
    rows = list_aspects(material)
    return tabulate(material, entries, rows, columns, lambda row, column: column.rpartition(".")[0] in heard)


def _side(row: Evidence) -> str:
    return (row.group or UNKNOWN) if row.witnesses else RECORDS


@display(
    "contrast",
    msg("Contrast table"),
    msg("aspects on which groups disagree first, by groups"),
    msg(
        "A segment stands in the row of the aspect of its code, in the column of its speaker's "
        "group (type, where there are not two groups). Rows: dissonance (one supports, one "
        "limits), partial agreement (one does both), silence (one says nothing), agreement, no "
        "coverage."
    ),
)
def contrast(material: Material) -> Matrix:
    """Aspects in blocks by how the groups (types, where there are not two) agree on them, as in the convergence matrix
    (Farmer et al. 2006)."""
    by_type = len(material.study.settings.groups) < 2
    columns = list_types(material, ordered=True) if by_type else list_groups(material)
    heard = material.heard("type" if by_type else "group")
    entries = (
        Entry(aspect_of(row), (row.type if by_type else row.group) or UNKNOWN, row) for row in material.spoken
    )
    laid = tabulate(material, entries, list_aspects(material), columns, lambda row, column: column in heard)
    agreed = [
        assess({str(number): STANCES[cell.state] for number, cell in enumerate(line)}).assessment
        for line in laid.cells
    ]
    judged = sorted(zip(agreed, laid.rows, laid.cells, strict=True), key=lambda one: ORDER.index(one[0]))
    return laid._replace(
        rows=[replace(row, block=material.say(ASSESSMENTS[name])) for name, row, _ in judged],
        cells=[line for *_, line in judged],
    )
