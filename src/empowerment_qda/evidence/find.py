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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from empowerment_qda.evidence.find_expression import (
    And,
    Expression,
    Named,
    Near,
    Not,
    Or,
    format_expression,
    parse_expression,
    require_codes,
)
from empowerment_qda.evidence.find_words import Filters, Hit, find_words, require_known
from empowerment_qda.evidence.passages import overlap
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

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


__all__ = [
    "CodedPassage",
    "Expression",
    "Filters",
    "Hit",
    "Within",
    "evidence_of",
    "find_hits",
    "find_passages",
    "format_expression",
    "parse_expression",
    "read_expression",
    "require_known",
]


def evidence_of(study: Study, coders: Sequence[str] = ()) -> tuple[Evidence, ...]:
    """The evidence that counts, or that of these coders; the machine's is what it suggests."""
    if not coders:
        return gather_evidence(study)[0]
    known = sorted({file.coder for file in study.codings})
    for coder in coders:
        if coder not in known:
            message = f"coder `{coder}` has no codings"
            raise StudyError(
                [Problem(Place("codings"), "unknown-coder", message, did_you_mean(coder, known))]
            )
    rules = study.settings.evidence
    rows: list[Evidence] = []
    for coder in dict.fromkeys(coders):
        only = rules.model_copy(update={"coders": (coder,)})
        settings = study.settings.model_copy(update={"evidence": only})
        files = tuple(file for file in study.codings if file.coder == coder)
        rows += gather_evidence(replace(study, settings=settings, codings=files))[0]
    order = {source.id: number for number, source in enumerate(study.sources)}
    return tuple(sorted(rows, key=lambda row: (order[row.source], *row.passage[1], row.code, row.coder)))


def read_expression(text: str, study: Study) -> Expression:
    """An expression of the codes of this study; StudyError where it cannot be read or names another code."""
    expression = parse_expression(text)
    require_codes(expression, text, study.codebook.places)
    return expression


def find_passages(
    expression: Expression,
    study: Study,
    evidence: Iterable[Evidence],
    filters: Filters,
    within: Within = Within.overlap,
) -> tuple[CodedPassage, ...]:
    """The passages that an expression means, and of these the ones that the filters admit."""
    found = find_coded(expression, gather_passages(evidence), study.codebook.families, within)
    admitted = {source.id for source in study.sources if filters.admit_source(source)}
    return tuple(
        one for one in found
        if one.source in admitted and filters.admit_voice(study.by_id[one.source], one.turns, study)
    )  # fmt: skip


def find_hits(
    phrases: Sequence[str],
    study: Study,
    evidence: Sequence[Evidence],
    filters: Filters,
    inside: Sequence[CodedPassage] | None = None,
    *,
    questions: bool = False,
) -> Iterator[Hit]:
    """Where the phrases stand, in the sources that the filters admit; `inside` these passages only, if given."""
    spans: dict[str, list[CodedPassage]] = {}
    for passage in inside or ():
        spans.setdefault(passage.source, []).append(passage)
    sources = [source for source in study.sources if filters.admit_source(source)]
    for hit in find_words(phrases, sources, study, evidence, questions=questions):
        if inside is not None and not any(overlap(hit.span, one.span) for one in spans.get(hit.source, ())):
            continue
        if filters.admit_voice(study.by_id[hit.source], range(hit.turn, hit.turn + 1), study):
            yield hit
