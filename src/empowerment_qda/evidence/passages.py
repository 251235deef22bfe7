"""Where codings stand: each joined to the source that it quotes; and a source with the marks of its codings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.model.coding import AUTO, Coding, Codings, LeftOut
from empowerment_qda.model.source import Source, Span, TurnRange
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

CONSENSUS = "consensus"
FOLLOWED = re.compile(r"(?:not )?taken over from (?P<from>[^:]+)|(?P<all>[^:]+) agree\b")
"""How the memo of a coding from a reconciliation round begins."""
KEPT = 10_000
"""How many sources stay indexed, and how many files of codings placed."""
P = ParamSpec("P")
R = TypeVar("R")


class Passage(NamedTuple):
    """A coding, the file it stands in with its number there (0-based), its source, and its anchor."""

    coding: Coding
    file: Codings
    number: int
    source: Source
    anchor: Anchor

    @property
    def id(self) -> str:
        """The coding's id; for one without, coder, source and number (1-based), such as first:KS-01:3."""
        return self.coding.id or f"{self.file.coder}:{self.file.source}:{self.number + 1}"


def keep(make: Callable[P, R]) -> Callable[P, R]:
    """Do once what is made of nouns of a study. They never change, so they are known again by identity, which reads
    none of their text; what is kept keeps them alive."""
    kept: dict[tuple[int, ...], tuple[object, R]] = {}

    @wraps(make)
    def once(*nouns: P.args, **none: P.kwargs) -> R:
        key = tuple(map(id, nouns))
        if key not in kept:
            if len(kept) >= KEPT:
                kept.clear()
            kept[key] = nouns, make(*nouns, **none)
        return kept[key][1]

    return once


@keep
def text_of(source: Source) -> SourceText:
    """The words of a source, ready to find quotes in."""
    return SourceText(turn.text for turn in source.turns)


@keep
def _place(file: Codings, source: Source) -> tuple[Passage, ...]:
    """The codings of a file with their anchors. Studies that share it, such as the one before and after the machine
    codes, share its passages."""
    return tuple(
        Passage(coding, file, number, source, find_anchor(text_of(source), coding))
        for number, coding in enumerate(file.codings)
    )


@lru_cache(maxsize=1)
def passages_of(study: Study) -> tuple[Passage, ...]:
    """Every coding of a study with its place."""
    return tuple(find_passages(study.sources, study.codings))


def find_passages(sources: Iterable[Source], codings: Iterable[Codings]) -> Iterator[Passage]:
    """Every coding whose source exists, with its anchor; in the order of the files."""
    by_id = {source.id: source for source in sources}
    for file in codings:
        if file.source in by_id:
            yield from _place(file, by_id[file.source])


def find_anchor(text: SourceText, coding: Coding) -> Anchor:
    """Where a coding's words stand now."""
    first, last = coding.turn or (None, None)
    return text.find(coding.quote, first, last, coding.occurrence, coding.places, coding.before, coding.after)


def find_unnoted(study: Study) -> Iterator[Passage]:
    """People's codings of words that stand in their source more than once, of which only the turn says which."""
    for passage in passages_of(study):
        decided = passage.file.coder != AUTO and passage.coding.status != "rejected"
        if decided and is_unnoted(passage, text_of(passage.source)):
            yield passage


def is_unnoted(passage: Passage, text: SourceText) -> bool:
    """Whether only its turn tells the words of a coding from others, since nothing around them is noted."""
    coding, anchor = passage.coding, passage.anchor
    noted = coding.before or coding.after or not coding.quote.strip() or anchor.state != "exact"
    return not noted and anchor.span is not None and "places" in text.make_anchor(anchor.span)


def anchor_keys(text: SourceText, span: Span, *, around: bool = True) -> dict[str, Any]:
    """All keys of a coding that lead to a passage; ValueError where it has no words. `around`: see make_anchor."""
    unset = {"occurrence": None, "places": None, "before": "", "after": ""}
    keys: dict[str, Any] = {**unset, **text.make_anchor(span, around=around)}
    last = keys.pop("end_turn", keys["turn"])
    return keys | {"turn": TurnRange(keys["turn"], last)}


def make_coding(text: SourceText, span: Span, *, around: bool = True, **fields: Any) -> Coding:
    """A coding of the words of a span, with all that is needed to find them again."""
    return Coding(**anchor_keys(text, span, around=around), **fields)


