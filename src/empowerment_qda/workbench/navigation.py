"""Where a coder stands and goes next: the passage under the cursor, suggestions that wait, answers without a code, words
that are looked for. No screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from empowerment_qda.coding.cursor import Cursor, Kind, TextUnits
from empowerment_qda.evidence.find import make_book
from empowerment_qda.model.source import Source, Span
from empowerment_qda.workbench.session import Session, ShownCoding

T = TypeVar("T")


class Selection:
    """The passage that the next code goes to, and the coding there that is taken up.

    `changed` is called after each change with the turns that look otherwise now, None for all of them, and whether the
    cursor is to be seen; a screen listens there.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.growing = False
        self.chosen: ShownCoding | None = None
        self.changed: Callable[[set[int] | None, bool], None] = lambda turns, see: None
        self._cursors: dict[str, tuple[Source, Cursor]] = {}
        self._take_source()

    def _take_source(self) -> None:
        self.source = source = self.session.source
        self.units = TextUnits(source)
        old, cursor = self._cursors.get(source.id, (source, self.units.first()))
        self.cursor = self.units.follow(cursor, old, source)

    def show_source(self) -> None:
        """Go into the source that the session has open now; in one that was read again, the cursor stays on its words."""
        before = self.source
        if before is not self.session.source:
            self._cursors[before.id] = before, self.cursor
            self._take_source()
            self.growing = self.growing and before.id == self.source.id
        self.show_codings(see_cursor=True)

    def show_codings(self, see_cursor: bool = False) -> None:
        """After codings changed: the one that was taken up stays so, if it is there."""
        old, here = self.chosen, self.session.under(self.cursor.span)
        alike = (one for one in here if old and (one.span, one.coding.code) == (old.span, old.coding.code))
        self.chosen = next(alike, here[0] if here else None)
        self.changed(None, see_cursor)

    def stand(self, cursor: Cursor, chosen: ShownCoding | None = None) -> None:
        """Put the cursor there, and take up the coding there that was asked for, or that comes first."""
        touched = {*self.cursor.span.turns, *cursor.span.turns}
        here = self.session.under(cursor.span)
        before, self.cursor = self.chosen, cursor
        self.chosen = chosen or (here[0] if here else None)
        touched |= {one.span.turn for one in (before, self.chosen) if one}
        self.changed(touched, True)

    def go(self, span: Span, kind: Kind = "sentence", chosen: ShownCoding | None = None) -> None:
        """Put the cursor on these words."""
        self.growing = False
        self.stand(Cursor.on(span, kind), chosen)

    def move(self, kind: Kind, by: int, grow: bool = False) -> None:
        """One word, sentence or turn on or back; the passage grows where it is asked to, or after `grow`."""
        self.stand(self.units.move(self.cursor, kind, by, grow or self.growing))

    def reach(self, head: Span) -> None:
        """To a sentence further off; the passage grows to it after `grow`."""
        self.stand(Cursor(self.cursor.anchor if self.growing else head, head, "sentence"))

    def end(self, by: int) -> None:
        """To the last words of the source (1), or the first (-1)."""
        self.reach((self.units.last if by > 0 else self.units.first)("sentence").head)

    def grow(self) -> None:
        """From here on moving makes the passage longer; once more, and it does not."""
        self.growing = not self.growing
        self.changed(set(), False)

    def shrink(self) -> None:
        """Back to a single word, sentence or turn."""
        self.growing = False
        self.stand(Cursor.on(self.cursor.head, self.cursor.kind))

    def other(self) -> None:
        """Take up the next of several codings that share these words."""
        here = self.session.under(self.cursor.span)
        if here:
            at = here.index(self.chosen) + 1 if self.chosen in here else 0
            self.stand(self.cursor, here[at % len(here)])


def find_next(
    session: Session, listed: Callable[[int], Iterable[T]], is_later: Callable[[T], bool]
) -> tuple[int, T] | None:
    """The number of a source and the first that is listed for it: what is later here, then in the sources from here on,
    at last in this one once more."""
    number = len(session.sources)
    for step in range(number + 1):
        at = (session.at + step) % number
        for one in listed(at):
            if step or is_later(one):
                return at, one
    return None


def find_spans(source: Source, wanted: str, language: str) -> list[Span]:
    """Where these letters stand, and where the words do, in whatever form (as `qda find` reads them); StudyError where
    there is nothing to find."""
    book, letters = make_book([wanted], language), wanted.casefold()
    found: list[Span] = []
    for turn, one in enumerate(source.turns, 1):
        here = _find_letters(one.text, letters, turn)
        for match in book.matches(one.text):
            span = Span(turn, match.start, turn, match.end)
            if not any(span.overlaps(other) for other in here):
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
