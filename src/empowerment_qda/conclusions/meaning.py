"""Tactics that help to see meaning in the whole: counts, contrasts, clusters, codes to divide, patterns; and if-then tests
over informants, with whether a relation is one of types or groups only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

from empowerment_qda.conclusions.material import Material, Profile, difference, tell
from empowerment_qda.conclusions.study_tactics import COMPARED, FEWEST, Findings, Survey
from empowerment_qda.model.conclusion import Outcome, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.study import order_types

SHOWN = 10
RELATIONS_SHOWN = 12
"""Relations that nobody declared are shown up to this many."""
ALIKE = 0.5
"""Jaccard similarity from which two informants stand in one cluster."""
LARGE_SHARE = 0.25
"""Share of all passages from which a code may hold more than one thing."""
FEW_PASSAGES = 10
"""Below this many passages a share says nothing."""


def _mark(rows: Sequence[Evidence]) -> str:
    """Informants / passages."""
    return f"{count_informants(rows)}/{len({row.passage for row in rows})}"


def survey_counts(findings: Findings, material: Material) -> Iterator[Tactic]:
    """The codes that most informants speak of; passages come second."""
    rows = material.by_code
    order = sorted(
        rows,
        key=lambda code: (-count_informants(rows[code]).lower, -len({r.passage for r in rows[code]}), code),
    )
    if order:
        told = [f"{code} {_mark(rows[code])}" for code in order[:SHOWN]]
        yield tell("counting", "noted", "most_spoken_of", codes=told)


def survey_contrasts(findings: Findings, material: Material) -> Iterator[Tactic]:
    """What each group (or type, where there are no groups) says for and of limits."""
    settings, evidence = material.study.settings, material.reduction.evidence
    axis = "group" if settings.groups else "type"
    for name in settings.groups or order_types(settings):
        rows = [row for row in evidence if getattr(row, axis) == name]
        sides = {
            side: _mark([row for row in rows if row.direction == side]) for side in ("supports", "limits")
        }
        yield tell("contrasts", "noted", "contrast", axis=axis, who=name, **sides)
    directions = {row.direction for row in evidence} - {"neutral"}
    if len(directions) == 1 and len(evidence) > 1:
        yield tell("contrasts", "doubtful", f"only_{directions.pop()}", passages=len(evidence))


def survey_patterns(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Codes that stand together in one turn, twice or more: co-occurrence, not cause."""
    turns: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in material.reduction.evidence:
        turns[row.source, row.turn].add(row.code)
    pairs = Counter(pair for codes in turns.values() for pair in combinations(sorted(codes), 2))
    often = sorted((-number, pair) for pair, number in pairs.items() if number > 1)
    for number, (one, other) in often[:SHOWN]:
        yield tell("patterns", "noted", "together", code=one, other=other, turns=-number)
    if not often:
        yield tell("patterns", "noted", "together_none")


