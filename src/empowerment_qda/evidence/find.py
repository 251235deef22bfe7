"""What `qda find` looks for: coded passages that an expression means, and words where they stand.

A passage is a run of words that carries one or more counted codings. A code *holds* at a passage where words with
that code, or a code below it, overlap the passage (or share a turn, or the source, with it: `within`); `not`, `and`
and `or` are those of logic. Of the passages at which the whole expression holds, those are *found* that carry a code
by which it holds: `a and b` finds passages of a and passages of b that overlap, `a and not b` passages of a alone,
and `not a`, which asks for no code, every passage without a.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.evidence.find_expression import (
    And,
    Expression,
    Named,
    Near,
    Not,
    Or,
    parse_expression,
    require_codes,
)
from empowerment_qda.evidence.passages import require_coders
from empowerment_qda.evidence.rows import find_witnesses, gather_evidence, group_rows, in_order
from empowerment_qda.language import CueBook
from empowerment_qda.model.base import When
from empowerment_qda.model.evidence import Evidence, Witness
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

AROUND = 80
"""Characters of the turn kept on each side of words that were looked for."""
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


class Held(NamedTuple):
    """Where an expression holds; of these, which passages carry a code by which it does, and which need none."""

    true: Numbers
    own: Numbers
    free: Numbers


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were looked for, in one turn, the cue, and the words around; the codes on them."""

    source: str
    span: Span
    cue: str
    before: str
    words: str
    after: str
    speaker: str | None
    codes: tuple[str, ...]


def evidence_of(study: Study, coders: Sequence[str] = ()) -> tuple[Evidence, ...]:
    """The evidence that counts, or that of these coders; the machine's is what it suggests."""
    if not coders:
        return gather_evidence(study)[0]
    require_coders(study, coders)
    rows: list[Evidence] = []
    for coder in dict.fromkeys(coders):
        only = study.settings.evidence.model_copy(update={"coders": (coder,)})
        settings = study.settings.model_copy(update={"evidence": only})
        files = tuple(file for file in study.codings if file.coder == coder)
        rows += gather_evidence(replace(study, settings=settings, codings=files))[0]
    return tuple(in_order(rows, study))


def read_expression(text: str, study: Study) -> Expression:
    """An expression of the codes of this study, by id or by a label that no other code has; StudyError where it cannot be read or names another code."""
    expression = parse_expression(text, study.codebook.by_label)
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
        if one.source in admitted and filters.admit_voice(study.by_id[one.source], one.span.turns, study)
    )  # fmt: skip


def gather_passages(evidence: Iterable[Evidence]) -> tuple[CodedPassage, ...]:
    """The passages of the evidence, in its order; the same words are one passage."""
    rows = group_rows(evidence, lambda row: row.passage)
    return tuple(CodedPassage(source, span, tuple(found)) for (source, span), found in rows.items())


def find_coded(
    expression: Expression,
    passages: Sequence[CodedPassage],
    families: Mapping[str, frozenset[str]],
    within: Within = Within.overlap,
) -> tuple[CodedPassage, ...]:
    """The passages that an expression means, in their order; `families` gives a code with those below it."""
    return tuple(passages[number] for number in sorted(Ground(passages, families, within).find(expression)))


class Ground:
    """The passages that an expression is asked of, by number."""

    def __init__(
        self, passages: Sequence[CodedPassage], families: Mapping[str, frozenset[str]], within: Within
    ) -> None:
        self.passages, self.families, self.within = passages, families, within
        self.everything = frozenset(range(len(passages)))
        coded: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for code in passage.codes:
                coded[code].append(number)
        self._coded = {code: frozenset(numbers) for code, numbers in coded.items()}

    def find(self, expression: Expression) -> Numbers:
        """The passages that an expression means."""
        held = self.hold(expression)
        return held.own | held.free

    def hold(self, expression: Expression, negated: bool = False) -> Held:
        """Where an expression, or its negation, holds."""
        match expression:
            case Not(part):
                return self.hold(part, not negated)
            case And(parts) | Or(parts):
                held = [self.hold(part, negated) for part in parts]
                anywhere, everywhere = Held(*map(_unite, *held)), Held(*map(_share, *held))
                if isinstance(expression, And) == negated:
                    return anywhere
                return Held(everywhere.true, everywhere.true & anywhere.own, everywhere.free)
            case _:
                bearers = self._bearers(expression)
                reached = self._meet(self.everything, bearers, self.within)
                if negated:
                    free = self.everything - reached
                    return Held(free, frozenset(), free)
                return Held(reached, bearers, frozenset())

    def _bearers(self, expression: Named | Near) -> Numbers:
        """The passages that carry a code, or belong to a near pair."""
        if isinstance(expression, Named):
            family = self.families.get(expression.code, frozenset({expression.code}))
            return _unite(*(self._coded.get(code, frozenset()) for code in family))
        one, other = self.find(expression.one), self.find(expression.other)
        itself = int(expression.one == expression.other)  # each is near itself, which is no pair
        turns = expression.turns
        return self._meet(one, other, Within.turn, turns, itself) | self._meet(
            other, one, Within.turn, turns, itself
        )

    def _meet(
        self, ones: Numbers, others: Numbers, within: Within, turns: int = 0, more_than: int = 0
    ) -> Numbers:
        """Those of `ones` that share words, a turn or their source with more than so many of the others, which reach so
        many turns farther than they stand."""
        starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number in others:
            start, end = _bounds(self.passages[number].span, within, turns)
            starts[self.passages[number].source].append(start)
            ends[self.passages[number].source].append(end)
        for places in (*starts.values(), *ends.values()):
            places.sort()

        def is_met(number: int) -> bool:
            source = self.passages[number].source
            start, end = _bounds(self.passages[number].span, within)
            begun, over = bisect_left(starts[source], end), bisect_right(ends[source], start)
            return begun - over > more_than

        return frozenset(filter(is_met, ones))


