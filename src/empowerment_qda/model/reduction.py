"""What reduction makes beside the evidence: contact summaries, passages in context, the condensation log."""

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
class Condensed:
    """What did not become evidence: a turn that is `uncoded` or `left out` on purpose, or a coding that was rejected or
    not found (`what` names its code); and why, where a person said so."""

    source: str
    turn: int
    what: str
    text: str
    coder: str
    reason: str
