"""Where keys lead: what waits, what is not coded, what is looked for, and what others did."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.key_list import ListKeys, describe_keys
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, pairs, press, run, said, shown, typed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def test_next_suggestion_goes_on_over_sources_and_around(root: Path) -> None:
    places = []

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        for _ in range(5):
            await typed(pilot, "n")
            places.append((app.session.source.id, app.selection.cursor.span[:2]))
        assert said(app) == '? training-provided: cue "training" on "training"'

    off_screen(root, body)
    assert places == [
        ("H-01", (2, 0)),
        ("L-01", (2, 0)),
        ("L-01", (2, 19)),
        ("L-01", (2, 47)),
        ("H-01", (2, 0)),
    ]
    told = press(root, "n", sources=("O-01",))
    assert told == "No suggestion waits. `qda code` makes them from the codebook's cues."


def test_one_suggestion_wraps_to_itself(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "n")
        assert app.selection.cursor.span[:2] == (2, 0)

    off_screen(root, body, sources=("H-01",))


def test_uncoded_answers_one_after_the_other(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "u")
        assert app.selection.cursor.span.turn == 2
        await typed(pilot, "u")
        assert app.selection.cursor.span.turn == 4
        await typed(pilot, "c", "'rare", "enter", "u")
        assert app.selection.cursor.span.turn == 2
        await typed(pilot, "c", "'rare", "enter", "u")
        assert said(app) == "Every answer is coded."
        assert "0 of 2 answers uncoded" in said(app, "status")

    off_screen(root, body, sources=("L-01",))


def test_uncoded_answers_lead_on_to_the_next_source(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "u", "u")
        assert (app.session.source.id, app.selection.cursor.span.turn) == ("L-01", 2)

    off_screen(root, body)


def test_find_takes_letters_and_other_forms_of_a_word(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'JOIN", "enter")
        assert said(app) == "“JOIN”: 1 of 2 in 1 source; f finds the next."
        assert app.selection.cursor.span == (2, 2, 2, 6)
        await typed(pilot, "f")
        assert app.selection.cursor.span == (2, 27, 2, 31)
        await typed(pilot, "f", "slash", "ctrl+u", "'class", "enter")
        assert app.selection.cursor.span[:2] == (2, 38)
        await typed(pilot, "slash", "ctrl+u", "'trained", "enter")
        assert app.selection.cursor.span == (2, 9, 2, 17)
        await typed(pilot, "slash", "ctrl+u", "'nobody", "enter")
        assert said(app) == "“nobody” does not stand in L-01."
        await typed(pilot, "slash", "ctrl+u", "'...", "enter")
        assert said(app).startswith("! ")

    off_screen(root, body, sources=("L-01",))


def test_other_coders_stay_hidden_until_they_are_asked_for(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        assert not any("first" in line for line in shown(app))
        await typed(pilot, "b")
        assert any("= first: training-prov" in line for line in shown(app))
        assert "others shown" in said(app, "status")
        await typed(pilot, "b")
        assert not any("first" in line for line in shown(app))

    off_screen(root, body)


def test_a_session_that_began_blind_stays_blind(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "b")
        assert said(app) == "! This session is blind: it was started with --blind."
        assert not any("first" in line for line in shown(app))

    off_screen(root, body, sealed=True, others=True)


def test_suggestions_stay_hidden_where_that_was_asked_for(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        assert [*app.session.shown] == []
        assert not any(
            "?" in line.split("training-provided")[0] for line in shown(app) if "training-provided" in line
        )
        assert "suggestions hidden · ✓ 0  ? 0" in said(app, "status")
        await typed(pilot, "n")
        assert said(app) == "This session hides suggestions: it was started with --no-suggestions."
        await typed(pilot, "down", "a")
        assert said(app).startswith("! No suggestion here")
        await typed(pilot, "c", "'provided", "enter")
        assert [mark.state for mark in app.session.shown] == ["accepted"]
        await typed(pilot, "b", "right_square_bracket")
        assert [*app.session.shown] == []

    off_screen(root, body, sources=("H-01", "L-01"), suggestions=False)
    assert pairs(root, "H-01") == [("training-provided", "accepted", "We hold digital training every month.")]


def test_another_coders_coding_cannot_be_decided_on(root: Path) -> None:
    assert press(root, "down", "down", "a", others=True, sources=("O-01",)).startswith("! No suggestion here")
    assert pairs(root, "O-01") == []


def test_the_page_on_coding_names_keys_that_there_are() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/coding.md").read_text(encoding="utf-8")
    rows = page.split("| to | press |\n")[1].split("\n\n")[0].splitlines()[1:]
    known = {one for keys, _ in describe_keys() for one in keys.split()}
    named = {key for row in rows for key in re.findall(r"`([^`]+)`", row.split(" | ")[-1])}
    assert len(named) > 20
    assert named - known == set()


def test_the_keys_are_listed(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "question_mark")
        assert isinstance(app.screen, ListKeys)
        await typed(pilot, "q")
        assert len(app.screen_stack) == 1
        await typed(pilot, "q")
        assert not app.is_running

    run(root, body)
