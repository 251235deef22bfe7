"""Transcripts edited at random, every character followed to where it goes: what a coding should find is known."""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import kit
from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.anchors.fuzzy_match import distances
from empowerment_qda.model.source import Span

_LETTERS = 0x4000  # stand for the characters of a passage, each for one
BESIDE = 25  # visible characters beside a passage: about six words
REAL = sorted((kit.SHARED / "samples/pdpilot/extracted").glob("P*.txt"))
SHARES = [0, 0, 0, 0.04, 0.09, 0.09, 0.3, 1]  # of a passage's characters, that are edited; all: taken away
NAMES = ["Sari", "Budi", "Tono", "the course", "Medan"]


class Mark(NamedTuple):
    """Where a character stood before the edits; `copy` is above 0 in a copied turn."""

    turn: int
    at: int
    copy: int = 0


Char = tuple[str, Mark | None]  # no mark: new or changed
Text = list[list[Char]]  # turn by turn


def real(path: Path) -> list[str]:
    """The turns of a transcript with a number and a tab before each, without the speakers."""
    turns: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        number, tab, text = line.partition("\t")
        if tab and number.isdigit():
            turns.append(re.sub(r"^\w+: ", "", text))
        elif turns:
            turns[-1] += "\n" + line
    return turns


def made_up(seed: int = 0, count: int = 150) -> list[str]:
    """Turns of invented words, the frequent ones as frequent as in speech."""
    draw = random.Random(seed)
    words = [
        "".join(draw.choice(["ka", "lo", "mi", "per", "nas", "tu", "e"]) for _ in range(n % 4 + 1))
        for n in range(400)
    ]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    return [" ".join(draw.choices(words, weights, k=draw.randint(1, 60))) + "." for _ in range(count)]


def small_talk(seed: int = 0, count: int = 120) -> list[str]:
    """Turns of a few words that everybody says over and over, some turns word for word as others."""
    draw = random.Random(seed)
    fillers = [
        "Yeah",
        "Yeah, yeah",
        "No, no",
        "no",
        "Mm-hm",
        "Ya",
        "ya, ya, ya",
        "Right",
        "Okay",
        "Oh",
        "I see",
    ]
    lines = made_up(seed, 40)
    turns = ["How did that go?", "And then?"]
    while len(turns) < count:
        said = draw.sample(fillers, draw.choice([1, 1, 2, 3]))
        if draw.random() < 0.6:
            line = draw.choice(lines).split()
            said.insert(draw.randrange(len(said) + 1), " ".join(line[: draw.randint(1, 25)]))
        turns.append(draw.choice([". ", ", ", "? "]).join(said) + draw.choice([".", "?"]))
        if draw.random() < 0.15:
            turns.append(draw.choice(turns))
    return turns


def draw_twin(turns: list[str], draw: random.Random) -> Span | None:
    """A word or two, under 12 characters, whose equal stands next door: in the same turn or one beside it."""
    for _ in range(200):
        span = draw_passage(turns, draw, 1, 11, over=0)
        words = turns[span.turn - 1][span.start : span.end].strip(".,?").lower()
        beside = "\n".join(turns[max(span.turn - 2, 0) : span.turn + 1]).lower()
        if words and beside.count(words) > 1:
            return span
    return None


def marked(turns: Iterable[str]) -> Text:
    """A transcript before the edits."""
    return [[(char, Mark(turn, at)) for at, char in enumerate(words)] for turn, words in enumerate(turns, 1)]


def plain(text: Text) -> list[str]:
    """The turns as they read."""
    return ["".join(char for char, _ in turn) for turn in text]


def draw_passage(turns: list[str], draw: random.Random, least: int, most: int, over: float = 0.1) -> Span:
    """A passage of whole words with so many characters, in one turn or, for that share, in two."""
    while True:
        turn = draw.randrange(len(turns) - 1)
        end_turn = turn + (draw.random() < over)
        words = "\n".join(turns[turn : end_turn + 1])
        starts = [found.start() for found in re.finditer(r"(?<!\S)\S", words)]
        ends = [found.end() for found in re.finditer(r"\S(?!\S)", words)]
        if not starts:
            continue
        start = draw.choice([at for at in starts if at <= len(turns[turn])] or starts[:1])
        fitting = [at for at in ends if least <= at - start <= most]
        if end_turn > turn:
            fitting = [at for at in fitting if start < len(turns[turn]) < at - 1]
        if fitting:
            end = draw.choice(fitting)
            return Span(turn + 1, start, end_turn + 1, end - (len(turns[turn]) + 1 if end_turn > turn else 0))


