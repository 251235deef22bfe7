"""YAML text to plain values in which every scalar is still text; the only importer of yaml for reading.

PyYAML's own constructors keep the last of two equal keys without a word, read `12:30` as a number and `no` as
false, and crash on deep nesting. So the parser's events are built into values here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NoReturn

import yaml

from empowerment_qda.problems import Key, Place, Problem, StudyError, refusal

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
_TOO_DEEP = "Check the indentation; no file of a study needs that."
_QUOTE_STAR = "Put text that begins with `*` in quotes."
_SAYINGS = (
    (
        "exceeded maximum nesting depth",
        "brackets or indentation nest too deep",
        _TOO_DEEP,
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
        _QUOTE_STAR,
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


def refuse_size(size: int, path: str, most: int = MAX_BYTES) -> None:
    """StudyError for a file of more bytes than a transcript (or, with `most`, a log) can have."""
    hint = "Split it into several sources, or check whether it is a recording rather than a transcript."
    if path.endswith(".jsonl"):
        hint = "Rename it, such as to log-old.jsonl: a new one begins with the codings as they are."
    if size > most:
        said = f"the file has {size / 1e6:.0f} MB; at most {most // 1_000_000} MB are read"
        raise refusal(path, "file-size", said, hint, line=1)


def decode(raw: bytes, path: str) -> str:
    """Bytes to text: UTF-8, with or without a BOM; StudyError names the line of the first byte that is not."""
    refuse_size(len(raw), path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        said = (
            f"the file is not UTF-8: byte 0x{raw[error.start]:02X} on this line is not part of any character"
        )
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            said = "the file is UTF-16, not UTF-8"
        hint = "Save it as UTF-8 (in most editors: Save as ..., encoding UTF-8)."
        raise refusal(path, "encoding", said, hint, line=line) from None


def shorten(value: Any) -> str:
    """A value on its way into a sentence."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def parse_yaml(text: str, path: str) -> Any:
    """Text to mappings, lists, text and None (an empty value, `~` or `null` without quotes).

    Raises StudyError with every duplicate key, tag and complex key of the file, or the first syntax error.
    """
    builder = _Builder(path)
    try:
        value = builder.build(text)
    except yaml.YAMLError as error:
        builder.add_syntax(error, text)
    if builder.problems:
        raise StudyError(builder.problems)
    return value


class _Builder:
    """The one document of a file built from the parser's events: its aliases shared, its expansion bounded."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 0

    def add(self, line: int, rule: str, message: str, hint: str) -> None:
        """Take up a problem; StudyError where there are so many that the rest is not looked at."""
        if len(self.problems) >= MOST_TOLD:
            message = f"more than {MOST_TOLD} problems are in this file; from here on it was not read"
            hint = "Correct those above and run the command again."
        self.problems.append(Problem(Place(self.path, (), line), rule, message, hint))
        if len(self.problems) > MOST_TOLD:
            raise StudyError(self.problems)

    def _add(self, event: Any, rule: str, message: str, hint: str) -> None:
        self.add(event.start_mark.line + 1, rule, message, hint)

    def _stop(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:
        self._add(event, rule, message, hint)
        raise StudyError(self.problems)

    def build(self, text: str) -> Any:
        """The value of the text; problems are gathered, StudyError where nothing more can be read."""
        self._next = _Parser(text).get_event
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next(), 1)
        end = self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            self._add(end, "several-documents", "a second document begins after `---`", "Keep one document in a file.")  # fmt: skip
        return value

    def _value(self, event: Any, depth: int) -> Any:
        """The value that begins with an event, as deep as that; its tag is refused, its anchor remembered."""
        kind, before = type(event), self._nodes
        if kind is yaml.AliasEvent:
            return self._alias(event)
        self._nodes += 1
        if kind is not yaml.ScalarEvent and depth > MAX_DEPTH:
            self._stop(event, "nesting", f"brackets or indentation nest deeper than {MAX_DEPTH} levels", _TOO_DEEP)  # fmt: skip
        if event.tag and event.tag != "!":
            said = f"`{shorten(event.tag)}` is a YAML tag, and tags are not used here"
            self._add(event, "tag", said, "Put text that begins with `!` in quotes.")
        if kind is yaml.ScalarEvent:
            value = None if event.implicit[0] and event.value in ("", "~", "null") else event.value
            if _UNSTORED.search(event.value):
                self._add(event, "yaml", *_NO_CHARACTER)
        else:
            value = self._mapping(depth + 1) if kind is yaml.MappingStartEvent else self._list(depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = value, self._nodes - before
        self._require_bounded(event)
        return value

    def _alias(self, event: Any) -> Any:
        value, size = self._anchors.get(event.anchor, (None, 0))
        if not size:
            name = shorten(event.anchor)
            self._stop(event, "alias", f"`*{name}` refers to an `&{name}` that is not there, or to itself", _QUOTE_STAR)  # fmt: skip
        self._nodes += size
        self._require_bounded(event)
        return value

    def _require_bounded(self, event: Any) -> None:
        if self._nodes > MAX_NODES:
            said = f"the file has more than {MAX_NODES:,} entries"
            self._stop(event, "file-size", said, "Split it into several, or check whether it is what it should be.")  # fmt: skip
        if self._nodes > MAX_EXPANDED and self._anchors:
            said = "aliases (`*name`) expand to more than the file could mean"
            self._stop(event, "alias", said, "Write the text out instead of referring to it.")

    def _list(self, depth: int) -> list[Any]:
        made = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            made.append(self._value(event, depth))
        return made

    def _mapping(self, depth: int) -> dict[str | None, Any]:
        made: dict[str | None, Any] = {}
        lines: dict[str | None, int] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            self._value(event, depth)
            key = event.value if type(event) is yaml.ScalarEvent else None
            if key is None:
                self._add(event, "key", "a key is not plain text", "Write a word and a colon, such as `text:`.")  # fmt: skip
            elif key in made:
                said = f"`{shorten(key)}` is given twice; the first is on line {lines[key]}"
                self._add(event, "duplicate-key", said, "Keep one of the two, or merge them.")
            lines.setdefault(key, event.start_mark.line + 1)
            made[key] = self._value(self._next(), depth)
        return made

    def add_syntax(self, error: yaml.YAMLError, text: str) -> None:
        """Take up where the text is no YAML, in the words of the person who wrote it."""
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
        line = mark.line + 1 if mark else 1
        if "cannot start any token" in said and "\t" in "".join(text.splitlines()[line - 1 : line]):
            said = "found character '\\t'"
        other = "", f"this is not valid YAML ({said})", "Compare it with an example that `qda init` makes."
        _, message, hint = next((one for one in _SAYINGS if one[0] in said), other)
        self.add(line, "yaml", message, hint)


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


def find_node(text: str, key: Key) -> Any:
    """The node of a text at a key, with its places there; None where there is none, or no YAML."""
    try:
        return _node(yaml.compose(text, Loader=_Parser), key)
    except yaml.YAMLError:
        return None


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
