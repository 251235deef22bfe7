"""Descriptions of REFI-QDA that say more than their words: behind these stand the keys by which a study knows a thing, a line
each, which people can read in any program and which come back from it.

    What the code means.

    id: training-provided
    use_when: Someone says that there is training,
      or that there was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from empowerment_qda.model.base import Text

_FIRST = re.compile(r"(?:id|code): \S+")
_LIKE_FIRST = re.compile(r"^ *(?:id|code): \S+$", re.MULTILINE)
_MOVED_IN = re.compile(r"^ (?= *(?:id|code): \S+$)", re.MULTILINE)
_KEY = re.compile(r"([a-z_]+(?: \([a-z]{2}\))?):(?: (.*))?")


def write_description(text: str, keys: Mapping[str, str]) -> str:
    """The words and behind them the keys that have a value, of which the first has to be `id` or `code`.

    >>> write_description("Why so.", {"id": "E1", "memo": "", "note": "two\\nlines"})
    'Why so.\\n\\nid: E1\\nnote: two\\n  lines'
    """
    lines = [f"{key}: {value}".replace("\n", "\n  ") for key, value in keys.items() if value]
    words = _LIKE_FIRST.sub(r" \g<0>", text.strip("\n")) if lines else text.strip("\n")
    return "\n\n".join(filter(None, [words, "\n".join(lines)]))


def looks_like_keys(text: str) -> bool:
    """Whether words have a line that could be read as the first of keys; with keys behind them it is moved in by a space."""
    return _LIKE_FIRST.search(text) is not None


def read_description(text: str) -> list[tuple[str, dict[str, str]]]:
    """The words before each run of keys with these keys; words behind the last run, or of all that has none, have no keys.

    >>> read_description("Why so.\\n\\nid: E1\\nnote: two\\n  lines")
    [('Why so.', {'id': 'E1', 'note': 'two\\nlines'})]
    >>> read_description("note: a word")
    [('note: a word', {})]
    """
    found: list[tuple[str, dict[str, str]]] = []
    words: list[str] = []
    keys: dict[str, str] | None = None
    last = ""
    for line in text.split("\n"):
        key = _KEY.fullmatch(line)
        if keys is None and _FIRST.fullmatch(line) and (not words or not words[-1].strip()):
            keys = {}
        if keys is not None and key:
            last = key[1]
            keys[last] = key[2] or ""
        elif keys and line.startswith("  "):
            keys[last] += f"\n{line[2:]}"
        else:
            if keys is not None:
                found.append((_join(words), keys))
                words, keys = [], None
            words.append(line)
    if keys:
        return [*found, (_join(words), keys)]
    rest = "\n".join(words).strip()
    return [*found, (rest, {})] if rest else found


def _join(words: list[str]) -> str:
    return _MOVED_IN.sub("", "\n".join(words).strip("\n")).strip()


WRITTEN_IN = "written_in"
"""The key that says in which language the words are that name none."""


def spread(texts: Mapping[str, Text | None], language: str, apart: Collection[str] = ()) -> dict[str, str]:
    """Texts in languages as keys: what is said in that language under the name, all else under the name and its language. The
    words of those `apart` stand elsewhere.

    >>> spread({"label": Text({"id": "Kelas", "en": "Class"}), "memo": Text.of("so")}, "id", ["label"])
    {'written_in': 'id', 'label (en)': 'Class', 'memo': 'so'}
    """
    found: dict[str, str] = {}
    for name, text in texts.items():
        if text and name not in apart:
            found[name] = text.say(language)
        root = text.root if text else {}
        others = {code: said for code, said in root.items() if code and code != language}
        if root.get(language) in others.values():  # else the other one would seem to stand instead of it
            others = {code: said for code, said in root.items() if code}
        found |= {f"{name} ({code})": said for code, said in others.items()}
    several = any(key.endswith(")") for key in found)
    return {WRITTEN_IN: language} | found if several else found


def collect(name: str, keys: Mapping[str, str], main: str) -> str | dict[str, str]:
    """The text that `spread` made keys of; `main` are the words that name no language.

    >>> collect("label", {"written_in": "id", "label (en)": "Class"}, "Kelas")
    {'id': 'Kelas', 'en': 'Class'}
    """
    others = {key[-3:-1]: said for key, said in keys.items() if key.startswith(f"{name} (")}
    if not main or not others or main in others.values():
        return others or main
    return {keys.get(WRITTEN_IN, ""): main} | others
