"""What the tactics look at: the study, its evidence, and what each informant speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.evidence.citations import Citations, one_per_passage, sides_of, support_of
from empowerment_qda.model.base import Text
from empowerment_qda.model.conclusion import FindingConclusion, RivalConclusion, Standing
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
    def profiles(self) -> tuple[Profile, ...]:
        """The code profile of each informant, in the order of their ids."""
        return tuple(
            Profile(one.id, one.type, one.group, frozenset(row.code for row in self.spoken[one.id]))
            for one in sorted(list_witnesses(self.reduction.evidence).values())
            if one.id in self.spoken
        )


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
    rivals = tuple(_rivals(finding, sides.supporting, study, citations))
    return FindingConclusion(finding=finding, **sides._asdict(), rivals=rivals, tactics=())


def _rivals(
    finding: Finding, supporting: Sequence[Evidence], study: Study, citations: Citations
) -> Iterator[RivalConclusion]:
    """Each rival with what supports it: that of another finding, or its own."""
    by_id = study.findings.by_id
    for number, rival in enumerate(finding.rivals, 1):
        if not isinstance(rival, str):
            name, statement = f"{finding.id}-rival-{number}", rival.statement
            rows = one_per_passage(citations.rows(rival.supported_by))
        elif isinstance(other := by_id.get(rival), Finding):
            name, statement = rival, other.statement
            rows = one_per_passage(support_of(other, citations, study.settings.evidence.count_inferred)[0])
        else:
            name, statement, rows = rival, Text.of(rival), ()
        yield RivalConclusion(name, statement, rows, compare_support(rows, supporting))


def compare_support(rival: Sequence[Evidence], finding: Sequence[Evidence]) -> Standing:
    """How well a rival is supported beside the finding: by informants (at least), never by quotations.

    Where neither has more informants, having any passage at all decides.
    """
    if not rival:
        return "unsupported"
    mine, theirs = ((count_informants(rows).lower, bool(rows)) for rows in (rival, finding))
    return "equal" if mine == theirs else "better" if mine > theirs else "worse"
