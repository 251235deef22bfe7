"""The tables of `qda agree`, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from empowerment_qda.agreement import Coefficient, format_share, write_number
from empowerment_qda.agreement.coefficients import NOT_TWO_VALUES
from empowerment_qda.answers.agree import Reading, list_only
from empowerment_qda.answers.table import Cell, Figure, Table, make_table
from empowerment_qda.locale import list_words
from empowerment_qda.stages.agree import Agreement, Side
from empowerment_qda.stages.agree.words import NAMES, count_units, say, say_caution, say_name, say_reason


def title_of(found: Agreement, language: str) -> str:
    """Who was compared on how much."""
    units = count_units(found.unit, found.units, language)
    if not found.coders:
        return say("title_unnamed", language, units=units)
    return say("title", language, coders=list_words(found.coders, language), units=units)


def table_overall(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient over all codes: value, interval, band, units, or why it has no value."""
    rows = (
        (name_coefficient(name, found, reading.language), *_figures(name, found.overall, reading))
        for name in list_names(found)
    )
    return make_table(
        _heads(reading.language, "coefficient", "value", "from", "to", "reading", "units"),
        rows,
        title_of(found, reading.language),
    )


def table_levels(found: Agreement, reading: Reading) -> Table:
    """One row for each level of the codebook from the one compared upwards: coders may agree higher up alone."""
    language = reading.language
    measured = {found.level: found.overall, **found.levels}
    names = ("percent", found.kappa, "alpha", "ac1")
    rows = (
        (
            say(f"level_{level}", language),
            *(_value(name, one[name], reading) for name in names),
            reading.band("alpha", one),
        )
        for level, one in measured.items()
    )
    return make_table(_heads(language, "level", *names, "alpha_reading"), rows, say("above", language))


def list_names(found: Agreement) -> list[str]:
    """The coefficients over all codes, without those that are for another number of coders or values, or are the same
    number under another name."""
    left = {"kappa", "conger_kappa"} - {found.kappa} | ({"fleiss_kappa"} if len(found.coders) == 2 else set())
    left.add("pabak" if found.overall["pabak"].reason == NOT_TWO_VALUES else "brennan_prediger")
    return [name for name in NAMES if name in found.overall and name not in left]


def name_coefficient(name: str, found: Agreement, language: str) -> str:
    """What a coefficient over all codes is called here."""
    named = say_name("cohen_kappa" if name == "kappa" else name, language)
    if name in ("kappa", "conger_kappa") and found.of_sets:
        return say("pooled", language, name=named)
    return f"{named} ({found.distance})" if name == "alpha" else named


def _figures(name: str, measured: Mapping[str, Coefficient], reading: Reading) -> tuple[Cell, ...]:
    """Value, interval, band or reason, units."""
    one = measured[name]
    band = reading.band(name, measured) or say_reason(one.reason, reading.language)
    return (_figure(name, one.value, reading), *_bounds(name, one, reading), band or None, one.units)


def _figure(name: str, value: float | None, reading: Reading) -> Figure | None:
    return None if value is None else Figure(value, reading.figure(name, value))


def _bounds(name: str, one: Coefficient, reading: Reading) -> tuple[Cell, Cell]:
    interval = one.interval
    if interval is None:
        return None, None
    return _figure(name, interval.low, reading), _figure(name, interval.high, reading)


def table_codes(found: Agreement, reading: Reading) -> Table:
    """One row for each code: who gave it, how common it is, how far the coders agree."""
    language = reading.language
    spans = any("jaccard" in one.coefficients for one in found.codes)
    two = len(found.coders) == 2
    indices = ("prevalence_index", "bias_index") if two else ()
    shown = ("percent", found.kappa, "alpha", "ac1", "pabak", *indices, *(("jaccard",) if spans else ()))
    everybody = "both" if two else "all"
    columns = (
        *_heads(language, "code", everybody),
        *(say("only", language, coder=coder) for coder in found.coders),
        *_heads(language, "neither", "prevalence", *shown, "alpha_from", "to", "alpha_reading", "mind"),
    )
    rows = (
        (
            one.code,
            one.marks.both,
            *(number for _, number in list_only(one, found)),
            one.marks.neither,
            None if one.prevalence is None else write_number(format_share(one.prevalence), language),
            *(_value(name, one.coefficients[name], reading) for name in shown),
            *_bounds("", one.coefficients["alpha"], reading),
            reading.band("alpha", one.coefficients),
            ", ".join(say_caution(caution.code, language) for caution in one.cautions),
        )
        for one in found.codes
    )
    return make_table(columns, rows)


def _value(name: str, one: Coefficient, reading: Reading) -> Cell:
    """A figure of one code; the least that was asked for is about all codes, and no bound here."""
    return say_reason(one.reason, reading.language) if one.value is None else _figure("", one.value, reading)


def table_coefficients(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient, over all codes and then of each code: all figures, for a spreadsheet."""
    language = reading.language
    measured = [
        (say("all_codes", language), found.overall),
        *((one.code, one.coefficients) for one in found.codes),
    ]
    rows = (
        (code, say_name(name, language), *_figures(name, coefficients, reading))
        for code, coefficients in measured
        for name in NAMES
        if name in coefficients
    )
    return make_table(
        _heads(language, "code", "coefficient", "value", "from", "to", "reading", "units"), rows
    )


def table_disagreements(found: Agreement, language: str) -> Table:
    """One row for each two codes of a unit that differ, with both quotations."""
    columns = _heads(
        language, "unit", "coder", "code", "quotation", "other_coder", "other_code", "other_quotation"
    )
    rows = (
        (one.ref, *_side(one.sides[0], language), *_side(one.sides[1], language))
        for one in found.disagreements
    )
    return make_table(columns, rows, say("disagreements", language))


def _side(side: Side, language: str) -> tuple[str, str, str]:
    return side.coder, name_code(side.code, language), " / ".join(side.quotes)


def name_code(code: str | None, language: str) -> str:
    """A code, or that there is none."""
    return code or say("no_code", language)


def tables_of_confusion(found: Agreement, language: str, *, numbered: bool = False) -> Iterator[Table]:
    """For each two coders the codes of one down and of the other across, equal ones on the diagonal.

    `numbered` puts numbers in place of the names across, to fit a terminal.
    """
    for (coder, other), counts in found.confusion.items():
        every = found.codes_of((coder, other))
        named = [(name_code(code, language), str(number)) for number, code in enumerate(every, 1)]
        heads = [number if numbered else name for name, number in named]
        sides = [f"{number} {name}" if numbered else name for name, number in named]
        rows = (
            (side, *(counts.get((row, column), 0) or None for column in every))
            for side, row in zip(sides, every, strict=True)
        )
        title = say("pair", language, coder=coder, other=other)
        yield make_table((f"{coder} \\ {other}", *heads), rows, title)


def _heads(language: str, *names: str) -> tuple[str, ...]:
    return tuple(say(name, language) for name in names)
