"""Words of a text, with the place of each, and the one form in which two writings of a word are the same."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
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


Span = tuple[int, int]


def _set(words_: str) -> frozenset[str]:
    return frozenset(words_.split())


SENTENCE_ENDS = ".!?…‥؟۔।॥。！？"
LINES = "\n\r\v\f\x85\u2028\u2029"
CLOSERS = "\"'”’»›)\\]}"
# A line break, or a run of end marks with the quotes and brackets that close after it; and the white space
# that follows. It takes all that it looks at, so that time stays linear in any text.
END = re.compile(rf"([{SENTENCE_ENDS}{LINES}](?:(?<![{LINES}])[{SENTENCE_ENDS}]*+[{CLOSERS}]*+)?)(\s*+)")
OPENERS = "(\"'“‘«‹[{"
LONGEST = 24  # no abbreviation is longer

# Abbreviations before a name never end a sentence; before a number only some; the others do before a capital.
TITLES = _set(
    "jl jln gg kec kab kel prov ds dsn kp komp bpk bp sdr sdri tn ny nn yth ytc dr drg drs dra ir prof hj kh "
    "ust pt cv ud fa mr mrs ms mx st gen sgt capt lt rev vs cf dept e.g i.e a.n u.p d.a n.b s.d c.q q.q u.b viz"
)
NUMBERED = _set(
    "no nos nomor hlm pp pasal ayat vol bab fig gbr tab lamp blok pkl tgl tel telp fax ext ch eq ed"
)
TRAILING = _set(
    "dll dsb dst dkk tsb ttd spt etc al jr sr inc ltd co corp tbk rp usd km min max maks thn th bln hr ybs alm almh "
    "ket jan feb mar apr jun jul agt agu sep sept okt oct nov des dec approx"
)
DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")

# A clause opens at a word of contrast, wherever it stands; at a word that joins, before a subject; after a
# comma, unless the word clings to what stands before it.
TURNS = _set(
    "tapi tetapi tp namun sedangkan padahal makanya meskipun meski walaupun walau melainkan sebaliknya "
    "but although though whereas however nevertheless"
)
LINKS = _set(
    "dan terus trus lalu kemudian jadi jd maka cuma cuman sementara apalagi akhirnya lagian "
    "and so then plus while"
)
SUBJECTS = _set(
    "saya aku kami kita dia ia beliau mereka kamu kalian anda gue itu ini ada tidak nggak gak enggak ga belum "
    "sudah udah masih kalau kalo memang i we you he she it they there this these those not"
)
CLINGING = _set(
    "yang yg yaitu yakni misalnya seperti termasuk untuk supaya agar which who whom whose such including"
)
BREAK = re.compile(r"[,;—–…]|(?<=\s)--?(?=\s)|\.{3}")
SEPARATORS = " \t\n\r,;.—–-…"
CLAUSE_WORDS = 3


def sentences(text: str) -> list[Span]:
    """The sentences of a text as (start, end), without white space around; all else is in exactly one."""
    spans = []
    start = len(text) - len(text.lstrip())
    for found in END.finditer(text, start):
        if found.end() < len(text) and _ends(text, found):
            cut = found.end(1)
            while text[cut - 1].isspace():
                cut -= 1
            spans.append((start, cut))
            start = found.end()
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether an end mark or a line break, with more text after it, is the end of a sentence."""
    mark, space = found[1], found[2]
    after = text[found.end()]
    if mark == "." and space == " ":
        return not _abbreviates(text, found.start(), after)
    breaks = mark + space
    if mark in LINES or breaks.count("\n") > 1:
        # After one line break a small letter goes on with a wrapped line; after an empty line nothing does.
        return not after.islower() or breaks.count("\n") > 1 or breaks.count("\r") > 1
    if not space:
        return mark[0] in "।॥。！？" or _glued(text, found)
    if after.islower() and (mark[-1] in CLOSERS or mark[0] in "…‥" or mark.startswith("..")):
        return False  # "Kenapa?" katanya; ya ... gimana ya
    return mark != "." or not _abbreviates(text, found.start(), after)


def _glued(text: str, found: re.Match[str]) -> bool:
    """An end mark without a space, as in `ikut pelatihan.Terus kami`; not in `Ph.D` or a web address."""
    before = text[max(found.start() - 2, 0) : found.start()]
    after = text[found.end() : found.end() + 2]
    return before.isalpha() and before.islower() and after[0].isupper() and after[1:].islower()


def _abbreviates(text: str, period: int, after: str) -> bool:
    """Whether a period before a space belongs to an abbreviation, an initial or the number of a list."""
    token = text[max(period - LONGEST, 0) : period].rpartition(" ")[2].rpartition("\n")[2].lstrip(OPENERS)
    known = token.lower()
    if known in TITLES:
        return True
    if known in NUMBERED:
        return after.isdigit()
    if known in TRAILING or DOTTED.fullmatch(token):
        return not after.isupper()
    if len(token) == 1 and token.isalpha():
        return token != "I"
    if token.isdigit() and len(token) < 3:
        line = text[max(period - LONGEST, 0) : period - len(token)].rstrip(" \t")
        return not line or line[-1] in "\n\r"
    return False


def clauses(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The clauses of one sentence, each of three words or more, without the commas between them.

    Pieces that would be shorter stay with a neighbour; every word of the sentence is in exactly one clause.
    """
    end = len(text) if end is None else end
    parts = WORD.split(text[start:end])  # by turns what stands between words, and a word
    edges = [start, *(start + edge for edge in accumulate(map(len, parts)))]
    spans = []
    left, opened = start, 1
    for at in range(1 + 2 * CLAUSE_WORDS, len(parts) - 2 * CLAUSE_WORDS + 1, 2):
        gap, word = parts[at - 1], parts[at].lower()
        if gap == " " and word not in TURNS and word not in LINKS:
            continue
        if at - opened >= 2 * CLAUSE_WORDS and _opens(gap, word, parts[at + 2].lower()):
            broken = BREAK.search(gap)
            cut = broken.start() if broken else len(gap.partition(" ")[0])
            spans.append((left, edges[at - 1] + len(gap[:cut].rstrip())))
            left = edges[at] - len(gap[cut:].lstrip(SEPARATORS))
            opened = at
    spans.append((left, end))
    return spans


def _opens(gap: str, word: str, following: str) -> bool:
    """Whether a clause can begin at a word, by what stands before it, the word, and the word after it."""
    if word in TURNS:
        return True
    if word in LINKS and (following in SUBJECTS or (word.startswith("cuma") and following.endswith("nya"))):
        return True
    return word not in CLINGING and BREAK.search(gap) is not None
