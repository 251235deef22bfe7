"""What is known of a language: words, sentences, stems, and cues that are looked for in them."""

from empowerment_qda.language.cue_book import CueBook
from empowerment_qda.language.cues import (
    GAP,
    MOST_WORDS,
    Cue,
    Match,
    Stop,
    Suggestion,
    Tried,
    covers,
    keys_of,
    parse_cue,
)
from empowerment_qda.language.negation import Clauses, is_negator
from empowerment_qda.language.stems import lemma, stem
from empowerment_qda.language.words import Word, clauses, fold, sentences, words

__all__ = [
    "GAP",
    "MOST_WORDS",
    "Clauses",
    "Cue",
    "CueBook",
    "Match",
    "Stop",
    "Suggestion",
    "Tried",
    "Word",
    "clauses",
    "covers",
    "fold",
    "is_negator",
    "keys_of",
    "lemma",
    "parse_cue",
    "sentences",
    "stem",
    "words",
]
