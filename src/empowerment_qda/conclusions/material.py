"""What the tactics look at: the study, its evidence, what each informant speaks of, and a finding with its passages; and
how a tactic tells its result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.evidence.citations import Citations, one_per_passage, sides_of
from empowerment_qda.evidence.rows import group_rows
from empowerment_qda.model.base import Text
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, RivalConclusion, Standing, Tactic
from empowerment_qda.model.evidence import Evidence, Reduction, count_informants, list_witnesses
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.study import Study


class Profile(NamedTuple):
    """An informant and the codes of what they said."""

    informant: str
    type: str | None
    group: str | None
    codes: frozenset[str]


@dataclass(frozen=True)
class Material:
    """A study, its reduction, and what its findings cite."""

    study: Study
    reduction: Reduction
    citations: Citations

    @cached_property
    def spoken(self) -> dict[str, tuple[Evidence, ...]]:
        """Informant to what they said that is coded; groups that speak as one voice are no informant (R9)."""
        rows: dict[str, list[Evidence]] = defaultdict(list)
        for row in self.reduction.evidence:
            for informant in row.informants:
                rows[informant].append(row)
        return {informant: tuple(rows[informant]) for informant in sorted(rows)}

    @cached_property
    def by_code(self) -> dict[str, list[Evidence]]:
        """Code to its passages."""
        return group_rows(self.reduction.evidence, lambda row: row.code)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The code profile of each informant, in the order of their ids."""
        return tuple(
            Profile(one.id, one.type, one.group, frozenset(row.code for row in self.spoken[one.id]))
            for one in sorted(list_witnesses(self.reduction.evidence).values())
            if one.id in self.spoken
        )

    @property
    def surprises(self) -> list[Memo]:
        """The memos of a surprise."""
        return [memo for memo in self.study.memos if memo.kind == "surprise"]


def tell(
    name: str, outcome: Outcome, words: str, rows: Iterable[Evidence] = (), /, **values: object
) -> Tactic:
    """A tactic with its result: which sentence, what fills it (several names in a row), and the turns of passages to look
    at, each once."""
    told = {key: ", ".join(one) if isinstance(one, list) else str(one) for key, one in values.items()}
    return Tactic(name, outcome, words, tuple(told.items()), tuple(dict.fromkeys(row.ref for row in rows)))


def difference(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard distance of two sets: 0 the same, 1 nothing shared (Jaccard 1912).

    >>> difference(frozenset("ab"), frozenset("bc"))
    0.6666666666666667
    """
    union = one | other
    return 1 - len(one & other) / len(union) if union else 0.0


def gather_finding(finding: Finding, study: Study, citations: Citations) -> FindingConclusion:
    """A finding with its passages, each once on a side (R2), and its rivals; nothing is tested yet."""
    sides = sides_of(finding, citations, study.settings.evidence.count_inferred)
    rivals = tuple(
        RivalConclusion(name, statement, rows, compare_support(rows, sides.supporting))
        for name, statement, rows in _rivals(finding, study, citations)
    )
    return FindingConclusion(finding=finding, **sides._asdict(), rivals=rivals, tactics=())


def _rivals(
    finding: Finding, study: Study, citations: Citations
) -> Iterator[tuple[str, Text, tuple[Evidence, ...]]]:
    """Id, statement and support of each rival: those of another finding, or its own."""
    for number, rival in enumerate(finding.rivals, 1):
        if not isinstance(rival, str):
            rows = one_per_passage(citations.rows(rival.supported_by))
            yield f"{finding.id}-rival-{number}", rival.statement, rows
        elif isinstance(other := study.findings.by_id.get(rival), Finding):
            count_inferred = study.settings.evidence.count_inferred
            yield rival, other.statement, sides_of(other, citations, count_inferred).supporting
        else:
            yield rival, Text.of(rival), ()


def compare_support(rival: Sequence[Evidence], finding: Sequence[Evidence]) -> Standing:
    """How well a rival is supported beside the finding: by informants (at least), never by quotations.

    Where neither has more informants, having any passage at all decides.
    """
    if not rival:
        return "unsupported"
    mine, theirs = ((count_informants(rows).lower, bool(rows)) for rows in (rival, finding))
    return "equal" if mine == theirs else "better" if mine > theirs else "worse"
