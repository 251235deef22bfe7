"""The same units on other levels of the codebook: aspects and dimensions in place of codes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from empowerment_qda.agreement import Coefficient
from empowerment_qda.model.study import Study
from empowerment_qda.stages.agree.measure import SetDistance, Table, count_given, measure_sets
from empowerment_qda.stages.agree.units import LEVELS, Codes, Level, raise_code


def measure_above(
    study: Study, table: Table, level: Level, coders: int, distance: SetDistance
) -> Iterator[tuple[Level, dict[str, Coefficient]]]:
    """The coefficients over all codes on each level above, where the codes there are others."""
    for above in LEVELS[LEVELS.index(level) + 1 :]:
        raised = {code: raise_code(study, code, above) for code in study.codebook.places}
        higher = count_given(
            (tuple(_raise(own, raised) for own in row), times) for row, times in table.items()
        )
        if higher != table:
            used = {code for row in higher for own in row if isinstance(own, frozenset) for code in own}
            in_use = [code for code in dict.fromkeys(raised.values()) if code in used]
            yield above, measure_sets(higher, in_use, coders, distance)


def _raise(own: Hashable, raised: Mapping[str, str]) -> Codes | None:
    return frozenset(raised[code] for code in own) if isinstance(own, frozenset) else None


def list_codes(study: Study, level: Level) -> list[str]:
    """What passages can get on a level: codes that have none below them and are not retired, or what is above these."""
    places = study.codebook.places.values()
    leaves = (place.code for place in places if not place.code.codes and place.code.status == "active")
    return list(dict.fromkeys(raise_code(study, code.id, level) for code in leaves))
