"""How every command ends: what stops it becomes sentences and exit code 2, never a traceback."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from empowerment_qda.escape import inert
from empowerment_qda.problems import Place, Problem, StudyError

_UNSTORED = re.compile("[\0\ud800-\udfff]")
_ENDS = (typer.Exit, typer.Abort, TyperException)


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
        except BrokenPipeError:
            raise
        except StudyError as error:
            problems = error.problems
        except UnicodeError:
            said, hint = "some of the text given is not UTF-8", "Give it again as UTF-8."
            problems = (Problem(Place(_name(ctx)), "encoding", said, hint),)
        except OSError as error:
            where = str(error.filename or "the disk")
            said = error.strerror or type(error).__name__
            hint = "Check the permissions and the free space, and run the command again."
            problems = (Problem(Place(where), "disk", f"cannot read or write: {said}", hint),)
        except Exception as error:
            problems = (_tell(ctx, error),)
        from empowerment_qda.console import show_problems

        show_problems(problems)
        raise typer.Exit(2)


def _tell(ctx: Any, error: Exception) -> Problem:
    """What nobody foresaw in a sentence; how click itself ends a command goes on as it is."""
    from empowerment_qda.commands.unforeseen import is_wanted, tell_unforeseen

    if isinstance(error, _ENDS) or not is_wanted():
        raise error
    return tell_unforeseen(_name(ctx), error)


def _name(ctx: Any) -> str:
    """The command as it is called."""
    names = [*ctx.command_path.split(), *([ctx.invoked_subcommand] if ctx.invoked_subcommand else [])]
    return " ".join(dict.fromkeys(names))


@contextmanager
def _inert() -> Iterator[None]:
    """What is raised about how a command is called quotes what was typed, or pasted."""
    try:
        yield
    except TyperException as error:
        error.message = inert(error.message)
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
        if args[:1] != ["--help"] and (not args or args[0] not in self.commands):
            args = [str(self.name), *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Show the options of the command itself beside the list of its commands."""
        default: Any = self.commands[str(self.name)]
        default.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class LazyGroup(DefaultGroup):
    """A group whose module is imported when its commands are asked for, and not for `qda --help`."""

    where: ClassVar[str]
    _found: dict[str, Any] | None

    @property  # type: ignore[override]  # an attribute of the base, filled here when it is first read
    def commands(self) -> dict[str, Any]:
        """The commands of the group's own Typer app, such as `code_app` of commands/code.py."""
        if self._found is None:
            module = import_module(f"empowerment_qda.commands.{self.where}")
            self._found = dict(typer.main.get_group(getattr(module, f"{self.where}_app")).commands)
        return self._found

    @commands.setter
    def commands(self, given: dict[str, Any]) -> None:
        """Called with nothing while the group is made."""
        self._found = None


def lazy_group(name: str, help_: str) -> typer.Typer:
    """The group in commands/<name>.py, known by its help alone until it is used."""
    cls = type(f"Lazy{name.title()}Group", (LazyGroup,), {"where": name})
    return typer.Typer(name=name, cls=cls, rich_markup_mode=None, help=help_)
