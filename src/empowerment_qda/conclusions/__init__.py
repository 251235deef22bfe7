"""Conclusion drawing and verification: what stands behind each finding, what against it, what was checked.

Tactics after Miles & Huberman (1994, chapter 10) and Miles, Huberman & Saldaña (2014, chapter 11). Each has a
result in words; nothing is summed into a score.
"""

from __future__ import annotations

from dataclasses import replace

from empowerment_qda.conclusions.draft import draft_findings
from empowerment_qda.conclusions.finding_tactics import VERIFICATIONS
from empowerment_qda.conclusions.material import Material, gather_finding
from empowerment_qda.conclusions.meaning import MEANINGS
from empowerment_qda.conclusions.relations import verify_relations
from empowerment_qda.conclusions.study_tactics import SURVEYS
from empowerment_qda.conclusions.wording import check_wording
from empowerment_qda.evidence.citations import citations_of
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.study import Study

__all__ = ["conclude_study", "draft_findings"]


def conclude_study(study: Study, reduction: Reduction) -> Conclusions:
    """Every finding's passages, rivals and tested tactics, and the tactics that concern the whole study."""
    material = Material(study, reduction, citations_of(study))
    findings = tuple(_conclude(finding, material) for finding in study.findings.findings)
    whole = [tactic for survey in (*SURVEYS, *MEANINGS) for tactic in survey(findings, material)]
    return Conclusions(findings, (*whole, *verify_relations(material)))


def _conclude(finding: Finding, material: Material) -> FindingConclusion:
    found = gather_finding(finding, material.study, material.citations)
    tactics = (tactic for verify in (*VERIFICATIONS, check_wording) for tactic in verify(found, material))
    return replace(found, tactics=tuple(tactics))
