"""What is noted beside the codings: turns that are left out, and memos."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from empowerment_qda.folder.read import read_study
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.reasons import AskReason
from kit import write_study

from .screen import STUDY, pairs, press, run, said, shown, typed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def left(root: Path, source: str) -> list[tuple[str, str]]:
    files = [one for one in read_study(root).codings if (one.coder, one.source) == ("second", source)]
    return [(str(one.turn), one.reason) for file in files for one in file.left_out]


# Turns that are left out


def test_a_turn_is_left_out_with_a_reason_and_taken_in_again(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "full_stop", "full_stop", "full_stop", "l")
        assert isinstance(app.screen, AskReason)
        await typed(pilot, "enter")
        assert said(app) == "leave-out: L-01#4 is left out (greeting or small talk)"
        assert left(root, "L-01") == [("4", "greeting or small talk")]
        assert any("Nothing." in line and "∅ greeting or small talk" in line for line in shown(app))
        assert "1 of 1 answers uncoded · 1 left out" in said(app, "status")
        await typed(pilot, "l")
        assert said(app) == "take-in: L-01#4 is not left out any more"
        assert "1 of 2" not in said(app, "status")
        assert "2 of 2 answers uncoded" in said(app, "status")
        await typed(pilot, "z")
        assert said(app) == "undo: L-01#4 is left out (greeting or small talk)"
        assert any("∅" in line for line in shown(app))

    run(root, body, sources=("L-01",))
    assert left(root, "L-01") == [("4", "greeting or small talk")]


def test_reasons_are_chosen_changed_or_given_in_ones_own_words(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "end", "l", "'[b]late[/b]", "enter")
        assert left(root, "L-01") == [("4", "[b]late[/b]")]
        assert any("∅ [b]late[/b]" in line for line in shown(app))
        await typed(pilot, "home", "down", "l")
        assert app.screen.query_one(Input).value == "[b]late[/b]"
        await typed(pilot, "down", "down", "up", "up", "up", "down", "end", "'!", "enter")
        assert left(root, "L-01")[0] == ("2", "greeting or small talk!")
        await typed(pilot, "l", "l")
        assert await pilot.click(OptionList, offset=(2, 1))
        await pilot.pause()
        assert left(root, "L-01")[0] == ("2", "greeting or small talk")
        await typed(pilot, "l", "l", "escape")
        assert left(root, "L-01") == [("4", "[b]late[/b]")]

    run(root, body, sources=("L-01",))


def test_a_passage_over_turns_is_left_out_without_its_questions(root: Path) -> None:
    press(root, "v", "full_stop", "full_stop", "full_stop", "l", "'x", "enter", sources=("L-01",))
    assert left(root, "L-01") == [("2", "x"), ("4", "x")]


def test_what_cannot_be_left_out_is_said_before_a_reason_is_asked_for(root: Path) -> None:
    assert press(root, "l") == "! H-01#1 is the interviewer's; what is asked is never coded. Nothing needs to be done."  # fmt: skip
    told = press(root, "n", "a", "l")
    assert told.startswith("! H-01#2 is coded: training-provided at H-01#2")
    assert told.endswith("Reject that coding or take it away first.")
    assert left(root, "H-01") == []


def test_a_code_takes_a_turn_in_again(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "l", "enter", "c", "'rare", "enter")
        assert said(app).endswith("; H-01#2 is not left out any more")
        assert not any("∅" in line for line in shown(app))
        await typed(pilot, "z")
        assert (pairs(root, "H-01"), left(root, "H-01")) == ([], [("2", "greeting or small talk")])

    run(root, body, sources=("H-01",))


def test_the_next_uncoded_answer_is_none_that_is_left_out(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "u", "l", "enter", "home", "u")
        assert app.transcript.cursor.span.turn == 4
        await typed(pilot, "l", "enter", "u")
        assert said(app) == "Every answer is coded or left out."
        assert "0 of 0 answers uncoded · 2 left out" in said(app, "status")

    run(root, body, sources=("L-01",))
