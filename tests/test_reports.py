"""The reports that stand in the repository are those that its study gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from empowerment_qda.files.read import read_study

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


WHO = {
    "KS": (2, 9, 10, 23, 30), "SK": (1, 8, 24, 29), "PU-A": (11, 12, 16, 17, 18, 19), "PU-B": (13, 14), "PU-C": (20, 21),
    "PU-U1": (3,), "PU-U2": (4,), "PU-U3": (27,), "PU-U4": (28,),
    "unstated": (5, 26), "researcher": (6, 7, 15, 22), "agency": (25,),
}  # fmt: skip
ASPECTS = {
    "awareness": range(1, 8), "inputs": (*range(8, 16), 26), "access": range(16, 23),
    "fair-competition": (23, 24, 25, 27, 28), "no-exploitation": (29, 30),
}  # fmt: skip
LIMITING = {7, 14, 18, 19, 21, 27, 28}


def test_every_item_of_evidence_is_from_whom_and_about_what_the_article_has_it() -> None:
    study = read_study(ROOT)
    who, aspects, limiting = {}, {}, set()
    for file in study.codings:
        source = study.by_id[file.source]
        for coding in file.codings if file.coder == "reference" else ():
            number, place = int(str(coding.id)[1:]), study.codebook.places[coding.code]
            who[number] = study.who(source.heard[0]).id if source.heard else source.producer
            aspects[number] = place.aspect
            if place.code.direction == "limits":
                limiting.add(number)
    assert who == {number: one for one, numbers in WHO.items() for number in numbers}
    assert aspects == {number: one for one, numbers in ASPECTS.items() for number in numbers}
    assert limiting == LIMITING
    assert study.distinct["PU-U3"] == {"PU-U4"}


def test_what_the_article_leaves_open_the_study_leaves_open() -> None:
    study = read_study(ROOT)
    settings, book = study.settings, study.codebook
    staff, owner = settings.informant_types["staff"].note, settings.informant_types["owner"].note
    assert staff is not None
    assert owner is not None
    assert "not quoted. Whether they were interviewed is not known" in staff.say("en")
    assert "three to seven are quoted" in owner.say("en")
    limits = " ".join(one.say("en") for one in settings.limits)
    assert "five to nine people are quoted" in limits
    assert book.note is not None
    for told in (limits, book.note.say("en")):
        assert "writes of social, political and psychological power" in told
        assert "usually credited to Kartasasmita (1996)" in told
    assert {"takes-part-in-decisions", "left-out-of-decisions"} <= book.places.keys()
    told = CliRunner().invoke(app, ["codebook", "lint", "--study", str(ROOT)]).output
    assert "code-without-counterpart" not in told
    assert "Nothing to look at." in told
