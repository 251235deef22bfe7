"""Words that a form of text must show as they are."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is.

    >>> escape_markdown("[laughs] <b>")
    '\\\\[laughs\\\\] \\\\<b\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def escape_line(text: str) -> str:
    """The same where it may begin a line: no list, rule or heading begins there.

    >>> escape_line("- yes"), escape_line("1. no")
    ('\\\\- yes', '1\\\\. no')
    """
    return _BLOCK.sub(_hold, escape_markdown(text))


def _hold(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"
