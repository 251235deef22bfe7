"""One writer at a time: a file that the system itself locks, so that a crash never leaves it held. And which files of a study
others have written since they were read."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from empowerment_qda.files.border import look, open_file
from empowerment_qda.files.read import files_of, list_files
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import refusal

if sys.platform == "win32":
    import msvcrt

    _TAKE, _GIVE = msvcrt.LK_NBLCK, msvcrt.LK_UNLCK
else:
    import fcntl

    _TAKE, _GIVE = fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN

# Windows keeps others from reading what is locked: so a byte far behind the text is (filelock takes the first).
_FAR = 1 << 30
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class Lock:
    """A lock that is held until `release`. The file says who holds it; after a proper end it is empty.

    `left_open` is what a holder that never ended properly left in it; nothing where a `journal` tells what that one did: then
    the change was finished when the study was opened. `works` is False where the disk knows no locks.
    """

    def __init__(self, root: Path, path: str, what: str, now: datetime, *, journal: bool = False) -> None:
        self._file = open_file(root, path, os.O_RDWR | os.O_CREAT)
        try:
            self.works = _take(self._file)
        except OSError as error:
            held = error.errno in _HELD and _holder(self._file.read())
            self._file.close()
            if not held:
                raise
            said, hint = f"somebody works on this already: {held}", "End that session first, then try again."
            raise refusal(what, "in-use", said, hint) from None
        left = self._file.read()
        self._left = b"" if _has_journal(left) else left
        self.left_open = _holder(left) if self._left else ""
        own = {"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat(timespec="seconds")}
        self._write(json.dumps(own | ({"journal": True} if journal else {})).encode())

    def release(self, *, properly: bool = True) -> None:
        """Give the lock back; not `properly` leaves the mark of a crash, the one that was found if any, for the next holder
        to look after."""
        if self._file.closed:
            return
        if properly or self._left:
            self._write(b"" if properly else self._left)
        if self.works:
            _set(self._file, _GIVE)
        self._file.close()

    close = release

    def _write(self, content: bytes) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(content)


def _take(file: BinaryIO) -> bool:
    """Lock without waiting; OSError where another holds it, False where the disk knows no locks."""
    try:
        _set(file, _TAKE)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def _set(file: BinaryIO, how: int) -> None:
    if sys.platform == "win32":
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), how, 1)
        finally:
            file.seek(0)
    else:
        fcntl.flock(file, how)


def _holder(content: bytes) -> str:
    """The holder in words, from what it wrote into the file."""
    try:
        holder = json.loads(content)
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that did not say which"


def _has_journal(content: bytes) -> bool:
    """Whether what a holder did is told in a journal."""
    try:
        return bool(json.loads(content)["journal"])
    except (ValueError, KeyError, TypeError):
        return False


def lock_coders(root: Path, paths: Iterable[str], now: datetime, coder: str | None = None) -> ExitStack:
    """Locks of the codebook and of every coder whose files are among these paths, less those of a coder whose session has them,
    until the end of a `with`. StudyError where somebody works there, or a session was cut short."""
    stack = ExitStack()
    try:
        coders = {path.split("/")[1] for path in paths if path.startswith("codings/")} - {AUTO, coder}
        for path, what in [
            ("codings/.codebook.lock", "codebook"),
            *((f"codings/{one}/.lock", f"codings/{one}") for one in sorted(coders)),
        ]:
            lock = stack.enter_context(closing(Lock(root, path, what, now, journal=True)))
            if (
                lock.left_open and what != "codebook"
            ):  # a book that a coder's session left is looked after with the coder
                lock.release(properly=False)
                hint = f"`qda code restore --coder {what.rpartition('/')[2]}` puts that right, as any coding of theirs does."
                raise refusal(what, "in-use", "the last session here was cut short", hint)
    except BaseException:
        stack.close()
        raise
    return stack


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
    return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino) if found else ()


def by_path(study: Study) -> dict[str, FileNoun]:
    """The files of a study by their paths."""
    return {one.path: one for one in files_of(study)}
