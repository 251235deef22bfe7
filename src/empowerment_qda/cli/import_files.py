"""What `qda import` reads: the files and folders that are named, and the table that says more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from empowerment_qda.exchange import ENDINGS, Unreadable
from empowerment_qda.exchange.apart import read_apart
from empowerment_qda.exchange.sources import Given, read_people
from empowerment_qda.exchange.tables import read_named_rows
from empowerment_qda.files.read import read_own
from empowerment_qda.model.source import natural
from empowerment_qda.problems import Place, Problem, StudyError

T = TypeVar("T")
LARGEST = 100_000_000
"""Bytes of one file that is imported."""


def list_files(files: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    """The files named, and those in the folders named that can be transcripts."""
    for path in files:
        if not path.is_dir():
            yield path
            continue
        inside = [
            one
            for one in path.iterdir()
            if one.suffix.lower() in ENDINGS and not one.name.startswith((".", "~$"))
        ]
        if not inside:
            problems.append(
                Problem(
                    Place(str(path)),
                    "no-file",
                    "no file in this folder can be a transcript",
                    f"Looked for: {', '.join(ENDINGS)}.",
                )
            )
        yield from sorted(inside, key=lambda one: natural(one.name))


def read_file(path: Path, root: Path, problems: list[Problem], read: Callable[[str, bytes], T]) -> T | None:
    """What a reader makes of the name and the bytes of a file; None, and a problem more, where it cannot be read."""
    try:
        return read_apart(read, path.name, read_own(path, root, LARGEST))
    except StudyError as error:
        problems += error.problems
    except ModuleNotFoundError as error:
        problems.append(
            Problem(
                Place(str(path)),
                "extra",
                f"reading this kind of file needs `{error.name}`, which is not installed",
                "Install it with `pip install 'empowerment-qda[import]'`.",
            )
        )
    except Unreadable as error:
        problems.append(
            Problem(
                Place(str(path)),
                "import",
                f"it {error}",
                "Nothing was written. Open it in the program that made it, and save it anew.",
            )
        )
    return None


def read_table(path: Path, root: Path) -> dict[str, Given]:
    """What a table says of each file, by the file's name; StudyError where it cannot be read, or is unclear."""
    problems: list[Problem] = []
    read = read_file(path, root, problems, read_named_rows)
    if read is None:
        raise StudyError(problems)
    try:
        return read_people(read[0])
    except Unreadable as error:
        raise StudyError(
            [Problem(Place(str(path)), "import", f"this {error}", "Give a table with a row for each file.")]
        ) from None


def find_row(path: Path, rows: Mapping[str, Given], given: Given) -> Given:
    """What the table says of a file, where it says it; else what was said of all."""
    row = rows.get(path.name) or rows.get(path.stem)
    if row is None:
        return given
    return Given(
        row.interviewers or given.interviewers, row.informants or given.informants, row.type or given.type,
        row.method or given.method, row.date or given.date, row.attributes,
    )  # fmt: skip


def tell_people(
    rows: Mapping[str, Given], files: Sequence[Path], coming: Sequence[Path], people: Path | None
) -> Iterator[str]:
    """Where the table and the files do not fit: a file without a row, and a row without a file in the folders named."""
    if people is None:
        return
    names = {name for one in coming for name in (one.name, one.stem)}
    without = dict.fromkeys(one.name for one in coming if not {one.name, one.stem} & rows.keys())
    if without:
        yield f"Not in {people.name}: {', '.join(without)}"
    if any(one.is_dir() for one in files) and (gone := [one for one in rows if one not in names]):
        yield f"In {people.name}, and not among the files: {', '.join(gone)}"
