"""Files that nobody reads are named; what is plainly no material is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from empowerment_qda.checks import check_study
from empowerment_qda.checks.sources import check_unmatched_pattern, check_unread_file
from empowerment_qda.files.read import find_study, read_study
from empowerment_qda.problems import StudyError
from kit import OWNER, QDA, SMALL, write_study

BESIDE = """
    data/README.md data/LICENSE data/LICENSE.md data/readme.txt data/interviews/.DS_Store data/interviews/Thumbs.db
    data/interviews/desktop.ini data/interviews/~$P2.docx data/interviews/O-01.yaml~ data/.git/HEAD data/.gitkeep
    data/interviews/O-01.docx data/interviews/o-01.MP3 data/interviews/originals/H-01.pdf data/H-01.pdf.license
    codebooks/old.yaml codebooks/README.md codings/first/log.jsonl codings/first/.lock codings/first/notes.txt
    memos/sketch.png reports/a.yml mkdocs.yml .github/workflows/ci.yml environment.yaml schemas/x.yml
"""
UNREAD = """
    codebooks/book.yml codings/H-01.yaml codings/first/H-01.yml codings/first/old/H-01.yaml codings/first/O-01.YAML
    data/P9.txt data/interviews/O-01.yml data/interviews/P2.pdf data/interviews/P3.docx data/interviews/P4.YAML
    data/interviews/license-officer.pdf data/interviews/round2/P5.yaml findings.yml memos/M1.yml memos/old/M2.md
"""


def unread(root: Path) -> list[str]:
    return [problem.place.path for problem in check_unread_file(read_study(root))]


def touch(root: Path, *paths: str) -> Path:
    return write_study(root, {**SMALL, **dict.fromkeys(paths, "x")})


def test_a_study_with_much_beside_its_material_is_sound(tmp_path: Path) -> None:
    assert list(check_study(read_study(touch(tmp_path, *BESIDE.split())))) == []


def test_each_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    assert unread(touch(tmp_path, *BESIDE.split(), *UNREAD.split())) == sorted(UNREAD.split())


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("data/interviews/P2.yml", "Call it P2.yaml, or add a pattern that takes it."),
        ("data/interviews/round2/P5.yaml", "Add a pattern that takes it, or move it to where one does."),
        ("data/P2.pdf", "`qda import FILE` makes a source of it, if it holds words; keep the file itself outside data/."),
        ("codings/ani/H-01.yml", "Call it codings/ani/H-01.yaml, or keep it elsewhere."),
        ("codings/H-01.yml", "Move it there, or keep it elsewhere."),
        ("memos/M1.txt", "Move it there, or keep it elsewhere."),
        ("codebooks/b.yml", "Name it under `codebook` in qda.yaml, or keep it elsewhere."),
        ("findings.yml", "Call it findings.yaml, or keep it elsewhere."),
    ],
)  # fmt: skip
def test_what_to_do_with_it(tmp_path: Path, path: str, hint: str) -> None:
    (problem,) = check_unread_file(read_study(touch(tmp_path, path)))
    assert (problem.place.path, problem.place.line, problem.hint) == (path, 1, hint)


def test_folders_that_patterns_name_are_looked_through_and_what_they_take_is_read(tmp_path: Path) -> None:
    patterns = "interview: [talks/*.yaml, talks/*.yml, '*/odd/*.yaml']"
    files = {
        "qda.yaml": QDA.replace("interview: data/interviews/*.yaml", patterns),
        "codebook.yml": SMALL["codebook.yaml"],
    }
    files["qda.yaml"] = files["qda.yaml"].replace("codebook.yaml", "codebook.yml")
    kept = {"talks/O-01.yml": OWNER, "talks/P2.pdf": "x"}
    write_study(tmp_path, files | kept)
    assert unread(tmp_path) == ["talks/P2.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_text_and_links_out_of_the_study(tmp_path: Path) -> None:
    root = touch(tmp_path / "study")
    (root / "data" / os.fsdecode(b"P\xff.pdf")).write_text("x")
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "P2.pdf").write_text("x")
    (root / "data" / "linked").symlink_to(tmp_path / "else")
    (root / "codebooks").symlink_to(tmp_path / "else")
    (tmp_path / "else" / "book.yml").write_text("x")
    assert unread(root) == ["data/P\ufffd.pdf"]


@pytest.mark.parametrize(
    ("pattern", "files", "hint"),
    [
        ("data/documents/*.yaml", [], None),
        ("data/documents/*.yaml", ["data/documents/README.md"], None),
        ("nowhere/*.yaml", [], None),
        ("data/documents/*.yaml", ["data/documents/D1.pdf"], "Correct the pattern, or take it out."),
        ("data/documents/D1.yaml", [], "Correct the pattern, or take it out."),
        ("documnets/*.yaml", ["documents/D1.yaml"], "Correct the pattern, or take it out. Did you mean the folder documents?"),
        ("Notes/2022/*.yaml", ["notes/2022/D1.yaml"], "Correct the pattern, or take it out. Did you mean the folder notes?"),
    ],
)  # fmt: skip
def test_a_pattern_that_matches_nothing(
    tmp_path: Path, pattern: str, files: list[str], hint: str | None
) -> None:
    write_study(touch(tmp_path, *files), {"qda.yaml": QDA.replace("data/documents/*.yaml", pattern)})
    assert [one.hint for one in check_unmatched_pattern(read_study(tmp_path))] == ([hint] if hint else [])


def test_settings_under_another_ending(tmp_path: Path) -> None:
    (tmp_path / "qda.yml").write_text("x")
    with pytest.raises(StudyError, match=r"the settings of a study are read from qda\.yaml"):
        find_study(tmp_path)
