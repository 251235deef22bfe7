"""The key from names to pseudonyms, and texts in which names are replaced, with the way from each place in the old text to
the new one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from empowerment_qda.anchors.normal_forms import Fold, folded

CLITICS = "nya|ku|mu|lah|kah|tah|pun"
"""What Indonesian writes behind a name as one word with it: Sarinya, Sari-lah."""
_CLITIC = re.compile(f"(?i:{CLITICS})")
_LETTER, _MARKS = r"[^\W_]", "\u0300-\u036f"
_NOT_BEHIND = rf"(?<!{_LETTER})(?<![{_MARKS}])(?<!{_LETTER}')"
_NO_MORE = rf"(?![^\W_{_MARKS}]|[{_MARKS}]|'(?!s(?!{_LETTER})){_LETTER})"
_HYPHENS = re.compile("[-\u2010\u2011]")
_JOINT = re.compile("[-_.\u2010\u2011]")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u02bc\u02bb\u02b9\u2018\u201b\u00b4`", "\u2019"))
"""What keyboards write in names for an apostrophe; one sign each, so that places stay."""
KINDS: dict[str, re.Pattern[str]] = {
    "identity number": re.compile(r"(?<!\d)(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4})(?!\d)"),
    "e-mail": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    "telephone": re.compile(r"(?<![\d+])(?:\+\d{1,3}|\(?0\d{2,3}\)?)[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?!\d)"),
    "number plate": re.compile(
        r"(?<![^\W_])(?:[ABDEFGHKLMNPRSTWZ]|A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNRSTW]|E[ABD]|K[BHTU]|P[ABGSTY])"
        r"([ -]?)\d{1,4}\1[A-Z]{1,3}(?![^\W_])"
    ),
}  # fmt: skip
"""What has a form of its own by which it is known."""
_PLACES = (
    "Jalan Jln Jl Gang Gg Lorong Kelurahan Kel Kecamatan Kec Desa Dusun Kampung Kampong Kota Kabupaten Kab Provinsi Pulau "
    "Perumahan Komplek Kompleks Pasar Lingkungan Street Road Village District"
)
PLACES = frozenset(_PLACES.split())
"""Words before the name of a place."""


class Edit(NamedTuple):
    """A name that was replaced: where it stood, and where the pseudonym stands."""

    start: int
    end: int
    new_start: int
    new_end: int


class Replaced(NamedTuple):
    """A text after names were replaced."""

    text: str
    edits: tuple[Edit, ...] = ()

    def move(self, place: int, *, end: bool = False) -> int:
        """Where a place of the old text is now. One inside a name goes to the beginning of the pseudonym, or with `end` to its
        end.

        >>> made = Replaced("Ani came", (Edit(0, 9, 0, 3),))
        >>> made.move(4), made.move(4, end=True), made.move(12)
        (0, 3, 6)
        """
        by = 0
        for one in self.edits:
            if place < one.end or (end and place <= one.start):
                if place <= one.start:
                    break
                return one.new_end if end else one.new_start
            by = one.new_end - one.end
        return place + by


class Found(NamedTuple):
    """A name of the key in a text, and its place."""

    name: str
    start: int
    end: int


class Pseudonyms:
    """The key: names with their pseudonyms, as written; several names may have one pseudonym.

    A name is found as whole words, in the case that it is written in, whatever the white space, the kind of apostrophe or the
    way an accent is written, and with `-`, `_` or `.` for a space, as ids have it; the longest first. Clitics behind it stay.
    """

    def __init__(self, key: Mapping[str, str]) -> None:
        self.key = dict(key)
        self._names = {_plain(name): name for name in key}
        self._joined = {_split(plain): name for plain, name in self._names.items()}
        behind = rf"(?=(?:-?(?i:{CLITICS})){{0,2}}{_NO_MORE})"
        self._pattern = re.compile(f"{_NOT_BEHIND}(?:{_list(self._names)}){behind}") if key else None
        words = [tuple(one.split()) for one in self._names]
        self._heads = {one[:number] for one in words for number in range(1, len(one))}
        self._tails = {one[number:] for one in words for number in range(1, len(one))}

    def find(self, text: str) -> Iterator[Found]:
        """The names in a text, in their order; none overlaps another."""
        if self._pattern is None or not text:
            return
        fold = Fold(text.translate(_APOSTROPHES))
        for found in self._pattern.finditer(fold.text):
            start, end = found.span()
            if not fold.divides(start) and not fold.divides(end) and not _is_a_word(fold.text, start, end):
                plain = _plain(found[0])
                name = self._names.get(plain) or self._joined[_split(plain)]
                yield Found(name, *fold.origin(start, end))

    def replace(self, text: str) -> Replaced:
        """The text with pseudonyms in place of names."""
        parts: list[str] = []
        edits = []
        done = size = 0
        for name, start, end in self.find(text):
            new = self.key[name]
            joined = _JOINT.search(text, start, end)
            if joined and " " in _plain(name) and " " not in _plain(text[start:end]):
                new = joined[0].join(new.split())  # an id stays one word
            size += start - done
            edits.append(Edit(start, end, size, size + len(new)))
            parts += [text[done:start], new]
            done, size = end, size + len(new)
        return Replaced("".join([*parts, text[done:]]), tuple(edits)) if edits else Replaced(text)

    def write(self, text: str) -> str:
        """The text alone."""
        return self.replace(text).text

    def drop_ends(self, text: str) -> str:
        """The words noted beside a passage, without the part of a name that was cut off at either end of them."""
        words = text.split()
        bare = [_plain(one.strip(".,;:!?\"'()")) for one in words]
        first = max(
            (size for size in range(1, len(words) + 1) if tuple(bare[:size]) in self._tails), default=0
        )
        last = max(
            (size for size in range(1, len(words) - first + 1) if tuple(bare[-size:]) in self._heads),
            default=0,
        )
        return " ".join(words[first : len(words) - last]) if first or last else text


def _list(names: Iterable[str]) -> str:
    """The names as alternatives, longer ones before shorter ones. Those that begin alike stand together, so that few are tried
    at each place of a text."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda one: (-len(one), one)):
        groups[name[:2]].append(_escape(name))
    ordered = sorted(groups, key=lambda one: (-len(one), one))
    return "|".join(f"(?={_escape(one)})(?:{'|'.join(groups[one])})" for one in ordered)


