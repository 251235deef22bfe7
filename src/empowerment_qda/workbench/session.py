"""What lies before the coder: one source at a time with its codings and memos, what is done to them, and the passage
under the cursor. No screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from empowerment_qda.coding import Action, Entry, describe_step, is_current, name_consequences
from empowerment_qda.coding.cursor import Cursor, Kind, TextUnits
from empowerment_qda.coding.log_entry import reasons_of
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.lock import Watch
from empowerment_qda.files.read import FINDINGS
from empowerment_qda.locale import list_words
from empowerment_qda.model.coding import AUTO, Coding, Memo
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import Place, Problem, StudyError

State = Literal["suggested", "accepted", "other", "rejected"]
ORDER: tuple[State, ...] = ("suggested", "accepted", "other", "rejected")
"""Where several codings stand on the same words, the first of these is taken up first."""


@dataclass(frozen=True, slots=True)
class ShownCoding:
    """A coding as the screen has it: one's own, a suggestion, or another coder's; `memos` are the ids of those on it, `color`
    is that of its code."""

    span: Span
    coding: Coding
    state: State
    coder: str
    own: bool
    memos: tuple[str, ...] = ()
    color: str | None = None

    @property
    def place(self) -> tuple[Span, str]:
        """The codings of a source are ordered by this."""
        return self.span, self.coding.code


def is_broken(passage: Passage) -> bool:
    """Whether the words of a coding are not where or as they were; rejected codings are passed over."""
    return passage.coding.status != "rejected" and not is_current(passage)


def name_files(paths: Sequence[str]) -> str:
    """The first of some files by name, the others by number.

    >>> name_files(["a.yaml", "b.yaml", "c.yaml", "d.yaml"])
    'a.yaml, b.yaml and 2 more files'
    """
    return list_words([*paths[:2], f"{len(paths) - 2} more files"] if len(paths) > 3 else paths, "en")


class Session:
    """A coder with some sources of a study. `others` says whether other coders' codings are shown, `suggestions` whether
    the machine's are."""

    def __init__(
        self, desk: Desk, sources: Sequence[Source], others: bool = False, suggestions: bool = True
    ) -> None:
        self.desk, self.sources, self.others = desk, tuple(sources), others
        self.suggestions = suggestions
        self.language = desk.study.settings.language
        self.at = 0
        self.recent: list[str] = []
        self._notes_told = 0
        self._watch = Watch(desk.root, desk.study.settings)
        self._has_all_sources = len(self.sources) == len(desk.study.sources)
        self._news: list[str] = []
        self.take_up()

    @property
    def source(self) -> Source:
        """The source before the coder."""
        return self.sources[self.at]

    def open(self, at: int) -> None:
        """Take up another source, by its number; where it cannot be read, the one before stays."""
        before, self.at = self.at, at % len(self.sources)
        try:
            self.take_up()
        except BaseException:
            self.at = before
            raise

    def take_up(self) -> None:
        """Look at the codings and memos of the source anew: `shown` and `by_turn`, and the numbers that the status tells:
        codings by state, answers, those that are uncoded, broken anchors."""
        study, coder = self.desk.study, self.desk.coder
        self.left_out = reasons_of(self.desk.codings(self.source.id).left_out)
        hidden = set() if self.others else {file.coder for file in study.codings} - {coder}
        self.memos = tuple(memo for memo in study.memos if memo.author not in hidden)
        self._linked: dict[str | None, list[Memo]] = {}
        for memo in self.memos:
            for name in dict.fromkeys(memo.links):
                self._linked.setdefault(name, []).append(memo)
        passages = self._passages_of(self.source)
        self.shown = self._show(passages)
        self.by_turn: dict[int, list[ShownCoding]] = {}
        for one in self.shown:
            for turn in one.span.turns:
                self.by_turn.setdefault(turn, []).append(one)
        self.counts = Counter(one.state for one in self.shown)
        self.answers, self.uncoded = len(self._answers(self.source)), len(self.uncoded_of(self.at))
        self.broken = sum(self._is_own(one) and is_broken(one) for one in passages)

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
        if not look:
            return ""
        were, are = ("were", "are") if len(look) > 1 else ("was", "is")
        return f"{name_files(look)} {were} changed elsewhere and {are} shown anew. Nothing was done: look, and repeat it."

    def _take_sources(self) -> None:
        """Take the sources as they were read again: all of the study's, where the session had all of them."""
        study, here = self.desk.study, self.source.id
        known = (study.by_id[one.id] for one in self.sources if one.id in study.by_id)
        kept = study.sources if self._has_all_sources else tuple(known)
        if not kept:
            hint = "Put the files back, or end with q."
            said = "no source of this session is left"
            raise StudyError([Problem(Place("qda.yaml"), "no-source", said, hint)])
        before = self.at, self.sources, self.language
        self.at = next((at for at, one in enumerate(kept) if one.id == here), min(self.at, len(kept) - 1))
        self.sources, self.language = kept, study.settings.language
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

    # What stands where.

    def shown_in(self, at: int) -> tuple[ShownCoding, ...]:
        """The codings of a source, by its number, in the order of their places."""
        return self.shown if at == self.at else self._show(self._passages_of(self.sources[at]))

    def _show(self, passages: Sequence[Passage]) -> tuple[ShownCoding, ...]:
        shown = [self._show_one(one, one.anchor.span) for one in passages if one.anchor.span]
        return tuple(sorted(shown, key=lambda one: one.place))

    def _show_one(self, passage: Passage, span: Span) -> ShownCoding:
        coding, coder = passage.coding, passage.file.coder
        memos = tuple(memo.id for memo in self.memos_on(coding.id))
        place = self.desk.codebook.places.get(coding.code)
        color = place.code.color if place else None
        return ShownCoding(span, coding, self._state(passage), coder, self._is_own(passage), memos, color)

    def _passages_of(self, source: Source) -> list[Passage]:
        passages = list(self.desk.passages(source.id))
        if self.suggestions:
            passages += self.desk.suggestions(source.id)
        if self.others:
            for file in self.desk.study.codings:
                if file.source == source.id and file.coder not in (self.desk.coder, AUTO):
                    passages += [one for one in self.desk.place(file) if one.coding.status == "accepted"]
        return passages

    def _is_own(self, passage: Passage) -> bool:
        return passage.file.coder == self.desk.coder

    def _state(self, passage: Passage) -> State:
        return passage.coding.status if self._is_own(passage) or passage.file.coder == AUTO else "other"

    def under(self, span: Span) -> list[ShownCoding]:
        """The codings that share words with a passage, suggestions that wait first."""
        found = {id(one): one for turn in span.turns for one in self.by_turn.get(turn, ())}
        here = [one for one in found.values() if one.span.overlaps(span)]
        return sorted(here, key=lambda one: (ORDER.index(one.state), one.place))

    def suggested_in(self, at: int) -> list[ShownCoding]:
        """The suggestions that wait in a source, by its number."""
        return [one for one in self.shown_in(at) if one.state == "suggested"]

    def waiting_in(self, at: int, code: str) -> list[Passage]:
        """The suggestions of a code that wait in a source, by its number, also those without a place."""
        passages = self._passages_of(self.sources[at])
        return [one for one in passages if one.coding.code == code and self._state(one) == "suggested"]

    def uncoded_of(self, at: int) -> list[int]:
        """The answers of a source, by its number, without a coding of one's own."""
        own = (one for one in self.shown_in(at) if one.own and one.state == "accepted")
        coded = {turn for one in own for turn in one.span.turns}
        return [turn for turn in self._answers(self.sources[at]) if turn not in coded]

    def _answers(self, source: Source) -> list[int]:
        """The turns that are no questions, and not left out on purpose."""
        left = reasons_of(self.desk.codings(source.id).left_out)
        turns = range(1, len(source.turns) + 1)
        return [turn for turn in turns if not source.is_question(turn) and turn not in left]

    # What is done.

    def act(self, action: Action) -> str:
        """Do something; on disk when this returns. A sentence of what was done; StudyError where it cannot be."""
        entry = self.desk.apply(action)
        code = getattr(action, "code", None)
        if code:
            self.recent = list(dict.fromkeys([code, *self.recent]))[:9]
        return self._after([entry])

    def define(self, parent: str, keys: dict[str, str]) -> Entry:
        """Add a code to the codebook under an aspect; a step to undo."""
        return self.desk.define(parent, keys)

    def redefine(self, code: str, keys: dict[str, Any]) -> str:
        """Set keys of a code of the codebook, a step to undo; a sentence of what was done."""
        entry = self.desk.redefine(code, keys)
        return self._after([entry]) if entry else f"Nothing of {code} is another so."

    def act_all(self, actions: Sequence[Action]) -> str:
        """Do several things of a kind, in whatever sources, as one step to undo."""
        return self._after(self.desk.apply_all(actions))

    def undo(self) -> tuple[list[Entry], str]:
        """Take the last step back, whatever sources it was in, and open one of these."""
        return self._step(self.desk.undo(), "Nothing is left to undo.")

    def redo(self) -> tuple[list[Entry], str]:
        """Do again what was undone last."""
        return self._step(self.desk.redo(), "Nothing is there to redo.")

    def _step(self, entries: list[Entry], otherwise: str) -> tuple[list[Entry], str]:
        changed = [one.source for one in entries]
        if not entries:
            return entries, otherwise
        if self.source.id not in changed:
            self.at = next((at for at, one in enumerate(self.sources) if one.id in changed), self.at)
        return entries, self._after(entries)

    def _after(self, entries: Sequence[Entry]) -> str:
        self.take_up()
        self.recent = [code for code in self.recent if code in self.desk.codebook.places]
        citing = (line for one in entries for line in name_consequences(one, self.desk.study))
        return " ".join([describe_step(entries), *dict.fromkeys(citing)])

    def take_own_changes(self, ids: Mapping[str, str]) -> None:
        """Take up what this session itself wrote into several files at once: that is no news. `ids` leads from ids that codes
        had to those they have."""
        now = self._watch.look(self.desk.study.settings)
        self.desk.read_again(self._watch.differing(now))
        self._take_sources()
        self._watch.take(now)
        book = self.desk.codebook.places
        recent = dict.fromkeys(ids.get(code, code) for code in self.recent)
        self.recent = [code for code in recent if code in book and book[code].code.status == "active"]

    # What is noted beside the codings.

    def memos_on(self, name: str | None) -> list[Memo]:
        """The memos that link a code, a coding or a source."""
        return self._linked.get(name, [])

    def memos_here(self, span: Span, code: str | None) -> list[Memo]:
        """The memos on the codings that share words with a passage, on its turns, on a code, on the source."""
        ids = {one for shown in self.under(span) for one in shown.memos}
        on_codings = [memo for memo in self.memos if memo.id in ids]
        on_turns = [one for one in self.memos if any(one.is_on(self.source.id, turn) for turn in span.turns)]
        found = [*on_codings, *on_turns, *self.memos_on(code), *self.memos_on(self.source.id)]
        return list({memo.id: memo for memo in found}.values())

    def notes_on(self, turn: int) -> list[str]:
        """What is noted on a turn: that it is left out, and why; that its words are not what was said; and its memos."""
        left = [f"∅ {self.left_out[turn] or 'left out'}"] if turn in self.left_out else []
        made = self.source.turns[turn - 1].reconstructed and not self.source.is_question(turn)
        memos = (memo for memo in self.memos if memo.is_on(self.source.id, turn))
        return [*left, *["‡ reconstructed"] * made, *(f"* {memo.id} {memo.heading}" for memo in memos)]

    def write_memo(self, keys: dict[str, Any], text: str) -> str:
        """Write a memo of the study; a sentence of what was done. StudyError where it cannot be."""
        memo = self.desk.write_memo(keys, text)
        self.take_up()
        return (
            f"{memo.id} is written: {memo.path}. Undo leaves memos alone: change or delete the file instead."
        )

    def notes(self) -> list[str]:
        """What the desk noted since it was last asked."""
        fresh = self.desk.notes[self._notes_told :]
        self._notes_told = len(self.desk.notes)
        return fresh


