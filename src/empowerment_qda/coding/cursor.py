"""The cursor of a person who codes: a word, a sentence or a turn, how it moves and how it grows. No screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from empowerment_qda.anchors import SourceText
from empowerment_qda.evidence.passages import find_anchor, make_coding
from empowerment_qda.language import sentences, words
from empowerment_qda.model.source import Source, Span

Kind = Literal["word", "sentence", "turn"]
SIZES: tuple[Kind, ...] = ("word", "sentence", "turn")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The passage that the next code goes to: from where it began to grow to where it reaches now."""

    anchor: Span
    head: Span
    kind: Kind = "sentence"

    @classmethod
    def on(cls, span: Span, kind: Kind) -> Cursor:
        """A cursor on these words."""
        return cls(span, span, kind)

    @property
    def span(self) -> Span:
        """Its words, from the first of both to the last."""
        first = min(self.anchor[:2], self.head[:2])
        last = max(self.anchor[2:], self.head[2:])
        return Span(*first, *last)


class TextUnits:
    """The words, sentences and turns of a source, worked out turn by turn where they are asked for."""

    def __init__(self, source: Source) -> None:
        self._texts = [turn.text for turn in source.turns]
        self.of = cache(self._of)

    def _of(self, kind: Kind, turn: int) -> tuple[tuple[int, int], ...]:
        text = self._texts[turn - 1]
        found: list[tuple[int, int]] = []
        if kind == "word":
            found = [(word.start, word.end) for word in words(text)]
        elif kind == "sentence":
            found = sentences(text)
        return tuple(found) or ((0, len(text)),)

    def at(self, kind: Kind, turn: int, offset: int) -> Span:
        """The unit that a place is in, or the one before it."""
        units = self.of(kind, turn)
        start, end = max((one for one in units if one[0] <= offset), default=units[0])
        return Span(turn, start, turn, end)

    def first(self, kind: Kind = "sentence") -> Cursor:
        """A cursor on the first unit of the source."""
        start, end = self.of(kind, 1)[0]
        return Cursor.on(Span(1, start, 1, end), kind)

    def last(self, kind: Kind) -> Cursor:
        """A cursor on the last unit of the source."""
        turn = len(self._texts)
        start, end = self.of(kind, turn)[-1]
        return Cursor.on(Span(turn, start, turn, end), kind)

    def fit(self, cursor: Cursor) -> Cursor:
        """The cursor, where there are words under both its ends; else the unit that is nearest to its head."""
        if all(self._stands(one) for one in (cursor.anchor, cursor.head)):
            return cursor
        turn = min(max(1, cursor.head.turn), len(self._texts))
        return Cursor.on(self.at(cursor.kind, turn, cursor.head.start), cursor.kind)

    def _stands(self, span: Span) -> bool:
        if not (
            1 <= span.turn <= span.end_turn <= len(self._texts) and span.start >= 0 and span[:2] <= span[2:]
        ):
            return False
        return span.start <= len(self._texts[span.turn - 1]) and span.end <= len(
            self._texts[span.end_turn - 1]
        )

    def follow(self, cursor: Cursor, old: Source, new: Source) -> Cursor:
        """A cursor on the same words after the source, now `new`, was changed; near them, where they are gone."""
        was, now = ([turn.text for turn in one.turns] for one in (old, new))
        if was == now:
            return cursor
        texts = SourceText(was), SourceText(now)
        anchor, head = (_find_again(one, *texts) for one in (cursor.anchor, cursor.head))
        if anchor and head:
            return Cursor(anchor, head, cursor.kind)
        return self.fit(Cursor.on(head or cursor.head, cursor.kind))

    def move(self, cursor: Cursor, kind: Kind, by: int, grow: bool) -> Cursor:
        """The cursor one unit on or back; a smaller unit than before is sought inside it. At an end it stays."""
        into = not grow and SIZES.index(kind) < SIZES.index(cursor.kind)
        head = self._step(cursor.head if grow else cursor.span, kind, by, into)
        if head is None:
            return cursor
        return replace(cursor, head=head) if grow else Cursor.on(head, kind)

    def _step(self, span: Span, kind: Kind, by: int, into: bool) -> Span | None:
        forward = by > 0
        begin, end = span[:2], span[2:]
        place = begin if forward == into else end
        for one in self._from(kind, place[0], by):
            if forward and one[:2] >= place:
                return one
            if not forward and (one[2:] <= end if into else one[:2] < begin):
                return one
        return None

    def _from(self, kind: Kind, turn: int, by: int) -> Iterator[Span]:
        numbers = range(turn, len(self._texts) + 1) if by > 0 else range(turn, 0, -1)
        for number in numbers:
            units = self.of(kind, number)
            for start, end in units if by > 0 else reversed(units):
                yield Span(number, start, number, end)


def _find_again(span: Span, old: SourceText, new: SourceText) -> Span | None:
    """Where the words of a passage stand in another text, if they still do."""
    try:
        found = find_anchor(new, make_coding(old, span, code="cursor"))
    except ValueError:
        return None
    if found.span:
        return found.span
    # Where words are so short that no coding would be moved to them, a cursor that writes nothing may follow.
    return found.candidates[0] if len(found.candidates) == 1 else None
