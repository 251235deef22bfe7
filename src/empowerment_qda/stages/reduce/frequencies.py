"""Code frequencies, and the passages of each code with the words around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.evidence import Evidence, Reduction, count_informants
from empowerment_qda.model.reduction import Frequency, InContext
from empowerment_qda.model.span import Span
from empowerment_qda.model.study import Study

CONTEXT_WORDS = 12


def count_codes(study: Study, reduction: Reduction) -> tuple[Frequency, ...]:
    """Every code of the book in its order; a parent counts distinct informants and passages of all codes below."""
    own: dict[str, list[Evidence]] = defaultdict(list)
    for row in reduction.evidence:
        own[row.code].append(row)
    found = []
    for place in study.codebook.walk():
        mine = own.get(place.code.id, [])
        below = [row for code in study.codebook.families[place.code.id] for row in own.get(code, ())]
        found.append(
            Frequency(
                code=place.code.id,
                path=place.path,
                depth=len(place.ancestors),
                direction=place.code.direction,
                informants=count_informants(mine),
                segments=_segments(mine),
                informants_below=count_informants(below),
                segments_below=_segments(below),
                sources_below=len({row.source for row in below}),
            )
        )
    return tuple(found)


def _segments(rows: Iterable[Evidence]) -> int:
    return len({row.passage for row in rows})


def put_in_context(study: Study, reduction: Reduction) -> Iterator[InContext]:
    """The passages grouped by code, in the order of the book, each with the words around it in its source."""
    order = {code: number for number, code in enumerate(study.codebook.places)}
    texts: dict[str, SourceText] = {}
    for row in sorted(reduction.evidence, key=lambda one: order[one.code]):
        if row.source not in texts:
            texts[row.source] = SourceText([turn.text for turn in study.by_id[row.source].turns])
        before, after = texts[row.source].context(
            Span(row.turn, row.start, row.end_turn, row.end), CONTEXT_WORDS
        )
        yield InContext(row, before, after)
