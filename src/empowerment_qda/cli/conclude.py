"""reports/conclusions/conclusions.md: every finding with its passages in full and what was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    Language,
    StudyOption,
    tell_doubts,
    write_reports,
)
from empowerment_qda.cli.tables import Cell, Table, format_csv, format_markdown, make_table
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
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.border import look
from empowerment_qda.files.read import FINDINGS, find_study, open_study
from empowerment_qda.files.write import format_yaml, write_text
from empowerment_qda.labels import label_of
from empowerment_qda.locale import say
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, RivalConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.text import escape_markdown


def files_of_conclusions(conclusions: Conclusions, study: Study, language: str) -> dict[str, str]:
    """File names under reports/ and their text."""
    return {
        "conclusions/conclusions.md": format_conclusions(conclusions, study, language),
        **tables_of_conclusions(conclusions, language),
    }


def format_conclusions(conclusions: Conclusions, study: Study, language: str) -> str:
    """The whole file in a language (`en` or `id`; English where there is none)."""

    def label(kind: str, name: str) -> str:
        return label_of(kind, name, study, language)

    title = study.settings.title.say(language)
    blocks = [
        f"# {_heading('title', language)}: {escape_markdown(title)}",
        *([f"**{_heading('only_suggestions', language)}**"] if study.only_auto else []),
        _heading("note", language),
    ]
    for found in conclusions.findings:
        blocks += _finding(found, language, label)
    blocks += [f"## {_heading('whole', language)}", _tactics(conclusions.tactics, language, label)]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _heading(name: str, language: str) -> str:
    return say(HEADINGS[name], language)


def _finding(found: FindingConclusion, language: str, label: Label) -> Iterator[str]:
    finding = found.finding
    yield f"## {escape_markdown(finding.id)}. {escape_markdown(finding.statement.say(language))}"
    if finding.dimension:
        yield f"{_heading('dimension', language)}: {escape_markdown(label('code', finding.dimension))}"
    if not any(found.sides.values()):
        yield _heading("nothing", language)
    for side, rows in found.sides.items():
        if rows:
            yield f"### {say(SIDES[side], language)}: {_counts(rows, language)}"
            yield from (_passage(row, label) for row in rows)
    for rival in found.rivals:
        statement = escape_markdown(rival.statement.say(language))
        yield f"### {_heading('rival', language)} {escape_markdown(rival.id)}: {statement}"
        yield f"{say(STANDINGS[rival.standing], language)}; {_counts(rival.supporting, language)}"
        yield from (_passage(row, label) for row in rival.supporting)
    yield f"### {_heading('checked', language)}"
    yield _tactics(found.tactics, language, label)


def _counts(rows: tuple[Evidence, ...], language: str) -> str:
    return _heading("counts", language).format(informants=count_informants(rows), passages=len(rows))


def _passage(row: Evidence, label: Label) -> str:
    """The words in full, one quoted line for each line of theirs; then who, when, how and where."""
    lines = [f"> “{escape_markdown(line)}”  " for line in row.quote.split("\n") if line.strip()]
    who = label("type", row.type) if row.type else None
    told = (
        row.informant,
        who,
        label("method", row.method),
        str(row.date) if row.date else None,
        row.ref,
        row.id,
    )
    return "\n".join([*lines, f"> {escape_markdown(' · '.join(one for one in told if one))} · "
                              f"{escape_markdown(label('code', row.code))}"])  # fmt: skip


def _tactics(tactics: Iterable[Tactic], language: str, label: Label) -> str:
    columns = tuple(_heading(name, language) for name in ("tactic", "outcome", "result"))
    rows = (
        (
            say(TACTICS[one.name], language),
            say(OUTCOMES[one.outcome], language),
            say_tactic(one, language, label),
        )
        for one in tactics
    )
    return format_markdown(make_table(columns, rows))


COUNTED_SIDES = ("supporting", "contradicting", "qualifying", "inferred")


def answer_conclusions(conclusions: Conclusions, language: str) -> dict[str, Any]:
    """Every finding with its passages, its rivals and what was checked; then what concerns the study."""
    return {
        "findings": [_finding_conclude(found, language) for found in conclusions.findings],
        "tactics": [_tactic(one, language) for one in conclusions.tactics],
    }


def _finding_conclude(found: FindingConclusion, language: str) -> dict[str, Any]:
    return {
        "id": found.finding.id,
        "statement": found.finding.statement.say(language),
        "dimension": found.finding.dimension,
        "draft": found.finding.draft,
        "counts": {side: _count(rows) for side, rows in found.sides.items()},
        **{side: [_passage_conclude(row) for row in rows] for side, rows in found.sides.items()},
        "rivals": [_rival(one, language) for one in found.rivals],
        "tactics": [_tactic(one, language) for one in found.tactics],
    }


def _count(rows: tuple[Evidence, ...]) -> dict[str, int]:
    informants = count_informants(rows)
    return {"informants": informants.lower, "informants_at_most": informants.upper, "segments": len(rows)}


def _passage_conclude(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.id,
        "ref": row.ref,
        "quote": row.quote,
        "code": row.code,
        "informant": row.informant,
        "type": row.type,
        "method": row.method,
        "date": str(row.date) if row.date else None,
    }


def _rival(rival: RivalConclusion, language: str) -> dict[str, Any]:
    return {
        "id": rival.id,
        "statement": rival.statement.say(language),
        "standing": rival.standing,
        "counts": _count(rival.supporting),
        "supporting": [_passage_conclude(row) for row in rival.supporting],
    }


def _tactic(tactic: Tactic, language: str) -> dict[str, Any]:
    return {
        "name": tactic.name,
        "outcome": tactic.outcome,
        "result": tactic.words,
        "message": say_tactic(tactic, language),
        "values": dict(tactic.values),
        "refs": list(tactic.refs),
    }


def table_conclusions(conclusions: Conclusions, language: str) -> Table:
    """One row for each finding: informants / segments on each side, its rivals, and what to look at again."""
    rows = (
        (
            found.finding.id,
            *(_mark(rows) for rows in found.sides.values()),
            ", ".join(f"{rival.id} {rival.standing}" for rival in found.rivals),
            ", ".join(
                dict.fromkeys(one.name for one in found.tactics if one.outcome in ("doubtful", "fails"))
            ),
            found.finding.statement.say(language),
        )
        for found in conclusions.findings
    )
    return make_table(("finding", *COUNTED_SIDES, "rivals", "look again", "statement"), rows)


def table_counts(conclusions: Conclusions, language: str) -> Table:
    """One row for each finding, every count in a column of its own: a spreadsheet takes `1 / 2` for a date."""
    names = ("informants", "informants_at_most", "segments")
    counts = [f"{side}_{name}" for side in COUNTED_SIDES for name in names]
    rows: Iterable[Sequence[Cell]] = (
        (row[0], *(_count(rows)[name] for rows in found.sides.values() for name in names), *row[-3:])
        for row, found in zip(
            table_conclusions(conclusions, language).rows, conclusions.findings, strict=True
        )
    )
    return make_table(("finding", *counts, "rivals", "look_again", "statement"), rows)


def _mark(rows: tuple[Evidence, ...]) -> str:
    """Such as `2 / 5`: informants, then segments; `-` where there is none."""
    return f"{count_informants(rows)} / {len(rows)}" if rows else "-"


def table_passages(conclusions: Conclusions) -> Table:
    """One row for each passage on each side of each finding, and for each that supports a rival."""
    columns = ("finding", "side", "ref", "id", "informant", "type", "method", "date", "code", "quote")
    return make_table(columns, (row for found in conclusions.findings for row in _passages(found)))


def _passages(found: FindingConclusion) -> Iterator[tuple[str | None, ...]]:
    sides = [*found.sides.items(), *((f"rival {rival.id}", rival.supporting) for rival in found.rivals)]
    for side, rows in sides:
        for row in rows:
            date = str(row.date) if row.date else None
            who = (row.informant, row.type, row.method, date)
            yield (found.finding.id, side, row.ref, row.id, *who, row.code, row.quote)


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


def tables_of_conclusions(conclusions: Conclusions, language: str) -> dict[str, str]:
    """CSV file names under reports/ and their text."""
    return {
        "conclusions/conclusions.csv": format_csv(table_counts(conclusions, language)),
        "conclusions/passages.csv": format_csv(table_passages(conclusions)),
        "conclusions/tactics.csv": format_csv(table_tactics(conclusions, language)),
    }


def format_draft(findings: Findings) -> str:
    """The text of a findings file; reading it back gives the same findings."""
    value = findings.model_dump(mode="json", exclude_defaults=True)
    return format_yaml(value, "yaml-language-server: $schema=schemas/findings.schema.json")


def conclude(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of results; else that of the study.")
    ] = None,
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
    root, whole = open_study(study, FOUNDATIONS + CITATIONS)
    language = lang or whole.settings.language
    reduction = reduce_study(whole)
    conclusions = conclude_study(whole, reduction)
    write_reports(root, files_of_conclusions(conclusions, whole, language))
    tell_doubts(reduction)
    table = table_counts if format_ is Format.csv else table_conclusions
    show(table(conclusions, language), format_, lambda: answer_conclusions(conclusions, language))


def _write_draft(study: Path | None) -> None:
    """findings.yaml from the coded evidence; StudyError where there is one already, or nothing is coded."""

    root = find_study(study or Path())
    if look(root, FINDINGS):
        raise StudyError([Problem(Place(FINDINGS), "exists", "there are findings already, and they are kept",
                                  "Leave `--draft` out, or move the file away first.")])  # fmt: skip
    _, whole = open_study(study)
    findings = draft_findings(whole, reduce_study(whole))
    if not findings.findings:
        hint = "Code first: `qda code` suggests, `qda code --review --coder NAME` is for a person."
        raise StudyError([Problem(Place("codings"), "nothing-coded", "no counted coding has a place", hint)])
    write_text(root, FINDINGS, format_draft(findings))
    tell(f"{len(findings.findings)} draft findings in {FINDINGS}: reword each, then delete its `draft` line.")
