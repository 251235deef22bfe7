"""What a report says it was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from empowerment_qda.files import read
from empowerment_qda.files.read import hash_inputs, read_study, read_versions
from kit import SMALL, write_study


def test_every_file_that_counts_is_hashed(tmp_path: Path) -> None:
    auto = SMALL["codings/first/H-01.yaml"].replace("first", "auto").replace("id: E1, ", "")
    root = write_study(
        tmp_path, SMALL | {"codings/auto/H-01.yaml": auto, "memos/M1.md": "---\nid: M1\n---\n\nHello.\n"}
    )
    found = dict(hash_inputs(root, read_study(root)))
    assert list(found) == sorted([*SMALL, "memos/M1.md"])
    assert found["qda.yaml"] == hashlib.sha256((root / "qda.yaml").read_bytes()).hexdigest()


def test_a_file_about_to_be_written_is_hashed_as_it_will_be(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    found = dict(hash_inputs(root, read_study(root), {"findings.yaml": "new"}))
    assert found["findings.yaml"] == hashlib.sha256(b"new").hexdigest()


def test_a_study_without_findings_has_no_hash_of_them(tmp_path: Path) -> None:
    root = write_study(tmp_path, {path: text for path, text in SMALL.items() if path != "findings.yaml"})
    assert "findings.yaml" not in dict(hash_inputs(root, read_study(root)))


def test_versions_are_told_and_what_is_not_installed_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "PROGRAMS", ("pydantic", "no-such-program-at-all"))
    found = dict(read_versions())
    assert found["pydantic"][0].isdigit()
    assert found["no-such-program-at-all"] == "?"
    assert found["Python"].startswith("3.")
