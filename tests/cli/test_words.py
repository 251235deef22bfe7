"""`qda words`: which words count, for whom, and how often."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from kit import SMALL, write_study

TALK = """
id: H-09
informant: {id: H9, type: owner}
interviewer: R
bystanders: [Suami]
turns:
  - {speaker: R, text: Was training training training useful?}
  - {speaker: H9, text: "The trainer trains us. Training helps, 2022 too."}
  - {speaker: Suami, text: Training is good.}
"""
NOTE = """
id: N-09
method: observation
turns: [{text: Training in the yard.}]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small study with an interview and a note of our own, and nothing else that is said."""
    kept = {
        path: text for path, text in SMALL.items() if not path.startswith(("data/", "codings/", "findings"))
    }
    return write_study(
        tmp_path, kept | {"data/interviews/H-09.yaml": TALK, "data/observations/N-09.yaml": NOTE}
    )


def words(root: Path, *options: str) -> dict[str, Any]:
    """From each word to what is counted of it."""
    done = CliRunner().invoke(app, ["words", "--study", str(root), "--format", "json", *options])
    assert done.exit_code == 0, done.stderr
    return {one.pop("word"): one for one in json.loads(done.stdout)["words"]}


def test_only_what_counts_is_counted_and_by_type(root: Path) -> None:
    """Neither the question nor the husband: both say `training`."""
    found = words(root)
    assert found["training"] == {"count": 2, "sources": 2, "by_type": {"": 1, "owner": 1}}
    assert not {"the", "us", "is", "2022"} & found.keys()
    assert list(found) == ["training", "helps", "trainer", "trains", "yard"]


def test_forms_of_a_word_can_be_one(root: Path) -> None:
    found = words(root, "--stems")
    assert found["train"] == {
        "count": 3,
        "sources": 2,
        "by_type": {"": 1, "owner": 2},
        "forms": ["training", "trains"],
    }
    assert "trainer" in found


def test_every_word_can_be_counted(root: Path) -> None:
    found = words(root, "--stop-words")
    assert (found["the"]["count"], found["2022"]["count"]) == (2, 1)


def test_filters_and_the_number_of_rows(root: Path) -> None:
    assert list(words(root, "--type", "owner", "--top", "2")) == ["helps", "trainer"]
    assert list(words(root, "--method", "observation")) == ["training", "yard"]
    refused = CliRunner().invoke(app, ["words", "--study", str(root), "--type", "ovner"])
    assert refused.exit_code == 2
    assert "the study has no type `ovner`" in refused.stderr


def test_the_table_has_a_column_for_each_type_that_speaks(root: Path) -> None:
    done = CliRunner().invoke(app, ["words", "--study", str(root), "--format", "csv", "--top", "1"])
    assert done.stdout == "word,count,sources,owner,no type\ntraining,2,2,1,1\n"
