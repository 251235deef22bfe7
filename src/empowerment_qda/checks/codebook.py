"""Checks of cues: what coding depends on, and what only makes the codebook longer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from empowerment_qda.language import Cue, covers, parse_cue, stem
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem


def check_cue(study: Study) -> Iterator[Problem]:
    """Each cue can be matched."""
    for _, language, key, phrases in _lists(study.codebook):
        for n, phrase in enumerate(phrases):
            try:
                parse_cue(phrase, language)
            except ValueError as error:
                yield Problem(Place(study.codebook.path, (*key, n)), "cue", str(error),
                              "Write words, `...` between words for a gap, `=word` for an exact form.")  # fmt: skip


def check_cue_covered(study: Study) -> Iterator[Problem]:
    """A cue finds what no other cue of its list finds."""
    for code, language, key, phrases in _lists(study.codebook):
        for n, other in _covered(phrases, language).items():
            yield Problem(Place(study.codebook.path, (*key, n)), "cue-covered",
                          f'cue "{phrases[n]}" of `{code}` finds nothing that "{phrases[other]}" does not find',
                          "Take one of them out.", "warning")  # fmt: skip


def _covered(phrases: tuple[str, ...], language: str) -> dict[int, int]:
    """The numbers of the cues that others cover, and by which; of cues that cover each other the first is kept."""
    cues: dict[int, Cue] = {}
    for n, phrase in enumerate(phrases):
        try:
            cues[n] = parse_cue(phrase, language)
        except ValueError:  # `check_cue` tells it
            continue
    by_word: dict[str, list[int]] = defaultdict(list)
    common = Counter(step.word for cue in cues.values() for step in cue.steps)
    for n, cue in cues.items():  # all its words stand in a cue that it covers: the rarest leads to the fewest
        by_word[min((step.word for step in cue.steps), key=common.__getitem__)].append(n)
    found: dict[int, int] = {}
    for n, cue in cues.items():
        words = {step.word for step in cue.steps}
        words |= {stem(form[1:], language) for form in words if form.startswith("=")}
        others = sorted(one for word in words for one in by_word[word] if one != n and one not in found)
        for one in others:
            if covers(cues[one], cue, language) and (one < n or not covers(cue, cues[one], language)):
                found[n] = one
                break
    return found


def _lists(codebook: Codebook) -> Iterator[tuple[str, str, Key, tuple[str, ...]]]:
    """Each list of cues with its code, its language and where it stands."""
    for place in codebook.walk():
        cues = place.code.cues
        sides: tuple[tuple[Key, dict[str, tuple[str, ...]]], ...] = (
            ((), cues.suggest),
            (("not",), cues.suppress),
        )
        for above, languages in sides:
            for language, phrases in languages.items():
                yield place.code.id, language, (*place.key, "cues", *above, language), phrases
