"""The study folder, read: every file against its model, every problem at once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import ValidationError

from empowerment_qda.checks import FOUNDATIONS, Check, require
from empowerment_qda.files.border import find, is_folder, open_file, open_own
from empowerment_qda.files.names import find_mistake, find_unread
from empowerment_qda.files.schema import explain
from empowerment_qda.files.yaml import MAX_BYTES, decode, find_places, parse_yaml, refuse_size
from empowerment_qda.model.base import FORMAT, FileNoun
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.model.coding import Codings, Memo
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.source import Source, natural
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError

SETTINGS = "qda.yaml"
FINDINGS = "findings.yaml"
CODINGS = "codings/*/*.yaml"
MEMOS = "memos/*.md"
N = TypeVar("N", bound=FileNoun)
Globbed = tuple[tuple[str, int], str, list[str]]
Progress = Callable[[str, int, int], None]


def find_study(start: Path) -> Path:
    """The nearest folder upward that holds a qda.yaml; StudyError where there is none."""
    for folder in (start, *start.resolve().parents):
        if os.path.lexists(folder / SETTINGS):
            return folder
    if (start / "qda.yml").is_file():
        raise StudyError([Problem(Place(str(start / "qda.yml")), "no-study", "the settings of a study are read from qda.yaml",
                                  f"Call it {SETTINGS}.")])  # fmt: skip
    raise StudyError([Problem(Place(str(start)), "no-study", f"there is no {SETTINGS} here or in a folder above",
                              "Change to a study's folder, name one with --study DIR, or make one with `qda init`.")])  # fmt: skip


def read_study(root: Path) -> Study:
    """All files of the study at `root`; StudyError with every problem of every file, lines filled in."""
    problems: list[Problem] = []
    study = _read_all(root, problems)
    if problems or study is None:
        raise StudyError(locate(problems, root))
    return study


def _read_all(root: Path, problems: list[Problem]) -> Study | None:
    settings = _read(root, SETTINGS, Settings, problems)
    if settings is None:
        return None
    codebook = _read_codebook(root, settings.codebook, problems)
    globbed = _glob_sources(root, settings, problems)
    sources = _read_sources(root, settings, globbed, problems)
    codings = [_read(root, path, Codings, problems) for path in _glob(root, [CODINGS])]
    has_findings = os.path.lexists(root / FINDINGS)
    findings = _read(root, FINDINGS, Findings, problems) if has_findings else Findings()
    memos = [_read_memo(root, path, problems) for path in _glob(root, [MEMOS])]
    if problems or codebook is None or findings is None:
        return None
    patterns = [one for _, one, _ in globbed]
    read = {
        SETTINGS,
        settings.codebook,
        codebook.cue_path or SETTINGS,
        *(one.path for one in (*sources, *codings, *memos) if one),
    }
    unread = find_unread(root, patterns, sources, read)
    idle = [(*key, find_mistake(root, pattern, unread)) for key, pattern, paths in globbed if not paths]
    return Study(
        settings, codebook, tuple(sources), tuple(one for one in codings if one), findings,
        tuple(memo for memo in memos if memo), tuple(unread),
        tuple((method, number, near) for method, number, near in idle if near is not None),
    )  # fmt: skip


def _read_codebook(root: Path, path: str, problems: list[Problem]) -> Codebook | None:
    """The codebook with the cues of the file that it names."""
    book = _read(root, path, Codebook, problems)
    if book is None or book.cue_path is None:
        return book
    cues = _read(root, book.cue_path, CueFile, problems, path)
    return book.with_cues(cues) if cues else None


def read_codings(root: Path) -> dict[str, Codings | None]:
    """Every codings file by its path; None where it cannot be read."""
    return {path: _read(root, path, Codings, []) for path in _glob(root, [CODINGS])}


def _glob_sources(root: Path, settings: Settings, problems: list[Problem]) -> list[Globbed]:
    """Each pattern under `sources` that stays inside the folder, with the files that match it."""
    found: list[Globbed] = []
    for method, patterns in settings.sources.items():
        for number, pattern in enumerate(patterns):
            try:
                found.append(((method, number), pattern, _glob(root, [pattern])))
            except StudyError:
                problems.append(
                    Problem(Place(SETTINGS, ("sources", method)), "outside", f"`{pattern}` leads out of the study's folder",
                            "Keep the sources inside the folder and write the path from there.")
                )  # fmt: skip
    return found


def list_files(root: Path, settings: Settings) -> list[str]:
    """The paths of all files that the study is read from, whether they are there or not."""
    globbed = _glob_sources(root, settings, [])
    found = [
        *(path for _, _, paths in globbed for path in paths),
        *_glob(root, [CODINGS, MEMOS]),
        *_list_cues(root, settings),
    ]
    return list(dict.fromkeys([SETTINGS, settings.codebook, FINDINGS, *found]))


def _list_cues(root: Path, settings: Settings) -> list[str]:
    """The files of cues beside the codebook."""
    try:
        return _glob(root, [(Path(settings.codebook).parent / "*.cues.yaml").as_posix()])
    except StudyError:  # the path leads out; reading the codebook says so
        return []


def _read_sources(
    root: Path, settings: Settings, globbed: Iterable[Globbed], problems: list[Problem]
) -> list[Source]:
    """Sources in the order of their patterns, each once; the method of the pattern is that of a file that names none."""
    by_method: dict[str, set[str]] = defaultdict(set)
    for (method, _), _, paths in globbed:
        by_method[method].update(paths)
    methods: dict[str, str] = {}
    for method, matched in by_method.items():
        for path in sorted(matched, key=lambda path: (natural(path), path)):
            methods.setdefault(path, method)
    sources = []
    for path, method in methods.items():
        source = _read(root, path, Source, problems)
        if source:
            source = source if source.method else source.model_copy(update={"method": method})
            sources.append(source.counting_as(settings.kind_of(source.method)))
    return sources


def _glob(root: Path, patterns: Sequence[str]) -> list[str]:
    """Files that match, as paths relative to the root, in natural order; hidden files are left out. What is called like
    a file and is none stays in, so that reading it says so."""
    inside = {
        path
        for pattern in patterns
        for path in find(root, pattern)
        if path.endswith((".yaml", ".yml", ".md")) or not is_folder(root, path)
        if not path.rpartition("/")[2].startswith(".")
    }
    return sorted(inside, key=lambda path: (natural(path), path))


def read_bytes(root: Path, path: str, referred: str = "") -> bytes:
    """The bytes of a study file (at most MAX_BYTES); StudyError where it cannot be read."""
    raw = read_if_there(root, path)
    if raw is None:
        raise _no_file(path, f" in {referred}" if referred else "")
    return raw


def read_if_there(root: Path, path: str, most: int = MAX_BYTES) -> bytes | None:
    """The bytes of a study file; None where nothing stands there. StudyError where it cannot be read, is no plain file
    inside the study's folder, or has more than `most` bytes."""
    try:
        with open_file(root, path) as file:
            return _read_most(file, path, most)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _no_access(path, error) from None


