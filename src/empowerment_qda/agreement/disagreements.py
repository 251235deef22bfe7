"""Where coders gave different codes: the list to talk over, turn by turn, and the table of codes against codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from empowerment_qda.agreement.units import Codes, Mark, Unit, unitize
from empowerment_qda.evidence.rows import show_words
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study

Pair = tuple[str, str]
CodePair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder gave where another gave something else: a code with its quotations, or no code."""

    coder: str
    code: str | None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two coders, one unit, two codes (or one and none).

    `turn`, `start`, `end_turn`, `end` and `text` place the unit in its source; a row of a table has none of them. `units`
    is 1, or the number of characters.
    """

    source: str
    sides: tuple[Side, Side]
    turn: int | None = None
    start: int | None = None
    end_turn: int | None = None
    end: int | None = None
    text: str = ""
    units: int = 1

    @property
    def ref(self) -> str:
        """Such as KS-01#2 or KS-01#2-3; the name of the unit where there are no turns."""
        last = f"-{self.end_turn}" if self.end_turn != self.turn else ""
        return f"{self.source}#{self.turn}{last}" if self.turn else self.source

    @property
    def coders(self) -> Pair:
        """Whose codes they are, in the order of `sides`."""
        return self.sides[0].coder, self.sides[1].coder

    @property
    def codes(self) -> CodePair:
        """The code of each; None for no code."""
        return self.sides[0].code, self.sides[1].code


@dataclass(frozen=True, slots=True)
class CodedTurn:
    """An answer, the codes that each coder gave it (None: has not coded the source), and their passages."""

    source: str
    turn: int
    given: tuple[Codes | None, ...]
    marks: tuple[Mark, ...]

    @property
    def agreed(self) -> Codes:
        """The codes that all of them gave."""
        return frozenset.intersection(*self._rated)

    @property
    def disputed(self) -> Codes:
        """The codes that some of them gave and some did not."""
        return frozenset.union(*self._rated) - self.agreed

    @property
    def _rated(self) -> list[Codes]:
        return [codes for codes in self.given if codes is not None]


def withhold(found: Iterable[Disagreement], study: Study) -> Iterator[Disagreement]:
    """The same for readers who are no coders: what says so stands in place of words whose speakers did not agree to be quoted."""
    for one in found:
        source = study.by_id[one.source]
        turns = range(one.turn, (one.end_turn or one.turn) + 1) if one.turn else None
        own = "\n".join(source.turns[turn - 1].text for turn in turns or ())

        def show(side: Side, source: Source = source, turns: range | None = turns, own: str = own) -> Side:
            # A passage that is longer than the unit may be others' words too.
            shown = (show_words(one, source, turns if one in own else None, study) for one in side.quotes)
            return replace(side, quotes=tuple(dict.fromkeys(shown)))

        yield replace(
            one,
            sides=(show(one.sides[0]), show(one.sides[1])),
            text=show_words(one.text, source, turns, study),
        )


def find_coded_turns(study: Study, coders: Sequence[str]) -> Iterator[CodedTurn]:
    """The answers that two of the coders or more rated, with a code from anybody, in the order of the study; those with
    disputed codes are the turns of `agree_coders`' disagreements. StudyError for an unknown coder."""
    for unit in unitize(study, coders, "turn", "code").units:
        if len(coders) - unit.given.count(None) > 1 and any(unit.given):
            turn, _ = unit.answers.turn_of(unit.start)
            yield CodedTurn(unit.answers.source.id, turn, unit.given, unit.marks)


def pair_codes(one: Codes, other: Codes) -> Iterator[CodePair]:
    """The codes of one coder against those of another: the same, each against each of the rest, or against none.

    >>> list(pair_codes(frozenset("xy"), frozenset("yz"))), list(pair_codes(frozenset("x"), frozenset()))
    ([('y', 'y'), ('x', 'z')], [('x', None)])
    """
    yield from ((code, code) for code in sorted(one & other))
    alone: Sequence[str | None] = sorted(one - other)
    other_alone: Sequence[str | None] = sorted(other - one)
    if alone or other_alone:
        yield from ((left, right) for left in alone or [None] for right in other_alone or [None])


def pair_coders(given: Sequence[Codes | None]) -> Iterator[tuple[tuple[int, int], CodePair]]:
    """The codes of each two coders of a unit against each other, with the numbers of the two (0-based)."""
    for one, other in combinations(range(len(given)), 2):
        own, its = given[one], given[other]
        if own is not None and its is not None:
            yield from (((one, other), codes) for codes in pair_codes(own, its))


def count_confusion(
    rated: Iterable[tuple[Sequence[Codes | None], int]], coders: Sequence[str]
) -> dict[Pair, Counter[CodePair]]:
    """For each two coders how many units got each pair of codes, from (codes per coder, weight)."""
    found: dict[Pair, Counter[CodePair]] = {pair: Counter() for pair in combinations(coders, 2)}
    for given, weight in rated:
        for (one, other), codes in pair_coders(given):
            found[coders[one], coders[other]][codes] += weight
    return found


def list_disagreements(units: Iterable[Unit], coders: Sequence[str]) -> Iterator[Disagreement]:
    """Every pair of different codes in every unit, with both quotations."""
    for unit in units:
        place = unit.answers.span_of(unit.start, unit.end)
        text = unit.answers.words(unit.start, unit.end)
        for (one, other), (code, other_code) in pair_coders(unit.given):
            if code != other_code:
                sides = _side(unit, coders, one, code), _side(unit, coders, other, other_code)
                yield Disagreement(unit.answers.source.id, sides, *place, text, unit.weight)


def _side(unit: Unit, coders: Sequence[str], coder: int, code: str | None) -> Side:
    source = unit.answers.source
    quotes = (
        source.quote(mark.passage.anchor.span)
        for mark in unit.marks
        if mark.coder == coder and mark.code == code and mark.passage.anchor.span
    )
    return Side(coders[coder], code, tuple(dict.fromkeys(quotes)))


def join_stretches(disagreements: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Neighbouring stretches of characters about the same quotations, as one disagreement over their length."""
    waiting: dict[tuple[str, int | None, tuple[Side, Side]], Disagreement] = {}
    for one in disagreements:
        key = (one.source, one.turn, one.sides)
        before = waiting.get(key)
        if before and before.end == one.start:
            waiting[key] = replace(
                before, end=one.end, text=before.text + one.text, units=before.units + one.units
            )
        else:
            if before:
                yield before
            waiting[key] = one
    yield from waiting.values()


def sort_disagreements(
    disagreements: Iterable[Disagreement], codes: Sequence[str], sources: Sequence[str]
) -> tuple[Disagreement, ...]:
    """By pair of codes as in the codebook, no code last; then by place and coders."""
    ranks: dict[str | None, int] = {code: rank for rank, code in enumerate([*codes, None])}
    order = {source: number for number, source in enumerate(sources)}

    def place(one: Disagreement) -> tuple[Any, ...]:
        return (
            [ranks[code] for code in one.codes],
            order[one.source],
            one.turn or 0,
            one.start or 0,
            one.coders,
        )

    return tuple(sorted(disagreements, key=place))
