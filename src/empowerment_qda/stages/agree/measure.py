"""Coefficients over all codes and per code, from units with the set of codes that each coder gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    presence,
    prevalence,
    scott_pi,
    unitizing_alpha,
)
from empowerment_qda.agreement.bootstrap import percentile_interval
from empowerment_qda.agreement.coefficients import NO_UNITS
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
    patterns = list(table)
    asked = [_decide(pattern, codes) for pattern in patterns]

    @lru_cache(maxsize=bootstrap.resamples + 1 if bootstrap else 1)
    def decisions(weights: tuple[int, ...]) -> Table:
        total: Table = Counter()
        for own, weight in zip(asked, weights, strict=True):
            for pattern, times in own.items() if weight else ():
                total[pattern] += times * weight
        return total

    def pool(weights: Sequence[int]) -> Coefficient:
        drawn = Counter(dict(zip(patterns, weights, strict=True)))
        return pooled_kappa(_kappas(drawn, codes, coders))

    def decide(way: Callable[[Table], Coefficient]) -> Callable[[Sequence[int]], Coefficient]:
        return lambda weights: way(decisions(tuple(weights)))

    weights = list(table.values())
    measured = {"alpha": krippendorff_alpha(table, bootstrap, distance)}
    measured |= {"kappa": _with_interval(pool, weights, bootstrap)}
    for name, way in ways.items():
        found = _with_interval(decide(way), weights, bootstrap)
        measured[name] = replace(found, units=table.total())
    touched = {pattern: times for pattern, times in table.items() if any(pattern)}
    measured["same_codes"] = percent_agreement(table)
    measured["same_codes_where_coded"] = percent_agreement(touched)
    return measured


def _decide(pattern: Pattern, codes: Sequence[str]) -> Table:
    """One unit as a yes/no decision on every code."""
    return sum((presence({pattern: 1}, code) for code in codes), Counter())


def _kappas(table: Table, codes: Sequence[str], coders: int) -> Iterable[Coefficient]:
    kappa = cohen_kappa if coders == 2 else fleiss_kappa
    return (kappa(one) for one in presence_tables(table, codes).values())


def presence_tables(table: Table, codes: Sequence[str]) -> dict[str, Table]:
    """The yes/no table of each code; as `presence`, but in one pass, since few codes are in any one set."""
    tables: dict[str, Table] = {code: Counter() for code in codes}
    rest: Table = Counter()
    for pattern, times in table.items():
        if not times:
            continue
        none = tuple(None if given is None else False for given in pattern)
        rest[none] += times
        sets = [given if isinstance(given, frozenset) else None for given in pattern]
        for code in frozenset().union(*(given for given in sets if given)):
            yes = tuple(None if given is None else code in given for given in sets)
            tables[code][yes] += times
            tables[code][none] -= times
    for one in tables.values():
        one.update(rest)
    return tables


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
    if not table:
        return {name: Coefficient(name, None, NO_UNITS) for name in ("jaccard", "f1")}
    marks = count_marks(table)
    return {"jaccard": marks.jaccard, "f1": marks.f1}


def count_given(rated: Iterable[tuple[Pattern, int]]) -> Table:
    """How often each combination of codes was given to a unit."""
    table: Table = Counter()
    for given, weight in rated:
        table[given] += weight
    return count_patterns(table)
