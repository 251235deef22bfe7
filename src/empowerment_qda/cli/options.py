"""What commands share: their options, how they begin, and what they write and warn of at their end."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.checks import FOUNDATIONS, Check
from empowerment_qda.cli.console import banner, progress, set_wide, tell
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.border import find_program
from empowerment_qda.files.read import SETTINGS, open_study
from empowerment_qda.files.write import write_bytes, write_text
from empowerment_qda.labels import REASONS
from empowerment_qda.locale import LANGUAGES, list_words
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.source import Source, natural
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.text import inert

if TYPE_CHECKING:
    Language = str
else:  # the choices follow from the catalogs
    Language = StrEnum("Language", [(language, language) for language in reversed(LANGUAGES)])


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


LangOption = Annotated[
    Language | None,
    typer.Option("--lang", help="The language of the answer's sentences; else that of the study."),
]


StudyOption = Annotated[
    Path | None,
    typer.Option(
        "--study", metavar="DIR", help="The study's folder; else the nearest one upward with a qda.yaml."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the answer is printed.")]
AllOption = Annotated[
    bool, typer.Option("--all", help="Every problem on a terminal too, and not only a screen of them.")
]
SourcesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources; else all of them.")
]


def ask_wide(
    wide: Annotated[
        bool,
        typer.Option(
            "--wide",
            callback=set_wide,
            expose_value=False,
            help="All columns of a table, however narrow the terminal.",
        ),
    ] = False,
) -> None:
    """The option `--wide`, which every command that has a `--format` gets from `import_command`."""


def read_evidence(
    folder: Path | None, checks: tuple[Check, ...] = FOUNDATIONS
) -> tuple[Path, Study, Reduction]:
    """A study that these checks pass, its root before it and its evidence after it; StudyError where it cannot be used."""
    root, study = open_study(folder, checks)
    return root, study, reduce_study(study)


def choose_language(study: Study, wanted: str | None) -> Language:
    """The language of an answer: the one asked for, else that of the study where there is a catalog, else English."""
    language = wanted or study.settings.language
    return Language(language if language in LANGUAGES else "en")


def choose_sources(study: Study, ids: list[str] | None) -> tuple[Source, ...]:
    """The sources with these ids, or all; StudyError for an id that no source has."""
    if not ids:
        return study.sources
    unknown = [
        Problem(
            Place(SETTINGS, (), 1),
            "unknown-source",
            f"there is no source `{one}`",
            did_you_mean(one, study.by_id),
        )
        for one in ids
        if one not in study.by_id
    ]
    if unknown:
        raise StudyError(unknown)
    return tuple(study.by_id[one] for one in dict.fromkeys(ids))


def tell_doubts(reduction: Reduction) -> None:
    """Say loudly what weakens every number: suggestions that nobody accepted, words that were not found."""
    if reduction.only_auto:
        banner("No person has coded yet: everything below counts the machine's suggestions.")
    lost = sum(not one.placed for one in reduction.not_counted)
    if lost:
        banner(
            f"{lost} coding{'s' * (lost > 1)} cannot be placed and {'do' if lost > 1 else 'does'} not count: run `qda check`."
        )
    if withheld := {who for row in reduction.evidence for who in row.withheld}:
        number = len({row.passage for row in reduction.evidence if row.withheld})
        banner(
            f"The words of {list_words(sorted(withheld, key=natural), 'en')} are withheld in {number} "
            f"passage{'s' * (number > 1)}: consent.yaml does not allow them to be quoted. They are counted all the same."
        )
    reasons = Counter(one.reason for one in reduction.not_counted if one.placed)
    if reasons:
        number = sum(reasons.values())
        told = "; ".join(f"{REASONS[reason]} ({count})" for reason, count in reasons.items())
        banner(
            f"{number} coding{'s are' if number > 1 else ' is'} no informant's testimony and not counted: {told}."
        )


def write_reports(root: Path, files: Mapping[str, str | bytes], *, quiet: bool = False) -> None:
    """Write generated files under reports/, their text inert; each one whole, and only where it changed."""
    for name, text in files.items():
        path = f"reports/{name}"
        write_bytes(root, path, text) if isinstance(text, bytes) else write_text(root, path, inert(text))
        if not quiet:
            progress(f"  {root / path}")


@contextmanager
def edited(suffix: str, text: str = "") -> Iterator[str]:
    """The text that a person wrote in their editor ($VISUAL or $EDITOR), or made of the one that stands there first.

    Where what is done with it fails, the text stays in a file whose name is told.
    """
    handle, name = tempfile.mkstemp(prefix="qda-", suffix=suffix)
    os.close(handle)
    path = Path(name)
    try:
        path.write_text(text, encoding="utf-8")
        _open_editor(path)
        yield path.read_text(encoding="utf-8-sig")
    except BaseException:
        if path.exists() and path.stat().st_size:
            tell(f"What you wrote is kept in {path}")
        else:
            path.unlink(missing_ok=True)
        raise
    path.unlink()


def _open_editor(path: Path) -> None:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        program, *words = shlex.split(named, posix=os.name != "nt")
        if os.path.basename(program) == program:
            program = find_program(program) or ""
        done = subprocess.run([program, *words, str(path)], check=False)
    except (OSError, ValueError):
        raise _refuse(f"the editor `{named}` cannot be started") from None
    if done.returncode:
        raise _refuse(f"the editor `{named}` ended with an error")


def _refuse(said: str) -> StudyError:
    hint = "Name another in the variable EDITOR, or give the text behind the command, or `-` and the text on standard input."
    return StudyError([Problem(Place("editor"), "editor", said, hint)])
