"""A codebook as it was: another file, or the study's own at a git revision."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from empowerment_qda.folder.read import N, parse_file, read_bytes
from empowerment_qda.folder.yaml import decode, find_places, refuse_size
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.problems import Place, Problem, StudyError

ELSE = "Name a file with an older codebook, or a git revision such as HEAD~1."


def read_old_codebook(root: Path, path: str, old: str) -> Codebook:
    """The codebook in the file `old`, from here or from the study; else the one at `path` in that git revision.

    StudyError with a sentence where there is neither, or where it cannot be read.
    """
    for folder in (Path(), root):
        if (folder / old).is_file():
            book = _parse(decode(read_bytes(folder, old), old), old, Codebook)
            cues = book.cue_path
            if cues is None or not (folder / cues).is_file():
                return book
            return book.with_cues(_parse(decode(read_bytes(folder, cues), cues), cues, CueFile))
    name = f"{path} at {old}"
    raw = _read_revision(root, path, old)
    refuse_size(len(raw), name)
    book = _parse(decode(raw, name), name, Codebook)
    if book.cues is None:
        return book
    beside = str(book.at(path).cue_path)
    raw, name = _read_revision(root, beside, old), f"{beside} at {old}"
    refuse_size(len(raw), name)
    return book.with_cues(_parse(decode(raw, name), name, CueFile))


def _parse(text: str, name: str, model: type[N]) -> N:
    """The noun, or its problems with their lines: the file that is now on the disk may be another."""
    try:
        return parse_file(text, name, model)
    except StudyError as error:
        if all(one.place.line for one in error.problems):
            raise
        places = find_places(text, [one.place for one in error.problems])
        raise StudyError(
            replace(one, place=place) for one, place in zip(error.problems, places, strict=True)
        ) from None


def _read_revision(root: Path, path: str, revision: str) -> bytes:
    """The bytes of a file at a revision, as git has them: nothing in the repository is run or changed."""
    if revision.startswith("-") or ":" in revision:
        raise _refuse(revision, f"`{revision}` is no file and no git revision")
    command = ["git", "-C", str(root), "cat-file", "blob", f"{revision}:./{path}"]
    try:
        done = subprocess.run(command, capture_output=True, env={**os.environ, "LC_ALL": "C"}, check=False)
    except FileNotFoundError:
        message = f"there is no file `{revision}`, and git, which could know a revision of that name, is not installed"
        raise _refuse(revision, message) from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise _refuse(revision, f"there is no file `{revision}`, and the study is in no git repository")
    if "exist" in said and path.rpartition("/")[2] in said:
        raise _refuse(revision, f"at `{revision}` there was no {path}")
    if "object name" in said:
        raise _refuse(revision, f"there is no file and no git revision `{revision}`")
    line = said.splitlines()[0].removeprefix("fatal: ") if said else f"it ended with {done.returncode}"
    raise _refuse(revision, f"git cannot read {path} at `{revision}`: {line}")


def _refuse(revision: str, message: str) -> StudyError:
    return StudyError([Problem(Place(revision), "no-revision", message, ELSE)])
