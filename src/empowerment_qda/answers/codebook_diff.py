"""What `qda codebook diff` answers: each change of a code, and the codings to look at again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import TurnRange
from empowerment_qda.passages import Passage
from empowerment_qda.stages.codebook_diff import CodeChange

SHOWN = 6
"""Codings named on a line; the rest are counted."""


def answer_changes(
    old_name: str, old: Codebook, new: Codebook, changes: Iterable[CodeChange]
) -> dict[str, Any]:
    """Every change with its codings by coder."""
    return {
        "old": {"name": old_name, "version": old.version},
        "new": {"name": new.path, "version": new.version},
        "changes": [
            {
                "change": one.change,
                "code": one.code,
                "was": one.was,
                "now": one.now,
                "fields": list(one.fields),
                "codings": [
                    {
                        "coder": coding.file.coder,
                        "id": coding.id,
                        "ref": _ref(coding),
                        "code": coding.coding.code,
                    }
                    for coding in one.codings
                ],
            }
            for one in changes
        ],
    }


def _ref(passage: Passage) -> str:
    span = passage.anchor.span
    turns = TurnRange(span.turn, span.end_turn) if span else passage.coding.turn
    return f"{passage.source.id}#{turns}" if turns else passage.source.id


def table_changes(changes: Iterable[CodeChange]) -> Table:
    """One row for each change; the codings that it touches are counted by coder, and the first are named."""
    rows = ((one.change, one.code, _what(one), _touched(one.codings)) for one in changes)
    return make_table(("change", "code", "what", "codings to look at again"), rows)


def _what(one: CodeChange) -> str | None:
    match one.change:
        case "added" | "retired" | "revived":
            return one.now
        case "removed":
            return one.was
        case "redefined":
            return ", ".join(one.fields)
        case _:
            return f"{one.was} → {one.now}"


def _touched(codings: tuple[Passage, ...]) -> str:
    by_coder: dict[str, list[str]] = {}
    for one in codings:
        name = f"{one.coding.id} ({_ref(one)})" if one.coding.id else _ref(one)
        by_coder.setdefault(one.file.coder, []).append(name)
    return "; ".join(
        f"{coder}: {len(names)} ({', '.join(names[:SHOWN])}{', ...' if len(names) > SHOWN else ''})"
        for coder, names in by_coder.items()
    )
