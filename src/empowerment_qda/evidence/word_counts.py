"""How often words are said, and by whom: a first look at what a study speaks of, before any code."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from empowerment_qda.evidence.find import Filters
from empowerment_qda.evidence.rows import find_witnesses
from empowerment_qda.language import fold, stem, words
from empowerment_qda.language.stop_words import STOP_WORDS
from empowerment_qda.model.study import Study

UNTYPED = ""
"""The column of words whose speaker has no type: of a note or a document, or of somebody whose type nobody knows."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word in one writing (or a stem with its forms, the most frequent first), how often it is said in all and by each
    type of informant, and in how many sources."""

    word: str
    count: int
    sources: int
    by_type: dict[str, int]
    forms: tuple[str, ...] = ()


def count_words(
    study: Study, filters: Filters, *, stems: bool = False, every: bool = False
) -> list[WordCount]:
    """Words of what counts (R11: no questions, no bystanders), the most frequent first, those of equal number by letter. With `stems`, forms of a word are one; with `every`, stop words of the source's language and numbers count too."""
    found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)  # word: (type, source)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source in study.sources:
        if not filters.admit_source(source):
            continue
        language = study.language_of(source)
        stop = frozenset() if every else STOP_WORDS.get(language, frozenset())
        for number, turn in enumerate(source.turns, 1):
            if not source.counts(number) or not filters.admit_voice(source, range(number, number + 1), study):
                continue
            types = {one.type for one in find_witnesses(source, range(number, number + 1), study)}
            kind = next(iter(types)) or UNTYPED if len(types) == 1 else UNTYPED
            for word in words(turn.text):
                form = fold(word.text)
                if form in stop or not (every or any(map(str.isalpha, form))):
                    continue
                key = stem(form, language) if stems else form
                found[key][kind, source.id] += 1
                forms[key][form] += 1
    counted = [
        WordCount(
            word,
            counts.total(),
            len({source for _, source in counts}),
            {kind: sum(n for (one, _), n in counts.items() if one == kind) for kind, _ in sorted(counts)},
            tuple(sorted(forms[word], key=lambda form: (-forms[word][form], form))) if stems else (),
        )
        for word, counts in found.items()
    ]
    return sorted(counted, key=lambda one: (-one.count, one.word))
