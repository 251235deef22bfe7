"""`qda conclude`."""

from __future__ import annotations

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def conclude(study: StudyOption = None, format_: FormatOption = Format.table) -> None:
    """Conclusion drawing and verification: what stands behind each finding, what against it, what was checked."""
    from empowerment_qda.answers.conclude import answer_conclusions, files_of_conclusions, table_conclusions
    from empowerment_qda.checks import CITATIONS, FOUNDATIONS
    from empowerment_qda.commands.reading import open_study
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show
    from empowerment_qda.stages.conclude import conclude_study
    from empowerment_qda.stages.reduce import reduce_study

    root, whole = open_study(study, FOUNDATIONS + CITATIONS)
    language = whole.settings.language
    reduction = reduce_study(whole)
    conclusions = conclude_study(whole, reduction)
    write_reports(root, files_of_conclusions(conclusions, language))
    tell_doubts(reduction)
    show(
        table_conclusions(conclusions, language),
        format_,
        lambda: answer_conclusions(conclusions, language),
    )
