"""The smallest things that templates see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a place in the report."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Field:
    """A named text of the study, such as its sampling."""

    name: str
    text: str
