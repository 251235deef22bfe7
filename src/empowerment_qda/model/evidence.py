"""Evidence: one row per coded passage that counts, with who said it, how it was gathered and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from empowerment_qda.model.base import When
from empowerment_qda.model.codebook import Direction
from empowerment_qda.model.source import UNSPECIFIED, Span

Passage = tuple[str, Span]
"""A source's id and where in it the words stand: the same words are the same passage, whoever coded them (R2)."""


class Witness(NamedTuple):
    """A person whose words a passage is; or a group whose speakers are not told apart, which is one (R9).

    `id` is the informant's, or the source's with `:?` for a group, whose `members` are then named (`?` for those who
    are not identified). `others` are the ids of those who certainly are other persons (R12).
    """

    id: str
    known: bool
    type: str | None
    group: str | None
    others: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coded passage: `span` is its place in the source, `quote` the words that stand there now.

    `witnesses` are all whose words it is (R9, R11); there are none in notes and documents (R3). Where consent to be quoted
    is missing, `withheld` names whose, and `quote` says so in place of the words.
    """

    id: str
    source: str
    span: Span
    quote: str
    code: str
    path: str
    dimension: str
    aspect: str | None
    direction: Direction
    witnesses: tuple[Witness, ...]
    method: str
    date: When | None
    event_date: When | None
    coder: str
    strength: str
    producer: str | None = None
    about: tuple[str, ...] = ()
    memo: str | None = None
    withheld: tuple[str, ...] = ()

    @property
    def turn(self) -> int:
        """The turn (1-based) that it begins in."""
        return self.span.turn

    @property
    def ref(self) -> str:
        """The passage's turn, such as KS-01#2."""
        return self.span.on(self.source)

    @property
    def passage(self) -> Passage:
        """The same words are the same passage, whoever coded them and with which code (R2)."""
        return self.source, self.span

    @property
    def witness(self) -> Witness | None:
        """The one whose words it is; None where nobody speaks, or several do."""
        return self.witnesses[0] if len(self.witnesses) == 1 else None

    @property
    def who(self) -> str | None:
        """Those whose words it is in a row; None where nobody speaks."""
        return ", ".join(one.id for one in self.witnesses) or None

    @property
    def informants(self) -> tuple[str, ...]:
        """The informants whose words it is; a group that is not told apart is none of its members."""
        return tuple(one.id for one in self.witnesses if not one.members)

    @property
    def informant(self) -> str | None:
        """The only informant whose words it is."""
        return self.informants[0] if len(self.witnesses) == 1 and self.informants else None

    @property
    def type(self) -> str | None:
        """The type of all whose words it is; None where it is not known or they differ."""
        return shared(one.type for one in self.witnesses)

    @property
    def group(self) -> str | None:
        """The group of all whose words it is; None where it is not known or they differ."""
        return shared(one.group for one in self.witnesses)


def shared(values: Iterable[str | None]) -> str | None:
    """The value that all have; None where they differ, or there are none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def voices(rows: Iterable[Evidence]) -> set[str]:
    """Ids of those whose words the passages are."""
    return {one.id for row in rows for one in row.witnesses}


def by_witness(rows: Iterable[Evidence]) -> Iterator[Evidence]:
    """Each passage once for each of those whose words it is, so that counting by person, type or group is plain."""
    for row in rows:
        if len(row.witnesses) > 1:
            yield from (replace(row, witnesses=(one,)) for one in row.witnesses)
        else:
            yield row


def without_witness(rows: Iterable[Evidence], id_: str) -> list[Evidence]:
    """The passages as they were without one person: what others say in them is left (R9)."""
    kept = []
    for row in rows:
        others = tuple(one for one in row.witnesses if one.id != id_)
        if len(others) == len(row.witnesses):
            kept.append(row)
        elif others:
            kept.append(replace(row, witnesses=others))
    return kept


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


def all_restated(sources: Iterable[SourceSummary]) -> bool:
    """Whether there are sources and somebody else restated each: what was said beside them, nobody here knows."""
    return {one.provenance for one in sources} == {"restated"}


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A coding that is named and is no evidence: `ambiguous` or `lost`, since its words cannot be placed with
    certainty; or the role of its turn, such as `question` (R11).
    """

    id: str
    source: str
    turn: int | None
    coder: str
    code: str
    quote: str
    reason: str

    @property
    def ref(self) -> str:
        """Its turn, such as KS-01#2; the source where it stands in none."""
        return f"{self.source}#{self.turn}" if self.turn else self.source

    @property
    def placed(self) -> bool:
        """Whether its words stand in the source."""
        return self.reason not in ("ambiguous", "lost")


