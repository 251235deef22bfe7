"""`qda import` of codebooks: the codes of another program as a new codebook, and how the study comes to use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from empowerment_qda.cli.console import show, show_problems, show_text
from empowerment_qda.cli.import_ import Wanted
from empowerment_qda.cli.import_files import read_file
from empowerment_qda.cli.options import Format
from empowerment_qda.cli.tables import make_table
from empowerment_qda.exchange import codebooks
from empowerment_qda.exchange.project import Project, add_codes, name_codes
from empowerment_qda.exchange.sources import make_id
from empowerment_qda.files.border import look
from empowerment_qda.files.read import SETTINGS, find_study, locate, open_study, parse_file, read_bytes
from empowerment_qda.files.start import list_examples
from empowerment_qda.files.write import format_yaml, write_new
from empowerment_qda.files.yaml import decode
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.problems import Place, Problem, StudyError

SCHEMA = "yaml-language-server: $schema=../schemas/codebook.schema.json"


def import_codebook(path: Path, folder: Path | None, wanted: Wanted) -> None:
    """The codes of a file as a new codebook."""
    root, study, missing = _open(folder)
    problems: list[Problem] = []
    project = read_file(path, root, problems, codebooks.read_codebook)
    target = missing or target_of(path)
    if look(root, target):
        problems.append(in_the_way(path, target))
    if project and not problems:
        ids = name_codes(project.codes, ids_of_codings(study))
        around = "\n\n".join(one.text for one in project.notes)
        text = format_book(project, path, add_codes([], project.codes, ids, list(ids)), around)
        parse_book(text, target, path)
        if not write_new(root, target, text.encode()):
            problems.append(in_the_way(path, target))
    if problems or project is None:
        show_problems(problems)
        raise typer.Exit(2)
    rows = [(path.name, target, len(project.codes), "; ".join(project.changes))]
    answer = {"codebook": {"file": str(path), "path": target, "codes": len(project.codes),
                           "changes": list(project.changes)}}  # fmt: skip
    show(make_table(("file", "codebook", "codes", "changed to fit"), rows), wanted.format, lambda: answer)
    if wanted.format is Format.table:
        show_text("\n" + "\n".join(tell_book(root, study, target)))


def _open(folder: Path | None) -> tuple[Path, Study | None, str]:
    """The study; where all that it lacks is its codebook, None and the path where that should be."""
    try:
        return (*open_study(folder, ()), "")
    except StudyError as error:
        root = find_study(folder or Path())
        if [one.rule for one in error.problems] != ["no-file"]:
            raise
        settings = parse_file(decode(read_bytes(root, SETTINGS), SETTINGS), SETTINGS, Settings)
        if error.problems[0].place.path != settings.codebook:
            raise
        return root, None, settings.codebook


def target_of(path: Path) -> str:
    return f"codebooks/{make_id(path.stem)}.yaml"


def in_the_way(path: Path, target: str) -> Problem:
    hint = "Move that file away, or give this one another name. Nothing was written."
    return Problem(Place(str(path)), "in-the-way", f"`{target}` stands there already", hint)


def ids_of_codings(study: Study | None) -> set[str]:
    return {one.id for file in (study.codings if study else ()) for one in file.codings if one.id}


def format_book(project: Project, path: Path, codes: Sequence[dict[str, Any]], around: str = "") -> str:
    note = "\n\n".join(filter(None, [f"Imported from {path.name}", around]))
    keys = {"title": project.name, "version": "1.0", "note": note, "codes": list(codes)}
    return format_yaml(keys, SCHEMA)


def parse_book(text: str, target: str, path: Path) -> Codebook:
    """The book; StudyError told of the file that it comes from."""
    try:
        return parse_file(text, target, Codebook)
    except StudyError as error:
        raise StudyError(replace(one, place=Place(str(path))) for one in error.problems) from None


def is_example(root: Path, study: Study) -> bool:
    """Whether the codebook is still the one that `qda init` wrote."""
    return study.settings.codebook in list_examples(root)


def tell_book(root: Path, study: Study | None, target: str) -> Iterator[str]:
    """How to use a new codebook."""
    if study is None:
        yield f"{SETTINGS} names {target}, which was missing: it is used now."
        return
    (found,) = locate([Problem(Place(SETTINGS, ("codebook",)), "", "", "")], root)
    yield f"To use it, write `codebook: {target}` in line {found.place.line} of {SETTINGS}."
    if is_example(root, study):
        yield f"Then delete the examples of `qda init`: {', '.join(list_examples(root))}."
