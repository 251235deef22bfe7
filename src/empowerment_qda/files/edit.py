"""The desk of one coder on disk: every action is in the log and in the codings file before it returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.coding import Action, Bench, Entry, carry_out, describe, rebuild, usual_reasons
from empowerment_qda.coding.history import Ids, put_back, say_lost
from empowerment_qda.coding.log_entry import BY_HAND, DONE, compare_files, holds_same
from empowerment_qda.coding.many import join_actions
from empowerment_qda.evidence.passages import Passage, find_anchor, text_of
from empowerment_qda.files.border import find, remove
from empowerment_qda.files.codebook_edit import change_book, is_done, read_keys, require_unused
from empowerment_qda.files.lock import Lock, by_path
from empowerment_qda.files.log import Log, make_history
from empowerment_qda.files.names import require_coder
from empowerment_qda.files.read import parse_file, read_bytes, read_study
from empowerment_qda.files.write import add_memo, write_bytes
from empowerment_qda.files.yaml import decode
from empowerment_qda.files.yaml_edit import Sheet, Sheets
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import AUTO, Coding, Codings, Memo
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError, did_you_mean, refusal


def read_clock() -> datetime:
    """The time now, with its time zone."""
    return datetime.now().astimezone()


class Desk(AbstractContextManager["Desk"]):
    """What one coder does to their codings, one session at a time.

    `notes` gathers sentences for the coder: about a crash before, edits by hand, lost comments. What cannot be done
    is a StudyError, and then nothing has changed.
    """

    def __init__(self, root: Path, study: Study, coder: str, clock: Callable[[], datetime]) -> None:
        require_coder(coder)
        self.root, self.study, self.coder = root, study, coder
        self.notes: list[str] = []
        self._clock = clock
        self._sheets = Sheets(root)
        self._anchors: dict[tuple[object, ...], Anchor] = {}
        self._placed: dict[tuple[str, str], tuple[Codings, tuple[Passage, ...]]] = {}
        self._properly = True
        self._lock = Lock(root, f"codings/{coder}/.lock", f"codings/{coder}", self._now())
        if not self._lock.works:
            self.notes.append(
                f"This disk cannot lock files: see to it that nobody else codes as {coder} now."
            )
        try:
            self._log = Log(root, coder)
            self.history = make_history(self._log.entries, coder)
            self._ids = Ids(coder, study, self.history)
            if self._lock.left_open:
                self._look_after_crash()
        except BaseException:
            self._lock.release(properly=not self._lock.left_open)
            raise

    @classmethod
    def open(cls, root: Path, study: Study, coder: str, clock: Callable[[], datetime] = read_clock) -> Desk:
        """The desk of a coder; StudyError where another session holds it, or its log cannot be read."""
        return cls(root, study, coder, clock)

    def close(self) -> None:
        """End the session."""
        self._lock.release(properly=self._properly)

    def __exit__(self, *_: object) -> None:
        self.close()

    # What lies on the desk.

    @property
    def codebook(self) -> Codebook:
        """The codebook, with what was defined in this session."""
        return self.study.codebook

    def text(self, source: str) -> SourceText:
        """The words of a source."""
        return text_of(self._source(source))

    def codings(self, source: str) -> Codings:
        """The coder's codings of a source as the file has them now."""
        return self._sheets.read(source, self.coder).file

    def passages(self, source: str) -> tuple[Passage, ...]:
        """The coder's codings of a source, each with its anchor."""
        return self.place(self.codings(source))

    def suggestions(self, source: str) -> tuple[Passage, ...]:
        """What `qda code` suggests for a source, less what this coder gave that code to or decided on already."""
        decided: dict[str, list[Span]] = defaultdict(list)
        for own in self.passages(source):
            decided[own.coding.code] += [own.anchor.span] if own.anchor.span else []
        waiting = (
            one
            for one in self.place(self._sheets.read(source, AUTO).file)
            if one.coding.status == "suggested"
        )
        return tuple(
            one
            for one in waiting
            if not (one.anchor.span and any(map(one.anchor.span.overlaps, decided[one.coding.code])))
        )

    def place(self, file: Codings) -> tuple[Passage, ...]:
        """The codings of a file, each with its anchor; remembered until the file is another."""
        key = file.source, file.coder
        if key not in self._placed or self._placed[key][0] is not file:
            source, text = self._source(file.source), self.text(file.source)
            placed = (
                Passage(coding, file, number, source, self._find(text, coding))
                for number, coding in enumerate(file.codings)
            )
            self._placed[key] = file, tuple(placed)
        return self._placed[key][1]

    def reasons(self, source: str) -> list[str]:
        """Reasons to offer for leaving turns out: the coder's own so far, and the usual ones."""
        before = [one for file in self.study.codings if file.coder == self.coder for one in file.left_out]
        return usual_reasons(self.study.settings.language, [*self.codings(source).left_out, *before])

    # What is done on it.

    def apply(self, action: Action, after: Entry | None = None) -> Entry:
        """Do something to the codings of one source; on disk when this returns. In one step with the entry before it, where
        that is `after`."""
        return self._commit(*self._join(self._plan(action), after))

    def apply_all(self, actions: Iterable[Action]) -> list[Entry]:
        """Do several things of a kind in one step, each file in one piece. StudyError, and nothing is done, where one cannot
        be done; what was written before the disk refuses stays, as a step to undo."""
        planned = []
        for action in join_actions(actions):
            planned.append((action, *self._plan(action)))
            self._ids.see(planned[-1][1].after)
        done: list[Entry] = []
        for action, entry, sheet in planned:
            try:
                fresh = self._sheets.read(action.source, self.coder).raw == sheet.raw
                plan = (entry, sheet) if fresh else self._plan(action)
                done.append(self._commit(*self._join(plan, done[-1] if done else None)))
            except OSError as error:
                said = f"the disk refuses ({error.strerror}); {len(done)} of {len(planned)} sources are done"
                hint = "Make room and do it again, or take back with undo what is done."
                raise refusal(sheet.path, "disk", said, hint) from error
        return done

    def _join(self, plan: tuple[Entry, Sheet], after: Entry | None) -> tuple[Entry, Sheet]:
        """A planned entry as one of the step of another, unless something was taken up in between."""
        joined = after is not None and self.history.entries[-1] is after
        return plan[0].model_copy(update={"joined": joined}), plan[1]

    def require(self, action: Action) -> None:
        """StudyError where an action cannot be done; it is not done."""
        self._plan(action)

    def _plan(self, action: Action) -> tuple[Entry, Sheet]:
        """The entry that an action would make, and the file as it is now."""
        code = getattr(action, "code", None)
        if code is not None and code not in self.codebook.places:
            self._read_codebook_again()
        sheet, _ = self._take_up_edits(action.source)
        source, text = self._source(action.source), self.text(action.source)
        bench = Bench(source, text, sheet.file, self.codebook, self._ids, self._ids.make, self._find)
        return carry_out(action, bench, self._now()), sheet

    def undo(self) -> list[Entry]:
        """Take the last step back; no entries where there is none. An edit by hand is a step like any other, and so is a
        code that was added, which StudyError keeps where it is used meanwhile. Memos are no steps: a note says so."""
        entries = self._step("undo")
        before = self.history.entries[: -len(entries)]
        since = takewhile(lambda one: one.action == "memo", reversed(before))
        for memo in since if entries else ():
            file = f"memos/{memo.memo}.md"
            self.notes.append(f"{memo.memo}, written after it, stays: delete {file} if it should go.")
        return entries

    def redo(self) -> list[Entry]:
        """Do again what was undone last; no entries where there is nothing, or something new was done since."""
        return self._step("redo")

    def restore(self, source: str, up_to: int | datetime | None = None) -> Entry | None:
        """Put back what the log knows of a source's codings and the file has no more: as they stood after so many
        entries, at a time, or when the log last heard of them. None where nothing is missing; what was added or changed
        in the file stays."""
        known = rebuild(self.history.entries, up_to).get(source)
        sheet, _ = self._take_up_edits(source, told=False)
        file = put_back(known, sheet.file) if known else sheet.file
        if holds_same(file, sheet.file):
            return None
        return self._commit(compare_files(self._now(), "restore", sheet.file, file), sheet)

    def take_up(self, source: str) -> Entry | None:
        """Let the log take up what the file of a source holds; None where it knows."""
        return self._take_up_edits(source, told=False)[1]

    def define(self, parent: str, keys: Mapping[str, Any]) -> Entry:
        """Add a code to the codebook under an aspect: `id`, `definition` and other keys of a code, as in the file.

        The version is raised, every other line stays as it is.
        """
        path, name = self.study.settings.codebook, str(keys.get("id"))
        if name in self._ids and name not in self.codebook.places:
            hint = "Choose another id: findings could not tell the two apart."
            raise refusal(path, "duplicate-id", f"a coding has the id `{name}`", hint)
        entry = Entry(time=self._now(), coder=self.coder, action="define", parent=parent, code=dict(keys))
        return self._commit_code(entry)

    def redefine(self, code: str, keys: Mapping[str, Any]) -> Entry | None:
        """Set keys of a code of the codebook (None takes one away), where they are others than now; None where none is."""
        self._read_codebook_again()
        before = read_keys(self.codebook, code, keys)
        new = {"id": code, **{name: one for name, one in keys.items() if one != before[name]}}
        old = {name: before.get(name, code) for name in new}
        entry = Entry(time=self._now(), coder=self.coder, action="redefine", code=new, code_before=old)
        return self._commit_code(entry) if len(new) > 1 else None

    def write_memo(self, keys: Mapping[str, Any], text: str) -> Memo:
        """Write a memo of the coder's into memos/: `kind`, `links` and other keys of its front matter, as in the file.

        Undo passes this over: a memo is a file that findings and other memos may link already.
        """
        own = [self.codings(source) for source in self.study.by_id]
        others = [file for file in self.study.codings if file.coder != self.coder]
        study = replace(self.study, codings=(*others, *own))
        memo = add_memo(self.root, study, {"author": self.coder, **keys}, text, self._now())
        entry = Entry(time=self._now(), coder=self.coder, action="memo", memo=memo.id, links=memo.links)
        try:
            self._keep(entry, lambda: None)
        except BaseException:
            remove(self.root, memo.path)
            raise
        self.study = replace(self.study, memos=(*self.study.memos, memo))
        return memo

    def read_again(self, paths: Iterable[str]) -> list[str]:
        """Read the study anew if any of these files of it says something else than this desk knows; those that do.

        StudyError where a file of the study cannot be read; then the desk is as it was.
        """
        own = self._sheets.of(self.coder)
        asked = [path for path in paths if path not in own or not self._is_known(own[path])]
        if not asked:
            return []
        fresh = read_study(self.root)
        former = fresh.codebook.former
        files = {path: one.file.renamed(former) if one.raw is not None else None for path, one in own.items()}
        known, now = by_path(self.study) | files, by_path(fresh)
        news = [path for path in asked if known.get(path) != now.get(path)]
        if not self._log.stands:
            log = Log(self.root, self.coder)
            self._log, self.history = log, make_history(log.entries, self.coder)
        if news:
            self.study, self._ids = fresh, Ids(self.coder, fresh, self.history)
            self._anchors.clear()
            self._placed.clear()
        return news

    def _is_known(self, sheet: Sheet) -> bool:
        with suppress(StudyError):  # reading the whole study says so
            return sheet.raw == self._sheets.read(sheet.file.source, self.coder).raw
        return False

    # How it is kept.

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def _source(self, source: str) -> Source:
        if source not in self.study.by_id:
            said, hint = f"there is no source `{source}`", did_you_mean(source, self.study.by_id)
            raise refusal("qda.yaml", "unknown-source", said, hint)
        return self.study.by_id[source]

    def _find(self, text: SourceText, coding: Coding) -> Anchor:
        """find_anchor, remembered until the sources are read again, whatever else is said of those words."""
        place = (coding.turn, coding.occurrence, coding.places, coding.before, coding.after)
        key = (text, coding.quote, *place)
        if key not in self._anchors:
            self._anchors[key] = find_anchor(text, coding)
        return self._anchors[key]

    def _take_up_edits(self, source: str, told: bool = True) -> tuple[Sheet, Entry | None]:
        """The file as it is, after the log took up what was written by hand; and the entry of that."""
        sheet, known = self._sheets.read(source, self.coder), self.history.file(source)
        entry = self.history.look_at(sheet.file, self._now())
        if entry:
            number = len(self.history.entries)
            self._keep(entry, lambda: None)
            if told and known:
                said = f"{sheet.path} was edited by hand; the log has taken that up."
                back = f"qda code restore {source} --coder {self.coder} --at {number}"
                lost = say_lost(known, sheet.file)
                self.notes.append(said + (f" {lost} with it: `{back}` brings them back." if lost else ""))
        return sheet, entry

    def _step(self, action: Literal["undo", "redo"]) -> list[Entry]:
        now, touched = self._now(), self.history.next_step(action)
        edits = [self._take_up_edits(entry.source)[1] for entry in touched if entry.source is not None]
        now = self._now() if any(edits) else now
        find = self.history.undo if action == "undo" else self.history.redo
        done: list[Entry] = []
        for _ in self.history.next_step(action):  # what was edited is the last step now
            made = find(now)
            if made and made.source is None:
                done.append(self._commit_code(made))
            elif made and made.source:
                sheet = self._sheets.read(made.source, self.coder)
                if self.history.look_at(sheet.file, now):
                    break
                done.append(self._commit(made.model_copy(update={"joined": bool(done)}), sheet))
        return done

    def _commit(self, entry: Entry, sheet: Sheet) -> Entry:
        changed = sheet.change(entry)
        self._keep(entry, lambda: write_bytes(self.root, changed.path, changed.raw or b""))
        self._sheets.put(changed)
        if sheet.has_comments and not changed.has_comments:
            said = "the file had to be written anew, because its layout mixes entries"
            self.notes.append(f"The comments in {sheet.path} are lost: {said}.")
        return entry

    def _commit_code(self, entry: Entry) -> Entry:
        """Put a code into the codebook, or for an undo take it out again; its versions come into the entry."""
        path = self.study.settings.codebook
        with closing(Lock(self.root, "codings/.codebook.lock", path, self._now())):
            self._read_codebook_again()
            was, content, book = self.codebook.version, *change_book(self.root, path, entry)
            require_unused(self.root, book, entry)
            entry = entry.model_copy(update={"was": was, "version": book.version})
            self._keep(entry, lambda: write_bytes(self.root, path, content))
        self._take_book(book)
        return entry

    def _keep(self, entry: Entry, write: Callable[[], object]) -> None:
        """Log first, then the file: after a crash in between, the log says what was meant."""
        size = self._log.size
        self._log.add(entry)
        try:
            write()
        except BaseException:
            self._properly = False
            self._log.cut(size)
            self._properly = True
            raise
        self.history.add(entry)
        self._ids.see(entry.after)

    def _read_codebook_again(self) -> None:
        """Another coder may have defined a code; a book that cannot be read now is passed over."""
        path = self.study.settings.codebook
        with suppress(StudyError):
            self._take_book(parse_file(decode(read_bytes(self.root, path), path), path, Codebook))

    def _take_book(self, book: Codebook) -> None:
        book = book.with_cues(self.codebook.cue_file)
        for gone in self.codebook.places.keys() - book.places.keys():
            self._ids.drop(gone)
        self.study = replace(self.study, codebook=book)
        for code in book.places:
            self._ids.add(code)

    def _look_after_crash(self) -> None:
        """After a session that did not end properly: finish its last action, and clear away half-written files."""
        self.notes.append(f"The last session did not end properly ({self._lock.left_open}).")
        for left in find(self.root, f"codings/{self.coder}/.*.yaml.*"):
            remove(self.root, left)
        last = self.history.entries[-1] if self.history.entries else None
        if last is None or last.action not in DONE - BY_HAND:
            return
        if last.code:
            self._read_codebook_again()
            if not is_done(last, self.codebook):
                path = self.study.settings.codebook
                back = last.model_copy(update={"version": last.was, "was": last.version})
                content, book = change_book(self.root, path, back)
                write_bytes(self.root, path, content)
                self._take_book(book)
                self.notes.append(f"Its last action was finished: {describe(last)}.")
        elif last.source in self.study.by_id:
            sheet, before = self._sheets.read(last.source, self.coder), self.history.before_last()
            if before and holds_same(sheet.file, before):
                changed = sheet.change(last)
                write_bytes(self.root, changed.path, changed.raw or b"")
                self.notes.append(f"Its last action was finished in {changed.path}.")
