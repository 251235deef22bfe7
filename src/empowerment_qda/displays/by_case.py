"""Displays across sources and cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from empowerment_qda.displays.matrix import (
    UNKNOWN,
    Entry,
    Material,
    aspect_of,
    heard_groups,
    list_aspects,
    list_codes,
    list_groups,
    make_matrix,
)
from empowerment_qda.evidence.witnesses import all_heard
from empowerment_qda.model.display import Display, Heading
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import order_types

NOBODY = "type:"
CasesOf = Callable[[Evidence], tuple[str, ...]]


def content_analytic(material: Material) -> Display:
    """Every source by every code."""
    rows = [
        Heading(source.id, source.id, material.label_of("method", source.kind))
        for source in material.study.sources
    ]
    entries = (Entry(row.source, row.code, row) for row in material.evidence)
    return make_matrix("content-analytic", material, entries, rows, list_codes(material))


def stacked(material: Material) -> Display:
    """Cases, stacked by type, by every code."""
    rows, cases_of = find_cases(material)
    entries = (Entry(case, row.code, row) for row in material.evidence for case in cases_of(row))
    return make_matrix(
        "stacked",
        material,
        entries,
        rows,
        list_codes(material),
        lambda row, column: not row.startswith(NOBODY),
        left_out="no_case",
        notes=_compare(rows, material),
    )


def case_ordered(material: Material) -> Display:
    """Cases from most supporting to most limiting, by aspects."""
    rows, cases_of = find_cases(material)
    rows = [row for row in rows if not row.id.startswith(NOBODY)]
    entries = [Entry(case, aspect_of(row), row) for row in material.evidence for case in cases_of(row)]
    held: dict[str, list[Evidence]] = {row.id: [] for row in rows}
    for entry in entries:
        held[entry.row].append(entry.evidence)
    weight = {case: _weigh(evidence) for case, evidence in held.items()}
    rows.sort(key=lambda row: weight[row.id][1] - weight[row.id][0])
    labelled = []
    for row in rows:
        supports, limits = weight[row.id]
        labelled.append(replace(row, label=f"{row.label} (+{supports} −{limits})", block=""))
    return make_matrix(
        "case-ordered",
        material,
        entries,
        labelled,
        list_aspects(material),
        left_out="no_case",
        notes=_compare(rows, material),
    )


def _weigh(evidence: Sequence[Evidence]) -> tuple[int, int]:
    """Supporting and limiting segments."""
    supports, limits = (
        len({row.passage for row in evidence if row.direction == side}) for side in ("supports", "limits")
    )
    return supports, limits


def _compare(rows: Iterable[Heading], material: Material) -> list[str]:
    cases = [row for row in rows if not row.id.startswith(NOBODY)]
    return [material.say("one_case")] if len(cases) < 2 else []


def find_cases(material: Material) -> tuple[list[Heading], CasesOf]:
    """The cases and to which of them a passage belongs: sites, where there are several, else informants."""
    study = material.study
    sites = list(dict.fromkeys(source.site for source in study.sources if source.site))
    if len(sites) < 2:
        return _informant_cases(material)
    return [Heading(site, site) for site in sites], lambda row: tuple(
        site for site in sites if site in row.about
    )


def _informant_cases(material: Material) -> tuple[list[Heading], CasesOf]:
    """Informants by type, with a row for each type of which nobody was heard."""
    study = material.study
    # Of a group in which some turns name no speaker, the group is a case beside its members.
    quoted = (one for row in material.evidence for one in row.witnesses)
    kinds = {one.id: one.type for one in (*all_heard(study).values(), *quoted)}
    rows: list[Heading] = []
    for name in order_types(study.settings):
        label = material.label_of("type", name)
        cases = [Heading(case, case, label) for case, kind in kinds.items() if kind == name]
        rows += cases or [Heading(f"{NOBODY}{name}", material.say("nobody"), label)]
    untyped = [case for case, kind in kinds.items() if kind is None]
    rows += [Heading(case, case, material.say("type_unknown")) for case in untyped]
    return (
        rows,
        lambda row: (
            tuple(one.id for one in row.witnesses) or tuple(case for case in row.about if case in kinds)
        ),
    )


def code_by_attribute(material: Material) -> Display:
    """Codes by group, method, and each attribute that the study notes of its informants."""
    study = material.study
    columns = [
        *(_column("group", one.id, one.label, material.say("group")) for one in list_groups(material)),
        *(
            _column("method", method, material.label_of("method", method), material.say("method"))
            for method in dict.fromkeys(source.kind for source in study.sources)
        ),
    ]
    people = {one: study.informants[one].attributes for one in all_heard(study) if one in study.informants}
    names = sorted({name for attributes in people.values() for name in attributes})
    for name in names:
        values = sorted({attributes[name] for attributes in people.values() if name in attributes})
        columns += [_column(f"attribute:{name}", value, value, name) for value in values]
        if any(name not in people.get(row.informant or "", {}) for row in material.spoken):
            columns.append(_column(f"attribute:{name}", "?", material.say("value_unknown"), name))
    no_transcript = {f"group={one.id}" for one in list_groups(material)} - {
        f"group={group}" for group in heard_groups(study)
    }

    def entries() -> Iterator[Entry]:
        for row in material.evidence:
            yield Entry(row.code, f"method={row.method}", row)
            if row.witnesses:
                yield Entry(row.code, f"group={row.group or UNKNOWN}", row)
                known = people.get(row.informant or "", {})
                for name in names:
                    yield Entry(row.code, f"attribute:{name}={known.get(name, '?')}", row)

    return make_matrix(
        "code-by-attribute",
        material,
        entries(),
        list_codes(material),
        columns,
        lambda row, column: column not in no_transcript,
    )


def _column(attribute: str, value: str, label: str, block: str) -> Heading:
    return Heading(f"{attribute}={value}", label, block)
