"""`qda schema`: what the files of a study may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.cli.console import show_text
from empowerment_qda.files.schema import KINDS, format_schema
from empowerment_qda.files.write import write_text
from empowerment_qda.problems import did_you_mean


def _known(kind: str | None) -> str | None:
    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"`{kind}` is no kind of file. {did_you_mean(kind, KINDS)}")
    return kind


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            callback=_known,
            autocompletion=lambda: list(KINDS),
            help="study, source, codebook, codings, findings or memo; else all of them.",
        ),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="DIR", help="Write KIND.schema.json there instead of showing it."),
    ] = None,
) -> None:
    """JSON Schemas of the files of a study, for editors that check while one types."""
    if write:
        write.mkdir(parents=True, exist_ok=True)
        for one in [kind] if kind else KINDS:
            name = f"{one}.schema.json"
            write_text(write, name, format_schema(one))
            show_text(str(write / name))
    elif kind:
        show_text(format_schema(kind).rstrip("\n"))
    else:
        for name, about in KINDS.items():
            show_text(f"{name:<10}{about.files}")
