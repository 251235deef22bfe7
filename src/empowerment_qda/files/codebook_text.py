"""A code added to the text of a codebook, or taken out again: the version follows, the other lines are not touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from empowerment_qda.checks import check_study
from empowerment_qda.checks.codings import check_unknown_code
from empowerment_qda.checks.findings import (
    check_unknown_citation,
    check_unknown_dimension,
    check_unknown_if_then,
    check_unknown_link,
)
from empowerment_qda.coding import Entry
from empowerment_qda.files.codings_text import BOM
from empowerment_qda.files.read import parse_file, read_bytes, read_study
from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import decode
from empowerment_qda.locale import list_words
from empowerment_qda.model.codebook import Code, Codebook
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


USES = (
    check_unknown_code,
    check_unknown_citation,
    check_unknown_dimension,
    check_unknown_if_then,
    check_unknown_link,
)
"""What breaks where a code that is used leaves the codebook."""


def change_book(root: Path, path: str, entry: Entry) -> tuple[bytes, Codebook]:
    """The codebook's file and what it holds with the code of an entry, or without it for an undo."""
    keys = entry.code or {}
    raw = read_bytes(root, path)
    text = decode(raw, path)
    if entry.action == "undo":
        made, book = remove_code(text, path, keys, entry.version, entry.was)
    else:
        made, book = insert_code(text, path, str(entry.parent), keys)
    return (BOM if raw.startswith(BOM) else b"") + made.encode(), book


def require_unused(root: Path, without: Codebook, code: str) -> None:
    """StudyError where the study as it is on disk now would break without a code."""
    study = read_study(root)
    before = set(check_study(study, USES))
    lost = [one for one in check_study(replace(study, codebook=without), USES) if one not in before]
    if lost:
        places = list_words(list(dict.fromkeys(one.place.path for one in lost)), "en")
        said = f"the last step added code `{code}`, which is used meanwhile, in {places}: it stays"
        hint = "Take it off there first, then undo again; or retire it (`status: retired` in the codebook)."
        raise StudyError([Problem(Place(study.settings.codebook, (), 1), "in-use", said, hint)])


def insert_code(text: str, path: str, parent: str, keys: Mapping[str, Any]) -> tuple[str, Codebook]:
    """The text with one more code as the last one under `parent`, and the book that it now holds.

    `keys` are the code's keys as in the file; `since` is set to the new version. StudyError where the code cannot
    be added, or not without touching other lines.
    """
    book = parse_file(text, path, Codebook)
    version = raise_version(book.version)
    keys = {**keys, "since": version}
    code = _make_code(keys, path)
    _require_place(book, parent, code, path)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    root = yaml.compose("".join(lines), Loader=_Loader)
    at, added = _place_lines(root, book.places[parent].key, keys, lines)
    if added:
        new = [*lines[:at], *(line + end for line in added), *lines[at:]]
        _put_version(new, root, version, shift=len(added), at=at)
        made = "".join(new)
        if _holds(made, path, _with_code(book, parent, code, version)):
            return made, parse_file(made, path, Codebook)
    said = f"the code cannot be put under `{parent}` without touching other lines of the file"
    hint = f"Add it by hand under its `codes:`, and raise the version to {version}."
    raise StudyError([Problem(Place(path, book.places[parent].key), "codebook-layout", said, hint)])


def remove_code(
    text: str, path: str, keys: Mapping[str, Any], version: str | None, was: str | None
) -> tuple[str, Codebook]:
    """The text without a code that `insert_code` put in with these keys, and the book that it now holds.

    Where the book's version is still the one that the code brought (`version`), it is the one before (`was`) again, else
    raised. StudyError where the code is gone, was changed since, has codes below it, or cannot be taken out alone.
    """
    book = parse_file(text, path, Codebook)
    name = str(keys.get("id"))
    place = book.places.get(name)
    if place is None:
        raise _stays(
            path,
            (),
            f"code `{name}`, which the last step added, is not in the codebook any more",
            "Put it back first, then undo again.",
        )
    if place.code != _make_code({**keys, "since": place.code.since}, path):
        hint = "Take it out by hand if it should go."
        raise _stays(
            path, place.key, f"code `{name}`, which the last step added, was changed since: it stays", hint
        )
    fresh = was if was and book.version == version else raise_version(book.version)
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=_Loader)
    node: Any = root
    above: Any = root
    for part in place.key:
        above, node = node, node.value[part] if isinstance(part, int) else _value(node, part)
    start, end = node.start_mark.line, _last_line(node, node.start_mark.column - 2, lines)
    if len(above.value) == 1 and lines[start - 1].strip() in ("codes:", "- codes:"):
        start -= 1
    _put_version(lines, root, fresh, shift=0, at=len(lines))
    made = "".join(lines[:start] + lines[end:])
    if not _holds(made, path, _without_code(book, name, fresh)):
        hint = f"Take it out by hand, and write the version {fresh}."
        raise _stays(
            path,
            place.key,
            f"code `{name}` cannot be taken out without touching other lines of the file",
            hint,
        )
    return made, parse_file(made, path, Codebook)


def _stays(path: str, key: tuple[str | int, ...], message: str, hint: str) -> StudyError:
    return StudyError([Problem(Place(path, key), "codebook-layout", message, hint)])


