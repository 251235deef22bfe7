"""Data display: the evidence in matrices and networks that permit conclusions.

Miles & Huberman (1994); Miles, Huberman & Saldaña (2014). Each display states its decision rule, counts
distinct informants before segments, tells silence from no data, and its cells know their passages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from empowerment_qda.displays import by_case, by_role, by_time
from empowerment_qda.displays import cooccurrence as together
from empowerment_qda.displays.kinds import LINES, TITLES
from empowerment_qda.displays.matrix import Material
from empowerment_qda.locale import say
from empowerment_qda.model.display import Display
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean


class Kind(NamedTuple):
    """A kind of display: how it is made, what it is called, and what it shows in one line."""

    make: Callable[[Material], Display]
    title: str
    line: str

    def describe(self, language: str) -> tuple[str, str]:
        """Title and line in a language."""
        return say(self.title, language), say(self.line, language)


_MAKERS: dict[str, Callable[[Material], Display]] = {
    "partially-ordered": by_role.partially_ordered,
    "checklist": by_role.checklist,
    "conceptually-clustered": by_role.conceptually_clustered,
    "role-ordered": by_role.role_ordered,
    "content-analytic": by_case.content_analytic,
    "stacked": by_case.stacked,
    "code-by-attribute": by_case.code_by_attribute,
    "contrast": by_role.contrast,
    "event-listing": by_time.event_listing,
    "time-ordered": by_time.time_ordered,
    "case-ordered": by_case.case_ordered,
    "effects": by_role.effects,
    "co-occurrence": together.co_occurrence,
}
DISPLAYS: Mapping[str, Kind] = {name: Kind(make, TITLES[name], LINES[name]) for name, make in _MAKERS.items()}
"""Every display by name, in the order of the book: explore, describe, order, explain."""


def make_display(name: str, study: Study, reduction: Reduction, language: str) -> Display:
    """One display of the evidence, labels in a language (id, en; English otherwise).

    StudyError for a name that no display has. After Miles & Huberman (1994), ch. 5-8.
    """
    kind = DISPLAYS.get(name)
    if kind is None:
        raise StudyError(
            [Problem(Place("qda display"), "unknown-display", f"there is no display `{name}`",
                     f"{did_you_mean(name, DISPLAYS)} `qda display` lists them.")]
        )  # fmt: skip
    return kind.make(Material(study, reduction, language))
