"""`qda export`: what a person types and sees; the forms have their tests in tests/exchange."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli.export import FORMS, NO_CONSENT, find_form
from kit import SMALL, write_study

MEMOS = {
    "memos/M01.md": "---\nid: M01\nauthor: first\nlinks: [E1]\n---\n\nOn the head.\n",
    "memos/M02.md": "---\nid: M02\nauthor: second\nlinks: [O-01#2]\n---\n\nOn an owner.\n",
    "memos/M03.md": "---\nid: M03\n---\n\nOn nothing.\n",
}
SECOND = {
    "codings/second/O-01.yaml": """
        source: O-01
        coder: second
        codings:
          - {code: training-rare, turn: 2, quote: once}
          - {code: training-rare, turn: 2, quote: last year, status: suggested}
          - {code: training-rare, turn: 2, quote: joined, status: rejected}
          - {code: training-rare, turn: 2, quote: nobody said this}
        """
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small study with a second coder and memos; a person stands beside it."""
    monkeypatch.chdir(tmp_path)
    return write_study(tmp_path / "study", SMALL | MEMOS | SECOND)


def export(*words: str) -> Result:
    """What `qda export` says."""
    return CliRunner().invoke(app, ["export", "--study", "study", *words])


def test_what_is_written_and_what_is_not_in_it_is_told(root: Path) -> None:
    result = export("out.qdpx")
    assert (result.exit_code, result.stderr) == (0, f"{NO_CONSENT}\n")
    assert result.stdout.splitlines() == [
        "out.qdpx: 2 sources, 4 codes, 4 codings of 2 coders, 2 informants, 3 memos",
        "Not in it: 1 suggestion",
        "Not in it: 1 rejected coding",
        "Not in it: 1 coding that cannot be placed (see `qda check`)",
        "Not in it: 1 finding",
        "Not in it: the settings of the study but for its title",
        "Not in it: the title, version and reference of the codebook, and its cues",
    ]


@pytest.mark.parametrize(
    ("words", "held", "left"),
    [
        (["--coder", "first"], "3 codings of 1 coder, 2 informants, 2 memos", ["4 codings of others", "1 memo on other sources, or by others"]),
        (["--source", "H-01"], "1 source, 4 codes, 1 coding of 1 coder, 1 informant, 2 memos", ["1 source not asked for", "6 codings of others", "1 memo on other sources, or by others"]),
        (["--source", "O-01", "--coder", "second"], "1 source, 4 codes, 1 coding of 1 coder, 1 informant, 2 memos", ["1 source not asked for", "3 codings of others", "1 memo on other sources, or by others"]),
    ],
)  # fmt: skip
def test_a_part_is_written(root: Path, words: list[str], held: str, left: list[str]) -> None:
    said = export("out.qdpx", *words).stdout.splitlines()
    assert held in said[0]
    assert [one.removeprefix("Not in it: ") for one in said[1 : 1 + len(left)]] == left


def test_an_informant_that_another_source_declares_keeps_type_and_attributes(root: Path) -> None:
    again = SMALL["data/interviews/O-01.yaml"].replace("O-01", "O-02").replace("{id: O, type: owner}", "O")
    write_study(root, {"data/interviews/O-02.yaml": again})
    export("out.qdpx", "--source", "O-02")
    from empowerment_qda.exchange.refi import read_project

    (case,) = read_project("out", Path("out.qdpx").read_bytes()).cases
    assert (case.name, case.keys["type"]) == ("O", "owner")


def test_nothing_is_replaced_without_force(root: Path) -> None:
    Path("out.qdc").write_text("mine")
    result = export("out.qdc")
    assert result.exit_code == 2
    assert "out.qdc: something stands here already [in-the-way]" in result.stderr
    assert "--force" in result.stderr
    assert Path("out.qdc").read_text() == "mine"
    assert export("out.qdc", "--force").exit_code == 0
    assert Path("out.qdc").read_text().startswith("<?xml")


