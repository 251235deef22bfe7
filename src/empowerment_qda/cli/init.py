"""`qda init`: a folder to start from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.cli.console import show_text, tell
from empowerment_qda.files.start import IGNORE, SHIPPED, gather_files, start_study
from empowerment_qda.problems import did_you_mean


def _known(name: str) -> str:
    if name not in SHIPPED:
        raise typer.BadParameter(f"there is no study `{name}`. {did_you_mean(name, SHIPPED)}")
    return name


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder; made where there is none.")
    ] = Path(),
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="STUDY",
            callback=_known,
            autocompletion=lambda: list(SHIPPED),
            help="What to begin with: `empty` (a commented example of each file) or `medan` (a whole study).",
        ),
    ] = "empty",
) -> None:
    """Make a study folder to start from; nothing that stands there is overwritten."""
    own = (folder / ".gitignore").exists()
    start_study(folder, gather_files(from_))
    enter = f"  cd {shlex.quote(str(folder))}\n" if folder != Path() else ""
    show_text(f"A study stands in {folder.resolve()}\n\nNext:\n{enter}{_NEXT[from_]}")
    if own:
        lines = ", ".join(line for line in IGNORE.splitlines() if not line.startswith("#"))
        tell(f"Your .gitignore was left as it is. For git to pass over suggestions and locks, add: {lines}")


_NEXT = {
    "empty": """\
  qda check    every file and every reference between them
  qda run      from the codings to the report, under reports/
Then replace the examples by your own files: `qda import FILE` makes them of transcripts as other programs write them, and
each example says in comments what such a file may hold.""",
    "medan": """\
  qda run            from the codings to the report, under reports/
  qda triangulate    who and what supports each finding
Try a change: take a coding out of codings/reference/ and run it again.
data/LICENSE.md says how the study may be shared.""",
}
