"""A book of cues, and where they stand in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from empowerment_qda.language.cues import GAP, Cue, Match, Step, Stop, Suggestion, Tried, keys_of, parse_cue
from empowerment_qda.language.negation import NEGATOR, Clauses
from empowerment_qda.language.stems import LONGEST
from empowerment_qda.language.words import WORD, Span, clauses, sentences

# A book remembers what each form of a word means to it; past so many forms it looks them up anew.
FORMS = 1 << 18


class _Sought(NamedTuple):
    """A cue of a book: its key, all its words, and those around its trigger, each within how many words; how many of its
    words are negators, whether the question before must hold words of it too, and whether it has gaps."""

    number: int
    key: Hashable
    text: str
    words: frozenset[str]
    after: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]
    negators: int
    asks: bool
    gapped: bool


# For what a cue is looked for: to suggest its key, to bar it (`not`), as company (`needs`), in the question (`?`).
SUGGEST, BAR, NEED, ASK = range(4)


class _Known(NamedTuple):
    """What a form of a word means to a book: the steps that it answers, and the cues that it triggers, by purpose."""

    steps: frozenset[str]
    cues: tuple[tuple[_Sought, ...], ...]


class _Forms(dict[str, _Known | None]):
    """The forms of words met so far; None where no cue asks for one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.steps: set[str] = set()
        self.cues: tuple[dict[str, list[_Sought]], ...] = ({}, {}, {}, {})

    def __missing__(self, form: str) -> _Known | None:
        steps = frozenset(self.steps.intersection(keys_of(form, self.language)))
        known = None
        if steps:
            known = _Known(steps, tuple(
                tuple(sought for step in sorted(steps) for sought in triggered.get(step, ()))
                for triggered in self.cues
            ))  # fmt: skip
        if len(self) < FORMS and len(form) <= LONGEST:
            self[form] = known
        return known


# A match before its place is known: the word that triggered it, its first and last word, its cue.
_Met = tuple[int, int, int, _Sought]


class _Question(NamedTuple):
    """What of a book's cues stands in a question: the numbers of cues that ask for it, the keys of company met, and the keys
    that it bars, with the cue under `not`."""

    text: str
    asked: frozenset[int]
    company: frozenset[Hashable]
    barred: dict[Hashable, str]


