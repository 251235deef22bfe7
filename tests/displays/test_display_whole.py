"""What holds for every display of any codings: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display_kit import marks, read_displayed
from empowerment_qda.displays import DISPLAYS, make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.display import Display
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.source import TurnRange
from empowerment_qda.model.study import Study

COMPLETE = (
    "partially-ordered",
    "content-analytic",
    "code-by-attribute",
    "time-ordered",
    "effects",
    "co-occurrence",
)
"""Displays in which all evidence stands."""
ONE_DIRECTION = ("checklist", "content-analytic", "stacked", "code-by-attribute", "effects")
"""Displays with a single direction in each cell, as it holds one code or one direction."""
CODES = ("given", "rare", "noted", "open", "closed", "fair", "luck")


class Choice(NamedTuple):
    """A coding of a whole turn."""

    source: str
    code: str
    coder: str
    strength: str
    event: str | None


choices = st.lists(
    st.builds(
        Choice,
        st.sampled_from(("H-01", "O-01", "O-02", "O-03", "U-01", "N-01", "D-01")),
        st.sampled_from(CODES),
        st.sampled_from(("first", "second")),
        st.sampled_from(("direct", "inferred")),
        st.sampled_from((None, "2021", "2022-03-04")),
    ),
    max_size=30,
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of the kit; its codings are replaced."""
    root: Path = tmp_path_factory.mktemp("study")
    return read_displayed(root)


def code(base: Study, chosen: Sequence[Choice]) -> Study:
    """The study with these codings instead of its own."""
    files = []
    for number, one in enumerate(chosen):
        turn = 2 if one.source == "H-01" else 1
        coding = Coding.model_validate(
            {
                "id": f"C{number}",
                "code": one.code,
                "turn": TurnRange(turn, turn),
                "quote": base.by_id[one.source].turns[turn - 1].text,
                "strength": one.strength,
                "event_date": one.event,
            }
        )
        files.append(Codings(source=one.source, coder=one.coder, codings=(coding,)))
    return Study(base.settings, base.codebook, base.sources, tuple(files))


def ids(made: Display) -> set[str]:
    """All evidence in the cells."""
    return {one for line in made.cells for cell in line for one in cell.ids}


def passages(evidence: Sequence[Evidence], shown: set[str]) -> set[object]:
    """The distinct passages of the evidence shown."""
    return {row.passage for row in evidence if row.id in shown}


def displays(study: Study, reduction: Reduction) -> dict[str, Display]:
    """All of them, by name."""
    return {name: make_display(name, study, reduction, "en") for name in DISPLAYS}


@given(choices)
def test_what_holds_for_every_display(base: Study, chosen: list[Choice]) -> None:
    study = code(base, chosen)
    reduction = reduce_study(study)
    evidence = reduction.evidence
    made = displays(study, reduction)
    for name, one in made.items():
        totals_are_over_what_the_cells_hold(one, evidence)
        cells_add_up(one, evidence)
        assert name not in COMPLETE or ids(one) == {row.id for row in evidence}, name
    columns_hold_the_passages_of_their_codes(made["content-analytic"], evidence)
    limits_and_supports_of_all_sides_are_those_of_the_aspect(made["effects"], evidence)
    co_occurrence_is_the_same_from_both_sides(made["co-occurrence"])
    turned = Study(study.settings, study.codebook, study.sources, study.codings[::-1])
    for name, one in displays(turned, reduce_study(turned)).items():
        assert marks(one) == marks(made[name]), f"{name}: the order of files changes it"


def totals_are_over_what_the_cells_hold(made: Display, evidence: Sequence[Evidence]) -> None:
    shown = ids(made)
    assert made.segments == len(passages(evidence, shown)), made.name
    assert made.informants == len({one.id for row in evidence if row.id in shown for one in row.witnesses}), (
        made.name
    )


def cells_add_up(made: Display, evidence: Sequence[Evidence]) -> None:
    voices = len({one.id for row in evidence for one in row.witnesses})
    for cell in (cell for line in made.cells for cell in line):
        directions = cell.supports + cell.limits + cell.neutral
        assert (cell.segments > 0) == (directions > 0) == (cell.state not in ("silent", "no_data"))
        assert directions == cell.segments or made.name not in ONE_DIRECTION
        assert cell.unidentified <= cell.informants <= voices


def columns_hold_the_passages_of_their_codes(made: Display, evidence: Sequence[Evidence]) -> None:
    for number, column in enumerate(made.columns):
        of_code = {row.passage for row in evidence if row.code == column.id}
        assert sum(line[number].segments for line in made.cells) == len(of_code)


def limits_and_supports_of_all_sides_are_those_of_the_aspect(
    made: Display, evidence: Sequence[Evidence]
) -> None:
    for row, line in zip(made.rows, made.cells, strict=True):
        for direction in ("supports", "limits"):
            counted = sum(
                cell.segments
                for column, cell in zip(made.columns, line, strict=True)
                if column.id.endswith(f".{direction}")
            )
            held = {
                one.passage
                for one in evidence
                if (one.aspect or one.dimension) == row.id and one.direction == direction
            }
            assert counted == len(held)


def co_occurrence_is_the_same_from_both_sides(made: Display) -> None:
    cells = made.cells
    for one in range(len(cells)):
        for other in range(len(cells)):
            assert cells[one][other] == cells[other][one]
            assert cells[one][other].segments <= cells[one][one].segments
