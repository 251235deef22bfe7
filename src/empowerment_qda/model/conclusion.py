"""Conclusions: each finding with what stands for it, what against it, and what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from empowerment_qda.model.base import Text
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.finding import Finding

Outcome = Literal["holds", "doubtful", "fails", "noted", "not_done", "not_applicable"]
Standing = Literal["unsupported", "worse", "equal", "better"]


@dataclass(frozen=True, slots=True)
class Tactic:
    """One tactic of drawing or testing a conclusion (Miles & Huberman) with its result.

    `words` names a sentence of the word list, `values` fill it; `noted` shows something and judges nothing.
    `refs` are turns to look at, where they are not simply all that support the finding. Nothing is summed.
    """

    name: str
    outcome: Outcome
    words: str
    values: tuple[tuple[str, str], ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RivalConclusion:
    """A rival explanation, what supports it, and how well beside the finding: by informants, not quotations."""

    id: str
    statement: Text
    supporting: tuple[Evidence, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class FindingConclusion:
    """A finding with its passages on every side; negative cases are those that contradict or qualify it."""

    finding: Finding
    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    qualifying: tuple[Evidence, ...]
    inferred: tuple[Evidence, ...]
    rivals: tuple[RivalConclusion, ...]
    tactics: tuple[Tactic, ...]

    @property
    def negative_cases(self) -> tuple[Evidence, ...]:
        """Passages that contradict or qualify the finding."""
        return self.contradicting + self.qualifying

    @property
    def sides(self) -> dict[str, tuple[Evidence, ...]]:
        """Side to its passages, in the order in which they are told."""
        return {
            "supporting": self.supporting,
            "contradicting": self.contradicting,
            "qualifying": self.qualifying,
            "inferred": self.inferred,
        }


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All findings' conclusions and the tactics that concern the study as a whole."""

    findings: tuple[FindingConclusion, ...]
    tactics: tuple[Tactic, ...]


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
