"""`qda export FOLDER`: an RO-Crate that is a study again, and holds nothing that has to stay."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.files.yaml import parse_yaml
from kit import QDA, SMALL, write_study

MEMO = "---\nid: M01\nlinks: [O-01#2]\n---\n\nOn an owner.\n"
SECRET = {"pseudonyms.yaml": "Siti: O\n", ".qda/changes/keep.json": "{}", "reports/old.md": "old"}


def run(root: Path, *words: str) -> Result:
    """A command on a study."""
    return CliRunner().invoke(app, [*words, "--study", str(root)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small study with a licence, a named researcher, a memo, a coder's log, and what has to stay."""
    settings = QDA + "licence: CC BY 4.0\n    researchers: [{id: R. Searcher}]\n    purpose: To see.\n"
    root = write_study(tmp_path / "study", {**SMALL, **SECRET, "qda.yaml": settings, "memos/M01.md": MEMO})
    coded = run(root, "code", "add", "O-01#2", "training-rare", "--quote", "last year", "--coder", "first")
    assert coded.exit_code == 0, coded.stderr
    return root


def test_a_crate_is_the_study_again(root: Path, tmp_path: Path) -> None:
    crate = tmp_path / "crate"
    assert run(root, "export", str(crate)).exit_code == 0
    assert run(crate, "check").exit_code == 0
    verdicts = [json.loads(run(one, "triangulate", "--format", "json").stdout) for one in (root, crate)]
    assert verdicts[0] == verdicts[1]
    assert (crate / "codings/first/log.jsonl").read_bytes() == (root / "codings/first/log.jsonl").read_bytes()
    assert not [one for name in SECRET for one in crate.rglob(Path(name).name)]


def test_every_file_is_described_and_has_its_sum(root: Path, tmp_path: Path) -> None:
    crate = tmp_path / "crate"
    run(root, "export", str(crate))
    files = {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}
    lines = (crate / "manifest-sha256.txt").read_text().splitlines()
    sums = {path: one for one, path in (line.split("  ") for line in lines)}
    assert sums.keys() == files - {"manifest-sha256.txt"}
    assert all(sha256((crate / path).read_bytes()).hexdigest() == one for path, one in sums.items())
    graph = {one["@id"]: one for one in json.loads((crate / "ro-crate-metadata.json").read_text())["@graph"]}
    whole = graph["./"]
    listed = {unquote(one["@id"]) for one in whole["hasPart"]}
    assert listed == files - {"manifest-sha256.txt", "ro-crate-metadata.json"}
    assert all(graph[one["@id"]]["sha256"] == sums[unquote(one["@id"])] for one in whole["hasPart"])
    assert (whole["name"], whole["description"], whole["license"]) == (
        "A small study",
        "To see.",
        {"@id": "LICENSE"},
    )
    assert graph[whole["author"][0]["@id"]]["name"] == "R. Searcher"
    cite = parse_yaml((crate / "CITATION.cff").read_text(), "CITATION.cff")
    assert (cite["type"], cite["authors"]) == ("dataset", [{"name": "R. Searcher"}])


def test_who_did_not_agree_leaves_no_word_in_it(root: Path, tmp_path: Path) -> None:
    (root / "consent.yaml").write_text("H: {archive: yes, quote: yes}\nO: {quote: yes}\nX: {archive: yes}\n")
    crate = tmp_path / "crate"
    told = run(root, "export", str(crate))
    assert told.exit_code == 0
    words = "".join(path.read_text() for path in crate.rglob("*") if path.is_file())
    for trace in ("joined their classes", "last year", "On an owner", "X:", "log.jsonl"):
        assert trace not in words
    assert not list(crate.rglob("log.jsonl"))
    for said in (
        "O-01, which O did not agree to hand on (consent.yaml)",
        "the logs of coders, which quote what stays behind",
        "codings that findings cite, without which their verdicts cannot be reached anew: E3",
    ):
        assert f"Not in it: {said}" in told.stdout
        assert said.replace("`", "\\`")[:40] in (crate / "README.md").read_text()
    assert parse_yaml((crate / "consent.yaml").read_text(), "")["H"]["archive"] in ("true", "yes")


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_replaced(root: Path, tmp_path: Path, there: str) -> None:
    crate = tmp_path / "crate"
    if there == "file":
        crate.write_text("mine")
    else:
        write_study(crate, {"README.md": "mine"})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    told = run(root, "export", str(crate), "--force")
    assert told.exit_code == 2
    assert "Nothing was written" in told.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_is_missing_for_a_repository_is_told(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    told = run(root, "export", str(tmp_path / "crate"))
    assert "Not in it: a licence: say under `licence` in qda.yaml who may do what" in told.stdout
    assert "Not in it: the names of authors" in told.stdout
    assert not (tmp_path / "crate/LICENSE").exists()
    assert (
        "cannot hold --what evidence" in run(root, "export", str(tmp_path / "e"), "--what", "evidence").stderr
    )
