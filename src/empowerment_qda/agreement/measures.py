"""Which coefficients are worked out, over all codes and for each, from the values or sets of codes that coders gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import numpy as np

from empowerment_qda.agreement.bootstrap import Bootstrap, Interval, percentile_intervals
from empowerment_qda.agreement.cautions import Caution, find_cautions
from empowerment_qda.agreement.coefficients import (
    NOT_NAMED,
    NOT_TWO_VALUES,
    Coefficient,
    Formula,
    Parts,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    measure,
    measure_each,
    percent_agreement,
    pooled_kappa,
    scott_pi,
    suits,
)
from empowerment_qda.agreement.krippendorff import DistanceName, alpha_by, krippendorff_alpha
from empowerment_qda.agreement.overlap import Marks, Span, count_characters, count_marks, prevalence
from empowerment_qda.agreement.ratings import BETWEEN_NUMBERS, RatingsTable
from empowerment_qda.agreement.tables import YES_NO, Array, Pattern, count_patterns, make_table
from empowerment_qda.agreement.unitizing import unitizing_alpha
from empowerment_qda.agreement.units import Answers, Mark
from empowerment_qda.locale import msg

Counted = Counter[Pattern]
"""How often each combination of sets of codes, or of yes and no, was given to a unit."""
SetDistance = Literal["jaccard", "masi", "nominal"]
Measured = Mapping[str, Coefficient]


class Listed(NamedTuple):
    """What is shown, and the formula behind it: of yes/no decisions, or pooled over codes."""

    name: str
    formula: Formula | None = None
    pooled: bool = False


LISTED: dict[str, Listed] = {
    "percent": Listed(msg("percent agreement"), percent_agreement),
    "kappa": Listed(msg("kappa"), cohen_kappa, pooled=True),
    "conger_kappa": Listed(msg("Conger's kappa"), conger_kappa, pooled=True),
    "scott_pi": Listed(msg("Scott's pi"), scott_pi),
    "fleiss_kappa": Listed(msg("Fleiss' kappa"), fleiss_kappa),
    "brennan_prediger": Listed(msg("Brennan-Prediger"), brennan_prediger),
    "pabak": Listed(msg("PABAK (Brennan-Prediger)"), brennan_prediger),
    "prevalence_index": Listed(msg("prevalence index")),
    "bias_index": Listed(msg("bias index")),
    "ac1": Listed(msg("Gwet's AC1"), gwet_ac1),
    "alpha": Listed(msg("Krippendorff's alpha")),
    "same_codes": Listed(msg("units with the same codes")),
    "same_codes_where_coded": Listed(msg("same, of units that somebody coded")),
    "percent_characters": Listed(msg("characters agreed on, code by code")),
    "jaccard": Listed(msg("coded text in common (Jaccard)")),
    "f1": Listed(msg("coded text in common (F1)")),
    "any_code_jaccard": Listed(msg("text coded at all in common (Jaccard)")),
    "any_code_f1": Listed(msg("text coded at all in common (F1)")),
    "unitizing_alpha": Listed(msg("Krippendorff's alpha for free spans")),
}
"""In the order in which they are shown."""

POOLED = {name: one.formula for name, one in LISTED.items() if one.formula and one.pooled}
DECIDED = {name: one.formula for name, one in LISTED.items() if one.formula and not one.pooled}
NAMED = ("kappa", "conger_kappa", "scott_pi", "prevalence_index", "bias_index")
"""What cannot be told from how many coders gave each value."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code as a yes/no question; `marks` over the units that every coder rated, `prevalence` a share 0 to 1."""

    code: str
    marks: Marks
    prevalence: float | None
    coefficients: Measured
    cautions: tuple[Caution, ...]


