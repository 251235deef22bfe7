"""What a person can do to the codings of one source, as plain data, and what each action makes of them. No disk, no screen."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, ClassVar, Literal

from pydantic import ValidationError

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.coding.anchor_repair import place_anew
from empowerment_qda.coding.log_entry import (
    Done,
    Entry,
    Splice,
    entries_of,
    find_splice,
    make_entry,
    name_coding,
    path_of,
    reasons_of,
    say_turns,
)
from empowerment_qda.evidence.passages import anchor_keys, find_anchor
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import INSTEAD, Coding, Codings, Status
from empowerment_qda.model.source import Source, Span, TurnRange
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

Remark = Literal["strength", "event_date", "direction_note", "memo"]
NOTHING = "Nothing needs to be done."


@dataclass(frozen=True, slots=True)
class Bench:
    """What an action works on: one source, its words, the coder's codings of it, and the codebook.

    `taken` holds the ids that codes and codings have already; `make_id` makes one that none has ever had, or the one so many
    after it. `find` may be a form of `find_anchor` that remembers.
    """

    source: Source
    text: SourceText
    file: Codings
    codebook: Codebook
    taken: Container[str]
    make_id: Callable[..., str]
    find: Callable[[SourceText, Coding], Anchor] = find_anchor

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The coder's codings of the source."""
        return self.file.codings

    @property
    def place(self) -> Place:
        """The coder's file of the source."""
        return Place(path_of(self.file.source, self.file.coder))

    def refuse(self, rule: str, message: str, hint: str = NOTHING) -> StudyError:
        """That something cannot be done, and what to do instead."""
        return StudyError([Problem(self.place, rule, message, hint)])

    def name(self, coding: Coding) -> str:
        """A coding as a person would point to it."""
        return name_coding(self.source.id, coding)

    def span_of(self, coding: Coding) -> Span | None:
        """Where the words of a coding stand now."""
        return self.find(self.text, coding).span

    def find_own(self, coding: Coding) -> int | None:
        """Where an equal coding stands among the coder's own; None where none does."""
        alike = (at for at, own in enumerate(self.codings) if own.quote == coding.quote and own == coding)
        return next(alike, None)

    def require_own(self, coding: Coding) -> int:
        """The same; StudyError where none does."""
        at = self.find_own(coding)
        if at is None:
            hint = "Look at the codings as they are now, and try again."
            raise self.refuse("not-there", f"{self.name(coding)} is not there any more", hint)
        return at

    def require_suggested(self, coding: Coding) -> Span:
        """Where a suggestion's words stand now; StudyError where it is none any more."""
        span = self.span_of(coding)
        if coding.status != "suggested" or span is None:
            hint = "Run `qda code` to bring the suggestions up to date, and look again."
            raise self.refuse("not-there", f"{self.name(coding)} is not there any more", hint)
        return span

    def require_code(self, code: str) -> None:
        """StudyError where no coding can get a code."""
        if (place := self.codebook.places.get(code)) is None:
            other = f"{did_you_mean(code, self.codebook.places)} A new one comes in with `qda code define`."
            hint = f"It is called `{now}` now." if (now := self.codebook.former.get(code)) else other
            raise self.refuse("unknown-code", f"code `{code}` is not in the codebook", hint)
        if place.code.status == "retired":
            raise self.refuse("retired-code", f"code `{code}` is retired", "Use the code that replaced it.")

    def require_answer(self, span: Span) -> None:
        """StudyError where only questions stand."""
        if all(map(self.source.is_question, span.turns)):
            said = f"{self.source.id}#{span.turn} is the interviewer's turn; what is asked is no evidence"
            raise self.refuse("question-coded", said, "Code the answer instead.")

    def require_new(self, code: str, span: Span) -> None:
        """StudyError where a code stands on just these words already."""
        for own in self.codings:
            if own.code == code and self.span_of(own) == span:
                hint = NOTHING if own.status == "accepted" else "Decide on that one: `qda code accept`."
                said = f"these words have that code already: {self.name(own)}, {own.status}"
                raise self.refuse("coded-already", said, hint)

    def make(self, keys: Mapping[str, Any]) -> Coding:
        """A coding with these keys; StudyError where one has a value that it cannot have."""
        try:
            return Coding.model_validate(keys)
        except ValidationError as error:
            raise StudyError(
                Problem(self.place, "value", _say_value(one), "Correct it and try again.")
                for one in error.errors(include_url=False)
            ) from None

    def remark(self, coding: Coding, remarks: Mapping[Remark, str]) -> Coding:
        """A coding with these remarks; empty ones are taken away."""
        keys = dict(coding) | {key: value.strip() for key, value in remarks.items()}
        return self.make({key: value for key, value in keys.items() if value or key not in remarks})

    def decide(self, coding: Coding, status: Status, span: Span | None = None) -> Coding:
        """A coding with a decision on it, its place noted anew if given; what is accepted gets an id to cite."""
        update: dict[str, Any] = anchor_keys(self.text, span) if span else {}
        if status == "accepted" and coding.id is None:
            update["id"] = self.make_id()
        return coding.model_copy(update={**update, "status": status})

    def append(self, *codings: Coding) -> Splice:
        """The change that adds codings."""
        return Splice(len(self.codings), (), codings)

    def replace(self, at: int, after: Coding) -> Splice:
        """The change that puts another coding in the place of one; StudyError where it is the same."""
        return self.require_change(Splice(at, (self.codings[at],), (after,)))

    def require_change(self, splice: Splice) -> Splice:
        """The change; StudyError where it changes nothing."""
        if splice.before == splice.after:
            raise self.refuse("no-change", "that changes nothing: it is so already")
        return splice


