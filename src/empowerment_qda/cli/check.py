"""`qda check`: every problem of every file."""

from __future__ import annotations

from empowerment_qda.checks import check_study
from empowerment_qda.cli.console import end_with_problems
from empowerment_qda.cli.options import AllOption, Format, FormatOption, StudyOption
from empowerment_qda.files.log import check_folder
from empowerment_qda.files.read import enter_study, locate, read_study
from empowerment_qda.problems import StudyError


def check(study: StudyOption = None, every: AllOption = False, format_: FormatOption = Format.table) -> None:
    """Check every file of the study and every reference between them; exit code 1 where there is a problem.

    A terminal gets at most a screen: where there are more problems, all are counted by rule and source, and the first
    are shown, errors first. A pipe or a file gets all of them in the order of the files.
    """
    root = enter_study(study)
    try:
        whole = read_study(root)
        problems = locate((*check_study(whole), *check_folder(root, whole)), root)
    except StudyError as error:
        problems = locate((*error.problems, *check_folder(root)), root)
    number = len(problems)
    closing = f"{number} problem{'s' * (number != 1)}." if problems else "No problems found."
    end_with_problems(problems, format_, closing, every=every)
