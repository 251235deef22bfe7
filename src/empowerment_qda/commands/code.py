"""`qda code`: suggestions, and the workbench where a person codes."""

from typing import Annotated

import typer

from empowerment_qda.commands.code_anchor import anchor
from empowerment_qda.commands.code_by_hand import (
    accept,
    add,
    define,
    recode,
    redo,
    reject,
    remove,
    set_remarks,
    undo,
)
from empowerment_qda.commands.code_leave_out import leave_out, take_in
from empowerment_qda.commands.code_log import log
from empowerment_qda.commands.code_restore import restore
from empowerment_qda.commands.options import Format, FormatOption, SourcesArgument, StudyOption

code_app = typer.Typer(rich_markup_mode=None)


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
        from empowerment_qda.commands.review import review as open_workbench

        open_workbench(
            study,
            sources,
            coder,
            blind=blind,
            show_others=show_others,
            no_suggestions=no_suggestions,
            web=web,
            port=port,
            reconcile=reconcile,
        )
        return
    if blind or show_others or no_suggestions or web or port or reconcile:
        options = "--blind, --show-others, --no-suggestions, --reconcile, --web and --port"
        raise typer.BadParameter(f"{options} go with --review.")
    from empowerment_qda.answers.code import answer_codings, table_codings
    from empowerment_qda.checks import CUES, FOUNDATIONS
    from empowerment_qda.commands.reading import choose_sources
    from empowerment_qda.console import progress, say, show
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.folder.write import write_codings
    from empowerment_qda.stages.code import code_sources

    root, whole = open_study(study, FOUNDATIONS + CUES)
    chosen = choose_sources(whole, sources)
    suggested = []
    for codings in code_sources(whole, chosen):
        write_codings(root, codings)
        suggested.append(codings)
        progress(f"  {codings.source}: {len(codings.codings)}")
    show(table_codings(suggested), format_, lambda: answer_codings(suggested, whole))
    number = sum(coding.status == "suggested" for codings in suggested for coding in codings.codings)
    say(f"{number} suggestions in codings/auto/, for a person to accept or reject.")


def _explain(text: str, question: str, lang: str | None, study: StudyOption, format_: Format) -> None:
    from empowerment_qda.answers.code import answer_explained, table_explained, table_of_words
    from empowerment_qda.checks import CUES
    from empowerment_qda.console import say, show
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.code import explain_sentence

    _, whole = open_study(study, CUES)
    found = explain_sentence(whole.codebook, text, question, lang or whole.settings.language)
    if format_ is Format.table:
        show(table_of_words(found), format_, dict)
    if found.tried or found.near or format_ is not Format.table:
        show(table_explained(text, found), format_, lambda: answer_explained(text, question, found))
    codes = dict.fromkeys(str(one.match.key) for one in found.tried if one.stop is None)
    say(f"Suggested: {', '.join(codes)}." if codes else "No code is suggested.")


for by_hand in (
    add,
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
