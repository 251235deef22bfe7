"""A source as it was coded: which words carry which codes, whose, and what is still only suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from empowerment_qda.evidence.passages import Passage, find_waiting, passages_of
from empowerment_qda.evidence.rows import PLACED
from empowerment_qda.model.coding import AUTO, LeftOut, TurnRange
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with codings on them: a number for the margin, and whether they are only suggested."""

    number: int
    span: Span
    codings: tuple[Passage, ...]
    waiting: bool


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A source, the turns of it that are looked at, its marks in the order of the words, and what has no place.

    `rejected` holds what a person said no to: it is not marked. `left_out` holds coders with turns that they left out.
    """

    source: Source
    turns: TurnRange
    marks: tuple[Mark, ...]
    unplaced: tuple[Passage, ...]
    rejected: tuple[Passage, ...]
    left_out: tuple[tuple[str, LeftOut], ...]

    def left_out_in(self, turn: int) -> list[tuple[str, LeftOut]]:
        """Who left a turn out, and why."""
        return [one for one in self.left_out if one[1].turn.first <= turn <= one[1].turn.last]


def mark_source(
    study: Study, source: Source, turns: TurnRange | None = None, coders: Sequence[str] = ()
) -> MarkedSource:
    """The codings of a source by every coder, or by these; of the machine's suggestions those that still wait.

    A coder who is named shows all that they coded, the machine all that it suggests. StudyError for a coder who
    coded nothing anywhere in the study.
    """
    _require_coders(study, coders)
    turns = turns or TurnRange(1, len(source.turns))
    own = [one for one in passages_of(study) if one.source.id == source.id]
    if coders:
        own = [one for one in own if one.file.coder in coders]
        waiting = {_key(one) for one in own}
    else:
        waiting = {_key(one) for one in find_waiting(study)}
    shown = [
        one for one in own
        if one.coding.status == "accepted" or (one.coding.status == "suggested" and _is_shown(one, waiting))
    ]  # fmt: skip
    placed = [one for one in shown if one.anchor.state in PLACED and one.anchor.span]
    marks = tuple(one for one in _mark(placed) if _inside(one.span, turns))
    unplaced = tuple(one for one in shown if one.anchor.state not in PLACED)
    rejected = tuple(one for one in own if one.coding.status == "rejected")
    left_out = tuple(
        (file.coder, one)
        for file in study.codings
        if file.source == source.id and (not coders or file.coder in coders)
        for one in file.left_out
        if one.turn.first <= turns.last and turns.first <= one.turn.last
    )
    return MarkedSource(source, turns, marks, unplaced, rejected, left_out)


def _is_shown(passage: Passage, waiting: set[_Key]) -> bool:
    """A suggestion by a person always waits; one of the machine's until a person has decided."""
    return passage.file.coder != AUTO or _key(passage) in waiting


def _key(passage: Passage) -> _Key:
    return passage.file.coder, passage.source.id, passage.number


def _mark(passages: Iterable[Passage]) -> Iterator[Mark]:
    """One mark for each run of words, accepted and suggested apart, numbered where they begin."""
    runs: dict[tuple[Span, bool], list[Passage]] = {}
    for passage in passages:
        if passage.anchor.span:
            runs.setdefault((passage.anchor.span, passage.coding.status == "suggested"), []).append(passage)
    ordered = sorted(runs, key=lambda run: (run[0].turn, run[0].start, -run[0].end_turn, -run[0].end, run[1]))
    for number, (span, waiting) in enumerate(ordered, 1):
        codings = sorted(runs[span, waiting], key=lambda one: (one.coding.code, one.file.coder))
        yield Mark(number, span, tuple(codings), waiting)


def _inside(span: Span, turns: TurnRange) -> bool:
    return span.turn <= turns.last and turns.first <= span.end_turn


def _require_coders(study: Study, coders: Sequence[str]) -> None:
    known = sorted({file.coder for file in study.codings})
    problems = [
        Problem(
            Place("codings"), "unknown-coder", f"coder `{coder}` has no codings", did_you_mean(coder, known)
        )
        for coder in coders
        if coder not in known
    ]
    if problems:
        raise StudyError(problems)
