"""Where letters and words stand in a source."""

from __future__ import annotations

from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.passages import overlap
from empowerment_qda.stages.find.words import make_book


def find_spans(source: Source, wanted: str, language: str) -> list[Span]:
    """Where these letters stand, and where the words do, in whatever form; StudyError where there is nothing to find."""
    book, letters = make_book([wanted], language), wanted.casefold()
    found: list[Span] = []
    for turn, one in enumerate(source.turns, 1):
        here = _find_letters(one.text, letters, turn)
        for match in book.matches(one.text):
            span = Span(turn, match.start, turn, match.end)
            if not any(overlap(span, other) for other in here):
                here.append(span)
        found += sorted(here)
    return found


def _find_letters(text: str, letters: str, turn: int) -> list[Span]:
    """The places of letters in a turn; in one whose places lower case would move, only as they are written."""
    lower, found = text.lower(), []
    lower = lower if len(lower) == len(text) else text
    at = lower.find(letters)
    while at >= 0:
        found.append(Span(turn, at, turn, at + len(letters)))
        at = lower.find(letters, at + len(letters))
    return found
