"""One writer at a time: a file that the system itself locks, so that a crash never leaves it held."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from empowerment_qda.files.border import look, open_file
from empowerment_qda.files.read import list_files
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows keeps others from reading what is locked: so a byte far behind the text is.
_FAR = 1 << 30
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class Lock:
    """A lock that is held until `release`. The file says who holds it; after a proper end it is empty.

    `left_open` is what a holder that never ended properly left in it. `works` is False where the disk knows no
    locks.
    """

    def __init__(self, root: Path, path: str, what: str, now: datetime) -> None:
        self._file = open_file(root, path, os.O_RDWR | os.O_CREAT)
        try:
            self.works = _take(self._file)
        except OSError as error:
            if error.errno not in _HELD:
                self._file.close()
                raise
            held = _holder(self._file.read())
            self._file.close()
            said, hint = f"somebody works on this already: {held}", "End that session first, then try again."
            raise StudyError([Problem(Place(what), "in-use", said, hint)]) from None
        self.left_open = _holder(left) if (left := self._file.read()) else ""
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": now.isoformat(timespec="seconds"),
        }
        self._write(json.dumps(holder).encode())

    def release(self, *, properly: bool = True) -> None:
        """Give the lock back; not `properly` leaves the mark of a crash, for the next holder to look after."""
        if self._file.closed:
            return
        if properly:
            self._write(b"")
        if self.works:
            _give(self._file)
        self._file.close()

    def close(self) -> None:
        """Give the lock back after a proper end."""
        self.release()

    def _write(self, content: bytes) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(content)


def _take(file: BinaryIO) -> bool:
    """Lock without waiting; OSError where another holds it, False where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def _give(file: BinaryIO) -> None:
    if sys.platform == "win32":
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)


def _holder(content: bytes) -> str:
    """The holder in words, from what it wrote into the file."""
    try:
        holder = json.loads(content)
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that did not say which"


MINUTE = 60 * 10**9
"""In nanoseconds. A file that was written so shortly before it was looked at for the first time may have been read before
it was written."""
Stamps = dict[str, tuple[int, ...] | None]
"""By path: times, size and number of a file, none of them where there is no file; None where that is not known."""


class Watch:
    """The files of a study as they were when they were last read, without their content; paths are from its root."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        since = time.time_ns() - MINUTE
        self._seen: Stamps = {
            path: None if stamp and max(stamp[:2]) > since else stamp
            for path, stamp in self.look(settings).items()
        }

    def look(self, settings: Settings) -> Stamps:
        """The files as they are now."""
        return {path: stamp_of(self._root, path) for path in list_files(self._root, settings)}

    def differing(self, now: Stamps) -> list[str]:
        """The files that came, went or were written since they were last read, or may have been."""
        paths = sorted(now.keys() | self._seen.keys())
        return [path for path in paths if self._seen.get(path, ()) != now.get(path, ())]

    def take(self, now: Stamps) -> None:
        """What was looked at has been read since."""
        self._seen = dict(now)


def stamp_of(root: Path, path: str) -> tuple[int, ...]:
    """Times, size and number of a file; empty where there is none."""
    found = look(root, path)
    if found is None:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def by_path(study: Study) -> dict[str, FileNoun]:
    """The files of a study by their paths."""
    files = (
        study.settings, study.codebook, study.codebook.cue_file, *study.sources, *study.codings, study.findings, *study.memos,
    )  # fmt: skip
    return {one.path: one for one in files if one and one.path}
