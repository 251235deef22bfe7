"""Source and method triangulation of each finding: who and what supports it.

Denzin (1978), Patton (1999), and the Indonesian usage of triangulasi sumber and teknik (Sugiyono, Moleong).
The counting rules R1-R16, the axes, verdicts and flags are explained in docs/method.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from empowerment_qda.axes import FAILING, Corpus, count_axes, find_extras, judge, survey_corpus
from empowerment_qda.citations import Citations, one_per_passage, support_of
from empowerment_qda.convergence import converge
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import (
    Evidence,
    NotCounted,
    Passage,
    Reduction,
    by_witness,
    without_witness,
)
from empowerment_qda.model.finding import SIDES, Claim, Finding, Verdict
from empowerment_qda.model.span import Span
from empowerment_qda.model.study import Study, TriangulationRules
from empowerment_qda.model.triangulation import (
    VERDICTS,
    AxisResult,
    By,
    Convergence,
    FindingTriangulation,
    Flag,
    Triangulation,
)
from empowerment_qda.passages import group_copies, overlap, passages_of
from empowerment_qda.words import make_flag


MET = ("triangulated", "contested")
"""The verdicts of findings whose required axes are all met."""


class Ground(NamedTuple):
    """What every finding of a study is triangulated on.

    `coders` gives, by source and code, who coded which words; `not_counted` are the codings that are no evidence.
    """

    study: Study
    citations: Citations
    corpus: Corpus
    coders: Mapping[tuple[str, str], Sequence[tuple[Span, str]]]
    not_counted: Sequence[NotCounted]
    by: By


def triangulate_study(study: Study, reduction: Reduction, by: By = "type") -> Triangulation:
    """Every finding's axes, verdict, flags and convergence (by type, group or method), and the notes on the study."""
    citations = Citations(reduction.evidence, study.codebook, study.codings)
    ground = Ground(study, citations, survey_corpus(study), _who_coded(study), reduction.not_counted, by)
    findings = tuple(_triangulate(one, ground) for one in study.findings.findings)
    return Triangulation(findings, tuple(_notes(study, reduction, ground)), by, reduction.only_auto)


def _triangulate(finding: Finding, ground: Ground) -> FindingTriangulation:
    if not finding.parts:
        return _weigh(finding, finding, ground)
    parts = tuple(_weigh(part, finding, ground) for part in finding.parts)
    worst = min(parts, key=lambda part: VERDICTS.index(part.verdict))
    sides = _gather(finding, ground)
    whole = _perspectives(finding.expected_types, sides.supporting, sides.contradicting)
    flags = [replace(flag, part=part.id) for part in parts for flag in part.flags]
    return replace(
        worst,
        id=finding.id,
        contested=any(part.contested for part in parts),
        **sides._asdict(),
        flags=_in_order([*flags, *whole]),
        errors=tuple(replace(flag, part=part.id) for part in parts for flag in part.errors),
        convergence=_converge(sides, ground),
        response=None,
        parts=parts,
        worst_part=worst.id,
    )


class Sides(NamedTuple):
    """The passages on each side of a claim, each once (R2), and cited codings that are no evidence."""

    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    qualifying: tuple[Evidence, ...]
    inferred: tuple[Evidence, ...]
    not_counted: tuple[NotCounted, ...]


def _gather(claim: Claim, ground: Ground) -> Sides:
    citations = ground.citations
    support, read_in = support_of(claim, citations, ground.study.settings.evidence.count_inferred)
    codes = {code for entry in cited_entries(claim) for code in citations.codes(entry)}
    ids = set(cited_entries(claim))
    return Sides(
        supporting=one_per_passage(support),
        contradicting=one_per_passage(citations.rows(claim.cited("contradicted_by"))),
        qualifying=one_per_passage(citations.rows(claim.cited("qualified_by"))),
        inferred=one_per_passage(read_in),
        not_counted=tuple(one for one in ground.not_counted if one.code in codes or one.id in ids),
    )


