"""The four axes of triangulation: what is counted, what the study could reach, and the verdict that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from empowerment_qda.evidence.witnesses import all_heard, heard_in_study
from empowerment_qda.model.base import When
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Evidence, Passage, count_witnesses, list_witnesses
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

    `reachable` is how many types, groups and methods were heard, with a turn that counts. `coders` are the persons
    who coded anything; `repeated` the informants heard on several dates; `methods_on` the methods by which each
    informant or site was looked at.
    """

    types: tuple[str, ...]
    types_heard: frozenset[str]
    groups: tuple[str, ...]
    groups_heard: frozenset[str]
    methods: tuple[str, ...]
    reachable: dict[Axis, int]
    coders: frozenset[str]
    repeated: frozenset[str]
    methods_on: dict[str, frozenset[str]]

    def columns(self, by: By) -> tuple[str, ...]:
        """The columns of the convergence matrix, in order."""
        return {"type": self.types, "group": self.groups, "method": self.methods}[by]

    def with_data(self, by: By) -> set[str]:
        """The columns that have a transcript, note or document at all."""
        heard = {"type": self.types_heard, "group": self.groups_heard, "method": frozenset(self.methods)}
        return set(heard[by])


def survey_corpus(study: Study) -> Corpus:
    """The types, groups and methods of the study that have been heard (R10), and what was tried besides."""
    settings, people = study.settings, all_heard(study).values()
    dates: dict[str, list[When]] = defaultdict(list)
    methods_on: dict[str, set[str]] = defaultdict(set)
    methods = set()
    for source in study.sources:
        if source.kind == UNSPECIFIED or not COUNTED & set(source.roles):
            continue
        methods.add(source.kind)
        heard = [one.id for one in heard_in_study(study).get(source.id, ())]
        for one in heard:
            dates[one] += [source.date] if source.date else []
        for subject in (*heard, *source.about, *([source.site] if source.site else [])):
            methods_on[subject].add(source.kind)
    types = {one.type for one in people if one.type}
    groups = {one.group for one in people if one.group}
    ordered = order_types(settings)
    return Corpus(
        types=(*ordered, *sorted(types - set(ordered))),
        types_heard=frozenset(types),
        groups=(*settings.groups, *sorted(groups - set(settings.groups))),
        groups_heard=frozenset(groups),
        methods=tuple(sorted(methods)),
        reachable={
            "type": len(types) + sum(one.type is None for one in people),
            "group": len(groups) + sum(one.group is None for one in people),
            "method": len(methods),
        },
        coders=frozenset(file.coder for file in study.codings if file.codings and file.coder != AUTO),
        repeated=frozenset(one for one, days in dates.items() if _apart(days)),
        methods_on={subject: frozenset(ways) for subject, ways in methods_on.items()},
    )


def _apart(dates: Iterable[When]) -> bool:
    """Whether some of these dates are certainly two: a year and a day in it may be one."""
    known = list(dates)
    return bool(known) and max(one.first for one in known) > min(one.last for one in known)


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


def find_extras(
    finding: Finding, rows: Sequence[Evidence], coded_by: Mapping[Passage, frozenset[str]], corpus: Corpus
) -> dict[str, Extra]:
    """The informational axes: time, technique on the same source (Sugiyono), investigators, member check.

    `rows` are the supporting passages; `coded_by` who gave words of each of them a code for which it is cited.
    """
    heard = list_witnesses(rows)
    named = {one for one, witness in heard.items() if witness.known}
    dates: dict[str, list[When]] = defaultdict(list)
    methods: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for one in row.witnesses:
            dates[one.id] += [row.date] if row.date else []
        for subject in (*row.about, *(one.id for one in row.witnesses)):
            if row.method != UNSPECIFIED:
                methods[subject].add(row.method)
    twice = tuple(sorted(one for one in named if _apart(dates[one])))
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
