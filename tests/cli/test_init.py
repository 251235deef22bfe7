"""`qda init`: a study to start from, or a sentence and nothing written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.files.start import list_shipped

ROOT = Path(__file__).resolve().parents[2]


def qda(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="qda")


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder: path to content, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_empty_study_holds_one_example_of_each_file_and_passes_check(tmp_path: Path) -> None:
    made = qda("init", tmp_path / "new")
    assert made.exit_code == 0, made.output
    files = {path for path, content in snapshot(tmp_path / "new").items() if content is not None}
    assert {path for path in files if not path.startswith("schemas/")} == {
        "qda.yaml",
        "codebooks/codebook.cues.yaml",
        "codebooks/codebook.yaml",
        "data/interviews/READER-01.yaml",
        "data/observations/NOTE-01.yaml",
        "data/documents/DOC-01.yaml",
        "codings/first/READER-01.yaml",
        "codings/first/NOTE-01.yaml",
        "findings.yaml",
        "memos/M01.md",
        ".gitignore",
    }
    checked = qda("check", "--study", tmp_path / "new")
    assert (checked.exit_code, checked.stdout) == (0, "No problems found.\n")


def test_empty_study_goes_through_every_stage(tmp_path: Path) -> None:
    qda("init", tmp_path)
    run = qda("run", "--study", tmp_path)
    assert run.exit_code == 0, run.output
    report = (tmp_path / "reports" / "findings.en.html").read_text(encoding="utf-8")
    assert "Evening hours let people who work come to the library." in report


def test_medan_is_a_working_copy_of_the_study_at_the_root(tmp_path: Path) -> None:
    assert qda("init", tmp_path / "m", "--from", "medan").exit_code == 0
    copied = {
        path: content
        for path, content in snapshot(tmp_path / "m").items()
        if content is not None and not path.startswith("schemas/") and path != ".gitignore"
    }
    assert copied == {path: (ROOT / path).read_bytes() for path in list_shipped("medan")}
    assert "data/LICENSE.md" in copied
    checked = qda("check", "--study", tmp_path / "m")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("name", ["empty", "medan"])
def test_modelines_lead_to_the_schema_of_their_kind(tmp_path: Path, name: str) -> None:
    qda("init", tmp_path, "--from", name)
    kinds = {
        "qda": "study",
        "findings": "findings",
        "codebooks": "codebook",
        "data": "source",
        "codings": "codings",
        "cues": "cues",
    }
    for path in tmp_path.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        top = path.relative_to(tmp_path).parts[0].removesuffix(".yaml")
        top = "cues" if path.name.endswith(".cues.yaml") else top
        assert (path.parent / schema).resolve() == tmp_path / "schemas" / f"{kinds[top]}.schema.json", path


def test_it_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cd" not in qda("init").stdout.split()
    made = qda("init", "my study")
    assert made.stdout.startswith(
        f"A study stands in {tmp_path / 'my study'}\n\nNext:\n  cd 'my study'\n  qda check"
    )
    assert (tmp_path / "qda.yaml").exists()


def test_what_is_in_the_way_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "memos").mkdir()
    (tmp_path / "memos" / "mine.md").write_text("mine")
    (tmp_path / "findings.yaml").symlink_to(tmp_path / "nowhere")
    before = snapshot(tmp_path)
    made = qda("init", tmp_path)
    assert made.exit_code == 2
    assert made.stderr == (
        f"{tmp_path}: `findings.yaml`, `memos` stand here already [in-the-way]\n"
        "    Nothing was written. Name an empty or a new folder: `qda init DIR`.\n"
    )
    assert snapshot(tmp_path) == before


def test_git_passes_over_suggestions_and_locks_and_nothing_else(tmp_path: Path) -> None:
    qda("init", tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert qda("code", "--study", tmp_path).exit_code == 0
    accepted = qda("code", "add", "READER-01#2", "stays-longer", "--coder", "second", "--study", tmp_path)
    assert accepted.exit_code == 0, accepted.output
    (tmp_path / "codings" / ".codebook.lock").touch()
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    seen = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.split()
    kept = {path for path, content in snapshot(tmp_path).items() if content is not None}
    passed_over = {path for path in kept - set(seen) if not path.startswith(".git/")}
    assert passed_over == {
        "codings/.codebook.lock",
        "codings/second/.lock",
        *(path for path in kept if path.startswith("codings/auto/")),
    }
    ours = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {line for line in (tmp_path / ".gitignore").read_text().splitlines() if line[0] != "#"} <= {*ours}
    assert {"codings/second/log.jsonl", "codings/second/READER-01.yaml", ".gitignore"} <= set(seen)


def test_a_gitignore_of_ones_own_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    made = qda("init", tmp_path)
    assert made.exit_code == 0
    assert made.stderr == (
        "Your .gitignore was left as it is. For git to pass over suggestions and locks, add: "
        "/codings/auto/, .lock, .codebook.lock, /.qda/, /pseudonyms.yaml\n"
    )
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_a_file_is_no_place_for_a_study(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    made = qda("init", tmp_path / "notes")
    assert made.exit_code == 2
    assert "this is a file, and a study is a folder" in made.stderr
    assert snapshot(tmp_path) == {"notes": b"mine"}


def test_what_is_not_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    assert qda("init", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "data" / "interviews" / "READER-01.yaml").exists()
    assert not list(tmp_path.glob(".qda-init*"))


@pytest.mark.parametrize("inside", ["", "deep/er"])
def test_a_disk_that_fails_halfway_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    rename = Path.rename

    def fail_at_findings(self: Path, target: Path) -> Path:
        if target.name == "findings.yaml":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_findings)
    made = qda("init", tmp_path / inside)
    assert made.exit_code == 2
    assert "No space left on device" in made.stderr
    assert snapshot(tmp_path) == {"notes.txt": b"mine"}


def test_an_unknown_study_is_answered_with_the_nearest(tmp_path: Path) -> None:
    made = qda("init", tmp_path / "new", "--from", "medn")
    assert made.exit_code == 2
    assert "there is no study `medn`. Did you mean `medan`?" in made.stderr
    assert not (tmp_path / "new").exists()
