"""Displays: matrices whose cells know their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["support", "limit", "mixed", "neutral", "silent", "no_data"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Distinct informants and segments, what they say together, and where: refs (KS-01#2), ids of evidence.

    `supports`, `limits` and `neutral` count segments by direction; `unidentified` counts the informants among
    `informants` who may be the same person as another; `text` is a summary of a few words.
    """

    informants: int
    segments: int
    state: State
    refs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    text: str = ""
    supports: int = 0
    limits: int = 0
    neutral: int = 0
    unidentified: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: its id, its label, and the label of the block it stands in, if any."""

    id: str
    label: str
    block: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """A matrix with its rule, totals over distinct informants and segments, and what to know beside it."""

    name: str
    title: str
    rule: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[tuple[Cell, ...], ...]
    informants: int
    segments: int
    notes: tuple[str, ...] = ()
