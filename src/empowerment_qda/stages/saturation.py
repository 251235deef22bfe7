"""Code saturation: the share of new codes in runs of interviews after a base.

Guest, Namey & Chen (2020), PLOS ONE 15(5): e0232076. The method is for codes that grow from the material:
codes set beforehand are not counted. Code saturation only; meaning saturation takes more interviews (Hennink,
Kaiser & Marconi 2017).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from random import Random
from statistics import median
from typing import Literal

from empowerment_qda.model.evidence import Reduction, SourceSummary, all_restated
from empowerment_qda.model.saturation import Reading, Rule, Run, Shuffles, Stratum
from empowerment_qda.model.source import natural
from empowerment_qda.model.study import Study, order_types

BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), (0.05, 0.0)
"""The rules that readers may prefer: 3 bases x 2 runs x 2 thresholds."""
GROWN = ("inductive", "in-vivo")
DEFAULT = Rule()

Codes = frozenset[str]


def measure_saturation(
    study: Study, reduction: Reduction, rule: Rule = DEFAULT, shuffles: int = 100, seed: int = 1
) -> tuple[Stratum, ...]:
    """Saturation over all interviews, then in each group and each type of informant.

    Interviews are all sources in which persons speak, by their dates, then by their ids (P2 before P10); those
    without a date come last and are named. A type that has the same interviews as a group already told is left out.
    """
    spoken = [one for one in reduction.sources if study.by_id[one.id].spoken]
    spoken.sort(key=lambda one: (one.date.first if one.date else date.max, natural(one.id)))
    codes = _grown_codes(study, reduction)
    strata = [_measure("all", "", spoken, codes, rule, shuffles, seed)]
    told: set[tuple[str, ...]] = set()
    kinds: tuple[tuple[Literal["group", "type"], Iterable[str]], ...] = (
        ("group", study.settings.groups),
        ("type", order_types(study.settings)),
    )
    for kind, names in kinds:
        for name in names:
            members = [one for one in spoken if getattr(one, kind) == name]
            ids = tuple(one.id for one in members)
            if not ids or ids not in told:
                strata.append(_measure(kind, name, members, codes, rule, shuffles, seed))
            told.add(ids)
    return tuple(strata)


def _grown_codes(study: Study, reduction: Reduction) -> dict[str, Codes]:
    """Source to its counted codes that grew from the material."""
    places = study.codebook.places
    grown = {code for code, place in places.items() if place.code.origin in GROWN}
    return {one.id: frozenset(one.codes) & grown for one in reduction.sources}


def _measure(
    kind: Literal["all", "group", "type"],
    name: str,
    members: Sequence[SourceSummary],
    codes: dict[str, Codes],
    rule: Rule,
    shuffles: int,
    seed: int,
) -> Stratum:
    """One stratum; what the rule cannot be applied to is not shuffled either."""
    coded = [one.id for one in members if one.codes]
    own = [codes[one] for one in coded]
    new = count_new(own)
    reading = read_saturation(new, rule)
    rules = dict.fromkeys(
        [rule, *(Rule(base, run, share) for base, run, share in product(BASES, RUNS, THRESHOLDS))]
    )
    applies = reading.status != "not_applicable" and shuffles > 0
    return Stratum(
        kind=kind,
        name=name,
        interviews=tuple(coded),
        uncoded=tuple(one.id for one in members if not one.codes),
        undated=tuple(one.id for one in members if one.codes and one.date is None),
        new=tuple(new),
        reading=reading,
        sensitivity=tuple(read_saturation(new, one) for one in rules),
        shuffles=shuffle_saturation(own, rule, shuffles, seed) if applies else None,
        restated=all_restated(one for one in members if one.codes),
    )


def count_new(interviews: Iterable[Codes]) -> list[int]:
    """How many codes of each interview no earlier one has.

    >>> count_new([frozenset("ab"), frozenset("bc"), frozenset("a")])
    [2, 1, 0]
    """
    seen: set[str] = set()
    new = []
    for codes in interviews:
        new.append(len(codes - seen))
        seen |= codes
    return new


def read_saturation(new: Sequence[int], rule: Rule = DEFAULT) -> Reading:
    """What a rule says of the new codes per interview.

    A run's ratio is its new codes over those of the base; runs overlap and advance by one interview. The
    saturation point is the last interview before the first run whose ratio does not exceed the threshold.

    The worked example of Guest, Namey & Chen (2020): a base of 37 codes, runs with 7, 4 and 1 new ones (how
    the codes lie within the base and in later interviews is ours).

    >>> new = [15, 10, 7, 5, 4, 3, 1, 0, 1, 1, 0, 0]
    >>> [f"{run.new} ({run.ratio:.0%})" for run in read_saturation(new).runs[:3]]
    ['7 (19%)', '4 (11%)', '1 (3%)']
    >>> read_saturation(new).label, read_saturation(new, Rule(4, 2, 0.0)).label
    ('6+2', '10+2')
    """
    base, length, threshold = rule
    if new and not any(new):
        return Reading(rule, "not_applicable", reason="deductive_only")
    if len(new) < base + length:
        return Reading(rule, "not_applicable", reason="too_few")
    found = sum(new[:base])
    if not found:
        return Reading(rule, "not_applicable", reason="empty_base")
    runs = tuple(
        Run(start + 1, start + length, (fresh := sum(new[start : start + length])), fresh / found)
        for start in range(base, len(new) - length + 1)
    )
    at = next((run.first - 1 for run in runs if run.ratio <= threshold), None)
    return Reading(rule, "reached" if at else "not_reached", at, found, runs)


def shuffle_saturation(interviews: Sequence[Codes], rule: Rule, number: int, seed: int) -> Shuffles:
    """How many interviews a rule needs in `number` shuffled orders; the same seed, the same orders."""
    random, order = Random(seed), list(interviews)
    needed = []
    for _ in range(number):
        random.shuffle(order)
        reading = read_saturation(count_new(order), rule)
        if reading.needed:
            needed.append(reading.needed)
    return Shuffles(
        number,
        seed,
        len(needed),
        float(median(needed)) if needed else None,
        min(needed, default=None),
        max(needed, default=None),
    )
