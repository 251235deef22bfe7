"""The one way out for text: what a terminal, a page, a picture or a table could take for more than words.

People's words stay as they are in the study. On the way out every character that moves a cursor, breaks a line, turns
the direction of writing or hides is replaced or left out, in `inert` and nowhere else; what a form takes for markup is
escaped after that. Letters of every script, accents and what joins an emoji are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGN = "\ufffd"
"""What stands for a character that is not shown."""
ODD = {
    "control": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
    "surrogate": "\ud800-\udfff\ufffe\uffff",
    "line": "\u2028\u2029",
    "override": "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb",
    "direction": "\u061c\u200e\u200f",
    "hidden": "\ufeff\U000e0000-\U000e007f",
}
"""Kinds of characters that do not go out, as classes of a regular expression; a CR without LF is a control."""
_HIDDEN = re.compile(f"[{ODD['direction']}{ODD['hidden']}]")
_SHOWN = re.compile(f"\r|[{''.join(ODD.values())}]")
_ODD = {kind: re.compile(f"[{one}]" + r"|\r(?!\n)" * (kind == "control")) for kind, one in ODD.items()}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")


def inert(text: str, sign: str = SIGN) -> str:
    """Text that does nothing where it is shown: LF and tab are its only controls.

    What is invisible anyway (marks of direction, byte order marks, tags) is left out; all else becomes the sign.

    >>> inert("a\\x1b[31mb\\r\\n\\u202ec\\u200fd")
    'a\ufffd[31mb\\n\ufffdcd'
    """
    if text.isascii() and text.isprintable():
        return text
    return _SHOWN.sub(sign, _HIDDEN.sub("", text).replace("\r\n", "\n"))


def find_odd(text: str) -> Iterator[tuple[str, list[str]]]:
    """The kinds of odd characters in a text, each with those characters in their order."""
    if not (text.isascii() and text.isprintable()):
        for kind, odd in _ODD.items():
            if found := odd.findall(text):
                yield kind, found


def inert_line(text: str) -> str:
    """The same on one line."""
    return " ".join(inert(text).split())


def inert_json(text: str) -> str:
    """JSON whose odd characters are escaped, so that a reader of it gets them back; half of a pair is lost.

    >>> inert_json('"\\u202e\\x7f"')
    '"\\\\u202e\\\\u007f"'
    """
    return _SHOWN.sub(lambda found: _escape(found[0], pairs=True), text)


def inert_yaml(text: str) -> str:
    """YAML whose odd characters stand in double quotes: escaped, so that a reader of it gets them back."""
    return _SHOWN.sub(lambda found: _escape(found[0], pairs=False), text)


def is_odd(text: str) -> bool:
    """Whether anything in a text would not go out as it is."""
    return not (text.isascii() and text.isprintable()) and _SHOWN.search(text) is not None


def _escape(mark: str, *, pairs: bool) -> str:
    number = ord(mark)
    if 0xD800 <= number < 0xE000:
        return SIGN
    if number <= 0xFFFF:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}" if pairs else f"\\U{number:08x}"


def escape_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is.

    >>> escape_markdown("[laughs] <b>")
    '\\\\[laughs\\\\] \\\\<b\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", inert_line(text))


def escape_line(text: str) -> str:
    """The same where it may begin a line: no list, rule or heading begins there.

    >>> escape_line("- yes"), escape_line("1. no")
    ('\\\\- yes', '1\\\\. no')
    """
    return _BLOCK.sub(_hold, escape_markdown(text))


def _hold(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"
