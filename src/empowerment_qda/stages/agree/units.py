"""Units: what is compared. Answers cut into turns, sentences or characters, with the codes each coder gave."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from empowerment_qda.evidence import PLACED, counts
from empowerment_qda.language import sentences
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.model.study import Study
from empowerment_qda.passages import Passage, passages_of
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

UnitKind = Literal["turn", "sentence", "character"]
Level = Literal["code", "aspect", "dimension"]
LEVELS: tuple[Level, ...] = ("code", "aspect", "dimension")
Codes = frozenset[str]


class Answers:
    """The answers of a source laid end to end; questions have no length, so offsets in it never fall into one."""

    def __init__(self, source: Source) -> None:
        self.source = source
        lengths = (
            0 if source.is_question(number) else len(turn.text) for number, turn in enumerate(source.turns, 1)
        )
        self._starts = list(accumulate(lengths, initial=0))

    @property
    def length(self) -> int:
        """Characters in all answers."""
        return self._starts[-1]

    @property
    def turns(self) -> Iterator[tuple[int, int]]:
        """Start and end of each answer."""
        return ((start, end) for start, end in pairwise(self._starts) if end > start)

    def range_of(self, span: Span) -> tuple[int, int]:
        """What a passage covers of the answers; nothing where it stands on questions alone."""
        return self._offset(span.turn, span.start), self._offset(span.end_turn, span.end)

    def _offset(self, turn: int, place: int) -> int:
        return self._starts[turn - 1] + (0 if self.source.is_question(turn) else place)

    def turn_of(self, start: int) -> tuple[int, int]:
        """The turn (1-based) in which an offset lies, and where in that turn."""
        turn = bisect_right(self._starts, start)
        return turn, start - self._starts[turn - 1]

    def words(self, start: int, end: int) -> str:
        """The words between two offsets of one turn."""
        turn, place = self.turn_of(start)
        return self.source.turns[turn - 1].text[place : place + end - start]


class Mark(NamedTuple):
    """A passage of one of the coders (0-based), with its code on the level compared, in offsets of the answers."""

    coder: int
    code: str
    start: int
    end: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of answers; `weight` is how many units it is: characters that share all marks are one stretch."""

    answers: Answers
    start: int
    end: int
    weight: int
    given: tuple[Codes | None, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The units of a study with the marks of some coders.

    `shared` are the answers of sources that every one of them has coded, with their marks.
    """

    units: tuple[Unit, ...]
    shared: tuple[tuple[Answers, tuple[Mark, ...]], ...]
    sources: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    uncoded: tuple[str, ...]
    outside: int
    unplaced: int


def compare(study: Study, coders: Sequence[str], kind: UnitKind, level: Level) -> Compared:
    """Cut what any of the coders coded into units, and note who gave what to each.

    A unit has the codes of every passage that shares a character with it. StudyError for an unknown coder.
    """
    if problems := find_coder_problems(study, coders):
        raise StudyError(problems)
    marks, unplaced = _gather(study, coders, level)
    coded = {(file.coder, file.source) for file in study.codings}
    units: list[Unit] = []
    shared, sources, uncoded = [], [], []
    missing: dict[str, list[str]] = {coder: [] for coder in coders}
    outside = 0
    for source in study.sources:
        there = [(coder, source.id) in coded for coder in coders]
        if not any(there):
            uncoded.append(source.id)
            continue
        sources.append(source.id)
        for coder, has in zip(coders, there, strict=True):
            if not has:
                missing[coder].append(source.id)
        answers, own = Answers(source), []
        for coder_number, code, passage, span in marks[source.id]:
            start, end = answers.range_of(span)
            if start < end:
                own.append(Mark(coder_number, code, start, end, passage))
            else:
                outside += 1
        if all(there):
            shared.append((answers, tuple(own)))
        units += _fill(answers, list(_cut(answers, kind, own)), own, there, kind)
    return Compared(
        tuple(units),
        tuple(shared),
        tuple(sources),
        {coder: tuple(ids) for coder, ids in missing.items() if ids},
        tuple(uncoded),
        outside,
        unplaced,
    )


def find_coder_problems(study: Study, coders: Sequence[str]) -> list[Problem]:
    """That fewer than two are named, and each one who has coded nothing."""
    known = sorted({file.coder for file in study.codings})
    if len(coders) < 2:
        hint = f"Such as `qda agree first second`. {did_you_mean('', known)}"
        return [Problem(Place("codings"), "coders", "agreement needs two coders or more", hint)]
    return [
        Problem(
            Place("codings"), "unknown-coder", f"coder `{coder}` has no codings", did_you_mean(coder, known)
        )
        for coder in dict.fromkeys(coders)
        if coder not in known
    ]


def _gather(
    study: Study, coders: Sequence[str], level: Level
) -> tuple[dict[str, list[tuple[int, str, Passage, Span]]], int]:
    """The counted passages of each source with coder and code, and how many have no place."""
    numbers = {coder: number for number, coder in enumerate(coders)}
    found: dict[str, list[tuple[int, str, Passage, Span]]] = defaultdict(list)
    unplaced = 0
    for passage in passages_of(study):
        coder, coding = passage.file.coder, passage.coding
        if coder not in numbers or not counts(coding, only_auto=coder == AUTO):
            continue
        if passage.anchor.state in PLACED and passage.anchor.span:
            code = raise_code(study, coding.code, level)
            found[passage.source.id].append((numbers[coder], code, passage, passage.anchor.span))
        else:
            unplaced += 1
    return found, unplaced


def raise_code(study: Study, code: str, level: Level) -> str:
    """The code itself, or what stands above it: its aspect (its dimension, where it has none) or dimension."""
    place = study.codebook.places[code]
    if level == "code":
        return code
    return place.dimension if level == "dimension" else place.aspect or place.dimension


def _cut(answers: Answers, kind: UnitKind, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Start and end of each unit, in order; they never overlap."""
    if kind == "turn":
        yield from answers.turns
    elif kind == "sentence":
        for start, end in answers.turns:
            yield from ((start + one, start + other) for one, other in sentences(answers.words(start, end)))
    else:
        edges = {edge for mark in marks for edge in (mark.start, mark.end)}
        edges |= {edge for turn in answers.turns for edge in turn}
        yield from pairwise(sorted(edges))


def _fill(
    answers: Answers,
    ranges: list[tuple[int, int]],
    marks: Sequence[Mark],
    there: Sequence[bool],
    kind: UnitKind,
) -> Iterator[Unit]:
    """Each unit with its marks and the codes of each coder; None for a coder who has not coded the source."""
    starts = [start for start, _ in ranges]
    over: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        number = max(bisect_right(starts, mark.start) - 1, 0)
        while number < len(ranges) and starts[number] < mark.end:
            if ranges[number][1] > mark.start:
                over[number].append(mark)
            number += 1
    for number, (start, end) in enumerate(ranges):
        given = tuple(
            frozenset(mark.code for mark in over[number] if mark.coder == coder) if has else None
            for coder, has in enumerate(there)
        )
        weight = end - start if kind == "character" else 1
        yield Unit(answers, start, end, weight, given, tuple(over[number]))
