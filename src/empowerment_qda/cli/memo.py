"""`qda memo`: the memos of a study, and a new one."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import Annotated, Any

import typer

from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_text
from empowerment_qda.cli.group import DefaultGroup
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, edited
from empowerment_qda.cli.tables import Columns, lay_out, objects, same
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.read import open_study
from empowerment_qda.files.write import add_memo, require_links
from empowerment_qda.model.coding import Kind

MEMO: Columns = same("id title author date kind links text path")
MEMOS: Columns = {**same("id date author kind links"), "title": "heading"}

memo_app = typer.Typer(cls=DefaultGroup, rich_markup_mode=None, add_completion=False)


@memo_app.command()
def memo(
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only memos of this kind.")] = None,
    link: Annotated[
        str | None,
        typer.Option(
            "--link", metavar="ID", help="Only memos on this code, coding, finding, source or turn."
        ),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """List the memos of a study."""
    _, whole = open_study(study)
    chosen = [one for one in whole.memos if kind in (None, one.kind) and (link is None or one.is_about(link))]
    show(
        lay_out(MEMOS, chosen, spare=("kind", "links", "author", "date")),
        format_,
        lambda: {"memos": objects(MEMO, chosen)},
    )


@memo_app.command()
def add(
    author: Annotated[
        str, typer.Option("--author", metavar="NAME", envvar="QDA_CODER", help="Who writes it.")
    ],
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="What to write down; `-` reads standard input. Else your editor opens."
        ),
    ] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="What the memo is about.")] = "theoretical",
    link: Annotated[
        list[str] | None,
        typer.Option(
            "--link",
            metavar="ID",
            help="A code, coding, finding, source, or turns (KS-01#2, KS-01#2-4); may be repeated.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="A title.")] = None,
    study: StudyOption = None,
) -> None:
    """Write a memo into memos/, under the next free number: in a few words, from a pipe, or in your editor."""
    root, whole = open_study(study)
    require_links(whole, link or ())
    if text is None and at_terminal():
        writing: Any = edited(".md")
    else:
        writing = nullcontext(sys.stdin.read() if text in (None, "-") else text)
    keys = {"title": title, "author": author, "kind": kind, "links": link}
    with writing as said:
        made = add_memo(root, whole, keys, said, read_clock())
    show_text(f"{made.id}: {made.path}")
