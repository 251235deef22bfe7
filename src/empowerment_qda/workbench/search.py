"""Letters and words that are looked for in all sources: where they stand, the keys that go from one place to the next, and the
list of all places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from empowerment_qda.evidence.find import make_book
from empowerment_qda.language import CueBook
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import refusal
from empowerment_qda.text import cut, cut_left, one_line, width_of
from empowerment_qda.workbench.dialogs import BOX, AskText, Entry, ListDialog
from empowerment_qda.workbench.key_actions import KeyActions
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.session import Session

if TYPE_CHECKING:
    from empowerment_qda.workbench.app import Workbench

AROUND = 36
"""Columns of the words on each side of a hit in the list."""
LISTED = 1_000
"""Hits in a list; letters that are typed find among all of them."""
MOST = 20_000
"""More hits than these are no answer."""


class Hit(NamedTuple):
    """Where something stands that is looked for: the number of the source, its words there."""

    at: int
    span: Span


class Search:
    """What is looked for, and where it stands; a source is searched once, until its words are others."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.wanted = ""
        self._found: dict[str, tuple[Source, str, list[Span]]] = {}
        self._books: dict[str, CueBook] = {}  # one for all sources: it remembers the forms of words

    def look_for(self, wanted: str) -> None:
        """Look for something else."""
        if wanted != self.wanted:
            self._found.clear()
            self._books.clear()
        self.wanted = wanted

    def spans(self, source: Source) -> list[Span]:
        """Where it stands in a source; StudyError where there is nothing to look for."""
        language = self._session.desk.study.language_of(source)
        known = self._found.get(source.id)
        if known is None or known[1] != language or not _same_words(known[0], source):
            if language not in self._books:
                self._books[language] = make_book([self.wanted], language)
            known = source, language, find_spans(source, self.wanted, self._books[language])
        self._found[source.id] = source, *known[1:]
        return known[2]

    def hits(self) -> list[Hit]:
        """Every place in every source, in the order of the sources; StudyError where these are too many."""
        hits: list[Hit] = []
        for at, source in enumerate(self._session.sources):
            hits += [Hit(at, span) for span in self.spans(source)]
            if len(hits) > MOST:
                said = f"“{self.wanted}” stands in more than {MOST:,} places"
                raise refusal("find", "too-many", said, "Look for more letters, or for whole words.")
        return hits

    def say_where(self, hits: Sequence[Hit]) -> str:
        """How many places in how many sources."""
        sources = len({one.at for one in hits})
        return f"{len(hits)} in {sources} source{'s' * (sources != 1)}"


def _same_words(one: Source, other: Source) -> bool:
    return one is other or [turn.text for turn in one.turns] == [turn.text for turn in other.turns]


def find_spans(source: Source, wanted: str, book: CueBook) -> list[Span]:
    """Where these letters stand, and where the words of a book do, in whatever form (as `qda find` reads them)."""
    letters = wanted.casefold()
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


