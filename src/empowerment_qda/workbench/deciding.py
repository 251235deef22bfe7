"""What is decided in a reconciliation round, as actions: codings taken over from other coders, or rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from empowerment_qda.desk import Action, Add, Reject, Remove
from empowerment_qda.desk.actions import Remark
from empowerment_qda.evidence import PLACED
from empowerment_qda.folder.desk import Desk
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.span import Span
from empowerment_qda.passages import make_coding, overlap
from empowerment_qda.stages.agree import Spot
from empowerment_qda.workbench.margin import part_of


def covers(span: Span, turn: int) -> bool:
    """Whether a passage stands in a turn."""
    return span.turn <= turn <= span.end_turn


class Own:
    """What the coder of the round has in a source so far."""

    def __init__(self, desk: Desk, source: str) -> None:
        self._desk, self._source = desk, source
        self.codings = [
            (one.coding, one.anchor.span)
            for one in desk.passages(source)
            if one.anchor.span and one.anchor.state in PLACED and one.coding.status != "suggested"
        ]

    def decided(self, turn: int) -> set[str]:
        """The codes that were accepted or rejected in a turn."""
        return {coding.code for coding, span in self.codings if covers(span, turn)}

    def take(self, turn: int, coding: Coding, span: Span, origin: str) -> Iterator[Action]:
        """Another's coding as one's own, with all that is noted on it; nothing, where the turn has the code."""
        same = [(own, at) for own, at in self.codings if own.code == coding.code]
        if any(own.status == "accepted" and covers(at, turn) for own, at in same):
            return
        for own, at in same:
            if own.status == "rejected" and (covers(at, turn) or overlap(at, span)):
                yield Remove(self._source, own)
        yield Add(self._source, span, coding.code, remarks=_remarks(coding, origin))

    def decline(self, turn: int, coding: Coding, span: Span, origin: str) -> Iterator[Action]:
        """The code rejected in this turn and no other."""
        same = [(own, at) for own, at in self.codings if own.code == coding.code and covers(at, turn)]
        rejected = any(own.status == "rejected" for own, _ in same)
        for own, at in same:
            if own.status == "accepted" and at.turn == at.end_turn:
                rejected = True
                yield Reject(self._source, own)
            elif own.status == "accepted":
                yield Remove(self._source, own)
        if not rejected:
            keys: dict[str, Any] = {"code": coding.code, "strength": coding.strength, "memo": origin}
            text, part = self._desk.text(self._source), self._clip(span, turn)
            yield Reject(self._source, make_coding(text, part, status="suggested", **keys))

    def _clip(self, span: Span, turn: int) -> Span:
        """The part of a passage that stands in a turn; the whole turn, where that part has no words."""
        text = self._desk.study.by_id[self._source].turns[turn - 1].text
        start, end = part_of(span, turn, len(text))
        return Span(turn, start, turn, end) if text[start:end].strip() else Span(turn, 0, turn, len(text))


def plan_taking(spot: Spot, number: int, coders: Sequence[str], own: Own) -> list[Action]:
    """A coder's codings of the place, and no to what is disputed there and not theirs."""
    actions: list[Action] = []
    for mark in spot.marks:
        if mark.coder == number and mark.passage.anchor.span:
            origin = f"taken over from {coders[number]}"
            actions += own.take(spot.turn, mark.passage.coding, mark.passage.anchor.span, origin)
    theirs = spot.given[number] or frozenset()
    return unique([*actions, *plan_declining(spot, spot.disputed - theirs, coders, own)])


def plan_declining(spot: Spot, codes: Iterable[str], coders: Sequence[str], own: Own) -> list[Action]:
    """No to these codes in the place."""
    actions: list[Action] = []
    for code in sorted(codes):
        mark = next(one for one in spot.marks if one.code == code)
        span, gave = mark.passage.anchor.span, list_words([coders[one] for one in givers(spot, code)], "en")
        if span:
            actions += own.decline(spot.turn, mark.passage.coding, span, f"not taken over from {gave}")
    return actions


def plan_agreed(spots: Sequence[Spot], coders: Sequence[str], own: Own) -> tuple[list[Action], int]:
    """What all coders gave in one source, in the words of the first of them; and how much of it has to wait, because
    every passage reaches into a turn where the code is disputed."""
    disputed = {(spot.turn, code) for spot in spots for code in spot.disputed}
    origin = f"{list_words(coders, 'en')} agree"
    actions: list[Action] = []
    done: set[tuple[int, str]] = set()
    waiting = 0
    for spot in spots:
        decided = own.decided(spot.turn)
        for code in sorted(spot.agreed - decided):
            if (spot.turn, code) in done:
                continue
            passages = _free(spot, code, disputed)
            waiting += not passages
            for coding, span in passages:
                done |= {(turn, code) for turn in range(span.turn, span.end_turn + 1)}
                actions += own.take(spot.turn, coding, span, origin)
    return unique(actions), waiting


def _free(spot: Spot, code: str, disputed: set[tuple[int, str]]) -> list[tuple[Coding, Span]]:
    """A coder's passages that stand on no turn where their code is disputed, of the first coder with any."""
    for number in range(len(spot.given)):
        found = [
            (one.passage.coding, span)
            for one in spot.marks
            if one.coder == number and one.code == code and (span := one.passage.anchor.span)
        ]
        free = [
            (coding, span)
            for coding, span in found
            if not any((turn, code) in disputed for turn in range(span.turn, span.end_turn + 1))
        ]
        if free:
            return free
    return []


def givers(spot: Spot, code: str) -> list[int]:
    """The numbers of those who gave the code."""
    return [number for number, codes in enumerate(spot.given) if codes and code in codes]


def unique(actions: Iterable[Action]) -> list[Action]:
    """The actions without those that would do the same again."""
    kept: list[Action] = []
    seen: set[tuple[object, ...]] = set()
    for one in actions:
        key = (one.span, one.code) if isinstance(one, Add) else (type(one), getattr(one, "coding", None))
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _remarks(coding: Coding, origin: str) -> dict[Remark, str]:
    """What is noted on a coding, its memo after where it comes from."""
    noted: dict[Remark, str] = {"memo": f"{origin}: {coding.memo}" if coding.memo else origin}
    if coding.strength == "inferred":
        noted["strength"] = coding.strength
    if coding.event_date:
        noted["event_date"] = str(coding.event_date)
    if coding.direction_note:
        noted["direction_note"] = coding.direction_note
    return noted
