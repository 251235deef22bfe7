"""Whether what a sentence speaks of is promised, planned, supposed, wished for, somebody else's or over: docs/matching.md.

Read, like negation, from the order of words and from the short lists of `negation_words`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import reduce
from operator import or_

from .negation import (
    AFTER,
    ENDED,
    EXISTS,
    FILLER,
    HALF,
    LINK,
    LISTED,
    MANY,
    NEAR,
    NEGATOR,
    NOW,
    ONLY,
    OURS,
    PARTICLE,
    PAST,
    PREPOSITION,
    SHAM,
    SOURCE,
    SUBJECT,
    SUPPOSED,
    TOPIC,
    TURN,
    UNREAL,
    WISHED,
    Clauses,
)  # fmt: skip

AROUND = 20  # words on each side of a match that are looked at, so that time stays linear
PLAIN = SUBJECT | PARTICLE | FILLER | NEGATOR | ENDED | EXISTS | TURN | LINK | PREPOSITION
"""What the words of a clause do that says nothing but that the one before it does not hold: sekarang sudah nggak lagi."""
BELYING = NEGATOR | ENDED | PAST | UNREAL | SHAM
TELLING = BELYING | NEAR | HALF | WISHED | SUPPOSED


class Reality:
    """The clauses of one text as `Clauses` reads them, and what of them is not so, or not any more."""

    def __init__(self, read: Clauses) -> None:
        self._read, self._roles, self._known = read, read.roles, read.known
        self._seen = reduce(or_, set(read.roles), 0)  # what need not be looked for at all
        doubtful = HALF | UNREAL | WISHED | SUPPOSED
        self._words: list[int] = []
        for n in [n for n, role in enumerate(read.roles) if role & doubtful] if self._seen & doubtful else ():
            role = read.roles[n]
            if role & HALF and (read.is_pair(n, self._known.whole) or read.is_pair(n, self._known.wholly)):
                # Of a phrase of two words the first or, as any cue may name a negator, what the negator stands before.
                self._words.append(n + bool(role & NEGATOR))
            elif role & (UNREAL | WISHED | SUPPOSED) and not self._is_idle(n):
                self._words.append(n)

    def stops(self, left: int, right: int, named: int) -> Iterator[int]:
        """The words by which what stands from `left` to `right`, `named` of it negators, is not so; a cue may name
        such a word itself."""
        if not self._seen & TELLING:
            return  # the commonest case
        begin, end = self._read.bounds(left)
        at = bisect_left(self._words, left)
        if at and self._governs(self._words[at - 1], begin, left):
            yield self._words[at - 1]
        for n in self._words[at : at + MANY]:
            if n < end and not self._roles[n] & (WISHED | SUPPOSED):
                yield n
        if self._seen & NEAR:
            yield from self._beside(left, right, begin, end)
        if not named and self._seen & ENDED:
            for n in range(max(left - 1, begin), min(end, right + 1 + AFTER)):
                if self._roles[n] & ENDED and not self._is_idle(n):
                    yield n
        if end == len(self._roles) or not self._seen & BELYING:
            return
        if end not in self._read.firsts:
            yield from self._taken_back(
                slice(max(begin, left - AROUND), min(end, right + AROUND)), end, named
            )
        elif "?" in self._read.gaps[end] and not named:  # pelatihan dari dinas? mimpi
            told = range(end, min(self._read.bounds(end)[1], end + TOPIC))
            yield from (n for n in told if self._roles[n] & (NEGATOR | UNREAL | SHAM))

    def _is_idle(self, n: int) -> bool:
        """Bukan janji; rencana usaha, dari nol."""
        pairs = self._known.harmless
        return self._read.is_negated(n) or self._read.is_pair(n, pairs) or self._read.is_pair(n - 1, pairs)

    def _governs(self, n: int, begin: int, left: int) -> bool:
        """Whether a word before a match holds for it: in its clause or, as `seandainya`, to the end of the sentence."""
        if n >= begin:
            return True
        wholly = self._roles[n] & SUPPOSED or any(
            self._read.is_pair(at, self._known.wholly) for at in (n - 1, n)
        )
        return bool(wholly) and n >= self._read.firsts[bisect_right(self._read.firsts, left) - 1]

    def _beside(self, left: int, right: int, begin: int, end: int) -> Iterator[int]:
        """What is only about to be: mau didampingi; pelatihan itu akan diadakan."""
        light, n = FILLER | PARTICLE | EXISTS, left - 1
        while n > max(begin, left - LISTED) and self._roles[n] & light and not self._roles[n] & NEAR:
            n -= 1
        if n >= begin and self._roles[n] & NEAR and not self._is_idle(n):
            yield n
        for n in range(left, min(end - 1, right + 1 + AFTER)):
            if n > right and self._roles[n] & OURS:
                return
            if n != right and self._roles[n] & NEAR and self._roles[n + 1] & EXISTS:
                yield n

    def _taken_back(self, clause: slice, end: int, named: int) -> Iterator[int]:
        """What the clause behind takes back: dulu ada, sekarang ...; yang dipantau usaha besar, kami tidak."""
        behind = self._read.bounds(end)[1]
        if self._roles[end] & ONLY and end not in self._read.cuts:  # bantuan modal cuma janji
            yield from (n for n in range(end, min(behind, end + TOPIC)) if self._roles[n] & (UNREAL | SHAM))
            end = behind
            if end == len(self._roles) or end in self._read.firsts:
                return
            behind = self._read.bounds(end)[1]
        now = any(role & NOW for role in self._roles[end : min(end + LISTED, behind)])
        if now:
            yield from (n for n in range(clause.start, clause.stop) if self._roles[n] & PAST)
        if named:
            return
        if self._roles[end] & NEGATOR and end + 1 < behind and self._roles[end + 1] & SOURCE:
            yield end  # dari mertua, bukan dari dinas
        said = self._roles[end:behind] if behind - end <= TOPIC else []
        ours = any(role & OURS for role in said)
        over = ENDED | NEGATOR if ours or now else ENDED
        at = next((at for at, role in enumerate(said) if role & over), 0)
        theirs = ours and not any(
            role & OURS for role in self._roles[clause]
        )  # usaha tetangga ..., usaha saya tidak
        if sum(not role & PLAIN for role in said[:at]) <= theirs and all(role & PLAIN for role in said[at:]):
            yield from (n for n in range(end, end + len(said)) if self._roles[n] & over)
