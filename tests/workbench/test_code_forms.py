"""One key and a name make a code, and one key changes what is said of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, Select, Static, TextArea

from empowerment_qda.files.read import parse_file, read_study
from empowerment_qda.model.codebook import TOP, Code, Codebook
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.code_forms import EditCode, NewCode
from empowerment_qda.workbench.code_keys import complete_place, propose_place
from empowerment_qda.workbench.colors import SEEN, contrast, make_seen
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, pairs, press, run, said, typed, wrong_of

HELD = "We hold digital training every month."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def code_of(root: Path, code: str) -> Code:
    return read_study(root).codebook.places[code].code


# A new code


def test_a_name_and_enter_make_a_code_beside_the_one_in_hand(root: Path) -> None:
    told = press(root, "n", "plus", "'Sells at night, “often”", "enter", "c", "'night", "enter")
    assert told == f"add: sells-at-night-often at H-01#2 “{HELD}” (second-001)"
    place = read_study(root).codebook.places["sells-at-night-often"]
    assert place.path == "enabling/awareness/sells-at-night-often"
    assert (str(place.code.label), place.code.origin, place.code.since) == (
        "Sells at night, “often”",
        "inductive",
        "1.1",
    )
    assert (place.code.definition, place.code.memo) == (None, None)
    assert pairs(root, "H-01") == [("sells-at-night-often", "accepted", HELD)]


def test_what_was_made_and_what_is_missing_is_said(root: Path) -> None:
    told = press(root, "n", "plus", "'Thrift", "enter")
    assert told == (
        "thrift stands under awareness now; the codebook's version is 1.1. c gives it to the passage. "
        "`qda codebook lint` asks for its definition."
    )


def test_tab_takes_what_is_proposed_and_goes_on(root: Path) -> None:
    rest = ("tab", "'They save.", "tab", "'New.", "enter")
    told = press(root, "n", "plus", "'Ménabung", "tab", "tab", "'enab", *rest)
    assert told.startswith("! `enabling` is a dimension, and new codes stand under an aspect.")
    told = press(root, "n", "plus", "'Ménabung", "tab", "tab", "'rare", *rest)
    assert told == (
        "menabung stands under training-rare now; the codebook's version is 1.1. c gives it to the passage."
    )
    code = code_of(root, "menabung")
    assert (str(code.definition), str(code.memo)) == ("They save.", "New.")
    told = press(root, "n", "plus", "'Ménabung", "tab", "'saves", "enter")
    assert told.startswith("saves stands under awareness now")


def test_selected_words_are_the_name_of_an_in_vivo_code(root: Path) -> None:
    press(root, "down", "right", "shift+right", "plus", "enter", sources=("H-01",))
    code = code_of(root, "we-hold")
    assert (str(code.label), code.origin, code.definition) == ("We hold", "in-vivo", None)
    press(
        root, "down", "right", "shift+right", "plus", "tab", "tab", "tab", "tab", "enter", sources=("H-01",)
    )
    code = code_of(root, "awareness-we-hold")
    assert (str(code.definition), code.origin) == ("“We hold” (H-01#2)", "in-vivo")


def test_a_name_that_is_taken_gets_another_id(root: Path) -> None:
    told = press(root, "n", "plus", "'Training rare", "enter")
    assert told.startswith("awareness-training-rare stands under awareness now")
    told = press(root, "n", "plus", "'E1", "enter")  # codings bear e1 in no letter case
    assert told.startswith("e1 stands under awareness now")


def test_in_a_book_without_a_tree_a_name_that_is_taken_gets_a_number(root: Path) -> None:
    (root / "codebook.yaml").write_text(
        "title: t\nversion: 1\ncodes:\n  - id: fees\n  - id: training-provided\n  - id: training-rare\n"
    )
    assert press(root, "n", "plus", "'Fees", "enter").startswith("fees-2 stands at the top now")
    made = (root / "codebook.yaml").read_text().splitlines()[-4:]
    assert [one.strip() for one in made] == ["- id: fees-2", "label: Fees", "origin: inductive", "since: '2'"]


def test_a_code_may_stand_at_the_top(root: Path) -> None:
    told = press(root, "n", "plus", "'Mood", "tab", "tab", "'/", "enter")
    assert told.startswith("mood stands at the top now")
    assert read_study(root).codebook.codes[-1].id == "mood"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("enter",), "! Type a name for it."),
        (("'X", "tab", "'two words", "enter"), "! `two words` is not an id"),
        (("'X", "tab", "tab", "'zzz", "enter"), "! Code `zzz` is not in the codebook."),
    ],
)
def test_what_cannot_be_made_is_said_and_what_was_typed_stays(
    root: Path, keys: tuple[str, ...], said: str
) -> None:
    before = (root / "codebook.yaml").read_bytes()

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "plus", *keys)
        assert wrong_of(app).startswith(said)
        assert isinstance(app.question, NewCode)

    off_screen(root, body)
    assert (root / "codebook.yaml").read_bytes() == before


def test_a_new_code_that_is_taken_back_leaves_the_tree_too(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "plus", "'Thrift", "enter", "z")
        assert said(app).startswith("undo of define: thrift under awareness is out of the codebook again")
        assert "thrift" not in app.book.book.places
        assert "thrift" not in app.session.recent
        assert (root / "codebook.yaml").read_bytes() == before
        await typed(pilot, "y")
        assert "thrift" in app.book.book.places

    off_screen(root, body)


def test_the_form_on_the_screen(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "right", "shift+right", "plus")
        assert app.screen.query_one("#label", Input).value == "We hold"
        assert app.screen.query_one("#id", Input).placeholder == "we-hold"
        assert app.screen.query_one("#definition", Input).placeholder == "“We hold” (H-01#2)"
        assert str(app.screen.query_one(Checkbox).render()).startswith("[X] in-vivo")
        app.screen.query_one(Checkbox).value = False
        await typed(pilot, "ctrl+u", "'Holding", "tab", "tab")
        assert app.screen.query_one("#id", Input).value == "holding"
        await typed(pilot, "'aware", "tab", "enter")
        assert said(app).startswith("holding stands under awareness now")
        assert app.book.code == "holding"
        await typed(pilot, "down", "plus", "enter")
        assert str(app.screen.query_one("#wrong", Static).content) == "! Type a name for it."
        await typed(pilot, "shift+tab", "shift+tab", "'Why not", "escape")
        assert "Esc once more" in str(app.screen.query_one("#wrong", Static).content)
        await typed(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(root, body)
    assert code_of(root, "holding").origin == "inductive"


FLAT = "title: t\nversion: 1\ncodes: [{id: a, label: One}, {id: b}]\n"
DEEP = """
title: t
version: 1
codes:
  - id: d
    codes:
      - {id: e, codes: [{id: f, label: Sixth, codes: [{id: g}]}, {id: h}]}
      - id: bare
  - id: empty