# -- edits inside a turn --------------------------------------------------------------------------------------

Edit = Callable[[Text, int, random.Random], None]  # the turn to start from


def _new(words: str) -> list[Char]:
    return [(char, None) for char in words]


def insert_words(text: Text, turn: int, draw: random.Random) -> None:
    gaps = [at for at, (char, _) in enumerate(text[turn]) if char == " "] or [len(text[turn])]
    at = draw.choice(gaps)
    text[turn][at:at] = _new(
        draw.choice([" anak", " 😀", " and then we", " cafe\u0301", " 2019", " [laughs]"])
    )


def delete_word(text: Text, turn: int, draw: random.Random) -> None:
    runs = [
        list(run)
        for space, run in groupby(range(len(text[turn])), lambda at: text[turn][at][0].isspace())
        if not space
    ]
    if len(runs) > 1:
        run = draw.choice(runs)
        del text[turn][run[0] : run[-1] + 1]


def change_white_space(text: Text, turn: int, draw: random.Random) -> None:
    gaps = [at for at, (char, _) in enumerate(text[turn]) if char == " "]
    if gaps:
        at = draw.choice(gaps)
        text[turn][at : at + 1] = _new(draw.choice(["  ", "\u00a0", " \t\u200b ", "\n"]))


def change_character(text: Text, turn: int, draw: random.Random) -> None:
    letters = [at for at, (char, _) in enumerate(text[turn]) if char.isalpha()]
    if letters:
        at = draw.choice(letters)
        char = text[turn][at][0]
        new = [char.swapcase(), "", char + "\u0301", char + "x", "q" if char != "q" else "z"]
        text[turn][at : at + 1] = _new(draw.choice(new))


def normalise(text: Text, turn: int, draw: random.Random) -> None:
    """Decompose a turn; every part of a character keeps its mark."""
    text[turn] = [(part, mark) for char, mark in text[turn] for part in unicodedata.normalize("NFD", char)]


def pseudonymise(text: Text, turn: int, draw: random.Random) -> None:
    """Give a capitalised word of this turn another name, here and everywhere."""
    words = re.findall(r"\b[A-Z]\w{3,}", plain(text[turn : turn + 1])[0])
    if words:
        old, new = draw.choice(words), draw.choice(NAMES)
        for number, words_of_turn in enumerate(plain(text)):
            for found in reversed(list(re.finditer(rf"\b{old}\b", words_of_turn))):
                text[number][found.start() : found.end()] = _new(new)


# -- edits of turns -------------------------------------------------------------------------------------------


def insert_turn(text: Text, turn: int, draw: random.Random) -> None:
    text.insert(turn, _new(draw.choice(["Yeah.", "mm-hm", "And then what did you do?", "(a phone rings)"])))


def split_turn(text: Text, turn: int, draw: random.Random) -> None:
    gaps = [at for at, (char, _) in enumerate(text[turn]) if char == " "]
    if gaps:
        at = draw.choice(gaps)
        text[turn : turn + 1] = [text[turn][:at], text[turn][at + 1 :]]


def merge_turns(text: Text, turn: int, draw: random.Random) -> None:
    if turn + 1 < len(text):
        text[turn : turn + 2] = [text[turn] + _new(" ") + text[turn + 1]]


def move_turn(text: Text, turn: int, draw: random.Random) -> None:
    moved = text.pop(turn)
    text.insert(draw.randrange(len(text) + 1), moved)


def delete_turn(text: Text, turn: int, draw: random.Random) -> None:
    if len(text) > 2:
        del text[turn]


def copy_turn(text: Text, turn: int, draw: random.Random) -> None:
    number = draw.randrange(1, 1 << 30)
    copy: list[Char] = [(char, mark and mark._replace(copy=number)) for char, mark in text[turn]]
    text.insert(draw.randrange(len(text) + 1), copy)