def measure_coders(
    table: Counted, codes: Sequence[str], coders: int, distance: SetDistance, bootstrap: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """The coefficients over all codes and those of each, from sets of codes."""
    decisions = Decisions(table, codes)
    overall = measure_sets(table, codes, coders, distance)
    each = measure_codes(decisions, coders)
    if not bootstrap:
        return overall, each
    sets, alpha = make_table(table), alpha_by(distance)

    def resample(drawn: Array, decided: Array) -> dict[str, Array]:
        found = {"alpha": alpha(sets, drawn).value}
        for name, formula in POOLED.items():
            if suits(formula, coders):
                parts = formula(decisions.table, decided)[:2]
                found[name] = Parts(*(one.sum(axis=-1) / max(len(codes), 1) for one in parts)).value
        for name, formula in _formulas_of_decisions(coders).items():
            found[name] = formula(decisions.table, decided.sum(axis=1)).value
        return found

    return _add_intervals(overall, each, decisions, coders, len(sets.values), resample, bootstrap)


def measure_codes(decisions: Decisions, coders: int) -> tuple[CodeAgreement, ...]:
    """Each code as a yes/no question of its own."""
    table, times = decisions.table, decisions.count(decisions.times[None])[0]
    found = {name: measure_each(one, table, times) for name, one in _formulas_of_code(coders).items()}
    codes = []
    for at, code in enumerate(decisions.codes):
        own = {decisions.patterns[place]: int(times[at, place]) for place in np.flatnonzero(times[at])}
        share, marks = prevalence(own).value, count_marks(own)
        measured = {name: each[at] for name, each in found.items()}
        measured |= {"prevalence_index": marks.prevalence_index, "bias_index": marks.bias_index}
        cautions = find_cautions(measured["percent"].units, share)
        codes.append(CodeAgreement(code, marks, share, measured, cautions))
    return tuple(codes)


def _formulas_of_code(coders: int) -> dict[str, Formula]:
    return {**POOLED, "alpha": krippendorff_alpha, **_formulas_of_decisions(coders)}


def _formulas_of_decisions(coders: int) -> dict[str, Formula]:
    return {name: formula for name, formula in DECIDED.items() if suits(formula, coders)}


def measure_sets(
    table: Counted, codes: Sequence[str], coders: int, distance: SetDistance
) -> dict[str, Coefficient]:
    """Coefficients over all codes, from the sets of codes given to each unit.

    alpha compares whole sets. Cohen's and Conger's kappa are pooled over the codes. percent, Scott's, Fleiss', Brennan &
    Prediger's (PABAK) and Gwet's coefficients take every unit and code as one yes/no decision. Two coders or more rated
    each unit.
    """
    decisions = Decisions(table, codes)
    decided = decisions.count(decisions.times[None])[0]
    measured = {"alpha": measure(alpha_by(distance), table)}
    for name, formula in POOLED.items():
        measured[name] = pooled_kappa(measure_each(formula, decisions.table, decided))
    for name, formula in _formulas_of_decisions(coders).items():
        (one,) = measure_each(formula, decisions.table, decided.sum(axis=0)[None])
        measured[name] = replace(one, units=table.total())
    touched = {pattern: times for pattern, times in table.items() if any(pattern)}
    measured["same_codes"] = measure(percent_agreement, table)
    measured["same_codes_where_coded"] = measure(percent_agreement, touched)
    return measured


def measure_ratings(
    ratings: RatingsTable, distance: DistanceName, bootstrap: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...], Sequence[str]]:
    """The coefficients over all values, those of each, and all values in order, from one value of each coder for a unit.

    A table of counts does not say who the coders are.
    """
    sets = count_given((row, 1) for row in ratings.values if any(row))
    patterns = [tuple(next(iter(own)) if isinstance(own, frozenset) else None for own in row) for row in sets]
    coders, counts = max(map(len, patterns), default=0), list(sets.values())
    numeric = distance in BETWEEN_NUMBERS
    given = dict.fromkeys(ratings.categories or (one for row in patterns for one in row if one is not None))
    values = tuple(sorted(given, key=Fraction) if numeric else given)
    names = make_table(Counter(dict(zip(patterns, counts, strict=True))), ratings.categories)
    alpha: Formula = krippendorff_alpha
    if numeric:  # as `names`, with numbers for values
        alpha = alpha_by(distance)
        rows = [tuple(None if one is None else Fraction(one) for one in row) for row in patterns]
        numbers = make_table(Counter(dict(zip(rows, counts, strict=True))))
    else:
        numbers = names
    tables = {"alpha": (alpha, numbers)} | {
        name: (formula, names) for name, formula in {**POOLED, **_formulas_of_decisions(coders)}.items()
    }
    overall = {name: measure(formula, table) for name, (formula, table) in tables.items()}
    if len(values) != 2:
        overall["pabak"] = _undefine(overall["pabak"], NOT_TWO_VALUES)
    shown = () if distance in ("interval", "ratio") else values
    decisions = Decisions(sets, shown)
    each = measure_codes(decisions, coders)
    if not ratings.coders:
        overall |= {name: _undefine(overall[name], NOT_NAMED) for name in NAMED if name in overall}
        each = tuple(map(_forget_names, each))
    if not bootstrap:
        return overall, each, values

    def resample(drawn: Array, decided: Array) -> dict[str, Array]:
        return {
            name: formula(table, drawn).value
            for name, (formula, table) in tables.items()
            if suits(formula, coders)
        }

    width = max(names.given.size, len(values))
    return *_add_intervals(overall, each, decisions, coders, width, resample, bootstrap), values


