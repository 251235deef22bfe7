"""`qda triangulate`."""

from __future__ import annotations

from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def triangulate(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Exit with 1 where a finding is unsupported, flagged or indeterminate."
        ),
    ] = False,
) -> None:
    """Source and method triangulation: who and what supports each finding, and what is missing."""
    from empowerment_qda.answers.triangulate import answer_triangulation, failing, table_verdicts
    from empowerment_qda.checks import CITATIONS, FOUNDATIONS, check_study
    from empowerment_qda.commands.reading import open_study
    from empowerment_qda.commands.showing import tell_doubts
    from empowerment_qda.console import say, show, show_problems
    from empowerment_qda.folder.read import locate
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.stages.triangulate import triangulate_study

    root, whole = open_study(study, FOUNDATIONS)
    reduction = reduce_study(whole)
    triangulation = triangulate_study(whole, reduction)
    tell_doubts(reduction)
    show(table_verdicts(triangulation, whole), format_, lambda: answer_triangulation(triangulation))
    problems = locate(check_study(whole, CITATIONS), root)
    if problems:
        show_problems(problems)
        raise typer.Exit(2)
    weak = failing(triangulation, whole.settings.triangulation.profile)
    if strict and weak:
        for line in weak:
            say(line)
        raise typer.Exit(1)
