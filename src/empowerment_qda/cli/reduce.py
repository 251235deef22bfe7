"""`qda reduce`: the views of the evidence, as tables and as JSON, and their files under reports/reduction/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer

from empowerment_qda.cli.console import show, show_text
from empowerment_qda.cli.options import (
    Format,
    FormatOption,
    StudyOption,
    read_evidence,
    tell_doubts,
    write_reports,
)
from empowerment_qda.cli.tables import Columns, Table, format_csv, format_markdown, lay_out, objects, same
from empowerment_qda.conclusions.saturation import EXCERPTS
from empowerment_qda.evidence.reduce import log_condensation, put_in_context, summarise_contacts, use_codebook
from empowerment_qda.model.evidence import Reduction, all_restated
from empowerment_qda.model.study import Study
from empowerment_qda.text import one_line


class View(StrEnum):
    """What `qda reduce` shows; everything is written all the same."""

    evidence = "evidence"
    sources = "sources"
    contacts = "contacts"
    frequencies = "frequencies"
    passages = "passages"
    condensation = "condensation"


EVIDENCE: Columns = {
    **same("id source turn"), "start": "span.start", "end": "span.end",
    **same("quote code dimension aspect direction informant type group method date coder strength"),
    "end_turn": "span.end_turn", **same("path event_date producer memo"),
}  # fmt: skip
GLANCE: Columns = {
    **same("id"), "turn": "ref", "who": lambda row: row.who or row.method, "code": "code",
    "quote": lambda row: one_line(row.quote),
}  # fmt: skip
UNPLACED: Columns = {**same("id source turn coder code quote"), "state": "reason"}
SOURCES: Columns = {
    "source": "id", **same("method informants type date turns segments"), "codes": lambda one: len(one.codes),
    "coded share": "coded_share",
}  # fmt: skip
SOURCE: Columns = {
    **same("id method informants type group date turns coded_turns segments"),
    "coded_share": lambda one: round(one.coded_share, 4),
    **same("codes provenance"),
    "uncoded": lambda one: objects(same("turn text"), (turn for turn in one.uncoded if not turn.coders)),
    "left_out": lambda one: objects(
        same("turn text coders reason"), (turn for turn in one.uncoded if turn.coders)
    ),
}
CONTACTS: Columns = {
    "source": "summary.id",
    "informants": lambda one: one.summary.informants or one.summary.method,
    "date": "summary.date",
    "length": lambda one: ", ".join(
        filter(None, (one.duration, f"{one.summary.turns} turn{'s' * (one.summary.turns > 1)}"))
    ),
    "main codes": lambda one: [f"{code} ({number})" for code, number in one.main_codes],
    "salient passages": lambda one: " / ".join(f"“{one_line(row.quote)}” ({row.ref})" for row in one.salient),
    "open questions": lambda one: " / ".join(f"{text} ({where})" for where, text in one.questions),
}
CONTACT: Columns = {
    "source": "summary.id", "informants": "summary.informants", "date": "summary.date",
    **same("time duration place"), "turns": "summary.turns",
    "main_codes": lambda one: [{"code": code, "segments": number} for code, number in one.main_codes],
    "salient": lambda one: objects(same("id ref quote"), one.salient),
    "questions": lambda one: [{"from": where, "text": text} for where, text in one.questions],
    "memos": "memos",
}  # fmt: skip
FREQUENCIES: Columns = {
    "code": lambda one: "  " * len(one.place.ancestors) + one.place.code.id,
    "informants": lambda one: str(one.own.informants), "segments": "own.segments",
    "informants with below": lambda one: str(one.whole.informants), "informant-code pairs": lambda one: str(one.pairs),
    "segments with below": "whole.segments", "sources": "whole.sources", "direction": "place.code.direction",
}  # fmt: skip
FREQUENCY: Columns = {
    "code": "place.code.id", "path": "place.path", "depth": lambda one: len(one.place.ancestors),
    "direction": "place.code.direction", "informants": lambda one: one.own.informants._asdict(),
    "segments": "own.segments", "informants_below": lambda one: one.whole.informants._asdict(),
    "pairs_below": lambda one: one.pairs._asdict(), "segments_below": "whole.segments",
    "sources_below": "whole.sources",
}  # fmt: skip
PASSAGES: Columns = {
    "code": "row.path", "id": "row.id", "turn": "row.ref", "who": lambda one: one.row.who or one.row.method,
    "before": "before", "quote": lambda one: one_line(one.row.quote), "after": "after",
}  # fmt: skip
PASSAGE: Columns = {
    "code": "row.code", "id": "row.id", "ref": "row.ref", "before": "before", "quote": "row.quote", "after": "after",
}  # fmt: skip
CONDENSATION: Columns = {
    "turn": lambda one: f"{one.source}#{one.turn}" if one.turn else one.source,
    "what": "what",
    "text": lambda one: one_line(one.text),
    **same("coder reason"),
}
CONDENSED: Columns = same("source turn what text coder reason")


class Listing(NamedTuple):
    """The rows of a view, with their columns in a table of that title and their keys in JSON."""

    rows: Callable[[Study, Reduction], Iterable[Any]]
    table: Columns
    title: str
    json: Columns
    spare: tuple[str, ...] = ()


VIEWS = {
    "evidence": Listing(lambda _, reduction: reduction.evidence, EVIDENCE, "Evidence", EVIDENCE),
    "sources": Listing(
        lambda _, reduction: reduction.sources,
        SOURCES,
        "Sources",
        SOURCE,
        ("type", "date", "informants", "method"),
    ),
    "contacts": Listing(
        summarise_contacts, CONTACTS, "Contact summaries", CONTACT, ("open questions", "length", "date")
    ),
    "frequencies": Listing(
        lambda study, reduction: use_codebook(study.codebook, reduction.evidence),
        FREQUENCIES,
        "Code frequencies (with below: distinct informants; pairs: informants of each code added up)",
        FREQUENCY,
    ),
    "passages": Listing(
        put_in_context, PASSAGES, "Passages by code", PASSAGE, ("before", "after", "who", "id")
    ),
    "condensation": Listing(log_condensation, CONDENSATION, "Condensation log", CONDENSED),
}


def tables_of_reduction(study: Study, reduction: Reduction) -> dict[str, Table]:
    """Every view as a table."""
    restated = " (restated excerpts: the coded share says nothing of the fieldwork)" * all_restated(
        reduction.sources
    )
    return {
        view: lay_out(
            one.table,
            one.rows(study, reduction),
            one.title + restated * (view == "sources"),
            spare=one.spare,
        )
        for view, one in VIEWS.items()
    }


def files_of_reduction(tables: Mapping[str, Table]) -> dict[str, str]:
    """File names under reports/ and their text: every view as CSV and Markdown."""
    forms = {"csv": format_csv, "md": format_markdown}
    return {
        f"reduction/{view}.{ending}": form(table)
        for view, table in tables.items()
        for ending, form in forms.items()
    }


def answer_view(view: str, study: Study, reduction: Reduction) -> dict[str, Any]:
    """A view as JSON. The evidence is in the shape of the contract, with its sources and what could not be placed; sources
    come with how much of them is coded and what that cannot tell."""
    listed = VIEWS[view]
    rows = list(listed.rows(study, reduction))
    answer: dict[str, Any] = {view: objects(listed.json, rows)}
    match view:
        case "sources":
            answer["notes"] = list_notes(reduction)
        case "evidence":
            for row, told in zip(rows, answer["evidence"], strict=True):
                told |= {"informants": row.informants} if len(row.witnesses) > 1 else {}
            answer |= answer_view("sources", study, reduction)
            answer |= {
                "unplaced": objects(UNPLACED, reduction.not_counted),
                "coders": reduction.coders,
                "only_suggestions": reduction.only_auto,
            }
    return answer


def list_notes(reduction: Reduction) -> list[str]:
    """What excerpts cannot tell."""
    return [EXCERPTS] if all_restated(reduction.sources) else []


def summarise_reduction(reduction: Reduction) -> str:
    """How much there is and how many answers are uncoded or left out on purpose; what excerpts cannot tell."""
    uncoded = [one for summary in reduction.sources for one in summary.uncoded]
    left_out = sum(bool(one.coders) for one in uncoded)
    apart = f", {left_out} more {'is' if left_out == 1 else 'are'} left out on purpose" if left_out else ""
    said = sum(summary.characters for summary in reduction.sources)
    coded = sum(summary.coded_characters for summary in reduction.sources)
    share = f"{coded / said:.0%}" if said else "nothing"
    caution = "".join(f" {note}" for note in list_notes(reduction))
    return (
        f"{len(reduction.evidence)} codings of {len({row.passage for row in reduction.evidence})} passages in "
        f"{len(reduction.sources)} sources; {share} of what was answered or noted is coded, "
        f"{len(uncoded) - left_out} turns are not{apart}.{caution}"
    )


def reduce(
    view: Annotated[View, typer.Argument(help="What to show.")] = View.evidence,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Data reduction: the evidence, contact summaries, code frequencies, passages by code, and what was left out."""
    root, whole, reduction = read_evidence(study)
    tables = tables_of_reduction(whole, reduction)
    write_reports(root, files_of_reduction(tables))
    tell_doubts(reduction)
    at_a_glance = format_ is Format.table and view is View.evidence
    table = (
        lay_out(GLANCE, reduction.evidence, "Evidence", spare=("who", "code", "turn"))
        if at_a_glance
        else tables[view]
    )
    show(table, format_, lambda: answer_view(view, whole, reduction))
    if format_ is Format.table:
        show_text(f"\n{summarise_reduction(reduction)}")
