"""Many passages at once: what the hits of a search give to code, which suggestions a cue or a code made. No disk, no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Literal, NamedTuple

from empowerment_qda.coding.actions import Accept, Action, Add, Bench, Reject
from empowerment_qda.coding.cursor import Kind, TextUnits
from empowerment_qda.coding.log_entry import Done, Splice, find_splice
from empowerment_qda.coding.suggest import cues_of
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.source import Source, Span

Unit = Literal["words", "sentence", "turn"]
Own = Callable[[str], Iterable[Passage]]
"""A coder's codings of a source, by its id."""


@dataclass(frozen=True, slots=True)
class Together(Action):
    """Several codings of one source added, accepted or rejected as one change; all of them or, with a StudyError, none."""

    parts: tuple[Add | Accept | Reject, ...]

    @property
    def name(self) -> Done:
        """What the log calls it: as each of its parts."""
        return self.parts[0].name

    def change(self, bench: Bench) -> Splice:
        ids = _new_ids(bench)
        at_work = replace(bench, make_id=lambda: next(ids))
        for part in self.parts:
            start, before, after = part.change(at_work)
            codings = at_work.codings
            changed = (*codings[:start], *after, *codings[start + len(before) :])
            at_work = replace(at_work, file=at_work.file.model_copy(update={"codings": changed}))
        return find_splice(bench.codings, at_work.codings)


def _new_ids(bench: Bench) -> Iterator[str]:
    """Ids that no coding has, each once."""
    given: set[str] = set()
    for number in count():
        one = bench.make_id(number)
        if one not in given:
            given.add(one)
            yield one


def join_actions(actions: Iterable[Action]) -> list[Action]:
    """The actions, those on one source as one; several on a source are all of the same kind."""
    by_source: dict[str, list[Action]] = {}
    for one in actions:
        by_source.setdefault(one.source, []).append(one)
    return [
        parts[0] if len(parts) == 1 else Together(source, tuple(parts))  # type: ignore[arg-type]
        for source, parts in by_source.items()
    ]


# The hits of a search


class ToCode(NamedTuple):
    """The passages that get a code, and how many that were found have it already, accepted or rejected."""

    actions: tuple[Add, ...]
    passed_over: int


def code_hits(hits: Iterable[tuple[Source, Iterable[Span]]], code: str, unit: Unit, own: Own) -> ToCode:
    """What a coder does to give a code to all that was found in some sources."""
    actions, passed_over = [], 0
    for source, found in hits:
        spans = passages_to_code(source, found, unit)
        known = [one.anchor.span for one in own(source.id) if one.coding.code == code] if spans else []
        for span in spans:
            if any(one and one.overlaps(span) for one in known):
                passed_over += 1
            else:
                actions.append(Add(source.id, span, code))
    return ToCode(tuple(actions), passed_over)


def passages_to_code(source: Source, hits: Iterable[Span], unit: Unit) -> list[Span]:
    """What is coded where these words were found: the words, or the sentences or turns that hold them, in the order of the
    text, those that share words as one. Nothing of questions, of bystanders, of what was reconstructed."""
    units, found = TextUnits(source), list[Span]()
    parts = (part for hit in hits for part in _testimony(source, hit))
    for span in sorted(part if unit == "words" else _widen(part, unit, units) for part in parts):
        if found and found[-1].overlaps(span):
            found[-1] = Span(*found[-1][:2], *max(found[-1][2:], span[2:]))
        else:
            found.append(span)
    return found


def _testimony(source: Source, span: Span) -> Iterator[Span]:
    """The parts of a passage that can be evidence: runs of turns."""
    for counts, run in groupby(span.turns, source.counts):
        turns = list(run)
        start = span.start if turns[0] == span.turn else 0
        end = span.end if turns[-1] == span.end_turn else len(source.turns[turns[-1] - 1].text)
        part = Span(turns[0], start, turns[-1], end)
        if counts and source.quote(part).strip():
            yield part


def _widen(span: Span, kind: Kind, units: TextUnits) -> Span:
    first = units.at(kind, span.turn, span.start)
    last = units.at(kind, span.end_turn, max(span.end - 1, 0))
    return Span(*first[:2], *last[2:])


# Suggestions


class ToDecide(NamedTuple):
    """The suggestions that are decided on, with the actions; how many have no place any more, and how many a code that no
    passage can get."""

    passages: tuple[Passage, ...]
    actions: tuple[Accept | Reject, ...]
    unplaced: int
    retired: int


def decide_all(
    waiting: Iterable[Passage], decision: type[Accept] | type[Reject], codebook: Codebook
) -> ToDecide:
    """What a coder does to accept or reject all of these suggestions."""
    places = codebook.places
    chosen: dict[tuple[str, Span, str], Passage] = {}
    unplaced = retired = 0
    for one in waiting:
        place = places.get(one.coding.code)
        if one.anchor.span is None:
            unplaced += 1
        elif decision is Accept and (place is None or place.code.status == "retired"):
            retired += 1
        else:
            chosen.setdefault((one.source.id, one.anchor.span, one.coding.code), one)
    passages = tuple(chosen.values())
    return ToDecide(
        passages, tuple(decision(one.source.id, one.coding) for one in passages), unplaced, retired
    )


def has_cue(passage: Passage, cue: str) -> bool:
    """Whether a cue made a suggestion, alone or with others; however it is capitalised."""
    return cue.casefold().strip() in (one.casefold().strip() for one in cues_of(passage.coding))
