"""Codings that get the keys of another place."""

from __future__ import annotations

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.span import Span
from empowerment_qda.passages import anchor_keys, find_anchor


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
