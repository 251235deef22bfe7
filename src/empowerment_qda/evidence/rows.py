"""Evidence: codings that count, joined to the words they stand on and to whoever said them."""

from __future__ import annotations

from functools import lru_cache

from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.evidence.witnesses import find_witnesses, reason_against
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.evidence import Evidence, NotCounted
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study

PLACED = ("exact", "moved", "changed")


@lru_cache(maxsize=1)
def gather_evidence(study: Study) -> tuple[tuple[Evidence, ...], tuple[NotCounted, ...]]:
    """The evidence in the order of sources and turns, and the accepted codings that are none, each with the reason.

    Gathered once: checks and stages all ask. A coding of an unknown code is passed over: a check reports it.
    """
    evidence: list[Evidence] = []
    apart: list[NotCounted] = []
    for passage in passages_of(study):
        coding, anchor = passage.coding, passage.anchor
        known = passage.file.coder in study.coders and coding.code in study.codebook.places
        if not known or not counts(coding, study.only_auto):
            continue
        if anchor.state not in PLACED or not anchor.span:
            apart.append(_not_counted(passage, anchor.state))
        elif reason := reason_against(passage.source, turns_of(anchor.span)):
            apart.append(_not_counted(passage, reason))
        else:
            evidence.append(_evidence(passage, anchor.span, study))
    order = {source.id: number for number, source in enumerate(study.sources)}
    evidence.sort(
        key=lambda row: (order[row.source], row.turn, row.start, row.end_turn, row.end, row.code, row.coder)
    )
    return tuple(evidence), tuple(apart)


def counts(coding: Coding, only_auto: bool) -> bool:
    """Whether a coding of a counted coder counts: accepted; or suggested, where no person has coded yet."""
    return coding.status == "accepted" or (only_auto and coding.status == "suggested")


def _evidence(passage: Passage, span: Span, study: Study) -> Evidence:
    coding, source = passage.coding, passage.source
    place = study.codebook.places[coding.code]
    return Evidence(
        id=passage.id,
        source=source.id,
        turn=span.turn,
        start=span.start,
        end=span.end,
        end_turn=span.end_turn,
        quote=quote_of(source, span),
        code=coding.code,
        path=place.path,
        dimension=place.dimension,
        aspect=place.aspect,
        direction=place.code.direction,
        witnesses=find_witnesses(source, turns_of(span), study),
        method=source.kind,
        date=source.date,
        event_date=coding.event_date,
        coder=passage.file.coder,
        strength=coding.strength,
        producer=source.producer,
        about=(*source.about, source.site) if source.site else source.about,
        memo=coding.memo,
    )


def quote_of(source: Source, span: Span) -> str:
    """The words of a span as they stand now, a line break between turns."""
    texts = [source.turns[turn - 1].text for turn in range(span.turn, span.end_turn + 1)]
    texts[-1] = texts[-1][: span.end]
    texts[0] = texts[0][span.start :]
    return "\n".join(texts)


def turns_of(span: Span) -> range:
    """The turns (1-based) that a passage runs over."""
    return range(span.turn, span.end_turn + 1)


def _not_counted(passage: Passage, reason: str) -> NotCounted:
    coding, span = passage.coding, passage.anchor.span
    return NotCounted(
        id=passage.id,
        source=passage.source.id,
        turn=span.turn if span else None,
        coder=passage.file.coder,
        code=coding.code,
        quote=coding.quote,
        reason=reason,
    )
