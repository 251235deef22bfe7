"""The study: its settings, and all its files as one value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from empowerment_qda.model.base import Answer, FileNoun, Id, Many, Noun, Positive, Texts, Whole
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import AUTO, Codings, Memo
from empowerment_qda.model.consent import Consent, Purpose
from empowerment_qda.model.finding import Claim, Findings
from empowerment_qda.model.source import Informant, Source, kind_of

Axis = Literal["informant", "type", "group", "method"]
AXES: tuple[Axis, ...] = ("informant", "type", "group", "method")
Profile = Literal["basic", "standard", "strict"]


class Group(Noun):
    """Who stands on one side of the matter studied."""

    label: Texts


class InformantType(Noun):
    """A kind of informant: its group, how many were planned, and its distance to the programme."""

    label: Texts
    group: Id | None = Field(default=None, description="the group they belong to, declared under `groups`")
    planned: Whole | None = Field(default=None, description="how many of them the sample foresees")
    order: Whole | None = Field(default=None, description="distance to the programme; the nearest is 1")
    asked_about: Texts | None = None
    note: Texts | None = None


class EvidenceRules(Noun):
    """Whose codings count, and whether what the analyst read in counts."""

    coders: Many[Id] = Field(
        default=(), description="whose codings count; else every person's, and the machine's where none coded"
    )
    count_inferred: Answer = Field(default=False, description="whether what the analyst reads in is support")


class Minimums(Noun):
    """How many distinct informants, types, groups and methods a finding needs."""

    informant: Positive = 2
    type: Positive = 2
    group: Positive = 2
    method: Positive = 2

    def of(self, axis: Axis) -> int:
        """The minimum on one axis."""
        value: int = getattr(self, axis)
        return value


class TriangulationRules(Noun):
    """What a finding needs; `profile` sets the required axes where `require` does not."""

    profile: Profile = "standard"
    require: Annotated[Many[Axis], Field(min_length=1)] | None = Field(
        default=None, description="the axes on which a finding must reach `min`"
    )
    min: Minimums = Field(default_factory=Minimums)
    reason: Texts | None = Field(
        default=None, description="why less is asked than two informants, types, groups and methods"
    )

    @property
    def required(self) -> tuple[Axis, ...]:
        """The required axes."""
        if self.require is not None:
            return self.require
        return ("informant", "type") if self.profile == "basic" else AXES

    @property
    def reduced(self) -> bool:
        """Whether less is asked than two informants, types, groups and methods: that needs a `reason`."""
        return set(self.required) != set(AXES) or any(self.min.of(axis) < 2 for axis in AXES)


class DeclaredMethod(Noun):
    """A word for a method that the study uses, and what it counts as (R15)."""

    counts_as: Annotated[
        Literal["interview", "observation", "documentation", "fgd", "questionnaire"],
        BeforeValidator(lambda word: kind_of(str(word)) or word),
    ]


class Researcher(Noun):
    """One of the team, as reporting standards ask (COREQ 2-5, 8)."""

    id: str | None = None
    role: Texts | None = None
    credentials: Texts | None = None
    occupation: Texts | None = None
    gender: str | None = None
    experience: Texts | None = None
    interests: Texts | None = None


class Settings(FileNoun):
    """The settings of a study: qda.yaml."""

    title: Texts
    language: str = Field(
        default="en",
        pattern=r"^[a-z]{2}$",
        description="of the sources: id, en, ...; a source may say another",
    )
    questions: Many[Texts] = Field(default=(), description="the research questions")
    codebook: str = Field(description="the path of the codebook, such as codebooks/codebook.yaml")
    sources: dict[str, Many[str]] = Field(
        description="method to the files gathered by it, such as interview: data/interviews/*.yaml"
    )
    methods: dict[str, DeclaredMethod] = Field(
        default_factory=dict,
        description="other words for methods, such as telephone: {counts_as: interview}",
    )
    groups: dict[str, Group] = Field(default_factory=dict, description="the sides that people stand on")
    informant_types: dict[str, InformantType] = Field(
        default_factory=dict, description="the kinds of people who were heard"
    )
    evidence: EvidenceRules = Field(default_factory=EvidenceRules)
    triangulation: TriangulationRules = Field(default_factory=TriangulationRules)
    purpose: Texts | None = None
    reference: Texts | None = None
    licence: Texts | None = None
    provenance_note: Texts | None = Field(
        default=None, description="how the sources came to be what they are"
    )
    limits: Many[Texts] = Field(default=(), description="what the reader must know of the study's limits")
    setting: Texts | None = Field(default=None, description="where and when it was done")
    orientation: Texts | None = Field(default=None, description="the methodological orientation")
    theory: Texts | None = Field(default=None, description="the theory that it works with")
    sampling: Texts | None = Field(default=None, description="how people and documents were chosen")
    approach: Texts | None = Field(default=None, description="how people were approached")
    nonparticipation: Texts | None = Field(default=None, description="who refused or dropped out, and why")
    disclosure: Texts | None = Field(
        default=None, description="what people knew of the researchers and their aims"
    )
    guide: Texts | None = Field(default=None, description="the interview guide, and whether it was tried out")
    recording: Texts | None = Field(default=None, description="how talk was recorded")
    ethics: Texts | None = Field(default=None, description="approval, consent, confidentiality")
    conflicts: Texts | None = Field(default=None, description="conflicts of interest")
    funding: Texts | None = Field(default=None, description="who paid, and what say they had")
    researchers: tuple[Researcher, ...] = ()

    def kind_of(self, method: str | None) -> str | None:
        """What a method counts as (R15); None for a word that is neither known nor declared."""
        return kind_of(method, {word: one.counts_as for word, one in self.methods.items()})

    def group_of(self, type_: str | None) -> str | None:
        """The group of an informant type; None where either is unknown."""
        known = self.informant_types.get(type_ or "")
        return known.group if known else None


def order_types(settings: Settings) -> list[str]:
    """Informant types by their distance to the programme; those without an order last, as in the file."""
    types = settings.informant_types
    return sorted(
        types, key=lambda one: order if (order := types[one].order) is not None else len(types) + 999
    )


@dataclass(frozen=True, eq=False)
class Study:
    """All files of a study, read and valid one by one; beside them the paths of files that nothing reads, and the
    patterns that look mistaken, each with its key and what it may have meant (empty where nothing is near)."""

    settings: Settings
    codebook: Codebook
    sources: tuple[Source, ...] = ()
    codings: tuple[Codings, ...] = ()
    findings: Findings = field(default_factory=Findings)
    memos: tuple[Memo, ...] = ()
    consent: Consent | None = None
    unread: tuple[str, ...] = ()
    mistaken: tuple[tuple[str, int, str], ...] = ()

    @property
    def restated(self) -> bool:
        """Whether there are sources and somebody else restated each: who else was interviewed, and what else was said,
        nobody here knows."""
        return {source.provenance for source in self.sources} == {"restated"}

    @cached_property
    def informants(self) -> dict[str, Informant]:
        """Every declared informant by id; the first full declaration wins (a check reports a differing one)."""
        found: dict[str, Informant] = {}
        for source in self.sources:
            for heard in source.heard:
                if isinstance(heard, Informant):
                    found.setdefault(heard.id, heard)
        return found

    def who(self, heard: Informant | str) -> Informant:
        """An informant as first declared; a type that the settings do not declare is not known (R6)."""
        known = self.informants.get(heard if isinstance(heard, str) else heard.id)
        if known is None:
            return Informant(id=str(heard))
        if known.type is not None and known.type not in self.settings.informant_types:
            return known.model_copy(update={"type": None})
        return known

    @cached_property
    def distinct(self) -> dict[str, frozenset[str]]:
        """Informant id to those who certainly are other persons: `distinct_from` holds both ways (R12)."""
        found: dict[str, set[str]] = defaultdict(set)
        for source in self.sources:
            for one in source.heard:
                if isinstance(one, Informant):
                    for other in one.distinct_from:
                        found[one.id].add(other)
                        found[other].add(one.id)
        return {one: frozenset(others - {one}) for one, others in found.items()}

    def answer_to(self, claim: Claim, *links: str) -> Memo | None:
        """The memo that answers what contradicts a claim (R14): named by its id under `response`, linking the claim
        (or one of `links`, such as the finding that the claim is a part of), and with a text of at least a word.
        """
        for memo in self.memos:
            if memo.id == claim.response and {claim.id, *links} & set(memo.links):
                written = re.sub(r"<!--.*?-->", "", memo.text, flags=re.DOTALL)
                return memo if re.search(r"\w", written) else None
        return None

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """Source id to source."""
        return {source.id: source for source in self.sources}

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Whose codings count: as the settings say, else every coder but auto, else auto alone.

        The machine never counts beside a person (R8).
        """
        if asked := self.settings.evidence.coders:
            return tuple(one for one in asked if one != AUTO) or (AUTO,)
        persons = sorted(
            {codings.coder for codings in self.codings if codings.coder != AUTO and codings.codings}
        )
        return tuple(persons) or (AUTO,)

    def with_codings(self, fresh: Iterable[Codings]) -> Study:
        """The study with these files of codings in place of those at the same paths, in the order of paths."""
        by_path = {file.path: file for file in (*self.codings, *fresh)}
        return replace(self, codings=tuple(by_path[path] for path in sorted(by_path)))

    def withheld(self, source: Source, turns: Iterable[int], purpose: Purpose = "quote") -> tuple[str, ...]:
        """Those who speak in these turns (1-based) and have not agreed that their words are used so; nobody where the
        study has no consent.yaml. Questions, notes and documents are nobody's words. Where the speaker is not told,
        everybody who is heard there has to agree; where nobody is, the source itself is named.
        """
        if self.consent is None or not source.spoken:
            return ()
        heard = [one if isinstance(one, str) else one.id for one in source.heard]
        said = [source.turns[turn - 1].speaker for turn in turns if not source.is_question(turn)]
        people = dict.fromkeys(one for name in said for one in ([name] if name else heard or [source.id]))
        return tuple(one for one in people if not self.consent.allows(one, purpose, self._today))

    @cached_property
    def _today(self) -> date:
        return date.today()

    @property
    def only_auto(self) -> bool:
        """Whether what counts are suggestions that no person has accepted."""
        return self.coders == (AUTO,)

    def language_of(self, source: Source) -> str:
        """The language a source is in."""
        return source.language or self.settings.language
