"""What `qda code log` answers: what was done, and how the codings stood at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from empowerment_qda.cli.code_by_hand import CoderOption, open_desk
from empowerment_qda.cli.console import show, show_text, tell
from empowerment_qda.cli.options import Format, FormatOption, SourcesArgument, StudyOption
from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.coding import Entry, describe, rebuild
from empowerment_qda.files.log import (
    Chain,
    coders_with_log,
    make_history,
    plain_entry,
    read_chain,
    read_log,
    read_raw_log,
)
from empowerment_qda.files.lost import set_aside
from empowerment_qda.files.read import find_study
from empowerment_qda.files.write import plain_coding, plain_left_out
from empowerment_qda.model.coding import Codings
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean


class Logged(NamedTuple):
    """An entry and its number (from 1) in the log of its coder."""

    number: int
    entry: Entry


def number_entries(logs: Iterable[Sequence[Entry]], source: str | None) -> list[Logged]:
    """The entries of several logs in the order of time, of one source only if given."""
    every = [Logged(number, entry) for log in logs for number, entry in enumerate(log, 1)]
    chosen = (one for one in every if source is None or one.entry.source == source)
    return sorted(chosen, key=lambda one: one.entry.time)


def answer_log(logged: Iterable[Logged]) -> dict[str, Any]:
    """Every entry with its number, as it stands in the log."""
    return {"entries": [{"n": one.number, **plain_entry(one.entry)} for one in logged]}


def table_log(logged: Iterable[Logged]) -> Table:
    """One row for each entry, told in words."""
    rows = (
        (
            one.number,
            one.entry.time.isoformat(sep=" ", timespec="seconds"),
            one.entry.coder,
            describe(one.entry),
        )
        for one in logged
    )
    return make_table(("n", "time", "coder", "what was done"), rows)


def answer_chains(chains: Iterable[tuple[str, int, Chain]]) -> dict[str, Any]:
    """Of each coder's log: its entries, how many lines are chained, and the numbers of those where the chain is broken."""
    return {
        "logs": [
            {"coder": coder, "entries": entries, "chained": chain.chained, "broken": list(chain.broken)}
            for coder, entries, chain in chains
        ]
    }


def table_chains(chains: Iterable[tuple[str, int, Chain]]) -> Table:
    """One row for each log: whole, or broken at a line."""
    rows = ((coder, entries, chain.chained, _say_chain(entries, chain)) for coder, entries, chain in chains)
    return make_table(("coder", "entries", "chained", "log"), rows)


def _say_chain(entries: int, chain: Chain) -> str:
    if chain.broken:
        return f"broken at line {chain.broken[0]}"
    return "whole" if chain.chained or not entries else "not chained: written by an older qda"


def answer_state(files: Sequence[Codings]) -> dict[str, Any]:
    """Codings as they stood, by coder and source, and what was left out."""
    return {
        "codings": [
            {"coder": file.coder, "source": file.source, **plain_coding(coding)}
            for file in files
            for coding in file.codings
        ],
        "left_out": [
            {"coder": file.coder, "source": file.source, **plain_left_out(one)}
            for file in files
            for one in file.left_out
        ],
    }


def table_state(files: Iterable[Codings]) -> Table:
    """One row for each coding as it stood."""
    rows = (
        (
            file.coder,
            f"{file.source}#{one.turn}" if one.turn else file.source,
            one.id,
            one.code,
            one.status,
            one.quote,
        )
        for file in files
        for one in file.codings
    )
    return make_table(("coder", "turn", "id", "code", "status", "quote"), rows)


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
            tell(f"Not shown: {len(logged) - len(shown):,} before these; `--format csv` gives all.")
        if not logged:
            tell("Nothing has been done here yet.")
        return
    states = [
        file
        for entries in logs
        for file in rebuild(entries, moment).values()
        if source in (None, file.source)
    ]
    show(table_state(states), format_, lambda: answer_state(states))


def restore(
    coder: CoderOption,
    sources: SourcesArgument = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="N|TIME",
            help="What stood there after entry N of the log (`qda code log`), or at a time.",
        ),
    ] = None,
    keep_file: Annotated[
        bool,
        typer.Option(
            "--keep-file",
            help="The files are right as they are: the log takes up that codings were taken away.",
        ),
    ] = False,
    study: StudyOption = None,
) -> None:
    """Put back codings that your log knows and your files have no more; what was added or changed there stays."""

    if keep_file and at:
        raise typer.BadParameter("--at says what comes back, and with --keep-file nothing does")
    moment = read_moment(at)
    root = find_study(study or Path())
    known = list(make_history(read_log(root, coder), coder).states())
    unknown = [one for one in sources or () if one not in known]
    if unknown:
        raise StudyError(
            Problem(Place(f"codings/{coder}/log.jsonl"), "unknown-source", f"this log knows nothing of `{one}`", did_you_mean(one, known))
            for one in unknown
        )  # fmt: skip
    if not keep_file:
        for told in set_aside(root, coder, sources or known):
            tell(told)
    done = 0
    with open_desk(study, coder) as desk:
        here = known if keep_file else [one for one in known if one in desk.study.by_id]
        for source in sources or here:
            entry = desk.take_up(source) if keep_file else desk.restore(source, moment)
            if entry:
                done += 1
                show_text(describe(entry))
    if not done:
        tell("The log knows what the files hold." if keep_file else "Nothing is missing.")
