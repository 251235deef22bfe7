"""Where near-identical words stand: approximate search in one text.

Distances count inserted, deleted and replaced characters (Levenshtein), over the best-fitting piece of the text.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

GRAM = 4  # characters per gram: short enough to survive edits, long enough to be rare
_SPARE = 8  # grams that must agree at least, where the words have so many: keeps chance agreement away


class Near(NamedTuple):
    """A place in the text whose words differ from those sought in `edits` characters."""

    edits: int
    start: int
    end: int


def distances(words: str, text: str, *, anchored: bool = False) -> Iterator[int]:
    """For each end in the text, the least edits that turn `words` into a piece of the text that ends there.

    `anchored`: the piece starts at the start of the text. One step per character for words of any length: Myers (1999),
    A fast bit-vector algorithm for approximate string matching, in Hyyrö's (2001) form.
    """
    where: dict[str, int] = {}
    for index, char in enumerate(words):
        where[char] = where.get(char, 0) | 1 << index
    last = 1 << (len(words) - 1)
    up = every = (1 << len(words)) - 1
    down, edits, shift_in = 0, len(words), int(anchored)
    for char in text:
        equal = where.get(char, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        more = (down | ~(horizontal | up)) & every
        less = up & horizontal
        if more & last:
            edits += 1
        elif less & last:
            edits -= 1
        more = more << 1 | shift_in
        up = (less << 1 | ~(vertical | more)) & every
        down = more & vertical & every
        yield edits


def near_places(words: str, text: str, most: int, ranges: Iterable[tuple[int, int]]) -> list[Near]:
    """Distinct places within these ranges with at most so many edits, the nearest first."""
    ends = sorted(
        (edits, low + index + 1)
        for low, high in ranges
        for index, edits in enumerate(distances(words, text[low:high]))
        if edits <= most
    )
    places: list[Near] = []
    width = len(words) // 2 + 1  # ends this near are one place: no two of them fall into one bin
    taken: dict[int, int] = {}
    for edits, end in ends:
        number = end // width
        if all(abs(end - taken.get(near, -width)) >= width for near in (number - 1, number, number + 1)):
            taken[number] = end
            low = max(0, end - len(words) - edits)
            back = list(distances(words[::-1], text[low:end][::-1], anchored=True))
            places.append(Near(edits, end - back.index(min(back)) - 1, end))  # never empty
    return places


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order of their starts, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for low, high in ranges:
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


class Grams:
    """An index of a text by short grams, that tells where near-identical words can stand at all."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._places: dict[str, array[int]] = {}
        for place in range(len(text) - GRAM + 1):
            self._places.setdefault(text[place : place + GRAM], array("L")).append(place)

    def ranges(self, words: str, most: int) -> list[tuple[int, int]]:
        """Ranges of the text that hold every place with at most so many edits.

        One edit spoils at most one of the grams that lie side by side in the words, so all but `most` of them stand
        in the text as they are, moved by nearly the same distance.
        """
        nowhere = array("L")
        grams = [
            (self._places.get(words[at : at + GRAM], nowhere), at)
            for at in range(0, len(words) - GRAM + 1, GRAM)
        ]
        grams = sorted(grams, key=lambda gram: len(gram[0]))[: most + _SPARE]
        needed = len(grams) - most
        if needed < 1:
            return [(0, self._size)]
        width = most.bit_length()  # shifts differ by at most `most`: they fall into one bin or two neighbours
        bins: Counter[int] = Counter()
        for places, at in grams:
            shift = len(words) - at
            bins.update([place + shift >> width for place in places])
        heavy = [number for number, count in bins.items() if 2 * count >= needed]
        pairs = {n for own in heavy for n in (own - 1, own) if bins[n] + bins[n + 1] >= needed}
        return merged(
            (max((number << width) - len(words) - most, 0), min((number + 2 << width) + most, self._size))
            for number in sorted(pairs)
        )


def inside_word(text: str, index: int) -> bool:
    """Whether a cut at this place of the text would go through a word."""
    return 0 < index < len(text) and _of_word(text[index - 1]) and _of_word(text[index])


def _of_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


def whole_words(text: str, start: int, end: int, most: int) -> tuple[int, int]:
    """The range less white space at its ends, and widened to whole words if that takes at most so many characters."""
    while start < end - 1 and text[start] == " ":
        start += 1
    while start < end - 1 and text[end - 1] == " ":
        end -= 1
    low = next((at for at in range(start, max(start - most, 0) - 1, -1) if not inside_word(text, at)), start)
    high = next((at for at in range(end, min(end + most, len(text)) + 1) if not inside_word(text, at)), end)
    return low, high
