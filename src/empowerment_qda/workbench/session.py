"""What lies before the coder: the codings of one source at a time, what waits, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from empowerment_qda.answers.memo import title_of
from empowerment_qda.desk import Action, Entry, describe, is_current, name_consequences
from empowerment_qda.desk.entry import reasons_of
from empowerment_qda.evidence import PLACED
from empowerment_qda.folder.desk import Desk
from empowerment_qda.folder.read import FINDINGS
from empowerment_qda.folder.watch import Watch
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import AUTO, Coding
from empowerment_qda.model.memo import Memo
from empowerment_qda.model.source import Source
from empowerment_qda.model.span import Span
from empowerment_qda.passages import Passage, overlap
from empowerment_qda.problems import Place, Problem, StudyError
from empowerment_qda.workbench.finding import find_spans

State = Literal["suggested", "accepted", "other", "rejected"]
ORDER: tuple[State, ...] = ("suggested", "accepted", "other", "rejected")
"""Where several codings stand on the same words, the first of these is taken up first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding on the screen: one's own, a suggestion, or another coder's; and the ids of the memos that link it."""

    span: Span
    coding: Coding
    state: State
    coder: str
    own: bool
    memos: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[Span, str]:
        """What the marks of a source are ordered by."""
        return self.span, self.coding.code


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one source: own codings by state, suggestions that wait, answers without a coding, words that strayed, answers
    that are left out."""

    accepted: int
    rejected: int
    suggested: int
    uncoded: int
    answers: int
    strays: int
    left_out: int


def is_stray(passage: Passage) -> bool:
    """Whether the words of a coding are not where or as they were; of what was rejected, nobody needs to know."""
    return passage.coding.status != "rejected" and not is_current(passage)


def name_files(paths: Sequence[str]) -> str:
    """The first of some files by name, the others by number.

    >>> name_files(["a.yaml", "b.yaml", "c.yaml", "d.yaml"])
    'a.yaml, b.yaml and 2 more files'
    """
    return list_words([*paths[:2], f"{len(paths) - 2} more files"] if len(paths) > 3 else paths, "en")


def say_changed(paths: Sequence[str]) -> str:
    """That files were changed from elsewhere, and that what was asked for was not done."""
    were, are = ("were", "are") if len(paths) > 1 else ("was", "is")
    return f"{name_files(paths)} {were} changed elsewhere and {are} shown anew. Nothing was done: look, and repeat it."


