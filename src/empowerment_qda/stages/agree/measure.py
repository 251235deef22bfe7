"""Coefficients over all codes and per code, from units with the set of codes that each coder gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from empowerment_qda.agreement import (
    YES_NO,
    Coefficient,
    count_characters,
    count_marks,
    count_patterns,
    find_cautions,
    krippendorff_alpha,
    percent_agreement,
    pooled_kappa,
    prevalence,
    unitizing_alpha,
)
from empowerment_qda.agreement.coefficients import (
    COHEN,
    CONGER,
    FLEISS,
    PERCENT,
    SCOTT,
    Way,
    way_of_alpha,
    way_of_brennan_prediger,
    way_of_gwet,
)
from empowerment_qda.agreement.tables import Pattern
from empowerment_qda.stages.agree.result import CodeAgreement
from empowerment_qda.stages.agree.units import Answers, Mark

Table = Counter[Pattern]
SetDistance = Literal["jaccard", "masi", "nominal"]


def measure_code(code: str, table: Table, coders: int) -> CodeAgreement:
    """One code from its yes/no table."""
    measured = {name: way.measure(table) for name, way in ways_of_code(coders).items()}
    share, marks = prevalence(table).value, count_marks(table)
    indices = {"prevalence_index": marks.prevalence_index, "bias_index": marks.bias_index}
    cautions = find_cautions(measured["percent"].units, share)
    return CodeAgreement(code, marks, share, measured | indices, cautions)


def measure_sets(
    table: Table, codes: Sequence[str], coders: int, distance: SetDistance
) -> dict[str, Coefficient]:
    """Coefficients over all codes, from the sets of codes given to each unit.

    alpha compares whole sets. Cohen's and Conger's kappa are pooled over the codes. percent, Scott's, Fleiss', Brennan &
    Prediger's (PABAK) and Gwet's coefficients take every unit and code as one yes/no decision. Two coders or more rated
    each unit.
    """
    tables = list(presence_tables(table, codes).values())
    decisions: Table = sum(tables, Counter())
    measured = {
        "alpha": krippendorff_alpha(table, distance=distance),
        **{name: pooled_kappa(map(way.measure, tables)) for name, way in KAPPAS.items()},
    }
    for name, way in ways_of_decisions(coders).items():
        measured[name] = replace(way.measure(decisions), units=table.total())
    touched = {pattern: times for pattern, times in table.items() if any(pattern)}
    measured["same_codes"] = percent_agreement(table)
    measured["same_codes_where_coded"] = percent_agreement(touched)
    return measured


KAPPAS = {"kappa": COHEN, "conger_kappa": CONGER}
"""Each coder by their own shares: of two coders, and of any number. They are pooled over codes."""


def ways_of_code(coders: int) -> dict[str, Way]:
    """What is worked out for one code."""
    return {**KAPPAS, "alpha": way_of_alpha(), **ways_of_decisions(coders)}


def ways_of_decisions(coders: int) -> dict[str, Way]:
    """What is worked out from yes/no decisions alone, about one code or all of them together."""
    ways = {
        "percent": PERCENT, "scott_pi": SCOTT, "fleiss_kappa": FLEISS,
        "brennan_prediger": way_of_brennan_prediger(YES_NO), "pabak": way_of_brennan_prediger(YES_NO),
        "ac1": way_of_gwet(YES_NO),
    }  # fmt: skip
    if coders != 2:
        del ways["scott_pi"]
    return ways


Marked = tuple[Pattern, tuple[tuple[Hashable, Pattern], ...]]
"""A unit: what no code at all looks like in it, and each code that is given, with who gave it."""


def presence_tables(table: Table, codes: Sequence[str]) -> dict[str, Table]:
    """The yes/no table of each code; as `presence`, but in one pass, since few codes are in any one set."""
    marked = [mark_codes(pattern) for pattern in table]
    return dict(zip(codes, _count_codes(marked, list(table.values()), codes), strict=True))


def mark_codes(pattern: Pattern) -> Marked:
    sets = [given if isinstance(given, frozenset) else None for given in pattern]
    every = frozenset().union(*(given for given in sets if given))
    given = ((code, tuple(None if own is None else code in own for own in sets)) for code in every)
    return tuple(None if own is None else False for own in sets), tuple(given)


def _count_codes(marked: Sequence[Marked], weights: Sequence[int], codes: Sequence[str]) -> list[Table]:
    """The yes/no table of each code, from units and how often each occurs."""
    tables: dict[Hashable, Table] = {code: Counter() for code in codes}
    blank: Table = Counter()
    for (none, given), weight in zip(marked, weights, strict=True):
        if weight:
            blank[none] += weight
            for code, yes in given:
                if code in tables:
                    tables[code][yes] += weight
                    tables[code][none] -= weight
    for one in tables.values():
        one.update(blank)
    return list(tables.values())


def measure_text(
    shared: Sequence[tuple[Answers, Sequence[Mark]]], codes: Sequence[str], coders: int
) -> tuple[dict[str, Coefficient], dict[str, dict[str, Coefficient]]]:
    """How far coded text itself is the same, overall and per code, in the sources that every coder coded.

    jaccard and f1 take coded characters alone, code by code; those of any code ask only whether text was coded.
    unitizing_alpha lays the sources end to end.
    """
    length = sum(answers.length for answers, _ in shared)
    spans: dict[str, list[list[tuple[int, int]]]] = {code: [[] for _ in range(coders)] for code in codes}
    anything: list[list[tuple[int, int]]] = [[] for _ in range(coders)]
    here = 0
    for answers, marks in shared:
        for mark in marks:
            span = (here + mark.start, here + mark.end)
            spans[mark.code][mark.coder].append(span)
            anything[mark.coder].append(span)
        here += answers.length
    tables = {code: count_characters(own, length) for code, own in spans.items()}
    per_code = {
        code: {**_overlap(table), "unitizing_alpha": unitizing_alpha([spans[code]], length)}
        for code, table in tables.items()
    }
    whole = count_characters(anything, length)
    together: Table = sum(tables.values(), Counter())
    overall = {
        **_overlap(together),
        "percent_characters": percent_agreement(together),
        "unitizing_alpha": unitizing_alpha(spans.values(), length),
        **{f"any_code_{name}": one for name, one in _overlap(whole).items()},
    }
    return overall, per_code


def _overlap(table: Mapping[Pattern, int]) -> dict[str, Coefficient]:
    marks = count_marks(table)
    return {"jaccard": marks.jaccard, "f1": marks.f1}


def count_given(rated: Iterable[tuple[Pattern, int]]) -> Table:
    """How often each combination of codes was given to a unit."""
    table: Table = Counter()
    for given, weight in rated:
        table[given] += weight
    return count_patterns(table)
