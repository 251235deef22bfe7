"""Where the words of a source stand after an edit that is known: by comparing the turns before and after, word by word. No
quotation is looked for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

from empowerment_qda.model.source import Span

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts without spaces
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
_LEFT = 0.5  # the part of a passage's words, before or after, that must still be the same ...
_LIKE = 0.5  # ... and how alike a word and the one in its place must be to count as the same


class NewTurn(NamedTuple):
    """A turn after an edit: `number` (from 1) is the turn before it that it is, None for a new one."""

    number: int | None
    speaker: str | None
    text: str


class _Word(NamedTuple):
    turn: int
    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        """Whether it is more than a sign."""
        return self.text[0].isalnum()


def _within(words: Sequence[_Word], first: int, last: int = 0) -> range:
    """The numbers of the words of a turn, or of several."""
    return range(
        bisect_left(words, first, key=itemgetter(0)), bisect_right(words, max(first, last), key=itemgetter(0))
    )


def _words(texts: Sequence[str]) -> list[_Word]:
    return [
        _Word(turn, found.start(), found.end(), found[0])
        for turn, text in enumerate(texts, 1)
        for found in _WORD.finditer(text)
    ]


class KnownEdit:
    """The turns of a source before and after an edit, word by word."""

    def __init__(self, old: Sequence[str], new: Sequence[NewTurn]) -> None:
        self._turns, self._old, self._new = new, _words(old), _words([one.text for one in new])
        self._same: dict[int, int] = {}  # a word before to the same word after, by number
        self._instead: dict[
            int, tuple[int, int]
        ] = {}  # a word before to those in place of it and its neighbours
        self._gap: dict[int, tuple[int, int]] = {}  # the same word to the words before that share this place
        for before, after in _segments(old, new):
            self._compare(
                [at for turn in before for at in _within(self._old, turn)],
                [at for turn in after for at in _within(self._new, turn)],
            )
        self._kept = set(self._same.values())

    def _compare(self, before: list[int], after: list[int]) -> None:
        """Match the words of some turns before with those of some turns after."""
        was, now = [self._old[at].text for at in before], [self._new[at].text for at in after]
        start, end = 0, min(len(was), len(now))
        while start < end and was[start] == now[start]:
            start += 1
        back = 0
        while back < end - start and was[-1 - back] == now[-1 - back]:
            back += 1
        self._same.update(zip(before[:start], after[:start], strict=True))
        self._same.update(zip(before[len(before) - back :], after[len(after) - back :], strict=True))
        inner, outer = before[start : len(before) - back], after[start : len(after) - back]
        steps = SequenceMatcher(
            None, was[start : len(was) - back], now[start : len(now) - back], autojunk=False
        )
        for kind, a, b, c, d in steps.get_opcodes():
            if kind == "equal":
                self._same.update(zip(inner[a:b], outer[c:d], strict=True))
            elif kind == "replace":
                self._replace(inner[a:b], outer[c:d])

    def _replace(self, before: list[int], after: list[int]) -> None:
        """Note what stands in place of some words: of each its own, where it differs in its case or there are as many words
        as before; else of all of them all."""
        was, now = (
            [self._old[at].text.casefold() for at in before],
            [self._new[at].text.casefold() for at in after],
        )
        for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if kind in ("equal", "replace"):
                pairs = b - a == d - c
                for number in range(a, b):
                    at, place = before[number], (c + number - a, c + number - a) if pairs else (c, d - 1)
                    self._instead[at] = after[place[0]], after[place[1]]
                    self._gap[at] = (at, at) if pairs else (before[a], before[b - 1])

    def follow(self, span: Span) -> Span | None:
        """Where a passage before the edit stands after it: from the first to the last of its words, with what was put between
        them or in their place. None where it has no words any more."""
        inside = [
            at
            for at in _within(self._old, span.turn, span.end_turn)
            if (self._old[at].turn, self._old[at].end) > span[:2]
            and (self._old[at].turn, self._old[at].start) < span[2:]
        ]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        # Words in a place that reaches beyond the passage belong to its neighbours, unless it has no others.
        own = [at for at in inside if at in self._same or self._is_inside(at, first, last)]
        ends = own or [at for at in inside if at in self._instead]
        if not ends:
            return None
        low, high = self._place(ends[0])[0], self._place(ends[-1])[1]
        if low > high or not self._is_left(inside, low, high):
            return None
        start, end = self._new[low].start, self._new[high].end
        if ends[0] == first and span[:2] > (self._old[first].turn, self._old[first].start):
            start += self._offset(first, span.start - self._old[first].start)
        if ends[-1] == last and span[2:] < (self._old[last].turn, self._old[last].end):
            end = self._new[high].start + self._offset(last, span.end - self._old[last].start, end=True)
        made = Span(self._new[low].turn, start, self._new[high].turn, end)
        return made if made[:2] < made[2:] else None

    def _is_inside(self, at: int, first: int, last: int) -> bool:
        gap = self._gap.get(at)
        return gap is not None and first <= gap[0] and gap[1] <= last

    def _place(self, at: int) -> tuple[int, int]:
        return (self._same[at], self._same[at]) if at in self._same else self._instead[at]

    def _offset(self, at: int, offset: int, *, end: bool = False) -> int:
        """Where a place inside a word before lies in the one after."""
        (low, high), was = self._place(at), self._old[at].text
        now = self._new[high if end else low].text
        if was == now:
            return offset
        if low != high:
            return len(now) if end else 0
        same = next(
            (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
        )
        if offset <= same:
            return offset
        return max(same, len(now) - (len(was) - offset))

    def _is_left(self, inside: list[int], low: int, high: int) -> bool:
        """Whether enough of a passage's words are among those after the edit for them to be its words."""
        words = [at for at in inside if self._old[at].is_word] or inside
        now = [at for at in range(low, high + 1) if self._new[at].is_word] or range(low, high + 1)
        left = sum(self._is_like(at, low, high) for at in words)
        return left >= _LEFT * min(len(words), len(now))

    def _is_like(self, at: int, low: int, high: int) -> bool:
        if at in self._same:
            return low <= self._same[at] <= high
        if at not in self._instead:
            return False
        low, high = self._instead[at]
        return any(_are_alike(self._old[at].text, one.text) for one in self._new[low : high + 1])

    def is_new(self, span: Span) -> bool:
        """Whether a passage after the edit is of whole words that were put in."""
        words = [
            at
            for at in _within(self._new, span.turn, span.end_turn)
            if (self._new[at].turn, self._new[at].end) > span[:2]
            and (self._new[at].turn, self._new[at].start) < span[2:]
        ]
        whole = words and self._new[words[0]][:2] >= span[:2] and self._new[words[-1]].end <= span.end
        return bool(whole) and not any(at in self._kept and self._new[at].is_word for at in words)

    def turns_of(self, turn: int) -> range:
        """The turns (from 1) that a turn before the edit has become, empty where it is gone: the one that is it, and those
        that have half of its words, or have half of theirs from it."""
        own = [at for at in _within(self._old, turn) if self._old[at].is_word]
        into = Counter(self._new[self._same[at]].turn for at in own if at in self._same)
        found = [number for number, one in enumerate(self._turns, 1) if one.number == turn]
        for number, words in into.items():
            whole = sum(self._new[at].is_word for at in _within(self._new, number))
            if 2 * words >= min(len(own), whole):
                found.append(number)
        return range(min(found), max(found) + 1) if found else range(0)


