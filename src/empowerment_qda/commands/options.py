"""Options that commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.locale import LANGUAGES


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


if TYPE_CHECKING:
    Language = str
else:  # the choices follow from the catalogs
    Language = StrEnum("Language", [(language, language) for language in reversed(LANGUAGES)])
ENGLISH = Language("en")


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
