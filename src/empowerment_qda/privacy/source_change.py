"""Codings that stay on their words while the text of their source changes in known places: names are replaced, turns go.

Since it is known what goes where, no coding has to be looked for: it is written for the place where its words are then, and
looked for once to see that it is found there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.evidence.passages import anchor_keys, find_anchor
from empowerment_qda.model.coding import Coding, LeftOut
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.privacy.pseudonyms import Replaced

REMARKS = ("why", "memo", "direction_note")
"""What is said of a coding in free words."""


def _as_it_is(text: str) -> str:
    return text


class SourceChange:
    """The turns of a source before and after: for each turn its text with the places that changed, or None where it goes.

    `write` gives free words their new form; `words` those of quotations, where that is another; `trim` the words noted beside a
    passage that is not found.
    """

    def __init__(
        self,
        before: Sequence[str],
        after: Sequence[Replaced | None],
        write: Callable[[str], str],
        trim: Callable[[str], str] = _as_it_is,
        words: Callable[[str], str] | None = None,
    ) -> None:
        self.before, self.after = SourceText(before), SourceText(one.text for one in after if one)
        self._turns, self._write, self._trim = tuple(after), write, trim
        self._words = words or write
        self._numbers: list[int | None] = []
        for one in after:
            self._numbers.append(sum(number is not None for number in self._numbers) + 1 if one else None)
        self._same = all(one is not None and not one.edits for one in after)
        self._followed: dict[Coding, Coding | None] = {}

    @property
    def texts(self) -> list[str]:
        """The turns as they are then."""
        return [one.text for one in self._turns if one]

    def number(self, turn: int) -> int | None:
        """The number that a turn has then; None for one that goes, or that there is not."""
        return self._numbers[turn - 1] if 1 <= turn <= len(self._numbers) else None

    def turn_range(self, turns: TurnRange) -> TurnRange | None:
        """What is left of several turns; None where nothing is."""
        if self._same or turns.last > len(self._numbers):
            return turns
        left = [number for turn in turns.numbers if (number := self.number(turn))]
        return TurnRange(left[0], left[-1]) if left else None

    def span(self, span: Span) -> Span | None:
        """Where a passage is then, whole names where it cut one; None where a turn of it goes."""
        if any(self.number(turn) is None for turn in span.turns):
            return None
        first, last = self._turns[span.turn - 1], self._turns[span.end_turn - 1]
        assert first
        assert last
        turn, end_turn = self.number(span.turn), self.number(span.end_turn)
        return Span(turn or 0, first.move(span.start), end_turn or 0, last.move(span.end, end=True))

    def follow(self, coding: Coding) -> Coding | None:
        """A coding as it has to be then; None where words of it go. The same coding always becomes the same."""
        if coding not in self._followed:
            self._followed[coding] = self._follow(coding)
        return self._followed[coding]

    def follow_left_out(self, one: LeftOut) -> LeftOut | None:
        """Turns left out, as far as they stay."""
        turns = self.turn_range(one.turn)
        return LeftOut(turn=turns, reason=self._write(one.reason)) if turns else None

    def keeps(self, before: Coding, after: Coding) -> bool:
        """Whether a coding that had a place has the same one then, and stands there as it did, or as it should."""
        was, now = find_anchor(self.before, before), find_anchor(self.after, after)
        return was.span is None or (now.span == self.span(was.span) and now.state in (was.state, "exact"))

    def is_found_again(self, before: Coding, after: Coding) -> bool:
        """Whether a coding that had no place has one then."""
        had = find_anchor(self.before, before).span is not None
        return not had and find_anchor(self.after, after).span is not None

    def _follow(self, coding: Coding) -> Coding | None:
        said = {key: self._write(text) for key in REMARKS if (text := getattr(coding, key))}
        if self._same:
            texts = {key: self._words(getattr(coding, key)) for key in ("quote", "before", "after")}
            return _update(coding, said | {key: text for key, text in texts.items() if text})
        anchor = find_anchor(self.before, coding)
        if self._goes(coding, anchor):
            return None
        turn = self._hint(coding.turn)
        span = anchor.span and self.span(anchor.span)
        if anchor.span is None or span is None:
            sides = {key: self._trim(self._words(getattr(coding, key))) for key in ("before", "after")}
            return _update(coding, {**said, **sides, "quote": self._words(coding.quote), "turn": turn})
        kept = {
            "quote": self._quote(coding, anchor, span),
            "turn": turn,
            **self._sides(coding, anchor.span, span),
        }
        made = _update(coding, said | kept)
        if anchor.state == "changed" or not coding.quote.strip() or self.keeps(coding, made):
            return made
        noted = bool(coding.before or coding.after or coding.places)
        for around in dict.fromkeys((noted, True)):
            fresh = _update(coding, said | anchor_keys(self.after, span, around=around))
            if self.keeps(coding, fresh):
                return fresh
        return made

    def _goes(self, coding: Coding, anchor: Anchor) -> bool:
        """Whether a coding is on a turn that goes, or, where its words are not found, may have been."""
        if None not in self._numbers:
            return False
        places = [anchor.span] if anchor.span else list(anchor.candidates)
        turns = {turn for place in places for turn in place.turns}
        if not anchor.span and coding.turn:
            turns |= {turn for turn in coding.turn.numbers if turn <= len(self._numbers)}
        return any(self.number(turn) is None for turn in turns)

    def _hint(self, turns: TurnRange | None) -> TurnRange | None:
        """The turns that a coding names; where they go while its words stand elsewhere, the ones before them."""
        if turns is None or self._same:
            return turns
        if kept := self.turn_range(turns):
            return kept
        before = [number for number in self._numbers[: turns.first] if number]
        return TurnRange(before[-1], before[-1]) if before else TurnRange(1, 1)

    def _quote(self, coding: Coding, anchor: Anchor, span: Span) -> str:
        """The words of a coding: its own, or those of its place where a name was cut by its ends."""
        own = self._words(coding.quote)
        if anchor.state == "changed" or not coding.quote.strip():
            return own
        words = self.after.quote(span)
        return own if folded(own) == folded(words) else words

    def _sides(self, coding: Coding, old: Span, new: Span) -> dict[str, str]:
        """The words noted on either side: those that stand there then, where those that stand there now were noted."""
        made = {}
        for side, key in enumerate(("before", "after")):
            noted = getattr(coding, key)
            count = len(noted.split())
            if noted and folded(noted) == folded(self.before.context(old, count)[side]):
                made[key] = self.after.context(new, count)[side]
            else:
                made[key] = self._trim(self._words(noted))
        return made


def _update(coding: Coding, keys: dict[str, Any]) -> Coding:
    return coding.model_copy(update=keys)
