"""The convergence matrix: what each type, group or method says of a finding, and how they agree.

Pair codes and assessment after Farmer, Robinson, Elliott & Eyles (2006), Qual Health Res 16(3):377-394.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.triangulation import Assessment, By, Convergence, Stance
from empowerment_qda.triangulation.axes import Corpus

WORST_FIRST: tuple[Assessment, ...] = ("dissonance", "partial_agreement", "agreement", "silence")


def columns_of(rows: Iterable[Evidence], by: By) -> set[str]:
    """The columns that passages stand in; only speech has a type and a group."""
    if by == "method":
        return {row.method for row in rows}
    return {name for row in rows for one in row.witnesses if (name := getattr(one, by))}


def stance(supports: bool, contradicts: bool, has_data: bool) -> Stance:
    """A cell: what the column's passages do to the finding."""
    if supports and contradicts:
        return "mixed"
    if supports or contradicts:
        return "support" if supports else "contradict"
    return "silent" if has_data else "no_data"


def pair_code(one: Stance, other: Stance) -> str | None:
    """How two columns agree on a finding; None where one of them has no data.

    >>> pair_code("support", "mixed"), pair_code("support", "contradict"), pair_code("silent", "silent")
    ('partial_agreement', 'dissonance', 'not_covered')
    """
    pair = {one, other}
    if "no_data" in pair:
        return None
    if pair == {"silent"}:
        return "not_covered"
    if "silent" in pair:
        return "silence"
    if len(pair) == 1:
        return "agreement"
    return "partial_agreement" if "mixed" in pair else "dissonance"


def converge(
    supporting: Iterable[Evidence], contradicting: Iterable[Evidence], corpus: Corpus, by: By
) -> Convergence:
    """One row of the matrix; the assessment is the worst pair code, silence being the mildest."""
    support, against, heard = columns_of(supporting, by), columns_of(contradicting, by), corpus.heard[by]
    return assess({one: stance(one in support, one in against, one in heard) for one in corpus.columns[by]})


def assess(cells: Mapping[str, Stance]) -> Convergence:
    """Pair codes and assessment of a row of cells."""
    coded = ((one, other, pair_code(cells[one], cells[other])) for one, other in combinations(cells, 2))
    pairs = tuple((one, other, code) for one, other, code in coded if code)
    codes = {code for *_, code in pairs}
    covered = [code for *_, code in pairs if code != "not_covered"]
    return Convergence(
        cells=dict(cells),
        pairs=pairs,
        assessment=next((code for code in WORST_FIRST if code in codes), "no_coverage"),
        agreeing=covered.count("agreement"),
        covered=len(covered),
        covering=sum(cell not in ("silent", "no_data") for cell in cells.values()),
        with_data=sum(cell != "no_data" for cell in cells.values()),
    )
