"""The keys of a coding that lead to a passage, and codings that get those of another one."""

from __future__ import annotations

from typing import Any

from empowerment_qda.anchors import SourceText
from empowerment_qda.model.coding import Coding, TurnRange
from empowerment_qda.model.span import Span
from empowerment_qda.passages import find_anchor


def anchor_keys(text: SourceText, span: Span) -> dict[str, Any]:
    """The keys of a coding that lead to a passage; ValueError where it has no words."""
    keys: dict[str, Any] = {**text.make_anchor(span)}
    last = keys.pop("end_turn", keys["turn"])
    return keys | {"turn": TurnRange(keys["turn"], last)}


def place_anew(coding: Coding, span: Span, text: SourceText) -> Coding | None:
    """The coding with the keys of this place; None where they would not lead back to it for certain."""
    try:
        keys = anchor_keys(text, span)
    except ValueError:
        return None
    fresh = coding.model_copy(update={"occurrence": None, "before": "", "after": "", **keys})
    again = find_anchor(text, fresh)
    if again.state != "exact" or again.span is None:
        return None
    inside = span[:2] <= again.span[:2] and again.span[2:] <= span[2:]
    return fresh if inside else None
