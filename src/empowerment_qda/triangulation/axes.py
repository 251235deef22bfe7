"""The four axes of triangulation: what is counted, what the study could reach, and the verdict that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from empowerment_qda.evidence.rows import all_heard, heard_in_study
from empowerment_qda.model.base import When
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Evidence, Passage, count_witnesses, list_witnesses, voices
from empowerment_qda.model.finding import Finding, Verdict
from empowerment_qda.model.source import COUNTED, UNSPECIFIED
from empowerment_qda.model.study import AXES, Axis, Study, TriangulationRules, order_types
from empowerment_qda.model.triangulation import AxisResult, By, Extra, ExtraStatus, Status

MET: tuple[Verdict, ...] = ("triangulated", "contested")
"""The verdicts of findings whose required axes are all met."""
FAILING = ("single", "below_min", "no_informant")


@dataclass(frozen=True)
class Corpus:
    """What the study holds, whether coded or not: the most that any finding could rest on (R10).

    `columns` are the types, groups and methods in order, and `heard` those of them of which there is a transcript, note or
    document. `reachable` is how many were heard, with a turn that counts. `coders` are the persons who coded anything;
    `repeated` the informants heard on several dates; `methods_on` the methods by which each informant or site was
    looked at.
    """

    columns: Mapping[By, tuple[str, ...]]
    heard: Mapping[By, frozenset[str]]
    reachable: Mapping[Axis, int]
    coders: frozenset[str]
    repeated: frozenset[str]
    methods_on: Mapping[str, frozenset[str]]


def survey_corpus(study: Study) -> Corpus:
    """The types, groups and methods of the study that have been heard (R10), and what was tried besides."""
    settings, people = study.settings, all_heard(study).values()
    counted = [one for one in study.sources if one.kind != UNSPECIFIED and COUNTED & set(one.roles)]
    looks = []
    for source in counted:
        ids = [one.id for one in heard_in_study(study).get(source.id, ())]
        looks.append((ids, source.date, (*source.about, source.site or ""), source.kind))
    repeated, methods_on = _look_back(looks)
    heard: dict[By, frozenset[str]] = {
        "type": frozenset(one.type for one in people if one.type),
        "group": frozenset(one.group for one in people if one.group),
        "method": frozenset(one.kind for one in counted),
    }
    declared: dict[By, Sequence[str]] = {
        "type": order_types(settings),
        "group": [*settings.groups],
        "method": [],
    }
    unknown = {
        "type": sum(one.type is None for one in people),
        "group": sum(one.group is None for one in people),
        "method": 0,
    }
    return Corpus(
        columns={by: (*known, *sorted(heard[by].difference(known))) for by, known in declared.items()},
        heard=heard,
        reachable={by: len(heard[by]) + unknown[by] for by in heard},
        coders=frozenset(file.coder for file in study.codings if file.codings and file.coder != AUTO),
        repeated=repeated,
        methods_on=methods_on,
    )


Look = tuple[Iterable[str], When | None, Iterable[str], str]
"""Who was heard, when; what or whom it is about besides; and the method, `unspecified` where it is not told (R4)."""


def _look_back(looks: Iterable[Look]) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """The persons heard on several dates, and by which methods each person or site was looked at.

    Dates are several where some are certainly two: a year and a day in it may be one.
    """
    dates: dict[str, list[When]] = defaultdict(list)
    methods: dict[str, set[str]] = defaultdict(set)
    for people, date, subjects, method in looks:
        for one in people:
            dates[one] += [date] if date else []
        if method != UNSPECIFIED:
            for subject in filter(None, (*people, *subjects)):
                methods[subject].add(method)
    several = (
        one
        for one, days in dates.items()
        if days and max(day.first for day in days) > min(day.last for day in days)
    )
    return frozenset(several), {subject: frozenset(ways) for subject, ways in methods.items()}


def count_axes(rows: Sequence[Evidence], rules: TriangulationRules, corpus: Corpus) -> dict[str, AxisResult]:
    """The four axes over the passages that count. An `unspecified` method counts nowhere (R4)."""
    items = [row for row in rows if row.method != UNSPECIFIED]
    heard = list_witnesses(items)
    informants = count_witnesses(heard)
    people = heard.values()
    values: dict[Axis, list[str]] = {
        "informant": sorted(heard),
        "type": sorted({one.type for one in people if one.type}),
        "group": sorted({one.group for one in people if one.group}),
        "method": sorted({row.method for row in items}),
    }
    upper = {
        "informant": informants.upper,
        "type": len(values["type"]) + sum(one.type is None for one in people),
        "group": len(values["group"]) + sum(one.group is None for one in people),
        "method": len(values["method"]),
    }
    results: dict[str, AxisResult] = {}
    for axis in AXES:
        count, minimum = (informants.lower if axis == "informant" else len(values[axis])), rules.min.of(axis)
        undecided = upper[axis] >= minimum if axis == "informant" else upper[axis] > count
        if not items:
            status: Status = "no_evidence"
        elif axis != "method" and not heard:
            status = "no_informant"
        elif count >= minimum:
            status = "met"
        elif axis != "informant" and corpus.reachable[axis] < minimum:
            status = "not_possible"
        elif undecided:
            status = "indeterminate"
        else:
            status = "single" if count <= 1 else "below_min"
        results[axis] = AxisResult(
            status, count, upper[axis], minimum, axis in rules.required, tuple(values[axis])
        )
    return results


def judge(axes: Mapping[str, AxisResult], contested: bool) -> Verdict:
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


def find_indispensable(informant: AxisResult, supporting: Sequence[Evidence]) -> set[str]:
    """Those without whom axes that are met could fail: as a rule few, so that few have to be tried.

    One person less is at most one informant less; a type, group or method is lost with the only one who carries it.
    """
    if informant.required and informant.count <= informant.minimum:
        return voices(supporting)
    carriers: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for row in supporting:
        if row.method == UNSPECIFIED:  # counts nowhere (R4), so it carries nothing
            continue
        carriers["method", row.method].add(row.witness.id if row.witness else None)
        for one in row.witnesses:
            carriers["type", one.type].add(one.id)
            carriers["group", one.group].add(one.id)
    return {one for alone in carriers.values() if len(alone) == 1 for one in alone if one}


def find_extras(
    finding: Finding, rows: Sequence[Evidence], coded_by: Mapping[Passage, frozenset[str]], corpus: Corpus
) -> dict[str, Extra]:
    """The informational axes: time, technique on the same source (Sugiyono), investigators, member check.

    `rows` are the supporting passages; `coded_by` who gave words of each of them a code for which it is cited.
    """
    heard = list_witnesses(rows)
    named = {one for one, witness in heard.items() if witness.known}
    looks = [([one.id for one in row.witnesses], row.date, row.about, row.method) for row in rows]
    repeated, methods = _look_back(looks)
    twice = tuple(sorted(named & repeated))
    crossed = tuple(sorted(subject for subject, ways in methods.items() if len(ways) > 1))
    several = [row for row in rows if len(coded_by.get(row.passage, ())) > 1]
    coders = sorted({coder for row in several for coder in coded_by[row.passage]})
    check = finding.member_check
    agreed = check is not None and check.done and check.outcome != "disagreed"
    return {
        "time": _extra(bool(twice), bool(named & corpus.repeated), twice, possible=bool(named) or not heard),
        "technique_same_source": _extra(
            bool(crossed), any(len(corpus.methods_on.get(one, ())) > 1 for one in methods), crossed
        ),
        "investigator": _extra(
            bool(rows) and len(several) == len(rows),
            len(corpus.coders) > 1,
            tuple(coders) if len(several) == len(rows) else (f"{len(several)}/{len(rows)}",) * bool(several),
        ),
        "member_check": _extra(
            agreed, check is not None and check.done, (check.outcome,) if check and check.outcome else ()
        ),
    }


def _extra(met: bool, tried: bool, values: tuple[str, ...], *, possible: bool = True) -> Extra:
    status: ExtraStatus = (
        "met" if met else "not_possible" if not possible else "not_met" if tried else "not_done"
    )
    return Extra(status, values)