def _weigh(claim: Claim, finding: Finding, ground: Ground) -> FindingTriangulation:
    """A finding, or one part of it, by what is cited for and against it."""
    study, corpus, rules = ground.study, ground.corpus, ground.study.settings.triangulation
    sides = _gather(claim, ground)
    supporting, contradicting = sides.supporting, sides.contradicting
    answer = study.answer_to(claim, finding.id)
    contested = bool(contradicting) and answer is None
    axes = count_axes(supporting, rules, corpus)
    verdict = judge(axes, contested)
    flags = [
        *_missing_support(axes, contradicting, sides.inferred),
        *_weak_axes(axes, supporting),
        *_contradiction(supporting, contradicting, answered=answer is not None),
        *_perspectives(claim.expected_types, supporting, contradicting),
        *_dates(supporting),
        *_dependence(axes, supporting),
        *_fragile(verdict, axes, supporting, rules, corpus),
    ]
    return FindingTriangulation(
        id=claim.id,
        verdict=verdict,
        contested=contested,
        axes=axes,
        **sides._asdict(),
        flags=_in_order(flags),
        errors=tuple(_errors(claim, ground.citations, supporting, contradicting)),
        convergence=_converge(sides, ground),
        extras=find_extras(finding, supporting, _coders_of(claim, supporting, ground), corpus),
        response=answer.id if answer else None,
    )


def _in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(sorted(flags, key=lambda flag: (flag.code, flag.value or "", flag.part or "")))


def _converge(sides: Sides, ground: Ground) -> Convergence:
    corpus, by = ground.corpus, ground.by
    supporting, contradicting = _columns(sides.supporting, by), _columns(sides.contradicting, by)
    return converge(corpus.columns(by), supporting, contradicting, corpus.with_data(by))


def _who_coded(study: Study) -> dict[tuple[str, str], list[tuple[Span, str]]]:
    """Source and code to where persons gave it and who; of copies only the first."""
    given: dict[str, set[tuple[str, str, Span]]] = defaultdict(set)
    for passage in passages_of(study):
        if passage.file.coder != AUTO and passage.coding.status == "accepted" and passage.anchor.span:
            given[passage.file.coder].add((passage.source.id, passage.coding.code, passage.anchor.span))
    found: dict[tuple[str, str], list[tuple[Span, str]]] = defaultdict(list)
    for coder, *_ in group_copies({coder: frozenset(own) for coder, own in sorted(given.items())}):
        for source, code, span in given[coder]:
            found[source, code].append((span, coder))
    return found


def _coders_of(claim: Claim, passages: Iterable[Evidence], ground: Ground) -> dict[Passage, frozenset[str]]:
    """Who gave words of each passage a code for which it is cited."""
    codes: dict[Passage, set[str]] = defaultdict(set)
    for row in ground.citations.rows((*claim.cited("supported_by"), *claim.cited("inferred_from"))):
        codes[row.passage].add(row.code)
    return {
        row.passage: frozenset(
            coder
            for code in codes[row.passage]
            for span, coder in ground.coders.get((row.source, code), ())
            if overlap(span, row.passage[1])
        )
        for row in passages
    }


def _columns(rows: Iterable[Evidence], by: By) -> set[str]:
    """The columns of the convergence matrix that passages stand in; only speech has a type and a group."""
    if by == "method":
        return {row.method for row in rows}
    return {name for row in rows for one in row.witnesses if (name := getattr(one, by))}


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
    """T03-T09 and T15: axes that are not met; one value that carries all of it, however little is asked (R10)."""
    informant = axes["informant"]
    if informant.status == "no_informant":
        yield make_flag("T03", "NO_INFORMANT")
    elif informant.upper and (informant.status in FAILING or informant.upper == 1):
        yield make_flag("T04", "SINGLE_INFORMANT" if informant.upper == 1 else "BELOW_MIN_INFORMANTS")
    if informant.status == "indeterminate":
        yield make_flag("T09", "ANONYMOUS_IDENTITY")
    for code, name, plural in (
        ("T05", "type", "TYPES"),
        ("T06", "group", "GROUPS"),
        ("T07", "method", "METHODS"),
    ):
        axis = axes[name]
        if axis.count == 1 or (axis.count and axis.status not in ("met", "no_evidence")):
            label = f"SINGLE_{name.upper()}" if axis.count == 1 else f"BELOW_MIN_{plural}"
            yield make_flag(code, label, ", ".join(axis.values))
    if any(axes[name].status == "indeterminate" for name in ("type", "group")):
        yield make_flag("T08", "UNKNOWN_TYPE")
    carried = Counter(one.id for row in supporting for one in row.witnesses)
    for voice, number in carried.most_common():
        if len(supporting) >= 4 and number * 2 > len(supporting):
            yield make_flag("T15", "CONCENTRATION", voice)


def _contradiction(
    supporting: Sequence[Evidence], contradicting: Sequence[Evidence], *, answered: bool
) -> Iterable[Flag]:
    """T10, T16: what speaks against it, and who is on both sides."""
    if contradicting:
        yield make_flag("T10", "CONTRADICTED_ANSWERED" if answered else "CONTRADICTED")
    for voice in sorted(_ids(supporting) & _ids(contradicting)):
        yield make_flag("T16", "AMBIVALENT_INFORMANT", voice)


