"""The stem of an Indonesian word, as it is written and as it is spoken.

The roots are derived from the forms in wordfreq (`benchmarks/roots.py`). Where stemmers take the first root that fits
(kerusakan, damage: rusa, deer), every reading of a word is weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from empowerment_qda.language import indonesian_words as known
from empowerment_qda.language.affixes import (
    EXCLUDED,
    OWNERS,
    PARTICLES,
    VOWELS,
    bases,
    derivation,
    prefixes,
    spellings,
    spoken_prefixes,
    spoken_suffixes,
    suffixes,
    unprefixed,
)

ROOT_LIST = Path(__file__).with_name("indonesian_roots.txt")
STRETCHED = re.compile(r"([a-z])\1{2,}|([a-z])\2$")
TWICE = re.compile(r"([a-z]{3,})2(?:nya|ku|mu|an)?")

# How well a reading explains a word: the letters of it in the root, then few affixes, then few of them
# prefixes, then few letters that the word shows in another shape; the greatest wins. Last come the root and what
# made another word of it.
Reading = tuple[int, int, int, int, str, str]
# A stem, and the affixes that made another word of it (`derivation`): pelatihannya is ("latih", "pe-an").
Analysis = tuple[str, str]
NO_READING: Reading = (0, 0, 0, 0, "", "")


class Lexicon(NamedTuple):
    """What is known of single words."""

    forms: dict[str, str]  # the stems that no rule gives
    roots: frozenset[str]  # words that are their own stem
    inner: frozenset[str]  # roots that affixes may stand around
    spoken: frozenset[str]  # the same in speech
    melting: frozenset[str]  # roots that lose their first letter in speech without any other sign
    twins: frozenset[str]  # doubled words that are words of their own
    nouns: frozenset[str]  # of the forms, nouns made from their stem


@cache
def lexicon() -> Lexicon:
    """The list of roots and our own words, read when the first Indonesian word is stemmed."""
    return make_lexicon(ROOT_LIST.read_text("utf-8").split())


def make_lexicon(listed: Iterable[str]) -> Lexicon:
    """Our own words together with a list of roots."""
    forms: dict[str, str] = {}
    for line in known.FORMS.split("\n"):
        stem, _, others = line.partition(": ")
        forms.update((form, stem) for form in (stem, *others.split()) if form)
    kept, short = frozenset(known.KEPT.split()), frozenset(known.SHORT.split())
    heads = {stem for stem in forms.values() if len(stem) > 3}
    roots = frozenset(listed) | heads | frozenset(known.LOANS.split())
    inner = frozenset(root for root in roots if len(root) > 3 or root in short)
    inner -= kept | set(known.NOT_INNER.split())
    return Lexicon(
        forms,
        roots | kept,
        inner,
        inner | {form for form in forms if len(form) > 3},
        frozenset(known.MELTING.split()),
        frozenset(known.TWINS.split()),
        frozenset(known.NOUNS.split()),
    )


def analyse_indonesian(form: str) -> Analysis:
    """The stem of one folded word and what made another word of it; a word that is not Indonesian stays as it is."""
    form = form.replace("'", "")
    if "-" in form:
        return _analyse_hyphened(form)
    if form.isascii() and form.isalpha():
        return _analyse_plain(form)
    doubled = TWICE.fullmatch(form)
    return _analyse_plain(doubled[1]) if doubled else (form, "")


def _analyse_hyphened(form: str) -> Analysis:
    """Doubled words (teman-teman, meniru-nirukan); affixes that a hyphen sets off (di-upload, UMKM-nya)."""
    first, _, rest = form.partition("-")
    front, _, last = form.rpartition("-")
    twin = next((base for base in bases(form) if base in lexicon().twins), None)
    if twin:
        return twin, ""
    if last in PARTICLES or last in OWNERS:
        return analyse_indonesian(front)
    if first in ("di", "ke", "se", "nge", "meng", "me", "ter", "ber"):
        return analyse_indonesian(rest)
    if first == "e":
        return analyse_indonesian(first + rest)
    if "-" in rest:
        return form, ""
    stem, _ = analyse_indonesian(first)
    again = (analyse_indonesian(part) for part in (rest, "me" + rest))
    return next((one for one in again if one[0] == stem), (form, ""))


def _analyse_plain(form: str) -> Analysis:
    words = lexicon()
    if form in words.forms:
        return _listed(form, words)
    if form in words.roots:
        return form, ""
    for base in bases(form)[1:]:
        if len(base) > 2 and base in words.forms:
            return _listed(base, words)
    if (best := _best(_readings(form, words)))[4]:
        root = best[4]  # kekasih, sweetheart, is no giving
        return root if root == "kasih" else words.forms.get(root, root), best[5]
    if (best := _best(_spoken_readings(form, words)))[4]:
        return words.forms.get(best[4], best[4]), best[5]
    return _analyse_unknown(form, words)


def _listed(form: str, words: Lexicon) -> Analysis:
    """A form listed by hand, and whether it is a noun made from what it is listed under (pengalaman: alami)."""
    return words.forms[form], form if form in words.nouns else ""


def _analyse_unknown(form: str, words: Lexicon) -> Analysis:
    """What can still be cut from a word that no root explains: letters drawn out, -isasi, -isme, -nya."""
    for shorter in (STRETCHED.sub(r"\1\1\2", form), STRETCHED.sub(r"\1\2", form)):
        if len(shorter) > 3 and shorter != form and (shorter in words.roots or shorter in words.forms):
            return _analyse_plain(shorter)
    for ending in ("isasi", "isme"):
        if form.endswith(ending) and form.removesuffix(ending) in words.inner:
            return form.removesuffix(ending), ending
    if not form.endswith("nya") or len(form) < 6:
        return form, ""
    misspelt = _analyse_plain(form[:-2]) if form.endswith("anya") else ("", "")  # jawabanya for jawabannya
    return misspelt if misspelt[0] in words.roots else (form[:-3], "")


def _best(readings: Iterator[Reading]) -> Reading:
    return max(readings, key=lambda reading: reading[:4], default=NO_READING)


def _readings(form: str, words: Lexicon) -> Iterator[Reading]:
    """Every way to see a written word as prefixes, a known root and a suffix."""
    for base in bases(form):
        for suffix, rest, borrowed in suffixes(base):
            for word, taken, depth, lent in unprefixed(rest, prefixes):
                if word in words.inner and suffix not in EXCLUDED.get(taken[0] if taken else "", ()):
                    lent += borrowed
                    affixes = depth + bool(suffix) + (base != form)
                    yield len(word) - lent, -affixes, -depth, -lent, word, derivation(taken, suffix)


def _spoken_readings(form: str, words: Lexicon) -> Iterator[Reading]:
    """The same of a spoken word, whose affixes may go together in any way."""
    for base in bases(form):
        for suffix, rest, borrowed in spoken_suffixes(base):
            for word, taken, depth, lent in unprefixed(rest, spoken_prefixes):
                first = taken[0] if taken else ""
                bare = first == "ng" and suffix != "in" and base[0] in "mn" and base[1] in VOWELS
                said = first in ("ng", "di", "ke") or suffix == "in"
                for cost, root in enumerate(spellings(word) if said else (word,)):
                    if len(root) > 2 and root in words.spoken and (not bare or root in words.melting):
                        cost += lent + borrowed
                        affixes = depth + bool(suffix) + (base != form)
                        yield len(word) - cost, -affixes, -depth, -cost, root, derivation(taken, suffix)
