"""The log of a coder: codings/<coder>/log.jsonl, one line of JSON for each action, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from empowerment_qda.desk import Entry, History
from empowerment_qda.desk.entry import DONE
from empowerment_qda.escape import inert_json
from empowerment_qda.folder.read import read_if_there
from empowerment_qda.folder.write import plain_coding, plain_left_out, sync_folder
from empowerment_qda.model.base import Noun
from empowerment_qda.model.coding import Coding, LeftOut
from empowerment_qda.problems import Place, Problem, StudyError

LOG = "log.jsonl"


class Log:
    """A log to add to; only the holder of the coder's lock has one.

    A last line that a crash cut short is dropped: what it was to tell had not been done yet.
    """

    def __init__(self, root: Path, coder: str) -> None:
        self._path = root / "codings" / coder / LOG
        self._name = _name(coder)
        raw = read_if_there(root, self._name) or b""
        self.entries, self.size = parse_log(raw, self._name)
        if self.size < len(raw):
            self.cut(self.size)
        elif raw and not raw.endswith(b"\n"):
            self._append(b"\n")

    @property
    def stands(self) -> bool:
        """Whether the log is as long as this left it."""
        return _size(self._path) == self.size

    def add(self, entry: Entry) -> None:
        """Add an entry, on disk before this returns; after an OSError the log is as it was."""
        if not self.stands:
            hint = "Nothing was done. End this session and open it again."
            raise StudyError([Problem(Place(self._name), "log", "another program wrote into this log", hint)])
        before = self.size
        try:
            self._append(format_entry(entry).encode() + b"\n")
        except BaseException:
            self.cut(before)
            raise

    def cut(self, size: int) -> None:
        """Drop what was added behind so many bytes, because it was not done."""
        if self._path.exists():
            os.truncate(self._path, size)
        self.size = size

    def _append(self, line: bytes) -> None:
        fresh = self.size == 0
        with self._path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            sync_folder(self._path.parent)
        self.size = _size(self._path)


def read_log(root: Path, coder: str) -> list[Entry]:
    """The entries of a coder's log as they stand, oldest first; none where there is no log."""
    return parse_log(read_if_there(root, _name(coder)) or b"", _name(coder))[0]


def coders_with_log(root: Path) -> list[str]:
    """The coders that have a log."""
    return sorted(path.parent.name for path in root.glob(f"codings/*/{LOG}"))


def make_history(entries: Iterable[Entry], coder: str) -> History:
    """The history that a log tells; StudyError with the line where the entries contradict each other."""
    history = History()
    for number, entry in enumerate(entries, 1):
        try:
            history.add(entry)
        except ValueError as error:
            raise _refuse(_name(coder), number, str(error)) from None
    return history


def parse_log(raw: bytes, name: str) -> tuple[list[Entry], int]:
    """The entries, and how many bytes they take; an unfinished last line is left out."""
    *lines, last = raw.split(b"\n")
    entries = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entries.append(_parse_entry(line))
            except (ValueError, RecursionError):
                raise _refuse(name, number, "this line is no entry of a log") from None
    try:
        return ([*entries, _parse_entry(last)] if last else entries), len(raw)
    except (ValueError, RecursionError):
        return entries, len(raw) - len(last)


def _parse_entry(line: bytes) -> Entry:
    """An entry from its line; ValueError where it is none. Keys that this version does not know are kept in `unknown`;
    of a coding's, they are passed over. Of an action that it does not know, it keeps as much as it understands."""
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        keys = json.loads(line)
    if not isinstance(keys, dict):
        raise ValueError("no mapping")
    known = {key: one for key, one in keys.items() if key in Entry.model_fields and key != "unknown"}
    unknown = {key: one for key, one in keys.items() if key not in known}
    for side, model in (
        ("before", Coding),
        ("after", Coding),
        ("left_out_before", LeftOut),
        ("left_out_after", LeftOut),
    ):
        if isinstance(known.get(side), list):
            known[side] = [_known(one, model) for one in known[side]]
    try:
        return Entry.model_validate({**known, "unknown": unknown})
    except ValidationError:
        head = {key: known.pop(key, None) for key in ("time", "coder", "action")}
        if head["action"] in DONE:
            raise
        return Entry.model_validate({**head, "unknown": known | unknown})


def _known(one: Any, model: type[Noun]) -> Any:
    return (
        {key: each for key, each in one.items() if key in model.model_fields}
        if isinstance(one, dict)
        else one
    )


def format_entry(entry: Entry) -> str:
    """An entry as a line of JSON."""
    return inert_json(json.dumps(plain_entry(entry), ensure_ascii=False))


def plain_entry(entry: Entry) -> dict[str, Any]:
    """An entry as plain values; the codings as in their YAML file."""
    plain: dict[str, Any] = {
        "time": entry.time.isoformat(timespec="seconds"),
        "coder": entry.coder,
        "action": entry.action,
        "source": entry.source,
    }
    if entry.of:
        plain["of"] = entry.of
    if entry.code is not None:
        was = {"was": entry.was} if entry.was else {}
        return plain | {"parent": entry.parent, "code": entry.code, "version": entry.version} | was
    if entry.action == "memo":
        return plain | {"memo": entry.memo, "links": list(entry.links)}
    before, after = ([plain_coding(one) for one in side] for side in (entry.before, entry.after))
    plain |= {"at": entry.at, "before": before, "after": after}
    if entry.changes_left_out:
        plain["left_out_before"] = [plain_left_out(one) for one in entry.left_out_before]
        plain["left_out_after"] = [plain_left_out(one) for one in entry.left_out_after]
    return plain | entry.unknown


def _refuse(name: str, line: int, message: str) -> StudyError:
    hint = "Restore the log from a copy, or move it away: a new one begins with the codings as they are."
    return StudyError([Problem(Place(name, (), line), "log", message, hint)])


def _name(coder: str) -> str:
    return f"codings/{coder}/{LOG}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
