"""The desk on disk: what was done is there, whatever happens, and nobody's work is overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.coding import (
    Accept,
    Action,
    Add,
    LeaveOut,
    Recode,
    Reject,
    Remove,
    Set,
    TakeIn,
    describe,
    rebuild,
)
from empowerment_qda.files import edit as desk_module
from empowerment_qda.files import lock as lock_module
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import format_entry, read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import write_bytes
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock

AUTO = """
    source: H-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: We hold digital training every month., status: suggested, why: cue}
      - {code: training-rare, turn: 2, quote: Owners come from all wards., status: suggested, why: cue}
      - {code: training-rare, turn: 2, quote: We hold, status: accepted}
    """
STUDY = SMALL | {"codings/auto/H-01.yaml": AUTO}
WE, OWNERS = Span(2, 0, 2, 7), Span(2, 38, 2, 44)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def open_desk(root: Path, coder: str = "second") -> Desk:
    return Desk.open(root, read_study(root), coder, Clock())


def on_disk(root: Path, coder: str = "second") -> dict[str, tuple[Coding, ...]]:
    """A coder's codings as anybody would read them."""
    return {file.source: file.codings for file in read_study(root).codings if file.coder == coder}


def from_log(root: Path, coder: str = "second", up_to: int | None = None) -> dict[str, tuple[Coding, ...]]:
    return {source: file.codings for source, file in rebuild(read_log(root, coder), up_to).items()}


def test_an_action_is_in_log_and_file_when_it_returns(root: Path) -> None:
    with open_desk(root) as desk:
        entry = desk.apply(Add("H-01", WE, "training-rare"))
        assert on_disk(root)["H-01"] == entry.after == desk.codings("H-01").codings
        assert read_log(root, "second") == [entry]
    line = json.loads((root / "codings/second/log.jsonl").read_text())
    assert len(line.pop("chain")) == 64
    assert line == {
        "time": entry.time.isoformat(), "coder": "second", "action": "add", "source": "H-01", "at": 0, "before": [],
        "after": [{"id": "second-001", "code": "training-rare", "turn": 2, "quote": "We hold",
                   "before": "Is there training for owners?", "after": "digital training every month. Owners come"}],
    }  # fmt: skip


def test_a_refused_action_leaves_everything_as_it_was(root: Path) -> None:
    with open_desk(root) as desk:
        with pytest.raises(StudyError):
            desk.apply(Add("H-01", WE, "no-such-code"))
        with pytest.raises(StudyError) as caught:
            desk.apply(Add("H-1", WE, "training-rare"))
        assert caught.value.problems[0].hint == "Did you mean `H-01`?"
    assert not (root / "codings/second/log.jsonl").exists()
    assert on_disk(root) == {}


def test_undo_and_redo_go_on_in_the_next_session(root: Path) -> None:
    with open_desk(root) as desk:
        first = desk.apply(Add("H-01", WE, "training-rare")).after
        desk.apply(Add("O-01", Span(2, 0, 2, 3), "training-rare"))
    with open_desk(root) as desk:
        desk.undo()
        assert on_disk(root) == {"H-01": first, "O-01": ()}
        desk.undo()
        assert not desk.undo()
        assert on_disk(root) == {"H-01": (), "O-01": ()}
    with open_desk(root) as desk:
        assert desk.redo()
        assert desk.redo()
        assert not desk.redo()
        assert on_disk(root)["H-01"] == first
    assert [e.action for e in read_log(root, "second")] == ["add", "add", "undo", "undo", "redo", "redo"]