class Session:
    """A coder at their desk with some sources. `others` says whether other coders' codings are shown, `suggestions`
    whether the machine's are."""

    def __init__(self, desk: Desk, sources: Sequence[Source], others: bool = False, suggestions: bool = True) -> None:  # fmt: skip
        self.desk, self.sources, self.others = desk, tuple(sources), others
        self.suggestions = suggestions
        self.language = desk.study.settings.language
        self.at = 0
        self.recent: list[str] = []
        self._told = 0
        self._found: tuple[tuple[str, str], list[Span]] | None = None
        self._said = cache(self._not_asked)
        self._named: dict[int, Mark] = {}
        self._watch = Watch(desk.root, desk.study.settings)
        self._whole = len(self.sources) == len(desk.study.sources)
        self._news: list[str] = []
        self.take_up()

    @property
    def source(self) -> Source:
        """The source before the coder."""
        return self.sources[self.at]

    def open(self, at: int) -> None:
        """Take up another source."""
        before, self.at = self.at, at % len(self.sources)
        try:
            self.take_up()
        except BaseException:
            self.at = before
            raise

    def take_up(self) -> None:
        """Look at the codings of the source anew."""
        self.left_out = reasons_of(self.desk.codings(self.source.id).left_out)
        self.memos = self._memos()
        self._linked: dict[str, tuple[str, ...]] = {}
        for memo in self.memos:
            for name in memo.links:
                self._linked[name] = (*self._linked.get(name, ()), memo.id)
        self.marks, self.strays = self._marks_of(self.source)
        self.by_turn: dict[int, list[Mark]] = {}
        for mark in self.marks:
            for turn in range(mark.span.turn, mark.span.end_turn + 1):
                self.by_turn.setdefault(turn, []).append(mark)
        self.counts = self._count()

    # What others do meanwhile.

    def catch_up(self) -> str | None:
        """Take up what became of the study's files behind this session's back: None where nothing did, a sentence where
        the coder has to look before anything is done, else nothing said.

        StudyError where a file cannot be read; then all is as it was, and looked at again the next time.
        """
        now = self._watch.look(self.desk.study.settings)
        paths = self._watch.differing(now)
        if not paths:
            return None
        self._news += self.desk.read_again(paths)
        if self._news:
            self._take_sources()
            now = {path: now.get(path) for path in self._watch.look(self.desk.study.settings)}
        self._watch.take(now)
        news, self._news = sorted({*self._news}), []
        if not news:
            return None
        look = [path for path in news if self._is_before_coder(path)]
        others = [path for path in news if path not in look and path.startswith("codings/")]
        if others and self.others:
            self.desk.notes.append(f"Other coders changed {name_files(others)}; shown as it is now.")
        return say_changed(look) if look else ""

    def _take_sources(self) -> None:
        """The sources as they were read again: all of the study, where the session had the whole of it."""
        study, here = self.desk.study, self.source.id
        kept = (
            study.sources
            if self._whole
            else tuple(study.by_id[one.id] for one in self.sources if one.id in study.by_id)
        )
        if not kept:
            hint = "Put the files back, or end with q."
            raise StudyError(
                [Problem(Place("qda.yaml"), "no-source", "no source of this session is left", hint)]
            )
        before = self.at, self.sources, self.language
        self.at = next((at for at, one in enumerate(kept) if one.id == here), min(self.at, len(kept) - 1))
        self.sources, self.language = kept, study.settings.language
        self._found, self._said = None, cache(self._not_asked)
        self._named.clear()
        try:
            self.take_up()
        except BaseException:
            self.at, self.sources, self.language = before
            raise

    def _is_before_coder(self, path: str) -> bool:
        """Whether what is done here is done with that file in sight: not so with memos, findings and others' codings."""
        kind, _, rest = path.partition("/")
        if kind == "codings":
            return rest.partition("/")[0] in {self.desk.coder, *[AUTO] * self.suggestions}
        return kind != "memos" and path != FINDINGS

    def _count(self) -> Counts:
        number = {state: sum(one.state == state for one in self.marks) for state in ORDER}
        self._left = self._uncoded(self.source)
        uncoded, answers = len(self._left), len(self._answers(self.source))
        own = number["accepted"], number["rejected"], number["suggested"]
        return Counts(*own, uncoded, answers, self.strays, len(self.left_out))

    def _marks_of(self, source: Source) -> tuple[tuple[Mark, ...], int]:
        passages = self._passages_of(source)
        placed = [one for one in passages if one.anchor.span and one.anchor.state in PLACED]
        strays = sum(self._is_own(one) and is_stray(one) for one in passages)
        marks = [self._mark(one, one.anchor.span) for one in placed if one.anchor.span]
        return tuple(sorted(marks, key=lambda mark: mark.place)), strays

    def _mark(self, passage: Passage, span: Span) -> Mark:
        """A mark; the same as before where nothing about it has changed."""
        coding, known = passage.coding, self._named.get(id(passage.coding))
        state, memos = self._state(passage), self._linked.get(coding.id or "", ())
        if not (known and known.coding is coding and (known.state, known.memos) == (state, memos)):
            own = self._is_own(passage)
            known = self._named[id(coding)] = Mark(span, coding, state, passage.file.coder, own, memos)
        return known

    def _passages_of(self, source: Source) -> list[Passage]:
        passages = list(self.desk.passages(source.id))
        if self.suggestions:
            passages += self.desk.suggestions(source.id)
        if self.others:
            mine = (self.desk.coder, AUTO)
            files = [
                one for one in self.desk.study.codings if one.source == source.id and one.coder not in mine
            ]
            theirs = (one for file in files for one in self.desk.place(file))
            passages += [one for one in theirs if one.coding.status == "accepted"]
        return passages

    def _is_own(self, passage: Passage) -> bool:
        return passage.file.coder == self.desk.coder

    def _state(self, passage: Passage) -> State:
        return passage.coding.status if self._is_own(passage) or passage.file.coder == AUTO else "other"

    # What stands where.

    def under(self, span: Span) -> list[Mark]:
        """The marks that share words with a passage, what waits first."""
        turns = range(span.turn, span.end_turn + 1)
        found = {id(one): one for turn in turns for one in self.by_turn.get(turn, ())}
        here = [one for one in found.values() if overlap(one.span, span)]
        return sorted(here, key=lambda mark: (ORDER.index(mark.state), mark.place))

    def next_suggestion(self, after: tuple[Span, str]) -> tuple[int, Mark] | None:
        """The next suggestion that waits and the number of its source: here, further on, then from the start."""
        mine = [mark for mark in self.marks if mark.state == "suggested"]
        later = [mark for mark in mine if mark.place > after]
        if later:
            return self.at, later[0]
        for at in self._further():
            marks, _ = self._marks_of(self.sources[at])
            for mark in marks:
                if mark.state == "suggested":
                    return at, mark
        return (self.at, mine[0]) if mine else None

    def next_uncoded(self, after: int) -> tuple[int, int] | None:
        """The next answer without a coding of one's own: number of the source, and turn."""
        mine = self._left
        later = [turn for turn in mine if turn > after]
        if later:
            return self.at, later[0]
        for at in self._further():
            for turn in self._uncoded(self.sources[at]):
                return at, turn
        return (self.at, mine[0]) if mine else None

    def _further(self) -> Iterator[int]:
        number = len(self.sources)
        return (at % number for at in range(self.at + 1, self.at + number))

    def _answers(self, source: Source) -> list[int]:
        """The turns that are no questions, and not left out on purpose."""
        left = reasons_of(self.desk.codings(source.id).left_out)
        return [turn for turn in self._said(source.id) if turn not in left]

    def _not_asked(self, source: str) -> tuple[int, ...]:
        one = self.desk.study.by_id[source]
        return tuple(turn for turn in range(1, len(one.turns) + 1) if not one.is_question(turn))

    def _uncoded(self, source: Source) -> list[int]:
        marks = self.marks if source is self.source else self._marks_of(source)[0]
        coded = {
            turn
            for one in marks
            if one.own and one.state == "accepted"
            for turn in range(one.span.turn, one.span.end_turn + 1)
        }
        return [turn for turn in self._answers(source) if turn not in coded]

    def find(self, wanted: str) -> list[Span]:
        """Where these letters stand in the source, and where its words do, in whatever form (as `qda find` reads them).

        StudyError where there is nothing to look for.
        """
        key = self.source.id, wanted
        if self._found is None or self._found[0] != key:
            self._found = key, find_spans(self.source, wanted, self.desk.study.language_of(self.source))
        return self._found[1]

    # What is done.

    def act(self, action: Action) -> str:
        """Do something; on disk when this returns. A sentence of what was done; StudyError where it cannot be."""
        entry = self.desk.apply(action)
        code = getattr(action, "code", None)
        if code:
            self.recent = [code, *(one for one in self.recent if one != code)][:9]
        return self._after(entry)

    def define(self, parent: str, keys: dict[str, str]) -> Entry:
        """Add a code to the codebook under an aspect; a step to undo."""
        return self.desk.define(parent, keys)

    def undo(self) -> tuple[Entry | None, str]:
        """Take the last step back, whatever source it was in, and open that source."""
        return self._step(self.desk.undo(), "Nothing is left to undo.")

    def redo(self) -> tuple[Entry | None, str]:
        """Do again what was undone last."""
        return self._step(self.desk.redo(), "Nothing is there to redo.")

    def _step(self, entry: Entry | None, otherwise: str) -> tuple[Entry | None, str]:
        if entry is None:
            return None, otherwise
        at = next((at for at, one in enumerate(self.sources) if one.id == entry.source), None)
        if at is not None:
            self.at = at
        return entry, self._after(entry)

    def _after(self, entry: Entry) -> str:
        self.take_up()
        self.recent = [code for code in self.recent if code in self.desk.codebook.places]
        return " ".join([describe(entry), *name_consequences(entry, self.desk.study)])

    # What is noted beside the codings.

    def _memos(self) -> tuple[Memo, ...]:
        """The study's memos; those of other coders where what they did is shown."""
        study, coder = self.desk.study, self.desk.coder
        hidden = set() if self.others else {file.coder for file in study.codings} - {coder}
        return tuple(memo for memo in study.memos if memo.author not in hidden)

    def memos_on(self, name: str | None) -> list[Memo]:
        """The memos that link a code, a coding or a source."""
        return [memo for memo in self.memos if name in memo.links]

    def memos_here(self, span: Span, code: str | None) -> list[Memo]:
        """The memos on the codings that share words with a passage, on its turns, on a code, on the source."""
        turns = range(span.turn, span.end_turn + 1)
        ids = {one for mark in self.under(span) for one in mark.memos}
        on_codings = [memo for memo in self.memos if memo.id in ids]
        on_turns = [memo for memo in self.memos if any(memo.is_on(self.source.id, turn) for turn in turns)]
        found = [*on_codings, *on_turns, *self.memos_on(code), *self.memos_on(self.source.id)]
        return list({memo.id: memo for memo in found}.values())

    def notes_on(self, turn: int) -> list[str]:
        """What is noted on a turn: that it is left out, and why; that its words are not what was said; and its memos."""
        left = [f"∅ {self.left_out[turn] or 'left out'}"] if turn in self.left_out else []
        made = self.source.turns[turn - 1].reconstructed and not self.source.is_question(turn)
        memos = (memo for memo in self.memos if memo.is_on(self.source.id, turn))
        return [*left, *["‡ reconstructed"] * made, *(f"* {memo.id} {title_of(memo)}" for memo in memos)]

    def write_memo(self, keys: dict[str, Any], text: str) -> str:
        """Write a memo of the study; a sentence of what was done. StudyError where it cannot be."""
        memo = self.desk.write_memo(keys, text)
        self.take_up()
        return (
            f"{memo.id} is written: {memo.path}. Undo leaves memos alone: change or delete the file instead."
        )

    def notes(self) -> list[str]:
        """What the desk noted since it was last asked."""
        fresh = self.desk.notes[self._told :]
        self._told = len(self.desk.notes)
        return fresh
