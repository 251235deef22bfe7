"""`qda display`."""

from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def display(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which display; without it, all are written and listed."),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    picture: Annotated[
        bool,
        typer.Option("--picture", help="Draw it too, as SVG and PNG (needs the extra `pictures`)."),
    ] = False,
) -> None:
    """Data display: matrices and networks of the evidence, each cell with its passages."""
    import shutil

    from empowerment_qda.answers.display import (
        answer_display,
        answer_displays,
        files_of_display,
        format_display,
        table_display,
        table_displays,
        tables_display,
        turn,
    )
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show, show_table, show_text
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.pictures import pictures_of_display
    from empowerment_qda.stages.display import DISPLAYS, make_display
    from empowerment_qda.stages.reduce import reduce_study

    root, whole = open_study(study)
    reduction = reduce_study(whole)
    language = whole.settings.language
    chosen = [make_display(one, whole, reduction, language) for one in ([name] if name else DISPLAYS)]
    files: dict[str, str | bytes] = {}
    for made in chosen:
        files |= files_of_display(made, reduction.evidence)
        files |= pictures_of_display(made) if picture else {}
    write_reports(root, files)
    tell_doubts(reduction)
    if name is None:
        listed = [(*DISPLAYS[made.name].describe(language), made) for made in chosen]
        show(table_displays(listed), format_, lambda: answer_displays(listed))
        return
    only = chosen[0]
    match format_:
        case Format.table:
            show_text(f"{only.title}\n{only.rule}\n")
            for table in tables_display(only, shutil.get_terminal_size((200, 50)).columns):
                show_table(table)
                show_text("")
            show_text("\n".join(turn(only).notes))
        case Format.md:
            show_text(format_display(only, reduction.evidence).rstrip("\n"))
        case _:
            show(table_display(only), format_, lambda: answer_display(only))
