"""Tactics that help to see meaning in the whole: counts, contrasts, clusters, codes to divide, patterns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from empowerment_qda.conclusions.finding_tactics import refs_of
from empowerment_qda.conclusions.material import Material, difference
from empowerment_qda.conclusions.study_tactics import COMPARED, FEWEST, Findings, Survey
from empowerment_qda.model.conclusion import FindingConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.study import order_types

SHOWN = 10
ALIKE = 0.5
"""Jaccard similarity from which two informants stand in one cluster."""
LARGE_SHARE = 0.25
"""Share of all passages from which a code may hold more than one thing."""
FEW_PASSAGES = 10
"""Below this many passages a share says nothing."""


def _by_code(material: Material) -> dict[str, list[Evidence]]:
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in material.reduction.evidence:
        rows[row.code].append(row)
    return rows


def _mark(rows: Sequence[Evidence]) -> str:
    """Informants / passages."""
    return f"{count_informants(rows)}/{len({row.passage for row in rows})}"


def survey_counts(findings: Findings, material: Material) -> Iterator[Tactic]:
    """The codes that most informants speak of; passages come second."""
    rows = _by_code(material)
    order = sorted(
        rows,
        key=lambda code: (-count_informants(rows[code]).lower, -len({r.passage for r in rows[code]}), code),
    )
    if order:
        told = ", ".join(f"{code} {_mark(rows[code])}" for code in order[:SHOWN])
        yield Tactic("counting", "noted", "most_spoken_of", (("codes", told),))


def survey_contrasts(findings: Findings, material: Material) -> Iterator[Tactic]:
    """What each group (or type, where there are no groups) says for and of limits."""
    settings, evidence = material.study.settings, material.reduction.evidence
    by_group = bool(settings.groups)
    for name in settings.groups if by_group else order_types(settings):
        rows = [row for row in evidence if (row.group if by_group else row.type) == name]
        values = (
            ("axis", "group" if by_group else "type"),
            ("who", name),
            ("supports", _mark([row for row in rows if row.direction == "supports"])),
            ("limits", _mark([row for row in rows if row.direction == "limits"])),
        )
        yield Tactic("contrasts", "noted", "contrast", values)
    directions = {row.direction for row in evidence} - {"neutral"}
    if len(directions) == 1 and len(evidence) > 1:
        only = next(iter(directions))
        yield Tactic("contrasts", "doubtful", f"only_{only}", (("passages", str(len(evidence))),))


def survey_clusters(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Informants whose code profiles are alike: joined where a pair shares half of its codes or more."""
    profiles = material.profiles
    if not FEWEST <= len(profiles) <= COMPARED:
        words = "too_many" if profiles and len(profiles) > COMPARED else "cluster_too_few"
        yield Tactic("clustering", "not_applicable", words, (("informants", str(len(profiles))),))
        return
    cluster = {one.informant: {one.informant} for one in profiles}
    for one, other in combinations(profiles, 2):
        near = 1 - difference(one.codes, other.codes) >= ALIKE
        if near and cluster[one.informant] is not cluster[other.informant]:
            joined = cluster[one.informant] | cluster[other.informant]
            cluster.update(dict.fromkeys(joined, joined))
    groups = {tuple(sorted(members)) for members in cluster.values() if len(members) > 1}
    for members in sorted(groups):
        shared = frozenset.intersection(*(one.codes for one in profiles if one.informant in members))
        values = (("informants", ", ".join(members)), ("codes", ", ".join(sorted(shared))))
        yield Tactic("clustering", "noted", "cluster" if shared else "cluster_chain", values)
    if not groups:
        yield Tactic("clustering", "noted", "clusters_none")


def survey_partitions(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Codes that may hold more than one thing: a large share of all passages, both sides of one finding."""
    rows = _by_code(material)
    total = len({row.passage for row in material.reduction.evidence})
    for code, own in sorted(rows.items()):
        share = len({row.passage for row in own}) / total
        if total >= FEW_PASSAGES and share > LARGE_SHARE:
            yield Tactic("partitioning", "noted", "code_large", (("code", code), ("share", f"{share:.0%}")))
    for found in findings:
        yield from _both_sides(found)


def _both_sides(found: FindingConclusion) -> Iterator[Tactic]:
    for code in sorted({row.code for row in found.supporting} & {row.code for row in found.contradicting}):
        rows = [row for row in (*found.supporting, *found.contradicting) if row.code == code]
        values = (("code", code), ("finding", found.finding.id))
        yield Tactic("partitioning", "noted", "code_both_sides", values, refs_of(rows))


def survey_patterns(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Codes that stand together in one turn, twice or more: co-occurrence, not cause."""
    turns: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in material.reduction.evidence:
        turns[row.source, row.turn].add(row.code)
    pairs = Counter(pair for codes in turns.values() for pair in combinations(sorted(codes), 2))
    often = sorted((-number, pair) for pair, number in pairs.items() if number > 1)
    for number, (one, other) in often[:SHOWN]:
        yield Tactic(
            "patterns", "noted", "together", (("code", one), ("other", other), ("turns", str(-number)))
        )
    if not often:
        yield Tactic("patterns", "noted", "together_none")


MEANINGS: tuple[Survey, ...] = (
    survey_counts,
    survey_contrasts,
    survey_patterns,
    survey_clusters,
    survey_partitions,
)
