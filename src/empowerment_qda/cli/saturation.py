"""What `qda saturation` answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, tell_doubts
from empowerment_qda.cli.tables import Cell, Table, make_table
from empowerment_qda.conclusions.saturation import measure_saturation, say_notes, say_reading, say_stratum
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import open_study
from empowerment_qda.model.conclusion import Reading, Rule, Shuffles, Stratum


def answer_saturation(strata: Sequence[Stratum], language: str) -> dict[str, Any]:
    """Every stratum: its reading, runs, other rules, shuffled orders; `ratio` and `threshold` are 0 to 1."""
    return {
        "strata": [_stratum(one, language) for one in strata],
        "notes": say_notes(language, strata[0].restated),
    }


def _stratum(one: Stratum, language: str) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name or None,
        "interviews": list(one.interviews),
        "uncoded": list(one.uncoded),
        "undated": list(one.undated),
        "new_codes": list(one.new),
        **_reading(one.reading, one, language),
        "runs": [
            {"first": run.first, "last": run.last, "new": run.new, "ratio": round(run.ratio, 4)}
            for run in one.reading.runs
        ],
        "sensitivity": [_reading(reading, one, language) for reading in one.sensitivity],
        "shuffles": _shuffles(one.shuffles),
    }


def _reading(reading: Reading, one: Stratum, language: str) -> dict[str, Any]:
    rule = reading.rule
    return {
        "base": rule.base,
        "run": rule.run,
        "threshold": rule.threshold,
        "status": reading.status,
        "at": reading.at,
        "interviews_needed": reading.needed,
        "base_codes": reading.base_codes or None,
        "message": say_reading(reading, len(one.interviews), language),
    }


def _shuffles(shuffles: Shuffles | None) -> dict[str, Any] | None:
    if shuffles is None:
        return None
    return {
        "number": shuffles.number,
        "seed": shuffles.seed,
        "reached": shuffles.reached,
        "median": shuffles.median,
        "low": shuffles.low,
        "high": shuffles.high,
    }


def table_saturation(strata: Sequence[Stratum], language: str) -> Table:
    """One row for each stratum: what the rule says in the order held, and over shuffled orders."""
    rule = strata[0].reading.rule
    columns = ("interviews of", "interviews", "base codes", "new per run", "saturation", "shuffled orders")
    rows = (
        (
            say_stratum(one, language),
            len(one.interviews),
            one.reading.base_codes or None,
            ", ".join(f"{run.new} ({run.ratio:.0%})" for run in one.reading.runs),
            say_reading(one.reading, len(one.interviews), language),
            _range(one.shuffles),
        )
        for one in strata
    )
    title = f"Code saturation: base {rule.base}, run {rule.run}, at most {rule.threshold:.0%} new"
    return make_table(columns, rows, title)


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
    rules = [reading.rule for reading in strata[0].sensitivity]
    rows: Iterable[Sequence[Cell]] = (
        (
            rule.base,
            rule.run,
            f"{rule.threshold:.0%}",
            *(_short(one.sensitivity[n], language) for one in shown),
        )
        for n, rule in enumerate(rules)
    )
    columns = ("base", "run", "at most", *(say_stratum(one, language) for one in shown))
    return make_table(columns, rows, "Other rules")


def _short(reading: Reading, language: str) -> str:
    return say_reading(reading, 0, language).split(":")[0]


def saturation(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
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

    _, whole = open_study(study)
    reduction = reduce_study(whole)
    strata = measure_saturation(whole, reduction, Rule(base, run, threshold / 100), shuffle, seed)
    tell_doubts(reduction)
    if strata[0].uncoded:
        tell(f"Left out, not coded yet: {', '.join(strata[0].uncoded)}.")
    if strata[0].undated:
        tell(
            f"Without a date, in the order of their ids, after those that have one: {', '.join(strata[0].undated)}."
        )
    show(table_saturation(strata, "en"), format_, lambda: answer_saturation(strata, "en"))
    if format_ in (Format.table, Format.md):
        show(table_sensitivity(strata, "en"), format_, dict)
    for note in say_notes("en", strata[0].restated):
        tell(note)
