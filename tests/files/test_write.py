"""Files are replaced whole, and their names are on disk too."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import coders_with_log, read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import _dump, write_bytes, write_new
from empowerment_qda.files.yaml import parse_yaml
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be synced there")


@pytest.mark.parametrize("write", [write_bytes, write_new])
def test_a_file_is_on_disk_with_its_name_and_the_folders_made_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, str, bytes], bool]
) -> None:
    synced: list[Path | str] = []

    def fsync(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        synced.append(Path(os.readlink(f"/dev/fd/{handle}")) if is_folder else "file")
        assert not is_folder or list(synced[-1].iterdir())  # type: ignore[union-attr]

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "a/b"
    assert write(tmp_path, "a/b/x.yaml", b"x")
    assert synced == [tmp_path, tmp_path / "a", "file", folder]
    synced.clear()
    assert not write(tmp_path, "a/b/x.yaml", b"x")
    assert folder not in synced


def test_a_disk_that_syncs_no_folders_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    assert write_bytes(tmp_path, "x.yaml", b"x")
    assert (tmp_path / "x.yaml").read_bytes() == b"x"


def test_a_file_that_is_written_anew_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    for mode in (0o600, 0o664, 0o755):
        file.write_bytes(b"x")
        file.chmod(mode)
        assert write_bytes(tmp_path, "x.yaml", b"y")
        assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"y", mode)


def test_writing_over_a_pipe_waits_for_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert write_bytes(tmp_path, "x.yaml", b"x")
    assert (tmp_path / "x.yaml").read_bytes() == b"x"


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("place", ["log.jsonl", ".lock", "H-01.yaml"])
def test_what_stands_where_the_desk_writes_is_named(
    tmp_path: Path, place: str, make: Callable[[Path], object]
) -> None:
    root = write_study(tmp_path, SMALL)
    study = read_study(root)
    (root / "codings/second").mkdir()
    make(root / "codings/second" / place)
    with pytest.raises(StudyError) as caught, Desk.open(root, study, "second", Clock()) as desk:
        desk.codings("H-01")
    assert caught.value.problems[0].rule == "not-a-file"
    if place == "log.jsonl":
        assert coders_with_log(root) == ["second"]
        with pytest.raises(StudyError):
            read_log(root, "second")


@pytest.mark.parametrize("words", ["a\n\n", "\n", "a\n\n\n", "a\nb\n", "a"])
def test_words_that_end_in_empty_lines_do_not_end_the_document(words: str) -> None:
    """What is written behind them later must still be read."""
    written = _dump({"quote": words})
    assert parse_yaml(written + "memo: kept\n", "x") == {"quote": words, "memo": "kept"}
