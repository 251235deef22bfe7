"""`qda reduce`."""

from enum import StrEnum
from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


class View(StrEnum):
    """What `qda reduce` shows; everything is written all the same."""

    evidence = "evidence"
    sources = "sources"
    contacts = "contacts"
    frequencies = "frequencies"
    passages = "passages"
    condensation = "condensation"


def reduce(
    view: Annotated[View, typer.Argument(help="What to show.")] = View.evidence,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Data reduction: the evidence, contact summaries, code frequencies, passages by code, and what was left out."""
    from empowerment_qda.answers.reduce import summarise_reduction
    from empowerment_qda.answers.reductions import VIEWS, answer_view, files_of_reduction, glance
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show, show_text
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.reduce import reduce_study

    root, whole = open_study(study)
    reduction = reduce_study(whole)
    write_reports(root, files_of_reduction(whole, reduction))
    tell_doubts(reduction)
    table = glance(view, whole, reduction) if format_ is Format.table else VIEWS[view](whole, reduction)
    show(table, format_, lambda: answer_view(view, whole, reduction))
    if format_ is Format.table:
        show_text(f"\n{summarise_reduction(reduction)}")