def test_a_link_is_replaced_and_what_it_leads_to_is_not(root: Path) -> None:
    Path("kept.txt").write_text("mine")
    Path("out.qdc").symlink_to("kept.txt")
    assert export("out.qdc").exit_code == 2
    assert export("out.qdc", "--force").exit_code == 0
    assert Path("kept.txt").read_text() == "mine"
    assert not Path("out.qdc").is_symlink()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["out.foo"], "out.foo: no form that can be written ends in `.foo` [unknown-form]"),
        (["out", "--what", "evidence"], "a folder, which is an RO-Crate, cannot hold --what evidence"),
        (["out.qdc", "--what", "study"], "a `.qdc` file cannot hold --what study"),
        (
            ["out.qdc", "--what", "study"],
            "It holds the codebook. Let the name end in .qdpx for --what study.",
        ),
        (["nowhere/out.qdc"], "there is no folder `nowhere`"),
        (["folder.qdc"], "a folder stands here"),
        (["study/codings/first/out.qdc"], "`codings` is for what the study is made of"),
        (["study/.git/out.qdc"], "`.git` is for what the study is made of"),
        (["out.qdpx", "--source", "H-02"], "there is no source `H-02`"),
        (["out.qdpx", "--coder", "firts"], "coder `firts` has no codings"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(root: Path, words: list[str], said: str) -> None:
    Path("folder.qdc").mkdir()
    before = sorted(root.parent.rglob("*"))
    result = export(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert sorted(root.parent.rglob("*")) == before


def test_unknown_endings_are_told_the_known_ones(root: Path) -> None:
    said = export("out.foo").stderr
    assert all(f"{ending} (" in said for ending in FORMS)


def test_a_file_in_the_study_is_behind_its_border(root: Path, tmp_path: Path) -> None:
    """A link that somebody put into the study leads nobody out of it."""
    (tmp_path / "elsewhere").mkdir()
    (root / "reports").symlink_to(tmp_path / "elsewhere")
    result = export("study/reports/out.qdc")
    assert (result.exit_code, list((tmp_path / "elsewhere").iterdir())) == (2, [])
    (root / "reports").unlink()
    assert export("study/reports/out.qdc").exit_code == 0
    assert (root / "reports/out.qdc").is_file()


def test_a_codebook_goes_out_of_a_study_without_sources(root: Path) -> None:
    for path in (*root.glob("data/*/*"), *root.glob("codings/*/*"), *root.glob("memos/*")):
        path.unlink()
    result = export("out.qdc")
    assert (result.exit_code, result.stdout) == (
        0,
        "out.qdc: 4 codes\nNot in it: the title, version and reference of the codebook\nNot in it: its cues\n",
    )


@pytest.mark.parametrize("ending", FORMS)
def test_every_form_can_be_made(root: Path, ending: str) -> None:
    for what in FORMS[ending]:
        assert find_form(Path(f"out{ending}"), what)[0] is what
        only = ("--source", "H-01") if what == "transcript" else ()
        result = export(f"out-{what}{ending}", "--what", what, *only)
        assert (result.exit_code, Path(f"out-{what}{ending}").exists()) == (0, True), result.stderr


def test_a_transcript_whose_speaker_did_not_agree_stays(root: Path) -> None:
    (root / "consent.yaml").write_text("H: {quote: yes, archive: yes}\nO: {quote: yes}\n")
    result = export("out.qdpx")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "out.qdpx: 1 source, 4 codes, 1 coding of 1 coder, 1 informant, 2 memos" in result.stdout
    assert "Not in it: O-01, which O did not agree to hand on (consent.yaml)" in result.stdout
    # A memo on what stays behind stays with it, and the informant is named nowhere.
    with zipfile.ZipFile("out.qdpx") as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "On an owner" not in inside
    assert "joined their classes" not in inside
