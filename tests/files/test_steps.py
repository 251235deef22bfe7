"""One step in several files: all of it is undone and done again at once, also after a crash or an edit in between."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from empowerment_qda.coding import Add, describe_step
from empowerment_qda.coding.history import History
from empowerment_qda.files import edit
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import write_bytes
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock

WE, OWNERS, YES = Span(2, 0, 2, 7), Span(2, 38, 2, 44), Span(2, 0, 2, 3)
STEP = [
    Add("H-01", WE, "training-rare"),
    Add("O-01", YES, "training-rare"),
    Add("H-01", OWNERS, "training-rare"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, SMALL)


def open_desk(root: Path) -> Desk:
    return Desk.open(root, read_study(root), "second", Clock())


def quotes(root: Path) -> list[str]:
    files = [file for file in read_study(root).codings if file.coder == "second"]
    return [one.quote for file in sorted(files, key=lambda file: file.source) for one in file.codings]


def test_a_step_in_two_files_is_undone_and_done_again_at_once(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply(Add("H-01", WE, "awareness"))
        done = desk.apply_all(STEP)
        assert [(one.source, len(one.after), one.joined) for one in done] == [
            ("H-01", 2, False),
            ("O-01", 1, True),
        ]
        ids = [coding.id for one in done for coding in one.after]
        assert ids == ["second-002", "second-003", "second-004"]
    with open_desk(root) as desk:  # in a later session too
        assert describe_step(desk.undo()) == (
            "undo of add: training-rare 3 times in 2 sources (O-01 1, H-01 2): taken away"
        )
        assert quotes(root) == ["We hold"]
        assert (
            describe_step(desk.redo()) == "redo of add: training-rare 3 times in 2 sources (H-01 2, O-01 1)"
        )
        assert quotes(root) == ["We hold", "We hold", "Owners", "Yes"]
        assert not desk.redo()
        desk.undo()
        desk.undo()
        assert quotes(root) == []
        assert not desk.undo()
        desk.redo()
        assert quotes(root) == ["We hold"]
    lines = (root / "codings/second/log.jsonl").read_text(encoding="utf-8").splitlines()
    assert ["joined" in json.loads(line) for line in lines][:3] == [False, False, True]
    assert read_log(root, "second")[2].joined


def test_nothing_is_written_where_one_cannot_be_done(root: Path) -> None:
    with open_desk(root) as desk, pytest.raises(StudyError, match="interviewer"):
        desk.apply_all([*STEP, Add("O-01", Span(1, 0, 1, 4), "training-rare")])
    assert quotes(root) == []
    assert not read_log(root, "second")


def test_a_disk_that_refuses_midway_says_what_is_done_and_undo_takes_it_back(root: Path) -> None:
    def refuse(folder: Path, path: str, content: bytes) -> bool:
        if path.endswith("O-01.yaml"):
            raise OSError(28, "No space left on device")
        return write_bytes(folder, path, content)

    with open_desk(root) as desk:
        with (
            patch.object(edit, "write_bytes", refuse),
            pytest.raises(StudyError, match="1 of 2 sources are done"),
        ):
            desk.apply_all(STEP)
        assert quotes(root) == ["We hold", "Owners"]
        desk.undo()
        assert quotes(root) == []
        assert not desk.undo()


def test_what_was_edited_since_is_undone_before_the_step(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply_all(STEP)
        file = root / "codings/second/H-01.yaml"  # not the one that was written last
        file.write_text(
            file.read_text(encoding="utf-8") + "left_out: [{turn: 1, reason: so}]\n", encoding="utf-8"
        )
        assert [one.of for one in desk.undo()] == ["edited"]
        assert quotes(root) == ["We hold", "Owners", "Yes"]
        assert len(desk.undo()) == 2
        assert quotes(root) == []


def test_an_undo_that_was_cut_short_goes_on(root: Path) -> None:
    with open_desk(root) as desk:
        desk.apply_all(STEP)
        with patch.object(History, "next_step", lambda self, _: self.entries[-1:]):
            assert [one.source for one in desk.undo()] == ["O-01"]
    with open_desk(root) as desk:
        assert [one.source for one in desk.undo()] == ["H-01"]
        assert [one.source for one in desk.redo()] == ["H-01", "O-01"]
        assert quotes(root) == ["We hold", "Owners", "Yes"]


def test_a_step_that_an_edit_interrupts_is_two(root: Path) -> None:
    """Another program writes into the second file while the first is written."""
    with open_desk(root) as desk:
        desk.apply(Add("O-01", Span(2, 5, 2, 6), "awareness"))

        def meddle(folder: Path, path: str, content: bytes) -> bool:
            if path.endswith("H-01.yaml"):
                (root / "codings/second/O-01.yaml").write_text(
                    "source: O-01\ncoder: second\ncodings:\n  - {code: awareness, turn: 2, quote: last year}\n",
                    encoding="utf-8",
                )
            return write_bytes(folder, path, content)

        with patch.object(edit, "write_bytes", meddle):
            done = desk.apply_all(STEP)
        assert [one.joined for one in done] == [False, False]
        assert quotes(root) == ["We hold", "Owners", "last year", "Yes"]
        assert [one.source for one in desk.undo()] == ["O-01"]
        assert [one.of for one in desk.undo()] == ["edited"]
        assert [one.source for one in desk.undo()] == ["H-01"]
