"""`qda check`."""

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def check(study: StudyOption = None, format_: FormatOption = Format.table) -> None:
    """Check every file of the study and every reference between them."""
    from pathlib import Path

    from empowerment_qda.answers.check import answer_problems, table_problems
    from empowerment_qda.checks import check_study
    from empowerment_qda.console import say, show, show_problems
    from empowerment_qda.folder.lost import check_folder
    from empowerment_qda.folder.read import find_study, locate, read_study
    from empowerment_qda.problems import StudyError

    root = find_study(study or Path())
    try:
        whole = read_study(root)
        problems = locate((*check_study(whole), *check_folder(root, whole)), root)
    except StudyError as error:
        problems = locate((*error.problems, *check_folder(root)), root)
    if format_ is Format.table:
        show_problems(problems)
        say(
            f"{len(problems)} problem{'s' if len(problems) != 1 else ''}."
            if problems
            else "No problems found."
        )
    else:
        show(table_problems(problems), format_, lambda: answer_problems(problems))
    raise typer.Exit(1 if problems else 0)
