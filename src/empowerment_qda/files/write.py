"""Files of the study, written: whole or not at all. YAML, codings and memos as tools write them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from secrets import token_hex
from textwrap import indent
from typing import Any

import yaml

from empowerment_qda.checks.findings import check_unknown_link
from empowerment_qda.coding.log_entry import path_of
from empowerment_qda.files.border import enter, find, look, open_file, sync_folder
from empowerment_qda.model.coding import Coding, Codings, LeftOut, Memo
from empowerment_qda.model.source import TurnRange
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, StudyError, refusal
from empowerment_qda.text import inert_yaml, is_odd


def write_bytes(root: Path, path: str, content: bytes) -> bool:
    """Replace a file of the study in one step, keeping its permissions; False where it already held just that."""
    try:
        with open_file(root, path) as file:
            mode = os.fstat(file.fileno()).st_mode & 0o777
            if file.read(len(content) + 1) == content:
                return False
    except (OSError, StudyError):  # nothing, or something else than a file, which makes way
        mode = 0o666 & ~_umask()
    with _aside(root, path, content, mode) as (aside, name, folder):
        os.replace(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
        sync_folder((root / path).parent, folder)
    return True


def write_new(root: Path, path: str, content: bytes) -> bool:
    """Write a file of the study in one step where there is none; False, and nothing written, where something stands
    there."""
    with _aside(root, path, content, 0o666 & ~_umask()) as (aside, name, folder):
        try:
            os.link(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except FileExistsError:
            return False
        except OSError:  # a disk without hard links: an empty file takes the place first
            try:
                os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, dir_fd=folder))
            except FileExistsError:
                return False
            try:
                os.replace(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                os.unlink(name, dir_fd=folder)
                raise
        sync_folder((root / path).parent, folder)
    return True


@contextmanager
def _aside(root: Path, path: str, content: bytes, mode: int) -> Iterator[tuple[str, str, int | None]]:
    """The content in a file beside its place, which is gone in the end unless it was moved: the name of that file, that of
    the place, and the open folder of both."""
    with enter(root, path, make=True) as (name, folder):
        head, tail = os.path.split(name)
        aside = os.path.join(head, f".{tail}.{token_hex(4)}")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(aside, flags, 0o600, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(aside, mode, dir_fd=folder) if folder is not None else os.chmod(aside, mode)
            yield aside, name, folder
        finally:
            with suppress(FileNotFoundError):
                os.unlink(aside, dir_fd=folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_text(root: Path, path: str, text: str) -> bool:
    """Write UTF-8 text with LF line ends; False where nothing changed."""
    return write_bytes(root, path, text.encode("utf-8"))


# The emitter in C is ten times quicker; it leaves lists at the indentation of their key, see _format_key.
_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]  # the base is whichever of the two PyYAML was built with
    """Block style, text with line breaks as literal blocks."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Line breaks other than LF, which YAML would take for its own, and all that is not inert are escaped; so
    are empty lines at the end, behind which the emitter in C would end the document."""
    odd = "\r" in text or is_odd(text) or text == "\n" or text.endswith("\n\n")
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if odd else "|" if "\n" in text else None
    )


_Dumper.add_representer(str, _represent_text)


def format_yaml(value: Any, comment: str = "") -> str:
    """Plain values as YAML in the order given, under an optional comment line."""
    entries = (
        [_format_key(key, one) for key, one in value.items()] if isinstance(value, dict) else [_dump(value)]
    )
    return (f"# {comment}\n" if comment else "") + "".join(entries)


def _format_key(key: str, value: Any) -> str:
    """A key with its value, a list indented under it, as people write it."""
    if isinstance(value, list) and value:
        return (
            _dump({key: None}).partition(":")[0]
            + ":\n"
            + indent(_dump(value), "  ", lambda line: line != "\n")
        )
    return _dump({key: value})


def _dump(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return inert_yaml(text)


def format_codings(codings: Codings, schema: str = "../../schemas/codings.schema.json") -> str:
    """A codings file as tools write it; reading it back gives the same codings."""
    value: dict[str, Any] = {
        **({"format": codings.format} if codings.format else {}),
        "source": codings.source,
        "coder": codings.coder,
        "codings": [plain_coding(coding) for coding in codings.codings],
    }
    if codings.left_out:
        value["left_out"] = [plain_left_out(one) for one in codings.left_out]
    return format_yaml(value, f"yaml-language-server: $schema={schema}")


def plain_coding(coding: Coding) -> dict[str, Any]:
    """A coding as it stands in YAML or JSON: the keys that differ from their defaults, numbers as numbers."""
    return coding.model_dump(mode="json", exclude_defaults=True) | _plain_turn(coding.turn)


def plain_left_out(one: LeftOut) -> dict[str, Any]:
    """Turns that are left out, as they stand in YAML or JSON."""
    return {**_plain_turn(one.turn), "reason": one.reason}


def _plain_turn(turns: TurnRange | None) -> dict[str, int | str]:
    """The key `turn`, if there is one: a number, or several as text."""
    return {"turn": turns.first if turns.first == turns.last else str(turns)} if turns else {}


def write_codings(root: Path, codings: Codings) -> bool:
    """Write a coder's file for a source; none where there is nothing to write and no file yet."""
    path = path_of(codings.source, codings.coder)
    if not (codings.codings or codings.left_out) and look(root, path) is None:
        return False
    return write_text(root, path, format_codings(codings))


def add_memo(root: Path, study: Study, keys: dict[str, Any], text: str, now: datetime) -> Memo:
    """Write a memo as memos/Mnn.md and give it back; where somebody takes the number meanwhile, under the next.

    `keys` of its front matter are plain values; those that are None or empty are left out. Without a key `date`
    it has today's; an `id` is its name unless a file has that. StudyError where it has no text, or a link that leads nowhere.
    """
    if not text.strip():
        said, hint = "the memo has no text", "Write down what it says."
        raise refusal("memos", "empty", said, hint)
    require_links(study, keys.get("links") or ())
    front = {key: one for key, one in {"date": now.date().isoformat(), **keys}.items() if one}
    wanted = front.pop("id", None)
    while True:
        name, wanted = wanted or _next_id(root, study), None
        context = {"path": f"memos/{name}.md"}
        memo = Memo.model_validate({"id": name, **front, "text": text.strip()}, context=context)
        content = f"---\n{format_yaml({'id': name, **front})}---\n\n{memo.text}\n"
        if write_new(root, memo.path, content.encode()):
            return memo


def require_links(study: Study, links: Iterable[str]) -> None:
    """StudyError where one of these leads nowhere."""
    memo = Memo(id="new", links=tuple(links)).at("a new memo")
    problems = list(check_unknown_link(replace(study, memos=(*study.memos, memo))))
    own = [one for one in problems if one.place.path == memo.path]
    if own:
        raise StudyError(replace(one, place=Place("memos"), severity="error") for one in own)


def _next_id(root: Path, study: Study) -> str:
    names = [
        *(memo.id for memo in study.memos),
        *(PurePosixPath(path).stem for path in find(root, "memos/*.md")),
    ]
    numbers = [int(found[1]) for name in names if (found := re.match(r"M([0-9]+)(?![0-9])", name))]
    return f"M{max(numbers, default=0) + 1:02d}"
