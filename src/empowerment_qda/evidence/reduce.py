"""Data reduction: from transcripts and codings to the evidence, one row for each coded passage that counts.

Miles & Huberman (1994): selecting, focusing and condensing, with nothing thrown away: what is left uncoded, and what
could not be placed, is listed beside what was kept. `reduce_study` gives the evidence; the others are looks at it: the
condensation log, contact summaries, passages in context, and the codebook in use.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from empowerment_qda.evidence.passages import passages_of, text_of
from empowerment_qda.evidence.rows import gather_evidence, group_rows, heard_in_study, show_words
from empowerment_qda.labels import REASONS
from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.model.coding import Memo, turns_of
from empowerment_qda.model.evidence import (
    Condensed,
    Contact,
    Evidence,
    InContext,
    Informants,
    Reduction,
    SourceSummary,
    Uncoded,
    count_informants,
    shared,
)
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

MAIN_CODES = 5
SALIENT = 3
CONTEXT_WORDS = 12
_QUESTION = re.compile(r"[^.!?\n]*\?")


def reduce_study(study: Study) -> Reduction:
    """The evidence of the study, a summary of each source, and the codings that are no evidence."""
    evidence, apart = gather_evidence(study)
    rows = group_rows(evidence, lambda row: row.source)
    summaries = tuple(_summarise(source, rows[source.id], study) for source in study.sources)
    return Reduction(evidence, summaries, apart, study.coders, study.only_auto)


def _summarise(source: Source, rows: list[Evidence], study: Study) -> SourceSummary:
    """How much of a source is coded; what is nobody's testimony is left out on both sides."""
    texts = {turn: one.text for turn, one in enumerate(source.turns, 1)}
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        for turn in row.span.turns:
            start = row.span.start if turn == row.span.turn else 0
            end = row.span.end if turn == row.span.end_turn else len(texts[turn])
            covered[turn].append((start, end))
    answers = [turn for turn in texts if source.counts(turn)]
    people = heard_in_study(study).get(source.id, ())
    said = _left_out(source, study)
    return SourceSummary(
        id=source.id,
        method=source.kind,
        informants=tuple(one if isinstance(one, str) else one.id for one in source.heard),
        type=shared(one.type for one in people),
        group=shared(one.group for one in people),
        date=source.date,
        turns=len(texts),
        coded_turns=len(covered),
        characters=sum(len(texts[turn]) for turn in answers),
        coded_characters=sum(_length(covered[turn]) for turn in answers if turn in covered),
        segments=len({row.span for row in rows}),
        codes=tuple(sorted({row.code for row in rows})),
        provenance=source.provenance,
        uncoded=tuple(
            Uncoded(
                source.id,
                turn,
                show_words(texts[turn], source, [turn], study),
                coders=tuple(dict.fromkeys(coder for coder, _ in said[turn])),
                reason=", ".join(filter(None, dict.fromkeys(reason for _, reason in said[turn]))),
            )
            for turn in answers
            if turn not in covered
        ),
    )


