"""What `qda agree` answers: the JSON of the contract, its tables, the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

from empowerment_qda.agreement.cautions import Caution
from empowerment_qda.agreement.coefficients import NOT_TWO_VALUES, Coefficient
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.disagreements import Disagreement, Side
from empowerment_qda.agreement.interpretation import CAVEAT, Reading, format_share, write_number
from empowerment_qda.agreement.measures import LISTED, CodeAgreement
from empowerment_qda.agreement.words import (
    CAUTIONS,
    PHRASES,
    count_units,
    name_units,
    round_command,
    say_code,
    say_phrase,
    say_reason,
    tell_agreement,
    tell_round,
)
from empowerment_qda.cli.tables import (
    Cell,
    Columns,
    Figure,
    Table,
    format_csv,
    make_table,
    objects,
    plain,
    same,
)
from empowerment_qda.locale import list_words, say, say_all
from empowerment_qda.model.study import Study
from empowerment_qda.text import Line, Piece, clean, width_of, wrap

GAP = 2
WORDY = 20
"""As wide as a column of words has to be in a terminal."""

Column = tuple[str, Callable[[Any], Cell]]
"""What stands above a column, and its cell in a row."""


def _figure(name: str, value: float | None, reading: Reading) -> Figure | None:
    return None if value is None else Figure(value, reading.figure(name, value))


def answer_agreement(found: Agreement, reading: Reading) -> dict[str, Any]:
    """The JSON of the contract, with intervals, bands, confusion and cautions beside it."""
    return {
        "unit": found.unit,
        "level": found.level,
        "distance": found.distance,
        "coded_only": found.coded_only,
        "coders": list(found.coders),
        "units": found.units,
        "dropped": found.dropped,
        "overall": _coefficients(found.overall, reading),
        "levels": {level: _coefficients(one, reading) for level, one in found.levels.items()},
        "codes": [
            {
                "code": one.code,
                "both": one.marks.both,
                "only": dict(_count_alone(one, found)),
                "neither": one.marks.neither,
                "units": one.coefficients["percent"].units,
                "prevalence": one.prevalence,
                **_coefficients(one.coefficients, reading),
                "cautions": _cautions(one.cautions, reading),
            }
            for one in found.codes
        ],
        "disagreements": objects(_DISAGREEMENT, found.disagreements),
        "confusion": [
            {"coders": list(coders), "codes": list(codes), "units": units}
            for coders, counts in found.confusion.items()
            for codes, units in counts.items()
        ],
        "unused": list(found.unused),
        "sources": list(found.sources),
        "missing": {coder: list(ids) for coder, ids in found.missing.items()},
        "uncoded": list(found.uncoded),
        "scale": reading.scale.name if reading.scale else None,
        "cautions": _cautions(found.cautions, reading),
        "caveat": say(CAVEAT, reading.language),
    }


_DISAGREEMENT: Columns = {
    **same("source turn start end_turn end ref"), "coders": lambda one: list(one.coders), "codes": lambda one: list(one.codes),
    "quotes": lambda one: {side.coder: list(side.quotes) for side in one.sides}, **same("text units"),
}  # fmt: skip


def _count_alone(one: CodeAgreement, found: Agreement) -> Iterator[tuple[str, int]]:
    """What each coder alone marked; nothing, where no unit was rated by all of them."""
    return zip(found.coders, one.marks.only or (0,) * len(found.coders), strict=True)


def _coefficients(measured: Mapping[str, Coefficient], reading: Reading) -> dict[str, Any]:
    """Each coefficient, an undefined one with its reason; then the intervals and bands of those that have one."""
    values: dict[str, Any] = {}
    for name, one in measured.items():
        values[name] = one.value
        if one.value is None:
            values[f"{name}_reason"] = one.reason
    values["intervals"] = {name: asdict(one.interval) for name, one in measured.items() if one.interval}
    bands = ((name, reading.band(name, one.value)) for name, one in measured.items())
    values["bands"] = {name: band for name, band in bands if band}
    return values


def _cautions(cautions: Iterable[Caution], reading: Reading) -> list[dict[str, Any]]:
    return [{"code": one.code, "value": one.value, "message": one.say(reading.language)} for one in cautions]


def table_overall(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient over all codes, without those that are for another number of coders or values, or are
    the same number under another name."""
    language = reading.language
    left = {"kappa", "conger_kappa"} - {found.kappa} | ({"fleiss_kappa"} if len(found.coders) == 2 else set())
    left.add("pabak" if found.overall["pabak"].reason == NOT_TWO_VALUES else "brennan_prediger")
    rows = [(name, found.overall) for name in LISTED if name in found.overall and name not in left]
    name: Column = (say_phrase("coefficient", language), lambda row: _name(row[0], found, language))
    units = count_units(found.unit, found.units, language)
    title = say_phrase("title", language, coders=list_words(found.coders, language), units=units)
    if not found.coders:
        title = say_phrase("title_unnamed", language, units=units)
    return _lay_out([name, *_figures(reading)], rows, title)


