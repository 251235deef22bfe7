"""What reduction makes beside the evidence: contact summaries, passages in context, what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from empowerment_qda.model.evidence import Evidence, SourceSummary


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact summary of a source (Miles & Huberman): its main codes, salient passages and open questions."""

    summary: SourceSummary
    time: str | None
    duration: str | None
    place: str | None
    main_codes: tuple[tuple[str, int], ...]
    salient: tuple[Evidence, ...]
    questions: tuple[tuple[str, str], ...]
    memos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InContext:
    """A coded passage with the words around it."""

    row: Evidence
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A turn that no counted coding touches, or a coding set aside; and why, where a person said so."""

    source: str
    turn: int
    what: str
    text: str
    coder: str
    reason: str
