"""A code added to the text of a codebook, changed, or taken out again: the version follows, other lines are not touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
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
from empowerment_qda.files.journal import Change
from empowerment_qda.files.read import parse_file, read_bytes, read_study
from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import decode, find_node
from empowerment_qda.files.yaml_edit import (
    BOM,
    ListText,
    end_last_line,
    format_entry,
    parse_if_valid,
    split_list,
)
from empowerment_qda.files.yaml_keys import put_keys
from empowerment_qda.locale import list_words
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import TOP, Code, Codebook
from empowerment_qda.problems import Key, Place, Problem, StudyError, did_you_mean, refusal

USES = (
    check_unknown_code,
    check_unknown_citation,
    check_unknown_dimension,
    check_unknown_if_then,
    check_unknown_link,
)
"""What breaks where a code that is used leaves the codebook."""


EDITABLE = (
    "label",
    "definition",
    "use_when",
    "not_when",
    "example",
    "near_miss",
    "memo",
    "direction",
    "color",
)
"""Keys of a code that a person may change."""


def change_book(root: Path, path: str, entry: Entry) -> tuple[bytes, Codebook]:
    """The codebook's file and what it holds with the code of an entry, or without it for an undo; or with that code's keys
    changed."""
    keys = entry.code or {}
    raw = read_bytes(root, path)
    text = decode(raw, path)
    if entry.code_before is not None:
        versions = (entry.version, entry.was) if entry.action == "undo" else (None, None)
        made, book = edit_code(text, path, keys, entry.code_before, *versions)
    elif entry.action == "undo":
        made, book = remove_code(text, path, keys, entry.version, entry.was)
    else:
        made, book = insert_code(text, path, str(entry.parent), keys)
    return (BOM if raw.startswith(BOM) else b"") + made.encode(), book


def is_done(entry: Entry, book: Codebook) -> bool:
    """Whether a codebook is not any more as it was before what an entry did to a code."""
    code = str((entry.code or {}).get("id"))
    if entry.code_before is None:
        return (code in book.places) != (entry.action == "undo")
    return code not in book.places or read_keys(book, code, entry.code_before) != entry.code_before


def read_keys(book: Codebook, code: str, names: Iterable[str]) -> dict[str, Any]:
    """Keys of a code as plain values: text, or text by language; None for one that it has not. StudyError where there is no
    such code, or no such key to change."""
    place = book.places.get(code)
    if place is None:
        said, hint = f"code `{code}` is not in the codebook", did_you_mean(code, book.places)
        raise refusal(book.path, "unknown-code", said, hint)
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(place.code, name, None) if name in place.code.model_fields_set else None
        if isinstance(value, Text):
            value = value.root[""] if [*value.root] == [""] else value.root
        found[name] = value
    return found


def put_text(before: Any, said: str, language: str, own: str) -> Any:
    """The value of a key after something is said in a language: plain text is in the book's `own` and stays plain in that;
    nothing said takes the language away. None where nothing is left.

    >>> put_text("Satu", "One", "en", "id"), put_text({"id": "Satu", "en": "One"}, "", "en", "id"), put_text("a", " ", "id", "id")
    ({'id': 'Satu', 'en': 'One'}, {'id': 'Satu'}, None)
    """
    said = said.strip()
    if language == own and not isinstance(before, dict):
        return said or None
    held = before if isinstance(before, dict) else {own: before} if before else {}
    others = {one: text for one, text in held.items() if one != language}
    return ({**held, language: said} if said else others) or None


def plan_edit(root: Path, book: Codebook, code: str, keys: Mapping[str, Any]) -> tuple[Change, Codebook]:
    """The change of the codebook's file that sets keys of a code, and the book after it; no file where nothing differs."""
    raw, path = read_bytes(root, book.path), book.path
    text = decode(raw, path)
    before = {"id": code, **read_keys(parse_file(text, path, Codebook), code, keys)}
    new = {name: one for name, one in keys.items() if one != before[name]}
    if not new:
        return Change("", {}), book
    made, held = edit_code(text, path, {"id": code, **new}, {name: before[name] for name in ("id", *new)})
    content = (BOM if raw.startswith(BOM) else b"") + made.encode()
    return Change(f"edit {code}: {', '.join(new)}", {path: (raw, content)}), held.with_cues(book.cue_file)


