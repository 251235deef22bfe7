"""The border of a study: the one room that opens, lists, moves and removes what stands in its folder.

A path of the study leads down from its root, through folders that are no links, to a plain file. Where the system can
(openat, O_NOFOLLOW), each step is taken from the folder before it, so that nothing can be put in between; elsewhere the
place is compared after resolving. The root itself is the user's own and may be reached through a link, and so may what is
named on the command line (`read_own` in `files/read.py`).
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import BinaryIO

from empowerment_qda.problems import StudyError, refusal

OPENAT = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


def _flags(*names: str) -> int:
    """Those of these flags of `os.open` that the system has."""
    return sum(getattr(os, name, 0) for name in names)


_NO_LINK = _flags("O_NOFOLLOW")
_FOLDER = _flags("O_DIRECTORY", "O_CLOEXEC")
# Never wait for a pipe's other end, never take a terminal; Windows would translate line ends.
_PLAIN = _flags("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT")
_SURROGATE = 0x20000000  # of a reparse tag: it stands for another place (a link, a junction), unlike a file in the cloud


_OUT = "this path leads out of the study's folder"


def split_path(path: str) -> list[str]:
    """The names that a path of the study leads through; StudyError where it could lead out of the study's folder."""
    pure = PurePath(path)
    try:
        odd = b"\0" in os.fsencode(path)
    except UnicodeEncodeError:
        odd = True
    if odd:
        told = path.encode("utf-8", "replace").decode().replace("\0", "?")
        said = "the path holds a sign that no name of a file can have"
        raise refusal(told, "outside", said, "Write the path anew.", line=1)
    if pure.anchor or ".." in pure.parts or not pure.parts or (os.name == "nt" and ":" in path):
        hint = "Keep the file inside the folder and write its path from there."
        raise refusal(path, "outside", _OUT if pure.parts else "this path names no file", hint, line=1)
    return list(pure.parts)


@contextmanager
def enter(root: Path, path: str, *, make: bool = False) -> Iterator[tuple[str, int | None]]:
    """What to hand to `os` functions for a path of the study: a name, and as `dir_fd` the open folder that it stands in.

    Folders that are missing are made with `make`, each name on disk when this goes on, else FileNotFoundError.
    StudyError where a link or something else than a folder stands in the way.
    """
    *folders, name = split_path(path)
    handle = os.open(root, _FOLDER) if OPENAT else None
    here = Path()
    try:
        for folder in folders:
            inner = folder if OPENAT else str(root / here / folder)
            here /= folder
            found = look_at(inner, handle)
            if found is None and make:
                with suppress(FileExistsError):
                    os.mkdir(inner, dir_fd=handle)
                sync_folder(root / here.parent, handle)
                found = look_at(inner, handle)
            if found is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(here))
            if is_link(found) or not stat.S_ISDIR(found.st_mode):
                raise _refuse(here.as_posix(), found, "folder")
            if handle is not None:
                outer, handle = handle, os.open(inner, _FOLDER | _NO_LINK, dir_fd=handle)
                os.close(outer)
        if handle is None and not (root / here).resolve().is_relative_to(root.resolve()):
            raise refusal(path, "outside", _OUT, "Keep the file inside the folder.", line=1)
        yield (name if OPENAT else str(root / here / name)), handle
    finally:
        if handle is not None:
            os.close(handle)


def open_file(root: Path, path: str, flags: int = os.O_RDONLY) -> BinaryIO:
    """A plain file of the study, open in binary; with O_CREAT in `flags` it is made, else FileNotFoundError where there is
    none. StudyError where it is no plain file (a pipe would be waited for without end), or a link."""
    with enter(root, path, make=bool(flags & os.O_CREAT)) as (name, folder):
        found = look_at(name, folder)
        if found is not None:
            _require_plain(path, found)
        elif not flags & os.O_CREAT:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        handle = os.open(name, flags | _PLAIN | _NO_LINK, 0o666, dir_fd=folder)
    return _as_file(handle, path, flags)


def open_own(path: Path) -> BinaryIO:
    """A plain file that the user names, to read, wherever it lies and through whatever link; StudyError as `open_file`."""
    _require_plain(str(path), os.stat(path))
    return _as_file(os.open(path, os.O_RDONLY | _PLAIN), str(path), os.O_RDONLY)


def _as_file(handle: int, path: str, flags: int) -> BinaryIO:
    """The open file, after another look at what was opened."""
    writes = flags & (os.O_RDWR | os.O_WRONLY)
    try:
        found = os.fstat(handle)
        _require_plain(path, found)
        if writes and found.st_nlink > 1:
            said = "this file stands under another name as well (a hard link), and what qda writes here would be written there"
            raise refusal(path, "link", said, "Put a copy of it in its place.", line=1)
    except BaseException:
        os.close(handle)
        raise
    if not writes:
        return os.fdopen(handle, "rb")
    return os.fdopen(handle, "ab" if flags & os.O_APPEND else "r+b", buffering=0)