def test_suggestions_are_those_not_decided_on(root: Path) -> None:
    def left(desk: Desk) -> list[str]:
        return [f"{one.coding.code}: {one.coding.quote}" for one in desk.suggestions("H-01")]

    with open_desk(root) as desk:
        both = left(desk)
        assert both == [
            "training-provided: We hold digital training every month.",
            "training-rare: Owners come from all wards.",
        ]
        one, two = (passage.coding for passage in desk.suggestions("H-01"))
        desk.apply(Reject("H-01", one))
        assert left(desk) == both[1:]
        desk.apply(Recode("H-01", two, "awareness"))
        assert left(desk) == []
        desk.undo()
        desk.undo()
        assert left(desk) == both
        desk.apply(Add("H-01", Span(2, 0, 2, 2), "training-provided"))
        assert left(desk) == both[1:]
        assert desk.suggestions("O-01") == ()
    assert (root / "codings/auto/H-01.yaml").read_text() == write_study(root / "copy", STUDY).joinpath(
        "codings/auto/H-01.yaml"
    ).read_text()


def test_suggestions_follow_a_new_run_of_the_machine(root: Path) -> None:
    with open_desk(root) as desk:
        assert len(desk.suggestions("H-01")) == 2
        path = root / "codings/auto/H-01.yaml"
        path.write_text(
            path.read_text().replace(
                "training-rare, turn: 2, quote: Owners", "awareness, turn: 2, quote: Owners"
            )
        )
        assert [one.coding.code for one in desk.suggestions("H-01")] == ["training-provided", "awareness"]


def test_what_one_coder_rejects_is_still_suggested_to_another(root: Path) -> None:
    with open_desk(root, "second") as second, open_desk(root, "third") as third:
        second.apply(Reject("H-01", second.suggestions("H-01")[0].coding))
        assert len(third.suggestions("H-01")) == 2
        third.apply(Accept("H-01", third.suggestions("H-01")[0].coding))
    assert [c.status for c in on_disk(root, "second")["H-01"]] == ["rejected"]
    assert [(c.status, c.id) for c in on_disk(root, "third")["H-01"]] == [("accepted", "third-001")]


def test_what_was_written_by_hand_is_taken_up_and_its_comments_stay(root: Path) -> None:
    path = root / "codings/first/H-01.yaml"
    path.write_text(
        path.read_text() + "  # to look at again\n  - {code: awareness, turn: 2, quote: We hold}\n# end\n"
    )
    with open_desk(root, "first") as desk:
        desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert desk.undo()
        assert not desk.undo()  # what was found is no step of the desk
    assert path.read_text().endswith(
        "  # to look at again\n  - {code: awareness, turn: 2, quote: We hold}\n# end\n"
    )
    assert [e.action for e in read_log(root, "first")] == ["found", "add", "undo"]
    assert from_log(root, "first") == {"H-01": on_disk(root, "first")["H-01"]}


def test_an_edit_by_hand_during_a_session_is_neither_lost_nor_overwritten(root: Path) -> None:
    path = root / "codings/second/H-01.yaml"
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        path.write_text(path.read_text().replace("quote: We hold", "quote: We hold\n    memo: by hand"))
        assert desk.codings("H-01").codings[0].memo == "by hand"
        desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert [one.memo for one in on_disk(root)["H-01"]] == ["by hand", None]
        assert desk.notes == ["codings/second/H-01.yaml was edited by hand; the log has taken that up."]
        desk.undo()
        desk.undo()
        assert [one.memo for one in on_disk(root)["H-01"]] == [None]
        desk.redo()
        assert [one.memo for one in on_disk(root)["H-01"]] == ["by hand"]
    assert [e.action for e in read_log(root, "second")] == ["add", "edited", "add", "undo", "undo", "redo"]


