"""A plan for the next field visit: whom to ask and what to look at, most findings lifted first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empowerment_qda.model.triangulation import Flag

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
