"""Findings: the claims of a study, each tied to codes or to single codings."""

from __future__ import annotations

from pydantic import Field

from empowerment_qda.model.base import Answer, FileNoun, Id, Many, Noun, Texts
from empowerment_qda.model.when import Date

SIDES = ("supported_by", "contradicted_by", "qualified_by", "inferred_from")


class Rival(Noun):
    """Another explanation of the same matter, with what supports it."""

    statement: Texts
    supported_by: Many[Id] = ()


class Inquiry(Noun):
    """Whether something was done (a member check, a search for negative cases), when, by whom, with what result."""

    done: Answer
    date: Date | None = None
    by: str | None = None
    note: Texts | None = None


class Finding(Noun):
    """A claim. Only what stands in `supported_by` counts towards triangulation (R8)."""

    id: Id
    statement: Texts
    dimension: Id | None = None
    supported_by: Many[Id] = ()
    contradicted_by: Many[Id] = ()
    qualified_by: Many[Id] = ()
    inferred_from: Many[Id] = ()
    expected_types: Many[Id] = ()
    response: str | None = None
    rivals: tuple[Rival | Id, ...] = ()
    member_check: Inquiry | None = None
    negative_search: Inquiry | None = None
    note: Texts | None = None
    draft: Answer = Field(default=False, description="made by the machine and not yet reworded by a person")


class Conclusion(Noun):
    """The overall conclusion, as strong as the weakest finding it rests on."""

    statement: Texts
    rests_on: Many[Id] = ()
    note: Texts | None = None


class Recommendation(Noun):
    """What should be done, as well founded as the weakest finding it rests on."""

    id: Id
    statement: Texts
    rests_on: Many[Id] = ()
    note: Texts | None = None


class Findings(FileNoun):
    """The file of findings."""

    findings: tuple[Finding, ...] = ()
    conclusion: Conclusion | None = None
    recommendations: tuple[Recommendation, ...] = ()