def test_a_hand_that_takes_the_last_action_back_is_heeded(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        kept = (root / "codings/second/H-01.yaml").read_bytes()
        desk.apply(Add("H-01", OWNERS, "training-rare"))
    (root / "codings/second/H-01.yaml").write_bytes(kept)
    with open_desk(root) as desk:
        assert len(desk.codings("H-01").codings) == 1
        (entry,) = desk.undo()
        assert entry
        assert len(entry.after) == 1  # the edit itself is what was done last
    assert [e.action for e in read_log(root, "second")] == ["add", "add", "edited", "undo"]


def test_a_file_that_was_deleted_by_hand(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        (root / "codings/second/H-01.yaml").unlink()
        assert desk.codings("H-01").codings == ()
        desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert [one.id for one in on_disk(root)["H-01"]] == ["second-002"]


def test_a_file_that_cannot_be_read_stops_the_action_and_stays(root: Path) -> None:
    path = root / "codings/second/H-01.yaml"
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        for broken in ("codings: [", "source: H-01\ncoder: first\ncodings: []\n"):
            path.write_text(broken)
            with pytest.raises(StudyError) as caught:
                desk.apply(Add("H-01", OWNERS, "training-rare"))
            assert caught.value.problems[0].place.path == "codings/second/H-01.yaml"
            assert path.read_text() == broken
    assert len(read_log(root, "second")) == 1


def test_lost_comments_are_told(root: Path) -> None:
    path = root / "codings/first/H-01.yaml"
    path.write_text("source: H-01\ncoder: first\ncodings: [{id: E1, code: awareness, turn: 2}]  # mine\n")
    with open_desk(root, "first") as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        assert len(desk.notes) == 1
        assert "comments in codings/first/H-01.yaml are lost" in desk.notes[0]
        desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert len(desk.notes) == 1
    assert len(on_disk(root, "first")["H-01"]) == 3


def test_a_byte_order_mark_stays(root: Path) -> None:
    path = root / "codings/first/H-01.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with open_desk(root, "first") as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
    assert path.read_bytes().startswith(
        b"\xef\xbb\xbf# yaml" if b"# yaml" in path.read_bytes() else b"\xef\xbb\xbfsource"
    )
    assert len(on_disk(root, "first")["H-01"]) == 2


def test_a_new_id_is_new_to_the_whole_study(root: Path) -> None:
    path = root / "codings/first/O-01.yaml"
    path.write_text(path.read_text().replace("E2", "second-001"))
    with open_desk(root) as desk:
        assert desk.apply(Add("H-01", WE, "training-rare")).after[0].id == "second-002"
        with pytest.raises(StudyError):
            desk.apply(Add("H-01", OWNERS, "training-rare", "E3"))
        desk.undo()
        assert desk.apply(Add("H-01", WE, "training-rare")).after[0].id == "second-003"


def test_the_same_coder_twice_is_refused_and_another_is_not(root: Path) -> None:
    with open_desk(root) as desk:
        with pytest.raises(StudyError) as caught:
            open_desk(root)
        assert caught.value.problems[0].rule == "in-use"
        with open_desk(root, "third") as other:
            other.apply(Add("H-01", WE, "training-rare"))
        desk.apply(Add("H-01", WE, "training-rare"))
    assert [c.id for c in on_disk(root)["H-01"] + on_disk(root, "third")["H-01"]] == [
        "second-001",
        "third-001",
    ]


@pytest.mark.parametrize("coder", ["auto", "..", "a/b", "", ".x", "two words", "con", "nul.2"])
def test_names_that_no_coder_can_have(root: Path, coder: str) -> None:
    with pytest.raises(StudyError) as caught:
        open_desk(root, coder)
    assert caught.value.problems[0].rule == "coder"
    assert sorted(path.name for path in (root / "codings").iterdir()) == ["auto", "first"]


def test_a_disk_that_is_full_takes_the_action_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    with open_desk(root) as desk:
        before = desk.apply(Add("H-01", WE, "training-rare"))
        with monkeypatch.context() as patched:
            patched.setattr(desk_module, "write_bytes", full)
            with pytest.raises(OSError, match="No space"):
                desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert read_log(root, "second") == [before]
        after = desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert read_log(root, "second") == [before, after]
    assert from_log(root) == on_disk(root)


def test_a_log_that_cannot_be_written_takes_the_action_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(number: int) -> None:
        raise OSError(5, "Input/output error")

    with open_desk(root) as desk:
        before = desk.apply(Add("H-01", WE, "training-rare"))
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", fail)
            with pytest.raises(OSError, match="Input/output"):
                desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert read_log(root, "second") == [before]
        desk.apply(Add("H-01", OWNERS, "training-rare"))
    assert from_log(root) == on_disk(root)
    with open_desk(root) as desk:
        assert desk.notes == []


def test_a_disk_without_locks_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "_take", lambda file: False)
    with open_desk(root) as desk:
        assert desk.notes == ["This disk cannot lock files: see to it that nobody else codes as second now."]


def test_a_log_that_another_program_wrote_into_stops_the_session(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        log = root / "codings/second/log.jsonl"
        log.write_bytes(log.read_bytes() * 2)
        with pytest.raises(StudyError) as caught:
            desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert caught.value.problems[0].message == "another program wrote into this log"
    assert len(on_disk(root)["H-01"]) == 1


def test_a_log_that_is_none_is_told_with_its_line_and_left_alone(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
    log = root / "codings/second/log.jsonl"
    log.write_bytes(log.read_bytes() + b"<<<<<<< HEAD\n")
    raw = log.read_bytes()
    with pytest.raises(StudyError) as caught:
        open_desk(root)
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.place.line) == ("codings/second/log.jsonl", 2)
    assert log.read_bytes() == raw
    log.unlink()  # what the hint says: a new log begins with the codings as they are
    with open_desk(root) as desk:
        desk.apply(Add("H-01", OWNERS, "training-rare"))
    assert [e.action for e in read_log(root, "second")] == ["found", "add"]


# What a crash leaves behind


def crash(root: Path, lock: bytes = b'{"pid": 1, "host": "h", "since": "s"}') -> None:
    """Leave the lock as a killed process leaves it."""
    (root / "codings/second/.lock").write_bytes(lock)


LAST: dict[str, Callable[[Desk], object]] = {
    "add": lambda desk: desk.apply(Add("H-01", OWNERS, "training-rare")),
    "remove": lambda desk: desk.apply(Remove("H-01", desk.codings("H-01").codings[0])),
    "set": lambda desk: desk.apply(Set("H-01", desk.codings("H-01").codings[0], {"memo": "é “x”"})),
    "undo": lambda desk: desk.undo(),
}


@pytest.mark.parametrize("last", LAST)
def test_a_log_cut_at_any_byte_of_its_last_entry(root: Path, last: str) -> None:
    """Log and file agree afterwards, on the state before the last action or behind it, and work goes on from there."""
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        log, file = root / "codings/second/log.jsonl", root / "codings/second/H-01.yaml"
        log_before, file_before, state_before = log.read_bytes(), file.read_bytes(), on_disk(root)
        LAST[last](desk)
    log_after, file_after, state_after = log.read_bytes(), file.read_bytes(), on_disk(root)
    study = read_study(root)
    for cut in range(len(log_before), len(log_after) + 1):
        whole = cut >= len(log_after) - 1  # the line end itself says nothing
        for written in (False, True):
            log.write_bytes(log_after[:cut])
            file.write_bytes(file_after if written else file_before)
            crash(root)
            with Desk.open(root, study, "second", Clock()) as desk:
                assert "did not end properly" in desk.notes[0]
                if whole:
                    assert desk.codings("H-01").codings == state_after["H-01"]
                elif not written:
                    assert desk.codings("H-01").codings == state_before["H-01"]
                if whole or cut % 25 == 0:
                    desk.apply(Add("H-01", Span(2, 8, 2, 15), "awareness"))
                    desk.undo()
                    assert from_log(root) == on_disk(root)
            assert on_disk(root) in (state_before, state_after)
            if whole:
                assert from_log(root) == state_after


def test_turns_left_out_are_in_log_and_file_and_come_back_after_a_crash(root: Path) -> None:
    file = root / "codings/second/H-01.yaml"
    with open_desk(root) as desk:
        desk.apply(LeaveOut("H-01", TurnRange(1, 2), "small talk"))
        left = file.read_text()
        assert left.endswith("codings: []\nleft_out:\n  - turn: 2\n    reason: small talk\n")
        entry = desk.apply(Add("H-01", WE, "training-rare"))
        coded = file.read_text()
        assert "left_out" not in coded
        assert desk.undo()
        assert file.read_text() == left
        assert desk.redo()
    line = json.loads((root / "codings/second/log.jsonl").read_text().splitlines()[1])
    assert line["left_out_before"] == [{"turn": 2, "reason": "small talk"}]
    assert line["left_out_after"] == []
    for written in (left, coded):
        file.write_text(written)
        crash(root)
        with open_desk(root) as desk:
            assert desk.codings("H-01").codings == entry.after
        assert file.read_text() == coded
    file.write_text(coded + "left_out: [{turn: 2, reason: by hand}]\n")
    with open_desk(root) as desk:
        assert desk.undo()
        assert desk.notes == ["codings/second/H-01.yaml was edited by hand; the log has taken that up."]
        assert desk.codings("H-01").left_out == ()


def test_a_code_that_was_to_come_into_the_book_comes_in_after_a_crash(root: Path) -> None:
    book = (root / "codebook.yaml").read_bytes()
    with open_desk(root) as desk:
        desk.define("awareness", {"id": "thrift", "definition": "They save.", "memo": "New."})
    done = (root / "codebook.yaml").read_bytes()
    for left in (book, done):
        (root / "codebook.yaml").write_bytes(left)
        crash(root)
        with open_desk(root) as desk:
            assert "thrift" in desk.codebook.places
        assert (root / "codebook.yaml").read_bytes() == done


def test_half_written_files_of_a_crash_are_cleared_away(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        left = root / "codings/second/.H-01.yaml.x1y2"
        left.write_bytes(b"half")
    with open_desk(root):
        assert left.exists()  # it may be somebody's: the last session ended properly
    crash(root)
    with open_desk(root):
        assert not left.exists()


KILLED = """
import os, sys
from pathlib import Path
import kit_desk
from empowerment_qda.coding import Add
from empowerment_qda.files import edit as module
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Span, TurnRange
root, when = Path(sys.argv[1]), sys.argv[2]
def die(*args, **keys):
    os._exit(9)
desk = module.Desk.open(root, read_study(root), "second", kit_desk.Clock())
desk.apply(Add("H-01", Span(2, 0, 2, 7), "training-rare"))
if when == "before the log":
    desk._log.add = die
elif when == "before the file":
    module.write_bytes = die
elif when == "in the file":
    os.replace = die
elif when == "after the file":
    desk.history.add = die
desk.apply(Add("H-01", Span(2, 38, 2, 44), "training-rare"))
"""


@pytest.mark.parametrize(
    ("when", "number", "told"),
    [
        ("before the log", 1, ["did not end"]),
        ("before the file", 2, ["did not end", "finished in codings/second/H-01.yaml"]),
        ("in the file", 2, ["did not end", "finished in codings/second/H-01.yaml"]),
        ("after the file", 2, ["did not end"]),
    ],
)
def test_a_process_killed_within_an_action(root: Path, when: str, number: int, told: list[str]) -> None:
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(root), when], env={**os.environ, "PYTHONPATH": paths}, check=False
    )
    assert run.returncode == 9
    with open_desk(root) as desk:
        assert len(desk.notes) == len(told)
        assert all(part in note for part, note in zip(told, desk.notes, strict=True))
        assert len(desk.codings("H-01").codings) == number
    assert from_log(root) == on_disk(root)
    assert [path.name for path in (root / "codings/second").glob(".*")] == [".lock"]
    with open_desk(root) as desk:
        assert desk.notes == []


# The codebook


def test_a_new_code_can_be_given_at_once_and_by_others_too(root: Path) -> None:
    with open_desk(root) as desk, open_desk(root, "third") as other:
        entry = desk.define(
            "awareness", {"id": "thrift", "definition": "They save.", "memo": "New.", "origin": "in-vivo"}
        )
        assert entry.version == "1.1"
        assert desk.codebook.version == "1.1"
        desk.apply(Add("H-01", WE, "thrift"))
        other.apply(Add("H-01", WE, "thrift"))
        with pytest.raises(StudyError):
            other.define("awareness", {"id": "thrift", "definition": "Again.", "memo": "New."})
        other.define("awareness", {"id": "loans", "definition": "They borrow.", "memo": "New."})
        assert desk.undo()
        with pytest.raises(StudyError) as caught:
            desk.undo()
        assert caught.value.problems[0].message == (
            "the last step added code `thrift`, which is used meanwhile, in codings/third/H-01.yaml: it stays"
        )
    book: Codebook = read_study(root).codebook
    assert book.version == "1.2"
    assert [code.id for code in book.places["awareness"].code.codes][-2:] == ["thrift", "loans"]
    assert book.places["thrift"].code.since == "1.1"
    assert [e.action for e in read_log(root, "second")] == ["define", "add", "undo"]


NEW = {"id": "thrift", "definition": "They save.", "memo": "New."}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_undo_takes_a_new_code_back_and_nothing_before_it(root: Path, end: str) -> None:
    path = root / "codebook.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    before = path.read_bytes()
    with open_desk(root) as desk:
        added = desk.apply(Add("H-01", WE, "training-rare"))
        desk.define("awareness", NEW)
        with_code = path.read_bytes()
        desk.write_memo({"links": ["thrift"]}, "Why?")
        with pytest.raises(StudyError) as caught:
            desk.undo()
        assert "memos/M01.md" in caught.value.problems[0].message
        (root / "memos/M01.md").write_text("---\nid: M01\n---\nWhy?\n")
        (entry,) = desk.undo()
        assert entry
        assert describe(entry) == (
            "undo of define: thrift under awareness is out of the codebook again, codebook version 1.0"
        )
        assert desk.notes == ["M01, written after it, stays: delete memos/M01.md if it should go."]
        assert path.read_bytes() == before
        assert "thrift" not in desk.codebook.places
        assert on_disk(root)["H-01"] == added.after
    with open_desk(root) as desk:  # in the next session too
        (again,) = desk.redo()
        assert again
        assert describe(again) == "redo of define: thrift under awareness, codebook version 1.1"
        assert path.read_bytes() == with_code
        desk.undo()
        desk.undo()
        assert on_disk(root)["H-01"] == ()
        assert not desk.undo()
        assert desk.define("awareness", NEW).version == "1.1"  # the id is free again


def test_a_new_code_stays_where_others_build_on_it(root: Path) -> None:
    path = root / "codebook.yaml"
    with open_desk(root) as desk, open_desk(root, "third") as other:
        desk.define("awareness", NEW)
        other.define("thrift", {**NEW, "id": "loans"})
        with pytest.raises(StudyError, match="was changed since"):
            desk.undo()
        other.undo()
        desk.undo()
        assert desk.codebook.version == "1.0"
        desk.define("awareness", NEW)
        other.define("awareness", {**NEW, "id": "loans"})
        desk.undo()
        book: Codebook = read_study(root).codebook
        assert (book.version, "thrift" in book.places, "loans" in book.places) == ("1.3", False, True)
        path.write_text(path.read_text().replace("They save.", "They put money aside."))
        with pytest.raises(StudyError, match="was changed since"):
            other.undo()


def test_a_code_that_was_to_go_out_of_the_book_goes_after_a_crash(root: Path) -> None:
    with open_desk(root) as desk:
        before = (root / "codebook.yaml").read_bytes()
        desk.define("awareness", NEW)
        done = (root / "codebook.yaml").read_bytes()
        desk.undo()
    for left in (done, before):
        (root / "codebook.yaml").write_bytes(left)
        crash(root)
        with open_desk(root) as desk:
            assert "thrift" not in desk.codebook.places
            assert ("out of the codebook again" in desk.notes[-1]) == (left == done)
        assert (root / "codebook.yaml").read_bytes() == before


def test_a_log_of_the_first_version_in_which_undo_passed_a_new_code_over(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
        desk.undo()
        desk.redo()
        desk.define("awareness", NEW)
    log = root / "codings/second/log.jsonl"
    add, undo, redo, define = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(add + define + undo + redo)
    with open_desk(root) as desk:
        (entry,) = desk.undo()
        assert entry
        assert entry.action == "undo"
        assert on_disk(root)["H-01"] == ()
        desk.undo()
        assert "thrift" not in desk.codebook.places
        assert not desk.undo()


# What a later version of qda wrote into the log

LATER = [
    {"action": "weigh", "source": None, "by": {"a": [1]}},
    {"action": "weigh", "source": "H-01", "at": 7, "before": [{"code": "z"}], "after": []},
    {"action": "weigh", "source": ["H-01"], "before": "all"},
    {
        "action": "weigh",
        "source": "H-01",
        "at": 0,
        "before": [],
        "after": [{"id": "X1", "code": "awareness", "weight": 2}],
    },
    {
        "action": "weigh",
        "source": "H-01",
        "left_out_before": [{"turn": 9, "reason": "x", "who": 1}],
        "left_out_after": [],
    },
]


@pytest.mark.parametrize("later", LATER)
def test_undo_works_around_what_a_later_version_did(root: Path, later: dict[str, object]) -> None:
    with open_desk(root) as desk:
        first = desk.apply(Add("H-01", WE, "training-rare"))
    log, file = root / "codings/second/log.jsonl", root / "codings/second/H-01.yaml"
    line = json.loads(log.read_text())
    line["mood"] = "sure"
    line["after"][0]["weight"] = 3
    head = {"time": "2030-01-01T00:00:00+00:00", "coder": "second"}
    raw = json.dumps(line) + "\n" + json.dumps(head | later) + "\n"
    log.write_text(raw)
    if "weight" in str(later):
        file.write_text(file.read_text().replace("codings:\n", "codings:\n  - {id: X1, code: awareness}\n"))
    before = on_disk(root)["H-01"]
    with open_desk(root) as desk:
        desk.apply(Add("H-01", OWNERS, "training-rare"))
        desk.undo()
        assert desk.undo()
        assert on_disk(root)["H-01"] == tuple(one for one in before if one not in first.after)
        desk.redo()
        assert sorted(on_disk(root)["H-01"], key=str) == sorted(before, key=str)
        assert desk.notes == []
    assert log.read_text().startswith(raw)
    assert from_log(root) == on_disk(root)
    weighed = read_log(root, "second")[1]
    assert describe(weighed).startswith("weigh: ")
    assert read_log(root, "second")[0].unknown == {"mood": "sure"}
    assert '"mood": "sure"' in format_entry(read_log(root, "second")[0])


def test_undo_refuses_what_a_later_version_changed_since(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "training-rare"))
    log, file = root / "codings/second/log.jsonl", root / "codings/second/H-01.yaml"
    line = json.loads(log.read_text())
    changed = [{**line["after"][0], "code": "awareness"}]
    log.write_text(
        log.read_text()
        + json.dumps({**line, "action": "weigh", "before": line["after"], "after": changed})
        + "\n"
    )
    file.write_text(file.read_text().replace("code: training-rare", "code: awareness"))
    with open_desk(root) as desk:
        with pytest.raises(StudyError, match="a later version of qda changed those codings since"):
            desk.undo()
        assert desk.apply(Add("H-01", OWNERS, "training-rare"))
        assert desk.undo()


def test_a_book_that_cannot_be_read_just_now_does_not_stop_coding(root: Path) -> None:
    with open_desk(root) as desk:
        (root / "codebook.yaml").write_text("title: [")
        with pytest.raises(StudyError) as caught:
            desk.apply(Add("H-01", WE, "thrift"))
        assert caught.value.problems[0].rule == "unknown-code"
        desk.apply(Add("H-01", WE, "training-rare"))
        with pytest.raises(StudyError) as caught:
            desk.define("awareness", {"id": "thrift", "definition": "They save.", "memo": "New."})
        assert caught.value.problems[0].place.path == "codebook.yaml"


def test_a_code_with_the_id_of_a_coding_is_refused(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()
    with open_desk(root) as desk, pytest.raises(StudyError) as caught:
        desk.define("awareness", {"id": "E1", "definition": "They save.", "memo": "New."})
    assert caught.value.problems[0].rule == "duplicate-id"
    assert (root / "codebook.yaml").read_bytes() == before
    assert not (root / "codings/second/log.jsonl").exists()


# Any sequence

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "accept", "reject", "recode", "set", "leave", "take", "undo", "redo",
                         "edit", "reopen", "crash", "both"]),
        st.integers(0, 9),
        st.sampled_from(["H-01", "O-01"]),
    ),
    max_size=18,
)  # fmt: skip


