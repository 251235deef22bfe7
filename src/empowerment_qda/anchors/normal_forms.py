"""Text made comparable, with the way back to the original.

Folding takes away what may differ between two copies of the same words: runs of white space become one space, curly
quotes straight ones, soft hyphens and zero-width characters go, and every character is decomposed (Unicode NFD, which
unlike NFC never depends on what stands next to a character). Letters and their case stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

_WHITE = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SAME_LENGTH = [
    *((char, " ") for char in _WHITE),
    *((char, "'") for char in "\u2018\u2019\u201a\u201b"),
    *((char, '"') for char in "\u201c\u201d\u201e\u201f"),
]
_SAME_LENGTH_ASCII = [(char, plain) for char, plain in _SAME_LENGTH if char.isascii()]
_ZERO_WIDTH = frozenset(
    map(
        ord,
        "\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)
_JOINER = 0x200D
_VARIATION = range(0xFE00, 0xFE10)
_DROPPED = dict.fromkeys((*_ZERO_WIDTH, _JOINER, *_VARIATION))

# One letter per character says how it behaves; what needs care is then found by its letters.
#   . stands for itself     d decomposes             o symbol, perhaps an emoji     r half of a flag
#   m mark: belongs to the character before it       v such a mark that makes no difference to the words
#   z joins emoji           - zero width
_SPECIAL = re.compile(r"(?:rr|[.dor])(?:[-z]*[mv]|z+o)+|rr|d|[mv](?:[-z]*[mv])*|[-z ]+")
_NEEDS_CARE = re.compile(r"[^\x00-\x7f]|  ")
_RUN = re.compile(r"[^\x00-\x1f!-\x7f]*")  # spaces and all beyond ASCII


class _Kinds(dict[int, str]):
    """The letter of each character, worked out once per character."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _kind(code)
        return kind


def _kind(code: int) -> str:
    char = chr(code)
    category = unicodedata.category(char)
    if char == " ":
        return " "
    if code in _ZERO_WIDTH:
        return "-"
    if code == _JOINER:
        return "z"
    if code in _VARIATION:
        return "v"
    if category in ("Mn", "Mc", "Me") or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return "m"  # marks, skin tones, the tags in the flag of Wales
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
        return "m"  # Hangul vowels and finals
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "r"
    if unicodedata.normalize("NFD", char) != char:
        return "d"
    return "o" if category == "So" else "."


_KINDS = _Kinds()


class Fold:
    """`text` is the folded form; `origin` leads from a range of it to the original, `first` and `last` back again.

    The text is cut into pieces. In a piece characters correspond one to one, or it is an atom, a character with its
    marks or a run of white space, that no range may divide.
    """

    __slots__ = ("_ends", "_folded", "_original", "text")

    def __init__(self, original: str) -> None:
        text = original
        for char, plain in _SAME_LENGTH_ASCII if text.isascii() else _SAME_LENGTH:
            text = text.replace(char, plain)  # much quicker than str.translate: most of them are not there
        self._folded, self._original = [0], [0]  # where each piece starts
        self._ends = [0]  # where an atom ends in the original; 0 in other pieces
        if text.isascii() and "  " not in text:
            self.text = text
            return
        parts: list[str] = []
        size = done = 0  # of the folded text so far, and the original that it covers
        position = 0
        while found := _NEEDS_CARE.search(text, position):
            start = max(found.start() - 1, position)  # a mark may belong to the letter before it
            run = _RUN.match(text, found.start())
            assert run  # it matches anything
            position = run.end()
            for special in _SPECIAL.finditer(text[start:position].translate(_KINDS)):
                kinds = special.group()
                if kinds == " ":
                    continue
                begin, end = start + special.start(), start + special.end()
                atom = text[begin:end]
                if " " in kinds:
                    atom = " "
                elif kinds != "d":
                    atom = atom.translate(_DROPPED)
                if begin > done:
                    self._cut(size, done, 0)
                    parts.append(text[done:begin])
                    size += begin - done
                if atom:
                    atom = unicodedata.normalize("NFD", atom)
                    self._cut(size, begin, end)
                    parts.append(atom)
                    size += len(atom)
                done = end
        self._cut(size, done, 0)
        parts.append(text[done:])
        self.text = "".join(parts)

    def _cut(self, folded: int, original: int, end: int) -> None:
        if self._folded[-1] == folded:  # only before the first piece
            self._folded.pop(), self._original.pop(), self._ends.pop()
        self._folded.append(folded)
        self._original.append(original)
        self._ends.append(end)

    def divides(self, index: int) -> bool:
        """Whether a cut at this place of the folded text would go through a character and its marks."""
        piece = bisect_right(self._folded, index) - 1
        return self._ends[piece] > 0 and index > self._folded[piece]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that a range of the folded text (not empty) came from, atoms whole."""
        first = bisect_right(self._folded, start) - 1
        last = bisect_right(self._folded, end - 1) - 1
        begin = self._original[first] + (0 if self._ends[first] else start - self._folded[first])
        return begin, self._ends[last] or self._original[last] + end - self._folded[last]

    def first(self, start: int) -> int:
        """The folded index of the first character that reaches beyond this place of the original."""
        piece = max(bisect_right(self._original, start) - 1, 0)
        if self._ends[piece]:
            return self._folded[piece] if start < self._ends[piece] else self._end(piece)
        return min(self._folded[piece] + max(start - self._original[piece], 0), self._end(piece))

    def last(self, end: int) -> int:
        """The folded index behind the last character that starts before this place of the original."""
        piece = bisect_left(self._original, end) - 1
        if piece < 0:
            return 0
        if self._ends[piece]:
            return self._end(piece)
        return min(self._folded[piece] + end - self._original[piece], self._end(piece))

    def _end(self, piece: int) -> int:
        return self._folded[piece + 1] if piece + 1 < len(self._folded) else len(self.text)


def folded(text: str) -> str:
    """The folded form without white space at its ends, where no way back is needed."""
    return " ".join(text.split()) if text.isascii() else Fold(text).text.strip(" ")
