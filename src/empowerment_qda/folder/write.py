"""Files of the study, written: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

from empowerment_qda.model.coding import Coding, Codings


def write_bytes(path: Path, content: bytes) -> bool:
    """Replace a file in one step, keeping its permissions; False where it already held just that."""
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_text(path: Path, text: str) -> bool:
    """Write UTF-8 text with LF line ends; False where nothing changed."""
    return write_bytes(path, text.encode("utf-8"))


class _Dumper(yaml.SafeDumper):
    """Block style, text with line breaks as literal blocks, lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Line breaks other than LF, which YAML would take for its own, are escaped."""
    odd = any(char in text for char in "\r\x85\u2028\u2029")
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if odd else "|" if "\n" in text else None
    )


_Dumper.add_representer(str, _represent_text)


def format_yaml(value: Any, comment: str = "") -> str:
    """Plain values as YAML in the order given, under an optional comment line."""
    body = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return (f"# {comment}\n" if comment else "") + body


def format_codings(codings: Codings, schema: str = "../../schemas/codings.schema.json") -> str:
    """A codings file as tools write it; reading it back gives the same codings."""
    value: dict[str, Any] = {
        "source": codings.source,
        "coder": codings.coder,
        "codings": [plain_coding(coding) for coding in codings.codings],
    }
    if codings.left_out:
        value["left_out"] = [{"turn": str(one.turn), "reason": one.reason} for one in codings.left_out]
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


def write_codings(root: Path, codings: Codings) -> bool:
    """Write a coder's file for a source; none where there is nothing to write and no file yet."""
    path = root / "codings" / codings.coder / f"{codings.source}.yaml"
    if not codings.codings and not path.exists():
        return False
    return write_text(path, format_codings(codings))
