"""`qda code --review`: what has to be there before the screen opens."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest
from typer.testing import CliRunner, Result

import agree_kit
from empowerment_qda.cli import app
from empowerment_qda.cli import review as module
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.workbench import web
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.reconcile import Reconcile
from empowerment_qda.workbench.web import Refusal
from kit import SMALL, write_study


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path, SMALL))
    monkeypatch.delenv("QDA_CODER", raising=False)
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A terminal, and what would be shown on it."""
    opened: list[Any] = []
    monkeypatch.setattr(module, "_at_screen", lambda: True)
    monkeypatch.setattr(Workbench, "run", lambda self: opened.append(self))
    monkeypatch.setattr(Refusal, "run", lambda self: opened.append(self))
    monkeypatch.setattr(module, "PATIENCE", 0)
    return opened


def review(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["code", "--review", *words])
    assert result.exit_code == code, result.output
    return result


def test_it_needs_a_terminal(root: Path) -> None:
    told = review("--coder", "second", code=2)
    assert told.stderr.startswith(
        "qda code --review: the workbench needs a terminal with keyboard and screen"
    )
    assert not (root / "codings/second").exists()


@pytest.mark.parametrize("missing", ["stdin", "stdout", "stderr", "TERM"])
def test_whatever_of_a_terminal_is_missing(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, Mock(isatty=Mock(return_value=stream != missing)))
    monkeypatch.setenv("TERM", "xterm")
    assert module._at_screen() is (missing == "TERM")
    if missing == "TERM":
        monkeypatch.setenv("TERM", "dumb")
        assert not module._at_screen()


def test_without_the_package_it_says_how_to_install_it(root: Path, terminal: list[Any]) -> None:
    find = importlib.util.find_spec
    with patch("importlib.util.find_spec", lambda name: None if name == "textual" else find(name)):
        told = review("--coder", "second", code=2)
    assert told.stderr == (
        "qda code --review: the workbench needs the packages textual and textual-serve [workbench]\n"
        "    Install them: pip install 'empowerment-qda[workbench]'.\n"
    )
    assert not terminal


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "it is not said who codes [coder]"),
        (("--coder", "auto"), "`auto` is the machine"),
        (("--coder", "second", "--blind", "--show-others"), "[blind]"),
        (("--coder", "second", "H-02"), "there is no source `H-02`"),
    ],
)
def test_what_is_missing_is_said(root: Path, terminal: list[Any], words: tuple[str, ...], said: str) -> None:
    assert said in review(*words, code=2).stderr
    assert not terminal


