"""What is known of a language: words, sentences, stems, and cues that are looked for in them."""

from .book import CueBook, Match, Stop, Suggestion, Tried
from .cues import GAP, MOST_WORDS, Cue, covers, keys_of, parse_cue
from .negation import Clauses, is_negator
from .sentence import clauses, sentences
from .stems import lemma, stem
from .word import Word, fold, words

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
