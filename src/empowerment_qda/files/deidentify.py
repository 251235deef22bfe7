"""What `qda pseudonymise` and `qda purge` share: a plan of everything that would be written, codings that stay on their words, and
how it is written: at once, for good, and with a line of figures in deidentification.jsonl."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from empowerment_qda.coding.log_entry import compare_files
from empowerment_qda.files.border import find, remove_folder, walk
from empowerment_qda.files.journal import Change, write_together
from empowerment_qda.files.lock import lock_coders
from empowerment_qda.files.log import MAX_LOG
from empowerment_qda.files.read import read_bytes, read_if_there, read_version
from empowerment_qda.files.write import plain_coding
from empowerment_qda.files.yaml_edit import Sheet, parse_sheet
from empowerment_qda.model.coding import AUTO, Coding, Codings
from empowerment_qda.privacy.source_change import SourceChange
from empowerment_qda.problems import Place, Problem, StudyError, refusal

RECORD = "deidentification.jsonl"
"""What was replaced or purged, how much of what kind: no names. Repositories ask for it."""
_BINARY = re.compile("[\\x00-\\x08]")
MOST_TOLD = 12
"""Files that are named where nobody looked into them."""
OWN = frozenset({".git", ".gitignore", ".gitattributes", ".qda", ".lock", ".codebook.lock", ".DS_Store"})
"""Hidden things that hold no words of a study, or of which something else is said."""
Pairs = list[tuple[Codings, Codings]]
"""Codings files as they are and as they would be; of one whose source goes, nothing is left."""


@dataclass
class Plan:
    """Everything that would be written: files before and after, by path (None where there is none), what is counted by kind of file
    and of thing, and sentences for the person who decides."""

    command: str
    files: dict[str, tuple[bytes | None, bytes | None]] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    """Folders that go where nothing is left in them."""

    def put(
        self, root: Path, path: str, before: bytes, after: bytes | None, new_path: str | None = None
    ) -> None:
        """Take up what a file becomes, and under which name. StudyError where another file stands there."""
        if after is not None and new_path and new_path != path:
            if read_if_there(root, new_path, MAX_LOG) is not None:
                said = f"this file would be called {new_path}, and another one is called so"
                raise refusal(path, "names", said, "Give one of the two another name first.", line=1)
            self.files[path], self.files[new_path] = (before, None), (None, after)
        elif before != after:
            self.files[path] = before, after


def carry_out(root: Path, plan: Plan, now: datetime) -> None:
    """Write a plan, while nobody codes. Reports go, and so does what `qda codebook undo` could take back: they hold the words."""
    figures: dict[str, dict[str, int]] = {}
    for (kind, thing), number in sorted(plan.counts.items()):
        figures.setdefault(kind, {})[thing] = number
    line = {
        "time": now.isoformat(timespec="seconds"),
        "command": plan.command,
        "qda": read_version(),
        "changed": figures,
    }
    raw = read_if_there(root, RECORD)
    begun = raw if not raw or raw.endswith(b"\n") else raw + b"\n"
    files = {
        **plan.files,
        RECORD: (raw, (begun or b"") + json.dumps(line, ensure_ascii=False).encode() + b"\n"),
    }
    removed = (*walk(root, "reports"), *find_left_behind(root))
    with lock_coders(root, plan.files, now):
        write_together(root, Change(plan.command, files, removed=removed, final=True))
        for path in plan.folders:
            remove_folder(root, path)


def find_left_behind(root: Path) -> list[str]:
    """Half-written files that a crash left beside the study's own."""
    folders = ("", "codings/*/", "codebooks/", "memos/", "data/", "data/*/", ".qda/", ".qda/changes/")
    found = {path for folder in folders for path in find(root, f"{folder}.*.????????")}
    return sorted(path for path in found if all(sign in "0123456789abcdef" for sign in path[-8:]))


def text_if_any(root: Path, path: str) -> str | None:
    """What a file says, whatever it is called; None where it is no text, or may not be read."""
    with suppress(StudyError, UnicodeDecodeError):
        text = read_bytes(root, path, most=MAX_LOG).decode("utf-8-sig")
        return None if _BINARY.search(text) else text
    return None


