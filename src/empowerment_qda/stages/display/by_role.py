"""Displays with types of informants at the side."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.model.display import Display
from empowerment_qda.stages.display.base import Material, make_matrix
from empowerment_qda.stages.display.headings import UNKNOWN, aspect_of, heard_types, list_aspects, list_types
from empowerment_qda.stages.display.tabulate import Entry


def conceptually_clustered(material: Material) -> Display:
    """Types by aspects, clustered by dimension (Miles & Huberman 1994, ch. 5)."""
    return _types_by_aspects("conceptually-clustered", material, ordered=False)


def role_ordered(material: Material) -> Display:
    """Types in the order of their distance to the programme, by aspects (Miles & Huberman 1994, ch. 5)."""
    return _types_by_aspects("role-ordered", material, ordered=True)


def _types_by_aspects(name: str, material: Material, *, ordered: bool) -> Display:
    study, spoken, language = material.study, material.spoken, material.language
    heard = heard_types(study)

    def entries() -> Iterator[Entry]:
        for row in spoken:
            yield Entry(row.type or UNKNOWN, aspect_of(row), row)

    return make_matrix(
        name,
        material,
        entries(),
        list_types(study, spoken, language, ordered=ordered),
        list_aspects(study, spoken, language),
        lambda row, column: row in heard,
    )
