"""One entry of a coder's log: what was done, and the codings before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

from pydantic import Field

from empowerment_qda.model.base import Id, Noun
from empowerment_qda.model.coding import Coding, LeftOut
from empowerment_qda.text import shorten

Done = Literal[
    "found",
    "edited",
    "add",
    "remove",
    "accept",
    "reject",
    "recode",
    "set",
    "anchor",
    "leave-out",
    "take-in",
    "restore",
    "define",
    "memo",
    "undo",
    "redo",
]
DONE = frozenset(get_args(Done))
BY_HAND = frozenset({"found", "edited"})
_KEYS = ("code", "status", "strength", "event_date", "direction_note", "memo", "id", "turn", "quote")


class Splice(NamedTuple):
    """A change of a list of codings: from `at` (0-based) on, those in `before` become those in `after`."""

    at: int
    before: tuple[Coding, ...]
    after: tuple[Coding, ...]

    def invert(self) -> Splice:
        """The change that takes this one back."""
        return Splice(self.at, self.after, self.before)


class Entry(Noun):
    """What was done to one source's codings; `found` and `edited` take up what was written by hand.

    `left_out_before` and `left_out_after` hold all that is left out of the source, where that changed, else nothing.
    `define` adds a code to the codebook: `parent`, `code` (its keys in the file), `version` and the one before (`was`) are
    only for that. `memo` writes one of the study's memos: its id and `links` are only for that. `undo` and `redo` say of
    which action they are (`of`). An action that is not among DONE is a later version's; `unknown` holds its own keys.
    """

    time: datetime
    coder: Id
    action: str
    of: str | None = None
    source: Id | None = None
    at: int = Field(default=0, ge=0)
    before: tuple[Coding, ...] = ()
    after: tuple[Coding, ...] = ()
    left_out_before: tuple[LeftOut, ...] = ()
    left_out_after: tuple[LeftOut, ...] = ()
    parent: str | None = None
    code: dict[str, Any] | None = None
    version: str | None = None
    was: str | None = None
    memo: Id | None = None
    links: tuple[str, ...] = ()
    unknown: dict[str, Any] = Field(default_factory=dict)

    @property
    def splice(self) -> Splice:
        """The change of the source's codings."""
        return Splice(self.at, self.before, self.after)

    @property
    def changes_left_out(self) -> bool:
        """Whether it changes what is left out."""
        return self.left_out_before != self.left_out_after


def find_splice(before: tuple[Coding, ...], after: tuple[Coding, ...]) -> Splice:
    """The smallest change in one place that leads from the one to the other."""
    start, end = 0, min(len(before), len(after))
    while start < end and before[start] == after[start]:
        start += 1
    back = 0
    while back < end - start and before[-1 - back] == after[-1 - back]:
        back += 1
    return Splice(start, before[start : len(before) - back], after[start : len(after) - back])


def note_left_out(before: tuple[LeftOut, ...], after: tuple[LeftOut, ...]) -> dict[str, Any]:
    """The keys of an entry that say what became of what is left out; none where nothing did."""
    return {"left_out_before": before, "left_out_after": after} if before != after else {}


def describe(entry: Entry) -> str:
    """An entry in words, without its time and coder.

    >>> coding = Coding(code="thrift", turn="2", quote="we save")
    >>> now = datetime(2024, 5, 1)
    >>> describe(Entry(time=now, coder="first", action="add", source="KS-01", after=(coding,)))
    'add: thrift at KS-01#2 “we save”'
    """
    name = f"{entry.action} of {entry.of}" if entry.of else entry.action
    if entry.code is not None:
        out = " is out of the codebook again" if entry.action == "undo" else ""
        return f"{name}: {entry.code.get('id')} under {entry.parent}{out}, codebook version {entry.version}"
    if entry.action == "memo":
        return f"memo: {entry.memo}" + (f" on {', '.join(entry.links)}" if entry.links else "")
    said = [_say_codings(entry)] if entry.before or entry.after else []
    nothing = "nothing" if entry.action in DONE else "by a later version of qda"
    return f"{name}: {'; '.join([*said, *_say_left_out(entry)]) or nothing}"


def _say_codings(entry: Entry) -> str:
    before, after = entry.before, entry.after
    if len(before) == 1 and len(after) == 1:
        return f"{name_coding(entry.source, before[0])}: {_difference(before[0], after[0])}"
    if len(before) + len(after) == 1:
        said = name_coding(entry.source, (before + after)[0])
        if entry.action == "undo":
            offered = before and entry.of in ("accept", "reject")
            return f"{said} is {'not decided on any more' if offered else 'taken away' if before else f'back, {after[0].status}'}"
        sign = "taken away: " if before and entry.action in ("redo", "edited") else ""
        return sign + said + _status((before + after)[0])
    if entry.action == "recode" and after:
        return f"{name_coding(entry.source, after[-1])}, not {after[0].code}"
    return f"{len(before)} codings of {entry.source} became {len(after)}"


def _say_left_out(entry: Entry) -> Iterator[str]:
    was, now = reasons_of(entry.left_out_before), reasons_of(entry.left_out_after)
    fresh = {turn: why for turn, why in now.items() if was.get(turn) != why}
    for why in dict.fromkeys(fresh.values()):
        turns = say_turns(turn for turn in fresh if fresh[turn] == why)
        yield f"{entry.source}#{turns} is left out" + (f" ({shorten(why)})" if why else "")
    if taken := say_turns(turn for turn in was if turn not in now):
        yield f"{entry.source}#{taken} is not left out any more"


def reasons_of(left_out: Iterable[LeftOut]) -> dict[int, str]:
    """Each turn that is left out, with the reason.

    >>> reasons_of([LeftOut(turn="2-3", reason="small talk"), LeftOut(turn="7", reason="")])
    {2: 'small talk', 3: 'small talk', 7: ''}
    """
    return {turn: one.reason for one in left_out for turn in range(one.turn.first, one.turn.last + 1)}


def say_turns(turns: Iterable[int]) -> str:
    """Turns in a few signs; nothing where there are none.

    >>> say_turns([7, 2, 3, 4])
    '2-4, 7'
    """
    runs: list[list[int]] = []
    for turn in sorted(turns):
        if runs and turn == runs[-1][-1] + 1:
            runs[-1].append(turn)
        else:
            runs.append([turn])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def path_of(source: str, coder: str) -> str:
    """Where a coder's codings of a source stand, from the study's root."""
    return f"codings/{coder}/{source}.yaml"


def name_coding(source: str | None, coding: Coding) -> str:
    """A coding as a person would point to it: code, place, words, and its id where it has one."""
    place = f"{source}#{coding.turn}" if coding.turn else str(source)
    words = f" “{shorten(coding.quote)}”" if coding.quote.strip() else ""
    return f"{coding.code} at {place}{words}" + (f" ({coding.id})" if coding.id else "")


def _status(coding: Coding) -> str:
    return "" if coding.status == "accepted" else f", {coding.status}"


def _difference(before: Coding, after: Coding) -> str:
    """The keys that differ, old value to new one."""
    pairs = ((key, getattr(before, key), getattr(after, key)) for key in _KEYS)
    said = [f"{key} {_value(old)} → {_value(new)}" for key, old, new in pairs if old != new]
    return ", ".join(said) or "its place is noted anew"


def _value(value: Any) -> str:
    return "none" if value in (None, "") else f"“{shorten(str(value), 40)}”"
