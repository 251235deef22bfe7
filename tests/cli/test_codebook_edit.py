"""`qda codebook edit`: what is said of a code changes, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.files.read import read_study
from kit import SMALL, write_study


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path, SMALL))
    return tmp_path


def edit(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["codebook", "edit", *words])
    assert result.exit_code == code, result.output
    return result


def test_only_what_is_named_is_written_and_undo_brings_it_back(root: Path) -> None:
    path = root / "codebook.yaml"
    before = path.read_text()
    told = edit("training-rare", "--label", "Seldom", "--use-when", "It is rare.", "--colour", "#1F77B4")
    assert [one.strip() for one in told.stdout.splitlines()[-3:]] == [
        "label none → “Seldom”", "use_when none → “It is rare.”", "color none → “#1F77B4”",
    ]  # fmt: skip
    assert told.stderr == "Done, codebook version 1.1; `qda codebook undo` takes it back.\n"
    old, new = before.splitlines(), path.read_text().splitlines()
    assert [one.strip() for one in new if one not in old] == [
        "version: 1.1", "label: Seldom", "use_when: It is rare.", "color: '#1F77B4'",
    ]  # fmt: skip
    assert [one for one in old if one not in new] == ["version: 1.0"]
    assert CliRunner().invoke(app, ["codebook", "undo"]).stderr == (
        "Taken back: edit training-rare: label, use_when, color.\n"
    )
    assert path.read_text() == before


def test_texts_in_languages(root: Path) -> None:
    edit("training-rare", "--label", "Seldom")
    edit("training-rare", "--label", "Jarang", "--lang", "id")
    code = read_study(root).codebook.places["training-rare"].code
    assert code.label
    assert code.label.root == {"en": "Seldom", "id": "Jarang"}
    edit("training-rare", "--label", "", "--lang", "en")
    edit("training-rare", "--label", "", "--lang", "id")
    assert read_study(root).codebook.places["training-rare"].code.label is None


def test_a_direction_shows_which_verdicts_change_and_dry_run_writes_nothing(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()
    told = edit("training-rare", "--direction", "supports", "--dry-run", "--format", "json")
    assert json.loads(told.stdout) == {
        "operation": "edit training-rare: direction", "files": ["codebook.yaml"], "version": "1.1",
        "changes": [{"key": "direction", "before": "limits", "after": "supports"}], "verdicts": [], "done": False,
    }  # fmt: skip
    assert (root / "codebook.yaml").read_bytes() == before
    assert (
        edit("training-rare", "--direction", "limits").stderr == "Nothing of training-rare is another so.\n"
    )
    assert (root / "codebook.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("training-rar", "--label", "x"), "codebook.yaml: code `training-rar` is not in the codebook [unknown-code]\n    Did you mean `training-rare`?\n"),
        (("training-rare", "--color", "red"), "codebook.yaml: `color` is `red`, which is no colour [value]\n    Write `#` and six of 0-9 and A-F, in quotes: '#1F77B4'.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(root: Path, words: tuple[str, ...], said: str) -> None:
    before = (root / "codebook.yaml").read_bytes()
    assert edit(*words, code=2).stderr == said
    assert "name what is to change" in edit("training-rare", code=2).stderr
    assert (root / "codebook.yaml").read_bytes() == before
