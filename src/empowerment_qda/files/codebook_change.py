"""Codes that change: the book, all coders' codings, suggestions, findings and memos follow in one step.

Every file is changed as text, so that other lines stay as they are, and read back: what it then holds has to be what was
meant, else nothing is written.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["rename", "merge", "split", "move", "retire", "restore"]


class Operation(NamedTuple):
    """A change of codes: `codes` are those that change, `target` the new id, the code merged into or split off, or the code
    that it comes under; `chosen` are the codings that a split gives to the target, as (coder, source, number from 0)."""

    kind: Kind
    codes: tuple[str, ...]
    target: str = ""
    chosen: frozenset[tuple[str, str, int]] = frozenset()

    @property
    def said(self) -> str:
        """Such as: merge a, b into c."""
        join = {"rename": " to ", "merge": " into ", "split": " into ", "move": " under "}.get(self.kind, "")
        return f"{self.kind} {', '.join(self.codes)}{join}{self.target}"