def makers_of(study: Study, coder: str) -> frozenset[str]:
    """Those whose codings a coder decided on in a reconciliation round, by the memos of the decisions; all the others of a
    coder called `consensus`."""
    others = {file.coder for file in study.codings} - {coder, AUTO}
    if coder == CONSENSUS:
        return frozenset(others)
    memos = (
        FOLLOWED.match(one.memo or "")
        for file in study.codings
        if file.coder == coder
        for one in file.codings
    )
    named = {memo["from"] or memo["all"] for memo in memos if memo}
    return frozenset(others.intersection(name for names in named for name in re.split(r", | and ", names)))


def group_copies(codings: Mapping[str, frozenset[Any]]) -> list[list[str]]:
    """Coders in groups with the very same codings, in the order given: equal to the last character throughout, they are
    taken for copies. Those without any are left out."""
    groups: dict[frozenset[Any], list[str]] = {}
    for coder, own in codings.items():
        if own:
            groups.setdefault(own, []).append(coder)
    return list(groups.values())


def find_waiting(study: Study, coder: str | None = None) -> Iterator[Passage]:
    """The machine's suggestions on which this coder, or without one nobody, has decided: no coding of that code, accepted
    or rejected, overlaps their words. What others decided is no decision of a coder's (independent coding)."""
    decided: dict[tuple[str, str], list[Span]] = defaultdict(list)
    suggested = []
    for passage in passages_of(study):
        by_machine, span = passage.file.coder == AUTO, passage.anchor.span
        if passage.coding.status == "suggested":
            suggested += [passage] * by_machine
        elif span and (coder is None or by_machine or passage.file.coder == coder):
            decided[passage.source.id, passage.coding.code].append(span)
    for passage in suggested:
        others, span = decided[passage.source.id, passage.coding.code], passage.anchor.span
        if not span or not any(span.overlaps(other) for other in others):
            yield passage


def require_coders(study: Study, coders: Iterable[str]) -> None:
    """StudyError that names every one of these coders who coded nothing anywhere in the study."""
    known = sorted({file.coder for file in study.codings})
    problems = [
        Problem(Place("codings"), "unknown-coder", f"coder `{one}` has no codings", did_you_mean(one, known))
        for one in coders
        if one not in known
    ]
    if problems:
        raise StudyError(problems)


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
        return [one for one in self.left_out if turn in one[1].turn.numbers]


def mark_source(
    study: Study, source: Source, turns: TurnRange | None = None, coders: Sequence[str] = ()
) -> MarkedSource:
    """The codings of a source by every coder, or by these; of the machine's suggestions those that still wait.

    A coder who is named shows all that they coded, the machine all that it suggests. StudyError for a coder who
    coded nothing anywhere in the study.
    """
    require_coders(study, coders)
    turns = turns or TurnRange(1, len(source.turns))
    own = [one for one in passages_of(study) if one.source.id == source.id]
    if coders:
        own = [one for one in own if one.file.coder in coders]
    # A suggestion by a person always waits; one of the machine's until a person has decided.
    waiting = set(map(id, own if coders else find_waiting(study)))
    shown = [
        one
        for one in own
        if one.coding.status == "accepted"
        or (one.coding.status == "suggested" and (one.file.coder != AUTO or id(one) in waiting))
    ]
    left_out = (
        (file.coder, one)
        for file in study.codings
        if file.source == source.id and (not coders or file.coder in coders)
        for one in file.left_out
    )
    return MarkedSource(
        source,
        turns,
        tuple(one for one in _mark(shown) if TurnRange(one.span.turn, one.span.end_turn).overlaps(turns)),
        unplaced=tuple(one for one in shown if not one.anchor.span),
        rejected=tuple(one for one in own if one.coding.status == "rejected"),
        left_out=tuple((coder, one) for coder, one in left_out if one.turn.overlaps(turns)),
    )


def _mark(passages: Iterable[Passage]) -> Iterator[Mark]:
    """One mark for each run of words, accepted and suggested apart, numbered where they begin."""
    runs: dict[tuple[Span, bool], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.anchor.span:
            runs[passage.anchor.span, passage.coding.status == "suggested"].append(passage)
    ordered = sorted(runs, key=lambda run: (run[0].turn, run[0].start, -run[0].end_turn, -run[0].end, run[1]))
    for number, (span, waiting) in enumerate(ordered, 1):
        codings = sorted(runs[span, waiting], key=lambda one: (one.coding.code, one.file.coder))
        yield Mark(number, span, tuple(codings), waiting)
