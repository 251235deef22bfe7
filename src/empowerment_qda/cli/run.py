"""`qda run`: every stage, one after the other, and what was found in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from empowerment_qda.checks import CITATIONS, CUES, FOUNDATIONS
from empowerment_qda.cli.code import files_of_codings
from empowerment_qda.cli.conclude import files_of_conclusions
from empowerment_qda.cli.console import progress, show_text
from empowerment_qda.cli.display import files_of_display
from empowerment_qda.cli.options import StudyOption, tell_doubts, write_reports
from empowerment_qda.cli.reduce import files_of_reduction, tables_of_reduction
from empowerment_qda.cli.report import files_of_report, name_report, report_language
from empowerment_qda.coding.suggest import code_sources
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.evidence.rows import persons_heard
from empowerment_qda.files.read import hash_inputs, open_study, read_versions, require_sound
from empowerment_qda.files.write import format_codings, write_text
from empowerment_qda.labels import METHODS, VERDICTS
from empowerment_qda.locale import LANGUAGES
from empowerment_qda.model.evidence import Reduction, count_informants, count_witnesses
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import VERDICTS as ORDER
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.report import Made
from empowerment_qda.triangulation import triangulate_study

SHOWN = 6
"""How many findings of one verdict are named."""


def run(study: StudyOption = None) -> None:
    """Everything in order: code, reduce, display, conclude, triangulate, report."""
    root, read = open_study(study, FOUNDATIONS + CUES + CITATIONS)
    progress("code")
    codings = files_of_codings(code_sources(read, read.sources), read)
    fresh = {path: format_codings(one) for path, one in codings.items()}
    whole = read.with_codings(codings.values())
    require_sound(root, whole, CITATIONS)
    language = whole.settings.language
    progress("reduce")
    reduction = reduce_study(whole)
    files = files_of_reduction(tables_of_reduction(whole, reduction))
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


def summarise_run(study: Study, reduction: Reduction, triangulation: Triangulation) -> str:
    """What was found, in a few lines."""
    return "\n".join([*_counts(study, reduction), *_verdicts(triangulation)])


def _counts(study: Study, reduction: Reduction) -> Iterator[str]:
    methods = Counter(METHODS.get(one.method, one.method) for one in reduction.sources)
    each = ", ".join(f"{number} {method}" for method, number in methods.items())
    yield f"Sources:    {len(study.sources)} ({each})"
    heard = persons_heard(study)
    planned = sum(kind.planned or 0 for kind in study.settings.informant_types.values())
    plan = f" of {planned} planned" if planned else ""
    quoted = f"{count_informants(reduction.evidence)} quoted"
    if study.restated:
        yield f"Informants: {quoted}{plan}; how many were interviewed, excerpts do not tell"
    else:
        yield f"Informants: {count_witnesses(heard)} interviewed{plan}, {quoted}"
    codes = len({row.code for row in reduction.evidence})
    passages = len({row.passage for row in reduction.evidence})
    yield f"Evidence:   {passages} passages, {codes} codes"


def _verdicts(triangulation: Triangulation) -> Iterator[str]:
    found = triangulation.verdicts
    counts = ", ".join(f"{found[one]} {VERDICTS[one]}" for one in reversed(ORDER) if found[one])
    yield f"Findings:   {len(triangulation.findings)}{f' ({counts})' if counts else ''}"
    for verdict in ORDER:
        weak = [_brief(one) for one in triangulation.findings if one.verdict == verdict != "triangulated"]
        more = f" and {len(weak) - SHOWN} more (`qda triangulate` lists them)" if len(weak) > SHOWN else ""
        if weak:
            yield f"  {VERDICTS[verdict]}: {', '.join(weak[:SHOWN])}{more}"


def _brief(found: FindingTriangulation) -> str:
    """Such as F03 (T04 T05)."""
    codes = " ".join(dict.fromkeys(flag.code for flag in found.flags))
    return f"{found.id} ({codes})" if codes else found.id
