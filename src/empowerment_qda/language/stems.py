"""The stem of a word: what it has in common with its other forms, per language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from empowerment_qda.language.words import fold

LONGEST = 60  # letters; what is longer is no word, and would only cost time and memory


def primary(language: str) -> str:
    """The language of a tag such as `id`, `id-ID` or `en_GB`."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def stem(word: str, language: str) -> str:
    """The stem of one word in Indonesian (id) or English (en); in other languages the folded word itself.

    All words of a family have it: those that inflection makes of a word, and the other words derived from it.
    """
    return analyse(word, language)[0]


def lemma(word: str, language: str) -> str:
    """What one word has in common with its inflections alone: its stem, and behind `+` what made another word of it.

    >>> [lemma(word, "id") for word in ("maunya", "kemauan", "dilatih", "pelatihan-pelatihannya")]
    ['mau', 'mau+ke-an', 'latih', 'latih+pe-an']
    """
    found, made = analyse(word, language)
    return f"{found}+{made}" if made else found


def analyse(word: str, language: str) -> tuple[str, str]:
    """The stem of a word and, where the word is another one than its stem, what made it so."""
    return _analyse(word, primary(language)) if len(word) <= LONGEST else (fold(word), "")


@lru_cache(maxsize=1 << 16)  # text repeats itself: a stem is worked out once for each form of a word
def _analyse(word: str, language: str) -> tuple[str, str]:
    analyser = _analyser(language)
    return analyser(fold(word)) if analyser else (fold(word), "")


@cache
def _analyser(language: str) -> Callable[[str], tuple[str, str]] | None:
    """What knows the words of a language, loaded with its first word: most commands stem nothing."""
    if language == "id":
        from empowerment_qda.language.indonesian import analyse_indonesian

        return analyse_indonesian
    if language == "en":
        from empowerment_qda.language.english import analyse_english

        return analyse_english
    return None
