"""Source and method triangulation of each finding: who and what supports it.

Denzin (1978), Patton (1999), and the Indonesian usage of triangulasi sumber and teknik (Sugiyono, Moleong).
The counting rules R1-R16, the axes, verdicts and flags are explained in docs/method.md. `axes` counts and judges, `flags`
holds T01-T17, S01-S05, R10, E01 and E02 with what would lift them, `convergence` the matrix, `plan` the next field visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from empowerment_qda.evidence.citations import citations_of, cited_entries, sides_of
from empowerment_qda.evidence.passages import group_copies, passages_of
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Evidence, Passage, Reduction
from empowerment_qda.model.finding import Claim, Finding
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import VERDICTS, By, FindingTriangulation, Flag, Triangulation
from empowerment_qda.triangulation.axes import count_axes, find_extras, judge, survey_corpus
from empowerment_qda.triangulation.convergence import converge
from empowerment_qda.triangulation.flag_record import Ground, Weighed, raise_flags
from empowerment_qda.triangulation.flags import ERRORS, FLAGS, NOTES, RECORDS, missing_perspective


def triangulate_study(study: Study, reduction: Reduction, by: By = "type") -> Triangulation:
    """Every finding's axes, verdict, flags and convergence (by type, group or method), and the notes on the study."""
    ground = Ground(study, reduction, citations_of(study), survey_corpus(study), _who_coded(study), by)
    findings = tuple(_triangulate(one, ground) for one in study.findings.findings)
    # S01 and S02 stand together, type by type.
    types = [*study.settings.informant_types]
    notes = sorted(
        raise_flags(NOTES, ground),
        key=lambda note: types.index(note.value or "") if note.code in ("S01", "S02") else len(types),
    )
    return Triangulation(findings, tuple(notes), by, reduction.only_auto)


def _triangulate(finding: Finding, ground: Ground) -> FindingTriangulation:
    """A finding; one with parts by the worst of them (R13)."""
    if not finding.parts:
        return _weigh(finding, finding, ground)
    parts = tuple(_weigh(part, finding, ground) for part in finding.parts)
    worst = min(parts, key=lambda part: VERDICTS.index(part.verdict))
    sides = sides_of(finding, ground.citations, ground.study.settings.evidence.count_inferred)
    flags = [replace(flag, part=part.id) for part in parts for flag in part.flags]
    return replace(
        worst,
        id=finding.id,
        contested=any(part.contested for part in parts),
        **sides._asdict(),
        not_counted=tuple(ground.citations.apart(cited_entries(finding), ground.reduction.not_counted)),
        flags=_in_order(
            [*flags, *map(RECORDS["MISSING_PERSPECTIVE"].flag, missing_perspective(finding, sides))]
        ),
        errors=tuple(replace(flag, part=part.id) for part in parts for flag in part.errors),
        convergence=converge(sides.supporting, sides.contradicting, ground.corpus, ground.by),
        response=None,
        parts=parts,
        worst_part=worst.id,
    )


def _weigh(claim: Claim, finding: Finding, ground: Ground) -> FindingTriangulation:
    """A finding, or one part of it, by what is cited for and against it."""
    study, corpus, rules = ground.study, ground.corpus, ground.study.settings.triangulation
    sides = sides_of(claim, ground.citations, study.settings.evidence.count_inferred)
    answer = study.answer_to(claim, finding.id)
    contested = bool(sides.contradicting) and answer is None
    axes = count_axes(sides.supporting, rules, corpus)
    verdict, answered = judge(axes, contested), answer is not None
    weighed = Weighed(claim, sides, axes, verdict, answered, rules, corpus, ground.citations)
    return FindingTriangulation(
        id=claim.id,
        verdict=verdict,
        contested=contested,
        axes=axes,
        **sides._asdict(),
        not_counted=tuple(ground.citations.apart(cited_entries(claim), ground.reduction.not_counted)),
        flags=_in_order(raise_flags(FLAGS, weighed)),
        errors=tuple(raise_flags(ERRORS, weighed)),
        convergence=converge(sides.supporting, sides.contradicting, ground.corpus, ground.by),
        extras=find_extras(finding, sides.supporting, _coders_of(claim, sides.supporting, ground), corpus),
        response=answer.id if answer else None,
    )


def _in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(sorted(flags, key=lambda flag: (flag.code, flag.value or "", flag.part or "")))


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
            if span.overlaps(row.span)
        )
        for row in passages
    }
