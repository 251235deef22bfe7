"""What an edit of a transcript does to what hangs on its turns: codings, turns left out, links. No disk, no screen.

The edit is known, so positions are carried over by comparing the turns, word by word; nothing is looked for again but what
was taken away in one place and put in at another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from empowerment_qda.anchors import KnownEdit, NewTurn, SourceText
from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.anchors.turns import is_long
from empowerment_qda.coding.log_entry import entries_of, reasons_of
from empowerment_qda.evidence.passages import Passage, anchor_keys, find_anchor, text_of
from empowerment_qda.model.coding import AUTO, Coding, LeftOut, turns_of
from empowerment_qda.model.source import Source, Span, Turn, TurnRange

Outcome = Literal["exact", "changed", "lost", "found", "broken"]
"""exact: on the same words. changed: on what the words are now. lost: its words are gone; it stays as it was. found: it had no
certain place, and has one now. broken: it had none, and has none."""


class Followed(NamedTuple):
    """A coding with its place before an edit, and what it becomes; `span` is where it stands after it."""

    passage: Passage
    after: Coding
    outcome: Outcome
    span: Span | None


class TurnChange(NamedTuple):
    """A turn that an edit changes: its number before and after, None where it is new or gone; its words and speaker then and
    now."""

    before: int | None
    after: int | None
    was: Turn | None
    now: Turn | None


@dataclass(frozen=True)
class SourceEdit:
    """A source and its turns after an edit."""

    source: Source
    new: tuple[NewTurn, ...]

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns as the file is to have them: what else is noted on a turn stays with its number; a new one that follows
        words which nobody said is reconstructed, too."""
        made: list[Turn] = []
        for one in self.new:
            if one.number:
                old = self.source.turns[one.number - 1]
                made.append(old.model_copy(update={"text": one.text, "speaker": one.speaker}))
            else:
                reconstructed = bool(made) and made[-1].reconstructed
                made.append(Turn(text=one.text, speaker=one.speaker, reconstructed=reconstructed))
        return tuple(made)

    @cached_property
    def known(self) -> KnownEdit:
        """Where the words of the source go."""
        return KnownEdit([one.text for one in self.source.turns], self.new)

    @cached_property
    def text(self) -> SourceText:
        """The words after the edit."""
        return SourceText(one.text for one in self.new)

    @property
    def changes(self) -> bool:
        """Whether anything is to be written."""
        return self.turns != self.source.turns

    @property
    def renumbers(self) -> bool:
        """Whether turns come, go or stand elsewhere."""
        return [one.number for one in self.new] != list(range(1, len(self.source.turns) + 1))

    def find_changes(self) -> Iterator[TurnChange]:
        """The turns that are not as they were, new ones and those that are gone among them."""
        for number, (one, turn) in enumerate(zip(self.new, self.turns, strict=True), 1):
            old = self.source.turns[one.number - 1] if one.number else None
            if old != turn:
                yield TurnChange(one.number, number, old, turn)
        kept = {one.number for one in self.new}
        for number, turn in enumerate(self.source.turns, 1):
            if number not in kept:
                yield TurnChange(number, None, turn, None)

    # What hangs on the turns.

    def follow(self, passages: Iterable[Passage]) -> list[Followed]:
        """What becomes of the codings of the source, in their order."""
        return [self._follow(one) for one in passages]

    def _follow(self, passage: Passage) -> Followed:
        coding, anchor = passage.coding, passage.anchor
        if anchor.state not in ("exact", "moved") or anchor.span is None:
            after = self._with_turns(coding)
            again = find_anchor(self.text, after)
            found = again.state == "exact" and again.span is not None
            return Followed(passage, after, "found" if found else "broken", again.span if found else None)
        if not coding.quote.strip():
            return self._follow_whole(passage, anchor.span)
        span = self.known.follow(anchor.span)
        placed = span and self._place(passage, anchor.span, span)
        if placed is None and (span := self._find_moved(coding)):
            placed = self._place(passage, anchor.span, span)
        if placed is None:
            return Followed(passage, self._with_turns(coding), "lost", None)
        same = folded(placed.quote) == folded(coding.quote)
        return Followed(passage, placed, "exact" if same else "changed", span)

    def _find_moved(self, coding: Coding) -> Span | None:
        """Where the words of a coding were put in again, whole, in one place only."""
        words = folded(coding.quote)
        anchor = find_anchor(self.text, coding)
        found = [
            one
            for one in dict.fromkeys((*((anchor.span,) if anchor.span else ()), *anchor.candidates))
            if self.known.is_new(one) and folded(self.text.quote(one)) == words
        ]
        return found[0] if len(found) == 1 and is_long(words) else None

    def _follow_whole(self, passage: Passage, span: Span) -> Followed:
        """A coding without a quotation means whole turns, whatever they say."""
        after = self._with_turns(passage.coding)
        turns = self._turns_after(TurnRange(span.turn, span.end_turn))
        if turns is None:
            return Followed(passage, after, "lost", None)
        whole = find_anchor(self.text, after).span
        was, now = (
            " ".join(one.text for one in some[first - 1 : last])
            for some, (first, last) in ((self.source.turns, (span.turn, span.end_turn)), (self.turns, turns))
        )
        return Followed(passage, after, "exact" if folded(was) == folded(now) else "changed", whole)

    def _place(self, passage: Passage, before: Span, span: Span) -> Coding | None:
        """The coding on these words after the edit: as it is where it leads to them and to what stood around; None where no
        keys lead back to them."""
        coding = passage.coding
        beside = max(len(coding.before.split()), len(coding.after.split()))
        around = beside and text_of(self.source).context(before, beside) != self.text.context(span, beside)
        renumbered = coding.model_copy(update={"turn": TurnRange(span.turn, span.end_turn)})
        torn = (
            before.end_turn - before.turn != span.end_turn - span.turn
        )  # the quotation has a line for each turn
        for one in () if around or torn else (coding, renumbered):
            again = find_anchor(self.text, one)
            if again.state == "exact" and again.span == span:
                return one
        try:
            keys = anchor_keys(self.text, span, around=passage.file.coder != AUTO)
        except ValueError:
            return None
        fresh = coding.model_copy(update=keys)
        again = find_anchor(self.text, fresh)
        inside = again.span and span[:2] <= again.span[:2] and again.span[2:] <= span[2:]
        return fresh if again.state == "exact" and inside else None

    def _with_turns(self, coding: Coding) -> Coding:
        """The coding with the numbers that its turns have now, else as it is."""
        turns = self._turns_after(coding.turn) if coding.turn else None
        return coding if turns in (None, coding.turn) else coding.model_copy(update={"turn": turns})

    def _turns_after(self, turns: TurnRange) -> TurnRange | None:
        """The turns that these have become; None where they are gone."""
        last = len(self.source.turns)
        became = [self.known.turns_of(one) for one in turns.numbers[:last] if one <= last]
        found = [one for one in became if one]
        return TurnRange(min(one[0] for one in found), max(one[-1] for one in found)) if found else None

    def follow_left_out(self, left_out: tuple[LeftOut, ...]) -> tuple[LeftOut, ...]:
        """The turns that are left out after the edit: those that came only of turns which were."""
        if not self.renumbers:
            return left_out
        before = reasons_of(left_out)
        whole, left = Counter[int](), dict[int, list[str]]()
        for turn in range(1, len(self.source.turns) + 1):
            for number in self.known.turns_of(turn):
                whole[number] += 1
                if turn in before:
                    left.setdefault(number, []).append(before[turn])
        reasons = {number: why[0] for number, why in left.items() if len(why) == whole[number]}
        return left_out if reasons == before else tuple(entries_of(reasons))

    def follow_link(self, link: str) -> str:
        """A link to turns of the source, such as KS-01#2, as it is after the edit; to the source, where they are gone."""
        place = turns_of(link)
        if place is None or place[0] != self.source.id or place[1].last > len(self.source.turns):
            return link
        turns = self._turns_after(place[1])
        return f"{place[0]}#{turns}" if turns else place[0]

    def find_doubts(self) -> Iterator[str]:
        """What a person should look at in the file itself: a sentence each."""
        name = self.source.id
        for change in self.find_changes():
            was, now = change.was, change.now
            if was and now and was.translation and folded(was.text) != folded(now.text):
                yield f"{name}#{change.after} has a translation: it stays as it is, so see whether it still fits."
            if was and now is None:
                for key in ("translation", "time"):
                    if getattr(was, key):
                        yield f"The {key} of {name}#{change.before} goes with the turn."
            if now and was is None and now.reconstructed:
                yield f"{name}#{change.after} is reconstructed, as the turn above it: nobody said its words so."
        yield from self._find_joined()

    def _find_joined(self) -> Iterator[str]:
        """Turns that were joined though one was said and the other was not."""
        into: dict[int, list[int]] = {}
        for turn in range(1, len(self.source.turns) + 1):
            for number in self.known.turns_of(turn):
                into.setdefault(number, []).append(turn)
        for number, came in into.items():
            for one, other in pairwise(came):
                old = self.source.turns
                if old[one - 1].reconstructed != old[other - 1].reconstructed:
                    yield f"{self.source.id}#{number} joins words that were said with words that are reconstructed."
