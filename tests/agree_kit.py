"""A study coded by three people, with figures that can be worked out by hand.

Answers of S-01, end to end: 19 + 10 + 10 + 10 + 10 = 59 characters, in 5 turns and 6 sentences. T is training-provided,
R training-rare. Who coded what:

turn  words                  a              b                   c
2     We train. All come.    T "We train."  T whole             T whole, R whole
3     Once only.             R              T                   R
4     I went in.             T              T "went in."        T
5     No answer.             -              - (R rejected)      -
6     Never mind             -              - (T suggested)     -

b also has R on the question (turn 1), and R on words that stand nowhere. a alone coded S-02, nobody S-03.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Set
from fractions import Fraction
from textwrap import dedent
from typing import Any

from empowerment_qda.agreement.tables import Pattern, Ratings, count_patterns
from kit import CODEBOOK, QDA


def _source(name: str, *answers: str) -> str:
    turns = "".join(f"  - {{speaker: H, text: {answer}}}\n" for answer in answers)
    who = "informant: {id: H, type: head}" if name == "S-01" else "informant: H"
    return f"id: {name}\n{who}\ninterviewer: R\nturns:\n  - {{speaker: R, text: Do you train?}}\n{turns}"


def codings(coder: str, source: str, *rows: str) -> str:
    """A codings file from rows of YAML."""
    return f"source: {source}\ncoder: {coder}\ncodings:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


T, R = "code: training-provided", "code: training-rare"
STUDY = {
    "qda.yaml": QDA,
    "codebook.yaml": CODEBOOK,
    "data/interviews/S-01.yaml": _source(
        "S-01", "We train. All come.", "Once only.", "I went in.", "No answer.", "Never mind"
    ),
    "data/interviews/S-02.yaml": _source("S-02", "We all train."),
    "data/interviews/S-03.yaml": _source("S-03", "Nobody reads this."),
    "codings/a/S-01.yaml": codings(
        "a", "S-01",
        f"{T}, turn: 2, quote: We train.", f"{R}, turn: 3, quote: Once only.", f"{T}, turn: 4, quote: I went in.",
    ),
    "codings/a/S-02.yaml": codings("a", "S-02", f"{T}, turn: 2, quote: We all train."),
    "codings/b/S-01.yaml": codings(
        "b", "S-01",
        f"{R}, turn: 1, quote: Do you train?", f"{T}, turn: 2, quote: We train. All come.",
        f"{T}, turn: 3, quote: Once only.", f"{T}, turn: 4, quote: went in.",
        f"{R}, turn: 5, quote: No answer., status: rejected", f"{T}, turn: 6, quote: Never mind, status: suggested",
        f"{R}, turn: 6, quote: words of some other talk",
    ),
    "codings/c/S-01.yaml": codings(
        "c", "S-01",
        f"{T}, turn: 2, quote: We train. All come.", f"{R}, turn: 2, quote: We train. All come.",
        f"{R}, turn: 3, quote: Once only.", f"{T}, turn: 4, quote: I went in.",
    ),
    "codings/auto/S-01.yaml": codings(
        "auto", "S-01", f"{T}, turn: 2, quote: We train., status: suggested",
        f"{R}, turn: 3, quote: Once only., status: rejected",
    ),
}  # fmt: skip
STUDY = {name: dedent(text).lstrip("\n") for name, text in STUDY.items()}


def presence(ratings: Ratings, code: Hashable) -> Counter[Pattern]:
    """One code as a yes/no question: whether each coder gave `code`, alone or in a set, to each unit."""
    counts: Counter[Pattern] = Counter()
    for unit, times in count_patterns(ratings).items():
        asked = ((one, one if isinstance(one, frozenset) else {one}) for one in unit)
        counts[tuple(None if one is None else code in given for one, given in asked)] += times
    return counts


def jaccard(one: Set[Any], other: Set[Any]) -> Fraction:
    """1 - shared / all members of two sets; 0 for two empty ones."""
    return Fraction(0) if one == other else 1 - Fraction(len(one & other), len(one | other))


def masi(one: Set[Any], other: Set[Any]) -> Fraction:
    """Jaccard softened where one set contains the other (Passonneau 2006)."""
    return 1 - (1 - jaccard(one, other)) * (
        1 if one == other else Fraction(2 if one < other or other < one else 1, 3)
    )