@dataclass(frozen=True, slots=True)
class Reduction:
    """The evidence of a study, what each source gave, and the codings that are no evidence."""

    evidence: tuple[Evidence, ...]
    sources: tuple[SourceSummary, ...]
    not_counted: tuple[NotCounted, ...]
    coders: tuple[str, ...]
    only_auto: bool


class Informants(NamedTuple):
    """How many informants: at least `lower`, at most `upper`, where some are not identified (R5)."""

    lower: int
    upper: int

    def __str__(self) -> str:
        return str(self.lower) if self.lower == self.upper else f"{self.lower}-{self.upper}"


def list_witnesses(rows: Iterable[Evidence]) -> dict[str, Witness]:
    """Id to each of those who are heard in passages whose method counts (R4)."""
    return {one.id: one for row in rows if row.method != UNSPECIFIED for one in row.witnesses}


def count_informants(rows: Iterable[Evidence]) -> Informants:
    """Distinct informants (R1, R5, R9, R12) whose words the passages are."""
    return count_witnesses(list_witnesses(rows))


def count_witnesses(heard: Mapping[str, Witness]) -> Informants:
    """How many persons these are. At least: the largest set of whom any two are certainly two persons.

    Known informants are; so is somebody unidentified beside everybody of another known type (R5), and beside those
    named in `distinct_from` (R12); a group that is not told apart is, beside known persons who are not its members.
    """
    if not heard:
        return Informants(0, 0)
    known_types = {one.type for one in heard.values() if one.known}
    doubtful = [one for one in heard.values() if not one.known]
    if not any(one.others or one.members for one in doubtful):
        types = {one.type for one in doubtful if one.type and one.type not in known_types}
        return Informants(max(len(heard) - len(doubtful) + len(types), 1), len(heard))
    return Informants(_largest_distinct(list(heard.values())), len(heard))


def _distinct(one: Witness, other: Witness) -> bool:
    """Whether two are certainly two persons."""
    if (one.known and other.known) or one.id in other.others or other.id in one.others:
        return True
    if one.members and other.members:
        return "?" not in one.members | other.members and not one.members & other.members
    group, single = (one, other) if one.members else (other, one)
    if group.members and "?" not in group.members:
        if single.known and single.id not in group.members:
            return True
        if group.members <= single.others:
            return True
    types = {one.type, other.type}
    return len(types) == 2 and (None not in types or (one if one.type is None else other).known)


def _largest_distinct(people: list[Witness]) -> int:
    """The size of the largest set of pairwise distinct people: a maximum clique, by branch and bound.

    After STEPS sets looked at it is the largest found so far, which is still a number that holds.
    """
    near = [
        {k for k, other in enumerate(people) if k != n and _distinct(one, other)}
        for n, one in enumerate(people)
    ]
    sure = [n for n in range(len(people)) if len(near[n]) == len(people) - 1]
    best, steps = 0, STEPS
    stack: list[tuple[int, set[int]]] = [(0, set(range(len(people))) - set(sure))]
    while stack and steps:
        size, open_ = stack.pop()
        steps -= 1
        best = max(best, size)
        if open_ and size + len(open_) > best:
            most = max(open_, key=lambda n: (len(near[n] & open_), -n))
            stack.append((size, open_ - {most}))
            stack.append((size + 1, open_ & near[most]))
    return len(sure) + best


STEPS = 20_000
"""How many sets are tried where people may be the same in many ways."""


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
