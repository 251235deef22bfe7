"""`qda import`: transcripts of other programs become sources of the study."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, NamedTuple

import typer

from empowerment_qda.checks import check_study
from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_problems, show_text, tell
from empowerment_qda.cli.import_files import find_row, list_files, read_file, read_table, tell_people
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Columns, lay_out, objects
from empowerment_qda.exchange import Transcript, read_transcripts
from empowerment_qda.exchange.sources import (
    NOBODY,
    Given,
    Made,
    find_who_asks,
    make_source,
    refer_to_declared,
)
from empowerment_qda.files.border import look
from empowerment_qda.files.read import SETTINGS, open_study, parse_file
from empowerment_qda.files.start import list_examples
from empowerment_qda.files.write import format_yaml, write_new
from empowerment_qda.locale import list_words
from empowerment_qda.model.source import UNSPOKEN, Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.text import Line, Piece, wrap

SCHEMA = "yaml-language-server: $schema=../../schemas/source.schema.json"


class Coming(NamedTuple):
    """A file that comes in: from where, to which path of the study, its method, and the source that it becomes."""

    path: Path
    target: str
    method: str
    made: Made

    @property
    def text(self) -> str:
        """The file to write."""
        return format_yaml(self.made.keys, SCHEMA)


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Transcripts, or folders of them; or a codebook, or a coded project."
        ),
    ],
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
    codebook: Annotated[
        bool,
        typer.Option("--codebook", help="The file is a codebook: a table, a list in Markdown, a Word table."),
    ] = False,
    comments: Annotated[
        bool, typer.Option("--comments", help="The comments of a Word document are codings.")
    ] = False,
    coder: Annotated[
        list[str] | None,
        typer.Option(
            "--coder",
            metavar="NAME",
            help="Who coded, where a coded project does not say; or NAME=CODER for each of several.",
        ),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Ask nothing: what cannot be told is a problem, and a coding whose comment was deleted is taken away.",
        ),
    ] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Bring transcripts, codebooks and coded projects in, as other programs write them."""
    named = [one.rpartition("=")[::2] for one in informant or ()]  # Sari=KS, or KS alone
    given = Given(tuple(interviewer or ()), dict(named), type_, method, date)
    if alone := find_alone(files, codebook=codebook, comments=comments):
        alone(study, Wanted(given, dict(one.rpartition("=")[::2] for one in coder or ()), yes, format_))
        return
    root, whole = open_study(study, ())
    rows = read_table(people, root) if people else {}
    problems: list[Problem] = []
    coming: list[Coming] = []
    found: set[str] = set()
    for path in list_files(files, problems):
        said = find_row(path, rows, given)
        method = find_method(whole, said.method, problems)
        spoken = whole.settings.kind_of(method) not in UNSPOKEN
        for transcript in read_file(path, root, problems, read_transcripts) or ():
            asking, unclear = find_who_asks(transcript, said, str(path)) if spoken else ([], [])
            if unclear and not yes and at_terminal() and transcript.speakers:
                asking, unclear = ask_who_asks(path.name, transcript), []
            problems += unclear
            found |= {one.casefold() for one in transcript.speakers}
            if not unclear:
                made = make_source(transcript, path.stem, said, asking, spoken=spoken)
                coming.append(Coming(path, f"{find_folder(whole, method)}/{made.id}.yaml", method, made))
    if found:
        problems += [
            Problem(
                Place(str(files[0])),
                "who-asks",
                f"who asks? Nobody is called `{one}`",
                did_you_mean(one, found),
            )
            for one in given.interviewers
            if one != NOBODY and one.casefold() not in found and len(given.interviewers) > 1
        ]
    refer_to_declared([one.made for one in coming], whole.informants)
    problems += find_taken(root, whole, coming)
    problems += [] if problems else parse_sources(whole, coming)[1]
    if not problems:
        problems = [
            Problem(Place(one.target), "in-the-way", "something stands here already", "It was not changed.")
            for one in coming
            if not write_new(root, one.target, one.text.encode())
        ]
        table, answer = lay_out(COLUMNS, coming), lambda: {"imported": objects(KEYS, coming)}
        show(table, format_, answer, lambda width: _list_lines(coming, width))
        if format_ is Format.table:
            show_text(
                "\n".join(
                    [
                        *tell_people(rows, files, [one.path for one in coming], people),
                        *_tell_next(coming, root, whole.settings.informant_types),
                    ]
                )
            )
    if problems:
        show_problems(problems)
        raise typer.Exit(1 if all(one.rule == "who-asks" for one in problems) else 2)


class Wanted(NamedTuple):
    """What a person says of a codebook or project: of its texts, who coded (by the name in the file, else all that it does
    not name), whether to ask nothing, and the form of the answer."""

    given: Given
    coders: dict[str, str]
    yes: bool
    format: Format


def find_alone(
    files: Sequence[Path], *, codebook: bool, comments: bool
) -> Callable[[Path | None, Wanted], None] | None:
    """What brings in a codebook or a coded project, which come one at a time; None for transcripts."""
    from functools import partial

    from empowerment_qda.cli import import_codebook, import_project

    said = "codebook" if codebook else "project" if comments else ""
    kinds = {path: said or import_project.find_kind(path) for path in files}
    if not any(kinds.values()):
        return None
    if len(files) > 1:
        said = "a codebook or a coded project comes in by itself"
        raise StudyError(
            Problem(Place(str(path)), "alone", said, "Name no other file beside it. Nothing was written.")
            for path, kind in kinds.items()
            if kind
        )
    bring = (
        import_codebook.import_codebook if kinds[files[0]] == "codebook" else import_project.import_project
    )
    return partial(bring, files[0])


