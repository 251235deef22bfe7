"""How every command ends: a StudyError becomes sentences and exit code 2, never a traceback."""

from typing import Any

import typer
from typer.core import TyperGroup

from empowerment_qda.problems import Place, Problem, StudyError


class QdaGroup(TyperGroup):
    """Catches what a command cannot go on from, in one place for all of them."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; say what stopped it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except StudyError as error:
            problems = error.problems
        except OSError as error:
            where = str(error.filename or "the disk")
            said = error.strerror or type(error).__name__
            hint = "Check the permissions and the free space, and run the command again."
            problems = (Problem(Place(where), "disk", f"cannot read or write: {said}", hint),)
        from empowerment_qda.console import show_problems

        show_problems(problems)
        raise typer.Exit(2)


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
