"""`qda import`: what a person types and sees, and what stands in the study afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli import import_ as module
from empowerment_qda.files.read import read_study
from exchange_kit import docx, paragraph
from kit import SMALL, write_study

TALK = "Dan: Why?\nSari: Because.\nDan: And?\nSari: Nothing.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study, and files of other programs beside it."""
    study = write_study(tmp_path / "study", SMALL)
    (tmp_path / "talk.txt").write_text(TALK)
    monkeypatch.chdir(tmp_path)
    return study


def bring(*words: str) -> Result:
    """What `qda import` says."""
    return CliRunner().invoke(app, ["import", "--study", "study", *words])


def files(root: Path) -> dict[str, bytes]:
    """All files of a study."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_transcript_becomes_a_source(root: Path) -> None:
    words = [
        "talk.txt",
        "--interviewer",
        "dan",
        "--informant",
        "S1",
        "--type",
        "owner",
        "--date",
        "2024-05-02",
    ]
    result = bring(*words, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["imported"] == [
        {"file": "talk.txt", "path": "data/interviews/talk.yaml", "source": "talk", "turns": 4, "words": 4,
         "interviewer": ["Dan"], "informants": ["S1"], "changes": ["`Sari` is now `S1`"]}
    ]  # fmt: skip
    source = read_study(root).by_id["talk"]
    assert [(one.speaker, one.text) for one in source.turns] == [
        ("Dan", "Why?"),
        ("S1", "Because."),
        ("Dan", "And?"),
        ("S1", "Nothing."),
    ]
    assert source.roles == ("question", "informant", "question", "informant")
    assert (source.informant.id, source.informant.type, str(source.date)) == ("S1", "owner", "2024-05-02")  # type: ignore[union-attr]


def test_who_asks_is_asked_for_and_never_guessed(root: Path) -> None:
    Path("talk.txt").write_text(TALK.replace("Dan", "P").replace("Sari", "I"))
    before = files(root)
    result = bring("talk.txt", "--yes")
    assert result.exit_code == 1
    assert "talk.txt: who asks? The speakers are `P`, `I` [who-asks]" in result.stderr
    assert files(root) == before


def test_a_person_at_a_terminal_says_who_asks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "at_terminal", lambda: True)
    result = CliRunner().invoke(app, ["import", "--study", "study", "talk.txt"], input="1\n")
    assert "  1  Dan: Why?" in result.stderr
    assert read_study(root).by_id["talk"].interviewer == ("Dan",)


def test_a_file_without_speakers_is_nobodys_until_somebody_says(root: Path) -> None:
    Path("talk.txt").write_text("I came here.\n\nIt was good.\n\nAnd free.\n")
    assert "It names no speakers" in bring("talk.txt").stderr
    assert bring("talk.txt", "--interviewer", "none").exit_code == 0
    source = read_study(root).by_id["talk"]
    assert source.roles == ("informant",) * 3
    assert source.informant.id == "talk"  # type: ignore[union-attr]


def test_words_before_the_first_speaker_are_nobodys(root: Path) -> None:
    Path("talk.txt").write_text("Interview of May, training praised\n\n" + TALK.replace("\n", "\n\n"))
    bring("talk.txt", "--interviewer", "Dan")
    source = read_study(root).by_id["talk"]
    assert source.note is not None
    assert source.note.say("en") == "Interview of May, training praised"
    assert source.turns[0].text == "Why?"


def test_a_participant_of_each_file_is_a_person_of_their_own(root: Path) -> None:
    for name in ("p1", "p2"):
        Path(f"{name}.txt").write_text(TALK.replace("Sari", "Participant"))
    bring("p1.txt", "p2.txt", "--interviewer", "Dan")
    study = read_study(root)
    assert [study.by_id[name].informant.id for name in ("p1", "p2")] == ["p1", "p2"]  # type: ignore[union-attr]


def test_a_folder_comes_in_with_one_table(root: Path) -> None:
    Path("talks").mkdir()
    for name in ("a", "b"):
        Path(f"talks/{name}.docx").write_bytes(docx(*map(paragraph, TALK.splitlines())))
    Path("talks/picture.png").write_bytes(b"x")
    Path("people.csv").write_text(
        "File;Informan;Type;Tanggal;Trade\na.docx;A1;owner;2024-05-02;batik\nb;B1;;;\n"
    )
    result = bring("talks", "--people", "people.csv", "--interviewer", "Dan")
    assert result.exit_code == 0
    study = read_study(root)
    first, second = study.by_id["a"].informant, study.by_id["b"].informant
    assert (first.id, first.type, first.attributes) == ("A1", "owner", {"Trade": "batik"})  # type: ignore[union-attr]
    assert (second.id, second.type, second.attributes) == ("B1", None, {})  # type: ignore[union-attr]
    assert "No type is said of B1:" in result.stdout


def test_where_the_table_and_the_files_of_a_folder_do_not_fit_is_told(root: Path) -> None:
    Path("talks").mkdir()
    for name, text in (("a", TALK), ("b", TALK), ("c", TALK.replace("Dan", "Ani"))):
        Path(f"talks/{name}.txt").write_text(text)
    Path("people.csv").write_text("file,informant,type\na.txt,S1,owner\nb.txt,S1,\nz.txt,S2,\n,S3,\n")
    several = ("--interviewer", "Dan", "--interviewer", "ani")
    result = bring("talks", "--people", "people.csv", *several, "--interviewer", "Bud")
    assert result.exit_code == 1
    assert "who asks? Nobody is called `Bud`" in result.stderr
    result = bring("talks", "--people", "people.csv", *several)
    assert "Not in people.csv: c.txt\nIn people.csv, and not among the files: z.txt\n" in result.stdout
    study = read_study(root)
    assert study.by_id["b"].informant == "S1"
    assert study.informants["S1"].type == "owner"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,type\na,b\n", "this has no column `file`, in `name`, `type`"),
        ("file,type\na,b\na,c\n", "this names the file `a` in two rows"),
    ],
)
def test_a_table_of_people_that_is_unclear_is_refused(root: Path, table: str, said: str) -> None:
    Path("people.csv").write_text(table)
    before = files(root)
    result = bring("talk.txt", "--people", "people.csv", "--interviewer", "Dan")
    assert said in result.stderr
    assert files(root) == before


def test_an_informant_whom_the_study_knows_is_named_by_the_id_alone(root: Path) -> None:
    assert bring("talk.txt", "--interviewer", "Dan", "--informant", "H").exit_code == 0
    assert read_study(root).by_id["talk"].informant == "H"


def test_a_type_that_the_study_does_not_know_is_told(root: Path) -> None:
    said = bring("talk.txt", "--interviewer", "Dan", "--type", "ownr").stdout
    assert "`ownr` is no type of qda.yaml, and counts as not known. Did you mean `owner`?" in said


def test_a_note_has_labels_and_no_informants(root: Path) -> None:
    Path("note.md").write_text("Shop: open.\n\nShop: closed.\n")
    assert bring("note.md", "--method", "observation").exit_code == 0
    source = read_study(root).by_id["note"]
    assert source.path == "data/observations/note.yaml"
    assert (source.heard, source.roles, source.turns[0].speaker) == ((), ("record", "record"), "Shop")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope.txt"], "nope.txt: there is no such file [no-file]"),
        (["bad.docx"], "bad.docx: it is not what its ending says: it is no archive, or a damaged one [import]"),
        (["empty"], "empty: no file in this folder can be a transcript [no-file]"),
        (["talk.txt", "--interviewer", "Dam"], "talk.txt: who asks? Nobody in it is called `Dam` [who-asks]"),
        (["talk.txt", "--interviewer", "Dan", "--method", "observasion"], "there is no folder for the method `observasion`"),
        (["talk.txt", "more/talk.md", "--interviewer", "Dan"], "more/talk.md: `talk.txt` would become the source `talk` too [in-the-way]"),
        (["talk.txt", "--people", "bad.docx"], "bad.docx: it cannot be read as a workbook"),
        (["talk.txt", "--interviewer", "Dan", "--date", "soon"], "date"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_told_and_nothing_is_written(root: Path, words: list[str], said: str) -> None:
    Path("empty").mkdir()
    Path("more").mkdir()
    Path("more/talk.md").write_text(TALK)
    Path("bad.docx").write_text("none")
    before = files(root)
    result = bring(*words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert files(root) == before


def test_a_source_that_is_there_is_not_touched(root: Path) -> None:
    assert bring("talk.txt", "--interviewer", "Dan").exit_code == 0
    before = files(root)
    result = bring("talk.txt", "--interviewer", "Dan")
    assert "the source `talk` is there already (data/interviews/talk.yaml) [in-the-way]" in result.stderr
    assert (result.exit_code, files(root)) == (2, before)


def test_a_library_that_is_missing_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("lib").mkdir()
    Path("lib/striprtf.py").write_text("raise ModuleNotFoundError('gone', name='striprtf')")
    monkeypatch.syspath_prepend("lib")
    Path("a.rtf").write_bytes(rb"{\rtf1 Dan: Why?}")
    result = bring("a.rtf")
    assert "needs `striprtf`, which is not installed" in result.stderr
    assert "pip install 'empowerment-qda[import]'" in result.stderr
