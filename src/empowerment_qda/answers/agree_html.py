"""Agreement as files under reports/agreement/: a page of its own in HTML, and tables as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.disagreements import Disagreement
from empowerment_qda.agreement.words import PHRASES, name_units, say
from empowerment_qda.answers.agree import Reading, round_command, tell_agreement, tell_round
from empowerment_qda.answers.agree_tables import (
    name_code,
    table_codes,
    table_coefficients,
    table_disagreements,
    table_levels,
    table_overall,
)
from empowerment_qda.answers.table import Cell, format_csv, plain
from empowerment_qda.model.study import Study
from empowerment_qda.words import pick

SHADES = 3


def files_of_agreement(found: Agreement, study: Study, reading: Reading) -> dict[str, str]:
    """File names under reports/ and their text; the tables are in English in any language, for programs."""
    english = replace(reading, language="en")
    return {
        "agreement/agreement.html": format_html(found, study, reading),
        "agreement/agreement.csv": format_csv(table_coefficients(found, english)),
        "agreement/disagreements.csv": format_csv(table_disagreements(found, "en")),
    }


class Figures(NamedTuple):
    """A table in which a cell may have an interval."""

    columns: list[str]
    rows: list[list[tuple[Cell, tuple[Cell, Cell] | None]]]


class Shaded(NamedTuple):
    """A cell of codes against codes: how many units got the two, and the class that paints it."""

    units: int | str
    paint: str


class Confusion(NamedTuple):
    """Codes of one coder (down) against those of another (across)."""

    title: str
    names: list[str]
    lines: list[tuple[str, list[Shaded]]]


class Apart(NamedTuple):
    """What two coders gave instead of each other, and where."""

    codes: str
    places: list[tuple[Disagreement, str]]


def format_html(found: Agreement, study: Study, reading: Reading) -> str:
    """Figures, what to mind, codes against codes and every disagreement on a page."""
    from empowerment_qda.stages.report.render import make_environment

    language = reading.language
    intervals = [one.interval for one in found.overall.values() if one.interval]
    template = make_environment("html", None).get_template("agreement.html.j2")
    return template.render(
        language=language,
        w={name: pick(words, language) for name, words in PHRASES.items()},
        say=lambda name, **values: say(name, language, **values),
        plain=plain,
        study=study.settings.title.say(language),
        overall=table_overall(found, reading),
        resamples=intervals[0].resamples if intervals else 0,
        mind=tell_agreement(found, language),
        levels=table_levels(found, reading) if found.levels else None,
        codes=_list_codes(found, reading),
        labels={one.code: study.codebook.label(one.code, language) for one in found.codes},
        confusions=list(_list_confusions(found, language)),
        unit=name_units(found.unit, language),
        disagreements=list(_list_disagreements(found, study, language)),
        settle=tell_round(found, language),
        command=round_command(found),
    )


def _list_codes(found: Agreement, reading: Reading) -> Figures:
    """The table of codes with the interval of alpha in the cell of alpha: a page is narrower than a terminal."""
    table = table_codes(found, reading)
    alpha, low = (table.columns.index(say(name, reading.language)) for name in ("alpha", "alpha_from"))
    kept = [at for at in range(len(table.columns)) if at not in (low, low + 1)]
    rows = [
        [(row[at], (row[low], row[low + 1]) if at == alpha and row[low] is not None else None) for at in kept]
        for row in table.rows
    ]
    return Figures([table.columns[at] for at in kept], rows)


def _list_confusions(found: Agreement, language: str) -> Iterator[Confusion]:
    for pair, counts in found.confusion.items():
        codes, most = found.codes_of(pair), max(counts.values(), default=1)

        def shade(row: str | None, column: str | None, units: int, most: int = most) -> Shaded:
            if not units:
                return Shaded("", "diagonal" if row == column and row else "")
            step = -(-SHADES * units // most)
            return Shaded(units, f"{'same' if row == column else 'apart'} shade-{step}")

        lines = [
            (name_code(row, language), [shade(row, column, counts.get((row, column), 0)) for column in codes])
            for row in codes
        ]
        title = say("confusion", language, row=pair[0], column=pair[1])
        yield Confusion(title, [name_code(code, language) for code in codes], lines)


def _list_disagreements(found: Agreement, study: Study, language: str) -> Iterator[Apart]:
    """By the two codes, each place with the language of its source."""
    for codes, places in groupby(found.disagreements, key=lambda one: one.codes):
        named = " / ".join(name_code(code, language) for code in codes)
        yield Apart(named, [(one, study.language_of(study.by_id[one.source])) for one in places])
