"""A coder's history: every state that the log leads through, and what undo and redo would do next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any, NamedTuple

from empowerment_qda.coding.left_out import entries_of
from empowerment_qda.coding.log_entry import (
    DONE,
    Entry,
    find_splice,
    note_left_out,
    path_of,
    reasons_of,
    say_turns,
)
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.study import Study
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


class Lost(NamedTuple):
    """A coding of the log, by its number there (0-based), that a file has no more; `at` is the place in the file where
    some of it is left (0-based)."""

    number: int
    coding: Coding
    at: int | None = None


def find_lost(known: Sequence[Coding], now: Sequence[Coding]) -> list[Lost]:
    """The codings that were known and are gone, or of which the last in the file was cut short. What a person changed in
    another way, or added, is no loss. In linear time."""
    exact = Counter(now)
    old: dict[int, Coding] = {}
    for number, coding in enumerate(known):
        if exact[coding]:
            exact[coding] -= 1
        else:
            old[number] = coding
    if not old:
        return []
    fresh = [at for at in range(len(now) - 1, -1, -1) if _take(exact, now[at])]
    lost = []
    if fresh and fresh[0] == len(now) - 1:
        cut = next((number for number, one in old.items() if _is_cut(one, now[-1])), None)
        if cut is not None:
            lost.append(Lost(cut, old.pop(cut), fresh.pop(0)))
    for same in _SAME:
        _drop_changed(old, fresh, now, same)
    return sorted([*lost, *(Lost(number, one) for number, one in old.items())])


_SAME: tuple[Callable[[Coding], Hashable], ...] = (
    lambda one: one.id,
    lambda one: None if one.id or not one.quote else (one.code, one.quote),
    lambda one: None if one.id or not one.quote else (one.turn, one.quote),
    lambda one: None if one.id or not one.turn else (one.turn, one.code),
)
"""By what a coding that a person changed is known again, the surest first."""


def _take(left: Counter[Coding], one: Coding) -> bool:
    """Whether a coding of the file is none of those known; from the end, so that of twins the last is."""
    left[one] -= 1
    return left[one] >= 0


def _drop_changed(
    old: dict[int, Coding], fresh: list[int], now: Sequence[Coding], same: Callable[[Coding], Hashable]
) -> None:
    """Pair what was known with what the file has by a key, and drop both."""
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for at in fresh:
        by_key[same(now[at])].append(at)
    paired = set()
    for number, one in list(old.items()):
        key = same(one)
        if key is not None and by_key[key]:
            paired.add(by_key[key].pop())
            del old[number]
    fresh[:] = [at for at in fresh if at not in paired]


def _is_cut(old: Coding, new: Coding) -> bool:
    """Whether what is new is the old with its end cut off: keys are gone, and one may be shorter."""
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in type(old).model_fields]
    changed = [(name, was, now) for name, was, now in pairs if was != now]
    return all(
        now == type(old).model_fields[name].get_default() or str(was).startswith(str(now))
        for name, was, now in changed
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
    codings: list[Coding | None] = list(now.codings)
    lost = find_lost(known.codings, now.codings)
    for one in lost:
        if one.at is not None:
            codings[one.at] = one.coding
    places = {coding: at for at, coding in enumerate(codings)}
    by_id: dict[str | None, int] = {
        coding.id: at for at, coding in enumerate(codings) if coding and coding.id
    }
    behind: dict[int, list[Coding]] = defaultdict(list)
    gone = {one.number for one in lost if one.at is None}
    at = -1
    for number, coding in enumerate(known.codings):
        if number in gone:
            behind[at].append(coding)
        else:
            at = places.get(coding, by_id.get(coding.id, at))
    merged = [
        *behind[-1],
        *(one for at, coding in enumerate(codings) if coding for one in (coding, *behind[at])),
    ]
    lost_turns = find_taken_in(known.left_out, now.left_out)
    left_out = tuple(entries_of(reasons_of(now.left_out) | lost_turns)) if lost_turns else now.left_out
    return now.model_copy(update={"codings": tuple(merged), "left_out": left_out})


def say_lost(known: Sequence[Coding], left_out: Sequence[LeftOut], now: Codings) -> str:
    """What a file has no more of what was known, as the beginning of a sentence; nothing where nothing is lost."""
    lost = find_lost(known, now.codings)
    gone = [one.coding for one in lost if one.at is None]
    cut = [one.coding for one in lost if one.at is not None]
    turns = find_taken_in(left_out, now.left_out)
    said = []
    if gone:
        said.append(f"{len(gone)} of {len(known)} codings are gone ({_few(gone)})")
    if cut:
        said.append(f"{_few(cut)} is cut short")
    if turns:
        said.append(f"{now.source}#{say_turns(turns)} left out on purpose, or why, is not noted any more")
    return "; ".join(said)


def _few(codings: Sequence[Coding]) -> str:
    """The first few codings, by their ids or codes."""
    names = [f"{one.id} {one.code}" if one.id else one.code for one in codings]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


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

    def make(self) -> str:
        """An id that nothing in this study has or, as far as is known, ever had."""
        number = self._last + 1
        while (made := f"{self._coder}-{number:03d}") in self._taken:
            number += 1
        return made
