"""Studies that come with the package, and a new study folder made from one: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from empowerment_qda.files.border import sync_folder
from empowerment_qda.files.read import SETTINGS, read_if_there
from empowerment_qda.files.schema import format_schemas
from empowerment_qda.problems import StudyError, refusal

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = ("empty", "medan")
IGNORE = """\
# suggestions: `qda code` makes them anew
/codings/auto/
# locks of who is coding
.lock
.codebook.lock
# what changes of codes wrote, to take them back; names and their pseudonyms
/.qda/
/pseudonyms.yaml
"""
"""What git need not keep of a study: its .gitignore."""


def find_shipped(name: str) -> Path:
    """The folder of a study that comes with the package; that of Medan is the repository's root, where it is not installed."""
    inside = PACKAGE / "studies" / name
    return inside if inside.is_dir() else PACKAGE.parents[1]


def gather_files(name: str) -> dict[str, bytes]:
    """All files of a shipped study, with the schemas: path from the study's root to content."""
    root = find_shipped(name)
    files = {path: (root / path).read_bytes() for path in list_shipped(name)}
    files |= {f"schemas/{name}": text.encode() for name, text in format_schemas().items()}
    return files | {".gitignore": IGNORE.encode()}


def list_shipped(name: str) -> list[str]:
    """The paths of a shipped study's files from its root. They are listed one by one: in a clone, other material may lie
    beside them that must not go out with the package."""
    listed = (PACKAGE / "studies/files.txt").read_text(encoding="utf-8").split("\n")
    return [path.removeprefix(f"{name}/") for path in listed if path.startswith(f"{name}/")]


def list_examples(root: Path) -> list[str]:
    """The files of a study that are still as `qda init` wrote them, its settings aside."""
    shipped = find_shipped("empty")
    return [one for one in list_shipped("empty") if one != SETTINGS and _is_as_shipped(root, shipped, one)]


def _is_as_shipped(root: Path, shipped: Path, path: str) -> bool:
    try:
        there = read_if_there(root, path)
    except StudyError:
        return False
    return there is not None and there.replace(b"\r\n", b"\n") == (shipped / path).read_bytes()


NEW = "Nothing was written. Name an empty or a new folder: `qda init DIR`."


def start_study(folder: Path, files: dict[str, bytes], hint: str = NEW) -> None:
    """Make a study folder of these files; StudyError names all that is in the way, with `hint` as the next step. A .gitignore
    that stands there stays.

    All or nothing: the files are written beside their places first and moved there last, so that a full
    disk or an interrupt leaves the folder as it was.
    """
    if os.path.lexists(folder / ".gitignore"):
        files = {path: content for path, content in files.items() if path != ".gitignore"}
    tops = list(dict.fromkeys(path.split("/")[0] for path in files))
    _require_room(folder, tops, hint)
    missing = [one for one in (folder, *folder.absolute().parents) if not one.exists()]
    moved: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".qda-init.", dir=folder))
        try:
            for path, content in files.items():
                (aside / path).parent.mkdir(parents=True, exist_ok=True)
                (aside / path).write_bytes(content)
            for top in tops:
                _move(aside / top, folder / top)
                moved.append(folder / top)
            sync_folder(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except BaseException:
        _undo(moved, missing)
        raise


def _require_room(folder: Path, tops: Iterable[str], hint: str) -> None:
    if folder.exists() and not folder.is_dir():
        said = "this is a file, and a study is a folder"
    else:
        taken = [f"`{top}`" for top in tops if _in_the_way(folder / top)]
        if not taken:
            return
        said = f"{', '.join(taken)} {'stands' if len(taken) == 1 else 'stand'} here already"
    raise refusal(str(folder), "in-the-way", said, hint)


def _in_the_way(path: Path) -> bool:
    """Whether a file or a folder that holds anything stands there."""
    if path.is_dir() and not path.is_symlink():
        return any(path.iterdir())
    return os.path.lexists(path)


def _move(source: Path, target: Path) -> None:
    if target.is_dir():  # an empty folder, which not every system replaces
        target.rmdir()
    source.rename(target)


def _undo(moved: Iterable[Path], made: Iterable[Path]) -> None:
    for path in moved:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    for folder in made:
        if folder.is_dir():
            folder.rmdir()
