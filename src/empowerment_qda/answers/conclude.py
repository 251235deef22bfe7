"""What `qda conclude` answers and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from empowerment_qda.answers.table import Cell, Table, format_csv, make_table
from empowerment_qda.folder.write import format_yaml
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, RivalConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Findings
from empowerment_qda.words_of_tactics import say_tactic

SIDES = ("supporting", "contradicting", "qualifying", "inferred")


def answer_conclusions(conclusions: Conclusions, language: str) -> dict[str, Any]:
    """Every finding with its passages, its rivals and what was checked; then what concerns the study."""
    return {
        "findings": [_finding(found, language) for found in conclusions.findings],
        "tactics": [_tactic(one, language) for one in conclusions.tactics],
    }


def _finding(found: FindingConclusion, language: str) -> dict[str, Any]:
    return {
        "id": found.finding.id,
        "statement": found.finding.statement.say(language),
        "dimension": found.finding.dimension,
        "draft": found.finding.draft,
        "counts": {side: _count(rows) for side, rows in found.sides.items()},
        **{side: [_passage(row) for row in rows] for side, rows in found.sides.items()},
        "rivals": [_rival(one, language) for one in found.rivals],
        "tactics": [_tactic(one, language) for one in found.tactics],
    }


def _count(rows: tuple[Evidence, ...]) -> dict[str, int]:
    informants = count_informants(rows)
    return {"informants": informants.lower, "informants_at_most": informants.upper, "segments": len(rows)}


def _passage(row: Evidence) -> dict[str, Any]:
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
        "supporting": [_passage(row) for row in rival.supporting],
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
    return make_table(("finding", *SIDES, "rivals", "look again", "statement"), rows)


def table_counts(conclusions: Conclusions, language: str) -> Table:
    """One row for each finding, every count in a column of its own: a spreadsheet takes `1 / 2` for a date."""
    names = ("informants", "informants_at_most", "segments")
    counts = [f"{side}_{name}" for side in SIDES for name in names]
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
