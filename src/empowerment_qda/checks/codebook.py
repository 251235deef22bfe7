"""Checks of the codebook that coding depends on."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.language import parse_cue
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem


def check_cue(study: Study) -> Iterator[Problem]:
    """Each cue can be matched."""
    for place in study.codebook.walk():
        cues = place.code.cues
        sides: tuple[tuple[Key, dict[str, tuple[str, ...]]], ...] = (
            ((), cues.suggest),
            (("not",), cues.suppress),
        )
        for above, languages in sides:
            for language, phrases in languages.items():
                for n, phrase in enumerate(phrases):
                    try:
                        parse_cue(phrase, language)
                    except ValueError as error:
                        key = (*place.key, "cues", *above, language, n)
                        yield Problem(Place(study.codebook.path, key), "cue", str(error),
                                      "Write words, `...` between words for a gap, `=word` for an exact form.")  # fmt: skip
