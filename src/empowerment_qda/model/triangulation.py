"""Triangulation: what a finding rests on, axis by axis, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empowerment_qda.model.evidence import Evidence

Status = Literal["no_evidence", "no_informant", "single", "below_min", "indeterminate", "not_possible", "met"]
Verdict = Literal["unsupported", "flagged", "indeterminate", "contested", "not_assessable", "triangulated"]
VERDICTS: tuple[Verdict, ...] = (
    "unsupported",
    "flagged",
    "indeterminate",
    "contested",
    "not_assessable",
    "triangulated",
)
By = Literal["type", "group", "method"]
Stance = Literal["support", "contradict", "mixed", "silent", "no_data"]
Assessment = Literal["dissonance", "partial_agreement", "agreement", "silence", "no_coverage"]


@dataclass(frozen=True, slots=True)
class AxisResult:
    """One axis of one finding: distinct values counted (`count` is a lower bound), at most `upper`, of `minimum`."""

    status: Status
    count: int
    upper: int
    minimum: int
    required: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """An informational axis, never required: whether it is met, could be, or cannot be in this study; and by whom."""

    status: Literal["met", "not_met", "not_possible"]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A weakness of a finding (T..), a study note (S.., R10) or an input error (E..)."""

    code: str
    name: str
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Convergence:
    """What each column (type, group or method) says of a finding, and how they agree (Farmer et al. 2006).

    `agreeing`/`covered` count pairs of columns; `covering`/`with_data` count columns. For sorting, no score of validity.
    """

    cells: dict[str, Stance]
    pairs: tuple[tuple[str, str, str], ...]
    assessment: Assessment
    agreeing: int
    covered: int
    covering: int
    with_data: int


@dataclass(frozen=True, slots=True)
class FindingTriangulation:
    """A finding's verdict with all that it follows from. Evidence rows are one per passage (R2)."""

    id: str
    verdict: Verdict
    contested: bool
    axes: dict[str, AxisResult]
    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    qualifying: tuple[Evidence, ...]
    inferred: tuple[Evidence, ...]
    flags: tuple[Flag, ...]
    errors: tuple[Flag, ...]
    convergence: Convergence
    extras: dict[str, Extra]


@dataclass(frozen=True, slots=True)
class Triangulation:
    """All findings' triangulation and the notes on the study as a whole."""

    findings: tuple[FindingTriangulation, ...]
    notes: tuple[Flag, ...]
    by: By = "type"

    @property
    def verdicts(self) -> dict[str, int]:
        """How many findings have each verdict; every verdict is a key."""
        return {verdict: sum(found.verdict == verdict for found in self.findings) for verdict in VERDICTS}

    @property
    def by_id(self) -> dict[str, FindingTriangulation]:
        """Finding id to its triangulation."""
        return {found.id: found for found in self.findings}
