"""One entry of a coder's log: what was done, and the codings before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import Field

from empowerment_qda.model.base import Id, Noun
from empowerment_qda.model.coding import Coding

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
    "define",
    "undo",
    "redo",
]
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

    `define` adds a code to the codebook: `parent`, `code` (its keys in the file) and `version` are only for that.
    """

    time: datetime
    coder: Id
    action: Done
    source: Id | None = None
    at: int = Field(default=0, ge=0)
    before: tuple[Coding, ...] = ()
    after: tuple[Coding, ...] = ()
    parent: Id | None = None
    code: dict[str, Any] | None = None
    version: str | None = None

    @property
    def splice(self) -> Splice:
        """The change of the source's codings."""
        return Splice(self.at, self.before, self.after)


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
    if entry.action == "define":
        return (
            f"define: {(entry.code or {}).get('id')} under {entry.parent}, codebook version {entry.version}"
        )
    before, after = entry.before, entry.after
    if len(before) == 1 and len(after) == 1:
        said = f"{name_coding(entry.source, before[0])}: {_difference(before[0], after[0])}"
    elif len(before) + len(after) == 1:
        sign = "taken away: " if before and entry.action in ("undo", "redo", "edited") else ""
        said = sign + name_coding(entry.source, (before + after)[0]) + _status((before + after)[0])
    elif entry.action == "recode" and after:
        said = f"{name_coding(entry.source, after[-1])}, not {after[0].code}"
    else:
        said = f"{len(before)} codings of {entry.source} became {len(after)}"
    return f"{entry.action}: {said}"


def path_of(source: str, coder: str) -> str:
    """Where a coder's codings of a source stand, from the study's root."""
    return f"codings/{coder}/{source}.yaml"


def name_coding(source: str | None, coding: Coding) -> str:
    """A coding as a person would point to it: code, place, words, and its id where it has one."""
    place = f"{source}#{coding.turn}" if coding.turn else str(source)
    words = f" “{shorten(coding.quote)}”" if coding.quote.strip() else ""
    return f"{coding.code} at {place}{words}" + (f" ({coding.id})" if coding.id else "")


def shorten(words: str, most: int = 60) -> str:
    """Words on one line, cut to so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _status(coding: Coding) -> str:
    return "" if coding.status == "accepted" else f", {coding.status}"


def _difference(before: Coding, after: Coding) -> str:
    """The keys that differ, old value to new one."""
    pairs = ((key, getattr(before, key), getattr(after, key)) for key in _KEYS)
    said = [f"{key} {_value(old)} → {_value(new)}" for key, old, new in pairs if old != new]
    return ", ".join(said) or "its place is noted anew"


def _value(value: Any) -> str:
    return "none" if value in (None, "") else f"“{shorten(str(value), 40)}”"
