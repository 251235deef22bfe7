"""`qda code`: suggestions from the cues, the cues explained on a sentence; the way to the workbench and to coding by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from empowerment_qda.checks import CUES, FOUNDATIONS
from empowerment_qda.cli.code_anchor import anchor
from empowerment_qda.cli.code_by_hand import (
    add,
    define,
    leave_out,
    recode,
    redo,
    remove,
    set_remarks,
    take_in,
    undo,
)
from empowerment_qda.cli.code_log import log, restore
from empowerment_qda.cli.code_many import accept, add_hits, reject
from empowerment_qda.cli.console import progress, show, tell
from empowerment_qda.cli.group import DefaultGroup
from empowerment_qda.cli.options import Format, FormatOption, SourcesArgument, StudyOption, choose_sources
from empowerment_qda.cli.review import Sitting, name_coders
from empowerment_qda.cli.review import review as open_workbench
from empowerment_qda.cli.tables import Columns, Table, each, lay_out, make_table, objects, same
from empowerment_qda.coding.suggest import Explained, code_sources, explain_sentence
from empowerment_qda.evidence.passages import find_passages
from empowerment_qda.files.read import open_study
from empowerment_qda.files.write import write_codings
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.study import Study


def answer_codings(suggested: Iterable[Codings], study: Study) -> dict[str, Any]:
    """The JSON of the contract; offsets are code points in the turn, `end` counts in `end_turn` where there is one."""
    places = study.codebook.places
    columns: Columns = {
        "source": "source.id",
        **each(("turn", "start", "end"), lambda name, one: getattr(one.anchor.span, name, None)),
        "quote": "coding.quote", "code": "coding.code",
        "path": lambda one: getattr(places.get(one.coding.code), "path", one.coding.code),
        "why": "coding.why", "status": "coding.status",
        "end_turn?": lambda one: (
            one.anchor.span.end_turn if one.anchor.span and one.anchor.span.end_turn != one.anchor.span.turn else None
        ),
    }  # fmt: skip
    return {"codings": objects(columns, find_passages(study.sources, suggested))}


def files_of_codings(suggested: Iterable[Codings], study: Study) -> dict[str, Codings]:
    """Path in the study's folder to what is to stand there; a source without codings gets no file if it has none."""
    there = {file.path for file in study.codings}
    placed = ((f"codings/{codings.coder}/{codings.source}.yaml", codings) for codings in suggested)
    return {path: codings.at(path) for path, codings in placed if codings.codings or path in there}


STOPS = {
    "negated": 'stopped: "{words}" negates it in its clause',
    "doubted": 'stopped: "{words}" denies something in the same sentence, and it may be this',
    "unreal": 'stopped: by "{words}" in the same sentence it may not be so, or not yet, not any more, or not here',
    "phrase": 'stopped: part of "{words}"',
    "question": "stopped: the question before does not hold {words}",
    "needs": "stopped: none of what it needs stands in the answer or the question ({words})",
    "not": 'stopped: the cue "{words}" under `not` matches in the sentence',
}


CODINGS: Columns = {
    "turn": lambda row: f"{row[0].source}#{row[1].turn}", "code": lambda row: row[1].code,
    "quote": lambda row: row[1].quote, "why": lambda row: row[1].why, "status": lambda row: row[1].status,
}  # fmt: skip
WORD: Columns = {"word": "text", **same("lemma stem negator opens_clause")}
WORDS: Columns = {
    "word": "text", "lemma": "lemma", "family": "stem",
    "does": lambda one: ["a clause begins"] * one.opens_clause + ["negator"] * one.negator,
}  # fmt: skip


def answer_explained(text: str, question: str, found: Explained) -> dict[str, Any]:
    """The JSON of `qda code --explain`; offsets are code points in the text."""
    cue: Columns = {
        "code": "match.key", "cue": "match.cue", "start": "match.start", "end": "match.end",
        "words": lambda one: text[one.match.start : one.match.end],
        "stopped_by": lambda one: one.stop.kind if one.stop else None,
        "by": lambda one: one.stop.words if one.stop else None,
    }  # fmt: skip
    return {
        "text": text,
        "question": question or None,
        "words": objects(WORD, found.words),
        "cues": objects(cue, found.tried),
        "near": objects(same("code cue why"), found.near),
    }


