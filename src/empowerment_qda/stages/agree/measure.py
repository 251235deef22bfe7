"""Coefficients over all codes and per code, from units with the set of codes that each coder gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from empowerment_qda.agreement import (
    YES_NO,
    Bootstrap,
    Coefficient,
    brennan_prediger,
    cohen_kappa,
    count_characters,
    count_marks,
    count_patterns,
    find_cautions,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_kappa,
    prevalence,
    scott_pi,
    unitizing_alpha,
)
from empowerment_qda.agreement.bootstrap import percentile_interval
from empowerment_qda.agreement.tables import Pattern
from empowerment_qda.stages.agree.result import CodeAgreement
from empowerment_qda.stages.agree.units import Answers, Mark

Table = Counter[Pattern]
SetDistance = Literal["jaccard", "masi"]


def measure_code(code: str, table: Table, coders: int, bootstrap: Bootstrap | None) -> CodeAgreement:
    """One code from its yes/no table; kappa is Cohen's for two coders, Fleiss' for more."""
    kappa = cohen_kappa if coders == 2 else fleiss_kappa
    measured = {
        "percent": percent_agreement(table),
        "kappa": kappa(table, bootstrap),
        "alpha": krippendorff_alpha(table, bootstrap),
        "ac1": gwet_ac1(table, categories=YES_NO),
    }
    share = prevalence(table).value
    undefined = max((one.interval.undefined for one in measured.values() if one.interval), default=0)
    cautions = find_cautions(measured["percent"].units, share, undefined)
    return CodeAgreement(code, count_marks(table), share, measured, cautions)


def measure_sets(
    table: Table, codes: Sequence[str], coders: int, distance: SetDistance, bootstrap: Bootstrap | None
) -> dict[str, Coefficient]:
    """Coefficients over all codes, from the sets of codes given to each unit.

    alpha compares whole sets. kappa is pooled over the codes. percent, Scott's, Fleiss', Brennan & Prediger's and
    Gwet's coefficients take every unit and code as one yes/no decision. Intervals draw whole units. Two coders or
    more rated each unit.
    """
    ways = {
        "percent": percent_agreement,
        "scott_pi": scott_pi,
        "fleiss_kappa": fleiss_kappa,
        "brennan_prediger": lambda decisions: brennan_prediger(decisions, categories=YES_NO),
        "ac1": lambda decisions: gwet_ac1(decisions, categories=YES_NO),
    }
    if coders != 2:
        del ways["scott_pi"]
    kappa = cohen_kappa if coders == 2 else fleiss_kappa
    marked, weights = [_mark(pattern) for pattern in table], list(table.values())

    # The same seed draws the same units for every coefficient, so each draw is counted once.
    @lru_cache(maxsize=bootstrap.resamples + 1 if bootstrap else 1)
    def count(drawn: tuple[int, ...]) -> tuple[Coefficient, Table]:
        tables = _count_codes(marked, drawn, codes)
        return pooled_kappa(map(kappa, tables)), sum(tables, Counter())

    def pool(drawn: Sequence[int]) -> Coefficient:
        return count(tuple(drawn))[0]

    def decide(way: Callable[[Table], Coefficient]) -> Callable[[Sequence[int]], Coefficient]:
        return lambda drawn: way(count(tuple(drawn))[1])

    measured = {"alpha": krippendorff_alpha(table, bootstrap, distance)}
    measured |= {"kappa": _with_interval(pool, weights, bootstrap)}
    for name, way in ways.items():
        found = _with_interval(decide(way), weights, bootstrap)
        measured[name] = replace(found, units=table.total())
    touched = {pattern: times for pattern, times in table.items() if any(pattern)}
    measured["same_codes"] = percent_agreement(table)
    measured["same_codes_where_coded"] = percent_agreement(touched)
    return measured


Marked = tuple[Pattern, tuple[tuple[Hashable, Pattern], ...]]
"""A unit: what no code at all looks like in it, and each code that is given, with who gave it."""


def presence_tables(table: Table, codes: Sequence[str]) -> dict[str, Table]:
    """The yes/no table of each code; as `presence`, but in one pass, since few codes are in any one set."""
    marked = [_mark(pattern) for pattern in table]
    return dict(zip(codes, _count_codes(marked, list(table.values()), codes), strict=True))


def _mark(pattern: Pattern) -> Marked:
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
                own = tables[code]
                own[yes] += weight
                own[none] -= weight
    for one in tables.values():
        one.update(blank)
    return list(tables.values())


def _with_interval(
    measure: Callable[[Sequence[int]], Coefficient], weights: Sequence[int], bootstrap: Bootstrap | None
) -> Coefficient:
    found = measure(weights)
    if bootstrap is None or found.value is None:
        return found
    return replace(
        found, interval=percentile_interval(lambda drawn: measure(drawn).value, weights, bootstrap)
    )


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