def take(desk: Desk, kind: str, number: int, source: str) -> None:
    """One step at the desk; what cannot be done is not done."""
    pool: list[Any] = [*desk.codings(source).codings, *(one.coding for one in desk.suggestions(source))]
    one = pool[number % len(pool)] if pool else Coding(code="none")
    actions: dict[str, Action] = {
        "add": Add(source, Span(2, number, 2, number + 9), "awareness"),
        "remove": Remove(source, one),
        "accept": Accept(source, one),
        "reject": Reject(source, one),
        "recode": Recode(source, one, "training-rare"),
        "set": Set(source, one, {"memo": f"note {number}"}),
        "leave": LeaveOut(source, TurnRange(2, 2), f"reason {number}"),
        "take": TakeIn(source, TurnRange(2, 2)),
    }
    try:
        if kind == "both":
            spans = [Span(2, number + at, 2, number + at + 3) for at in (0, 4)]
            desk.apply_all([Add(one, span, "training-rare") for one in ("O-01", "H-01") for span in spans])
        else:
            desk.apply(actions[kind])
    except StudyError:
        return


@settings(max_examples=40)
@given(STEPS)
def test_log_and_files_say_the_same_after_anything(
    tmp_path_factory: Any, steps: list[tuple[str, int, str]]
) -> None:
    root = write_study(tmp_path_factory.mktemp("study"), STUDY)
    study, desk = read_study(root), open_desk(root)
    for kind, number, source in steps:
        path = root / f"codings/second/{source}.yaml"
        if kind in ("undo", "redo"):
            before, entries = on_disk(root), desk.undo() if kind == "undo" else desk.redo()
            if entries and all(entry.source for entry in entries):
                number = len(entries)
                assert len(desk.redo() if kind == "undo" else desk.undo()) == number
                assert desk.history.entries[-2 * number : -number] == entries
                assert {s: c for s, c in on_disk(root).items() if c} == {s: c for s, c in before.items() if c}
        elif kind == "edit" and path.exists():
            codings = desk.codings(source).codings[:number]
            file = Codings(
                source=source,
                coder="second",
                codings=(*codings, Coding(code="awareness", turn="2", memo=f"hand {number}")),
            )
            path.write_text("# mine\n" + desk_text(file), encoding="utf-8")
        elif kind in ("reopen", "crash"):
            desk.close()
            if kind == "crash":
                crash(root)
            desk = Desk.open(root, study, "second", Clock())
        elif kind != "edit":
            take(desk, kind, number, source)
    for source in ("H-01", "O-01"):
        take(desk, "add", 0, source)  # so that edits by hand are taken up
    desk.close()
    assert {s: c for s, c in from_log(root).items() if c} == {s: c for s, c in on_disk(root).items() if c}
    logged = {source: file.left_out for source, file in rebuild(read_log(root, "second")).items()}
    assert all(
        logged[file.source] == file.left_out for file in read_study(root).codings if file.coder == "second"
    )


def desk_text(file: Codings) -> str:
    from empowerment_qda.files.write import format_codings

    return format_codings(file)


def test_the_machine_s_file_is_never_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def watch(root: Path, path: str, content: bytes) -> bool:
        written.append(path)
        return write_bytes(root, path, content)

    monkeypatch.setattr(desk_module, "write_bytes", watch)
    with open_desk(root) as desk:
        desk.apply(Accept("H-01", desk.suggestions("H-01")[0].coding))
        desk.apply(Reject("H-01", desk.suggestions("H-01")[0].coding))
        desk.undo()
    assert set(written) == {"codings/second/H-01.yaml"}
