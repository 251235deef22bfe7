"""What `qda reduce` answers and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show, show_text
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, tell_doubts, write_reports
from empowerment_qda.cli.tables import Cell, Table, format_csv, format_markdown, make_table
from empowerment_qda.conclusions.saturation import EXCERPTS
from empowerment_qda.evidence.frequencies import CodeInUse, use_codebook
from empowerment_qda.evidence.reduce import log_condensation, put_in_context, reduce_study, summarise_contacts
from empowerment_qda.files.read import open_study
from empowerment_qda.model.evidence import Contact, Evidence, Reduction, SourceSummary, all_restated
from empowerment_qda.model.study import Study

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


class View(StrEnum):
    """What `qda reduce` shows; everything is written all the same."""

    evidence = "evidence"
    sources = "sources"
    contacts = "contacts"
    frequencies = "frequencies"
    passages = "passages"
    condensation = "condensation"


def reduce(
    view: Annotated[View, typer.Argument(help="What to show.")] = View.evidence,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Data reduction: the evidence, contact summaries, code frequencies, passages by code, and what was left out."""

    root, whole = open_study(study)
    reduction = reduce_study(whole)
    write_reports(root, files_of_reduction(whole, reduction))
    tell_doubts(reduction)
    table = glance(view, whole, reduction) if format_ is Format.table else VIEWS[view](whole, reduction)
    show(table, format_, lambda: answer_view(view, whole, reduction))
    if format_ is Format.table:
        show_text(f"\n{summarise_reduction(reduction)}")
