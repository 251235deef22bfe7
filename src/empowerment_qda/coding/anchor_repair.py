"""A quotation as it was coded beside the words as they are now, the difference in plain signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from empowerment_qda.anchors import SourceText
from empowerment_qda.evidence.passages import Passage, anchor_keys, find_anchor, is_unnoted
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Span

_TOKEN = re.compile(r"(\s*)([\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+)")
AROUND = 8
"""Words that are left of a stretch which both have, before and after what differs."""


def compare_words(old: str, new: str) -> tuple[str, str]:
    """Both on one line each, `[-words-]` only in the old, `{+words+}` only in the new; what both have is cut.

    >>> compare_words("We hold digital training here", "We hold monthly training here")
    ('We hold [-digital-] training here', 'We hold {+monthly+} training here')
    """
    was, now = _tokens(old), _tokens(new)
    steps = SequenceMatcher(None, [one for _, one in was], [one for _, one in now], autojunk=False)
    before, after = "", ""
    for kind, a, b, c, d in steps.get_opcodes():
        if kind == "equal":
            first, last = a == c == 0, b == len(was) and d == len(now)
            before += _cut(was[a:b], first, last)
            after += _cut(now[c:d], first, last)
        else:
            before += _mark(was[a:b], "[-", "-]")
            after += _mark(now[c:d], "{+", "+}")
    return before.strip(), after.strip()


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words, each with the space before it; of scripts that put none, the characters."""
    return [(" " if space else "", token) for space, token in _TOKEN.findall(text)]


def _cut(same: Sequence[tuple[str, str]], first: bool, last: bool) -> str:
    """A stretch that both have; its middle, or the end away from what differs, is left out where it is long."""
    before, after = 0 if first else AROUND, 0 if last else AROUND
    if (first and last) or len(same) <= before + after + 1:
        return _join(same)
    return _join(same[:before]) + " …" + _join(same[len(same) - after :])


def _mark(tokens: Sequence[tuple[str, str]], opening: str, closing: str) -> str:
    if not tokens:
        return ""
    (space, token), *rest = tokens
    return f"{space}{opening}{token}{_join(rest)}{closing}"


def _join(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(space + token for space, token in tokens)


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
