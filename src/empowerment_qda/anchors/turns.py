"""The turns of a source as one folded text, and the way between places in it and spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from empowerment_qda.anchors.fuzzy_match import GRAM, Grams, Near, near_places
from empowerment_qda.anchors.normal_forms import Fold
from empowerment_qda.model.source import Span

LONG = 12  # characters, in three words: of shorter words none are near-identical
CHANGED = 0.15  # the part of its characters that may differ in near-identical words
_WIDE = 5_000  # characters from which the index is quicker than reading


def is_long(words: str) -> bool:
    """Whether words are enough to be known again when some characters differ."""
    return len(words) >= LONG and words.count(" ") >= 2


def lowered(text: str) -> str:
    """The text in lower case, character by character, so that places stay the same."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


class Turns:
    """Turns joined by line breaks; a place is an index into the folded form of that. All is made at first use."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)

    @cached_property
    def original(self) -> str:
        """The turns as they are, with a line break between them."""
        return "\n".join(self.texts)

    @cached_property
    def folded(self) -> Fold:
        """The folded form."""
        return Fold(self.original)

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case."""
        return lowered(self.folded.text)

    @cached_property
    def grams(self) -> Grams:
        """The index of the lower-case text."""
        return Grams(self.lower)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(text) + 1 for text in self.texts), initial=0))

    def places(self, words: str, low: int = 0, high: int | None = None, text: str = "") -> list[int]:
        """All places of folded words, overlapping ones too, that divide no character from its marks.

        `text` is the folded text or, for words in lower case, that in lower case.
        """
        text, divides = text or self.folded.text, self.folded.divides
        places: list[int] = []
        place = text.find(words, low, high)
        while place >= 0:
            if not divides(place) and not divides(place + len(words)):
                places.append(place)
            place = text.find(words, place + 1, high)
        return places

    def near(self, words: str, most: int, around: tuple[int, int] | None = None) -> list[Near]:
        """Places of lower-case words with at most so many edits, the nearest first; `around` a range of places."""
        low, high = around or (0, len(self.lower))
        ranges = [(low, high)]
        if high - low > _WIDE and len(words) // GRAM > most:
            ranges = [(max(a, low), min(b, high)) for a, b in self.grams.ranges(words, most)]
        return near_places(words, self.lower, most, ranges)

    def places_in(self, words: str, turn: int, end_turn: int) -> list[int]:
        """The places of words that start in the one turn and end in the other."""
        places = self.places(words, *self.range_of_turns(turn, end_turn))
        if turn == end_turn:
            return places
        spans = ((place, self.span(place, place + len(words))) for place in places)
        return [place for place, span in spans if (span.turn, span.end_turn) == (turn, end_turn)]

    def range_of_turns(self, turn: int, end_turn: int) -> tuple[int, int]:
        """The places that belong to these turns, as far as the source has them."""
        turn, end_turn = max(turn, 1), min(end_turn, len(self.texts))
        if turn > end_turn:
            return 0, 0
        return self.folded.first(self._starts[turn - 1]), self.folded.last(self._starts[end_turn] - 1)

    def range_of_span(self, span: Span) -> tuple[int, int]:
        """The places that a span covers, characters whole."""
        start, end = self.offsets(span)
        return self.folded.first(start), self.folded.last(end)

    def span(self, start: int, end: int) -> Span:
        """The span of a range of places."""
        start, end = self.folded.origin(start, end)
        turn, end_turn = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        return Span(turn, start - self._starts[turn - 1], end_turn, end - self._starts[end_turn - 1])

    def offsets(self, span: Span) -> tuple[int, int]:
        """Where a span starts and ends in the original; ValueError if the source has no such passage."""
        turn, start, end_turn, end = span
        turns = 1 <= turn <= end_turn <= len(self.texts)
        if turns and 0 <= start <= len(self.texts[turn - 1]) and 0 <= end <= len(self.texts[end_turn - 1]):
            return self._starts[turn - 1] + start, self._starts[end_turn - 1] + end
        raise ValueError(f"The source has no passage at {span}.")

    def quote(self, span: Span) -> str:
        """The words of a span as they are, with a line break between turns."""
        start, end = self.offsets(span)
        return self.original[start:end]
