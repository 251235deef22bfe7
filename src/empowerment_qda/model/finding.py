"""Findings: the claims of a study, each tied to codes or to single codings."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from empowerment_qda.model.base import Answer, Date, FileNoun, Id, Many, Noun, Texts
from empowerment_qda.problems import Key

Verdict = Literal["unsupported", "flagged", "indeterminate", "not_assessable", "contested", "triangulated"]
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


class MemberCheck(Inquiry):
    """Whether informants were asked about a finding, and what they said to it."""

    outcome: Literal["agreed", "partly", "disagreed"] | None = None


class Claim(Noun):
    """What is claimed, with what speaks for and against it. Only `supported_by` counts towards triangulation (R8)."""

    id: Id
    statement: Texts
    supported_by: Many[Id] = Field(default=(), description="codes, or ids of codings: what counts")
    contradicted_by: Many[Id] = Field(default=(), description="what speaks against it")
    qualified_by: Many[Id] = Field(default=(), description="what limits it: shown, never counted")
    inferred_from: Many[Id] = Field(
        default=(), description="what the analyst reads in: counted only with `count_inferred`"
    )
    expected_types: Many[Id] = Field(default=(), description="whose view must be there")
    response: str | None = Field(
        default=None,
        description="the id of the memo that answers the contradiction; the memo links the finding",
    )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is triangulated: the claim itself."""
        return (self,)

    def cited(self, side: str) -> tuple[str, ...]:
        """What stands on a side (one of SIDES), in all parts together where there are any."""
        return tuple(dict.fromkeys(entry for claim in self.claims for entry in getattr(claim, side)))


class Part(Claim):
    """One part of a claim of several, triangulated on its own (R13)."""


class Expectation(Noun):
    """The verdict that the author claims, and the flags where they are named: exactly these."""

    verdict: Verdict
    flags: Many[Annotated[str, Field(pattern=r"^T(0[1-9]|1[0-7])$")]] | None = None


class Finding(Claim):
    """A claim, or one of several parts: then what speaks for and against it stands with its parts (R13)."""

    dimension: Id | None = Field(default=None, description="the code of the book that it belongs to")
    parts: tuple[Part, ...] = Field(
        default=(), description="the parts of a claim of several; the worst decides"
    )
    expect: Expectation | None = Field(
        default=None, description="the verdict and flags that the author claims: `qda triangulate --expect`"
    )
    cause_in: Many[Id] = Field(
        default=(), description="where the claim names a cause: the passages in which that cause is stated"
    )
    rivals: tuple[Rival | Id, ...] = Field(
        default=(), description="other explanations: a finding's id, or a statement with what supports it"
    )
    member_check: MemberCheck | None = Field(
        default=None, description="whether informants were asked about it"
    )
    negative_search: Inquiry | None = Field(
        default=None, description="whether cases against it were looked for"
    )
    note: Texts | None = None
    draft: Answer = Field(default=False, description="made by the machine and not yet reworded by a person")

    @model_validator(mode="after")
    def _parts_alone(self) -> Finding:
        own = [name for name in (*SIDES, "response") if getattr(self, name)]
        if self.parts and own:
            raise PydanticCustomError(
                "parts",
                "a finding with `parts` has no {own} of its own: each part has what speaks for and against it",
                {"own": ", ".join(f"`{name}`" for name in own)},
            )
        return self

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is triangulated: its parts, or the finding itself where it has none."""
        return self.parts or (self,)


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

    @cached_property
    def places(self) -> tuple[tuple[Finding, Claim, Key], ...]:
        """Every finding, and every part of one, with the finding and its key in the file."""
        found: list[tuple[Finding, Claim, Key]] = []
        for n, one in enumerate(self.findings):
            found.append((one, one, ("findings", n)))
            found += [(one, part, ("findings", n, "parts", m)) for m, part in enumerate(one.parts)]
        return tuple(found)

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """The id of a finding, or of a part of one, to it."""
        return {claim.id: claim for _, claim, _ in self.places}
