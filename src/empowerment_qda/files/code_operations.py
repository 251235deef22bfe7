"""Codes that change: the book, all coders' codings, suggestions, findings and memos follow in one step.

Every file is changed as text, so that other lines stay as they are, and read back: what it then holds has to be what was
meant, else nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from empowerment_qda.checks.findings import check_both_sides
from empowerment_qda.coding.code_operation import CodingPlace, Operation, find_differences, require_operation
from empowerment_qda.coding.log_entry import Entry, compare_files, holds_same
from empowerment_qda.evidence.reduce import reduce_study
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
from empowerment_qda.triangulation import triangulate_study

_CITING = {*SIDES, "cause_in", "dimension", "if", "then"}
"""Keys of the file of findings under which codes stand."""
_UNDO = {"correct": "qda source undo"}
"""The command that takes a kind of change back, where it is none of codes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation would do: the files before and after, the study as it is and as it would be, and for each kind of
    thing that follows how many do, such as the codings of a coder."""

    operation: Operation
    change: Change
    before: Study
    study: Study
    follows: tuple[tuple[str, int], ...]

    def find_hidden(self) -> Iterator[Problem]:
        """What one would not see any more: directions that differ, and findings with a passage on both sides."""
        hint = "Nothing was written. Say `--yes` to do it all the same."
        for said in find_differences(self.before, self.operation):
            yield Problem(Place(self.before.codebook.path), "directions-differ", said, hint)
        known = {one.message for one in check_both_sides(self.before)}
        for one in check_both_sides(self.study):
            if one.message not in known:
                yield Problem(one.place, one.rule, one.message, hint)

    def find_moves(self) -> Iterator[tuple[str, str, str]]:
        """Findings whose verdict would be another: the finding, the verdict now and then."""
        return compare_verdicts(self.before, self.study)

    def rows(self, moves: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, int | None]]:
        """All that follows, as it is told before it is done, with numbers: the codebook, what bears the code, verdicts."""
        yield from ((one, None) for one in self.change.files if one == self.before.codebook.path)
        yield from self.follows
        yield from ((f"{name}: {before} → {after}", None) for name, before, after in moves)


def compare_verdicts(before: Study, after: Study) -> Iterator[tuple[str, str, str]]:
    """Findings whose verdict is another after a change: the finding, the verdict before and after."""
    old, new = (
        {one.id: one.verdict for one in triangulate_study(study, reduce_study(study)).findings}
        for study in (before, after)
    )
    return ((name, verdict, new[name]) for name, verdict in old.items() if new[name] != verdict)


def plan_operation(root: Path, study: Study, operation: Operation, now: datetime) -> Plan:
    """Everything that an operation would write. StudyError with every reason why it cannot be done, or where a file's layout
    does not allow it without touching other lines."""
    require_operation(study, operation)
    files: Files = {}
    book = change_book_by(root, study.codebook, operation, files)
    codings, follows, logs = change_codings(
        root, study, operation.kind, lambda file: _give_codes(operation, file), now, files
    )
    findings = _change_findings(root, study, operation, files, follows)
    memos = tuple(change_links(root, one, operation.ids, files) for one in study.memos)
    if number := sum(one != two for one, two in zip(memos, study.memos, strict=True)):
        follows["memos"] = number
    after = replace(study, codebook=book, codings=codings, findings=findings, memos=memos)
    return Plan(operation, Change(operation.said, files, logs), study, after, tuple(follows.items()))


def do_operation(root: Path, plan: Plan, now: datetime, coder: str | None = None) -> None:
    """Write a plan, while nobody codes but this coder, whose session it is."""
    with lock_coders(root, plan.change.files, now, coder):
        write_together(root, plan.change)


def undo_operation(
    root: Path, now: datetime, coder: str | None = None, command: str | None = None
) -> str | None:
    """Take back the last change of several files, while nobody codes but this coder; what it was, None where there is none.
    StudyError with each file that later work changed, or where another command than this one takes it back. Logs are only
    added to: they tell of the undo."""
    last = last_change(root)
    if last is None:
        return None
    kind = last.said.split()[0]
    its = _UNDO.get(kind, "qda codebook undo")
    if command not in (None, its):
        said = f"the last change of the study is another one: {last.said}"
        raise StudyError([Problem(Place(command), "last-change", said, f"`{its}` takes that back first.")])
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
    with lock_coders(root, last.files, now, coder):
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


def change_codings(
    root: Path,
    study: Study,
    action: str,
    change: Callable[[Codings], Codings],
    now: datetime,
    files: Files,
    source: str | None = None,
) -> tuple[tuple[Codings, ...], dict[str, int], dict[str, int]]:
    """Every codings file (or those of a source) as `change` makes it, how many of whose codings change, and how many entries
    each log then has. StudyError where a file is not any more as it was read."""
    made, follows, edited = [], dict[str, int](), list[str]()
    entries: dict[str, list[Entry]] = {}
    logs = set(coders_with_log(root))
    histories = {coder: make_history(parse_log(read_raw_log(root, coder), coder)[0], coder) for coder in logs}
    for file in study.codings:
        if source not in (None, file.source):
            made.append(file)
            continue
        sheet = parse_sheet(read_bytes(root, file.path), file.source, file.coder)
        if sheet.file.renamed(study.codebook.former).codings != file.codings:
            edited.append(file.path)
            continue
        then = change(sheet.file)
        if holds_same(then, sheet.file):
            made.append(file)
            continue
        entry = compare_files(now, action, sheet.file, then)
        changed = sheet.change(entry)
        files[file.path] = sheet.raw or b"", changed.raw or b""
        made.append(changed.file.at(file.path).renamed(study.codebook.former))
        number = sum(one != two for one, two in zip(sheet.file.codings, then.codings, strict=True))
        name = "suggestions" if file.coder == AUTO else f"codings of {file.coder}"
        follows[name] = follows.get(name, 0) + number
        if file.coder in logs:
            by_hand = histories[file.coder].look_at(sheet.file, now)
            entries.setdefault(file.coder, []).extend([by_hand, entry] if by_hand else [entry])
    if edited:
        hint = "Nothing was written. Look at it, and begin anew."
        raise StudyError(
            Problem(Place(path), "in-use", "somebody wrote into this file meanwhile", hint) for path in edited
        )
    for coder, own in entries.items():
        raw = read_raw_log(root, coder)
        files[f"codings/{coder}/{LOG}"] = raw, _with_entries(raw, own)
    lengths = {coder: len(one.entries) + len(entries.get(coder, ())) for coder, one in histories.items()}
    return tuple(made), follows, lengths


def _give_codes(operation: Operation, file: Codings) -> Codings:
    """A file with the codes that its codings have after an operation."""
    codings = tuple(
        one.model_copy(update={"code": _code_after(operation, one.code, (file.coder, file.source, number))})
        for number, one in enumerate(file.codings)
    )
    return file.model_copy(update={"codings": codings})


def _code_after(operation: Operation, code: str, place: CodingPlace) -> str:
    if operation.kind == "split":
        return operation.chosen.get(place, code) if code == operation.codes[0] else code
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


def change_links(root: Path, memo: Memo, ids: Mapping[str, str], files: Files) -> Memo:
    """A memo with other names among its links, given from the old to the new; its text stays."""
    if not any(link in ids for link in memo.links):
        return memo
    raw = read_bytes(root, memo.path)
    head, mark, rest = decode(raw, memo.path).partition("\n---")
    keys = [("links", *key) for key, one in list_scalars(find_node(head, ("links",))) if one in ids]
    made = replace_scalars(head, keys, ids) + mark + rest
    files[memo.path] = raw, (BOM if raw.startswith(BOM) else b"") + made.encode()
    return memo.model_copy(update={"links": tuple(ids.get(link, link) for link in memo.links)})
