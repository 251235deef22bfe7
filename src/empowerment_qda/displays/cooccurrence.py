"""Which codes stand together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, product

from empowerment_qda.displays.matrix import Material, Matrix, display, list_codes, make_cell
from empowerment_qda.locale import msg
from empowerment_qda.model.display import Cell
from empowerment_qda.model.evidence import Evidence

Turn = tuple[str, int]
Pair = tuple[str, str]


@display(
    "co-occurrence",
    msg("Co-occurrence of codes"),
    msg("which codes stand together: a network, not of causes"),
    msg(
        "Two codes are linked for each turn in which both stand; whether their passages overlap "
        "there is told apart. Here segments are turns; on the diagonal stand the turns of one "
        "code. Standing together is not causing."
    ),
    form="network",
)
def co_occurrence(material: Material) -> Matrix:
    """Codes by codes: the turns in which both stand, and on the diagonal the turns of one."""
    turns: dict[Turn, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for row in material.evidence:
        for turn in row.span.turns:
            turns[row.source, turn][row.code].append(row)
    shared: dict[Pair, dict[Turn, list[Evidence]]] = defaultdict(dict)
    overlapping: dict[Pair, int] = defaultdict(int)
    for place, codes in turns.items():
        for code, rows in codes.items():
            shared[code, code][place] = rows
        for one, other in combinations(sorted(codes), 2):
            shared[one, other][place] = codes[one] + codes[other]
            pairs = product(codes[one], codes[other])
            overlapping[one, other] += any(a.span.overlaps(b.span) for a, b in pairs)
    used = {row.code for row in material.evidence}
    listed = list_codes(material)
    nodes = [code for code in listed if code.id in used]
    unused = len(listed) - len(nodes)

    def cell(one: str, other: str) -> Cell:
        pair = (min(one, other), max(one, other))
        if pair not in shared:
            return Cell(0, 0, "silent")
        places = shared[pair]
        rows = [row for found in places.values() for row in found]
        text = material.say(msg("overlapping")) if overlapping[pair] else ""
        return replace(
            make_cell(rows, places.values(), text),
            refs=tuple(f"{source}#{turn}" for source, turn in places),
            neutral=sum(all(row.direction == "neutral" for row in found) for found in places.values()),
            overlaps=overlapping[pair],
        )

    cells = [[cell(row.id, column.id) for column in nodes] for row in nodes]
    notes = [material.say(msg("Codes without any passage are left out: {n}."), n=unused)] if unused else []
    return Matrix(nodes, nodes, cells, material.evidence, notes)