def table_explained(text: str, found: Explained) -> Table:
    """One row for each cue that stands in the text, with what became of it, then for each that nearly does."""
    rows = [
        (
            str(one.match.key), one.match.cue, text[one.match.start : one.match.end],
            STOPS[one.stop.kind].format(words=one.stop.words) if one.stop else "suggests the code",
        )
        for one in found.tried
    ] + [(one.code, one.cue, "", f"does not match: {one.why}") for one in found.near]  # fmt: skip
    return make_table(("code", "cue", "words", "outcome"), rows)


code_app = typer.Typer(cls=DefaultGroup, rich_markup_mode=None, add_completion=False)


@code_app.command()
def code(
    sources: SourcesArgument = None,
    review: Annotated[
        bool, typer.Option("--review", help="Code by hand: open the workbench. Needs --coder.")
    ] = False,
    coder: Annotated[
        str | None,
        typer.Option(
            "--coder", metavar="NAME", envvar="QDA_CODER", help="With --review: your name as a coder."
        ),
    ] = None,
    blind: Annotated[
        bool,
        typer.Option(
            "--blind", help="With --review: other coders' codings stay hidden, also from the key b."
        ),
    ] = False,
    show_others: Annotated[
        bool, typer.Option("--show-others", help="With --review: begin with other coders' codings shown.")
    ] = False,
    no_suggestions: Annotated[
        bool,
        typer.Option(
            "--no-suggestions",
            help="With --review: the machine's suggestions stay hidden, to code independently of them.",
        ),
    ] = False,
    reconcile: Annotated[
        list[str] | None,
        typer.Option(
            "--reconcile",
            metavar="CODER,CODER",
            help="With --review: decide on what these coders disagree on, as a coder of another name, such as "
            "--coder consensus. Commas, or repeat it.",
        ),
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="With --review: in a browser on this machine.")] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            min=1,
            max=65535,
            help="With --web: at this port; else at 8021 or any that is free.",
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="SENTENCE",
            help="Show word by word which cues match a sentence, and what stops them.",
        ),
    ] = None,
    question: Annotated[
        str, typer.Option("--question", metavar="TEXT", help="With --explain: the question that it answers.")
    ] = "",
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="LANG", help="With --explain: its language; else the study's."),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Suggest codings from the codebook's cues, each with its reason; with --review a person codes in the workbench.

    --explain reads one sentence and writes nothing. How cues are matched: docs/matching.md.
    """
    if explain is not None:
        _explain(explain, question, lang, study, format_)
        return
    if question or lang:
        raise typer.BadParameter("--question and --lang go with --explain.")
    if review:
        coders = name_coders(reconcile) if reconcile else None
        sitting = Sitting(study, sources, coder or "", blind, show_others, not no_suggestions, coders)
        open_workbench(sitting, web=web, port=port)
        return
    if blind or show_others or no_suggestions or web or port or reconcile:
        options = "--blind, --show-others, --no-suggestions, --reconcile, --web and --port"
        raise typer.BadParameter(f"{options} go with --review.")

    root, whole = open_study(study, FOUNDATIONS + CUES)
    chosen = choose_sources(whole, sources)
    suggested = []
    for codings in code_sources(whole, chosen):
        write_codings(root, codings)
        suggested.append(codings)
        progress(f"  {codings.source}: {len(codings.codings)}")
    rows = [(codings, coding) for codings in suggested for coding in codings.codings]
    show(lay_out(CODINGS, rows, spare=("status", "why")), format_, lambda: answer_codings(suggested, whole))
    number = sum(coding.status == "suggested" for _, coding in rows)
    tell(f"{number} suggestions in codings/auto/, for a person to accept or reject.")


def _explain(text: str, question: str, lang: str | None, study: StudyOption, format_: Format) -> None:

    _, whole = open_study(study, CUES)
    found = explain_sentence(whole.codebook, text, question, lang or whole.settings.language)
    if format_ is Format.table:
        show(lay_out(WORDS, found.words), format_, dict)
    if found.tried or found.near or format_ is not Format.table:
        show(table_explained(text, found), format_, lambda: answer_explained(text, question, found))
    codes = dict.fromkeys(str(one.match.key) for one in found.tried if one.stop is None)
    tell(f"Suggested: {', '.join(codes)}." if codes else "No code is suggested.")


for by_hand in (
    add,
    add_hits,
    remove,
    accept,
    reject,
    recode,
    leave_out,
    take_in,
    define,
    undo,
    redo,
    log,
    restore,
    anchor,
):
    code_app.command()(by_hand)
code_app.command("set")(set_remarks)
