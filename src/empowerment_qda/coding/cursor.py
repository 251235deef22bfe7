"""The cursor of a person who codes: a word, a sentence or a turn, how it moves and how it grows. No screen."""

from __future__ import annotations

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

    def _of(self, kind: Kind, turn: int) -> tuple[Span, ...]:
        text = self._texts[turn - 1]
        found = [(word.start, word.end) for word in words(text)] if kind == "word" else []
        found = sentences(text) if kind == "sentence" else found
        return tuple(Span(turn, start, turn, end) for start, end in found or [(0, len(text))])

    def at(self, kind: Kind, turn: int, offset: int) -> Span:
        """The unit that a place is in, or the one before it."""
        units = self.of(kind, turn)
        return max((one for one in units if one.start <= offset), default=units[0])

    def first(self, kind: Kind = "sentence") -> Cursor:
        """A cursor on the first unit of the source."""
        return Cursor.on(self.of(kind, 1)[0], kind)

    def last(self, kind: Kind) -> Cursor:
        """A cursor on the last unit of the source."""
        return Cursor.on(self.of(kind, len(self._texts))[-1], kind)

    def fit(self, cursor: Cursor) -> Cursor:
        """The cursor, where there are words under both its ends; else the unit that is nearest to its head."""
        if self._stands(cursor.anchor) and self._stands(cursor.head):
            return cursor
        turn = min(max(1, cursor.head.turn), len(self._texts))
        return Cursor.on(self.at(cursor.kind, turn, cursor.head.start), cursor.kind)

    def _stands(self, span: Span) -> bool:
        ends = ((span.turn, span.start), (span.end_turn, span.end))
        ordered = (
            1 <= span.turn <= span.end_turn <= len(self._texts) and span.start >= 0 and span[:2] <= span[2:]
        )
        return ordered and all(at <= len(self._texts[turn - 1]) for turn, at in ends)

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
        numbers = range(place[0], len(self._texts) + 1) if forward else range(place[0], 0, -1)
        for one in (unit for turn in numbers for unit in self.of(kind, turn)[:: 1 if forward else -1]):
            if one[:2] >= place if forward else one[2:] <= end if into else one[:2] < begin:
                return one
        return None


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
