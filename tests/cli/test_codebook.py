"""`qda codebook`, its lint and its diff, as a user sees them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import CODEBOOK, SMALL, write_study


def codebook(root: Path, *words: str) -> Result:
    """Run `qda codebook`."""
    return CliRunner().invoke(app, ["codebook", *words, "--study", str(root)], env={"COLUMNS": "90"})


def qda(*words: str | Path) -> Result:
    """Run any command."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "90"})


def as_json(root: Path, *words: str) -> Any:
    """What it answers as JSON."""
    return json.loads(codebook(root, *words, "--format", "json").stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small study."""
    return write_study(tmp_path, SMALL)


def test_the_tree_counts_informants_and_passages(small: Path) -> None:
    lines = [" ".join(line.split()) for line in codebook(small).stdout.splitlines()]
    assert lines[:5] == [
        "code own all label: definition",
        "enabling - 2 / 3",
        "awareness - 2 / 3",
        "training-provided 2 / 2 2 / 2",
        "training-rare 1 / 1 1 / 1",
    ]


def test_a_branch_and_all_fields(small: Path) -> None:
    book = CODEBOOK.replace(
        "direction: limits", "direction: limits\n                definition: It came once."
    )
    write_study(small, {"codebook.yaml": book})
    said = codebook(small, "training-rare", "--full").stdout
    assert "training-rare" in said
    assert "It came once." in said
    assert "training-provided" not in said


def test_an_unknown_code(small: Path) -> None:
    result = codebook(small, "training-rar")
    assert (result.exit_code, "Did you mean `training-rare`?" in result.stderr) == (2, True)


def test_as_data(small: Path) -> None:
    answer = as_json(small)
    assert [one["code"] for one in answer["codes"]] == [
        "enabling",
        "awareness",
        "training-provided",
        "training-rare",
    ]
    assert codebook(small, "--format", "csv").stdout.count("\n") == 5
    assert codebook(small, "--format", "md", "--full").stdout.startswith("| ")


def test_lint_ends_with_1_where_there_is_something(small: Path) -> None:
    result = codebook(small, "lint")
    assert result.exit_code == 1
    assert "code `training-rare` is used once, in O-01#2 [code-used-once]" in result.stdout
    rules = [one["rule"] for one in as_json(small, "lint")["problems"]]
    assert "code-undefined" in rules


def test_diff_against_an_older_file(small: Path) -> None:
    old = CODEBOOK.replace("training-rare", "training-seldom").replace(
        "direction: supports", "direction: neutral"
    )
    old = old.replace("id: awareness", "id: minds").replace("direction: limits", "status: retired")
    write_study(small, {"old.yaml": old})
    result = codebook(small, "diff", "old.yaml")
    assert result.exit_code == 0
    assert "changes, version 1.0." in result.stderr
    assert "The version is the same in both" in result.stderr
    changes = {(one["change"], one["code"]) for one in as_json(small, "diff", "old.yaml")["changes"]}
    assert changes == {
        ("added", "awareness"), ("added", "training-rare"), ("moved", "training-provided"),
        ("redefined", "training-provided"), ("removed", "minds"), ("removed", "training-seldom"),
    }  # fmt: skip


def test_diff_follows_a_renamed_code_by_its_definition_and_names_its_codings(small: Path) -> None:
    defined = CODEBOOK.replace(
        "direction: limits", "definition: It came once.\n                direction: limits"
    )
    old = defined.replace("training-rare", "training-seldom")
    write_study(small, {"codebook.yaml": defined.replace("version: 1.0", "version: 1.1"), "old.yaml": old})
    answer = as_json(small, "diff", "old.yaml")
    (change,) = answer["changes"]
    assert (change["change"], change["was"], change["now"]) == (
        "renamed", "enabling/awareness/training-seldom", "enabling/awareness/training-rare",
    )  # fmt: skip
    assert [(one["coder"], one["id"]) for one in change["codings"]] == [("first", "E3")]
    assert "1 change, version 1.0 to 1.1." in codebook(small, "diff", "old.yaml").stderr


def test_diff_tells_what_was_retired_and_revived(small: Path) -> None:
    retired = CODEBOOK.replace("direction: limits", "direction: limits\n                status: retired")
    write_study(small, {"old.yaml": CODEBOOK, "codebook.yaml": retired})
    assert [one["change"] for one in as_json(small, "diff", "old.yaml")["changes"]] == ["retired"]
    write_study(small, {"old.yaml": retired, "codebook.yaml": CODEBOOK})
    assert [one["change"] for one in as_json(small, "diff", "old.yaml")["changes"]] == ["revived"]


def test_a_change_of_cues_touches_only_suggestions(small: Path) -> None:
    write_study(small, {"old.yaml": CODEBOOK.replace('"only once"', "seldom")})
    (change,) = as_json(small, "diff", "old.yaml")["changes"]
    assert (change["fields"], change["codings"]) == (["cues"], [])


def test_the_same_book_has_no_changes(small: Path) -> None:
    result = codebook(small, "diff", "codebook.yaml")
    assert (result.stdout, result.stderr) == ("", "0 changes, version 1.0.\n")


def git(root: Path, *words: str) -> None:
    """Run git in a folder as nobody in particular."""
    who = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


def test_diff_against_a_git_revision(small: Path) -> None:
    git(small, "init")
    git(small, "add", ".")
    git(small, "commit", "-m", "first")
    write_study(small, {"codebook.yaml": CODEBOOK.replace("direction: limits", "direction: neutral")})
    assert [one["fields"] for one in as_json(small, "diff", "HEAD")["changes"]] == [["direction"]]
    assert "there is no file and no git revision `HEAD~7`" in codebook(small, "diff", "HEAD~7").stderr


def test_diff_against_a_revision_without_the_book(small: Path) -> None:
    git(small, "init")
    git(small, "commit", "--allow-empty", "-m", "first")
    assert "at `HEAD` there was no codebook.yaml" in codebook(small, "diff", "HEAD").stderr


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere.yaml", "there is no file `nowhere.yaml`, and the study is in no git repository"),
        ("-x:y", "`-x:y` is no file and no git revision"),
    ],
)
def test_an_old_book_that_is_nowhere(small: Path, old: str, said: str) -> None:
    result = CliRunner().invoke(app, ["codebook", "diff", "--study", str(small), "--", old])
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_an_old_book_that_cannot_be_read(small: Path) -> None:
    write_study(small, {"old.yaml": CODEBOOK.replace("direction: limits", "direction: bad")})
    result = codebook(small, "diff", "old.yaml")
    assert (result.exit_code, "old.yaml:12: " in result.stderr) == (2, True)


def test_without_git(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert (
        "git, which could know a revision of that name, is not installed"
        in codebook(small, "diff", "v1").stderr
    )


def test_cues_in_a_file_of_their_own_are_compared_with_those_of_the_older_book(small: Path) -> None:
    """A book whose cues moved into a file beside it has not changed; one whose file changed has other cues."""
    whole = (small / "codebook.yaml").read_text(encoding="utf-8")
    cues = 'training-provided: {en: [training, classes], not: {en: ["no ... training"]}}\ntraining-rare: {en: [only once]}\n'
    lines = [line for line in whole.splitlines() if not line.strip().startswith("cues:")]
    book = "\n".join(["cues: moved.cues.yaml", *lines]) + "\n"
    (small / "old.yaml").write_text(whole, encoding="utf-8")
    (small / "codebook.yaml").write_text(book, encoding="utf-8")
    (small / "moved.cues.yaml").write_text(cues, encoding="utf-8")
    assert as_json(small, "diff", str(small / "old.yaml"))["changes"] == []
    (small / "older.yaml").write_text(book.replace("moved", "older"), encoding="utf-8")
    (small / "older.cues.yaml").write_text(cues.replace("classes", "class"), encoding="utf-8")
    (change,) = as_json(small, "diff", str(small / "older.yaml"))["changes"]
    assert (change["code"], change["fields"]) == ("training-provided", ["cues"])


def test_code_explain_tells_what_matches_and_what_stops_it(small: Path) -> None:
    shown = qda("code", "--explain", "They never held training.", "--study", small, "--format", "json")
    told = json.loads(shown.stdout)
    assert [(one["word"], one["negator"]) for one in told["words"]][1] == ("never", True)
    assert [(one["cue"], one["stopped_by"], one["by"]) for one in told["cues"]] == [
        ("training", "negated", "never")
    ]
    assert "No code is suggested." in shown.stderr
    assert not (small / "codings" / "auto").exists()
    table = qda("code", "--explain", "They held training.", "--study", small)
    assert "suggests the code" in table.stdout
    assert "Suggested: training-provided." in table.stderr
