"""Conclusions: each finding with what stands for it, what against it, and what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.finding import Finding

Outcome = Literal["holds", "doubtful", "fails", "not_done", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Tactic:
    """One tactic of testing a conclusion (Miles & Huberman's thirteen) with its result.

    `words` names a sentence of the word list, `values` fill it; nothing is summed over tactics.
    """

    name: str
    outcome: Outcome
    words: str
    values: tuple[tuple[str, str], ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RivalConclusion:
    """A rival explanation, what supports it, and whether it is better supported than the finding."""

    id: str
    statement: str
    supporting: tuple[Evidence, ...]


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


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All findings' conclusions and the tactics that concern the study as a whole."""

    findings: tuple[FindingConclusion, ...]
    tactics: tuple[Tactic, ...]
