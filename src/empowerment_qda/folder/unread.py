"""Files that look like material of the study and that nothing reads: in the folders of sources, codings and memos."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path, PurePosixPath

from empowerment_qda.folder.border import is_folder, look, walk
from empowerment_qda.model.source import Source

# What people and systems leave beside their material, by the name before the first dot and by the ending.
BESIDE = {"authors", "changelog", "citation", "copying", "desktop", "icon\r", "licence", "license", "notice", "readme", "thumbs"}  # fmt: skip
LEFTOVER = {".bak", ".license", ".lock", ".tmp"}
YAML = {".yml", ".yaml"}
WANTED = {"codings": YAML, "codebooks": {".yml"}, "memos": YAML | {".md", ".markdown", ".txt"}}


def find_unread(
    root: Path, patterns: Iterable[str], sources: Collection[Source], read: Collection[str]
) -> list[str]:
    """Paths from the root, sorted: what stands in `data/` or in a folder that a pattern names and is not among `read`.

    Original and recording of a source stand beside it under its name, and are passed over; so are hidden files and
    links to folders.
    """
    names = {name.casefold() for one in sources for name in (one.id, PurePosixPath(one.path).stem)}
    folders = {"data", *map(_folder_of, patterns)} - {""}
    found = {path for folder in folders for path in _walk(root, folder) if _is_material(path, names)}
    found |= {
        path
        for folder, endings in WANTED.items()
        for path in _walk(root, folder)
        if Path(path).suffix.lower() in endings
    }
    if look(root, "findings.yml"):
        found.add("findings.yml")
    # A name that is no UTF-8 could not be printed.
    return sorted(os.fsencode(path).decode("utf-8", "replace") for path in found.difference(read))


def find_mistake(root: Path, pattern: str, unread: Iterable[str]) -> str | None:
    """What a pattern that no file matches may have meant, empty where it is anyone's guess; None where it may just wait.

    A method without material yet is no mistake. One is a file that is missing, a folder of files that nothing reads,
    and a folder that is missing beside another of nearly its name.
    """
    folder = PurePosixPath(_folder_of(pattern))
    if not _is_wild(pattern):
        return ""
    if is_folder(root, str(folder)):
        return "" if any(PurePosixPath(path).is_relative_to(folder) for path in unread) else None
    missing = next(one for one in (*reversed(folder.parents), folder) if not is_folder(root, str(one)))
    try:
        with os.scandir(root / missing.parent) as entries:
            beside = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
    except OSError:
        return None
    close = get_close_matches(
        missing.name.casefold(), {one.casefold(): one for one in beside}, n=1, cutoff=0.7
    )
    return next((str(missing.parent / one) for one in beside if one.casefold() in close), None)


def _is_wild(part: str) -> bool:
    return bool(set(part) & set("*?["))


def _folder_of(pattern: str) -> str:
    """The folder that a pattern names, without its wildcards; empty for the study's folder itself."""
    parts = PurePosixPath(pattern).parts[:-1]
    return "/".join(takewhile(lambda part: not _is_wild(part), parts))


def _walk(root: Path, folder: str) -> Iterator[str]:
    """Every file below a folder that is neither hidden nor plainly something else than material."""
    for path in walk(root, folder):
        name = path.rpartition("/")[2]
        known = name.partition(".")[0].casefold() in BESIDE or Path(name).suffix.lower() in LEFTOVER
        if not known and not name.startswith("~$") and not name.endswith("~"):
            yield path


def _is_material(path: str, names: Collection[str]) -> bool:
    """Whether a file in a folder of sources could be one, and is not the original of one under its name."""
    file = PurePosixPath(path)
    return file.suffix.lower() in YAML or file.stem.casefold() not in names
