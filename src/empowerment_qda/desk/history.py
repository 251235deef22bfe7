"""A coder's history: every state that the log leads through, and what undo and redo would do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from empowerment_qda.desk.entry import Done, Entry, find_splice
from empowerment_qda.model.coding import Coding, Codings


class History:
    """The entries of one coder so far, and the codings they lead to.

    Undo goes back step by step, redo forward again until something new is done. What was taken up at first
    sight of a file (`found`) and codes that were defined are no steps: undo passes them over.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self._states: dict[str, list[Coding]] = {}
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
        if entry.action == "undo":
            self._undone.append(self._done.pop())
        elif entry.action == "redo":
            self._done.append(self._undone.pop())
        elif entry.action not in ("found", "define"):
            self._done.append(entry)
            self._undone.clear()
        self.entries.append(entry)

    def _require_fit(self, entry: Entry) -> None:
        number = len(self.entries) + 1
        if (entry.source is None) != (entry.action == "define"):
            raise ValueError(f"entry {number} names no source")
        stack = {"undo": self._done, "redo": self._undone}.get(entry.action)
        if stack is not None and not (stack and _fits(stack[-1], entry)):
            raise ValueError(f"entry {number} is no {entry.action} of the step before it")
        at, before, _ = entry.splice
        state = self._states.get(entry.source or "", [])
        if at > len(state) or state[at : at + len(before)] != list(before):
            raise ValueError(f"entry {number} changes codings that were not there")

    def state(self, source: str) -> tuple[Coding, ...] | None:
        """The codings of a source as the log has them; None where it has never heard of the source."""
        state = self._states.get(source)
        return None if state is None else tuple(state)

    def states(self) -> dict[str, tuple[Coding, ...]]:
        """The codings of every source that the log knows."""
        return {source: tuple(state) for source, state in self._states.items()}

    def before_last(self) -> tuple[Coding, ...]:
        """The codings of the last entry's source as they were before that entry."""
        last = self.entries[-1]
        state = list(self._states.get(last.source or "", ()))
        state[last.at : last.at + len(last.after)] = last.before
        return tuple(state)

    def look_at(self, coder: str, source: str, codings: tuple[Coding, ...], now: datetime) -> Entry | None:
        """The entry that takes up what a file holds and the log does not; None where both say the same."""
        known = self.state(source)
        if codings == (known or ()):
            return None
        at, before, after = find_splice(known or (), codings)
        action: Done = "found" if known is None else "edited"
        return Entry(time=now, coder=coder, action=action, source=source, at=at, before=before, after=after)

    def undo(self, now: datetime) -> Entry | None:
        """The entry that takes back the last step; None where there is none."""
        return _again(self._done[-1], "undo", now) if self._done else None

    def redo(self, now: datetime) -> Entry | None:
        """The entry that does again what was undone last; None where there is none."""
        return _again(self._undone[-1], "redo", now) if self._undone else None


def _fits(step: Entry, entry: Entry) -> bool:
    splice = step.splice.invert() if entry.action == "undo" else step.splice
    return (step.source, splice) == (entry.source, entry.splice)


def _again(entry: Entry, action: str, now: datetime) -> Entry:
    at, before, after = entry.splice.invert() if action == "undo" else entry.splice
    update = {"time": now, "action": action, "at": at, "before": before, "after": after}
    return entry.model_copy(update=update)


def rebuild(entries: Iterable[Entry], up_to: int | datetime | None = None) -> dict[str, Codings]:
    """The codings by source after so many entries, or at a time; after all of them without `up_to`."""
    chosen = list(entries)
    if isinstance(up_to, int):
        chosen = chosen[:up_to]
    elif up_to is not None:
        chosen = list(takewhile(lambda entry: entry.time <= up_to, chosen))
    return {
        source: Codings(source=source, coder=chosen[0].coder, codings=state)
        for source, state in History(chosen).states().items()
    }
