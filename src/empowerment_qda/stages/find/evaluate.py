"""Which coded passages an expression means.

A passage is a run of words that carries one or more counted codings. A code *holds* at a passage where words with
that code, or a code below it, overlap the passage (or share a turn, or the source, with it: `within`); `not`, `and`
and `or` are those of logic. Of the passages at which the whole expression holds, those are *found* that carry a code
by which it holds: `a and b` finds passages of a and passages of b that overlap, `a and not b` passages of a alone,
and `not a`, which asks for no code, every passage without a.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.span import Span
from empowerment_qda.stages.find.expression import And, Expression, Named, Near, Not, Or

Numbers = frozenset[int]


class Within(StrEnum):
    """How close words must be to count as one place."""

    overlap = "overlap"
    turn = "turn"
    source = "source"


@dataclass(frozen=True)
class CodedPassage:
    """Words of a source with the counted codings that stand on exactly these words."""

    source: str
    span: Span
    rows: tuple[Evidence, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Its codes, each once."""
        return tuple(dict.fromkeys(row.code for row in self.rows))

    @property
    def turns(self) -> range:
        """Its turns, from 1."""
        return range(self.span.turn, self.span.end_turn + 1)


class Held(NamedTuple):
    """Where an expression holds; of these, which passages carry a code by which it does, and which need none."""

    true: Numbers
    own: Numbers
    free: Numbers


def gather_passages(evidence: Iterable[Evidence]) -> tuple[CodedPassage, ...]:
    """The passages of the evidence, in its order; the same words are one passage."""
    rows: dict[tuple[str, Span], list[Evidence]] = {}
    for row in evidence:
        rows.setdefault(row.passage, []).append(row)
    return tuple(CodedPassage(source, span, tuple(found)) for (source, span), found in rows.items())


def find_coded(
    expression: Expression,
    passages: Sequence[CodedPassage],
    families: Mapping[str, frozenset[str]],
    within: Within = Within.overlap,
) -> tuple[CodedPassage, ...]:
    """The passages that an expression means, in their order; `families` gives a code with those below it."""
    held = Ground(passages, families, within).hold(expression)
    return tuple(passages[number] for number in sorted(held.own | held.free))


class Ground:
    """The passages that an expression is asked of, by number."""

    def __init__(
        self, passages: Sequence[CodedPassage], families: Mapping[str, frozenset[str]], within: Within
    ) -> None:
        self.passages, self.families, self.within = passages, families, within
        self.everything = frozenset(range(len(passages)))
        self._coded: dict[str, set[int]] = defaultdict(set)
        for number, passage in enumerate(passages):
            for code in passage.codes:
                self._coded[code].add(number)

    def hold(self, expression: Expression, negated: bool = False) -> Held:
        """Where an expression, or its negation, holds."""
        match expression:
            case Not(part):
                return self.hold(part, not negated)
            case And(parts) | Or(parts):
                held = [self.hold(part, negated) for part in parts]
                return _all(held) if isinstance(expression, And) != negated else _any(held)
            case _:
                bearers = self._bearers(expression)
                if negated:
                    free = self.everything - self.reach(bearers)
                    return Held(free, frozenset(), free)
                return Held(self.reach(bearers), bearers, frozenset())

    def _bearers(self, expression: Named | Near) -> Numbers:
        """The passages that carry a code, or belong to a near pair."""
        if isinstance(expression, Named):
            family = self.families.get(expression.code, frozenset({expression.code}))
            return frozenset().union(*(self._coded.get(code, set()) for code in family))
        one, other = self._found(expression.one), self._found(expression.other)
        apart = expression.one == expression.other
        return frozenset(
            self._near(one, other, expression.turns, apart) | self._near(other, one, expression.turns, apart)
        )

    def _found(self, expression: Expression) -> Numbers:
        held = self.hold(expression)
        return held.own | held.free

    def _near(self, ones: Numbers, others: Numbers, turns: int, apart: bool) -> set[int]:
        """Those of `ones` with one of the others (not itself, where `apart`) at most so many turns away."""
        by_source: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number in others:
            for turn in self.passages[number].turns:
                by_source[self.passages[number].source][turn].add(number)
        found = set()
        for number in ones:
            passage = self.passages[number]
            at = by_source.get(passage.source, {})
            first, last = passage.span.turn - turns, passage.span.end_turn + turns
            reached = (
                range(first, last + 1) if last - first < len(at) else (t for t in at if first <= t <= last)
            )
            if any(at.get(turn, set()) - ({number} if apart else set()) for turn in reached):
                found.add(number)
        return found

    def reach(self, bearers: Numbers) -> Numbers:
        """The passages that share words (or a turn, or their source) with one of the bearers."""
        if self.within is Within.source:
            sources = {self.passages[number].source for number in bearers}
            return frozenset(n for n in self.everything if self.passages[n].source in sources)
        if self.within is Within.turn:
            turns = {(self.passages[n].source, turn) for n in bearers for turn in self.passages[n].turns}
            return frozenset(
                n
                for n in self.everything
                if any((self.passages[n].source, t) in turns for t in self.passages[n].turns)
            )
        spans: dict[str, list[Span]] = defaultdict(list)
        for number in bearers:
            spans[self.passages[number].source].append(self.passages[number].span)
        reaches = {source: _Reach(found) for source, found in spans.items()}
        return frozenset(
            n for n in self.everything
            if (one := self.passages[n]).source in reaches and reaches[one.source].touches(one.span)
        )  # fmt: skip


class _Reach:
    """Spans of one source, so ordered that one look tells whether another span overlaps any of them."""

    def __init__(self, spans: list[Span]) -> None:
        spans.sort()
        self._starts = [(span.turn, span.start) for span in spans]
        self._ends = list(accumulate(((span.end_turn, span.end) for span in spans), max))

    def touches(self, span: Span) -> bool:
        """Whether one that begins before the end of the span ends after its beginning."""
        before = bisect_left(self._starts, (span.end_turn, span.end))
        return before > 0 and self._ends[before - 1] > (span.turn, span.start)


def _all(held: Sequence[Held]) -> Held:
    true = frozenset.intersection(*(one.true for one in held))
    own = true & frozenset().union(*(one.own for one in held))
    return Held(true, own, frozenset.intersection(*(one.free for one in held)))


def _any(held: Sequence[Held]) -> Held:
    return Held(*(frozenset().union(*found) for found in zip(*held, strict=True)))