"""


@pytest.mark.parametrize(
    ("book", "near", "under"),
    [
        (FLAT, ["b"], TOP),
        (FLAT, [], TOP),
        (DEEP, ["g"], "f"),
        (DEEP, ["h"], "e"),
        (DEEP, ["f"], "f"),
        (DEEP, ["gone", "h"], "e"),
        (DEEP, ["bare"], "bare"),
        (DEEP, ["d"], "e"),
        (DEEP, ["empty"], "empty"),
        (DEEP, [], "e"),
    ],
)
def test_where_a_new_code_may_stand(book: str, near: list[str], under: str) -> None:
    assert propose_place(parse_file(book, "b.yaml", Codebook), near) == under


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", ""), ("/", "/"), ("e", "e"), ("d/e/f", "f"), ("sixt", "f"), ("emp", "empty"), ("zzz", "zzz")],
)
def test_a_place_by_a_few_letters(typed: str, code: str) -> None:
    assert complete_place(typed, parse_file(DEEP, "b.yaml", Codebook), "en") == code


# What is said of a code


def test_a_code_is_changed_in_a_form_and_undo_brings_it_back(root: Path) -> None:
    path = root / "codebook.yaml"
    before = path.read_bytes()

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "E")
        assert isinstance(app.screen, EditCode)
        await typed(pilot, "'Held", "tab", "'They hold it", "enter", "'often.", "tab")
        app.screen.query_one("#memo", TextArea).text = "Why: so."
        assert app.screen.query_one(Select).value == "supports"
        app.screen.query_one("#color", Input).focus()
        await typed(pilot, "down", "down", "up", "ctrl+s")
        assert said(app) == (
            "redefine: training-provided: label none → “Held”, definition none → “They hold it often.”, "
            "memo none → “Why: so.”, color none → “#E69F00”; codebook version 1.1"
        )
        assert "Held" in said(app, "meaning")
        assert any("Held" in str(node.label) for node in app.book.branches.values())

    run(root, body)
    code = code_of(root, "training-provided")
    assert (str(code.label), str(code.definition), code.color) == ("Held", "They hold it\noften.", "#E69F00")
    old = before.decode().splitlines()
    assert [one for one in old if one not in path.read_text().splitlines()] == ["version: 1.0"]
    assert press(root, "z").startswith("undo of redefine: training-provided: label “Held” → none")
    assert path.read_bytes() == before
    assert press(root, "y").startswith("redo of redefine")
    assert code_of(root, "training-provided").color == "#E69F00"


def test_what_cannot_be_written_is_said_and_what_was_typed_stays(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "E", *["tab"] * 8, "'red", "ctrl+s")
        assert wrong_of(app) == (
            "! `red` is no colour: write `#` and six of 0-9 and A-F, such as #E69F00; ↑ ↓ offer some."
        )
        assert isinstance(app.question, EditCode)
        await typed(pilot, "escape", "E", "ctrl+s")
        assert app.question is None

    off_screen(root, body)
    assert (root / "codebook.yaml").read_bytes() == before
    assert not (root / "codings/second/log.jsonl").exists()


def test_a_text_in_languages_is_changed_in_that_of_the_study(root: Path) -> None:
    path = root / "codebook.yaml"
    path.write_text(
        path.read_text().replace(
            "direction: supports", "direction: supports\n            label: {id: Pelatihan, en: Training}"
        )
    )

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "E")
        assert app.screen.query_one("#label", Input).value == "Training"
        await typed(pilot, "end", "' held", "ctrl+s")

    run(root, body)
    label = code_of(root, "training-provided").label
    assert label
    assert label.root == {"id": "Pelatihan", "en": "Training held"}


def test_without_a_code_in_hand_one_is_asked_for(root: Path) -> None:
    told = press(root, "E", "'rare", "enter", "'Seldom", "ctrl+s")
    assert told == "redefine: training-rare: label none → “Seldom”; codebook version 1.1"


def test_what_was_written_is_not_lost_by_one_escape(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "E", "escape")
        assert len(app.screen_stack) == 1
        await typed(pilot, "E", "'Held", "escape")
        assert "Esc once more" in str(app.screen.query_one("#wrong", Static).content)
        await typed(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(root, body)


def test_what_somebody_changed_meanwhile_is_not_written_over(root: Path) -> None:
    path = root / "codebook.yaml"

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "E", "'Held")
        path.write_text(path.read_text().replace("direction: supports", "label: Other"))
        await typed(pilot, "ctrl+s")
        assert wrong_of(app).startswith("! codebook.yaml was changed elsewhere")

    off_screen(root, body)
    assert str(code_of(root, "training-provided").label) == "Other"


# Colours


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["#121212", "#e0e0e0", "#808080"]))
def test_every_colour_can_be_seen_and_one_that_can_stays(number: int, ground: str) -> None:
    color = f"#{number:06X}"
    made, behind = Color.parse(make_seen(color, ground)), Color.parse(ground)
    assert contrast(made, behind) >= SEEN
    assert (made.hex6 == color) == (contrast(Color.parse(color), behind) >= SEEN)


def test_a_code_shows_its_colour_beside_its_name_and_on_its_bars(root: Path) -> None:
    path = root / "codebook.yaml"
    path.write_text(path.read_text().replace("direction: supports", "color: '#CC79A7'"))

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        label = app.book.branches["training-provided"].label
        assert str(label) == "■ training-provided"
        assert str(label.spans[0].style) == "#CC79A7"  # type: ignore[union-attr]
        assert str(app.book.branches["training-rare"].label) == "training-rare"
        assert "■ #CC79A7" in said(app, "meaning")
        bars = [
            piece
            for y in range(app.transcript.size.height)
            for piece in app.transcript.render_line(y)
            if piece.text == "┊"
        ]
        assert {str(one.style.color.name).upper() for one in bars if one.style and one.style.color} == {
            "#CC79A7"
        }

    run(root, body, sources=("H-01",))