INSIDE: list[Edit] = [
    insert_words,
    delete_word,
    change_white_space,
    change_character,
    normalise,
    pseudonymise,
]
SHIFTS: list[Edit] = [insert_turn, split_turn, merge_turns]
HARSH: list[Edit] = [*SHIFTS, move_turn, delete_turn, copy_turn]


def edit(text: Text, kinds: list[Edit], count: int, draw: random.Random) -> None:
    """So many edits of these kinds, anywhere."""
    for _ in range(count):
        draw.choice(kinds)(text, draw.randrange(len(text)), draw)


def touch(text: Text, marks: set[Mark], share: float, draw: random.Random) -> None:
    """Change that share of the marked characters, one at least if any; 1 takes them all away."""
    places = [(n, at) for n, turn in enumerate(text) for at, (_, mark) in enumerate(turn) if mark in marks]
    count = min(len(places), max(int(share > 0), int(len(places) * share)))
    for n, at in sorted(draw.sample(places, count), reverse=True):
        char, mark = text[n][at]
        new: list[list[Char]] = [[], _new("q" if char != "q" else "z"), [(char, mark), ("x", None)]]
        text[n][at : at + 1] = [] if share == 1 else draw.choice(new)


# -- what should be found -------------------------------------------------------------------------------------


def _visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in "MZC"


def marks_of(turns: list[str], span: Span) -> list[Mark]:
    """The visible characters of a passage before the edits."""
    return [
        Mark(turn, at)
        for turn in range(span.turn, span.end_turn + 1)
        for at, char in enumerate(turns[turn - 1])
        if _visible(char) and (turn, at) >= span[:2] and (turn, at) < span[2:]
    ]


class Place(NamedTuple):
    """A visible character after the edits."""

    turn: int
    at: int
    mark: Mark | None