def table_coefficients(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient, over all codes and then of each code: all figures, for a spreadsheet."""
    language = reading.language
    measured = [
        (say_phrase("all_codes", language), found.overall),
        *((one.code, one.coefficients) for one in found.codes),
    ]
    columns: list[Column] = [
        (say_phrase("code", language), lambda row: row[2]),
        (say_phrase("coefficient", language), lambda row: say(LISTED[row[0]].name, language)),
        *_figures(reading),
    ]
    return _lay_out(columns, ((name, own, code) for code, own in measured for name in LISTED if name in own))


def _figures(reading: Reading) -> Iterator[Column]:
    """Of a row that begins with the name of a coefficient and those measured: value, interval, band or reason, units."""
    language = reading.language
    yield say_phrase("value", language), lambda row: _figure(row[0], row[1][row[0]].value, reading)
    yield say_phrase("from", language), lambda row: _bound("low", row[0], row[1][row[0]], reading)
    yield say_phrase("to", language), lambda row: _bound("high", row[0], row[1][row[0]], reading)
    yield (
        say_phrase("reading", language),
        lambda row: (
            reading.band(row[0], row[1][row[0]].value) or say_reason(row[1][row[0]].reason, language) or None
        ),
    )
    yield say_phrase("units", language), lambda row: row[1][row[0]].units


def table_levels(found: Agreement, reading: Reading) -> Table:
    """One row for each level of the codebook from the one compared upwards: coders may agree higher up alone."""
    language = reading.language
    columns: list[Column] = [
        (say_phrase("level", language), lambda row: say_phrase(f"level_{row[0]}", language)),
        *(_value(name, reading, lambda row: row[1]) for name in ("percent", found.kappa, "alpha", "ac1")),
        (say_phrase("alpha_reading", language), lambda row: reading.band("alpha", row[1]["alpha"].value)),
    ]
    return _lay_out(
        columns, {found.level: found.overall, **found.levels}.items(), say_phrase("above", language)
    )


def table_codes(found: Agreement, reading: Reading) -> Table:
    """One row for each code: who gave it, how common it is, how far the coders agree."""
    language, two = reading.language, len(found.coders) == 2
    shown = ["percent", found.kappa, "alpha", "ac1", "pabak", *["prevalence_index", "bias_index"] * two]
    shown += ["jaccard"] * any("jaccard" in one.coefficients for one in found.codes)
    columns: list[Column] = [
        (say_phrase("code", language), lambda one: one.code),
        (say_phrase("both" if two else "all", language), lambda one: one.marks.both),
        *(
            (
                say_phrase("only", language, coder=coder),
                lambda one, coder=coder: dict(_count_alone(one, found))[coder],
            )
            for coder in found.coders
        ),
        (say_phrase("neither", language), lambda one: one.marks.neither),
        (
            say_phrase("prevalence", language),
            lambda one: (
                None if one.prevalence is None else write_number(format_share(one.prevalence), language)
            ),
        ),
        *(_value(name, reading, lambda one: one.coefficients) for name in shown),
        (
            say_phrase("alpha_from", language),
            lambda one: _bound("low", "", one.coefficients["alpha"], reading),
        ),
        (say_phrase("to", language), lambda one: _bound("high", "", one.coefficients["alpha"], reading)),
        (
            say_phrase("alpha_reading", language),
            lambda one: reading.band("alpha", one.coefficients["alpha"].value),
        ),
        (
            say_phrase("mind", language),
            lambda one: ", ".join(say(CAUTIONS[caution.code], language) for caution in one.cautions),
        ),
    ]
    return _lay_out(columns, found.codes)


def table_disagreements(found: Agreement, language: str) -> Table:
    """One row for each two codes of a unit that differ, with both quotations."""

    def side(place: int, coder: str, code: str, quotation: str) -> Iterator[Column]:
        def of(one: Disagreement) -> Side:
            return one.sides[place]

        yield say_phrase(coder, language), lambda one: of(one).coder
        yield say_phrase(code, language), lambda one: say_code(of(one).code, language)
        yield say_phrase(quotation, language), lambda one: " / ".join(of(one).quotes)

    columns: list[Column] = [
        (say_phrase("unit", language), lambda one: one.ref),
        *side(0, "coder", "code", "quotation"),
        *side(1, "other_coder", "other_code", "other_quotation"),
    ]
    return _lay_out(columns, found.disagreements, say_phrase("disagreements", language))


def tables_of_confusion(found: Agreement, language: str, *, width: int | None = None) -> Iterator[Table]:
    """For each two coders the codes of one down and of the other across, equal ones on the diagonal.

    In a terminal of that `width` numbers stand across in place of names; where not even these fit, the pairs of codes
    are a list, most units first.
    """
    for (coder, other), counts in found.confusion.items():
        every = found.codes_of((coder, other))
        named = {code: say_code(code, language) for code in every}
        numbers = {code: str(number) for number, code in enumerate(every, 1)}
        heads, downwards = named, named
        if width is not None:
            heads, downwards = numbers, {code: f"{numbers[code]} {name}" for code, name in named.items()}
        rows = (
            (downwards[row], *(counts.get((row, column), 0) or None for column in every)) for row in every
        )
        title = say_phrase("pair", language, coder=coder, other=other)
        table = make_table((f"{coder} \\ {other}", *heads.values()), rows, title)
        if width is None or sum(_widths(table)) + GAP * (len(table.columns) - 1) <= width:
            yield table
            continue
        order = {codes: number for number, codes in enumerate(numbers)}
        pairs = sorted(
            ((codes, units) for codes, units in counts.items() if units),
            key=lambda one: (-one[1], order[one[0][0]], order[one[0][1]]),
        )
        listed = ((named[one], named[another], units) for (one, another), units in pairs)
        yield make_table((coder, other, say_phrase("units", language)), listed, title)


def _lay_out(columns: Sequence[Column], rows: Iterable[Any], title: str = "") -> Table:
    return make_table(
        [head for head, _ in columns], ([cell(row) for _, cell in columns] for row in rows), title
    )


def _name(name: str, found: Agreement, language: str) -> str:
    """What a coefficient over all codes is called here."""
    named = say_phrase("cohen_kappa", language) if name == "kappa" else say(LISTED[name].name, language)
    if name in ("kappa", "conger_kappa") and found.of_sets:
        return say_phrase("pooled", language, name=named)
    return f"{named} ({found.distance})" if name == "alpha" else named


def _value(name: str, reading: Reading, measured: Callable[[Any], Mapping[str, Coefficient]]) -> Column:
    """A figure or why there is none; the least that was asked for is about all codes, and no bound here."""

    def cell(row: Any) -> Cell:
        one = measured(row)[name]
        return (
            say_reason(one.reason, reading.language) if one.value is None else _figure("", one.value, reading)
        )

    return say_phrase(name, reading.language), cell


def _bound(side: str, name: str, one: Coefficient, reading: Reading) -> Cell:
    return _figure(name, getattr(one.interval, side), reading) if one.interval else None


def tables_of_codes(found: Agreement, reading: Reading, *, width: int | None = None) -> Iterator[Table]:
    """The table of codes; in a terminal of that `width` in parts that fit: who gave what, then alpha with what to mind,
    each in as many as it takes."""
    whole = table_codes(found, reading)
    if width is None:
        yield whole
        return
    alpha, interval = (
        whole.columns.index(say_phrase(name, reading.language)) for name in ("alpha", "alpha_from")
    )
    widths = _widths(whole)
    first = [at for at in range(1, interval) if at != alpha]
    for part in (first, [alpha, *range(interval, len(whole.columns))]):
        run = [0]
        for at in part:
            if run[1:] and sum(widths[one] + GAP for one in run) + widths[at] > width:
                yield _choose(whole, run)
                run = [0]
            run.append(at)
        yield _choose(whole, run)


def _choose(table: Table, columns: Sequence[int]) -> Table:
    return make_table(
        [table.columns[at] for at in columns], ([row[at] for at in columns] for row in table.rows)
    )


def _widths(table: Table) -> list[int]:
    """The columns of a terminal that each column takes: its head or longest cell, of sentences a few words."""
    widths = []
    for at, head in enumerate(table.columns):
        cells = [plain(row[at]) for row in table.rows]
        words = max((width_of(word) for cell in cells for word in cell.split()), default=0)
        longest = max(map(width_of, cells), default=0)
        widths.append(max(width_of(head), words, min(longest, WORDY)))
    return widths


def lines_of_disagreements(found: Agreement, language: str, width: int) -> Iterator[Line]:
    """Under each two codes the places, with who gave which and on what words; the same words once."""
    yield (Piece(say_phrase("disagreements", language), "strong"),)
    for codes, places in _group(found, language):
        yield ()
        yield (Piece(clean(codes), "strong"),)
        for one in places:
            yield (Piece(clean(f"  {one.ref}")),)
            last = one.sides[-1]
            for side in one.sides:
                code = Piece(clean(say_code(side.code, language)), "code")
                yield (Piece(clean(f"    {side.coder}: ")), code)
                for quote in side.quotes if side is last or side.quotes != last.quotes else ():
                    for line in wrap([Piece(quote, "coded")], max(width - 6, 20)):
                        yield (Piece("      "), *line)


def _group(found: Agreement, language: str) -> Iterator[tuple[str, list[Disagreement]]]:
    """What two coders gave instead of each other, and where."""
    for codes, places in groupby(found.disagreements, key=lambda one: one.codes):
        yield " / ".join(say_code(code, language) for code in codes), list(places)


def files_of_agreement(found: Agreement, study: Study, reading: Reading) -> dict[str, str]:
    """File names under reports/ and their text; the tables are in English in any language, for programs."""
    english = replace(reading, language="en")
    return {
        "agreement/agreement.html": format_html(found, study, reading),
        "agreement/agreement.csv": format_csv(table_coefficients(found, english)),
        "agreement/disagreements.csv": format_csv(table_disagreements(found, "en")),
    }


def format_html(found: Agreement, study: Study, reading: Reading) -> str:
    """Figures, what to mind, codes against codes and every disagreement on a page."""
    from empowerment_qda.report.render import make_environment

    language = reading.language
    codes = table_codes(found, reading)
    return (
        make_environment("html", None)
        .get_template("agreement.html.j2")
        .render(
            found=found,
            language=language,
            w=say_all(PHRASES, language),
            say=lambda name, **values: say_phrase(name, language, **values),
            plain=plain,
            say_code=lambda code: say_code(code, language),
            study=study.settings.title.say(language),
            overall=table_overall(found, reading),
            resamples=next((one.interval.resamples for one in found.overall.values() if one.interval), 0),
            mind=tell_agreement(found, language),
            levels=table_levels(found, reading) if found.levels else None,
            codes=codes,
            alpha=codes.columns.index(say_phrase("alpha", language)),
            low=codes.columns.index(say_phrase("alpha_from", language)),
            labels={one.code: study.codebook.label(one.code, language) for one in found.codes},
            unit=name_units(found.unit, language),
            disagreements=list(_group(found, language)),
            language_of=lambda source: study.language_of(study.by_id[source]),
            settle=tell_round(found, language),
            command=round_command(found),
        )
    )
