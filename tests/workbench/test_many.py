"""Words that are looked for in all sources, and what is done to many passages at once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from empowerment_qda.files.read import read_study
from empowerment_qda.workbench import search
from empowerment_qda.workbench.app import Workbench
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, press, run, said, typed

TRAINING = "training-provided"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def mine(root: Path) -> list[str]:
    files = (file for file in read_study(root).codings if file.coder == "second")
    return [f"{file.source} {one.code} {one.status}: {one.quote}" for file in files for one in file.codings]


def test_the_next_hit_is_in_the_next_source_and_the_last_leads_to_the_first(root: Path) -> None:
    places = []

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'join", "enter")
        for _ in range(4):
            places.append((app.session.source.id, app.selection.cursor.span[:2], said(app)))
            await typed(pilot, "f")

    off_screen(root, body)
    assert places == [
        ("L-01", (2, 2), "“join”: 1 of 3 in 2 sources; f finds the next."),
        ("L-01", (2, 27), "“join”: 2 of 3 in 2 sources; f finds the next."),
        ("O-01", (2, 7), "“join”: 3 of 3 in 2 sources; f finds the next."),
        ("L-01", (2, 2), "“join”: 1 of 3 in 2 sources; f finds the next."),
    ]
    assert press(root, "slash", "'nobody", "enter") == "“nobody” does not stand in any of 3 sources."


def test_a_source_is_searched_once_until_its_words_change(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'join", "enter")
        with patch.object(search, "find_spans", side_effect=AssertionError):
            await typed(pilot, "f", "f", "F", "escape")
        file = root / "data/interviews/O-01.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("joined", "left"), encoding="utf-8")
        with patch.object(search, "find_spans", side_effect=search.find_spans) as find:
            await typed(pilot, "f", "f")
        assert [one.args[0].id for one in find.call_args_list] == ["O-01"]
        assert said(app).startswith("“join”: 1 of 2 in 1 source;")

    off_screen(root, body)


def test_what_other_coders_changed_is_said_beside_the_hit(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'join", "enter")
        file = root / "codings/first/O-01.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "\n# looked at\nleft_out: []\n", encoding="utf-8")
        file.write_text(
            file.read_text(encoding="utf-8").replace("But it was only once, last year.", "only once"),
            encoding="utf-8",
        )
        await typed(pilot, "f")
        assert said(app) == (
            "“join”: 2 of 3 in 2 sources; f finds the next. Other coders changed codings/first/O-01.yaml; "
            "shown as it is now."
        )

    off_screen(root, body, others=True)


def test_too_many_places_are_refused_and_the_question_stays(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        with patch.object(search, "MOST", 5):
            await typed(pilot, "slash", "'o", "enter")
            assert app.question
            assert "stands in more than 5 places" in said(app)

    off_screen(root, body)


def test_all_hits_are_listed_with_the_words_around_and_one_is_gone_to(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'join", "enter", "F")
        question = app.question
        listed = [" ".join(str(question._line_of(one)).split()) for one in question.find("")]
        assert listed == [
            "L-01#2 I [join]ed training. Later I joined the cla…",
            "L-01#2 I joined training. Later I [join]ed the classes. It was only once. […",
            "O-01#2 Yes, I [join]ed their classes. But it was only o…",
        ]
        assert str(question._whole_of(question.find("o-01")[0])).startswith("O: Yes, I joined their")
        await typed(pilot, "'their yes", "enter")
        assert app.session.source.id == "O-01"
        assert app.selection.cursor.span == (2, 7, 2, 11)
        assert said(app).startswith("“join”: 3 of 3 in 2 sources")
        await typed(pilot, "F", "'nowhere", "enter", "escape")
        assert app.session.source.id == "O-01"

    off_screen(root, body)


@pytest.mark.parametrize("key", ["F", "G"])
def test_without_a_search_these_keys_say_how_to_begin_one(root: Path, key: str) -> None:
    assert press(root, key, "'x", "enter") == "! Nothing is looked for yet: / finds letters or words."
    told = press(root, "slash", "'nobody", "enter", key, "enter")
    assert told == "! “nobody” does not stand in any of 3 sources."
    assert mine(root) == []


def test_all_hits_get_a_code_and_one_key_takes_it_back(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'join", "enter", "G", "'rare", "enter")
        lines = [one.line for one in app.question.find("")]
        assert lines == [
            "the sentences: 3 passages in 2 sources",
            "the whole turns: 2 passages in 2 sources",
            "the words alone: 3 passages in 2 sources",
        ]
        await typed(pilot, "enter")
        assert said(app) == "add: training-rare 3 times in 2 sources (L-01 2, O-01 1)"
        assert mine(root) == [
            "L-01 training-rare accepted: I joined training.",
            "L-01 training-rare accepted: Later I joined the classes.",
            "O-01 training-rare accepted: Yes, I joined their classes.",
        ]
        await typed(pilot, "G", "'rare", "enter")
        assert app.question.find("sentences")[0].line == (
            "the sentences: 0 passages in 0 sources; 3 passed over that had it before"
        )
        await typed(pilot, "enter")
        assert said(app).startswith("Nothing to do: the sentences")
        await typed(pilot, "z")
        assert said(app).startswith("undo of add: training-rare 3 times in 2 sources")
        assert mine(root) == []
        await typed(pilot, "y", "z", "z")
        assert said(app) == "Nothing is left to undo."

    off_screen(root, body)


def test_questions_are_found_and_never_coded(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "slash", "'train", "enter")
        assert "1 of 4 in 3 sources" in said(app)
        await typed(pilot, "G", "'rare", "enter", "down", "down", "enter")
        assert said(app) == "add: training-rare 2 times in 2 sources (H-01 1, L-01 1)"

    off_screen(root, body)


def test_all_suggestions_of_a_cue_or_of_a_code(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "A")
        assert [one.line for one in app.question.find("")] == [
            "training-provided, by the cue “training”: 2 passages in 2 sources",
            "all of training-provided: 3 passages in 2 sources",
        ]
        await typed(pilot, "escape")
        assert mine(root) == []
        await typed(pilot, "A", "enter")
        assert said(app) == "accept: training-provided 2 times in 2 sources (H-01 1, L-01 1)"
        assert len(mine(root)) == 2
        await typed(pilot, "z")
        assert mine(root) == []
        await typed(pilot, "n", "R", "down", "enter")
        assert said(app) == "reject: training-provided 3 times in 2 sources (H-01 1, L-01 2)"
        await typed(pilot, "n")
        assert "training-rare" in said(app)
        await typed(pilot, "z")
        assert mine(root) == []

    off_screen(root, body)
    told = press(root, "A", "enter")
    assert told == "! No suggestion here: n goes to the next one."


def test_only_the_sources_of_the_session_are_meant(root: Path) -> None:
    press(root, "n", "R", "enter", sources=("L-01",))
    assert mine(root) == ["L-01 training-provided rejected: I joined training."]


def test_nothing_is_done_where_a_source_changed_meanwhile(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "A")
        file = root / "data/interviews/L-01.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace("joined training", "left training"), encoding="utf-8"
        )
        await typed(pilot, "enter")
        assert "Nothing was done: look, and repeat it." in said(app)

    off_screen(root, body)
    assert mine(root) == []


def test_on_the_screen_all_hits_are_coded_and_the_list_leads_to_one(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "slash", "'join", "enter", "F", "down", "down", "enter")
        assert app.session.source.id == "O-01"
        await typed(pilot, "G", "'rare", "enter", "down", "enter")
        assert said(app).startswith("add: training-rare 2 times in 2 sources")
        await typed(pilot, "z", "n", "n", "R", "'all of", "enter")
        assert said(app).startswith("reject: training-provided 3 times")
        assert len(app.screen_stack) == 1

    run(root, body)
    assert len(mine(root)) == 3
