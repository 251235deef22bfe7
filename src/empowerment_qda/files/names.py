"""Names of files and folders that another computer takes for something else, and copies that a cloud folder made."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path, PurePosixPath

from empowerment_qda.files.border import is_folder, look, open_file, walk
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError, refusal
from empowerment_qda.text import is_odd

FOLDERS = frozenset({"codings", "codebooks", "data", "memos"})
"""Where a study's files usually stand."""
FILES = (".yaml", ".yml", ".jsonl", ".md")
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in "123456789¹²³")}
)
_BARRED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')
_COPY = re.compile(
    r"""
    \ \(\d+\) |                                     # Google Drive, browsers: KS-01 (1).yaml
    \.sync-conflict-\d{8}-\d{6}(-\w+)? |            # Syncthing
    [ _-]\(?conflict(ed)?([ _-]copy)?\b[^/]* |      # Nextcloud, ownCloud and others: KS-01-conflict-20240501
    \ \([^()/]*\bconflict[^()/]*\) |                # Dropbox: KS-01 (Ani's conflicted copy 2024-05-01)
    \ \[conflict[^\]/]*\] |
    \ -\ (Copy|Salinan)(\ \(\d+\))? | \ copy(\ \d+)?  # Windows, macOS
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OWN_ID = re.compile(rb"^(?:id|source):[ \t]*(\S+)", re.MULTILINE)


def find_odd_names(root: Path, settings: Settings | None = None) -> Iterator[Problem]:
    """What is wrong with the names of the study's files and folders; each folder is looked at once. Of the root itself,
    YAML files and the folders that `settings` or usage name."""
    patterns = [one for globs in settings.sources.values() for one in globs] if settings else []
    tops = FOLDERS.union(
        one.split("/")[0] for one in (*patterns, settings.codebook if settings else "") if "/" in one
    )
    folders = [""]
    while folders:
        folder = folders.pop()
        names: list[str] = []
        try:
            with os.scandir(root / folder) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    if entry.name.startswith("."):
                        continue
                    is_folder = entry.is_dir(follow_symlinks=False)
                    if folder or (entry.name in tops if is_folder else entry.name.endswith(FILES[:2])):
                        names.append(entry.name)
                        folders += [f"{folder}{entry.name}/"] * is_folder
        except OSError as error:
            said, hint = f"the folder cannot be read ({error.strerror})", "Check its permissions."
            yield Problem(Place(folder or ".", (), 1), "no-file", said, hint)
        yield from _look_at(root, folder, names)


def _look_at(root: Path, folder: str, names: list[str]) -> Iterator[Problem]:
    known = frozenset(names)
    for name in names:
        if why := say_unportable(name):
            yield _problem(folder + name, "name-device", f"`{name}` {why}", "Give it another name, and use that wherever it is referred to.")  # fmt: skip
        if original := _original_of(root, folder, name, known):
            hint = (
                f"Compare it with {folder}{original}, take over what only the copy has, and delete the copy."
            )
            yield _problem(folder + name, "name-conflict", f"this seems to be a copy of `{original}` that a cloud folder or a copying program made; what was written into one of them is not in the other", hint)  # fmt: skip
    for twins in _find_twins(names):
        said = f"{_list(twins)} differ only in how their letters are written, and are one file on Windows and macOS"
        yield _problem(folder + twins[1], "name-case", said, "Give one of them another name.")


def _problem(path: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(Place(path, (), 1), rule, message, hint, "warning")


def say_unportable(name: str) -> str:
    """Why a name cannot stand on every system; nothing where it can.

    >>> say_unportable("aux.yaml"), say_unportable("KS-01.yaml")
    ('is the name of a device on Windows, where no file can be called so', '')
    """
    if name.split(".")[0].rstrip().upper() in DEVICES:
        return "is the name of a device on Windows, where no file can be called so"
    if is_odd(name):
        return "has a character that moves the cursor, turns the direction of writing or is not seen"
    if barred := _BARRED.search(name):
        sign = barred[0] if barred[0].isprintable() and barred[0] != " " else "a space or control character"
        return (
            f"has `{sign}` in a place where Windows allows none"
            if len(sign) == 1
            else f"has {sign} where Windows allows none"
        )
    return ""


def require_coder(coder: str) -> None:
    """StudyError where no person can code under this name."""
    said = f"`{coder}` cannot be the name of a coder"
    hint = "Use letters, digits, `-` and `_`, without spaces."
    if coder == AUTO:
        said, hint = (
            "`auto` is the machine, and no person codes under that name",
            "Name yourself: --coder NAME.",
        )
    elif why := say_unportable(coder):
        said = f"`{coder}` {why}"
    elif re.fullmatch(r"\w[\w.\-]*", coder):
        return
    raise refusal("codings", "coder", said, hint)


def _original_of(root: Path, folder: str, name: str, names: frozenset[str]) -> str | None:
    """The file that a name is a copy of; None where it seems to be none.

    A pattern of a cloud folder is enough; so is the name of a file beside it, a hyphen and more (OneDrive puts the
    computer's name there), where both say the same `id` or `source`.
    """
    path = PurePosixPath(name)
    found = _COPY.search(path.stem) or _COPY.search(name)
    if found:
        original = name[: found.start()] + name[found.end() :]
        numbered = path.suffix in FILES and any(sign.isdigit() for sign in found[0])
        return original if original in names or numbered else None
    parts = path.stem.split("-")
    for number in range(len(parts) - 1, 0, -1):
        original = "-".join(parts[:number]) + path.suffix
        if original in names and path.suffix in FILES[:2]:
            own = _own_id(root, folder + name)
            return original if own and own == _own_id(root, folder + original) else None
    return None


def _own_id(root: Path, path: str) -> bytes | None:
    with suppress(OSError, StudyError), open_file(root, path) as file:
        found = _OWN_ID.search(file.read(4096))
        return found[1] if found else None
    return None


def _find_twins(names: list[str]) -> Iterator[list[str]]:
    """Names that are one to a system which knows no case, or writes an accent in one way only."""
    same: dict[str, list[str]] = defaultdict(list)
    for name in names:
        same[unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())].append(name)
    return (twins for twins in same.values() if len(twins) > 1)


def _list(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def find_odd_ids(study: Study) -> Iterator[Problem]:
    """Ids of sources that cannot name the files of their codings on every system."""
    by_id = {source.id: source for source in study.sources}
    for one in study.sources:
        if why := say_unportable(f"{one.id}.yaml"):
            said = f"the id `{one.id}` {why}; codings/.../{one.id}.yaml would be"
            yield Problem(Place(one.path, ("id",)), "name-device", said, "Choose another id.", "warning")
    for twins in _find_twins(list(by_id)):
        said = f"the ids {_list(twins)} differ only in how their letters are written: the files of their codings are one on Windows and macOS"
        place = Place(by_id[twins[1]].path, ("id",))
        yield Problem(place, "name-case", said, "Give one of them another id.", "warning")


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
