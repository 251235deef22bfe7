"""What became of a quote whose surroundings were noted: they tell it from equal words, and where it was edited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add, le
from typing import NamedTuple

from empowerment_qda.anchors.decide import COST, Anchor, Search, is_dull
from empowerment_qda.anchors.fuzzy_match import Near, distances
from empowerment_qda.anchors.turns import CHANGED, LONG, Turns, lowered

ALIKE = 0.75  # likeness of surroundings that are the ones noted; by chance it is 0.3
_BOTH = 0.6  # ... of either side, where the words stood more than once
_HALF = 0.5  # ... and of one side, where the other makes up for it
APART = 0.2  # how much more alike than those of any other place they must be
_GONE = 6  # edits, or half as many as there are characters, by which a place must fit better than none
_SHORT = 4  # characters of which none may differ, not even in case
_CHANCE = 0.35  # likeness that says nothing
_END = 5  # edits in so many characters as LONG is, beyond which they are others
_ENOUGH = 30  # characters, of the words and beside them, by which words that were alone are known ...
_ENOUGH_HERE = 12  # ... and where they were


def most_edits(size: int, part: float = CHANGED) -> int:
    """How many characters may differ in near-identical words of so many, where surroundings were noted."""
    return max(int(size * part), min(2, size // 4))


class Sides(NamedTuple):
    """The words noted before and after a quote, folded and in lower case; one may be empty."""

    before: str
    after: str

    @property
    def size(self) -> int:
        """How many characters were noted."""
        return len(self.before) + len(self.after)

    def equal(self, turns: Turns, start: int, end: int) -> bool:
        """Whether exactly these words stand beside a range of places."""
        text = turns.lower
        start -= text[max(start - 1, 0) : start] == " "
        end += text[end : end + 1] == " "
        return text.endswith(self.before, 0, start) and text.startswith(self.after, end)

    def hold_beside(self, words: str) -> bool:
        """Whether such words were noted next door: of two, one may be gone."""
        near = 2 * len(words) + 2
        return words in self.before[-near:] or words in self.after[:near]

    def margin(self, apart: int) -> float:
        """By how many edits a place must fit better than another so many characters away, to be told from it.

        Of two next door most of what stands around is the same.
        """
        return min(APART * self.size, apart)


class Stretch(NamedTuple):
    """A part of the text, with the edits between the sides noted and what stands before and after each place of it."""

    low: int
    text: str
    before: list[int]
    after: list[int]

    def beside(self, start: int, end: int) -> tuple[int, int]:
        """The edits on both sides of a range of places."""
        start, end = start - self.low, end - self.low
        start -= self.text[max(start - 1, 0) : start] == " "
        end += self.text[end : end + 1] == " "
        return self.before[start], self.after[end]

    def repeats(self, start: int, end: int) -> bool:
        """Whether an end may as well be further out: there nearly the same stands once more, and the side fits better."""
        now, first, last = self.beside(start, end), start - self.low, end - self.low
        backwards, forwards = self.text[:last][::-1], self.text[first:]
        for more in range(1, LONG):
            low, high = self.beside(max(start - more, self.low), min(end + more, self.low + len(self.text)))
            if low < now[0] and _is_said_twice(backwards, last - first, more):
                return True
            if high < now[1] and _is_said_twice(forwards, last - first, more):
                return True
        return False

    def without(self, start: int, end: int) -> int:
        """The least edits by which the sides stand here if a range of places is not what stood between them.

        Then that is gone, or was replaced by anything else.
        """
        start, end = max(start - self.low, 0), max(end - self.low, 0)
        least: list[int] = [min(map(add, self.before, self.after))]
        for part in (slice(0, start + 1), slice(end, None)):
            least += map(add, accumulate(self.before[part], min), self.after[part])
        return min(least)


def stretches(turns: Turns, sides: Sides, ranges: Iterable[tuple[int, int]]) -> list[Stretch]:
    """The sides held against the text around ranges of places; in order, none touches another."""
    text, reach = turns.lower, 2 * max(map(len, sides)) + LONG
    wide: list[list[int]] = []
    for start, end in sorted(ranges):
        low, high = max(start - reach, 0), min(end + reach, len(text))
        if wide and low <= wide[-1][1]:
            wide[-1][1] = max(wide[-1][1], high)
        else:
            wide.append([low, high])
    found = []
    for low, high in wide:
        part = text[low:high]
        before = (
            [len(sides.before), *distances(sides.before, part)] if sides.before else [0] * (len(part) + 1)
        )
        after = [len(sides.after), *distances(sides.after[::-1], part[::-1])] if sides.after else before[:0]
        found.append(Stretch(low, part, before, after[::-1] or [0] * (len(part) + 1)))
    return found


def _is_said_twice(text: str, end: int, more: int) -> bool:
    """Whether so many characters after the end of words are nearly the last of the words."""
    said, again = text[max(end - more - 2, 0) : end], text[end : end + more]
    return [more, *distances(again, said)][-1] <= most_edits(more)


class Found(NamedTuple):
    """A place that may be meant, and how it fits. `edits` is -1 for the very words.

    `agree` is 2 where what stands beside it is like all that was noted, 1 where it is like a long side, else 0; `beside`
    is the edits between both, on either side.
    """

    edits: int
    start: int
    end: int
    agree: int
    beside: tuple[int, int]

    @property
    def cost(self) -> int:
        """The edits beside it."""
        return sum(self.beside)

    def yields_to(self, other: Found, most: int) -> bool:
        """Whether the other has words of this place, and these are no edited ones that fit there better."""
        apart = other.end <= self.start or self.end <= other.start
        nested = (self.start - other.start) * (self.end - other.end) <= 0
        better = other.edits < 0 <= self.edits <= most and self.cost < other.cost and not nested
        both = self.edits < 0 and other.edits < 0  # the very words, over others of them
        return not apart and not better and not both


@dataclass(frozen=True, slots=True)
class SearchAround:
    """A search with the sides noted, and in how many places of the source the words stood then."""

    search: Search
    sides: Sides
    places: int

    def find(self) -> Anchor:
        """The anchor: what counts is how like the surroundings are, and how much of the words is left."""
        size, turns = len(self.search.words), self.search.turns
        here = self.search.here()
        chosen = self.search.choose(here)
        hinted = chosen if self.search.turn else None
        places = turns.places(self.search.words)
        same = [place for place in places if self.sides.equal(turns, place, place + size)]
        if (
            chosen in same
            and not self._is_open(chosen, places)
            and (len(same) == 1 or self._are_all_there(places, same))
        ):
            return Anchor("exact", self.search.span(chosen))
        # Where the words stand between the very sides that were noted, these are not looked for elsewhere.
        befores, afters = ([], []) if same else map(self._near_side, self.sides)
        nears = [*self._nears(places), *self._between(befores, afters)]
        beside = stretches(turns, self.sides, [near[1:] for near in (*nears, *befores, *afters)])
        found = self._candidates(nears, beside)
        best = self._best(found)
        if (
            len(best) == 1
            and not self._is_open(best[0].start, places)
            and self._is_certain(best[0], hinted, beside)
        ):
            one = best[0]
            span = turns.span(one.start, one.end)
            if one.edits >= 0:
                return Anchor("changed", span, found=turns.quote(span))
            stays = one.start == chosen or (one.start in here and self.search.occurrence is None)
            return Anchor("exact" if stays else "moved", span)
        chief = set(best)
        maybe = best + [one for one in found if one.edits < 0 and one not in chief] if best else found
        spans = tuple(turns.span(one.start, one.end) for one in maybe if one.start < one.end)
        several = len(best) > 1 or any(one.edits < 0 for one in best)
        return Anchor("ambiguous" if several and spans else "lost", candidates=spans)

    def _is_open(self, place: int | None, places: list[int]) -> bool:
        """Whether there are more of the words than noted, next door, at an end of the source: little stands beside them."""
        if place is None or min(map(len, self.sides)) >= LONG or len(places) <= self.places:
            return False
        short = Sides(*(side if len(side) < LONG else "" for side in self.sides))
        turns, size = self.search.turns, len(self.search.words)
        next_door = [one for one in places if 0 < abs(one - place) < self.sides.size]
        return any(short.equal(turns, one, one + size) for one in next_door)

    def _are_all_there(self, places: list[int], same: list[int]) -> bool:
        """Whether the words stand as often as when these sides were noted, so that a turn may tell the same from the same."""
        if len(self.search.words) < LONG:
            places = self.search.turns.places(lowered(self.search.words), text=self.search.turns.lower)
            return len(places) == self.places
        return len(same) <= len(places) <= self.places

    def _best(self, found: list[Found]) -> list[Found]:
        """The place whose surroundings are clearly most alike; else all that may be."""
        if self.places == 1 and any(one.start < one.end for one in found):
            found = [one for one in found if one.start < one.end]  # words that were alone can have moved away
        return [one for one in found if one is found[0] or self._rivals(found[0], one)]

    def _rivals(self, best: Found, other: Found) -> bool:
        """Whether another place may be meant too; of the very words next door it must fit worse on both sides.

        A copy put next door fits on the side that it took from the words.
        """
        apart = abs(other.start - best.start)
        better = other.edits < 0 and any(map(le, other.beside, best.beside))
        return other.cost - best.cost < self.sides.margin(apart) or (better and apart < self.sides.size)

    def _is_certain(self, one: Found, hinted: int | None, beside: list[Stretch]) -> bool:
        """Whether the one place that may be meant can be taken."""
        size, most = len(self.search.words), most_edits(len(self.search.words))
        if one.edits >= 0 and size < (LONG if self.places > 1 else _SHORT):
            return False
        if one.edits > most or (one.edits > 0 and self.places > 1 and one.cost > CHANGED * self.sides.size):
            return False
        two_turns = self.search.end_turn > self.search.turn
        if one.edits > 0 and two_turns and (size < 4 * LONG or not one.agree):
            return False  # either may be another
        if one.edits > 0 and (two_turns or one.agree < 2) and not self._has_ends(one):
            return False
        if _around(beside, one).repeats(one.start, one.end):
            return False
        if size >= LONG and is_dull(self.search.words) and (one.agree < 2 or one.edits >= 0):
            return False
        gone = min(stretch.without(one.start, one.end) for stretch in beside)
        if self.places == 1:  # if they are gone, all these words are here by chance
            gone += size - COST * max(one.edits, 0)
        twin = self.places > 1 and self.sides.hold_beside(lowered(self.search.words).strip(".,!? "))
        needed = max(1, min(size if twin else size // 2, _GONE))
        if self.places > 1 and one.agree < 2:  # the worse the fit, the more of it is chance
            needed += one.cost // (4 if size < LONG else 8)
        if gone - one.cost < needed:
            return False
        if self.places > 1:
            return self._is_next_to(one)
        if one.agree == 2:
            return True
        evidence = size - COST * max(one.edits, 0) + (1 - _CHANCE) * self.sides.size - one.cost
        return evidence >= (_ENOUGH_HERE if one.start == hinted else _ENOUGH)

    def _is_next_to(self, one: Found) -> bool:
        """Whether nearly the very characters noted are next to a place on one side or, if the rest is not alike, on both."""
        next_to = Sides(self.sides.before[-LONG:], self.sides.after[:LONG])
        [stretch] = stretches(self.search.turns, next_to, [(one.start, one.end)])
        edits = stretch.beside(one.start, one.end)
        if one.agree < 2:
            return one.agree == 1 and not any(edits)
        most = _END if len(self.search.words) >= LONG else most_edits(LONG)
        return any(len(side) == LONG and cost <= most for side, cost in zip(next_to, edits, strict=True))

    def _has_ends(self, one: Found) -> bool:
        """Whether the words begin and end, nearly, as a place does."""
        words, found = lowered(self.search.words), self.search.turns.lower[one.start : one.end]
        return all(
            min(distances(words[::step][:LONG], found[::step], anchored=True)) <= _END for step in (1, -1)
        )

    def _nears(self, places: list[int]) -> list[Near]:
        """Where the words or near-identical ones stand."""
        words = lowered(self.search.words)
        nears = [Near(-1, place, place + len(words)) for place in places]
        if len(words) >= LONG:
            nears += map(self.search.grown, self.search.turns.near(words, most_edits(len(words))))
        return nears

    def _near_side(self, side: str) -> list[Near]:
        """Where one of the sides noted, or nearly that, stands, if it is long enough to be known again."""
        return self.search.turns.near(side, int(len(side) * CHANGED)) if len(side) >= LONG else []

    def _candidates(self, nears: list[Near], beside: list[Stretch]) -> list[Found]:
        """The places that may be meant, each once, those first whose surroundings are most alike."""
        found = [
            Found(*near, *self._fit(_around(beside, near).beside(near.start, near.end))) for near in nears
        ]
        most = most_edits(len(self.search.words))
        width = 1 + max((one.end - one.start for one in found), default=0)
        kept: defaultdict[int, list[Found]] = defaultdict(list)  # in bins, so that few are compared
        for one in sorted(found, key=lambda one: (one.edits > most, one.edits >= 0, one.cost)):
            number = one.start // width
            close = (other for bin_ in (number - 1, number, number + 1) for other in kept.get(bin_, ()))
            if not any(one.yields_to(other, most) for other in close):
                kept[number].append(one)
        return sorted((one for own in kept.values() for one in own), key=lambda one: one.cost)

    def _fit(self, edits: tuple[int, int]) -> tuple[int, tuple[int, int]]:
        """`agree` and `beside` of a place with so many edits on either side."""
        sides = [
            (len(side), 1 - cost / len(side)) for side, cost in zip(self.sides, edits, strict=True) if side
        ]
        cost, size = sum(edits), self.sides.size
        least = _HALF if self.places == 1 else _BOTH
        if size >= LONG and cost <= (1 - ALIKE) * size and all(value >= least for _, value in sides):
            return 2, edits
        return int(any(size >= LONG and value >= ALIKE for size, value in sides)), edits

    def _between(self, befores: list[Near], afters: list[Near]) -> Iterator[Near]:
        """What stands between the sides noted: the words, if they are edited little, or what has taken their place."""
        turns, words = self.search.turns, lowered(self.search.words)
        starts = sorted(near.start for near in afters)
        for near in befores:
            index = bisect_left(starts, near.end)
            if index < len(starts) and starts[index] - near.end <= 2 * len(words) + LONG:
                low, high = near.end, starts[index]
                edited = turns.near(words, most_edits(len(words)), (low, high))
                between = turns.lower[low:high]
                low, high = low + len(between) - len(between.lstrip()), low + len(between.rstrip())
                yield self.search.grown(edited[0]) if edited else Near(len(words), low, max(low, high))


def _around(beside: list[Stretch], near: Near | Found) -> Stretch:
    """The stretch that a place stands in."""
    return beside[bisect_right(beside, near.start, key=lambda one: one.low) - 1]