class SearchKeys(KeyActions):
    """Keys that lead to what is looked for, in whatever source."""

    def __init__(self, app: Workbench) -> None:
        super().__init__(app)
        self.search = Search(self.session)

    def action_find(self) -> None:
        title = "Find in every source: letters, or words in any form"
        self.app.push_screen(AskText(title, self.search.wanted, self._find))

    def _find(self, wanted: str) -> str | None:
        self.search.look_for(wanted.strip())
        return self._find_next() if self.search.wanted else None

    def action_find_next(self) -> None:
        if self.search.wanted:
            self._find_next()
        else:
            self.action_find()

    def _find_next(self) -> str | None:
        def find() -> str:
            hits = self.search.hits()
            here = self.session.at, self.selection.cursor.span
            number = next((number for number, hit in enumerate(hits) if hit > here), 0)
            return self._go(hits, number) if hits else self.say_none()

        return self.attempt(find)

    def _go(self, hits: Sequence[Hit], number: int) -> str:
        """Go to one of the hits; which one it is."""
        self.app.open_source(hits[number].at)
        self.selection.go(hits[number].span, "word")
        return f"“{self.search.wanted}”: {number + 1} of {self.search.say_where(hits)}; f finds the next."

    def say_none(self) -> str:
        """That there is no hit."""
        sources = self.session.sources
        where = f"in {sources[0].id}" if len(sources) == 1 else f"in any of {len(sources)} sources"
        return f"“{self.search.wanted}” does not stand {where}."

    def require_hits(self) -> list[Hit] | None:
        """All hits; none, and it is said why, where nothing is looked for or stands anywhere."""
        hits: list[Hit] = []
        if not self.search.wanted:
            self.app.refuse("Nothing is looked for yet: / finds letters or words.")
            return None
        hits += self.search.hits()
        if not hits:
            self.app.refuse(self.say_none())
        return hits or None

    def action_hits(self) -> None:
        hits = self.require_hits()
        if hits is None:
            return

        def go(hit: Hit | None) -> None:
            now = self.search.hits()
            if hit in now:
                self.app.tell(self._go(now, now.index(hit)))

        sources = self.session.sources
        line_of = cache(lambda hit: say_hit(sources[hit.at], hit.span))
        title = f"“{self.search.wanted}”: {self.search.say_where(hits)} · ↑ ↓, Enter goes there, Esc leaves"
        screen: Pick[Hit] = Pick(
            title,
            "letters of the source or of the words around",
            lambda letters: find_lines(letters, hits, line_of),
            lambda hit: Content(line_of(hit)),
            lambda hit: say_turn(sources[hit.at], hit.span),
            "No hit has these letters.",
        )
        self.app.push_screen(screen, go)


def find_lines(letters: str, hits: Iterable[Hit], line_of: Callable[[Hit], str]) -> list[Hit]:
    """The hits whose line has every word that was typed, as many as a list takes."""
    typed = letters.casefold().split()
    return [*islice((hit for hit in hits if all(word in line_of(hit).casefold() for word in typed)), LISTED)]


def say_hit(source: Source, span: Span) -> str:
    """The words with what stands around them, on one line, the words of all lines under each other."""
    text = source.turns[span.turn - 1].text
    left, right = text[: span.start], text[span.end :]
    before = cut_left(one_line(clean(left[-4 * AROUND :])) + " " * left[-1:].isspace(), AROUND)
    words = cut(text[span.start : span.end], AROUND)
    after = " " * right[:1].isspace() + cut(right[: 4 * AROUND], AROUND)
    return f"{clean(span.on(source.id)):<12} {' ' * (AROUND - width_of(before))}{before}[{words}]{after}"


def say_turn(source: Source, span: Span) -> Content:
    """The turn in which words stand, who speaks, and the words set apart."""
    turn = source.turns[span.turn - 1]
    parts = (turn.text[: span.start], turn.text[span.start : span.end], turn.text[span.end :])
    before, words, after = map(clean, parts)
    speaker = f"{clean(turn.speaker)}: " if turn.speaker else ""
    return Content.assemble((speaker, "dim"), before, (words, "bold underline"), after)


class Pick(ListDialog[Entry, Entry | None]):
    """One of several entries, found by letters; the one in hand stands in full below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "go(-8)", show=False),
        Binding("pagedown", "go(8)", show=False),
    ]
    CSS = f"""
    Pick {{ align: center middle;
        #box {{ width: 112; max-width: 95%; height: 90%; {BOX} }}
        OptionList {{ height: auto; max-height: 60%; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }}
        #whole {{ border-top: solid $primary 40%; height: 1fr; scrollbar-size-vertical: 1; }}
        #text {{ height: auto; }}
    }}
    """

    def on_option_list_option_selected(self) -> None:
        self.on_input_submitted()

    def on_input_submitted(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self.found[at])
