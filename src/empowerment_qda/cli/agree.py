"""`qda agree`: what is asked, what of it does not go together, and in which order the answer is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from math import nan
from pathlib import Path
from shlex import quote
from time import monotonic
from typing import Annotated, Any, Literal, cast, get_args

import typer

from empowerment_qda.agreement.bootstrap import Bootstrap
from empowerment_qda.agreement.coefficients import NOT_TWO
from empowerment_qda.agreement.compare import Agreement, agree_coders, agree_ratings
from empowerment_qda.agreement.interpretation import SCALES, Reading, format_figure
from empowerment_qda.agreement.krippendorff import DistanceName
from empowerment_qda.agreement.measures import SetDistance
from empowerment_qda.agreement.ratings import Cells, parse_ratings, parse_units
from empowerment_qda.agreement.units import Level, TextUnit, find_coder_problems
from empowerment_qda.cli import agree_tables as answers
from empowerment_qda.cli.console import progress, show, show_text, tell, terminal_width
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    LangOption,
    StudyOption,
    choose_language,
    write_reports,
)
from empowerment_qda.cli.tables import Table
from empowerment_qda.files.read import open_study, read_own
from empowerment_qda.files.yaml import MAX_BYTES, decode, refuse_size
from empowerment_qda.locale import msg, say
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

Bands = Literal["krippendorff", "landis-koch"]

GATES = ("alpha", "kappa", "conger_kappa", "percent", "ac1")
OF_A_STUDY = ("unit", "units", "coded_only", "level", "picture", "study")
"""Options that a table has no use for."""
WHERE = Place("qda agree")
PIPED = 200
"""Columns of a pipe."""
PATIENCE = 3.0
"""Seconds that a person waits without a word."""


class View(StrEnum):
    """The tables of the answer; typer takes no list of literals."""

    overall = "overall"
    levels = "levels"
    codes = "codes"
    disagreements = "disagreements"
    confusion = "confusion"


def agree(
    context: typer.Context,
    coders: Annotated[
        list[str] | None, typer.Argument(metavar="CODER", help="Two coders or more; `auto` is the machine.")
    ] = None,
    unit: Annotated[
        TextUnit,
        typer.Option(
            "--unit",
            help="What is compared: answers, each with its question, their sentences, or their characters.",
        ),
    ] = "turn",
    units: Annotated[
        Path | None,
        typer.Option(
            "--units",
            metavar="FILE",
            help="Compare the units that a CSV file lists: columns source and turn (2 or 2-4), and quote for words of it.",
        ),
    ] = None,
    coded_only: Annotated[
        bool,
        typer.Option(
            "--coded-only",
            help="Leave out units that none of them coded. Chance is then worked out among coded units alone, and no word "
            "says how good the figures are.",
        ),
    ] = False,
    level: Annotated[
        Level, typer.Option("--level", help="Compare codes, or the aspects or dimensions above them.")
    ] = "code",
    distance: Annotated[
        DistanceName | None,
        typer.Option(
            "--distance",
            help="Of alpha over all codes: jaccard (default), masi or nominal between sets of codes; with --table "
            "ordinal, interval or ratio too, and nominal is the default where each cell has one value.",
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            metavar="FILE",
            help="Compare the columns of a CSV file (`-` for standard input), without a study: units by coders, or unit,coder,value. Empty and NA "
            "are missing; `a, b` in a cell are two codes.",
        ),
    ] = None,
    cells: Annotated[
        Cells | None,
        typer.Option(
            "--cells",
            help="What a cell of the --table is: a coder's rating, or the count of coders who gave the value of the column.",
        ),
    ] = None,
    views: Annotated[
        list[View] | None,
        typer.Option(
            "--show", help="Show only this; may be repeated. Else overall, levels and codes, as CSV codes."
        ),
    ] = None,
    minimums: Annotated[
        list[str] | None,
        typer.Option(
            "--min",
            metavar="NAME=VALUE",
            help="Exit with 1 where alpha, kappa (two coders), conger_kappa, percent or ac1 over all codes is lower; may be "
            "repeated.",
        ),
    ] = None,
    bands: Annotated[
        Bands,
        typer.Option("--bands", help="Whose words say how good alpha (and, of Landis and Koch, kappa) is."),
    ] = "krippendorff",
    resamples: Annotated[
        int,
        typer.Option("--resamples", min=0, max=100_000, help="Resamples of intervals; 0 for no intervals."),
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same intervals.")] = 1,
    picture: Annotated[
        bool,
        typer.Option(
            "--picture",
            help="Write reports/agreement/ too: a page, tables as CSV, and the codes of each two coders against each "
            "other as SVG and PNG (needs the extra `pictures`).",
        ),
    ] = False,
    lang: LangOption = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Agreement between coders: per code and over all codes, with every disagreement.

    A unit has a code if a passage with that code overlaps it. Questions are left out, and so are the sources that only one
    of the coders has coded. Accepted codings count, of `auto` suggestions too. percent, Scott's, Fleiss',
    Brennan-Prediger's (PABAK) and Gwet's coefficients over all codes take each unit and code as one yes/no decision;
    kappa (Cohen's, of more coders Conger's) is pooled over the codes; alpha compares the sets of codes. Intervals draw whole units at random and take them to be
    independent. Two coders with several codes of their own in a unit disagree on each pair of those.
    """
    asked = coders or []
    gates, problems = read_gates(minimums or ())
    problems += find_faults(asked, table is not None, distance, cells, _list_given(context))
    drawn = Bootstrap(resamples, seed=seed, watch=_watch(resamples)) if resamples else None
    if table:
        if problems:
            raise StudyError(problems)
        language = str(lang or "en")
        found = agree_ratings(parse_ratings(*_read(table), distance, cells), distance, drawn)
    else:
        root, whole = _open(study, asked, problems)
        language = str(choose_language(whole, lang))
        of_sets = cast("SetDistance", distance or "jaccard")
        listed = parse_units(*_read(units), whole) if units else None
        found = agree_coders(whole, asked, unit, level, of_sets, drawn, listed=listed, coded_only=coded_only)
    reading = Reading(SCALES[bands] if found.judged else None, language, gates)
    _show(found, views or [], reading, format_, study)
    if format_ in (Format.table, Format.md):
        show_text("")
        _tell(found.tell(language), format_)
    failed = find_failing(found, gates)
    for line in failed:
        tell(line)
    if picture:
        from empowerment_qda.pictures import pictures_of_agreement

        write_reports(root, answers.files_of_agreement(found, whole, reading))  # these need no extra
        write_reports(root, pictures_of_agreement(found, reading.language))
    if failed:
        raise typer.Exit(1)


