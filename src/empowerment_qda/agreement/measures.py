"""Which coefficients are worked out, over all codes and for each, from the values or sets of codes that coders gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from empowerment_qda.agreement.bootstrap import Array, Bootstrap, Interval, percentile_intervals
from empowerment_qda.agreement.cautions import Caution, find_cautions
from empowerment_qda.agreement.coefficients import (
    NOT_NAMED,
    NOT_TWO_VALUES,
    Coefficient,
    Formula,
    bias_index,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    f1,
    fleiss_kappa,
    gwet_ac1,
    jaccard,
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
from empowerment_qda.agreement.tables import YES_NO, Decisions, Marks, Over, Table, count_marks, make_table
from empowerment_qda.agreement.units import Compared, Unit, count_given, cut_characters
from empowerment_qda.locale import msg

SetDistance = Literal["jaccard", "masi", "nominal"]
Measured = Mapping[str, Coefficient]


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


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code as a yes/no question; `marks` over the units that every coder rated, `prevalence` a share 0 to 1."""

    code: str
    marks: Marks
    prevalence: float | None
    coefficients: Measured
    cautions: tuple[Caution, ...]


class Asked(NamedTuple):
    """A formula with the table that it is worked out on; `pooled` over the codes, or for each of them."""

    formula: Formula
    table: Table
    over: Over
    pooled: bool = False

    def measure(self, times: Mapping[Over, Array]) -> list[Coefficient]:
        """The coefficient from all units, or that of each code."""
        found = measure_each(self.formula, self.table, np.atleast_2d(times[self.over][0]))
        return [pooled_kappa(found)] if self.pooled else found

    def resample(self, times: Mapping[Over, Array]) -> Array:
        """Its values from resamples of the units: resamples, then codes."""
        parts = self.formula(self.table, times[self.over])
        values: Array = (pool(parts) if self.pooled else parts).value
        return values.reshape(len(values), -1)


def measure_coders(
    sets: Table, codes: Sequence[str], coders: int, distance: SetDistance, bootstrap: Bootstrap | None = None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """The coefficients over all codes and those of each, from sets of codes; two coders or more rated each unit.

    alpha compares whole sets. Cohen's and Conger's kappa are pooled over the codes. percent, Scott's, Fleiss', Brennan &
    Prediger's (PABAK) and Gwet's coefficients take every unit and code as one yes/no decision.
    """
    decisions = Decisions(sets, codes)
    asked = {
        name: Asked(formula, decisions.table, over, over == "codes")
        for name, (formula, over) in _list_formulas(coders, "units", "codes", "decisions").items()
    }
    asked["alpha"] = Asked(alpha_by(distance), sets, "units")
    overall, each = _measure(asked, decisions, coders, bootstrap)
    for name in asked:
        if asked[name].over == "decisions":
            overall[name] = replace(overall[name], units=int(sets.times.sum()))
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
    asked = {
        name: Asked(formula, names, "units")
        for name, (formula, _) in _list_formulas(coders, "units", "codes", "decisions").items()
    }
    if distance in BETWEEN_NUMBERS:
        numbers = replace(names, values=tuple(map(Fraction, values)))
        asked["alpha"] = Asked(alpha_by(distance), numbers, "units")
        values.sort(key=Fraction)
    decisions = Decisions(names, () if distance in ("interval", "ratio") else values)
    overall, each = _measure(asked, decisions, coders, bootstrap)
    if len(values) != 2:
        overall["pabak"] = _undefine(overall["pabak"], NOT_TWO_VALUES)
    if not ratings.coders:
        overall, each = _forget_names(overall), tuple(map(_forget_coders, each))
    return overall, each, values


def _undefine(one: Coefficient, reason: str) -> Coefficient:
    return Coefficient(one.name, None, reason, one.units, one.dropped)


def _forget_names(measured: Measured) -> dict[str, Coefficient]:
    """Without what needs to know who gave which rating."""
    return {name: _undefine(one, NOT_NAMED) if name in NAMED else one for name, one in measured.items()}


def _forget_coders(one: CodeAgreement) -> CodeAgreement:
    return replace(one, marks=one.marks._replace(only=()), coefficients=_forget_names(one.coefficients))


def _list_formulas(coders: int, *kinds: Over) -> dict[str, tuple[Formula, Over]]:
    """Those that suit so many coders, by what they are worked out on; of kappas all, to say why they have no value."""
    return {
        name: (one.formula, kind)
        for kind in kinds
        for name, one in LISTED.items()
        if one.formula and one.over == kind and (kind == "codes" or suits(one.formula, coders))
    }


def _measure(
    asked: Mapping[str, Asked], decisions: Decisions, coders: int, bootstrap: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """What was asked over all codes, and the coefficients of each, with intervals from the same resamples."""
    table, whole = decisions.table, decisions.spread(decisions.times[None])
    of_code = {
        name: Asked(formula, table, "codes")
        for name, (formula, _) in _list_formulas(coders, "codes", "units", "decisions").items()
    }
    every = [*asked.values(), *of_code.values()]
    found = [one.measure(whole) for one in every]
    defined = [at for at, rows in enumerate(found) if any(one.value is not None for one in rows)]
    if bootstrap and defined:

        def resample(drawn: Array) -> Array:
            times = decisions.spread(drawn)
            return np.hstack([every[at].resample(times) for at in defined])

        number = sum(len(found[at]) for at in defined)
        width = max(decisions.size, *(one.table.given.size for one in every))
        intervals = iter(percentile_intervals(resample, number, decisions.times, bootstrap, width))
        for at in defined:
            found[at] = [_give(one, next(intervals)) for one in found[at]]
    each = dict(zip(of_code, found[len(asked) :], strict=True))
    for name, listed in LISTED.items():
        if listed.formula and not listed.over:
            each[name] = measure_each(listed.formula, table, whole["codes"][0])
    codes = []
    for at, (marks, share) in enumerate(count_marks(table, whole["codes"][0])):
        measured = {name: rows[at] for name, rows in each.items()}
        undefined = max((one.interval.undefined for one in measured.values() if one.interval), default=0)
        cautions = find_cautions(measured["percent"].units, share, undefined)
        codes.append(CodeAgreement(decisions.codes[at], marks, share, measured, cautions))
    return {name: rows[0] for name, rows in zip(asked, found, strict=False)}, tuple(codes)


def _give(one: Coefficient, interval: Interval) -> Coefficient:
    return one if one.value is None else replace(one, interval=interval)


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
    sets = make_table(count_given(stretches))
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
