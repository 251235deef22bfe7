"""Turns that a coder leaves out on purpose, with the reason; a turn that gets a code is not left out any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empowerment_qda.coding.actions import Action, LeaveOut, TakeIn
from empowerment_qda.coding.carry_out import NOTHING, Bench, refuse
from empowerment_qda.coding.log_entry import Splice, reasons_of, say_turns
from empowerment_qda.model.coding import LeftOut
from empowerment_qda.model.source import TurnRange

USUAL: dict[str, tuple[str, ...]] = {
    "en": (
        "greeting or small talk",
        "about how the interview goes, not about the matter",
        "not about the research questions",
        "repeats what was said before",
        "cannot be understood",
    ),
    "id": (
        "salam atau basa-basi",
        "tentang jalannya wawancara, bukan pokoknya",
        "di luar pertanyaan penelitian",
        "mengulang yang sudah dikatakan",
        "tidak dapat dipahami",
    ),
}
"""Reasons that are often given, by the language of the study."""


def usual_reasons(language: str, given: Iterable[LeftOut] = ()) -> list[str]:
    """What to offer as a reason: those given before, then the usual ones in a language (else in English)."""
    before = [one.reason for one in given if one.reason]
    return list(dict.fromkeys([*before, *USUAL.get(language, USUAL["en"])]))


def change_left_out(action: Action, bench: Bench, splice: Splice) -> tuple[LeftOut, ...]:
    """What is left out of the source after an action that changes its codings so; StudyError where it cannot be done."""
    reasons = reasons_of(bench.file.left_out)
    match action:
        case LeaveOut():
            reasons |= dict.fromkeys(_leave(action, bench), action.reason.strip())
        case TakeIn():
            for turn in _take_in(action, bench, reasons):
                del reasons[turn]
        case _:
            for turn in _coded_now(bench, splice):
                reasons.pop(turn, None)
    return bench.file.left_out if reasons == reasons_of(bench.file.left_out) else tuple(entries_of(reasons))


def _leave(action: LeaveOut, bench: Bench) -> list[int]:
    """The turns to leave out: answers without an accepted coding."""
    asked = range(action.turns.first, action.turns.last + 1)
    answers = [turn for turn in asked if not bench.source.is_question(turn)]
    place = f"{bench.source.id}#{action.turns}"
    if not answers:
        said = f"{place} is the interviewer's; what is asked is never coded"
        raise refuse(bench, "question", said, NOTHING)
    for coding in bench.codings:
        span = bench.find(bench.text, coding).span
        if coding.status == "accepted" and span and any(span.turn <= turn <= span.end_turn for turn in answers):  # fmt: skip
            hint = "Reject that coding or take it away first."
            raise refuse(bench, "coded", f"{place} is coded: {bench.name(coding)}", hint)
    reasons = reasons_of(bench.file.left_out)
    if all(reasons.get(turn) == action.reason.strip() for turn in answers):
        raise refuse(bench, "no-change", f"{place} is left out already", NOTHING)
    return answers


def _take_in(action: TakeIn, bench: Bench, reasons: dict[int, str]) -> list[int]:
    found = [turn for turn in range(action.turns.first, action.turns.last + 1) if turn in reasons]
    if not found:
        left = say_turns(reasons)
        hint = f"Left out of {bench.source.id}: {left}." if left else NOTHING
        raise refuse(bench, "not-left-out", f"{bench.source.id}#{action.turns} is not left out", hint)
    return found


def _coded_now(bench: Bench, splice: Splice) -> Iterator[int]:
    """The turns of codings that count now and did not before, or stood elsewhere."""
    for coding in splice.after:
        span = bench.find(bench.text, coding).span
        if coding.status == "accepted" and coding not in splice.before and span:
            yield from range(span.turn, span.end_turn + 1)


def entries_of(reasons: dict[int, str]) -> Iterator[LeftOut]:
    """One entry for turns in a row that have the same reason."""
    run: list[int] = []
    for turn in sorted(reasons):
        if run and (turn != run[-1] + 1 or reasons[turn] != reasons[run[0]]):
            yield LeftOut(turn=TurnRange(run[0], run[-1]), reason=reasons[run[0]])
            run = []
        run.append(turn)
    if run:
        yield LeftOut(turn=TurnRange(run[0], run[-1]), reason=reasons[run[0]])
