"""Keys of a mapping in a YAML text set, put in or taken away; every other line stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any

import yaml

from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import find_node
from empowerment_qda.files.yaml_edit import end_last_line
from empowerment_qda.problems import Key
from empowerment_qda.text import inert_yaml

_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")


def put_keys(
    text: str, key: Key, values: Mapping[str, Any], order: Sequence[str], on_a_line: bool = False
) -> str:
    """The text with these values (text, or text by language) in the mapping at a key; None takes a key away. A new key stands
    behind those that come before it in `order`. `on_a_line`: each value in quotes on one line, whatever its length.

    What the text then holds is for the caller to look at: where a layout has no place for a value, it is another.
    """
    text = end_last_line(text)
    for name, value in values.items():
        text = _put_key(text, key, name, value, order, on_a_line)
    return text


def _put_key(text: str, key: Key, name: str, value: Any, order: Sequence[str], on_a_line: bool) -> str:
    mapping = find_node(text, key)
    if not isinstance(mapping, yaml.MappingNode) or not mapping.value:
        return text
    names = [one.value for one, _ in mapping.value]
    at = names.index(name) if name in names else None
    if at is None:
        return text if value is None else _insert(text, mapping, name, value, order, on_a_line)
    head, node = mapping.value[at]
    if value is None:
        return _drop(text, mapping, at)
    if isinstance(value, dict) and isinstance(node, yaml.MappingNode):
        held = {one.value: other.value for one, other in node.value}
        changed = {one: said for one, said in value.items() if held.get(one) != said}
        gone = dict.fromkeys(one for one in held if one not in value)
        return put_keys(text, (*key, name), {**changed, **gone}, (), on_a_line)
    made = _format(text, mapping, name, value, on_a_line)
    return text[: head.start_mark.index] + made + text[_end_of(text, head, node) :]


def _insert(
    text: str, mapping: yaml.MappingNode, name: str, value: Any, order: Sequence[str], on_a_line: bool
) -> str:
    before = order[: order.index(name)] if name in order else [one.value for one, _ in mapping.value]
    head, node = next((pair for pair in reversed(mapping.value) if pair[0].value in before), mapping.value[0])
    end, made = _end_of(text, head, node), _format(text, mapping, name, value, on_a_line)
    if mapping.flow_style:
        return f"{text[:end]}, {made}{text[end:]}"
    line_end = re.compile(r"\r?\n").search(text, end)
    at = line_end.start() if line_end else len(text)
    column = mapping.value[0][0].start_mark.column
    return f"{text[:at]}{_line_end(text)}{' ' * column}{made}{text[at:]}"


def _drop(text: str, mapping: yaml.MappingNode, at: int) -> str:
    """The text without a key and its value; a comment on their last line goes, too."""
    head, node = mapping.value[at]
    start, end = head.start_mark.index, _end_of(text, head, node)
    if at == 0 and len(mapping.value) > 1:
        return text[:start] + text[mapping.value[1][0].start_mark.index :]
    if mapping.flow_style:
        return text[: _end_of(text, *mapping.value[at - 1])] + text[end:]
    return text[: text.rfind("\n", 0, start) + 1] + text[text.find("\n", end) + 1 :]


def _format(text: str, mapping: yaml.MappingNode, name: str, value: Any, on_a_line: bool) -> str:
    """A key with its value, as it can stand in the mapping: the first line without its indentation."""
    if mapping.flow_style or on_a_line:
        return f"{name}: {inert_yaml(json.dumps(value, ensure_ascii=False))}"
    lines = format_yaml({name: value}).rstrip("\n")
    column = mapping.value[0][0].start_mark.column
    return indent(lines, " " * column).lstrip(" ").replace("\n", _line_end(text))


def _end_of(text: str, head: yaml.Node, node: yaml.Node) -> int:
    """Where a value ends: without the blank lines and comments behind it. That of an alias stands elsewhere."""
    alias = _ALIAS.match(text, head.end_mark.index)
    if alias:
        return alias.end()
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    start = head.start_mark.index
    return start + len(text[start : max(node.end_mark.index, head.end_mark.index + 1)].rstrip())


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
