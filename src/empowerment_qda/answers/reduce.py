"""What `qda reduce` answers and writes."""

from __future__ import annotations

from typing import Any

from empowerment_qda.answers.table import Cell, Table, make_table
from empowerment_qda.model.evidence import Evidence, Reduction, SourceSummary, all_restated
from empowerment_qda.words_of_saturation import EXCERPTS

COLUMNS = (
    "id", "source", "turn", "start", "end", "quote", "code", "dimension", "aspect", "direction", "informant",
    "type", "group", "method", "date", "coder", "strength", "end_turn", "path", "event_date", "producer", "memo",
)  # fmt: skip


def answer_reduction(reduction: Reduction) -> dict[str, Any]:
    """The JSON of the contract, with what was left uncoded and what could not be placed."""
    return {
        "evidence": [_evidence(row) for row in reduction.evidence],
        **answer_sources(reduction),
        "unplaced": [
            {
                "id": one.id,
                "source": one.source,
                "turn": one.turn,
                "coder": one.coder,
                "code": one.code,
                "quote": one.quote,
                "state": one.reason,
            }
            for one in reduction.not_counted
        ],
        "coders": list(reduction.coders),
        "only_suggestions": reduction.only_auto,
    }


def answer_sources(reduction: Reduction) -> dict[str, Any]:
    """Every source with how much of it is coded, and what that cannot tell."""
    return {"sources": [_source(summary) for summary in reduction.sources], "notes": _list_notes(reduction)}


def _list_notes(reduction: Reduction) -> list[str]:
    return [EXCERPTS] if all_restated(reduction.sources) else []


def _evidence(row: Evidence) -> dict[str, Any]:
    several = {"informants": list(row.informants)} if len(row.witnesses) > 1 else {}
    return dict(zip(COLUMNS, _row(row), strict=True)) | several


def _row(row: Evidence) -> tuple[Cell, ...]:
    found = {name: getattr(row, name) for name in COLUMNS}
    return tuple(
        str(value) if name in ("date", "event_date") and value else value for name, value in found.items()
    )


def _source(summary: SourceSummary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "method": summary.method,
        "informants": list(summary.informants),
        "type": summary.type,
        "group": summary.group,
        "date": str(summary.date) if summary.date else None,
        "turns": summary.turns,
        "coded_turns": summary.coded_turns,
        "segments": summary.segments,
        "coded_share": round(summary.coded_share, 4),
        "codes": list(summary.codes),
        "provenance": summary.provenance,
        "uncoded": [{"turn": one.turn, "text": one.text} for one in summary.uncoded if not one.coders],
        "left_out": [
            {"turn": one.turn, "text": one.text, "coders": list(one.coders), "reason": one.reason}
            for one in summary.uncoded
            if one.coders
        ],
    }


def table_evidence(reduction: Reduction) -> Table:
    """One row for each coded passage."""
    return make_table(COLUMNS, (_row(row) for row in reduction.evidence), "Evidence")


def table_sources(reduction: Reduction) -> Table:
    """One row for each source: what it gave and how much of it is coded."""
    columns = ("source", "method", "informants", "type", "date", "turns", "segments", "codes", "coded share")
    rows = (
        (one.id, one.method, ", ".join(one.informants), one.type, str(one.date or ""), one.turns, one.segments,
         len(one.codes), one.coded_share)
        for one in reduction.sources
    )  # fmt: skip
    restated = " (restated excerpts: the coded share says nothing of the fieldwork)"
    return make_table(columns, rows, f"Sources{restated * all_restated(reduction.sources)}")


def table_glance(reduction: Reduction) -> Table:
    """The evidence as it fits a terminal: where, who, which code, which words."""
    rows = (
        (row.id, row.ref, row.who or row.method, row.code, " ".join(row.quote.split()))
        for row in reduction.evidence
    )
    return make_table(("id", "turn", "who", "code", "quote"), rows, "Evidence")


def summarise_reduction(reduction: Reduction) -> str:
    """How much there is and how many answers are uncoded or left out on purpose; what excerpts cannot tell."""
    uncoded = [one for summary in reduction.sources for one in summary.uncoded]
    left_out = sum(bool(one.coders) for one in uncoded)
    apart = f", {left_out} more {'is' if left_out == 1 else 'are'} left out on purpose" if left_out else ""
    said = sum(summary.characters for summary in reduction.sources)
    coded = sum(summary.coded_characters for summary in reduction.sources)
    share = f"{coded / said:.0%}" if said else "nothing"
    caution = "".join(f" {note}" for note in _list_notes(reduction))
    return (
        f"{len(reduction.evidence)} codings of {len({row.passage for row in reduction.evidence})} passages in "
        f"{len(reduction.sources)} sources; {share} of what was answered or noted is coded, "
        f"{len(uncoded) - left_out} turns are not{apart}.{caution}"
    )
