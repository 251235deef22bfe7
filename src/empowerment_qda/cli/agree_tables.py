"""What `qda agree` answers: the JSON of the contract, its tables, the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import accumulate, groupby
from typing import Any

from empowerment_qda.agreement.cautions import CAUTIONS, Caution
from empowerment_qda.agreement.coefficients import NOT_TWO_VALUES, Coefficient
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.disagreements import Disagreement, Side, withhold
from empowerment_qda.agreement.interpretation import (
    BOTH_GAVE,
    CAVEAT,
    CONFUSION,
    CONFUSION_RULE,
    DIFFER,
    STRONGER,
    Reading,
    count_units,
    format_share,
    name_units,
    say_code,
    write_number,
)
from empowerment_qda.agreement.measures import LISTED, CodeAgreement, Measured
from empowerment_qda.cli.tables import (
    Cell,
    Columns,
    Figure,
    Table,
    format_csv,
    make_table,
    object_of,
    objects,
    plain,
    same,
)
from empowerment_qda.cli.widths import GAP, measure
from empowerment_qda.locale import list_words, msg, say, say_all
from empowerment_qda.model.study import Study
from empowerment_qda.text import Line, Piece, clean, width_of, wrap

HEADS: dict[str, str] = {
    "percent": msg("percent"),
    "kappa": msg("kappa"),
    "conger_kappa": msg("conger"),
    "fleiss_kappa": msg("fleiss"),
    "alpha": msg("alpha"),
    "ac1": msg("ac1"),
    "pabak": msg("pabak"),
    "prevalence_index": msg("prevalence index"),
    "bias_index": msg("bias index"),
    "jaccard": msg("jaccard"),
}
ALPHA_FROM, READING_OF_ALPHA = msg("alpha 95% from"), msg("reading of alpha")
LEVELS: dict[str, str] = {"code": msg("codes"), "aspect": msg("aspects"), "dimension": msg("dimensions")}
PAGE: dict[str, str] = {
    "kind": msg("Agreement between coders"),
    "overall": msg("Over all codes"),
    "coefficient": msg("coefficient"),
    "value": msg("value"),
    "reading": msg("reading"),
    "units": msg("units"),
    "resamples": msg("In brackets: 95% intervals, from {number} resamples of whole units."),
    "code_by_code": msg("Code by code"),
    "confusion": CONFUSION,
    "confusion_rule": CONFUSION_RULE,
    "same": BOTH_GAVE,
    "apart": DIFFER,
    "stronger": STRONGER,
    "disagreements": msg("Disagreements"),
    "no_disagreements": msg("None."),
    "gave": msg("{coder} gave"),
    "gave_none": msg("no code"),
}
FIGURES = (PAGE["value"], msg("95% from"), msg("to"), PAGE["reading"], PAGE["units"])
DISAGREEMENT: Columns = {
    **same("source turn start end_turn end ref coders codes"),
    "quotes": lambda one: {side.coder: side.quotes for side in one.sides},
    **same("text units"),
}


def answer_agreement(found: Agreement, reading: Reading) -> dict[str, Any]:
    """The JSON of the contract, with intervals, bands, confusion and cautions beside it."""
    return {
        **object_of(same("unit level distance coded_only coders units dropped"), found),
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
        "disagreements": objects(DISAGREEMENT, found.disagreements),
        "confusion": [
            {"coders": coders, "codes": codes, "units": units}
            for coders, counts in found.confusion.items()
            for codes, units in counts.items()
        ],
        **object_of(same("unused sources missing uncoded"), found),
        "scale": reading.scale.name if reading.scale else None,
        "cautions": _cautions(found.cautions, reading),
        "caveat": say(CAVEAT, reading.language),
    }


def _count_alone(one: CodeAgreement, found: Agreement) -> Iterator[tuple[str, int]]:
    """What each coder alone marked; nothing, where no unit was rated by all of them."""
    return zip(found.coders, one.marks.only or (0,) * len(found.coders), strict=True)


def _coefficients(measured: Measured, reading: Reading) -> dict[str, Any]:
    """Each coefficient, an undefined one with its reason; then the intervals and bands of those that have one."""
    values: dict[str, Any] = {}
    for name, one in measured.items():
        values[name] = one.value
        if one.value is None:
            values[f"{name}_reason"] = one.reason
    bands = {name: reading.band(name, one.value) for name, one in measured.items()}
    return values | {
        "intervals": {name: asdict(one.interval) for name, one in measured.items() if one.interval},
        "bands": {name: band for name, band in bands.items() if band},
    }


def _cautions(cautions: Iterable[Caution], reading: Reading) -> list[dict[str, Any]]:
    return objects({**same("code value"), "message": lambda one: one.say(reading.language)}, cautions)


def table_overall(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient over all codes, without those that are for another number of coders or values, or are
    the same number under another name."""
    language = reading.language
    left = {"kappa", "conger_kappa"} - {found.kappa} | ({"fleiss_kappa"} if len(found.coders) == 2 else set())
    left.add("pabak" if found.overall["pabak"].reason == NOT_TWO_VALUES else "brennan_prediger")
    rows = (
        (_name(name, found, language), *_figures(name, found.overall[name], reading))
        for name in LISTED
        if name in found.overall and name not in left
    )
    units = count_units(found.unit, found.units, language)
    title = msg("Agreement of {coders} on {units}") if found.coders else msg("Agreement on {units}")
    title = say(title, language, coders=list_words(found.coders, language), units=units)
    return _lay_out((PAGE["coefficient"], *FIGURES), rows, language, title)


