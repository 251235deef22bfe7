"""`qda run`."""

from __future__ import annotations

from empowerment_qda.checks import CITATIONS, CUES, FOUNDATIONS
from empowerment_qda.cli.code import files_of_codings
from empowerment_qda.cli.conclude import files_of_conclusions
from empowerment_qda.cli.console import progress, show_text
from empowerment_qda.cli.display import files_of_display
from empowerment_qda.cli.options import StudyOption, tell_doubts, write_reports
from empowerment_qda.cli.reduce import files_of_reduction
from empowerment_qda.cli.report import files_of_report, name_report, report_language, summarise_run
from empowerment_qda.coding.suggest import code_sources
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.hashes import hash_inputs, read_versions
from empowerment_qda.files.read import open_study, require_sound
from empowerment_qda.files.write import format_codings, write_text
from empowerment_qda.locale import LANGUAGES
from empowerment_qda.triangulation import triangulate_study


def run(study: StudyOption = None) -> None:
    """Everything in order: code, reduce, display, conclude, triangulate, report."""
    from empowerment_qda.report import Made

    root, read = open_study(study, FOUNDATIONS + CUES + CITATIONS)
    progress("code")
    codings = files_of_codings(code_sources(read, read.sources), read)
    fresh = {path: format_codings(one) for path, one in codings.items()}
    whole = read.with_codings(codings.values())
    require_sound(root, whole, CITATIONS)
    language = whole.settings.language
    progress("reduce")
    reduction = reduce_study(whole)
    files = files_of_reduction(whole, reduction)
    progress("display")
    for name in DISPLAYS:
        made = make_display(name, whole, reduction, language)
        files |= files_of_display(made, reduction.evidence)
    progress("conclude")
    conclusions = conclude_study(whole, reduction)
    files |= files_of_conclusions(conclusions, whole, language)
    progress("triangulate")
    triangulation = triangulate_study(whole, reduction)
    progress("report")
    inputs = Made(read_versions(), hash_inputs(root, whole, fresh))
    files |= files_of_report(whole, reduction, conclusions, triangulation, LANGUAGES, inputs)
    # Everything is made before anything is written.
    for path, text in fresh.items():
        write_text(root, path, text)
    write_reports(root, files, quiet=True)
    tell_doubts(reduction)
    show_text(summarise_run(whole, reduction, triangulation))
    show_text(f"Report:     {root / 'reports' / name_report(report_language(whole))}")
