"""`qda conclude`: drafts of findings, the files it writes, and what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conclude_kit import build, item
from empowerment_qda.cli import app
from empowerment_qda.cli.conclude import format_draft
from empowerment_qda.conclusions import draft_findings
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import parse_file, read_study
from empowerment_qda.model.finding import Findings
from kit import CODED_OWNER, FINDINGS, OWNER, SMALL, write_study


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["conclude", *arguments])


def without_findings(root: Path) -> Path:
    return write_study(root, {name: text for name, text in SMALL.items() if name != "findings.yaml"})


def test_a_draft_has_one_proposition_for_each_aspect_and_direction() -> None:
    items = {
        "c1": item("c-lim1", "O1"),
        "b1": item("b-sup1", "O1"),
        "a2": item("a-lim1", "O1"),
        "a1": item("a-sup1", "O1"),
        "a3": item("a-sup2", "H"),
        "a4": item("a-neu1", "H"),
    }
    study = build(items)
    drawn = draft_findings(study, reduce_study(study)).findings
    assert [(one.id, one.dimension, one.supported_by) for one in drawn] == [
        ("F01", "dim", ("a1", "a3")),
        ("F02", "dim", ("a2",)),
        ("F03", "dim", ("a4",)),
        ("F04", "dim", ("b1",)),
        ("F05", "other", ("c1",)),
    ]
    assert all(one.draft for one in drawn)
    assert drawn[0].statement.root == {
        "en": "Draft, to be reworded - the a: passages speak for it, on: a sup 1; a sup 2.",
        "id": "Rancangan, untuk dirumuskan ulang - the a: kutipan mendukungnya, tentang: a sup 1; a sup 2.",
    }
    assert "limits, on: a lim 1." in drawn[1].statement.say("en")


def test_a_draft_reads_back_as_it_was() -> None:
    study = build({"a1": item("a-sup1", "O1"), "a2": item("a-lim1", "O1")})
    drawn = draft_findings(study, reduce_study(study))
    assert parse_file(format_draft(drawn), "findings.yaml", Findings).findings == drawn.findings


def test_a_coding_without_an_id_is_cited_by_its_code(tmp_path: Path) -> None:
    root = without_findings(tmp_path)
    path = root / "codings/first/O-01.yaml"
    path.write_text(path.read_text().replace("id: E2, ", "").replace("id: E3, ", ""))
    study = read_study(root)
    drawn = draft_findings(study, reduce_study(study)).findings
    assert [one.supported_by for one in drawn] == [("E1", "training-provided"), ("training-rare",)]


def test_draft_writes_findings_that_hold_in_check(tmp_path: Path) -> None:
    root = without_findings(tmp_path)
    result = run("--study", str(root), "--draft", "--format", "json")
    assert result.exit_code == 0, result.output
    assert "2 draft findings in findings.yaml" in result.stderr
    answer = json.loads(result.stdout)
    assert [(one["id"], one["draft"]) for one in answer["findings"]] == [("F01", True), ("F02", True)]
    checked = CliRunner().invoke(app, ["check", "--study", str(root)])
    assert (checked.exit_code, checked.stdout.strip()) == (0, "No problems found.")


def test_draft_never_overwrites(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    before = (root / "findings.yaml").read_bytes()
    result = run("--study", str(root), "--draft")
    assert result.exit_code == 2
    assert "findings.yaml: there are findings already, and they are kept [exists]" in result.stderr
    assert (root / "findings.yaml").read_bytes() == before
    assert not (root / "reports").exists()


def test_draft_of_a_broken_findings_file_leaves_it_alone(tmp_path: Path) -> None:
    root = write_study(tmp_path, {**SMALL, "findings.yaml": "findings: ["})
    assert run("--study", str(root), "--draft").exit_code == 2
    assert (root / "findings.yaml").read_text() == "findings: ["


def test_draft_of_nothing_says_so(tmp_path: Path) -> None:
    files = {name: text for name, text in SMALL.items() if not name.startswith(("codings", "findings"))}
    root = write_study(tmp_path, files)
    result = run("--study", str(root), "--draft")
    assert (result.exit_code, (root / "findings.yaml").exists()) == (2, False)
    assert "no counted coding has a place [nothing-coded]" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "rule"), [("E3", "E9", "unknown-citation"), ("E3", "E1", "both-sides")]
)
def test_findings_that_cannot_be_weighed_stop_it(tmp_path: Path, old: str, new: str, rule: str) -> None:
    root = write_study(tmp_path, {**SMALL, "findings.yaml": FINDINGS.replace(old, new)})
    result = run("--study", str(root))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{rule}]" in result.stderr


def test_the_table_counts_informants_then_passages(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    result = run("--study", str(root), "--format", "csv")
    (row,) = csv.DictReader(result.stdout.splitlines())
    numbers = ["2", "2", "2", "1", "1", "1", "0", "0", "0", "0", "0", "0"]
    assert list(row.values()) == ["F1", *numbers, "", "negative_evidence", "Training is offered."]
    assert list(row)[1:4] == [
        "supporting_informants",
        "supporting_informants_at_most",
        "supporting_segments",
    ]
    people = run("--study", str(root), "--format", "md").stdout
    assert "| F1 | 2 / 2 | 1 / 1 | - | - |  | negative\\_evidence | Training is offered. |" in people


def test_the_answer_has_every_side_and_every_result_in_words(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    (found,) = json.loads(run("--study", str(root), "--format", "json").stdout)["findings"]
    assert found["counts"]["supporting"] == {"informants": 2, "informants_at_most": 2, "segments": 2}
    assert [(one["id"], one["ref"], one["informant"]) for one in found["contradicting"]] == [
        ("E3", "O-01#2", "O")
    ]
    assert {one["name"]: one["message"] for one in found["tactics"]}["rivals"] == (
        "No rival explanation is on record (`rivals`)."
    )
    indonesian = json.loads(run("--study", str(root), "--format", "json", "--lang", "id").stdout)
    assert "Penjelasan tandingan belum tercatat (`rivals`)." in [
        one["message"] for one in indonesian["findings"][0]["tactics"]
    ]


def test_the_file_shows_words_in_full_and_as_words(tmp_path: Path) -> None:
    words = "=1+1 [laughs] <b>{{7*7}}</b> | 1. *never* # once"
    owner = OWNER.replace("Yes, I joined their classes. But it was only once, last year.", words)
    coded = CODED_OWNER.replace("Yes, I joined their classes.", "=1+1 [laughs] <b>{{7*7}}</b>").replace(
        "But it was only once, last year.", "| 1. *never* # once"
    )
    root = write_study(
        tmp_path, {**SMALL, "data/interviews/O-01.yaml": owner, "codings/first/O-01.yaml": coded}
    )
    assert run("--study", str(root)).exit_code == 0
    folder = root / "reports" / "conclusions"
    text = (folder / "conclusions.md").read_text()
    assert r"> “=1+1 \[laughs\] \<b\>{{7\*7}}\</b\>”" in text
    assert r"> “\| 1. \*never\* \# once”" in text
    assert r"> O · Owner · interview · 2022-09-20 · O-01\#2 · E3 · training-rare" in text
    rows = list(csv.DictReader((folder / "passages.csv").read_text().splitlines()))
    assert [(row["finding"], row["side"], row["id"], row["quote"]) for row in rows] == [
        ("F1", "supporting", "E1", "We hold digital training every month."),
        ("F1", "supporting", "E2", "'=1+1 [laughs] <b>{{7*7}}</b>"),
        ("F1", "contradicting", "E3", "| 1. *never* # once"),
    ]


def test_the_files_are_the_same_each_time(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    run("--study", str(root))
    folder = root / "reports" / "conclusions"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(before) == ["conclusions.csv", "conclusions.md", "passages.csv", "tactics.csv"]
    run("--study", str(root))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_rival_is_shown_with_its_passages_and_its_standing(tmp_path: Path) -> None:
    rival = "rivals: [{statement: Nobody knew., supported_by: [E3]}]\n        contradicted_by: [E3]"
    root = write_study(tmp_path, {**SMALL, "findings.yaml": FINDINGS.replace("contradicted_by: [E3]", rival)})
    (found,) = json.loads(run("--study", str(root), "--format", "json").stdout)["findings"]
    (shown,) = found["rivals"]
    assert (shown["id"], shown["standing"], [one["id"] for one in shown["supporting"]]) == (
        "F1-rival-1",
        "worse",
        ["E3"],
    )
    text = (root / "reports/conclusions/conclusions.md").read_text()
    told = text.partition("### Rival explanation F1-rival-1: Nobody knew.")[2]
    assert "less supported than the finding; informants 1, passages 1" in told
    assert "> “But it was only once, last year.”" in told
    rows = csv.DictReader((root / "reports/conclusions/passages.csv").read_text().splitlines())
    assert [row["id"] for row in rows if row["side"] == "rival F1-rival-1"] == ["E3"]


def test_suggestions_that_nobody_accepted_are_told_loudly(tmp_path: Path) -> None:
    files = {name: text for name, text in SMALL.items() if not name.startswith(("codings", "findings"))}
    root = write_study(tmp_path, files)
    coded = CODED_OWNER.replace("coder: first", "coder: auto").replace("id: E2, ", "status: suggested, ")
    write_study(root, {"codings/auto/O-01.yaml": coded, "findings.yaml": "findings: []\n"})
    result = run("--study", str(root), "--lang", "id")
    assert "No person has coded yet" in result.stderr
    text = (root / "reports/conclusions/conclusions.md").read_text()
    assert "**Belum ada orang yang mengode: semua di sini menghitung saran mesin.**" in text


def test_a_finding_that_nothing_supports_is_shown_all_the_same(tmp_path: Path) -> None:
    bare = "findings: [{id: F1, statement: Nobody came.}]\n"
    root = write_study(tmp_path, {**SMALL, "findings.yaml": bare})
    run("--study", str(root))
    text = (root / "reports/conclusions/conclusions.md").read_text()
    assert "## F1. Nobody came.\n\nNo passage on any side.\n\n### What was checked" in text
