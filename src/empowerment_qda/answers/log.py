"""What `qda code log` answers: what was done, and how the codings stood at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.desk import Entry, describe
from empowerment_qda.folder.log import Chain, plain_entry
from empowerment_qda.folder.write import plain_coding, plain_left_out
from empowerment_qda.model.coding import Codings


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
