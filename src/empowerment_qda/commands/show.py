"""`qda show`."""

from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def show(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A source, or turns of it, such as KS-01, KS-01#4 or KS-01#4-6."
        ),
    ],
    coder: Annotated[
        list[str] | None,
        typer.Option(
            "--coder", metavar="NAME", help="Only what this coder coded, `auto` too; may be repeated."
        ),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show a source with its codes in the margin: what is coded, by whom, and what is only suggested."""
    from empowerment_qda.answers.show import answer_show, lines_of_source, table_margin, table_show
    from empowerment_qda.commands.reading import choose_sources
    from empowerment_qda.console import show as show_answer
    from empowerment_qda.console import show_lines, terminal_width
    from empowerment_qda.desk import parse_place
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.show import mark_source

    _, whole = open_study(study)
    turns = None
    if "#" in source:
        chosen, turns = parse_place(source, whole)
    else:
        chosen = choose_sources(whole, [source])[0]
    marked = mark_source(whole, chosen, turns, coder or ())
    language = whole.settings.language
    if format_ is Format.table:
        show_lines(lines_of_source(marked, language, terminal_width()))
    else:
        table = table_margin(marked) if format_ is Format.md else table_show(marked)
        show_answer(table, format_, lambda: answer_show(marked, whole.codebook, language))
