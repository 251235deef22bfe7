"""What stands behind a finding: its passages on every side, and its rivals with theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from empowerment_qda.citations import Citations, one_per_passage, sides_of, support_of
from empowerment_qda.model.base import Text
from empowerment_qda.model.conclusion import FindingConclusion, RivalConclusion, Standing
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Finding
from empowerment_qda.model.study import Study


def gather_finding(finding: Finding, study: Study, citations: Citations) -> FindingConclusion:
    """A finding with its passages, each once on a side (R2), and its rivals; nothing is tested yet."""
    sides = sides_of(finding, citations, study.settings.evidence.count_inferred)
    rivals = tuple(_rivals(finding, sides.supporting, study, citations))
    return FindingConclusion(finding=finding, **sides._asdict(), rivals=rivals, tactics=())


def _rivals(
    finding: Finding, supporting: Sequence[Evidence], study: Study, citations: Citations
) -> Iterator[RivalConclusion]:
    """Each rival with what supports it: that of another finding, or its own."""
    by_id = study.findings.by_id
    for number, rival in enumerate(finding.rivals, 1):
        if not isinstance(rival, str):
            name, statement = f"{finding.id}-rival-{number}", rival.statement
            rows = one_per_passage(citations.rows(rival.supported_by))
        elif isinstance(other := by_id.get(rival), Finding):
            name, statement = rival, other.statement
            rows = one_per_passage(support_of(other, citations, study.settings.evidence.count_inferred)[0])
        else:
            name, statement, rows = rival, Text.of(rival), ()
        yield RivalConclusion(name, statement, rows, compare_support(rows, supporting))


def compare_support(rival: Sequence[Evidence], finding: Sequence[Evidence]) -> Standing:
    """How well a rival is supported beside the finding: by informants (at least), never by quotations.

    Where neither has more informants, having any passage at all decides.
    """
    if not rival:
        return "unsupported"
    mine, theirs = ((count_informants(rows).lower, bool(rows)) for rows in (rival, finding))
    return "equal" if mine == theirs else "better" if mine > theirs else "worse"
