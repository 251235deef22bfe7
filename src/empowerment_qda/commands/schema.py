"""`qda schema`."""

from pathlib import Path
from typing import Annotated

import typer


def _kinds() -> list[str]:
    from empowerment_qda.folder.schemas import KINDS

    return list(KINDS)


def _known(kind: str | None) -> str | None:
    from empowerment_qda.problems import did_you_mean

    if kind is not None and kind not in _kinds():
        raise typer.BadParameter(f"`{kind}` is no kind of file. {did_you_mean(kind, _kinds())}")
    return kind


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            callback=_known,
            autocompletion=_kinds,
            help="study, source, codebook, codings, findings or memo; else all of them.",
        ),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="DIR", help="Write KIND.schema.json there instead of showing it."),
    ] = None,
) -> None:
    """JSON Schemas of the files of a study, for editors that check while one types."""
    from empowerment_qda.console import show_text
    from empowerment_qda.folder.schemas import KINDS, format_schema
    from empowerment_qda.folder.write import write_text

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
