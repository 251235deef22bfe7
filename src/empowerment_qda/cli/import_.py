"""`qda import`: transcripts of other programs become sources of the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_problems, show_text, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.exchange import ENDINGS, Transcript, Unreadable, read_transcripts
from empowerment_qda.exchange.sources import (
    NOBODY,
    Given,
    Made,
    find_who_asks,
    make_id,
    make_source,
    read_people,
)
from empowerment_qda.exchange.tables import read_rows
from empowerment_qda.files.border import look
from empowerment_qda.files.read import open_study, read_own
from empowerment_qda.files.write import format_yaml, write_new
from empowerment_qda.model.source import UNSPOKEN, natural
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

LARGEST = 100_000_000
"""Bytes of one file that is imported."""
SCHEMA = "yaml-language-server: $schema=../../schemas/source.schema.json"


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Transcripts, or folders of them.")],
    interviewer: Annotated[
        list[str] | None,
        typer.Option(
            "--interviewer",
            metavar="NAME",
            help=f"A speaker who asks, as the file names them; `{NOBODY}` where nobody does.",
        ),
    ] = None,
    informant: Annotated[
        list[str] | None,
        typer.Option(
            "--informant",
            metavar="ID",
            help="The id of who is heard, or NAME=ID for each of several speakers.",
        ),
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="The type of the informant.")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--method", metavar="METHOD", help="How the material was made, as in qda.yaml."),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When: a day, a range, or a year.")
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option(
            "--people",
            metavar="TABLE",
            help="A table with a row a file: file, informant, type, date, interviewer, method; all else are attributes.",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: what cannot be told is a problem.")
    ] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Bring transcripts in: Word, OpenDocument, RTF, PDF, web pages, captions, ELAN, JSON, text and tables."""
    root, whole = open_study(study)
    rows = _read_people(people, root) if people else {}
    named = [one.rpartition("=")[::2] for one in informant or ()]  # Sari=KS, or KS alone
    given = Given(tuple(interviewer or ()), dict(named), type_, method, date)
    problems: list[Problem] = []
    made: list[tuple[Path, str, Made]] = []
    for path in _list_files(files, problems):
        said = _said_of(path, rows, given)
        folder, spoken = _find_folder(whole, said.method, problems)
        for transcript in _read(path, root, problems):
            id_ = make_id(path.stem if transcript.person is None else f"{path.stem}-{transcript.person}")
            if transcript.person:
                said = replace(said, informants=said.informants or {"": make_id(transcript.person)})
            asking, unclear = find_who_asks(transcript, said, str(path)) if spoken else ([], [])
            if unclear and not yes and at_terminal() and transcript.speakers:
                asking, unclear = _ask(path, transcript), []
            problems += unclear
            if not unclear:
                made.append(
                    (path, f"{folder}/{id_}.yaml", make_source(transcript, id_, said, asking, spoken=spoken))
                )
    problems += _find_taken(root, whole, [(path, target, one.id) for path, target, one in made])
    if not problems:
        problems = [
            Problem(
                Place(target), "in-the-way", "something stands here already", "Nothing of it was changed."
            )
            for _, target, one in made
            if not write_new(root, target, format_yaml(one.keys, SCHEMA).encode())
        ]
        show(table_imported(made), format_, lambda: answer_imported(made))
        if format_ is Format.table:
            show_text("\n".join(_tell_next(made)))
    if problems:
        show_problems(problems)
        raise typer.Exit(1 if all(one.rule == "who-asks" for one in problems) else 2)


