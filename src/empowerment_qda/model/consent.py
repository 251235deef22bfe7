"""What each informant agreed to: consent.yaml."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from empowerment_qda.model.base import Answer, Date, FileNoun, Noun

Purpose = Literal["quote", "archive", "model"]


class Agreement(Noun):
    """What one informant agreed to; what is unsaid is refused."""

    quote: Answer = Field(default=False, description="their words may be shown in reports and displays")
    archive: Answer = Field(default=False, description="their transcripts may leave the study in an export")
    model: Answer = Field(default=False, description="their words may be given to a language model")
    until: Date | None = Field(default=None, description="the last day on which all of it holds")
    withdrawn: Date | None = Field(default=None, description="when they took it all back")

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.withdrawn is None and (self.until is None or day <= self.until.last)


class Consent(FileNoun):
    """Informant id to what they agreed to. An informant who is not named agreed to nothing."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Agreement]

    @property
    def by_informant(self) -> dict[str, Agreement]:
        """Informant id to agreement, in the order of the file."""
        return self.__pydantic_extra__ or {}

    def allows(self, informant: str, purpose: Purpose, day: date) -> bool:
        """Whether an informant agreed to a purpose, and still does on that day."""
        one = self.by_informant.get(informant)
        return one is not None and one.holds(day) and bool(getattr(one, purpose))
