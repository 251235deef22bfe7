"""Conclusion drawing and verification: what stands behind each finding, what against it, what was checked.

Tactics after Miles & Huberman (1994, chapter 10) and Miles, Huberman & Saldaña (2014, chapter 11). Each has a
result in words; nothing is summed into a score. Where nothing is concluded yet, a first file of findings is drafted.
"""

from __future__ import annotations

from dataclasses import replace

from empowerment_qda.conclusions.finding_tactics import VERIFICATIONS
from empowerment_qda.conclusions.material import Material, gather_finding
from empowerment_qda.conclusions.meaning import MEANINGS
from empowerment_qda.conclusions.study_tactics import SURVEYS
from empowerment_qda.conclusions.tactic_names import DRAFTS
from empowerment_qda.evidence.citations import citations_of
from empowerment_qda.evidence.rows import group_rows
from empowerment_qda.locale import LANGUAGES, say
from empowerment_qda.model.base import Text
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.finding import Finding, Findings
from empowerment_qda.model.study import Study


def conclude_study(study: Study, reduction: Reduction) -> Conclusions:
    """Every finding's passages, rivals and tested tactics, and the tactics that concern the whole study."""
    material = Material(study, reduction, citations_of(study))
    findings = tuple(_conclude(finding, material) for finding in study.findings.findings)
    whole = (tactic for survey in (*SURVEYS, *MEANINGS) for tactic in survey(findings, material))
    return Conclusions(findings, tuple(whole))


def _conclude(finding: Finding, material: Material) -> FindingConclusion:
    found = gather_finding(finding, material.study, material.citations)
    tactics = (tactic for verify in VERIFICATIONS for tactic in verify(found, material))
    return replace(found, tactics=tuple(tactics))


def draft_findings(study: Study, reduction: Reduction) -> Findings:
    """One proposition for each aspect and direction that passages have, in the order of the codebook, for a person to reword.

    It is supported by the ids of its codings, by the code where a coding has none. Which of them contradict
    one another is for a person to say.
    """
    rows = group_rows(reduction.evidence, lambda row: (row.aspect or row.dimension, row.direction))
    above = [place.code.id for place in study.codebook.walk() if len(place.ancestors) < 2]
    drawn = [(aspect, direction) for aspect in above for direction in DRAFTS if (aspect, direction) in rows]
    width = max(2, len(str(len(drawn))))
    return Findings(
        findings=tuple(
            _draft(f"F{number:0{width}}", aspect, DRAFTS[direction], rows[aspect, direction], study)
            for number, (aspect, direction) in enumerate(drawn, 1)
        )
    )


def _draft(name: str, aspect: str, message: str, rows: list[Evidence], study: Study) -> Finding:
    codes, label = dict.fromkeys(row.code for row in rows), study.codebook.label
    words = {
        language: say(
            message,
            language,
            aspect=label(aspect, language),
            codes="; ".join(label(code, language) for code in codes),
        )
        for language in LANGUAGES
    }
    # The id that a coding without one goes by has colons, and cannot be cited.
    entries = dict.fromkeys(row.code if ":" in row.id else row.id for row in rows)
    return Finding(
        id=name,
        statement=Text(words),
        dimension=rows[0].dimension,
        supported_by=tuple(entries),
        draft=True,
    )
