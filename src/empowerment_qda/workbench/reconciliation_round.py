"""A reconciliation round: a coder goes through what others disagree on and decides; each decision is their coding. No
screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from empowerment_qda.agreement.disagreements import CodedTurn, find_coded_turns
from empowerment_qda.coding import Action, Add, Entry, Reject, Remove, describe, name_consequences
from empowerment_qda.coding.actions import Remark
from empowerment_qda.evidence.passages import Passage, make_coding
from empowerment_qda.evidence.rows import counts
from empowerment_qda.files.edit import Desk
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import AUTO, Coding
from empowerment_qda.model.source import Source, Span
from empowerment_qda.workbench.layout import part_of
from empowerment_qda.workbench.session import Session, ShownCoding, State


class Round(Session):
    """A session among the codings of `coders`; a disagreement is settled when each code that is disputed in the turn
    was accepted or rejected there. StudyError for an unknown coder."""

    def __init__(self, desk: Desk, sources: Sequence[Source], coders: Sequence[str]) -> None:
        self.coders = tuple(coders)
        self._decisions = cache(lambda source: Decisions(desk, source))
        self._compare(desk, sources)
        super().__init__(desk, sources, others=True)

    def _compare(self, desk: Desk, sources: Sequence[Source]) -> None:
        units: dict[str, list[CodedTurn]] = {source.id: [] for source in sources}
        for unit in find_coded_turns(desk.study, self.coders):
            if unit.source in units:
                units[unit.source].append(unit)
        self.units = units
        self.disagreements = tuple(one for each in units.values() for one in each if one.disputed)

    def _take_sources(self) -> None:
        self._compare(self.desk, self.desk.study.sources)
        super()._take_sources()
        self._compare(self.desk, self.sources)

    def _is_before_coder(self, path: str) -> bool:
        return super()._is_before_coder(path) or path.split("/")[1:2] in ([one] for one in self.coders)

    def take_up(self) -> None:
        """Look at the codings of the source anew."""
        self._decisions.cache_clear()
        super().take_up()

    def _passages_of(self, source: Source) -> list[Passage]:
        """One's own, and of the coders what counts; nobody else's, and no suggestions."""
        passages = list(self.desk.passages(source.id))
        for file in self.desk.study.codings:
            if self.others and file.source == source.id and file.coder in self.coders:
                only = file.coder == AUTO
                passages += [one for one in self.desk.place(file) if counts(one.coding, only_auto=only)]
        return passages

    def _state(self, passage: Passage) -> State:
        return passage.coding.status if self._is_own(passage) else "other"

    # Where it stands.

    def open_codes(self, unit: CodedTurn) -> list[str]:
        """The disputed codes on which nothing was decided yet."""
        return sorted(unit.disputed - self._decisions(unit.source).decided(unit.turn))

    @property
    def settled(self) -> int:
        """How many disagreements are settled."""
        return sum(not self.open_codes(one) for one in self.disagreements)

    def unit_at(self, turn: int) -> CodedTurn | None:
        """What the coders gave in a turn of the source; None where none of them gave anything."""
        return next((one for one in self.units[self.source.id] if one.turn == turn), None)

    def next_unit(self, turn: int, by: int, still_open: bool = False) -> CodedTurn | None:
        """The disagreement after (by 1) or before (by -1) a turn of the source, round and round."""
        order = {source.id: number for number, source in enumerate(self.sources)}
        listed = [one for one in self.disagreements if not still_open or self.open_codes(one)]
        if not listed:
            return None
        places = [(order[one.source], one.turn) for one in listed]
        at = bisect_right(places, (self.at, turn)) if by > 0 else bisect_left(places, (self.at, turn)) - 1
        return listed[at % len(listed)]

    # What is done.

    def take(self, unit: CodedTurn, number: int) -> str:
        """A coder's codings of the place become one's own, other codes that are disputed there are rejected."""
        coder, theirs, own = self.coders[number], unit.given[number], self._decisions(unit.source)
        if theirs is None:
            return f"{coder} has not coded {unit.source}."
        actions: list[Action] = []
        for coding, span in passages_of(unit, number):
            actions += own.take(unit.turn, coding, span, f"taken over from {coder}")
        actions += self._plan_declining(unit, unit.disputed - theirs)
        return self._act_all(unique(actions), f"{unit.source}#{unit.turn} as {coder} has it")

    def take_none(self, unit: CodedTurn) -> str:
        """What is disputed in the place and not decided on is rejected."""
        left = self.open_codes(unit)
        said = f"{unit.source}#{unit.turn}: rejected {', '.join(left)}"
        return self._act_all(self._plan_declining(unit, left), said)

    def take_one(self, shown: ShownCoding) -> str:
        """Another coder's coding becomes one's own."""
        own, origin = self._decisions(self.source.id), f"taken over from {shown.coder}"
        return self._act_all(list(own.take(shown.span.turn, shown.coding, shown.span, origin)))

    def decline_one(self, shown: ShownCoding, turn: int) -> str:
        """Another coder's coding is rejected in a turn."""
        unit, own = self.unit_at(turn), self._decisions(self.source.id)
        gave = self._givers(unit, shown.coding.code) if unit else shown.coder
        actions = own.decline(turn, shown.coding, shown.span, f"not taken over from {gave}")
        return self._act_all(list(actions))

    def take_agreed(self) -> str:
        """Whatever all the coders agree on becomes one's own, in every source."""
        actions: list[Action] = []
        waiting, who = 0, list_words(self.coders, "en")
        for source, units in self.units.items():
            found, left = plan_agreed(units, f"{who} agree", self._decisions(source))
            actions += found
            waiting += left
        wait = f" {waiting} more wait for a disagreement that their words reach into." if waiting else ""
        if not actions:
            return f"Nothing is left that {who} agree on.{wait}"
        added = sum(hasattr(one, "span") for one in actions)
        said = f"{added} coding{'s' * (added > 1)} taken over that {who} agree on"
        return f"{self._act_all(actions, said)}{wait}"

    def _plan_declining(self, unit: CodedTurn, codes: Iterable[str]) -> list[Action]:
        """The actions that reject these codes in the turn."""
        actions: list[Action] = []
        for code in sorted(codes):
            passage = next(one.passage for one in unit.marks if one.code == code)
            if span := passage.anchor.span:
                origin = f"not taken over from {self._givers(unit, code)}"
                actions += self._decisions(unit.source).decline(unit.turn, passage.coding, span, origin)
        return actions

    def _givers(self, unit: CodedTurn, code: str) -> str:
        """Those who gave the code, in a sentence."""
        gave = [
            coder for coder, codes in zip(self.coders, unit.given, strict=True) if codes and code in codes
        ]
        return list_words(gave, "en")

    def _act_all(self, actions: Iterable[Action], said: str = "") -> str:
        """Do it all in one step, each on disk and in the log before the next; a sentence of what was done."""
        entries: list[Entry] = []
        try:
            for action in actions:
                entries.append(self.desk.apply(action, entries[-1] if entries else None))
        finally:  # what was done before an error counts
            self.take_up()
        if not entries:
            return "That is decided so already."
        codes = [coding.code for entry in entries for coding in entry.after]
        self.recent = list(dict.fromkeys([*codes[-1:], *self.recent]))[:9]
        citing = [line for entry in entries for line in name_consequences(entry, self.desk.study)]
        done = f"{said}." if said else "; ".join(map(describe, entries))
        return " ".join([done, *citing])


