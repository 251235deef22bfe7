"""`qda report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.commands.options import Language, StudyOption


def report(
    study: StudyOption = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The report's language; else the study's.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="A Jinja template of your own.")
    ] = None,
) -> None:
    """The findings report, as HTML and Markdown."""
    raise NotImplementedError