def _say_value(error: Any) -> str:
    key, said = ".".join(map(str, error["loc"])), error["msg"]
    if error["type"] == "literal_error":
        said = f"`{error['input']}` should be {error['ctx']['expected']}"
    return f"`{key}`: {said}"


@dataclass(frozen=True, slots=True)
class Action:
    """What is done to the codings of a source."""

    source: str

    @property
    def name(self) -> Done:
        """What the log calls it."""
        return NAMES[type(self)]

    def change(self, bench: Bench) -> Splice:
        """The change of the codings; StudyError with a sentence where it cannot be made."""
        return bench.append()

    def leave_out(self, bench: Bench, splice: Splice) -> dict[int, str]:
        """What is left out then: turns, with reasons. A turn that gets a code is not left out any more."""
        fresh = (one for one in splice.after if one.status == "accepted" and one not in splice.before)
        coded = {turn for one in fresh if (span := bench.span_of(one)) for turn in span.turns}
        return {turn: why for turn, why in reasons_of(bench.file.left_out).items() if turn not in coded}


@dataclass(frozen=True, slots=True)
class _OnCoding(Action):
    coding: Coding


@dataclass(frozen=True, slots=True)
class Add(Action):
    """Code a passage. `remarks` as in `Set`; without `id` one is made."""

    span: Span
    code: str
    id: str | None = None
    remarks: Mapping[Remark, str] = field(default_factory=dict)

    def change(self, bench: Bench) -> Splice:
        bench.require_code(self.code)
        bench.require_answer(self.span)
        if self.id is not None and self.id in bench.taken:
            hint = "Give another one, or none: one is made."
            raise bench.refuse("duplicate-id", f"the id `{self.id}` is used already", hint)
        try:
            keys = anchor_keys(bench.text, self.span)
        except ValueError:
            hint = "Name a turn that the source has, and words in it."
            raise bench.refuse("no-words", "there are no words to code in this place", hint) from None
        bench.require_new(self.code, self.span)
        coding = bench.make({"id": self.id or bench.make_id(), "code": self.code, **keys})
        return bench.append(bench.remark(coding, self.remarks))


@dataclass(frozen=True, slots=True)
class Import(Action):
    """Take in what was coded elsewhere, in one step. Codings without ids get one each, none that is `coming` with others.
    `pairs` are codings that were there and what became of them elsewhere, None where they were taken away."""

    codings: tuple[Coding, ...]
    coming: frozenset[str] = frozenset()
    pairs: tuple[tuple[Coding, Coding | None], ...] = ()

    def change(self, bench: Bench) -> Splice:
        now = {bench.require_own(old): new for old, new in self.pairs}
        made: dict[str, Coding] = {}
        coming = self.coming.union(one.id for one in self.codings if one.id)
        fresh = map(bench.make_id, count())
        for coding in self.codings:
            bench.require_code(coding.code)
            id_ = coding.id or next(one for one in fresh if one not in coming and one not in made)
            made[id_] = coding.model_copy(update={"id": id_})
        kept = (now.get(at, one) for at, one in enumerate(bench.codings))
        return find_splice(bench.codings, (*filter(None, kept), *made.values()))


@dataclass(frozen=True, slots=True)
class Remove(_OnCoding):
    """Take a coding of one's own away."""

    def change(self, bench: Bench) -> Splice:
        at = bench.require_own(self.coding)
        return Splice(at, (bench.codings[at],), ())


@dataclass(frozen=True, slots=True)
class _Decide(_OnCoding):
    status: ClassVar[Status]

    def change(self, bench: Bench) -> Splice:
        at = bench.find_own(self.coding)
        if at is not None:
            if self.coding.status == self.status:
                raise bench.refuse("decided", f"{bench.name(self.coding)} is {self.status} already")
            return bench.replace(at, bench.decide(self.coding, self.status))
        span = bench.require_suggested(self.coding)
        if self.status == "accepted":
            bench.require_code(self.coding.code)
        bench.require_new(self.coding.code, span)
        return bench.append(bench.decide(self.coding, self.status, span))


@dataclass(frozen=True, slots=True)
class Accept(_Decide):
    """Say yes to a suggestion, or to a coding of one's own that was rejected."""

    status = "accepted"


@dataclass(frozen=True, slots=True)
class Reject(_Decide):
    """Say no to a suggestion, which is then not made again; or to a coding of one's own, which stays as rejected."""

    status = "rejected"


