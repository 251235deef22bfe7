"""The `qda` command: gathers the commands."""

import os
import sys
from typing import Annotated

import typer

from empowerment_qda.commands.agree import agree
from empowerment_qda.commands.check import check
from empowerment_qda.commands.conclude import conclude
from empowerment_qda.commands.display import display
from empowerment_qda.commands.find import find
from empowerment_qda.commands.group import QdaGroup, lazy_group
from empowerment_qda.commands.init import init
from empowerment_qda.commands.reduce import reduce
from empowerment_qda.commands.report import report
from empowerment_qda.commands.run import run
from empowerment_qda.commands.saturation import saturation
from empowerment_qda.commands.schema import schema
from empowerment_qda.commands.show import show
from empowerment_qda.commands.status import status
from empowerment_qda.commands.triangulate import triangulate

app = typer.Typer(
    name="qda",
    cls=QdaGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Qualitative data analysis on plain files: coding, the stages of Miles & Huberman, triangulation.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"qda {version('empowerment-qda')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Qualitative data analysis on plain files: coding, the stages of Miles & Huberman, triangulation."""


app.command()(init)
app.command()(check)
app.command()(status)
app.command()(show)
app.command()(find)
app.add_typer(lazy_group("codebook", "The codebook: its codes, what they mean, and how much each is used."))
app.add_typer(lazy_group("code", "Suggest codings from the codebook's cues, each with its reason."))
app.add_typer(lazy_group("memo", "Memos: what an analyst writes down while working."))
app.command()(agree)
app.command()(reduce)
app.command()(display)
app.command()(conclude)
app.command()(triangulate)
app.command()(saturation)
app.command()(report)
app.command()(run)
app.command()(schema)


def main() -> None:
    """Run `qda`; a reader that closes the pipe early is no error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
