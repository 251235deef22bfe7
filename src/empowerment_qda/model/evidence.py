"""Evidence: one row per coded passage that counts, with who said it, how it was gathered and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from empowerment_qda.model.codebook import Direction
from empowerment_qda.model.source import UNSPECIFIED
from empowerment_qda.model.span import Span
from empowerment_qda.model.when import When


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coded passage. `turn`, `end_turn` are 1-based; `start`, `end` code points, end-exclusive.

    `informant` is None for notes, documents and anonymous speech; `voice` names whoever counts as one
    informant (R1, R5, R9): the informant's id, or the source's where nobody is named; None where nobody speaks.
    """

    id: str
    source: str
    turn: int
    start: int
    end: int
    end_turn: int
    quote: str
    code: str
    path: str
    dimension: str
    aspect: str | None
    direction: Direction
    informant: str | None
    voice: str | None
    identity_known: bool
    type: str | None
    group: str | None
    method: str
    date: When | None
    event_date: When | None
    coder: str
    strength: str
    producer: str | None = None
    about: tuple[str, ...] = ()
    memo: str | None = None

    @property
    def ref(self) -> str:
        """The passage's turn, such as KS-01#2."""
        return f"{self.source}#{self.turn}" + (f"-{self.end_turn}" if self.end_turn != self.turn else "")

    @property
    def passage(self) -> tuple[str, Span]:
        """The same words are the same passage, whoever coded them and with which code (R2)."""
        return self.source, Span(self.turn, self.start, self.end_turn, self.end)


@dataclass(frozen=True, slots=True)
class Uncoded:
    """An answer without a counted coding; `coders` left it out on purpose, for `reason`."""

    source: str
    turn: int
    text: str
    coders: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a source holds and how much of it is coded (characters of answers, notes and documents)."""

    id: str
    method: str
    informants: tuple[str, ...]
    type: str | None
    group: str | None
    date: When | None
    turns: int
    coded_turns: int
    characters: int
    coded_characters: int
    segments: int
    codes: tuple[str, ...]
    provenance: str
    uncoded: tuple[Uncoded, ...]

    @property
    def coded_share(self) -> float:
        """Coded characters over all, 0 to 1; questions are in neither."""
        return self.coded_characters / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A counted coding whose words cannot be placed with certainty: it is named, and it does not count."""

    id: str
    source: str
    coder: str
    code: str
    quote: str
    state: str


@dataclass(frozen=True, slots=True)
class Reduction:
    """The evidence of a study, what each source gave, and what could not be placed."""

    evidence: tuple[Evidence, ...]
    sources: tuple[SourceSummary, ...]
    unplaced: tuple[Unplaced, ...]
    coders: tuple[str, ...]
    only_auto: bool


class Informants(NamedTuple):
    """How many informants: at least `lower`, at most `upper`, where some are not identified (R5)."""

    lower: int
    upper: int

    def __str__(self) -> str:
        return str(self.lower) if self.lower == self.upper else f"{self.lower}-{self.upper}"


def count_informants(rows: Iterable[Evidence]) -> Informants:
    """Distinct informants (R1, R5): those known, and one for each type of which only unidentified speak."""
    spoken = [row for row in rows if row.voice and row.method != UNSPECIFIED]
    known = {row.voice for row in spoken if row.identity_known}
    types_known = {row.type for row in spoken if row.identity_known}
    only_anonymous = {row.type for row in spoken if row.type and row.type not in types_known}
    upper = len({row.voice for row in spoken})
    return Informants(max(len(known) + len(only_anonymous), min(upper, 1)), upper)
