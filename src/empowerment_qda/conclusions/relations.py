"""If-then tests over informants, and whether a relation is one of types or groups only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from empowerment_qda.conclusions.finding_tactics import refs_of
from empowerment_qda.conclusions.material import Material, Profile
from empowerment_qda.model.conclusion import Outcome, Tactic

SHOWN = 12
"""Relations that nobody declared are shown up to this many."""


class Relation(NamedTuple):
    """An if-then test with the informants for whom it holds and fails, and those with `then` all the same."""

    given: str
    then: str
    holding: tuple[Profile, ...]
    failing: tuple[Profile, ...]
    without: tuple[Profile, ...]
    without_then: int
    declared: bool


def verify_relations(material: Material) -> Iterator[Tactic]:
    """Each declared relation, then the strongest among codes that share an aspect, with its strata."""
    declared = [(one.given, one.then) for one in material.study.findings.if_then]
    offered = [pair for pair in offer_relations(material) if pair not in declared]
    for given, then in dict.fromkeys([*declared, *offered[:SHOWN]]):
        relation = relate(given, then, material, (given, then) in declared)
        yield _if_then(relation, material)
        yield from _strata(relation)
    if len(offered) > SHOWN:
        yield Tactic("if_then", "noted", "if_then_more", (("more", str(len(offered) - SHOWN)),))


def relate(given: str, then: str, material: Material, declared: bool) -> Relation:
    """Who has the one code (or one below it), and who of them the other."""
    families = material.study.codebook.families
    if_, so = families.get(given, frozenset()), families.get(then, frozenset())
    having = [one for one in material.profiles if one.codes & if_]
    without = tuple(one for one in material.profiles if not one.codes & if_)
    return Relation(
        given,
        then,
        tuple(one for one in having if one.codes & so),
        tuple(one for one in having if not one.codes & so),
        without,
        sum(bool(one.codes & so) for one in without),
        declared,
    )


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
    holding, failing = len(relation.holding), len(relation.failing)
    values = (
        ("if", relation.given),
        ("then", relation.then),
        ("holding", str(holding)),
        ("informants", str(holding + failing)),
        ("failing", ", ".join(one.informant for one in relation.failing)),
        ("without_then", str(relation.without_then)),
        ("without", str(len(relation.without))),
    )
    if not holding + failing:
        return Tactic("if_then", "not_applicable", "if_then_nobody", values)
    judged: Outcome = "holds" if not failing else "doubtful" if holding else "fails"
    words = "if_then_holds" if not failing else "if_then_fails"
    families = material.study.codebook.families[relation.given]
    against = [
        row for one in relation.failing for row in material.spoken[one.informant] if row.code in families
    ]
    return Tactic("if_then", judged if relation.declared else "noted", words, values, refs_of(against))


def _strata(relation: Relation) -> Iterator[Tactic]:
    """Whether it holds within each type and group; a relation of one stratum may be the stratum's own."""
    having = relation.holding + relation.failing
    if len(having) < 2 or not relation.holding:
        return
    held_by = {one.informant for one in relation.holding}
    seen: set[tuple[str, ...]] = set()
    for axis in ("type", "group"):
        strata: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for one in having:
            counts = strata[getattr(one, axis) or "?"]
            counts[0] += one.informant in held_by
            counts[1] += 1
        told = tuple(f"{held}/{of}" for _, (held, of) in sorted(strata.items()))
        if (len(strata) == 1 and not relation.declared) or told in seen:
            continue
        seen.add(told)
        values = (
            ("if", relation.given),
            ("then", relation.then),
            ("axis", axis),
            ("strata", ", ".join(f"{name} {held}/{of}" for name, (held, of) in sorted(strata.items()))),
        )
        outcome: Outcome
        if len(strata) == 1:
            outcome, words = "not_applicable", "spurious_one_stratum"
        elif all(held for held, _ in strata.values()):
            outcome, words = "holds", "spurious_everywhere"
        else:
            outcome, words = "doubtful", "spurious_some"
        yield Tactic("spurious_relations", outcome if relation.declared else "noted", words, values)
