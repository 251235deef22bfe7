"""A check of the characters in all texts of a study: which of them no answer shows as they are."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem
from empowerment_qda.text import find_odd

NAMES = {
    "control": "control characters, which can give orders to a terminal",
    "surrogate": "values that are no characters",
    "line": "separators that some programs take for line ends",
    "override": "marks that turn the direction of writing or regroup it",
    "direction": "invisible marks of direction",
    "hidden": "invisible characters",
}
LEFT_OUT = ("direction", "hidden")
MOST = 3


def check_control_character(study: Study) -> Iterator[Problem]:
    """No text holds characters that move a cursor, turn the direction of writing or hide: no answer shows them, and
    people who read the file do not see them either."""
    files = (
        study.settings,
        study.codebook,
        *study.sources,
        *study.codings,
        study.findings,
        *study.memos,
        *([study.consent] if study.consent else []),
    )
    for file in files:
        found: dict[str, tuple[Key, list[str]]] = defaultdict(lambda: ((), []))
        for key, text in list_texts(file.model_dump(by_alias=True), ()):
            for kind, marks in find_odd(text):
                first, before = found[kind]
                found[kind] = (first if before else key, before + marks)
        for kind, (key, marks) in found.items():
            yield _tell(Place(file.path, key), kind, marks)


def list_texts(value: Any, key: Key) -> Iterator[tuple[Key, str]]:
    """Every text in plain values with its key; lines of a memo by their number."""
    if isinstance(value, str):
        lines = enumerate(value.split("\n")) if key == ("text",) else [(None, value)]
        yield from ((key if number is None else (*key, number), line) for number, line in lines)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield (*key, name), str(name)
            yield from list_texts(one, (*key, name))
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from list_texts(one, (*key, number))


def _tell(place: Place, kind: str, marks: list[str]) -> Problem:
    each = list(dict.fromkeys(marks))
    named = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in each[:MOST])
    more = ", ..." if len(each) > MOST else ""
    said = f"here and below stand {NAMES[kind]}: {len(marks)} in this file ({named}{more})"
    shown = "left out" if kind in LEFT_OUT else "shown as \ufffd"
    hint = f"Delete them where they say nothing; in all that qda shows and writes they are {shown}."
    return Problem(place, "control-character", said, hint, "warning")
