"""`qda reduce`."""

from __future__ import annotations

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def reduce(study: StudyOption = None, format_: FormatOption = Format.table) -> None:
    """Data reduction: the evidence table, and what was left uncoded."""
    from empowerment_qda.answers.reduce import answer_reduction, files_of_reduction, table_sources
    from empowerment_qda.commands.reading import open_study
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show
    from empowerment_qda.stages.reduce import reduce_study

    root, whole = open_study(study)
    reduction = reduce_study(whole)
    write_reports(root, files_of_reduction(reduction))
    tell_doubts(reduction)
    show(table_sources(reduction), format_, lambda: answer_reduction(reduction))