def _lay_out(heads: Iterable[str], rows: Iterable[Iterable[Cell]], language: str, title: str = "") -> Table:
    return make_table([say(head, language) for head in heads], rows, title)


def _name(name: str, found: Agreement, language: str) -> str:
    """What a coefficient over all codes is called here."""
    named = say(msg("Cohen's kappa") if name == "kappa" else LISTED[name].name, language)
    if name in ("kappa", "conger_kappa") and found.of_sets:
        return say(msg("{name}, pooled over codes"), language, name=named)
    return f"{named} ({found.distance})" if name == "alpha" else named


def table_coefficients(found: Agreement, reading: Reading) -> Table:
    """One row for each coefficient, over all codes and then of each code: all figures, for a spreadsheet."""
    language = reading.language
    measured = {say(msg("(all codes)"), language): found.overall} | {
        one.code: one.coefficients for one in found.codes
    }
    rows = (
        (code, say(LISTED[name].name, language), *_figures(name, own[name], reading))
        for code, own in measured.items()
        for name in LISTED
        if name in own
    )
    return _lay_out((msg("code"), PAGE["coefficient"], *FIGURES), rows, language)


def _figures(name: str, one: Coefficient, reading: Reading) -> Iterator[Cell]:
    """Value, interval, what the bands call it or why there is none, units."""
    yield _figure(one.value, reading, name)
    yield from _bounds(one, reading, name)
    yield reading.band(name, one.value) or (say(one.reason, reading.language) if one.reason else None)
    yield one.units


def _figure(value: float | None, reading: Reading, name: str = "") -> Figure | None:
    """With a name it is a coefficient over all codes, and the least that was asked for of it is a bound."""
    return None if value is None else Figure(value, reading.figure(name, value))


def _bounds(one: Coefficient, reading: Reading, name: str = "") -> Iterator[Figure | None]:
    return (_figure(getattr(one.interval, bound, None), reading, name) for bound in ("low", "high"))


def _value(one: Coefficient, reading: Reading) -> Cell:
    """A figure, or why there is none."""
    return say(one.reason, reading.language) if one.reason else _figure(one.value, reading)


def table_levels(found: Agreement, reading: Reading) -> Table:
    """One row for each level of the codebook from the one compared upwards: coders may agree higher up alone."""
    language, shown = reading.language, ("percent", found.kappa, "alpha", "ac1")
    rows = (
        (
            say(LEVELS[level], language),
            *(_value(measured[name], reading) for name in shown),
            reading.band("alpha", measured["alpha"].value),
        )
        for level, measured in {found.level: found.overall, **found.levels}.items()
    )
    heads = (msg("level"), *(HEADS[name] for name in shown), READING_OF_ALPHA)
    return _lay_out(heads, rows, language, say(msg("On each level of the codebook"), language))


def table_codes(found: Agreement, reading: Reading) -> Table:
    """One row for each code: who gave it, how common it is, how far the coders agree."""
    language, two = reading.language, len(found.coders) == 2
    shown = ["percent", found.kappa, "alpha", "ac1", "pabak", *["prevalence_index", "bias_index"] * two]
    shown += ["jaccard"] * any("jaccard" in one.coefficients for one in found.codes)
    heads = [
        *(say(head, language) for head in (msg("code"), msg("both") if two else msg("all"))),
        *(say(msg("only {coder}"), language, coder=coder) for coder in found.coders),
        *(
            say(head, language)
            for head in (msg("neither"), msg("prevalence"), *(HEADS[name] for name in shown))
        ),
        *(say(head, language) for head in (ALPHA_FROM, msg("to"), READING_OF_ALPHA, msg("mind"))),
    ]
    rows = (
        (
            one.code,
            one.marks.both,
            *dict(_count_alone(one, found)).values(),
            one.marks.neither,
            None if one.prevalence is None else write_number(format_share(one.prevalence), language),
            *(_value(one.coefficients[name], reading) for name in shown),
            *_bounds(one.coefficients["alpha"], reading),
            reading.band("alpha", one.coefficients["alpha"].value),
            ", ".join(say(CAUTIONS[caution.code], language) for caution in one.cautions),
        )
        for one in found.codes
    )
    return make_table(heads, rows)


def table_disagreements(found: Agreement, language: str) -> Table:
    """One row for each two codes of a unit that differ, with both quotations."""
    sides = (
        msg("coder"),
        msg("code"),
        msg("quotation"),
        msg("other coder"),
        msg("other code"),
        msg("other quotation"),
    )
    rows = (
        [one.ref, *(cell for side in one.sides for cell in _cells(side, language))]
        for one in found.disagreements
    )
    return _lay_out((msg("unit"), *sides), rows, language, say(PAGE["disagreements"], language))