def survey_clusters(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Informants whose code profiles are alike: joined where a pair shares half of its codes or more."""
    profiles = material.profiles
    if not FEWEST <= len(profiles) <= COMPARED:
        words = "too_many" if len(profiles) > COMPARED else "cluster_too_few"
        yield tell("clustering", "not_applicable", words, informants=len(profiles))
        return
    cluster = {one.informant: {one.informant} for one in profiles}
    for one, other in combinations(profiles, 2):
        mine, theirs = cluster[one.informant], cluster[other.informant]
        if mine is not theirs and 1 - difference(one.codes, other.codes) >= ALIKE:
            joined = mine | theirs
            cluster.update(dict.fromkeys(joined, joined))
    groups = {tuple(sorted(members)) for members in cluster.values() if len(members) > 1}
    for members in sorted(groups):
        shared = frozenset.intersection(*(one.codes for one in profiles if one.informant in members))
        words = "cluster" if shared else "cluster_chain"
        yield tell("clustering", "noted", words, informants=[*members], codes=sorted(shared))
    if not groups:
        yield tell("clustering", "noted", "clusters_none")


def survey_partitions(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Codes that may hold more than one thing: a large share of all passages, both sides of one finding."""
    total = len({row.passage for row in material.reduction.evidence})
    for code, own in sorted(material.by_code.items()):
        share = len({row.passage for row in own}) / total
        if total >= FEW_PASSAGES and share > LARGE_SHARE:
            yield tell("partitioning", "noted", "code_large", code=code, share=f"{share:.0%}")
    for found in findings:
        sides = (found.supporting, found.contradicting)
        both, rows = ({row.code for row in side} for side in sides), [row for side in sides for row in side]
        for code in sorted(set.intersection(*both)):
            own = [row for row in rows if row.code == code]
            yield tell("partitioning", "noted", "code_both_sides", own, code=code, finding=found.finding.id)


class Relation(NamedTuple):
    """An if-then test with the informants for whom it holds and fails, and those without the first who have the second
    or not."""

    given: str
    then: str
    declared: bool
    holding: list[Profile]
    failing: list[Profile]
    without_then: list[Profile]
    without_both: list[Profile]


def survey_relations(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Each declared relation, then the strongest among codes that share an aspect, with its strata."""
    declared = [(one.given, one.then) for one in material.study.findings.if_then]
    offered = [pair for pair in offer_relations(material) if pair not in declared]
    for given, then in dict.fromkeys([*declared, *offered[:RELATIONS_SHOWN]]):
        # Who has the one code (or one below it), and who of them the other.
        if_, so = material.citations.codes(given), material.citations.codes(then)
        sorted_: dict[tuple[bool, bool], list[Profile]] = defaultdict(list)
        for one in material.profiles:
            sorted_[bool(one.codes & if_), bool(one.codes & so)].append(one)
        cases = ((True, True), (True, False), (False, True), (False, False))
        relation = Relation(given, then, (given, then) in declared, *(sorted_[case] for case in cases))
        yield _if_then(relation, material)
        yield from _strata(relation)
    if len(offered) > RELATIONS_SHOWN:
        yield tell("if_then", "noted", "if_then_more", more=len(offered) - RELATIONS_SHOWN)


def offer_relations(material: Material) -> list[tuple[str, str]]:
    """Pairs of codes of one aspect, the first with two informants or more, that hold for somebody.

    Those that hold most often come first, then those that fail least.
    """
    aspects: dict[str, set[str]] = defaultdict(set)
    holders: dict[str, set[str]] = defaultdict(set)
    for informant, rows in material.spoken.items():
        for row in rows:
            if row.aspect:
                aspects[row.aspect].add(row.code)
            holders[row.code].add(informant)
    families = material.study.codebook.families
    pairs = [
        (given, then)
        for codes in aspects.values()
        for given, then in permutations(codes, 2)
        if len(holders[given]) >= 2 and holders[given] & holders[then]
        and not families[given] & families[then]
    ]  # fmt: skip
    return sorted(
        pairs, key=lambda pair: (-len(holders[pair[0]] & holders[pair[1]]), len(holders[pair[0]]), pair)
    )


def _if_then(relation: Relation, material: Material) -> Tactic:
    """How often it holds and for whom not; beside those without the first code who have the second."""
    holding, failing = relation.holding, relation.failing
    values = {
        "if": relation.given,
        "then": relation.then,
        "holding": len(holding),
        "informants": len(holding) + len(failing),
        "failing": [one.informant for one in failing],
        "without_then": len(relation.without_then),
        "without": len(relation.without_then) + len(relation.without_both),
    }
    if not holding and not failing:
        return tell("if_then", "not_applicable", "if_then_nobody", **values)
    family = material.citations.codes(relation.given)
    against = [row for one in failing for row in material.spoken[one.informant] if row.code in family]
    judged: Outcome = "holds" if not failing else "doubtful" if holding else "fails"
    words = "if_then_fails" if failing else "if_then_holds"
    return tell("if_then", judged if relation.declared else "noted", words, against, **values)


def _strata(relation: Relation) -> Iterator[Tactic]:
    """Whether it holds within each type and group; a relation of one stratum may be the stratum's own."""
    having = relation.holding + relation.failing
    if len(having) < 2 or not relation.holding:
        return
    seen = set()
    for axis in ("type", "group"):
        of = Counter(getattr(one, axis) or "?" for one in having)
        held = Counter(getattr(one, axis) or "?" for one in relation.holding)
        told = {name: f"{held[name]}/{of[name]}" for name in sorted(of)}
        if (len(of) == 1 and not relation.declared) or tuple(told.values()) in seen:
            continue
        seen.add(tuple(told.values()))
        outcome: Outcome = "holds" if all(held[name] for name in of) else "doubtful"
        words = "spurious_everywhere" if outcome == "holds" else "spurious_some"
        if len(of) == 1:
            outcome, words = "not_applicable", "spurious_one_stratum"
        strata = [f"{name} {counts}" for name, counts in told.items()]
        values = {"if": relation.given, "then": relation.then, "axis": axis, "strata": strata}
        yield tell("spurious_relations", outcome if relation.declared else "noted", words, **values)


MEANINGS: tuple[Survey, ...] = (
    survey_counts,
    survey_contrasts,
    survey_patterns,
    survey_clusters,
    survey_partitions,
    survey_relations,
)
