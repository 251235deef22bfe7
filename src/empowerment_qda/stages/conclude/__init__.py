"""Conclusion drawing and verification: what stands behind each finding, what against it, what was checked.

Tactics after Miles & Huberman (1994, chapter 10) and Miles, Huberman & Saldaña (2014, chapter 11). Each has a
result in words; nothing is summed into a score.
"""

from __future__ import annotations

from empowerment_qda.citations import Citations
from empowerment_qda.model.conclusion import Conclusions
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.stages.conclude.gather import gather_finding

__all__ = ["conclude_study"]


def conclude_study(study: Study, reduction: Reduction) -> Conclusions:
    """Every finding's passages, rivals and tested tactics, and the tactics that concern the whole study."""
    citations = Citations(reduction.evidence, study.codebook, study.codings)
    findings = tuple(gather_finding(finding, study, citations) for finding in study.findings.findings)
    return Conclusions(findings, ())
