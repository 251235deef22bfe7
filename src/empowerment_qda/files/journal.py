"""Several files of a study changed as one: all of them or none, wherever a crash comes, and taken back as one.

What is to be written stands in a journal before any file is touched. Where a command finds a journal, the one before it was
killed: it finishes the change. Finished changes are kept under `.qda/changes/`, for `take_back`; but one that takes words out
for good is not, and those before it go with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from empowerment_qda.files.border import find, look, remove
from empowerment_qda.files.write import write_bytes, write_text
from empowerment_qda.problems import Place, Problem, StudyError

JOURNAL = ".qda/journal.json"
CHANGES = ".qda/changes"
MOST = 500_000_000
"""Bytes of a journal."""


class Change(NamedTuple):
    """What is said of a change, and each file of it by its path: its bytes before and after, None where there is no file.

    `logs` says how many entries the log of each coder has after it, so that it is known what was done later; None where that was
    not kept. `removed` are files that go whatever they hold. What is `final` is not kept, nor are the changes before it; what
    takes a change `back` is not kept either.
    """

    said: str
    files: Mapping[str, tuple[bytes | None, bytes | None]]
    logs: dict[str, int] | None = None
    removed: tuple[str, ...] = ()
    final: bool = False
    back: bool = False


def write_together(root: Path, change: Change) -> None:
    """Write all files of a change; StudyError, and nothing written, where one is not any more what it is said to be."""
    edited = [path for path, (before, _) in change.files.items() if _read(root, path) != before]
    if edited:
        hint = "Nothing was written. Run the command again."
        raise StudyError(
            Problem(Place(path), "in-use", "somebody wrote into this file meanwhile", hint) for path in edited
        )
    write_text(root, JOURNAL, _format(change))
    finish(root)


def finish(root: Path) -> str | None:
    """Finish what a journal tells; what it was, or None where there is no journal. StudyError, and nothing written, where a
    file of it was edited since by somebody else."""
    if look(root, JOURNAL) is None:
        return None
    change = _parse(_read(root, JOURNAL) or b"")
    _require(root, change, "was interrupted while it was written")
    for path, (_, after) in change.files.items():
        remove(root, path) if after is None else write_bytes(root, path, after)
    for path in (*change.removed, *(find(root, f"{CHANGES}/*.json") if change.final else ())):
        remove(root, path)
    if not (change.final or change.back):
        write_text(root, f"{CHANGES}/{_last(root) + 1:05d}.json", _format(change))
    remove(root, JOURNAL)
    return change.said


def last_change(root: Path) -> Change | None:
    """The last change that was finished and not taken back."""
    number = _last(root)
    return _parse(_read(root, f"{CHANGES}/{number:05d}.json") or b"") if number else None


def take_back(root: Path, change: Change) -> None:
    """Write a change that takes back the last one, and forget that one; both or neither."""
    taken = f"{CHANGES}/{_last(root):05d}.json"
    write_together(root, change._replace(removed=(taken,), back=True))


def _require(root: Path, change: Change, what: str) -> None:
    edited = [path for path, states in change.files.items() if _read(root, path) not in states]
    if edited:
        hint = f"Put it back as it was, then run any command; or delete {JOURNAL} to leave things as they are now."
        raise StudyError(
            Problem(
                Place(path), "interrupted", f"`{change.said}` {what}, and this file was edited since", hint
            )
            for path in edited
        )


def _last(root: Path) -> int:
    names = [path.rpartition("/")[2].removesuffix(".json") for path in find(root, f"{CHANGES}/*.json")]
    return max((int(name) for name in names if name.isdigit()), default=0)


def _read(root: Path, path: str) -> bytes | None:
    from empowerment_qda.files.read import read_if_there

    return read_if_there(root, path, MOST)


def _format(change: Change) -> str:
    files = {path: [_text(before), _text(after)] for path, (before, after) in change.files.items()}
    more: dict[str, Any] = {name: True for name in ("final", "back") if getattr(change, name)}
    more |= {"removed": change.removed} if change.removed else {}
    held = {"format": 1, "said": change.said, "files": files, "logs": change.logs, **more}
    return json.dumps(held, indent=1)


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", "surrogateescape")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _parse(raw: bytes) -> Change:
    try:
        held = json.loads(raw)
        files = {
            str(path): (_bytes(before), _bytes(after)) for path, (before, after) in held["files"].items()
        }
        logs = held.get("logs")
        numbers = None if logs is None else {str(one): int(number) for one, number in logs.items()}
        removed = tuple(map(str, held.get("removed", ())))
        final, back = (bool(held.get(name)) for name in ("final", "back"))
        return Change(str(held["said"]), files, numbers, removed, final, back)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = f"Delete {JOURNAL}, and look at the study with `qda check`."
        raise StudyError(
            [Problem(Place(JOURNAL), "journal", "the journal of a change cannot be read", hint)]
        ) from None
