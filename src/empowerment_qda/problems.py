"""What can be wrong with a study, and where: said in sentences, with the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Key = tuple[str | int, ...]
LONGEST_NAME = 200
"""Characters of a word that are compared with what is known: more is no slip of the pen."""
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its path from the study's root, and the key or the line (1-based) in it.

    A noun knows the key it was read from. When a problem is told, the folder turns the key into a line, and says which
    source, turn (1-based, as the file has it) and coding the key is about.
    """

    path: str
    key: Key = ()
    line: int | None = None
    source: str | None = None
    turn: int | None = None
    coding: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, which rule, a sentence, and what to do next."""

    place: Place
    rule: str
    message: str
    hint: str
    severity: Severity = "error"


class StudyError(Exception):
    """The study cannot be used as it is; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(_tell(problem) for problem in self.problems))


def refusal(
    path: str, rule: str, message: str, hint: str, *, key: Key = (), line: int | None = None
) -> StudyError:
    """The error of one problem at a place of a file."""
    return StudyError([Problem(Place(path, key, line), rule, message, hint)])


def _tell(problem: Problem) -> str:
    """Where, what and the next step on a line, for a traceback; nothing in it gives orders to a terminal."""
    line = f":{problem.place.line}" if problem.place.line else ""
    said = f"{problem.place.path}{line}: {problem.message} [{problem.rule}] {problem.hint}".rstrip()
    return "".join(one if one.isprintable() else "\ufffd" for one in said)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, or lists the known ones.

    >>> did_you_mean("speeker", ["speaker", "text"])
    'Did you mean `speaker`?'
    >>> did_you_mean("zzz", ["speaker", "text"])
    'Known here: speaker, text.'
    """
    names = list(known)
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(word[:LONGEST_NAME].casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{folded[close[0]]}`?"
    shown = ", ".join(names[:12])
    return (
        f"Known here: {shown}{' ...' if len(names) > 12 else ''}." if names else "Nothing is known here yet."
    )


def find_unknown(
    named: Iterable[tuple[str, Place]],
    known: Iterable[str],
    rule: str,
    message: str,
    hint: str = "",
    severity: Severity = "error",
) -> Iterator[Problem]:
    """A problem for each name that is not among the known ones; `{name}` stands for it in message and hint, and the nearest
    known one ends the hint.

    >>> [one.message for one in find_unknown([("a", Place("x")), ("c", Place("x"))], "ab", "unknown", "no `{name}`")]
    ['no `c`']
    """
    names = dict.fromkeys(known)
    for name, place in named:
        if name not in names:
            said = f"{hint.replace('{name}', name)} {did_you_mean(name, names)}".strip()
            yield Problem(place, rule, message.replace("{name}", name), said, severity)
