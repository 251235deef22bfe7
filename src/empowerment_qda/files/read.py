"""The study folder, read: every file against its model, every problem at once."""

from __future__ import annotations

import hashlib
import os
import platform
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
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
from empowerment_qda.model.consent import Consent
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.source import Source, natural
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError, refusal

SETTINGS = "qda.yaml"
FINDINGS = "findings.yaml"
CONSENT = "consent.yaml"
CODINGS = "codings/*/*.yaml"
MEMOS = "memos/*.md"
PROGRAMS = ("empowerment-qda", "pydantic", "PyYAML", "numpy", "Babel", "snowballstemmer", "Jinja2")
"""What results depend on, besides Python."""
N = TypeVar("N", bound=FileNoun)
Globbed = tuple[tuple[str, int], str, list[str]]


def find_study(start: Path) -> Path:
    """The nearest folder upward that holds a qda.yaml; StudyError where there is none."""
    for folder in (start, *start.resolve().parents):
        if os.path.lexists(folder / SETTINGS):
            return folder
    if (other := start / "qda.yml").is_file():
        said = "the settings of a study are read from qda.yaml"
        raise refusal(str(other), "no-study", said, f"Call it {SETTINGS}.")
    hint = "Change to a study's folder, name one with --study DIR, or make one with `qda init`."
    raise refusal(str(start), "no-study", f"there is no {SETTINGS} here or in a folder above", hint)


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
    codings = _read_each(root, CODINGS, Codings, problems)
    has_findings = os.path.lexists(root / FINDINGS)
    findings = _read(root, FINDINGS, Findings, problems) if has_findings else Findings()
    memos = _read_each(root, MEMOS, Memo, problems)
    consent = _read(root, CONSENT, Consent, problems) if os.path.lexists(root / CONSENT) else None
    if problems or codebook is None or findings is None:
        return None
    read = {one.path for one in (*sources, *codings, *memos)}
    read |= {SETTINGS, settings.codebook, codebook.cue_path or SETTINGS}
    unread = find_unread(root, [pattern for _, pattern, _ in globbed], sources, read)
    idle = ((*key, find_mistake(root, pattern, unread)) for key, pattern, paths in globbed if not paths)
    mistaken = tuple((method, number, near) for method, number, near in idle if near is not None)
    renamed = tuple(one.renamed(codebook.former) for one in codings)
    return Study(settings, codebook, sources, renamed, findings, memos, consent, tuple(unread), mistaken)


def _read_each(root: Path, pattern: str, model: type[N], problems: list[Problem]) -> tuple[N, ...]:
    """Every file that a pattern matches and that can be read."""
    return tuple(one for path in _glob(root, [pattern]) if (one := _read(root, path, model, problems)))


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
                said = f"`{pattern}` leads out of the study's folder"
                hint = "Keep the sources inside the folder and write the path from there."
                problems.append(Problem(Place(SETTINGS, ("sources", method)), "outside", said, hint))
    return found


def list_files(root: Path, settings: Settings) -> list[str]:
    """The paths of all files that the study is read from, whether they are there or not."""
    found = [path for _, _, paths in _glob_sources(root, settings, []) for path in paths]
    found += _glob(root, [CODINGS, MEMOS])
    with suppress(StudyError):  # the codebook's path may lead out; reading it says so
        found += _glob(root, [(Path(settings.codebook).parent / "*.cues.yaml").as_posix()])
    return list(dict.fromkeys([SETTINGS, settings.codebook, FINDINGS, CONSENT, *found]))


def _read_sources(
    root: Path, settings: Settings, globbed: Iterable[Globbed], problems: list[Problem]
) -> tuple[Source, ...]:
    """Sources in the order of their patterns, each once; the method of the pattern is that of a file that names none."""
    by_method: dict[str, list[str]] = defaultdict(list)
    for (method, _), _, paths in globbed:
        by_method[method] += paths
    methods: dict[str, str] = {}
    for method, matched in by_method.items():
        for path in _in_order(matched):
            methods.setdefault(path, method)
    sources = []
    for path, method in methods.items():
        if source := _read(root, path, Source, problems):
            source = source if source.method else source.model_copy(update={"method": method})
            sources.append(source.counting_as(settings.kind_of(source.method)))
    return tuple(sources)


