"""What the report says of the coding itself, gathered from the stages that know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.agreement.compare import Agreement, agree_coders
from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.cli.console import show_text
from empowerment_qda.cli.display import turn
from empowerment_qda.cli.options import Language, StudyOption, tell_doubts, write_reports
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.conclusions.saturation import measure_saturation
from empowerment_qda.displays import make_display
from empowerment_qda.evidence.passages import makers_of
from empowerment_qda.evidence.reduce import log_condensation, reduce_study, summarise_contacts
from empowerment_qda.evidence.witnesses import persons_heard
from empowerment_qda.files.hashes import hash_inputs, read_versions
from empowerment_qda.files.read import open_study, read_own
from empowerment_qda.files.yaml import decode
from empowerment_qda.locale import LANGUAGES
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.conclusion import Conclusions
from empowerment_qda.model.evidence import Reduction, count_informants, count_witnesses
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import VERDICTS as ORDER
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.report import DISPLAYS, Account, Agreed, Form, Made, UserTemplate, fill, make_report
from empowerment_qda.triangulation import triangulate_study
from empowerment_qda.words import METHODS, VERDICTS


def give_account(study: Study, reduction: Reduction) -> Account:
    """Contact summaries, what did not become evidence, saturation and agreement, from the codings that count and no others."""
    counted = replace(study, codings=tuple(file for file in study.codings if file.coder in study.coders))
    return Account(
        contacts=summarise_contacts(study, reduction),
        condensation=log_condensation(counted, reduction),
        strata=() if reduction.only_auto else measure_saturation(study, reduction),
        agreement=_agree(counted),
    )


def _agree(study: Study) -> Agreed | None:
    """How far the persons agree; None where no two of them have coded the same source."""
    persons = sorted({file.coder for file in study.codings} - {AUTO})
    # Who decided in a reconciliation round agrees with those whom they followed.
    apart = [one for one in persons if makers_of(study, one).isdisjoint(persons)]
    persons = apart if len(apart) > 1 else persons
    if len(persons) < 2:
        return None
    found = agree_coders(study, persons)
    if not found.units:
        return None
    percent, kappa, alpha = (found.overall[name].value for name in ("percent", found.kappa, "alpha"))
    shared = _count_shared(found)
    return Agreed(found.coders, shared, found.units, percent, kappa, alpha, found.cautions, found.judged)


def _count_shared(found: Agreement) -> int:
    """Sources that at least two of them have coded."""
    absent = [source for ids in found.missing.values() for source in ids]
    return sum(len(found.coders) - absent.count(source) > 1 for source in found.sources)


FORMS: tuple[Form, ...] = ("html", "md")
SHOWN = 6
"""How many findings of one verdict a summary names."""


def report_language(study: Study, wanted: str | None = None) -> str:
    """The language asked for, else that of the study where reports can be had in it, else English."""
    language = wanted or study.settings.language
    return language if language in LANGUAGES else "en"


def name_report(language: str, form: Form = "html") -> str:
    """The file of a report under reports/."""
    return f"findings.{language}.{form}"


def files_of_report(
    study: Study,
    reduction: Reduction,
    conclusions: Conclusions,
    triangulation: Triangulation,
    languages: Iterable[str],
    made: Made,
    template: UserTemplate | None = None,
) -> dict[str, str]:
    """File names under reports/ and their text; a user's template stands in for that of its own form."""
    files = {}
    account = give_account(study, reduction)
    for language in languages:
        displays = [turn(make_display(name, study, reduction, language)) for name in DISPLAYS]
        report = make_report(study, reduction, displays, conclusions, triangulation, language, made, account)
        for form in FORMS:
            own = template if template and template.form == form else None
            files[name_report(language, form)] = fill(report, form, own)
    return files


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
        weak = [one for one in triangulation.findings if one.verdict == verdict and verdict != "triangulated"]
        if weak:
            yield f"  {VERDICTS[verdict]}: {_some([_brief(one) for one in weak])}"


def _brief(found: FindingTriangulation) -> str:
    """Such as F03 (T04 T05)."""
    codes = " ".join(dict.fromkeys(flag.code for flag in found.flags))
    return f"{found.id} ({codes})" if codes else found.id


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more (`qda triangulate` lists them)" if more > 0 else "")


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
    from empowerment_qda.report import Made, UserTemplate

    root, whole = open_study(study, FOUNDATIONS + CITATIONS)
    own = UserTemplate(str(template), decode(read_own(template, root), str(template))) if template else None
    made = Made(read_versions(), hash_inputs(root, whole))
    reduction = reduce_study(whole)
    results = (reduction, conclude_study(whole, reduction), triangulate_study(whole, reduction))
    files = files_of_report(whole, *results, (report_language(whole, lang),), made, own)
    tell_doubts(reduction)
    write_reports(root, files)
    show_text("\n".join(str(root / "reports" / name) for name in files))
