"""Memos: what an analyst writes down while working."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from empowerment_qda.model.base import FileNoun, Id, Many
from empowerment_qda.model.coding import TurnRange
from empowerment_qda.model.when import Date

Kind = Literal["theoretical", "methodological", "reflexive", "surprise", "contradiction"]
_TURNS = re.compile(r"(.+)#([0-9]{1,9})(?:-([0-9]{1,9}))?")


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

    def is_about(self, name: str) -> bool:
        """Whether it links what a name stands for; of turns, any of them."""
        place = turns_of(name)
        on = place and any(self.is_on(place[0], turn) for turn in range(place[1].first, place[1].last + 1))
        return name in self.links or bool(on)

    def is_on(self, source: str, turn: int) -> bool:
        """Whether it links a turn of a source."""
        linked = (turns_of(link) for link in self.links)
        return any(one and one[0] == source and one[1].first <= turn <= one[1].last for one in linked)


def turns_of(link: str) -> tuple[str, TurnRange] | None:
    """The source and the turns that a link names; None where it names something else.

    >>> turns_of("KS-01#2-4"), turns_of("KS-01#2"), turns_of("KS-01#4-2"), turns_of("E12")
    (('KS-01', TurnRange(first=2, last=4)), ('KS-01', TurnRange(first=2, last=2)), None, None)
    """
    found = _TURNS.fullmatch(link)
    if not found:
        return None
    turns = TurnRange(int(found[2]), int(found[3] or found[2]))
    return (found[1], turns) if 1 <= turns.first <= turns.last else None