class Decisions:
    """What the coder of the round has accepted and rejected in a source so far."""

    def __init__(self, desk: Desk, source: str) -> None:
        self._desk, self._source = desk, source
        self.codings = [
            (one.coding, one.anchor.span)
            for one in desk.passages(source)
            if one.anchor.span and one.coding.status != "suggested"
        ]

    def decided(self, turn: int) -> set[str]:
        """The codes that were accepted or rejected in a turn."""
        return {coding.code for coding, span in self.codings if turn in span.turns}

    def take(self, turn: int, coding: Coding, span: Span, origin: str) -> Iterator[Action]:
        """Another's coding as one's own, with all that is noted on it; nothing, where the turn has the code."""
        same = [(own, at) for own, at in self.codings if own.code == coding.code]
        if any(own.status == "accepted" and turn in at.turns for own, at in same):
            return
        for own, at in same:
            if own.status == "rejected" and (turn in at.turns or at.overlaps(span)):
                yield Remove(self._source, own)
        yield Add(self._source, span, coding.code, remarks=_remarks(coding, origin))

    def decline(self, turn: int, coding: Coding, span: Span, origin: str) -> Iterator[Action]:
        """The code rejected in this turn and no other."""
        same = [(own, at) for own, at in self.codings if own.code == coding.code and turn in at.turns]
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


def plan_agreed(units: Sequence[CodedTurn], origin: str, own: Decisions) -> tuple[list[Action], int]:
    """What all coders gave in one source, in the words of the first of them; and how much of it has to wait, because
    every passage reaches into a turn where the code is disputed."""
    disputed = {(unit.turn, code) for unit in units for code in unit.disputed}
    actions: list[Action] = []
    done: set[tuple[int, str]] = set()
    waiting = 0
    for unit in units:
        decided = own.decided(unit.turn)
        for code in sorted(unit.agreed - decided):
            if (unit.turn, code) in done:
                continue
            passages = _free(unit, code, disputed)
            waiting += not passages
            for coding, span in passages:
                done |= {(turn, code) for turn in span.turns}
                actions += own.take(unit.turn, coding, span, origin)
    return unique(actions), waiting


def _free(unit: CodedTurn, code: str, disputed: set[tuple[int, str]]) -> list[tuple[Coding, Span]]:
    """A coder's passages that stand on no turn where their code is disputed, of the first coder with any."""
    for number in range(len(unit.given)):
        free = [
            (coding, span)
            for coding, span in passages_of(unit, number)
            if coding.code == code and not any((turn, code) in disputed for turn in span.turns)
        ]
        if free:
            return free
    return []


def passages_of(unit: CodedTurn, number: int) -> list[tuple[Coding, Span]]:
    """A coder's codings of a turn, and where their words stand."""
    given = (one.passage for one in unit.marks if one.coder == number)
    return [(one.coding, one.anchor.span) for one in given if one.anchor.span]


def unique(actions: Iterable[Action]) -> list[Action]:
    """The actions without those that would do the same again."""
    kept: dict[tuple[object, ...], Action] = {}
    for one in actions:
        key = (one.span, one.code) if isinstance(one, Add) else (type(one), getattr(one, "coding", None))
        kept.setdefault(key, one)
    return [*kept.values()]


def _remarks(coding: Coding, origin: str) -> dict[Remark, str]:
    """What is noted on a coding, its memo after where it comes from."""
    noted: dict[Remark, str] = {
        "memo": f"{origin}: {coding.memo}" if coding.memo else origin,
        "strength": coding.strength if coding.strength == "inferred" else "",
        "event_date": str(coding.event_date or ""),
        "direction_note": coding.direction_note or "",
    }
    return {key: said for key, said in noted.items() if said}
