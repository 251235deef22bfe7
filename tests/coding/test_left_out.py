"""Turns left out on purpose: what an action makes of them, and that the log leads back and forth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.anchors import SourceText
from empowerment_qda.coding import (
    Accept,
    Action,
    Add,
    Bench,
    Entry,
    History,
    LeaveOut,
    Reject,
    Remove,
    TakeIn,
    carry_out,
    describe,
    rebuild,
    usual_reasons,
)
from empowerment_qda.files.log import format_entry, parse_log
from empowerment_qda.model.coding import Codings, LeftOut
from empowerment_qda.model.source import Source, Span, TurnRange
from empowerment_qda.problems import StudyError
from kit_desk import BOOK, Clock

TALK = Source.model_validate(
    {"id": "T-01", "interviewer": "R",
     "turns": [{"speaker": "R" if n == 2 else "P", "text": f"Turn {n} says this."} for n in range(1, 7)]}
)  # fmt: skip
TEXT = SourceText([turn.text for turn in TALK.turns])


def left(turn: str, reason: str = "talk") -> LeftOut:
    return LeftOut.model_validate({"turn": turn, "reason": reason})


def at(*left_out: LeftOut, file: Codings | None = None) -> Bench:
    file = file or Codings(source="T-01", coder="first")
    file = file.model_copy(update={"left_out": left_out or file.left_out})
    return Bench(TALK, TEXT, file, BOOK, set(), lambda: "first-001")


def do(action: Action, bench: Bench) -> Codings:
    """The file after an action."""
    return carry_out(action, bench, Clock()()).apply(bench.file)


def leave(turns: str, reason: str = "talk") -> LeaveOut:
    first, _, last = turns.partition("-")
    return LeaveOut("T-01", TurnRange(int(first), int(last or first)), reason)


def take(turns: str) -> TakeIn:
    asked = leave(turns)
    return TakeIn("T-01", asked.turns)


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ([], leave("3"), [left("3")]),
        ([], leave("1-4"), [left("1"), left("3-4")]),
        ([left("5"), left("3")], leave("4"), [left("3-5")]),
        ([left("3-5")], leave("4", " not heard "), [left("3"), left("4", "not heard"), left("5")]),
        ([left("3", "a"), left("4", "b")], leave("3-4", "b"), [left("3-4", "b")]),
        ([left("3-5")], take("4"), [left("3"), left("5")]),
        ([left("3-5")], take("1-6"), []),
        ([left("3-5")], Add("T-01", Span(4, 0, 4, 4), "training-rare"), [left("3"), left("5")]),
        ([left("3-5")], Add("T-01", Span(1, 0, 3, 4), "training-rare"), [left("4-5")]),
        ([left("5"), left("4")], Add("T-01", Span(1, 0, 1, 4), "training-rare"), [left("5"), left("4")]),
    ],
)
def test_what_is_left_out_after_an_action(
    before: list[LeftOut], action: Action, after: list[LeftOut]
) -> None:
    assert do(action, at(*before)).left_out == tuple(after)


def test_only_a_coding_that_counts_takes_a_turn_in() -> None:
    coded = do(Add("T-01", Span(4, 0, 4, 4), "training-rare"), at())
    (one,) = coded.codings
    rejected = do(Reject("T-01", one), at(file=coded))
    out = do(leave("4"), at(file=rejected))
    assert (len(out.codings), out.left_out) == (1, (left("4"),))
    again = do(Accept("T-01", out.codings[0]), at(file=out))
    assert again.left_out == ()
    assert do(Remove("T-01", out.codings[0]), at(file=out)).left_out == (left("4"),)


@pytest.mark.parametrize(
    ("action", "rule", "said"),
    [
        (leave("2"), "question", "T-01#2 is the interviewer's; what is asked is never coded"),
        (leave("3-4"), "coded", "T-01#3-4 is coded: training-rare at T-01#4 “Turn” (first-001)"),
        (leave("5"), "no-change", "T-01#5 is left out already"),
        (take("3"), "not-left-out", "T-01#3 is not left out"),
    ],
)
def test_what_cannot_be_done(action: Action, rule: str, said: str) -> None:
    file = do(Add("T-01", Span(4, 0, 4, 4), "training-rare"), at(left("5")))
    with pytest.raises(StudyError) as caught:
        do(action, at(file=file))
    (problem,) = caught.value.problems
    assert (problem.rule, problem.message) == (rule, said)
    assert problem.hint == {"coded": "Reject that coding or take it away first.", "not-left-out": "Left out of T-01: 5."}.get(
        rule, "Nothing needs to be done."
    )  # fmt: skip


KINDS = st.sampled_from(["leave", "take", "add", "reject", "undo", "undo", "redo", "edit"])
STEPS = st.lists(st.tuples(KINDS, st.integers(1, 6), st.integers(0, 2)), max_size=25)


def act(kind: str, turn: int, more: int, file: Codings) -> Action | None:
    turns = TurnRange(turn, min(6, turn + more))
    if kind == "reject":
        return Reject("T-01", file.codings[turn % len(file.codings)]) if file.codings else None
    actions: dict[str, Action] = {
        "leave": LeaveOut("T-01", turns, f"reason {more}"),
        "take": TakeIn("T-01", turns),
        "add": Add("T-01", Span(turn, more, turn, more + 4), "training-rare"),
    }
    return actions[kind]


@given(STEPS)
def test_the_log_leads_to_every_state_and_undo_back(played: list[Any]) -> None:
    history, clock = History(), Clock()
    files = [Codings(source="T-01", coder="first")]
    for kind, turn, more in played:
        file = files[-1]
        entry: Entry | None
        if kind in ("undo", "redo"):
            entry = history.undo(clock()) if kind == "undo" else history.redo(clock())
        elif kind == "edit":
            hand = file.model_copy(update={"left_out": (*file.left_out, left(str(turn), f"by hand {more}"))})
            entry = history.look_at(hand, clock())
        else:
            action = act(kind, turn, more, file)
            if action is None:
                continue
            bench = replace(at(file=file), make_id=lambda: f"first-{len(files):03d}")
            try:
                entry = carry_out(action, bench, clock())
            except StudyError:
                continue
        if entry:
            codings = list(file.codings)
            codings[entry.at : entry.at + len(entry.before)] = entry.after
            now = entry.left_out_after if entry.changes_left_out else file.left_out
            files.append(file.model_copy(update={"codings": tuple(codings), "left_out": now}))
            history.add(entry)
            before = history.before_last()
            assert before
            assert (before.codings, before.left_out) == (file.codings, file.left_out)
    raw = "".join(format_entry(one) + "\n" for one in history.entries).encode()
    entries, _ = parse_log(raw, "log.jsonl")
    assert entries == history.entries
    for number, file in enumerate(files):
        made = rebuild(entries, number).get("T-01", files[0])
        assert (made.codings, made.left_out) == (file.codings, file.left_out)
    while entry := history.undo(clock()):
        history.add(entry)
    found = next((one for one in history.entries if one.action == "found"), None)
    last = history.file("T-01")
    assert (last.left_out if last else ()) == (found.left_out_after if found else ())


def test_a_log_that_speaks_of_what_was_never_left_out_is_refused() -> None:
    entry = Entry(
        time=Clock()(), coder="first", action="take-in", source="T-01", left_out_before=(left("3"),)
    )
    with pytest.raises(ValueError, match="entry 1 changes what was not left out"):
        History([entry])


@pytest.mark.parametrize(
    ("action", "before", "after", "said"),
    [
        ("leave-out", [], [left("3-4", "small talk")], "leave-out: T-01#3-4 is left out (small talk)"),
        ("leave-out", [left("3", "")], [left("3", ""), left("6", "")], "leave-out: T-01#6 is left out"),
        ("take-in", [left("3-4")], [], "take-in: T-01#3-4 is not left out any more"),
        ("undo", [left("3")], [left("3", "noise"), left("5")],
         "undo: T-01#3 is left out (noise); T-01#5 is left out (talk)"),
    ],
)  # fmt: skip
def test_in_words(action: str, before: list[LeftOut], after: list[LeftOut], said: str) -> None:
    keys = {"action": action, "left_out_before": tuple(before), "left_out_after": tuple(after)}
    entry = Entry.model_validate({"time": Clock()(), "coder": "first", "source": "T-01", **keys})
    assert describe(entry) == said


def test_a_code_and_the_turn_it_takes_in_are_told_together() -> None:
    bench = at(left("4"))
    action = Add("T-01", Span(4, 0, 4, 4), "training-rare")
    entry = carry_out(action, bench, Clock()())
    said = "add: training-rare at T-01#4 “Turn” (first-001); T-01#4 is not left out any more"
    assert describe(entry) == said


def test_reasons_to_offer() -> None:
    offered = usual_reasons("id", [left("3", "bising"), left("5", ""), left("6", "bising")])
    assert offered[0] == "bising"
    assert "salam atau basa-basi" in offered
    assert len(set(offered)) == len(offered)
    assert usual_reasons("fr") == usual_reasons("en")
