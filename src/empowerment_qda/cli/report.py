"""`qda report`: the report in its forms and languages, with what it says of the coding itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.agreement.compare import Agreement, agree_coders
from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.cli.console import show_text
from empowerment_qda.cli.display import turn
from empowerment_qda.cli.options import Language, StudyOption, read_evidence, tell_doubts, write_reports
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.conclusions.saturation import measure_saturation
from empowerment_qda.displays import make_display
from empowerment_qda.evidence.passages import makers_of
from empowerment_qda.evidence.reduce import log_condensation, summarise_contacts
from empowerment_qda.files.read import hash_inputs, read_own, read_versions
from empowerment_qda.files.yaml import decode
from empowerment_qda.locale import LANGUAGES
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.conclusion import Conclusions
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.report import DISPLAYS, Account, Form, Made, UserTemplate, fill, make_report
from empowerment_qda.triangulation import triangulate_study


def give_account(study: Study, reduction: Reduction) -> Account:
    """Contact summaries, what did not become evidence, saturation and agreement, from the codings that count and no others."""
    counted = replace(study, codings=tuple(file for file in study.codings if file.coder in study.coders))
    return Account(
        contacts=summarise_contacts(study, reduction),
        condensation=log_condensation(counted, reduction),
        strata=() if reduction.only_auto else measure_saturation(study, reduction),
        agreement=_agree(counted),
    )


def _agree(study: Study) -> Agreement | None:
    """How far the persons agree; None where no two of them have coded the same source."""
    persons = sorted({file.coder for file in study.codings} - {AUTO})
    # Who decided in a reconciliation round agrees with those whom they followed.
    apart = [one for one in persons if makers_of(study, one).isdisjoint(persons)]
    persons = apart if len(apart) > 1 else persons
    found = agree_coders(study, persons) if len(persons) > 1 else None
    return found if found and found.units else None


FORMS: tuple[Form, ...] = ("html", "md")


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
    root, whole, reduction = read_evidence(study, FOUNDATIONS + CITATIONS)
    own = UserTemplate(str(template), decode(read_own(template, root), str(template))) if template else None
    made = Made(read_versions(), hash_inputs(root, whole))
    results = (reduction, conclude_study(whole, reduction), triangulate_study(whole, reduction))
    files = files_of_report(whole, *results, (report_language(whole, lang),), made, own)
    tell_doubts(reduction)
    write_reports(root, files)
    show_text("\n".join(str(root / "reports" / name) for name in files))
