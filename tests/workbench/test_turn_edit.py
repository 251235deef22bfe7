"""A transcript corrected from the workbench: shown first, the same files and the same undo as `qda source edit`, and what lost its
words open at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.code_dialogs import Confirm
from empowerment_qda.workbench.turn_edit import EditTurns
from kit import write_study
from kit_desk import Clock

from .keyboard import Keyboard, off_screen
from .screen import TWO_CODERS, mine, run, said, typed

HEAD = "data/interviews/H-01.yaml"
SHORT = "'[2] H\nOwners come from all wards."
CHANGED = "'[2] H\nWe hold monthly training. Owners come from all wards."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, TWO_CODERS)


def press(root: Path, *keys: str, check: Any = None, **how: Any) -> str:
    """Press keys without a screen; what was told last. `check` looks at the keyboard then."""
    told = ""

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        nonlocal told
        await typed(pilot, *keys)
        told = said(app)
        if check:
            check(app)

    off_screen(root, body, **how)
    return told


def files(root: Path) -> dict[str, bytes]:
    """What people wrote, less logs."""
    kept = (one for one in root.rglob("*") if one.is_file() and ".qda" not in one.parts)
    return {str(one.relative_to(root)): one.read_bytes() for one in kept if one.suffix in (".yaml", ".md")}


def shown(app: Any) -> str:
    """What a question says that is open."""
    return str(app.screen.body())


def test_the_turn_in_hand_is_corrected_and_the_codings_move_along(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert app.question is None
        assert [one.coding.quote for one in app.session.shown if one.own] == ["We hold monthly training."]
        assert app.session.source.turns[1].text.startswith("We hold monthly")

    told = press(root, "down", "e", CHANGED, "ctrl+s", "enter", check=look)
    assert told == "Done: correct H-01#2. 1 of your codings has other words now. z takes it back."
    assert [one.quote for one in mine(root, "H-01")] == ["We hold monthly training."]
    assert press(root, "z", "enter") == "Taken back: correct H-01#2."
    assert files(root) == before


def test_what_changes_is_shown_before_and_esc_goes_back_to_the_words(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, Confirm)
        assert "S1 training-provided (second) · H-01#2: changed" in shown(app)
        assert "E1" not in shown(app)
        assert "1 coding that you do not see here follows, too" in shown(app)
        app.press("escape")
        assert isinstance(app.screen, EditTurns)

    press(root, "down", "e", CHANGED, "ctrl+s", check=look)
    press(
        root, "down", "e", CHANGED, "ctrl+s", others=True, check=lambda app: shown(app).index("E1 training")
    )
    assert files(root) == before


def test_what_lost_its_words_is_open_at_once(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert app.panel.display
        assert said(app, "problem-text").startswith("Problem 1 of 1: lost · training-provided at H-01#2 (S1)")
        app.press("x")
        assert not mine(root, "H-01")

    told = press(root, "down", "e", SHORT, "ctrl+s", "enter", check=look)
    assert told == "Done: correct H-01#2. 1 lost its words. z takes it back."


def test_words_that_become_a_question_are_told_of_to_whom_they_are_shown(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert "! H-01#1 is the interviewer's turn; what is asked is no evidence" in shown(app)

    joined = "'[1] R\nWhat do you do? We hold digital training every month. Owners come from all wards."
    press(root, "shift+down", "shift+down", "e", joined, "ctrl+s", check=look)


def test_a_turn_is_split_and_given_to_another_speaker(root: Path) -> None:
    press(
        root,
        "down",
        "e",
        "'[2] H\nWe hold digital training every month.\n\n[+] R\nOwners come from all wards.",
        "ctrl+s",
        "enter",
    )
    source = read_study(root).by_id["H-01"]
    assert [(one.speaker, one.text) for one in source.turns[1:]] == [
        ("H", "We hold digital training every month."), ("R", "Owners come from all wards.")]  # fmt: skip
    assert (
        press(
            root,
            "down",
            "e",
            "'[2] H\nWe.\n\n[3] R\nOh.",
            "ctrl+s",
            check=lambda app: app.wrong.index("stands there twice"),
        )
        == "Ready. ? lists the keys."
    )


def test_words_that_cannot_stand_there_are_told_and_stay(root: Path) -> None:
    before = files(root)
    for text, wrong in (
        ("'[2] H", "has no words"),
        ("'[2] HH\nYes.", "declares no speaker `HH`"),
        ("'[2] H\nWe hold digital training every month. Owners come from all wards.", "changes nothing"),
    ):

        def look(app: Keyboard, wrong: str = wrong) -> None:
            assert wrong in app.wrong
            assert isinstance(app.screen, EditTurns)

        press(root, "down", "e", text, "ctrl+s", check=look)
    assert files(root) == before


def test_a_transcript_that_was_edited_elsewhere_meanwhile_is_left_alone(root: Path) -> None:
    def look(app: Keyboard) -> None:
        path = root / HEAD
        path.write_text(path.read_text().replace("digital", "monthly"))
        app.press(CHANGED, "ctrl+s")
        assert "changed elsewhere meanwhile" in app.wrong

    press(root, "down", "e", check=look)


def test_a_coder_who_sits_at_it_is_in_the_way_and_nothing_is_written(root: Path) -> None:
    before = files(root)
    with Desk.open(root, read_study(root), "first", Clock()):
        press(
            root,
            "down",
            "e",
            CHANGED,
            "ctrl+s",
            "enter",
            check=lambda app: app.wrong.index("works on this already"),
        )
    assert files(root) == before


def test_a_round_of_reconciliation_goes_on_with_the_corrected_words(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert app.session.source.id == "H-01"
        assert app.session.source.turns[1].text.startswith("We hold monthly training.")

    told = press(
        root,
        "down",
        "e",
        CHANGED,
        "ctrl+s",
        "enter",
        coder="consensus",
        coders=("first", "second"),
        sources=["H-01"],
        check=look,
    )
    assert told == "Done: correct H-01#2. Your codings are on the same words. z takes it back."


def test_on_the_screen_the_words_are_edited_in_place(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "e")
        assert isinstance(app.screen, EditTurns)
        area = app.screen.query_one(TextArea)
        assert area.text == "[2] H\nWe hold digital training every month. Owners come from all wards."
        area.text = area.text.replace("digital ", "")
        await typed(pilot, "escape")
        assert isinstance(app.screen, EditTurns)
        await typed(pilot, "ctrl+s", "enter")
        assert len(app.screen_stack) == 1
        assert said(app).startswith("Done: correct H-01#2.")
        assert app.session.source.turns[1].text.startswith("We hold training every")

    run(root, body)
    assert [one.quote for one in mine(root, "H-01")] == ["We hold training every month."]
