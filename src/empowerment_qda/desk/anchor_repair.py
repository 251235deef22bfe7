"""Anchors brought up to date: what is certain is proposed, the rest is left for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.span import Span
from empowerment_qda.passages import Passage, anchor_keys, find_anchor, is_unnoted


@dataclass(frozen=True, slots=True)
class Mend:
    """A coding whose quote does not lead straight to its place.

    `filled`: it had no quote and means whole turns. `noted`: nothing of what stands around was noted, and the words
    stand more than once. `after` is the coding as it would be; None for `ambiguous`
    and `lost`, where only a person can say which of the `candidates` is meant, if any.
    """

    passage: Passage
    state: Literal["filled", "noted", "moved", "changed", "ambiguous", "lost"]
    after: Coding | None = None
    candidates: tuple[Span, ...] = ()


def is_current(passage: Passage) -> bool:
    """Whether a coding's quote stands where it says."""
    return passage.anchor.state == "exact" and bool(passage.coding.quote.strip())


def plan_mends(passages: Iterable[Passage], text: SourceText) -> Iterator[Mend]:
    """What can be mended in the codings of one source, in their order; exact quotes need nothing more than their surroundings."""
    for passage in passages:
        state, span = passage.anchor.state, passage.anchor.span
        current = is_current(passage)
        if current and not is_unnoted(passage, text):
            continue
        if state == "ambiguous" or state == "lost" or span is None:
            yield Mend(
                passage, "ambiguous" if state == "ambiguous" else "lost", None, passage.anchor.candidates
            )
            continue
        after = place_anew(passage.coding, span, text)
        if after is None:
            yield Mend(passage, "lost", None, (span,))
        else:
            yield Mend(passage, "noted" if current else "filled" if state == "exact" else state, after)


def place_anew(coding: Coding, span: Span, text: SourceText) -> Coding | None:
    """The coding with the keys of this place; None where they would not lead back to it for certain."""
    try:
        keys = anchor_keys(text, span)
    except ValueError:
        return None
    fresh = coding.model_copy(update=keys)
    again = find_anchor(text, fresh)
    if again.state != "exact" or again.span is None:
        return None
    inside = span[:2] <= again.span[:2] and again.span[2:] <= span[2:]
    return fresh if inside else None
