"""How commands are called and how they end: what stops one is said in a sentence; of what nobody foresaw the details are
kept in a file for whoever mends it."""

from __future__ import annotations

import errno
import gc
import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.text import inert

ENVIRONMENT = "QDA_TRACEBACK"
"""Set to anything, it brings the traceback back: for tests and for those who work on the program."""


def tell_unforeseen(command: str, error: Exception) -> Problem:
    """The problem in a sentence. The details go to a file of the system's own folder for such, which only they can
    read; never into the study, and without the values of variables, in which participants speak."""
    from empowerment_qda.files.read import read_version

    said = f"this stopped at something that was not foreseen ({type(error).__name__})"
    hint = "All that was done before is on disk."
    head = f"qda {read_version()}, Python {platform.python_version()} on {sys.platform}, {command}\n\n"
    try:
        handle, path = tempfile.mkstemp(prefix="qda-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(head + "".join(traceback.format_exception(error)))
    except OSError as disk:
        hint += f" The details could not be written: {disk.strerror or disk}."
    else:
        hint += f" The details are in {path}: read them, then send them to who maintains qda."
    return Problem(Place(command), "unforeseen", said, hint)


def tell_disk(error: OSError) -> Problem:
    """The problem in a sentence: the file or the stream, and what the system says of it."""
    said = f"cannot read or write: {error.strerror or type(error).__name__}"
    hint = _DISK.get(error.errno or 0, "Check the disk and the permissions, and run the command again.")
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "the disk"
    return Problem(Place(_ASIDE.sub(r"\2", named)), "disk", said, hint)


_ASIDE = re.compile(r"(^|(?<=[/\\]))\.([^/\\]+)\.[0-9a-f]{8}$")
"""A file while it is being written; `files/write.py` gives it its name in the end."""
_DISK = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Make room on the disk, and run the command again."),
    errno.EROFS: "This disk can only be read: copy the study to another one, and run the command there.",
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM),
        "Ask who owns it for the permission, or copy the study to a folder of your own.",
    ),
}


_UNSTORED = re.compile("[\0\ud800-\udfff]")


class QdaGroup(TyperGroup):
    """Catches what a command cannot go on from, in one place for all of them."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        """What is wrong with how a command is called, told in inert words; what no file could hold is refused."""
        for one in filter(_UNSTORED.search, args):
            if "\0" in one or not os.path.lexists(one):
                raise typer.BadParameter(f"`{inert(one)}` is no text in UTF-8; type it anew")
        with _inert():
            return super().make_context(info_name, args, *rest, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; say what stopped it."""
        try:
            with _inert(), _rare_collection():
                return super().invoke(ctx)
        except (BrokenPipeError, typer.Exit, typer.Abort, TyperException):  # how a command ends
            raise
        except StudyError as error:
            problems = error.problems
        except UnicodeError:
            said, hint = "some of the text given is not UTF-8", "Give it again as UTF-8."
            problems = (Problem(Place(_name(ctx)), "encoding", said, hint),)
        except OSError as error:
            problems = (tell_disk(error),)
        except Exception as error:
            if os.environ.get(ENVIRONMENT):
                raise
            problems = (tell_unforeseen(_name(ctx), error),)
        from empowerment_qda.cli.console import show_problems

        show_problems(problems)
        raise typer.Exit(2)


def _name(ctx: Any) -> str:
    """The command as it is called."""
    names = [*ctx.command_path.split(), *([ctx.invoked_subcommand] if ctx.invoked_subcommand else [])]
    return " ".join(dict.fromkeys(names))


@contextmanager
def _inert() -> Iterator[None]:
    """What is raised about how a command is called quotes what was typed, or pasted; it ends with an example."""
    try:
        yield
    except TyperException as error:
        error.message = inert(error.message).replace("Value error, ", "")
        example = getattr(getattr(getattr(error, "ctx", None), "command", None), "epilog", None)
        if example and "format_message" not in vars(error):
            said = error.format_message()
            error.format_message = lambda: f"{said}\n{example}"  # type: ignore[method-assign]
        raise


@contextmanager
def _rare_collection() -> Iterator[None]:
    """The garbage collector comes seldom. What a command reads it keeps, in nouns without circles; at the usual pace the
    collector walks over all of them again and again, which took up to a third of a run. It still comes, since pictures and
    the workbench do leave circles behind.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class DefaultGroup(QdaGroup):
    """A command with commands of its own: what is none of theirs goes to the one called like the group."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """`qda code KS-01` means `qda code code KS-01`, unless KS-01 were a command."""
        if not args and ctx.resilient_parsing:  # the tab key
            return super().parse_args(ctx, args)
        if args[:1] not in (["-h"], ["--help"]) and (not args or args[0] not in self.commands):
            args = [str(self.name), *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Its commands, and what the one called like the group takes."""
        default: Any = self.commands[str(self.name)]
        first = next((one for one in default.params if one.param_type_name == "argument"), None)
        offered = first.shell_complete(ctx, incomplete) if first and incomplete[:1] != "-" else []
        known = super().shell_complete(ctx, incomplete)
        return known + offered + (default.shell_complete(ctx, incomplete) if incomplete[:1] == "-" else [])

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Show the options of the command itself beside the list of its commands."""
        default: Any = self.commands[str(self.name)]
        default.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
