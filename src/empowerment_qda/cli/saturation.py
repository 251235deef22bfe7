"""`qda saturation`: a row for each stratum, other rules beside the one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    LangOption,
    StudyOption,
    choose_language,
    read_evidence,
    tell_doubts,
)
from empowerment_qda.cli.tables import Cell, Columns, Table, lay_out, make_table, object_of, objects, same
from empowerment_qda.conclusions.saturation import measure_saturation, say_notes, say_reading, say_stratum
from empowerment_qda.model.conclusion import Reading, Rule, Shuffles, Stratum

READING: Columns = {
    "base": "rule.base", "run": "rule.run", "threshold": "rule.threshold", **same("status at"),
    "interviews_needed": "needed", "base_codes": lambda one: one.base_codes or None,
}  # fmt: skip
RUN: Columns = {**same("first last new"), "ratio": lambda one: round(one.ratio, 4)}


def answer_saturation(strata: Sequence[Stratum], language: str) -> dict[str, Any]:
    """Every stratum: its reading, runs, other rules, shuffled orders; `ratio` and `threshold` are 0 to 1."""

    def read(reading: Reading, one: Stratum) -> dict[str, Any]:
        message = say_reading(reading, len(one.interviews), language)
        return {**object_of(READING, reading), "message": message}

    told = [
        {
            "kind": one.kind,
            "name": one.name or None,
            **object_of(same("interviews uncoded undated"), one),
            "new_codes": one.new,
            **read(one.reading, one),
            "runs": objects(RUN, one.reading.runs),
            "sensitivity": [read(reading, one) for reading in one.sensitivity],
            "shuffles": asdict(one.shuffles) if one.shuffles else None,
        }
        for one in strata
    ]
    return {"strata": told, "notes": say_notes(language, strata[0].restated)}


def table_saturation(strata: Sequence[Stratum], language: str) -> Table:
    """One row for each stratum: what the rule says in the order held, and over shuffled orders."""
    rule = strata[0].reading.rule
    columns: Columns = {
        "interviews of": lambda one: say_stratum(one, language),
        "interviews": lambda one: len(one.interviews),
        "base codes": lambda one: one.reading.base_codes or None,
        "new per run": lambda one: [f"{run.new} ({run.ratio:.0%})" for run in one.reading.runs],
        "saturation": lambda one: say_reading(one.reading, len(one.interviews), language),
        "shuffled orders": lambda one: _range(one.shuffles),
    }
    title = f"Code saturation: base {rule.base}, run {rule.run}, at most {rule.threshold:.0%} new"
    return lay_out(columns, strata, title, spare=("shuffled orders", "new per run", "base codes"))


def _range(shuffles: Shuffles | None) -> str:
    """Interviews needed over shuffled orders: median, range, and how often it was reached at all."""
    if shuffles is None:
        return ""
    reached = f"reached in {shuffles.reached} of {shuffles.number}"
    if shuffles.median is None:
        return reached
    return f"median {shuffles.median:g} interviews, {shuffles.low}-{shuffles.high}; {reached}"


def table_sensitivity(strata: Sequence[Stratum], language: str) -> Table:
    """One row for each rule, one column for each stratum to which the asked rule applies."""
    shown = [one for one in strata if one.reading.status != "not_applicable"]
    rows: Iterable[tuple[Cell, ...]] = (
        (
            reading.rule.base, reading.rule.run, f"{reading.rule.threshold:.0%}",
            *(say_reading(one.sensitivity[number], 0, language).split(":")[0] for one in shown),
        )
        for number, reading in enumerate(strata[0].sensitivity)
    )  # fmt: skip
    return make_table(
        ("base", "run", "at most", *(say_stratum(one, language) for one in shown)), rows, "Other rules"
    )


def saturation(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    lang: LangOption = None,
    base: Annotated[int, typer.Option("--base", min=1, help="Interviews of the base.")] = 4,
    run: Annotated[int, typer.Option("--run", min=1, help="Interviews of a run.")] = 2,
    threshold: Annotated[
        float,
        typer.Option("--threshold", min=0, max=100, help="New codes of a run, in percent of the base's."),
    ] = 5,
    shuffle: Annotated[
        int, typer.Option("--shuffle", min=0, help="How many shuffled orders of the interviews to try.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed shuffles the same way.")] = 1,
) -> None:
    """Code saturation: from which interview on hardly any new codes appear."""
    _, whole, reduction = read_evidence(study)
    language = choose_language(whole, lang)
    strata = measure_saturation(whole, reduction, Rule(base, run, threshold / 100), shuffle, seed)
    tell_doubts(reduction)
    if strata[0].uncoded:
        tell(f"Left out, not coded yet: {', '.join(strata[0].uncoded)}.")
    if strata[0].undated:
        tell(
            f"Without a date, in the order of their ids, after those that have one: {', '.join(strata[0].undated)}."
        )
    show(table_saturation(strata, language), format_, lambda: answer_saturation(strata, language))
    if format_ in (Format.table, Format.md):
        show(table_sensitivity(strata, language), format_, dict)
    for note in say_notes(language, strata[0].restated):
        tell(note)
