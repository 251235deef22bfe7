"""The `qda` command and the list of its commands, each a module of this room."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from empowerment_qda.cli.group import QdaGroup

COMMANDS = {
    "init": "Make a study folder to start from; nothing that stands there is overwritten.",
    "import": "Bring transcripts, codebooks and coded projects in, as other programs write them.",
    "check": "Check every file of the study and every reference between them; exit code 1 where there is a problem.",
    "status": "Show where the study stands: who coded what, what waits, what is wrong, and what to do next.",
    "show": "Show a source with its codes in the margin: what is coded, by whom, and what is only suggested.",
    "find": "Find passages by their codes, or words where they stand.",
    "words": "Word frequencies by type of informant, without questions and without words that tell nothing.",
    "agree": "Agreement between coders: per code and over all codes, with every disagreement.",
    "reduce": "Data reduction: the evidence, contact summaries, code frequencies, passages by code, and what was left out.",
    "display": "Data display: matrices and networks of the evidence, each cell with its passages.",
    "conclude": "Conclusion drawing and verification: what stands for and against each finding, and what was checked.",
    "triangulate": "Source and method triangulation: who and what supports each finding, and what is missing.",
    "saturation": "Code saturation: from which interview on hardly any new codes appear.",
    "report": "The findings report, as one HTML page and as Markdown: what was found, on which words it rests, how firmly.",
    "export": "Write the study, or a part of it, in a form that other programs read.",
    "run": "Everything in order: code, reduce, display, conclude, triangulate, report.",
    "schema": "JSON Schemas of the files of a study, for editors that check while one types.",
    "codebook": "The codebook: its codes, what they mean, and how much each is used.",
    "code": "Suggest codings from the codebook's cues, each with its reason.",
    "source": "Correct a transcript: the codings move along, and what does not is shown before.",
    "memo": "Memos: what an analyst writes down while working.",
    "pseudonymise": "Replace the names of pseudonyms.yaml in every file of the study at once; every coding stays on its words.",
    "purge": "Take every trace of an informant, or of single turns, out of the study; which findings fall is shown first.",
}
"""Each command, a module of this room with a function or an app of that name, and the first line of its help."""


class CommandList(QdaGroup):
    """The commands of `qda`, each imported when it is asked for; for `qda --help` the lines above are enough."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Commands()  # type: ignore[assignment]  # nothing is added to it

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the list."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The lines that fit beside the names."""
        width = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, TyperCommand(name, help=line).get_short_help_str(width))
                    for name, line in COMMANDS.items()
                ]
            )


class _Commands(Mapping[str, Any]):
    """From the name of a command to the command, imported when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        return import_command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@cache
def import_command(name: str) -> Any:
    """The command of a name such as `code`: the app `code_app` or the function `code` of cli/code.py."""
    line = COMMANDS[name]
    own = name + "_" * iskeyword(name)  # import_
    module = import_module(f"empowerment_qda.cli.{own}")
    found = getattr(module, f"{name}_app", None)
    if found is None:
        found = typer.Typer(rich_markup_mode=None, add_completion=False)
        found.command(name)(getattr(module, own))
    command = typer.main.get_command(found)
    command.name = name
    if isinstance(command, TyperGroup):
        command.help = line
    _complete(command, name)
    return command


def _complete(command: Any, path: str) -> None:
    """What every command has alike: `-h`, an example under its help, `--wide` after its `--format`, and names of values in place of
    Python's types; the tab key offers words of the study."""
    from empowerment_qda.cli.completion import offer
    from empowerment_qda.cli.examples import EXAMPLES

    for name, one in getattr(command, "commands", {}).items():
        _complete(one, f"{path} {name}")
    command.context_settings = {**command.context_settings, **HELP}
    if example := EXAMPLES.get(path):
        command.epilog = f"Example: {example}"
    places = [at for at, one in enumerate(command.params, 1) if one.name == "format_"]
    for at in places:
        command.params.insert(at, _make_wide())
    for one in command.params:
        _name_value(one)
        offer(one)


def _name_value(parameter: Any) -> None:
    kind = parameter.type_descriptor
    if parameter.param_type_name == "argument":
        parameter.metavar = parameter.metavar or parameter.name.upper()
        if not kind.is_choice:
            parameter.display_type = lambda ctx: ""
    elif kind.is_choice and kind.is_list:
        parameter.metavar = parameter.metavar or f"<{'|'.join(map(str, kind.choices))}>"
    elif not (parameter.metavar or kind.is_choice or parameter.is_flag):
        parameter.metavar = "NUMBER" if kind.annotation in (int, float) else "TEXT"


@cache
def _make_wide() -> Any:
    """The option, as typer makes it of a function that has no other."""
    from empowerment_qda.cli.options import ask_wide

    made = typer.Typer(add_completion=False)
    made.command()(ask_wide)
    return typer.main.get_command(made).params[0]


HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="qda",
    cls=CommandList,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP,
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


def main() -> None:
    """Run `qda`, and end with its exit code, whether somebody reads what it writes or not."""
    sys.stdout, sys.stderr = _open_stream(sys.stdout, 1), _open_stream(sys.stderr, 2)
    try:
        try:
            app(prog_name="qda")
        finally:
            sys.stdout.flush()
    except OSError as error:
        from empowerment_qda.cli.console import show_problems
        from empowerment_qda.cli.group import tell_disk

        show_problems([tell_disk(error)])
        sys.exit(2)


def _open_stream(stream: TextIO | None, handle: int) -> TextIO:
    """Standard output (1) or standard error (2) in UTF-8, where it is closed one that takes all and keeps nothing."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream.isatty():
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream
    stream.flush()
    raw: Any = _Pipe(handle, "wb", closefd=False)
    if not stream.write_through:
        raw = io.BufferedWriter(raw)
    return io.TextIOWrapper(
        raw,
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,  # PYTHONUNBUFFERED
    )


class _Pipe(io.FileIO):
    """A pipe or a file to write in. A reader who leaves early stops no command: its gates still decide how it ends, and
    what it writes into the study is still written. What nobody reads is dropped."""

    def write(self, data: Any, /) -> int:
        """Write the bytes, or drop them where the reader left; an OSError, such as a full disk, is told once."""
        try:
            return super().write(data)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
                return len(data)
            error.filename = "standard output" if self.fileno() == 1 else "standard error"
            raise
