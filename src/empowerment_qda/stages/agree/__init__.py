"""Agreement between coders of a study, or between the columns of a table of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from empowerment_qda.agreement import Bootstrap, find_cautions
from empowerment_qda.agreement.coefficients import (
    FLEISS,
    NO_PAIRS,
    PERCENT,
    SCOTT,
    Way,
    way_of_alpha,
    way_of_brennan_prediger,
    way_of_gwet,
)
from empowerment_qda.agreement.tables import Pattern
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.study import Study
from empowerment_qda.stages.agree.cautions import caution, find_study_cautions
from empowerment_qda.stages.agree.disagreements import (
    count_confusion,
    join_stretches,
    list_disagreements,
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
    way_of_kappa,
)
from empowerment_qda.stages.agree.ratings import RatingsTable, ValueDistance, parse_ratings
from empowerment_qda.stages.agree.result import Agreement, CodeAgreement, Disagreement, Side
from empowerment_qda.stages.agree.spots import Spot, find_spots
from empowerment_qda.stages.agree.units import (
    Codes,
    Level,
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
    "ValueDistance",
    "agree_coders",
    "agree_ratings",
    "find_coder_problems",
    "find_spots",
    "parse_ratings",
]


def agree_coders(
    study: Study,
    coders: Sequence[str],
    unit: UnitKind = "turn",
    level: Level = "code",
    distance: SetDistance = "jaccard",
    bootstrap: Bootstrap | None = None,
) -> Agreement:
    """How far coders of a study agree; StudyError where one of them has coded nothing.

    Units of a source that only one of them has coded are dropped; to more than two, what one has not coded is missing.
    """
    compared = compare(study, coders, unit, level)
    paired = [one for one in compared.units if len(coders) - one.given.count(None) > 1]
    table = count_given((one.given, one.weight) for one in paired)
    used = {code for one in paired for own in one.given for code in own or ()}
    in_use = tuple(code for code in study.codebook.places if code in used)
    drawn = None if unit == "character" else bootstrap
    overall = measure_sets(table, in_use, len(coders), distance)
    codes = tuple(
        measure_code(code, own, len(coders)) for code, own in presence_tables(table, in_use).items()
    )
    if drawn:
        decisions = Decisions(list(table), in_use)
        statistics = draw_coders(table, len(coders), distance, decisions)
        overall, codes = add_intervals(
            overall, codes, len(coders), list(table.values()), statistics, decisions, drawn
        )
    text, text_per_code = measure_text(compared.shared, in_use, len(coders))
    codes = tuple(replace(one, coefficients={**one.coefficients, **text_per_code[one.code]}) for one in codes)
    if not paired and compared.units:
        overall = {name: replace(one, reason=NO_PAIRS) for name, one in overall.items()}
    listed = list_disagreements(paired, coders)
    units = table.total()
    dropped = sum(one.weight for one in compared.units) - units
    cautions = find_study_cautions(
        units=units,
        dropped=dropped,
        untouched=sum(times for given, times in table.items() if not any(given)),
        outside=compared.outside,
        unplaced=compared.unplaced,
        rare=_count_rare(codes),
        characters=unit == "character",
        auto=AUTO in coders,
    )
    return Agreement(
        unit=unit,
        coders=tuple(coders),
        units=units,
        dropped=dropped,
        overall=overall | text,
        codes=codes,
        disagreements=sort_disagreements(
            join_stretches(listed) if unit == "character" else listed, in_use, compared.sources
        ),
        confusion=count_confusion(((one.given, one.weight) for one in paired), coders),
        cautions=tuple(cautions),
        distance=distance,
        level=level,
        levels=dict(measure_above(study, table, level, len(coders), distance)),
        unused=tuple(code for code in list_codes(study, level) if code not in used),
        sources=compared.sources,
        missing=compared.missing,
        uncoded=compared.uncoded,
    )


def _count_rare(codes: Sequence[CodeAgreement]) -> int:
    return sum(any(one.code in ("rare", "nearly-universal") for one in code.cautions) for code in codes)


def agree_ratings(
    ratings: RatingsTable, distance: ValueDistance = "nominal", bootstrap: Bootstrap | None = None
) -> Agreement:
    """How far the columns of a table agree; each value is a code that a unit got, alone.

    alpha takes the distance between values, which must be numbers unless it is nominal (see `parse_ratings`); all
    else asks whether values are the same.
    """
    coders, table = ratings.coders, count_given((row, 1) for row in ratings.values if any(row))
    given = dict.fromkeys(value for row in ratings.values for value in row if value is not None)
    values = tuple(given if distance == "nominal" else sorted(given, key=Fraction))
    patterns = list(table)
    numbers = patterns if distance == "nominal" else [tuple(map(_read, row)) for row in patterns]
    two = len(coders) == 2
    ways: dict[str, tuple[Way, Sequence[Pattern]]] = {
        "alpha": (way_of_alpha(distance), numbers),
        "kappa": (way_of_kappa(len(coders)), patterns),
        "percent": (PERCENT, patterns),
        **({"scott_pi": (SCOTT, patterns)} if two else {}),
        "fleiss_kappa": (FLEISS, patterns),
        "brennan_prediger": (way_of_brennan_prediger(), patterns),
        "ac1": (way_of_gwet(), patterns),
    }
    weights = list(table.values())
    overall = {
        name: way.measure(Counter(dict(zip(rows, weights, strict=True))))
        for name, (way, rows) in ways.items()
    }
    shown = values if distance in ("nominal", "ordinal") else ()
    codes = tuple(
        measure_code(value, own, len(coders))
        for value, own in presence_tables(
            count_given((_as_sets(row), n) for row, n in table.items()), shown
        ).items()
    )
    if bootstrap:
        decisions = Decisions([_as_sets(row) for row in patterns], [one.code for one in codes])
        overall, codes = add_intervals(
            overall, codes, len(coders), weights, draw_ratings(ways), decisions, bootstrap
        )
    alpha = overall["alpha"]
    rare = _count_rare(codes)
    return Agreement(
        unit="row",
        coders=coders,
        units=alpha.units,
        dropped=alpha.dropped,
        overall=overall,
        codes=codes,
        disagreements=sort_disagreements(_differ(ratings), values, ratings.units),
        confusion=count_confusion(((_as_sets(row), 1) for row in ratings.values), coders),
        cautions=(*find_cautions(alpha.units), *((caution("rare-codes", rare),) if rare else ())),
        distance=distance,
    )


def _read(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _as_sets(row: Sequence[object]) -> tuple[Codes | None, ...]:
    return tuple(None if one is None else frozenset([str(one)]) for one in row)


def _differ(ratings: RatingsTable) -> list[Disagreement]:
    """Every two different values of a unit."""
    return [
        Disagreement(unit, (Side(coder, value), Side(other, other_value)))
        for unit, row in zip(ratings.units, ratings.values, strict=True)
        for number, (coder, value) in enumerate(zip(ratings.coders, row, strict=True))
        for other, other_value in list(zip(ratings.coders, row, strict=True))[number + 1 :]
        if None not in (value, other_value) and value != other_value
    ]