def raise_version(version: str) -> str:
    """The next version: its last number plus one.

    >>> [raise_version(one) for one in ("1.0", "2", "1.9", "2024-a", "draft")]
    ['1.1', '3', '1.10', '2025-a', 'draft.1']
    """
    *_, last = [None, *re.finditer(r"\d+", version)]
    if last is None:
        return f"{version}.1"
    return f"{version[: last.start()]}{int(last[0]) + 1:0{len(last[0])}d}{version[last.end() :]}"


def _make_code(keys: Mapping[str, Any], path: str) -> Code:
    """The code, checked as if it stood in a file of its own."""
    wrapped = format_yaml({"title": "new", "version": "1", "codes": [dict(keys)]})
    try:
        (code,) = parse_file(wrapped, path, Codebook).codes
    except StudyError as error:
        raise StudyError(
            Problem(Place(path), one.rule, one.message, one.hint) for one in error.problems
        ) from None
    return code


def _require_place(book: Codebook, parent: str, code: Code, path: str) -> None:
    """The parent is there and no dimension with aspects; the code is new, has a definition, and says why it came in."""
    found: list[tuple[str, str, str]] = []
    place = book.places.get(parent)
    if place is None:
        said, hint = f"code `{parent}` is not in the codebook", did_you_mean(parent, book.places)
        found.append(("unknown-code", said, hint))
    elif not place.ancestors and any(below.codes for below in place.code.codes):
        aspects = ", ".join(one.id for one in place.code.codes)
        said = f"`{parent}` is a dimension, and new codes stand under an aspect"
        found.append(("dimension", said, f"Name one of its aspects: {aspects}."))
    if code.id in book.places:
        said = f"the code id `{code.id}` is used already ({book.places[code.id].path})"
        found.append(("duplicate-id", said, "Choose another id, or use that code."))
    if not (code.definition and str(code.definition).strip()):
        hint = "Say in a sentence what belongs under it."
        found.append(("no-definition", f"code `{code.id}` has no definition", hint))
    if not (code.memo and str(code.memo).strip()):
        hint = "Say why the codebook needs it: what no other code covers (`memo`)."
        found.append(("no-memo", f"it is not said why code `{code.id}` comes in", hint))
    if found:
        raise StudyError(Problem(Place(path), *one) for one in found)


def _place_lines(
    root: Any, key: tuple[str | int, ...], keys: Mapping[str, Any], lines: list[str]
) -> tuple[int, list[str]]:
    """Before which line (0-based) which lines go in; no lines where the layout has no place for any."""
    node = root
    for part in key:
        node = node.value[part] if isinstance(part, int) else _value(node, part)
    if node.flow_style:
        return 0, []
    codes = _value(node, "codes")
    if codes is None:
        dash = node.start_mark.column + 2
        at = _last_line(node, node.start_mark.column - 1, lines)
        return at, [" " * (dash - 2) + "codes:", *_item(keys, dash)]
    if not isinstance(codes, yaml.SequenceNode) or codes.flow_style or not codes.value:
        return 0, []
    dash = codes.start_mark.column
    return _last_line(codes, dash, lines), _item(keys, dash)


def _item(keys: Mapping[str, Any], dash: int) -> list[str]:
    return [" " * dash + line if line else "" for line in format_yaml([dict(keys)]).splitlines()]


def _last_line(node: Any, depth: int, lines: list[str]) -> int:
    """The line behind a node, less blank lines and comments that stand no deeper than `depth`."""
    at: int = min(node.end_mark.line, len(lines))
    while at > 0:
        bare = lines[at - 1].strip()
        outside = bare.startswith("#") and len(lines[at - 1]) - len(lines[at - 1].lstrip(" ")) <= depth
        if bare and not outside:
            break
        at -= 1
    return at


def _value(node: Any, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _put_version(lines: list[str], root: Any, version: str, shift: int, at: int) -> None:
    """Write the version over the old one, in the same quotes."""
    node = _value(root, "version")
    start, end = node.start_mark, node.end_mark
    quote = node.style or ""
    number = start.line + (shift if start.line >= at else 0)
    if start.line == end.line and quote in ("", "'", '"'):
        line = lines[number]
        lines[number] = f"{line[: start.column]}{quote}{version}{quote}{line[end.column :]}"


def _holds(text: str, path: str, expected: Codebook) -> bool:
    """Whether the text holds just this book."""
    try:
        return parse_file(text, path, Codebook).model_dump() == expected.model_dump()
    except (StudyError, yaml.YAMLError):
        return False


def _with_code(book: Codebook, parent: str, code: Code, version: str) -> Codebook:
    def put(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        return tuple(
            one.model_copy(update={"codes": (*one.codes, code) if one.id == parent else put(one.codes)})
            for one in codes
        )

    return book.model_copy(update={"version": version, "codes": put(book.codes)})


def _without_code(book: Codebook, name: str, version: str) -> Codebook:
    def drop(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        return tuple(one.model_copy(update={"codes": drop(one.codes)}) for one in codes if one.id != name)

    return book.model_copy(update={"version": version, "codes": drop(book.codes)})
