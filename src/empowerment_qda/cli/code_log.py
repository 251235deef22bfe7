"""`qda code log` and `restore`: what was done to codings, how they stood at a time, and to put back what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Annotated, Any, NamedTuple

import typer

from empowerment_qda.cli.code_by_hand import CoderOption, open_desk
from empowerment_qda.cli.console import show, show_text, tell
from empowerment_qda.cli.options import Format, FormatOption, SourcesArgument, StudyOption
from empowerment_qda.cli.tables import Columns, each, lay_out, object_of, objects, same
from empowerment_qda.coding import Entry, describe, rebuild
from empowerment_qda.files.log import (
    Chain,
    coders_with_log,
    make_history,
    plain_entry,
    read_chain,
    read_log,
    read_raw_log,
    set_aside,
)
from empowerment_qda.files.read import enter_study
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


LOG: Columns = {
    "n": "number", "time": lambda one: one.entry.time.isoformat(sep=" ", timespec="seconds"), "coder": "entry.coder",
    "what was done": lambda one: describe(one.entry),
}  # fmt: skip


class CheckedLog(NamedTuple):
    """The log of a coder: how many entries, and whether its chain is whole."""

    coder: str
    entries: int
    chain: Chain

    @property
    def said(self) -> str:
        """Whole, or broken at a line."""
        if self.chain.broken:
            return f"broken at line {self.chain.broken[0]}"
        return "whole" if self.chain.chained or not self.entries else "not chained: written by an older qda"


CHAINS: Columns = {**same("coder entries"), "chained": "chain.chained", "log": "said"}
CHAIN: Columns = {**same("coder entries"), "chained": "chain.chained", "broken": "chain.broken"}
STATE: Columns = {
    "coder": lambda row: row[0].coder,
    "turn": lambda row: f"{row[0].source}#{row[1].turn}" if row[1].turn else row[0].source,
    **each(("id", "code", "status", "quote"), lambda name, row: getattr(row[1], name)),
}


def answer_state(files: Iterable[Codings]) -> dict[str, Any]:
    """Codings as they stood, by coder and source, and what was left out."""
    told: dict[str, list[Any]] = {"codings": [], "left_out": []}
    for file in files:
        head = object_of(same("coder source"), file)
        told["codings"] += [head | plain_coding(one) for one in file.codings]
        told["left_out"] += [head | plain_left_out(one) for one in file.left_out]
    return told


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
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Only this source.")] = None,
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
    root, moment = enter_study(study), read_moment(at)
    coders = coders_with_log(root) if coder is None else [coder]
    if isinstance(moment, int) and len(coders) != 1:
        raise typer.BadParameter("a number counts in the log of one coder: add --coder NAME")
    if verify:
        if source or at:
            raise typer.BadParameter("--verify looks at whole logs: leave SOURCE and --at out")
        chains = [
            CheckedLog(one, len(read_log(root, one)), read_chain(read_raw_log(root, one))) for one in coders
        ]
        show(lay_out(CHAINS, chains), format_, lambda: {"logs": objects(CHAIN, chains)})
        raise typer.Exit(int(any(one.chain.broken for one in chains)))
    logs = [read_log(root, one) for one in coders]
    if moment is None:
        logged = number_entries(logs, source)
        shown = logged[-MOST:] if format_ == Format.table else logged
        show(
            lay_out(LOG, shown),
            format_,
            lambda: {"entries": [{"n": one.number, **plain_entry(one.entry)} for one in logged]},
        )
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
    rows = [(file, coding) for file in states for coding in file.codings]
    show(lay_out(STATE, rows), format_, lambda: answer_state(states))


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
    root = enter_study(study)
    known = list(make_history(read_log(root, coder), coder).files())
    unknown = [one for one in sources or () if one not in known]
    if unknown:
        raise StudyError(
            Problem(Place(f"codings/{coder}/log.jsonl"), "unknown-source", f"this log knows nothing of `{one}`", did_you_mean(one, known))
            for one in unknown
        )  # fmt: skip
    if not keep_file:
        for told in set_aside(root, coder, sources or known):
            tell(told)
    done = False
    with open_desk(study, coder) as desk:
        here = known if keep_file else [one for one in known if one in desk.study.by_id]
        for source in sources or here:
            if entry := desk.take_up(source) if keep_file else desk.restore(source, moment):
                done = True
                show_text(describe(entry))
    if not done:
        tell("The log knows what the files hold." if keep_file else "Nothing is missing.")
