"""Where a coder goes next: suggestions that wait, answers without a code, words that are looked for. No screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.passages import overlap
from empowerment_qda.stages.find.words import make_book
from empowerment_qda.workbench.session import Session, ShownCoding

T = TypeVar("T")


def next_suggestion(session: Session, after: tuple[Span, str]) -> tuple[int, ShownCoding] | None:
    """The next suggestion that waits and the number of its source: here, further on, then from the start."""

    def waiting(at: int) -> list[ShownCoding]:
        return [one for one in session.shown_in(at) if one.state == "suggested"]

    return _next(session, waiting, lambda one: one.place > after)


def next_uncoded(session: Session, after: int) -> tuple[int, int] | None:
    """The next answer without a coding of one's own: number of the source, and turn."""
    return _next(session, session.uncoded_of, lambda turn: turn > after)


def _next(
    session: Session, listed: Callable[[int], Iterable[T]], is_later: Callable[[T], bool]
) -> tuple[int, T] | None:
    """The first that is listed for the session's sources from here on, and for the source before the coder once more."""
    number = len(session.sources)
    for step in range(number + 1):
        at = (session.at + step) % number
        for one in listed(at):
            if step or is_later(one):
                return at, one
    return None


class TextSearch:
    """What a coder looks for, and where it was found in a source, remembered until either is another."""

    def __init__(self) -> None:
        self.wanted = ""
        self._found: tuple[Source, str, list[Span]] | None = None

    def find(self, session: Session) -> list[Span]:
        """The places in the source before the coder; StudyError where there is nothing to look for."""
        source = session.source
        if self._found is None or self._found[0] is not source or self._found[1] != self.wanted:
            language = session.desk.study.language_of(source)
            self._found = source, self.wanted, find_spans(source, self.wanted, language)
        return self._found[2]


def find_spans(source: Source, wanted: str, language: str) -> list[Span]:
    """Where these letters stand, and where the words do, in whatever form (as `qda find` reads them); StudyError where
    there is nothing to find."""
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
