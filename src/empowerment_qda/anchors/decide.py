"""What became of a quote, by its words alone: the rules that decide on exact, moved, changed, ambiguous and lost.

Where a tool noted the words around it, those tell it from equal words first (`match_context.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empowerment_qda.anchors.fuzzy_match import Near, inside_word, whole_words
from empowerment_qda.anchors.turns import CHANGED, Turns, is_long, lowered
from empowerment_qda.model.source import Span

_CLEARLY = 0.06  # the part by which the words of a second place must differ more
COST = 4  # how many equal characters make up for one that differs ...
WEIGHT, _WEIGHT_NEAR = 35, 20  # ... and how many must be left for words to count outside the hinted turns
_NEIGHBOURS = 3  # turns beside them that are near
_TELLING = 25  # characters of words that are taken however far from the hint they stand ...
_FAR = 10  # ... and turns beyond which fewer are not: who knows whether the ones coded are gone
_FEW = 5  # characters below which long words are `ha ha ha`: like any other such words ...
_OTHERS = 6  # ... and how many, beside the most frequent one, long words have that are not `uh, XXXX XX`
_SNAP = 3  # characters by which a place may at least grow to whole words


def is_dull(words: str) -> bool:
    """Whether words are like any others of their kind: of few letters, or of hardly any but one, such as `XXXX XX`."""
    letters = [char for char in words if char.isalnum()]
    most = max(map(letters.count, set(letters)), default=0)
    return len(set(words)) < _FEW or len(letters) - most < _OTHERS


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
    """One quote, folded, and the turns to find it in, with where it stood. `turn` 0 is no hint: the whole source."""

    turns: Turns
    words: str
    turn: int
    end_turn: int
    occurrence: int | None

    def find(self) -> Anchor:
        """The anchor by the words alone."""
        if not self.words:
            return self._whole_turns()
        here = self.here()
        chosen = self.choose(here)
        if chosen is not None:
            return Anchor("exact", self.span(chosen))
        if here:
            return self._ambiguous(here)
        places = self.turns.places(self.words)
        return self._moved(places) if places else self._changed()

    def _whole_turns(self) -> Anchor:
        if 1 <= self.turn <= self.end_turn <= len(self.turns.texts):
            return Anchor(
                "exact", Span(self.turn, 0, self.end_turn, len(self.turns.texts[self.end_turn - 1]))
            )
        return Anchor("lost")

    def here(self) -> list[int]:
        """The places of the words in the hinted turns."""
        if not self.turn:
            return self.turns.places(self.words)
        return self.turns.places_in(self.words, self.turn, self.end_turn)

    def choose(self, here: list[int]) -> int | None:
        """The place that is meant among those in the hinted turns."""
        if self.occurrence is not None:
            return here[self.occurrence - 1] if 1 <= self.occurrence <= len(here) else None
        if len(here) > 1:  # `no` rather than the `no` in `know`
            here = [place for place in here if self.in_whole_words(place)]
        return here[0] if len(here) == 1 else None

    def _moved(self, places: list[int]) -> Anchor:
        """The words stand elsewhere, once; or in one other turn as often as `occurrence` asks."""
        pool = [place for place in places if self.in_whole_words(place)] or (
            places if is_long(self.words) else []
        )
        spans = [self.span(place) for place in pool]
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
        # Few words over more turns than a split makes of theirs are others that happen to follow each other.
        torn = span.end_turn - span.turn > self.end_turn - self.turn + 1
        if len(self.words) < _TELLING and (torn or self.away(span) > _FAR):
            return self._ambiguous(places)
        # Near-identical words where it should be, and of a long quote anywhere, may be the ones coded.
        reach = None if is_long(self.words) else max(min(self.away(span) - 1, _NEIGHBOURS), 0)
        variants = [one for one in self._variants(reach) if not _overlap(one, span)]
        return Anchor("ambiguous", candidates=(span, *variants)) if variants else Anchor("moved", span)

    def _variants(self, reach: int | None) -> list[Span]:
        """Near-identical words in the source or the hinted turns and so many around them; of short ones, only whole words."""
        size, text = len(self.words), self.turns.lower
        most = int(size * CHANGED) if is_long(self.words) else 0 if size < 4 else 1 if size < 8 else 2
        found = self.near(lowered(self.words), most, reach)
        if not is_long(self.words):
            found = [n for n in found if not inside_word(text, n.start) and not inside_word(text, n.end)]
        return [self.turns.span(near.start, near.end) for near in found]

    def _changed(self) -> Anchor:
        """Near-identical words, clearly nearer than any others."""
        if not is_long(self.words):
            return Anchor("lost", candidates=tuple(self._variants(0)) if self.turn else ())
        words, size = lowered(self.words), len(self.words)
        limit, clearly = int(size * CHANGED), max(2, round(size * _CLEARLY))
        nears = self.near(words, limit, 0) if self.turn else []
        if nears:  # a rival in the hinted turns must be clearly worse, one elsewhere only not better
            least = nears[0].edits
            nears = self.near(words, least + clearly, 0) + (self.near(words, least - 1) if least else [])
        else:  # few edits are found quicker than many
            nears = self.near(words, limit // 2) or self.near(words, limit)
            nears = self.near(words, nears[0].edits + clearly) if nears else []
        found = {near: self.turns.span(near.start, near.end) for near in map(self.grown, nears)}
        if not found:
            return Anchor("lost")
        hinted = [near for near in found if near.edits <= limit and self.turn and not self.away(found[near])]
        first = (hinted or list(found))[0]
        inside = set(hinted)
        needed = _WEIGHT_NEAR if self.turn and self.away(found[first]) <= _NEIGHBOURS else WEIGHT
        certain = first.edits <= limit and (bool(hinted) or size - COST * first.edits >= needed)
        certain = certain and not is_dull(words)
        rivals = [
            near
            for near in found
            if near != first and near.edits - first.edits < (0 if hinted and near not in inside else clearly)
        ]
        span = found[first]
        if certain and not rivals:
            return Anchor("changed", span, found=self.turns.quote(span))
        state: Literal["ambiguous", "lost"] = "ambiguous" if certain else "lost"
        return Anchor(state, candidates=(span, *(found[near] for near in rivals)))

    def near(self, words: str, most: int, reach: int | None = None) -> list[Near]:
        """Places of near-identical words, in the whole source or the hinted turns and so many around them."""
        turns = self.turns
        around = None if reach is None else turns.range_of_turns(self.turn - reach, self.end_turn + reach)
        return turns.near(words, most, around)

    def grown(self, near: Near) -> Near:
        """A place as whole words, if that takes few characters."""
        most = max(_SNAP, int(len(self.words) * CHANGED))
        return Near(near.edits, *whole_words(self.turns.lower, near.start, near.end, most))

    def away(self, span: Span) -> int:
        """How many turns lie between the hint and a span; 0 where they overlap."""
        last = len(self.turns.texts)
        return max(min(self.turn, last) - span.end_turn, span.turn - min(self.end_turn, last), 0)

    def in_whole_words(self, place: int) -> bool:
        """Whether the words stand there without cutting through a word."""
        text = self.turns.folded.text
        return not inside_word(text, place) and not inside_word(text, place + len(self.words))

    def span(self, place: int) -> Span:
        """The span of the words at a place."""
        return self.turns.span(place, place + len(self.words))

    def _ambiguous(self, places: list[int]) -> Anchor:
        return Anchor("ambiguous", candidates=tuple(map(self.span, places)))


def _overlap(one: Span, other: Span) -> bool:
    return one[:2] < other[2:] and other[:2] < one[2:]
