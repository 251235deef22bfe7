"""A coder's history: every state that the log leads through, and what undo and redo would do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

from empowerment_qda.desk.entry import DONE, Entry, find_splice, note_left_out, path_of
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.problems import Place, Problem, StudyError

NO_SOURCE = ("define", "memo")
"""What is done to no source's codings."""


class History:
    """The entries of one coder so far, and the codings they lead to.

    Undo goes back step by step, redo forward again until something new is done. What was taken up at first sight of a
    file (`found`), memos and what a later version of qda did are no steps: undo passes them over.
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
        """Take up one more entry; ValueError where it does not fit those before it. One of a later version that does not
        is passed over."""
        try:
            self._require_fit(entry)
        except ValueError:
            if entry.action in DONE:
                raise
            self.entries.append(entry)
            return
        if entry.source is not None:
            at, before, after = entry.splice
            self._states.setdefault(entry.source, [])[at : at + len(before)] = after
            if entry.changes_left_out:
                self._left_out[entry.source] = entry.left_out_after
        if entry.action == "undo":
            self._undone.append(self._done.pop(_find_step(self._done, entry)))
        elif entry.action == "redo":
            self._done.append(self._undone.pop(_find_step(self._undone, entry)))
        elif entry.action == "define":
            self._done.append(entry)  # what was undone before can still be redone: codings stay as they are
        elif entry.action in DONE - {"found", "memo"}:
            self._done.append(entry)
            self._undone.clear()
        self.entries.append(entry)

    def _require_fit(self, entry: Entry) -> None:
        number = len(self.entries) + 1
        stack = {"undo": self._done, "redo": self._undone}.get(entry.action)
        if stack is not None and _find_step(stack, entry) == len(stack):
            raise ValueError(f"entry {number} is no {entry.action} of the step before it")
        if stack is None and entry.action in DONE and (entry.source is None) != (entry.action in NO_SOURCE):
            raise ValueError(f"entry {number} names no source")
        if not self._is_there(entry):
            raise ValueError(f"entry {number} changes codings that were not there")
        if entry.changes_left_out and self.left_out(entry.source or "") != entry.left_out_before:
            raise ValueError(f"entry {number} changes what was not left out")

    def _is_there(self, entry: Entry) -> bool:
        """Whether the codings that an entry changes stand where it says."""
        at, before, _ = entry.splice
        state = self._states.get(entry.source or "", [])
        return at <= len(state) and state[at : at + len(before)] == list(before)

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
        """The entry that takes back the last step; None where there is none. StudyError as in `redo`."""
        return self._find_place(_again(self._done[-1], "undo", now)) if self._done else None

    def redo(self, now: datetime) -> Entry | None:
        """The entry that does again what was undone last; None where there is none.

        StudyError where the codings are no longer as the step left them, after what a later version of qda did.
        """
        return self._find_place(_again(self._undone[-1], "redo", now)) if self._undone else None

    def _find_place(self, entry: Entry) -> Entry:
        """The entry where its codings stand now: what a later version did may have moved them."""
        state, number = self._states.get(entry.source or "", []), len(entry.before)
        fits = not entry.changes_left_out or self.left_out(entry.source or "") == entry.left_out_before
        if fits and self._is_there(entry):
            return entry
        places = [
            at for at in range(len(state) - number + 1) if state[at : at + number] == list(entry.before)
        ]
        if not (fits and places):
            said = f"the last {entry.of} cannot be taken back or done again: a later version of qda changed those codings since"
            hint = "Use that version, or change the coding itself."
            raise StudyError([Problem(Place(path_of(entry.source or "", entry.coder)), "log", said, hint)])
        return entry.model_copy(update={"at": min(places, key=lambda at: abs(at - entry.at))})


def _find_step(stack: list[Entry], entry: Entry) -> int:
    """The number of the step that an undo or redo is of: the last one, or before codes that were added since, as logs of
    version 0.1 have it; the length of the stack where it is of neither."""
    for number in range(len(stack) - 1, -1, -1):
        if _fits(stack[number], entry):
            return number
        if stack[number].source is not None:
            break
    return len(stack)


def _fits(step: Entry, entry: Entry) -> bool:
    """Whether an undo or redo is of a step; it may stand elsewhere in the file by now."""
    expected = _again(step, entry.action, entry.time)
    keys = ("source", "before", "after", "left_out_before", "left_out_after", "code")
    return all(getattr(expected, key) == getattr(entry, key) for key in keys)


def _again(entry: Entry, action: str, now: datetime) -> Entry:
    at, before, after = entry.splice.invert() if action == "undo" else entry.splice
    update: dict[str, Any] = {
        "time": now,
        "action": action,
        "of": entry.action,
        "at": at,
        "before": before,
        "after": after,
    }
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
