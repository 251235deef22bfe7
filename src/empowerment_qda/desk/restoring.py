"""What a log knows of a source's codings and its file has no more, and the file with that put back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from empowerment_qda.desk.entry import reasons_of, say_turns
from empowerment_qda.desk.left_out import entries_of
from empowerment_qda.model.coding import Coding, Codings, LeftOut


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
