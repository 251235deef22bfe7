"""Every scalar of a YAML file changed in its place, and the comments too; layout and other lines stay as they are.

What the text then holds is read back: where a value written in its place would be another one (an escape, a bracket, a colon),
it is written in double quotes instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from empowerment_qda.problems import Key, refusal
from empowerment_qda.text import inert_yaml

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A value or a key of a YAML text: its key from the top, where it stands, and what it says. `null` is an empty value,
    `plain` one without quotes that is no block."""

    key: Key
    is_key: bool
    start: int
    end: int
    value: str
    null: bool
    plain: bool
    anchor: str | None


def find_scalars(text: str) -> list[Scalar]:
    """The scalars of a text in their order; an alias is none. yaml.YAMLError where it is no YAML."""
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Parser))
    return [
        one
        for event in events
        if isinstance(event, yaml.DocumentStartEvent)
        for one in _below(next(events), events, (), is_key=False)
    ]


def _below(event: Any, events: Iterator[Any], key: Key, *, is_key: bool) -> Iterator[Scalar]:
    if isinstance(event, yaml.ScalarEvent):
        null = event.implicit[0] and event.value in ("", "~", "null")
        start, end = event.start_mark, event.end_mark
        assert start
        assert end
        yield Scalar(key, is_key, start.index, end.index, event.value, null, not event.style, event.anchor)
    elif isinstance(event, yaml.SequenceStartEvent):
        number = 0
        while not isinstance(one := next(events), yaml.SequenceEndEvent):
            yield from _below(one, events, (*key, number), is_key=False)
            number += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(one := next(events), yaml.MappingEndEvent):
            name = one.value if isinstance(one, yaml.ScalarEvent) else ""
            yield from _below(one, events, (*key, name), is_key=True)
            yield from _below(next(events), events, (*key, name), is_key=False)


def change_scalars(text: str, path: str, value: Callable[[Scalar], str], words: Callable[[str], str]) -> str:
    """The text with another value for each scalar, as `value` gives it; `words` changes text as it stands in the file:
    comments, and scalars as far as that gives their new value. StudyError where the file could not hold what it should."""
    scalars = find_scalars(text)
    wanted = [value(one) for one in scalars]
    changed = {
        number for number, (one, new) in enumerate(zip(scalars, wanted, strict=True)) if new != one.value
    }
    quoted: set[int] = set()
    for _ in range(4):
        made = _put(text, scalars, wanted, quoted, words)
        wrong = _find_wrong(made, scalars, wanted)
        if wrong == set():
            return made
        # Where the text cannot be read, plain values are the likely cause.
        plain = {number for number in changed if scalars[number].plain}
        quoted |= wrong or (changed if plain <= quoted else plain)
    hint = "Nothing was written. Write the value in double quotes on one line, and run the command again."
    raise refusal(
        path,
        "layout",
        "the layout of this file does not let its words be changed in their place",
        hint,
        line=1,
    )


def _put(
    text: str, scalars: list[Scalar], wanted: list[str], quoted: set[int], words: Callable[[str], str]
) -> str:
    parts, done = [], 0
    for number, (one, new) in enumerate(zip(scalars, wanted, strict=True)):
        if one.start < done:  # an empty value has no place of its own
            continue
        raw = text[one.start : one.end]
        if new == one.value:
            made = raw
        elif number in quoted:
            made = _quote(new, one.anchor) + raw[len(raw.rstrip()) :]
        else:
            made = words(raw)
        parts += [_change_comments(text[done : one.start], words), made]
        done = one.end
    return "".join([*parts, _change_comments(text[done:], words)])


def _quote(value: str, anchor: str | None) -> str:
    return (f"&{anchor} " if anchor else "") + inert_yaml(json.dumps(value, ensure_ascii=False))


def _change_comments(gap: str, words: Callable[[str], str]) -> str:
    """What stands between scalars: only its comments, and the names of anchors, are words."""
    return words(gap) if any(sign in gap for sign in "#&*") else gap


def _find_wrong(made: str, scalars: list[Scalar], wanted: list[str]) -> set[int] | None:
    """The numbers of the scalars that are not what they should be; None where the text cannot be read so."""
    try:
        again = find_scalars(made)
    except yaml.YAMLError:
        return None
    if [one.is_key for one in again] != [one.is_key for one in scalars]:
        return None
    return {
        number
        for number, (one, was, new) in enumerate(zip(again, scalars, wanted, strict=True))
        if one.value != new or one.null != (was.null and new == was.value)
    }
