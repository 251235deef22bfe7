"""Who is a witness: whose words a passage is (R9, R11, R12), and who is heard in a study at all (R10)."""

from __future__ import annotations

from functools import lru_cache

from empowerment_qda.model.evidence import Witness
from empowerment_qda.model.source import Informant, Source
from empowerment_qda.model.study import Study


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
    types = {one.type for one in heard}
    groups = {study.settings.group_of(one.type) for one in heard}
    return Witness(
        id=f"{source.id}:?",
        known=False,
        type=types.pop() if len(types) == 1 else None,
        group=groups.pop() if len(groups) == 1 else None,
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