def _list_files(files: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
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


def _read_people(path: Path, root: Path) -> dict[str, Given]:
    try:
        rows, _ = read_rows(path.suffix.lower(), read_own(path, root))
    except Unreadable as error:
        raise StudyError(
            [Problem(Place(str(path)), "import", f"this {error}", "Give a table with a row for each file.")]
        ) from None
    return read_people(rows)


def _said_of(path: Path, rows: dict[str, Given], given: Given) -> Given:
    """What the table says of a file, where it says it; else what was said of all."""
    row = rows.get(path.name) or rows.get(path.stem)
    if row is None:
        return given
    return Given(
        row.interviewers or given.interviewers, row.informants or given.informants, row.type or given.type,
        row.method or given.method, row.date or given.date, row.attributes,
    )  # fmt: skip


def _find_folder(study: Study, method: str | None, problems: list[Problem]) -> tuple[str, bool]:
    """The folder where sources of a method lie, and whether persons speak in them."""
    patterns = study.settings.sources
    wanted = (
        method
        or next((one for one in patterns if study.settings.kind_of(one) == "interview"), None)
        or next(iter(patterns), "")
    )
    if wanted not in patterns:
        known = next(
            (one for one in patterns if study.settings.kind_of(one) == study.settings.kind_of(wanted)), None
        )
        if known is None:
            problems.append(
                Problem(
                    Place("qda.yaml", ("sources",)),
                    "unknown-method",
                    f"there is no folder for the method `{wanted}`",
                    did_you_mean(wanted, patterns),
                )
            )
            return "", False
        wanted = known
    folder = next(
        (
            str(PurePosixPath(one).parent)
            for one in patterns[wanted]
            if not set("*?[") & set(str(PurePosixPath(one).parent))
        ),
        "data",
    )
    return folder, study.settings.kind_of(wanted) not in UNSPOKEN


def _read(path: Path, root: Path, problems: list[Problem]) -> list[Transcript]:
    try:
        return read_transcripts(path.name, read_own(path, root, LARGEST))
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
    return []


def _ask(path: Path, transcript: Transcript) -> list[str]:
    """Who asks, from a person at the terminal; nobody where the answer is empty."""
    speakers = transcript.speakers
    tell(f"{path.name}: who asks?")
    for number, name in enumerate(speakers, 1):
        first = next(one.text for one in transcript.turns if one.speaker == name)
        tell(f"  {number}  {name}: {' '.join(first.split())[:70]}")
    answer = typer.prompt("numbers, with commas; empty for nobody", default="", show_default=False, err=True)
    chosen = {int(one) for one in answer.replace(",", " ").split() if one.isdigit()}
    return [name for number, name in enumerate(speakers, 1) if number in chosen]


def _find_taken(root: Path, study: Study, made: Sequence[tuple[Path, str, str]]) -> Iterator[Problem]:
    """Sources that are there already, or come twice."""
    first: dict[str, Path] = {}
    for path, target, id_ in made:
        if id_ in study.by_id or look(root, target):
            where = study.by_id[id_].path if id_ in study.by_id else target
            yield Problem(
                Place(str(path)),
                "in-the-way",
                f"the source `{id_}` is there already ({where})",
                "Give the file another name, or move that source away. Nothing was written.",
            )
        elif id_ in first:
            yield Problem(
                Place(str(path)),
                "in-the-way",
                f"`{first[id_]}` would become the source `{id_}` too",
                "Give one of the files another name. Nothing was written.",
            )
        first.setdefault(id_, path)


def table_imported(made: Sequence[tuple[Path, str, Made]]) -> Table:
    """One row for each source that came in."""
    return make_table(
        ("file", "source", "turns", "words", "asks", "heard", "changed to fit"),
        (
            (
                path.name,
                target,
                *_count(one),
                ", ".join(_asking(one)),
                ", ".join(_heard(one)),
                "; ".join(one.changes),
            )
            for path, target, one in made
        ),
    )


def answer_imported(made: Sequence[tuple[Path, str, Made]]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "imported": [
            {"file": str(path), "path": target, "source": one.id, "turns": _count(one)[0], "words": _count(one)[1],
             "interviewer": _asking(one), "informants": _heard(one), "changes": list(one.changes)}
            for path, target, one in made
        ]
    }  # fmt: skip


def _count(one: Made) -> tuple[int, int]:
    turns = one.keys["turns"]
    return len(turns), sum(len(turn["text"].split()) for turn in turns)


def _asking(one: Made) -> list[str]:
    asking = one.keys.get("interviewer", [])
    return [asking] if isinstance(asking, str) else asking


def _heard(one: Made) -> list[str]:
    only = one.keys.get("informant")
    return [each["id"] for each in ([only] if only else one.keys.get("informants", []))]


def _tell_next(made: Sequence[tuple[Path, str, Made]]) -> Iterator[str]:
    untyped = [one.id for _, _, one in made if _heard(one) and not str(one.keys).count("'type':")]
    yield ""
    if untyped:
        yield f"No type is said of who is heard in {', '.join(untyped[:8])}{' ...' * (len(untyped) > 8)}: write `type:` beside their ids where you know it."
    yield "`qda check` says what does not fit yet; `qda status` what to do next."
