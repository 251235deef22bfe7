"""Codes that change: the book, all coders' codings, suggestions, findings and memos follow in one step.

Every file is changed as text, so that other lines stay as they are, and read back: what it then holds has to be what was
meant, else nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from empowerment_qda.coding.code_operation import Operation, require_operation
from empowerment_qda.coding.log_entry import Entry, compare_files
from empowerment_qda.files.codebook_change import Files, change_book_by, list_scalars, replace_scalars
from empowerment_qda.files.journal import Change, last_change, take_back, write_together
from empowerment_qda.files.lock import lock_coders
from empowerment_qda.files.log import (
    LOG,
    chain_line,
    coders_with_log,
    format_entry,
    make_history,
    parse_log,
    read_chain,
    read_raw_log,
)
from empowerment_qda.files.read import FINDINGS, parse_file, read_bytes
from empowerment_qda.files.yaml import decode, find_node
from empowerment_qda.files.yaml_edit import BOM, parse_if_valid, parse_sheet
from empowerment_qda.model.coding import AUTO, Codings, Memo
from empowerment_qda.model.finding import SIDES, Findings
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem, StudyError

_CITING = {*SIDES, "cause_in", "dimension", "if", "then"}
"""Keys of the file of findings under which codes stand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation would do: the files before and after, the study as it would be, and for each kind of thing that
    follows how many do, such as the codings of a coder."""

    change: Change
    study: Study
    follows: tuple[tuple[str, int], ...]


def plan_operation(root: Path, study: Study, operation: Operation, now: datetime) -> Plan:
    """Everything that an operation would write. StudyError with every reason why it cannot be done, or where a file's layout
    does not allow it without touching other lines."""
    require_operation(study, operation)
    files: Files = {}
    book = change_book_by(root, study.codebook, operation, files)
    codings, follows = _change_codings(root, study, operation, now, files)
    findings = _change_findings(root, study, operation, files, follows)
    memos = tuple(_change_memo(root, one, operation, files, follows) for one in study.memos)
    after = replace(study, codebook=book, codings=codings, findings=findings, memos=memos)
    return Plan(Change(operation.said, files), after, tuple(follows.items()))


def do_operation(root: Path, plan: Plan, now: datetime) -> None:
    """Write a plan, while nobody codes."""
    with lock_coders(root, plan.change.files, now):
        write_together(root, plan.change)


def undo_operation(root: Path, now: datetime) -> str | None:
    """Take back the last operation; what it was, None where there is none. StudyError with each file that later work
    changed. Logs are only added to: they tell of the undo."""
    last = last_change(root)
    if last is None:
        return None
    kind = last.said.split()[0]
    logs = [path for path in last.files if path.endswith(f"/{LOG}")]
    later = [
        path
        for path, (_, after) in last.files.items()
        if path not in logs and read_bytes(root, path) != after
    ]
    if later:
        hint = "Change it back first; or do the opposite as an operation of its own."
        said = f"`{last.said}` cannot be taken back: this file was changed since"
        raise StudyError(Problem(Place(path), "later-work", said, hint) for path in later)
    back: dict[str, tuple[bytes | None, bytes | None]] = {
        path: (after, before) for path, (before, after) in last.files.items() if path not in logs
    }
    with lock_coders(root, last.files, now):
        for path in logs:
            coder, raw = path.split("/")[1], read_raw_log(root, path.split("/")[1])
            entries = [
                entry
                for other, (after, before) in back.items()
                if other.startswith(f"codings/{coder}/")
                if (entry := compare_files(now, kind, _parse(after, other), _parse(before, other)))
            ]
            back[path] = raw, _with_entries(raw, entries)
        take_back(root, Change(f"undo of {last.said}", back))
    return last.said


def _parse(raw: bytes | None, path: str) -> Codings:
    return parse_file(decode(raw or b"", path), path, Codings)


# Codings, findings, memos


def _change_codings(
    root: Path, study: Study, operation: Operation, now: datetime, files: Files
) -> tuple[tuple[Codings, ...], dict[str, int]]:
    """Every codings file with the codes that its codings then have, and the logs that tell it."""
    made, follows = [], dict[str, int]()
    entries: dict[str, list[Entry]] = {}
    logs = set(coders_with_log(root))
    histories = {coder: make_history(parse_log(read_raw_log(root, coder), coder)[0], coder) for coder in logs}
    for file in study.codings:
        sheet = parse_sheet(read_bytes(root, file.path), file.source, file.coder)
        after = tuple(
            one.model_copy(
                update={"code": _code_after(operation, one.code, (file.coder, file.source, number))}
            )
            for number, one in enumerate(sheet.file.codings)
        )
        if after == sheet.file.codings:
            made.append(file)
            continue
        then = sheet.file.model_copy(update={"codings": after})
        entry = compare_files(now, operation.kind, sheet.file, then)
        changed = sheet.change(entry)
        files[file.path] = sheet.raw or b"", changed.raw or b""
        made.append(changed.file)
        number = sum(one != two for one, two in zip(sheet.file.codings, after, strict=True))
        name = "suggestions" if file.coder == AUTO else f"codings of {file.coder}"
        follows[name] = follows.get(name, 0) + number
        if file.coder in logs:
            edited = histories[file.coder].look_at(sheet.file, now)
            entries.setdefault(file.coder, []).extend([edited, entry] if edited else [entry])
    for coder, own in entries.items():
        raw = read_raw_log(root, coder)
        files[f"codings/{coder}/{LOG}"] = raw, _with_entries(raw, own)
    return tuple(made), follows


def _code_after(operation: Operation, code: str, place: tuple[str, str, int]) -> str:
    if operation.kind == "split":
        return operation.target if place in operation.chosen and code == operation.codes[0] else code
    return operation.ids.get(code, code)


def _with_entries(raw: bytes, entries: Sequence[Entry]) -> bytes:
    """A log with more entries."""
    block: Iterable[bytes] = read_chain(raw).block
    for entry in entries:
        line = chain_line(format_entry(entry).encode(), block)
        raw, block = (raw if raw.endswith(b"\n") or not raw else raw + b"\n") + line + b"\n", [line]
    return raw


def _change_findings(
    root: Path,
    study: Study,
    operation: Operation,
    files: Files,
    follows: dict[str, int],
) -> Findings:
    """The findings with the new ids where they cite codes."""
    findings, ids = study.findings, operation.ids
    if not findings.path or not ids:
        return findings
    raw = read_bytes(root, FINDINGS)
    text = decode(raw, FINDINGS)
    keys = [key for key, value in list_scalars(find_node(text, ())) if value in ids and _cites(key)]
    if not keys:
        return findings
    made = replace_scalars(text, keys, ids)
    held = parse_if_valid(made, FINDINGS, Findings)
    if held is None:
        hint = "Write the codes that findings cite as plain words, each once."
        raise StudyError(
            [Problem(Place(FINDINGS), "findings-layout", "the new ids cannot be written here", hint)]
        )
    follows["findings"] = len({key[:2] for key in keys})
    files[FINDINGS] = raw, (BOM if raw.startswith(BOM) else b"") + made.encode()
    return held


def _cites(key: Key) -> bool:
    """Whether the code of a finding stands at a key, alone or in a list."""
    names = [part for part in key if isinstance(part, str)]
    return bool(names) and names[-1] in _CITING and names[0] in ("findings", "if_then")


def _change_memo(root: Path, memo: Memo, operation: Operation, files: Files, follows: dict[str, int]) -> Memo:
    """A memo with the new ids among its links; its text stays."""
    if not any(link in operation.ids for link in memo.links):
        return memo
    raw = read_bytes(root, memo.path)
    head, mark, rest = decode(raw, memo.path).partition("\n---")
    keys = [("links", *key) for key, one in list_scalars(find_node(head, ("links",))) if one in operation.ids]
    made = replace_scalars(head, keys, operation.ids) + mark + rest
    files[memo.path] = raw, (BOM if raw.startswith(BOM) else b"") + made.encode()
    follows["memos"] = follows.get("memos", 0) + 1
    return memo.model_copy(update={"links": tuple(operation.ids.get(link, link) for link in memo.links)})
