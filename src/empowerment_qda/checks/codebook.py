"""Checks of cues: what coding depends on, and what only makes the codebook longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from empowerment_qda.language import Cue, covers, keys_of, parse_cue
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem, did_you_mean


def check_cue(study: Study) -> Iterator[Problem]:
    """Each cue can be matched."""
    for _, language, place, phrases in _lists(study.codebook):
        for n, phrase in enumerate(phrases):
            try:
                parse_cue(phrase, language)
            except ValueError as error:
                yield Problem(Place(place.path, (*place.key, n)), "cue", str(error),
                              "Write words, `...` between words for a gap, `=word` for an exact form, `~word` for its family, "
                              "`?word` for the question before.")  # fmt: skip


def check_cue_unknown_code(study: Study) -> Iterator[Problem]:
    """The file of cues names codes of the book."""
    file, places = study.codebook.cue_file, study.codebook.places
    for code in file.by_code if file else ():
        if file and code not in places:
            yield Problem(Place(file.path, (code,)), "cue-unknown-code", f"code `{code}` is not in {study.codebook.path}",
                          did_you_mean(code, places))  # fmt: skip


def check_cues_twice(study: Study) -> Iterator[Problem]:
    """The cues of a code stand in one place."""
    for code in study.codebook.cues_twice:
        key = (*study.codebook.places[code].key, "cues")
        yield Problem(Place(study.codebook.path, key), "cues-twice",
                      f"code `{code}` has cues here and in {study.codebook.cue_path}",
                      f"Move these into {study.codebook.cue_path}.")  # fmt: skip


def check_cue_covered(study: Study) -> Iterator[Problem]:
    """A cue finds what no other cue of its list finds."""
    for code, language, place, phrases in _lists(study.codebook):
        for n, other in _covered(phrases, language).items():
            yield Problem(Place(place.path, (*place.key, n)), "cue-covered",
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
    for n, cue in cues.items():
        for step in (*cue.steps, *cue.asked)[:1]:
            by_word[step.word].append(n)
    found: dict[int, int] = {}
    for n, cue in cues.items():
        words = {step.word for step in (*cue.steps, *cue.asked)}
        words |= {key for form in words if form.startswith("=") for key in keys_of(form[1:], language)}
        words |= {"~" + word.lstrip("~").partition("+")[0] for word in words}
        others = sorted(one for word in words for one in by_word[word] if one != n and one not in found)
        for one in others:
            if covers(cues[one], cue, language) and (one < n or not covers(cue, cues[one], language)):
                found[n] = one
                break
    return found


def _lists(codebook: Codebook) -> Iterator[tuple[str, str, Place, tuple[str, ...]]]:
    """Each list of cues with its code, its language and where it stands."""
    for place in codebook.walk():
        cues = place.code.cues
        path, key = codebook.cue_place(place)
        sides: tuple[tuple[Key, dict[str, tuple[str, ...]]], ...] = (
            ((), cues.suggest),
            (("not",), cues.suppress),
            (("needs",), cues.needs),
        )
        for above, languages in sides:
            for language, phrases in languages.items():
                yield place.code.id, language, Place(path, (*key, *above, language)), phrases
