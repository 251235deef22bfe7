"""What `qda triangulate` answers."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

import typer

from empowerment_qda.checks import CITATIONS, FOUNDATIONS, check_study
from empowerment_qda.cli.console import progress, show, show_problems, show_text, tell
from empowerment_qda.cli.options import (
    ENGLISH,
    Format,
    FormatOption,
    Language,
    StudyOption,
    choose_finding,
    choose_profile,
    tell_doubts,
)
from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import locate, open_study
from empowerment_qda.labels import label_flag
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import AXES, Profile, Study
from empowerment_qda.model.triangulation import (
    VERDICTS,
    AxisResult,
    FindingTriangulation,
    Flag,
    Triangulation,
)
from empowerment_qda.triangulation import triangulate_study
from empowerment_qda.triangulation.plan import plan_visit
from empowerment_qda.words import ASSESSMENTS, STANCES, name_verdict


def answer_triangulation(triangulation: Triangulation) -> dict[str, Any]:
    """The JSON of the contract."""
    return {
        **({"coded_by": AUTO} if triangulation.only_auto else {}),
        "verdicts": triangulation.verdicts,
        "notes": [_flag(note) for note in triangulation.notes],
        "by": triangulation.by,
        "findings": [answer_finding(found) for found in triangulation.findings],
    }


def answer_finding(found: FindingTriangulation) -> dict[str, Any]:
    """One finding in the shape of the contract; its parts too, where it has any."""
    whole = _answer(found) | {"parts": [_answer(part) for part in found.parts]}
    return whole | ({"worst_part": found.worst_part} if found.parts else {})


def _answer(found: FindingTriangulation) -> dict[str, Any]:
    return {
        "id": found.id,
        "verdict": found.verdict,
        "contested": found.contested,
        **({"reduced_to": list(found.reduced_to)} if found.reduced_to else {}),
        "axes": {name: _axis(axis) for name, axis in found.axes.items()},
        "supporting": _refs(found.supporting),
        "contradicting": _refs(found.contradicting),
        "qualifying": _refs(found.qualifying),
        "inferred": _refs(found.inferred),
        "not_counted": [{"id": one.id, "ref": one.ref, "reason": one.reason} for one in found.not_counted],
        "flags": [_flag(flag) for flag in found.flags],
        "errors": [_flag(error) for error in found.errors],
        "response": found.response,
        "convergence": {
            "cells": found.convergence.cells,
            "assessment": found.convergence.assessment,
            "pairs": [list(pair) for pair in found.convergence.pairs],
        },
        "informational": {
            name: {"status": one.status, "values": list(one.values)} for name, one in found.extras.items()
        },
    }


def _axis(axis: AxisResult) -> dict[str, Any]:
    return {
        "status": axis.status,
        "count": axis.count,
        "upper": axis.upper,
        "min": axis.minimum,
        "required": axis.required,
        "values": list(axis.values),
    }


def _flag(flag: Flag) -> dict[str, Any]:
    said = {"code": flag.code, "name": flag.name, "value": flag.value, "message": flag.message}
    return said | ({"part": flag.part} if flag.part else {})


def _refs(rows: tuple[Evidence, ...]) -> list[str]:
    return [row.ref for row in rows]


def table_verdicts(triangulation: Triangulation, study: Study, *, glance: bool = False) -> Table:
    """One row for each finding: its verdict, what it has of what each axis needs, its flags, its statement.

    At a glance the flags stand without their values, to fit a terminal.
    """
    statements = {one.id: one.statement.say(study.settings.language) for one in study.findings.findings}
    rows = (
        (
            found.id,
            name_verdict(found, "en"),
            *(_have_of(found.axes[axis]) for axis in AXES),
            " ".join(dict.fromkeys(_brief(flag, glance=glance) for flag in found.flags)),
            statements[found.id],
        )
        for found in triangulation.findings
    )
    return make_table(("finding", "verdict", *AXES, "flags", "statement"), rows)


def _brief(flag: Flag, *, glance: bool) -> str:
    """Such as T16:PU-B, or F01a/T05:owner of a part; at a glance the code alone, but for who is on both sides."""
    said = flag.code if not flag.value or (glance and flag.code != "T16") else f"{flag.code}:{flag.value}"
    return said if glance or not flag.part else f"{flag.part}/{said}"


def _have_of(axis: AxisResult) -> str:
    """What there is of what is needed, such as 3/2, or 1-2/2 where it is known only within bounds."""
    bounds = f"{axis.count}-{axis.upper}" if axis.upper > axis.count else str(axis.count)
    return f"{bounds}/{axis.minimum}"


def table_convergence(triangulation: Triangulation) -> Table:
    """The convergence matrix: findings by types, groups or methods, with the assessment and what it rests on."""
    columns = list(triangulation.findings[0].convergence.cells) if triangulation.findings else []
    rows = (
        (
            found.id,
            *(STANCES[cell] for cell in found.convergence.cells.values()),
            ASSESSMENTS[found.convergence.assessment],
            f"{found.convergence.agreeing} of {found.convergence.covered}",
            f"{found.convergence.covering} of {found.convergence.with_data}",
        )
        for found in triangulation.findings
    )
    return make_table(("finding", *columns, "assessment", "pairs agreeing", "columns covering"), rows)


def tell_notes(triangulation: Triangulation, study: Study, language: str) -> list[str]:
    """The notes on the study, a line each, with labels."""
    return [f"{note.code}  {label_flag(note, study, language)}" for note in triangulation.notes]


def failing(triangulation: Triangulation, profile: Profile) -> list[str]:
    """One line for each finding that a strict gate does not let pass."""
    bad = VERDICTS[: VERDICTS.index("contested") + (profile == "strict")]
    lines = ["No person has coded: the machine's suggestions alone pass no gate."] * triangulation.only_auto
    for found in triangulation.findings:
        fragile = profile == "strict" and any(flag.code == "T17" for flag in found.flags)
        if found.verdict in bad or fragile:
            why = " ".join(flag.message for flag in found.flags)
            lines.append(f"{found.id}: {name_verdict(found, 'en', contested=False)}. {why}".rstrip())
    return lines


def unexpected(triangulation: Triangulation, study: Study) -> list[str]:
    """One line for each finding whose verdict or flags are not exactly what its author claims under `expect`."""
    lines = []
    for finding in study.findings.findings:
        found, claimed = triangulation.by_id[finding.id], finding.expect
        if claimed is None:
            continue
        said = []
        if found.verdict != claimed.verdict:
            better = VERDICTS.index(found.verdict) > VERDICTS.index(claimed.verdict)
            said.append(
                f"{'better than claimed: ' * better}the verdict is {found.verdict}, claimed is {claimed.verdict}"
            )
        if claimed.flags is not None:
            has, wants = {flag.code for flag in found.flags}, set(claimed.flags)
            said += [f"flags not claimed: {', '.join(sorted(has - wants))}"] * bool(has - wants)
            said += [f"flags claimed and not raised: {', '.join(sorted(wants - has))}"] * bool(wants - has)
        if said:
            lines.append(f"{found.id}: {'; '.join(said)}.")
    return lines


class By(StrEnum):
    """The columns of the convergence matrix."""

    type = "type"
    group = "group"
    method = "method"


class ProfileChoice(StrEnum):
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
        ProfileChoice | None, typer.Option("--profile", help="Ask for this much, whatever qda.yaml says.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of explanations and plans.")] = ENGLISH,
) -> None:
    """Source and method triangulation: who and what supports each finding, and what is missing."""

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
        tell(line)
    if lines:
        raise typer.Exit(1)


def _show_finding(name: str, result: Triangulation, study: Study, format_: Format, lang: Language) -> None:

    from empowerment_qda.cli.triangulate_finding import answer_explanation, explain_finding

    found = choose_finding(result, name)
    if format_ is Format.table:
        show_text(explain_finding(found, study, lang))
    else:
        only = replace(result, findings=(found,))
        show(table_verdicts(only, study), format_, lambda: answer_explanation(found, study, lang))


def _show_plan(result: Triangulation, study: Study, format_: Format, lang: Language) -> None:

    from empowerment_qda.cli.triangulate_finding import answer_plan, table_plan, tell_rest

    visit = plan_visit(study, result)
    show(table_plan(visit, study, lang), format_, lambda: answer_plan(visit, result, study, lang))
    if format_ is Format.table:
        show_text("\n".join(["", *tell_rest(visit, result, study, lang)]))


def _show_verdicts(result: Triangulation, study: Study, format_: Format, by: By | None) -> None:

    table = table_convergence(result) if by else table_verdicts(result, study, glance=format_ is Format.table)
    show(table, format_, lambda: answer_triangulation(result))
    if format_ is Format.table:
        if result.notes and not by:
            show_text("\n".join(["", *tell_notes(result, study, "en")]))
        progress("\n`qda triangulate F01` explains a finding; `--plan` says what would lift most of them.")
