"""A codebook and the cues beside it changed by an operation on codes, as text: other lines stay as they are, and what the
text then holds has to be what was meant, else it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from empowerment_qda.coding.code_operation import Operation
from empowerment_qda.files.codebook_edit import move_code, put_version, raise_version, remove_codes
from empowerment_qda.files.read import parse_file, read_bytes
from empowerment_qda.files.yaml import decode, find_node
from empowerment_qda.files.yaml_edit import BOM, end_last_line, parse_if_valid
from empowerment_qda.model.codebook import TOP, Codebook, CueFile, Cues
from empowerment_qda.problems import Key, Place, Problem, StudyError

Files = dict[str, tuple[bytes, bytes]]
"""Paths with the bytes before and after."""


def change_book_by(root: Path, book: Codebook, operation: Operation, files: Files) -> Codebook:
    kind, codes, target, _ = operation
    cues = book.cue_file
    if kind == "split" or (kind == "rename" and codes[0] in book.former):
        return book
    raw = read_bytes(root, book.path)
    text = end_last_line(decode(raw, book.path))
    plain = parse_file(text, book.path, Codebook)
    wanted = _plain_codes(plain)
    if kind == "rename":
        made = _rename(text, plain, codes[0], target)
        wanted[target] = wanted.pop(codes[0]) | {
            "id": target,
            "formerly": (*plain.places[codes[0]].code.formerly, codes[0]),
        }
    elif kind == "merge":
        former = [old for code in codes for old in (code, *plain.places[code].code.formerly)]
        into = plain.places[target]
        both = _join_cues([into.code.cues, *(plain.places[code].code.cues for code in codes)])
        made = _put(text, into.key, "formerly", [*into.code.formerly, *former])
        made = _put(made, into.key, "cues", both) if both and both != _plain_cues(into.code.cues) else made
        made = remove_codes(made, book.path, codes)
        wanted = {code: keys for code, keys in wanted.items() if code not in codes}
        wanted[target] |= {
            "formerly": (*into.code.formerly, *former),
            "cues": Cues.model_validate(both).model_dump(),
        }
    elif kind == "move":
        made = move_code(text, book.path, codes[0], target)
        wanted[codes[0]] |= {"above": "" if target == TOP else target}
    else:
        made = text
        for code in codes:
            made = _put(
                made,
                parse_file(made, book.path, Codebook).places[code].key,
                "status",
                "retired" if kind == "retire" else "active",
            )
            wanted[code] |= {"status": "retired" if kind == "retire" else "active"}
    version = raise_version(plain.version)
    made = put_version(made, version)
    held = parse_if_valid(made, book.path, Codebook)
    if kind == "rename":
        for keys in wanted.values():
            keys["above"] = target if keys["above"] == codes[0] else keys["above"]
    if held is None or _plain_codes(held) != wanted or held.version != version:
        hint = f"Write its codes as a list with a line for each key, or change it by hand and raise the version to {version}."
        raise StudyError(
            [
                Problem(
                    Place(book.path),
                    "codebook-layout",
                    f"`{operation.said}` would touch other lines of the file",
                    hint,
                )
            ]
        )
    files[book.path] = raw, (BOM if raw.startswith(BOM) else b"") + made.encode()
    return held.with_cues(_change_cues(root, cues, operation, files))


def _plain_codes(book: Codebook) -> dict[str, dict[str, Any]]:
    """Each code's own keys, and the code above it."""
    return {
        place.code.id: place.code.model_dump(exclude={"codes"})
        | {"above": place.ancestors[-1].id if place.ancestors else ""}
        for place in book.walk()
    }


def _rename(text: str, book: Codebook, old: str, new: str) -> str:
    key = book.places[old].key
    made = replace_scalars(text, [(*key, "id")], new)
    return _put(made, key, "formerly", [*book.places[old].code.formerly, old])


def replace_scalars(text: str, keys: Iterable[Key], new: str | Mapping[str, str]) -> str:
    """The text with other scalars at these keys, in the quotes that stand there; `new` may tell the new by the old."""
    nodes = [node for key in keys if isinstance(node := find_node(text, key), yaml.ScalarNode)]
    for node in sorted(nodes, key=lambda one: -one.start_mark.index):
        quote = node.style if node.style in ("'", '"') else ""
        value = new if isinstance(new, str) else new[node.value]
        text = f"{text[: node.start_mark.index]}{quote}{value}{quote}{text[node.end_mark.index :]}"
    return text


