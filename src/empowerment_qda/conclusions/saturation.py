"""Saturation of codes: whether further interviews still bring codes that grew from the material, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from random import Random
from statistics import median
from typing import Literal

from empowerment_qda.locale import msg, say
from empowerment_qda.model.conclusion import Reading, Rule, Run, Shuffles, Stratum
from empowerment_qda.model.evidence import Reduction, SourceSummary, all_restated
from empowerment_qda.model.source import natural
from empowerment_qda.model.study import Study, order_types

BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), (0.05, 0.0)
"""The rules that readers may prefer: 3 bases x 2 runs x 2 thresholds."""
GROWN = ("inductive", "in-vivo")
DEFAULT = Rule()
Codes = frozenset[str]
STATUSES: dict[str, str] = {
    "reached": msg("reached"),
    "not_reached": msg("not reached"),
    "not_applicable": msg("not applicable"),
}
REASONS: dict[str, str] = {
    "deductive_only": msg(
        "No code that grew from the material (origin inductive or in-vivo) is on a coded "
        "interview; with codes set beforehand, nothing new can appear."
    ),
    "too_few": msg(
        "Coded interviews: {have}; a base of {base} and a run of {run} need {need}. For so few, "
        "chosen on purpose, saturation is not the question."
    ),
    "empty_base": msg(
        "The first {base} interviews have no code that grew from the material, so that there is no base."
    ),
}
ALL: str = msg("all interviews")
EXCERPTS: str = msg(
    "These are excerpts restated by somebody else: saturation and the share of text that is "
    "coded say nothing of the fieldwork."
)
"""What must be known where only the excerpts of a report are at hand: their choice was its authors'."""
NOTES: tuple[str, ...] = (
    msg(
        "Code saturation after Guest, Namey & Chen (2020): new codes in a run over the codes of "
        "the base. `6+2` is saturation at the sixth interview, seen after two more."
    ),
    msg(
        "It says nothing of meaning saturation, which takes more interviews (Hennink, Kaiser & Marconi 2017)."
    ),
    msg("The order of interviews matters: see the range over shuffled orders."),
)


def measure_saturation(
    study: Study, reduction: Reduction, rule: Rule = DEFAULT, shuffles: int = 100, seed: int = 1
) -> tuple[Stratum, ...]:
    """Saturation over all interviews, then in each group and each type of informant.

    Interviews are all sources in which persons speak, by their dates, then by their ids (P2 before P10); those
    without a date come last and are named. A type that has the same interviews as a group already told is left out.
    """
    spoken = [one for one in reduction.sources if study.by_id[one.id].spoken]
    spoken.sort(key=lambda one: (one.date.first if one.date else date.max, natural(one.id)))
    places = study.codebook.places
    grown = frozenset(code for code, place in places.items() if place.code.origin in GROWN)
    strata = [_measure("all", "", spoken, grown, rule, shuffles, seed)]
    told: set[tuple[str, ...]] = set()
    kinds: list[tuple[Literal["group", "type"], str]] = [("group", name) for name in study.settings.groups]
    kinds += [("type", name) for name in order_types(study.settings)]
    for kind, name in kinds:
        members = [one for one in spoken if getattr(one, kind) == name]
        ids = tuple(one.id for one in members)
        if not ids or ids not in told:
            strata.append(_measure(kind, name, members, grown, rule, shuffles, seed))
        told.add(ids)
    return tuple(strata)


def _measure(
    kind: Literal["all", "group", "type"],
    name: str,
    members: Sequence[SourceSummary],
    grown: Codes,
    rule: Rule,
    shuffles: int,
    seed: int,
) -> Stratum:
    """One stratum; what the rule cannot be applied to is not shuffled either."""
    coded = [one for one in members if one.codes]
    own = [grown.intersection(one.codes) for one in coded]
    new = count_new(own)
    reading = read_saturation(new, rule)
    rules = dict.fromkeys(
        [rule, *(Rule(base, run, share) for base, run, share in product(BASES, RUNS, THRESHOLDS))]
    )
    applies = reading.status != "not_applicable" and shuffles > 0
    return Stratum(
        kind=kind,
        name=name,
        interviews=tuple(one.id for one in coded),
        uncoded=tuple(one.id for one in members if not one.codes),
        undated=tuple(one.id for one in coded if one.date is None),
        new=tuple(new),
        reading=reading,
        sensitivity=tuple(read_saturation(new, one) for one in rules),
        shuffles=shuffle_saturation(own, rule, shuffles, seed) if applies else None,
        restated=all_restated(coded),
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


def say_reading(reading: Reading, interviews: int, language: str) -> str:
    """Such as `6+2`; or that it was not reached, or why the rule does not apply to so many interviews."""
    if reading.at:
        return reading.label
    status = say(STATUSES[reading.status], language)
    if reading.reason is None:
        return status
    base, run = reading.rule.base, reading.rule.run
    said = say(REASONS[reading.reason], language)
    return f"{status}: {said.format(have=interviews, base=base, run=run, need=base + run)}"


def say_stratum(stratum: Stratum, language: str) -> str:
    """The name of a stratum; all interviews where it is no group or type."""
    return stratum.name or say(ALL, language)


def say_notes(language: str, restated: bool = False) -> list[str]:
    """What a reader must know to read the numbers; more where all interviews are `restated`."""
    return [say(note, language) for note in (*NOTES, *[EXCERPTS] * restated)]
