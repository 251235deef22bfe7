"""The study folder, read: every file against its model, every problem at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from empowerment_qda.folder.explain import explain
from empowerment_qda.folder.yaml import decode, find_lines, parse_yaml, refuse_size
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.memo import Memo
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError

SETTINGS = "qda.yaml"
FINDINGS = "findings.yaml"
CODINGS = "codings/*/*.yaml"
MEMOS = "memos/*.md"
N = TypeVar("N", bound=FileNoun)
Progress = Callable[[str, int, int], None]


def find_study(start: Path) -> Path:
    """The nearest folder upward that holds a qda.yaml; StudyError where there is none."""
    for folder in (start, *start.resolve().parents):
        if (folder / SETTINGS).is_file():
            return folder
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
    codebook = _read(root, settings.codebook, Codebook, problems)
    sources = [source for source in _read_sources(root, settings, problems) if source]
    codings = [_read(root, path, Codings, problems) for path in _glob(root, [CODINGS])]
    has_findings = (root / FINDINGS).exists()
    findings = _read(root, FINDINGS, Findings, problems) if has_findings else Findings()
    memos = [_read_memo(root, path, problems) for path in _glob(root, [MEMOS])]
    if problems or codebook is None or findings is None:
        return None
    return Study(
        settings, codebook, tuple(sources), tuple(one for one in codings if one), findings,
        tuple(memo for memo in memos if memo),
    )  # fmt: skip


def _read_sources(root: Path, settings: Settings, problems: list[Problem]) -> Iterator[Source | None]:
    """Sources in the order of their globs; the method of the glob is the method of a file that names none."""
    seen: set[str] = set()
    for method, patterns in settings.sources.items():
        outside = [one for one in patterns if _leads_out(one)]
        problems += (
            Problem(Place(SETTINGS, ("sources", method)), "outside", f"`{one}` leads out of the study's folder",
                    "Keep the sources inside the folder and write the path from there.")
            for one in outside
        )  # fmt: skip
        inside = [one for one in patterns if one not in outside]
        for path in _glob(root, inside):
            if path not in seen:
                seen.add(path)
                source = _read(root, path, Source, problems)
                yield source if source is None or source.method else _with_method(source, method)


def list_files(root: Path, settings: Settings) -> list[str]:
    """The paths of all files that the study is read from, whether they are there or not."""
    patterns = [one for many in settings.sources.values() for one in many if not _leads_out(one)]
    found = _glob(root, [*patterns, CODINGS, MEMOS])
    return list(dict.fromkeys([SETTINGS, settings.codebook, FINDINGS, *found]))


def _leads_out(pattern: str) -> bool:
    return Path(pattern).is_absolute() or ".." in Path(pattern).parts


def _with_method(source: Source, method: str) -> Source:
    return source.model_copy(update={"method": method})


def _glob(root: Path, patterns: Sequence[str]) -> list[str]:
    """Files that match, as paths relative to the root, sorted; hidden files are left out."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(root).as_posix() for path in found if not path.name.startswith("."))


def read_bytes(root: Path, path: str, referred: str = "") -> bytes:
    """The bytes of a study file (at most MAX_BYTES); StudyError where it cannot be read."""
    try:
        refuse_size((root / path).stat().st_size, path)
        return (root / path).read_bytes()
    except FileNotFoundError:
        raise StudyError([Problem(Place(path), "no-file", "there is no such file",
                                  f"Create it, or correct the path{' in ' + referred if referred else ''}.")]) from None  # fmt: skip
    except OSError as error:
        raise StudyError([Problem(Place(path), "no-file", f"the file cannot be read ({error.strerror})",
                                  "Check its permissions.")]) from None  # fmt: skip


def _read(root: Path, path: str, model: type[N], problems: list[Problem]) -> N | None:
    """One file as a noun; its problems go to `problems`."""
    try:
        text = decode(read_bytes(root, path, "" if path == SETTINGS else SETTINGS), path)
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
    try:
        return model.model_validate(value, context={"path": path})
    except ValidationError as error:
        raise StudyError(explain(error, model, value, path)) from None


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
    """The same problems with the line of each key, in the order of path and line."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.place.path].append(problem)
    located: list[Problem] = []
    for path in sorted(by_path):
        waiting = [problem for problem in by_path[path] if problem.place.line is None]
        located += [problem for problem in by_path[path] if problem.place.line is not None]
        lines = _lines(root, path, waiting) if waiting else []
        located += [
            replace(one, place=replace(one.place, line=line))
            for one, line in zip(waiting, lines, strict=True)
        ]
    return tuple(
        sorted(
            located, key=lambda one: (one.place.path, one.place.line or 0, one.place.key.__repr__(), one.rule)
        )
    )


def _lines(root: Path, path: str, problems: list[Problem]) -> list[int]:
    """The lines of keys; 1 where the file cannot be read again (it may be missing)."""
    try:
        text = (root / path).read_bytes().decode("utf-8-sig")
        if path.endswith(".md"):
            text = "\n" + text[4:].partition("\n---\n")[0]
        return find_lines(text, [problem.place.key for problem in problems])
    except Exception:
        return [1] * len(problems)
