"""The findings report: what was found, on which words it rests, how firmly, and what is missing.

For readers who know nothing of the tool: everything that is claimed leads to the words behind it. Same input, same
text: no clock, no random order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from empowerment_qda.model.conclusion import Conclusions
from empowerment_qda.model.display import Display
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.report.about import (
    MAIN,
    MORE,
    say_rule,
    view_codebook,
    view_fields,
    view_gathered,
    view_informants,
    view_notices,
    view_team,
    view_unplaced,
)
from empowerment_qda.report.account import Account, view_account
from empowerment_qda.report.findings import (
    place_memos,
    view_checks,
    view_claim,
    view_flags,
    view_memo,
    view_sections,
    view_verdicts,
)
from empowerment_qda.report.index import Index, Part
from empowerment_qda.report.matrices import view_by_finding, view_matrix
from empowerment_qda.report.render import Form, UserTemplate, fill
from empowerment_qda.report.sources import view_sources

__all__ = ["DISPLAYS", "Account", "Form", "Made", "UserTemplate", "fill", "make_report"]

DISPLAYS = ("conceptually-clustered",)
"""The displays that a report shows."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a report was made with (name, version) and from (path, SHA-256 in hexadecimal)."""

    versions: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def make_report(
    study: Study,
    reduction: Reduction,
    displays: Sequence[Display],
    conclusions: Conclusions,
    triangulation: Triangulation,
    language: str,
    made: Made,
    account: Account | None = None,
) -> Part:
    """All that a template can show, in a language (id or en); without an account, nothing is said of the coding itself."""
    index = Index(study, reduction, triangulation, language)
    memos, settings, findings = place_memos(index), study.settings, study.findings
    verdicts = view_verdicts(index)
    counts = ", ".join(f"{len(one.findings)} {one.words}" for one in verdicts if one.findings)
    number = index.count("finding", len(triangulation.findings))
    informants, total = view_informants(index)
    return Part(
        language=language,
        words=index.words,
        title=index.say(settings.title),
        purpose=index.say(settings.purpose),
        notices=tuple(view_notices(index)),
        provenance_note=index.say(settings.provenance_note),
        all_restated=study.restated,
        summary=index.words["summary_line"].format(findings=number, verdicts=counts) if counts else "",
        verdicts=verdicts,
        about=view_fields(settings, MAIN, index),
        about_more=(*view_fields(settings, MORE, index), *view_team(index)),
        source_note=view_fields(settings, ("reference", "licence"), index),
        questions=tuple(index.say(one) for one in settings.questions),
        gathered=tuple(view_gathered(index)),
        rule=say_rule(index),
        counts_inferred=settings.evidence.count_inferred,
        informants=informants,
        informants_total=total,
        matrices=tuple(view_matrix(display, index) for display in displays),
        by_finding=view_by_finding(index),
        sections=view_sections(index, conclusions, memos),
        conclusion=view_claim(findings.conclusion, index) if findings.conclusion else None,
        recommendations=tuple(view_claim(one, index) for one in findings.recommendations),
        notes=view_flags(triangulation.notes, None, index),
        checks_of_study=view_checks(conclusions.tactics, index, ("doubtful", "fails", "not_done")),
        limits=tuple(index.say(one) for one in settings.limits),
        unplaced=view_unplaced(index),
        memos=tuple(view_memo(memo, index) for memo, homes in memos if not homes),
        codebook=view_codebook(index),
        sources=view_sources(index),
        account=view_account(account, index) if account else None,
        versions=made.versions,
        files=tuple((path, digest[:12]) for path, digest in made.files),
    )
