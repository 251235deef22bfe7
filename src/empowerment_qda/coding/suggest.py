"""Coding by cue: suggestions for a person to accept or reject, each with the cue that fired on which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from empowerment_qda.evidence.passages import Passage, make_coding, passages_of, text_of
from empowerment_qda.language import (
    Clauses,
    CueBook,
    Suggestion,
    Tried,
    is_negator,
    keys_of,
    lemma,
    parse_cue,
    sentences,
    stem,
    words,
)
from empowerment_qda.language.words import WORD
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import AUTO, Coding, Codings
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study

PROMPT = 2
"""Words of a turn of the interviewer's that only keeps the answer going (`Lalu?`): the question before it still holds."""

CUE_IN_WHY = re.compile(r'(?:^|; )cue "(.+?)"(?=$|; | on ")')


def code_sources(study: Study, sources: Iterable[Source]) -> Iterator[Codings]:
    """For each source, what `auto` codes: the entries decided on in its own files, and fresh suggestions.

    Same input, same output. What a person decided in files of their own changes nothing here: each coder is offered the
    same, and their desk leaves out what they have decided on.
    """
    books: dict[str, CueBook] = {}
    decisions = _decisions(study)
    left_out = {file.source: file.left_out for file in study.codings if file.coder == AUTO}
    for source in sources:
        language = study.language_of(source)
        if language not in books:
            books[language] = make_cue_book(study.codebook, language)
        kept = decisions[source.id]
        placed = [(passage.anchor.span or (0,), passage.coding) for passage in kept]
        placed += _suggest(source, books[language], kept)
        placed.sort(key=lambda pair: (pair[0], pair[1].code))
        codings = tuple(coding for _, coding in placed)
        yield Codings(source=source.id, coder=AUTO, codings=codings, left_out=left_out.get(source.id, ()))


def make_cue_book(codebook: Codebook, language: str) -> CueBook:
    """All cues of a language; a retired code suggests nothing. What those above a code say under `not` and `needs` holds for it."""
    active = [place for place in codebook.walk() if place.code.status == "active"]
    codes = [place.code for place in active]
    wanted = [(code.id, cue, False) for code in codes for cue in code.cues.suggest.get(language, ())]
    unwanted = [(place.code.id, cue, True) for place in active for cue in place.unwanted(language)]
    needs: dict[Hashable, list[tuple[str, ...]]] = {
        place.code.id: place.company(language) for place in active
    }
    return CueBook([*wanted, *unwanted], language, needs)


@dataclass(frozen=True, slots=True)
class WordRead:
    """A word of a sentence as cues meet it: its form, its lemma, its stem, what it does, and whether a clause begins."""

    text: str
    lemma: str
    stem: str
    negator: bool
    opens_clause: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A cue of which something stands in a sentence and which does not match it, and why."""

    code: str
    cue: str
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """How a sentence is read: its words, the cues that stand in it with what stops them, and those that nearly do."""

    words: tuple[WordRead, ...]
    tried: tuple[Tried, ...]
    near: tuple[Near, ...]


def explain_sentence(codebook: Codebook, text: str, question: str, language: str) -> Explained:
    """Word by word what the cues of a language make of a text after a question."""
    parts = WORD.split(text)
    firsts = [sum(1 for word in words(text) if word.start < start) for start, _ in sentences(text)]
    read = Clauses(parts[1::2], parts[::2], firsts, language)
    opens = set(read.opens)
    told = tuple(
        WordRead(form, lemma(form, language), stem(form, language), is_negator(form, language), n in opens)
        for n, form in enumerate(parts[1::2])
    )
    tried = tuple(make_cue_book(codebook, language).tried(text, question))
    met = {(one.match.key, one.match.cue) for one in tried}
    there = {key for word in told for key in keys_of(word.text, language)}
    near = tuple(
        Near(place.code.id, cue, why)
        for place in codebook.walk()
        for cue in (place.code.cues.suggest.get(language, ()) if place.code.status == "active" else ())
        if (place.code.id, cue) not in met and (why := _say_near(cue, there, told, language))
    )
    return Explained(told, tried, near)


def _say_near(cue: str, there: set[str], told: tuple[WordRead, ...], language: str) -> str:
    """Why a cue that shares words with a text does not match it; empty where it shares too little to be worth telling."""
    steps = parse_cue(cue, language).steps
    missing = [step.word for step in steps if step.word not in there]
    if steps and not missing:
        return "its words stand there, but not in this order, near enough and in one clause"
    if len(missing) == 1 and not missing[0].startswith(("=", "~")):
        root = missing[0].partition("+")[0]
        other = next((word.text for word in told if word.stem == root), None)
        if other:
            return f'"{other}" is another word of the family of "{root}": `~` in the cue would take it'
    return ""


def _decisions(study: Study) -> dict[str, list[Passage]]:
    """By source: what was rejected or accepted among auto's own codings."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages_of(study):
        if passage.file.coder == AUTO and passage.coding.status != "suggested":
            found[passage.source.id].append(passage)
    return found


def _suggest(source: Source, book: CueBook, kept: Iterable[Passage]) -> Iterator[tuple[Span, Coding]]:
    """Suggestions for the answers of a source where no coding that is kept has that code, each with its place."""
    decided: dict[str, list[Span]] = defaultdict(list)
    for passage in kept:
        if passage.anchor.span:
            decided[passage.coding.code].append(passage.anchor.span)
    text = text_of(source)
    question = ""
    for number, turn in enumerate(source.turns, 1):
        if source.is_question(number) and len(turn.text.split()) > PROMPT:
            question = turn.text
        if not source.counts(number):
            continue
        for suggestion in book.suggest(turn.text, question):
            span, code = Span(number, suggestion.start, number, suggestion.end), str(suggestion.key)
            if not any(map(span.overlaps, decided[code])):
                why = _why(suggestion, turn.text)
                yield span, make_coding(text, span, around=False, code=code, status="suggested", why=why)


def cues_of(coding: Coding) -> list[str]:
    """The cues that made a suggestion, as its reason names them.

    >>> cues_of(Coding(code="a", why='cue "training" on "trainings"; cue "class" on "a class"'))
    ['training', 'class']
    """
    return CUE_IN_WHY.findall(coding.why or "")


def _why(suggestion: Suggestion, text: str) -> str:
    """Such as: cue "pelatihan" on "ikut pelatihan-nya"."""
    fired = dict.fromkeys((match.cue, text[match.start : match.end]) for match in suggestion.matches)
    return "; ".join(f'cue "{cue}" on "{words}"' for cue, words in fired)