def _ids(rows: Iterable[Evidence]) -> set[str]:
    """Those whose words the passages are."""
    return {one.id for row in rows for one in row.witnesses}


def _perspectives(
    expected_types: Iterable[str], supporting: Sequence[Evidence], contradicting: Sequence[Evidence]
) -> Iterable[Flag]:
    """T12: a view that must be there and is not."""
    present = _columns((*supporting, *contradicting), "type")
    for kind in expected_types:
        if kind not in present:
            yield make_flag("T12", "MISSING_PERSPECTIVE", kind)


def _dates(supporting: Sequence[Evidence]) -> Iterable[Flag]:
    """T14: speech dated before the event that it reports."""
    for row in supporting:
        if row.witnesses and row.date and row.event_date and row.date.last < row.event_date.first:
            yield make_flag("T14", "DATE_CONFLICT", row.id)


def _dependence(axes: dict[str, AxisResult], supporting: Sequence[Evidence]) -> Iterable[Flag]:
    """T13: documents that all come from the only group that supports the finding."""
    producers = {row.producer for row in supporting if row.method == "documentation"}
    if producers and len(axes["group"].values) == 1 and producers == set(axes["group"].values):
        yield make_flag("T13", "DEPENDENT_DOCUMENT")


def _fragile(
    verdict: Verdict,
    axes: dict[str, AxisResult],
    supporting: Sequence[Evidence],
    rules: TriangulationRules,
    corpus: Corpus,
) -> Iterable[Flag]:
    """T17: informants without whom a finding whose axes are all met would not have them met."""
    if verdict not in MET:
        return
    for voice in sorted(find_indispensable(axes["informant"], supporting)):
        if judge(count_axes(without_witness(supporting, voice), rules, corpus), contested=False) not in MET:
            yield make_flag("T17", "FRAGILE", voice)


def find_indispensable(informant: AxisResult, supporting: Sequence[Evidence]) -> set[str]:
    """Those without whom an axis that is met could be met no more, as a rule few of those heard.

    One person less is at most one informant less; a type, group or method is lost with the only one who carries it.
    """
    if informant.required and informant.count <= informant.minimum:
        return _ids(supporting)
    carriers: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for row in supporting:
        carriers["method", row.method].add(row.witness.id if row.witness else None)
        for one in row.witnesses:
            carriers["type", one.type].add(one.id)
            carriers["group", one.group].add(one.id)
    return {one for voices in carriers.values() if len(voices) == 1 for one in voices if one}


def _errors(
    claim: Claim, citations: Citations, supporting: Sequence[Evidence], contradicting: Sequence[Evidence]
) -> Iterable[Flag]:
    """E01, E02: what is cited and does not exist, or is cited on both sides."""
    for entry in cited_entries(claim):
        if not citations.knows(entry):
            yield make_flag("E01", "UNKNOWN_ID", entry)
    against = {row.passage for row in contradicting}
    for row in supporting:
        if row.passage in against:
            yield make_flag("E02", "BOTH_STANCES", row.id)


def cited_entries(claim: Claim) -> list[str]:
    """Every code or coding that a claim names, each once, on any side; those of its rivals too."""
    rivals = claim.rivals if isinstance(claim, Finding) else ()
    named = (entry for rival in rivals if not isinstance(rival, str) for entry in rival.supported_by)
    return list(dict.fromkeys([*(entry for side in SIDES for entry in claim.cited(side)), *named]))


def _notes(study: Study, reduction: Reduction, ground: Ground) -> Iterable[Flag]:
    """S01-S05, and R10 where the study cannot reach the required axes."""
    rows, settings, corpus, citations = reduction.evidence, study.settings, ground.corpus, ground.citations
    spoken = [row for row in by_witness(rows) if row.witnesses]
    quoted = {kind: {row.who for row in spoken if row.type == kind} for kind in corpus.types}
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
    limiting = [row for row in spoken if row.direction == "limits"]
    groups = {row.group for row in limiting}
    if len(limiting) > 1 and len(groups) == 1 and (group := groups.pop()):
        yield make_flag("S05", "LIMITS_FROM_ONE_GROUP", group)
    rules = settings.triangulation
    beyond = [
        axis for axis in rules.required if corpus.reachable.get(axis, rules.min.of(axis)) < rules.min.of(axis)
    ]
    if study.findings.findings and beyond:
        yield make_flag("R10", "AXIS_NOT_POSSIBLE", ", ".join(beyond))