def edit_code(
    text: str,
    path: str,
    keys: Mapping[str, Any],
    before: Mapping[str, Any],
    version: str | None = None,
    was: str | None = None,
) -> tuple[str, Codebook]:
    """The text with keys of a code set (`id` says of which), None taking one away, and the book that it now holds.

    `before` is what they are said to be; StudyError where they are something else, where a value is refused, or where the
    layout has no place for it. The version is raised; where it is `version`, it becomes `was`.
    """
    book, code = parse_file(text, path, Codebook), str(keys.get("id"))
    if read_keys(book, code, before) != before:
        hint = "Look at it as it is now, and change it again."
        raise _stays(path, book.places[code].key, f"code `{code}` was changed since: it stays", hint)
    place, fresh = book.places[code], was if was and book.version == version else raise_version(book.version)
    fields = {name: getattr(_make_code(_said(keys), path), name) for name in keys if name != "id"}

    def change(codes: tuple[Code, ...]) -> Iterator[Code]:
        return (one.model_copy(update=fields) if one.id == code else one for one in codes)

    said = f"`{code}` cannot be changed so without touching other lines of the file"
    hint = f"Change it by hand, and raise the version to {fresh}."
    refused, order = _stays(path, place.key, said, hint), [*Code.model_fields]
    values = {name: keys[name] for name in sorted(fields, key=order.index)}
    with suppress(StudyError):
        return _require_book(put_keys(text, place.key, values, order), book, fresh, change, refused)
    made = put_keys(text, place.key, values, order, on_a_line=True)
    return _require_book(made, book, fresh, change, refused)


def _said(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in keys.items() if value is not None}


def require_unused(root: Path, without: Codebook, undo: Entry) -> None:
    """StudyError where the study as it is on disk now would break without the code that an undo takes out."""
    if undo.action != "undo" or undo.code_before is not None:
        return
    study, code = read_study(root), str((undo.code or {}).get("id"))
    before = set(check_study(study, USES))
    lost = [one for one in check_study(replace(study, codebook=without), USES) if one not in before]
    if lost:
        places = list_words(list(dict.fromkeys(one.place.path for one in lost)), "en")
        said = f"the last step added code `{code}`, which is used meanwhile, in {places}: it stays"
        hint = "Take it off there first, then undo again; or retire it (`status: retired` in the codebook)."
        raise refusal(study.settings.codebook, "in-use", said, hint, line=1)


def insert_code(text: str, path: str, parent: str, keys: Mapping[str, Any]) -> tuple[str, Codebook]:
    """The text with one more code as the last one under `parent`, and the book that it now holds.

    `keys` are the code's keys as in the file; `since` is set to the new version. Under TOP it becomes the last code of the
    book. StudyError where the code cannot be added, or not without touching other lines.
    """
    book = parse_file(text, path, Codebook)
    version = raise_version(book.version)
    keys = {**{name: one for name, one in keys.items() if str(one).strip()}, "since": version}
    code = _make_code(keys, path)
    _require_place(book, parent, code, path)
    key = () if parent == TOP else book.places[parent].key

    def put(codes: tuple[Code, ...]) -> Iterator[Code]:
        for one in codes:
            yield one.model_copy(update={"codes": (*one.codes, code)}) if one.id == parent else one
        if codes is book.codes and parent == TOP:
            yield code

    made = _with_code(end_last_line(text), key, format_entry(keys))
    where = "at the top" if parent == TOP else f"under `{parent}`"
    said = f"the code cannot be put {where} without touching other lines of the file"
    hint = f"Add it by hand under its `codes:`, and raise the version to {version}."
    return _require_book(made, book, version, put, _stays(path, key, said, hint))


def remove_code(
    text: str, path: str, keys: Mapping[str, Any], version: str | None, was: str | None
) -> tuple[str, Codebook]:
    """The text without a code that `insert_code` put in with these keys, and the book that it now holds.

    Where the book's version is still the one that the code brought (`version`), it is the one before (`was`) again, else
    raised. StudyError where the code is gone, was changed since, has codes below it, or cannot be taken out alone.
    """
    book = parse_file(text, path, Codebook)
    name = str(keys.get("id"))
    place, said = book.places.get(name), f"code `{name}`, which the last step added,"
    if place is None:
        raise _stays(
            path, (), f"{said} is not in the codebook any more", "Put it back first, then undo again."
        )
    if place.code != _make_code({**keys, "since": place.code.since}, path):
        hint = "Take it out by hand if it should go."
        raise _stays(path, place.key, f"{said} was changed since: it stays", hint)
    fresh = was if was and book.version == version else raise_version(book.version)

    def drop(codes: tuple[Code, ...]) -> Iterator[Code]:
        return (one for one in codes if one.id != name)

    said = f"code `{name}` cannot be taken out without touching other lines of the file"
    refused = _stays(path, place.key, said, f"Take it out by hand, and write the version {fresh}.")
    made = _without_code(end_last_line(text), place.key)
    return _require_book(made, book, fresh, drop, refused)


def _stays(path: str, key: Key, message: str, hint: str) -> StudyError:
    return refusal(path, "codebook-layout", message, hint, key=key)


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
        told = ((one, one.message.replace("`codes[1].", "`")) for one in error.problems)
        raise StudyError(replace(one, place=Place(path), message=said) for one, said in told) from None
    return code


