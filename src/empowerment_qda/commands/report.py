"""`qda report`."""

from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.commands.options import Language, StudyOption


def report(
    study: StudyOption = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The report's language; else that of the study.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="A Jinja template of your own in place of the HTML form; of the Markdown form where its name has `.md` in it.",
        ),
    ] = None,
) -> None:
    """The findings report, as one HTML page and as Markdown: what was found, on which words it rests, how firmly."""
    from empowerment_qda.answers.report import files_of_report, report_language
    from empowerment_qda.checks import CITATIONS, FOUNDATIONS
    from empowerment_qda.commands.showing import tell_doubts, write_reports
    from empowerment_qda.console import show_text
    from empowerment_qda.folder.hashes import hash_inputs, read_versions
    from empowerment_qda.folder.read import open_study, read_own
    from empowerment_qda.folder.yaml import decode
    from empowerment_qda.stages.conclude import conclude_study
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.stages.report import Made, UserTemplate
    from empowerment_qda.triangulation import triangulate_study

    root, whole = open_study(study, FOUNDATIONS + CITATIONS)
    own = UserTemplate(str(template), decode(read_own(template, root), str(template))) if template else None
    made = Made(read_versions(), hash_inputs(root, whole))
    reduction = reduce_study(whole)
    results = (reduction, conclude_study(whole, reduction), triangulate_study(whole, reduction))
    files = files_of_report(whole, *results, (report_language(whole, lang),), made, own)
    tell_doubts(reduction)
    write_reports(root, files)
    show_text("\n".join(str(root / "reports" / name) for name in files))
