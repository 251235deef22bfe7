"""`qda codebook rename`, `merge`, `split`, `move`, `retire`, `restore`, `undo`: codes that change, with all that bears them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_problems, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import make_table
from empowerment_qda.coding.code_operation import Operation, find_places, place_of
from empowerment_qda.evidence.find import Filters, find_passages, read_expression
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.files.code_operations import do_operation, plan_operation, undo_operation
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.read import open_study
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError

Code = Annotated[str, typer.Argument(metavar="CODE", help="The id of a code.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]
Yes = Annotated[
    bool, typer.Option("--yes", help="Ask nothing, and do it although something is hidden by it.")
]


def rename(
    old: Code,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Give a code another id, in the book, all codings, findings and memos; codings that come later under the old one are read as it."""
    root, whole = open_study(study)
    _carry_out(root, whole, Operation("rename", (old,), new), dry_run, yes, format_)


def merge(
    codes: Annotated[
        list[str], typer.Argument(metavar="CODE... INTO", help="Codes, and last the one that they become.")
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Make one code of several: their codings, cues and what cites them go to the last one named."""
    if len(codes) < 2:
        raise typer.BadParameter("name the codes, and last the one that they become")
    root, whole = open_study(study)
    _carry_out(root, whole, Operation("merge", tuple(codes[:-1]), codes[-1]), dry_run, yes, format_)


def split(
    old: Code,
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The code of the book that some of its passages get.")
    ],
    where: Annotated[
        str | None,
        typer.Option(
            "--where",
            metavar="EXPRESSION",
            help="The passages that get it, as in `qda find`; else you are asked for each.",
        ),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Give some passages of a code to another one: those that an expression means, or those you say."""
    root, whole = open_study(study)
    chosen = dict.fromkeys(map(place_of, _choose(whole, old, new, where)), new)
    _carry_out(root, whole, Operation("split", (old,), new, chosen), dry_run, yes, format_)


def move(
    code: Code,
    under: Annotated[str, typer.Argument(metavar="UNDER", help="The code that it comes under; / for none.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Put a code, with the codes below it, under another one."""
    root, whole = open_study(study)
    _carry_out(root, whole, Operation("move", (code,), under), dry_run, yes, format_)


def retire(
    codes: Annotated[
        list[str], typer.Argument(metavar="CODE...", help="Codes that no new passage is to get.")
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Retire codes: no new passage gets them; their codings stay and count, and `qda check` names them."""
    root, whole = open_study(study)
    _carry_out(root, whole, Operation("retire", tuple(codes)), dry_run, yes, format_)


def restore(
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="Retired codes.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Take retired codes into use again."""
    root, whole = open_study(study)
    _carry_out(root, whole, Operation("restore", tuple(codes)), dry_run, yes, format_)


def undo(study: StudyOption = None) -> None:
    """Take back the last change of codes, unless later work depends on it."""
    root, _ = open_study(study, ())
    done = undo_operation(root, read_clock(), command="qda codebook undo")
    tell(f"Taken back: {done}." if done else "No change of codes is to be taken back.")


def _choose(study: Study, old: str, new: str, where: str | None) -> Iterator[Passage]:
    """The codings of a code that another one gets."""
    own = find_places(study, old)
    if where is not None:
        evidence = gather_evidence(study)[0]
        meant = {
            (one.source, one.span)
            for one in find_passages(read_expression(where, study), study, evidence, Filters())
        }
        yield from (one for one in own if (one.source.id, one.anchor.span) in meant)
        return
    if not at_terminal():
        hint = "Say which with `--where EXPRESSION`, or run it at a terminal to be asked for each."
        raise StudyError(
            [Problem(Place("codebook"), "which-passages", f"which passages of `{old}` get `{new}`?", hint)]
        )
    for one in own:
        tell(f"{one.source.id}#{one.coding.turn} ({one.file.coder}): {' '.join(one.coding.quote.split())}")
        if typer.confirm(f"{new}?", default=False, err=True):
            yield one


def _carry_out(
    root: Path, study: Study, operation: Operation, dry_run: bool, yes: bool, format_: Format
) -> None:
    """Show what an operation changes, then do it: at a terminal after a question."""
    now = read_clock()
    plan = plan_operation(root, study, operation, now)
    hidden, moves = list(plan.find_hidden()), list(plan.find_moves())
    table = make_table(("what follows", "number"), list(plan.rows(moves)), operation.said)
    show(table, format_, lambda: {
        "operation": operation.said, "files": sorted(plan.change.files), "follows": dict(plan.follows),
        "verdicts": [{"finding": name, "before": before, "after": after} for name, before, after in moves],
        "hidden": [one.message for one in hidden],
        "done": bool(plan.change.files) and not dry_run and (yes or not hidden),
    })  # fmt: skip
    if not plan.change.files:
        tell("Nothing would change.")
        return
    if hidden and not yes:
        show_problems(hidden)
        raise typer.Exit(1)
    if dry_run:
        tell("Nothing was written.")
        return
    if not yes and at_terminal() and not typer.confirm("Do it?", default=True, err=True):
        tell("Nothing was written.")
        return
    do_operation(root, plan, now)
    tell("Done; `qda codebook undo` takes it back.")


COMMANDS = (rename, merge, split, move, retire, restore, undo)
