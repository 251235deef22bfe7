"""`qda status`: where a study stands and what to do next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from empowerment_qda.cli import app
from kit import CODED_HEAD, CODED_OWNER, HEAD, SMALL, write_study


def status(root: Path, width: int = 96) -> str:
    """What it shows."""
    return CliRunner().invoke(app, ["status", "--study", str(root)], env={"COLUMNS": str(width)}).stdout


def as_json(root: Path) -> Any:
    """What it answers as JSON."""
    return json.loads(CliRunner().invoke(app, ["status", "--study", str(root), "--format", "json"]).stdout)


def commands(root: Path) -> list[str]:
    """What is to be done next."""
    return [one["command"] for one in as_json(root)["next"]]


def test_a_coded_study(tmp_path: Path) -> None:
    said = status(write_study(tmp_path, SMALL))
    assert "2 sources, 2 informants; codebook 1.0, 4 codes; 1 findings" in said
    assert "Problems     none" in said
    assert "1 not assessable" in said


def test_nothing_coded_yet(tmp_path: Path) -> None:
    bare = {name: text for name, text in SMALL.items() if not name.startswith(("codings", "findings"))}
    assert commands(write_study(tmp_path, bare))[:2] == ["qda code", "qda show H-01"]


def test_suggestions_wait_until_a_person_decides(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            **SMALL,
            "codings/first/O-01.yaml": "source: O-01\ncoder: first\ncodings: []\n",
            "findings.yaml": "findings: []\n",
        },
    )
    CliRunner().invoke(app, ["code", "--study", str(tmp_path)])
    assert commands(tmp_path)[:2] == [
        "qda code --review --coder first",
        "qda show O-01",
    ]
    assert "2 waiting for a person" in status(tmp_path)
    write_study(
        tmp_path, {"codings/first/O-01.yaml": CODED_OWNER.replace("id: E3,", "id: E3, status: rejected,")}
    )
    assert "none waiting for a person" in status(tmp_path)


def test_what_is_wrong_comes_first(tmp_path: Path) -> None:
    write_study(tmp_path, {**SMALL, "codings/first/H-01.yaml": CODED_HEAD.replace("turn: 2", "turn: 1")})
    assert commands(tmp_path)[0] == "qda code anchor"
    write_study(tmp_path, {"codings/first/H-01.yaml": CODED_HEAD.replace("training-provided", "nope")})
    assert commands(tmp_path)[0] == "qda check"
    assert "cannot be weighed" in status(tmp_path) or "not weighed" in status(tmp_path)


def test_no_findings_yet(tmp_path: Path) -> None:
    files = {name: text for name, text in SMALL.items() if name != "findings.yaml"}
    assert "qda conclude --draft" in commands(write_study(tmp_path, files))


def test_warnings_are_named_last(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            **SMALL,
            "data/interviews/H-01.yaml": HEAD.replace("interviewer: R", "interviewer: Q"),
            "findings.yaml": "findings: []\n",
        },
    )
    assert "qda check" in commands(tmp_path)


def test_two_coders_can_be_compared(tmp_path: Path) -> None:
    second = CODED_HEAD.replace("first", "second").replace("E1", "B1")
    said = status(write_study(tmp_path, {**SMALL, "codings/second/H-01.yaml": second}))
    assert "qda agree first second" in said


def test_it_fits_a_narrow_terminal_and_a_spreadsheet(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    assert max(map(len, status(tmp_path, 50).splitlines())) <= 50
    rows = (
        CliRunner().invoke(app, ["status", "--study", str(tmp_path), "--format", "csv"]).stdout.splitlines()
    )
    assert len(rows) == 3
