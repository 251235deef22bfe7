"""The next field visit: which single word or look would lift most findings, step by step.

Each candidate is tried out: a supporting passage of a new informant of some type, or one by some method, is added to
a finding, and the axes are counted again. The best candidate becomes a step, stays added, and the next is sought.
Whether the field bears a finding out is not foreseen: a visit can as well contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from empowerment_qda.model.evidence import Evidence, Witness
from empowerment_qda.model.source import UNSPOKEN
from empowerment_qda.model.study import AXES, Axis, Study, TriangulationRules
from empowerment_qda.model.triangulation import Flag, Gain, Kind, Plan, Step, Triangulation
from empowerment_qda.triangulation.axes import Corpus, count_axes, survey_corpus

WEAK = ("unsupported", "flagged", "indeterminate", "not_assessable")
DESK = ("T08", "T09", "T10", "T14")
Rows = dict[str, tuple[Evidence, ...]]


def plan_visit(study: Study, triangulation: Triangulation) -> Plan:
    """Steps for the weak findings, until no single step makes another axis met."""
    corpus = survey_corpus(study)
    # What the next visit could bring is not bounded by what the study holds today.
    open_corpus = replace(corpus, reachable=dict.fromkeys(AXES, 1_000_000))
    rules = study.settings.triangulation
    judged = [part for found in triangulation.findings for part in found.parts or (found,)]
    weak = {found.id: found.supporting for found in judged if found.verdict in WEAK}
    contested = {found.id for found in judged if found.contested}
    candidates = _candidates(study, corpus)
    steps: list[Step] = []
    while True:
        tried = [
            _try(kind, value, weak, contested, study, open_corpus, len(steps)) for kind, value in candidates
        ]
        best = max(
            tried, key=lambda step: (sum(one.complete for one in step.gains), _axes(step)), default=None
        )
        if best is None or not best.gains:
            break
        steps.append(best)
        for gain in best.gains:
            weak[gain.finding] = (*weak[gain.finding], _imagine(best.kind, best.value, study, len(steps)))
    left = tuple(name for name, rows in weak.items() if _missing(rows, rules, open_corpus))
    return Plan(tuple(steps), tuple(_at_the_desk(triangulation)), left)


def _candidates(study: Study, corpus: Corpus) -> list[tuple[Kind, str]]:
    """Types, those not heard yet first; then methods in which nobody speaks."""
    types = sorted(corpus.types, key=lambda kind: kind in corpus.types_heard)
    methods = sorted(set(corpus.methods) | UNSPOKEN)
    asked: list[tuple[Kind, str]] = [("type", kind) for kind in types]
    return asked + [("method", method) for method in methods if method in UNSPOKEN]


def _try(
    kind: Kind, value: str, weak: Rows, contested: set[str], study: Study, corpus: Corpus, number: int
) -> Step:
    gains = []
    rules = study.settings.triangulation
    for finding, rows in weak.items():
        before = _missing(rows, rules, corpus)
        after = _missing((*rows, _imagine(kind, value, study, number + 1)), rules, corpus)
        won = tuple(axis for axis in before if axis not in after)
        if won:
            gains.append(Gain(finding, won, not after and finding not in contested))
    heard = kind == "method" or value in corpus.types_heard
    return Step(kind, value, heard, tuple(gains))


def _axes(step: Step) -> int:
    return sum(len(gain.axes) for gain in step.gains)


def _missing(rows: tuple[Evidence, ...], rules: TriangulationRules, corpus: Corpus) -> tuple[Axis, ...]:
    """The required axes that are not met."""
    axes = count_axes(rows, rules, corpus)
    return tuple(axis for axis in AXES if axes[axis].required and axes[axis].status != "met")


def _imagine(kind: Kind, value: str, study: Study, number: int) -> Evidence:
    """The passage that a step would bring: of a person not heard so far, or by a method."""
    asked = kind == "type"
    person = Witness(f"visit-{number}", True, value, study.settings.group_of(value))
    return Evidence(
        id=f"visit-{number}", source=f"visit-{number}", turn=1, start=0, end=1, end_turn=1, quote="", code="", path="",
        dimension="", aspect=None, direction="neutral", witnesses=(person,) if asked else (),
        method="interview" if asked else value, date=None, event_date=None, coder="", strength="direct",
    )  # fmt: skip


def _at_the_desk(triangulation: Triangulation) -> Iterator[tuple[str, Flag]]:
    """Flags that a memo, a date or a name lifts, without a visit."""
    for found in triangulation.findings:
        yield from ((flag.part or found.id, flag) for flag in found.flags if flag.code in DESK)
