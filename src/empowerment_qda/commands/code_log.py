"""`qda code log`."""

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption

MOST = 5_000
"""Entries in a table on the screen, the latest."""


def read_moment(at: str | None) -> int | datetime | None:
    """A number of entries or a time; a day means its end, a time without zone is that of this computer."""
    if at is None or at.isdigit():
        return int(at) if at else None
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise typer.BadParameter(
            f"`{at}` is no number and no time such as 2024-05-01 or 2024-05-01T14:30"
        ) from None
    if len(at) <= len("2024-05-01"):
        found = datetime.combine(found, time.max)
    return found if found.tzinfo else found.astimezone()


def log(
    source: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="Only this source.")] = None,
    coder: Annotated[str | None, typer.Option("--coder", metavar="NAME", help="Only this coder.")] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="N|TIME",
            help="The codings as they were after entry N of the coder, or at a time.",
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify", help="Whether each log is whole, or at which line its chain of hashes is broken."
        ),
    ] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show what was done to codings, by whom and when; or how they stood at a time."""
    from empowerment_qda.answers.log import (
        answer_chains,
        answer_log,
        answer_state,
        number_entries,
        table_chains,
        table_log,
        table_state,
    )
    from empowerment_qda.console import say, show
    from empowerment_qda.desk import rebuild
    from empowerment_qda.folder.log import coders_with_log, read_chain, read_log, read_raw_log
    from empowerment_qda.folder.read import find_study

    root, moment = find_study(study or Path()), read_moment(at)
    coders = coders_with_log(root) if coder is None else [coder]
    if isinstance(moment, int) and len(coders) != 1:
        raise typer.BadParameter("a number counts in the log of one coder: add --coder NAME")
    if verify:
        if source or at:
            raise typer.BadParameter("--verify looks at whole logs: leave SOURCE and --at out")
        chains = [(one, len(read_log(root, one)), read_chain(read_raw_log(root, one))) for one in coders]
        show(table_chains(chains), format_, lambda: answer_chains(chains))
        raise typer.Exit(int(any(chain.broken for _, _, chain in chains)))
    logs = [read_log(root, one) for one in coders]
    if moment is None:
        logged = number_entries(logs, source)
        shown = logged[-MOST:] if format_ == Format.table else logged
        show(table_log(shown), format_, lambda: answer_log(logged))
        if len(shown) < len(logged):
            say(f"Not shown: {len(logged) - len(shown):,} before these; `--format csv` gives all.")
        if not logged:
            say("Nothing has been done here yet.")
        return
    states = [
        file
        for entries in logs
        for file in rebuild(entries, moment).values()
        if source in (None, file.source)
    ]
    show(table_state(states), format_, lambda: answer_state(states))
