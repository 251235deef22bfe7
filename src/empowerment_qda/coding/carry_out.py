"""Actions carried out on values: a source's codings and an action give the change of those codings."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.coding.actions import (
    Accept,
    Action,
    Add,
    LeaveOut,
    Locate,
    Reanchor,
    Recode,
    Reject,
    Remove,
    Set,
    TakeIn,
)
from empowerment_qda.coding.anchor_repair import place_anew
from empowerment_qda.coding.log_entry import Done, Splice, find_splice, name_coding, path_of
from empowerment_qda.evidence.passages import anchor_keys, find_anchor
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import INSTEAD, Coding, Codings
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

NAMES: dict[type, Done] = {
    Add: "add",
    Remove: "remove",
    Accept: "accept",
    Reject: "reject",
    Recode: "recode",
    Set: "set",
    Locate: "anchor",
    Reanchor: "anchor",
    LeaveOut: "leave-out",
    TakeIn: "take-in",
}
NOTHING = "Nothing needs to be done."


@dataclass(frozen=True, slots=True)
class Bench:
    """What an action works on: one source, its words, the coder's codings of it, and the codebook.

    `taken` holds the ids that codes and codings have already; `make_id` makes one that none has ever had.
    `find` may be a form of `find_anchor` that remembers.
    """

    source: Source
    text: SourceText
    file: Codings
    codebook: Codebook
    taken: Container[str]
    make_id: Callable[[], str]
    find: Callable[[SourceText, Coding], Anchor] = find_anchor

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The coder's codings of the source."""
        return self.file.codings

    def name(self, coding: Coding) -> str:
        """A coding as a person would point to it."""
        return name_coding(self.source.id, coding)


def carry_out(action: Action, bench: Bench) -> Splice:
    """The change of the codings that an action makes; StudyError with a sentence where it cannot be done.

    What an action makes of the turns that are left out is said by `change_left_out`.
    """
    match action:
        case Add():
            return _append(bench, _add(action, bench))
        case Remove():
            at = _position(action.coding, bench)
            return Splice(at, (bench.codings[at],), ())
        case Accept():
            return _accept(action.coding, bench)
        case Reject():
            return _reject(action.coding, bench)
        case Recode():
            return _recode(action, bench)
        case Set():
            at = _position(action.coding, bench)
            return _change(bench, at, _remark(bench.codings[at], action.remarks, bench))
        case Locate():
            at = _position(action.coding, bench)
            return _change(bench, at, _locate(action.coding, action.span, bench))
        case Reanchor():
            codings = list(bench.codings)
            for old, new in action.pairs:
                codings[_position(old, bench)] = new
            return _require_change(bench, find_splice(bench.codings, tuple(codings)))
        case LeaveOut() | TakeIn():
            return Splice(len(bench.codings), (), ())


def _add(action: Add, bench: Bench) -> Coding:
    _require_code(action.code, bench)
    _require_answer(action.span, bench)
    if action.id is not None and action.id in bench.taken:
        hint = "Give another one, or none: one is made."
        raise refuse(bench, "duplicate-id", f"the id `{action.id}` is used already", hint)
    try:
        keys = anchor_keys(bench.text, action.span)
    except ValueError:
        hint = "Name a turn that the source has, and words in it."
        raise refuse(bench, "no-words", "there are no words to code in this place", hint) from None
    _require_new(action.code, action.span, bench)
    coding = _make({"id": action.id or bench.make_id(), "code": action.code, **keys}, bench)
    return _remark(coding, action.remarks, bench)


def _locate(coding: Coding, span: Span, bench: Bench) -> Coding:
    """The coding in the place that a person names."""
    _require_answer(span, bench)
    for own in _of_code(coding.code, bench):
        if own != coding and bench.find(bench.text, own).span == span:
            hint = "Take one of the two away."
            raise refuse(
                bench, "coded-already", f"these words have that code already: {bench.name(own)}", hint
            )
    placed = place_anew(coding, span, bench.text)
    if placed is None:
        said, hint = (
            "there are no words here that lead back to this place",
            "Name the words, or more of them.",
        )
        raise refuse(bench, "no-words", said, hint)
    return placed


def _accept(coding: Coding, bench: Bench) -> Splice:
    at = _find_own(coding, bench)
    if at is not None:
        if coding.status == "accepted":
            raise refuse(bench, "decided", f"{bench.name(coding)} is accepted already", NOTHING)
        return _change(bench, at, _decided(coding, bench, "accepted"))
    span = _span_of_suggestion(coding, bench)
    _require_code(coding.code, bench)
    _require_new(coding.code, span, bench)
    return _append(bench, _decided(coding, bench, "accepted", span))


def _reject(coding: Coding, bench: Bench) -> Splice:
    at = _find_own(coding, bench)
    if at is not None:
        if coding.status == "rejected":
            raise refuse(bench, "decided", f"{bench.name(coding)} is rejected already", NOTHING)
        return _change(bench, at, coding.model_copy(update={"status": "rejected"}))
    span = _span_of_suggestion(coding, bench)
    _require_new(coding.code, span, bench)
    return _append(bench, _decided(coding, bench, "rejected", span))


