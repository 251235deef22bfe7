"""What templates see of a source: its turns, and the passages over their words."""

from __future__ import annotations

from dataclasses import dataclass

from empowerment_qda.stages.report.links import Field, Link


@dataclass(frozen=True, slots=True)
class MarkView:
    """A passage over a piece of text. `anchor` only where the passage begins, `number` only where it ends."""

    anchor: str
    number: str
    direction: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """Words of a turn under the same passages."""

    words: str
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class MarginView:
    """A passage in the margin of its last turn: its codes, the findings that use it, and what was noted on it: `memos`
    of its codings in words, `memo_links` to those of the study."""

    number: str
    anchor: str
    direction: str
    codes: tuple[tuple[str, Link], ...]
    findings: tuple[Link, ...]
    memos: tuple[str, ...]
    memo_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn with its passages."""

    number: int
    anchor: str
    speaker: str
    time: str
    question: bool
    reconstructed: bool
    words: str
    pieces: tuple[PieceView, ...]
    translation: str
    margins: tuple[MarginView, ...]
    memo_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with all its turns."""

    id: str
    anchor: str
    title: str
    language: str
    provenance: str
    fields: tuple[Field, ...]
    note: str
    coded: str
    memo_links: tuple[Link, ...]
    turns: tuple[TurnView, ...]
