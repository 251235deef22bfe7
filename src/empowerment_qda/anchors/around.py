"""What became of a quote whose surroundings were noted: they tell it from equal words, and where it was edited."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from empowerment_qda.anchors.near import Near, likeness
from empowerment_qda.anchors.search import COST, Anchor, Search
from empowerment_qda.anchors.turns import CHANGED, LONG, Turns, lowered

ALIKE = 0.75  # likeness of surroundings that are the ones noted; by chance it is 0.3
_HALF = 0.5  # ... and of one side, where the other makes up for it
APART = 0.2  # how much more alike than those of any other place they must be
_DULL = 5  # letters below which long words are `XXXX XX` or `ha ha ha`: like any other such words
_CHANCE = 0.35  # likeness that says nothing
_ENOUGH, _ENOUGH_HERE = (
    25,
    12,
)  # characters, of the words and beside them, by which words that were alone are known


def most_edits(size: int, part: float = CHANGED) -> int:
    """How many characters may differ in near-identical words of so many, where surroundings were noted."""
    return max(int(size * part), min(2, size // 4))


class Sides(NamedTuple):
    """The words noted before and after a quote, folded and in lower case; one may be empty."""

    before: str
    after: str

    def fit(self, turns: Turns, start: int, end: int) -> tuple[int, float]:
        """What stands beside a range of places against the sides noted.

        2 where it is like all of them, 1 where it is like a long one, else 0; and how like, from 0 to 1.
        """
        text = turns.lower
        start -= text[max(start - 1, 0) : start] == " "
        end += text[end : end + 1] == " "
        sides = []
        if size := len(self.before):
            same = text.endswith(self.before, 0, start)
            near = text[max(start - 2 * size, 0) : start]
            sides.append((size, 1 if same else likeness(self.before[::-1], near[::-1])))
        if size := len(self.after):
            same = text.startswith(self.after, end)
            sides.append((size, 1 if same else likeness(self.after, text[end : end + 2 * size])))
        alike = sum(size * value for size, value in sides) / sum(size for size, _ in sides)
        if (
            alike >= ALIKE
            and len(self.before) + len(self.after) >= LONG
            and all(value >= _HALF for _, value in sides)
        ):
            return 2, alike
        return int(any(size >= LONG and value >= ALIKE for size, value in sides)), alike

    def equal(self, turns: Turns, start: int, end: int) -> bool:
        """Whether exactly these words stand beside a range of places."""
        text = turns.lower
        start -= text[max(start - 1, 0) : start] == " "
        end += text[end : end + 1] == " "
        return text.endswith(self.before, 0, start) and text.startswith(self.after, end)


class Found(NamedTuple):
    """A place that may be meant, and how its surroundings fit: see Sides.fit. `edits` is -1 for the very words."""

    edits: int
    start: int
    end: int
    agree: int
    alike: float

    def yields_to(self, other: Found, most: int) -> bool:
        """Whether the other has words of this place, and these are no edited ones that fit there better."""
        apart = other.end <= self.start or self.end <= other.start
        nested = (self.start - other.start) * (self.end - other.end) <= 0
        better = other.edits < 0 <= self.edits <= most and self.alike > other.alike and not nested
        return not apart and not better


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
        places = turns.places(self.search.words)
        same = [place for place in places if self.sides.equal(turns, place, place + size)]
        if chosen in same and len(same) <= self.places:
            return Anchor("exact", self.search.span(chosen))
        found = self._candidates(places, bool(same))
        best = self._best(found, chosen)
        if len(best) == 1 and self._is_certain(best[0], chosen):
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

    def _best(self, found: list[Found], chosen: int | None) -> list[Found]:
        """The place whose surroundings are clearly most alike, or the hinted one of several equal ones; else all that may be."""
        if self.places == 1 and any(one.start < one.end for one in found):
            found = [one for one in found if one.start < one.end]  # words that were alone can have moved away
        best = [one for one in found if found[0].alike - one.alike < APART]
        hinted = [one for one in best if one.start == chosen and one.agree == 2]
        return hinted if hinted and len(best) <= self.places else best

    def _is_certain(self, one: Found, chosen: int | None) -> bool:
        """Whether the one place that may be meant can be taken."""
        size, most = len(self.search.words), most_edits(len(self.search.words))
        if one.edits > most:
            return False
        if size >= LONG and len(set(self.search.words)) < _DULL:
            return one.agree == 2 and one.edits < 0
        if one.agree == 2:
            return True
        if self.places > 1:
            return one.agree == 1 and one.start == chosen
        beside = (one.alike - _CHANCE) * sum(map(len, self.sides))
        evidence = size - COST * max(one.edits, 0) + beside
        return evidence >= (_ENOUGH_HERE if one.start == chosen else _ENOUGH)

    def _candidates(self, places: list[int], there: bool) -> list[Found]:
        """Where the words or near-identical ones stand, and where the sides noted stand without them; the most alike first.

        `there`: the words stand between the very sides that were noted, so that these are not looked for.
        """
        turns, words = self.search.turns, lowered(self.search.words)
        nears = [Near(-1, place, place + len(words)) for place in places]
        if len(words) >= LONG:
            nears += map(self.search.grown, turns.near(words, most_edits(len(words))))
        if not there:
            nears += self._between()
        found = [Found(*near, *self.sides.fit(turns, near.start, near.end)) for near in nears]
        most = most_edits(len(words))
        width = 1 + max((one.end - one.start for one in found), default=0)
        kept: defaultdict[int, list[Found]] = defaultdict(list)  # in bins, so that few are compared
        for one in sorted(found, key=lambda one: (one.edits > most, one.edits >= 0, -one.alike)):
            number = one.start // width
            beside = (other for bin_ in (number - 1, number, number + 1) for other in kept.get(bin_, ()))
            if not any(one.yields_to(other, most) for other in beside):
                kept[number].append(one)
        return sorted((one for own in kept.values() for one in own), key=lambda one: -one.alike)

    def _between(self) -> Iterator[Near]:
        """What stands between the sides noted: the words, if they are edited little, or what has taken their place."""
        before, after = self.sides
        if min(len(before), len(after)) < LONG:
            return
        turns, words = self.search.turns, lowered(self.search.words)
        starts = sorted(near.start for near in turns.near(after, int(len(after) * CHANGED)))
        for near in turns.near(before, int(len(before) * CHANGED)):
            index = bisect_left(starts, near.end)
            if index < len(starts) and starts[index] - near.end <= 2 * len(words) + LONG:
                low, high = near.end, starts[index]
                edited = turns.near(words, most_edits(len(words)), (low, high))
                between = turns.lower[low:high]
                low, high = low + len(between) - len(between.lstrip()), low + len(between.rstrip())
                yield self.search.grown(edited[0]) if edited else Near(len(words), low, max(low, high))
