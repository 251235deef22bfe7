"""A document of Word that `word_transcript.py` wrote, as it comes back: which source it is, what its comments were, where its
turns stand, and which words of the study those are now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from empowerment_qda.exchange.archive import parse_xml, read_member
from empowerment_qda.exchange.placing import SourceWords
from empowerment_qda.exchange.project import Project
from empowerment_qda.exchange.word import open_word
from empowerment_qda.exchange.word_comments import Comment, read_comments, read_project
from empowerment_qda.exchange.word_transcript import (
    BOOKMARK,
    CODINGS,
    SOURCE,
    TURNS,
    digest,
    find_letters,
    what_is_seen,
)
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.source import Source, Span
from empowerment_qda.text import one_line

_BOOKMARK = re.compile(BOOKMARK.format(turn=r"(\d{1,9})", digest="([0-9a-f]{8})"))
_KEPT = re.compile(r"(\S+) (\d+\.\d+-\d+\.\d+) ([0-9a-f]{8}) ([0-9a-f]{8})")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
"""Words with the signs at them; of scripts that part no words, the characters."""
MOST_WORDS = 3_000
"""Words of a turn that are compared; in more, what stands between the first and the last difference counts as changed."""
AROUND = 120
"""Characters around words by which equal ones are told apart."""
NOBODY = "it stands on nobody's words, such as a name or a heading"


class Kept(NamedTuple):
    """What a document keeps of a coding as it went out: its place, and digests of its code and memo."""

    place: str
    code: str
    memo: str


class ReturnedTurn(NamedTuple):
    """A turn in a document: the digest of its words as they went out, and where its words stand in the text now."""

    digest: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Returned:
    """A document: the id of its source, its text, its comments, its turns by number, and the codings that went out by id."""

    source: str
    text: str
    comments: tuple[Comment, ...]
    turns: dict[int, ReturnedTurn]
    kept: dict[str, Kept]
    length: int
    """How many turns went out."""


def read_commented(name: str, data: bytes, known: Collection[str] = ()) -> Returned | Project:
    """A document that a study wrote; of any other what `read_project` makes of its comments. Unreadable where it cannot be
    read."""
    return read_returned(data) or read_project(name, data, known)


def read_returned(data: bytes) -> Returned | None:
    """A document that a study wrote; None for any other."""
    archive = open_word(data)
    if "docProps/custom.xml" not in archive.namelist():
        return None
    properties = {
        one.get("name", ""): "".join(one.itertext()).strip()
        for one in parse_xml(read_member(archive, "docProps/custom.xml"))
    }
    length = re.fullmatch(r"[0-9]{1,6}", properties.get(TURNS, ""))
    if not properties.get(SOURCE) or not length:
        return None
    document, comments = read_comments(data)
    text, marks = document.text, document.bookmarks
    labels = sorted(
        (start, end, found) for name, (start, end) in marks.items() if (found := _BOOKMARK.fullmatch(name))
    )
    ends = [start for start, _, _ in labels[1:]] + [len(text)]
    kept = "".join(value for name, value in properties.items() if name.startswith(f"{CODINGS}-"))
    return Returned(
        properties[SOURCE],
        text,
        tuple(comments),
        {
            int(found[1]): ReturnedTurn(found[2], start, end)
            for (_, start, found), end in zip(labels, ends, strict=False)
            if 0 < int(found[1]) <= int(length[0])
        },
        {
            found[1]: Kept(*found.groups()[1:])
            for one in kept.split(";")
            if (found := _KEPT.fullmatch(one.strip()))
        },
        int(length[0]),
    )


def take_mark(comment: Comment, kept: Mapping[str, Kept]) -> tuple[str, str, str]:
    """The id of the coding that a comment was (empty for a new one), its first line, and its memo with the replies."""
    lines = comment.text.strip().split("\n")
    id_ = ""
    for at in range(len(lines) - 1, -1, -1):
        mark = lines[at].strip()
        if mark[:1] + mark[-1:] == "[]" and mark[1:-1] in kept:
            id_ = lines.pop(at).strip()[1:-1]
            break
    first, *rest = "\n".join(lines).strip().split("\n")
    replies = (f"{author}: {text.strip()}" for author, text in comment.replies)
    return id_, first.strip(), "\n".join(filter(None, ["\n".join(rest).strip(), *replies]))


class CodeNames:
    """All that codes are called: ids that they have or had, labels in every language, paths, and labels with ids behind them."""

    def __init__(self, book: Codebook) -> None:
        self._book = book
        self._known: dict[str, set[str]] = defaultdict(set)
        for code, place in book.places.items():
            labels = [one.label.root.values() if one.label else [one.id] for one in place.line]
            for name in (code, place.path, *labels[-1], " > ".join(next(iter(one)) for one in labels)):
                self._known[_fold(name)].add(code)
        for old, now in book.former.items():
            self._known.setdefault(_fold(old), {now})

    def find(self, line: str) -> tuple[list[str], str]:
        """The codes that a line names, several with `;` or `,` between; or none, and what is unclear where something is."""
        unclear = ""
        for sign in ("\n", ";", ","):
            parts = [part.strip() for part in line.split(sign) if part.strip()]
            found = [self._find(part) for part in parts]
            if found and all(len(one) == 1 for one in found):
                return list(dict.fromkeys(code for one in found for code in one)), ""
            several = next((one for one in found if len(one) > 1), None)
            if several and all(found) and not unclear:
                unclear = f"its first line may mean any of {', '.join(sorted(several))}"
        return [], unclear

    def _find(self, name: str) -> set[str]:
        if known := self._known.get(_fold(name)):
            return known
        behind = re.fullmatch(r"(.*?)\s*\(([^()]+)\)", name)
        if behind is None or len(of_id := self._known.get(_fold(behind[2]), set())) != 1:
            return set()
        of_label = self._known.get(_fold(behind[1]), set())
        return of_id if of_id <= of_label else of_id | of_label

    def is_code(self, code: str, kept: str) -> bool:
        """Whether a digest is that of a code, by its id or one that it had."""
        return kept in {digest(code), *(digest(old) for old, now in self._book.former.items() if now == code)}


def _fold(name: str) -> str:
    return one_line(name).casefold()


class Found(NamedTuple):
    """Where a range of the document is: the span in the study, or why there is none; and its place in the transcript as that
    went out, empty where nobody can tell."""

    span: Span | None
    place: str = ""
    why_not: str = ""


class ChangedTurn(NamedTuple):
    """A turn whose words were changed in Word: its number in the study (none where the study has it no more), the words there
    and in the document, empty where they are gone."""

    number: int | None
    here: str
    there: str


class _Block(NamedTuple):
    """A stretch of letters in the document, the one that it is in the study, and whether they are the same."""

    first: int
    last: int
    start: int
    stop: int
    same: bool


class _Turn(NamedTuple):
    """A turn of the document: its number there and in the study, whether its words are those that went out in the document
    (`kept`) and in the study (`same`), and how its letters lie to those of the study."""

    out: int
    now: int | None
    kept: bool
    same: bool
    blocks: list[_Block]

    def lead(self, at: int, *, end: bool) -> int | None:
        """The letter of the study's turn before which words begin, or end, that do so in the document; None within what differs."""
        for one in self.blocks:
            if one.first < at <= one.last if end else one.first <= at < one.last:
                if one.same:
                    return one.start + at - one.first
                return (
                    (one.stop if at == one.last else None)
                    if end
                    else (one.start if at == one.first else None)
                )
        return None


