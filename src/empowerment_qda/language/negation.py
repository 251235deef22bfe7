"""Which clause a word stands in, and whether a negator governs it there: docs/matching.md gives the rules.

Read from the order of words and from short lists of the words that make a difference, per language; nothing is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from .negation_words import WORDS
from .stems import LONGEST, lemma, primary
from .word import fold

(
    NEGATOR, TURN, ONLY, LINK, SUBJECT, EXISTS, FILLER, PARTICLE, PREPOSITION, BRIEF, LET_ALONE, PHRASE,
    NEVER, AGENT, UNREAL, WISHED, SUPPOSED, NEAR, HALF, ENDED, PAST, NOW, OURS, SHAM, SOURCE, EVEN, RELATIVE,
) = (1 << bit for bit in range(27))  # fmt: skip
"""What a word does in a clause (the lists of `negation_words`), as bits: one word may do several things."""
OPENING = TURN | ONLY | LINK | LET_ALONE
BREAK = re.compile(r"[,;:—–]|(?<=\s)--?(?=\s)")
ROOM = 1 << 16
LISTED = 3  # words that one thing of a list has at most
REACH = 3  # words that tanpa, kurang, without and no govern
AFTER = 8  # words behind a match among which the negator of its predicate stands
TOPIC = 5  # words of a topic, or of a short clause that takes back the one before it
MANY = 6  # negators of one clause that are looked at on each side, so that time stays linear


class Roles(dict[str, int]):
    """What the forms of words do in a clause of a language, as bits."""

    def __init__(self, language: str) -> None:
        self.lists = WORDS.get(language, {})
        names = ("negators", "turns", "only", "links", "subjects", "exists", "fillers", "particles", "prepositions",
                 "brief", "let_alone", "phrases", "never", "agents", "unreal", "wished", "supposed", "near", "halves", "ended",
                 "past", "now", "ours", "sham", "sources", "even", "relative")  # fmt: skip
        self.by_word: dict[str, int] = {}
        for bit, name in enumerate(names):
            for word in self.lists.get(name, "").split():
                self.by_word[word] = self.by_word.get(word, 0) | 1 << bit
        self.language = language
        self.exists = {lemma(word, language) for word in self.lists.get("exists", "").split()}
        self.endings = tuple(self.lists.get("endings", "").split())
        self.next = frozenset(_pairs(self.lists.get("idle_before", "")))
        self.previous = frozenset(self.lists.get("idle_after", "").split())
        self.alternatives = frozenset(self.lists.get("alternatives", "").split())
        self.asking = self.previous | self.alternatives | {"ya", "iya", "kan"}
        self.phrases = frozenset(_pairs(self.lists.get("fixed", "")))
        self.harmless = frozenset(_pairs(self.lists.get("harmless", "")))
        self.whole = frozenset(_pairs(self.lists.get("whole", "")))
        self.wholly = frozenset(_pairs(self.lists.get("wholly", "")))

    def __missing__(self, form: str) -> int:
        word = fold(form) if len(form) <= LONGEST else ""
        role = self.by_word.get(word, 0)
        for ending in self.endings:
            if not role and word.endswith(ending) and len(word) > len(ending) + 1:
                # n't negates whatever verb it hangs on; -lah and -nya (bukannya, belumlah) change nothing.
                role = NEGATOR if ending == "n't" else self.by_word.get(word.removesuffix(ending), 0)
        if not role and word and lemma(word, self.language) in self.exists:
            role = EXISTS
        if len(self) < ROOM and word:
            self[form] = role
        return role


def _pairs(listed: str) -> Iterable[tuple[str, str]]:
    """Such as `not: only just`, a line each: every word of the left with every one of the right."""
    for line in listed.strip().splitlines():
        left, _, right = line.partition(":")
        yield from ((one, other) for one in left.split() for other in right.split())


@cache
def roles_of(language: str) -> Roles:
    """The roles of words in a language; none but punctuation is known of other languages than id and en."""
    return Roles(primary(language))


def is_negator(word: str, language: str) -> bool:
    """Whether a word negates what it stands before.

    >>> [is_negator(word, "id") for word in ("nggak", "Bukannya", "mengurangi")]
    [True, True, False]
    """
    return bool(roles_of(language)[word] & NEGATOR)


class Clauses:
    """The clauses of one text. Words are numbered from 0; `gaps[n]` is what stands before word n, and `firsts` are the
    words that sentences begin with."""

    def __init__(
        self, forms: Sequence[str], gaps: Sequence[str], firsts: Sequence[int], language: str
    ) -> None:
        known = roles_of(language)
        self.forms, self.known = forms, known
        self.roles = list(map(known.__getitem__, forms))
        self.gaps, self.firsts = gaps, firsts
        self.negators = [n for n, role in enumerate(self.roles) if role & NEGATOR]

    @cached_property
    def cuts(self) -> set[int]:
        """The words that stand behind a comma or another mark."""
        return {n for n, gap in enumerate(self.gaps) if gap != " " and BREAK.search(gap)}

    @cached_property
    def opens(self) -> list[int]:
        """The words that clauses begin with."""
        self.opens = opens = [0]  # `_opens` looks at the clause that it is in
        words = [n for n, role in enumerate(self.roles) if role & OPENING]
        begins, last = set(self.firsts), len(self.forms)
        for n in sorted(begins.union(self.cuts, words)):
            if 0 < n < last and (n in begins or self._opens(n)):
                opens.append(n)  # noqa: PERF401
        return opens

    @cached_property
    def _marked(self) -> list[int]:
        """The same, and every mark: no gap crosses one."""
        return sorted(self.cuts.union(self.opens))

    def bounds(self, word: int) -> tuple[int, int]:
        """The first word of a word's clause, and the one behind its last."""
        at = bisect_right(self.opens, word)
        return self.opens[at - 1], self.opens[at] if at < len(self.opens) else len(self.forms)

    def is_one(self, left: int, right: int) -> bool:
        """Whether two words stand in one clause, with no comma between them."""
        return bisect_right(self._marked, left) == bisect_right(self._marked, right)

    def stop(self, left: int, right: int, named: int) -> int | None:
        """The negator that governs the words from `left` to `right`, `named` of which are negators themselves."""
        if not self.negators:
            return None  # the commonest case
        begin, end = self.bounds(left)
        at = bisect_left(self.negators, begin)
        if at == len(self.negators) or self.negators[at] > max(end + 2, right + AFTER):
            return None
        first, last = bisect_left(self.negators, left), bisect_right(self.negators, right)
        within = self.negators[first : min(last, first + MANY)]
        inside = [n for n in within if not self._is_idle(n, left, right)]
        if len(inside) < min(named, len(within)):  # tidak hanya didampingi
            return next(n for n in within if n not in inside)
        inside = [n for at, n in enumerate(inside) if not at or not self._is_stutter(inside[at - 1], n)]
        if len(inside) > named:
            return inside[0]
        before = [
            n
            for n in self.negators[max(0, first - MANY) : first]
            if n >= begin and not self._is_idle(n, left, right) and self._reaches(n, left)
        ]
        governing = self._uncancelled(before)
        if governing:
            return governing[-1]
        if named:  # nggak ada aturan yang nggak tertulis
            return next(
                (n for n in self.negators[last : last + 1] if n < end and self.roles[n - 1] & RELATIVE), None
            )
        return self._predicate(left, right)

    def is_pair(self, n: int, pairs: frozenset[tuple[str, str]]) -> bool:
        """Whether a word and the next are one of some fixed pairs."""
        return 0 <= n < len(self.forms) - 1 and (fold(self.forms[n]), fold(self.forms[n + 1])) in pairs

    def is_negated(self, n: int) -> bool:
        """Whether one of the two words before a word is a negator."""
        return any(role & NEGATOR for role in self.roles[max(n - 2, 0) : n])

    def fixed(self, left: int, right: int) -> str:
        """The fixed phrase that a word of a match is only part of (sort of); empty where there is none."""
        for n in range(left, right + 1) if self.known.phrases else ():
            if self.roles[n] & PHRASE:
                for at in (n - 1, n):
                    pair = tuple(fold(form) for form in self.forms[max(at, 0) : at + 2])
                    if pair in self.known.phrases:
                        return " ".join(pair)
        return ""

    def _opens(self, n: int) -> bool:
        """Whether a clause begins at a word that stands behind a mark, or joins."""
        role, before = self.roles[n], self.roles[n - 1]
        if role & LET_ALONE:  # tidak ada modul, apalagi pelatihan
            return not self._is_denied(n)
        if role & TURN:
            return True
        if role & ONLY:  # tidak ada apa-apa, cuma modul; but tidak cuma modul
            if before & (FILLER | PARTICLE) and n > 1:
                before |= self.roles[n - 2]  # tidak lagi hanya di Tuntungan
            return not before & NEGATOR or n in self.cuts
        if role & LINK and self.is_pair(n - 1, self.known.harmless):
            return False  # bulan lalu
        if role & LINK and n + 1 < len(self.roles) and self.roles[n + 1] & (SUBJECT | NEGATOR):
            # Jarang dan tidak tentu; but belum sampai sini.
            return not before & NEGATOR or bool(self.roles[n + 1] & NEGATOR) or n in self.cuts
        return n in self.cuts and not ("," in self.gaps[n] and self._is_denied(n) and self._goes_on(n))

    def _is_denied(self, n: int) -> bool:
        """Whether the clause so far holds a negator."""
        at = bisect_left(self.negators, n)
        return at > 0 and self.negators[at - 1] >= self.opens[-1]

    def _goes_on(self, n: int) -> bool:
        """Whether what stands behind a comma is only the next thing of a list that a negator opens."""
        begin = self.opens[-1]
        head = next((at for at in range(begin, min(begin + 4, n)) if not self.roles[at] & SUBJECT), n)
        if not self.roles[head] & NEGATOR or self._is_idle(head, n, n):
            return False
        verb = self._skip(head + 1, n)
        alike = verb < n and fold(self.forms[verb])[:2] == fold(self.forms[n])[:2]  # tidak dilatih, dibina
        there = self.roles[head] & BRIEF or any(role & EXISTS for role in self.roles[begin:head])
        if not (alike or there or (verb + 1 < n and self.roles[verb] & EXISTS)):
            return False  # tidak bayar, didampingi terus; modul tidak ada, pelatihan ada
        for at in range(n, min(n + LISTED + 1, len(self.roles))):
            if at > n and (at in self.cuts or self.gaps[at].strip(" ")):
                return True
            if at == n + LISTED or self.roles[at] & (SUBJECT | EXISTS | NEGATOR | TURN | ONLY):
                return False
        return True

    def _is_idle(self, n: int, left: int, right: int) -> bool:
        """Whether a negator is part of a phrase that negates nothing (tidak hanya, mau tidak mau), outside a match."""
        kind = self.lists_kind(fold(self.forms[n]))
        after = fold(self.forms[n + 1]) if n + 1 < len(self.forms) and n + 1 not in self.cuts else ""
        before = fold(self.forms[n - 1]) if n else ""
        if n + 1 not in (left, right) and (kind, after) in self.known.next:
            return True
        if after and self.roles[n + 1] & FILLER and n + 2 < len(self.forms) and n + 2 not in (left, right):
            beyond = fold(self.forms[n + 2])  # tidak pernah bosan
            if (kind, beyond) in self.known.next:
                return True
        # Laku atau tidak; but tidak jelas atau tidak ada; mati, atau tidak jalan.
        if before in self.known.alternatives:
            denied = any(role & NEGATOR for role in self.roles[max(n - 1 - LISTED, 0) : n - 1])
            return not denied and n - 1 not in self.cuts
        return before in self.known.previous or (bool(before) and before == after)

    def lists_kind(self, word: str) -> str:
        """The name under which phrases of a negator are listed: `bukan`, `tanpa`, `no`, or `*` for all others."""
        for kind in ("bukan", "tanpa", "kurang", "no", "without", "never"):
            if word == kind or word in (kind + "nya", kind + "lah"):
                return kind
        return "*"

    def _reaches(self, n: int, left: int) -> bool:
        """Whether a negator governs as much as lies between it and a match: tanpa and no govern a few words."""
        if not self.roles[n] & BRIEF or left - n <= REACH:
            return True
        light = FILLER | PARTICLE | EXISTS  # tanpa ada satu orang pun yang mendampingi
        return left - n <= 3 * REACH and sum(not role & light for role in self.roles[n + 1 : left]) < REACH

    def _is_stutter(self, one: int, other: int) -> bool:
        return other == one + 1 and fold(self.forms[one]) == fold(self.forms[other])

    def _uncancelled(self, negators: list[int]) -> list[int]:
        """Negators without those that a second one takes back: bukan tidak pernah, nggak ada yang nggak."""
        kept: list[int] = []
        for n in negators:
            if kept and self._is_stutter(kept[-1], n):
                kept[-1] = n
            elif (
                kept
                and n - kept[-1] <= 3
                and all(role & (FILLER | EXISTS | PARTICLE) for role in self.roles[kept[-1] + 1 : n])
            ):
                kept.pop()
            else:
                kept.append(n)
        return kept

    def _predicate(self, left: int, right: int) -> int | None:
        """The negator behind a match that says that it is not there: pelatihan belum pernah ada."""
        begin, end = self.bounds(right)
        timed = TURN | PREPOSITION  # pendampingan sesudah kelas nggak ada
        if end < len(self.forms) and self.roles[end] & timed == timed and end not in self.cuts:
            end = self.bounds(end)[1]
        found = bisect_right(self.negators, right)
        if found < len(self.negators) and (n := self.negators[found]) < min(end, right + 1 + AFTER):
            agent = any(role & AGENT for role in self.roles[max(left - 1, begin) : right + 1])
            if agent and not self._is_idle(n, -1, -1) and not self.roles[n - 1] & RELATIVE:
                return n  # petugas pendamping tidak mampir
            if any(role & EVEN for role in self.roles[right + 1 : n]) and not self._is_idle(n, -1, -1):
                return n  # mengadakan bimtek saja dinas tidak sanggup
            return n if self._denies(n, right + 1, end) else None
        # The topic first, and what is said of it behind a comma: kalau pelatihan, belum pernah.
        topic = end - begin <= TOPIC and not any(role & (EXISTS | NEGATOR) for role in self.roles[begin:end])
        if not topic or end == len(self.forms) or not set(self.gaps[end]) & set(",?:"):
            return None
        n = next(
            (at for at in range(end, min(end + 3, len(self.forms))) if not self.roles[at] & SUBJECT), end
        )
        return n if self.roles[n] & NEGATOR and self._denies(n, n, self.bounds(n)[1], apart=True) else None

    def _denies(self, n: int, since: int, end: int, *, apart: bool = False) -> bool:
        """Whether a negator says, with no other object, that what stands before it is not there, or not at all."""
        between = self.roles[since:n]  # modul yang mau dikirim tidak ada
        if any(role & EXISTS for role in between) and not any(role & RELATIVE for role in between):
            return False
        at = self._skip(n + 1, end)
        if at >= end:
            asked = n > 0 and fold(self.forms[n - 1]) in self.known.asking
            return not asked and not self._is_idle(n, -1, -1)
        if self.roles[n + 1] & SOURCE:
            return True  # mesin itu bukan dari dinas
        if self.roles[n] & BRIEF or self.roles[at] & NEGATOR:
            return False
        if (
            not apart
            and any(role & (NEVER | OURS) for role in self.roles[n:at])
            and not self._is_idle(n, -1, -1)
        ):
            return True  # whatever it is that is never done, or not by us
        if not self.roles[at] & EXISTS:
            return False
        agent = fold(self.forms[at]).startswith("di")  # tidak diadakan dinas
        at = self._skip(at + 1, end)
        return at + agent >= end or bool(self.roles[at] & PREPOSITION)

    def _skip(self, at: int, end: int) -> int:
        """The next word that is neither a filler nor a particle."""
        while at < end and self.roles[at] & (FILLER | PARTICLE) and not self.roles[at] & (EXISTS | NEGATOR):
            at += 1
        return at
