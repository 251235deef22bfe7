"""A book of cues, and where they stand in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from .cues import GAP, Cue, parse_cue
from .sentence import Span, clauses, sentences
from .stems import LONGEST, stem
from .word import WORD, fold

# A book remembers what each form of a word means to it; past so many forms it looks them up anew.
FORMS = 1 << 18


class Match(NamedTuple):
    """A cue found in a text: its key, the cue as the writer wrote it, code points, end-exclusive."""

    key: Hashable
    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage that one key's cues suggest, a sentence or clauses of it; its matches in text order."""

    key: Hashable
    start: int
    end: int
    matches: tuple[Match, ...]


class _Sought(NamedTuple):
    """A cue of a book: its key, all its words, and those around its trigger, each within how many words."""

    number: int
    key: Hashable
    text: str
    words: frozenset[str]
    after: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]


class _Known(NamedTuple):
    """What a form of a word means to a book: the steps that it answers, the cues and negative cues it triggers."""

    steps: frozenset[str]
    cues: tuple[_Sought, ...]
    negative: tuple[_Sought, ...]


class _Forms(dict[str, _Known | None]):
    """The forms of words met so far; None where no cue asks for one."""

    def __init__(self, language: str, steps: Iterable[str]) -> None:
        self.language, self.steps = language, frozenset(steps)
        self.cues: dict[str, list[_Sought]] = {}
        self.negative: dict[str, list[_Sought]] = {}

    def __missing__(self, form: str) -> _Known | None:
        steps = self.steps & {stem(form, self.language), "=" + fold(form)}
        known = None
        if steps:
            cues, negative = (
                tuple(sought for step in sorted(steps) for sought in triggered.get(step, ()))
                for triggered in (self.cues, self.negative)
            )
            known = _Known(steps, cues, negative)
        if len(self) < FORMS and len(form) <= LONGEST:
            self[form] = known
        return known


# A match before its place is known: the word that triggered it, its first and last word, its cue.
_Met = tuple[int, int, int, _Sought]
_Place = tuple[int, int, _Sought]


class CueBook:
    """Many cues of one language, found together in time linear in the text.

    Takes (key, cue, negative) for each cue; raises ValueError where `parse_cue` does. A key's negative cue
    keeps the key from being suggested in the sentences where it matches. A cue matches the shortest runs of
    words that hold it; of the matches of one key, those inside another are not told.
    """

    def __init__(self, cues: Iterable[tuple[Hashable, str, bool]], language: str) -> None:
        book = [(key, parse_cue(text, language), negative) for key, text, negative in cues]
        self._ranks = {key: rank for rank, key in enumerate(dict.fromkeys(key for key, _, _ in book))}
        asked = Counter(step.word for _, cue, _ in book for step in cue.steps)
        self._forms = _Forms(language, asked)
        for number, (key, cue, negative) in enumerate(book):
            # The step that the fewest cues ask for triggers the search for the others.
            words = [step.word for step in cue.steps]
            at = min(range(len(words)), key=lambda at: (asked[words[at]], -len(words[at])))
            triggered = self._forms.negative if negative else self._forms.cues
            sought = _Sought(number, key, cue.text, frozenset(words), *_around(cue, at))
            triggered.setdefault(words[at], []).append(sought)

    def suggest(self, text: str) -> list[Suggestion]:
        """Each key once for each sentence where its cues match, by start, end and the order of the book.

        The passage is the sentence; where keys stand in different clauses of it, the clauses with the key's cues.
        """
        suggestions = [
            Suggestion(matches[0].key, *passage, tuple(matches))
            for sentence, matched in self._sentences(text, barring=True)
            for matches, passage in zip(matched, _passages(text, sentence, matched), strict=True)
        ]
        return sorted(suggestions, key=lambda one: (one.start, one.end, self._ranks[one.key]))

    def matches(self, text: str) -> list[Match]:
        """Every match of the cues that are not negative, by start, end and the order of the book."""
        found = [
            match
            for _, matched in self._sentences(text, barring=False)
            for matches in matched
            for match in matches
        ]
        return sorted(found, key=lambda match: (match.start, match.end, self._ranks[match.key]))

    def _sentences(self, text: str, *, barring: bool) -> Iterator[tuple[Span, list[list[Match]]]]:
        """Each sentence that cues match in, and its matches, key by key."""
        parts = WORD.split(text)  # by turns what stands between words, and a word
        known = list(map(self._forms.__getitem__, parts[1::2]))
        asked = [(at, form) for at, form in enumerate(known) if form]
        triggered = [(at, sought) for at, form in asked for sought in form.cues]
        if not triggered:
            return
        there = frozenset().union(*[form.steps for _, form in asked])
        met = _met(known, there, triggered)
        if not met:
            return
        edges = list(accumulate(map(len, parts)))
        starts, ends = edges[::2], edges[1::2]
        spans = sentences(text)
        opens = [start for start, _ in spans]

        def inside(at: int, left: int, right: int) -> int | None:
            """The sentence of the trigger, if the match lies in it; where the nearest does not, none does."""
            number = bisect_right(opens, starts[at]) - 1
            start, end = spans[number]
            return number if start <= starts[left] and ends[right] <= end else None

        runs: dict[int, dict[int, list[_Place]]] = {}
        for at, left, right, sought in met:
            sentence = inside(at, left, right)
            if sentence is not None:
                of_cue = runs.setdefault(sentence, {}).setdefault(sought.number, [])
                of_cue.append((starts[left], ends[right], sought))
        barred: set[tuple[int | None, Hashable]] = set()
        if barring:
            keys = {sought.key for _, _, _, sought in met}
            negative = [(at, sought) for at, form in asked for sought in form.negative if sought.key in keys]
            barred = {(inside(*one[:3]), one[3].key) for one in _met(known, there, negative)}
        for sentence, cues in runs.items():
            matched: dict[Hashable, list[Match]] = {}
            for number in sorted(cues):
                places = cues[number]
                sought = places[0][2]
                if (sentence, sought.key) not in barred:
                    matches = matched.setdefault(sought.key, [])
                    for start, end, _ in _shortest(places):
                        matches.append(Match(sought.key, sought.text, start, end))
            if matched:
                yield spans[sentence], [_longest(matches) for matches in matched.values()]


