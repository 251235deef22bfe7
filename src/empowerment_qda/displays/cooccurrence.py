"""Which codes stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from empowerment_qda.displays.matrix import Material, frame, judge, list_codes
from empowerment_qda.model.display import Cell, Display
from empowerment_qda.model.evidence import Evidence

Turn = tuple[str, int]
Pair = tuple[str, str]


def co_occurrence(material: Material) -> Display:
    """Codes by codes: the turns in which both stand, and on the diagonal the turns of one."""
    turns: dict[Turn, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for row in material.evidence:
        for turn in range(row.turn, row.end_turn + 1):
            turns[row.source, turn][row.code].append(row)
    shared: dict[Pair, dict[Turn, list[Evidence]]] = defaultdict(dict)
    overlapping: dict[Pair, int] = defaultdict(int)
    for place, codes in turns.items():
        for code, rows in codes.items():
            shared[code, code][place] = rows
        for one, other in combinations(sorted(codes), 2):
            shared[one, other][place] = codes[one] + codes[other]
            overlapping[one, other] += any(_overlap(a, b) for a in codes[one] for b in codes[other])
    used = {row.code for row in material.evidence}
    listed = list_codes(material)
    nodes = [code for code in listed if code.id in used]
    unused = len(listed) - len(nodes)

    def cell(one: str, other: str) -> Cell:
        pair = (min(one, other), max(one, other))
        return _cell(shared[pair], overlapping[pair], material) if pair in shared else Cell(0, 0, "silent")

    return frame(
        "co-occurrence",
        material,
        material.evidence,
        nodes,
        nodes,
        tuple(tuple(cell(row.id, column.id) for column in nodes) for row in nodes),
        notes=[material.say("unused_codes", n=unused)] if unused else [],
    )


def _cell(places: dict[Turn, list[Evidence]], overlaps: int, material: Material) -> Cell:
    rows = [row for found in places.values() for row in found]
    supports, limits = (_count(places.values(), side) for side in ("supports", "limits"))
    return Cell(
        informants=len({one.id for row in rows for one in row.witnesses}),
        segments=len(places),
        state=judge(supports, limits),
        refs=tuple(f"{source}#{turn}" for source, turn in places),
        ids=tuple(dict.fromkeys(row.id for row in rows)),
        text=material.say("overlap") if overlaps else "",
        supports=supports,
        limits=limits,
        neutral=sum(all(row.direction == "neutral" for row in found) for found in places.values()),
        unidentified=len({one.id for row in rows for one in row.witnesses if not one.known}),
        overlaps=overlaps,
    )


def _count(places: Iterable[list[Evidence]], direction: str) -> int:
    return sum(any(row.direction == direction for row in found) for found in places)


def _overlap(one: Evidence, other: Evidence) -> bool:
    """Whether two passages of one source share at least a character."""
    return (one.turn, one.start) < (other.end_turn, other.end) and (other.turn, other.start) < (
        one.end_turn,
        one.end,
    )
