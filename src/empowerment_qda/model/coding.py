"""Codings: which words of a source got which code, from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, InstanceOf, PlainSerializer, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticCustomError

from empowerment_qda.model.base import Date, FileNoun, Id, Many, Noun, Positive
from empowerment_qda.model.source import TurnRange

AUTO = "auto"
INSTEAD = "instead of "
"""How the reason of a coding begins that a person gave instead of another."""
Status = Literal["accepted", "rejected", "suggested"]


def _parse_turns(value: Any) -> Any:
    if turns := value if isinstance(value, TurnRange) else TurnRange.parse(str(value)):
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

    _former: dict[int, str] = PrivateAttr(default_factory=dict)

    @property
    def former(self) -> dict[int, str]:
        """The codings (by their number in the file, from 0) that still bear an id which their code had before."""
        return self._former

    def renamed(self, now: Mapping[str, str]) -> Self:
        """The same codings under the ids that their codes have now, given from an old id to the new one."""
        old = {number: one.code for number, one in enumerate(self.codings) if one.code in now}
        if not old:
            return self
        codings = tuple(one.model_copy(update={"code": now.get(one.code, one.code)}) for one in self.codings)
        made = self.model_copy(update={"codings": codings})
        made._former = old
        return made


Kind = Literal["theoretical", "methodological", "reflexive", "surprise", "contradiction"]
_TURNS = re.compile(r"(.+)#([0-9]{1,9}(?:-[0-9]{1,9})?)")


class Memo(FileNoun):
    """A memo: front matter and Markdown text."""

    id: Id
    title: str | None = None
    author: str | None = None
    date: Date | None = None
    kind: Kind = "theoretical"
    links: Many[str] = Field(
        default=(), description="codes, codings, findings, sources, turns such as KS-01#2 or KS-01#2-4"
    )
    text: str = ""

    @property
    def heading(self) -> str:
        """The title, or the first line of the text; at most 80 characters."""
        line = self.title or next((one.strip() for one in self.text.splitlines() if one.strip()), "")
        return line if len(line) <= 80 else line[:79] + "…"

    def is_about(self, name: str) -> bool:
        """Whether it links what a name stands for; of turns, any of them."""
        place = turns_of(name)
        on = place and any(self.is_on(place[0], turn) for turn in place[1].numbers)
        return name in self.links or bool(on)

    def is_on(self, source: str, turn: int) -> bool:
        """Whether it links a turn of a source."""
        linked = (turns_of(link) for link in self.links)
        return any(one and one[0] == source and turn in one[1].numbers for one in linked)


def turns_of(link: str) -> tuple[str, TurnRange] | None:
    """The source and the turns that a link names; None where it names something else.

    >>> turns_of("KS-01#2-4"), turns_of("KS-01#2"), turns_of("KS-01#4-2"), turns_of("E12")
    (('KS-01', TurnRange(first=2, last=4)), ('KS-01', TurnRange(first=2, last=2)), None, None)
    """
    found = _TURNS.fullmatch(link)
    turns = TurnRange.parse(found[2]) if found else None
    return (found[1], turns) if found and turns else None
