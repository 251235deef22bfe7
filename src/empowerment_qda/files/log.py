"""The log of a coder: codings/<coder>/log.jsonl, one line of JSON for each action, only ever added to; and what it knows that
the codings files have no more."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from empowerment_qda.coding import Entry, History
from empowerment_qda.coding.history import say_lost
from empowerment_qda.coding.log_entry import DONE, path_of
from empowerment_qda.files.border import find, look, open_file, rename, sync_folder
from empowerment_qda.files.names import find_odd_ids, find_odd_names
from empowerment_qda.files.pseudonyms import check_key
from empowerment_qda.files.read import read_codings, read_if_there, read_study
from empowerment_qda.files.write import plain_coding, plain_left_out
from empowerment_qda.files.yaml_edit import parse_sheet
from empowerment_qda.model.base import Noun
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, refusal
from empowerment_qda.text import inert_json

LOG = "log.jsonl"
MAX_LOG = 50_000_000
"""Bytes: some 80,000 actions, which take up to 800 MB of memory."""
_SIDES: dict[str, type[Noun]] = {
    "before": Coding,
    "after": Coding,
    "left_out_before": LeftOut,
    "left_out_after": LeftOut,
}
CHAIN = re.compile(rb', "chain": "[0-9a-f]{64}"\}\Z')


class Log:
    """A log to add to; only the holder of the coder's lock has one.

    A last line that a crash cut short is dropped: what it was to tell had not been done yet.
    """

    def __init__(self, root: Path, coder: str) -> None:
        self._root, self._name, self.coder = root, _name(coder), coder
        self._block: list[bytes] | None = None
        raw = read_raw_log(root, coder)
        self.entries, self.size = parse_log(raw, self._name)
        if self.size < len(raw):
            self.cut(self.size)
        elif raw and not raw.endswith(b"\n"):
            self._append(b"\n")

    @property
    def stands(self) -> bool:
        """Whether the log is as long as this left it."""
        return _size(self._root, self._name) == self.size

    def add(self, entry: Entry) -> None:
        """Add an entry, on disk before this returns; after an OSError the log is as it was."""
        if not self.stands:
            hint = "Nothing was done. End this session and open it again."
            raise refusal(self._name, "log", "another program wrote into this log", hint)
        before = self.size
        try:
            if self._block is None:
                self._block = read_chain(read_raw_log(self._root, self.coder)).block
            line = chain_line(format_entry(entry).encode(), self._block)
            self._append(line + b"\n")
            self._block = [line]
        except BaseException:
            self.cut(before)
            raise

    def cut(self, size: int) -> None:
        """Drop what was added behind so many bytes, because it was not done."""
        if look(self._root, self._name):
            with open_file(self._root, self._name, os.O_RDWR) as file:
                file.truncate(size)
        self.size, self._block = size, None

    def _append(self, line: bytes) -> None:
        fresh = self.size == 0
        with open_file(self._root, self._name, os.O_WRONLY | os.O_APPEND | os.O_CREAT) as file:
            written = file.write(line)
            os.fsync(file.fileno())
        if written < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if fresh:
            sync_folder((self._root / self._name).parent)
        self.size = _size(self._root, self._name)


def read_log(root: Path, coder: str) -> list[Entry]:
    """The entries of a coder's log as they stand, oldest first; none where there is no log."""
    return parse_log(read_raw_log(root, coder), _name(coder))[0]


def read_raw_log(root: Path, coder: str) -> bytes:
    """The bytes of a coder's log; none where there is no log."""
    return read_if_there(root, _name(coder), MAX_LOG) or b""


def coders_with_log(root: Path) -> list[str]:
    """The coders that have a log."""
    return sorted({path.split("/")[1] for path in find(root, f"codings/*/{LOG}") if path.count("/")})


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


class Chain(NamedTuple):
    """How the lines of a log hang together: how many say so, and the numbers of those that do not follow from what stands
    before them. `block` is what the next line is chained to: the last line that says so, and those behind it."""

    chained: int
    broken: tuple[int, ...]
    block: list[bytes]


def chain_line(line: bytes, block: Iterable[bytes]) -> bytes:
    """A line of a log with its last key, `chain`: the SHA-256 of the block before it and of itself."""
    digest = hashlib.sha256(b"\n".join([*block, line])).hexdigest()
    return line[:-1] + b', "chain": "' + digest.encode() + b'"}'


def read_chain(raw: bytes) -> Chain:
    """The chain of a log. Lines without `chain` (of qda before 0.2) are vouched for by the next one that has it. Line ends
    and empty lines do not count."""
    chained, broken, block = 0, [], list[bytes]()
    for number, ended in enumerate(raw.split(b"\n"), 1):
        line = ended.rstrip(b"\r")
        if CHAIN.search(line):
            chained += 1
            if chain_line(CHAIN.sub(b"}", line), block) != line:
                broken.append(number)
            block = []
        block += [line] * bool(line.strip())
    return Chain(chained, tuple(broken), block)


def _parse_entry(line: bytes) -> Entry:
    """An entry from its line; ValueError where it is none. Keys that this version does not know are kept in `unknown`;
    of a coding's, they are passed over. Of an action that it does not know, it keeps as much as it understands."""
    line = CHAIN.sub(b"}", line)
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        keys = json.loads(line)
    if not isinstance(keys, dict):
        raise ValueError("no mapping")
    keys.pop("chain", None)
    known = {key: one for key, one in keys.items() if key in Entry.model_fields and key != "unknown"}
    unknown = {key: one for key, one in keys.items() if key not in known}
    for side, model in _SIDES.items():
        if isinstance(known.get(side), list):
            known[side] = [_without_unknown(one, model) for one in known[side]]
    try:
        return Entry.model_validate({**known, "unknown": unknown})
    except ValidationError:
        head = {key: known.pop(key, None) for key in ("time", "coder", "action")}
        if head["action"] in DONE:
            raise
        return Entry.model_validate({**head, "unknown": known | unknown})


