"""Places in a text as programs count them, and as they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

BOM = "\ufeff"
ENOUGH = 3
"""So many passages say by the ends of their words alone that a program counts in a way of its own."""


@dataclass(frozen=True, slots=True)
class Positions:
    """One way of counting the characters of a text: where the program says that each begins (nothing where it counts code
    points as the format asks), and that way in words."""

    text: str
    said: str = ""
    starts: Sequence[int] = ()

    def find(self, place: int) -> int | None:
        """The code point that a place of the program stands before; None where it is beyond the text, or in a character."""
        if not self.said:
            return place if place <= len(self.text) else None
        at = bisect_left(self.starts, place)
        return at if at < len(self.starts) and self.starts[at] == place else None


def choose(text: str, marked: Sequence[tuple[int, int, str]], *, bom: bool = False) -> Positions:
    """The way in which these places (start, end, and the name that many programs make of the words) were counted.

    The format asks for code points without the mark at the beginning of a file (`bom`: the file has it). Some count UTF-16
    units, one character or two for a line end, or that mark. What fits is known by names that are the beginning of the words
    there, else by words that are not cut.
    """
    own = Positions(text)
    named = sum(bool(name) for _, _, name in marked)
    names, ends = _fit(own, marked)
    if (names, ends) == (named, len(marked)):
        return own
    best = own
    for said, width in _WAYS:
        for lead in (0, 1) if bom else (0,):
            both = [said] * bool(said) + ["the mark at the beginning of the text"] * lead
            other = Positions(text, " and ".join(both), list(accumulate(map(width, text), initial=lead)))
            if not both or (not lead and other.starts == range(len(text) + 1)):
                continue
            found, whole = _fit(other, marked)
            if found > names or (found == names and whole == len(marked) >= ENOUGH and whole > ends):
                best, names, ends = other, found, whole
    return best


def _fit(one: Positions, marked: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """How many names are the words there, and how many passages begin and end where words do."""
    names = ends = 0
    for start, end, name in marked:
        first, last = one.find(start), one.find(end)
        if first is None or last is None or first >= last:
            continue
        said = "".join(name.rstrip("….").split())
        words = "".join(one.text[first:last].split())
        names += bool(said) and words.startswith(said)
        ends += not (_inside(one.text, first) or _inside(one.text, last))
    return names, ends


def _inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _units(char: str) -> int:
    return 2 if char > "\uffff" else 1


_WAYS: tuple[tuple[str, Callable[[str], int]], ...] = (
    ("", lambda char: 1),
    ("two characters for a line end", lambda char: 2 if char == "\n" else 1),
    ("one character for a line end", lambda char: 0 if char == "\r" else 1),
    ("none for a line end", lambda char: 0 if char in "\r\n" else 1),
    ("UTF-16 units", _units),
    ("UTF-16 units, two for a line end", lambda char: 2 if char == "\n" else _units(char)),
    ("UTF-16 units, one for a line end", lambda char: 0 if char == "\r" else _units(char)),
)
