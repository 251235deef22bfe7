"""Agreement between coders of a study, or between the columns of a table of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from empowerment_qda.agreement import Bootstrap, find_cautions
from empowerment_qda.agreement.coefficients import (
    COHEN,
    CONGER,
    FLEISS,
    NO_PAIRS,
    NOT_NAMED,
    NOT_TWO_VALUES,
    PERCENT,
    SCOTT,
    Coefficient,
    Way,
    way_of_alpha,
    way_of_brennan_prediger,
    way_of_gwet,
)
from empowerment_qda.agreement.tables import Pattern
from empowerment_qda.model.study import Study
from empowerment_qda.stages.agree.cautions import caution, find_same_columns, find_study_cautions
from empowerment_qda.stages.agree.disagreements import (
    count_confusion,
    join_stretches,
    list_disagreements,
    pair_codes,
    sort_disagreements,
)
from empowerment_qda.stages.agree.draws import Decisions, add_intervals, draw_coders, draw_ratings
from empowerment_qda.stages.agree.levels import list_codes, measure_above
from empowerment_qda.stages.agree.measure import (
    SetDistance,
    count_given,
    measure_code,
    measure_sets,
    measure_text,
    presence_tables,
)
from empowerment_qda.stages.agree.ratings import RatingsTable, parse_ratings, parse_units
from empowerment_qda.stages.agree.result import Agreement, CodeAgreement, Disagreement, Side
from empowerment_qda.stages.agree.spots import Spot, find_spots
from empowerment_qda.stages.agree.units import (
    Level,
    Listed,
    UnitKind,
    compare,
    find_coder_problems,
)

__all__ = [
    "Agreement",
    "CodeAgreement",
    "Disagreement",
    "RatingsTable",
    "Side",
    "Spot",
    "agree_coders",
    "agree_ratings",
    "find_coder_problems",
    "find_spots",
    "parse_ratings",
    "parse_units",
]

ValueDistance = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi"]
NAMED = ("kappa", "conger_kappa", "scott_pi", "prevalence_index", "bias_index")
"""What cannot be told from how many coders gave each value."""


def agree_coders(
    study: Study,
    coders: Sequence[str],
    unit: UnitKind = "turn",
    level: Level = "code",
    distance: SetDistance = "jaccard",
    bootstrap: Bootstrap | None = None,
    *,
    listed: Listed | None = None,
    coded_only: bool = False,
) -> Agreement:
    """How far coders of a study agree; StudyError where one of them has coded nothing.

    Units of a source that only one of them has coded are dropped; to more than two, what one has not coded is missing.
    `listed` units take the place of `unit`; `coded_only` leaves out units that none of them coded.
    """
    unit = unit if listed is None else "listed"
    compared = compare(study, coders, unit, level, listed)
    rated = [one for one in compared.units if len(coders) - one.given.count(None) > 1]
    paired = [one for one in rated if any(one.given)] if coded_only else rated
    left = sum(one.weight for one in rated) - sum(one.weight for one in paired) if coded_only else None
    table = count_given((one.given, one.weight) for one in paired)
    used = {code for one in paired for own in one.given for code in own or ()}
    in_use = tuple(code for code in study.codebook.places if code in used)
    overall, codes = _measure(
        table, in_use, len(coders), distance, None if unit == "character" else bootstrap
    )
    if not rated and compared.units:
        overall = {name: replace(one, reason=NO_PAIRS) for name, one in overall.items()}
    if listed is None:  # text that stands in no unit of a file is not compared
        text, text_per_code = measure_text(compared.shared, in_use, len(coders))
        overall |= text
        codes = tuple(
            replace(one, coefficients={**one.coefficients, **text_per_code[one.code]}) for one in codes
        )
    listing = list_disagreements(paired, coders)
    cautions = find_study_cautions(study, coders, compared, paired, unit, _count_rare(codes), left)
    return Agreement(
        unit=unit,
        coders=tuple(coders),
        units=table.total(),
        dropped=sum(one.weight for one in compared.units) - sum(one.weight for one in rated),
        overall=overall,
        codes=codes,
        disagreements=sort_disagreements(
            join_stretches(listing) if unit == "character" else listing, in_use, compared.sources
        ),
        confusion=count_confusion(((one.given, one.weight) for one in paired), coders),
        cautions=tuple(cautions),
        distance=distance,
        level=level,
        coded_only=coded_only,
        levels=dict(measure_above(study, table, level, len(coders), distance)),
        unused=tuple(code for code in list_codes(study, level) if code not in used),
        sources=compared.sources,
        missing=compared.missing,
        uncoded=compared.uncoded,
    )


def _measure(
    table: Counter[Pattern], codes: Sequence[str], coders: int, distance: SetDistance, drawn: Bootstrap | None
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:
    """The coefficients over all codes and those of each, from sets of codes."""
    overall = measure_sets(table, codes, coders, distance)
    each = tuple(measure_code(code, own, coders) for code, own in presence_tables(table, codes).items())
    if not drawn:
        return overall, each
    decisions = Decisions(list(table), codes)
    statistics = draw_coders(table, coders, distance, decisions)
    return add_intervals(overall, each, coders, list(table.values()), statistics, decisions, drawn)


def _count_rare(codes: Sequence[CodeAgreement]) -> int:
    return sum(any(one.code in ("rare", "nearly-universal") for one in code.cautions) for code in codes)


def agree_ratings(
    ratings: RatingsTable, distance: ValueDistance | None = None, bootstrap: Bootstrap | None = None
) -> Agreement:
    """How far the columns of a table agree, in which a unit has one value, or several codes.

    alpha takes the distance between values, which must be numbers for ordinal, interval and ratio (see `parse_ratings`);
    between single values jaccard and masi are nominal. All else asks whether values are the same, or of several codes
    about each of them.
    """
    if ratings.several:
        overall, codes, values = _measure_several(ratings, distance or "jaccard", bootstrap)
    else:
        overall, codes, values = _measure_single(ratings, distance or "nominal", bootstrap)
    alpha, rare = overall["alpha"], _count_rare(codes)
    paired = sum(len(row) - row.count(None) > 1 for row in ratings.values)
    dropped = len(ratings.values) - paired
    told = {"unpaired": dropped, "several": ratings.several, "rare-codes": rare}
    cautions = [*find_same_columns(ratings.coders, ratings.values), *find_cautions(paired)]
    cautions += [caution(code, number) for code, number in told.items() if number]
    return Agreement(
        unit="row",
        coders=ratings.coders,
        units=alpha.units,
        dropped=dropped,
        overall=overall,
        codes=codes,
        disagreements=sort_disagreements(_differ(ratings), values, ratings.units),
        confusion=count_confusion(((row, 1) for row in ratings.values if ratings.coders), ratings.coders),
        cautions=tuple(cautions),
        distance=distance or ("jaccard" if ratings.several else "nominal"),
    )


Measured = tuple[dict[str, Coefficient], tuple[CodeAgreement, ...], Sequence[str]]
"""The coefficients over all values, those of each, and all values in order."""


def _measure_several(ratings: RatingsTable, distance: ValueDistance, bootstrap: Bootstrap | None) -> Measured:
    """Units with sets of codes, as in a study; a unit that one coder rated has nothing to compare."""
    codes = tuple(dict.fromkeys(code for row in ratings.values for own in row for code in sorted(own or ())))
    table = count_given((row, 1) for row in ratings.values if len(row) - row.count(None) > 1)
    apart: SetDistance = distance if distance in ("masi", "nominal") else "jaccard"
    return *_measure(table, codes, len(ratings.coders), apart, bootstrap), codes


def _measure_single(ratings: RatingsTable, distance: ValueDistance, bootstrap: Bootstrap | None) -> Measured:
    """Units with one value of each coder, of whom a table of counts does not say who they are."""
    sets = count_given((row, 1) for row in ratings.values if any(row))
    patterns = [tuple(next(iter(own)) if isinstance(own, frozenset) else None for own in row) for row in sets]
    coders, weights = max(map(len, patterns), default=0), list(sets.values())
    of_sets = distance in ("jaccard", "masi")
    numeric = not of_sets and distance != "nominal"
    given = dict.fromkeys(ratings.categories or (one for row in patterns for one in row if one is not None))
    values = tuple(sorted(given, key=Fraction) if numeric else given)
    numbers = (
        [tuple(None if one is None else Fraction(one) for one in row) for row in patterns]
        if numeric
        else patterns
    )
    even = way_of_brennan_prediger(ratings.categories)
    ways: dict[str, tuple[Way, Sequence[Pattern]]] = {
        "alpha": (way_of_alpha("nominal" if of_sets else distance), numbers),
        "kappa": (COHEN, patterns),
        "conger_kappa": (CONGER, patterns),
        "percent": (PERCENT, patterns),
        **({"scott_pi": (SCOTT, patterns)} if coders == 2 else {}),
        "fleiss_kappa": (FLEISS, patterns),
        "brennan_prediger": (even, patterns),
        "pabak": (even, patterns),
        "ac1": (way_of_gwet(ratings.categories), patterns),
    }
    overall = {
        name: way.measure(Counter(dict(zip(rows, weights, strict=True))))
        for name, (way, rows) in ways.items()
    }
    if len(values) != 2:
        overall["pabak"] = _undefine(overall["pabak"], NOT_TWO_VALUES)
    shown = () if numeric and distance != "ordinal" else values
    codes = tuple(measure_code(value, own, coders) for value, own in presence_tables(sets, shown).items())
    if not ratings.coders:
        overall |= {name: _undefine(overall[name], NOT_NAMED) for name in NAMED if name in overall}
        codes = tuple(map(_forget_names, codes))
    if bootstrap:
        decisions = Decisions(list(sets), [one.code for one in codes])
        overall, codes = add_intervals(
            overall, codes, coders, weights, draw_ratings(ways), decisions, bootstrap
        )
    return overall, codes, values


def _undefine(one: Coefficient, reason: str) -> Coefficient:
    return Coefficient(one.name, None, reason, one.units, one.dropped)


def _forget_names(one: CodeAgreement) -> CodeAgreement:
    """Without what needs to know who gave which rating."""
    undefined = {
        name: _undefine(one.coefficients[name], NOT_NAMED) for name in NAMED if name in one.coefficients
    }
    return replace(one, marks=replace(one.marks, only=()), coefficients={**one.coefficients, **undefined})


def _differ(ratings: RatingsTable) -> list[Disagreement]:
    """Every two different values of a unit."""
    return [
        Disagreement(unit, (Side(ratings.coders[one], value), Side(ratings.coders[other], other_value)))
        for unit, row in zip(ratings.units, ratings.values, strict=True)
        for one, other in combinations(range(len(ratings.coders)), 2)
        if (given := row[one]) is not None and (other_given := row[other]) is not None
        for value, other_value in pair_codes(given, other_given)
        if value != other_value
    ]
