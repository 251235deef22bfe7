"""YAML text to plain values in which every scalar is still text; the only importer of yaml for reading.

PyYAML's own constructors keep the last of two equal keys without a word, read `12:30` as a number and `no` as
false, and crash on deep nesting. So the parser's events are built into values here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import yaml

from empowerment_qda.problems import Key, Place, Problem, StudyError

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
MAX_EXPANDED = 200_000
MAX_NODES = 400_000
"""Values and keys of one file; a transcript of a day has some ten thousand."""
MOST_TOLD = 100
"""Problems of one kind that are told of one file; the others are counted."""
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNSTORED = re.compile("[\0\ud800-\udfff]")
_NO_CHARACTER = (
    "an escape such as `\\0` or `\\ud800` stands here for no character of any text",
    "Delete it, or write the character itself.",
)
_SAYINGS = (
    (
        "exceeded maximum nesting depth",
        "brackets or indentation nest too deep",
        "Check the indentation; no file of a study needs that.",
    ),
    (
        "found character '\\t'",
        "a tab is used where YAML wants spaces",
        "Replace the tab by spaces (most editors can do it for the whole file).",
    ),
    (
        "mapping values are not allowed",
        "there is a `: ` in a place where no key can stand",
        "Put the text in quotes, or write it on its own lines after `>-`.",
    ),
    (
        "found unexpected ':'",
        "there is a colon in a place where no key can stand",
        "Put the text in quotes, or write it on its own lines after `>-`.",
    ),
    (
        "could not find expected ':'",
        "a line is neither a `key: value` nor part of the text above it",
        "Indent it to belong to the text above, or add the colon after the key.",
    ),
    (
        "did not find expected '-' indicator",
        "a list is followed by something that is no `- entry` of it",
        "Give every entry of the list the same indentation and a `- `.",
    ),
    (
        "did not find expected key",
        "the indentation does not fit the lines above, or a quote mark is left open",
        "Line it up with its neighbours; text with quote marks goes after `>-`.",
    ),
    (
        "block sequence entries are not allowed",
        "a `- ` stands where no list can begin",
        "Begin the list on a new line, indented under its key.",
    ),
    (
        "unexpected end of stream",
        "the file ends inside a quoted text or bracket",
        "Close the quote mark or bracket.",
    ),
    (
        "found unexpected end",
        "the file ends inside a quoted text or bracket",
        "Close the quote mark or bracket.",
    ),
    (
        "control characters are not allowed",
        "there is a control character in the file",
        "Delete it; it often comes from a copy out of a PDF.",
    ),
    (
        "special characters are not allowed",
        "there is a control character in the file",
        "Delete it; it often comes from a copy out of a PDF.",
    ),
    ("invalid Unicode character escape code", *_NO_CHARACTER),
    (
        "found undefined alias",
        "a `*name` refers to an `&name` that is not there",
        "Put text that begins with `*` in quotes.",
    ),
    (
        "cannot start any token",
        "a text begins with a character that means something else in YAML",
        "Put the text in quotes.",
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes begins no known escape",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "did not find expected",
        "the lines do not fit together",
        "Look for a bracket, quote mark or indentation that is off here or just above.",
    ),
)


class _Found(list[Problem]):
    """The problems of one file, as they are found."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def add(self, line: int, rule: str, message: str, hint: str) -> None:
        """StudyError where there are so many that the rest is not looked at."""
        if len(self) >= MOST_TOLD:
            message = f"more than {MOST_TOLD} problems are in this file; from here on it was not read"
            hint = "Correct those above and run the command again."
        self.append(Problem(Place(self.path, (), line), rule, message, hint))
        if len(self) > MOST_TOLD:
            raise StudyError(self)


def refuse_size(size: int, path: str, most: int = MAX_BYTES) -> None:
    """StudyError for a file of more bytes than a transcript (or, with `most`, a log) can have."""
    hint = "Split it into several sources, or check whether it is a recording rather than a transcript."
    if path.endswith(".jsonl"):
        hint = "Rename it, such as to log-old.jsonl: a new one begins with the codings as they are."
    if size > most:
        raise StudyError(
            [
                Problem(
                    Place(path, (), 1),
                    "file-size",
                    f"the file has {size / 1e6:.0f} MB; at most {most // 1_000_000} MB are read",
                    hint,
                )
            ]
        )


