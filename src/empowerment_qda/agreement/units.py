"""Units: what is compared. A talk cut into answers, answers with their questions, sentences, characters or what a file
lists, with the codes that each coder gave."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.evidence.rows import counts
from empowerment_qda.language import sentences
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

TextUnit = Literal["turn", "question", "sentence", "character"]
UnitKind = Literal[TextUnit, "listed"]
Level = Literal["code", "aspect", "dimension"]
LEVELS: tuple[Level, ...] = ("code", "aspect", "dimension")
Codes = frozenset[str]
Listed = Mapping[str, Sequence[Span]]
"""By source the units that a file lists, in order; they never overlap."""


class Answers:
    """The answers of a source laid end to end; questions have no length, so offsets in it never fall into one, unless
    they are asked for."""

    def __init__(self, source: Source, *, questions: bool = False) -> None:
        self.source = source
        self._questions = questions
        lengths = (
            len(turn.text) if self._counts(number) else 0 for number, turn in enumerate(source.turns, 1)
        )
        self._starts = list(accumulate(lengths, initial=0))

    def _counts(self, turn: int) -> bool:
        return self._questions or not self.source.is_question(turn)

    @property
    def length(self) -> int:
        """Characters in all answers."""
        return self._starts[-1]

    @property
    def turns(self) -> Iterator[tuple[int, int]]:
        """Start and end of each answer."""
        return ((start, end) for start, end in pairwise(self._starts) if end > start)

    @property
    def exchanges(self) -> Iterator[tuple[int, int]]:
        """Start and end of each question with all that is said until the next one; answers before any stand alone."""
        asks = [self.source.is_question(number) for number in range(1, len(self.source.turns) + 1)]
        first = asks.index(True) if True in asks else len(asks)
        begins = [at for at, ask in enumerate(asks) if at <= first or (ask and not asks[at - 1])]
        for at, after in pairwise([*begins, len(asks)]):
            if not asks[after - 1]:  # the last question may have no answer
                yield self._starts[at], self._starts[after]

    def range_of(self, span: Span) -> tuple[int, int]:
        """What a passage covers of the answers; nothing where it stands on questions alone."""
        return self._offset(span.turn, span.start), self._offset(span.end_turn, span.end)

    def _offset(self, turn: int, place: int) -> int:
        return self._starts[turn - 1] + (place if self._counts(turn) else 0)

    def turn_of(self, start: int) -> tuple[int, int]:
        """The turn (1-based) in which an offset lies, and where in that turn."""
        turn = bisect_right(self._starts, start)
        return turn, start - self._starts[turn - 1]

    def span_of(self, start: int, end: int) -> Span:
        """What lies between two offsets; not nothing."""
        last, place = self.turn_of(end - 1)
        return Span(*self.turn_of(start), last, place + 1)

    def words(self, start: int, end: int) -> str:
        """The words between two offsets, a line for each turn."""
        return self.source.quote(self.span_of(start, end))


class Mark(NamedTuple):
    """A passage of one of the coders (0-based), with its code on the level compared, in offsets of the answers: of a
    passage on questions alone start and end are the same."""

    coder: int
    code: str
    start: int
    end: int
    passage: Passage


class Unit(NamedTuple):
    """A stretch of answers with what each coder gave it, None for one who has not coded the source, and their passages.

    `weight` is how many units it is: characters that share all marks are one stretch.
    """

    answers: Answers
    start: int
    end: int
    weight: int
    given: tuple[Codes | None, ...]
    marks: tuple[Mark, ...]


Given = Counter[tuple[Codes | None, ...]]
"""How often each combination of codes was given to a unit; None by a coder who did not rate it."""


def count_given(units: Iterable[Unit]) -> Given:
    """How often each combination of codes was given."""
    given: Given = Counter()
    for unit in units:
        given[unit.given] += unit.weight
    return given


@dataclass(frozen=True, slots=True)
class Compared:
    """The units of a study, and by source the passages of the coders that have a place.

    `shared` are the answers of sources that every one of the coders has coded. `missing` has the sources by coder that others
    have coded, `uncoded` those that none of them has. `outside` passages stand in no unit, `unplaced` ones nowhere.
    """

    units: tuple[Unit, ...]
    marks: Mapping[str, Sequence[Mark]]
    shared: tuple[Answers, ...]
    sources: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    uncoded: tuple[str, ...]
    outside: int
    unplaced: int


def unitize(
    study: Study, coders: Sequence[str], kind: UnitKind, level: Level, listed: Listed | None = None
) -> Compared:
    """Cut what any of the coders coded into units, and note who gave what to each.

    A unit has the codes of every passage that shares a character with it. Of `listed` units only their sources are looked
    at. StudyError for an unknown coder.
    """
    if problems := find_coder_problems(study, coders):
        raise StudyError(problems)
    texts = {one.id: Answers(one, questions=kind in ("question", "listed")) for one in study.sources}
    marks, unplaced = _gather(study, texts, coders, level)
    coded = {(file.coder, file.source) for file in study.codings}
    there = {
        source: [(coder, source) in coded for coder in coders]
        for source in texts
        if kind != "listed" or source in (listed or {})
    }
    sources = tuple(source for source, has in there.items() if any(has))
    units: list[Unit] = []
    outside = 0
    for source in sources:
        answers, own = texts[source], marks[source]
        cut = [answers.range_of(span) for span in listed[source]] if listed else _cut(answers, kind, own)
        filled = list(_fill(answers, list(cut), own, there[source], kind))
        units += filled
        outside += len(own) - len({id(mark.passage) for unit in filled for mark in unit.marks})
    missing = {
        coder: tuple(source for source in sources if not there[source][number])
        for number, coder in enumerate(coders)
    }
    return Compared(
        units=tuple(units),
        marks=marks,
        shared=tuple(texts[source] for source in sources if all(there[source])),
        sources=sources,
        missing={coder: ids for coder, ids in missing.items() if ids},
        uncoded=tuple(source for source, has in there.items() if not any(has)),
        outside=outside,
        unplaced=unplaced,
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
    study: Study, texts: Mapping[str, Answers], coders: Sequence[str], level: Level
) -> tuple[Mapping[str, list[Mark]], int]:
    """The counted passages of each source, and how many have no place."""
    found: dict[str, list[Mark]] = defaultdict(list)
    unplaced = 0
    for passage in passages_of(study):
        coder, coding = passage.file.coder, passage.coding
        if coder not in coders or not counts(coding, only_auto=coder == AUTO):
            continue
        if passage.anchor.span:
            start, end = texts[passage.source.id].range_of(passage.anchor.span)
            code = raise_code(study, coding.code, level)
            found[passage.source.id].append(Mark(coders.index(coder), code, start, end, passage))
        else:
            unplaced += 1
    return found, unplaced


def raise_code(study: Study, code: str, level: Level) -> str:
    """The code itself, or what stands above it: its aspect (its dimension, where it has none) or dimension."""
    place = study.codebook.places[code]
    above = {"code": code, "aspect": place.aspect or place.dimension, "dimension": place.dimension}
    return above[level]


def _cut(answers: Answers, kind: UnitKind, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Start and end of each unit, in order; they never overlap."""
    if kind == "turn":
        yield from answers.turns
    elif kind == "question":
        yield from answers.exchanges
    elif kind == "sentence":
        for start, end in answers.turns:
            yield from ((start + one, start + other) for one, other in sentences(answers.words(start, end)))
    else:
        edges = {edge for mark in marks for edge in (mark.start, mark.end)}
        yield from pairwise(sorted(edges.union(*answers.turns)))


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


def cut_characters(answers: Answers, marks: Sequence[Mark], coders: int) -> Iterator[Unit]:
    """The characters of a source that all of that many coders have coded."""
    return _fill(answers, list(_cut(answers, "character", marks)), marks, [True] * coders, "character")
