"""Data reduction: from transcripts and codings to the evidence, one row for each coded passage that counts.

Miles & Huberman (1994): selecting, focusing and condensing, with nothing thrown away: what is left uncoded,
and what could not be placed, is listed beside what was kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from empowerment_qda.evidence import gather_evidence
from empowerment_qda.model.evidence import Evidence, Reduction, SourceSummary, Uncoded
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.stages.reduce.condensation import log_condensation
from empowerment_qda.stages.reduce.contacts import summarise_contacts
from empowerment_qda.stages.reduce.context import put_in_context
from empowerment_qda.witnesses import heard_in_study

__all__ = ["log_condensation", "put_in_context", "reduce_study", "summarise_contacts"]


def reduce_study(study: Study) -> Reduction:
    """The evidence of the study, a summary of each source, and the codings that are no evidence."""
    evidence, apart = gather_evidence(study)
    return Reduction(
        evidence, _summarise(study.sources, evidence, study), apart, study.coders, study.only_auto
    )


def _summarise(
    sources: Iterable[Source], evidence: Sequence[Evidence], study: Study
) -> tuple[SourceSummary, ...]:
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in evidence:
        rows[row.source].append(row)
    return tuple(_summary(source, rows[source.id], study) for source in sources)


def _summary(source: Source, rows: list[Evidence], study: Study) -> SourceSummary:
    """How much of a source is coded; what is nobody's testimony is left out on both sides."""
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        for turn in range(row.turn, row.end_turn + 1):
            start = row.start if turn == row.turn else 0
            end = row.end if turn == row.end_turn else len(source.turns[turn - 1].text)
            covered[turn].append((start, end))
    answers = [turn for turn in range(1, len(source.turns) + 1) if source.counts(turn)]
    people = heard_in_study(study).get(source.id, ())
    types, groups = {one.type for one in people}, {one.group for one in people}
    reasons = _reasons(source, study)
    uncoded = [
        Uncoded(source.id, turn, source.turns[turn - 1].text, *_why(reasons[turn]))
        for turn in answers
        if turn not in covered
    ]
    return SourceSummary(
        id=source.id,
        method=source.kind,
        informants=tuple(one if isinstance(one, str) else one.id for one in source.heard),
        type=types.pop() if len(types) == 1 else None,
        group=groups.pop() if len(groups) == 1 else None,
        date=source.date,
        turns=len(source.turns),
        coded_turns=len(covered),
        characters=sum(len(source.turns[turn - 1].text) for turn in answers),
        coded_characters=sum(_length(spans) for turn, spans in covered.items() if turn in set(answers)),
        segments=len({row.passage for row in rows}),
        codes=tuple(sorted({row.code for row in rows})),
        provenance=source.provenance,
        uncoded=tuple(uncoded),
    )


def _reasons(source: Source, study: Study) -> dict[int, list[tuple[str, str]]]:
    """Who of those whose codings count left which turn out, and why."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for file in study.codings:
        if file.source == source.id and file.coder in study.coders:
            for one in file.left_out:
                for turn in range(one.turn.first, one.turn.last + 1):
                    found[turn].append((file.coder, one.reason))
    return found


def _why(said: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], str]:
    """The coders, and their reasons in one text."""
    coders, reasons = (tuple(dict.fromkeys(part)) for part in zip(*said, strict=True)) if said else ((), ())
    return coders, ", ".join(filter(None, reasons))


def _length(spans: list[tuple[int, int]]) -> int:
    """Characters covered by spans that may overlap."""
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
