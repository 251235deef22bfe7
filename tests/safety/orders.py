"""Every command of `qda` with arguments that make sense in the small study; a new command is in it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from empowerment_qda.cli import app

GIVEN = {
    "author": "first",
    "code": "training-provided",
    "coder": "first",
    "coders": "first second",
    "coding": "E1",
    "expression": "training-provided",
    "file": "../own/made.csv",
    "files": "../own/made.csv",
    "finding": "F1",
    "into": "training-rare",
    "names": "E1",
    "new": "training-given",
    "old": "training-provided",
    "out": "../own/made.zip",
    "place": "H-01#2",
    "source": "H-01",
    "sources": "H-01",
    "target": "H",
    "text": "A thought.",
    "to": "training-rare",
    "under": "awareness",
}
"""What a parameter gets that must be given, by its name. Files are the user's own, in `../own`."""

SAID = {
    "init": ["", "../own/begun"],
    "import": [
        "../own/talk.txt --interviewer Dan",
        "../own/book.md --codebook",
        "../own/segments.csv --coder second",
    ],
    "export": [
        "../own/made.qdpx",
        "../own/made.qdc",
        "../own/made.docx",
        "../own/talk.docx --what transcript --source H-01",
        "reports/made.qdc --force",
    ],
    "show": ["H-01", "H-01 --coder first"],
    "find": ["training-provided", "--words training"],
    "agree": ["first second", "first second --format json", "first second --picture"],
    "display": ["", "case-ordered --picture", "case-ordered --format csv"],
    "conclude": ["", "--draft", "--format json"],
    "triangulate": ["", "F1", "--expect --plan", "--format json"],
    "reduce": ["", "--format csv"],
    "check": ["", "--all --format json"],
    "schema": ["", "codebook"],
    "codebook codebook": ["", "training-provided --full", "--format json"],
    "codebook edit": [
        "training-rare --label Seldom --color #1F77B4",
        "training-rare --direction neutral --dry-run",
    ],
    "codebook rename": ["training-rare training-seldom", "training-rare training-seldom --dry-run"],
    "codebook merge": ["training-rare training-provided --yes"],
    "codebook split": ["training-provided training-rare --where training-provided"],
    "codebook move": ["training-provided enabling"],
    "codebook retire": ["training-provided"],
    "codebook restore": ["training-provided"],
    "codebook diff": ["HEAD~1", "HEAD --format md"],
    "code code": ["", "--format json", "--review --coder first"],
    "code add": ["H-01#2 training-rare --coder first"],
    "code accept": ["E4 --coder first", "--all --coder second --yes"],
    "code reject": ["E4 --coder first", "--all --coder second --yes"],
    "code add-hits": ["training-rare --words training --coder second --yes"],
    "code leave-out": ["O-01#2 --coder second --why small"],
    "code take-in": ["O-01#1 --coder first"],
    "code define": ["fees --under awareness --coder first --definition Costs --memo Why"],
    "code log": ["--format json", "--coder first"],
    "code anchor": ["", "--coder first"],
    "code set": ["E1 --coder first --memo Why"],
    "source edit": [
        "H-01#2 --text Other-words --yes",
        "H-01 --turn 1 --text Why? --dry-run",
        "H-01 --turn 2 --speaker R --yes",
    ],
    "source text": ["H-01", "H-01 --turn 2"],
    "pseudonymise": ["--propose", "--yes", "--propose --write", "--dry-run --format json"],
    "purge": ["H --yes", "O-01#2 --yes", "O --dry-run --format json"],
    "memo add": ["A-thought --author first --link F1"],
    "memo memo": ["", "--format md"],
}
"""Where more than what must be given is worth trying, or where a name alone does not tell what to give."""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with what it is called by, as it is asked of the app."""
    yield from _under(typer.main.get_command(app), [])


def orders(deep: bool = True) -> list[str]:
    """Every command with its arguments, as a person types them after `qda`; `deep` in every form, else in its first."""
    forms = None if deep else 1
    return [f"{name} {said}".strip() for name, command in commands() for said in _said(name, command)[:forms]]


def _said(name: str, command: Any) -> list[str]:
    return SAID.get(name) or [" ".join(filter(None, (_give(one) for one in command.params)))]


def _give(parameter: Any) -> str:
    if not parameter.required:
        return ""
    given = GIVEN.get(parameter.name, "H-01")
    return f"{parameter.opts[0]} {given}" if parameter.opts[0].startswith("-") else given


def _under(command: Any, names: list[str]) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        yield " ".join(names), command
        return
    context = command.make_context("qda", [], resilient_parsing=True)
    for name in command.list_commands(context):
        yield from _under(command.get_command(context, name), [*names, name])
