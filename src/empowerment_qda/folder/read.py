"""The study folder, read: every file against its model, every problem at once."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from empowerment_qda.folder.explain import explain
from empowerment_qda.folder.unread import find_mistake, find_unread
from empowerment_qda.folder.yaml import MAX_BYTES, decode, find_places, parse_yaml, refuse_size
from empowerment_qda.model.base import FORMAT, FileNoun
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.memo import Memo
from empowerment_qda.model.source import Source, natural
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError

SETTINGS = "qda.yaml"
FINDINGS = "findings.yaml"
CODINGS = "codings/*/*.yaml"
NOWHERE = "a link that leads nowhere"
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
    if _leads_out(book.cue_path):
        problems.append(Problem(Place(path, ("cues",)), "outside", f"`{book.cues}` leads out of the study's folder",
                                "Keep the cues in a file beside the codebook."))  # fmt: skip
        return None
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
            if _leads_out(pattern):
                problems.append(
                    Problem(Place(SETTINGS, ("sources", method)), "outside", f"`{pattern}` leads out of the study's folder",
                            "Keep the sources inside the folder and write the path from there.")
                )  # fmt: skip
            else:
                found.append(((method, number), pattern, _glob(root, [pattern])))
    return found


def _leads_out(pattern: str) -> bool:
    return Path(pattern).is_absolute() or ".." in Path(pattern).parts


def list_files(root: Path, settings: Settings) -> list[str]:
    """The paths of all files that the study is read from, whether they are there or not."""
    patterns = [one for many in settings.sources.values() for one in many if not _leads_out(one)]
    beside = Path(settings.codebook).parent / "*.cues.yaml"
    found = _glob(
        root, [*patterns, CODINGS, MEMOS, *([] if _leads_out(str(beside)) else [beside.as_posix()])]
    )
    return list(dict.fromkeys([SETTINGS, settings.codebook, FINDINGS, *found]))


def _read_sources(
    root: Path, settings: Settings, globbed: Iterable[Globbed], problems: list[Problem]
) -> list[Source]:
    """Sources in the order of their patterns, each once; the method of the pattern is that of a file that names none."""
    by_method: dict[str, set[str]] = defaultdict(set)
    for (method, _), _, paths in globbed:
        by_method[method].update(paths)
    methods: dict[str, str] = {}
    for method, matched in by_method.items():
        for path in sorted(matched, key=natural):
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
    matches = {path for pattern in patterns for path in root.glob(pattern)}
    found = [path for path in matches if path.suffix in (".yaml", ".yml", ".md") or path.is_file()]
    inside = (path.relative_to(root).as_posix() for path in found if not path.name.startswith("."))
    return sorted(inside, key=lambda path: (natural(path), path))


def read_bytes(root: Path, path: str, referred: str = "") -> bytes:
    """The bytes of a study file (at most MAX_BYTES); StudyError where it cannot be read."""
    raw = read_if_there(root, path, MAX_BYTES)
    if raw is None:
        raise StudyError([Problem(Place(path), "no-file", "there is no such file",
                                  f"Create it, or correct the path{' in ' + referred if referred else ''}.")])  # fmt: skip
    return raw


def read_if_there(root: Path, path: str, most: int | None = None) -> bytes | None:
    """The bytes of a file; None where nothing stands there. StudyError where it cannot be read, is no file (a pipe would
    be waited for without end), or has more than `most` bytes."""
    try:
        found = (root / path).stat()
        if what := _say_kind(found.st_mode):
            raise StudyError([_no_file(path, what)])
        if most is not None:
            refuse_size(found.st_size, path)
        return (root / path).read_bytes()
    except FileNotFoundError:
        if os.path.lexists(root / path):
            raise StudyError([_no_file(path, NOWHERE)]) from None
        return None
    except OSError as error:
        raise StudyError([Problem(Place(path), "no-file", f"the file cannot be read ({error.strerror})",
                                  "Check its permissions.")]) from None  # fmt: skip


def _say_kind(mode: int) -> str | None:
    """What stands there in place of a file; None for a file."""
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    named = (what for is_kind, what in kinds if is_kind(mode))
    return None if stat.S_ISREG(mode) else next(named, "a device")


def _no_file(path: str, what: str) -> Problem:
    hint = "Move it away, and put the file there again."
    return Problem(Place(path, (), 1), "not-a-file", f"this is {what}, and a file should stand here", hint)


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
        text = (root / path).read_bytes().decode("utf-8-sig")
        if path.endswith(".md"):
            text = "\n" + text[4:].partition("\n---\n")[0]
        return find_places(text, places)
    except Exception:
        return unread
