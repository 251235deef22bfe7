"""`qda conclude`: what stands for and against each finding, as tables, JSON and Markdown; a first draft of findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    LangOption,
    StudyOption,
    choose_language,
    read_evidence,
    tell_doubts,
    write_reports,
)
from empowerment_qda.cli.tables import (
    Columns,
    Table,
    each,
    format_csv,
    format_markdown,
    lay_out,
    make_table,
    object_of,
    objects,
    same,
)
from empowerment_qda.conclusions import conclude_study, draft_findings
from empowerment_qda.conclusions.tactic_names import (
    HEADINGS,
    OUTCOMES,
    SIDES,
    STANDINGS,
    TACTICS,
    Label,
    say_tactic,
)
from empowerment_qda.files.border import look
from empowerment_qda.files.read import FINDINGS, enter_study
from empowerment_qda.files.write import format_yaml, write_text
from empowerment_qda.labels import label_of
from empowerment_qda.locale import say, say_all
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.text import escape_markdown

SIDES_COUNTED = ("supporting", "contradicting", "qualifying", "inferred")
PASSAGE = same("id ref quote code informant type method date")


def files_of_conclusions(conclusions: Conclusions, study: Study, language: str) -> dict[str, str]:
    """File names under reports/ and their text: every finding with its passages in full and what was checked, and tables."""
    return {
        "conclusions/conclusions.md": format_conclusions(conclusions, study, language),
        "conclusions/conclusions.csv": format_csv(table_conclusions(conclusions, language, counts=True)),
        "conclusions/passages.csv": format_csv(table_passages(conclusions)),
        "conclusions/tactics.csv": format_csv(table_tactics(conclusions, language)),
    }


def format_conclusions(conclusions: Conclusions, study: Study, language: str) -> str:
    """Findings, passages and tactics as Markdown, in a language (`en` or `id`; English where there is none)."""
    said = say_all(HEADINGS, language)
    label = partial(label_of, study=study, language=language)
    blocks = [
        f"# {said['title']}: {escape_markdown(study.settings.title.say(language))}",
        *([f"**{said['only_suggestions']}**"] if study.only_auto else []),
        said["note"],
    ]
    for found in conclusions.findings:
        blocks += _finding(found, language, label)
    blocks += [f"## {said['whole']}", _tactics(conclusions.tactics, language, label)]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _finding(found: FindingConclusion, language: str, label: Label) -> Iterator[str]:
    said, finding = say_all(HEADINGS, language), found.finding
    yield f"## {escape_markdown(finding.id)}. {escape_markdown(finding.statement.say(language))}"
    if finding.dimension:
        yield f"{said['dimension']}: {escape_markdown(label('code', finding.dimension))}"
    if not any(found.sides.values()):
        yield said["nothing"]
    for side, rows in found.sides.items():
        if rows:
            yield f"### {say(SIDES[side], language)}: {_say_counts(rows, said)}"
            yield from (_passage(row, label) for row in rows)
    for rival in found.rivals:
        statement = escape_markdown(rival.statement.say(language))
        yield f"### {said['rival']} {escape_markdown(rival.id)}: {statement}"
        yield f"{say(STANDINGS[rival.standing], language)}; {_say_counts(rival.supporting, said)}"
        yield from (_passage(row, label) for row in rival.supporting)
    yield f"### {said['checked']}"
    yield _tactics(found.tactics, language, label)


def _say_counts(rows: tuple[Evidence, ...], said: Mapping[str, str]) -> str:
    return said["counts"].format(informants=count_informants(rows), passages=len(rows))


def _passage(row: Evidence, label: Label) -> str:
    """The words in full, one quoted line for each line of theirs; then who, when, how and where."""
    lines = [f"> “{escape_markdown(line)}”  " for line in row.quote.split("\n") if line.strip()]
    kind = label("type", row.type) if row.type else None
    told = filter(
        None, (row.informant, kind, label("method", row.method), str(row.date or ""), row.ref, row.id)
    )
    return "\n".join(
        [*lines, f"> {escape_markdown(' · '.join(told))} · {escape_markdown(label('code', row.code))}"]
    )


def _tactics(tactics: Iterable[Tactic], language: str, label: Label) -> str:
    said = say_all(HEADINGS, language)
    columns: Columns = {
        said["tactic"]: lambda one: say(TACTICS[one.name], language),
        said["outcome"]: lambda one: say(OUTCOMES[one.outcome], language),
        said["result"]: lambda one: say_tactic(one, language, label),
    }
    return format_markdown(lay_out(columns, tactics))


def answer_conclusions(conclusions: Conclusions, language: str) -> dict[str, Any]:
    """Every finding with its passages, its rivals and what was checked; then what concerns the study."""
    tactic: Columns = {
        **same("name outcome"), "result": "words", "message": lambda one: say_tactic(one, language),
        "values": lambda one: dict(one.values), "refs": "refs",
    }  # fmt: skip
    rival: Columns = {
        "id": "id", "statement": lambda one: one.statement.say(language), "standing": "standing",
        "counts": lambda one: _count(one.supporting), "supporting": lambda one: objects(PASSAGE, one.supporting),
    }  # fmt: skip
    finding: Columns = {
        "id": "finding.id", "statement": lambda one: one.finding.statement.say(language),
        "dimension": "finding.dimension", "draft": "finding.draft",
        "counts": lambda one: {side: _count(rows) for side, rows in one.sides.items()},
        **each(SIDES_COUNTED, lambda side, one: objects(PASSAGE, one.sides[side])),
        "rivals": lambda one: objects(rival, one.rivals), "tactics": lambda one: objects(tactic, one.tactics),
    }  # fmt: skip
    return {
        "findings": objects(finding, conclusions.findings),
        "tactics": objects(tactic, conclusions.tactics),
    }


def _count(rows: tuple[Evidence, ...]) -> dict[str, int]:
    informants = count_informants(rows)
    return {"informants": informants.lower, "informants_at_most": informants.upper, "segments": len(rows)}


def table_conclusions(conclusions: Conclusions, language: str, *, counts: bool = False) -> Table:
    """One row for each finding: informants / segments on each side, such as `2 / 5`, its rivals, and what to look at again.

    With `counts` every count has a column of its own: a spreadsheet takes `1 / 2` for a date.
    """
    sides = each(SIDES_COUNTED, lambda side, one: _mark(one.sides[side]))
    if counts:
        sides = {
            f"{side}_{name}": partial(_count_one, side, name) for side in SIDES_COUNTED for name in _count(())
        }
    columns: Columns = {
        "finding": "finding.id",
        **sides,
        "rivals": lambda one: [f"{rival.id} {rival.standing}" for rival in one.rivals],
        "look_again" if counts else "look again": lambda one: list(
            dict.fromkeys(tactic.name for tactic in one.tactics if tactic.outcome in ("doubtful", "fails"))
        ),
        "statement": lambda one: one.finding.statement.say(language),
    }
    spare = ("inferred", "qualifying", "rivals", "look_again" if counts else "look again")
    return lay_out(columns, conclusions.findings, spare=() if counts else spare)


def _count_one(side: str, name: str, found: FindingConclusion) -> int:
    return _count(found.sides[side])[name]


def _mark(rows: tuple[Evidence, ...]) -> str:
    return f"{count_informants(rows)} / {len(rows)}" if rows else "-"


def table_passages(conclusions: Conclusions) -> Table:
    """One row for each passage on each side of each finding, and for each that supports a rival."""
    rows = (
        {"finding": found.finding.id, "side": side, **object_of(PASSAGE, row)}
        for found in conclusions.findings
        for side, passages in (
            *found.sides.items(),
            *((f"rival {rival.id}", rival.supporting) for rival in found.rivals),
        )
        for row in passages
    )
    names = ("finding", "side", "ref", "id", "informant", "type", "method", "date", "code", "quote")
    return make_table(names, ([row[name] for name in names] for row in rows))


def table_tactics(conclusions: Conclusions, language: str) -> Table:
    """One row for each tactic of each finding, and for each of the study (`finding` is empty)."""
    told: Iterable[tuple[str | None, Tactic]] = [
        *((found.finding.id, one) for found in conclusions.findings for one in found.tactics),
        *((None, one) for one in conclusions.tactics),
    ]
    rows = (
        (name, one.name, one.outcome, say_tactic(one, language), " ".join(one.refs)) for name, one in told
    )
    return make_table(("finding", "tactic", "outcome", "result", "refs"), rows)


def format_draft(findings: Findings) -> str:
    """The text of a findings file; reading it back gives the same findings."""
    value = findings.model_dump(mode="json", exclude_defaults=True)
    return format_yaml(value, "yaml-language-server: $schema=schemas/findings.schema.json")


def conclude(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    lang: LangOption = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Write a first findings.yaml from what is coded; never over an old one."
        ),
    ] = False,
) -> None:
    """Conclusion drawing and verification: what stands for and against each finding, and what was checked."""
    if draft:
        _write_draft(study)
    root, whole, reduction = read_evidence(study, FOUNDATIONS + CITATIONS)
    language = choose_language(whole, lang)
    conclusions = conclude_study(whole, reduction)
    write_reports(root, files_of_conclusions(conclusions, whole, language))
    tell_doubts(reduction)
    table = table_conclusions(conclusions, language, counts=format_ is Format.csv)
    show(table, format_, lambda: answer_conclusions(conclusions, language))


def _write_draft(study: Path | None) -> None:
    """findings.yaml from the coded evidence; StudyError where there is one already, or nothing is coded."""
    root = enter_study(study)
    if look(root, FINDINGS):
        raise StudyError([Problem(Place(FINDINGS), "exists", "there are findings already, and they are kept",
                                  "Leave `--draft` out, or move the file away first.")])  # fmt: skip
    _, whole, reduction = read_evidence(study)
    findings = draft_findings(whole, reduction)
    if not findings.findings:
        hint = "Code first: `qda code` suggests, `qda code --review --coder NAME` is for a person."
        raise StudyError([Problem(Place("codings"), "nothing-coded", "no counted coding has a place", hint)])
    write_text(root, FINDINGS, format_draft(findings))
    tell(f"{len(findings.findings)} draft findings in {FINDINGS}: reword each, then delete its `draft` line.")
