"""Source and method triangulation of each finding: who and what supports it.

Denzin (1978), Patton (1999), and the Indonesian usage of triangulasi sumber and teknik (Sugiyono, Moleong).
The counting rules R1-R10, the axes, verdicts and flags are explained in docs/method.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from empowerment_qda.axes import FAILING, Corpus, count_axes, find_extras, judge, survey_corpus
from empowerment_qda.citations import Citations, one_per_passage, support_of
from empowerment_qda.convergence import converge
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.study import Study, TriangulationRules
from empowerment_qda.model.triangulation import (
    AxisResult,
    By,
    FindingTriangulation,
    Flag,
    Triangulation,
    Verdict,
)
from empowerment_qda.words import make_flag


def triangulate_study(study: Study, reduction: Reduction, by: By = "type") -> Triangulation:
    """Every finding's axes, verdict, flags and convergence (by type, group or method), and the notes on the study."""
    corpus = survey_corpus(study)
    citations = Citations(reduction.evidence, study.codebook, study.codings)
    findings = tuple(_triangulate(one, citations, corpus, study, by) for one in study.findings.findings)
    return Triangulation(findings, tuple(_notes(study, reduction, corpus, citations)), by)


def _triangulate(
    finding: Finding, citations: Citations, corpus: Corpus, study: Study, by: By
) -> FindingTriangulation:
    rules = study.settings.triangulation
    support, read_in = support_of(finding, citations, study.settings.evidence.count_inferred)
    supporting, inferred = one_per_passage(support), one_per_passage(read_in)
    contradicting = one_per_passage(citations.rows(finding.contradicted_by))
    contested = bool(contradicting) and not finding.response
    axes = count_axes(supporting, rules, corpus)
    verdict = judge(axes, contested)
    flags = [
        *_missing_support(axes, contradicting, inferred),
        *_weak_axes(axes, supporting),
        *_contradiction(finding, supporting, contradicting),
        *_perspectives(finding, supporting, contradicting),
        *_dependence(axes, supporting),
        *_fragile(verdict, supporting, contested, rules, corpus),
    ]
    return FindingTriangulation(
        id=finding.id,
        verdict=verdict,
        contested=contested,
        axes=axes,
        supporting=supporting,
        contradicting=contradicting,
        qualifying=one_per_passage(citations.rows(finding.qualified_by)),
        inferred=inferred,
        flags=tuple(sorted(flags, key=lambda flag: (flag.code, flag.value or ""))),
        errors=tuple(_errors(finding, citations, supporting, contradicting)),
        convergence=converge(
            corpus.columns(by), _columns(supporting, by), _columns(contradicting, by), corpus.with_data(by)
        ),
        extras=find_extras(finding, support, corpus),
    )


def _columns(rows: Iterable[Evidence], by: By) -> set[str]:
    """The columns of the convergence matrix that passages stand in; only speech has a type and a group."""
    return {name for row in rows if (row.voice or by == "method") and (name := getattr(row, by))}


def _missing_support(
    axes: dict[str, AxisResult], contradicting: Sequence[Evidence], inferred: Sequence[Evidence]
) -> Iterable[Flag]:
    """T01, T02, T11: nothing counts as support."""
    if axes["method"].status != "no_evidence":
        return
    if contradicting:
        yield make_flag("T02", "ONLY_CONTRADICTED")
    if inferred:
        yield make_flag("T11", "INFERRED_ONLY")
    if not contradicting and not inferred:
        yield make_flag("T01", "NO_EVIDENCE")


def _weak_axes(axes: dict[str, AxisResult], supporting: Sequence[Evidence]) -> Iterable[Flag]:
    """T03-T09 and T15: axes that are not met, and one informant who carries most of it."""
    weak = {name: axis for name, axis in axes.items() if axis.status in (*FAILING, "indeterminate")}
    informant = weak.get("informant")
    if informant:
        match informant.status:
            case "no_informant":
                yield make_flag("T03", "NO_INFORMANT")
            case "indeterminate":
                yield make_flag("T09", "ANONYMOUS_IDENTITY")
            case "single":
                yield make_flag("T04", "SINGLE_INFORMANT")
            case _:
                yield make_flag("T04", "BELOW_MIN_INFORMANTS")
    for code, name, plural in (
        ("T05", "type", "TYPES"),
        ("T06", "group", "GROUPS"),
        ("T07", "method", "METHODS"),
    ):
        axis = weak.get(name)
        if axis and axis.count:
            label = f"SINGLE_{name.upper()}" if axis.count == 1 else f"BELOW_MIN_{plural}"
            yield make_flag(code, label, ", ".join(axis.values))
    if any(name in weak and weak[name].status == "indeterminate" for name in ("type", "group")):
        yield make_flag("T08", "UNKNOWN_TYPE")
    carried = Counter(row.voice for row in supporting if row.voice)
    for voice, number in carried.most_common(1):
        if len(supporting) >= 4 and number * 2 > len(supporting):
            yield make_flag("T15", "CONCENTRATION", voice)