class Truth:
    """An edited transcript and where everything in it came from."""

    def __init__(self, turns: list[str], text: Text) -> None:
        self._before, self.turns = turns, plain(text)
        self.source = SourceText(self.turns)
        self._old = [
            (n, at) for n, turn in enumerate(turns, 1) for at, char in enumerate(turn) if _visible(char)
        ]
        self._new = [
            Place(n, at, mark)
            for n, turn in enumerate(text, 1)
            for at, (char, mark) in enumerate(turn)
            if _visible(char)
        ]
        self._where: dict[tuple[int, int], list[int]] = {}
        for index, place in enumerate(self._new):
            if place.mark:
                self._where.setdefault(place.mark[:2], []).append(index)

    def judge(self, marks: list[Mark], anchor: Anchor, sides: bool = True) -> Outcome:
        """What became of a passage with these visible characters, against what was found.

        Of a turn and its copies that is meant which stands where the turn stood, by what is around it; where that
        is the same, or the coding notes no `sides`, nothing tells them apart: the one found, else the turn.
        """
        letters = {mark[:2]: chr(_LETTERS + number) for number, mark in enumerate(marks)}
        lines: dict[int, list[int]] = {}
        for index in sorted(index for mark in marks for index in self._where.get(mark[:2], [])):
            lines.setdefault(self._copy(index), []).append(index)
        if self._retyped(marks, anchor):
            return Outcome(anchor, "retyped", 0.0, 0.0, False)
        if not lines:
            return Outcome(anchor, "deleted", 0.0, 0.0, False)
        fullest = max(map(len, lines.values()))
        lines = {copy: own for copy, own in lines.items() if len(own) >= 0.8 * fullest}
        around = {copy: self._around(marks, own) for copy, own in lines.items()}
        found = self._inside(anchor.span) if anchor.span else set()

        def meant(copy: int) -> tuple[float, float, bool, int]:
            own = lines[copy]
            hit = not found.isdisjoint(own)
            return (around[copy] if sides else hit), (hit if sides else around[copy]), copy == 0, len(own)

        copy = max(lines, key=meant)
        own = lines[copy]
        whole = range(own[0], own[-1] + 1)
        if len(whole) > 1.5 * len(marks):  # torn apart: then all copies are its words
            edits, now = 1.0, set(own)
        else:
            read = (self._new[index].mark for index in whole)
            text = "".join(letters.get(mark[:2], "?") if mark else "?" for mark in read)
            edits = list(distances("".join(letters.values()), text, anchored=True))[-1] / len(marks)
            now = set(whole)
        kind = "untouched" if edits == 0 else "to 10%" if edits <= 0.1 else "over 10%"
        copied = any((mark := self._new[at].mark) and mark.copy for at in found)
        if edits == 1.0 or (marks[0].turn < marks[-1].turn and (copied or len(around) > 1)):
            # Words torn apart, or turns of which each has copies of its own: any of them will do.
            now = {at for at in found if (mark := self._new[at].mark) and mark[:2] in letters} or now
        offered = any(self._inside(one) & now for one in anchor.candidates)
        return Outcome(anchor, kind, around[copy], len(found & now) / len(found | now), offered)

    def _copy(self, index: int) -> int:
        mark = self._new[index].mark
        return mark.copy if mark else 0

    def _around(self, marks: list[Mark], own: list[int]) -> float:
        """The share of the characters beside a passage that are those which stood there."""
        first, last = bisect_left(self._old, marks[0][:2]), bisect_left(self._old, marks[-1][:2])
        old = [self._old[max(first - BESIDE, 0) : first], self._old[last + 1 : last + 1 + BESIDE]]
        new = [self._new[max(own[0] - BESIDE, 0) : own[0]], self._new[own[-1] + 1 : own[-1] + 1 + BESIDE]]
        same = sum(
            len({place.mark[:2] for place in now if place.mark} & set(before))
            for now, before in zip(new, old, strict=True)
        )
        return same / (len(old[0]) + len(old[1]))

    def _retyped(self, marks: list[Mark], anchor: Anchor) -> bool:
        """Whether nobody can tell the words found from those coded: they are not those, but read the same to both sides,
        but for a typo; of words that an edit put there, copied or new, it is enough that they nearly do.
        """
        own = sorted(self._inside(anchor.span)) if anchor.span else []
        stood = {mark[:2] for mark in marks}
        if not own or any((mark := self._new[index].mark) and mark[:2] in stood for index in own):
            return False
        first, last = bisect_left(self._old, marks[0][:2]), bisect_left(self._old, marks[-1][:2])
        was = self._letters(self._before, self._old[max(first - BESIDE, 0) : last + 1 + BESIDE])
        place = [one[:2] for one in self._new[max(own[0] - BESIDE, 0) : own[-1] + 1 + BESIDE]]
        read = self._letters(self.turns, place)
        put = all(not (mark := self._new[index].mark) or mark.copy for index in own)
        return list(distances(was, read, anchored=True))[-1] <= (0.3 if put else 0.05) * len(was)

    @staticmethod
    def _letters(turns: list[str], places: list[tuple[int, int]]) -> str:
        return "".join(turns[turn - 1][at] for turn, at in places)

    def _inside(self, span: Span) -> set[int]:
        return set(range(bisect_left(self._new, span[:2]), bisect_left(self._new, span[2:])))


def edited(turns: list[str], passages: list[list[Mark]], kinds: list[Edit], draw: random.Random) -> Truth:
    """A transcript after edits: of the words of each passage, of any words, and of turns by these kinds."""
    text = marked(turns)
    for own in passages:
        touch(text, set(own), draw.choice(SHARES), draw)
    edit(text, INSIDE, len(turns) // 8, draw)
    if kinds:
        edit(text, kinds, max(2, len(turns) // 8), draw)
        for own in draw.sample(passages, len(passages) // 3):  # and where passages are
            where = [n for n, turn in enumerate(text) if any(mark == own[0] for _, mark in turn)]
            if where:
                next_door = where[0] + draw.choice([-1, 0, 0, 1])
                draw.choice(kinds)(text, min(max(next_door, 0), len(text) - 1), draw)
    return Truth(turns, text)


class Outcome(NamedTuple):
    """What was found against what should be: `kind` is how much of the words was edited."""

    anchor: Anchor
    kind: str
    around: float  # share of what stood beside the words that does still
    overlap: float
    offered: bool

    @property
    def context(self) -> str:
        """How much of what stood beside the words does still."""
        return "intact" if self.around >= 0.9 else "half" if self.around >= 0.4 else "gone"

    @property
    def wrong(self) -> bool:
        """Whether it was placed on words that were not coded."""
        if self.anchor.span is None or self.kind == "retyped":
            return False
        return self.overlap < (1 if self.kind == "untouched" else 0.5)
