"""The affixes of Indonesian: every way to take them off a word, as it is written and as it is spoken.

What a prefix melts away is put back (menulis: t-ulis), so a piece may hold a letter that the word does not
show; such letters count as lent. Which affixes there are, what they do to a root and which exclude each other:
Adriani et al., Stemming Indonesian, ACM TALIP 6(4), 2007.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

# (affix, what is left of the word without it, letters lent)
Piece = tuple[str, str, int]
# Prefixes from the outermost in, such as ("pe", "be") of pemberdayaan.
Prefixes = tuple[str, ...]

VOWELS = frozenset("aeiou")
PARTICLES = ("lah", "kah", "tah", "pun")
OWNERS = ("nya", "ku", "mu")
# Which prefix may stand inside which: memper-, keter-, kepem- ...
INSIDE = {
    "di": ("per", "be", "ke", "pe", "se"),
    "me": ("per", "be", "ke", "pe", "se"),
    "ke": ("per", "be", "te", "pe", "se", "re"),
    "se": ("per", "be", "te", "pe", "ke", "re"),
    "be": ("per", "te", "pe", "ke", "se"),
    "te": ("per", "be", "pe", "ke", "se"),
    "pe": ("per", "be", "ke", "se"),
    "per": ("be", "ke", "se"),
    "ku": ("per", "pe"),
    "re": (),
    "ng": ("per", "be", "ke", "se"),
}
# Outermost prefixes and suffixes that never go together.
EXCLUDED = {
    "be": ("i",),
    "di": ("an",),
    "ke": ("i", "kan"),
    "ku": ("an",),
    "me": ("an",),
    "pe": ("i", "kan"),
    "se": ("i", "kan"),
    "te": ("an",),
}


def bases(word: str) -> list[str]:
    """The word, and the word without particle, possessive, or both."""
    found = [word, *(word[:-3] for particle in PARTICLES if word.endswith(particle))]
    for base in tuple(found):
        found.extend(base.removesuffix(owner) for owner in OWNERS if base.endswith(owner))
    return found


def unprefixed(
    word: str, prefixes: Callable[[str], Iterator[Piece]]
) -> Iterator[tuple[str, Prefixes, int, int]]:
    """The word without none to three prefixes: (what is left, the prefixes in order, how many, letters lent)."""
    stack: list[tuple[str, Prefixes, int]] = [(word, (), 0)]
    while stack:
        word, taken, lent = stack.pop()
        yield word, taken, len(taken), lent
        if len(taken) < 3 and len(word) > 3:
            for prefix, rest, lends in prefixes(word):
                if not taken or prefix in INSIDE[taken[-1]]:
                    stack.append((rest, (*taken, prefix), lent + lends))


def derivation(taken: Prefixes, suffix: str) -> str:
    """What affixes make another word of their root, and which: empty where they only inflect it.

    Another word: -an, ke-...-an, pe-, pe-...-an, per-...-an, se-, re-. The same word: di-, me-, ber-, ter-, ku-, -kan,
    -i, spoken ke- and -in, and ber-...-an, which is said of several (bersaingan).

    >>> derivation(("pe",), "an"), derivation(("me",), "kan"), derivation(("me", "per"), "i")
    ('pe-an', '', '')
    """
    first = taken[0] if taken else ""
    if first in ("pe", "per", "se", "re") or (suffix == "an" and first != "be"):
        return "-".join((*taken, suffix))
    return ""


def suffixes(word: str) -> Iterator[Piece]:
    """Without -kan, -an or -i; the k of -kan may be the root's own (gerak-an, kata-kan)."""
    yield "", word, 0
    if word.endswith("kan"):
        yield "kan", word[:-3], 0
        yield "an", word[:-2], 1
    elif word.endswith("an"):
        yield "an", word[:-2], 0
    elif word.endswith("i"):
        yield "i", word[:-1], 0


def spoken_suffixes(word: str) -> Iterator[Piece]:
    """The same, and without the -in that speech has for -kan and -i (bantuin, selesain)."""
    yield from suffixes(word)
    if word.endswith("in"):
        yield "in", word[:-2], 0
        if word.endswith("ain"):
            yield "in", word[:-1], 0


def prefixes(word: str) -> Iterator[Piece]:
    """Without one prefix of written Indonesian, each way it can be seen."""
    head, rest, third = word[:2], word[2:], word[2:3]
    if word[1:2] == "e" and word[0] == third and len(word) > 5:
        yield (
            "re",
            rest,
            0,
        )  # reruntuhan, bebatuan; first, so that of readings alike ke-kurang-an is preferred
    if head in ("di", "ke", "se", "ku"):
        yield head, rest, 0
    elif word.startswith("kau"):
        yield "ku", word[3:], 0
    elif head in ("be", "te"):
        if third == "r":
            yield head, rest[1:], 0
            yield head, rest, 1
        elif rest == "lajar":
            yield head, "ajar", 0
        elif rest[1:3] == "er":
            yield head, rest, 0
    elif head in ("me", "pe"):
        yield from _melting(head, rest)


def _melting(head: str, rest: str) -> Iterator[Piece]:
    """Without me- or pe-, which turn k, p, s and t into ng, m, ny and n."""
    first, after = rest[:1], rest[1:]
    if head == "pe" and (first == "r" or rest.startswith("lajar")):
        yield "per", after, 0
    if head == "pe" and first == "r":
        yield head, rest, 1
    elif first not in VOWELS and (head == "pe" or first in "lrwymn"):
        yield head, rest, 0
    if rest.startswith("ng"):
        yield from _velar(head, rest[2:])
    elif rest.startswith("ny"):
        yield head, "s" + rest[2:], 1
    elif first in ("m", "n"):
        if after[:1] in VOWELS:
            yield head, ("p" if first == "m" else "t") + after, 1
        else:
            yield head, after, 0


def _velar(prefix: str, rest: str) -> Iterator[Piece]:
    """What may follow ng-: any root, one that begins with k, or one of a single syllable after nge-."""
    yield prefix, rest, 0
    if rest[:1] in VOWELS:
        yield prefix, "k" + rest, 1
    if rest.startswith("e"):
        yield prefix, rest[1:], 0


def spoken_prefixes(word: str) -> Iterator[Piece]:
    """The same, and without what speech leaves of me-: ng-urus, nge-latih, ny-oba, n-unggu, m-akai."""
    yield from prefixes(word)
    if word.startswith("ng"):
        yield from _velar("ng", word[2:])
    elif word.startswith("ny"):
        yield "ng", "s" + word[2:], 1
        yield "ng", "c" + word[2:], 2
    elif word[0] in "mn":
        if word[1:2] in VOWELS:
            yield "ng", ("p" if word[0] == "m" else "t") + word[1:], 1
        else:
            yield "ng", word[1:], 0


def spellings(word: str) -> Iterator[str]:
    """The word, and how it is written where the ear hears dapet, pake, kalo, itung."""
    yield word
    if word[-2:-1] == "e" and word[-1] not in VOWELS:
        yield word[:-2] + "a" + word[-1]
    elif word.endswith("eng"):
        yield word[:-3] + "ang"
    elif word.endswith("e"):
        yield word[:-1] + "ai"
    elif word.endswith("o"):
        yield word[:-1] + "au"
    if word[:1] in VOWELS and len(word) > 3:
        yield "h" + word
