"""One writer at a time: a file that the system itself locks, so that a crash never leaves it held."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from empowerment_qda.folder.border import open_file
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
