"""Displays: matrices whose cells know their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["support", "limit", "mixed", "neutral", "silent", "no_data"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Distinct informants, segments, what they say together, and where: refs such as KS-01#2, ids of evidence."""

    informants: int
    segments: int
    state: State
    refs: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: its id, its label, and the label of the block it stands in, if any."""

    id: str
    label: str
    block: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """A matrix with its decision rule and totals over distinct informants and segments."""

    name: str
    title: str
    rule: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[tuple[Cell, ...], ...]
    informants: int
    segments: int
