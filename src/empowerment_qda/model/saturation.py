"""Saturation: from which interview on hardly any new codes appear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Status = Literal["reached", "not_reached", "not_applicable"]
Reason = Literal["deductive_only", "too_few", "empty_base"]


class Rule(NamedTuple):
    """Base size and run length in interviews; the share of new codes (0 to 1) that a run may still add."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05


class Run(NamedTuple):
    """A run of interviews (1-based, both included), the codes new in it, and their share of the base's."""

    first: int
    last: int
    new: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule says of interviews in order; `at` is the last one before the run that adds little."""

    rule: Rule
    status: Status
    at: int | None = None
    base_codes: int = 0
    runs: tuple[Run, ...] = ()
    reason: Reason | None = None

    @property
    def label(self) -> str:
        """As it is reported: `6+2` is saturation at the sixth interview, seen after two more."""
        return f"{self.at}+{self.rule.run}" if self.at else self.status

    @property
    def needed(self) -> int | None:
        """Interviews held when saturation was seen; None where it was not."""
        return self.at + self.rule.run if self.at else None


@dataclass(frozen=True, slots=True)
class Shuffles:
    """Interviews needed in shuffled orders: how often it was reached, and median, least and most of those."""

    number: int
    seed: int
    reached: int
    median: float | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Stratum:
    """All interviews, or those of a group or type, in order, with the codes new in each and the readings.

    `uncoded` names interviews without any counted coding: they are left out, not taken to add nothing. `undated`
    names those that have no date, whose place in the order is that of their ids. `restated` where all are excerpts that
    somebody else restated.
    """

    kind: Literal["all", "group", "type"]
    name: str
    interviews: tuple[str, ...]
    uncoded: tuple[str, ...]
    undated: tuple[str, ...]
    new: tuple[int, ...]
    reading: Reading
    sensitivity: tuple[Reading, ...]
    shuffles: Shuffles | None
    restated: bool = False
