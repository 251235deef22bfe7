"""The stem of a word: what it has in common with its other forms, per language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from .word import fold

LONGEST = 60  # letters; what is longer is no word, and would only cost time and memory


def primary(language: str) -> str:
    """The language of a tag such as `id`, `id-ID` or `en_GB`."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def stem(word: str, language: str) -> str:
    """The stem of one word in Indonesian (id) or English (en); in other languages the folded word itself.

    A cue and a text are compared stem by stem, so a stem need not be a word, only the same for the same word.
    """
    return _stem(word, primary(language)) if len(word) <= LONGEST else fold(word)


@lru_cache(maxsize=1 << 16)  # text repeats itself: a stem is worked out once for each form of a word
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return stemmer(fold(word)) if stemmer else fold(word)


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    """The stemmer of a language, loaded with its first word: most commands stem nothing."""
    if language == "id":
        from .indonesian import stem_indonesian

        return stem_indonesian
    if language == "en":
        import snowballstemmer  # type: ignore[import-untyped]

        english: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
        return english
    return None
