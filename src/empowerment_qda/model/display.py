"""Displays: matrices whose cells know their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["support", "limit", "mixed", "neutral", "silent", "no_data"]

SIGNS: dict[State, str] = {
    "support": "+",
    "limit": "−",
    "mixed": "±",
    "neutral": "o",
    "silent": "–",
    "no_data": "n/a",
}
Form = Literal["matrix", "network", "timeline", "directions"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Distinct informants and segments, what they say together, and where: refs (KS-01#2), ids of evidence.

    `supports`, `limits` and `neutral` count segments by direction; `unidentified` counts those of the
    informants who may be the same person as another; `text` is a summary of a few words. For a pair of codes,
    segments are turns, and `overlaps` counts those in which their passages overlap.
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
    overlaps: int = 0

    @property
    def mark(self) -> str:
        """The cell at a glance: informants/segments and their direction, – for silence, n/a for no transcript.

        >>> Cell(2, 3, "support").mark, Cell(2, 3, "mixed", unidentified=1).mark, Cell(0, 0, "silent").mark
        ('2/3 +', '≤2/3 ±', '–')
        """
        sign = SIGNS[self.state]
        if self.state in ("silent", "no_data"):
            return sign
        return f"{'≤' if self.unidentified else ''}{self.informants}/{self.segments} {sign}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: its id, its label, and the label of the block it stands in, if any."""

    id: str
    label: str
    block: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """A matrix with its rule, its totals over distinct informants and segments, and notes.

    The form says how it is best looked at; title, labels, rule and notes are in `language`.
    """

    name: str
    title: str
    rule: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[tuple[Cell, ...], ...]
    informants: int
    segments: int
    notes: tuple[str, ...] = ()
    form: Form = "matrix"
    language: str = "en"
