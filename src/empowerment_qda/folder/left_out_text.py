"""What is left out, in the text of a codings file: its lines are put in or taken out, the rest is not touched."""

from __future__ import annotations

import re

from empowerment_qda.folder.codings_text import find_comments
from empowerment_qda.folder.write import format_yaml, plain_left_out
from empowerment_qda.model.coding import LeftOut

_KEY = re.compile(r"^left_out[ \t]*:", re.MULTILINE)
_BELOW = re.compile(r"(?:(?:[ \t-][^\n]*|[ \t]*#[^\n]*|\r?)\n)*")
"""Lines that belong to the key above them: indented, entries of a list, comments and blank lines."""
_BEHIND = re.compile(r"(?:^(?:#[^\n]*|[ \t]*\r?)\n)*\Z", re.MULTILINE)
"""Comments at the margin and blank lines, which belong to what comes next."""


def put_left_out(text: str, left_out: tuple[LeftOut, ...]) -> str:
    """The text with just this left out; comments inside the old lines stand above the new ones."""
    if text and not text.endswith("\n"):
        text += "\n"
    end = "\r\n" if "\r\n" in text else "\n"
    plain = [plain_left_out(one) for one in left_out]
    fresh = format_yaml({"left_out": plain}).replace("\n", end) if plain else ""
    found = _KEY.search(text)
    if found is None:
        return text + fresh
    first = text.index("\n", found.end()) + 1
    below = _BELOW.match(text, first)
    old = text[found.start() : below.end() if below else first]
    behind = _BEHIND.search(old)
    old = old[: behind.start()] if behind else old
    comments = "".join(one + end for one in find_comments(old))
    return text[: found.start()] + comments + fresh + text[found.start() + len(old) :]