def _around(cue: Cue, at: int) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """The steps after one and, backwards, those before it, each with how many words on it may be."""
    reach = [GAP + 1 if step.gap else 1 for step in cue.steps]
    after = tuple((cue.steps[on].word, reach[on]) for on in range(at + 1, len(reach)))
    before = tuple((cue.steps[back].word, reach[back + 1]) for back in range(at - 1, -1, -1))
    return after, before


def _met(
    known: list[_Known | None], there: frozenset[str], triggered: list[tuple[int, _Sought]]
) -> list[_Met]:
    """The cues, of those with all their words there, that match around their triggers, with the nearest words."""
    met: list[_Met] = []
    for at, sought in triggered:
        if sought.words <= there:
            left = _reach(known, at, sought.before, -1) if sought.before else at
            if left is not None:
                right = _reach(known, at, sought.after, 1) if sought.after else at
                if right is not None:
                    met.append((at, left, right, sought))
    return met


def _reach(known: list[_Known | None], at: int, steps: tuple[tuple[str, int], ...], way: int) -> int | None:
    """The nearest word where the steps, followed one way (1 or -1) from a word, have all been met."""
    places = [at]
    edge = len(known) if way > 0 else -1
    for word, reach in steps:
        met: dict[int, None] = {}  # in order, each once
        for place in places:
            for ahead in range(place + way, place + way * (reach + 1), way):
                if ahead == edge:
                    break
                form = known[ahead]
                if form and word in form.steps:
                    met[ahead] = None
        if not met:
            return None
        places = list(met)
    return places[0]


def _shortest(places: list[_Place]) -> list[_Place]:
    """The places of one cue without those that hold another of them."""
    if len(places) == 1:
        return places
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (place[1], -place[0])):
        if not kept or place[0] > kept[-1][0]:
            kept.append(place)
    return kept


def _longest(matches: list[Match]) -> list[Match]:
    """The matches of one key in the order of the text, without those that lie inside another."""
    if len(matches) == 1:
        return matches
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return kept


def _passages(text: str, sentence: Span, matched: list[list[Match]]) -> list[Span]:
    """The passage of each key's matches in a sentence: all of it, or the clauses that are the key's own."""
    if len(matched) < 2:
        return [sentence] * len(matched)
    parts = clauses(text, *sentence)
    opens = [start for start, _ in parts]
    runs = [
        (bisect_right(opens, matches[0].start) - 1, bisect_right(opens, matches[-1].end - 1) - 1)
        for matches in matched
    ]
    if len(set(runs)) == 1:
        return [sentence] * len(matched)
    return [(parts[first][0], parts[last][1]) for first, last in runs]
