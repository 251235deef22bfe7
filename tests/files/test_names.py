"""Names that another computer takes for something else, and copies that cloud folders make."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from empowerment_qda.files.log import check_folder
from empowerment_qda.files.names import find_odd_names, say_unportable
from empowerment_qda.files.read import read_study
from kit import CODED_HEAD, HEAD, QDA, SMALL, write_study

DATA, CODED = "data/interviews", "codings/first"


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        (f"{DATA}/H-01 (1).yaml", f"{DATA}/H-01.yaml"),
        (f"{CODED}/H-01.sync-conflict-20240501-083000-ABCDEF1.yaml", f"{CODED}/H-01.yaml"),
        (f"{CODED}/H-01-conflict-20240501.yaml", f"{CODED}/H-01.yaml"),
        (f"{CODED}/H-01_conflict-20240501-083000.yaml", f"{CODED}/H-01.yaml"),
        (f"{CODED}/H-01 (conflicted copy 2024-05-01 083000).yaml", f"{CODED}/H-01.yaml"),
        (f"{CODED}/H-01 (Ani's conflicted copy 2024-05-01).yaml", f"{CODED}/H-01.yaml"),
        (f"{DATA}/H-01 - Copy.yaml", f"{DATA}/H-01.yaml"),
        (f"{DATA}/H-01 - Salinan (2).yaml", f"{DATA}/H-01.yaml"),
        (f"{DATA}/H-01 copy 2.yaml", f"{DATA}/H-01.yaml"),
        (f"{DATA}/H-01-LAPTOP-7Q.yaml", f"{DATA}/H-01.yaml"),
        (f"{CODED}/H-01-LAPTOP-7Q.yaml", f"{CODED}/H-01.yaml"),
        ("findings (1).yaml", "findings.yaml"),
        ("qda-LAPTOP (1).yaml", "qda-LAPTOP.yaml"),
        (f"{CODED}/log (1).jsonl", f"{CODED}/log.jsonl"),
        (f"{CODED} (1)/H-01.yaml", f"{CODED}"),
        ("memos/M01.sync-conflict-20240501-083000-ABCDEF1.md", "memos/M01.md"),
    ],
)
def test_a_conflict_copy_is_named_with_what_it_copies(tmp_path: Path, copy: str, original: str) -> None:
    text = HEAD if copy.startswith(DATA) else CODED_HEAD
    root = write_study(tmp_path, SMALL | {copy: text})
    (problem,) = find_odd_names(root)
    assert (problem.rule, problem.severity) == ("name-conflict", "warning")
    assert copy.startswith(problem.place.path)
    assert f"Compare it with {original}," in problem.hint


@pytest.mark.parametrize(
    "name",
    [
        f"{DATA}/H-01-FGD.yaml", f"{DATA}/H-011.yaml", f"{DATA}/conflict.yaml", f"{DATA}/resolving-a-conflict.yaml", "memos/Conflicts.md",
        f"{DATA}/copy.yaml", f"{DATA}/P (2).txt", "reports/x (1).html", ".git/x (1).yaml", "notes/x (1).yaml", "README (1).md",
    ],
)  # fmt: skip
def test_names_that_are_no_copies(tmp_path: Path, name: str) -> None:
    root = write_study(tmp_path, SMALL | {name: HEAD.replace("H-01", "other")})
    assert list(find_odd_names(root)) == []


@pytest.mark.parametrize("name", ["con", "CON.yaml", "aux.txt", "nul.tar.gz", "Com1.yaml", "LPT².yaml", "a:b", "a?.yaml", "x.", "x "])  # fmt: skip
def test_a_name_that_windows_cannot_have(name: str) -> None:
    assert say_unportable(name)


@pytest.mark.parametrize("name", ["console.yaml", "KS-01.yaml", "COM10.yaml", "ibu Ani.yaml", "a.b.yaml", "wawancara é.yaml"])  # fmt: skip
def test_a_name_that_every_system_can_have(name: str) -> None:
    assert not say_unportable(name)


def test_device_names_and_twins_are_named_in_every_folder(tmp_path: Path) -> None:
    accented = unicodedata.normalize("NFD", "é.yaml")
    files = {
        "codings/aux/H-01.yaml": CODED_HEAD.replace("first", "aux").replace("E1", "A1"),
        f"{DATA}/h-01.yaml": HEAD.replace("id: H-01", "id: h-01"),
        f"{DATA}/é.yaml": HEAD.replace("id: H-01", "id: prn"),
        f"{DATA}/{accented}": HEAD.replace("id: H-01", "id: other"),
    }
    root = write_study(tmp_path, SMALL | files)
    found = [(one.rule, one.place.path, one.place.key) for one in check_folder(root, read_study(root))]
    assert sorted(found) == [
        ("name-case", f"{DATA}/h-01.yaml", ()),
        ("name-case", f"{DATA}/h-01.yaml", ("id",)),
        ("name-case", f"{DATA}/é.yaml", ()),
        ("name-device", "codings/aux", ()),
        ("name-device", f"{DATA}/é.yaml", ("id",)),
    ]


def test_the_folders_that_the_settings_name_are_looked_at(tmp_path: Path) -> None:
    files = {**SMALL, "qda.yaml": QDA.replace("data/interviews/*.yaml", "talks/*.yaml"), "talks/a (1).yaml": HEAD.replace("H-01", "a")}  # fmt: skip
    root = write_study(tmp_path, {name: text for name, text in files.items() if "H-01" not in name})
    (problem,) = check_folder(root, read_study(root))
    assert problem.place.path == "talks/a (1).yaml"


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, real = write_study(tmp_path, SMALL), os.scandir

    def scandir(path: Path) -> Any:
        if Path(path) == root / "codings/first":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (problem,) = find_odd_names(root)
    assert (problem.place.path, problem.rule, problem.severity) == ("codings/first/", "no-file", "error")