def _escape(name: str) -> str:
    hyphens = "\\-\u2010\u2011"
    forms = {" ": f"[ _.{hyphens}]", "-": f"[{hyphens}]"}
    return "".join(forms.get(sign) or re.escape(sign) for sign in _HYPHENS.sub("-", name))


def _split(plain: str) -> str:
    """A name with spaces where others join its words."""
    return _JOINT.sub(" ", plain)


def _plain(name: str) -> str:
    return _HYPHENS.sub("-", folded(name.translate(_APOSTROPHES)))


def _is_a_word(text: str, start: int, end: int) -> bool:
    """Whether a name and the clitic behind it are an ordinary word, as Bu in Buku."""
    found = _CLITIC.match(text, end)
    return found is not None and is_listed(text[start : found.end()])


def is_listed(word: str) -> bool:
    """Whether a word stands in the list of Indonesian words. Many names are words too (Indah, beautiful), and the list holds
    frequent names, so that this alone tells no name from a word.

    >>> is_listed("Indah"), is_listed("Xyzzy")
    (True, False)
    """
    return word.lower() in _listed()


@cache
def _listed() -> frozenset[str]:
    from empowerment_qda.language.indonesian import lexicon

    return lexicon().roots | frozenset(lexicon().forms)


def kind_of(name: str) -> str:
    """What a name of the key is, by its form: a key of KINDS, `place` behind a word that names one, else `name`.

    >>> kind_of("0812-3456-7890"), kind_of("BK 1234 XY"), kind_of("Jalan Mawar"), kind_of("Sari Dewi")
    ('telephone', 'number plate', 'place', 'name')
    """
    for kind, pattern in KINDS.items():
        if pattern.fullmatch(name.strip()):
            return kind
    return "place" if name.split()[0].rstrip(".") in PLACES else "name"