def _cells(side: Side, language: str) -> tuple[str, str, str]:
    return side.coder, say_code(side.code, language), " / ".join(side.quotes)


def tables_of_confusion(found: Agreement, language: str, *, width: int | None = None) -> Iterator[Table]:
    """For each two coders the codes of one down and of the other across, equal ones on the diagonal.

    In a terminal of that `width` numbers stand across in place of names; where not even these fit, the pairs of codes
    are a list, most units first.
    """
    for pair, counts in found.confusion.items():
        every = found.codes_of(pair)
        names = {code: say_code(code, language) for code in every}
        numbers = {code: str(number) for number, code in enumerate(every, 1)}
        rows = (
            (
                names[row] if width is None else f"{numbers[row]} {names[row]}",
                *(counts.get((row, column)) or None for column in every),
            )
            for row in every
        )
        title, heads = list_words(pair, language), names if width is None else numbers
        table = make_table((" \\ ".join(pair), *heads.values()), rows, title)
        if width is not None and sum(_widths(table)) + GAP * (len(table.columns) - 1) > width:
            pairs = sorted(counts.items(), key=lambda one: (-one[1], *map(every.index, one[0])))
            listed = ((names[one], names[other], units) for (one, other), units in pairs)
            table = make_table((*pair, say(PAGE["units"], language)), listed, title)
        yield table


def tables_of_codes(found: Agreement, reading: Reading, *, width: int | None = None) -> Iterator[Table]:
    """The table of codes; in a terminal of that `width` in parts that fit: who gave what, then alpha with what to mind,
    each in as many as it takes."""
    whole = table_codes(found, reading)
    if width is None:
        yield whole
        return
    alpha, interval = (
        whole.columns.index(say(one, reading.language)) for one in (HEADS["alpha"], ALPHA_FROM)
    )
    widths, before = _widths(whole), [at for at in range(1, interval) if at != alpha]
    for part in (before, [alpha, *range(interval, len(whole.columns))]):
        while part:
            ends = accumulate((GAP + widths[at] for at in part), initial=widths[0])
            fitting = max(sum(end <= width for end in ends) - 1, 1)
            shown, part = [0, *part[:fitting]], part[fitting:]
            heads = [whole.columns[at] for at in shown]
            yield make_table(heads, [[row[at] for at in shown] for row in whole.rows])


def _widths(table: Table) -> list[int]:
    """The columns of a terminal that each column takes: its whole head, and cells whose words stay whole."""
    columns = zip(table.columns, *(map(plain, row) for row in table.rows), strict=True)
    return [max(width_of(head), measure((head, *cells)).least) for head, *cells in columns]


def lines_of_disagreements(found: Agreement, language: str, width: int) -> Iterator[Line]:
    """Under each two codes the places, with who gave which and on what words; the same words once."""
    yield (Piece(say(PAGE["disagreements"], language), "strong"),)
    for codes, places in group_disagreements(found, language):
        yield ()
        yield (Piece(clean(codes), "strong"),)
        for one in places:
            yield (Piece(clean(f"  {one.ref}")),)
            for side in one.sides:
                code = Piece(clean(say_code(side.code, language)), "code")
                yield (Piece(clean(f"    {side.coder}: ")), code)
                told = side is one.sides[0] and side.quotes == one.sides[1].quotes
                for quote in () if told else side.quotes:
                    for line in wrap([Piece(quote, "coded")], max(width - 6, 20)):
                        yield (Piece("      "), *line)


def group_disagreements(found: Agreement, language: str) -> Iterator[tuple[str, list[Disagreement]]]:
    """What two coders gave instead of each other, and where."""
    for codes, places in groupby(found.disagreements, key=lambda one: one.codes):
        yield " / ".join(say_code(code, language) for code in codes), list(places)


def files_of_agreement(found: Agreement, study: Study, reading: Reading) -> dict[str, str]:
    """File names under reports/ and their text, without words that may not be quoted; the tables are in English in any language, for programs."""
    found = replace(found, disagreements=tuple(withhold(found.disagreements, study)))
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
    template = make_environment("html", None).get_template("agreement.html.j2")
    return template.render(
        found=found,
        language=language,
        w=say_all(PAGE, language),
        plain=plain,
        say_code=lambda code: say_code(code, language),
        study=study.settings.title.say(language),
        overall=table_overall(found, reading),
        resamples=next((one.interval.resamples for one in found.overall.values() if one.interval), 0),
        mind=found.tell(language),
        levels=table_levels(found, reading) if found.levels else None,
        codes=codes,
        alpha=codes.columns.index(say(HEADS["alpha"], language)),
        low=codes.columns.index(say(ALPHA_FROM, language)),
        labels={one.code: study.codebook.label(one.code, language) for one in found.codes},
        unit=name_units(found.unit, language),
        disagreements=list(group_disagreements(found, language)),
        language_of=lambda source: study.language_of(study.by_id[source]),
        settle=found.tell_round(language),
        command=found.round_command,
    )
