"""Cues: phrases that suggest a code, as a codebook writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .stems import stem
from .word import WORD, fold

# How many words `...` may stand for.
GAP = 5
MOST_WORDS, MOST_GAPS = 40, 5
"""Words and gaps of one cue; more are no phrase that people repeat, and slow to look for."""


class Step(NamedTuple):
    """One word of a cue: its stem, or `=` and its exact form; and whether `...` stands before it."""

    word: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it is written and as it is looked for."""

    text: str
    steps: tuple[Step, ...]


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
    if len(forms) > MOST_WORDS or sum(gaps) > MOST_GAPS:
        raise ValueError(
            f'The cue "{text[:57]}..." has {len(forms):,} words and {sum(gaps):,} gaps ("..."); '
            f"write at most {MOST_WORDS} words with {MOST_GAPS} gaps, or several cues."
        )
    steps = tuple(
        Step("=" + fold(form) if exact or other.rstrip().endswith("=") else stem(form, language), gap)
        for form, other, gap in zip(forms, between, gaps, strict=False)
    )
    return Cue(text, steps)


def covers(wide: Cue, narrow: Cue, language: str) -> bool:
    """Whether a cue matches wherever another does, so that the other finds nothing of its own.

    >>> covers(parse_cue("latih", "id"), parse_cue("=pelatihan dari dinas", "id"), "id")
    True
    >>> covers(parse_cue("=pelatihan", "id"), parse_cue("pelatihan", "id"), "id")
    False
    >>> covers(parse_cue("dinas ... latih", "id"), parse_cue("dinas sudah melatih", "id"), "id")
    True
    """
    first, *rest = wide.steps
    places = {at for at, step in enumerate(narrow.steps) if _answers(first, step, language)}
    for wanted in rest:
        reach = GAP + 1 if wanted.gap else 1
        places = {
            ahead
            for place in places
            for ahead in range(place + 1, len(narrow.steps))
            if _apart(narrow.steps[place + 1 : ahead + 1]) <= reach
            and _answers(wanted, narrow.steps[ahead], language)
        }
    return bool(places)


def _answers(wanted: Step, step: Step, language: str) -> bool:
    """Whether every word that a step stands for is one that another looks for."""
    exact = step.word.startswith("=")
    return wanted.word == step.word or (exact and wanted.word == stem(step.word[1:], language))


def _apart(steps: tuple[Step, ...]) -> int:
    """How many words on the last of some steps is, at most, from the word before the first."""
    return sum(GAP + 1 if step.gap else 1 for step in steps)
