"""The condensation log: what was left out of the evidence, with the reason where a person gave one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.reduction import LeftOut
from empowerment_qda.model.study import Study
from empowerment_qda.passages import passages_of


def log_condensation(study: Study, reduction: Reduction) -> tuple[LeftOut, ...]:
    """Turns without a counted coding, rejected codings, and codings whose words were not found; by source and turn."""
    order = {source.id: number for number, source in enumerate(study.sources)}
    entries = [*_uncoded(study, reduction), *_rejected(study), *_unplaced(reduction)]
    return tuple(sorted(entries, key=lambda one: (order[one.source], one.turn, one.what, one.coder)))


def _uncoded(study: Study, reduction: Reduction) -> Iterator[LeftOut]:
    reasons: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for file in study.codings:
        for left in file.left_out:
            for turn in range(left.turn.first, left.turn.last + 1):
                reasons[file.source, turn].append((file.coder, left.reason))
    for summary in reduction.sources:
        for one in summary.uncoded:
            said = reasons.get((one.source, one.turn), [])
            coders, why = (
                (", ".join(dict.fromkeys(part)) for part in zip(*said, strict=True)) if said else ("", "")
            )
            yield LeftOut(one.source, one.turn, "uncoded", one.text, coders, why)


def _rejected(study: Study) -> Iterator[LeftOut]:
    for passage in passages_of(study):
        coding, span = passage.coding, passage.anchor.span
        if coding.status == "rejected":
            turn = span.turn if span else coding.turn.first if coding.turn else 0
            what = f"rejected: {coding.code}"
            yield LeftOut(passage.source.id, turn, what, coding.quote, passage.file.coder, coding.memo or "")


def _unplaced(reduction: Reduction) -> Iterator[LeftOut]:
    for one in reduction.unplaced:
        yield LeftOut(one.source, 0, f"not found: {one.code}", one.quote, one.coder, one.state)