def test_a_port_is_for_the_page(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ports: list[int | None] = []
    monkeypatch.setattr(web, "serve", lambda words, port, say: ports.append(port))
    review("--coder", "second", "--web", "--port", "9000")
    review("--coder", "second", "--web")
    assert ports == [9000, None]
    assert "[port]" in review("--coder", "second", "--port", "9000", code=2).stderr
    assert "65535" in review("--coder", "second", "--web", "--port", "70000", code=2).output


def test_options_of_the_workbench_alone_are_refused(root: Path) -> None:
    for option in ("--blind", "--show-others", "--web", "--no-suggestions", "--reconcile=a,b", "--port=9000"):
        result = CliRunner().invoke(app, ["code", option])
        assert result.exit_code == 2
        assert "go with --review" in result.output


def test_it_opens_with_the_sources_asked_for(root: Path, terminal: list[Workbench]) -> None:
    review("--coder", "second", "O-01", "--show-others")
    review("--coder", "second", "--blind", "--no-suggestions")
    first, second = terminal
    assert [one.id for one in first.session.sources] == ["O-01"]
    assert (first.session.others, first.sealed) == (True, False)
    assert len(second.session.sources) == 2
    assert (second.session.others, second.sealed) == (False, True)
    assert (first.session.suggestions, second.session.suggestions) == (True, False)


def test_a_second_session_is_refused_before_the_screen_opens(root: Path, terminal: list[Any]) -> None:
    with Desk.open(root, read_study(root), "second"):
        told = review("--coder", "second", code=2)
        assert "codings/second: somebody works on this already" in told.stderr
        assert not terminal
        with patch.dict("os.environ", {"TEXTUAL_DRIVER": "x"}):
            review("--coder", "second", code=2)
    (refusal,) = terminal
    assert isinstance(refusal, Refusal)


def test_behind_a_page_it_tries_again_and_opens(
    root: Path, terminal: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "x")
    monkeypatch.setattr(module, "PATIENCE", 1)
    desk = Desk.open(root, read_study(root), "second")
    monkeypatch.setattr("time.sleep", lambda seconds: desk.close())
    review("--coder", "second")
    (opened,) = terminal
    assert isinstance(opened, Workbench)


def test_a_page_gets_the_same_command(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []
    monkeypatch.setattr(web, "serve", lambda words, port, say: served.append(list(words)))
    review("--coder", "second", "--web", "--blind", "--no-suggestions", "O-01")
    same = ["code", "--review", "--coder", "second", "--study", str(root.resolve())]
    assert served == [[*same, "--blind", "--no-suggestions", "O-01"]]
    assert "there is no source" in review("--coder", "second", "--web", "X", code=2).stderr


@pytest.fixture
def apart(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with two coders who disagree on one turn."""
    monkeypatch.chdir(write_study(tmp_path / "apart", agree_kit.STUDY))
    return tmp_path / "apart"


@pytest.mark.parametrize("named", [("--reconcile", "a,b"), ("--reconcile", "a", "--reconcile", "b")])
def test_a_reconciliation_round(apart: Path, terminal: list[Reconcile], named: tuple[str, ...]) -> None:
    told = review("--coder", "consensus", *named, "S-01")
    (opened,) = terminal
    assert (opened.round.coders, [one.id for one in opened.round.sources]) == (("a", "b"), ["S-01"])
    assert told.stderr == (
        "0 of 1 disagreements are settled. "
        "For findings to rest on consensus alone, qda.yaml says: evidence: {coders: [consensus]}\n"
    )


def test_the_command_it_names_is_what_the_settings_want(apart: Path, terminal: list[Reconcile]) -> None:
    with (apart / "qda.yaml").open("a") as file:
        file.write("\nevidence: {coders: [consensus]}\n")
    assert (
        review("--coder", "consensus", "--reconcile", "a,b").stderr == "0 of 1 disagreements are settled.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reconcile", "a", "--coder", "consensus"), "a round is about 2 to 9 coders"),
        (("--reconcile", "a,b"), "Such as: qda code --review --coder consensus --reconcile a,b"),
        (("--reconcile", "a,b", "--coder", "a"), "a is one of those who disagree"),
        (("--reconcile", "a,b", "--coder", "consensus", "--blind"), "Leave --blind out."),
        (("--reconcile", "a,x", "--coder", "consensus"), "coder `x` has no codings"),
        (("--reconcile", "a,x", "--coder", "consensus", "--web"), "coder `x` has no codings"),
    ],
)
def test_a_round_that_cannot_be(apart: Path, terminal: list[Any], words: tuple[str, ...], said: str) -> None:
    assert said in review(*words, code=2).stderr
    assert not terminal


def test_a_page_gets_the_round(apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []
    monkeypatch.setattr(web, "serve", lambda words, port, say: served.append(list(words)))
    review("--coder", "consensus", "--web", "--reconcile", "a,b")
    assert served[0][-2:] == ["--reconcile", "a,b"]


@pytest.mark.parametrize(("term", "colour"), [("vt220", "1"), ("xterm-256color", None)])
def test_a_terminal_without_colours_gets_none(
    root: Path, terminal: list[Any], term: str, colour: str | None
) -> None:
    with patch.dict("os.environ", {"TERM": term}):
        review("--coder", "second")
        assert os.environ.get("NO_COLOR") == colour
    assert len(terminal) == 1
