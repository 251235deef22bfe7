"""Keys of the workbench, and what is on disk after each."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.evidence.passages import find_anchor
from empowerment_qda.files import edit as folder_desk
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.app import Workbench
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, mine, pairs, press, run, said, shown, typed, value_of, wrong_of

HELD = "We hold digital training every month."
JOINED = "I joined training."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def test_every_action_is_on_disk_before_the_next_key(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n")
        assert pairs(root, "H-01") == []
        await typed(pilot, "a")
        assert pairs(root, "H-01") == [("training-provided", "accepted", HELD)]
        assert said(app) == f"accept: training-provided at H-01#2 “{HELD}” (second-001)"
        await typed(pilot, "z")
        assert pairs(root, "H-01") == []
        await typed(pilot, "y")
        assert pairs(root, "H-01") == [("training-provided", "accepted", HELD)]
        await typed(pilot, "r")
        assert pairs(root, "H-01") == [("training-provided", "rejected", HELD)]
        await typed(pilot, "a", "x")
        assert pairs(root, "H-01") == []
        assert [one.state for one in app.session.shown] == ["suggested"]

    off_screen(root, body)


def test_a_suggestion_is_rejected_and_not_made_again(root: Path) -> None:
    told = press(root, "n", "r")
    assert told.startswith("reject: training-provided at H-01#2")
    assert pairs(root, "H-01") == [("training-provided", "rejected", HELD)]
    assert press(root, "r", sources=("H-01",)) == "! No suggestion here: n goes to the next one."


def test_a_code_is_given_by_a_few_letters(root: Path) -> None:
    told = press(root, "down", "c", "'rare", "enter")
    assert told == f"add: training-rare at H-01#2 “{HELD}” (second-001)"
    assert pairs(root, "H-01") == [("training-rare", "accepted", HELD)]
    told = press(root, "down", "enter", "'rare", "enter")
    assert told.startswith("! These words have that code already")
    assert len(mine(root, "H-01")) == 1


def test_the_picker_shows_what_a_code_means_and_can_be_left(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "c", "'train", "down", "down", "up", "pagedown", "pageup", "down")
        options = app.screen.query_one(OptionList)
        assert (options.option_count, options.highlighted) == (2, 1)
        await typed(pilot, "'zzz")
        assert options.option_count == 0
        assert "No code has these letters" in str(app.screen.query_one("#text").content)  # type: ignore[attr-defined]
        await typed(pilot, "down", "enter", "escape")
        assert len(app.screen_stack) == 1
        await typed(pilot, "c", "'provided")
        assert "training-provided" in str(app.screen.query_one("#text").content)  # type: ignore[attr-defined]
        assert await pilot.click(OptionList, offset=(2, 0))
        await pilot.pause()

    run(root, body)
    assert pairs(root, "H-01") == [("training-provided", "accepted", HELD)]


def test_a_selection_grows_over_sentences_words_and_turns(root: Path) -> None:
    press(root, "down", "shift+down", "c", "'rare", "enter", sources=("H-01",))
    assert pairs(root, "H-01")[-1][2].startswith("We hold digital training every month. Owners come")
    press(root, "down", "right", "shift+right", "c", "'prov", "enter", sources=("H-01",))
    assert pairs(root, "H-01")[-1] == ("training-provided", "accepted", "We hold")
    press(root, "full_stop", "v", "full_stop", "full_stop", "c", "'rare", "enter", sources=("L-01",))
    assert pairs(root, "L-01")[-1][2].endswith("<ok>\nAnd then?\nNothing.")


def test_a_suggestion_is_recoded(root: Path) -> None:
    told = press(root, "n", "k", "'rare", "enter")
    assert told.startswith("recode: training-rare at H-01#2")
    assert pairs(root, "H-01") == [
        ("training-provided", "rejected", HELD),
        ("training-rare", "accepted", HELD),
    ]
    assert mine(root, "H-01")[1].why == 'instead of training-provided: cue "training" on "training"'


def test_remarks_are_written_and_taken_away(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "a", "m", "'[b] why", "enter", "i", "d", "'2022-09", "enter")
        (made,) = mine(root, "H-01")
        assert (made.memo, made.strength, str(made.event_date)) == ("[b] why", "inferred", "2022-09")
        assert "✓~ training-provided*" in said(app, "here")
        assert "happened 2022-09 · memo: [b] why" in said(app, "here")
        await typed(pilot, "m", "ctrl+u", "enter", "i", "d", "escape")
        (made,) = mine(root, "H-01")
        assert (made.memo, made.strength, str(made.event_date)) == (None, "direct", "2022-09")
        await typed(pilot, "d", "'15 september 2022", "enter")
        assert said(app).startswith("! `event_date`")
        assert value_of(app) == "15 september 2022"
        assert wrong_of(app).startswith("! `event_date`")
        assert str(mine(root, "H-01")[0].event_date) == "2022-09"
        await typed(pilot, "ctrl+u", "'2022-09-15", "enter")

    off_screen(root, body)
    assert str(mine(root, "H-01")[0].event_date) == "2022-09-15"


@pytest.mark.parametrize(
    ("keys", "said_"),
    [
        (("c", "'rare", "enter"), "! H-01#1 is the interviewer's turn; what is asked is no evidence. Code the answer instead."),
        (("a",), "! No suggestion here: n goes to the next one."),
        (("x",), "! None of your codings is here; r rejects a suggestion."),
        (("m",), "! None of your codings is here: a accepts a suggestion first, c gives a code."),
        (("i",), "! None of your codings is here: a accepts a suggestion first, c gives a code."),
        (("k",), "! Nothing here to give another code."),
        (("z",), "Nothing is left to undo."),
        (("y",), "Nothing is there to redo."),
        (("f", "escape"), "Ready. ? lists the keys."),
        (("o",), "Ready. ? lists the keys."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_changes_nothing(
    root: Path, keys: tuple[str, ...], said_: str
) -> None:
    assert press(root, *keys) == said_
    assert pairs(root, "H-01") == []


def test_a_full_disk_is_told_and_changes_nothing(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n")
        with patch.object(folder_desk, "write_bytes", side_effect=OSError(28, "No space left on device")):
            await typed(pilot, "a")
        assert said(app) == "! The disk refuses: No space left on device. Nothing was changed."
        assert pairs(root, "H-01") == []
        await typed(pilot, "a")

    off_screen(root, body)
    assert len(pairs(root, "H-01")) == 1


def test_undo_goes_back_to_the_source_and_place(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "n", "a", "n", "r", "right_square_bracket")
        assert app.session.source.id == "O-01"
        await typed(pilot, "z")
        assert app.session.source.id == "L-01"
        await typed(pilot, "home", "z", "y")
        assert app.selection.cursor.span[:2] == (2, 0)

    off_screen(root, body)
    assert pairs(root, "L-01") == [("training-provided", "accepted", JOINED)]


def test_a_code_is_given_from_the_tree(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "s", "'rare", "enter")
        assert app.book.code == "training-rare"
        assert said(app, "meaning").startswith("training-rare")
        await typed(pilot, "enter")
        app.book.point_to("no such code")

    run(root, body)
    assert pairs(root, "H-01") == [("training-rare", "accepted", HELD)]


def test_a_double_click_in_the_tree_gives_the_code(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down")
        await pilot.click("#tree", offset=(8, 2))
        assert pairs(root, "H-01") == []
        assert app.book.code == "training-provided"
        await pilot.double_click("#tree", offset=(8, 2))
        await pilot.pause()

    run(root, body)
    assert pairs(root, "H-01") == [("training-provided", "accepted", HELD)]


def test_edits_by_hand_are_taken_up_and_told(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "a")
        path = root / "codings/second/H-01.yaml"
        path.write_text(path.read_text() + "  - {code: training-rare, turn: 2, quote: Owners come}\n")
        await typed(pilot, "i")
        assert mine(root, "H-01")[0].strength == "direct"
        await typed(pilot, "i")
        assert said(app).endswith("codings/second/H-01.yaml was edited by hand; the log has taken that up.")
        assert "✓ 2" in said(app, "status")

    off_screen(root, body)
    assert [one.strength for one in mine(root, "H-01")] == ["inferred", "direct"]


def test_a_second_session_of_the_same_coder_is_refused(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        with pytest.raises(StudyError, match="works on this already"):
            Desk.open(root, read_study(root), "second")
        await typed(pilot, "n", "a")

    off_screen(root, body)
    assert len(pairs(root, "H-01")) == 1


def test_words_that_nobody_said_so_are_marked_and_told(root: Path) -> None:
    path = root / "data/interviews/L-01.yaml"
    path.write_text(path.read_text().replace('text: "Nothing."', 'text: "Nothing.", reconstructed: yes'))

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        assert any(line.endswith("‡ reconstructed") for line in shown(app))
        await typed(pilot, "end", "c", "'rare", "enter")
        assert said(app).startswith("add: training-rare at L-01#4")
        assert "The words of L-01#4 are reconstructed" in said(app)

    off_screen(root, body, sources=("L-01",))
    assert len(mine(root, "L-01")) == 1


def test_no_words_are_looked_for_twice(root: Path) -> None:
    """Where codings stand is found out once, also what others did; a key costs no more where there is more around."""
    looked: list[str] = []
    find = find_anchor

    def count(text: SourceText, coding: Coding) -> Anchor:
        looked.append(coding.quote)
        return find(text, coding)

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        looked.clear()
        await typed(pilot, "down", "right", "full_stop", "u", "end", "p", "n", "slash", "'owners", "enter", "f", "b", "b")  # fmt: skip
        assert looked == []
        await typed(pilot, "n", "a", "i", "z", "y")
        assert looked == ["We hold digital training every month."]  # once, for the coding that `a` made
        looked.clear()
        await typed(pilot, "down", "c", "'rare", "enter")
        assert looked == ["Owners come from all wards."]

    with patch.object(folder_desk, "find_anchor", count):
        off_screen(root, body, sources=("H-01",), others=True)


def test_moving_reads_no_codings(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        with patch.object(Desk, "codings", side_effect=AssertionError), patch.object(Desk, "passages", side_effect=AssertionError):  # fmt: skip
            await typed(
                pilot, "down", "right", "shift+right", "escape", "full_stop", "end", "home", "o", "pagedown"
            )

    run(root, body)