class ReturnedWords:
    """The words of a document beside those that its source has now."""

    def __init__(self, back: Returned, source: Source) -> None:
        self.source, self._text = source, back.text
        self.changed: list[ChangedTurn] = []
        self.edited: list[int] = []
        """Turns that the study changed since the document went out."""
        self._letters = [find_letters(turn.text) for turn in source.turns]
        self._turns: list[_Turn] = []
        self._at: list[int] = []
        """Each letter of the document's turns, in order, and the turn that it is in with the number of its first letter."""
        self._in: list[tuple[int, int]] = []
        digests = [digest(turn.text) for turn in source.turns]
        now = _pair_turns(back, digests)
        gone = [number for number in range(1, back.length + 1) if number not in back.turns and back.turns]
        for number in gone:
            if found := now.get(number):
                self.changed.append(ChangedTurn(found, source.turns[found - 1].text, ""))
        for number, turn in sorted(back.turns.items(), key=lambda one: one[1].start):
            self._add(number, turn, now.get(number), digests)

    def _add(self, number: int, turn: ReturnedTurn, now: int | None, digests: Sequence[str]) -> None:
        words = self._text[turn.start : turn.end]
        here = self.source.turns[now - 1].text if now else ""
        kept, same = digest(words) == turn.digest, now is not None and digests[now - 1] == turn.digest
        if not kept and digest(words) != digest(here):
            self.changed.append(ChangedTurn(now, here, words.strip()))
        elif not same:
            self.edited.append(now or number)
        found = find_letters(words)
        self._in += [(len(self._turns), len(self._at))] * len(found)
        self._at += [turn.start + at for at in found]
        self._turns.append(_Turn(number, now, kept, same, _align(words, here)))

    @cached_property
    def words(self) -> SourceWords:
        """The source, ready to find words in."""
        return SourceWords(self.source)

    def find(self, start: int, end: int) -> Found:
        """Where a range of the document's text is."""
        first, last = bisect_left(self._at, start), bisect_left(self._at, end) - 1
        if not self._turns:  # a program dropped the bookmarks
            return self._look_for(start, end, "")
        if first > last:
            return Found(
                None, "", NOBODY if self._text[start:end].strip() else "the comment stands on no words"
            )
        (head, head_at), (tail, tail_at) = self._in[first], self._in[last]
        start_at, end_at = first - head_at, last - tail_at + 1
        opening, closing = self._turns[head], self._turns[tail]
        begins, stops = opening.lead(start_at, end=False), closing.lead(end_at, end=True)
        out = (_place_out(opening, start_at, begins), _place_out(closing, end_at, stops))
        place = f"{opening.out}.{out[0]}-{closing.out}.{out[1]}" if None not in out else ""
        if begins is not None and stops and opening.now and closing.now:
            letters, others = self._letters[opening.now - 1], self._letters[closing.now - 1]
            span = Span(opening.now, letters[begins], closing.now, others[stops - 1] + 1)
            if span[:2] < span[2:]:
                return Found(span, place)
        return self._look_for(start, end, place)

    def _look_for(self, start: int, end: int, place: str) -> Found:
        """Where words are by themselves and by what stands around them."""
        before, after = self._text[max(start - AROUND, 0) : start], self._text[end:][:AROUND]
        placed = self.words.find(self._text[start:end], before, after)
        return Found(placed.span, place, placed.why_not)