def _watch(resamples: int) -> Callable[[int], None]:
    """What tells a person at a terminal, now and then, how many resamples are done."""
    told = monotonic()

    def watch(done: int) -> None:
        nonlocal told
        if monotonic() - told >= PATIENCE:
            progress(f"  {done} of {resamples} resamples for the intervals; `--resamples 0` does without")
            told = monotonic()

    return watch


def _list_given(context: Any) -> list[str]:
    """The options that were given and are about a study alone."""
    given = (name for name in OF_A_STUDY if context.get_parameter_source(name).name == "COMMANDLINE")
    return [f"--{name.replace('_', '-')}" for name in given]


def _open(study: Path | None, coders: list[str], problems: list[Problem]) -> tuple[Path, Study]:
    """The study; StudyError with all that was asked wrongly, of its coders too."""
    try:
        root, whole = open_study(study)
    except StudyError as error:
        raise StudyError([*problems, *error.problems]) from None
    if problems := [*problems, *find_coder_problems(whole, coders)]:
        raise StudyError(problems)
    return root, whole


def _read(path: Path) -> tuple[str, str]:
    """The text of a file, or of standard input for `-`, and what it is called."""
    if str(path) != "-":
        return decode(read_own(path), str(path)), str(path)
    name = "standard input"
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    refuse_size(len(data), name)
    return decode(data, name), name


