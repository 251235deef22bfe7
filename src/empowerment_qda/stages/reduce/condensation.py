"""The condensation log: what did not become evidence, with the reason where a person gave one."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.model.evidence import Reduction
from empowerment_qda.model.reduction import Condensed
from empowerment_qda.model.study import Study
from empowerment_qda.passages import passages_of
from empowerment_qda.words import REASONS


def log_condensation(study: Study, reduction: Reduction) -> tuple[Condensed, ...]:
    """Turns left out on purpose or just uncoded, rejected codings, and codings whose words were not found; by source
    and turn."""
    order = {source.id: number for number, source in enumerate(study.sources)}
    entries = [*_uncoded(reduction), *_rejected(study), *_not_counted(reduction)]
    return tuple(sorted(entries, key=lambda one: (order[one.source], one.turn, one.what, one.coder)))


def _uncoded(reduction: Reduction) -> Iterator[Condensed]:
    for summary in reduction.sources:
        for one in summary.uncoded:
            what = "left out" if one.coders else "uncoded"
            yield Condensed(one.source, one.turn, what, one.text, ", ".join(one.coders), one.reason)


def _rejected(study: Study) -> Iterator[Condensed]:
    for passage in passages_of(study):
        coding, span = passage.coding, passage.anchor.span
        if coding.status == "rejected":
            turn = span.turn if span else coding.turn.first if coding.turn else 0
            what = f"rejected: {coding.code}"
            yield Condensed(
                passage.source.id, turn, what, coding.quote, passage.file.coder, coding.memo or ""
            )


def _not_counted(reduction: Reduction) -> Iterator[Condensed]:
    for one in reduction.not_counted:
        what = "not counted" if one.placed else "not found"
        why = REASONS[one.reason] if one.placed else one.reason
        yield Condensed(one.source, one.turn or 0, f"{what}: {one.code}", one.quote, one.coder, why)