def _without_unknown(one: Any, model: type[Noun]) -> Any:
    return {key: one[key] for key in one if key in model.model_fields} if isinstance(one, dict) else one


def format_entry(entry: Entry) -> str:
    """An entry as a line of JSON."""
    return inert_json(json.dumps(plain_entry(entry), ensure_ascii=False))


def plain_entry(entry: Entry) -> dict[str, Any]:
    """An entry as plain values; the codings as in their YAML file."""
    plain: dict[str, Any] = {"time": entry.time.isoformat(timespec="seconds"), "coder": entry.coder}
    plain |= {"action": entry.action, "source": entry.source, **({"of": entry.of} if entry.of else {})}
    plain |= {"joined": True} if entry.joined else {}
    if entry.code is not None:
        was = {"was": entry.was} if entry.was else {}
        if entry.code_before is None:
            plain |= {"parent": entry.parent, "code": entry.code}
        else:
            plain |= {"code": entry.code, "code_before": entry.code_before}
        return plain | {"version": entry.version} | was
    if entry.action == "memo":
        return plain | {"memo": entry.memo, "links": list(entry.links)}
    before, after = (list(map(plain_coding, side)) for side in (entry.before, entry.after))
    plain |= {"at": entry.at, "before": before, "after": after}
    if entry.changes_left_out:
        before, after = (
            list(map(plain_left_out, side)) for side in (entry.left_out_before, entry.left_out_after)
        )
        plain |= {"left_out_before": before, "left_out_after": after}
    return plain | entry.unknown


def find_lost_codings(root: Path, files: Mapping[str, Codings | None]) -> Iterator[Problem]:
    """What is missing in the codings files (by path; None where one cannot be read), by the logs; and logs that cannot be
    read. In linear time."""
    for coder in coders_with_log(root):
        try:
            raw = read_raw_log(root, coder)
            history = make_history(parse_log(raw, _name(coder))[0], coder)
        except StudyError as error:
            yield from error.problems
            continue
        yield from _check_chain(coder, raw)
        times = {entry.source: entry.time for entry in history.entries}
        for source, known in history.files().items():
            path = path_of(source, coder)
            if lost := say_lost(known, files.get(path) or Codings(source=source, coder=coder)):
                when = times[source].isoformat(sep=" ", timespec="minutes")
                gone = "" if path in files else "the file is gone: "
                said = f"{gone}{lost}; by {coder}'s log all stood here on {when}"
                command = f"qda code restore {source} --coder {coder}"
                hint = f"`{command}` brings back what is missing; if it was taken away on purpose, `{command} --keep-file` notes that in the log."
                yield Problem(Place(path, (), 1), "codings-lost", said, hint, "warning")


def _check_chain(coder: str, raw: bytes) -> Iterator[Problem]:
    for number in read_chain(raw).broken[:1]:
        said = "this line or the one before it is not as qda wrote it: the log was edited, merged, or lines of it are gone"
        hint = (
            f"Compare it with an older copy, as git has it; `qda code log --coder {coder} --verify` looks at it again. The codings "
            f"themselves stand in their files. To go on from them, rename the log, such as to log-old.jsonl: a new one begins."
        )
        yield Problem(Place(_name(coder), (), number), "log-chain", said, hint, "warning")


def set_aside(root: Path, coder: str, sources: Iterable[str]) -> list[str]:
    """Rename a coder's codings files of these sources that cannot be read, so that they can be made anew; a sentence for
    each. StudyError, and nothing is done, where the study has other problems that stop reading it."""
    broken: dict[str, Problem] = {}
    for source in sources:
        path = path_of(source, coder)
        try:
            parse_sheet(read_if_there(root, path), source, coder)
        except StudyError as error:
            broken[path] = error.problems[0]
    try:
        read_study(root)
    except StudyError as error:
        others = [one for one in error.problems if one.place.path not in broken]
        if others:
            raise StudyError(others) from None
    told = []
    for path, problem in broken.items():
        number = 1
        while look(root, f"{path}.unreadable-{number}"):
            number += 1
        aside = f"{path.rpartition('/')[2]}.unreadable-{number}"
        rename(root, path, aside)
        told.append(f"{path} could not be read ({problem.message}): it is {aside} now.")
    return told


def check_folder(root: Path, study: Study | None = None) -> list[Problem]:
    """What the folder shows beyond its files, read or (without a study) not: names of files, names of people that a key knows,
    and codings that the logs know and their files have no more."""
    files = {file.path: file for file in study.codings} if study else read_codings(root)
    ids = find_odd_ids(study) if study else ()
    odd = find_odd_names(root, study.settings if study else None)
    return [*odd, *ids, *check_key(root), *find_lost_codings(root, files)]


def _refuse(name: str, line: int, message: str) -> StudyError:
    hint = "Restore the log from a copy, or move it away: a new one begins with the codings as they are."
    return refusal(name, "log", message, hint, line=line)


def _name(coder: str) -> str:
    return f"codings/{coder}/{LOG}"


def _size(root: Path, path: str) -> int:
    found = look(root, path)
    return found.st_size if found else 0
