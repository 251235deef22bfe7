"""`qda export`: the study, or a part of it, in the forms that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path, PurePath
from typing import Annotated

import typer

from empowerment_qda.checks import CITATIONS, FOUNDATIONS
from empowerment_qda.checks.sources import check_no_sources
from empowerment_qda.cli.console import show_text, tell
from empowerment_qda.cli.options import StudyOption, choose_sources
from empowerment_qda.exchange.outgoing import Outgoing, Written, gather
from empowerment_qda.files.names import FOLDERS
from empowerment_qda.files.read import find_inside, open_study
from empowerment_qda.files.start import start_study
from empowerment_qda.files.write import write_bytes, write_new
from empowerment_qda.problems import refusal


class What(StrEnum):
    """What goes out."""

    study = "study"
    codebook = "codebook"
    evidence = "evidence"
    cases = "cases"
    findings = "findings"
    passages = "passages"
    transcript = "transcript"


ROWS = (What.evidence, What.cases, What.findings, What.codebook)
FORMS: dict[str, dict[What, str]] = {
    ".qdpx": {What.study: "exchange.refi_write.write_project"},
    ".qdc": {What.codebook: "exchange.refi_write_codes.write_codebook"},
    ".csv": dict.fromkeys(ROWS, "cli.export_tables.write_csv"),
    ".xlsx": dict.fromkeys(ROWS, "cli.export_tables.write_excel"),
    ".parquet": dict.fromkeys(ROWS, "cli.export_tables.write_parquet"),
    ".jsonld": {What.passages: "exchange.web_annotation.write_annotations"},
    ".docx": {
        What.passages: "exchange.word_passages.write_passages",
        What.transcript: "exchange.word_transcript.write_transcript",
    },
    "": {What.study: "cli.export_crate.write_crate"},
    ".jsonl": dict.fromkeys(ROWS, "cli.export_tables.write_json_lines"),
}
"""For each ending what its form can hold, the first where nothing is asked for, and the function that makes a `Written` of an
`Outgoing`; its module is imported when it is used."""
FOLDER = "a folder, which is an RO-Crate,"
NO_CONSENT = "Nothing says who agreed to this: there is no consent.yaml (docs/data-protection.md), so nothing was withheld."
CHECKS = tuple(one for one in FOUNDATIONS if one is not check_no_sources)
"""What must hold: a study may have no sources yet and a codebook to hand on."""


def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write; its ending tells the form.")
    ],
    what: Annotated[
        What | None, typer.Option("--what", help="What goes out; else what the form is for.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="ID", help="Only this source; may be repeated.")
    ] = None,
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Only the codings of this coder; may be repeated."),
    ] = None,
    delimiter: Annotated[
        str,
        typer.Option(
            "--delimiter",
            metavar="SIGN",
            help="What stands between the cells of CSV; `;` for many a spreadsheet.",
        ),
    ] = ",",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it stands there.")] = False,
    study: StudyOption = None,
) -> None:
    """Write the study, or a part of it, in a form that other programs read. The ending of the file tells which."""
    what, write = find_form(file, what)
    require_delimiter(file, delimiter)
    if what is What.findings and (source or coder):
        hint = "Leave `--source` and `--coder` out; `qda triangulate` tells what a finding is without one."
        raise refusal(str(file), "part", "verdicts are on the whole study", hint)
    root, whole = open_study(study, CHECKS + CITATIONS * (what is What.findings))
    place = find_place(file, root)
    ids = [one.id for one in choose_sources(whole, source)] if source else []
    going = replace(gather(whole, ids, coder or (), what), root=root, delimiter=delimiter)
    written = make(write, going)
    if isinstance(written.content, bytes):
        put(file, place, written.content, force=force)
    else:
        start_study(
            file, dict(written.content), "Nothing was written. Name a new folder; `--force` replaces none."
        )
    if whole.consent is None and what is not What.codebook:
        tell(NO_CONSENT)
    show_text("\n".join(describe(file, () if what is What.codebook else going.left, written)))


def find_form(file: PurePath, what: What | None) -> tuple[What, Callable[[Outgoing], Written]]:
    """What goes into this kind of file, and what writes it; StudyError where nothing does."""
    ending = file.suffix.lower()
    form = FORMS.get(ending)
    if form is None:
        known = ", ".join(f"{one or FOLDER} ({', '.join(holds)})" for one, holds in FORMS.items())
        said = f"no form that can be written ends in `{ending}`"
        raise refusal(str(file), "unknown-form", said, f"Known are {known}.")
    if what and what not in form:
        others = [one for one, holds in FORMS.items() if what in holds]
        hint = f"It holds the {' or the '.join(form)}."
        hint += f" Let the name end in {' or '.join(filter(None, others))} for --what {what}." * any(others)
        said = (
            f"a `{ending}` file cannot hold --what {what}"
            if ending
            else f"{FOLDER} cannot hold --what {what}"
        )
        raise refusal(str(file), "unknown-form", said, hint)
    what = what or next(iter(form))
    room, _, name = form[what].rpartition(".")
    found: Callable[[Outgoing], Written] = getattr(import_module(f"empowerment_qda.{room}"), name)
    return what, found


def require_delimiter(file: Path, delimiter: str) -> None:
    """StudyError for what cannot stand between cells, and where the form has no such thing."""
    if delimiter != "," and file.suffix.lower() != ".csv":
        raise refusal(
            str(file),
            "delimiter",
            "only CSV has a delimiter",
            "Leave `--delimiter` out, or let the name end in .csv.",
        )
    if (
        len(delimiter) != 1
        or delimiter.isalnum()
        or delimiter in "\"'\r\n"
        or not (delimiter.isprintable() or delimiter == "\t")
    ):
        said = f"`{delimiter}` cannot stand between the cells of CSV"
        raise refusal(
            str(file), "delimiter", said, "Give one sign, such as `;`, or a tab: `$'\\t'` in most shells."
        )


def make(write: Callable[[Outgoing], Written], going: Outgoing) -> Written:
    """What a form makes of it; StudyError where the library that it needs is missing."""
    try:
        return write(going)
    except ModuleNotFoundError as error:
        said = f"this form needs {error.name}, which is not installed"
        hint = "Install it with `pip install 'empowerment-qda[export]'`; .csv, .jsonl, .qdpx and .qdc work without."
        raise refusal("export", "export-extra", said, hint) from None


def find_place(file: Path, root: Path) -> tuple[Path, str]:
    """A folder and the path from it to the file: from the root of the study what lies in it, which then is the study's like all
    else there. StudyError where no file may stand there."""
    inside = find_inside(file, root)
    parts = PurePath(inside).parts if inside else ()
    if len(parts) > 1 and (parts[0] in FOLDERS or parts[0].startswith(".")):
        said = f"`{parts[0]}` is for what the study is made of, and not for what is made of it"
        raise refusal(str(file), "in-the-way", said, "Name a place outside the study, or in reports/.")
    if file.is_dir() and file.suffix:
        raise refusal(str(file), "in-the-way", "a folder stands here", "Give the file another name.")
    if inside:
        return root, inside
    if not file.parent.is_dir():
        raise refusal(
            str(file), "no-file", f"there is no folder `{file.parent}`", "Make it first, or name another."
        )
    return file.parent, file.name


def put(file: Path, place: tuple[Path, str], content: bytes, *, force: bool) -> None:
    """Write the file whole or not at all; StudyError where something stands there and may not be replaced."""
    if force:
        write_bytes(*place, content)
    elif not write_new(*place, content):
        hint = "Say `--force` to replace it, or give another name. Nothing was written."
        raise refusal(str(file), "in-the-way", "something stands here already", hint)


def describe(file: Path, left: Iterable[str], written: Written) -> Iterator[str]:
    """What was written, and what is not in it."""
    yield f"{file}: {', '.join(filter(None, written.held)) or 'nothing'}"
    for one in (*left, *filter(None, written.lost)):
        yield f"Not in it: {one}"
