"""Sources: transcripts, field notes and documents, turn by turn, and who speaks in them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from empowerment_qda.model.base import Answer, FileNoun, Id, Many, Noun, Texts
from empowerment_qda.model.when import Date

UNSPOKEN = frozenset({"observation", "documentation"})
UNSPECIFIED = "unspecified"


class Informant(Noun):
    """A person who was heard; `identity: unknown` where several such may be one person."""

    id: Id
    type: Id | None = Field(
        default=None, description="one of `informant_types`; leave it out where nobody knows"
    )
    identity: Literal["known", "unknown"] = "known"
    note: Texts | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
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
    method: Id | None = Field(
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

    @property
    def heard(self) -> tuple[Informant | str, ...]:
        """The informants as the file names them: declared in full, or by id alone."""
        return ((self.informant,) if self.informant is not None else ()) + self.informants

    @property
    def spoken(self) -> bool:
        """Whether persons speak in it, so that they count as informants (R3, R4)."""
        return self.method not in UNSPOKEN and self.method != UNSPECIFIED

    def is_question(self, turn: int) -> bool:
        """Whether that turn (1-based) is the interviewer's."""
        return 1 <= turn <= len(self.turns) and self.turns[turn - 1].speaker in self.interviewer
