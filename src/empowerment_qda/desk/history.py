"""A coder's history: every state that the log leads through, and what undo and redo would do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

from empowerment_qda.desk.entry import Entry, find_splice, note_left_out
from empowerment_qda.model.coding import Coding, Codings, LeftOut

NO_SOURCE = ("define", "memo")
"""What is done to no source's codings."""


class History:
    """The entries of one coder so far, and the codings they lead to.

    Undo goes back step by step, redo forward again until something new is done. What was taken up at first
    sight of a file (`found`), codes that were defined and memos are no steps: undo passes them over.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self._states: dict[str, list[Coding]] = {}
        self._left_out: dict[str, tuple[LeftOut, ...]] = {}
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take up one more entry; ValueError where it does not fit those before it."""
        self._require_fit(entry)
        if entry.source is not None:
            at, before, after = entry.splice
            self._states.setdefault(entry.source, [])[at : at + len(before)] = after
            if entry.changes_left_out:
                self._left_out[entry.source] = entry.left_out_after
        if entry.action == "undo":
            self._undone.append(self._done.pop())
        elif entry.action == "redo":
            self._done.append(self._undone.pop())
        elif entry.action not in ("found", *NO_SOURCE):
            self._done.append(entry)
            self._undone.clear()
        self.entries.append(entry)

    def _require_fit(self, entry: Entry) -> None:
        number = len(self.entries) + 1
        if (entry.source is None) != (entry.action in NO_SOURCE):
            raise ValueError(f"entry {number} names no source")
        stack = {"undo": self._done, "redo": self._undone}.get(entry.action)
        if stack is not None and not (stack and _fits(stack[-1], entry)):
            raise ValueError(f"entry {number} is no {entry.action} of the step before it")
        at, before, _ = entry.splice
        state = self._states.get(entry.source or "", [])
        if at > len(state) or state[at : at + len(before)] != list(before):
            raise ValueError(f"entry {number} changes codings that were not there")
        if entry.changes_left_out and self.left_out(entry.source or "") != entry.left_out_before:
            raise ValueError(f"entry {number} changes what was not left out")

    def state(self, source: str) -> tuple[Coding, ...] | None:
        """The codings of a source as the log has them; None where it has never heard of the source."""
        state = self._states.get(source)
        return None if state is None else tuple(state)

    def left_out(self, source: str) -> tuple[LeftOut, ...]:
        """What the log says is left out of a source."""
        return self._left_out.get(source, ())

    def states(self) -> dict[str, tuple[Coding, ...]]:
        """The codings of every source that the log knows."""
        return {source: tuple(state) for source, state in self._states.items()}

    def before_last(self) -> tuple[tuple[Coding, ...], tuple[LeftOut, ...]]:
        """The last entry's source as it was before that entry: the codings, and what was left out."""
        last = self.entries[-1]
        state = list(self._states.get(last.source or "", ()))
        state[last.at : last.at + len(last.after)] = last.before
        left_out = last.left_out_before if last.changes_left_out else self.left_out(last.source or "")
        return tuple(state), left_out

    def look_at(self, file: Codings, now: datetime) -> Entry | None:
        """The entry that takes up what a file holds and the log does not; None where both say the same."""
        known, left_out = self.state(file.source), self.left_out(file.source)
        if (file.codings, file.left_out) == (known or (), left_out):
            return None
        at, before, after = find_splice(known or (), file.codings)
        return Entry(
            time=now,
            coder=file.coder,
            action="found" if known is None else "edited",
            source=file.source,
            at=at,
            before=before,
            after=after,
            **note_left_out(left_out, file.left_out),
        )

    def undo(self, now: datetime) -> Entry | None:
        """The entry that takes back the last step; None where there is none."""
        return _again(self._done[-1], "undo", now) if self._done else None

    def redo(self, now: datetime) -> Entry | None:
        """The entry that does again what was undone last; None where there is none."""
        return _again(self._undone[-1], "redo", now) if self._undone else None


def _fits(step: Entry, entry: Entry) -> bool:
    splice = step.splice.invert() if entry.action == "undo" else step.splice
    left_out = (step.left_out_before, step.left_out_after)
    left_out = left_out[::-1] if entry.action == "undo" else left_out
    changed = (entry.left_out_before, entry.left_out_after)
    return (step.source, splice, left_out) == (entry.source, entry.splice, changed)


def _again(entry: Entry, action: str, now: datetime) -> Entry:
    at, before, after = entry.splice.invert() if action == "undo" else entry.splice
    update: dict[str, Any] = {"time": now, "action": action, "at": at, "before": before, "after": after}
    if action == "undo":
        update |= {"left_out_before": entry.left_out_after, "left_out_after": entry.left_out_before}
    return entry.model_copy(update=update)


def rebuild(entries: Iterable[Entry], up_to: int | datetime | None = None) -> dict[str, Codings]:
    """The codings by source after so many entries, or at a time; after all of them without `up_to`."""
    chosen = list(entries)
    if isinstance(up_to, int):
        chosen = chosen[:up_to]
    elif up_to is not None:
        chosen = list(takewhile(lambda entry: entry.time <= up_to, chosen))
    history = History(chosen)
    return {
        source: Codings(
            source=source, coder=chosen[0].coder, codings=state, left_out=history.left_out(source)
        )
        for source, state in history.states().items()
    }
