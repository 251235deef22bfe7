"""From a coded segment of another program to its place in a source: by where it stood in the text, else by its words."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple
from unicodedata import category, normalize

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.source import Source, Span

FURTHEST = 120
"""Characters, white space aside, that may stand between two turns: names, times, page numbers."""
SHORT, LONG, EDGE = 4, 80, 24
"""Letters below which words are known only whole, from which they are known by their ends, and of each such end."""
MOST, MOST_WORDS = 50, 5_000
"""Places that are looked at, and words that are compared."""
NOWHERE = "its words do not stand in the source"
ALIKE = 0.92
"""The part of the words that must be the same where not all are."""
_LABEL = re.compile(r"(?m)^\s*(?:\[?[\d:.]{4,12}\]?\s+)?[^\W\d_][\w .,'’()&/-]{0,39}?:\s+")


class Placed(NamedTuple):
    """Where words stand, or why that cannot be said; `near` where they are not quite the same."""

    span: Span | None
    why_not: str = ""
    near: bool = False


class SourceWords:
    """A source, ready to find in it what another program says was coded."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.texts = [turn.text for turn in source.turns]
        self.text = SourceText(self.texts)
        self._letters, self._at = _letters(self.texts)

    def find(self, quote: str, before: str = "", after: str = "") -> Placed:
        """Where words stand, by themselves and by what stands around them. Names of speakers, breaks of lines, hyphens and
        signs may differ; of long words, a few others too."""
        if not any(char.isalnum() for char in quote):
            return Placed(None, "it has no words")
        bare = self._strip_names(quote)
        for words in dict.fromkeys((quote, bare)):
            letters = _only_letters(words)
            found = list(islice(_find_all(self._letters, letters), MOST))
            if len(found) == 1:
                span = self._span(found[0], found[0] + len(letters), words)
                known = len(letters) >= SHORT or not self._cuts(span)
                return Placed(span) if known else Placed(None, NOWHERE)
            if found:
                anchor = self.text.find(words, None, before=before, after=after)
                if anchor.state in ("exact", "moved") and anchor.span:
                    return Placed(anchor.span)
                turns = dict.fromkeys(self._at[0][at] for at in found)
                named = ", ".join(f"{self.source.id}#{turn}" for turn in list(turns)[:5])
                return Placed(None, f"its words stand in several places ({named})")
        return self._find_near(bare)

    def _strip_names(self, quote: str) -> str:
        """The words without the names of speakers before them."""
        known = {turn.speaker for turn in self.source.turns if turn.speaker}
        names = "|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
        bare = _LABEL.sub("", quote)
        return re.sub(rf"(?<!\w)(?:{names}):\s", "", bare) if names else bare

    def _cuts(self, span: Span) -> bool:
        """Whether a span begins or ends within a word."""
        before, after = (
            self.texts[span.turn - 1][: span.start][-1:],
            self.texts[span.end_turn - 1][span.end :][:1],
        )
        return before.isalnum() or after.isalnum()

    def _find_near(self, quote: str) -> Placed:
        """The one stretch that begins and ends as long words do and has nearly all of them."""
        letters = _only_letters(quote)
        if len(letters) < LONG:
            return Placed(None, NOWHERE)
        starts = islice(_find_all(self._letters, letters[:EDGE]), MOST)
        ends = [at + EDGE for at in islice(_find_all(self._letters, letters[-EDGE:]), MOST)]
        fits = [
            (first, last)
            for first in starts
            for last in ends
            if 0.8 * len(letters) <= last - first <= 1.6 * len(letters)
        ]
        said = quote.casefold().split()
        good = []
        for first, last in fits[:20] if len(said) <= MOST_WORDS else ():
            span = self._span(first, last, quote)
            there = self.text.quote(span).casefold().split()
            same = sum(
                one.size for one in SequenceMatcher(None, said, there, autojunk=False).get_matching_blocks()
            )
            if same >= ALIKE * len(said):
                good.append(span)
        if len(good) == 1:
            return Placed(good[0], near=True)
        return Placed(None, "its words stand in several places" if good else NOWHERE)

    def _span(self, first: int, last: int, quote: str) -> Span:
        """The span of letters, with the signs before and after them that the quote has too."""
        turns, offsets = self._at
        start, end = offsets[first], offsets[last - 1] + 1
        head, tail = self.texts[turns[first] - 1], self.texts[turns[last - 1] - 1]
        before, after = re.match(r"\W*", quote), re.search(r"\W*\Z", quote)
        for sign in reversed(before[0] if before else ""):
            start -= start > 0 and head[start - 1] == sign
        for sign in after[0] if after else "":
            end += end < len(tail) and tail[end] == sign
        return Span(turns[first], start, turns[last - 1], end)


class Alignment:
    """A text of another program and the turns that were made of it, or of a copy of it: which character went where."""

    def __init__(self, text: str, turns: Iterable[tuple[str, str]]) -> None:
        """`turns` are pairs of the speaker's name in the text (empty where unknown) and the words. `whole` says whether all
        turns stand in the text, in order."""
        squeezed, where = _squeeze(text)
        self._turn, self._offset = array("i", bytes(4 * len(text))), array("i", bytes(4 * len(text)))
        self.whole = True
        at = 0
        for number, (name, words) in enumerate(turns, 1):
            letters, offsets = _squeeze(words)
            label = "".join(name.split())
            limit = at + FURTHEST if number > 1 else len(squeezed)
            if label and (found := squeezed.find(label, at, limit + len(label))) >= 0:
                at = found + len(label)
            found = squeezed.find(letters, at, limit + len(label) + len(letters))
            if found < 0:
                self.whole = False
                return
            for step, offset in enumerate(offsets):
                place = where[found + step]
                self._turn[place], self._offset[place] = number, offset
            at = found + len(letters)

    def find(self, start: int, end: int) -> Span | None:
        """The span of what stood from `start` to `end`; None where nothing of it is in a turn."""
        inside = [
            at for at in (self._first(start, end, 1), self._first(end - 1, start - 1, -1)) if at is not None
        ]
        if len(inside) < 2:
            return None
        first, last = inside
        return Span(self._turn[first], self._offset[first], self._turn[last], self._offset[last] + 1)

    def _first(self, start: int, end: int, step: int) -> int | None:
        return next((at for at in range(start, end, step) if self._turn[at]), None)


def _squeeze(text: str) -> tuple[str, array[int]]:
    """A text without its white space, and where each character of it stands."""
    where = array("i", (at for at, char in enumerate(text) if not char.isspace()))
    return "".join(text.split()), where


def _letters(texts: Sequence[str]) -> tuple[str, tuple[array[int], array[int]]]:
    """The letters and digits of all turns, small and decomposed, and the turn (from 1) and place of each."""
    parts: list[str] = []
    turns, offsets = array("i"), array("i")
    for number, text in enumerate(texts, 1):
        for at, char in enumerate(text):
            low = _only_letters(char)
            if low:
                parts.append(low)
                turns.extend([number] * len(low))
                offsets.extend([at] * len(low))
    return "".join(parts), (turns, offsets)


def _only_letters(text: str) -> str:
    plain = normalize("NFD", text.casefold())
    return "".join(char for char in plain if char.isalnum() or (char > "\x7f" and category(char)[0] == "M"))


def _find_all(text: str, words: str) -> Iterable[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