def _recode(action: Recode, bench: Bench) -> Splice:
    """An accepted coding changes its code; of any other, the code is rejected and the new one accepted."""
    coding = action.coding
    _require_code(action.code, bench)
    at = _find_own(coding, bench)
    span = bench.find(bench.text, coding).span if at is not None else _span_of_suggestion(coding, bench)
    if action.code == coding.code:
        hint = "Accept it, or name another code."
        raise refuse(bench, "same-code", f"{bench.name(coding)} has that code already", hint)
    if span:
        _require_new(action.code, span, bench)
    if at is not None and coding.status == "accepted":
        return _change(bench, at, coding.model_copy(update={"code": action.code}))
    no = coding.model_copy(update={"status": "rejected"})
    yes = _decided(coding.model_copy(update={"code": action.code, "id": None}), bench, "accepted", span)
    why = f"{INSTEAD}{coding.code}" + (f": {coding.why}" if coding.why else "")
    yes = yes.model_copy(update={"why": why})
    if at is not None:
        return find_splice(bench.codings, (*bench.codings[:at], no, *bench.codings[at + 1 :], yes))
    return _append(bench, _decided(no, bench, "rejected", span), yes)


def _decided(coding: Coding, bench: Bench, status: str, span: Span | None = None) -> Coding:
    """A coding with a decision on it, its place noted anew if given; what is accepted gets an id to cite."""
    update: dict[str, Any] = {"status": status}
    if span:
        update |= anchor_keys(bench.text, span)
    if status == "accepted" and coding.id is None:
        update["id"] = bench.make_id()
    return coding.model_copy(update=update)


def _span_of_suggestion(coding: Coding, bench: Bench) -> Span:
    span = bench.find(bench.text, coding).span
    if coding.status != "suggested" or span is None:
        hint = "Run `qda code` to bring the suggestions up to date, and look again."
        raise refuse(bench, "not-there", f"{bench.name(coding)} is not there any more", hint)
    return span


def _remark(coding: Coding, remarks: Any, bench: Bench) -> Coding:
    update = {key: value.strip() for key, value in remarks.items()}
    kept = {key: value for key, value in dict(coding).items() if key not in update}
    return _make({**kept, **{key: value for key, value in update.items() if value}}, bench)


def _make(keys: dict[str, Any], bench: Bench) -> Coding:
    try:
        return Coding.model_validate(keys)
    except ValidationError as error:
        raise StudyError(
            Problem(Place(_path(bench)), "value", _sentence(one), "Correct it and try again.")
            for one in error.errors(include_url=False)
        ) from None


def _sentence(error: Any) -> str:
    key, said = ".".join(map(str, error["loc"])), error["msg"]
    if error["type"] == "literal_error":
        said = f"`{error['input']}` should be {error['ctx']['expected']}"
    return f"`{key}`: {said}"


def _require_code(code: str, bench: Bench) -> None:
    place = bench.codebook.places.get(code)
    if place is None:
        hint = f"{did_you_mean(code, bench.codebook.places)} A new one comes in with `qda code define`."
        raise refuse(bench, "unknown-code", f"code `{code}` is not in the codebook", hint)
    if place.code.status == "retired":
        raise refuse(bench, "retired-code", f"code `{code}` is retired", "Use the code that replaced it.")


def _require_answer(span: Span, bench: Bench) -> None:
    turns = range(span.turn, span.end_turn + 1)
    if all(bench.source.is_question(turn) for turn in turns):
        said = f"{bench.source.id}#{span.turn} is the interviewer's turn; what is asked is no evidence"
        raise refuse(bench, "question-coded", said, "Code the answer instead.")


def _require_new(code: str, span: Span, bench: Bench) -> None:
    for own in _of_code(code, bench):
        if bench.find(bench.text, own).span == span:
            hint = NOTHING if own.status == "accepted" else "Decide on that one: `qda code accept`."
            said = f"these words have that code already: {bench.name(own)}, {own.status}"
            raise refuse(bench, "coded-already", said, hint)


def _of_code(code: str, bench: Bench) -> Iterator[Coding]:
    return (coding for coding in bench.codings if coding.code == code)


def _find_own(coding: Coding, bench: Bench) -> int | None:
    """Where an equal coding stands among the coder's own; None where none does."""
    alike = (at for at, own in enumerate(bench.codings) if own.quote == coding.quote and own == coding)
    return next(alike, None)


def _position(coding: Coding, bench: Bench) -> int:
    at = _find_own(coding, bench)
    if at is None:
        hint = "Look at the codings as they are now, and try again."
        raise refuse(bench, "not-there", f"{bench.name(coding)} is not there any more", hint)
    return at


def _append(bench: Bench, *codings: Coding) -> Splice:
    return Splice(len(bench.codings), (), codings)


def _change(bench: Bench, at: int, after: Coding) -> Splice:
    return _require_change(bench, Splice(at, (bench.codings[at],), (after,)))


def _require_change(bench: Bench, splice: Splice) -> Splice:
    if splice.before == splice.after:
        raise refuse(bench, "no-change", "that changes nothing: it is so already", NOTHING)
    return splice


def refuse(bench: Bench, rule: str, message: str, hint: str) -> StudyError:
    """That it cannot be done, and what to do instead."""
    return StudyError([Problem(Place(_path(bench)), rule, message, hint)])


def _path(bench: Bench) -> str:
    return path_of(bench.file.source, bench.file.coder)
