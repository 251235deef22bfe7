"""Codings: which words of a source got which code, from whom."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, InstanceOf, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from empowerment_qda.model.base import FileNoun, Id, Noun, Positive
from empowerment_qda.model.when import Date

AUTO = "auto"
INSTEAD = "instead of "
"""How the reason of a coding begins that a person gave instead of another."""
Status = Literal["accepted", "rejected", "suggested"]


class TurnRange(NamedTuple):
    """The turns of a passage, 1-based, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def _parse_turns(value: Any) -> Any:
    if isinstance(value, TurnRange):
        return value
    found = re.fullmatch(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?", str(value))
    if found:
        turns = TurnRange(int(found[1]), int(found[2] or found[1]))
        if 1 <= turns.first <= turns.last:
            return turns
    raise PydanticCustomError("turns", "should be the number of a turn such as 2, or of several such as 2-4")


Turns = Annotated[
    InstanceOf[TurnRange],
    BeforeValidator(_parse_turns),
    PlainSerializer(str),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "pattern": r"^\s*\d+\s*(-\s*\d+\s*)?$"}),
]


class Coding(Noun):
    """One code on one passage; the quote is its anchor, the turn a hint."""

    id: Id | None = Field(default=None, description="unique in the study: findings can cite it")
    code: Id
    turn: Turns | None = Field(default=None, description="the turn of the quote, such as 2, or turns 2-4")
    quote: str = Field(
        default="", description="the very words of the turn; over several turns, a line for each"
    )
    occurrence: Positive | None = Field(
        default=None, description="which one, where the words stand more than once"
    )
    places: Positive | None = Field(
        default=None, description="in how many places of the source the words, or nearly these, stood then"
    )
    before: str = Field(default="", description="words just before, by which the place is known again")
    after: str = Field(default="", description="words just after, by which the place is known again")
    status: Status = "accepted"
    strength: Literal["direct", "inferred"] = Field(
        default="direct", description="direct: it is said; inferred: the analyst reads it in"
    )
    event_date: Date | None = Field(default=None, description="when the event happened that the words report")
    why: str | None = Field(default=None, description="on suggestions: the cue that fired")
    direction_note: str | None = Field(
        default=None, description="where this passage points another way than its code does"
    )
    memo: str | None = None


class LeftOut(Noun):
    """Turns that a coder leaves uncoded on purpose, and why."""

    turn: Turns
    reason: str


class Codings(FileNoun):
    """The codings of one coder on one source."""

    source: Id
    coder: Id
    codings: tuple[Coding, ...] = ()
    left_out: tuple[LeftOut, ...] = Field(
        default=(), description="turns left uncoded on purpose, with the reason"
    )
