"""Work that many ask for is done once in a run: placing codings, gathering evidence, indexing what findings cite."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import kit
from empowerment_qda.anchors import SourceText
from empowerment_qda.cli import app
from empowerment_qda.cli.group import QdaGroup
from empowerment_qda.evidence import passages
from empowerment_qda.evidence.citations import Citations
from empowerment_qda.files.read import read_study


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    calls: Counter[str] = Counter()

    def count(cls: type, name: str) -> None:
        plain: Callable[..., Any] = getattr(cls, name)

        def counting(*given: Any, **named: Any) -> Any:
            calls[f"{cls.__name__}.{name}"] += 1
            return plain(*given, **named)

        monkeypatch.setattr(cls, name, counting)

    count(SourceText, "__init__")
    count(SourceText, "find")
    count(Citations, "__init__")
    return calls


@pytest.mark.parametrize(
    ("command", "machine", "indexed"),
    [
        ("run", True, 2),  # before and after the machine has coded
        ("report", False, 1),
        ("triangulate", False, 1),
        ("conclude", False, 1),
        ("status", False, 1),
        ("check", False, 1),
    ],
)
def test_a_coding_is_placed_once_and_citations_are_indexed_once(
    command: str, machine: bool, indexed: int, tmp_path: Path, counted: Counter[str]
) -> None:
    kit.write_study(tmp_path, kit.SMALL)
    assert CliRunner().invoke(app, [command, "--study", str(tmp_path)]).exit_code == 0
    calls = dict(counted)
    study = read_study(tmp_path)
    made = [file for file in study.codings if machine or file.coder != "auto"]
    assert calls == {
        "SourceText.__init__": len(study.sources),
        "SourceText.find": sum(len(file.codings) for file in made),
        "Citations.__init__": indexed,
    }


def test_each_source_is_made_ready_once_for_placing_and_for_what_stands_around(
    tmp_path: Path, counted: Counter[str]
) -> None:
    kit.write_study(tmp_path, kit.SMALL)
    assert CliRunner().invoke(app, ["reduce", "passages", "--study", str(tmp_path)]).exit_code == 0
    assert counted["SourceText.__init__"] == len(read_study(tmp_path).sources)


def test_studies_share_the_passages_of_the_files_that_they_share(tmp_path: Path) -> None:
    kit.write_study(tmp_path, kit.SMALL)
    study = read_study(tmp_path)
    first, *rest = study.codings
    other = study.with_codings([first.model_copy(update={"codings": first.codings[:-1]}).at(first.path)])
    before, after = passages.passages_of(study), passages.passages_of(other)
    assert len(after) == len(before) - 1
    shared = [one for one in before if one.file in rest]
    assert shared
    assert all(any(one is same for same in after) for one in shared)


def test_files_that_no_longer_fit_are_placed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "KEPT", 1)
    kit.write_study(tmp_path, kit.SMALL)
    study = read_study(tmp_path)
    found = list(passages.find_passages(study.sources, study.codings))
    again = list(passages.find_passages(study.sources, study.codings))
    assert again == found
    assert again[0] is not found[0]


def test_the_collector_comes_seldom_while_a_command_runs_and_as_before_after_it() -> None:
    rare = typer.Typer(cls=QdaGroup)
    seen = []

    @rare.command()
    def fail() -> None:
        seen.append((gc.get_threshold()[0], gc.isenabled()))
        raise OSError("no such disk")

    rare.callback()(lambda: None)
    before = gc.get_threshold()
    assert CliRunner().invoke(rare, ["fail"]).exit_code == 2
    assert seen == [(50_000, True)]
    assert gc.get_threshold() == before