def decode(raw: bytes, path: str) -> str:
    """Bytes to text: UTF-8, with or without a BOM; StudyError names the line of the first byte that is not."""
    refuse_size(len(raw), path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = _Found(path)
        line = raw.count(b"\n", 0, error.start) + 1
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            what = "the file is UTF-16, not UTF-8"
        else:
            what = f"the file is not UTF-8: byte 0x{raw[error.start]:02X} on this line is not part of any character"
        found.add(line, "encoding", what, "Save it as UTF-8 (in most editors: Save as ..., encoding UTF-8).")
        raise StudyError(found) from None


def shorten(value: Any) -> str:
    """A value on its way into a sentence."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def parse_yaml(text: str, path: str) -> Any:
    """Text to mappings, lists, text and None (an empty value, `~` or `null` without quotes).

    Raises StudyError with every duplicate key, tag and complex key of the file, or the first syntax error.
    """
    found = _Found(path)
    try:
        value = _build(_Parser(text), found)
    except yaml.YAMLError as error:
        _add_syntax(error, text, found)
        raise StudyError(found) from None
    if found:
        raise StudyError(found)
    return value


def _build(parser: Any, found: _Found) -> Any:
    """The one document of the stream, its aliases shared, its expansion bounded."""
    next_event = parser.get_event
    next_event()
    if isinstance(next_event(), yaml.StreamEndEvent):
        return None
    anchors: dict[str, tuple[Any, int]] = {}
    root: list[Any] = []
    # One frame for each open mapping or list: the container, the waiting key, its anchor, the nodes before it.
    frames: list[tuple[Any, Any, str | None, int]] = [(root, None, None, 0)]
    lines: dict[int, dict[str, int]] = {}
    container: Any = root
    key: Any = None
    nodes = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = event.value
            if event.implicit[0] and value in ("", "~", "null"):
                value = None
            if _UNSTORED.search(event.value):
                found.add(event.start_mark.line + 1, "yaml", *_NO_CHARACTER)
            nodes += 1
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            nodes += 1
            if len(frames) > MAX_DEPTH:
                found.add(event.start_mark.line + 1, "nesting", f"brackets or indentation nest deeper than {MAX_DEPTH} levels",
                          "Check the indentation; no file of a study needs that.")  # fmt: skip
                raise StudyError(found)
            if event.tag and event.tag != "!":
                _refuse_tag(event, found)
            frames.append((container, key, event.anchor, nodes))
            container = {} if kind is yaml.MappingStartEvent else []
            key = None
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = container
            lines.pop(id(container), None)
            container, key, anchor, before = frames.pop()
            if anchor:
                anchors[anchor] = (value, nodes - before + 1)
        elif kind is yaml.AliasEvent:
            value, size = anchors.get(event.anchor, (None, -1))
            if size < 0:
                found.add(event.start_mark.line + 1, "alias", f"`*{shorten(event.anchor)}` refers to an `&{shorten(event.anchor)}` that is not there, or to itself",
                          "Put text that begins with `*` in quotes.")  # fmt: skip
                raise StudyError(found)
            nodes += size
        else:  # the end of the document
            break
        if kind is yaml.ScalarEvent:
            if event.tag and event.tag != "!":
                _refuse_tag(event, found)
            if event.anchor:
                anchors[event.anchor] = (value, 1)
        if nodes > MAX_NODES:
            found.add(event.start_mark.line + 1, "file-size", f"the file has more than {MAX_NODES:,} entries",
                      "Split it into several, or check whether it is what it should be.")  # fmt: skip
            raise StudyError(found)
        if nodes > MAX_EXPANDED and anchors:
            found.add(event.start_mark.line + 1, "alias", "aliases (`*name`) expand to more than the file could mean",
                      "Write the text out instead of referring to it.")  # fmt: skip
            raise StudyError(found)
        if type(container) is list:
            container.append(value)
        elif key is None:
            key = _new_key(value, kind, event, container, lines, found)
        else:
            container[key[0]] = value
            key = None
    if not isinstance(next_event(), yaml.StreamEndEvent):
        found.add(
            event.start_mark.line + 1,
            "several-documents",
            "a second document begins after `---`",
            "Keep one document in a file.",
        )
    return root[0] if root else None


def _new_key(
    value: Any,
    kind: Any,
    event: Any,
    container: dict[str, Any],
    lines: dict[int, dict[str, int]],
    found: _Found,
) -> tuple[str]:
    """A key of the mapping that is being built, wrapped so that it is never None; equal keys are refused."""
    line = event.start_mark.line + 1
    if isinstance(value, dict | list) or kind is yaml.AliasEvent:
        found.add(line, "key", "a key is not plain text", "Write a word and a colon, such as `text:`.")
        return (f"\0{len(container)}",)
    name = value if value is not None else event.value
    seen = lines.setdefault(id(container), {})
    if name in seen:
        found.add(line, "duplicate-key", f"`{shorten(name)}` is given twice; the first is on line {seen[name]}",
                  "Keep one of the two, or merge them.")  # fmt: skip
        return (f"\0{len(container)}",)
    seen[name] = line
    return (name,)


def _refuse_tag(event: Any, found: _Found) -> None:
    found.add(
        event.start_mark.line + 1,
        "tag",
        f"`{shorten(event.tag)}` is a YAML tag, and tags are not used here",
        "Put text that begins with `!` in quotes.",
    )


def _add_syntax(error: yaml.YAMLError, text: str, found: _Found) -> None:
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    line = mark.line + 1 if mark else 1
    if "cannot start any token" in said and "\t" in "".join(text.splitlines()[line - 1 : line]):
        said = "found character '\\t'"
    for start, message, hint in _SAYINGS:
        if start in said:
            found.add(line, "yaml", message, hint)
            return
    found.add(
        line, "yaml", f"this is not valid YAML ({said})", "Compare it with an example that `qda init` makes."
    )


def find_places(text: str, places: Iterable[Place]) -> list[Place]:
    """Places of one file with the line (1-based) of their keys, or of the nearest part that exists, and their subject."""
    root = yaml.compose(text, Loader=_Parser)
    found = []
    for place in places:
        node, line = root, (root.start_mark.line + 1 if root else 1)
        for part in place.key:
            step = _step(node, part)
            if step is None:
                continue
            line, node = step
        found.append(replace(place, line=place.line or line, **_find_subject(root, place.key)))
    return found


def _find_subject(root: Any, key: Key) -> dict[str, Any]:
    """The source, turn and coding that a key of a source or of a codings file is about, as in `Place`.

    Taken from the nodes, so that a file tells it too which breaks the rules of its kind.
    """
    source, coder, entry = _scalar(root, ("source",)), _scalar(root, ("coder",)), key[:2]
    if coder:
        turn = re.match(r"\s*(\d{1,9})", _scalar(root, (*entry, "turn")) or "")
        coding = None
        if len(entry) == 2 and entry[0] == "codings":
            coding = _scalar(root, (*entry, "id")) or f"{coder}:{source}:{int(entry[1]) + 1}"
        return {"source": source, "turn": int(turn[1]) if turn else None, "coding": coding}
    if _node(root, ("turns",)):
        number = int(entry[1]) + 1 if len(entry) == 2 and entry[0] == "turns" else None
        return {"source": _scalar(root, ("id",)), "turn": number}
    return {}


def _node(root: Any, key: Key) -> Any:
    """The node at a key, or None."""
    for part in key:
        root = (_step(root, part) or (0, None))[1]
    return root


def _scalar(root: Any, key: Key) -> str | None:
    """The text at a key; None where there is none."""
    node = _node(root, key)
    return (node.value or None) if isinstance(node, yaml.ScalarNode) else None


def _step(node: Any, part: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(part):
                return name.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