def _left_out(source: Source, study: Study) -> dict[int, list[tuple[str, str]]]:
    """Who of those whose codings count left which turn out, and why."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for file in study.codings:
        if file.source == source.id and file.coder in study.coders:
            for one in file.left_out:
                for turn in one.turn.numbers:
                    found[turn].append((file.coder, one.reason))
    return found


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
    entries = _condensed(study, reduction)
    return tuple(sorted(entries, key=lambda one: (order[one.source], one.turn, one.what, one.coder)))


def _condensed(study: Study, reduction: Reduction) -> Iterator[Condensed]:
    for summary in reduction.sources:
        for one in summary.uncoded:
            what = "left out" if one.coders else "uncoded"
            yield Condensed(one.source, one.turn, what, one.text, ", ".join(one.coders), one.reason)
    for passage in passages_of(study):
        coding, span = passage.coding, passage.anchor.span
        if coding.status == "rejected":
            turn = span.turn if span else coding.turn.first if coding.turn else 0
            what, coder = f"rejected: {coding.code}", passage.file.coder
            words = show_words(coding.quote, passage.source, span.turns if span else None, study)
            yield Condensed(passage.source.id, turn, what, words, coder, coding.memo or "")
    for apart in reduction.not_counted:
        what = f"{'not counted' if apart.placed else 'not found'}: {apart.code}"
        why = REASONS[apart.reason] if apart.placed else apart.reason
        yield Condensed(apart.source, apart.turn or 0, what, apart.quote, apart.coder, why)


def summarise_contacts(study: Study, reduction: Reduction) -> tuple[Contact, ...]:
    """Who, when, how long, main codes, salient passages, and the questions that memos leave open."""
    rows = group_rows(reduction.evidence, lambda row: row.source)
    return tuple(
        _contact(study, source, summary, rows[source.id])
        for source, summary in zip(study.sources, reduction.sources, strict=True)
    )


def _contact(study: Study, source: Source, summary: SourceSummary, rows: list[Evidence]) -> Contact:
    counted = Counter(code for code, _ in {(row.code, row.span) for row in rows})
    main = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MAIN_CODES]
    linked = [memo for memo in study.memos if _links(memo, source.id, rows)]
    memos = [(memo.id, memo.text) for memo in linked] + [(row.id, row.memo or "") for row in rows]
    # Salient are passages that somebody wrote a memo on, then the first of each main code.
    chosen = [row for row in rows if row.memo]
    chosen += [next(row for row in rows if row.code == code) for code, _ in main]
    salient = list({id(row): row for row in chosen})[:SALIENT]
    return Contact(
        summary=summary,
        time=source.time,
        duration=source.duration,
        place=source.place.say(study.settings.language) if source.place else None,
        main_codes=tuple(main),
        salient=tuple(row for row in rows if id(row) in salient),
        questions=tuple((id_, question) for id_, text in memos for question in find_questions(text)),
        memos=tuple(memo.id for memo in linked),
    )


def _links(memo: Memo, source: str, rows: list[Evidence]) -> bool:
    own = {row.id for row in rows}
    return any((turns_of(link) or (link,))[0] == source or link in own for link in memo.links)


def find_questions(text: str) -> list[str]:
    """The sentences of a memo that end in a question mark.

    >>> find_questions("She paused. Why only Tuntungan? Ask the staff.")
    ['Why only Tuntungan?']
    """
    return [found.group().strip() for found in _QUESTION.finditer(text) if len(found.group().strip()) > 1]


def put_in_context(study: Study, reduction: Reduction) -> Iterator[InContext]:
    """The passages grouped by code, in the order of the book, each with the words around it in its source."""
    order = {code: number for number, code in enumerate(study.codebook.places)}
    for row in sorted(reduction.evidence, key=lambda one: order[one.code]):
        source = study.by_id[row.source]
        around = text_of(source).context(row.span, CONTEXT_WORDS)
        # What stands around a passage may be the words of those next to it.
        hidden = study.withheld(source, range(1, len(source.turns) + 1))
        yield InContext(row, *(("", "") if hidden else around))


class Use(NamedTuple):
    """Distinct informants (R1, R5), distinct passages (R2), and the number of sources they stand in."""

    informants: Informants
    segments: int
    sources: int

    def __str__(self) -> str:
        return f"{self.informants} / {self.segments}"


@dataclass(frozen=True, slots=True)
class CodeInUse:
    """A code, what was coded with it, and what with it or a code below it: each informant and passage once.

    `pairs` adds up the informants of the code and of each code below it, as reports usually do: whoever speaks of
    two codes is in it twice.
    """

    place: CodePlace
    own: Use
    whole: Use
    pairs: Informants


def use_codebook(codebook: Codebook, evidence: Iterable[Evidence]) -> tuple[CodeInUse, ...]:
    """Every code in the order of the book."""
    by_code = group_rows(evidence, lambda row: row.code)
    own = {code: _count(by_code[code]) for code in codebook.places}
    found = []
    for code, place in codebook.places.items():
        family = sorted(codebook.families[code])
        each = [own[one].informants for one in family]
        pairs = Informants(sum(one.lower for one in each), sum(one.upper for one in each))
        below = [row for one in family for row in by_code[one]]
        found.append(CodeInUse(place, own[code], _count(below), pairs))
    return tuple(found)


def _count(rows: list[Evidence]) -> Use:
    segments, sources = {row.passage for row in rows}, {row.source for row in rows}
    return Use(count_informants(rows), len(segments), len(sources))


def branch_of(codes: tuple[CodeInUse, ...], code: str | None) -> tuple[CodeInUse, ...]:
    """A code and those below it, or all; StudyError for a code that the book does not have."""
    found = tuple(one for one in codes if code is None or code in [above.id for above in one.place.line])
    if code is not None and not found:
        hint = did_you_mean(code, [one.place.code.id for one in codes])
        raise StudyError([Problem(Place("codebook"), "unknown-code", f"there is no code `{code}`", hint)])
    return found
