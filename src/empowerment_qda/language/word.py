"""Words of a text, with the place of each, and the one form in which two writings of a word are the same."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# What `\w` does not know: marks written on or after a letter, in the scripts that write vowels as marks, and
# the invisible characters that web pages put into words.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d"
    "\u08d3-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0cbc-\u0ccd"
    "\u0d3e-\u0d4d\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84"
    "\u102b-\u103e\u1712-\u1714\u17b4-\u17d3\u18a9\u1a17-\u1a1b\u1b00-\u1b04\u1b34-\u1b44\u1b80-\u1b82\u1ba1-\u1bad"
    "\u1be6-\u1bf3\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\u3099\u309a\ua980-\ua983\ua9b3-\ua9c0\ufe20-\ufe2f"
    "\ufeff"
)
APOSTROPHES = "'\u2018\u2019\u02bc\u2032\u00b4`"
HYPHENS = "-\u2010\u2011"
LETTER = r"[^\W_]"
JOINERS = APOSTROPHES + re.escape(HYPHENS)

# One group, so that `split` gives the words too. After a letter come letters, marks, or a joiner and a letter.
# "terima kasih" (thanks) is one word written as two: apart, "kasih" is the spoken word for giving.
WORD = re.compile(
    rf"((?i:terima[ \t\xa0]{{1,3}}kasih)(?!\w)|{LETTER}++(?:[{MARKS}.,{JOINERS}]"
    rf"(?:(?<![.,{JOINERS}]){LETTER}*+|(?<=[{JOINERS}]){LETTER}++|(?<=\d[.,])(?=\d){LETTER}++))*+)"
)

_SPELLING = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(HYPHENS, "-"),
    }
)


class Word(NamedTuple):
    """A word as it stands in a text, and its place: code points, 0-based, end-exclusive."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order: letters and digits, with hyphens and apostrophes inside (Jum'at)."""
    return [Word(found[0], *found.span()) for found in WORD.finditer(text)]


def fold(word: str) -> str:
    """A word without what tells no words apart: case, composed or decomposed accents, kind of apostrophe."""
    if word.isascii():
        return " ".join(word.lower().translate(_SPELLING).split())
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    return " ".join(folded.translate(_SPELLING).split())
