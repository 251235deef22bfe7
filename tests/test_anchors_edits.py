"""Random edits of transcripts: what share of the codings is found again, and that none lands on wrong words unsaid.

Shares are printed with `-s`. The made-up transcript is always tested, real ones where they are at hand.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.model.span import Span

REAL = sorted((Path(__file__).parents[2] / "shared/samples/pdpilot/extracted").glob("P*.txt"))
BREAK = "\ue000"  # between turns
Mark = (
    tuple[int, int] | None
)  # turn and offset where a character stood before the edits; None: new or changed
Edited = list[tuple[str, Mark]]


def made_up(seed: int = 0) -> list[str]:
    """150 turns of invented words, the frequent ones as frequent as in speech."""
    draw = random.Random(seed)
    words = [
        "".join(draw.choice(["ka", "lo", "mi", "per", "nas", "tu", "e"]) for _ in range(n % 4 + 1))
        for n in range(400)
    ]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    return [" ".join(draw.choices(words, weights, k=draw.randint(1, 60))) + "." for _ in range(150)]


def real(path: Path) -> list[str]:
    """The turns of a transcript with a number and a tab before each."""
    turns: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        number, tab, text = line.partition("\t")
        if tab and number.isdigit():
            turns.append(text)
        elif turns:
            turns[-1] += "\n" + line
    return turns


def transcripts() -> list[tuple[str, list[str]]]:
    return [("made up", made_up()), *((path.stem, real(path)) for path in REAL)]


def passages(turns: list[str], draw: random.Random, count: int) -> list[Span]:
    """Passages of whole words, in one turn or two."""
    spans: list[Span] = []
    while len(spans) < count:
        turn = draw.randrange(len(turns) - 1)
        end_turn = turn + (draw.random() < 0.1)
        text = turns[turn]
        starts = [at for at in range(len(text)) if text[at] != " " and (at == 0 or text[at - 1] == " ")]
        if not starts or not turns[end_turn].strip():
            continue
        start = draw.choice(starts)
        low = start + draw.choice([5, 15, 30, 80, 250]) if end_turn == turn else draw.randint(1, 60)
        end = turns[end_turn].find(" ", low)
        spans.append(Span(turn + 1, start, end_turn + 1, end if end > 0 else len(turns[end_turn])))
    return spans


def characters(turns: list[str], span: Span) -> list[Mark]:
    """Where the visible characters of a passage stand."""
    marks: list[Mark] = []
    for turn in range(span.turn, span.end_turn + 1):
        low = span.start if turn == span.turn else 0
        high = span.end if turn == span.end_turn else len(turns[turn - 1])
        marks += [(turn, at) for at in range(low, high) if not turns[turn - 1][at].isspace()]
    return marks


def insert_words(text: Edited, at: int, draw: random.Random) -> None:
    while text[at][0] not in (" ", BREAK):
        at = (at + 1) % len(text)
    text[at:at] = [
        (char, None) for char in draw.choice([" anak", " 😀", " and then we", " cafe\u0301", " 2019"])
    ]


def change_white_space(text: Edited, at: int, draw: random.Random) -> None:
    while text[at][0] != " ":
        at = (at + 1) % len(text)
    text[at : at + 1] = [(char, None) for char in draw.choice(["  ", "\u00a0", " \t\u200b "])]


def delete_word(text: Edited, at: int, draw: random.Random) -> None:
    end = at
    while end < len(text) and text[end][0] not in (" ", BREAK):
        end += 1
    del text[at:end]


def change_character(text: Edited, at: int, draw: random.Random) -> None:
    char, _ = text[at]
    if char.isalpha():
        new = draw.choice([char.swapcase(), "", char + "\u0301", char + "x", "q" if char != "q" else "z"])
        text[at : at + 1] = [(part, None) for part in new]


def split_turn(text: Edited, at: int, draw: random.Random) -> None:
    while text[at][0] != " ":
        at = (at + 1) % len(text)
    text[at] = (BREAK, None)


def merge_turns(text: Edited, at: int, draw: random.Random) -> None:
    while text[at][0] != BREAK:
        at = (at + 1) % len(text)
    text[at] = (" ", None)


def insert_turn(text: Edited, at: int, draw: random.Random) -> None:
    while text[at][0] != BREAK:
        at = (at + 1) % len(text)
    text[at:at] = [
        (char, None) for char in BREAK + draw.choice(["Yeah.", "mm-hm", "And then what did you do?"])
    ]


INSIDE: list[Callable[[Edited, int, random.Random], None]] = [
    insert_words,
    change_white_space,
    delete_word,
    change_character,
]
ACROSS: list[Callable[[Edited, int, random.Random], None]] = [*INSIDE, split_turn, merge_turns, insert_turn]


def edit(
    text: Edited, kinds: list[Callable[[Edited, int, random.Random], None]], count: int, draw: random.Random
) -> None:
    for _ in range(count):
        draw.choice(kinds)(text, draw.randrange(len(text)), draw)


def touch(text: Edited, marks: list[Mark], draw: random.Random) -> None:
    """Change one to ten percent of the characters of a passage."""
    wanted = set(marks)
    places = [at for at, (_, mark) in enumerate(text) if mark in wanted]
    if not places:
        return
    for at in sorted(draw.sample(places, max(1, int(len(places) * draw.uniform(0, 0.1)))), reverse=True):
        char, mark = text[at]
        text[at : at + 1] = draw.choice(
            [[], [("q" if char != "q" else "z", None)], [(char, mark), ("x", None)]]
        )


class Outcome:
    """What was coded against what was found, by the characters themselves."""

    def __init__(self, text: Edited, marks: list[Mark], source: SourceText, anchor: Anchor) -> None:
        turns: list[list[tuple[str, Mark]]] = [[]]
        for char, mark in text:
            if char == BREAK:
                turns.append([])
            else:
                turns[-1].append((char, mark))
        flat = [(turn, at, *pair) for turn, pairs in enumerate(turns, 1) for at, pair in enumerate(pairs)]
        visible = [
            (turn, at, mark) for turn, at, char, mark in flat if not char.isspace() and char != "\u200b"
        ]
        wanted = set(marks)
        stand = [index for index, (_, _, mark) in enumerate(visible) if mark in wanted]
        now = visible[stand[0] : stand[-1] + 1] if stand else []
        self.untouched = [mark for _, _, mark in now] == marks
        self.overlap = 0.0
        if anchor.span:
            span = anchor.span
            got = {p for p in visible if (span.turn, span.start) <= p[:2] < (span.end_turn, span.end)}
            self.overlap = len(got & set(now)) / len(got | set(now))
        self.offered = any(c[:2] <= now[0][:2] < c[2:] for c in anchor.candidates) if now else False


def outcomes(
    turns: list[str],
    kinds: list[Callable[[Edited, int, random.Random], None]],
    touched: bool,
    rounds: int,
    least: int,
) -> list[tuple[Anchor, Outcome]]:
    """Passages of at least so many characters, coded as tools do, and found again after random edits."""
    draw, results = random.Random(7), []
    for _ in range(rounds):
        spans = [span for span in passages(turns, draw, 40) if len(characters(turns, span)) >= least]
        coded = SourceText(turns)
        keys = [coded.make_anchor(span) for span in spans]
        text: Edited = [
            pair
            for turn, words in enumerate(turns, 1)
            for pair in [*((char, (turn, at)) for at, char in enumerate(words)), (BREAK, None)]
        ][:-1]
        edit(text, kinds, 40, draw)
        if touched:
            spans = spans[:8]
            for span in spans:
                touch(text, characters(turns, span), draw)
        source = SourceText("".join(char for char, _ in text).split(BREAK))
        for span, key in zip(spans, keys, strict=False):
            anchor = source.find(**key)
            results.append((anchor, Outcome(text, characters(turns, span), source, anchor)))
    return results


def show(what: str, states: Counter[str]) -> None:
    total = sum(states.values())
    print(
        f"\n{what}: {total}",
        *(f"{state} {count / total:.1%}" for state, count in states.most_common()),
        sep=", ",
    )


@pytest.mark.parametrize(
    ("name", "turns"), transcripts(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_untouched_words_are_always_found_where_they_are(name: str, turns: list[str]) -> None:
    untouched = [(a, o) for a, o in outcomes(turns, INSIDE, False, 6, 1) if o.untouched]
    show(f"{name}, edits in turns, untouched", Counter(anchor.state for anchor, _ in untouched))
    assert len(untouched) > 100
    assert all(a.state in ("exact", "moved") and o.overlap == 1 for a, o in untouched)


@pytest.mark.parametrize(
    ("name", "turns"), transcripts(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_untouched_words_are_found_when_turns_were_split_merged_and_inserted(
    name: str, turns: list[str]
) -> None:
    untouched = [(a, o) for a, o in outcomes(turns, ACROSS, False, 6, 25) if o.untouched]
    show(f"{name}, turns changed too, untouched", Counter(anchor.state for anchor, _ in untouched))
    assert len(untouched) > 80
    assert all(o.overlap == 1 for a, o in untouched if a.span)
    missed = [(a, o) for a, o in untouched if not a.span]
    assert all(a.state == "ambiguous" and o.offered for a, o in missed)
    assert len(missed) <= 0.03 * len(untouched)


def test_touched_words_are_found_and_told() -> None:
    states: Counter[str] = Counter()
    for _, turns in transcripts():
        for anchor, outcome in outcomes(turns, [change_white_space], True, 6, 25):
            if not outcome.untouched:
                states[anchor.state] += 1
                assert not anchor.span or (anchor.state == "changed" and outcome.overlap > 0.5), anchor
    show("up to 10% edited", states)
    assert states["changed"] >= 0.95 * states.total()
