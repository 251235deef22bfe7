"""Memos written: each under a number of its own, whoever else writes at that moment."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from empowerment_qda.coding import Add, describe
from empowerment_qda.files import write as module
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import Log, read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import add_memo, write_new
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, SMALL)


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "none"])
def test_nobody_s_memo_is_overwritten(root: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    study, start = read_study(root), Barrier(8)

    def write(writer: int) -> list[str]:
        start.wait()
        return [add_memo(root, study, {"author": f"w{writer}"}, f"{writer}/{n}", NOW).id for n in range(5)]

    with ThreadPoolExecutor(8) as pool:
        ids = [one for made in pool.map(write, range(8)) for one in made]
    assert sorted(ids) == [f"M{n:02d}" for n in range(1, 41)]
    written = {memo.text: memo.author for memo in read_study(root).memos}
    assert written == {f"{writer}/{n}": f"w{writer}" for writer in range(8) for n in range(5)}
    assert {path.suffix for path in (root / "memos").iterdir()} == {".md"}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "none"])
def test_a_number_that_somebody_took_just_now_is_passed_over(
    root: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    numbers = iter(("M01", "M02"))
    monkeypatch.setattr(module, "_next_id", lambda *_: next(numbers))
    write_study(root, {"memos/M01.md": "theirs"})
    assert add_memo(root, read_study(write_study(root / "other", SMALL)), {}, "mine", NOW).id == "M02"
    assert (root / "memos/M01.md").read_text() == "theirs"
    assert not write_new(root, "memos/M01.md", b"mine")


def test_a_full_disk_leaves_no_memo_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        add_memo(root, read_study(root), {}, "text", NOW)
    assert list((root / "memos").iterdir()) == []


def open_desk(root: Path) -> Desk:
    return Desk.open(root, read_study(root), "second", Clock())


def test_a_memo_of_a_session_is_in_the_log_and_no_step_to_undo(root: Path) -> None:
    with open_desk(root) as desk:
        made = desk.apply(Add("H-01", Span(2, 0, 2, 7), "training-rare")).after[0]
        memo = desk.write_memo({"kind": "surprise", "links": [made.id, "training-rare", "H-01#1-2"]}, "So?")
        again = desk.write_memo({"links": [memo.id]}, "More.")
        assert desk.undo()
        assert not desk.undo()
        assert desk.redo()
        assert [one.id for one in desk.study.memos] == ["M01", "M02"]
    (one, two) = read_study(root).memos
    assert (one, two) == (memo, again)
    assert (one.author, one.kind, str(one.date), one.text) == ("second", "surprise", "2024-05-01", "So?")
    log = read_log(root, "second")
    assert [entry.action for entry in log] == ["add", "memo", "memo", "undo", "redo"]
    assert describe(log[1]) == "memo: M01 on second-001, training-rare, H-01#1-2"
    with open_desk(root) as desk:
        assert desk.notes == []
        assert desk.undo()


@pytest.mark.parametrize(
    ("keys", "text", "rule"),
    [({"links": ["E1", "E9"]}, "x", "unknown-link"), ({}, " \n", "empty")],
)
def test_a_memo_that_leads_nowhere_or_says_nothing(
    root: Path, keys: dict[str, Any], text: str, rule: str
) -> None:
    with open_desk(root) as desk, pytest.raises(StudyError) as caught:
        desk.write_memo(keys, text)
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.rule) == ("memos", rule)
    assert not (root / "memos").exists()
    assert read_log(root, "second") == []


def test_a_log_that_cannot_be_written_takes_the_memo_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(root) as desk:
        with monkeypatch.context() as patch:
            patch.setattr(Log, "add", no_links)
            with pytest.raises(OSError, match="no hard links"):
                desk.write_memo({}, "text")
        assert list((root / "memos").iterdir()) == []
        assert desk.write_memo({}, "text").id == "M01"


def test_what_a_memo_is_about() -> None:
    memo = Memo(id="M1", links=("E1", "KS-01", "KS-02#2-4"))
    about = ["E1", "KS-01", "KS-02#3", "KS-02#4-9", "KS-02#2-4"]
    assert [one for one in [*about, "E2", "KS-02", "KS-02#5", "KS-01#1", "M1"] if memo.is_about(one)] == about