def _undefine(one: Coefficient, reason: str) -> Coefficient:
    return Coefficient(one.name, None, reason, one.units, one.dropped)


def _forget_names(one: CodeAgreement) -> CodeAgreement:
    """Without what needs to know who gave which rating."""
    undefined = {
        name: _undefine(one.coefficients[name], NOT_NAMED) for name in NAMED if name in one.coefficients
    }
    return replace(one, marks=replace(one.marks, only=()), coefficients={**one.coefficients, **undefined})


class Decisions:
    """Whether each code was given, and by whom, to units that have sets of codes.

    `patterns` are those of yes and no that there are, `table` the same as an array; `times` tells how often each unit of
    the table of sets occurs.
    """

    def __init__(self, sets: Counted, codes: Sequence[str]) -> None:
        self.codes, self.times = codes, np.array(list(sets.values()), np.int64)
        marked = [_mark_codes(unit) for unit in sets]
        given = (pattern for _, own in marked for pattern in own.values())
        self.patterns = list(dict.fromkeys([*(blank for blank, _ in marked), *given]))
        self.table = make_table(dict.fromkeys(self.patterns, 1), YES_NO)
        places = {pattern: place for place, pattern in enumerate(self.patterns)}
        rows = {code: number * len(places) for number, code in enumerate(codes)}
        cells = sorted(
            (rows[code] + places[pattern], unit)
            for unit, (_, own) in enumerate(marked)
            for code, pattern in own.items()
            if code in rows
        )
        self._units = np.array([unit for _, unit in cells], np.int64)
        self._cells, self._starts = np.unique(
            np.array([cell for cell, _ in cells], np.int64), return_index=True
        )
        self._blanks = np.array([places[blank] for blank, _ in marked], np.int64)
        self._given_of: dict[int, set[int]] = {places[blank]: set() for blank, _ in marked}
        for blank, own in marked:
            self._given_of[places[blank]].update(places[pattern] for pattern in own.values())

    @property
    def size(self) -> int:
        """How many numbers there are for each resample."""
        return max(len(self._units), len(self.codes) * len(self.patterns))

    def count(self, drawn: Array) -> Array:
        """How often each code got each pattern (resamples x codes x patterns), from how often each unit was drawn."""
        counts: Array = np.zeros((len(drawn), len(self.codes) * len(self.patterns)), drawn.dtype)
        if len(self._units):
            counts[:, self._cells] = np.add.reduceat(drawn[:, self._units], self._starts, axis=1)
        counts = counts.reshape(len(drawn), len(self.codes), len(self.patterns))
        for blank, given in self._given_of.items():  # a code that nobody gave to a unit got its blank
            units = drawn[:, self._blanks == blank].sum(axis=1)
            counts[..., blank] = units[:, None] - counts[..., sorted(given)].sum(axis=-1)
        return counts


