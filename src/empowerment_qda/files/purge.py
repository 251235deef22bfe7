"""Every trace of somebody who withdraws, or of single turns, taken out of a study: turns, codings of all coders, suggestions, log
entries, citations, links, quotations and consent. What is left keeps its words under the new numbers of turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from empowerment_qda.checks.codings import check_coder_folder, check_unknown_source
from empowerment_qda.checks.findings import check_unknown_citation
from empowerment_qda.checks.sources import check_unknown_informant
from empowerment_qda.files.border import find, walk
from empowerment_qda.files.deidentify import (
    RECORD,
    Pairs,
    Plan,
    check_kept,
    follow_codings,
    kind_of_codings,
    list_hidden,
    say_number,
    tell_unread,
    text_if_any,
)
from empowerment_qda.files.log import MAX_LOG
from empowerment_qda.files.log_rewrite import rewrite_log
from empowerment_qda.files.pseudonyms import KEY
from empowerment_qda.files.purge_log import LogWithout
from empowerment_qda.files.read import FINDINGS, N, parse_file, read_bytes, read_if_there
from empowerment_qda.files.yaml import decode, parse_yaml
from empowerment_qda.files.yaml_cut import cut_entries
from empowerment_qda.files.yaml_edit import BOM
from empowerment_qda.files.yaml_scalars import Scalar, change_scalars, find_scalars
from empowerment_qda.model.coding import Codings, Memo
from empowerment_qda.model.finding import SIDES, Findings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.privacy.pseudonyms import Replaced
from empowerment_qda.privacy.source_change import SourceChange
from empowerment_qda.privacy.withdrawal import TAKEN_OUT, Withdrawal
from empowerment_qda.problems import Key, Problem, StudyError, refusal

CONSENT = "consent.yaml"
CITING = frozenset({*SIDES, "cause_in"})
_CHECKS = (check_unknown_informant, check_unknown_source, check_coder_folder, check_unknown_citation)
"""What a withdrawal could break in what is left."""


@dataclass(frozen=True)
class Purge:
    """The plan, and the study as it would be."""

    plan: Plan
    study: Study


def plan_purge(root: Path, study: Study, asked: str, now: datetime) -> Purge:
    """Everything that goes where an informant, or turns such as KS-01#2, are asked for. StudyError with all that stands against
    it."""
    return _Planner(root, study, Withdrawal(study, asked), now).make()


class _Planner:
    def __init__(self, root: Path, study: Study, gone: Withdrawal, now: datetime) -> None:
        self.root, self.study, self.gone, self.now = root, study, gone, now
        self.plan = Plan("purge")
        self.changes = {one.id: self._change(one) for one in study.sources}
        self.pairs: Pairs = []
        self.problems: list[Problem] = []
        self.codings: list[Codings] = []
        self.cited = {one.id for file in study.codings for one in file.codings if one.id}

    def _change(self, source: Source) -> SourceChange:
        turns = self.gone.gone[source.id].turns if source.id in self.gone.gone else frozenset()
        after = [
            None if number in turns else Replaced(turn.text) for number, turn in enumerate(source.turns, 1)
        ]
        words = self.gone.take_out if turns else str
        return SourceChange([turn.text for turn in source.turns], after, self.gone.write, words=words)

    def make(self) -> Purge:
        sources = tuple(made for one in self.study.sources if (made := self._change_source(one)))
        for file in self.study.codings:
            self._change_codings(file)
        kept = {one.id for file in self.codings for one in file.codings if one.id}
        self.cited -= kept
        findings = self._change_findings()
        memos = tuple(self._change_memo(one) for one in self.study.memos)
        for path in find(self.root, "codings/*/*.jsonl"):
            self._change_log(path)
        consent = self.study.consent
        self._drop_keys(CONSENT, "consent", lambda key, _: key == self.gone.informant)
        self._drop_keys(KEY, "key", lambda _, value: value == self.gone.informant)
        if consent and CONSENT in self.plan.files:
            consent = parse_file(decode(self.plan.files[CONSENT][1] or b"", CONSENT), CONSENT, type(consent))
        then = replace(
            self.study,
            sources=sources,
            codings=tuple(self.codings),
            findings=findings,
            memos=memos,
            consent=consent,
        )
        self.problems += check_kept(self.changes, self.pairs)
        for check in _CHECKS:
            before = {one.message for one in check(self.study)}
            self.problems += [one for one in check(then) if one.message not in before]
        if self.problems:
            raise StudyError(self.problems)
        self.plan.notes += [*self._tell_files(), *self._tell_words()]
        return Purge(self.plan, then)

    def _count(self, kind: str, thing: str, number: int) -> None:
        if number:
            self.plan.counts[kind, thing] += number

    def _read(self, path: str, made: str, model: type[N]) -> N:
        return parse_file(made, path, model)

    def _put(self, path: str, raw: bytes, made: str | None) -> None:
        after = None if made is None else (BOM if raw.startswith(BOM) else b"") + made.encode()
        self.plan.put(self.root, path, raw, after)

    def _write(self, text: str, path: str, *, words: bool = True) -> str:
        """The values of a YAML text without what is quoted, and with the new numbers of turns; comments too."""
        write = self.gone.write if words else self.gone.renumber
        if write(text) == text:  # most files name nothing that goes
            return text
        return change_scalars(text, path, lambda one: one.value if one.is_key else write(one.value), write)

    # Sources and codings.

    def _change_source(self, source: Source) -> Source | None:
        gone = self.gone.gone.get(source.id)
        raw = read_bytes(self.root, source.path)
        if gone and gone.whole:
            self._count("sources", "turns", len(source.turns))
            self._count("sources", "files", 1)
            self._put(source.path, raw, None)
            return None
        text = decode(raw, source.path)
        keys: list[Key] = [("turns", number - 1) for number in sorted(gone.turns)] if gone else []
        self._count("sources", "turns", len(keys))
        keys += list(self._find_named(text, source)) if self.gone.informant else []
        made = cut_entries(text, source.path, keys) if keys else text
        if made == text:
            return source
        self._put(source.path, raw, made)
        fresh = self._read(source.path, made, Source)
        if [turn.text for turn in fresh.turns] != self.changes[source.id].texts:
            hint = "Nothing was written. Write its turns as a list with a line `- ` for each."
            raise refusal(source.path, "layout", "the turns cannot be taken out of this file", hint, line=1)
        return fresh.model_copy(update={"method": fresh.method or source.method}).counting_as(source.kind)

    def _find_named(self, text: str, source: Source) -> Iterator[Key]:
        """Where a source that stays names who withdraws: as informant, bystander, as whom it is about, and as somebody else's
        `distinct_from`."""
        who, plain = self.gone.informant, parse_yaml(text, source.path)
        if source.id in self.gone.gone or who in _names_in(plain):
            for name in ("informant", "informants", "bystanders", "about"):
                yield from _entries_for(plain, (name,), who)
            for key, one in _declared(plain):
                yield from _entries_for(one, ("distinct_from",), who, key)

    def _change_codings(self, file: Codings) -> None:
        gone, change = self.gone.gone.get(file.source), self.changes.get(file.source)
        raw = read_bytes(self.root, file.path)
        kind = kind_of_codings(file.coder)
        if gone and gone.whole:
            self._count(kind, "codings", len(file.codings))
            self._put(file.path, raw, None)
            return
        if change is None:
            self.codings.append(file)
            return
        sheet, changed = follow_codings(self.root, file, change, self.now)
        made = self._write_comments(changed.text, file.path)
        self._count(kind, "codings", len(sheet.file.codings) - len(changed.file.codings))
        self._put(file.path, raw, made if changed is not sheet or made != sheet.text else sheet.text)
        after = self._read(file.path, made, Codings)
        self.pairs.append((sheet.file.at(file.path), after))
        self.codings.append(after.renamed(self.study.codebook.former))

    def _write_comments(self, text: str, path: str) -> str:
        write = self.gone.write
        return change_scalars(text, path, lambda one: one.value, write) if write(text) != text else text

    # What cites them.

    def _change_findings(self) -> Findings:
        findings = self.study.findings
        if not findings.path:
            return findings
        raw = read_bytes(self.root, FINDINGS)
        text = decode(raw, FINDINGS)
        keys = [
            _to_cut(one)
            for one in find_scalars(text)
            if not one.is_key and one.value in self.cited and _cites(one.key)
        ]
        self._count("findings", "citations", len(keys))
        made = self._write(cut_entries(text, FINDINGS, keys), FINDINGS)
        self._count("findings", "quotations", made.count(TAKEN_OUT) - text.count(TAKEN_OUT))
        self._put(FINDINGS, raw, made)
        return self._read(FINDINGS, made, Findings)

    def _change_memo(self, memo: Memo) -> Memo:
        raw = read_bytes(self.root, memo.path)
        text = decode(raw, memo.path)
        if not memo.path.endswith(".md"):
            return memo
        head, mark, rest = text.partition("\n---")
        gone = [one for one in memo.links if one in self.cited or self.gone.link(one) is None]
        scalars = [
            one
            for one in find_scalars(head)
            if not one.is_key and one.key[:1] == ("links",) and one.value in gone
        ]
        self._count("memos", "links", len(scalars))
        begin, end, front = head.partition("\n")  # the first line is a mark of a document
        cut = cut_entries(front, memo.path, map(_to_cut, scalars)).rstrip("\n") if scalars else front
        body = self.gone.write(rest)
        self._count("memos", "quotations", body.count(TAKEN_OUT) - rest.count(TAKEN_OUT))
        made = begin + end + self._write(cut, memo.path) + mark + body
        self._put(memo.path, raw, made)
        fresh = self._read(memo.path, made, Memo)
        if scalars and not fresh.links:
            self.plan.notes.append(
                f"{memo.path} linked nothing else: read it, and delete it if it is about them."
            )
        return fresh

    def _drop_keys(self, path: str, kind: str, goes: Any) -> None:
        raw = read_if_there(self.root, path)
        if raw is None or self.gone.informant is None:
            return
        text = decode(raw, path)
        held = parse_yaml(text, path)
        keys = [(key,) for key, value in held.items() if goes(key, value)] if isinstance(held, dict) else []
        self._count(kind, "entries", len(keys))
        self._put(path, raw, cut_entries(text, path, keys))

    # Logs.

    def _change_log(self, path: str) -> None:
        raw = read_bytes(self.root, path, most=MAX_LOG)
        log = LogWithout(self.gone, self.changes, self.cited)
        made = rewrite_log(raw, path, log.change)
        self._count("logs", "entries", log.dropped)
        self.plan.put(self.root, path, raw, made)

    # What is told.

    def _tell_files(self) -> Iterator[str]:
        names = {self.gone.informant, *(one.source.id for one in self.gone.gone.values())}
        stems = {PurePosixPath(one.source.path).stem for one in self.gone.gone.values()} | {
            name for name in names if name
        }
        for path in sorted(walk(self.root, ".")):
            stem = PurePosixPath(path).stem
            if (
                stem in stems
                and path not in self.plan.files
                and not path.startswith(("reports/", "codings/"))
            ):
                yield f"{path} stays: delete it yourself if it is theirs."
            elif path.startswith("codings/") and path.endswith(
                tuple(f"/{name}.yaml.unreadable-{n}" for name in stems for n in range(1, 10))
            ):
                yield f"{path} stays: delete it yourself."
        for source in self.study.sources:
            if self.gone.informant and self.gone.informant in source.about:
                yield f"{source.id} is about {self.gone.informant}, in other people's words: read it; `qda purge {source.id}#1` takes a turn out."
            if (
                self.gone.informant
                and source.id not in self.gone.gone
                and self.gone.informant in {getattr(one, "id", one) for one in source.heard}
            ):
                yield f"{source.id} does not say which turns are {self.gone.informant}'s, and what is left counts as the others': take theirs out with `qda purge {source.id}#1`, or write who speaks."
        for pattern in (one for globs in self.study.settings.sources.values() for one in globs):
            if pattern in self.plan.files and self.plan.files[pattern][1] is None:
                yield f"qda.yaml names {pattern} under `sources`: take it out there."
        if any(True for _ in walk(self.root, "reports")):
            yield "reports/ will be emptied: `qda run` makes it anew."

    def _tell_words(self) -> Iterator[str]:
        """Where words that go are quoted in files that qda does not change, and where who withdraws is named in words that stay."""
        who = self.gone.informant
        name = re.compile(rf"(?<![\w.\-]){re.escape(who)}(?![\w\-])" if who else "(?!)")
        written = {one.path for one in (*self.study.sources, *self.study.codings, *self.study.memos)} | {
            FINDINGS
        }
        unread, named = [], False
        for path in sorted(walk(self.root, ".")):
            if path in (KEY, RECORD) or path.startswith("reports/"):
                continue
            text = text_if_any(self.root, path)
            if path in self.plan.files:
                text = (self.plan.files[path][1] or b"").decode()
            if text is None:
                unread.append(path)
                continue
            labels = path == self.study.codebook.path and any(
                self.gone.write_label(label) != label
                for place in self.study.codebook.walk()
                if place.code.label
                for label in place.code.label.root.values()
            )
            quoted = labels or self.gone.find_quoted(text)
            if quoted and path not in written and not path.startswith("codings/"):
                yield f"{path} quotes words that go: take them out there yourself."
            if number := len(name.findall(text)):
                named = True
                yield f"{path} names `{who}` {say_number(number, 'time')} in words that stay: look at them."
        if named:
            yield f"To take `{who}` out of all that qda writes, logs too, write it into {KEY} with a pseudonym, then run `qda pseudonymise`."
        yield from tell_unread(unread, list_hidden(self.root))


def _cites(key: Key) -> bool:
    return any(part in CITING for part in key)


def _to_cut(one: Scalar) -> Key:
    """The key of an entry of a list; of a value that stands alone in its place, one that ends in None."""
    return one.key if isinstance(one.key[-1], int) else (*one.key, None)  # type: ignore[arg-type]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _names_in(plain: Any) -> set[str]:
    return set(_strings({key: one for key, one in plain.items() if key != "turns"}))


def _entries_for(plain: Any, below: Key, who: str | None, above: Key = ()) -> Iterator[Key]:
    """The keys under which somebody stands: alone, in a list, or as a mapping with their id."""
    value = plain.get(below[0]) if isinstance(plain, dict) else None
    if isinstance(value, list):
        yield from ((*above, *below, number) for number, one in enumerate(value) if _id(one) == who)
    elif value is not None and _id(value) == who:
        yield (*above, *below)


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def _declared(plain: Any) -> Iterator[tuple[Key, Any]]:
    if isinstance(plain.get("informant"), dict):
        yield ("informant",), plain["informant"]
    many = plain.get("informants")
    for number, one in enumerate(many) if isinstance(many, list) else ():
        yield ("informants", number), one
