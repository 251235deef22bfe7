"""Codes that change from the workbench: the same sentences, the same files and the same undo as `qda codebook`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from typer.testing import CliRunner

from empowerment_qda.cli import app as qda_app
from empowerment_qda.files import journal
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import enter_study, read_study
from empowerment_qda.files.write import write_bytes
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.code_dialogs import (
    AskId,
    ChangeMenu,
    Confirm,
    PickPart,
    PickTarget,
    SplitPassages,
)
from empowerment_qda.workbench.code_forms import NewCode
from empowerment_qda.workbench.dialogs import Halt
from kit import write_study
from kit_desk import Clock

from .keyboard import Keyboard, off_screen
from .screen import TWO_CODERS, mine, run, said, typed, wrong_of

MEMO = "---\nid: M01\nlinks: [training-provided, S1]\n---\n\nOf training.\n"
CODED = TWO_CODERS | {"memos/M01.md": MEMO}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, CODED)


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


def files(root: Path) -> dict[str, str]:
    """All files that people wrote, less logs."""
    kept = (one for one in root.rglob("*") if one.is_file() and ".qda" not in one.parts)
    return {
        str(one.relative_to(root)): one.read_text()
        for one in kept
        if one.name != "log.jsonl" and not one.name.endswith(".lock")
    }


def codes(root: Path) -> dict[str, list[str]]:
    """The codes that each coder gave."""
    found: dict[str, list[str]] = {}
    for file in read_study(root).codings:
        found.setdefault(file.coder, []).extend(one.code for one in file.codings)
    return found


def text_of(app: Any) -> str:
    """What is read in the question that is open."""
    assert isinstance(app.screen, Confirm | SplitPassages)
    return str(app.screen.body())


def test_a_code_is_renamed_with_all_that_bears_it_after_it_was_shown(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, Confirm)
        assert app.screen.heading == "rename training-provided to held"
        lines = text_of(app).splitlines()
        assert lines[1:] == [
            "  codebook.yaml", "  suggestions  3", "  codings of first  2", "  codings of second  2", "  findings  1",
            "  memos  1", "", "Enter does it; Esc goes back. z takes it back later.",
        ]  # fmt: skip
        assert files(root) == before
        assert wrong_of(app) == ""

    press(root, "down", "C", "n", "'held", "enter", check=look)
    assert files(root) == before
    told = press(root, "down", "C", "n", "'held", "enter", "enter", check=follows)
    assert told == "Done: rename training-provided to held; z takes it back."
    assert {one for own in codes(root).values() for one in own} == {"held", "training-rare"}
    study = read_study(root)
    assert study.findings.by_id["F1"].supported_by == ("held",)
    assert study.memos[0].links == ("held", "S1")
    assert study.codebook.places["held"].code.formerly == ("training-provided",)


def follows(app: Keyboard) -> None:
    assert app.screen is None
    assert app.selection.chosen
    assert (app.selection.chosen.coding.id, app.selection.chosen.coding.code) == ("S1", "held")
    assert app.book.code == "held"
    assert "held" in app.book.book.places
    assert "held" in said(app, "here")


def test_what_the_command_shows_is_what_the_key_shows(root: Path) -> None:
    result = CliRunner().invoke(qda_app, [
        "codebook", "merge", "training-rare", "training-provided", "--dry-run", "--format", "json", "--study", str(root)])  # fmt: skip
    answer = json.loads(result.stdout)

    def look(app: Keyboard) -> None:
        shown = text_of(app)
        for name, number in answer["follows"].items():
            assert f"  {name}  {number}\n" in shown
        for one in answer["verdicts"]:
            assert f"  {one['finding']}: {one['before']} → {one['after']}\n" in shown
        for one in answer["hidden"]:
            assert f"! {one} [" in shown
        assert "y does it all the same" in shown

    assert answer["hidden"]
    press(
        root,
        "right_square_bracket",
        "end",
        "C",
        "m",
        "'provided",
        "enter",
        check=look,
        sources=["H-01", "O-01"],
    )


def test_what_would_be_hidden_is_done_only_with_a_key_of_its_own(root: Path) -> None:
    keys = ("end", "C", "m", "'provided", "enter", "enter")
    before = files(root)

    def look(app: Keyboard) -> None:
        assert wrong_of(app) == "! Nothing was written. y does it all the same; Esc leaves."
        assert files(root) == before

    press(root, *keys, check=look, sources=["O-01"])
    told = press(root, *keys, "y", sources=["O-01"])
    assert told == "Done: merge training-rare into training-provided; z takes it back."
    assert {one for own in codes(root).values() for one in own} == {"training-provided"}


def test_a_code_moves_retires_and_comes_back(root: Path) -> None:
    told = press(root, "down", "C", "u", "'enabling", "enter", "enter")
    assert told == "Done: move training-provided under enabling; z takes it back."
    assert read_study(root).codebook.places["training-provided"].path == "enabling/training-provided"
    told = press(root, "down", "C", "r", "enter")
    assert told == "Done: retire training-provided; z takes it back."
    assert read_study(root).codebook.places["training-provided"].code.status == "retired"
    told = press(root, "end", "C", "o", "'prov", "enter", "enter", sources=["O-01"])
    assert told == "Done: restore training-provided; z takes it back."
    press(root, "down", "C", "r", "enter")
    assert press(root, "down", "C", "r", "enter") == "Done: restore training-provided; z takes it back."


def test_recent_codes_bear_their_new_ids_and_retired_ones_are_none(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert app.session.recent == ["training-rare", "training-provided"]
        app.press("C", "n", "'seldom", "enter", "enter")
        assert app.session.recent == ["seldom", "training-provided"]
        app.press("C", "r", "enter")
        assert app.session.recent == ["training-provided"]

    keys = ("down", "c", "'provided", "enter", "end", "c", "'rare", "enter")
    press(root, *keys, check=look, sources=["L-01"])


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        (("n", "'training-rare"), "there is a code `training-rare` already"),
        (("n", "'E1"), "a coding has the id `E1`"),
        (("n", "'a b"), "`a b` is no id"),
    ],
)
def test_an_id_that_cannot_be_is_refused_with_the_same_sentence_and_stays(
    root: Path, keys: tuple[str, ...], wrong: str
) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, AskId)
        assert app.typed == [keys[1][1:]]
        assert wrong.casefold() in wrong_of(app).casefold()

    press(root, "down", "C", *keys, "enter", check=look)
    assert files(root) == before


def test_a_code_with_codes_below_it_is_not_merged_and_the_question_stays(root: Path) -> None:
    def body(app: Keyboard) -> None:
        app.book.point_to("awareness")
        app.selection.chosen = None
        app.press("C", "m", "'rare", "enter")
        assert isinstance(app.screen, Halt)
        assert said(app).startswith("! `awareness` has codes below it")
        app.press("escape")
        assert isinstance(app.screen, PickTarget)

    press(root, check=body)


def test_esc_leads_back_to_what_was_typed_and_writes_nothing(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, AskId)
        assert app.typed == ["held"]
        app.press("escape")
        assert len(app.screen_stack) == 1

    press(root, "down", "C", "n", "'held", "enter", "escape", check=look)
    assert files(root) == before


# Split


def test_passages_are_given_to_new_codes_one_by_one(root: Path) -> None:
    press(root, "down", "plus", "'new", "enter")
    seen: list[str] = []

    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, SplitPassages)
        seen.append(text_of(app))
        app.press("1")
        seen.append(text_of(app))
        app.press("plus", "'new", "enter", "2")
        seen.append(text_of(app))
        app.press("enter")
        assert isinstance(app.screen, Confirm)
        assert app.screen.heading == "split training-provided into training-rare, new"
        seen.append(text_of(app))
        app.press("enter")
        assert app.screen is None

    press(root, "down", "C", "s", "'rare", "enter", check=look)
    assert "H-01#2 (second)" in seen[0]
    assert "We hold digital training every month." in seen[0]
    assert "Owners come from all wards." in seen[0]
    assert "O-01#2 (second)" in seen[1]
    assert "1 → training-rare, 1 not answered stays" in seen[1]
    assert "1 → training-rare, 1 → new, every passage is answered" in seen[2]
    assert "2 passages of other coders stay as before; b shows them." in seen[2]
    assert "  suggestions  1\n  codings of second  2\n" in seen[3]
    assert codes(root)["second"] == ["training-rare", "new", "training-rare"]
    assert codes(root)["first"] == ["training-provided", "training-provided", "training-rare"]
    assert read_study(root).by_id  # what the machine suggested on the same words is not suggested again
    assert [one.code for one in mine(root, "H-01", "auto")] == ["training-rare"]


def test_a_new_code_is_made_on_the_way(root: Path) -> None:
    def look(app: Keyboard) -> None:
        split = app.screen
        assert isinstance(split, PickPart)
        app.press("'Often, digital", "plus")
        assert isinstance(app.screen, NewCode)
        assert app.screen.given == {"label": "Often, digital"}
        assert not app.screen.in_vivo
        app.press("enter")
        assert isinstance(app.screen, SplitPassages)
        assert app.screen.targets == ["often-digital"]
        app.press("1", "enter")
        assert "  codings of second  1\n" in text_of(app)
        app.press("enter")
        assert app.screen is None

    press(root, "down", "C", "s", check=look)
    assert codes(root)["second"] == ["often-digital", "training-provided", "training-rare"]
    code = read_study(root).codebook.places["often-digital"].code
    assert (code.origin, code.label and code.label.say("en")) == ("inductive", "Often, digital")
    assert press(root, "z", "enter", "z").startswith("undo of define: often-digital")


def test_a_new_code_that_is_not_made_leads_back(root: Path) -> None:
    def look(app: Keyboard) -> None:
        app.press("plus", "escape")
        assert isinstance(app.screen, PickPart)
        app.press("plus", "'Rare", "tab", "'training-rare", "enter")
        assert isinstance(app.screen, NewCode)
        assert "`training-rare` is used already" in app.wrong

    before = files(root)
    press(root, "down", "C", "s", check=look)
    assert files(root) == before


def test_other_coders_passages_are_asked_for_where_they_are_shown(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, SplitPassages)
        assert [one.file.coder for one in app.screen.passages] == ["first", "first", "second", "second"]
        assert app.screen.note == ""
        app.press("1", "0", "down", "up", "1", "enter", "enter")

    press(root, "b", "down", "C", "s", "'rare", "enter", check=look)
    assert codes(root)["first"] == ["training-rare", "training-provided", "training-rare"]
    assert codes(root)["second"] == ["training-rare", "training-provided", "training-rare"]


def test_a_blind_session_is_asked_for_its_own_passages_only(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, SplitPassages)
        assert {one.file.coder for one in app.screen.passages} == {"second"}
        assert app.screen.note == "2 passages of other coders stay as before."

    press(root, "b", "down", "C", "s", "'rare", "enter", check=look, sealed=True)


def test_what_a_split_cannot_do_is_said(root: Path) -> None:
    def look(app: Keyboard) -> None:
        assert isinstance(app.screen, SplitPassages)
        app.press("enter")
        assert wrong_of(app) == "! No passage gets another code so far: a number gives it one."
        app.press("7")
        assert wrong_of(app) == "! No code has the number 7: + adds one."
        app.press("1", "escape")
        assert wrong_of(app) == "! Esc once more throws away what you chose; Enter shows what it changes."
        app.press("escape")
        assert app.screen is None

    before = files(root)
    press(root, "down", "C", "s", "'rare", "enter", check=look)
    assert files(root) == before
    told = press(root, "C", "'enabling", "enter", "s")
    assert told == "! You gave enabling to no passage that stands in its source."


def test_a_split_is_not_done_on_codings_that_others_changed_meanwhile(root: Path) -> None:
    path = root / "codings/first/H-01.yaml"

    def look(app: Keyboard) -> None:
        text = path.read_text()
        more = "  - {id: E0, code: training-rare, turn: 2, quote: Owners come}\n"
        path.write_text(text.replace("codings:\n", f"codings:\n{more}"))
        app.press("1", "enter")
        assert "codings/first/H-01.yaml" in wrong_of(app) or "wrote into this file meanwhile" in wrong_of(app)
        assert isinstance(app.screen, SplitPassages)

    press(root, "b", "down", "C", "s", "'rare", "enter", check=look)
    assert codes(root)["first"].count("training-provided") == 2


# Undo


def test_z_takes_the_change_back_for_all_coders_once_it_is_said(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        app.press("z")
        assert isinstance(app.screen, Confirm)
        assert app.screen.heading == "Take back: rename training-provided to held"
        assert "codings/first/H-01.yaml" in text_of(app)
        assert "log.jsonl" not in text_of(app)
        assert "your own step" not in text_of(app)
        app.press("enter")
        assert said(app) == "Taken back: rename training-provided to held."
        assert app.selection.chosen
        assert app.selection.chosen.coding.code == "training-provided"
        app.press("z")
        assert said(app) == "Nothing is left to undo."

    press(root, "down", "C", "n", "'held", "enter", "enter", check=look)
    assert files(root) == before


def test_z_takes_ones_own_later_step_back_first(root: Path) -> None:
    before = files(root)

    def look(app: Keyboard) -> None:
        assert said(app).startswith("add: training-rare")
        app.press("z")
        assert said(app).startswith("undo of add: training-rare")
        app.press("z")
        assert isinstance(app.screen, Confirm)
        app.press("enter")
        assert said(app) == "Taken back: retire training-provided."

    press(
        root, "down", "C", "r", "enter", "right", "c", "'rare", "enter", check=look, sources=["L-01", "H-01"]
    )
    made = files(root)
    made.pop("codings/second/L-01.yaml", None)
    assert made == before


def test_the_step_before_a_change_can_be_taken_back_over_it(root: Path) -> None:
    def look(app: Keyboard) -> None:
        app.press("z", "z")
        assert app.screen is None
        assert said(app).startswith("undo of set: ")

    press(root, "down", "i", "C", "r", "enter", check=look, sources=["H-01"])
    study = read_study(root)
    assert study.codebook.places["training-provided"].code.status == "retired"


def test_a_step_whose_coding_has_another_code_since_says_so(root: Path) -> None:
    told = press(root, "down", "i", "C", "n", "'held", "enter", "enter", "z", "z", sources=["H-01"])
    assert "those codings have another code since" in told
    assert "qda codebook undo" in told


def test_what_later_work_depends_on_stays_and_the_question_says_why(root: Path) -> None:
    def look(app: Keyboard) -> None:
        (root / "memos/M01.md").write_text((root / "memos/M01.md").read_text() + "More.\n")
        app.press("z", "enter")
        assert isinstance(app.screen, Confirm)
        assert (
            "`rename training-provided to held` cannot be taken back: this file was changed since"
            in wrong_of(app)
        )

    press(root, "down", "C", "n", "'held", "enter", "enter", check=look)
    assert "held" in read_study(root).codebook.places


def test_a_change_that_a_command_made_is_taken_back_by_the_key_and_the_other_way_round(root: Path) -> None:
    before = files(root)
    qda("rename", "training-provided", "held", root=root)
    assert press(root, "z", "enter") == "Taken back: rename training-provided to held."
    assert files(root) == before
    press(root, "down", "C", "n", "'held", "enter", "enter")
    qda("undo", root=root)
    assert files(root) == before


def test_the_menu_offers_the_last_change_though_one_coded_since(root: Path) -> None:
    keys = ("down", "C", "r", "enter", "right", "c", "'rare", "enter", "C", "z", "enter")
    assert press(root, *keys, sources=["L-01"]) == "Taken back: retire training-provided."


def qda(*words: str, root: Path) -> None:
    result = CliRunner().invoke(qda_app, ["codebook", *words, "--study", str(root)])
    assert result.exit_code == 0, result.output


# Others


def test_who_codes_meanwhile_is_in_the_way_only_where_their_files_change(root: Path) -> None:
    before = files(root)
    with Desk.open(root, read_study(root), "first", Clock()):

        def look(app: Keyboard) -> None:
            assert "somebody works on this already" in wrong_of(app).casefold()
            assert isinstance(app.screen, Confirm)

        press(root, "down", "C", "n", "'held", "enter", "enter", check=look)
        assert files(root) == before
        assert press(root, "down", "C", "r", "enter") == "Done: retire training-provided; z takes it back."


def test_another_session_sees_it_before_it_does_anything(root: Path) -> None:
    one = root / "codings/first/O-01.yaml"
    one.write_text(one.read_text().replace("training-rare", "training-provided"))
    study = read_study(root)
    with Desk.open(root, study, "third", Clock()) as desk:
        other = Keyboard(desk, study.sources)
        press(root, "end", "C", "n", "'seldom", "enter", "enter", sources=["O-01"])
        before = files(root)
        other.press("down", "c")
        assert "codebook.yaml and codings/auto/L-01.yaml were changed elsewhere" in said(other)
        assert "seldom" in other.book.book.places
        other.press("escape", "c", "'seldom", "enter")
        assert said(other).startswith("add: seldom")
    changed = {path for path, text in files(root).items() if before.get(path) != text}
    assert changed == {"codings/third/H-01.yaml"}


def test_the_session_goes_on_with_its_log_and_ids(root: Path) -> None:
    press(
        root,
        "down",
        "i",
        "C",
        "n",
        "'held",
        "enter",
        "enter",
        "i",
        "right",
        "c",
        "'rare",
        "enter",
        "z",
        "z",
        sources=["H-01"],
    )
    result = CliRunner().invoke(
        qda_app, ["code", "log", "--coder", "second", "--verify", "--study", str(root)]
    )
    assert result.exit_code == 0, result.output
    assert [(one.code, one.strength) for one in mine(root, "H-01")] == [("held", "inferred")]


# On a screen


def test_on_a_screen(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "C")
        assert isinstance(app.screen, ChangeMenu)
        await typed(pilot, "n")
        assert isinstance(app.screen, AskId)
        await typed(pilot, "ctrl+u", "'held", "enter")
        assert isinstance(app.screen, Confirm)
        await typed(pilot, "enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert said(app) == "Done: rename training-provided to held; z takes it back."
        assert app.book.branches.keys() >= {"held"}
        assert "held" in said(app, "here")
        assert "held" in "\n".join(app.transcript.render_line(y).text for y in range(12))
        await typed(pilot, "C", "s", "'rare", "enter")
        assert isinstance(app.screen, SplitPassages)
        await typed(pilot, "0", "1", "enter", "enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert said(app) == "Done: split held into training-rare; z takes it back."
        await typed(pilot, "z", "enter", "z", "enter")
        await pilot.pause()
        assert said(app) == "Taken back: rename training-provided to held."

    before = files(root)
    run(root, body)
    assert files(root) == before
    assert not os.listdir(root / ".qda/changes")


def test_the_code_in_the_tree_changes_by_arrows_and_mouse(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "s", "'rare", "enter", "C", "down", "down", "down", "down", "enter")
        assert isinstance(app.screen, Confirm)
        assert app.screen.heading == "retire training-rare"
        await typed(pilot, "escape", "escape", "s", "'prov", "enter", "C", "s", "'rare", "enter")
        assert isinstance(app.screen, SplitPassages)
        line = str(app.screen.body()).splitlines().index("  1  training-rare")
        await pilot.click("#body", offset=(4, line))
        await pilot.pause()
        assert app.screen.answers == {0: "training-rare"}
        assert app.screen.at == 1

    run(root, body)


def test_findings_that_cite_what_is_not_there_are_in_nobodys_way(root: Path) -> None:
    path = root / "findings.yaml"
    more = "  - id: F9\n    statement: So.\n    supported_by: [nowhere, E99]\n"
    path.write_text(path.read_text() + more)
    told = press(root, "down", "C", "n", "'held", "enter", "enter")
    assert told == "Done: rename training-provided to held; z takes it back."


@pytest.mark.parametrize("number", range(0, 9, 2))
def test_killed_while_it_writes_the_next_session_finds_it_done(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    left = iter(range(number))

    def die(*words: Any) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write_bytes(*words)

    study = read_study(root)
    desk = Desk.open(root, study, "second", Clock())
    app = Keyboard(desk, study.sources)
    app.press("down", "i", "C", "n", "'held", "enter")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_bytes", die)
        with pytest.raises(KeyboardInterrupt):
            app.press("enter")
    desk._lock.release(properly=False)
    enter_study(root)
    press(root, "down", "i", check=lambda app: app.press("z"))
    assert {one for own in codes(root).values() for one in own} == {"held", "training-rare"}
    assert [(one.code, one.strength) for one in mine(root, "H-01")] == [("held", "inferred")]
    result = CliRunner().invoke(qda_app, ["check", "--study", str(root)])
    assert result.exit_code == 0, result.output