class CueBook:
    """Many cues of one language, found together in time linear in the text.

    Takes (key, cue, negative) for each cue, and for keys that need company the lists of cues of which one each must
    stand in the text or in the question before it; raises ValueError where `parse_cue` does. A key's negative cue keeps
    the key from being suggested in the sentences where it matches, or in the whole answer to a question where it does. A cue matches the shortest runs of words that hold it,
    its gaps within one clause; it suggests its key where no word of the sentence denies or doubts it (`Clauses`), unless it
    names that itself. Of the matches of one key, those inside another are not told.
    """

    def __init__(
        self,
        cues: Iterable[tuple[Hashable, str, bool]],
        language: str,
        needs: Mapping[Hashable, list[tuple[str, ...]]] | None = None,
    ) -> None:
        book = [
            (key, parse_cue(text, language), BAR if negative else SUGGEST) for key, text, negative in cues
        ]
        self._language = language
        self._ranks = {key: rank for rank, key in enumerate(dict.fromkeys(key for key, _, _ in book))}
        self._needs = {key: groups for key, groups in (needs or {}).items() if groups}
        groups = dict.fromkeys(group for groups in self._needs.values() for group in groups)
        book += [(group, parse_cue(text, language), NEED) for group in groups for text in group]
        asked = Counter(step.word for _, cue, _ in book for step in (*cue.steps, *cue.asked))
        self._forms = _Forms(language)
        self._forms.steps.update(asked)
        self._only_asked: list[_Sought] = []
        self._bars: set[int] = set()
        for number, (key, cue, purpose) in enumerate(book):
            if cue.steps:
                self._add(number, key, cue, purpose, cue.steps, asked)
            elif purpose == SUGGEST:
                self._only_asked.append(_Sought(number, key, cue.text, frozenset(), (), (), 0, True, False))
            elif purpose == BAR:
                self._bars.add(number)
            if cue.asked:
                self._add(number, key, cue, ASK, cue.asked, asked)
        self._question = _Question("", frozenset(), frozenset(), {})

    def _add(
        self, number: int, key: Hashable, cue: Cue, purpose: int, steps: tuple[Step, ...], asked: Counter[str]
    ) -> None:
        # The step that the fewest cues ask for triggers the search for the others.
        words = [step.word for step in steps]
        at = min(range(len(words)), key=lambda at: (asked[words[at]], -len(words[at])))
        gapped = any(step.gap for step in steps)
        after, before = _around(steps, at)
        sought = _Sought(
            number, key, cue.text, frozenset(words), after, before, cue.negators, bool(cue.asked), gapped
        )
        self._forms.cues[purpose].setdefault(words[at], []).append(sought)

    def suggest(self, text: str, question: str = "") -> list[Suggestion]:
        """Each key once for each sentence where its cues match, by start, end and the order of the book.

        `question` is what the interviewer said before. The passage is the sentence; where keys stand in different clauses
        of it, the clauses with the key's cues.
        """
        suggestions = []
        for sentence, matched in self._sentences(text, question, judged=True):
            for matches, passage in zip(matched, _passages(text, sentence, matched), strict=True):
                suggestions.append(Suggestion(matches[0].key, *passage, tuple(matches)))
        return sorted(suggestions, key=lambda one: (one.start, one.end, self._ranks[one.key]))

    def matches(self, text: str) -> list[Match]:
        """Every place of the cues that are not negative, negated or not, by start, end and the order of the book."""
        found = [
            match
            for _, matched in self._sentences(text, "", judged=False)
            for matches in matched
            for match in matches
        ]
        return sorted(found, key=lambda match: (match.start, match.end, self._ranks[match.key]))

    def tried(self, text: str, question: str = "") -> list[Tried]:
        """Every cue that stands in a text, with what stops it; `suggest` takes those that nothing stops."""
        return sorted(
            self._tried(text, question, judged=True, unasked=True),
            key=lambda one: (one.match.start, one.match.end, self._ranks[one.match.key]),
        )

    def _sentences(
        self, text: str, question: str, *, judged: bool
    ) -> Iterator[tuple[Span, list[list[Match]]]]:
        """Each sentence that cues match in with nothing to stop them, and its matches, key by key."""
        found: dict[Span, dict[Hashable, list[Match]]] = {}
        for match, sentence, stop in self._tried(text, question, judged=judged):
            if stop is None:
                found.setdefault(sentence, {}).setdefault(match.key, []).append(match)
        for sentence, matched in found.items():
            yield sentence, [_longest(matches) for matches in matched.values()]

    def _tried(self, text: str, question: str, *, judged: bool, unasked: bool = False) -> list[Tried]:
        parts, known, asked_for, there = self._read(text)
        met = _met(known, there, [(at, sought) for at, form in asked_for for sought in form.cues[SUGGEST]])
        if not met and not (self._only_asked and question):
            return []
        asked = self._read_question(question) if judged else self._question
        if judged and not unasked:  # most of them, by far
            met = [one for one in met if not one[3].asks or one[3].number in asked.asked]
        edges = list(accumulate(map(len, parts)))
        starts, ends = edges[::2], edges[1::2]
        spans = sentences(text)
        opens = [start for start, _ in spans]
        firsts = [bisect_left(starts, start, hi=len(ends)) for start in opens]
        read = Clauses(parts[1::2], parts[::2], firsts, self._language)

        def inside(at: int, left: int, right: int, gapped: bool) -> int | None:
            """The sentence of the trigger, if the match lies in it, and its gaps in one clause; where the nearest does
            not, none does."""
            number = bisect_right(opens, starts[at]) - 1
            start, end = spans[number]
            if not (start <= starts[left] and ends[right] <= end):
                return None
            return number if not gapped or read.is_one(left, right) else None

        runs: dict[int, dict[int, list[_Place]]] = {}
        for at, left, right, sought in met:
            sentence = inside(at, left, right, sought.gapped)
            if sentence is not None:
                runs.setdefault(sentence, {}).setdefault(sought.number, []).append((left, right, sought))
        if judged and spans and ends:
            for sought in self._only_asked:
                if sought.number in asked.asked:
                    place = (0, read.bounds(0)[1] - 1, sought)
                    runs.setdefault(0, {}).setdefault(sought.number, []).append(place)
        barred: dict[tuple[int | None, Hashable], str] = {}
        company: Container[Hashable] = ()
        if judged and runs:
            keys = {sought.key for cues in runs.values() for [(_, _, sought), *_] in cues.values()}
            bars = [(at, one) for at, form in asked_for for one in form.cues[BAR] if one.key in keys]
            for at, left, right, sought in _met(known, there, bars):
                if not sought.asks or sought.number in asked.asked:
                    barred.setdefault((inside(at, left, right, sought.gapped), sought.key), sought.text)
            if self._needs:
                lists = {group for key in keys for group in self._needs.get(key, ())} - asked.company
                wanted = [(at, one) for at, form in asked_for for one in form.cues[NEED] if one.key in lists]
                company = asked.company.union(sought.key for _, _, _, sought in _met(known, there, wanted))

        found = [
            (sentence, place) for sentence in sorted(runs) for number in sorted(runs[sentence])
            for place in _shortest(runs[sentence][number])
        ]  # fmt: skip
        if not judged:
            return [
                Tried(Match(one.key, one.text, starts[left], ends[right]), spans[at], None)
                for at, (left, right, one) in found
            ]

        named: dict[Hashable, set[int]] = {}  # the doubtful words that cues of a key name
        unsaid: dict[tuple[int, int, int], int] = {}
        for _, (left, right, sought) in found if read.doubtful else ():
            own = {n for n in range(left, right + 1) if (form := known[n]) and form.steps & sought.words}
            if (n := read.unsaid(left, right, own)) is not None:
                unsaid[left, right, sought.number] = n
            elif sum(bool(read.roles[n] & NEGATOR) for n in own) <= sought.negators:
                named.setdefault(sought.key, set()).update(own)
        strange = {key: [n for n in read.doubts if n not in own] for key, own in named.items()}

        def stop(sentence: int, left: int, right: int, sought: _Sought) -> Stop | None:
            if sought.asks and sought.number not in asked.asked:
                return Stop("question", " ".join(word for word in sought.text.split() if "?" in word))
            if bar := barred.get((sentence, sought.key)) or asked.barred.get(sought.key):
                return Stop("not", bar)
            lacking = next((group for group in self._needs.get(sought.key, ()) if group not in company), None)
            if lacking:
                return Stop("needs", ", ".join(lacking))
            n = unsaid.get((left, right, sought.number))
            if n is None:
                n = read.stop(left, right, sought.negators, strange.get(sought.key, read.doubts))
            if n is not None:
                near = "negated" if read.is_one(n, left) and n < right else "doubted"
                return Stop(near if read.roles[n] & NEGATOR else "unreal", parts[2 * n + 1])
            phrase = read.fixed(left, right)
            if phrase and not sought.words >= {keys_of(word, self._language)[0] for word in phrase.split()}:
                return Stop("phrase", phrase)
            return None

        return [
            Tried(Match(one.key, one.text, starts[left], ends[right]), spans[at], stop(at, left, right, one))
            for at, (left, right, one) in found
        ]

    def _read(
        self, text: str
    ) -> tuple[list[str], list[_Known | None], list[tuple[int, _Known]], frozenset[str]]:
        """By turns what stands between words and a word; what each word means to the book; those that mean something, with
        their numbers; all steps that they answer."""
        parts = WORD.split(text)
        known = list(map(self._forms.__getitem__, parts[1::2]))
        forms = [(at, form) for at, form in enumerate(known) if form]
        return parts, known, forms, frozenset().union(*[form.steps for _, form in forms])

    def _read_question(self, text: str) -> _Question:
        """What of the cues stands in a question; the last one is remembered, for an answer of several turns."""
        if text != self._question.text:
            _, known, forms, there = self._read(text)
            asked, company = (
                _met(known, there, [(at, sought) for at, form in forms for sought in form.cues[purpose]])
                for purpose in (ASK, NEED)
            )
            self._question = _Question(
                text,
                frozenset(one[3].number for one in asked),
                frozenset(one[3].key for one in company),
                {one[3].key: one[3].text for one in asked if one[3].number in self._bars},
            )
        return self._question


# The first and last word of a match, and its cue.
_Place = tuple[int, int, _Sought]


def _around(
    steps: Sequence[Step], at: int
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """The steps after one and, backwards, those before it, each with how many words on it may be."""
    reach = [GAP + 1 if step.gap else 1 for step in steps]
    after = tuple((steps[on].word, reach[on]) for on in range(at + 1, len(reach)))
    before = tuple((steps[back].word, reach[back + 1]) for back in range(at - 1, -1, -1))
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