def look_at(name: str, folder: int | None) -> os.stat_result | None:
    """What stands under a name, a link as such; None where nothing does."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None


def look(root: Path, path: str) -> os.stat_result | None:
    """What stands at a path of the study, a link as such; None where nothing does, or behind a link."""
    try:
        with enter(root, path) as (name, folder):
            return look_at(name, folder)
    except (OSError, StudyError):
        return None


def is_folder(root: Path, path: str) -> bool:
    """Whether a folder stands at a path of the study, reached through no link; `.` is the root."""
    found = os.stat(root) if not PurePath(path).parts else look(root, path)
    return found is not None and not is_link(found) and stat.S_ISDIR(found.st_mode)


def find(root: Path, pattern: str) -> set[str]:
    """The paths that match a pattern with `*`, `?`, `[...]` and `**`, folders among them. Nothing behind a link is looked
    at: a link that a pattern leads through is found in its place, unless it is hidden or `**` passes it."""
    parts, found = split_path(pattern), set()
    seen, todo = set(), [("", 0)]
    while todo:
        state = base, at = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        part, last = parts[at], at == len(parts) - 1
        if part == "**" and not last:
            todo.append((base, at + 1))
        for name, kind in _list(root, base, part):
            whole, is_dir = base + name, stat.S_ISDIR(kind)
            if last and not (part == "**" and is_dir):
                found.add(whole)
            elif is_dir:
                todo.append((f"{whole}/", at if part == "**" else at + 1))
            elif stat.S_ISLNK(kind) and part != "**" and not name.startswith("."):
                found.add(whole)
    return found


def _list(root: Path, base: str, part: str) -> Iterator[tuple[str, int]]:
    """Names in a folder that match one part of a pattern, and what kind of thing each is (`st_mode`)."""
    if not set(part) & set("*?["):
        if found := look(root, base + part):
            yield part, _kind_of(found)
        return
    with suppress(OSError), os.scandir(root / base) as entries:
        for entry in entries:
            if part == "**" or fnmatch(entry.name, part):
                yield entry.name, _kind_of(entry.stat(follow_symlinks=False))


def _kind_of(found: os.stat_result) -> int:
    return stat.S_IFLNK if is_link(found) else found.st_mode


def walk(root: Path, path: str) -> Iterator[str]:
    """Every file below a folder of the study that is not hidden, nor in a hidden or a linked folder."""
    if not is_folder(root, path):
        return
    for here, folders, files in os.walk(root / path):
        folders[:] = [one for one in folders if one[0] != "." and not is_link(os.lstat(Path(here, one)))]
        yield from (Path(here, name).relative_to(root).as_posix() for name in files if name[0] != ".")


def remove(root: Path, path: str) -> None:
    """Remove a file of the study; nothing where there is none."""
    with suppress(FileNotFoundError), enter(root, path) as (name, folder):
        os.unlink(name, dir_fd=folder)


def remove_folder(root: Path, path: str) -> None:
    """Remove a folder of the study in which nothing is; nothing where something is, or where there is none."""
    with suppress(OSError), enter(root, path) as (name, folder):
        os.rmdir(name, dir_fd=folder)


def rename(root: Path, path: str, name: str) -> None:
    """Give what stands at a path of the study another name in the same folder."""
    with enter(root, path) as (old, folder):
        new = name if folder is not None else str(Path(old).with_name(name))
        os.rename(old, new, src_dir_fd=folder, dst_dir_fd=folder)
        sync_folder((root / path).parent, folder)


def find_program(name: str) -> str | None:
    """Where a program stands on the user's PATH; never the one in the folder that they work in, which Windows looks at
    first."""
    folders = (one for one in os.get_exec_path() if os.path.isabs(one))
    return next((found for one in folders if (found := shutil.which(os.path.join(one, name)))), None)


def sync_folder(folder: Path, handle: int | None = None) -> None:
    """Bring the names in a folder (open as `handle`, or not) to the disk, so that a power cut leaves no file without its
    name; where the system cannot (Windows, some network disks), nothing is done."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY) if handle is None else os.dup(handle)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def is_link(found: os.stat_result) -> bool:
    """Whether a thing stands for another place: a link, or a junction of Windows."""
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0) & _SURROGATE)


def _require_plain(path: str, found: os.stat_result) -> None:
    if is_link(found) or not stat.S_ISREG(found.st_mode):
        raise _refuse(path, found, "file")


_KINDS = {
    stat.S_IFDIR: "folder",
    stat.S_IFREG: "file",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
}


def _refuse(path: str, found: os.stat_result, wanted: str) -> StudyError:
    """That something else stands in place of a file or a folder."""
    if is_link(found):
        said = "this is a link, and links in a study are not followed: what they lead to may lie outside its folder"
        return refusal(path, "link", said, f"Put the {wanted} itself here.", line=1)
    said = f"this is a {_KINDS.get(stat.S_IFMT(found.st_mode), 'device')}, and a {wanted} should stand here"
    return refusal(path, "not-a-file", said, f"Move it away, and put the {wanted} there again.", line=1)