@dataclass(frozen=True, slots=True)
class Recode(_OnCoding):
    """Another code for the same words. An accepted coding changes its code; of any other, the code is rejected and the new
    one accepted."""

    code: str

    def change(self, bench: Bench) -> Splice:
        coding = self.coding
        bench.require_code(self.code)
        at = bench.find_own(coding)
        span = bench.span_of(coding) if at is not None else bench.require_suggested(coding)
        if self.code == coding.code:
            hint = "Accept it, or name another code."
            raise bench.refuse("same-code", f"{bench.name(coding)} has that code already", hint)
        if span:
            bench.require_new(self.code, span)
        if at is not None and coding.status == "accepted":
            return bench.replace(at, coding.model_copy(update={"code": self.code}))
        why = f"{INSTEAD}{coding.code}" + (f": {coding.why}" if coding.why else "")
        other = coding.model_copy(update={"code": self.code, "id": None, "why": why})
        yes = bench.decide(other, "accepted", span)
        if at is None:
            return bench.append(bench.decide(coding, "rejected", span), yes)
        no = bench.decide(coding, "rejected")
        return find_splice(bench.codings, (*bench.codings[:at], no, *bench.codings[at + 1 :], yes))


@dataclass(frozen=True, slots=True)
class Set(_OnCoding):
    """Set what is remarked on a coding of one's own, as text; empty text takes a remark away."""

    remarks: Mapping[Remark, str]

    def change(self, bench: Bench) -> Splice:
        at = bench.require_own(self.coding)
        return bench.replace(at, bench.remark(bench.codings[at], self.remarks))


@dataclass(frozen=True, slots=True)
class Locate(_OnCoding):
    """Say where the words of a coding of one's own stand now; its quotation becomes the words there."""

    span: Span

    def change(self, bench: Bench) -> Splice:
        at = bench.require_own(self.coding)
        bench.require_answer(self.span)
        for own in bench.codings:
            if own.code == self.coding.code and own != self.coding and bench.span_of(own) == self.span:
                said = f"these words have that code already: {bench.name(own)}"
                raise bench.refuse("coded-already", said, "Take one of the two away.")
        placed = place_anew(self.coding, self.span, bench.text)
        if placed is None:
            said = "there are no words here that lead back to this place"
            raise bench.refuse("no-words", said, "Name the words, or more of them.")
        return bench.replace(at, placed)


@dataclass(frozen=True, slots=True)
class Reanchor(Action):
    """Note anew where the words of codings stand: pairs of a coding and what it becomes."""

    pairs: tuple[tuple[Coding, Coding], ...]

    def change(self, bench: Bench) -> Splice:
        codings = list(bench.codings)
        for old, new in self.pairs:
            codings[bench.require_own(old)] = new
        return bench.require_change(find_splice(bench.codings, tuple(codings)))


@dataclass(frozen=True, slots=True)
class LeaveOut(Action):
    """Leave answers in these turns uncoded on purpose; those that are left out already get the new reason."""

    turns: TurnRange
    reason: str

    def leave_out(self, bench: Bench, splice: Splice) -> dict[int, str]:
        place = f"{bench.source.id}#{self.turns}"
        answers = [turn for turn in self.turns.numbers if not bench.source.is_question(turn)]
        if not answers:
            raise bench.refuse("question", f"{place} is the interviewer's; what is asked is never coded")
        for coding in bench.codings:
            span = bench.span_of(coding)
            if coding.status == "accepted" and span and any(turn in span.turns for turn in answers):
                hint = "Reject that coding or take it away first."
                raise bench.refuse("coded", f"{place} is coded: {bench.name(coding)}", hint)
        before = reasons_of(bench.file.left_out)
        reasons = before | dict.fromkeys(answers, self.reason.strip())
        if reasons == before:
            raise bench.refuse("no-change", f"{place} is left out already")
        return reasons


@dataclass(frozen=True, slots=True)
class TakeIn(Action):
    """Take back that these turns were left out."""

    turns: TurnRange

    def leave_out(self, bench: Bench, splice: Splice) -> dict[int, str]:
        before = reasons_of(bench.file.left_out)
        reasons = {turn: why for turn, why in before.items() if turn not in self.turns.numbers}
        if reasons == before:
            left = say_turns(before)
            hint = f"Left out of {bench.source.id}: {left}." if left else NOTHING
            raise bench.refuse("not-left-out", f"{bench.source.id}#{self.turns} is not left out", hint)
        return reasons


NAMES: dict[type[Action], Done] = {
    Add: "add", Import: "import", Remove: "remove", Accept: "accept", Reject: "reject", Recode: "recode", Set: "set",
    Locate: "anchor", Reanchor: "anchor", LeaveOut: "leave-out", TakeIn: "take-in",
}  # fmt: skip


def carry_out(action: Action, bench: Bench, now: datetime) -> Entry:
    """What an action makes of the codings and of what is left out; StudyError with a sentence where it cannot be done."""
    splice, before = action.change(bench), bench.file.left_out
    reasons = action.leave_out(bench, splice)
    left_out = before if reasons == reasons_of(before) else tuple(entries_of(reasons))
    return make_entry(now, action.name, bench.file, splice, left_out)