def _show(found: Agreement, views: list[View], reading: Reading, format_: Format, study: Path | None) -> None:
    if format_ is Format.json:
        show(answers.table_overall(found, reading), format_, lambda: answers.answer_agreement(found, reading))
        return
    people = format_ in (Format.table, Format.md)
    language = reading.language if people else "en"
    reading, wide = replace(reading, language=language), None
    if format_ is Format.table:
        wide = terminal_width(piped=PIPED)
    made: dict[str, Callable[[], Iterable[Table]]] = {
        "overall": lambda: [answers.table_overall(found, reading)],
        "levels": lambda: [answers.table_levels(found, reading)],
        "codes": lambda: answers.tables_of_codes(found, reading, width=wide),
        "disagreements": lambda: [answers.table_disagreements(found, language)],
        "confusion": lambda: answers.tables_of_confusion(found, language, width=wide),
    }
    glances = {"disagreements": partial(answers.lines_of_disagreements, found, language)}
    usual = ["overall", *["levels"] * bool(found.levels), *["codes"] * bool(found.codes)]
    chosen: Iterable[str] = dict.fromkeys(views) or (usual if people else ["codes"])
    for place, view in enumerate(chosen):
        if place:
            show_text("")
        for number, one in enumerate(made[view]()):
            if number:
                show_text("")
            show(one, format_, dict, glances.get(view), piped=PIPED)
    listed = "disagreements" in chosen
    if people and found.disagreements and (not views or listed):
        show_text("")
        if not listed:
            see = msg("Disagreements: {number}; `--show disagreements` lists them.")
            _tell([say(see, language, number=len(found.disagreements))], format_)
        if command := found.round_command:
            command += f" --study {quote(str(study))}" if study else ""
            _tell([found.tell_round(language)], format_, command)


def _tell(lines: list[str], format_: Format, command: str = "") -> None:
    """Sentences after the tables; in Markdown a list, in which no name is markup."""
    from empowerment_qda.report.render import ticks_markdown

    if format_ is Format.md:
        lines = [f"- {ticks_markdown(line)}" for line in lines]
        command = command and f"`{command}`"
    show_text("\n".join(lines) + (f" {command}" if command else ""))


def read_gates(given: Iterable[str]) -> tuple[dict[str, float], list[Problem]]:
    """The least of each coefficient, from words such as alpha=0.8, and what is wrong with the rest of them."""
    gates: dict[str, float] = {}
    problems = []
    for text in given:
        name, _, value = (part.strip() for part in text.partition("="))
        minimum, said = _read_number(value), ""
        if name not in GATES:
            said, hint = f"--min {text}: there is no coefficient `{name}`", did_you_mean(name, GATES)
        elif not -1 <= minimum <= 1:
            wrong = f"`{value}` is no number from -1 to 1" if value else "the number is missing"
            said, hint = f"--min {text}: {wrong}", f"Such as --min {name}=0.8."
        elif name in gates:
            said, hint = f"--min asks for {name} twice", "Give one number for each coefficient."
        else:
            gates[name] = minimum
        problems += [Problem(WHERE, "minimum", said, hint)] if said else []
    return gates, problems


def _read_number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return nan


def find_failing(found: Agreement, gates: Mapping[str, float]) -> list[str]:
    """A sentence for each coefficient over all codes that does not reach its minimum."""
    lines = []
    for name, minimum in gates.items():
        one = found.overall[name]
        if one.value is None:
            instead = "; `conger_kappa` is for more" if one.reason == NOT_TWO else ""
            said = f"is not defined ({one.reason}{instead}), and {minimum:g}"
        elif one.value < minimum:
            said = f"is {format_figure(one.value, minimum)}, below the {minimum:g} that"
        else:
            continue
        lines.append(f"{name} over all codes {said} was asked for.")
    return lines


def find_faults(
    coders: Sequence[str],
    table: bool,
    distance: DistanceName | None,
    cells: Cells | None,
    of_a_study: Sequence[str],
) -> list[Problem]:
    """What was asked for that does not go together; `of_a_study` are options given that a table has no use for."""
    numbers = bool(distance) and distance not in get_args(SetDistance)
    both = {"--unit", "--units"} <= {*of_a_study}
    faults: list[tuple[object, str, str]] = [
        (
            table and coders,
            "coders of a study and a --table are given",
            "Name the coders, or the table, not both.",
        ),
        *(
            (table, f"{one} goes with coders of a study, not with a --table", f"Leave {one} out.")
            for one in of_a_study
        ),
        (cells and not table, "--cells is about a --table", "Leave --cells out."),
        (
            both,
            "--unit and --units are given",
            "Name a kind of unit, or the file that lists them, not both.",
        ),
        *(
            (coders.count(one) > 1, f"coder `{one}` is named twice", "Name each coder once.")
            for one in dict.fromkeys(coders)
        ),
        (
            numbers and not table,
            f"--distance {distance} is between numbers, and coders give sets of codes",
            f"Here it can be {', '.join(get_args(SetDistance))}.",
        ),
        (
            numbers and cells == "counts",
            f"--distance {distance} is between numbers, and counts are of values by name",
            "Leave --distance out.",
        ),
    ]
    return [Problem(WHERE, "usage", said, hint) for wrong, said, hint in faults if wrong]
