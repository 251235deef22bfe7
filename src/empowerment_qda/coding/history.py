"""A coder's history: every state that the log leads through, what undo and redo would do next, what a file has lost of it,
and the ids that were ever given."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from empowerment_qda.coding.log_entry import (
    DONE,
    Entry,
    compare_files,
    entries_of,
    holds_same,
    list_few,
    path_of,
    reasons_of,
    say_turns,
)
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.study import Study
from empowerment_qda.problems import refusal

OPERATIONS = frozenset({"rename", "merge", "split", "correct"})
"""Changes of codes and of transcripts, which change the codings of all coders."""
NO_SOURCE = ("define", "redefine", "memo")
"""What is done to no source's codings."""
_OF_A_CODE = ("define", "redefine")


class History:
    """The entries of one coder so far, and the codings they lead to.

    Undo goes back step by step, redo forward again until something new is done; entries that are joined are one step. What was taken up at first sight of a
    file (`found`), memos, operations on codes and what a later version of qda did are no steps: undo passes them over.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self._codings: dict[str, list[Coding]] = {}
        self._left_out: dict[str, tuple[LeftOut, ...]] = {}
        self._done: list[Entry] = []
        self._numbers: list[int] = []
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
            self._codings.setdefault(entry.source, [])[at : at + len(before)] = after
            if entry.changes_left_out:
                self._left_out[entry.source] = entry.left_out_after
        if entry.action == "undo":
            at = _find_step(self._done, entry)
            self._undone.append(self._done.pop(at))
            del self._numbers[at]
        elif entry.action == "redo":
            self._add_step(self._undone.pop(_find_step(self._undone, entry)))
        elif entry.action in DONE - {"found", "memo"} - OPERATIONS:
            self._add_step(entry)
            if (
                entry.action not in _OF_A_CODE
            ):  # codings stay as they are: what was undone can still be redone
                self._undone.clear()
        self.entries.append(entry)

    def _add_step(self, entry: Entry) -> None:
        self._done.append(entry)
        self._numbers.append(len(self.entries) + 1)

    @property
    def last_step(self) -> int:
        """The number (from 1) of the entry that did what undo would take back; 0 where there is nothing."""
        return self._numbers[-1] if self._numbers else 0

    def _require_fit(self, entry: Entry) -> None:
        number, action = len(self.entries) + 1, entry.action
        stack = {"undo": self._done, "redo": self._undone}.get(action)
        if stack is not None and _find_step(stack, entry) == len(stack):
            raise ValueError(f"entry {number} is no {action} of the step before it")
        if stack is None and action in DONE and (entry.source is None) != (action in NO_SOURCE):
            raise ValueError(f"entry {number} names no source")
        if not self._has(entry.before, entry, entry.at):
            raise ValueError(f"entry {number} changes codings that were not there")
        if not self._leaves_out(entry):
            raise ValueError(f"entry {number} changes what was not left out")

    def _has(self, codings: tuple[Coding, ...], entry: Entry, at: int) -> bool:
        """Whether these codings stand at a place of an entry's source."""
        state = self._codings.get(entry.source or "", [])
        return at <= len(state) and state[at : at + len(codings)] == list(codings)

    def _leaves_out(self, entry: Entry) -> bool:
        """Whether what an entry changes is left out."""
        left_out = self._left_out.get(entry.source or "", ())
        return not entry.changes_left_out or left_out == entry.left_out_before

    def file(self, source: str) -> Codings | None:
        """The codings of a source as the log has them; None where it has never heard of the source."""
        if source not in self._codings:
            return None
        codings, left_out = tuple(self._codings[source]), self._left_out.get(source, ())
        return Codings(source=source, coder=self.entries[0].coder, codings=codings, left_out=left_out)

    def files(self) -> dict[str, Codings]:
        """The codings of every source that the log knows."""
        return {source: file for source in self._codings if (file := self.file(source))}

    def before_last(self) -> Codings | None:
        """The last entry's source as it was before that entry; None where it is of none."""
        last = self.entries[-1]
        file = self.file(last.source or "")
        return file and _again(last, "undo", last.time).apply(file)

    def look_at(self, file: Codings, now: datetime) -> Entry | None:
        """The entry that takes up what a file holds and the log does not; None where both say the same."""
        known = self.file(file.source)
        codings, left_out = (known.codings, known.left_out) if known else ((), ())
        before = file.model_copy(update={"codings": codings, "left_out": left_out})
        if holds_same(before, file):
            return None
        return compare_files(now, "edited" if known else "found", before, file)

    def next_step(self, action: Literal["undo", "redo"]) -> list[Entry]:
        """The entries of the step that undo or redo would do next, in the order in which they are taken back or done."""
        step: list[Entry] = []
        for entry in reversed(self._done if action == "undo" else self._undone):
            if action == "redo" and step and not entry.joined:
                break
            step.append(entry)
            if action == "undo" and not entry.joined:
                break
        return step

    def undo(self, now: datetime) -> Entry | None:
        """The entry that takes back the last one of a step; None where there is none. StudyError as in `redo`."""
        return self._find_place(_again(self._done[-1], "undo", now)) if self._done else None

    def redo(self, now: datetime) -> Entry | None:
        """The entry that does again what was undone last; None where there is none.

        StudyError where the codings are no longer as the step left them, after an operation on codes or what a later version
        of qda did.
        """
        return self._find_place(_again(self._undone[-1], "redo", now)) if self._undone else None

    def _find_place(self, entry: Entry) -> Entry:
        """The entry where its codings stand now: what a later version did may have moved them."""
        length = len(self._codings.get(entry.source or "", ()))
        near = sorted(range(length + 1), key=lambda at: abs(at - entry.at))
        places = (at for at in near if self._has(entry.before, entry, at))
        at = next(places, None) if self._leaves_out(entry) else None
        if at is None:
            who = "a later version of qda changed those codings"
            hint = "Use that version, or change the coding itself."
            changes = [one.action for one in self.entries if one.action in OPERATIONS]
            if changes[-1:] == ["correct"]:
                who = "their transcript was corrected"
                hint = "`qda source undo` takes the last correction back; or change the coding itself."
            elif changes:
                who = "those codings have another code"
                hint = "`qda codebook undo` takes the last change of codes back; or change the coding itself."
            said = f"the last {entry.of} cannot be taken back or done again: {who} since"
            raise refusal(path_of(entry.source or "", entry.coder), "log", said, hint)
        return entry.model_copy(update={"at": at})


