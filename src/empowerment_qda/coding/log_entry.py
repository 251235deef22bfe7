"""One entry of a coder's log: what was done, the codings before and after, and how that is told in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Literal, NamedTuple, get_args

from pydantic import Field

from empowerment_qda.locale import msg, say
from empowerment_qda.model.base import Id, Noun
from empowerment_qda.model.codebook import TOP
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.source import TurnRange
from empowerment_qda.text import shorten

Done = Literal[
    "found", "edited", "add", "import", "remove", "accept", "reject", "recode", "set", "anchor", "leave-out", "take-in",
    "restore", "define", "redefine", "memo", "undo", "redo", "rename", "merge", "split", "correct",
]  # fmt: skip
DONE = frozenset(get_args(Done))
BY_HAND = frozenset({"found", "edited"})
_LAST, _PLACE = ("id", "turn", "quote"), ("occurrence", "places", "before", "after", "why")
_KEYS = (*(key for key in Coding.model_fields if key not in _LAST + _PLACE), *_LAST)
"""What is told of a coding that was changed, in this order."""


class Splice(NamedTuple):
    """A change of a list of codings: from `at` (0-based) on, those in `before` become those in `after`."""

    at: int
    before: tuple[Coding, ...]
    after: tuple[Coding, ...]


class Entry(Noun):
    """What was done to one source's codings; `found` and `edited` take up what was written by hand.

    `left_out_before` and `left_out_after` hold all that is left out of the source, where that changed, else nothing.
    `define` adds a code to the codebook: `parent`, `code` (its keys in the file), `version` and the one before (`was`) are
    only for that. `redefine` changes keys of a code: `code` and `code_before` hold its id and those keys, None where it has
    one not. `memo` writes one of the study's memos: its id and `links` are only for that. `undo` and `redo` say of
    which action they are (`of`). An entry that is `joined` belongs to the same step as the one before it: undo takes back both.
    An action that is not among DONE is a later version's; `unknown` holds its own keys.
    """

    time: datetime
    coder: Id
    action: str
    of: str | None = None
    joined: bool = False
    source: Id | None = None
    at: int = Field(default=0, ge=0)
    before: tuple[Coding, ...] = ()
    after: tuple[Coding, ...] = ()
    left_out_before: tuple[LeftOut, ...] = ()
    left_out_after: tuple[LeftOut, ...] = ()
    parent: str | None = None
    code: dict[str, Any] | None = None
    code_before: dict[str, Any] | None = None
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

    def apply(self, file: Codings) -> Codings:
        """What a source's file holds after it, given what it held before."""
        codings = (*file.codings[: self.at], *self.after, *file.codings[self.at + len(self.before) :])
        left_out = self.left_out_after if self.changes_left_out else file.left_out
        return file.model_copy(update={"codings": codings, "left_out": left_out})


def make_entry(
    time: datetime, action: str, file: Codings, splice: Splice, left_out: tuple[LeftOut, ...]
) -> Entry:
    """The entry of a change of a coder's file, after which this is left out of the source."""
    changed = left_out != file.left_out
    return Entry(
        time=time, coder=file.coder, action=action, source=file.source, **splice._asdict(),
        left_out_before=file.left_out if changed else (), left_out_after=left_out if changed else (),
    )  # fmt: skip


def compare_files(time: datetime, action: str, before: Codings, after: Codings) -> Entry:
    """The entry of the smallest change that makes one file of the other."""
    return make_entry(time, action, before, find_splice(before.codings, after.codings), after.left_out)


def holds_same(one: Codings, other: Codings) -> bool:
    """Whether two files of a source hold the same codings and leave out the same."""
    return (one.codings, one.left_out) == (other.codings, other.left_out)


def find_splice(before: tuple[Coding, ...], after: tuple[Coding, ...]) -> Splice:
    """The smallest change in one place that leads from the one to the other."""
    start, end = 0, min(len(before), len(after))
    while start < end and before[start] == after[start]:
        start += 1
    back = 0
    while back < end - start and before[-1 - back] == after[-1 - back]:
        back += 1
    return Splice(start, before[start : len(before) - back], after[start : len(after) - back])


def describe(entry: Entry) -> str:
    """An entry in words, without its time and coder.

    >>> coding = Coding(code="thrift", turn="2", quote="we save")
    >>> now = datetime(2024, 5, 1)
    >>> describe(Entry(time=now, coder="first", action="add", source="KS-01", after=(coding,)))
    'add: thrift at KS-01#2 “we save”'
    """
    name = f"{entry.action} of {entry.of}" if entry.of else entry.action
    if entry.code is not None and entry.code_before is not None:
        changes = ", ".join(say_changes(entry.code_before, entry.code))
        return f"{name}: {entry.code.get('id')}: {changes}; codebook version {entry.version}"
    if entry.code is not None:
        out = " is out of the codebook again" if entry.action == "undo" else ""
        under = "at the top" if entry.parent == TOP else f"under {entry.parent}"
        return f"{name}: {entry.code.get('id')} {under}{out}, codebook version {entry.version}"
    if entry.action == "memo":
        return f"memo: {entry.memo}" + (f" on {', '.join(entry.links)}" if entry.links else "")
    said = [_say_codings(entry)] if entry.before or entry.after else []
    nothing = "nothing" if entry.action in DONE else "by a later version of qda"
    return f"{name}: {'; '.join([*said, *_say_left_out(entry)]) or nothing}"


