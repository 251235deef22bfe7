"""What the tab key offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from kit import SMALL, write_study


def tab(typed: str) -> list[str]:
    """The words that are offered for what is typed; its last word is begun."""
    typed_words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    asked = {"_QDA_COMPLETE": "complete_bash", **typed_words}
    return CliRunner().invoke(app, [], env=asked, prog_name="qda").stdout.split()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path / "study", SMALL))
    return tmp_path / "study"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("qda show H", ["H-01"]),
        ("qda show H-01 --coder f", ["first"]),
        ("qda triangulate F", ["F1"]),
        ("qda agree f", ["first"]),
        ("qda find training-p", ["training-provided"]),
        ("qda codebook training-p", ["training-provided"]),
        ("qda code add H-01#2 training-p", ["training-provided"]),
        ("qda code H", ["H-01"]),
        ("qda code acc", ["accept"]),
        ("qda code --ex", ["--explain"]),
        ("qda reduce s", ["sources"]),
        ("qda show x", []),
    ],
)
def test_words_of_the_study(root: Path, typed: str, offered: list[str]) -> None:
    assert tab(typed) == offered


def test_the_study_that_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert tab("qda show H") == []
    assert tab("qda show --study study H") == ["H-01"]


def test_a_study_that_cannot_be_read_is_silent(root: Path) -> None:
    (root / "qda.yaml").write_text("title: [\n", encoding="utf-8")
    assert tab("qda show H") == []


def test_labels_give_no_orders(root: Path) -> None:
    source = root / "data/interviews/H-01.yaml"
    source.write_text('title: "Bad\\e[31m\\nline"\n' + source.read_text("utf-8"), encoding="utf-8")
    asked = {
        "_QDA_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_ARGS": "qda show H",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    said = CliRunner().invoke(app, [], env=asked, prog_name="qda").stdout
    assert said == "H-01\tBad\ufffd[31m line\n"
