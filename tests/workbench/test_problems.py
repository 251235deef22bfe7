"""Codings whose words are not where or as they were: what is shown of them, and how a person puts them right."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from empowerment_qda.files.log import read_log
from empowerment_qda.workbench.app import Workbench
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, mine, press, run, said, typed

CHANGED = "We hold the digital training every month."
STUDY_TURN = "I joined training. Later I joined the classes. It was only once. [laughs] 100% <ok>"
GONE = "nobody has ever said anything like this here"
MINE = {
    "codings/second/H-01.yaml": f"""
    source: H-01
    coder: second
    codings:
      - {{id: S2, code: training-rare, turn: 1, quote: Owners come from all wards.}}
      - {{id: S1, code: training-provided, turn: 2, quote: {CHANGED}}}  # a comment
    """,
    "codings/second/L-01.yaml": f"""
    source: L-01
    coder: second
    codings:
      - {{id: S3, code: training-rare, turn: 2, quote: joined, memo: m}}
      - {{id: S4, code: training-rare, turn: 9, quote: {GONE}}}
      - {{id: S5, code: training-provided, turn: 4, quote: {GONE} either, status: rejected}}
      - {{id: S6, code: training-rare, turn: 4}}
    """,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY | MINE)


def panel(app: Workbench | Keyboard) -> list[str]:
    """The lines about the problem that is open; none where none is."""
    part = app.panel if isinstance(app, Keyboard) else app.part("problem")
    shown = part.display
    return said(app, "problem-text").split("\n") if shown else []


def test_the_next_problem_goes_on_over_sources_and_around(root: Path) -> None:
    seen = []

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        assert panel(app) == []
        assert "2 problems" in said(app, "status")
        for _ in range(6):
            await typed(pilot, "p")
            seen.append((panel(app)[0], app.session.source.id, app.selection.cursor.span[:2]))

    before = {path: path.read_bytes() for path in root.rglob("codings/second/*.yaml")}
    off_screen(root, body)
    assert seen == [
        ("Problem 1 of 5: changed · training-provided at H-01#2 (S1)", "H-01", (2, 0)),
        ("Problem 2 of 5: moved · training-rare at H-01#1 (S2)", "H-01", (2, 38)),
        ("Problem 3 of 5: several places · training-rare at L-01#2 (S3)", "L-01", (2, 0)),
        ("Problem 4 of 5: no quotation · training-rare at L-01#4 (S6)", "L-01", (4, 0)),
        ("Problem 5 of 5: lost · training-rare at L-01#9 (S4)", "L-01", (4, 0)),
        seen[0],
    ]
    assert all(path.read_bytes() == content for path, content in before.items())


def test_changed_words_are_shown_side_by_side_and_taken_with_a_key(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p")
        assert panel(app)[1:3] == [
            "was  We hold [-the-] digital training every month.",
            "now  We hold digital training every month.",
        ]
        assert app.selection.chosen
        assert app.selection.chosen.coding.id == "S1"
        await typed(pilot, "up", "t")
        assert panel(app) == []
        assert said(app).startswith("anchor: training-provided at H-01#2 ")
        assert "1 problem ·" in said(app, "status")
        assert mine(root, "H-01")[1].quote == "We hold digital training every month."
        await typed(pilot, "z")
        assert mine(root, "H-01")[1].quote == CHANGED
        await typed(pilot, "y")

    off_screen(root, body)
    assert mine(root, "H-01")[1].quote == "We hold digital training every month."
    assert "# a comment" in (root / "codings/second/H-01.yaml").read_text()
    assert [one.action for one in read_log(root, "second")] == ["found", "anchor", "undo", "redo"]


def test_moved_words_are_taken_where_they_stand(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p")
        assert panel(app)[1] == "was in turn 1, stands in turn 2 now: “Owners come from all wards.”"
        await typed(pilot, "t")

    off_screen(root, body)
    assert str(mine(root, "H-01")[0].turn) == "2"


def test_a_missing_quotation_is_written(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p")
        assert panel(app)[1] == "It has no quotation, so it means all of turn 4."
        await typed(pilot, "t")

    off_screen(root, body, sources=("L-01",))
    assert mine(root, "L-01")[3].quote == "Nothing."


def test_places_that_may_be_meant_are_gone_through_and_one_is_taken(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p")
        lines = panel(app)
        assert lines[1:5] == [
            "coded  “joined”",
            "It may be in:",
            "  1  #2  What did [b]you[/b] do? I [joined] training. Later I joined the",
            "  2  #2  I joined training. Later I [joined] the classes. It was only",
        ]
        await typed(pilot, "t")
        assert said(app) == (
            "! Only you can say where it stands: stand on the words and press h; g goes through the places."
        )
        places = []
        for _ in range(3):
            await typed(pilot, "g")
            places.append(app.selection.cursor.span)
        assert places == [(2, 2, 2, 8), (2, 27, 2, 33), (2, 2, 2, 8)]
        await typed(pilot, "g")
        assert panel(app)[4].startswith("▸ 2  #2  ")
        await typed(pilot, "h")
        assert panel(app) == []

    off_screen(root, body, sources=("L-01",))
    placed = mine(root, "L-01")[0]
    assert (placed.quote, placed.occurrence, placed.memo) == ("joined", 2, "m")


def test_a_lost_one_is_put_on_the_passage_that_is_selected(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p", "p")
        assert panel(app)[1:3] == [
            f"coded  “{GONE}”",
            "Nothing like it was found: stand on the words that it means, if they are there.",
        ]
        await typed(pilot, "g")
        assert said(app) == "! There are no places to choose from here."
        await typed(pilot, "t")
        assert said(app) == "! Only you can say where it stands: stand on the words and press h."
        await typed(pilot, "comma", "h")
        assert said(app).startswith("! L-01#3 is the interviewer's turn")
        await typed(pilot, "comma", "shift+right", "h")
        assert said(app).startswith("anchor: training-rare at L-01#9")

    off_screen(root, body, sources=("L-01",))
    placed = mine(root, "L-01")[1]
    assert (str(placed.turn), placed.quote.split("\n")[0]) == ("2-3", STUDY_TURN)


@pytest.mark.parametrize(("key", "left"), [("x", ["S3", "S5", "S6"]), ("r", ["S3", "S4", "S5", "S6"])])
def test_a_lost_one_is_taken_away_or_rejected(root: Path, key: str, left: list[str]) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p", "p")
        assert said(app, "here").startswith("▸ ✓ training-rare\n    S4")
        await typed(pilot, key)
        assert panel(app) == []
        assert "2 problems" in said(app, "status")

    off_screen(root, body, sources=("L-01",))
    assert [one.id for one in mine(root, "L-01")] == left
    assert [one.status for one in mine(root, "L-01") if one.id == "S4"] == ["rejected"] * (key == "r")


def test_once_the_cursor_goes_on_other_keys_mean_what_is_under_it(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p", "p", "home", "down", "x")
        assert said(app) == "! None of your codings is here; r rejects a suggestion."
        await typed(pilot, "end", "x")
        assert said(app).startswith("remove: training-rare at L-01#4")
        assert panel(app)[0] == "Problem 2 of 2: lost · training-rare at L-01#9 (S4)"

    off_screen(root, body, sources=("L-01",))
    assert [one.id for one in mine(root, "L-01")] == ["S3", "S4", "S5"]


def test_what_is_noted_on_a_lost_one_keeps_it_in_hand(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "p", "p", "m", "'why", "enter", "x")
        assert said(app).startswith("remove: training-rare at L-01#9")

    off_screen(root, body, sources=("L-01",))
    assert "S4" not in [one.id for one in mine(root, "L-01")]


def test_it_is_left_with_escape_and_with_another_source(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p", "escape")
        assert panel(app) == []
        await typed(pilot, "h")
        assert said(app) == "! No problem is open: p goes to the next one."
        await typed(pilot, "t")
        assert said(app) == "! No problem is open: p goes to the next one."
        await typed(pilot, "g", "p", "right_square_bracket")
        assert panel(app) == []

    off_screen(root, body)


def test_a_passage_that_has_the_code_already_is_refused(root: Path) -> None:
    told = press(root, "end", "c", "'rare", "enter", "p", "p", "p", "end", "h", sources=("L-01",))
    assert told.startswith("! These words have that code already: training-rare at L-01#4 ")
    assert mine(root, "L-01")[1].quote == GONE


def test_each_thing_that_can_be_done_is_a_click_too(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "p")
        stray = app.screen.query_one("#problem-text")
        assert panel(app)[3].startswith("t takes the words as they are now · h puts it")
        await pilot.click(stray, offset=(4, 3))
        await pilot.pause()
        assert said(app).startswith("anchor: training-provided at H-01#2 ")

    run(root, body)


def test_where_all_is_right_it_says_so(root: Path) -> None:
    told = press(root, "p", sources=("O-01",))
    assert told == "No problem: the words of all your codings stand where they were coded."


def test_participants_words_are_no_markup(root: Path) -> None:
    write_study(
        root,
        {
            "codings/second/L-01.yaml": """
    source: L-01
    coder: second
    codings:
      - {code: training-rare, turn: 2, quote: "It was only [b]once[/b]. [laughs] 100% <ok>", before: "[link=x]"}
    """
        },
    )

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p")
        assert "[b]" in "".join(panel(app))
        assert "[laughs] 100% <ok>" in "".join(panel(app))

    off_screen(root, body, sources=("L-01",))


def test_many_places_are_listed_a_few_at_a_time(root: Path) -> None:
    many = " ".join(f"We save in year {n}." for n in range(12))
    write_study(
        root,
        {
            "data/interviews/M-01.yaml": f"id: M-01\ninformant: {{id: M, type: owner}}\nturns:\n  - {{speaker: M, text: '{many}'}}\n",
            "codings/second/M-01.yaml": "source: M-01\ncoder: second\ncodings:\n  - {code: training-rare, turn: 1, quote: save}\n",
        },
    )

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p")
        assert [line[2:3] for line in panel(app)[3:8]] == list("12345")
        assert panel(app)[8] == "  12 places in all"
        await typed(pilot, *"gggggggg")
        assert [line[:3] for line in panel(app)[3:8]] == ["  6", "  7", "▸ 8", "  9", "  1"]

    off_screen(root, body, sources=("M-01",))


def test_a_direction_is_noted_and_taken_away(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "a", "D", "'limits [b]", "enter")
        assert mine(root, "H-01")[0].direction_note == "limits [b]"
        assert "direction: limits [b]" in said(app, "here")
        await typed(pilot, "D", "ctrl+u", "enter")
        assert said(app).endswith("direction_note “limits [b]” → none")

    (root / "codings/second/H-01.yaml").unlink()
    off_screen(root, body, sources=("H-01",))
    assert [one.direction_note for one in mine(root, "H-01")] == [None]