def describe_step(entries: Sequence[Entry]) -> str:
    """The entries of one step in words: how many codings in which sources, where there are several."""
    first = entries[0]
    if len(entries) == 1:
        return describe(first)
    kinds = list(dict.fromkeys(one.of or one.action for one in entries))
    name = f"{first.action} of {' and '.join(kinds)}" if first.of else " and ".join(kinds)
    numbers = Counter[str]()
    for entry in entries:
        numbers[entry.source or ""] += max(len(entry.before), len(entry.after))
    said = _say_number([one for entry in entries for one in entry.after or entry.before])
    where = f"in {len(numbers)} sources ({list_few([f'{one} {numbers[one]}' for one in numbers], 4)})"
    outcome = _say_outcome(first) if len(kinds) == 1 else ""
    return f"{name}: {said} {where if len(numbers) > 1 else f'in {first.source}'}{outcome}"


def _say_number(codings: Sequence[Coding]) -> str:
    """How many codings, and of which code, where they have the same."""
    codes = {one.code for one in codings}
    return f"{codes.pop()} {len(codings)} times" if len(codes) == 1 else f"{len(codings)} codings"


def _say_outcome(entry: Entry) -> str:
    """What became of the codings that an entry took back, all of them or none."""
    if entry.action != "undo" or entry.after:
        return ""
    return ": not decided on any more" if entry.of in ("accept", "reject") else ": taken away"


def _say_codings(entry: Entry) -> str:
    before, after = entry.before, entry.after
    if len(before) == 1 and len(after) == 1:
        return f"{name_coding(entry.source, before[0])}: {_difference(before[0], after[0])}"
    if len(before) + len(after) == 1:
        (one,) = before + after
        said = name_coding(entry.source, one)
        if entry.action == "undo":
            offered = before and entry.of in ("accept", "reject")
            return f"{said} is {'not decided on any more' if offered else 'taken away' if before else f'back, {one.status}'}"
        sign = "taken away: " if before and entry.action in ("redo", "edited") else ""
        return sign + said + (f", {one.status}" if one.status != "accepted" else "")
    if entry.action == "correct":
        return f"{len(after)} codings of {entry.source} moved along with its words"
    if entry.action == "import" and not before:
        return f"{len(after)} codings of {entry.source}"
    if entry.action == "recode" and after:
        return f"{name_coding(entry.source, after[-1])}, not {after[0].code}"
    if (entry.of or entry.action) in ("add", "accept", "reject") and not (before and after):
        return f"{_say_number(before + after)} in {entry.source}{_say_outcome(entry)}"
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
    return {turn: one.reason for one in left_out for turn in one.turn.numbers}


USUAL = (
    msg("greeting or small talk"),
    msg("about how the interview goes, not about the matter"),
    msg("not about the research questions"),
    msg("repeats what was said before"),
    msg("cannot be understood"),
)
"""Reasons that are often given for leaving turns out."""


def usual_reasons(language: str, given: Iterable[LeftOut] = ()) -> list[str]:
    """What to offer as a reason for leaving turns out: those given before, then the usual ones in a language."""
    before = [one.reason for one in given if one.reason]
    return list(dict.fromkeys([*before, *(say(one, language) for one in USUAL)]))


def say_turns(turns: Iterable[int]) -> str:
    """Turns in a few signs; nothing where there are none.

    >>> say_turns([7, 2, 3, 4])
    '2-4, 7'
    """
    return ", ".join(str(one.turn) for one in entries_of(dict.fromkeys(turns, "")))


def entries_of(reasons: Mapping[int, str]) -> Iterator[LeftOut]:
    """One entry for turns in a row that have the same reason."""
    in_row = groupby(enumerate(sorted(reasons)), lambda one: (one[1] - one[0], reasons[one[1]]))
    for (_, reason), run in in_row:
        turns = [turn for _, turn in run]
        yield LeftOut(turn=TurnRange(turns[0], turns[-1]), reason=reason)


def path_of(source: str, coder: str) -> str:
    """Where a coder's codings of a source stand, from the study's root."""
    return f"codings/{coder}/{source}.yaml"


def name_coding(source: str | None, coding: Coding) -> str:
    """A coding as a person would point to it: code, place, words, and its id where it has one."""
    place = f"{source}#{coding.turn}" if coding.turn else str(source)
    words = f" “{shorten(coding.quote)}”" if coding.quote.strip() else ""
    return f"{coding.code} at {place}{words}" + (f" ({coding.id})" if coding.id else "")


def list_few(names: Sequence[str], most: int) -> str:
    """The first few names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _difference(before: Coding, after: Coding) -> str:
    """The keys that differ, old value to new one."""
    pairs = ((key, getattr(before, key), getattr(after, key)) for key in _KEYS)
    said = [f"{key} {_value(old)} → {_value(new)}" for key, old, new in pairs if old != new]
    return ", ".join(said) or "its place is noted anew"


def say_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Each key of a code that differs, old value to new one.

    >>> say_changes({"id": "a", "label": {"id": "Satu"}}, {"id": "a", "label": {"id": "Satu", "en": "One"}, "color": None})
    ['label “Satu” → “Satu / One”']
    """
    return [
        f"{key} {_value(before.get(key))} → {_value(new)}"
        for key, new in after.items()
        if new != before.get(key)
    ]


def _value(value: Any) -> str:
    value = " / ".join(map(str, value.values())) if isinstance(value, dict) else value
    return "none" if value in (None, "") else f"“{shorten(str(value), 40)}”"