def read_own(path: Path, root: Path | None = None) -> bytes:
    """The bytes of a file that the user names (at most MAX_BYTES). It may lie anywhere; what lies in the study at `root` is
    the study's all the same. StudyError where it cannot be read."""
    if root is not None and (inside := find_inside(path, root)):
        return read_bytes(root, inside)
    try:
        with open_own(path) as file:
            return _read_most(file, str(path), MAX_BYTES)
    except FileNotFoundError:
        raise _no_file(str(path)) from None
    except OSError as error:
        raise _no_access(str(path), error) from None


def find_inside(path: Path, root: Path) -> str | None:
    """The path from the root of the study of what the user names; None where it lies elsewhere."""
    whole = Path(os.path.abspath(path))
    bases = (Path(os.path.abspath(root)), root.resolve())
    return next((whole.relative_to(one).as_posix() for one in bases if whole.is_relative_to(one)), None)


def _read_most(file: BinaryIO, path: str, most: int) -> bytes:
    refuse_size(os.fstat(file.fileno()).st_size, path, most)
    raw = file.read(most + 1)  # a file may grow meanwhile, and some say that they are empty
    refuse_size(len(raw), path, most)
    return raw


def _no_file(path: str, where: str = "") -> StudyError:
    hint = f"Create it, or correct the path{where}."
    return StudyError([Problem(Place(path), "no-file", "there is no such file", hint)])


def _no_access(path: str, error: OSError) -> StudyError:
    said = f"the file cannot be read ({error.strerror})"
    return StudyError([Problem(Place(path), "no-file", said, "Check its permissions.")])


def _read(
    root: Path, path: str, model: type[N], problems: list[Problem], referred: str = SETTINGS
) -> N | None:
    """One file as a noun; its problems go to `problems`. `referred` is the file that names it."""
    try:
        text = decode(read_bytes(root, path, "" if path == SETTINGS else referred), path)
        return parse_file(text, path, model)
    except StudyError as error:
        problems.extend(error.problems)
        return None


