"""Evidence: codings that count, joined to the words they stand on and to whoever said them."""

from __future__ import annotations

from typing import NamedTuple

from empowerment_qda.model.coding import Coding
from empowerment_qda.model.evidence import Evidence, Unplaced
from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.model.study import Study
from empowerment_qda.passages import Passage, passages_of

PLACED = ("exact", "moved", "changed")


def gather_evidence(study: Study) -> tuple[tuple[Evidence, ...], tuple[Unplaced, ...]]:
    """The evidence in the order of sources and turns, and the counted codings whose words cannot be placed.

    A coding of an unknown code is passed over: a check reports it.
    """
    evidence: list[Evidence] = []
    unplaced: list[Unplaced] = []
    for passage in passages_of(study):
        coding, anchor = passage.coding, passage.anchor
        known = passage.file.coder in study.coders and coding.code in study.codebook.places
        if not known or not counts(coding, study.only_auto):
            continue
        if anchor.state in PLACED and anchor.span:
            evidence.append(_evidence(passage, anchor.span, study))
        else:
            unplaced.append(_unplaced(passage))
    order = {source.id: number for number, source in enumerate(study.sources)}
    evidence.sort(
        key=lambda row: (order[row.source], row.turn, row.start, row.end_turn, row.end, row.code, row.coder)
    )
    return tuple(evidence), tuple(unplaced)


def counts(coding: Coding, only_auto: bool) -> bool:
    """Whether a coding of a counted coder counts: accepted; or suggested, where no person has coded yet."""
    return coding.status == "accepted" or (only_auto and coding.status == "suggested")


class Voice(NamedTuple):
    """Whose words a passage is: see Evidence."""

    informant: str | None
    voice: str | None
    known: bool
    type: str | None


def find_voice(source: Source, turns: range, study: Study) -> Voice:
    """Who speaks in these turns (1-based) of a source.

    One informant: they. A group: the speaker, where all answers in the turns are one declared informant's;
    else the group as one voice that may be anybody (R9), of the type that all of its members share, if any.
    """
    heard = [study.who(one) for one in source.heard]
    if not source.spoken:
        only = heard[0] if len(heard) == 1 else None
        return Voice(only.id if only else None, None, True, only.type if only else None)
    if len(heard) == 1:
        return Voice(heard[0].id, heard[0].id, heard[0].identity == "known", heard[0].type)
    by_id = {one.id: one for one in heard}
    answers = [source.turns[turn - 1].speaker for turn in turns if not source.is_question(turn)]
    if len(set(answers)) == 1 and answers[0] in by_id:
        one = by_id[answers[0] or ""]
        return Voice(one.id, one.id, one.identity == "known", one.type)
    types = {one.type for one in heard}
    return Voice(None, f"{source.id}:?", False, types.pop() if len(types) == 1 else None)


def _evidence(passage: Passage, span: Span, study: Study) -> Evidence:
    coding, source = passage.coding, passage.source
    place = study.codebook.places[coding.code]
    voice = find_voice(source, range(span.turn, span.end_turn + 1), study)
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
        informant=voice.informant,
        voice=voice.voice,
        identity_known=voice.known,
        type=voice.type,
        group=study.settings.group_of(voice.type),
        method=source.method or "unspecified",
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


def _unplaced(passage: Passage) -> Unplaced:
    coding = passage.coding
    return Unplaced(
        passage.id, passage.source.id, passage.file.coder, coding.code, coding.quote, passage.anchor.state
    )
