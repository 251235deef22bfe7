"""Files of the study, written: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from textwrap import indent
from typing import Any

import yaml

from empowerment_qda.files.border import enter, look, open_file, sync_folder
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.problems import StudyError
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
    dumped = coding.model_dump(mode="json", exclude_defaults=True)
    turn = dumped.get("turn")
    if isinstance(turn, str) and turn.isdigit():
        dumped["turn"] = int(turn)
    order = ("id", "code", "turn", "quote")
    return {
        key: dumped[key] for key in (*order, *(key for key in dumped if key not in order)) if key in dumped
    }


def plain_left_out(one: LeftOut) -> dict[str, Any]:
    """Turns that are left out, as they stand in YAML or JSON."""
    turn: int | str = one.turn.first if one.turn.first == one.turn.last else str(one.turn)
    return {"turn": turn, "reason": one.reason}


def write_codings(root: Path, codings: Codings) -> bool:
    """Write a coder's file for a source; none where there is nothing to write and no file yet."""
    path = f"codings/{codings.coder}/{codings.source}.yaml"
    if not (codings.codings or codings.left_out) and look(root, path) is None:
        return False
    return write_text(root, path, format_codings(codings))
