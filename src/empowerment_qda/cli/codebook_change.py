"""`qda codebook rename`, `merge`, `split`, `move`, `retire`, `restore`, `undo`: codes that change, with all that bears them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.checks.findings import check_both_sides
from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_problems, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import make_table
from empowerment_qda.coding.code_operation import Operation, find_differences
from empowerment_qda.evidence.find import Filters, find_passages, read_expression
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.files.code_operations import Plan, do_operation, plan_operation, undo_operation
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.read import open_study
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.triangulation import triangulate_study

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
    chosen = frozenset(_choose(whole, old, new, where))
    _carry_out(root, whole, Operation("split", (old,), new, chosen), dry_run, yes, format_)


def move(
    code: Code,
    under: Annotated[str, typer.Argument(metavar="UNDER", help="The code that it comes under.")],
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
    """Retire codes: no new passage gets them; their codings stay and count, and `qda codebook lint` names them."""
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
    done = undo_operation(root, read_clock())
    tell(f"Taken back: {done}." if done else "No change of codes is to be taken back.")


def _choose(study: Study, old: str, new: str, where: str | None) -> Iterator[tuple[str, str, int]]:
    """The codings of a code that another one gets."""
    own = [one for one in passages_of(study) if one.coding.code == old and one.anchor.span]
    if where is not None:
        evidence = gather_evidence(study)[0]
        meant = {
            (one.source, one.span)
            for one in find_passages(read_expression(where, study), study, evidence, Filters())
        }
        yield from (
            (one.file.coder, one.file.source, one.number)
            for one in own
            if (one.source.id, one.anchor.span) in meant
        )
        return
    if not at_terminal():
        hint = "Say which with `--where EXPRESSION`, or run it at a terminal to be asked for each."
        raise StudyError(
            [Problem(Place("codebook"), "which-passages", f"which passages of `{old}` get `{new}`?", hint)]
        )
    for one in own:
        tell(f"{one.source.id}#{one.coding.turn} ({one.file.coder}): {' '.join(one.coding.quote.split())}")
        if typer.confirm(f"{new}?", default=False, err=True):
            yield one.file.coder, one.file.source, one.number


def _carry_out(
    root: Path, study: Study, operation: Operation, dry_run: bool, yes: bool, format_: Format
) -> None:
    """Show what an operation changes, then do it: at a terminal after a question."""
    now = read_clock()
    plan = plan_operation(root, study, operation, now)
    hidden = list(_find_hidden(study, operation, plan))
    moves = list(_find_moves(study, plan.study))
    rows: list[tuple[str, int | None]] = [
        (one, None) for one in plan.change.files if one == study.codebook.path
    ]
    rows += [*plan.follows, *((f"{name}: {before} → {after}", None) for name, before, after in moves)]
    table = make_table(("what follows", "number"), rows, operation.said)
    show(table, format_, lambda: {
        "operation": operation.said, "files": sorted(plan.change.files), "follows": dict(plan.follows),
        "verdicts": [{"finding": name, "before": before, "after": after} for name, before, after in moves],
        "hidden": [one.message for one in hidden], "done": not dry_run and (yes or not hidden),
    })  # fmt: skip
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


def _find_hidden(study: Study, operation: Operation, plan: Plan) -> Iterator[Problem]:
    """What one would not see any more: directions that differ, and findings with a passage on both sides."""
    hint = "Nothing was written. Say `--yes` to do it all the same."
    for said in find_differences(study, operation):
        yield Problem(Place(study.codebook.path), "directions-differ", said, hint)
    before = {one.message for one in check_both_sides(study)}
    for one in check_both_sides(plan.study):
        if one.message not in before:
            yield Problem(one.place, one.rule, one.message, hint)


def _find_moves(before: Study, after: Study) -> Iterator[tuple[str, str, str]]:
    """Findings whose verdict would be another: the finding, the verdict now and then."""
    old, new = (
        {one.id: one.verdict for one in triangulate_study(one_study, reduce_study(one_study)).findings}
        for one_study in (before, after)
    )
    return ((name, verdict, new[name]) for name, verdict in old.items() if new[name] != verdict)


COMMANDS = (rename, merge, split, move, retire, restore, undo)
