"""`qda agree`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from empowerment_qda.commands.agree_usage import Bands, Cells, Distance, Level, Unit, View
from empowerment_qda.commands.options import ENGLISH, Format, FormatOption, Language, StudyOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from empowerment_qda.agreement import Bootstrap
    from empowerment_qda.answers.agree import Reading
    from empowerment_qda.answers.table import Table
    from empowerment_qda.model.study import Study
    from empowerment_qda.problems import Problem
    from empowerment_qda.stages.agree import Agreement
    from empowerment_qda.stages.agree.measure import SetDistance

PATIENCE = 3.0
"""Seconds that a person waits without a word."""


def agree(
    context: typer.Context,
    coders: Annotated[
        list[str] | None, typer.Argument(metavar="CODER", help="Two coders or more; `auto` is the machine.")
    ] = None,
    unit: Annotated[
        Unit,
        typer.Option(
            "--unit",
            help="What is compared: answers, each with its question, their sentences, or their characters.",
        ),
    ] = Unit.turn,
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
    ] = Level.code,
    distance: Annotated[
        Distance | None,
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
            help="Compare the columns of a CSV file, without a study: units by coders, or unit,coder,value. Empty and NA "
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
    ] = Bands.krippendorff,
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
    lang: Annotated[
        Language, typer.Option("--lang", help="Language of what people read; CSV is in English.")
    ] = ENGLISH,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Agreement between coders: per code and over all codes, with every disagreement.

    A unit has every code of which a passage touches it. Questions are left out, and so are the sources that only one
    of the coders has coded. Accepted codings count, of `auto` suggestions too. percent, Scott's, Fleiss',
    Brennan-Prediger's (PABAK) and Gwet's coefficients over all codes take each unit and code as one yes/no decision;
    kappa (Cohen's, of more coders Conger's) is pooled over the codes; alpha compares the sets of codes. Intervals draw whole units at random and take them to be
    independent. Two coders with several codes of their own in a unit disagree on each pair of those.
    """
    from dataclasses import replace

    from empowerment_qda.agreement import SCALES, Bootstrap
    from empowerment_qda.answers.agree import Reading, failing_minimums, tell_agreement
    from empowerment_qda.commands.agree_usage import find_faults, read_gates
    from empowerment_qda.console import say, show_text
    from empowerment_qda.problems import StudyError
    from empowerment_qda.stages.agree import agree_coders, parse_units

    named = coders or []
    gates, problems = read_gates(minimums or ())
    problems += find_faults(named, table is not None, distance, cells, _list_given(context))
    drawn = Bootstrap(resamples, seed=seed, watch=_watch(resamples)) if resamples else None
    reading = Reading(SCALES[bands.value], str(lang), gates)
    if table:
        if problems:
            raise StudyError(problems)
        found = _compare_columns(table, distance, cells, drawn)
    else:
        root, whole = _open(study, named, problems)
        apart = cast("SetDistance", (distance or Distance.jaccard).value)
        listed = parse_units(_read(units), str(units), whole) if units else None
        found = agree_coders(
            whole, named, unit.value, level.value, apart, drawn, listed=listed, coded_only=coded_only
        )
    if not found.judged:
        reading = replace(reading, scale=None)
    _show(found, views or [], reading, format_, study)
    if format_ in (Format.table, Format.md):
        show_text("")
        _tell(tell_agreement(found, str(lang)), format_)
    failed = failing_minimums(found, gates)
    for line in failed:
        say(line)
    if picture:
        _write(root, whole, found, reading)
    if failed:
        raise typer.Exit(1)


def _watch(resamples: int) -> "Callable[[int], None]":
    """What tells a person at a terminal, now and then, how many draws are done."""
    from time import monotonic

    from empowerment_qda.console import progress

    told = monotonic()

    def watch(done: int) -> None:
        nonlocal told
        if monotonic() - told >= PATIENCE:
            progress(f"  {done} of {resamples} resamples for the intervals; `--resamples 0` does without")
            told = monotonic()

    return watch


def _list_given(context: Any) -> list[str]:
    """The options that were given and are about a study alone."""
    names = ("unit", "units", "coded_only", "level", "picture", "study")
    given = (name for name in names if context.get_parameter_source(name).name == "COMMANDLINE")
    return [f"--{name.replace('_', '-')}" for name in given]


def _open(study: Path | None, coders: list[str], problems: "list[Problem]") -> "tuple[Path, Study]":
    """The study; StudyError with all that was asked wrongly, of its coders too."""
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.problems import StudyError
    from empowerment_qda.stages.agree import find_coder_problems

    try:
        root, whole = open_study(study)
    except StudyError as error:
        raise StudyError([*problems, *error.problems]) from None
    if problems := [*problems, *find_coder_problems(whole, coders)]:
        raise StudyError(problems)
    return root, whole


def _read(path: Path) -> str:
    from empowerment_qda.folder.read import read_own
    from empowerment_qda.folder.yaml import decode

    return decode(read_own(path), str(path))


