"""Whether anybody else has touched a study's files while they are open: told by size and times, before they are read."""

from __future__ import annotations

import time
from pathlib import Path

from empowerment_qda.folder.border import look
from empowerment_qda.folder.read import list_files
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.study import Settings, Study

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
