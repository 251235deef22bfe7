"""The next field visit: which single word or look would lift most findings, step by step.

Each candidate is tried out: a supporting passage of a new informant of some type, or one by some method, is added to
a finding, and the axes are counted again. The best candidate becomes a step, stays added, and the next is sought.
Whether the field bears a finding out is not foreseen: a visit can as well contradict it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from empowerment_qda.model.evidence import Evidence, Witness
from empowerment_qda.model.source import UNSPOKEN, Span
from empowerment_qda.model.study import AXES, Axis, Study
from empowerment_qda.model.triangulation import Gain, Kind, Plan, Step, Triangulation
from empowerment_qda.triangulation.axes import count_axes, survey_corpus

WEAK = ("unsupported", "flagged", "indeterminate", "not_assessable")
DESK = ("T08", "T09", "T10", "T14")
Candidate = tuple[Kind, str]


def plan_visit(study: Study, triangulation: Triangulation) -> Plan:
    """Steps for the weak findings, until no single step makes another axis met."""
    corpus = survey_corpus(study)
    # What the next visit could bring is not bounded by what the study holds today.
    boundless = replace(corpus, reachable=dict.fromkeys(AXES, 1_000_000))

    def missing(rows: Sequence[Evidence]) -> tuple[Axis, ...]:
        """The required axes that are not met."""
        axes = count_axes(rows, study.settings.triangulation, boundless)
        return tuple(axis for axis in AXES if axes[axis].required and axes[axis].status != "met")

    judged = [part for found in triangulation.findings for part in found.parts or (found,)]
    weak = {found.id: found.supporting for found in judged if found.verdict in WEAK}
    contested = {found.id for found in judged if found.contested}
    types = sorted(corpus.columns["type"], key=lambda kind: kind in corpus.heard["type"])
    candidates: list[Candidate] = [("type", kind) for kind in types]
    candidates += [("method", method) for method in sorted(UNSPOKEN)]
    lacking: dict[str, tuple[Axis, ...]] = {}
    gains: dict[str, dict[Candidate, Gain]] = {}
    steps: list[Step] = []
    changed = list(weak)
    while changed:
        for name in changed:  # what no step was added to is as it was counted before
            lacking[name] = missing(weak[name])
            gains[name] = {}
            for candidate in candidates if lacking[name] else ():
                left = missing((*weak[name], _imagine(*candidate, study, len(steps) + 1)))
                if won := tuple(axis for axis in lacking[name] if axis not in left):
                    gains[name][candidate] = Gain(name, won, not left and name not in contested)
        tried = [
            Step(
                kind,
                value,
                heard=kind == "method" or value in corpus.heard["type"],
                gains=tuple(gains[name][kind, value] for name in weak if (kind, value) in gains[name]),
            )
            for kind, value in candidates
        ]
        best = max(tried, key=_worth)
        changed = [gain.finding for gain in best.gains]
        if changed:
            steps.append(best)
        for name in changed:
            weak[name] = (*weak[name], _imagine(best.kind, best.value, study, len(steps)))
    # What a memo, a date or a name lifts, without a visit.
    desk = ((flag.part or found.id, flag) for found in triangulation.findings for flag in found.flags)
    return Plan(
        tuple(steps),
        tuple((name, flag) for name, flag in desk if flag.code in DESK),
        tuple(name for name in weak if lacking[name]),
    )


def _worth(step: Step) -> tuple[int, int]:
    """How many findings then lack nothing, and how many axes are met that were not."""
    return sum(gain.complete for gain in step.gains), sum(len(gain.axes) for gain in step.gains)


def _imagine(kind: Kind, value: str, study: Study, number: int) -> Evidence:
    """The passage that a step would bring: of a person not heard so far (no id has a space), or by a method."""
    asked, name = kind == "type", f"visit {number}"
    person = Witness(name, True, value, study.settings.group_of(value))
    return Evidence(
        id=name, source=name, span=Span(1, 0, 1, 1), quote="", code="", path="", dimension="", aspect=None,
        direction="neutral", witnesses=(person,) if asked else (), method="interview" if asked else value,
        date=None, event_date=None, coder="", strength="direct",
    )  # fmt: skip