def _find_step(stack: list[Entry], entry: Entry) -> int:
    """The number of the step that an undo or redo is of: the last one, or before codes that were added since, as logs of
    version 0.1 have it; the length of the stack where it is of neither."""
    for number in range(len(stack) - 1, -1, -1):
        if _is_of(entry, stack[number]):
            return number
        if stack[number].source is not None:
            break
    return len(stack)


def _is_of(entry: Entry, step: Entry) -> bool:
    """Whether an undo or redo is of a step; it may stand elsewhere in the file by now."""
    expected = _again(step, entry.action, entry.time)
    keys = ("source", "before", "after", "left_out_before", "left_out_after", "code", "code_before")
    return all(getattr(expected, key) == getattr(entry, key) for key in keys)


def _again(entry: Entry, action: str, now: datetime) -> Entry:
    """The undo or the redo of an entry."""
    update: dict[str, Any] = {"time": now, "action": action, "of": entry.action, "joined": False}
    if action == "undo":
        update |= {"before": entry.after, "after": entry.before}
        update |= {"left_out_before": entry.left_out_after, "left_out_after": entry.left_out_before}
        if entry.code_before is not None:
            update |= {"code": entry.code_before, "code_before": entry.code}
    return entry.model_copy(update=update)


def rebuild(entries: Iterable[Entry], up_to: int | datetime | None = None) -> dict[str, Codings]:
    """The codings by source after so many entries, or at a time; after all of them without `up_to`."""
    chosen = list(entries)
    if isinstance(up_to, int):
        chosen = chosen[:up_to]
    elif up_to is not None:
        chosen = list(takewhile(lambda entry: entry.time <= up_to, chosen))
    return History(chosen).files()


class Lost(NamedTuple):
    """A coding of the log, by its number there (0-based), that a file has no more; `at` is the place in the file where
    some of it is left (0-based)."""

    number: int
    coding: Coding
    at: int | None = None


_SAME: tuple[Callable[[Coding], Hashable], ...] = (
    lambda one: one.id,
    lambda one: None if one.id or not one.quote else (one.code, one.quote),
    lambda one: None if one.id or not one.quote else (one.turn, one.quote),
    lambda one: None if one.id or not one.turn else (one.turn, one.code),
)
"""By what a coding that a person changed is known again, the surest first."""


def find_lost(known: Sequence[Coding], now: Sequence[Coding]) -> list[Lost]:
    """The codings that were known and are gone, or of which the last in the file was cut short. What a person changed in
    another way, or added, is no loss. In linear time."""
    gone, fresh = _beyond(known, now), _beyond(now, known)
    lost, last = [], len(now) - 1
    if last in fresh:
        cut = next((number for number, one in gone.items() if _is_cut(one, now[last])), None)
        if cut is not None:
            lost.append(Lost(cut, gone.pop(cut), last))
            del fresh[last]
    for same in _SAME:
        changed: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(fresh):
            changed[same(now[at])].append(at)
        for number, one in list(gone.items()):
            key = same(one)
            if key is not None and changed[key]:
                del gone[number], fresh[changed[key].pop()]
    return sorted([*lost, *(Lost(number, one) for number, one in gone.items())])