def _unite(*all_: Numbers) -> Numbers:
    return frozenset().union(*all_)


def _share(*all_: Numbers) -> Numbers:
    return frozenset.intersection(*all_)


def _bounds(span: Span, within: Within, turns: int = 0) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where what a passage can share with others begins, and where it has ended."""
    match within:
        case Within.overlap:
            return span[:2], span[2:]
        case Within.turn:
            return (span.turn - turns, 0), (span.end_turn + turns + 1, 0)
        case Within.source:
            return (0, 0), (1, 0)


@dataclass(frozen=True, slots=True)
class Filters:
    """What passages must be like; of one kind any value will do, and every kind must fit.

    `attributes` are pairs of a key and a value of the informant; `since` and `until` are compared with the date of
    the source, which has to overlap them.
    """

    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    informants: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    since: When | None = None
    until: When | None = None

    def admit_source(self, source: Source) -> bool:
        """Whether a source's method and date fit; a source without date fits no date."""
        if self.methods and source.kind not in self.methods:
            return False
        if self.since is None and self.until is None:
            return True
        date = source.date
        return date is not None and (
            (self.since is None or date.last >= self.since.first)
            and (self.until is None or date.first <= self.until.last)
        )

    def admit_voice(self, source: Source, turns: range, study: Study) -> bool:
        """Whether any of those whose words these turns are fits, as far as it is known who they are."""
        if not (self.types or self.groups or self.informants or self.attributes):
            return True
        return any(self._admit(one, study) for one in find_witnesses(source, turns, study))

    def _admit(self, one: Witness, study: Study) -> bool:
        known = study.informants.get(one.id)
        has = known.attributes if known else {}
        fitting = {key for key, value in self.attributes if has.get(key, "").casefold() == value.casefold()}
        asked = ((self.types, one.type), (self.groups, one.group), (self.informants, one.id))
        return fitting.issuperset(key for key, _ in self.attributes) and all(
            not wanted or value in wanted for wanted, value in asked
        )


def require_known(filters: Filters, study: Study) -> None:
    """StudyError that names every value which nothing in the study has."""
    settings = study.settings
    heard = {one if isinstance(one, str) else one.id for source in study.sources for one in source.heard}
    keys = {key for one in study.informants.values() for key in one.attributes}
    methods = {source.kind for source in study.sources}
    problems = [
        *_unknown("type", filters.types, settings.informant_types),
        *_unknown("group", filters.groups, settings.groups),
        *_unknown("method", filters.methods, methods),
        *_unknown("informant", filters.informants, heard),
        *_unknown("attribute", (key for key, _ in filters.attributes), keys),
    ]
    if problems:
        raise StudyError(problems)


def _unknown(kind: str, asked: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    names = sorted(known)
    for one in dict.fromkeys(asked):
        if one not in names:
            message = f"the study has no {kind} `{one}`"
            yield Problem(Place("find"), f"unknown-{kind}", message, did_you_mean(one, names))


def find_hits(
    phrases: Sequence[str],
    study: Study,
    evidence: Iterable[Evidence],
    filters: Filters,
    inside: Sequence[CodedPassage] | None = None,
    *,
    questions: bool = False,
) -> Iterator[Hit]:
    """Every place where one of the phrases stands, read as cues are, in the order of the sources that the filters admit;
    `inside` these passages only, if given.

    What is nobody's testimony (questions, bystanders, what was reconstructed) is passed over unless asked for.
    StudyError where a phrase holds no word.
    """
    sources = [source for source in study.sources if filters.admit_source(source)]
    books = {language: make_book(phrases, language) for language in map(study.language_of, sources)}
    coded: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for row in evidence:
        for number in row.span.turns:
            coded[row.source, number].append(row)
    spans: dict[str, list[Span]] = defaultdict(list)
    for passage in inside or ():
        spans[passage.source].append(passage.span)
    for source in sources:
        for number, turn in enumerate(source.turns, 1):
            admitted = questions or source.counts(number)
            if not admitted or not filters.admit_voice(source, range(number, number + 1), study):
                continue
            for match in books[study.language_of(source)].matches(turn.text):
                span = Span(number, match.start, number, match.end)
                if inside is None or any(map(span.overlaps, spans[source.id])):
                    before, after = _around(turn.text, match.start, match.end)
                    here = (row.code for row in coded[source.id, number] if row.span.overlaps(span))
                    yield Hit(
                        source.id, span, match.cue, before, turn.text[match.start : match.end], after,
                        turn.speaker, tuple(dict.fromkeys(here)),
                    )  # fmt: skip


def make_book(phrases: Sequence[str], language: str) -> CueBook:
    """The phrases as cues of one key, so that overlapping ones count once; StudyError where one holds no word."""
    problems = []
    for phrase in phrases:
        try:
            CueBook([("", phrase, False)], language)
        except ValueError as error:
            problems.append(Problem(Place("find"), "words", str(error),
                                    "Write words, `...` between words for a gap, `=word` for an exact form, `~word` for its family."))  # fmt: skip
    if problems:
        raise StudyError(problems)
    return CueBook([("", phrase, False) for phrase in phrases], language)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after, cut at a space, on one line each; white space at the words is kept as one."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND and " " in before:
        before = before[before.index(" ") :]
    if len(text) > end + AROUND and " " in after:
        after = after[: after.rindex(" ")]
    return _one_line(before).lstrip(), _one_line(after).rstrip()


def _one_line(text: str) -> str:
    """White space as one space, also at the ends."""
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() else ""
    trail = " " if inner and text[-1:].isspace() else ""
    return f"{lead}{inner}{trail}"
