"""What the tactics look at: the study, its evidence, and what each informant speaks of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.citations import Citations
from empowerment_qda.model.evidence import Evidence, Reduction, list_witnesses
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
