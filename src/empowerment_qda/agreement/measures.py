"""Which coefficients are worked out, over all codes and for each, from the values or sets of codes that coders gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from empowerment_qda.agreement.bootstrap import Array, Bootstrap, Interval, percentile_intervals
from empowerment_qda.agreement.cautions import Caution, find_cautions
from empowerment_qda.agreement.coefficients import (
    NOT_NAMED,
    NOT_TWO_VALUES,
    YES_NO,
    Coefficient,
    Formula,
    Table,
    bias_index,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    f1,
    fleiss_kappa,
    gwet_ac1,
    jaccard,
    make_table,
    measure,
    measure_each,
    percent_agreement,
    pool,
    pooled_kappa,
    prevalence_index,
    scott_pi,
    suits,
)
from empowerment_qda.agreement.krippendorff import (
    DistanceName,
    Span,
    alpha_by,
    krippendorff_alpha,
    unitizing_alpha,
)
from empowerment_qda.agreement.ratings import BETWEEN_NUMBERS, RatingsTable
from empowerment_qda.agreement.units import Codes, Compared, Unit, cut_characters
from empowerment_qda.locale import msg

SetDistance = Literal["jaccard", "masi", "nominal"]
Given = Counter[tuple[Codes | None, ...]]
"""How often each combination of sets of codes was given to a unit; None by a coder who did not rate it."""
Measured = Mapping[str, Coefficient]
Over = Literal["units", "codes", "decisions"]
"""What a formula is worked out on: units and what was given to them; each code as a yes/no question; all these decisions."""
Asked = tuple[Formula, Table, Over]


class Listed(NamedTuple):
    """What is shown, the formula behind it, and on what it is worked out over all codes; on `codes` it is pooled."""

    name: str
    formula: Formula | None = None
    over: Over | None = None


LISTED: dict[str, Listed] = {
    "percent": Listed(msg("percent agreement"), percent_agreement, "decisions"),
    "kappa": Listed(msg("kappa"), cohen_kappa, "codes"),
    "conger_kappa": Listed(msg("Conger's kappa"), conger_kappa, "codes"),
    "scott_pi": Listed(msg("Scott's pi"), scott_pi, "decisions"),
    "fleiss_kappa": Listed(msg("Fleiss' kappa"), fleiss_kappa, "decisions"),
    "brennan_prediger": Listed(msg("Brennan-Prediger"), brennan_prediger, "decisions"),
    "pabak": Listed(msg("PABAK (Brennan-Prediger)"), brennan_prediger, "decisions"),
    "prevalence_index": Listed(msg("prevalence index"), prevalence_index),
    "bias_index": Listed(msg("bias index"), bias_index),
    "ac1": Listed(msg("Gwet's AC1"), gwet_ac1, "decisions"),
    "alpha": Listed(msg("Krippendorff's alpha"), krippendorff_alpha, "units"),
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

NAMED = ("kappa", "conger_kappa", "scott_pi", "prevalence_index", "bias_index")
"""What cannot be told from how many coders gave each value."""


class Marks(NamedTuple):
    """Units of a code: marked by all coders, by one alone (per coder), by none, out of those that every coder rated.

    Of three coders and more some units may be marked by several but not all: those count in `units` alone.
    """

    both: int
    only: tuple[int, ...]
    neither: int
    units: int


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code as a yes/no question; `marks` over the units that every coder rated, `prevalence` a share 0 to 1."""

    code: str
    marks: Marks
    prevalence: float | None
    coefficients: Measured
    cautions: tuple[Caution, ...]


def measure_coders(
    sets: Table, codes: Sequence[str], coders: int, distance: SetDistance, bootstrap: Bootstrap | None = None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """The coefficients over all codes and those of each, from sets of codes; two coders or more rated each unit.

    alpha compares whole sets. Cohen's and Conger's kappa are pooled over the codes. percent, Scott's, Fleiss', Brennan &
    Prediger's (PABAK) and Gwet's coefficients take every unit and code as one yes/no decision.
    """
    decisions = Decisions(sets, codes)
    asked: dict[str, Asked] = {
        name: (formula, decisions.table, over)
        for name, formula, over in _list_formulas(coders, "units", "codes", "decisions")
    }
    asked["alpha"] = alpha_by(distance), sets, "units"
    overall, each = _measure(asked, decisions, coders, bootstrap)
    coded = np.array([*map(bool, sets.values), False])[sets.given].any(axis=1)
    overall["same_codes"] = measure(percent_agreement, sets)
    overall["same_codes_where_coded"] = measure(percent_agreement, replace(sets, times=sets.times * coded))
    return overall, each


def measure_ratings(
    ratings: RatingsTable, distance: DistanceName, bootstrap: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...], Sequence[str]]:
    """The coefficients over all values, those of each, and all values in order, from one value of each coder for a unit.

    A table of counts does not say who the coders are.
    """
    names = make_table(filter(any, ratings.values), [frozenset([one]) for one in ratings.categories])
    coders, values = names.given.shape[1], [value for own in names.values for value in own]
    alpha: Formula = krippendorff_alpha
    numbers = names
    if distance in BETWEEN_NUMBERS:
        alpha, numbers = alpha_by(distance), replace(names, values=tuple(map(Fraction, values)))
        values.sort(key=Fraction)
    asked: dict[str, Asked] = {
        name: (formula, names, "units")
        for name, formula, _ in _list_formulas(coders, "units", "codes", "decisions")
    }
    asked["alpha"] = alpha, numbers, "units"
    shown = () if distance in ("interval", "ratio") else values
    overall, each = _measure(asked, Decisions(names, shown), coders, bootstrap)
    if len(values) != 2:
        overall["pabak"] = _undefine(overall["pabak"], NOT_TWO_VALUES)
    if not ratings.coders:
        overall = _forget_names(overall)
        each = tuple(
            replace(one, marks=one.marks._replace(only=()), coefficients=_forget_names(one.coefficients))
            for one in each
        )
    return overall, each, values