def _are_alike(one: str, other: str) -> bool:
    """Whether a word may be another one corrected; a single letter is like itself only.

    >>> _are_alike("recieve", "receive"), _are_alike("My", "y"), _are_alike("Y", "y")
    (True, False, True)
    """
    one, other = one.casefold(), other.casefold()
    return one == other or (
        min(len(one), len(other)) > 1 and SequenceMatcher(None, one, other).ratio() >= _LIKE
    )


def _segments(old: Sequence[str], new: Sequence[NewTurn]) -> Iterator[tuple[list[int], list[int]]]:
    """The turns before and after that are compared with each other: each turn that is as it was, and each that stands elsewhere,
    with itself; the turns between such ones together, so that words may go from one to the next."""
    numbers = [one.number for one in new if one.number is not None]
    in_order = set(_longest_rise(numbers))
    elsewhere = set(numbers) - in_order
    after: list[int] = []
    done = 0
    for at, one in enumerate([*new, NewTurn(len(old) + 1, None, "")], 1):
        if one.number in elsewhere:
            yield [one.number], [at]
        elif one.number is None or (at <= len(new) and one.text != old[one.number - 1]):
            after.append(at)
        else:
            yield [number for number in range(done + 1, one.number) if number not in elsewhere], after
            if at <= len(new):
                yield [one.number], [at]
            done, after = one.number, []


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """The longest run of rising numbers among these, whatever stands between, from its end."""
    ends: list[int] = []  # of the runs of each length, the end of the one that ends lowest
    before: dict[int, int] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        if at:
            before[number] = ends[at - 1]
    last = ends[-1] if ends else None
    while last is not None:
        yield last
        last = before.get(last)