def _in_order(paths: Iterable[str]) -> list[str]:
    return sorted(paths, key=lambda path: (natural(path), path))


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
    return _in_order(inside)


def read_bytes(root: Path, path: str, referred: str = "", most: int = MAX_BYTES) -> bytes:
    """The bytes of a study file (at most `most`); StudyError where it cannot be read."""
    raw = read_if_there(root, path, most)
    if raw is None:
        raise _no_file(path, f" in {referred}" if referred else "")
    return raw


def read_if_there(root: Path, path: str, most: int = MAX_BYTES) -> bytes | None:
    """The bytes of a study file; None where nothing stands there. StudyError where it cannot be read, is no plain file
    inside the study's folder, or has more than `most` bytes."""
    return _read_most(lambda: open_file(root, path), path, most)


def read_own(path: Path, root: Path | None = None, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file that the user names (at most `most`). It may lie anywhere; what lies in the study at `root` is
    the study's all the same. StudyError where it cannot be read."""
    if root is not None and (inside := find_inside(path, root)):
        return read_bytes(root, inside, most=most)
    raw = _read_most(lambda: open_own(path), str(path), most)
    if raw is None:
        raise _no_file(str(path))
    return raw


def find_inside(path: Path, root: Path) -> str | None:
    """The path from the root of the study of what the user names; None where it lies elsewhere."""
    whole = Path(os.path.abspath(path))
    bases = (Path(os.path.abspath(root)), root.resolve())
    return next((whole.relative_to(one).as_posix() for one in bases if whole.is_relative_to(one)), None)


def _read_most(opening: Callable[[], BinaryIO], path: str, most: int) -> bytes | None:
    try:
        with opening() as file:
            refuse_size(os.fstat(file.fileno()).st_size, path, most)
            raw = file.read(most + 1)  # a file may grow meanwhile, and some say that they are empty
    except FileNotFoundError:
        return None
    except OSError as error:
        said = f"the file cannot be read ({error.strerror})"
        raise refusal(path, "no-file", said, "Check its permissions.") from None
    refuse_size(len(raw), path, most)
    return raw


def _no_file(path: str, where: str = "") -> StudyError:
    return refusal(path, "no-file", "there is no such file", f"Create it, or correct the path{where}.")


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
    """Text to a noun: YAML, or of a memo front matter and Markdown; StudyError with every problem of the file."""
    is_memo = model is Memo and path.endswith(".md")
    value = _parse_memo(text, path) if is_memo else parse_yaml(text, path)
    if not isinstance(value, dict):
        what = "the file is empty" if value is None else "the file should be a mapping (`key: value` lines)"
        raise refusal(path, "empty", what, "Compare it with an example that `qda init` makes.")
    # An empty value at the top means that the key is left out, as in `date:`.
    value = {key: one for key, one in value.items() if one is not None}
    _refuse_newer(value.get("format"), path)
    try:
        return model.model_validate(value, context={"path": path})
    except ValidationError as error:
        raise StudyError(explain(error, model, value, path)) from None


def _parse_memo(text: str, path: str) -> dict[str, Any]:
    """The keys of a memo, its text among them."""
    front, body = _split_memo(text)
    if body is None:
        said = "the memo does not begin with front matter between two lines of `---`"
        hint = "Begin it with `---`, `id: M01`, `---`."
        raise refusal(path, "front-matter", said, hint, line=1)
    value = parse_yaml(front, path)
    return {**(value if isinstance(value, dict) else {}), "text": body.strip()}


def _split_memo(text: str) -> tuple[str, str | None]:
    """The front matter of a memo, in its lines, and what stands below; None where it has no two lines of `---`."""
    whole = text.replace("\r\n", "\n")
    front, end, body = (whole + "\n" * (not whole.endswith("\n")))[4:].partition("\n---\n")
    return "\n" + front, body if end and whole.startswith("---\n") else None


def _refuse_newer(said: Any, path: str) -> None:
    """StudyError for a file of a format that only a later version reads: its keys and values may mean something else."""
    if isinstance(said, str) and said.isdecimal() and int(said) > FORMAT:
        message = (
            f"the file is of format {int(said)}, and this qda ({read_version()}) reads formats up to {FORMAT}"
        )
        hint = f"Install the version that reads format {int(said)}, which docs/upgrades.md names: `pip install --upgrade empowerment-qda`."
        raise refusal(path, "format", message, hint, key=("format",))


def read_version(package: str = "empowerment-qda") -> str:
    """The version of an installed package; `?` where nobody knows."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def locate(problems: Iterable[Problem], root: Path) -> tuple[Problem, ...]:
    """The same problems with the line of each key and what it is about, in the order of path and line."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.place.path].append(problem)
    located = (
        replace(problem, place=place)
        for path, own in by_path.items()
        for problem, place in zip(own, _places(root, path, [one.place for one in own]), strict=True)
    )
    return tuple(
        sorted(located, key=lambda one: (one.place.path, one.place.line or 0, repr(one.place.key), one.rule))
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
            front, body = _split_memo(text)
            above = (body or "")[: -len((body or "").lstrip()) or None]
            top = front.count("\n") + above.count("\n") + 3  # below the two lines of `---`
            places, text = [_in_body(place, top) for place in places], front
        return find_places(text, places)
    except Exception:
        return unread


def _in_body(place: Place, top: int) -> Place:
    """The place with its line where its key is `text` and the number of a line (from 0) below the top of a memo's text."""
    match place.key:
        case ("text", int(number)):
            return replace(place, line=top + number)
    return place


def enter_study(folder: Path | None) -> Path:
    """The study's root, with a change of several files that was cut short finished."""
    from empowerment_qda.files.journal import finish

    root = find_study(folder or Path())
    finish(root)
    return root


def open_study(folder: Path | None, checks: tuple[Check, ...] = FOUNDATIONS) -> tuple[Path, Study]:
    """The study's root and the study; StudyError with lines where it cannot be used."""
    root = enter_study(folder)
    study = read_study(root)
    require_sound(root, study, checks)
    return root, study


def require_sound(root: Path, study: Study, checks: tuple[Check, ...]) -> None:
    """StudyError with lines where a check finds problems."""
    try:
        require(study, checks)
    except StudyError as error:
        raise StudyError(locate(error.problems, root)) from None


def files_of(study: Study) -> Iterator[FileNoun]:
    """Every file that a study was read from."""
    cues = study.codebook.cue_file
    files = (
        study.settings,
        study.codebook,
        cues,
        *study.sources,
        *study.codings,
        study.findings,
        *study.memos,
        study.consent,
    )
    return (one for one in files if one and one.path)


def hash_inputs(
    root: Path, study: Study, fresh: Mapping[str, str] | None = None
) -> tuple[tuple[str, str], ...]:
    """Path and SHA-256 (hexadecimal) of every file that the results follow from, sorted by path.

    Codings of coders who do not count are left out. `fresh` holds the text of files that are about to be written.
    """
    counted = replace(study, codings=tuple(file for file in study.codings if file.coder in study.coders))
    found = []
    for path in sorted({file.path for file in files_of(counted)}):
        content = fresh[path].encode() if fresh and path in fresh else read_bytes(root, path)
        found.append((path, hashlib.sha256(content).hexdigest()))
    return tuple(found)


def read_versions() -> tuple[tuple[str, str], ...]:
    """Name and version of Python and of the packages that results depend on."""
    return (*((name, read_version(name)) for name in PROGRAMS), ("Python", platform.python_version()))
