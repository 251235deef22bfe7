"""Displays across sources and cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from empowerment_qda.displays.matrix import (
    TYPE_UNKNOWN,
    UNKNOWN,
    Entry,
    Material,
    Matrix,
    aspect_of,
    display,
    list_aspects,
    list_codes,
    list_groups,
    tabulate,
)
from empowerment_qda.evidence.rows import all_heard
from empowerment_qda.locale import msg
from empowerment_qda.model.display import Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import order_types

NOBODY = "type:"
NO_CASE = msg("Segments that belong to no case are not shown: {n}.")
CasesOf = Callable[[Evidence], tuple[str, ...]]


@display(
    "content-analytic",
    msg("Content-analytic summary"),
    msg("every source by every code"),
    msg("A segment stands in the row of its source, in the column of its code."),
)
def content_analytic(material: Material) -> Matrix:
    """Every source by every code."""
    rows = [
        Heading(source.id, source.id, material.label_of("method", source.kind))
        for source in material.study.sources
    ]
    entries = (Entry(row.source, row.code, row) for row in material.evidence)
    return tabulate(material, entries, rows, list_codes(material))


@display(
    "stacked",
    msg("Stacked meta-matrix"),
    msg("cases, stacked by type, by every code"),
    msg(
        "A segment stands in the row of its case, in the column of its code; a case is a site "
        "where the study has several, else an informant with the notes and documents about them."
    ),
    left_out=NO_CASE,
)
def stacked(material: Material) -> Matrix:
    """Cases, stacked by type, by every code."""
    rows, cases_of, notes = find_cases(material)
    entries = (Entry(case, row.code, row) for row in material.evidence for case in cases_of(row))
    columns = list_codes(material)
    return tabulate(material, entries, rows, columns, lambda row, column: not row.startswith(NOBODY), notes)


@display(
    "case-ordered",
    msg("Case-ordered descriptive meta-matrix"),
    msg("cases from most supporting to most limiting, by aspects"),
    msg(
        "Cases stand in the order of supporting less limiting segments, the highest first; a "
        "case is a site where the study has several, else an informant with the notes and "
        "documents about them."
    ),
    left_out=NO_CASE,
)
def case_ordered(material: Material) -> Matrix:
    """Cases from most supporting to most limiting, by aspects."""
    rows, cases_of, notes = find_cases(material)
    entries = [Entry(case, aspect_of(row), row) for row in material.evidence for case in cases_of(row)]

    passages = {(case, row.direction, row.passage) for case, _, row in entries}
    number = Counter((case, direction) for case, direction, _ in passages)
    weighed = [
        (row, number[row.id, "supports"], number[row.id, "limits"])
        for row in rows
        if not row.id.startswith(NOBODY)
    ]
    weighed.sort(key=lambda one: one[2] - one[1])
    labelled = [
        replace(row, label=f"{row.label} (+{supports} −{limits})", block="")
        for row, supports, limits in weighed
    ]
    return tabulate(material, entries, labelled, list_aspects(material), notes=notes)


def find_cases(material: Material) -> tuple[list[Heading], CasesOf, list[str]]:
    """The cases, to which of them a passage belongs, and a note where there are too few to compare: sites, where there
    are several, else informants by type, with a row for each type of which nobody was heard."""
    study = material.study
    sites = list(dict.fromkeys(source.site for source in study.sources if source.site))
    if len(sites) > 1:
        return (
            [Heading(site, site) for site in sites],
            lambda row: tuple(filter(row.about.__contains__, sites)),
            [],
        )
    # Of a group in which some turns name no speaker, the group is a case beside its members.
    quoted = (one for row in material.evidence for one in row.witnesses)
    kinds = {one.id: one.type for one in (*all_heard(study).values(), *quoted)}
    rows: list[Heading] = []
    for name in order_types(study.settings):
        label = material.label_of("type", name)
        cases = [Heading(case, case, label) for case, kind in kinds.items() if kind == name]
        nobody = Heading(f"{NOBODY}{name}", material.say(msg("(nobody heard)")), label)
        rows += cases or [nobody]
    unknown = material.say(TYPE_UNKNOWN)
    rows += [Heading(case, case, unknown) for case, kind in kinds.items() if kind is None]
    few = sum(not row.id.startswith(NOBODY) for row in rows) < 2
    return (
        rows,
        lambda row: tuple(one.id for one in row.witnesses) or tuple(filter(kinds.__contains__, row.about)),
        [material.say(msg("There are fewer than two cases: a matrix across cases has nothing to compare."))]
        * few,
    )


@display(
    "code-by-attribute",
    msg("Codes by attributes"),
    msg("codes by group, method and attributes of informants"),
    msg(
        "A segment stands in the row of its code, once under each attribute: its speaker's "
        "group, its method, and what the study notes of its speaker. Numbers, never percentages."
    ),
)
def code_by_attribute(material: Material) -> Matrix:
    """Codes by group, method, and each attribute that the study notes of its informants."""
    study, groups = material.study, list_groups(material)
    methods = dict.fromkeys(source.kind for source in study.sources)
    columns = [_column("group", one.id, one.label, material.say(msg("group"))) for one in groups]
    columns += [
        _column("method", one, material.label_of("method", one), material.say(msg("method")))
        for one in methods
    ]
    people = {one: study.informants[one].attributes for one in all_heard(study) if one in study.informants}
    names = sorted({name for attributes in people.values() for name in attributes})
    for name in names:
        values = sorted({attributes[name] for attributes in people.values() if name in attributes})
        columns += [_column(f"attribute:{name}", value, value, name) for value in values]
        if any(name not in people.get(row.informant or "", {}) for row in material.spoken):
            columns.append(_column(f"attribute:{name}", "?", material.say(msg("not known")), name))
    silent = {f"group={one.id}" for one in groups if one.id not in material.heard("group")}

    def entries() -> Iterator[Entry]:
        for row in material.evidence:
            yield Entry(row.code, f"method={row.method}", row)
            if row.witnesses:
                yield Entry(row.code, f"group={row.group or UNKNOWN}", row)
                known = people.get(row.informant or "", {})
                for name in names:
                    yield Entry(row.code, f"attribute:{name}={known.get(name, '?')}", row)

    rows = list_codes(material)
    return tabulate(material, entries(), rows, columns, lambda row, column: column not in silent)


def _column(attribute: str, value: str, label: str, block: str) -> Heading:
    return Heading(f"{attribute}={value}", label, block)
