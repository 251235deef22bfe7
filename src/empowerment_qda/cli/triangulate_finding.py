"""One finding in plain words: what supports it and whose, what each axis has and lacks, what would lift each flag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.cli.triangulate import answer_finding
from empowerment_qda.labels import label_flag, label_of, say_when
from empowerment_qda.locale import say, say_all
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import AXES, Study
from empowerment_qda.model.triangulation import FindingTriangulation, Plan, Step, Triangulation
from empowerment_qda.triangulation.advice import lift
from empowerment_qda.words import ASSESSMENTS, EXTRAS, REASONS, SAYINGS, STANCES, STATUSES, name_verdict
from empowerment_qda.words import AXES as AXIS_WORDS


def answer_explanation(found: FindingTriangulation, study: Study, language: str) -> dict[str, Any]:
    """The finding as in the contract, with its statement and what would lift each flag."""
    answer = answer_finding(found)
    for flag, said in zip(found.flags, answer["flags"], strict=True):
        said["lift"] = lift(flag, found, study, language)
    return {"statement": _statement(found, study, language), **answer}


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
    sides = (
        ("supporting", found.supporting),
        ("contradicting", found.contradicting),
        ("qualifying", found.qualifying),
        ("inferred", found.inferred),
    )
    parts += [_section(said[name], _quote(rows, study, language)) for name, rows in sides if rows]
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


def _statement(found: FindingTriangulation, study: Study, language: str) -> str:
    return study.findings.by_id[found.id].statement.say(language)


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{title}:", *(f"  {line}" for line in lines)])


def _quote(rows: Iterable[Evidence], study: Study, language: str) -> Iterator[str]:
    for row in rows:
        kind = label_of("type", row.type, study, language) if row.type else ""
        who = ", ".join(filter(None, (row.who, kind, label_of("method", row.method, study, language))))
        when = f", {say_when(row.date, language)}" if row.date else ""
        yield f"{row.id}  “{' '.join(row.quote.split())}”\n      {row.ref}: {who}{when}"


def _axes(found: FindingTriangulation, study: Study, language: str) -> Iterator[str]:
    said = say_all(SAYINGS, language)
    for name in AXES:
        axis = found.axes[name]
        bounds = f"{axis.count}-{axis.upper}" if axis.upper > axis.count else str(axis.count)
        values = ", ".join(label_of(name, value, study, language) for value in axis.values)
        asked = said["needed"].format(number=axis.minimum) if axis.required else said["not_required"]
        line = (
            f"{say(AXIS_WORDS[name], language)}: {bounds} ({asked}), {say(STATUSES[axis.status], language)}"
        )
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
    return {
        "steps": [
            {
                "ask": step.kind,
                "value": step.value,
                "heard": step.heard,
                "what": _what(step, study, language),
                "gains": [
                    {"finding": one.finding, "axes": list(one.axes), "complete": one.complete}
                    for one in step.gains
                ],
            }
            for step in plan.steps
        ],
        "at_the_desk": [
            {
                "finding": finding,
                "flag": flag.code,
                "lift": lift(flag, triangulation.by_id[finding], study, language),
            }
            for finding, flag in plan.at_the_desk
        ],
        "out_of_reach": list(plan.out_of_reach),
    }


def table_plan(plan: Plan, study: Study, language: str) -> Table:
    """One row for each step: what to do, for which findings, and which lack nothing after it."""
    rows = (
        (
            number,
            _what(step, study, language),
            "; ".join(
                f"{one.finding} ({', '.join(say(AXIS_WORDS[axis], language) for axis in one.axes)})"
                for one in step.gains
            ),
            ", ".join(one.finding for one in step.gains if one.complete),
        )
        for number, step in enumerate(plan.steps, 1)
    )
    said = say_all(SAYINGS, language)
    return make_table(("step", said["do"], said["for"], said["complete"]), rows)


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
