"""Data display: the evidence in matrices and networks that permit conclusions.

Miles & Huberman (1994); Miles, Huberman & Saldaña (2014). Each display states its decision rule, counts
distinct informants before segments, tells silence from no data, and its cells know their passages.
"""

from __future__ import annotations

from empowerment_qda.displays import by_case, by_role, by_time, cooccurrence
from empowerment_qda.displays.matrix import Material
from empowerment_qda.model.display import Display
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

_KINDS = (
    by_role.partially_ordered,
    by_role.checklist,
    by_role.conceptually_clustered,
    by_role.role_ordered,
    by_case.content_analytic,
    by_case.stacked,
    by_case.code_by_attribute,
    by_role.contrast,
    by_time.event_listing,
    by_time.time_ordered,
    by_case.case_ordered,
    by_role.effects,
    cooccurrence.co_occurrence,
)
DISPLAYS = {kind.name: kind for kind in _KINDS}
"""Every display by name, in the order of the book: explore, describe, order, explain."""


def make_display(name: str, study: Study, reduction: Reduction, language: str) -> Display:
    """One display of the evidence, labels in a language (id, en; English otherwise).

    StudyError for a name that no display has. After Miles & Huberman (1994), ch. 5-8.
    """
    if name not in DISPLAYS:
        raise StudyError(
            [Problem(Place("qda display"), "unknown-display", f"there is no display `{name}`",
                     f"{did_you_mean(name, DISPLAYS)} `qda display` lists them.")]
        )  # fmt: skip
    return DISPLAYS[name].make(Material(study, reduction, language))
