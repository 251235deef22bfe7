"""Quote to span and back, within one source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict

from empowerment_qda.anchors.decide import Anchor, Search
from empowerment_qda.anchors.fuzzy_match import Near, merged, near_places
from empowerment_qda.anchors.match_context import ALIKE, APART, SearchAround, Sides, most_edits, stretches
from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.anchors.turns import LONG, Turns, lowered
from empowerment_qda.model.source import Span

_NEARLY = (
    0.25  # the part of its characters by which other words may differ that edits could make near-identical
)
_WORDS = (6, 12, 24, 48, 96, 192)  # noted on either side, so many as tell a place from others ...
_MANY = 48  # ... or, of more, so many that no other has the very same
_APART = 1 - ALIKE + APART  # the part of the characters noted that must differ on either side of other places

_SIDE = 2_000  # characters of the words noted around a quote that are compared; make_anchor notes fewer


class AnchorKeys(TypedDict):
    """What a coding keeps of a passage, in the order of the file; `find` takes the same names."""

    turn: int
    end_turn: NotRequired[int]
    quote: str
    occurrence: NotRequired[int]
    places: NotRequired[int]
    before: NotRequired[str]
    after: NotRequired[str]


class SourceText:
    """The turns of one source, ready to find quotes in."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._turns = Turns(texts)

    def quote(self, span: Span) -> str:
        """The words of a span, with a line break between turns."""
        return self._turns.quote(span)

    def context(self, span: Span, words: int = 6) -> tuple[str, str]:
        """So many words before and after a span, across turns, with one space between words."""
        start, end = self._turns.offsets(span)
        reach = 40 * words  # enough for words of any language, and an end to text without spaces
        before = self._turns.original[max(0, start - reach) : start].split()
        after = self._turns.original[end : end + reach].split()
        return " ".join(before[-words:]), " ".join(after[:words])

    def make_anchor(self, span: Span, *, around: bool = True) -> AnchorKeys:
        """The keys that lead back to a passage, less white space at its ends and with every character whole.

        `occurrence` only where the words stand in those turns more than once; `places` only where they, or nearly
        these, stand in the source more than once: then `before` and `after` are long enough to tell them apart. Not
        `around`: none of these three, for what is made anew whenever the source changes. ValueError if the passage has
        no words.
        """
        text = self._turns.folded.text
        start, end = self._turns.range_of_span(span)
        words = text[start:end].strip(" ")
        if not words:
            raise ValueError(f"No words stand at {span}.")
        start = text.index(words, start)
        end = start + len(words)
        span = self._turns.span(start, end)
        keys = AnchorKeys(turn=span.turn, quote=self.quote(span))
        if span.end_turn > span.turn:
            keys = AnchorKeys(turn=span.turn, end_turn=span.end_turn, quote=keys["quote"])
        here = self._turns.places_in(words, span.turn, span.end_turn)
        if len(here) > 1:
            keys["occurrence"] = here.index(start) + 1
        if not around:
            return keys
        others = self._others(start, end)
        if others:
            keys["places"] = len(others) + 1
        for count in _WORDS:
            before, after = self.context(span, count)
            if self._tells(Sides(_comparable(before), _comparable(after)), start, others, count):
                break
        if before:
            keys["before"] = before
        if after:
            keys["after"] = after
        return keys

    def _tells(self, sides: Sides, start: int, others: list[tuple[int, int]], count: int) -> bool:
        """Whether the sides of a place tell it from the others: by much, or where they are very long at all."""
        if count > _MANY:
            return not any(sides.equal(self._turns, *other) for other in others)
        found = iter(stretches(self._turns, sides, others))
        stretch = next(found, None)
        for other in sorted(others):
            while stretch and stretch.low + len(stretch.text) < other[1]:
                stretch = next(found, None)
            if not stretch:
                continue
            apart, edits = abs(other[0] - start), stretch.beside(*other)
            # Where one side is the same, of equal words one after the other either may be taken away.
            for side, cost in zip(sides, edits, strict=True):
                if cost < (ALIKE * apart if apart < len(side) else _APART * len(side)):
                    return False
        return True

    def _others(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where else the words of a range stand, whatever their case, or nearly these.

        Near-identical words have a third of themselves in common, but for rare ones: they are looked for around those.
        """
        text = self._turns.lower
        words = text[start:end]
        size, third, most = len(words), len(words) // 3, most_edits(len(words), _NEARLY)
        if size < LONG:
            places = [Near(0, place, place + size) for place in self._turns.places(words, text=text)]
        else:
            around = sorted(
                (max(place - at - most, 0), place - at + size + most)
                for at in (0, third, size - third)
                for place in self._turns.places(words[at : at + third], text=text)
                if place != start + at
            )
            places = near_places(words, text, most, merged(around))
        return [(near.start, near.end) for near in places if 2 * abs(near.end - end) > size]

    def find(
        self,
        quote: str,
        turn: int | None,
        end_turn: int | None = None,
        occurrence: int | None = None,
        places: int | None = None,
        before: str = "",
        after: str = "",
    ) -> Anchor:
        """Where a quote stands now.

        `turn` to `end_turn` (from 1; beyond the source is allowed) is where it stood, `occurrence` (from 1) which one
        of several in those turns, `before` and `after` the words around it. Without `turn` the hint is the whole
        source. A quote without words means the whole turns.
        """
        words = folded(quote)
        search = Search(self._turns, words, turn or 0, max(turn or 0, end_turn or 0), occurrence)
        sides = Sides(_comparable(before)[-_SIDE:], _comparable(after)[:_SIDE])
        return SearchAround(search, sides, places or 1).find() if words and any(sides) else search.find()


def _comparable(around: str) -> str:
    return lowered(folded(around)) if around else ""
