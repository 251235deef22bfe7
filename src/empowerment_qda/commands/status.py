"""`qda status`."""

from pathlib import Path

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def status(study: StudyOption = None, format_: FormatOption = Format.table) -> None:
    """Show where the study stands: who coded what, what waits, what is wrong, and what to do next."""
    from empowerment_qda.answers.status import answer_status, lines_of_status, table_status
    from empowerment_qda.checks import CARE, CITATIONS, CUES, FOUNDATIONS, check_study
    from empowerment_qda.console import show, show_lines, terminal_width
    from empowerment_qda.folder.lost import check_folder
    from empowerment_qda.folder.read import find_study, locate, read_study
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.stages.status import status_of
    from empowerment_qda.triangulation import triangulate_study

    root = find_study(study or Path())
    whole = read_study(root)
    grave = tuple(check_study(whole, FOUNDATIONS + CITATIONS))
    problems = locate((*grave, *check_study(whole, CUES + CARE), *check_folder(root, whole)), root)
    triangulation = None if grave else triangulate_study(whole, reduce_study(whole))
    state = status_of(whole, problems, triangulation)
    if format_ is Format.table:
        show_lines(lines_of_status(state, whole, terminal_width()))
    else:
        show(table_status(state), format_, lambda: answer_status(state, whole))
