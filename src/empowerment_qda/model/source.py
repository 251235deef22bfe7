"""Where words stand in a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import Field

from empowerment_qda.model.base import Answer, Date, FileNoun, Id, Many, Noun, Texts


class Span(NamedTuple):
    """A passage: turns count from 1; offsets are code points from 0, end-exclusive, `end` counts in `end_turn`."""

    turn: int
    start: int
    end_turn: int
    end: int

    @property
    def turns(self) -> range:
        """The turns that it runs over."""
        return range(self.turn, self.end_turn + 1)

    def overlaps(self, other: Span) -> bool:
        """Whether two passages of one source have words in common.

        >>> Span(1, 0, 2, 4).overlaps(Span(2, 3, 2, 9)), Span(1, 0, 2, 4).overlaps(Span(2, 4, 2, 9))
        (True, False)
        """
        return self[:2] < other[2:] and other[:2] < self[2:]

    def on(self, source: str) -> str:
        """Source and turns, as links name them.

        >>> Span(2, 0, 2, 4).on("KS-01"), Span(2, 0, 4, 4).on("KS-01")
        ('KS-01#2', 'KS-01#2-4')
        """
        return f"{source}#{TurnRange(self.turn, self.end_turn)}"


class TurnRange(NamedTuple):
    """The turns of a passage, 1-based, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @classmethod
    def parse(cls, text: str) -> TurnRange | None:
        """The turns that a text such as `2` or `2-4` names; None where it names none.

        >>> TurnRange.parse("2"), TurnRange.parse("4 - 6"), TurnRange.parse("4-2"), TurnRange.parse("two")
        (TurnRange(first=2, last=2), TurnRange(first=4, last=6), None, None)
        """
        found = re.fullmatch(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?", text)
        turns = cls(int(found[1]), int(found[2] or found[1])) if found else cls(0, 0)
        return turns if 1 <= turns.first <= turns.last else None

    def overlaps(self, other: TurnRange) -> bool:
        """Whether they have a turn in common."""
        return self.first <= other.last and other.first <= self.last

    @property
    def numbers(self) -> range:
        """Each of the turns."""
        return range(self.first, self.last + 1)


UNSPECIFIED = "unspecified"
KINDS: dict[str, tuple[str, ...]] = {
    "interview": ("interview", "interviews", "wawancara"),
    "observation": ("observation", "observations", "observasi", "pengamatan"),
    "documentation": ("documentation", "document", "documents", "dokumentasi", "dokumen"),
    "fgd": ("fgd", "focus group", "focus groups", "focus group discussion", "kelompok terarah",
            "diskusi kelompok terarah"),
}  # fmt: skip
"""Kinds of methods, as they count (R15), with the words that mean each of them."""
UNSPOKEN = frozenset({"observation", "documentation"})
"""Kinds of methods in which nobody testifies (R3)."""
COUNTED = frozenset({"informant", "record"})
"""Roles of turns whose words can be evidence."""
Role = Literal["informant", "record", "question", "bystander", "stranger", "reconstructed", "nobody"]


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers in ids and paths by their size.

    >>> sorted(["P10", "P2", "p1"], key=natural)
    ['p1', 'P2', 'P10']
    """
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def kind_of(method: str | None, declared: Mapping[str, str] | None = None) -> str | None:
    """The kind that a method counts as (R15), whatever its case and language; None for a word that nobody declared.

    `declared` maps words of the study's own to kinds; it cannot change what a known word means.

    >>> kind_of("Wawancara"), kind_of("focus-group"), kind_of("telephone", {"telephone": "interview"})
    ('interview', 'fgd', 'interview')
    """
    words = {word: kind for kind, known in KINDS.items() for word in known}
    own = {_plain(word): kind for word, kind in (declared or {}).items()}
    return (own | words).get(_plain(method or ""))


def _plain(word: str) -> str:
    return " ".join(re.split(r"[\s_-]+", word.strip().casefold()))


class Informant(Noun):
    """A person who was heard; `identity: unknown` where several such may be one person."""

    id: Id
    type: Id | None = Field(
        default=None, description="one of `informant_types`; leave it out where nobody knows"
    )
    identity: Literal["known", "unknown"] = "known"
    note: Texts | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    distinct_from: Many[Id] = Field(
        default=(), description="other informants who are certainly other persons, identified or not"
    )
    prior_relationship: Texts | None = Field(
        default=None, description="with the researchers, before the study"
    )


class Turn(Noun):
    """What one speaker says before the next one does, or one paragraph of a note or document."""

    text: str = Field(min_length=1)
    speaker: str | None = None
    time: str | None = Field(default=None, description="where it is on the recording, such as 00:01:12")
    translation: Texts | None = None
    reconstructed: Answer = Field(
        default=False, description="the words are the analyst's, as with restated questions"
    )


class Source(FileNoun):
    """One transcript, field note or document."""

    id: Id
    title: Texts | None = None
    method: str | None = Field(
        default=None, description="else the method whose pattern in qda.yaml found the file"
    )
    informant: Informant | Id | None = Field(
        default=None, description="who is heard; the id alone if declared in another source"
    )
    informants: tuple[Informant | Id, ...] = Field(default=(), description="for a group: all who are heard")
    date: Date | None = None
    time: str | None = Field(default=None, description="the time of day")
    duration: str | None = None
    place: Texts | None = None
    interviewer: Many[str] = Field(
        default=(), description="the speakers whose turns are questions: never coded"
    )
    bystanders: Many[str] = Field(
        default=(), description="speakers who are no informants, such as a husband: nobody's testimony"
    )
    others_present: Texts | None = None
    recording: Texts | None = Field(default=None, description="how it was recorded")
    returned: Texts | None = Field(
        default=None, description="whether the transcript went back to the informant"
    )
    producer: Id | None = Field(default=None, description="who made a document: a group, or `researcher`")
    about: Many[Id] = Field(default=(), description="the informant or site that a note or document is about")
    site: Id | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2}$")
    provenance: Literal["verbatim", "restated", "translated"] = "verbatim"
    note: Texts | None = Field(
        default=None, description="what a reader of this source must know, such as how it was restated"
    )
    turns: tuple[Turn, ...] = Field(min_length=1)

    _kind: str | None = None

    def counting_as(self, kind: str | None) -> Self:
        """The same source, its method counting as this kind (R15); None leaves it to the word itself."""
        same = self.model_copy()
        same._kind = kind
        return same

    @property
    def kind(self) -> str:
        """What its method counts as (R15): a kind, or `unspecified`, which counts on no axis (R4)."""
        return self._kind or kind_of(self.method) or UNSPECIFIED

    @property
    def heard(self) -> tuple[Informant | str, ...]:
        """The informants as the file names them: declared in full, or by id alone."""
        return ((self.informant,) if self.informant is not None else ()) + self.informants

    @property
    def spoken(self) -> bool:
        """Whether persons speak in it, so that they count as informants (R3, R4)."""
        return self.kind not in UNSPOKEN and self.kind != UNSPECIFIED

    def is_question(self, turn: int) -> bool:
        """Whether that turn (1-based) is the interviewer's."""
        return 1 <= turn <= len(self.turns) and self.turns[turn - 1].speaker in self.interviewer

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What each turn is (R11): an `informant`'s words; a `record` (of a note or document, where a speaker is a
        label); or what is evidence of nothing: a `question`, a `bystander`'s or a `stranger`'s words (a speaker whom
        the source does not declare), what was `reconstructed`, and talk of which `nobody` is declared as the informant.
        """
        ids = {one if isinstance(one, str) else one.id for one in self.heard}
        return tuple(self._role(turn, ids) for turn in self.turns)

    def _role(self, turn: Turn, ids: set[str]) -> Role:
        if turn.speaker in self.interviewer:
            return "question"
        if turn.reconstructed:
            return "reconstructed"
        if not self.spoken:
            return "record"
        if turn.speaker is None:
            return "informant" if ids else "nobody"
        if turn.speaker in self.bystanders:
            return "bystander"
        return "informant" if turn.speaker in ids else "stranger"

    def counts(self, turn: int) -> bool:
        """Whether the words of that turn (1-based) can be evidence."""
        return self.roles[turn - 1] in COUNTED

    def quote(self, span: Span) -> str:
        """The words of a span as they stand now, a line break between turns."""
        texts = [self.turns[turn - 1].text for turn in span.turns]
        texts[-1] = texts[-1][: span.end]
        texts[0] = texts[0][span.start :]
        return "\n".join(texts)
