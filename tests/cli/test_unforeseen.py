"""What nobody foresaw: a sentence and a file with the details, and no traceback, from every command and the screen."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli import check as checks
from empowerment_qda.cli import group as unforeseen
from empowerment_qda.cli import review as module
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.web import Refusal
from kit import SMALL, write_study

SECRET = "words of a participant"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study, and a folder of its own for what the system keeps for a while."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(write_study(tmp_path / "study", SMALL))
    monkeypatch.delenv(unforeseen.ENVIRONMENT, raising=False)
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    return tmp_path / "study"


def fail(*args: Any, **keys: Any) -> Any:
    """What goes wrong: the participants' words are among its variables, and not in what it says."""
    said = SECRET
    raise KeyError(len(said))


def qda(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def details(root: Path) -> str:
    """What was kept, by the one person who may read it."""
    (path,) = (root.parent / "temp").glob("qda-*.txt")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0
    return path.read_text(encoding="utf-8")


def assert_told(told: Result, root: Path, command: str) -> None:
    (path,) = (root.parent / "temp").glob("qda-*.txt")
    assert told.exit_code == 2
    assert told.stdout == ""
    assert told.stderr == (
        f"{command}: this stopped at something that was not foreseen (KeyError) [unforeseen]\n"
        f"    All that was done before is on disk. The details are in {path}: read them, then send them to who maintains qda.\n"
    )
    kept = details(root)
    assert kept.startswith("qda ")
    assert f", {command}\n" in kept
    assert "raise KeyError(len(said))" in kept
    assert SECRET not in kept
    assert not list(root.rglob("qda-*"))


def test_a_command_ends_with_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "check_study", fail)
    assert_told(qda("check"), root, "qda check")


def test_so_does_one_of_a_group(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "apply", fail)
    assert_told(qda("code", "add", "H-01#2", "training-rare", "--coder", "second"), root, "qda code add")


def test_where_nothing_can_be_written_it_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(root / "nowhere"))
    monkeypatch.setattr(checks, "check_study", fail)
    told = qda("check")
    assert told.exit_code == 2
    assert "The details could not be written: No such file or directory." in told.stderr


def test_who_works_on_the_program_sees_the_traceback(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(unforeseen.ENVIRONMENT, "1")
    monkeypatch.setattr(checks, "check_study", fail)
    assert isinstance(qda("check").exception, KeyError)
    assert not list((root.parent / "temp").iterdir())


def test_usage_and_help_end_as_before(root: Path) -> None:
    assert qda("check", "--nonsense").exit_code == 2
    assert qda("code", "--help").exit_code == 0
    assert not list((root.parent / "temp").iterdir())


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A screen that nobody sees, on which these keys are pressed."""
    keys: list[str] = []

    async def press(pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)

    def run(self: App[None]) -> None:
        App.run(self, headless=True, size=(100, 30), auto_pilot=press)

    monkeypatch.setattr(module, "_at_screen", lambda: True)
    monkeypatch.setattr(Workbench, "run", run)
    return keys


def test_the_screen_ends_with_a_sentence_and_what_was_coded_stays(
    root: Path, screen: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Workbench, "action_help", fail)
    screen += ["down", "c", *"rare", "enter", "question_mark"]
    told = qda("code", "--review", "--coder", "second")
    assert_told(told, root, "qda code")
    assert capfd.readouterr() == ("", "")
    codings = {(one.coder, one.source): one.codings for one in read_study(root).codings}
    assert [one.code for one in codings["second", "H-01"]] == ["training-rare"]
    assert (root / "codings/second/.lock").read_bytes() == b""


@pytest.mark.parametrize("where", ["on_mount", "_show_side", "compose"])
def test_whatever_part_of_the_screen_it_is(
    root: Path, screen: list[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(Workbench, where, fail)
    assert_told(qda("code", "--review", "--coder", "second"), root, "qda code")


def test_behind_a_page_the_terminal_that_serves_it_is_told(
    root: Path, screen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "x")
    monkeypatch.setattr(Refusal, "run", fail)
    monkeypatch.setattr(Workbench, "action_help", fail)
    screen += ["question_mark"]
    assert_told(qda("code", "--review", "--coder", "second"), root, "qda code")


def test_files_that_cannot_be_read_are_told_and_the_screen_stays(
    root: Path, screen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The codings of the next source are broken by hand while the screen is open."""
    told: list[str] = []
    tell = Workbench.tell

    def listen(self: Workbench, text: str, bad: bool = False) -> None:
        told.append(text)
        if not bad and len(told) == 1:
            write_study(root, {"codings/second/O-01.yaml": "source: O-01\ncoder: second\ncodings: {{\n"})
        tell(self, text, bad)

    monkeypatch.setattr(Workbench, "tell", listen)
    screen += ["n", "right_square_bracket", "down", "c", *"rare", "enter", "q"]
    assert qda("code", "--review", "--coder", "second").exit_code == 0
    assert len(told) > 2
    assert all(one.startswith("codings/second/O-01.yaml:") for one in told[1:])
    assert not (root / "codings/second/H-01.yaml").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "This disk can only be read"),
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EACCES, "Ask who owns it"),
        (errno.EIO, "Check the disk"),
    ],
)
def test_the_disk_is_told_with_the_name_that_people_know(
    number: int, said: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise OSError(number, os.strerror(number), "memos/.M01.md.0123abcd")

    monkeypatch.setattr(checks, "check_study", refuse)
    told = qda("check")
    assert told.exit_code == 2
    assert told.stderr.startswith(
        f"memos/M01.md: cannot read or write: {os.strerror(number)} [disk]\n    {said}"
    )
