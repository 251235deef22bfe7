"""Conclusions: each finding with what stands for it, what against it, and what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
