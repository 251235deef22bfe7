"""Entries of lists and mappings taken out of the text of a YAML file, with the comments above them and in them; other lines stay as
they are. Where the layout does not let them be told apart, the file is written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import find_node, parse_yaml
from empowerment_qda.files.yaml_edit import end_last_line
from empowerment_qda.problems import Key, StudyError


def cut_entries(text: str, path: str, keys: Iterable[Key]) -> str:
    """The text without what stands at these keys: entries of lists by their number (from 0), or keys of mappings. A list of
    which nothing is left is `[]`; so is a value that stands alone in place of a list, where a key ends in None."""
    by_list: dict[Key, set[Any]] = defaultdict(set)
    for key in keys:
        by_list[key[:-1]].add(key[-1])
    if not by_list:
        return text
    tree = parse_yaml(text, path)
    made = end_last_line(text)
    for parent in sorted(by_list, key=lambda one: (len(one), str(one)), reverse=True):
        gone = by_list[parent]
        wanted = _without(parse_yaml(made, path), parent, gone)
        tree = _without(tree, parent, gone)
        cut = _cut(made, parent, gone)
        made = cut if cut is not None and _holds(cut, wanted) else format_yaml(wanted)
    return made


def _holds(text: str, wanted: Any) -> bool:
    try:
        return bool(parse_yaml(text, "") == wanted)
    except StudyError:
        return False


def _without(value: Any, parent: Key, gone: set[Any]) -> Any:
    """Plain values less these entries."""
    if parent:
        first, *others = parent
        if isinstance(value, dict):
            return {
                key: _without(one, tuple(others), gone) if key == first else one for key, one in value.items()
            }
        return [_without(one, tuple(others), gone) if at == first else one for at, one in enumerate(value)]
    if gone == {None}:
        return []
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key not in gone}
    return [one for at, one in enumerate(value) if at not in gone]


def _cut(text: str, parent: Key, gone: set[Any]) -> str | None:
    node = find_node(text, parent)
    if isinstance(node, yaml.ScalarNode):
        return f"{text[: node.start_mark.index]}[]{text[node.end_mark.index :]}"
    entries = list(_entries(node))
    if not entries:
        return None
    kept = [entry for entry in entries if entry[0] not in gone]
    opening, closing = ("[", "]") if isinstance(node, yaml.SequenceNode) else ("{", "}")
    if node.flow_style:
        inside = ", ".join(text[start:end].strip() for _, start, end in kept)
        return f"{text[: node.start_mark.index]}{opening}{inside}{closing}{text[node.end_mark.index :]}"
    ends = [_end_of_line(text, end) for _, _, end in entries]
    begin = _above(text, text.rfind("\n", 0, entries[0][1]) + 1)
    starts = [begin, *ends[:-1]]
    if not kept:
        head = text[:begin].rstrip("\n")
        colon = head.rfind(":") if parent else -1
        if not parent:
            return f"{head}\n{opening}{closing}\n{text[ends[-1] :]}".lstrip("\n")
        return f"{head[: colon + 1]} {opening}{closing}{head[colon + 1 :]}\n{text[ends[-1] :]}"
    parts = [
        text[start:end]
        for (key, _, _), start, end in zip(entries, starts, ends, strict=True)
        if key not in gone
    ]
    return text[:begin] + "".join(parts) + text[ends[-1] :]


def _entries(node: Any) -> Iterator[tuple[Any, int, int]]:
    """Each entry of a list or mapping by its number or key, with where its words begin and end."""
    if isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield number, one.start_mark.index, _end(one)
    elif isinstance(node, yaml.MappingNode):
        for name, one in node.value:
            yield name.value, name.start_mark.index, max(_end(one), name.end_mark.index)


def _end(node: Any) -> int:
    """Where the last words of a node end; a block ends for the parser where the next one begins, behind comments."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return max(_end(last[1]), last[0].end_mark.index) if isinstance(last, tuple) else _end(last)


def _end_of_line(text: str, end: int) -> int:
    """The place behind the line in which words end."""
    end = len(text[:end].rstrip())
    found = text.find("\n", end)
    return len(text) if found < 0 else found + 1


def _above(text: str, start: int) -> int:
    """The beginning of the comments and blank lines above a line."""
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if text[before:start].strip() and not text[before:start].lstrip().startswith("#"):
            break
        start = before
    return start
