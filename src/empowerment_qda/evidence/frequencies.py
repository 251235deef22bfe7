"""The codebook in use: how many informants and passages each code has, alone and with all codes below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from empowerment_qda.model.codebook import Codebook, CodePlace
from empowerment_qda.model.evidence import Evidence, Informants, count_informants
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean


class Use(NamedTuple):
    """Distinct informants (R1, R5), distinct passages (R2), and the number of sources they stand in."""

    informants: Informants
    segments: int
    sources: int

    def __str__(self) -> str:
        return f"{self.informants} / {self.segments}"


@dataclass(frozen=True, slots=True)
class CodeInUse:
    """A code, what was coded with it, and what with it or a code below it: each informant and passage once.

    `pairs` adds up the informants of the code and of each code below it, as reports usually do: whoever speaks of
    two codes is in it twice.
    """

    place: CodePlace
    own: Use
    whole: Use
    pairs: Informants


def use_codebook(codebook: Codebook, evidence: Iterable[Evidence]) -> tuple[CodeInUse, ...]:
    """Every code in the order of the book."""
    by_code: dict[str, list[Evidence]] = defaultdict(list)
    for row in evidence:
        by_code[row.code].append(row)
    own = {place.code.id: _count(by_code.get(place.code.id, [])) for place in codebook.walk()}
    found = []
    for place in codebook.walk():
        family = sorted(codebook.families[place.code.id])
        below = [row for code in family for row in by_code.get(code, ())]
        each = [own[code].informants for code in family]
        pairs = Informants(sum(one.lower for one in each), sum(one.upper for one in each))
        found.append(CodeInUse(place, own[place.code.id], _count(below), pairs))
    return tuple(found)


def _count(rows: list[Evidence]) -> Use:
    segments, sources = {row.passage for row in rows}, {row.source for row in rows}
    return Use(count_informants(rows), len(segments), len(sources))


def branch_of(codes: tuple[CodeInUse, ...], code: str | None) -> tuple[CodeInUse, ...]:
    """A code and those below it, or all; StudyError for a code that the book does not have."""
    if code is None:
        return codes
    found = tuple(
        one for one in codes if code in (one.place.code.id, *(above.id for above in one.place.ancestors))
    )
    if not found:
        hint = did_you_mean(code, [one.place.code.id for one in codes])
        raise StudyError([Problem(Place("codebook"), "unknown-code", f"there is no code `{code}`", hint)])
    return found
