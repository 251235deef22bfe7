"""`qda triangulate`."""

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.commands.options import ENGLISH, Format, FormatOption, Language, StudyOption

if TYPE_CHECKING:
    from empowerment_qda.model.study import Study
    from empowerment_qda.model.triangulation import Triangulation


class By(StrEnum):
    """The columns of the convergence matrix."""

    type = "type"
    group = "group"
    method = "method"


class Profile(StrEnum):
    """How much is asked of a finding."""

    basic = "basic"
    standard = "standard"
    strict = "strict"


def triangulate(
    finding: Annotated[str | None, typer.Argument(help="Explain this finding in plain words.")] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Exit with 1 where a finding is unsupported, flagged, indeterminate or not assessable.",
        ),
    ] = False,
    expect: Annotated[
        bool,
        typer.Option("--expect", help="Exit with 1 where a finding is not exactly what its `expect` claims."),
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Plan the next field visit, most findings lifted first.")
    ] = False,
    by: Annotated[
        By | None, typer.Option("--by", help="Show the convergence matrix by type, group or method.")
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option("--profile", help="Ask for this much, whatever qda.yaml says.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of explanations and plans.")] = ENGLISH,
) -> None:
    """Source and method triangulation: who and what supports each finding, and what is missing."""
    from empowerment_qda.answers.triangulate import failing, unexpected
    from empowerment_qda.checks import CITATIONS, FOUNDATIONS, check_study
    from empowerment_qda.commands.reading import choose_profile
    from empowerment_qda.commands.showing import tell_doubts
    from empowerment_qda.console import say, show_problems
    from empowerment_qda.folder.read import locate, open_study
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.triangulation import triangulate_study

    root, whole = open_study(study, FOUNDATIONS)
    asked, whole = whole, choose_profile(whole, profile.value if profile else None)
    reduction = reduce_study(whole)
    result = triangulate_study(whole, reduction, (by or By.type).value)
    tell_doubts(reduction)
    if finding:
        _show_finding(finding, result, whole, format_, lang)
    elif plan:
        _show_plan(result, whole, format_, lang)
    else:
        _show_verdicts(result, whole, format_, by)
    problems = locate(check_study(asked, CITATIONS), root)
    if problems:
        show_problems(problems)
        raise typer.Exit(2)
    lines = failing(result, whole.settings.triangulation.profile) if strict else []
    lines += unexpected(result, whole) if expect else []
    for line in lines:
        say(line)
    if lines:
        raise typer.Exit(1)


def _show_finding(
    name: str, result: "Triangulation", study: "Study", format_: Format, lang: Language
) -> None:
    from empowerment_qda.answers.explain import answer_explanation, explain_finding
    from empowerment_qda.answers.triangulate import table_verdicts
    from empowerment_qda.commands.reading import choose_finding
    from empowerment_qda.console import show, show_text

    found = choose_finding(result, name)
    if format_ is Format.table:
        show_text(explain_finding(found, study, lang))
    else:
        only = replace(result, findings=(found,))
        show(table_verdicts(only, study), format_, lambda: answer_explanation(found, study, lang))


def _show_plan(result: "Triangulation", study: "Study", format_: Format, lang: Language) -> None:
    from empowerment_qda.answers.plan import answer_plan, table_plan, tell_rest
    from empowerment_qda.console import show, show_text
    from empowerment_qda.triangulation.plan import plan_visit

    visit = plan_visit(study, result)
    show(table_plan(visit, study, lang), format_, lambda: answer_plan(visit, result, study, lang))
    if format_ is Format.table:
        show_text("\n".join(["", *tell_rest(visit, result, study, lang)]))


def _show_verdicts(result: "Triangulation", study: "Study", format_: Format, by: By | None) -> None:
    from empowerment_qda.answers.triangulate import (
        answer_triangulation,
        table_convergence,
        table_verdicts,
        tell_notes,
    )
    from empowerment_qda.console import progress, show, show_text

    table = table_convergence(result) if by else table_verdicts(result, study, glance=format_ is Format.table)
    show(table, format_, lambda: answer_triangulation(result))
    if format_ is Format.table:
        if result.notes and not by:
            show_text("\n".join(["", *tell_notes(result, study, "en")]))
        progress("\n`qda triangulate F01` explains a finding; `--plan` says what would lift most of them.")
