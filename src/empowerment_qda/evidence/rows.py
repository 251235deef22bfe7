"""Evidence: the codings that count, joined to the words they stand on and to whoever said them.

Who is a witness (R9, R11, R12), who is heard in a study at all (R10), and what is no evidence (R11).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.labels import say_withheld
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.evidence import Evidence, NotCounted, Witness, shared
from empowerment_qda.model.source import Informant, Source
from empowerment_qda.model.study import Study

K = TypeVar("K")


@lru_cache(maxsize=1)
def gather_evidence(study: Study) -> tuple[tuple[Evidence, ...], tuple[NotCounted, ...]]:
    """The evidence in the order of sources and turns, and the accepted codings that are none, each with the reason.

    Gathered once: checks and stages all ask. A coding of an unknown code is passed over: a check reports it.
    """
    evidence: list[Evidence] = []
    apart: list[NotCounted] = []
    for passage in passages_of(study):
        coding, source, coder = passage.coding, passage.source, passage.file.coder
        place, span = study.codebook.places.get(coding.code), passage.anchor.span
        if coder not in study.coders or not place or not counts(coding, study.only_auto):
            continue
        reason = reason_against(source, span.turns) if span else passage.anchor.state
        if reason or not span:
            apart.append(
                NotCounted(
                    id=passage.id,
                    source=source.id,
                    turn=span.turn if span else None,
                    coder=coder,
                    code=coding.code,
                    quote=show_words(coding.quote, source, span.turns if span else None, study),
                    reason=reason or "",
                )
            )
            continue
        evidence.append(
            Evidence(
                id=passage.id,
                source=source.id,
                span=span,
                quote=show_words(source.quote(span), source, span.turns, study),
                code=coding.code,
                path=place.path,
                dimension=place.dimension,
                aspect=place.aspect,
                direction=place.code.direction,
                witnesses=find_witnesses(source, span.turns, study),
                method=source.kind,
                date=source.date,
                event_date=coding.event_date,
                coder=coder,
                strength=coding.strength,
                producer=source.producer,
                about=(*source.about, source.site) if source.site else source.about,
                memo=coding.memo,
                withheld=study.withheld(source, span.turns),
            )
        )
    return tuple(in_order(evidence, study)), tuple(apart)


def show_words(words: str, source: Source, turns: Iterable[int] | None, study: Study) -> str:
    """Words of some turns (1-based) of a source, of none that is known where None; what stands in their place where one of
    those who speak there, or might, did not agree to be quoted."""
    withheld = study.withheld(source, turns or range(1, len(source.turns) + 1))
    return say_withheld(withheld, study.settings.language) if withheld else words


def counts(coding: Coding, only_auto: bool) -> bool:
    """Whether a coding of a counted coder counts: accepted; or suggested, where no person has coded yet."""
    return coding.status == "accepted" or (only_auto and coding.status == "suggested")


def in_order(rows: Iterable[Evidence], study: Study) -> list[Evidence]:
    """Evidence in the order of sources, turns and words."""
    order = {source.id: number for number, source in enumerate(study.sources)}
    return sorted(rows, key=lambda row: (order[row.source], row.span, row.code, row.coder))


def group_rows(rows: Iterable[Evidence], key: Callable[[Evidence], K]) -> defaultdict[K, list[Evidence]]:
    """Evidence by what `key` says of each row, in its order; asked for anything else, none."""
    found: defaultdict[K, list[Evidence]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def find_witnesses(source: Source, turns: range, study: Study) -> tuple[Witness, ...]:
    """All whose words stand in these turns (1-based) of a source, each once; nobody in notes and documents (R3).

    A speaker who is a declared informant; without any `speaker`, the only informant, and in a group the group (R9).
    """
    found: dict[str, Witness] = {}
    for turn in turns:
        if source.roles[turn - 1] == "informant":
            one = _witness(source, source.turns[turn - 1].speaker, study)
            found.setdefault(one.id, one)
    if len(found) > 1 and (group := f"{source.id}:?") in found:
        # Words of the group and of one of its members may all be that member's.
        return tuple(one for name, one in found.items() if name != group)
    return tuple(found.values())


def _witness(source: Source, speaker: str | None, study: Study) -> Witness:
    heard = [study.who(one) for one in source.heard]
    named = [one for one in heard if one.id == speaker] or heard
    if len(named) == 1:
        return witness_of(named[0], study)
    return Witness(
        id=f"{source.id}:?",
        known=False,
        type=shared(one.type for one in heard),
        group=shared(study.settings.group_of(one.type) for one in heard),
        members=frozenset(one.id if one.identity == "known" else "?" for one in heard),
    )


def witness_of(informant: Informant, study: Study) -> Witness:
    """A declared informant as a witness."""
    return Witness(
        id=informant.id,
        known=informant.identity == "known",
        type=informant.type,
        group=study.settings.group_of(informant.type),
        others=study.distinct.get(informant.id, frozenset()),
    )


@lru_cache(maxsize=1)
def heard_in_study(study: Study) -> dict[str, tuple[Witness, ...]]:
    """Id of each source in which persons speak to all who are heard in it, with a turn that counts (R10)."""
    return {
        source.id: find_witnesses(source, range(1, len(source.turns) + 1), study)
        for source in study.sources
        if source.spoken
    }


def all_heard(study: Study) -> dict[str, Witness]:
    """Id to everybody who is heard in the study."""
    return {one.id: one for people in heard_in_study(study).values() for one in people}


def persons_heard(study: Study) -> dict[str, Witness]:
    """Id to each informant who is heard: of a group that is not told apart, all its members."""
    found: dict[str, Witness] = {}
    for source in study.sources:
        for one in source.heard:
            person = study.who(one)
            talks = (
                role == "informant" and turn.speaker in (person.id, None)
                for turn, role in zip(source.turns, source.roles, strict=True)
            )
            if source.spoken and any(talks):
                found.setdefault(person.id, witness_of(person, study))
    return found


def reason_against(source: Source, turns: range) -> str | None:
    """Why the words of these turns (1-based) are no evidence (R11): the role of the first; None where any counts."""
    if any(source.counts(turn) for turn in turns):
        return None
    return source.roles[turns[0] - 1]
