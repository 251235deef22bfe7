"""What a finding cites: codes and codings, resolved to the passages that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.evidence import Evidence, NotCounted, Passage
from empowerment_qda.model.finding import SIDES, Claim, Finding
from empowerment_qda.model.study import Study


class Citations:
    """Looks up the evidence behind entries such as `training-provided` (with all codes below it) or `E12`."""

    def __init__(self, evidence: Iterable[Evidence], codebook: Codebook, codings: Iterable[Codings]) -> None:
        self._codebook, self._families = codebook, codebook.families
        self._ids = {coding.id for file in codings for coding in file.codings if coding.id}
        self._evidence = tuple(evidence)
        self._cited: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._evidence):
            for entry in (row.id, *(code.id for code in codebook.places[row.code].line)):
                self._cited[entry].append(number)

    def knows(self, entry: str) -> bool:
        """Whether an entry is a code of the book or the id of a coding, counted or not."""
        return entry in self._families or entry in self._ids

    def codes(self, entry: str) -> frozenset[str]:
        """The codes that an entry names: the code and all below it; none where it is the id of a coding."""
        return self._families.get(entry, frozenset())

    def rows(self, entries: Iterable[str]) -> list[Evidence]:
        """The counted codings that the entries name, each once, in the order of the evidence."""
        numbers = {number for entry in entries for number in self._cited.get(entry, ())}
        return [self._evidence[number] for number in sorted(numbers)]

    def uncovered(self) -> list[str]:
        """Dimensions and aspects of the book of which nothing is coded."""
        above = (place.code for place in self._codebook.walk() if len(place.ancestors) < 2)
        return [code.id for code in above if code.codes and not self.rows([code.id])]

    def apart(self, entries: Collection[str], not_counted: Iterable[NotCounted]) -> list[NotCounted]:
        """The codings that the entries name and that are no evidence."""
        codes = {code for entry in entries for code in self.codes(entry)}
        return [one for one in not_counted if one.id in entries or one.code in codes]


@lru_cache(maxsize=1)
def citations_of(study: Study) -> Citations:
    """The evidence of a study by what its findings cite; indexed once, since checks and stages all ask."""
    return Citations(gather_evidence(study)[0], study.codebook, study.codings)


def support_of(
    claim: Claim, citations: Citations, count_inferred: bool
) -> tuple[list[Evidence], list[Evidence]]:
    """What counts as support, and what the analyst reads in (R8): a coding of strength `inferred` is read in."""
    cited = citations.rows(claim.cited("supported_by"))
    inferred = citations.rows(claim.cited("inferred_from"))
    direct = [row for row in cited if row.strength != "inferred"]
    read_in = [row for row in cited if row.strength == "inferred"] + inferred
    if count_inferred:
        return direct + read_in, []
    return direct, read_in


def one_per_passage(rows: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The first row of each passage: the same words coded twice count once (R2)."""
    found: dict[Passage, Evidence] = {}
    for row in rows:
        found.setdefault(row.passage, row)
    return tuple(found.values())


class Sides(NamedTuple):
    """The passages on each side of a claim, each once on a side (R2); `inferred` are those read in (R8)."""

    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    qualifying: tuple[Evidence, ...]
    inferred: tuple[Evidence, ...]


def sides_of(claim: Claim, citations: Citations, count_inferred: bool) -> Sides:
    """What a claim cites, by side."""
    support, read_in = support_of(claim, citations, count_inferred)
    against, partly = (citations.rows(claim.cited(side)) for side in ("contradicted_by", "qualified_by"))
    return Sides(*map(one_per_passage, (support, against, partly, read_in)))


def cited_entries(claim: Claim) -> list[str]:
    """Every code or coding that a claim names, each once, on any side; those of its rivals too."""
    rivals = claim.rivals if isinstance(claim, Finding) else ()
    named = (entry for rival in rivals if not isinstance(rival, str) for entry in rival.supported_by)
    return list(dict.fromkeys([*(entry for side in SIDES for entry in claim.cited(side)), *named]))