def _pair_turns(back: Returned, digests: Sequence[str]) -> dict[int, int]:
    """The turn of the study that each turn of the document is: turns may have come between, or gone."""
    out = [back.turns[number].digest if number in back.turns else "" for number in range(1, back.length + 1)]
    pairs: dict[int, int] = {}
    for _, a, b, c, d in SequenceMatcher(None, out, digests, autojunk=False).get_opcodes():
        pairs |= dict(zip(range(a + 1, b + 1), range(c + 1, d + 1), strict=False))
    return pairs


def _place_out(turn: _Turn, at: int, now: int | None) -> int | None:
    """How many letters of a turn, as it went out, stood before a place of it."""
    return at if turn.kept else now if turn.same else None


def _align(words: str, here: str) -> list[_Block]:
    """How the letters of a turn in the document lie to those of the study, stretch by stretch."""
    old, new = (_WORD.findall(what_is_seen(one)) for one in (words, here))
    theirs, ours = ([0, *accumulate(map(len, one))] for one in (old, new))
    head = _count_alike(old, new)
    tail = _count_alike(old[head:][::-1], new[head:][::-1])
    inner = old[head : len(old) - tail], new[head : len(new) - tail]
    steps = [(0, len(inner[0]), 0, len(inner[1]))]
    if max(map(len, inner)) <= MOST_WORDS:
        steps = [step[1:] for step in SequenceMatcher(None, *inner, autojunk=False).get_opcodes()]
    blocks = [_Block(0, theirs[head], 0, ours[head], True)]
    for a, b, c, d in steps:
        blocks += _align_letters(
            old[head + a : head + b], new[head + c : head + d], theirs[head + a], ours[head + c]
        )
    blocks.append(_Block(theirs[len(old) - tail], theirs[-1], ours[len(new) - tail], ours[-1], True))
    return blocks


def _align_letters(old: Sequence[str], new: Sequence[str], first: int, start: int) -> Iterator[_Block]:
    """The stretches of letters in words that may differ: what they begin with, what they end with, and between these."""
    theirs, ours = "".join(old), "".join(new)
    head = _count_alike(theirs, ours)
    tail = _count_alike(theirs[head:][::-1], ours[head:][::-1])
    last, stop = len(theirs) - tail, len(ours) - tail
    for a, b, c, d, same in (
        (0, head, 0, head, True),
        (head, last, head, stop, False),
        (last, last + tail, stop, stop + tail, True),
    ):
        yield _Block(first + a, first + b, start + c, start + d, same)


def _count_alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words, or letters, both begin with."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))
