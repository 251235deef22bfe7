"""Where each coding stands: codings joined to the sources they quote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.model.coding import AUTO, Coding, Codings, TurnRange
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study

CONSENSUS = "consensus"
FOLLOWED = re.compile(r"(?:not )?taken over from (?P<from>[^:]+)|(?P<all>[^:]+) agree\b")
"""How the memo of a coding from a reconciliation round begins."""


KEPT = 10_000
"""How many files of codings stay placed."""


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


_PLACED: dict[tuple[int, int], tuple[Passage, ...]] = {}
"""Identity of a file of codings and of its source, both of which never change, to its passages, which keep them alive."""


@lru_cache(maxsize=1)
def passages_of(study: Study) -> tuple[Passage, ...]:
    """Every coding of a study with its place; worked out once, since checks and stages all ask."""
    return tuple(find_passages(study.sources, study.codings))


def find_passages(sources: Iterable[Source], codings: Iterable[Codings]) -> Iterator[Passage]:
    """Every coding whose source exists, with its anchor; in the order of the files.

    A file is placed once: studies that share it, such as the one before and after the machine codes, share its passages.
    """
    by_id = {source.id: source for source in sources}
    texts: dict[str, SourceText] = {}
    for file in codings:
        source = by_id.get(file.source)
        if source is None or not file.codings:
            continue
        placed = _PLACED.get((id(file), id(source)))
        if placed is None:
            text = texts.get(source.id)
            if text is None:
                text = texts[source.id] = SourceText([turn.text for turn in source.turns])
            placed = tuple(
                Passage(coding, file, number, source, find_anchor(text, coding))
                for number, coding in enumerate(file.codings)
            )
            if len(_PLACED) >= KEPT:
                _PLACED.clear()
            _PLACED[id(file), id(source)] = placed
        yield from placed


def find_anchor(text: SourceText, coding: Coding) -> Anchor:
    """Where a coding's words stand now."""
    turns = coding.turn
    return text.find(
        coding.quote,
        turns.first if turns else None,
        turns.last if turns else None,
        coding.occurrence,
        coding.places,
        coding.before,
        coding.after,
    )


def find_unnoted(study: Study) -> Iterator[Passage]:
    """People's codings of words that stand in their source more than once, of which only the turn says which."""
    texts: dict[str, SourceText] = {}
    for passage in passages_of(study):
        if passage.file.coder == AUTO or passage.coding.status == "rejected":
            continue
        if passage.source.id not in texts:
            texts[passage.source.id] = SourceText([turn.text for turn in passage.source.turns])
        if is_unnoted(passage, texts[passage.source.id]):
            yield passage


def is_unnoted(passage: Passage, text: SourceText) -> bool:
    """Whether only its turn tells the words of a coding from others, since nothing around them is noted."""
    coding, span = passage.coding, passage.anchor.span
    if (
        coding.before
        or coding.after
        or not coding.quote.strip()
        or passage.anchor.state != "exact"
        or not span
    ):
        return False
    return "places" in text.make_anchor(span)


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
    for passage in passages_of(study):
        own = coder is None or passage.file.coder in (coder, AUTO)
        if own and passage.anchor.span and passage.coding.status != "suggested":
            decided[passage.source.id, passage.coding.code].append(passage.anchor.span)
    for passage in passages_of(study):
        if passage.file.coder == AUTO and passage.coding.status == "suggested":
            span, others = passage.anchor.span, decided[passage.source.id, passage.coding.code]
            if not span or not any(overlap(span, other) for other in others):
                yield passage


def overlap(one: Span, other: Span) -> bool:
    """Whether two passages of a source have words in common."""
    return (one.turn, one.start) < (other.end_turn, other.end) and (other.turn, other.start) < (
        one.end_turn,
        one.end,
    )