def list_hidden(root: Path) -> list[str]:
    """Hidden files and folders of a study, but for git's and those of qda itself."""
    found = {path for pattern in (".*", "*/.*", "*/*/.*") for path in find(root, pattern)}
    return sorted(path for path in found if path.rpartition("/")[2] not in OWN)


def tell_unread(paths: Sequence[str], hidden: Sequence[str]) -> Iterator[str]:
    """Files that nobody looked into."""
    for path in paths[:MOST_TOLD]:
        yield f"{path} was not looked into: it is no plain text, and may hold the same words."
    if (more := len(paths) - MOST_TOLD) > 0:
        yield f"Nor {'were' if more > 1 else 'was'} {say_number(more, 'other file')}."
    if hidden:
        shown = ", ".join(hidden[:MOST_TOLD]) + (", ..." if len(hidden) > MOST_TOLD else "")
        yield f"What is hidden was not looked into: {shown}."


def follow_codings(root: Path, file: Codings, change: SourceChange, now: datetime) -> tuple[Sheet, Sheet]:
    """A codings file as it is, and with its codings on the words of the changed source; other lines as they are."""
    sheet = parse_sheet(read_bytes(root, file.path), file.source, file.coder)
    codings = tuple(made for one in sheet.file.codings if (made := change.follow(one)))
    left_out = tuple(left for one in sheet.file.left_out if (left := change.follow_left_out(one)))
    then = sheet.file.model_copy(update={"codings": codings, "left_out": left_out})
    entry = compare_files(now, "edited", sheet.file, then)
    if entry.before or entry.after or entry.changes_left_out:
        return sheet, sheet.change(entry)
    return sheet, sheet


def say_number(number: int, noun: str) -> str:
    """A number with its noun.

    >>> say_number(1, "name"), say_number(2, "name")
    ('1 name', '2 names')
    """
    return f"{number} {noun}{'s' * (number != 1)}"


def kind_of_codings(coder: str) -> str:
    """Suggestions of the machine, or codings of people."""
    return "suggestions" if coder == AUTO else "codings"


def check_kept(changes: Mapping[str, SourceChange], pairs: Pairs) -> Iterator[Problem]:
    """Codings that would not stand on the words that they stand on now."""
    for before, after in pairs:
        change = changes.get(before.source)
        if change is None:
            continue
        kept = [
            (number, one, made) for number, one in enumerate(before.codings) if (made := change.follow(one))
        ]
        if [made for _, _, made in kept] != list(after.codings):
            yield Problem(Place(before.path), "not-kept", "its codings would be others afterwards", "Nothing was written. Write its codings as a list with a line for each key.")  # fmt: skip
        for number, one, made in kept:
            if not change.keeps(one, made):
                said = f"the coding of `{one.code}` would not stand on its words any more"
                hint = f"Nothing was written. Run `qda code anchor --coder {before.coder}` first, or code the passage anew."
                yield Problem(Place(before.path, ("codings", number)), "not-kept", said, hint)


def count_found_again(changes: Mapping[str, SourceChange], pairs: Pairs) -> int:
    """How many codings had no place and have one then."""
    return sum(
        changes[file.source].is_found_again(one, made)
        for file, _ in pairs
        for one in file.codings
        if file.source in changes and (made := changes[file.source].follow(one))
    )


def follow_logged(held: Any, change: SourceChange | None, other: Mapping[str, Any]) -> Any:
    """A coding as a log holds it, with the words of the changed source; None where it goes. Keys of a later version are in `other`
    as they should be."""
    if not isinstance(held, dict):
        return held
    known = {key: one for key, one in held.items() if key in Coding.model_fields}
    try:
        coding = Coding.model_validate(known)
    except ValidationError:
        return other
    if change is None:
        return other
    made = change.follow(coding)
    if made is None:
        return None
    return plain_coding(made) | {key: one for key, one in other.items() if key not in known}
