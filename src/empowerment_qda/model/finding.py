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
    dimension: Id | None = Field(default=None, description="the code of the book that it belongs to")
    supported_by: Many[Id] = Field(default=(), description="codes, or ids of codings: what counts")
    contradicted_by: Many[Id] = Field(default=(), description="what speaks against it")
    qualified_by: Many[Id] = Field(default=(), description="what limits it: shown, never counted")
    inferred_from: Many[Id] = Field(
        default=(), description="what the analyst reads in: counted only with `count_inferred`"
    )
    expected_types: Many[Id] = Field(default=(), description="whose view must be there")
    response: str | None = Field(default=None, description="the memo that answers the contradiction")
    cause_in: Many[Id] = Field(
        default=(), description="where the claim names a cause: the passages in which that cause is stated"
    )
    rivals: tuple[Rival | Id, ...] = Field(
        default=(), description="other explanations: a finding's id, or a statement with what supports it"
    )
    member_check: Inquiry | None = Field(default=None, description="whether informants were asked about it")
    negative_search: Inquiry | None = Field(
        default=None, description="whether cases against it were looked for"
    )
    note: Texts | None = None
    draft: Answer = Field(default=False, description="made by the machine and not yet reworded by a person")


class IfThen(Noun):
    """An if-then test: whoever has the one code should have the other (codes of any level)."""

    given: Id = Field(alias="if")
    then: Id


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
    if_then: tuple[IfThen, ...] = ()
