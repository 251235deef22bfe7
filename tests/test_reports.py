"""The reports that stand in the repository are those that its study gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from empowerment_qda.folder.read import read_study

ROOT = Path(__file__).resolve().parents[1]
STUDY = ("qda.yaml", "findings.yaml", "codebooks", "data", "codings/reference", "memos")
# Which versions of the libraries made a report depends on the machine; nothing else in it does.
VERSIONS = re.compile(r"Vers(?:ions|i): .*")


def made(root: Path) -> dict[str, str]:
    """Every report of a study as text, without pictures and versions."""
    files = (
        path
        for path in (root / "reports").rglob("*")
        if path.is_file() and path.suffix not in (".svg", ".png")
    )
    return {
        path.relative_to(root).as_posix(): VERSIONS.sub("", path.read_text(encoding="utf-8"))
        for path in files
    }


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Medan study, run anew."""
    root = tmp_path_factory.mktemp("medan")
    for name in STUDY:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    result = CliRunner().invoke(app, ["run", "--study", str(root)])
    assert result.exit_code == 0, result.stderr
    return root


def test_the_reports_in_the_repository_are_fresh(copy: Path) -> None:
    assert made(ROOT) == made(copy), "run `make docs`"


def test_a_second_run_changes_nothing(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert CliRunner().invoke(app, ["run", "--study", str(copy)]).exit_code == 0
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_every_finding_of_the_study_is_exactly_what_it_claims() -> None:
    findings = read_study(ROOT).findings.findings
    claimed = {one.id: one.expect for one in findings}
    assert list(claimed) == [f"F{n:02}" for n in range(1, 20)]
    assert all(one is not None and one.flags is not None for one in claimed.values())
    result = CliRunner().invoke(app, ["triangulate", "--expect", "--study", str(ROOT)])
    assert result.exit_code == 0, result.stderr


def test_every_item_of_evidence_is_one_coding_and_every_source_is_restated() -> None:
    study = read_study(ROOT)
    coded = [
        coding.id or "" for file in study.codings if file.coder == "reference" for coding in file.codings
    ]
    assert sorted(coded) == [f"E{n:02}" for n in range(1, 31)]
    assert {source.provenance for source in study.sources} == {"restated"}
    # What the article does not give is ours, and says so.
    asked = [turn for source in study.sources for turn in source.turns if turn.speaker == "R"]
    assert asked
    assert all(turn.reconstructed for turn in asked)
    assert all("kami" in one.say("id") and "Our" in one.say("en") for one in study.settings.questions)
