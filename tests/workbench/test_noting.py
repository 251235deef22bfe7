"""What is noted beside the codings: turns that are left out, and memos."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from empowerment_qda.files import write as memos_on_disk
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Memo
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.dialogs import AskReason, ReadMemos, WriteMemo
from kit import write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, pairs, press, run, said, shown, typed, value_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def left(root: Path, source: str) -> list[tuple[str, str]]:
    files = [one for one in read_study(root).codings if (one.coder, one.source) == ("second", source)]
    return [(str(one.turn), one.reason) for file in files for one in file.left_out]


# Turns that are left out


def test_a_turn_is_left_out_with_a_reason_and_taken_in_again(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "full_stop", "full_stop", "full_stop", "l")
        assert isinstance(app.screen, AskReason)
        await typed(pilot, "enter")
        assert said(app) == "leave-out: L-01#4 is left out (greeting or small talk)"
        assert left(root, "L-01") == [("4", "greeting or small talk")]
        assert any("Nothing." in line and "∅ greeting or small talk" in line for line in shown(app))
        assert "1 of 1 answers uncoded · 1 left out" in said(app, "status")
        await typed(pilot, "l")
        assert value_of(app) == "greeting or small talk"
        await typed(pilot, "backspace", "enter")
        assert said(app) == "take-in: L-01#4 is not left out any more"
        assert "1 of 2" not in said(app, "status")
        assert "2 of 2 answers uncoded" in said(app, "status")
        await typed(pilot, "z")
        assert said(app) == "undo of take-in: L-01#4 is left out (greeting or small talk)"
        assert any("∅" in line for line in shown(app))

    off_screen(root, body, sources=("L-01",))
    assert left(root, "L-01") == [("4", "greeting or small talk")]


SECOND = "about how the interview goes, not about the matter"
"""The second of the usual reasons."""


def test_reasons_are_chosen_and_changed(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "l", "down", "down", "up", "up", "up", "down", "end", "'!", "enter")
        assert left(root, "L-01") == [("2", f"{SECOND}!")]
        await typed(pilot, "l")
        assert value_of(app) == f"{SECOND}!"
        await typed(pilot, "ctrl+u", "enter", "l")
        assert await pilot.click(OptionList, offset=(2, 1))
        await pilot.pause()
        assert left(root, "L-01") == [("2", SECOND)]

    run(root, body, sources=("L-01",))


def test_reasons_are_given_in_ones_own_words(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "end", "l", "'[b]late[/b]", "enter")
        assert left(root, "L-01") == [("4", "[b]late[/b]")]
        assert any("∅ [b]late[/b]" in line for line in shown(app))
        await typed(pilot, "home", "down", "l")
        assert value_of(app) == "[b]late[/b]"  # one's own reasons are offered first
        await typed(pilot, "'why not", "enter")
        assert left(root, "L-01")[0] == ("2", "why not")
        await typed(pilot, "l", "ctrl+u", "enter", "l", "escape")
        assert left(root, "L-01") == [("4", "[b]late[/b]")]

    off_screen(root, body, sources=("L-01",))


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
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "down", "l", "enter", "c", "'rare", "enter")
        assert said(app).endswith("; H-01#2 is not left out any more")
        assert not any("∅" in line for line in shown(app))
        await typed(pilot, "z")
        assert (pairs(root, "H-01"), left(root, "H-01")) == ([], [("2", "greeting or small talk")])

    off_screen(root, body, sources=("H-01",))


def test_the_next_uncoded_answer_is_none_that_is_left_out(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "u", "l", "enter", "home", "u")
        assert app.selection.cursor.span.turn == 4
        await typed(pilot, "l", "enter", "u")
        assert said(app) == "Every answer is coded or left out."
        assert "0 of 0 answers uncoded · 2 left out" in said(app, "status")

    off_screen(root, body, sources=("L-01",))


# Memos

WILD = "[b]One[/b] {{ x }}\n\n" + "\n".join(f"Line {n} of a long memo." for n in range(60)) + "\n\x1b[31mlast"


def memo(name: str, links: str, text: str = "So it is.", **keys: str) -> dict[str, str]:
    """A file of memos/."""
    front = "".join(f"{key}: {one}\n" for key, one in keys.items())
    return {f"memos/{name}.md": f"---\nid: {name}\nlinks: [{links}]\n{front}---\n\n{text}\n"}


MEMOS = (
    memo("M01", "E1", title="On a coding of first")
    | memo("M02", "training-rare", title="On [b]rare[/b]", kind="surprise")
    | memo("M03", "H-01#1-2", WILD, author="somebody", date="2024-05-02")
    | memo("M04", "L-01", title="On a source")
    | memo("M05", "E2", title="By first", author="first")
)


@pytest.fixture
def noted(root: Path) -> Path:
    for path, text in MEMOS.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def part(app: Workbench, name: str) -> str:
    return str(app.screen.query_one(f"#{name}", Static).content)


def listed(app: Workbench) -> list[str]:
    options = app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


def test_memos_are_shown_where_they_belong(noted: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        assert any("* M03 [b]One[/b] {{" in line for line in shown(app))
        assert said(app, "here") == "No coding here.\n  * M03 [b]One[/b] {{ x }}"
        await typed(pilot, "s", "'rare", "enter")
        assert said(app, "meaning").endswith("\n* M02 On [b]rare[/b]\n")
        await typed(pilot, "escape", "right_square_bracket")
        assert said(app, "head").endswith("* M04")
        assert not any("M03" in line for line in shown(app))

    run(noted, body)


def test_a_coding_with_a_memo_has_its_sign(noted: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "full_stop", "b")
        assert any("= first: training-prov" in line for line in shown(app))
        assert "= first: training-provided*" in said(app, "here")
        await typed(pilot, "o")
        assert "* M01" in said(app, "here")

    off_screen(noted, body)


def test_memos_of_other_coders_stay_hidden_with_what_they_did(noted: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "w")
        assert "4 in all, 1 of other coders hidden" in str(app.screen.query_one("#box").border_title)
        assert len(listed(app)) == 4
        await typed(pilot, "escape", "b", "w")
        assert "5 in all ·" in str(app.screen.query_one("#box").border_title)

    run(noted, body)

    async def blind(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "b", "w")
        assert len(listed(app)) == 4

    run(noted, blind, sealed=True, others=True)


def test_a_long_memo_is_read_in_full(noted: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "w")
        assert isinstance(app.screen, ReadMemos)
        assert str(app.screen.query_one("#box").border_title).startswith("Memos: 1 here (*), 4 in all")
        text = part(app, "text")
        assert text.startswith(
            "M03\ntheoretical · somebody · 2024-05-02 · memos/M03.md · on H-01#1-2\n\n[b]One[/b] {{ x }}\n\nLine 0"
        )
        assert text.endswith("Line 59 of a long memo.\n\ufffd[31mlast")
        whole = app.screen.query_one("#whole")
        assert whole.scroll_offset.y == 0
        await typed(pilot, "pagedown", "pagedown", "enter")
        assert whole.scroll_offset.y > 30
        await typed(pilot, "pageup")
        before = whole.scroll_offset.y
        await typed(pilot, "down")
        assert part(app, "text").startswith("M01 On a coding of first")
        assert whole.scroll_offset.y == 0 < before
        await typed(pilot, "up", "up")
        assert part(app, "text").startswith("M03")
        await typed(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(noted, body)


def test_memos_are_found_by_letters(noted: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "w", "'SURPRISE rare")
        assert part(app, "text").startswith("M02")
        assert app.screen.query_one(OptionList).option_count == 1
        await typed(pilot, "'zzz", "down", "enter")
        assert part(app, "text") == "No memo has these letters."

    run(noted, body)


def test_where_there_is_no_memo_it_is_said_how_to_write_one(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "w", "pagedown", "down")
        assert part(app, "text") == "No memo was written yet: M writes one."

    run(root, body)


def written(root: Path) -> list[Memo]:
    return [one for one in read_study(root).memos if one.author == "second"]


def test_a_memo_is_written_on_the_coding_in_hand(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "a", "M")
        assert isinstance(app.screen, WriteMemo)
        await typed(pilot, "'A [b]thought[/b].", "enter", "enter", "'More.", "ctrl+s")
        assert said(app) == "M01 is written: memos/M01.md. Undo leaves memos alone: change or delete the file instead."  # fmt: skip
        assert "✓ training-provided*" in said(app, "here")
        assert "* M01 · second-001" in said(app, "here")
        await typed(pilot, "z")
        assert pairs(root, "H-01") == []

    off_screen(root, body)
    (made,) = written(root)
    assert (made.text, made.links, made.kind) == (
        "A [b]thought[/b].\n\nMore.",
        ("second-001",),
        "theoretical",
    )
    assert str(made.date) == "2024-05-01"
    assert [one.action for one in read_log(root, "second")] == ["accept", "memo", "undo"]


def test_keys_pressed_in_haste_are_all_in_the_memo(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "M")
        for letter in "Hello there, and more.":
            app.post_message(events.Key("space" if letter == " " else letter, letter))
        app.post_message(events.Key("ctrl+s", None))
        for _ in range(100):
            await pilot.pause()
        assert len(app.screen_stack) == 1

    run(root, body)
    assert [one.text for one in written(root)] == ["Hello there, and more."]


def test_kind_title_and_links_are_a_person_s_to_choose(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "M", "'x", "shift+tab")
        await typed(
            pilot,
            "end",
            "', E1,F1",
            "shift+tab",
            "'A title",
            "shift+tab",
            "enter",
            "down",
            "down",
            "enter",
            "ctrl+s",
        )

    run(root, body)
    (made,) = written(root)
    assert (made.links, made.title, made.kind) == (("H-01#1", "E1", "F1"), "A title", "reflexive")


@pytest.mark.parametrize(
    ("keys", "links"),
    [
        (("n",), ("training-provided", "H-01#2")),
        (("v", "full_stop"), ("H-01#1-2",)),
    ],
)
def test_a_memo_is_on_what_is_in_hand(root: Path, keys: tuple[str, ...], links: tuple[str, ...]) -> None:
    press(root, *keys, "M", "'x", "ctrl+s", sources=("H-01",))
    (made,) = written(root)
    assert made.links == links


def test_a_memo_is_on_the_code_in_the_tree(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "s", "'rare", "enter", "M", "'x", "ctrl+s")

    run(root, body, sources=("H-01",))
    (made,) = written(root)
    assert made.links == ("training-rare",)


def test_a_memo_that_cannot_be_kept_is_not_lost(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "M", "ctrl+s")
        assert part(app, "wrong") == "! The memo has no text. Write down what it says."
        await typed(pilot, "'Long.", "shift+tab", "end", "', E9", "ctrl+s")
        assert part(app, "wrong").startswith("! `E9` leads nowhere. Link a code")
        with patch.object(memos_on_disk, "write_new", side_effect=OSError(28, "No space left on device")):
            await typed(pilot, "backspace", "'1", "ctrl+s")
        assert part(app, "wrong") == "! The disk refuses: No space left on device. Nothing was changed."
        await typed(pilot, "escape")
        assert part(app, "wrong") == "! Esc once more throws away what you wrote; Ctrl+S keeps it."
        assert written(root) == []
        await typed(pilot, "tab", "'er", "escape")
        assert isinstance(app.screen, WriteMemo)
        await typed(pilot, "ctrl+s")
        assert len(app.screen_stack) == 1

    run(root, body)
    (made,) = written(root)
    assert (made.text, made.links) == ("Long.er", ("H-01#1", "E1"))


def test_a_memo_is_thrown_away_only_when_said_twice(root: Path) -> None:
    assert press(root, "M", "escape") == "Ready. ? lists the keys."
    assert press(root, "M", "'x", "escape", "escape") == "Ready. ? lists the keys."
    assert written(root) == []


def test_two_coders_at_once_never_overwrite_each_other(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "M", "'mine")
        with Desk.open(root, read_study(root), "third") as desk:
            assert desk.write_memo({}, "theirs").id == "M01"
            await typed(pilot, "ctrl+s")
            assert said(app).startswith("M02 is written")
            assert desk.write_memo({}, "theirs again").id == "M03"

    off_screen(root, body)
    assert [(one.id, one.text) for one in read_study(root).memos] == [
        ("M01", "theirs"), ("M02", "mine"), ("M03", "theirs again"),
    ]  # fmt: skip