def _mark_codes(unit: Pattern) -> tuple[Pattern, dict[Hashable, Pattern]]:
    """What a code looks like that nobody gave to a unit, and each that was given."""
    sets = [given if isinstance(given, frozenset) else None for given in unit]
    every = sorted(frozenset[Any]().union(*(given for given in sets if given)))
    given: dict[Hashable, Pattern] = {
        code: tuple(None if own is None else code in own for own in sets) for code in every
    }
    return tuple(None if own is None else False for own in sets), given


def _add_intervals(
    overall: Measured, codes: Sequence[CodeAgreement], decisions: Decisions, coders: int, width: int,
    resample: Callable[[Array, Array], dict[str, Array]], bootstrap: Bootstrap,
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:  # fmt: skip
    """The same coefficients with intervals, those of each code among them, and cautions of what had none.

    `resample` gives those over all codes from resamples of the units and of the decisions about each code.
    """
    of_code = {name: one for name, one in _formulas_of_code(coders).items() if suits(one, coders)}
    names = [name for name in overall if name in of_code]

    def count(drawn: Array) -> Array:
        decided = decisions.count(drawn)
        over_all = resample(drawn, decided)
        found = [over_all[name] for name in names]
        found += [one for formula in of_code.values() for one in formula(decisions.table, decided).value.T]
        return np.stack(found, axis=-1)

    number, width = len(names) + len(of_code) * len(codes), max(width, decisions.size)
    found = iter(percentile_intervals(count, number, decisions.times, bootstrap, width))
    with_intervals = {name: _give(overall[name], next(found)) for name in names}
    by_name = {name: [next(found) for _ in codes] for name in of_code}
    each = []
    for at, one in enumerate(codes):
        measured = {name: _give(one.coefficients[name], own[at]) for name, own in by_name.items()}
        undefined = max((own.interval.undefined for own in measured.values() if own.interval), default=0)
        cautions = find_cautions(measured["percent"].units, one.prevalence, undefined)
        each.append(replace(one, coefficients={**one.coefficients, **measured}, cautions=cautions))
    return {**overall, **with_intervals}, tuple(each)


def _give(one: Coefficient, interval: Interval) -> Coefficient:
    return one if one.value is None else replace(one, interval=interval)


def measure_text(
    shared: Sequence[tuple[Answers, Sequence[Mark]]], codes: Sequence[str], coders: int
) -> tuple[dict[str, Coefficient], dict[str, dict[str, Coefficient]]]:
    """How far coded text itself is the same, overall and per code, in the sources that every coder coded.

    jaccard and f1 take coded characters alone, code by code; those of any code ask only whether text was coded.
    unitizing_alpha lays the sources end to end.
    """
    length = sum(answers.length for answers, _ in shared)
    spans: dict[str, list[list[Span]]] = {code: [[] for _ in range(coders)] for code in codes}
    anything: list[list[Span]] = [[] for _ in range(coders)]
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
    decisions: Counted = sum(tables.values(), Counter())
    overall = {
        **_overlap(decisions),
        "percent_characters": measure(percent_agreement, decisions),
        "unitizing_alpha": unitizing_alpha(spans.values(), length),
        **{f"any_code_{name}": one for name, one in _overlap(count_characters(anything, length)).items()},
    }
    return overall, per_code


def _overlap(table: Mapping[Pattern, int]) -> dict[str, Coefficient]:
    marks = count_marks(table)
    return {"jaccard": marks.jaccard, "f1": marks.f1}


def count_given(rated: Iterable[tuple[Pattern, int]]) -> Counted:
    """How often each combination of codes was given to a unit."""
    table: Counted = Counter()
    for given, times in rated:
        table[given] += times
    return count_patterns(table)
