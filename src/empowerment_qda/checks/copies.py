"""Interviews that are there twice under two names (R16): the same words in the same order, a few of them changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from empowerment_qda.language import fold, words
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem

RUN = 4
"""How many words in a row, within a turn, two people do not say alike by chance."""
MOSTLY = 0.5
"""The share of a source's words in such runs from which it has mostly the words of another."""
FEWEST = 10
"""How many different words must be in them: shared phrases of short answers are no copy."""
FEWEST_RESTATED = 60
"""The same where the words are the analyst's, who says alike what is alike."""
HOLDERS = 8
"""In how many sources a run is looked for; it keeps the work linear where all have it."""


class _Said(NamedTuple):
    """What the informants of a source say: their ids, and each turn's words, folded."""

    source: Source
    informants: frozenset[str]
    turns: tuple[tuple[str, ...], ...]


def check_copied_source(study: Study) -> Iterator[Problem]:
    """No two informants say mostly the same words (R16): one interview under two names would count as two.

    Compared are runs of four words in what informants say, not the questions, so that a copy is found of which every
    tenth word was changed. Of restated sources only long ones are compared.
    """
    said = list(_gather(study))
    for number, near in _find_copies(said).items():
        first, share = max(near.items(), key=lambda pair: (pair[1], -pair[0]))
        source, other = said[number].source, said[first].source
        yield Problem(Place(source.path, ("id",)), "copied-source",
                      f"{share:.0%} of the informant's words in {source.id} and {other.id} are the same, under two informants",
                      "If one is a copy of the other, take it out; if both are one person, give both the same informant.",
                      "warning")  # fmt: skip


def _gather(study: Study) -> Iterator[_Said]:
    """What is said in each source that has informants; who is declared nowhere is no informant."""
    for source in study.sources:
        informants = frozenset(study.who(one).id for one in source.heard)
        if source.spoken and informants:
            turns = (
                tuple(fold(word.text) for word in words(turn.text))
                for turn, role in zip(source.turns, source.roles, strict=True)
                if role == "informant"
            )  # fmt: skip
            yield _Said(source, informants, tuple(turn for turn in turns if turn))


def _runs(turn: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where each run of a turn begins, and a number that stands for its words."""
    return ((at, hash(turn[at : at + RUN])) for at in range(len(turn) - RUN + 1))


def _find_copies(said: list[_Said]) -> dict[int, dict[int, float]]:
    """By the number of a source, each source before it with mostly the same words, and the share of the one that has
    more of it: an interview may be copied into a longer one."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for run in {run for turn in one.turns for _, run in _runs(turn)}:
            if len(holders[run]) < HOLDERS:
                holders[run].append(number)
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(said):
        for other, share in _share_out(one, number, holders):
            if said[other].informants.isdisjoint(one.informants):
                first, second = sorted((number, other))
                found[second][first] = max(share, found[second].get(first, 0))
    return dict(sorted(found.items()))


def _share_out(one: _Said, number: int, holders: dict[int, list[int]]) -> Iterator[tuple[int, float]]:
    """Each source that has most of this one's words, with the share that it has."""
    places: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for n, turn in enumerate(one.turns):
        for at, run in _runs(turn):
            for other in holders[run]:
                if other != number:
                    places[other].update((n, at + step) for step in range(RUN))
    length = sum(map(len, one.turns))
    fewest = FEWEST_RESTATED if one.source.provenance == "restated" else FEWEST
    for other, held in places.items():
        different = {one.turns[n][at] for n, at in held}
        if len(different) >= fewest and len(held) > MOSTLY * length:
            yield other, len(held) / length
