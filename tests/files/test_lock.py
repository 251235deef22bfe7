"""One writer at a time; a lock never outlives its process."""

from __future__ import annotations

import errno
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from empowerment_qda.files import lock as module
from empowerment_qda.files.lock import Lock
from empowerment_qda.problems import StudyError

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
HOLD = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from empowerment_qda.files.lock import Lock
lock = Lock(Path(sys.argv[1]), ".lock", "codings/first", datetime(2024, 4, 1, 9, 30, tzinfo=timezone.utc))
print("held", flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
sys.stdin.readline()
"""


def hold(root: Path) -> subprocess.Popen[str]:
    """A process that holds the lock until it gets a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        assert process.stdin
        assert process.stdout
        with pytest.raises(StudyError) as caught:
            Lock(tmp_path, ".lock", "codings/first", NOW)
        (problem,) = caught.value.problems
        assert problem.place.path == "codings/first"
        assert f"process {process.pid} on " in problem.message
        assert problem.message.endswith(" since 2024-04-01T09:30:00+00:00")
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "released\n"
        lock = Lock(tmp_path, ".lock", "codings/first", NOW)
        assert lock.left_open == ""
        assert lock.works
        lock.release()
        process.kill()


def test_a_lock_that_a_killed_process_left_is_taken_over(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        process.kill()
        process.wait()
    lock = Lock(tmp_path, ".lock", "codings/first", NOW)
    assert lock.left_open.startswith(f"process {process.pid} on ")
    lock.release()
    assert (tmp_path / ".lock").read_bytes() == b""
    again = Lock(tmp_path, ".lock", "codings/first", NOW)
    assert again.left_open == ""
    again.release()
    again.release()


def test_the_same_process_does_not_get_it_twice(tmp_path: Path) -> None:
    lock = Lock(tmp_path, ".lock", "codings/first", NOW)
    with pytest.raises(StudyError):
        Lock(tmp_path, ".lock", "codings/first", NOW)
    lock.release(properly=False)
    again = Lock(tmp_path, ".lock", "codings/first", NOW)
    assert again.left_open
    again.release()


def test_a_lock_file_that_says_nothing_sensible(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("x")
    lock = Lock(tmp_path, ".lock", "codings/first", NOW)
    assert lock.left_open == "a process that did not say which"
    lock.release()


@pytest.mark.parametrize("fault", [errno.ENOLCK, errno.EIO])
def test_a_disk_without_locks_is_worked_on_and_a_broken_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def fail(*args: object) -> None:
        raise OSError(fault, "no")

    system, name = ("msvcrt", "locking") if sys.platform == "win32" else ("fcntl", "flock")
    monkeypatch.setattr(getattr(module, system), name, fail)
    if fault == errno.EIO:
        with pytest.raises(OSError, match="no"):
            Lock(tmp_path, ".lock", "codings/first", NOW)
    else:
        lock = Lock(tmp_path, ".lock", "codings/first", NOW)
        assert not lock.works
        lock.release()
