"""The key is read or refused in words, git passes over it, and where its names stand still is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.files.log import check_folder
from empowerment_qda.files.pseudonyms import MOST_NAMES, read_key, say_taken_along, write_proposals
from empowerment_qda.files.read import read_study
from empowerment_qda.privacy.proposals import Proposal
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study


def key(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / "pseudonyms.yaml").write_text(text, encoding="utf-8")
    names = read_key(tmp_path)
    assert names
    return names.key


def test_names_as_they_are_written(tmp_path: Path) -> None:
    assert read_key(tmp_path) is None
    assert key(tmp_path, "") == key(tmp_path, "format: 2\n") == {}
    assert key(tmp_path, "Sari: Ani\n0812: '[telephone]'\nno: Budi\n") == {
        "Sari": "Ani",
        "0812": "[telephone]",
        "no": "Budi",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- Sari", "the key should be lines of `name: pseudonym`"),
        ("Sari:\n", "the pseudonym of `Sari` should be a few words on one line"),
        ("Sari: ' '\n", "the pseudonym of `Sari` should be a few words on one line"),
        ("Sari: [a]\n", "the pseudonym of `Sari` should be a few words on one line"),
        ('Sari: "a\\nb"\n', "the pseudonym of `Sari` should be a few words on one line"),
        ('Sari: "a\\e[2J"\n', "the pseudonym of `Sari` should be a few words on one line"),
        ("'..': a\n", "a name has no letter and no digit"),
        ("Sari: Sari A\n", "the pseudonym `Sari A` holds the name `Sari` of this key"),
        ("Sari: Tono\nTono: Rina\n", "the pseudonym `Tono` holds the name `Tono` of this key"),
        ("Sari  Dewi: a\nSari Dewi: b\n", "`Sari Dewi` is written here twice, with two pseudonyms"),
        ("Sari: a\nSari: b\n", "`Sari` is given twice"),
        ("".join(f"n{number}: x\n" for number in range(MOST_NAMES + 1)), "there are more than 5,000 names"),
    ],
)
def test_a_key_that_cannot_be_used(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StudyError) as refused:
        key(tmp_path, text)
    assert [one.message.startswith(said) for one in refused.value.problems] == [True]


def test_proposals_are_written_as_comments_once(tmp_path: Path) -> None:
    proposals = [
        Proposal("person", "Sari: #", 2, ("S#1", "S#2")),
        Proposal("person", "Tono", 1, ("S#1",)),
        Proposal("capitalised word", "Rina", 1, ("S#1",)),
    ]
    assert write_proposals(tmp_path, proposals) == 3
    text = (tmp_path / "pseudonyms.yaml").read_text(encoding="utf-8")
    assert text.endswith(
        '# "Sari: #": person-1 # 2 in S#1, S#2\n# "Tono": person-2 # 1 in S#1\n# "Rina": word-1 # 1 in S#1\n'
    )
    assert key(tmp_path, text) == {}
    assert write_proposals(tmp_path, proposals) == 0
    assert key(tmp_path, text.replace('# "Sari', '"Sari')) == {"Sari: #": "person-1"}


@pytest.mark.parametrize(
    ("ignore", "index", "taken"),
    [
        ("/pseudonyms.yaml\n", b"", ""),
        ("pseudonyms.yaml\n", b"", ""),
        ("*.yaml\n!codebook.yaml\n", b"", ""),
        ("**/pseudonyms.yaml\r\n", b"", ""),
        ("# pseudonyms.yaml\n/data/\n", b"", "git does not pass over this file"),
        ("pseudonyms.yaml\n!/pseudonyms.yaml\n", b"", "git does not pass over this file"),
        ("pseudonyms.yaml/\n", b"", "git does not pass over this file"),
        ("a/pseudonyms.yaml\n", b"", "git does not pass over this file"),
        ("", b"", "git does not pass over this file"),
        ("/pseudonyms.yaml\n", b"DIRC...pseudonyms.yaml\0", "git keeps this file already"),
    ],
)
def test_whether_git_would_take_it_along(tmp_path: Path, ignore: str, index: bytes, taken: str) -> None:
    assert say_taken_along(tmp_path) == ""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text(ignore, encoding="utf-8")
    (tmp_path / ".git/index").write_bytes(index)
    assert say_taken_along(tmp_path) == taken


def test_a_study_below_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git/info").mkdir(parents=True)
    study = tmp_path / "studies/one"
    study.mkdir(parents=True)
    assert say_taken_along(study)
    (tmp_path / ".gitignore").write_text("/studies/*/pseudonyms.yaml\n", encoding="utf-8")
    assert say_taken_along(study) == ""
    (tmp_path / ".gitignore").write_text("studies/\n", encoding="utf-8")
    assert say_taken_along(study) == ""
    (study / ".gitignore").write_text("!pseudonyms.yaml\n", encoding="utf-8")
    assert say_taken_along(study)
    (study / ".gitignore").unlink()
    (tmp_path / ".gitignore").unlink()
    (tmp_path / ".git/info/exclude").write_text("pseudonyms.yaml\n", encoding="utf-8")
    assert say_taken_along(study) == ""


def test_check_names_the_files_and_no_name(tmp_path: Path) -> None:
    root = write_study(
        tmp_path,
        {**SMALL, "pseudonyms.yaml": "wards: areas\nclasses: lessons\n", "notes.txt": "the\nwards\n"},
    )
    (root / ".git").mkdir()
    (root / "reports").mkdir()
    (root / "reports/made.html").write_text("<p>wards</p>", encoding="utf-8")
    (root / "data/odd.txt").write_bytes(b"\xff wards")
    told = [
        one for one in check_folder(root, read_study(root)) if one.rule in ("key-not-ignored", "name-left")
    ]
    assert [(one.place.path, one.place.line, one.rule) for one in told] == [
        ("pseudonyms.yaml", 1, "key-not-ignored"),
        ("codebook.yaml", 10, "name-left"),
        ("codings/first/O-01.yaml", 4, "name-left"),
        ("data/interviews/H-01.yaml", 7, "name-left"),
        ("data/interviews/O-01.yaml", 7, "name-left"),
        ("notes.txt", 2, "name-left"),
        ("reports/made.html", 1, "name-left"),
    ]
    assert not any("wards" in one.message + one.hint for one in told)


def test_check_tells_a_key_that_cannot_be_read(tmp_path: Path) -> None:
    root = write_study(tmp_path, {**SMALL, "pseudonyms.yaml": "Sari: Sari\n"})
    assert [one.rule for one in check_folder(root, read_study(root))] == ["pseudonyms"]
