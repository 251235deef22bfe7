"""A quotation as it was coded beside the words as they are now, the difference in plain signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

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
