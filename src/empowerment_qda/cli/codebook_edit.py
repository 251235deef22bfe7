"""`qda codebook edit`: what a code is called, what it means, which way it points, its colour."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Annotated, Literal

import typer

from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.codebook_change import Code, DryRun
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import Format, FormatOption, Language, StudyOption
from empowerment_qda.cli.tables import make_table
from empowerment_qda.coding.log_entry import say_changes
from empowerment_qda.files.code_operations import compare_verdicts
from empowerment_qda.files.codebook_edit import EDITABLE, plan_edit, put_text, read_keys
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.journal import write_together
from empowerment_qda.files.lock import Lock
from empowerment_qda.files.read import open_study

Direction = Literal["supports", "limits", "neutral"]


def edit(
    code: Code,
    label: Annotated[
        str | None, typer.Option("--label", metavar="TEXT", help="Its name in tables and reports.")
    ] = None,
    definition: Annotated[
        str | None, typer.Option("--definition", metavar="TEXT", help="What belongs under it.")
    ] = None,
    use_when: Annotated[
        str | None, typer.Option("--use-when", metavar="TEXT", help="When to use it.")
    ] = None,
    not_when: Annotated[str | None, typer.Option("--not-when", metavar="TEXT", help="When not to.")] = None,
    example: Annotated[
        str | None, typer.Option("--example", metavar="TEXT", help="An example, written for the codebook.")
    ] = None,
    near_miss: Annotated[
        str | None, typer.Option("--near-miss", metavar="TEXT", help="What looks like it and is not.")
    ] = None,
    memo: Annotated[
        str | None, typer.Option("--memo", metavar="TEXT", help="Why the codebook needs it.")
    ] = None,
    direction: Annotated[
        Direction | None, typer.Option("--direction", help="What it says of its dimension.")
    ] = None,
    color: Annotated[
        str | None,
        typer.Option("--color", "--colour", metavar="#RRGGBB", help="Its colour, such as '#1F77B4'."),
    ] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of these texts; else that of the study.")
    ] = None,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Change what the codebook says of a code; an empty text takes it away. The version is raised, other lines stay."""
    given = (label, definition, use_when, not_when, example, near_miss, memo, direction, color)
    said = {name: one for name, one in zip(EDITABLE, given, strict=True) if one is not None}
    if not said:
        raise typer.BadParameter("name what is to change, such as --label or --definition")
    root, whole = open_study(study)
    book, own = whole.codebook, whole.settings.language
    before = read_keys(book, code, said)
    language = f"{lang or own}"  # plain text, as YAML writes it
    keys = {
        name: one or None if name in ("direction", "color") else put_text(before[name], one, language, own)
        for name, one in said.items()
    }
    change, after = plan_edit(root, book, code, keys)
    moves = [*compare_verdicts(whole, replace(whole, codebook=after))] if "direction" in said else []
    rows = [(one,) for one in say_changes(before, keys)]
    rows += [(f"{name}: {verdict} → {then}",) for name, verdict, then in moves]
    changed = [name for name, one in keys.items() if one != before[name]]
    show(make_table(("what changes",), rows, change.said), format_, lambda: {
        "operation": change.said, "files": [*change.files], "version": after.version,
        "changes": [{"key": name, "before": before[name], "after": keys[name]} for name in changed],
        "verdicts": [{"finding": name, "before": verdict, "after": then} for name, verdict, then in moves],
        "done": bool(change.files) and not dry_run,
    })  # fmt: skip
    asked = bool(change.files) and not dry_run and not yes and at_terminal()
    if not change.files or dry_run or (asked and not typer.confirm("Do it?", default=True, err=True)):
        tell("Nothing was written." if change.files else f"Nothing of {code} is another so.")
        return
    with closing(Lock(root, "codings/.codebook.lock", book.path, read_clock())):
        write_together(root, change)
    tell(f"Done, codebook version {after.version}; `qda codebook undo` takes it back.")