def parse_sources(study: Study, coming: Sequence[Coming]) -> tuple[list[Source], list[Problem]]:
    """The new sources, and what `qda check` would call an error in them, told of the files that they come from."""
    files = {one.target: str(one.path) for one in coming}
    problems: list[Problem] = []
    sources: list[Source] = []
    for one in coming:
        try:
            source = parse_file(one.text, one.target, Source).model_copy(update={"method": one.method})
            sources.append(source.counting_as(study.settings.kind_of(one.method)))
        except StudyError as error:
            problems += error.problems
    if not problems:
        problems += check_study(replace(study, sources=(*study.sources, *sources)))
    return sources, [
        replace(found, place=Place(files[found.place.path]))
        for found in problems
        if found.place.path in files and found.severity == "error"
    ]


def find_method(study: Study, wanted: str | None, problems: list[Problem]) -> str:
    """The method of qda.yaml that is wanted, or that counts as the same; interviews where nothing is said."""
    patterns, kind_of = study.settings.sources, study.settings.kind_of
    kind = kind_of(wanted or "interview")
    found = (
        wanted
        if wanted in patterns
        else next((one for one in patterns if kind and kind_of(one) == kind), None)
    )
    if found is None:
        said = f"there is no folder for the method `{wanted or 'interview'}`"
        hint = f"Say `--method`. {did_you_mean(wanted or '', patterns)}"
        problems.append(Problem(Place("qda.yaml", ("sources",)), "unknown-method", said, hint))
    return found or ""


def find_folder(study: Study, method: str) -> str:
    """Where the sources of a method lie."""
    folders = [str(PurePosixPath(one).parent) for one in study.settings.sources.get(method, ())]
    return next((one for one in folders if not set("*?[") & set(one)), "data")


def ask_who_asks(name: str, transcript: Transcript) -> list[str]:
    """Who asks, from a person at the terminal; nobody where the answer is empty."""
    speakers = transcript.speakers
    tell(f"{name}: who asks?")
    for number, name in enumerate(speakers, 1):
        first = next(one.text for one in transcript.turns if one.speaker == name)
        tell(f"  {number}  {name}: {' '.join(first.split())[:70]}")
    answer = typer.prompt("numbers, with commas; empty for nobody", default="", show_default=False, err=True)
    chosen = {int(one) for one in answer.replace(",", " ").split() if one.isdigit()}
    return [name for number, name in enumerate(speakers, 1) if number in chosen]


def find_taken(root: Path, study: Study, coming: Sequence[Coming]) -> Iterator[Problem]:
    """Sources that are there already, or come twice."""
    first: dict[str, Path] = {}
    for path, target, _, made in coming:
        place = Place(str(path))
        if made.id in study.by_id or look(root, target):
            where = study.by_id[made.id].path if made.id in study.by_id else target
            hint = "Give the file another name, or move that source away. Nothing was written."
            yield Problem(place, "in-the-way", f"the source `{made.id}` is there already ({where})", hint)
        elif made.id in first:
            said = f"`{first[made.id]}` would become the source `{made.id}` too"
            yield Problem(
                place, "in-the-way", said, "Give one of the files another name. Nothing was written."
            )
        first.setdefault(made.id, path)


COLUMNS: Columns = {
    "file": "path.name", "source": "target", "turns": lambda one: len(one.made.turns), "words": "made.words",
    "asks": "made.asking", "heard": "made.heard", "changed to fit": lambda one: "; ".join(one.made.changes),
}  # fmt: skip
KEYS: Columns = {
    "file": lambda one: str(one.path), "path": "target", "source": "made.id", "turns": lambda one: len(one.made.turns),
    "words": "made.words", "interviewer": "made.asking", "informants": "made.heard",
    "changes": lambda one: list(one.made.changes),
}  # fmt: skip


def _list_lines(coming: Sequence[Coming], width: int) -> Iterator[Line]:
    """For each source where it came from, what it holds, and below it what was changed to fit."""
    for path, target, _, made in coming:
        who = [f"{list_words(made.asking, 'en')} asks"] * bool(made.asking) + [
            f"heard: {', '.join(made.heard)}"
        ] * bool(made.heard)
        held = f": {len(made.turns)} turns, {made.words} words; {'; '.join(who) or 'nobody speaks'}"
        yield from wrap([Piece(f"{path.name} → {target}", "strong"), Piece(held)], width)
        for change in made.changes:
            yield from ((Piece("    "), *line) for line in wrap([Piece(change, "dim")], width - 4))


def _tell_next(coming: Sequence[Coming], root: Path, types: Collection[str]) -> Iterator[str]:
    said = {
        one["type"]: None
        for new in coming
        for one in new.made.declared
        if isinstance(one, dict) and "type" in one
    }
    untyped = list(dict.fromkeys(who for one in coming for who in one.made.untyped))
    yield ""
    if untyped:
        named = ", ".join(untyped[:8]) + " ..." * (len(untyped) > 8)
        yield f"No type is said of {named}: write `type:` below their ids where you know it, or say `--type` when you import."
    for one in (one for one in said if one not in types):
        yield f"`{one}` is no type of {SETTINGS}, and counts as not known. {did_you_mean(one, types)}"
    examples = [one for one in list_examples(root) if not one.startswith("codebooks/")]
    if examples:
        yield f"Of the examples of `qda init` there are still: {', '.join(examples)}. Delete them before you count anything."
    yield "`qda check` says what does not fit yet; `qda status` what to do next."
