"""Which keys are told, on how many columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from empowerment_qda.workbench.key_list import BROAD, HERE, choose_keys, lay_out, list_sections, say_keys
from empowerment_qda.workbench.keys import KEYS, ROUND

SECTIONS = [list_sections(), list_sections(ROUND)]


@pytest.mark.parametrize("sections", SECTIONS)
@pytest.mark.parametrize("width", range(30, 201))
def test_the_list_wraps_at_any_width(sections: list, width: int) -> None:  # type: ignore[type-arg]
    """No line is too wide, no word is lost or out of order, and each key stands before its first word."""
    lines = str(lay_out(sections, width)).split("\n")
    assert max(map(cell_len, lines)) <= width
    half = (width - 3) // 2
    halves = (
        [[line[:half], line[half + 3 :]] for line in lines] if width >= BROAD else [[line] for line in lines]
    )
    read = [line.strip() for column in zip(*halves, strict=True) for line in column]
    for heading, rows in sections:
        assert heading in read
        for names, said in rows:
            start = re.compile(rf"{re.escape(names)}\s\s+{re.escape(said.split()[0])}( |$)")
            at = next(number for number, line in enumerate(read) if start.match(line))
            assert " ".join(" ".join(read[at : at + 12]).split()).startswith(
                " ".join(f"{names} {said}".split())
            )


def test_every_key_is_listed_below_a_heading_in_its_order() -> None:
    named = [said for one in list_sections() for _, said in one.rows]
    wanted = [key.sentence for key in KEYS]
    assert [said for said in named if said in wanted] == wanted
    assert list_sections(ROUND)[1].heading == "Reconcile"
    assert [said for _, said in list_sections(ROUND)[1].rows] == [key.sentence for key in ROUND]
    below = {said: one.heading for one in list_sections() for _, said in one.rows}
    assert below["take the words as they are now"] == "With a problem open"
    assert below["list every place where it stands; Enter goes there"] == "Find"


@pytest.mark.parametrize("instead", [(), ROUND])
@given(where=st.sampled_from(sorted(HERE)), width=st.integers(20, 220))
def test_the_line_has_room_for_what_it_tells(instead: tuple, where: str, width: int) -> None:  # type: ignore[type-arg]
    keys = choose_keys(where, width, instead, ["next_problem"])
    assert cell_len(str(say_keys(keys))) <= width
    assert keys
    wider = choose_keys(where, width + 20, instead, ["next_problem"])
    assert [key for key in wider if key in keys] == keys
    if where != "book" and width >= 40:
        actions = [key.action for key in keys]
        assert "help" in actions
        assert set(HERE[where][:2]) & {*actions}


def test_a_key_that_means_nothing_here_is_not_told() -> None:
    def words(where: str, **how: object) -> str:
        return str(say_keys(choose_keys(where, 200, **how)))  # type: ignore[arg-type]

    assert "Accept" in words("suggested")
    assert "Accept" not in words("accepted")
    assert "x Remove" in words("accepted")
    assert "Remove" not in words("")
    assert "t Take the words  h Stands here  g Next place" in words("problem")
    assert words("book") == "Enter Give it  Esc Back"
    assert "1-9 Take over" in words("round", instead=ROUND)
    assert "p Problem" in words("", also=["next_problem"])
    assert "Problem" not in words("")


def test_what_makes_and_changes_codes_is_told_where_there_is_room() -> None:
    def words(where: str, width: int, *also: str) -> str:
        return str(say_keys(choose_keys(where, width, also=also)))

    assert "+ New code" in words("", 78)
    assert "p Problem" in words("accepted", 78, "next_problem")
    assert "+ New code  C Change code  e Edit" in words("accepted", 120)
    assert "+ New code" not in words("accepted", 78)