MOST_VALUES, MOST_CODERS, MOST_ROWS = 300, 100, 10_000
"""Different values of a table, its coders, and units that are all rated differently: to compare more as categories, two by
two and draw by draw takes longer than anybody waits."""


def _compare_columns(
    path: Path, distance: Distance | None, cells: Cells | None, drawn: "Bootstrap | None"
) -> "Agreement":
    from empowerment_qda.commands.agree_usage import OF_SETS
    from empowerment_qda.problems import Place, Problem, StudyError
    from empowerment_qda.stages.agree import agree_ratings, parse_ratings

    ratings = parse_ratings(
        _read(path),
        str(path),
        numbers=distance not in (None, *OF_SETS),
        negative=distance is not Distance.ratio,
        cells=cells.value if cells else None,
    )
    different = len({code for row in ratings.values for own in row for code in own or ()})
    # Each value is a category of its own; by interval they are only added up.
    if different > MOST_VALUES and distance is not Distance.interval:
        said = (
            f"the table has {different:,} different values; at most {MOST_VALUES} are compared as categories"
        )
        hint = "Group the values into fewer; for measurements take --distance interval."
        raise StudyError([Problem(Place(str(path), (), 1), "table", said, hint)])
    if len(ratings.coders) > MOST_CODERS or len(set(ratings.values)) > MOST_ROWS:
        said = f"the table has more than {MOST_CODERS} coders, or {MOST_ROWS:,} units that are all rated differently"
        hint = "Compare a part of them; round measurements."
        raise StudyError([Problem(Place(str(path), (), 1), "table", said, hint)])
    return agree_ratings(ratings, distance.value if distance else None, drawn)


def _write(root: Path, whole: "Study", found: "Agreement", reading: "Reading") -> None:
    """The page and the tables first: they need no extra."""
    from empowerment_qda.answers.agree_html import files_of_agreement
    from empowerment_qda.commands.showing import write_reports
    from empowerment_qda.pictures import pictures_of_agreement

    write_reports(root, files_of_agreement(found, whole, reading))
    write_reports(root, pictures_of_agreement(found, reading.language))


def _show(
    found: "Agreement", views: list[View], reading: "Reading", format_: Format, study: Path | None
) -> None:
    from dataclasses import replace

    from empowerment_qda.answers.agree import answer_agreement
    from empowerment_qda.answers.agree_tables import (
        table_codes,
        table_disagreements,
        table_levels,
        table_overall,
        tables_of_confusion,
    )
    from empowerment_qda.answers.agree_terminal import (
        lines_of_disagreements,
        tables_of_codes,
        tables_of_pairs,
    )
    from empowerment_qda.console import show, show_lines, show_text, terminal_width

    if format_ is Format.json:
        show(table_overall(found, reading), format_, lambda: answer_agreement(found, reading))
        return
    people = format_ in (Format.table, Format.md)
    reading = reading if people else replace(reading, language="en")
    language, screen, wide = reading.language, format_ is Format.table, terminal_width(piped=200)
    made: dict[View, Callable[[], Iterable[Table]]] = {
        View.overall: lambda: [table_overall(found, reading)],
        View.levels: lambda: [table_levels(found, reading)],
        View.codes: lambda: (
            tables_of_codes(found, reading, wide) if screen else [table_codes(found, reading)]
        ),
        View.disagreements: lambda: [table_disagreements(found, language)],
        View.confusion: lambda: (
            tables_of_pairs(found, language, wide) if screen else tables_of_confusion(found, language)
        ),
    }
    usual = [View.overall, *[View.levels] * bool(found.levels), *[View.codes] * bool(found.codes)]
    usual = usual if people else [View.codes]
    chosen = dict.fromkeys(views) or usual
    for place, view in enumerate(chosen):
        if place:
            show_text("")
        if screen and view is View.disagreements:
            show_lines(lines_of_disagreements(found, language, wide))
            continue
        for number, one in enumerate(made[view]()):
            if number:
                show_text("")
            show(one, format_, dict)
    if people and found.disagreements and (not views or View.disagreements in chosen):
        _tell_round(found, language, format_, study, listed=View.disagreements in chosen)


def _tell_round(
    found: "Agreement", language: str, format_: Format, study: Path | None, *, listed: bool
) -> None:
    """How many disagreements there are, unless they were listed, and the command that settles them."""
    from shlex import quote

    from empowerment_qda.answers.agree import round_command, tell_round
    from empowerment_qda.console import show_text
    from empowerment_qda.stages.agree.words import say

    show_text("")
    if not listed:
        _tell([say("see", language, number=len(found.disagreements))], format_)
    if command := round_command(found):
        command += f" --study {quote(str(study))}" if study else ""
        _tell([tell_round(found, language)], format_, command)


def _tell(lines: list[str], format_: Format, command: str = "") -> None:
    """Sentences after the tables; in Markdown a list, in which no name is markup."""
    from empowerment_qda.console import show_text
    from empowerment_qda.stages.report.render import ticks_markdown

    if format_ is Format.md:
        lines = [f"- {ticks_markdown(line)}" for line in lines]
        command = command and f"`{command}`"
    show_text("\n".join(lines) + (f" {command}" if command else ""))