def _beyond(codings: Sequence[Coding], others: Iterable[Coding]) -> dict[int, Coding]:
    """The codings, by number, that are not among others too; of more twins than those have, the last ones."""
    left, beyond = Counter(others), {}
    for number, one in enumerate(codings):
        left[one] -= 1
        if left[one] < 0:
            beyond[number] = one
    return beyond


def _is_cut(old: Coding, new: Coding) -> bool:
    """Whether what is new is the old with its end cut off: keys are gone, and one may be shorter."""
    pairs = (
        (getattr(old, name), getattr(new, name), field) for name, field in type(old).model_fields.items()
    )
    return all(
        was == now or now == field.get_default() or str(was).startswith(str(now)) for was, now, field in pairs
    )


def find_taken_in(known: Sequence[LeftOut], now: Sequence[LeftOut]) -> dict[int, str]:
    """The turns that were left out and are not any more, or whose reason was cut short; each with its reason."""
    reasons = reasons_of(now)
    return {
        turn: why
        for turn, why in reasons_of(known).items()
        if turn not in reasons or (reasons[turn] != why and why.startswith(reasons[turn]))
    }


def put_back(known: Codings, now: Codings) -> Codings:
    """The file with all that is lost in it again, each coding behind the one that it stood behind; nothing else changes."""
    codings = list(now.codings)
    lost = find_lost(known.codings, now.codings)
    for one in lost:
        if one.at is not None:
            codings[one.at] = one.coding
    places = {coding: at for at, coding in enumerate(codings)}
    by_id = {coding.id: at for at, coding in enumerate(codings) if coding.id}
    gone = {one.number for one in lost if one.at is None}
    behind: dict[int, list[Coding]] = defaultdict(list)
    at = -1
    for number, coding in enumerate(known.codings):
        if number in gone:
            behind[at].append(coding)
        else:
            at = places.get(coding, by_id.get(coding.id or "", at))
    merged = [*behind[-1], *(one for at, coding in enumerate(codings) for one in (coding, *behind[at]))]
    taken_in = find_taken_in(known.left_out, now.left_out)
    left_out = tuple(entries_of(reasons_of(now.left_out) | taken_in)) if taken_in else now.left_out
    return now.model_copy(update={"codings": tuple(merged), "left_out": left_out})


def say_lost(known: Codings, now: Codings) -> str:
    """What a file has no more of what was known, as the beginning of a sentence; nothing where nothing is lost."""
    lost = find_lost(known.codings, now.codings)
    gone = [one.coding for one in lost if one.at is None]
    cut = [one.coding for one in lost if one.at is not None]
    turns = find_taken_in(known.left_out, now.left_out)
    said = [
        f"{len(gone)} of {len(known.codings)} codings are gone ({_few(gone)})" if gone else "",
        f"{_few(cut)} is cut short" if cut else "",
        f"{now.source}#{say_turns(turns)} left out on purpose, or why, is not noted any more"
        if turns
        else "",
    ]
    return "; ".join(filter(None, said))


def _few(codings: Sequence[Coding]) -> str:
    """The first few codings, by their ids or codes."""
    return list_few([f"{one.id} {one.code}" if one.id else one.code for one in codings], 3)


class Ids:
    """The ids that codes and codings have, and new ones for a coder: first-001, first-002 ...

    A number that was ever given is not given again, so that a finding never comes to mean another passage.
    """

    def __init__(self, coder: str, study: Study, history: History) -> None:
        self._form = re.compile(re.escape(coder) + r"-([0-9]+)")
        self._coder, self._last = coder, 0
        self._taken = set(study.codebook.places)
        for file in study.codings:
            self.see(file.codings)
        for entry in history.entries:
            self.see(entry.before + entry.after)

    def __contains__(self, one: object) -> bool:
        return one in self._taken

    def see(self, codings: Iterable[Coding]) -> None:
        """Take the ids of codings up."""
        for coding in codings:
            if coding.id:
                self.add(coding.id)

    def add(self, taken: str) -> None:
        """Take an id up."""
        self._taken.add(taken)
        found = self._form.fullmatch(taken)
        self._last = max(self._last, int(found[1]) if found else 0)

    def drop(self, gone: str) -> None:
        """A code's id is free again."""
        self._taken.discard(gone)

    def make(self, skip: int = 0) -> str:
        """An id that nothing in this study has or, as far as is known, ever had; so many numbers further on."""
        number = self._last + 1 + skip
        while (made := f"{self._coder}-{number:03d}") in self._taken:
            number += 1
        return made
