"""What a person can do to the codings of one source; each is plain data, carried out by `carry_out`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Span, TurnRange

Remark = Literal["strength", "event_date", "direction_note", "memo"]


@dataclass(frozen=True, slots=True)
class Add:
    """Code a passage. `remarks` as in `Set`; without `id` one is made."""

    source: str
    span: Span
    code: str
    id: str | None = None
    remarks: Mapping[Remark, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a coding of one's own away."""

    source: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class Accept:
    """Say yes to a suggestion, or to a coding of one's own that was rejected."""

    source: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class Reject:
    """Say no to a suggestion, which is then not made again; or to a coding of one's own, which stays as rejected."""

    source: str
    coding: Coding


@dataclass(frozen=True, slots=True)
class Recode:
    """Another code for the same words; a suggestion's own code is thereby rejected."""

    source: str
    coding: Coding
    code: str


@dataclass(frozen=True, slots=True)
class Set:
    """Set what is remarked on a coding of one's own, as text; empty text takes a remark away."""

    source: str
    coding: Coding
    remarks: Mapping[Remark, str]


@dataclass(frozen=True, slots=True)
class Locate:
    """Say where the words of a coding of one's own stand now; its quotation becomes the words there."""

    source: str
    coding: Coding
    span: Span


@dataclass(frozen=True, slots=True)
class Reanchor:
    """Note anew where the words of codings stand: pairs of a coding and what it becomes."""

    source: str
    pairs: tuple[tuple[Coding, Coding], ...]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Leave answers in these turns uncoded on purpose; those that are left out already get the new reason."""

    source: str
    turns: TurnRange
    reason: str


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Take back that these turns were left out."""

    source: str
    turns: TurnRange


Action = Add | Remove | Accept | Reject | Recode | Set | Locate | Reanchor | LeaveOut | TakeIn
