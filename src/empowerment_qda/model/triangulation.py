"""Triangulation: what a finding rests on, axis by axis, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from empowerment_qda.model.evidence import Evidence, NotCounted
from empowerment_qda.model.finding import Verdict

Status = Literal["no_evidence", "no_informant", "single", "below_min", "indeterminate", "not_possible", "met"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Verdicts, the worst first."""
ExtraStatus = Literal["met", "not_met", "not_done", "not_possible"]
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
    """An informational axis, never required: `met`; `not_met` (tried, and not so); `not_done` (nobody tried);
    `not_possible` (it cannot be); and by whom or with what outcome.
    """

    status: ExtraStatus
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A weakness of a finding (T..), a study note (S.., R10) or an input error (E..); `part` where it is a part's."""

    code: str
    name: str
    value: str | None
    message: str
    part: str | None = None


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
    """A finding's verdict with all that it follows from. Evidence rows are one per passage (R2).

    Of a finding with parts (R13): verdict, axes and extras are those of the worst part; flags and passages of all.
    `response` is the memo that answers what contradicts it (R14); `not_counted` what is cited and is no evidence.
    """

    id: str
    verdict: Verdict
    contested: bool
    axes: dict[str, AxisResult]
    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    qualifying: tuple[Evidence, ...]
    inferred: tuple[Evidence, ...]
    not_counted: tuple[NotCounted, ...]
    flags: tuple[Flag, ...]
    errors: tuple[Flag, ...]
    convergence: Convergence
    extras: dict[str, Extra]
    response: str | None = None
    parts: tuple[FindingTriangulation, ...] = ()
    worst_part: str | None = None

    @property
    def reduced_to(self) -> tuple[str, ...]:
        """The axes that count where the study's design leaves some out (R10), those with a minimum of 1 marked `(1)`;
        empty where all four are asked for.
        """
        asked = {name: axis.minimum for name, axis in self.axes.items() if axis.required}
        if len(asked) == len(self.axes) and min(asked.values()) > 1:
            return ()
        return tuple(f"{name} (1)" if minimum == 1 else name for name, minimum in asked.items())


@dataclass(frozen=True)
class Triangulation:
    """All findings' triangulation and the notes on the study as a whole."""

    findings: tuple[FindingTriangulation, ...]
    notes: tuple[Flag, ...]
    by: By = "type"
    only_auto: bool = False

    @property
    def verdicts(self) -> dict[str, int]:
        """How many findings have each verdict; every verdict is a key."""
        return {verdict: sum(found.verdict == verdict for found in self.findings) for verdict in VERDICTS}

    @cached_property
    def by_id(self) -> dict[str, FindingTriangulation]:
        """The id of a finding or of a part of one to its triangulation."""
        return {one.id: one for found in self.findings for one in (found, *found.parts)}


Kind = Literal["type", "method"]


@dataclass(frozen=True, slots=True)
class Gain:
    """What one step brings to one finding: the axes it makes met, and whether it then lacks nothing: a
    contested finding lacks an answer, whatever is gathered."""

    finding: str
    axes: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Ask an informant of a type, or gather evidence by a method; what it would bring if it supports the findings."""

    kind: Kind
    value: str
    heard: bool
    gains: tuple[Gain, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order, each counted on top of those before; and what can be settled without a visit."""

    steps: tuple[Step, ...]
    at_the_desk: tuple[tuple[str, Flag], ...]
    out_of_reach: tuple[str, ...]
