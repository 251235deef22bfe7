"""What is known of a language: words, sentences, stems, and cues that are looked for in them."""

from .book import CueBook, Match, Suggestion
from .cues import GAP, MOST_WORDS, Cue, covers, parse_cue
from .sentence import clauses, sentences
from .stems import stem
from .word import Word, fold, words

__all__ = [
    "GAP",
    "MOST_WORDS",
    "Cue",
    "CueBook",
    "Match",
    "Suggestion",
    "Word",
    "clauses",
    "covers",
    "fold",
    "parse_cue",
    "sentences",
    "stem",
    "words",
]
