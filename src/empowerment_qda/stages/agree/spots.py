"""Where coders meet: the turns that two of them or more rated, with what each gave, to be talked over one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from empowerment_qda.model.study import Study
from empowerment_qda.stages.agree.units import Codes, Mark, compare


@dataclass(frozen=True, slots=True)
class Spot:
    """An answer, the codes that each coder gave it (None: has not coded the source), and their passages."""

    source: str
    turn: int
    given: tuple[Codes | None, ...]
    marks: tuple[Mark, ...]

    @property
    def agreed(self) -> Codes:
        """The codes that all of them gave."""
        return frozenset.intersection(*self._rated)

    @property
    def disputed(self) -> Codes:
        """The codes that some of them gave and some did not."""
        return frozenset.union(*self._rated) - self.agreed

    @property
    def _rated(self) -> list[Codes]:
        return [codes for codes in self.given if codes is not None]


def find_spots(study: Study, coders: Sequence[str]) -> Iterator[Spot]:
    """The answers with a code from anybody, in the order of the study; those with disputed codes are the turns of
    `agree_coders`' disagreements. StudyError for an unknown coder."""
    for unit in compare(study, coders, "turn", "code").units:
        if len(coders) - unit.given.count(None) > 1 and any(unit.given):
            turn, _ = unit.answers.turn_of(unit.start)
            yield Spot(unit.answers.source.id, turn, unit.given, unit.marks)
