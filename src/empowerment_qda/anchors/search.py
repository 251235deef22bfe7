"""What became of a quote: the rules that decide, and never guess."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from empowerment_qda.anchors.fold import folded
from empowerment_qda.anchors.near import GRAM, Near, inside_word, likeness, near_places, whole_words
from empowerment_qda.anchors.turns import Turns, lowered
from empowerment_qda.model.span import Span

_LONG = 12  # characters, in three words: shorter quotes are found only as they are
_CHANGED = 0.15  # the part of its characters that may differ in near-identical words
_CLEARLY = 0.06  # the part by which the words of a second place must differ more
_COST = 4  # how many equal characters make up for one that differs ...
_WEIGHT, _WEIGHT_NEAR = 35, 20  # ... and how many must be left for words to count outside the hinted turns
_NEIGHBOURS = 3  # turns beside them that are near
_SNAP = 3  # characters by which a place may at least grow to whole words
_FEW = 20  # places of the words that are looked at one by one
_WIDE = 5_000  # characters from which the index is quicker than reading
_ALIKE = 0.75  # likeness of surroundings that are the ones noted; by chance it is 0.3
_APART = 0.2  # how much more alike than those of any other place they must be
_HERE = 0.2  # what the hint counts in that
_ONE_SIDE = 0.9  # what the likeness of one side alone counts


@dataclass(frozen=True, slots=True)
class Anchor:
    """What became of a quote.

    exact: it stands where the hint says. moved: the same words, for certain, but elsewhere. changed: near-identical
    words, `found`, in one place. ambiguous: it may be any of the `candidates`. lost: it stands nowhere; `candidates`
    come near, but not near enough to be taken without a person.
    """

    state: Literal["exact", "moved", "changed", "ambiguous", "lost"]
    span: Span | None = None
    candidates: tuple[Span, ...] = ()
    found: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """One quote, folded, with its hints, and the turns to find it in. `turn` 0 is no hint: the whole source."""

    turns: Turns
    words: str
    turn: int
    end_turn: int
    occurrence: int | None
    before: str  # folded and in lower case, as `after`
    after: str

    def find(self) -> Anchor:
        """The anchor, by the cheapest rule that decides."""
        if not self.words:
            return self._whole_turns()
        here = (
            self.turns.places_in(self.words, self.turn, self.end_turn)
            if self.turn
            else self.turns.places(self.words)
        )
        chosen = self._choose(here)
        if self.before or self.after:
            return self._by_surroundings(here, chosen)
        if chosen is not None:
            return Anchor("exact", self._span(chosen))
        if here:
            return self._ambiguous(here)
        places = self.turns.places(self.words) if self.turn else []
        return self._moved(places) if places else self._changed()

    def _whole_turns(self) -> Anchor:
        if 1 <= self.turn <= self.end_turn <= len(self.turns.texts):
            return Anchor(
                "exact", Span(self.turn, 0, self.end_turn, len(self.turns.texts[self.end_turn - 1]))
            )
        return Anchor("lost")

    def _choose(self, places: list[int]) -> int | None:
        """The place that is meant among those in the hinted turns."""
        if self.occurrence is not None:
            return places[self.occurrence - 1] if 1 <= self.occurrence <= len(places) else None
        if len(places) > 1:  # `no` rather than the `no` in `know`
            places = [place for place in places if self._in_whole_words(place)]
        return places[0] if len(places) == 1 else None

    def _by_surroundings(self, here: list[int], chosen: int | None) -> Anchor:
        """With words noted around it, the quote stood in several places: that one counts that has them around."""
        size = len(self.words)
        if chosen is not None and self._alike(chosen, chosen + size) == 1:
            return Anchor("exact", self._span(chosen))
        alike = {place: self._alike(place, place + size) for place in self._plausible(here)}
        counts = {place: value + (_HERE if place == chosen else 0) for place, value in alike.items()}
        ranked = sorted(counts, key=lambda place: -counts[place])
        first = ranked[0] if ranked else 0
        if (
            ranked
            and alike[first] >= _ALIKE
            and all(counts[first] - counts[p] >= _APART for p in ranked[1:2])
        ):
            span = self._span(first)
            rivals = self._rivals(first, at_hint=first == chosen)
            if rivals:
                return Anchor("ambiguous", candidates=(span, *rivals))
            stays = first == chosen or (first in here and self.occurrence is None)
            return Anchor("exact" if stays else "moved", span)
        changed = self._changed()  # the words meant may be among those edited
        if changed.state == "changed" and folded(changed.found) != self.words:
            return changed
        places = ranked or self.turns.places(self.words)
        return self._ambiguous(places) if places else changed

    def _plausible(self, here: list[int]) -> list[int]:
        """The places of the words that are worth a look: those hinted at and those with the words noted on one side."""
        places, size = self.turns.places(self.words), len(self.words)
        if len(places) < _FEW:
            return places
        near = [
            self._near(side, int(len(side) * _CHANGED)) if side else [] for side in (self.before, self.after)
        ]
        ends, starts = sorted(found.end for found in near[0]), sorted(found.start for found in near[1])
        return [
            place
            for place in places
            if place in here
            or _within(ends, place, len(self.before))
            or _within(starts, place + size, len(self.after))
        ]

    def _rivals(self, place: int, at_hint: bool) -> list[Span]:
        """Places where the quote, edited since, and the words noted around it fit as well as at this one."""
        quote, text = lowered(self.words), self.turns.lower
        words = " ".join(filter(None, (self.before, quote, self.after)))
        most = int(len(words) * _CHANGED)
        found = self._near(words, most)
        own = min((n.edits for n in found if n.start <= place < n.end), default=most)
        clearly = max(2, round(len(words) * _CLEARLY))
        enough = own - clearly if at_hint else own + clearly
        rivals = []
        for near in found:
            if near.edits <= enough and not near.start <= place < near.end:
                best = near_places(quote, text, len(quote), [(near.start, near.end)])
                rivals.append(self.turns.span(*whole_words(text, best[0].start, best[0].end, _SNAP)))
        return rivals

    def _moved(self, places: list[int]) -> Anchor:
        """The words stand elsewhere, once; or in one other turn as often as `occurrence` asks."""
        pool = [place for place in places if self._in_whole_words(place)] or (
            places if self._is_long() else []
        )
        spans = [self._span(place) for place in pool]
        if len(pool) == 1 and self.occurrence in (None, 1):
            span = spans[0]
        elif (
            self.occurrence
            and 1 < len(pool) >= self.occurrence
            and len({(s.turn, s.end_turn) for s in spans}) == 1
        ):
            span = spans[self.occurrence - 1]
        else:
            return self._ambiguous(places)
        reach = 0 if self._is_long() else min(self._away(span) - 1, _NEIGHBOURS)
        return self._unless(span, self._variants(max(reach, 0)))

    def _unless(self, span: Span, variants: list[Span]) -> Anchor:
        """Moved, unless near-identical words stand where it should be: then these may be the ones coded."""
        variants = [one for one in variants if not _overlap(one, span)]
        return Anchor("ambiguous", candidates=(span, *variants)) if variants else Anchor("moved", span)

    def _variants(self, reach: int) -> list[Span]:
        """Near-identical words in the hinted turns and so many around them; of short ones, only whole words."""
        size, text = len(self.words), self.turns.lower
        most = int(size * _CHANGED) if self._is_long() else 0 if size < 4 else 1 if size < 8 else 2
        found = self._near(lowered(self.words), most, reach)
        if not self._is_long():
            found = [n for n in found if not inside_word(text, n.start) and not inside_word(text, n.end)]
        return [self.turns.span(near.start, near.end) for near in found]

    def _changed(self) -> Anchor:
        """Near-identical words, clearly nearer than any others."""
        if not self._is_long():
            return Anchor("lost", candidates=tuple(self._variants(0)) if self.turn else ())
        words, size, text = lowered(self.words), len(self.words), self.turns.lower
        limit, clearly = int(size * _CHANGED), max(2, round(size * _CLEARLY))
        nears = self._near(words, limit, 0) if self.turn else []
        if nears:  # a rival in the hinted turns must be clearly worse, one elsewhere only not better
            least = nears[0].edits
            nears = self._near(words, least + clearly, 0) + (self._near(words, least - 1) if least else [])
        else:  # few edits are found quicker than many
            nears = self._near(words, limit // 2) or self._near(words, limit)
            nears = self._near(words, nears[0].edits + clearly) if nears else []
        found: dict[Near, Span] = {}
        for edits, start, end in nears:
            start, end = whole_words(text, start, end, max(_SNAP, limit))
            found[Near(edits, start, end)] = self.turns.span(start, end)
        if not found:
            return Anchor("lost")
        if self.before or self.after:
            alike = {near: self._alike(near.start, near.end) for near in found}
            first = max(found, key=lambda near: alike[near])
            certain = alike[first] >= _ALIKE
            rivals = [near for near in found if near != first and alike[first] - alike[near] < _APART]
        else:
            hinted = [
                near for near in found if near.edits <= limit and self.turn and not self._away(found[near])
            ]
            first = (hinted or list(found))[0]
            certain = bool(hinted) or size - _COST * first.edits >= self._needed(found[first])
            rivals = [
                near
                for near in found
                if near != first
                and near.edits - first.edits < (0 if hinted and near not in hinted else clearly)
            ]
        span = found[first]
        certain = certain and first.edits <= limit
        if certain and not rivals:
            return Anchor("changed", span, found=self.turns.quote(span))
        return Anchor(
            "ambiguous" if certain else "lost", candidates=(span, *(found[near] for near in rivals))
        )

    def _near(self, words: str, most: int, reach: int | None = None) -> list[Near]:
        """Places of near-identical words, in the whole source or the hinted turns and so many around them."""
        low, high = 0, len(self.turns.lower)
        if reach is not None:
            low, high = self.turns.range_of_turns(self.turn - reach, self.end_turn + reach)
        ranges = [(low, high)]
        if high - low > _WIDE and len(words) // GRAM > most:
            ranges = [(max(a, low), min(b, high)) for a, b in self.turns.grams.ranges(words, most)]
        return near_places(words, self.turns.lower, most, ranges)

    def _alike(self, start: int, end: int) -> float:
        """How alike the words around a range of places are to those noted, from 0 to 1."""
        text = self.turns.lower
        start -= text[max(start - 1, 0) : start] == " "
        end += text[end : end + 1] == " "
        sides = []
        if self.before:
            same = text.endswith(self.before, 0, start)
            near = text[max(start - 2 * len(self.before), 0) : start]
            sides.append((len(self.before), 1 if same else likeness(self.before[::-1], near[::-1])))
        if self.after:
            same = text.startswith(self.after, end)
            sides.append(
                (len(self.after), 1 if same else likeness(self.after, text[end : end + 2 * len(self.after)]))
            )
        both = sum(size * value for size, value in sides) / sum(size for size, _ in sides)
        # one side may be gone, with a deleted turn for example: then the other says much, if it is long
        return max(both, *(_ONE_SIDE * value for size, value in sides if size >= _LONG), 0)

    def _needed(self, span: Span) -> int:
        return _WEIGHT_NEAR if self.turn and self._away(span) <= _NEIGHBOURS else _WEIGHT

    def _away(self, span: Span) -> int:
        """How many turns lie between the hint and a span; 0 where they overlap."""
        return max(self.turn - span.end_turn, span.turn - self.end_turn, 0)

    def _is_long(self) -> bool:
        return len(self.words) >= _LONG and self.words.count(" ") >= 2

    def _in_whole_words(self, place: int) -> bool:
        text = self.turns.folded.text
        return not inside_word(text, place) and not inside_word(text, place + len(self.words))

    def _span(self, place: int) -> Span:
        return self.turns.span(place, place + len(self.words))

    def _ambiguous(self, places: list[int]) -> Anchor:
        return Anchor("ambiguous", candidates=tuple(map(self._span, places)))


def _overlap(one: Span, other: Span) -> bool:
    return one[:2] < other[2:] and other[:2] < one[2:]


def _within(numbers: list[int], number: int, distance: int) -> bool:
    at = bisect_left(numbers, number - distance)
    return at < len(numbers) and numbers[at] <= number + distance
