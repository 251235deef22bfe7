"""The four axes of triangulation: what is counted, what the study could reach, and the verdict that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.source import UNSPECIFIED
from empowerment_qda.model.study import AXES, Axis, Study, TriangulationRules, order_types
from empowerment_qda.model.triangulation import AxisResult, By, Extra, Status, Verdict

FAILING = ("single", "below_min", "no_informant")


@dataclass(frozen=True)
class Corpus:
    """What the study holds, whether coded or not: the most that any finding could rest on (R10).

    `coders` counts those whose codings count; `repeated` are the informants heard on several dates; `linked` tells
    whether any note or document says whom or what it is about.
    """

    types: tuple[str, ...]
    types_heard: frozenset[str]
    groups: tuple[str, ...]
    groups_heard: frozenset[str]
    methods: tuple[str, ...]
    reachable: dict[Axis, int]
    coders: int
    repeated: frozenset[str]
    linked: bool

    def columns(self, by: By) -> tuple[str, ...]:
        """The columns of the convergence matrix, in order."""
        return {"type": self.types, "group": self.groups, "method": self.methods}[by]

    def with_data(self, by: By) -> set[str]:
        """The columns that have a transcript, note or document at all."""
        heard = {"type": self.types_heard, "group": self.groups_heard, "method": frozenset(self.methods)}
        return set(heard[by])


def survey_corpus(study: Study) -> Corpus:
    """The types, groups and methods of the study, and those that have been heard."""
    settings = study.settings
    spoken = [source for source in study.sources if source.spoken]
    kinds = {one.id: one.type for source in spoken for one in map(study.who, source.heard)}
    dates: dict[str, set[str]] = defaultdict(set)
    for source in spoken:
        for one in source.heard:
            dates[study.who(one).id] |= {str(source.date)} if source.date else set()
    voices = set(kinds) | {source.id for source in spoken if not source.heard}
    types = {kind for kind in kinds.values() if kind}
    groups = {group for kind in types if (group := settings.group_of(kind))}
    unknown = sum(kinds.get(voice) is None for voice in voices)
    ungrouped = sum(settings.group_of(kinds.get(voice)) is None for voice in voices)
    methods = {source.method for source in study.sources if source.method and source.method != UNSPECIFIED}
    ordered = order_types(settings)
    return Corpus(
        types=(*ordered, *sorted(types - set(ordered))),
        types_heard=frozenset(types),
        groups=(*settings.groups, *sorted(groups - set(settings.groups))),
        groups_heard=frozenset(groups),
        methods=tuple(sorted(methods)),
        reachable={
            "informant": len(voices),
            "type": len(types) + unknown,
            "group": len(groups) + ungrouped,
            "method": len(methods),
        },
        coders=len(study.coders),
        repeated=frozenset(voice for voice in kinds if len(dates[voice]) > 1),
        linked=any(source.about or source.site for source in study.sources if not source.spoken),
    )


def count_axes(rows: Sequence[Evidence], rules: TriangulationRules, corpus: Corpus) -> dict[str, AxisResult]:
    """The four axes over the passages that count. An `unspecified` method counts nowhere (R4)."""
    items = [row for row in rows if row.method != UNSPECIFIED]
    spoken = [row for row in items if row.voice]
    voices = sorted({row.voice for row in spoken if row.voice})
    informants = count_informants(items)
    untyped = {row.voice for row in spoken if not row.type}
    ungrouped = {row.voice for row in spoken if not row.group}
    values: dict[Axis, list[str]] = {
        "informant": voices,
        "type": sorted({row.type for row in spoken if row.type}),
        "group": sorted({row.group for row in spoken if row.group}),
        "method": sorted({row.method for row in items}),
    }
    upper = {
        "informant": len(voices),
        "type": len(values["type"]) + len(untyped),
        "group": len(values["group"]) + len(ungrouped),
        "method": len(values["method"]),
    }
    results: dict[str, AxisResult] = {}
    for axis in AXES:
        count, minimum = (informants.lower if axis == "informant" else len(values[axis])), rules.min.of(axis)
        undecided = upper[axis] >= minimum if axis == "informant" else upper[axis] > count
        if not items:
            status: Status = "no_evidence"
        elif axis != "method" and not spoken:
            status = "no_informant"
        elif count >= minimum:
            status = "met"
        elif corpus.reachable[axis] < minimum:
            status = "not_possible"
        elif undecided:
            status = "indeterminate"
        else:
            status = "single" if count <= 1 else "below_min"
        results[axis] = AxisResult(
            status, count, upper[axis], minimum, axis in rules.required, tuple(values[axis])
        )
    return results


def judge(axes: dict[str, AxisResult], contested: bool) -> Verdict:
    """The first verdict that applies."""
    required = [axis.status for axis in axes.values() if axis.required]
    if axes["method"].status == "no_evidence":
        return "unsupported"
    if any(status in FAILING for status in required):
        return "flagged"
    if "indeterminate" in required:
        return "indeterminate"
    if "not_possible" in required:
        return "not_assessable"
    return "contested" if contested else "triangulated"


def find_extras(finding: Finding, rows: Sequence[Evidence], corpus: Corpus) -> dict[str, Extra]:
    """The informational axes: time, technique on the same source (Sugiyono), investigators, member check.

    `rows` are all counted codings of the supporting passages, those of several coders on the same words included.
    """
    dates: dict[str, set[str]] = defaultdict(set)
    methods: dict[str, set[str]] = defaultdict(set)
    coders: dict[object, set[str]] = defaultdict(set)
    for row in rows:
        coders[row.passage].add(row.coder)
        if row.voice and row.date:
            dates[row.voice].add(str(row.date))
        for subject in (*row.about, row.voice):
            if subject and row.method != UNSPECIFIED:
                methods[subject].add(row.method)
    twice = tuple(sorted(voice for voice, days in dates.items() if len(days) > 1))
    crossed = tuple(sorted(subject for subject, ways in methods.items() if len(ways) > 1))
    several = tuple(sorted({coder for found in coders.values() if len(found) > 1 for coder in found}))
    checked = finding.member_check is not None and finding.member_check.done
    return {
        "time": _extra(twice, any(row.voice in corpus.repeated for row in rows)),
        "technique_same_source": _extra(crossed, corpus.linked),
        "investigator": _extra(several, corpus.coders > 1),
        "member_check": Extra("met" if checked else "not_met", ()),
    }


def _extra(values: tuple[str, ...], possible: bool) -> Extra:
    return Extra("met" if values else "not_met" if possible else "not_possible", values)
