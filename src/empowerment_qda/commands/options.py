"""Options that commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


class Language(StrEnum):
    """The language of a report."""

    id = "id"
    en = "en"


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