class Selection:
    """The passage that the next code goes to, and the coding there that is taken up.

    `changed` is called after each change with the turns that look otherwise now, None for all of them, and whether the
    cursor is to be seen; a screen listens there.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.growing = False
        self.chosen: ShownCoding | None = None
        self.changed: Callable[[set[int] | None, bool], None] = lambda turns, see: None
        self._cursors: dict[str, tuple[Source, Cursor]] = {}
        self._take_source()

    def _take_source(self) -> None:
        self.source = source = self.session.source
        self.units = TextUnits(source)
        old, cursor = self._cursors.get(source.id, (source, self.units.first()))
        self.cursor = self.units.follow(cursor, old, source)

    def show_source(self) -> None:
        """Go into the source that the session has open now; in one that was read again, the cursor stays on its words."""
        before = self.source
        if before is not self.session.source:
            self._cursors[before.id] = before, self.cursor
            self._take_source()
            self.growing = self.growing and before.id == self.source.id
        self.show_codings(see_cursor=True)

    def show_codings(self, see_cursor: bool = False) -> None:
        """After codings changed: the one that was taken up stays so, if it is there."""
        old, here = self.chosen, self.session.under(self.cursor.span)
        alike = (one for one in here if old and (one.span, one.coding.code) == (old.span, old.coding.code))
        self.chosen = next(alike, here[0] if here else None)
        self.changed(None, see_cursor)

    def stand(self, cursor: Cursor, chosen: ShownCoding | None = None) -> None:
        """Put the cursor there, and take up the coding there that was asked for, or that comes first."""
        touched = {*self.cursor.span.turns, *cursor.span.turns}
        here = self.session.under(cursor.span)
        before, self.cursor = self.chosen, cursor
        self.chosen = chosen or (here[0] if here else None)
        touched |= {one.span.turn for one in (before, self.chosen) if one}
        self.changed(touched, True)

    def go(self, span: Span, kind: Kind = "sentence", chosen: ShownCoding | None = None) -> None:
        """Put the cursor on these words."""
        self.growing = False
        self.stand(Cursor.on(span, kind), chosen)

    def move(self, kind: Kind, by: int, grow: bool = False) -> None:
        """One word, sentence or turn on or back; the passage grows where it is asked to, or after `grow`."""
        self.stand(self.units.move(self.cursor, kind, by, grow or self.growing))

    def reach(self, head: Span) -> None:
        """To a sentence further off; the passage grows to it after `grow`."""
        self.stand(Cursor(self.cursor.anchor if self.growing else head, head, "sentence"))

    def end(self, by: int) -> None:
        """To the last words of the source (1), or the first (-1)."""
        self.reach((self.units.last if by > 0 else self.units.first)("sentence").head)

    def grow(self) -> None:
        """From here on moving makes the passage longer; once more, and it does not."""
        self.growing = not self.growing
        self.changed(set(), False)

    def shrink(self) -> None:
        """Back to a single word, sentence or turn."""
        self.growing = False
        self.stand(Cursor.on(self.cursor.head, self.cursor.kind))

    def other(self) -> None:
        """Take up the next of several codings that share these words."""
        here = self.session.under(self.cursor.span)
        if here:
            at = here.index(self.chosen) + 1 if self.chosen in here else 0
            self.stand(self.cursor, here[at % len(here)])
