"""The other views of `qda reduce`: contact summaries, frequencies, passages in context, the condensation log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from empowerment_qda.answers.reduce import (
    answer_reduction,
    answer_sources,
    table_evidence,
    table_glance,
    table_sources,
)
from empowerment_qda.answers.table import Table, format_csv, format_markdown, make_table
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.reduction import Contact
from empowerment_qda.model.study import Study
from empowerment_qda.stages.reduce import log_condensation, put_in_context, summarise_contacts
from empowerment_qda.uses import CodeInUse, use_codebook


def table_contacts(study: Study, reduction: Reduction) -> Table:
    """One row for each source: who, when, how long, main codes, salient passages, open questions."""
    columns = ("source", "informants", "date", "length", "main codes", "salient passages", "open questions")
    rows = (
        (
            one.summary.id,
            ", ".join(one.summary.informants) or one.summary.method,
            str(one.summary.date or ""),
            _length(one),
            ", ".join(f"{code} ({number})" for code, number in one.main_codes),
            " / ".join(f"“{_line(row)}” ({row.ref})" for row in one.salient),
            " / ".join(f"{text} ({where})" for where, text in one.questions),
        )
        for one in summarise_contacts(study, reduction)
    )
    return make_table(columns, rows, "Contact summaries")


def _length(contact: Contact) -> str:
    turns = f"{contact.summary.turns} turn{'s' * (contact.summary.turns > 1)}"
    return f"{contact.duration}, {turns}" if contact.duration else turns


def _line(row: Evidence) -> str:
    return " ".join(row.quote.split())


def table_frequencies(study: Study, reduction: Reduction) -> Table:
    """One row for each code; `with below` counts distinct informants and passages of the code and all below it,
    `pairs` adds up the informants of each of these codes.
    """
    columns = (
        "code",
        "informants",
        "segments",
        "informants with below",
        "informant-code pairs",
        "segments with below",
        "sources",
        "direction",
    )
    rows = (
        (
            "  " * len(one.place.ancestors) + one.place.code.id,
            str(one.own.informants),
            one.own.segments,
            str(one.whole.informants),
            str(one.pairs),
            one.whole.segments,
            one.whole.sources,
            one.place.code.direction,
        )
        for one in use_codebook(study.codebook, reduction.evidence)
    )
    return make_table(
        columns,
        rows,
        "Code frequencies (with below: distinct informants; pairs: informants of each code added up)",
    )


def table_passages(study: Study, reduction: Reduction) -> Table:
    """One row for each coded passage, grouped by code, with the words around it."""
    rows = (
        (
            one.row.path,
            one.row.id,
            one.row.ref,
            one.row.who or one.row.method,
            one.before,
            _line(one.row),
            one.after,
        )
        for one in put_in_context(study, reduction)
    )
    return make_table(("code", "id", "turn", "who", "before", "quote", "after"), rows, "Passages by code")


def table_condensation(study: Study, reduction: Reduction) -> Table:
    """One row for each turn uncoded or left out and each coding set aside, with the reason where a person gave one."""
    rows = (
        (
            f"{one.source}#{one.turn}" if one.turn else one.source,
            one.what,
            " ".join(one.text.split()),
            one.coder,
            one.reason,
        )
        for one in log_condensation(study, reduction)
    )
    return make_table(("turn", "what", "text", "coder", "reason"), rows, "Condensation log")


VIEWS: dict[str, Callable[[Study, Reduction], Table]] = {
    "evidence": lambda _, reduction: table_evidence(reduction),
    "sources": lambda _, reduction: table_sources(reduction),
    "contacts": table_contacts,
    "frequencies": table_frequencies,
    "passages": table_passages,
    "condensation": table_condensation,
}


def glance(view: str, study: Study, reduction: Reduction) -> Table:
    """A view as it fits a terminal."""
    return table_glance(reduction) if view == "evidence" else VIEWS[view](study, reduction)


def answer_view(view: str, study: Study, reduction: Reduction) -> dict[str, Any]:
    """A view as JSON; the evidence in the shape of the contract."""
    match view:
        case "evidence":
            return answer_reduction(reduction)
        case "sources":
            return answer_sources(reduction)
        case "contacts":
            return {"contacts": [_contact(one) for one in summarise_contacts(study, reduction)]}
        case "frequencies":
            return {"frequencies": [_uses(one) for one in use_codebook(study.codebook, reduction.evidence)]}
        case "passages":
            rows = put_in_context(study, reduction)
            return {
                "passages": [
                    {
                        "code": one.row.code,
                        "id": one.row.id,
                        "ref": one.row.ref,
                        "before": one.before,
                        "quote": one.row.quote,
                        "after": one.after,
                    }
                    for one in rows
                ]
            }
        case _:
            return {"condensation": [asdict(one) for one in log_condensation(study, reduction)]}


def _contact(one: Contact) -> dict[str, Any]:
    return {
        "source": one.summary.id,
        "informants": list(one.summary.informants),
        "date": str(one.summary.date) if one.summary.date else None,
        "time": one.time,
        "duration": one.duration,
        "place": one.place,
        "turns": one.summary.turns,
        "main_codes": [{"code": code, "segments": number} for code, number in one.main_codes],
        "salient": [{"id": row.id, "ref": row.ref, "quote": row.quote} for row in one.salient],
        "questions": [{"from": where, "text": text} for where, text in one.questions],
        "memos": list(one.memos),
    }


def _uses(one: CodeInUse) -> dict[str, Any]:
    return {
        "code": one.place.code.id,
        "path": one.place.path,
        "depth": len(one.place.ancestors),
        "direction": one.place.code.direction,
        "informants": one.own.informants._asdict(),
        "segments": one.own.segments,
        "informants_below": one.whole.informants._asdict(),
        "pairs_below": one.pairs._asdict(),
        "segments_below": one.whole.segments,
        "sources_below": one.whole.sources,
    }


def files_of_reduction(study: Study, reduction: Reduction) -> dict[str, str]:
    """File names under reports/ and their text: every view as CSV and Markdown."""
    files = {}
    for name, make in VIEWS.items():
        table = make(study, reduction)
        files[f"reduction/{name}.csv"] = format_csv(table)
        files[f"reduction/{name}.md"] = format_markdown(table)
    return files
