"""A codebook as it was: another file, or the study's own at a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryDirectory

from empowerment_qda.files.border import find, find_program, is_folder, is_link, look, split_path, walk
from empowerment_qda.files.read import N, find_inside, parse_file, read_bytes, read_if_there, read_own
from empowerment_qda.files.yaml import decode, find_places, refuse_size
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.problems import StudyError, refusal

SECONDS = 60
OWN = "Only in a repository of your own: write the old file of {revision} to a file, and name that instead."
ELSE = "Name a file with an older codebook, or a git revision such as HEAD~1."


def read_old_codebook(root: Path, path: str, old: str) -> Codebook:
    """The codebook in the file `old`, from here or from the study; else the one at `path` in that git revision.

    StudyError with a sentence where there is neither, or where it cannot be read.
    """
    file = next((one for one in (Path(old), root / old) if _stands(one)), None)
    if file is None:
        return _read_book(path, lambda one: (_read_revision(root, one, old), f"{one} at {old}"))
    # What the file names lies in the study with it, or beside it.
    inside = find_inside(file, root)
    base, own = (root, inside) if inside else (file.parent, file.name)
    return _read_book(
        own, lambda one: (read_own(file, root), old) if one == own else (read_bytes(base, one), one)
    )


def _read_book(path: str, read: Callable[[str], tuple[bytes, str]]) -> Codebook:
    """A codebook with the cues of the file that it names; `read` gives the bytes of a file, and what it is called."""
    book = _parse(*read(path), Codebook)
    if book.cues is None:
        return book
    return book.with_cues(_parse(*read(str(book.at(path).cue_path)), CueFile))


def _stands(file: Path) -> bool:
    try:
        return os.path.lexists(file) and not os.path.isdir(file)
    except ValueError:  # a name that no file can have
        return False


def _parse(raw: bytes, name: str, model: type[N]) -> N:
    """The noun, or its problems with their lines: the file that is now on the disk may be another."""
    text = decode(raw, name)
    try:
        return parse_file(text, name, model)
    except StudyError as error:
        problems = error.problems
    if not all(one.place.line for one in problems):
        places = find_places(text, [one.place for one in problems])
        problems = tuple(replace(one, place=place) for one, place in zip(problems, places, strict=True))
    raise StudyError(problems)


def _read_revision(root: Path, path: str, revision: str) -> bytes:
    """The bytes of a file at a revision.

    git is handed the objects alone: beside them a repository of our own, with the names of revisions and without a line of
    configuration, so that nothing the folder says is run, fetched or read from elsewhere.
    """
    split_path(path)
    if revision.startswith("-") or ":" in revision or not revision.isprintable():
        raise _refuse(revision, f"`{revision}` is no file and no git revision")
    program = find_program("git")
    if program is None:
        raise _refuse(
            revision,
            f"there is no file `{revision}`, and git, which could know a revision of that name, is not installed",
        )
    whole = root.resolve()
    top = next((one for one in (whole, *whole.parents) if os.path.lexists(one / ".git")), None)
    if top is None:
        raise _refuse(revision, f"there is no file `{revision}`, and the study is in no git repository")
    if why := _say_odd(top):
        raise _refuse(
            revision, f"the git repository is not read: {why}", OWN.format(revision=revision, path=path)
        )
    inside = (whole / path).relative_to(top).as_posix()
    with TemporaryDirectory(prefix="qda-git-") as aside:
        _copy_names(top, Path(aside))
        env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        env |= {
            "GIT_DIR": aside, "GIT_OBJECT_DIRECTORY": str(top / ".git/objects"), "HOME": aside, "XDG_CONFIG_HOME": aside,
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
        }  # fmt: skip
        for what in ("-s", "blob"):  # how large it is, before it is held in memory
            command = [program, "cat-file", what, f"{revision}:{inside}"]
            try:
                done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=env, cwd=aside, timeout=SECONDS)  # fmt: skip
            except subprocess.TimeoutExpired:
                raise _refuse(revision, f"git needs more than {SECONDS} seconds for `{revision}`") from None
            if done.returncode:
                raise _explain(done, path, revision)
            if what == "-s":
                refuse_size(int(done.stdout), f"{path} at {revision}")
    return done.stdout


def _say_odd(top: Path) -> str:
    """What in a repository leads, or could lead, out of it; nothing where all is plain."""
    if not is_folder(top, ".git"):
        return f"{top / '.git'} is no folder, but points elsewhere"
    if not is_folder(top, ".git/objects"):
        return "its objects lie elsewhere"
    if look(top, ".git/objects/info/alternates"):
        return "it borrows objects from another one"
    odd = [*find(top, ".git/objects/*"), *find(top, ".git/objects/*/*")]
    found = next((one for one in sorted(odd) if not _is_plain(top, one)), None)
    return f"{found} is no plain file" if found else ""


def _is_plain(top: Path, path: str) -> bool:
    found = look(top, path)
    return found is None or is_folder(top, path) or (S_ISREG(found.st_mode) and not is_link(found))


def _copy_names(top: Path, aside: Path) -> None:
    """The names of a repository's revisions, into an empty one; what is no plain file is left behind."""
    for folder in ("objects", "refs"):
        (aside / folder).mkdir()
    (aside / "HEAD").write_text("ref: refs/heads/main\n")
    (aside / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
    for path in (".git/HEAD", ".git/packed-refs", *walk(top, ".git/refs"), *walk(top, ".git/logs")):
        try:
            raw = read_if_there(top, path)
        except StudyError:
            continue
        if raw is not None and not path.startswith(".git/refs/replace/"):
            target = aside / path.removeprefix(".git/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)


def _explain(done: subprocess.CompletedProcess[bytes], path: str, revision: str) -> StudyError:
    """What git said, in words."""
    said = done.stderr.decode("utf-8", "replace").strip()
    if "exist" in said and path.rpartition("/")[2] in said:
        return _refuse(revision, f"at `{revision}` there was no {path}")
    if "bject name" in said:
        return _refuse(revision, f"there is no file and no git revision `{revision}`")
    line = said.splitlines()[0].removeprefix("fatal: ") if said else f"it ended with {done.returncode}"
    return _refuse(revision, f"git cannot read {path} at `{revision}`: {line}")


def _refuse(revision: str, message: str, hint: str = ELSE) -> StudyError:
    return refusal(revision, "no-revision", message, hint)
