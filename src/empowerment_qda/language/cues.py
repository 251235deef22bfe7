"""Cues: phrases that suggest a code, as a codebook writes them, and what is told of one that stands in a text."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

from empowerment_qda.language.negation import is_negator
from empowerment_qda.language.stems import analyse, primary
from empowerment_qda.language.words import WORD, Span, fold

# How many words `...` may stand for.
GAP = 5
ANY_NEGATOR = {"id": "~tidak", "en": "~not"}
"""What a cue writes, in each language that has negators, for whichever of them stands there."""
MOST_WORDS, MOST_GAPS = 40, 5
"""Words and gaps of one cue; more are no phrase that people repeat, and slow to look for."""


class Step(NamedTuple):
    """One word of a cue: its lemma, `~` and its stem, or `=` and its exact form; and whether `...` stands before it."""

    word: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it is written and as it is looked for: in the question before, and in the text itself.

    `negators` counts the words of the text's part that are negators themselves.
    """

    text: str
    steps: tuple[Step, ...]
    asked: tuple[Step, ...] = ()
    negators: int = 0


def keys_of(form: str, language: str) -> tuple[str, ...]:
    """The ways in which a cue may ask for a form: by lemma, by word family, by the form alone; for a negator, as any."""
    stem, made = analyse(form, language)
    keys = (f"{stem}+{made}" if made else stem), "~" + stem, "=" + fold(form)
    return (*keys, ANY_NEGATOR[primary(language)]) if is_negator(form, language) else keys


def parse_cue(text: str, language: str) -> Cue:
    """A cue: words with their inflections, `~word` with its whole family, `=word` or `=a whole phrase` by form, `...` for
    none to GAP words; `?word` stands in the question before, and words of the question come first.

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
    if len(forms) > MOST_WORDS or sum(gaps) > MOST_GAPS:
        raise ValueError(
            f'The cue "{text[:57]}..." has {len(forms):,} words and {sum(gaps):,} gaps ("..."); '
            f"write at most {MOST_WORDS} words with {MOST_GAPS} gaps, or several cues."
        )
    steps: tuple[list[Step], list[Step]] = ([], [])
    negators = 0
    for form, other, gap in zip(forms, between, gaps, strict=False):
        marks = other.rstrip()[-2:]
        asked = marks.endswith("?") or marks in ("?=", "?~")
        if asked and steps[0]:
            raise ValueError(
                f'The cue "{text}" has a word of the question behind words of the answer; begin with it.'
            )
        by_lemma, family, by_form, *_ = keys_of(form, language)
        word = by_form if exact or marks.endswith("=") else family if marks.endswith("~") else by_lemma
        own = steps[1] if asked else steps[0]
        own.append(Step(word, gap and bool(own)))
        negators += not asked and is_negator(form, language)
    return Cue(text, tuple(steps[0]), tuple(steps[1]), negators)


def covers(wide: Cue, narrow: Cue, language: str) -> bool:
    """Whether a cue matches wherever another does, so that the other finds nothing of its own.

    >>> covers(parse_cue("~latih", "id"), parse_cue("=pelatihan dari dinas", "id"), "id")
    True
    >>> covers(parse_cue("=pelatihan", "id"), parse_cue("pelatihan", "id"), "id")
    False
    >>> covers(parse_cue("dinas ... latih", "id"), parse_cue("dinas sudah melatih", "id"), "id")
    True
    """
    return (
        wide.negators == narrow.negators
        and bool(wide.steps) == bool(narrow.steps)
        and _cover(wide.steps, narrow.steps, language)
        and _cover(wide.asked, narrow.asked, language)
    )


def _cover(wide: tuple[Step, ...], narrow: tuple[Step, ...], language: str) -> bool:
    if not wide:
        return True
    first, *rest = wide
    places = {at for at, step in enumerate(narrow) if _answers(first, step, language)}
    for wanted in rest:
        reach = GAP + 1 if wanted.gap else 1
        places = {
            ahead
            for place in places
            for ahead in range(place + 1, len(narrow))
            if _apart(narrow[place + 1 : ahead + 1]) <= reach and _answers(wanted, narrow[ahead], language)
        }
    return bool(places)


def _answers(wanted: Step, step: Step, language: str) -> bool:
    """Whether every word that a step stands for is one that another looks for."""
    if wanted.word == step.word:
        return True
    kind = wanted.word[0]
    if step.word.startswith("="):
        return wanted.word in keys_of(step.word[1:], language)
    return kind == "~" and not step.word.startswith("~") and wanted.word[1:] == step.word.partition("+")[0]


def _apart(steps: tuple[Step, ...]) -> int:
    """How many words on the last of some steps is, at most, from the word before the first."""
    return sum(GAP + 1 if step.gap else 1 for step in steps)


# Where cues stand


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


class Stop(NamedTuple):
    """Why a cue that stands in a text suggests nothing: `kind` is negated (in its clause), doubted (elsewhere in the sentence),
    unreal, phrase, question, needs or not; `words` are the negator, the word for what is not so (yet), the fixed phrase,
    the cue's words for the question, what is needed, or the cue under `not`."""

    kind: str
    words: str


class Tried(NamedTuple):
    """A cue that stands in a sentence (its place), and what stops it there, if anything."""

    match: Match
    sentence: Span
    stop: Stop | None