def parse_file(text: str, path: str, model: type[N]) -> N:
    """YAML text to a noun; StudyError with every problem of the file."""
    return _validate(parse_yaml(text, path), path, model)


def _validate(value: Any, path: str, model: type[N]) -> N:
    if value is None or not isinstance(value, dict):
        what = "the file is empty" if value is None else "the file should be a mapping (`key: value` lines)"
        raise StudyError(
            [Problem(Place(path), "empty", what, "Compare it with an example that `qda init` makes.")]
        )
    value = _without_empty(value)
    _refuse_newer(value.get("format"), path)
    try:
        return model.model_validate(value, context={"path": path})
    except ValidationError as error:
        raise StudyError(explain(error, model, value, path)) from None


def _refuse_newer(said: Any, path: str) -> None:
    """StudyError for a file of a format that only a later version reads: its keys and values may mean something else."""
    if isinstance(said, str) and said.isdecimal() and int(said) > FORMAT:
        message = (
            f"the file is of format {int(said)}, and this qda ({read_version()}) reads formats up to {FORMAT}"
        )
        hint = f"Install the version that reads format {int(said)}, which docs/upgrades.md names: `pip install --upgrade empowerment-qda`."
        raise StudyError([Problem(Place(path, ("format",)), "format", message, hint)])


def read_version(package: str = "empowerment-qda") -> str:
    """The version of an installed package; `?` where nobody knows."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """An empty value at the top means that the key is left out, as in `date:`."""
    return {key: one for key, one in value.items() if one is not None}


def _read_memo(root: Path, path: str, problems: list[Problem]) -> Memo | None:
    """A memo: YAML between two lines of `---`, then Markdown."""
    try:
        text = decode(read_bytes(root, path), path).replace("\r\n", "\n")
        if not text.startswith("---\n") or "\n---\n" not in text[4:] + "\n":
            raise StudyError([Problem(Place(path, (), 1), "front-matter", "the memo does not begin with front matter between two lines of `---`",
                                      "Begin it with `---`, `id: M01`, `---`.")])  # fmt: skip
        front, _, body = text[4:].partition("\n---\n")
        value = parse_yaml("\n" + front, path)
        fields = value if isinstance(value, dict) else {}
        return _validate({**fields, "text": body.strip()}, path, Memo)
    except StudyError as error:
        problems.extend(error.problems)
        return None


def locate(problems: Iterable[Problem], root: Path) -> tuple[Problem, ...]:
    """The same problems with the line of each key and what it is about, in the order of path and line."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.place.path].append(problem)
    located = [
        replace(problem, place=place)
        for path, own in by_path.items()
        for problem, place in zip(own, _places(root, path, [one.place for one in own]), strict=True)
    ]
    return tuple(
        sorted(
            located, key=lambda one: (one.place.path, one.place.line or 0, one.place.key.__repr__(), one.rule)
        )
    )


def _places(root: Path, path: str, places: list[Place]) -> list[Place]:
    """Places of one file with lines, and with the source, turn and coding that they are about.

    Of a file that cannot be read line 1, and the source that its place among the codings names.
    """
    parts = Path(path)
    source = parts.stem if parts.match("codings/*/*.yaml") else None
    unread = [replace(place, line=place.line or 1, source=source) for place in places]
    if all(place.line for place in places):
        return unread
    try:
        text = read_bytes(root, path).decode("utf-8-sig")
        if path.endswith(".md"):
            text = text.replace("\r\n", "\n")
            front, _, body = text[4:].partition("\n---\n")
            top = text.count("\n", 0, len(text) - len(body.lstrip())) + 1
            places = [_in_body(place, top) for place in places]
            text = "\n" + front
        return find_places(text, places)
    except Exception:
        return unread


def _in_body(place: Place, top: int) -> Place:
    """The place with its line where its key is `text` and the number of a line (from 0) below the top of a memo's text."""
    match place.key:
        case ("text", int(number)):
            return replace(place, line=top + number)
    return place


def open_study(folder: Path | None, checks: tuple[Check, ...] = FOUNDATIONS) -> tuple[Path, Study]:
    """The study's root and the study; StudyError with lines where it cannot be used."""
    root = find_study(folder or Path())
    study = read_study(root)
    require_sound(root, study, checks)
    return root, study


def require_sound(root: Path, study: Study, checks: tuple[Check, ...]) -> None:
    """StudyError with lines where a check finds problems."""
    try:
        require(study, checks)
    except StudyError as error:
        raise StudyError(locate(error.problems, root)) from None
