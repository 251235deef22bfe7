"""What `qda conclude` answers and writes."""

from __future__ import annotations

from typing import Any

from empowerment_qda.answers.table import Table, format_csv, format_markdown, make_table
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion, RivalConclusion, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants

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
        "values": dict(tactic.values),
        "refs": list(tactic.refs),
    }


def table_conclusions(conclusions: Conclusions, language: str) -> Table:
    """One row for each finding: informants / segments on each side, and its rivals."""
    rows = (
        (
            found.finding.id,
            *(_mark(rows) for rows in found.sides.values()),
            ", ".join(f"{rival.id} {rival.standing}" for rival in found.rivals),
            found.finding.statement.say(language),
        )
        for found in conclusions.findings
    )
    return make_table(("finding", *SIDES, "rivals", "statement"), rows)


def _mark(rows: tuple[Evidence, ...]) -> str:
    """Such as `2 / 5`: informants, then segments; `-` where there is none."""
    return f"{count_informants(rows)} / {len(rows)}" if rows else "-"


def files_of_conclusions(conclusions: Conclusions, language: str) -> dict[str, str]:
    """File names under reports/ and their text."""
    table = table_conclusions(conclusions, language)
    return {
        "conclusions/conclusions.csv": format_csv(table),
        "conclusions/conclusions.md": format_markdown(table),
    }
