"""What `qda report` writes, and what `qda run` sums up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.answers.account import give_account
from empowerment_qda.answers.display import turn
from empowerment_qda.locale import LANGUAGES
from empowerment_qda.model.conclusion import Conclusions
from empowerment_qda.model.evidence import Reduction, count_informants, count_witnesses
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import VERDICTS as ORDER
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.stages.display import make_display
from empowerment_qda.stages.report import DISPLAYS, Form, Made, UserTemplate, fill, make_report
from empowerment_qda.witnesses import persons_heard
from empowerment_qda.words import METHODS, VERDICTS

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
