"""Data reduction: from transcripts and codings to the evidence, one row for each coded passage that counts.

Miles & Huberman (1994): selecting, focusing and condensing, with nothing thrown away: what is left uncoded,
and what could not be placed, is listed beside what was kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.anchors import SourceText
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.evidence.witnesses import heard_in_study
from empowerment_qda.model.coding import Memo, turns_of
from empowerment_qda.model.evidence import (
    Condensed,
    Contact,
    Evidence,
    InContext,
    Reduction,
    SourceSummary,
    Uncoded,
)
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.words import REASONS

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


def log_condensation(study: Study, reduction: Reduction) -> tuple[Condensed, ...]:
    """Turns left out on purpose or just uncoded, rejected codings, and codings whose words were not found; by source
    and turn."""
    order = {source.id: number for number, source in enumerate(study.sources)}
    entries = [*_uncoded(reduction), *_rejected(study), *_not_counted(reduction)]
    return tuple(sorted(entries, key=lambda one: (order[one.source], one.turn, one.what, one.coder)))


def _uncoded(reduction: Reduction) -> Iterator[Condensed]:
    for summary in reduction.sources:
        for one in summary.uncoded:
            what = "left out" if one.coders else "uncoded"
            yield Condensed(one.source, one.turn, what, one.text, ", ".join(one.coders), one.reason)


def _rejected(study: Study) -> Iterator[Condensed]:
    for passage in passages_of(study):
        coding, span = passage.coding, passage.anchor.span
        if coding.status == "rejected":
            turn = span.turn if span else coding.turn.first if coding.turn else 0
            what = f"rejected: {coding.code}"
            yield Condensed(
                passage.source.id, turn, what, coding.quote, passage.file.coder, coding.memo or ""
            )


def _not_counted(reduction: Reduction) -> Iterator[Condensed]:
    for one in reduction.not_counted:
        what = "not counted" if one.placed else "not found"
        why = REASONS[one.reason] if one.placed else one.reason
        yield Condensed(one.source, one.turn or 0, f"{what}: {one.code}", one.quote, one.coder, why)


MAIN_CODES = 5
SALIENT = 3
_QUESTION = re.compile(r"[^.!?\n]*\?")


def summarise_contacts(study: Study, reduction: Reduction) -> tuple[Contact, ...]:
    """Who, when, how long, main codes, salient passages, and the questions that memos leave open."""
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in reduction.evidence:
        rows[row.source].append(row)
    return tuple(
        _contact(study, rows[summary.id], number, reduction)
        for number, summary in enumerate(reduction.sources)
    )


def _contact(study: Study, rows: list[Evidence], number: int, reduction: Reduction) -> Contact:
    source, summary = study.sources[number], reduction.sources[number]
    counted = Counter(code for code, _ in {(row.code, row.passage) for row in rows})
    main = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MAIN_CODES]
    linked = [memo for memo in study.memos if _links(memo, summary.id, rows)]
    questions = [(memo.id, text) for memo in linked for text in find_questions(memo.text)]
    questions += [(row.id, text) for row in rows for text in find_questions(row.memo or "")]
    return Contact(
        summary=summary,
        time=source.time,
        duration=source.duration,
        place=source.place.say(study.settings.language) if source.place else None,
        main_codes=tuple(main),
        salient=tuple(_salient(rows, [code for code, _ in main])),
        questions=tuple(questions),
        memos=tuple(memo.id for memo in linked),
    )


def _links(memo: Memo, source: str, rows: list[Evidence]) -> bool:
    own = {row.id for row in rows}
    return any((turns_of(link) or (link,))[0] == source or link in own for link in memo.links)


def _salient(rows: list[Evidence], main: list[str]) -> Iterator[Evidence]:
    """Passages that somebody wrote a memo on, then the first of each main code; in the order of the source."""
    chosen = {id(row): row for row in rows if row.memo}
    for code in main:
        first = next(row for row in rows if row.code == code)
        chosen.setdefault(id(first), first)
    kept = list(chosen.values())[:SALIENT]
    return (row for row in rows if any(row is one for one in kept))


def find_questions(text: str) -> list[str]:
    """The sentences of a memo that end in a question mark.

    >>> find_questions("She paused. Why only Tuntungan? Ask the staff.")
    ['Why only Tuntungan?']
    """
    return [found.group().strip() for found in _QUESTION.finditer(text) if len(found.group().strip()) > 1]


CONTEXT_WORDS = 12


def put_in_context(study: Study, reduction: Reduction) -> Iterator[InContext]:
    """The passages grouped by code, in the order of the book, each with the words around it in its source."""
    order = {code: number for number, code in enumerate(study.codebook.places)}
    texts: dict[str, SourceText] = {}
    for row in sorted(reduction.evidence, key=lambda one: order[one.code]):
        if row.source not in texts:
            texts[row.source] = SourceText([turn.text for turn in study.by_id[row.source].turns])
        before, after = texts[row.source].context(
            Span(row.turn, row.start, row.end_turn, row.end), CONTEXT_WORDS
        )
        yield InContext(row, before, after)