def _require_place(book: Codebook, parent: str, code: Code, path: str) -> None:
    """The parent is there and no dimension with aspects, and the code is new. That it has no definition yet, and does not say
    why it comes in, is for `qda codebook lint` to tell."""
    found: list[tuple[str, str, str]] = []
    place = book.places.get(parent)
    if place is None and parent != TOP:
        said, hint = f"code `{parent}` is not in the codebook", did_you_mean(parent, book.places)
        found.append(("unknown-code", said, hint))
    elif place and not place.ancestors and any(below.codes for below in place.code.codes):
        aspects = ", ".join(one.id for one in place.code.codes)
        said = f"`{parent}` is a dimension, and new codes stand under an aspect"
        found.append(("dimension", said, f"Name one of its aspects: {aspects}."))
    if code.id in book.places:
        said = f"the code id `{code.id}` is used already ({book.places[code.id].path})"
        found.append(("duplicate-id", said, "Choose another id, or use that code."))
    if found:
        raise StudyError(Problem(Place(path), *one) for one in found)


def _with_code(text: str, key: Key, lines: Sequence[str]) -> str | None:
    """The text with the lines of a code under the one at a key; None where the layout has no place for it."""
    if find_node(text, (*key, "codes")):
        listed = _split_codes(text, (*key, "codes"))
        return (
            str(listed.change(len(listed.pieces) - 1, 0, ["".join(listed.lines(lines))])) if listed else None
        )
    (*above, number), parent = key, find_node(text, key)
    listed = _split_codes(text, tuple(above))
    if listed is None:
        return None
    deeper = parent.start_mark.column - listed.indent
    piece = listed.pieces[int(number)]
    own = "".join([piece.own, *listed.lines(["codes:"], deeper), *listed.lines(lines, deeper + 2)])
    pieces = [piece._replace(own=own) if one is piece else one for one in listed.pieces]
    return str(replace(listed, pieces=tuple(pieces)))


def _without_code(text: str, key: Key) -> str | None:
    """The text without the code at a key, and without a `codes:` that has no other; None where it does not stand apart."""
    listed = _split_codes(text, key[:-1])
    if listed is None:
        return None
    *head, last = listed.head.splitlines(keepends=True)
    if len(listed.pieces) == 2 and last.strip() == "codes:":
        listed = replace(listed, head="".join(head))
    return str(listed.change(int(key[-1]), 1, []))


def remove_codes(text: str, path: str, codes: Iterable[str]) -> str:
    """The text without some codes that have none below them; as it is where one does not stand apart."""
    for code in codes:
        made = _without_code(text, parse_file(text, path, Codebook).places[code].key)
        text = text if made is None else made
    return text


def move_code(text: str, path: str, code: str, under: str) -> str:
    """The text with the lines of a code, its comments and the codes below it as the last one under another code, or at the
    TOP; as it is where the layout has no place for it."""
    book = parse_file(text, path, Codebook)
    (*above, number), listed = book.places[code].key, _split_codes(text, book.places[code].key[:-1])
    without = _without_code(text, (*above, number))
    if listed is None or without is None:
        return text
    lines = dedent(listed.pieces[int(number)].own).splitlines()
    key = () if under == TOP else parse_file(without, path, Codebook).places[under].key
    return _with_code(without, key, lines) or text


def _split_codes(text: str, key: Key) -> ListText | None:
    """The list of codes at a key, in pieces."""
    node = find_node(text, key)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return None
    start, end = (mark.index - mark.column for mark in (node.start_mark, node.end_mark))
    return split_list(text, start, end, len(node.value))


def _require_book(
    text: str | None,
    book: Codebook,
    version: str,
    change: Callable[[tuple[Code, ...]], Iterable[Code]],
    refused: StudyError,
) -> tuple[str, Codebook]:
    """The text with this version, and the book that it holds; StudyError where that is not just the book with its lists of
    codes changed so."""

    def changed(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        return tuple(one.model_copy(update={"codes": changed(one.codes)}) for one in change(codes))

    made = put_version(text or "", version)
    held = parse_if_valid(made, refused.problems[0].place.path, Codebook)
    expected = book.model_copy(update={"version": version, "codes": changed(book.codes)})
    if held is None or held.model_dump() != expected.model_dump():
        raise refused
    return made, held


def put_version(text: str, version: str) -> str:
    """The text with the version written over the old one, in the same quotes; as it is where that takes several lines."""
    node = find_node(text, ("version",))
    quote = node and (node.style or "")
    if node is None or node.start_mark.line < node.end_mark.line or quote not in ("", "'", '"'):
        return text
    return f"{text[: node.start_mark.index]}{quote}{version}{quote}{text[node.end_mark.index :]}"
