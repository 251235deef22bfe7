"""`qda conclude`."""

from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, Language, StudyOption


def conclude(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of results; else that of the study.")
    ] = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Write a first findings.yaml from what is coded; never over an old one."
        ),
    ] = False,
) -> None:
    """Conclusion drawing and verification: what stands for and against each finding, and what was checked."""
    from empowerment_qda.answers.conclude import answer_conclusions, table_conclusions, table_counts
    from empowerment_qda.answers.conclusions_text import files_of_conclusions
    from empowerment_qda.checks import CITATIONS, FOUNDATIONS
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.conclude import conclude_study
    from empowerment_qda.stages.reduce import reduce_study

    if draft:
        _write_draft(study)
    root, whole = open_study(study, FOUNDATIONS + CITATIONS)
    language = lang or whole.settings.language
    reduction = reduce_study(whole)
    conclusions = conclude_study(whole, reduction)
    write_reports(root, files_of_conclusions(conclusions, whole, language))
    tell_doubts(reduction)
    table = table_counts if format_ is Format.csv else table_conclusions
    show(table(conclusions, language), format_, lambda: answer_conclusions(conclusions, language))


def _write_draft(study: Path | None) -> None:
    """findings.yaml from the coded evidence; StudyError where there is one already, or nothing is coded."""
    from empowerment_qda.answers.conclude import format_draft
    from empowerment_qda.console import say
    from empowerment_qda.folder.border import look
    from empowerment_qda.folder.read import FINDINGS, find_study, open_study
    from empowerment_qda.folder.write import write_text
    from empowerment_qda.problems import Place, Problem, StudyError
    from empowerment_qda.stages.conclude import draft_findings
    from empowerment_qda.stages.reduce import reduce_study

    root = find_study(study or Path())
    if look(root, FINDINGS):
        raise StudyError([Problem(Place(FINDINGS), "exists", "there are findings already, and they are kept",
                                  "Leave `--draft` out, or move the file away first.")])  # fmt: skip
    _, whole = open_study(study)
    findings = draft_findings(whole, reduce_study(whole))
    if not findings.findings:
        hint = "Code first: `qda code` suggests, `qda code --review --coder NAME` is for a person."
        raise StudyError([Problem(Place("codings"), "nothing-coded", "no counted coding has a place", hint)])
    write_text(root, FINDINGS, format_draft(findings))
    say(f"{len(findings.findings)} draft findings in {FINDINGS}: reword each, then delete its `draft` line.")
