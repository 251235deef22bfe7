"""What `qda agree` answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from empowerment_qda.agreement import CAVEAT, Caution, Coefficient, Interval, Scale, find_band
from empowerment_qda.answers.table import Cell, Table, make_table
from empowerment_qda.stages.agree import Agreement, CodeAgreement, Disagreement, Side

NAMES = {
    "percent": "percent agreement",
    "kappa": "kappa",
    "scott_pi": "Scott's pi",
    "fleiss_kappa": "Fleiss' kappa",
    "brennan_prediger": "Brennan-Prediger",
    "ac1": "Gwet's AC1",
    "alpha": "Krippendorff's alpha",
    "same_codes": "units with the same codes",
    "same_codes_where_coded": "same, of units that somebody coded",
    "percent_characters": "characters agreed on, code by code",
    "jaccard": "coded text in common (Jaccard)",
    "f1": "coded text in common (F1)",
    "any_code_jaccard": "text coded at all in common (Jaccard)",
    "any_code_f1": "text coded at all in common (F1)",
    "unitizing_alpha": "Krippendorff's alpha for free spans",
}
BANDED = ("kappa", "scott_pi", "fleiss_kappa", "brennan_prediger", "ac1", "alpha", "unitizing_alpha")
NO_CODE = "(no code)"
ALL_CODES = "(all codes)"


def answer_agreement(found: Agreement, scale: Scale, language: str) -> dict[str, Any]:
    """The JSON of the contract, with intervals, bands, confusion and cautions beside it."""
    return {
        "unit": found.unit,
        "level": found.level,
        "distance": found.distance,
        "coders": list(found.coders),
        "units": found.units,
        "dropped": found.dropped,
        "overall": _coefficients(found.overall, scale, language),
        "codes": [_code(one, found, scale, language) for one in found.codes],
        "disagreements": [_disagreement(one) for one in found.disagreements],
        "confusion": [
            {"coders": list(coders), "codes": list(codes), "units": units}
            for coders, counts in found.confusion.items()
            for codes, units in counts.items()
        ],
        "sources": list(found.sources),
        "missing": {coder: list(ids) for coder, ids in found.missing.items()},
        "uncoded": list(found.uncoded),
        "scale": scale.name,
        "cautions": _cautions(found.cautions, language),
        "caveat": CAVEAT[language],
    }


def _code(one: CodeAgreement, found: Agreement, scale: Scale, language: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "both": one.marks.both,
        "only": dict(_only(one, found)),
        "neither": one.marks.neither,
        "units": one.coefficients["percent"].units,
        "prevalence": one.prevalence,
        **_coefficients(one.coefficients, scale, language),
        "cautions": _cautions(one.cautions, language),
    }


def _only(one: CodeAgreement, found: Agreement) -> Iterator[tuple[str, int]]:
    """What each coder alone marked; nothing, where no unit was rated by all of them."""
    return zip(found.coders, one.marks.only or (0,) * len(found.coders), strict=True)


def _coefficients(measured: Mapping[str, Coefficient], scale: Scale, language: str) -> dict[str, Any]:
    """Each coefficient, an undefined one with its reason; then the intervals and bands of those that have one."""
    values: dict[str, Any] = {}
    for name, one in measured.items():
        values[name] = one.value
        if one.value is None:
            values[f"{name}_reason"] = one.reason
    values["intervals"] = {name: _interval(one.interval) for name, one in measured.items() if one.interval}
    values["bands"] = {name: band for name in measured if (band := _band(name, measured, scale, language))}
    return values


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "low": interval.low,
        "high": interval.high,
        "level": interval.level,
        "resamples": interval.resamples,
        "undefined": interval.undefined,
        "reason": interval.reason,
    }


def _band(name: str, measured: Mapping[str, Coefficient], scale: Scale, language: str) -> str | None:
    band = find_band(measured[name].value, scale) if name in BANDED else None
    return band[language] if band else None


def _cautions(cautions: Iterable[Caution], language: str) -> list[dict[str, Any]]:
    return [{"code": one.code, "value": one.value, "message": one.texts[language]} for one in cautions]


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {
        "source": one.source,
        "turn": one.turn,
        "start": one.start,
        "end": one.end,
        "ref": one.ref,
        "coders": list(one.coders),
        "codes": list(one.codes),
        "quotes": {side.coder: list(side.quotes) for side in one.sides},
        "text": one.text,
        "units": one.units,
    }


def table_overall(found: Agreement, scale: Scale, language: str) -> Table:
    """One row for each coefficient over all codes: value, interval, band, units, or why it has no value."""
    rows = (
        (
            _name(name, found),
            one.value,
            *_bounds(one.interval),
            _band(name, found.overall, scale, language) or one.reason,
            one.units,
        )
        for name in NAMES
        if (one := found.overall.get(name)) and not (name == "fleiss_kappa" and _repeats(found))
    )
    what = "units" if found.unit == "row" else f"{found.unit}s"
    title = f"Agreement of {', '.join(found.coders)} on {found.units} {what}"
    return make_table(("coefficient", "value", "95% from", "to", "reading", "units"), rows, title)


def _repeats(found: Agreement) -> bool:
    """Whether Fleiss' kappa stands there already: as Scott's pi of two coders, or as the kappa of a table."""
    return len(found.coders) == 2 or found.unit == "row"


def _name(name: str, found: Agreement) -> str:
    if name == "kappa":
        which = "Cohen's kappa" if len(found.coders) == 2 else "Fleiss' kappa"
        return which if found.unit == "row" else f"{which}, pooled over codes"
    if name == "alpha":
        return f"{NAMES[name]} ({found.distance})"
    return NAMES[name]


def _bounds(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)


def table_codes(found: Agreement, scale: Scale, language: str) -> Table:
    """One row for each code: who gave it, how common it is, how far the coders agree."""
    spans = any("jaccard" in one.coefficients for one in found.codes)
    shown = ("percent", "kappa", "alpha", "ac1", *(("jaccard",) if spans else ()))
    columns = (
        "code",
        "both" if len(found.coders) == 2 else "all",
        *(f"only {coder}" for coder in found.coders),
    )
    rows = (
        (
            one.code,
            one.marks.both,
            *(number for _, number in _only(one, found)),
            one.marks.neither,
            None if one.prevalence is None else f"{one.prevalence:.0%}",
            *(_value(one.coefficients[name]) for name in shown),
            *_bounds(one.coefficients["alpha"].interval),
            _band("alpha", one.coefficients, scale, language),
            " ".join(caution.code for caution in one.cautions),
        )
        for one in found.codes
    )
    return make_table(
        (*columns, "neither", "prevalence", *shown, "alpha 95% from", "to", "reading of alpha", "mind"), rows
    )


def _value(one: Coefficient) -> Cell:
    return one.reason if one.value is None else one.value


def table_coefficients(found: Agreement, scale: Scale, language: str) -> Table:
    """One row for each coefficient, over all codes and then of each code: all figures, for a spreadsheet."""
    measured = [(ALL_CODES, found.overall), *((one.code, one.coefficients) for one in found.codes)]
    rows = (
        (
            code, NAMES[name], one.value, *_bounds(one.interval),
            _band(name, coefficients, scale, language) or one.reason, one.units,
        )
        for code, coefficients in measured
        for name in NAMES
        if (one := coefficients.get(name))
    )  # fmt: skip
    return make_table(("code", "coefficient", "value", "95% from", "to", "reading", "units"), rows)


def table_disagreements(found: Agreement) -> Table:
    """One row for each two codes of a unit that differ, with both quotations."""
    columns = ("unit", "coder", "code", "quotation", "other coder", "other code", "other quotation")
    rows = ((one.ref, *_side(one.sides[0]), *_side(one.sides[1])) for one in found.disagreements)
    return make_table(columns, rows, "Disagreements")


def _side(side: Side) -> tuple[str, str, str]:
    return side.coder, side.code or NO_CODE, " / ".join(side.quotes)


def tables_of_confusion(found: Agreement, *, numbered: bool = False) -> Iterator[Table]:
    """For each two coders the codes of one down and of the other across, equal ones on the diagonal.

    `numbered` puts numbers in place of the names across, to fit a terminal.
    """
    for (coder, other), counts in found.confusion.items():
        every = found.codes_of((coder, other))
        heads = [str(number) if numbered else code or NO_CODE for number, code in enumerate(every, 1)]
        names = [
            f"{number} {code or NO_CODE}" if numbered else code or NO_CODE
            for number, code in enumerate(every, 1)
        ]
        rows = (
            (name, *(counts.get((row, column), 0) or None for column in every))
            for name, row in zip(names, every, strict=True)
        )
        yield make_table((f"{coder} \\ {other}", *heads), rows, f"{coder} and {other}")


def tell_agreement(found: Agreement, language: str) -> list[str]:
    """What to mind when reading the figures, a line each, the caveat last."""
    lines = [one.texts[language] for one in found.cautions]
    lines += [f"Not coded by {coder}: {', '.join(ids)}." for coder, ids in found.missing.items()]
    if found.uncoded:
        lines.append(f"Not coded by any of them: {', '.join(found.uncoded)}.")
    return [*lines, CAVEAT[language]]


def tell_round(found: Agreement) -> str:
    """The command that opens a reconciliation round about the disagreements; nothing where there are none of coders."""
    if found.unit == "row" or not found.disagreements:
        return ""
    turns = len({(one.source, one.turn) for one in found.disagreements})
    counted = f" ({turns} turn{'s' * (turns > 1)})" if (found.unit, found.level) == ("turn", "code") else ""
    return (
        f"To settle them{counted}: qda code --review --coder consensus --reconcile {','.join(found.coders)}"
    )


def failing_minimums(found: Agreement, minimums: Mapping[str, float]) -> list[str]:
    """A sentence for each coefficient over all codes that does not reach its minimum."""
    lines = []
    for name, minimum in minimums.items():
        one = found.overall[name]
        if one.value is None:
            lines.append(
                f"{name} over all codes is not defined ({one.reason}), and {minimum:g} was asked for."
            )
        elif one.value < minimum:
            lines.append(
                f"{name} over all codes is {one.value:.3f}, below the {minimum:g} that was asked for."
            )
    return lines
