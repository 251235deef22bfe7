"""The passages of each code with the words around them."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.reduction import InContext
from empowerment_qda.model.span import Span
from empowerment_qda.model.study import Study

CONTEXT_WORDS = 12


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