def _contradiction(
    finding: Finding, supporting: Sequence[Evidence], contradicting: Sequence[Evidence]
) -> Iterable[Flag]:
    """T10, T16: what speaks against it, and who is on both sides."""
    if contradicting:
        yield make_flag("T10", "CONTRADICTED_ANSWERED" if finding.response else "CONTRADICTED")
    both = {row.voice for row in supporting} & {row.voice for row in contradicting}
    for voice in sorted(voice for voice in both if voice):
        yield make_flag("T16", "AMBIVALENT_INFORMANT", voice)


def _perspectives(
    finding: Finding, supporting: Sequence[Evidence], contradicting: Sequence[Evidence]
) -> Iterable[Flag]:
    """T12, T14: a view that must be there and is not; speech dated before the event that it reports."""
    present = _columns((*supporting, *contradicting), "type")
    for kind in finding.expected_types:
        if kind not in present:
            yield make_flag("T12", "MISSING_PERSPECTIVE", kind)
    for row in supporting:
        if row.voice and row.date and row.event_date and row.date.last < row.event_date.first:
            yield make_flag("T14", "DATE_CONFLICT", row.id)


def _dependence(axes: dict[str, AxisResult], supporting: Sequence[Evidence]) -> Iterable[Flag]:
    """T13: documents that all come from the only group that supports the finding."""
    producers = {row.producer for row in supporting if row.method == "documentation"}
    if producers and len(axes["group"].values) == 1 and producers == set(axes["group"].values):
        yield make_flag("T13", "DEPENDENT_DOCUMENT")


def _fragile(
    verdict: Verdict,
    supporting: Sequence[Evidence],
    contested: bool,
    rules: TriangulationRules,
    corpus: Corpus,
) -> Iterable[Flag]:
    """T17: informants without whom a finding whose axes are all met would not have them met."""
    if verdict not in ("triangulated", "contested"):
        return
    for voice in sorted({row.voice for row in supporting if row.voice}):
        rest = [row for row in supporting if row.voice != voice]
        if judge(count_axes(rest, rules, corpus), contested) not in ("triangulated", "contested"):
            yield make_flag("T17", "FRAGILE", voice)


def _errors(
    finding: Finding, citations: Citations, supporting: Sequence[Evidence], contradicting: Sequence[Evidence]
) -> Iterable[Flag]:
    """E01, E02: what is cited and does not exist, or is cited on both sides."""
    for entry in cited_entries(finding):
        if not citations.knows(entry):
            yield make_flag("E01", "UNKNOWN_ID", entry)
    against = {row.passage for row in contradicting}
    for row in supporting:
        if row.passage in against:
            yield make_flag("E02", "BOTH_STANCES", row.id)


def cited_entries(finding: Finding) -> list[str]:
    """Every code or coding that a finding names, each once, on any side; those of its rivals too."""
    rivals = (entry for rival in finding.rivals if not isinstance(rival, str) for entry in rival.supported_by)
    sides = (finding.supported_by, finding.contradicted_by, finding.qualified_by, finding.inferred_from)
    return list(dict.fromkeys([*(entry for side in sides for entry in side), *rivals]))


def _notes(study: Study, reduction: Reduction, corpus: Corpus, citations: Citations) -> Iterable[Flag]:
    """S01-S05, and R10 for each required axis that the study cannot reach."""
    rows, settings = reduction.evidence, study.settings
    quoted = {kind: {row.voice for row in rows if row.voice and row.type == kind} for kind in corpus.types}
    for kind, known in settings.informant_types.items():
        if known.planned and not quoted[kind]:
            yield make_flag("S01", "PLANNED_NOT_QUOTED", kind)
        if known.planned is not None and len(quoted[kind]) > known.planned:
            yield make_flag("S02", "QUOTED_BEYOND_PLAN", kind)
    for place in study.codebook.walk():
        above = len(place.ancestors) < 2 and bool(place.code.codes)
        if above and not citations.rows([place.code.id]):
            yield make_flag("S03", "NO_EVIDENCE_FOR", place.code.id)
    cited = {row.passage for one in study.findings.findings for row in citations.rows(cited_entries(one))}
    unused = [row.id for row in rows if row.passage not in cited]
    if unused and study.findings.findings:
        yield make_flag("S04", "EVIDENCE_UNUSED", ", ".join(unused))
    limiting = [row for row in rows if row.direction == "limits" and row.voice]
    groups = {row.group for row in limiting}
    if len(limiting) > 1 and len(groups) == 1 and (group := groups.pop()):
        yield make_flag("S05", "LIMITS_FROM_ONE_GROUP", group)
    for axis in settings.triangulation.required:
        if study.findings.findings and corpus.reachable[axis] < settings.triangulation.min.of(axis):
            yield make_flag("R10", "AXIS_NOT_POSSIBLE", axis)