def _undefine(one: Coefficient, reason: str) -> Coefficient:
    return Coefficient(one.name, None, reason, one.units, one.dropped)


def _forget_names(measured: Measured) -> dict[str, Coefficient]:
    """Without what needs to know who gave which rating."""
    return {name: _undefine(one, NOT_NAMED) if name in NAMED else one for name, one in measured.items()}


def _list_formulas(coders: int, *kinds: Over) -> Iterator[tuple[str, Formula, Over]]:
    """Those that suit so many coders, by what they are worked out on; of kappas all, to say why they have no value."""
    for kind in kinds:
        for name, one in LISTED.items():
            if one.formula and one.over == kind and (kind == "codes" or suits(one.formula, coders)):
                yield name, one.formula, kind


def _measure(
    asked: Mapping[str, Asked], decisions: Decisions, coders: int, bootstrap: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """What was asked over all codes, and the coefficients of each, with intervals from the same resamples."""
    whole = decisions.spread(decisions.times[None])
    overall = {}
    for name, (formula, table, over) in asked.items():
        rows = measure_each(formula, table, np.atleast_2d(whole[over][0]))
        overall[name] = pooled_kappa(rows) if over == "codes" else rows[0]
        if over == "decisions":
            overall[name] = replace(rows[0], units=int(decisions.times.sum()))
    of_code = {name: formula for name, formula, _ in _list_formulas(coders, "codes", "units", "decisions")}
    each = {name: measure_each(one, decisions.table, whole["codes"][0]) for name, one in of_code.items()}
    names = [name for name, one in overall.items() if one.value is not None]
    if bootstrap and names:
        of_code = {
            name: of_code[name] for name, rows in each.items() if any(one.value is not None for one in rows)
        }

        def resample(drawn: Array) -> Array:
            times = decisions.spread(drawn)
            found = []
            for formula, table, over in map(asked.__getitem__, names):
                parts = formula(table, times[over])
                found.append((pool(parts) if over == "codes" else parts).value)
            found += [one(decisions.table, times["codes"]).value for one in of_code.values()]
            return np.hstack([one.reshape(len(drawn), -1) for one in found])

        number = len(names) + len(of_code) * len(decisions.codes)
        width = max(
            decisions.size, *(max(table.given.size, len(table.values)) for _, table, _ in asked.values())
        )
        found = iter(percentile_intervals(resample, number, decisions.times, bootstrap, width))
        overall |= {name: replace(overall[name], interval=next(found)) for name in names}
        each |= {name: [_give(one, next(found)) for one in each[name]] for name in of_code}
    of_each = {name: one.formula for name, one in LISTED.items() if one.formula and not one.over}
    each |= {name: measure_each(one, decisions.table, whole["codes"][0]) for name, one in of_each.items()}
    codes = []
    for at, (code, (marks, share)) in enumerate(
        zip(decisions.codes, count_marks(decisions.table, whole["codes"][0]), strict=True)
    ):
        measured = {name: rows[at] for name, rows in each.items()}
        undefined = max((one.interval.undefined for one in measured.values() if one.interval), default=0)
        cautions = find_cautions(measured["percent"].units, share, undefined)
        codes.append(CodeAgreement(code, marks, share, measured, cautions))
    return overall, tuple(codes)


def _give(one: Coefficient, interval: Interval) -> Coefficient:
    return one if one.value is None else replace(one, interval=interval)


def count_marks(table: Table, times: Array) -> list[tuple[Marks, float | None]]:
    """The marks for each row of `times` (rows x patterns of a yes/no table), and what share of all ratings is yes."""
    coders, marked = table.given.shape[1], table.given == 0
    number, complete = marked.sum(axis=1), times * (table.rated == coders)
    counts = (
        complete @ (number == coders),
        complete @ (marked & (number == 1)[:, None]),
        complete @ (number == 0),
        complete.sum(axis=1),
        times @ number,
        times @ table.rated,
    )
    return [
        (Marks(both, tuple(only), neither, units), given / asked if asked else None)
        for both, only, neither, units, given, asked in zip(*(one.tolist() for one in counts), strict=True)
    ]


class Decisions:
    """Whether each code was given, and by whom, to units that have sets of codes.

    `table` has the different patterns of yes and no that there are; `times` tells how often each unit of the table of sets
    occurs.
    """

    def __init__(self, sets: Table, codes: Sequence[str]) -> None:
        self.codes, self.times = codes, sets.times
        numbers = {code: number for number, code in enumerate(codes)}
        members = [[numbers[code] for code in own if code in numbers] for own in sets.values]
        given = [
            (code, unit, coder)
            for unit, row in enumerate(sets.given.tolist())
            for coder, value in enumerate(row)
            if value >= 0
            for code in members[value]
        ]
        marks = np.array(given, np.int64).reshape(-1, 3)
        cells, at = np.unique(marks[:, :2], axis=0, return_inverse=True)  # code and unit
        blank = np.where(sets.given < 0, -1, 1).astype(np.int8)  # as of a code that nobody gave to the unit
        own = blank[cells[:, 1]]
        own[at, marks[:, 2]] = 0
        patterns, places = np.unique(np.concatenate([blank, own]), axis=0, return_inverse=True)
        self.table = Table(YES_NO, patterns.astype(np.int64), np.ones(len(patterns), np.int64))
        self._blanks, own_places = np.split(places, [len(blank)])
        order = np.lexsort((own_places, cells[:, 0]))
        self._units = cells[order, 1]
        self._cells, self._starts = np.unique(
            (cells[:, 0] * len(patterns) + own_places)[order], return_index=True
        )

    @property
    def size(self) -> int:
        """How many numbers there are for each resample."""
        return max(len(self._units), len(self.codes) * len(self.table.given))

    def spread(self, drawn: Array) -> dict[Over, Array]:
        """How often each pattern occurs (resamples x patterns; of codes as `count`), from how often each unit was drawn."""
        codes = self.count(drawn)
        return {"units": drawn, "codes": codes, "decisions": codes.sum(axis=1)}

    def count(self, drawn: Array) -> Array:
        """How often each code got each pattern (resamples x codes x patterns), from how often each unit was drawn."""
        patterns = self.table.given
        counts: Array = np.zeros((len(drawn), len(self.codes) * len(patterns)), drawn.dtype)
        if len(self._units):
            counts[:, self._cells] = np.add.reduceat(drawn[:, self._units], self._starts, axis=1)
        counts = counts.reshape(len(drawn), len(self.codes), len(patterns))
        for blank in np.unique(self._blanks):  # a code that nobody gave to a unit got its blank
            units = drawn[:, self._blanks == blank].sum(axis=1)
            alike = ((patterns < 0) == (patterns[blank] < 0)).all(axis=1)
            counts[..., blank] = units[:, None] - counts[..., alike].sum(axis=-1)
        return counts


def measure_text(
    compared: Compared, codes: Sequence[str], coders: int
) -> tuple[dict[str, Coefficient], dict[str, dict[str, Coefficient]]]:
    """How far coded text itself is the same, overall and per code, in the sources that every coder coded.

    jaccard and f1 take coded characters alone, code by code; those of any code ask only whether text was coded.
    unitizing_alpha lays the sources end to end.
    """
    spans: dict[str, list[list[Span]]] = {code: [[] for _ in range(coders)] for code in codes}
    stretches: list[Unit] = []
    length = 0
    for answers in compared.shared:
        marks = compared.marks[answers.source.id]
        stretches += cut_characters(answers, marks, coders)
        for mark in marks:
            if mark.code in spans:
                spans[mark.code][mark.coder].append((length + mark.start, length + mark.end))
        length += answers.length
    sets = make_table(count_given((one.given, one.weight) for one in stretches))
    decisions = Decisions(sets, codes)
    times = decisions.count(sets.times[None])[0]
    per_code = {
        code: {"jaccard": one, "f1": other, "unitizing_alpha": unitizing_alpha([spans[code]], length)}
        for code, one, other in zip(
            codes, *(measure_each(formula, decisions.table, times) for formula in (jaccard, f1)), strict=True
        )
    }
    together = replace(decisions.table, times=times.sum(axis=0))
    anything = Table(YES_NO, np.array([not own for own in sets.values], np.int64)[sets.given], sets.times)
    overall = {
        "jaccard": measure(jaccard, together),
        "f1": measure(f1, together),
        "percent_characters": measure(percent_agreement, together),
        "unitizing_alpha": unitizing_alpha(spans.values(), length),
        "any_code_jaccard": measure(jaccard, anything),
        "any_code_f1": measure(f1, anything),
    }
    return overall, per_code


def count_given(rated: Iterable[tuple[tuple[Codes | None, ...], int]]) -> Given:
    """How often each combination of codes was given, from units with their weight."""
    given: Given = Counter()
    for codes, weight in rated:
        given[codes] += weight
    return given
