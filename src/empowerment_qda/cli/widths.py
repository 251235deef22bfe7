"""Which columns of a table stand beside each other in a terminal, and how wide each is: words stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from empowerment_qda.text import width_of

GAP = 2
"""Blanks between two columns."""
WHOLE, SHORT, SENTENCE, LONGEST = 12, 24, 24, 48
"""A cell up to WHOLE wide is never broken, one up to SHORT only where there is no room; sentences get SENTENCE at least; a
word longer than LONGEST is broken."""


class Need(NamedTuple):
    """What a column takes: `least` so that its words stay whole, `full` so that no cell is broken."""

    least: int
    full: int


def measure(cells: Iterable[str], *, label: bool = False) -> Need:
    """What a column of these cells takes, its head among them; labels of rows may be as narrow as their words.

    >>> measure(["verdict", "unsupported, contested"])
    Need(least=12, full=22)
    >>> measure(["code", "a b c d e"]), measure(["statement", "so many words " * 5])
    (Need(least=9, full=9), Need(least=24, full=69))
    """
    full = word = 0
    for cell in dict.fromkeys(cells):
        for line in cell.splitlines():
            wide = width_of(line.rstrip())
            full = max(full, wide)
            if wide > word:
                word = max(word, max(map(width_of, line.split()), default=0))
    word = min(word, LONGEST)
    least = full if full <= WHOLE else SENTENCE if full > SHORT and not label else 0
    return Need(max(least, word), full)


def total(widths: Iterable[int]) -> int:
    """What columns of these widths take beside each other.

    >>> total([3, 4])
    9
    """
    each = list(widths)
    return sum(each) + GAP * (len(each) - 1)


def choose(needs: Sequence[Need], spare: Iterable[int], heads: int, width: int) -> list[list[int]]:
    """The columns that are shown, by their places: all, or without as many of the `spare` ones, the first of them first, as
    do not fit. Where that is not enough they come in parts, below each other, and each part begins with the first `heads`.

    >>> choose([Need(10, 10)] * 4, [2], 1, 34), choose([Need(10, 10)] * 4, [], 1, 34)
    ([[0, 1, 3]], [[0, 1, 2], [0, 3]])
    """
    kept = list(range(len(needs)))
    for one in spare:
        if total(needs[at].least for at in kept) <= width:
            break
        kept.remove(one)
    first, parts = kept[:heads], [kept[: heads + 1]]
    for at in kept[heads + 1 :]:
        if total(needs[one].least for one in (*parts[-1], at)) <= width:
            parts[-1].append(at)
        else:
            parts.append([*first, at])
    return parts


def share(needs: Sequence[Need], width: int) -> list[int]:
    """How wide each column is: first what keeps words whole, then short cells on a line, then sentences, the
    narrowest first. Where not even words have room the widest columns give way.

    >>> share([Need(3, 20), Need(30, 90), Need(30, 40)], 100)
    [20, 38, 38]
    >>> share([Need(30, 90), Need(10, 10)], 32)
    [20, 10]
    """
    widths = [need.least for need in needs]
    room = width - total(widths)
    while room < 0 and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
        room += 1
    short = [at for at, need in enumerate(needs) if need.full <= SHORT]
    for some in (short, range(len(needs))):
        while room > 0 and (narrow := [at for at in some if widths[at] < needs[at].full]):
            widths[min(narrow, key=widths.__getitem__)] += 1
            room -= 1
    return widths
