"""`qda triangulate`: the verdicts with what each axis has; one finding in plain words; the next field visit; the gates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

import typer

from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.cli.console import progress, show, show_text, tell
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    LangOption,
    Language,
    StudyOption,
    choose_language,
    read_evidence,
    tell_doubts,
)
from empowerment_qda.cli.tables import Columns, Table, each, lay_out, make_table, object_of, objects, same
from empowerment_qda.files.read import FINDINGS, require_sound
from empowerment_qda.labels import (
    ASSESSMENTS,
    EXTRAS,
    REASONS,
    SAYINGS,
    STANCES,
    STATUSES,
    label_of,
    name_verdict,
    say_when,
)
from empowerment_qda.labels import AXES as AXIS_WORDS
from empowerment_qda.locale import say, say_all
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import AXES, Profile, Study
from empowerment_qda.model.triangulation import (
    VERDICTS,
    AxisResult,
    By,
    FindingTriangulation,
    Flag,
    Plan,
    Step,
    Triangulation,
)
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.text import one_line
from empowerment_qda.triangulation import triangulate_study
from empowerment_qda.triangulation.flags import label_flag, lift
from empowerment_qda.triangulation.plan import plan_visit

SIDES = ("supporting", "contradicting", "qualifying", "inferred")
AXIS: Columns = {**same("status count upper"), "min": "minimum", **same("required values")}
FLAG: Columns = {**same("code name value message"), "part?": "part"}
PART: Columns = {
    **same("id verdict contested"),
    "reduced_to?": "reduced_to",
    "axes": lambda found: {name: object_of(AXIS, axis) for name, axis in found.axes.items()},
    **each(SIDES, lambda side, found: [row.ref for row in getattr(found, side)]),
    "not_counted": lambda found: objects(same("id ref reason"), found.not_counted),
    "flags": lambda found: objects(FLAG, found.flags),
    "errors": lambda found: objects(FLAG, found.errors),
    "response": "response",
    "convergence": lambda found: object_of(same("cells assessment pairs"), found.convergence),
    "informational": lambda found: {
        name: object_of(same("status values"), one) for name, one in found.extras.items()
    },
}
FINDING: Columns = {**PART, "parts": lambda found: objects(PART, found.parts), "worst_part?": "worst_part"}


def answer_triangulation(triangulation: Triangulation) -> dict[str, Any]:
    """The JSON of the contract."""
    return {
        **({"coded_by": AUTO} if triangulation.only_auto else {}),
        "verdicts": triangulation.verdicts,
        "notes": objects(FLAG, triangulation.notes),
        "by": triangulation.by,
        "findings": objects(FINDING, triangulation.findings),
    }


def table_verdicts(triangulation: Triangulation, study: Study, *, glance: bool = False) -> Table:
    """One row for each finding: its verdict, what it has of what each axis needs, its flags, its statement.

    At a glance the flags stand without their values, to fit a terminal.
    """
    columns: Columns = {
        "finding": "id",
        "verdict": lambda found: name_verdict(found, "en"),
        **each(AXES, lambda axis, found: f"{_bounds(found.axes[axis])}/{found.axes[axis].minimum}"),
        "flags": lambda found: " ".join(dict.fromkeys(_brief(flag, glance=glance) for flag in found.flags)),
        "statement": lambda found: _statement(found, study, study.settings.language),
    }
    return lay_out(columns, triangulation.findings, spare=(*reversed(AXES), "statement"))


def _brief(flag: Flag, *, glance: bool) -> str:
    """Such as T16:PU-B, or F01a/T05:owner of a part; at a glance the code alone, but for who is on both sides."""
    said = flag.code if not flag.value or (glance and flag.code != "T16") else f"{flag.code}:{flag.value}"
    return said if glance or not flag.part else f"{flag.part}/{said}"


def _bounds(axis: AxisResult) -> str:
    """What there is, such as 3, or 1-2 where it is known only within bounds."""
    return f"{axis.count}-{axis.upper}" if axis.upper > axis.count else str(axis.count)


def _statement(found: FindingTriangulation, study: Study, language: str) -> str:
    return study.findings.by_id[found.id].statement.say(language)


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
    names = ("finding", *columns, "assessment", "pairs agreeing", "columns covering")
    return make_table(names, rows, spare=names[:-3:-1])


def explain_finding(found: FindingTriangulation, study: Study, language: str) -> str:
    """Paragraphs for a person to read."""
    said = say_all(SAYINGS, language)
    parts = [
        f"{found.id}  {_statement(found, study, language)}\n{said['verdict']}: {name_verdict(found, language)}"
    ]
    if found.parts:
        told = (
            f"{part.id}  {name_verdict(part, language)}: {_statement(part, study, language)}"
            for part in found.parts
        )
        parts.append(_section(said["parts"].format(worst=found.worst_part), told))
    sides = {name: getattr(found, name) for name in SIDES}
    parts += [_section(said[name], _quote(rows, study, language)) for name, rows in sides.items() if rows]
    if found.not_counted:
        told = (f"{one.id}  {one.ref}: {say(REASONS[one.reason], language)}" for one in found.not_counted)
        parts.append(_section(said["not_counted"], told))
    parts.append(_section(said["axes"], _axes(found, study, language)))
    parts.append(_section(said["convergence"], _convergence(found, study, language)))
    flags = (
        f"{flag.code}  {label_flag(flag, study, language)}\n     {said['lift']}: {lift(flag, found, study, language)}"
        for flag in found.flags
    )
    parts.append(_section(said["flags"], flags) if found.flags else said["no_flags"])
    return "\n\n".join(parts)


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}:", *(f"  {line}" for line in lines)])


def _quote(rows: Iterable[Evidence], study: Study, language: str) -> Iterator[str]:
    for row in rows:
        kind = label_of("type", row.type, study, language) if row.type else ""
        who = ", ".join(filter(None, (row.who, kind, label_of("method", row.method, study, language))))
        when = f", {say_when(row.date, language)}" if row.date else ""
        yield f"{row.id}  “{one_line(row.quote)}”\n      {row.ref}: {who}{when}"


def _axes(found: FindingTriangulation, study: Study, language: str) -> Iterator[str]:
    said = say_all(SAYINGS, language)
    for name in AXES:
        axis = found.axes[name]
        values = ", ".join(label_of(name, value, study, language) for value in axis.values)
        asked = said["needed"].format(number=axis.minimum) if axis.required else said["not_required"]
        line = f"{say(AXIS_WORDS[name], language)}: {_bounds(axis)} ({asked}), {say(STATUSES[axis.status], language)}"
        yield f"{line}: {values}" if values else line
    for extra_name, extra in found.extras.items():
        named = f": {', '.join(extra.values)}" if extra.values else ""
        yield f"{say(EXTRAS[extra_name], language)}: {said[extra.status]}{named}"


def _convergence(found: FindingTriangulation, study: Study, language: str) -> Iterator[str]:
    convergence = found.convergence
    for name, cell in convergence.cells.items():
        yield f"{label_of('type', name, study, language)}: {say(STANCES[cell], language)}"
    yield f"{say(SAYINGS['assessment'], language)}: {say(ASSESSMENTS[convergence.assessment], language)}"


def answer_plan(plan: Plan, triangulation: Triangulation, study: Study, language: str) -> dict[str, Any]:
    """Steps with what each brings, what is left for the desk, and what no step reaches."""
    step: Columns = {
        "ask": "kind", **same("value heard"), "what": lambda one: _what(one, study, language),
        "gains": lambda one: objects(same("finding axes complete"), one.gains),
    }  # fmt: skip
    desk = [
        {
            "finding": finding,
            "flag": flag.code,
            "lift": lift(flag, triangulation.by_id[finding], study, language),
        }
        for finding, flag in plan.at_the_desk
    ]
    return {"steps": objects(step, plan.steps), "at_the_desk": desk, "out_of_reach": plan.out_of_reach}


def table_plan(plan: Plan, study: Study, language: str) -> Table:
    """One row for each step: what to do, for which findings, and which lack nothing after it."""
    said, axes = say_all(SAYINGS, language), say_all(AXIS_WORDS, language)
    rows = (
        (
            number,
            _what(step, study, language),
            "; ".join(f"{one.finding} ({', '.join(axes[axis] for axis in one.axes)})" for one in step.gains),
            ", ".join(one.finding for one in step.gains if one.complete),
        )
        for number, step in enumerate(plan.steps, 1)
    )
    names = ("step", said["do"], said["for"], said["complete"])
    return make_table(names, rows, spare=names[:1:-1])


def _what(step: Step, study: Study, language: str) -> str:
    said = say_all(SAYINGS, language)
    if step.kind == "method":
        return said[f"gather_{step.value}"]
    return said["ask" if step.heard else "ask_first"].format(
        type=label_of("type", step.value, study, language)
    )


def tell_rest(plan: Plan, triangulation: Triangulation, study: Study, language: str) -> Iterator[str]:
    """What no visit is needed for, and what no single word lifts."""
    said = say_all(SAYINGS, language)
    if plan.at_the_desk:
        yield said["at_the_desk"] + ":"
        for finding, flag in plan.at_the_desk:
            yield f"  {finding} {flag.code}: {lift(flag, triangulation.by_id[finding], study, language)}"
    if plan.out_of_reach:
        yield said["out_of_reach"].format(findings=", ".join(plan.out_of_reach))
    yield said["caveat"]


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
    lang: LangOption = None,
) -> None:
    """Source and method triangulation: who and what supports each finding, and what is missing."""
    root, asked, reduction = read_evidence(study, FOUNDATIONS)
    whole = choose_profile(asked, profile) if profile else asked
    language = choose_language(whole, lang)
    result = triangulate_study(whole, reduction, by or "type")
    tell_doubts(reduction)
    if finding:
        _show_finding(finding, result, whole, format_, language)
    elif plan:
        visit = plan_visit(whole, result)
        show(table_plan(visit, whole, language), format_, lambda: answer_plan(visit, result, whole, language))
        if format_ is Format.table:
            show_text("\n".join(["", *tell_rest(visit, result, whole, language)]))
    else:
        _show_verdicts(result, whole, format_, by, language)
    require_sound(root, asked, CITATIONS)
    lines = failing(result, whole.settings.triangulation.profile) if strict else []
    lines += unexpected(result, whole) if expect else []
    for line in lines:
        tell(line)
    if lines:
        raise typer.Exit(1)


def _show_finding(name: str, result: Triangulation, study: Study, format_: Format, lang: Language) -> None:
    """One finding, as paragraphs for a person to read; in JSON with its statement and what would lift each flag."""
    found = result.by_id.get(name)
    if found is None:
        hint = did_you_mean(name, result.by_id)
        raise StudyError([Problem(Place(FINDINGS), "unknown-finding", f"there is no finding `{name}`", hint)])
    if format_ is Format.table:
        show_text(explain_finding(found, study, lang))
        return
    answer = {"statement": _statement(found, study, lang), **object_of(FINDING, found)}
    for flag, said in zip(found.flags, answer["flags"], strict=True):
        said["lift"] = lift(flag, found, study, lang)
    show(table_verdicts(replace(result, findings=(found,)), study), format_, lambda: answer)


def _show_verdicts(
    result: Triangulation, study: Study, format_: Format, by: By | None, language: Language
) -> None:
    table = table_convergence(result) if by else table_verdicts(result, study, glance=format_ is Format.table)
    show(table, format_, lambda: answer_triangulation(result))
    if format_ is Format.table:
        if result.notes and not by:
            show_text(
                "\n".join(
                    ["", *(f"{note.code}  {label_flag(note, study, language)}" for note in result.notes)]
                )
            )
        progress("\n`qda triangulate F01` explains a finding; `--plan` says what would lift most of them.")


def choose_profile(study: Study, profile: Profile) -> Study:
    """The study with another profile of triangulation, whatever its settings require."""
    rules = study.settings.triangulation.model_copy(update={"profile": profile, "require": None})
    return replace(study, settings=study.settings.model_copy(update={"triangulation": rules}))
