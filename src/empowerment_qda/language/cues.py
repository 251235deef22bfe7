"""Cues: phrases that suggest a code, and where they stand in a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from .sentence import Span, clauses, sentences
from .stems import LONGEST, stem
from .word import WORD, fold

# How many words `...` may stand for.
GAP = 5

# A book remembers what each form of a word means to it; past so many forms it looks them up anew.
_FORMS = 1 << 18


class Step(NamedTuple):
    """One word of a cue: its stem, or `=` and its exact form; and whether `...` stands before it."""

    word: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as written and as looked for; it is found by its `anchor`, the step with the longest word."""

    text: str
    steps: tuple[Step, ...]
    anchor: int


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


def parse_cue(text: str, language: str) -> Cue:
    """A cue: words by stem, `=word` or `=a whole phrase` by form, `...` for none to GAP words.

    Raises ValueError, with a sentence for the writer, where nothing can be looked for.
    """
    if not text.strip():
        raise ValueError("The cue is empty; write a word or a phrase.")
    exact = text.lstrip().startswith("=")
    before, *pieces = WORD.split(text)  # by turns a word, and what stands after it
    forms, between = pieces[::2], [before, *pieces[1::2]]
    gaps = [".." in other or "…" in other for other in between]
    if not forms:
        raise ValueError(f'The cue "{text}" has no word in it; write a word or a phrase.')
    if gaps[0]:
        raise ValueError(f'The cue "{text}" begins with "..."; begin it with a word.')
    if gaps[-1]:
        raise ValueError(f'The cue "{text}" ends with "..."; end it with a word.')
    steps = tuple(
        Step("=" + fold(form) if exact or other.rstrip().endswith("=") else stem(form, language), gap)
        for form, other, gap in zip(forms, between, gaps, strict=False)
    )
    return Cue(text, steps, max(range(len(steps)), key=lambda at: len(forms[at])))


class _Sought(NamedTuple):
    """A cue of a book: whose it is, and what follows and precedes its anchor, each word within how many."""

    key: Hashable
    text: str
    negative: bool
    after: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]


class _Known(NamedTuple):
    """What a form of a word means to a book: the steps that it answers, and the cues anchored in those."""

    steps: frozenset[str]
    sought: tuple[_Sought, ...]


class _Forms(dict[str, _Known | None]):
    """The forms of words met so far; None where no cue asks for one."""

    def __init__(self, language: str, steps: frozenset[str], anchored: dict[str, list[_Sought]]) -> None:
        self.language, self.steps, self.anchored = language, steps, anchored

    def __missing__(self, form: str) -> _Known | None:
        steps = self.steps & {stem(form, self.language), "=" + fold(form)}
        sought = tuple(cue for step in sorted(steps) for cue in self.anchored.get(step, ()))
        known = _Known(steps, sought) if steps else None
        if len(self) < _FORMS and len(form) <= LONGEST:
            self[form] = known
        return known


class CueBook:
    """Many cues of one language, found together in time linear in the text.

    Takes (key, cue, negative) for each cue; raises ValueError where `parse_cue` does. A key's negative cue
    keeps the key from being suggested in the sentences where it matches.
    """

    def __init__(self, cues: Iterable[tuple[Hashable, str, bool]], language: str) -> None:
        self._ranks: dict[Hashable, int] = {}
        steps: set[str] = set()
        anchored: dict[str, list[_Sought]] = {}
        for key, text, negative in cues:
            cue = parse_cue(text, language)
            self._ranks.setdefault(key, len(self._ranks))
            steps.update(step.word for step in cue.steps)
            anchored.setdefault(cue.steps[cue.anchor].word, []).append(
                _Sought(key, text, negative, *_around(cue))
            )
        self._forms = _Forms(language, frozenset(steps), anchored)

    def suggest(self, text: str) -> list[Suggestion]:
        """Each key once for each sentence where its cues match, by start, end and the order of the book.

        The passage is the sentence; where keys stand in different clauses of it, the clauses with the key's cues.
        """
        suggestions = []
        for sentence, matches, barred in self._sentences(text):
            kept = [_longest(found) for key, found in matches.items() if key not in barred]
            for found, passage in zip(kept, _passages(text, sentence, kept), strict=True):
                suggestions.append(Suggestion(found[0].key, *passage, tuple(found)))
        return sorted(suggestions, key=lambda one: (one.start, one.end, self._ranks[one.key]))

    def matches(self, text: str) -> list[Match]:
        """Every match of the cues that are not negative, by start, end and the order of the book."""
        found = [
            match
            for _, of_keys, _ in self._sentences(text)
            for matches in of_keys.values()
            for match in _longest(matches)
        ]
        return sorted(found, key=lambda match: (match.start, match.end, self._ranks[match.key]))

    def _sentences(self, text: str) -> Iterator[tuple[Span, dict[Hashable, list[Match]], set[Hashable]]]:
        """Each sentence that a cue matches in, its matches by key, and the keys whose negative cues match."""
        parts = WORD.split(text)  # by turns what stands between words, and a word
        known = list(map(self._forms.__getitem__, parts[1::2]))
        met = [
            (at, left, right, sought)
            for at, form in enumerate(known)
            if form
            for sought in form.sought
            if (left := _reach(known, at, sought.before, -1)) is not None
            if (right := _reach(known, at, sought.after, 1)) is not None
        ]
        if not met:
            return
        edges = list(accumulate(map(len, parts)))
        starts, ends = edges[::2], edges[1::2]
        spans = sentences(text)
        opens = [start for start, _ in spans]
        span, matches, barred = (0, 0), dict[Hashable, list[Match]](), set[Hashable]()
        for at, left, right, sought in met:
            if starts[at] >= span[1]:
                if matches:
                    yield span, matches, barred
                span, matches, barred = spans[bisect_right(opens, starts[at]) - 1], {}, set()
            # What is nearest to the anchor lies in its sentence, or nothing that would match does.
            if span[0] <= starts[left] and ends[right] <= span[1]:
                if sought.negative:
                    barred.add(sought.key)
                else:
                    match = Match(sought.key, sought.text, starts[left], ends[right])
                    matches.setdefault(sought.key, []).append(match)
        if matches:
            yield span, matches, barred


def _around(cue: Cue) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """The steps after the anchor and, backwards, those before it, each with how many words on it may be."""
    steps, anchor = cue.steps, cue.anchor
    reach = [GAP + 1 if step.gap else 1 for step in steps]
    after = tuple((steps[at].word, reach[at]) for at in range(anchor + 1, len(steps)))
    before = tuple((steps[at].word, reach[at + 1]) for at in range(anchor - 1, -1, -1))
    return after, before


def _reach(known: list[_Known | None], at: int, steps: tuple[tuple[str, int], ...], way: int) -> int | None:
    """The nearest word where the steps, followed one way (1 or -1) from a word, have all been met."""
    places = [at]
    edge = len(known) if way > 0 else -1
    for word, reach in steps:
        met: list[int] = []
        for place in places:
            for ahead in range(place + way, place + way * (reach + 1), way):
                if ahead == edge:
                    break
                form = known[ahead]
                if form and word in form.steps and ahead not in met:
                    met.append(ahead)
        if not met:
            return None
        places = met
    return places[0]


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