def _put(text: str, key: Key, name: str, value: Any) -> str:
    """The text with a key of a code set to a value, on its line or behind the line of the id."""
    flow = (
        yaml.safe_dump(value, default_flow_style=True, width=1 << 30, allow_unicode=True)
        .removesuffix("...\n")
        .strip()
    )
    node, mapping, id_ = find_node(text, (*key, name)), find_node(text, key), find_node(text, (*key, "id"))
    if node is not None:
        end = len(text[: node.end_mark.index].rstrip())
        return text[: node.start_mark.index] + flow + text[max(end, node.start_mark.index) :]
    if mapping.flow_style:
        return f"{text[: id_.end_mark.index]}, {name}: {flow}{text[id_.end_mark.index :]}"
    column = next(one.start_mark.column for one, _ in mapping.value if one.value == "id")
    end = text.find("\n", id_.end_mark.index) + 1
    line_end = "\r\n" if text[:end].endswith("\r\n") else "\n"
    return f"{text[:end]}{' ' * column}{name}: {flow}{line_end}{text[end:]}"


def _plain_cues(cues: Cues) -> dict[str, Any]:
    listed: dict[str, Any] = {language: list(phrases) for language, phrases in cues.suggest.items()}
    for name, own in (("not", cues.suppress), ("needs", cues.needs)):
        if own:
            listed[name] = {language: list(phrases) for language, phrases in own.items()}
    return listed


def _join_cues(cues: Sequence[Cues]) -> dict[str, Any]:
    """All phrases together, each once."""
    made: dict[str, Any] = {}
    for one in map(_plain_cues, cues):
        for name, value in one.items():
            if isinstance(value, dict):
                own = made.setdefault(name, {})
                for language, phrases in value.items():
                    own[language] = list(dict.fromkeys([*own.get(language, []), *phrases]))
            else:
                made[name] = list(dict.fromkeys([*made.get(name, []), *value]))
    return made


def _change_cues(root: Path, file: CueFile | None, operation: Operation, files: Files) -> CueFile | None:
    """The file of cues beside the book: entries bear the new ids, those of merged codes are put together."""
    moved = {old: new for old, new in operation.ids.items() if file and old in file.by_code}
    if file is None or not moved:
        return file
    raw = read_bytes(root, file.path)
    text = end_last_line(decode(raw, file.path))
    wanted = {code: cues for code, cues in file.by_code.items() if code not in moved}
    target = operation.target
    parts = [one for one in (file.by_code.get(target), *(file.by_code[old] for old in moved)) if one]
    wanted[target] = Cues.model_validate(_join_cues(parts))
    if target not in file.by_code:
        first, *others = moved
        root_node = find_node(text, ())
        key = next(name for name, _ in root_node.value if name.value == first)
        text = f"{text[: key.start_mark.index]}{target}{text[key.end_mark.index :]}"
    else:
        others = list(moved)
    if others:
        text = _put_entry(text, target, _join_cues(parts))
        for old in others:
            text = _drop_entry(text, old)
    held = parse_if_valid(text, file.path, CueFile)
    if held is None or held.by_code != wanted:
        hint = f"Write the cues of {', '.join(moved)} under `{target}` by hand first, and take out the old entries."
        raise StudyError(
            [
                Problem(
                    Place(file.path),
                    "cues-layout",
                    "the cues cannot be put together without touching other lines",
                    hint,
                )
            ]
        )
    files[file.path] = raw, (BOM if raw.startswith(BOM) else b"") + text.encode()
    return held


def _put_entry(text: str, name: str, value: Any) -> str:
    start, end = _lines_of(text, name)
    flow = yaml.safe_dump(
        {name: value}, default_flow_style=None, width=120, allow_unicode=True, sort_keys=False
    )
    return text[:start] + flow + text[end:]


def _drop_entry(text: str, name: str) -> str:
    start, end = _lines_of(text, name)
    return text[:start] + text[end:]


def _lines_of(text: str, name: str) -> tuple[int, int]:
    """Where the lines of a top-level entry begin and end."""
    for key, value in find_node(text, ()).value:
        if key.value == name:
            last = text.rfind(
                "\n", 0, max(value.end_mark.index, 1) if text[value.end_mark.index - 1] == "\n" else len(text)
            )
            end = (
                text.find("\n", value.end_mark.index - 1) + 1
                if text[value.end_mark.index - 1] != "\n"
                else last + 1
            )
            return key.start_mark.index, end
    raise KeyError(name)


def list_scalars(node: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every scalar below a node, with its key from there."""
    if isinstance(node, yaml.ScalarNode):
        yield key, node.value
    elif isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield from list_scalars(one, (*key, number))
    elif isinstance(node, yaml.MappingNode):
        for name, one in node.value:
            yield from list_scalars(one, (*key, name.value))
