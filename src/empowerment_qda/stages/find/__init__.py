"""Finding: passages by the codes they carry, and words where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from empowerment_qda.evidence import gather_evidence
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import Study
from empowerment_qda.passages import overlap
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.stages.find.evaluate import CodedPassage, Within, find_coded, gather_passages
from empowerment_qda.stages.find.expression import (
    Expression,
    format_expression,
    parse_expression,
    require_codes,
)
from empowerment_qda.stages.find.filters import Filters, require_known
from empowerment_qda.stages.find.words import Hit, find_words

__all__ = [
    "CodedPassage",
    "Expression",
    "Filters",
    "Hit",
    "Within",
    "evidence_of",
    "find_hits",
    "find_passages",
    "format_expression",
    "parse_expression",
    "read_expression",
    "require_known",
]


def evidence_of(study: Study, coders: Sequence[str] = ()) -> tuple[Evidence, ...]:
    """The evidence that counts, or that of these coders; the machine's is what it suggests."""
    if not coders:
        return gather_evidence(study)[0]
    known = sorted({file.coder for file in study.codings})
    for coder in coders:
        if coder not in known:
            message = f"coder `{coder}` has no codings"
            raise StudyError(
                [Problem(Place("codings"), "unknown-coder", message, did_you_mean(coder, known))]
            )
    rules = study.settings.evidence
    rows: list[Evidence] = []
    for coder in dict.fromkeys(coders):
        only = rules.model_copy(update={"coders": (coder,)})
        settings = study.settings.model_copy(update={"evidence": only})
        files = tuple(file for file in study.codings if file.coder == coder)
        rows += gather_evidence(replace(study, settings=settings, codings=files))[0]
    order = {source.id: number for number, source in enumerate(study.sources)}
    return tuple(sorted(rows, key=lambda row: (order[row.source], *row.passage[1], row.code, row.coder)))


def read_expression(text: str, study: Study) -> Expression:
    """An expression of the codes of this study; StudyError where it cannot be read or names another code."""
    expression = parse_expression(text)
    require_codes(expression, text, study.codebook.places)
    return expression


def find_passages(
    expression: Expression,
    study: Study,
    evidence: Iterable[Evidence],
    filters: Filters,
    within: Within = Within.overlap,
) -> tuple[CodedPassage, ...]:
    """The passages that an expression means, and of these the ones that the filters admit."""
    found = find_coded(expression, gather_passages(evidence), study.codebook.families, within)
    admitted = {source.id for source in study.sources if filters.admit_source(source)}
    return tuple(
        one for one in found
        if one.source in admitted and filters.admit_voice(study.by_id[one.source], one.turns, study)
    )  # fmt: skip


def find_hits(
    phrases: Sequence[str],
    study: Study,
    evidence: Sequence[Evidence],
    filters: Filters,
    inside: Sequence[CodedPassage] | None = None,
    *,
    questions: bool = False,
) -> Iterator[Hit]:
    """Where the phrases stand, in the sources that the filters admit; `inside` these passages only, if given."""
    spans: dict[str, list[CodedPassage]] = {}
    for passage in inside or ():
        spans.setdefault(passage.source, []).append(passage)
    sources = [source for source in study.sources if filters.admit_source(source)]
    for hit in find_words(phrases, sources, study, evidence, questions=questions):
        if inside is not None and not any(overlap(hit.span, one.span) for one in spans.get(hit.source, ())):
            continue
        if filters.admit_voice(study.by_id[hit.source], range(hit.turn, hit.turn + 1), study):
            yield hit
