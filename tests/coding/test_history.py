"""A log leads to one state, and undo and redo walk along it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding import (
    Accept,
    Action,
    Add,
    Entry,
    History,
    Recode,
    Reject,
    Remove,
    Set,
    carry_out,
    describe,
    rebuild,
)
from empowerment_qda.coding.history import Ids
from empowerment_qda.coding.log_entry import find_splice
from empowerment_qda.files.log import format_entry, make_history, parse_log
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from kit_desk import Clock, bench

CODES = ("training-provided", "training-rare")
SOURCES = ("H-01", "O-01")


@st.composite
def steps(draw: st.DrawFn) -> list[Any]:
    """What a person may do: an action on a coding (chosen by number), an undo, a redo, an edit by hand."""
    kinds = st.sampled_from(
        ["add", "remove", "accept", "reject", "recode", "set", "undo", "undo", "redo", "edit"]
    )
    return draw(
        st.lists(
            st.tuples(kinds, st.integers(0, 9), st.sampled_from(CODES), st.sampled_from(SOURCES)), max_size=25
        )
    )


def act(kind: str, number: int, code: str, source: str, codings: tuple[Coding, ...]) -> Action | None:
    """An action of that kind, where there is a coding for it."""
    if kind == "add":
        return Add(source, Span(2, number, 2, number + 9), code)
    if not codings:
        return None
    one = codings[number % len(codings)]
    actions: dict[str, Action] = {
        "remove": Remove(source, one),
        "accept": Accept(source, one),
        "reject": Reject(source, one),
        "recode": Recode(source, one, code),
        "set": Set(source, one, {"memo": f"note {number}"}),
    }
    return actions[kind]


def look_at(
    history: History,
    source: str,
    codings: tuple[Coding, ...],
    now: datetime,
    left_out: tuple[LeftOut, ...] = (),
) -> Entry | None:
    file = Codings(source=source, coder="first", codings=codings, left_out=left_out)
    return history.look_at(file, now)


def play(played: list[Any]) -> tuple[History, list[dict[str, tuple[Coding, ...]]]]:
    """The history of these steps, and the states after each entry, kept apart from it."""
    history, clock, states = History(), Clock(), [dict[str, tuple[Coding, ...]]()]
    for kind, number, code, source in played:
        codings = states[-1].get(source, ())
        entry: Entry | None
        if kind in ("undo", "redo"):
            entry = history.undo(clock()) if kind == "undo" else history.redo(clock())
        elif kind == "edit":
            fresh = Coding(id=f"hand-{len(states)}", code=code, turn="2", quote="")
            entry = look_at(history, source, (*codings[:number], fresh), clock())
        else:
            action = act(kind, number, code, source, codings)
            if action is None:
                continue
            try:
                done = carry_out(action, bench(*codings), clock())
            except StudyError:
                continue
            entry = done.model_copy(update={"source": source})
        if entry and entry.source:
            known = states[-1].get(entry.source, ())
            after = known[: entry.at] + entry.after + known[entry.at + len(entry.before) :]
            states.append({**states[-1], entry.source: after})
            history.add(entry)
    return history, states


def as_read(entries: list[Entry]) -> list[Entry]:
    """Entries as they come back from the disk."""
    raw = "".join(format_entry(entry) + "\n" for entry in entries).encode()
    again, size = parse_log(raw, "log.jsonl")
    assert size == len(raw)
    return again


def plain(rebuilt: dict[str, Any]) -> dict[str, tuple[Coding, ...]]:
    return {source: file.codings for source, file in rebuilt.items()}


@given(steps())
def test_every_past_state_is_rebuilt_from_the_log(played: list[Any]) -> None:
    history, states = play(played)
    entries = as_read(history.entries)
    assert entries == history.entries
    for number in range(len(entries) + 1):
        assert plain(rebuild(entries, number)) == states[number]
        if number:
            assert plain(rebuild(entries, entries[number - 1].time)) == states[number]
    assert plain(rebuild(entries)) == states[-1]


@given(steps())
def test_undoing_all_and_redoing_all_leads_back(played: list[Any]) -> None:
    history, states = play(played)
    clock = Clock()
    back = 0
    while entry := history.undo(clock()):
        assert entry.splice == make_history(history.entries, "first").undo(clock()).splice  # type: ignore[union-attr]
        history.add(entry)
        back += 1
    found = {e.source: e.after for e in history.entries if e.action == "found"}
    assert {source: state for source, state in plain(history.files()).items() if state} == found
    forth = 0
    while entry := history.redo(clock()):
        history.add(entry)
        forth += 1
    assert forth >= back  # what had been undone before comes back too
    if forth == back:
        assert plain(history.files()) == {**dict.fromkeys(history.files(), ()), **states[-1]}


@given(steps())
def test_an_undo_is_the_inverse_of_the_last_step(played: list[Any]) -> None:
    history, _ = play(played)
    before = history.files()
    if entry := history.undo(Clock()()):
        history.add(entry)
        again = history.redo(Clock()())
        assert again
        history.add(again)
        assert history.files() == before


def test_something_new_ends_what_could_be_redone() -> None:
    added = Entry(time=Clock()(), coder="first", action="add", source="H-01", after=(Coding(code="a"),))
    history = History([added])
    history.add(history.undo(added.time))  # type: ignore[arg-type]
    assert history.redo(added.time)
    history.add(added.model_copy(update={"after": (Coding(code="b"),)}))
    assert history.redo(added.time) is None


def test_what_was_found_is_no_step() -> None:
    codings = (Coding(code="a"), Coding(code="b"))
    history = History()
    found = look_at(history, "H-01", codings, Clock()())
    assert found
    assert found.action == "found"
    history.add(found)
    assert history.undo(found.time) is None
    assert look_at(history, "H-01", codings, found.time) is None
    edited = look_at(history, "H-01", (codings[0], Coding(code="c"), codings[1]), found.time)
    assert edited
    assert (edited.action, edited.at, edited.before, edited.after) == ("edited", 1, (), (Coding(code="c"),))


CODING = st.builds(Coding, code=st.sampled_from("abc"))


@given(st.lists(CODING, max_size=6), st.lists(CODING, max_size=6))
def test_the_smallest_change_leads_from_one_to_the_other(before: list[Coding], after: list[Coding]) -> None:
    at, old, new = find_splice(tuple(before), tuple(after))
    assert (*before[:at], *new, *before[at + len(old) :]) == tuple(after)
    assert tuple(before[at : at + len(old)]) == old
    assert not old or not new or (old[0] != new[0] and old[-1] != new[-1])


@pytest.mark.parametrize(
    "entry",
    [
        {"action": "undo", "source": "H-01"},
        {"action": "redo", "source": "H-01"},
        {"action": "remove", "source": "H-01", "before": ({"code": "other"},)},
        {"action": "add", "source": "H-01", "at": 5, "after": ({"code": "b"},)},
        {"action": "add", "source": None, "after": ({"code": "b"},)},
    ],
)
def test_a_log_that_contradicts_itself_is_told_with_its_line(entry: dict[str, Any]) -> None:
    now = Clock()()
    first = Entry(time=now, coder="first", action="add", source="H-01", after=(Coding(code="a"),))
    broken = Entry.model_validate({"time": now, "coder": "first", **entry})
    with pytest.raises(StudyError) as caught:
        make_history([first, broken], "first")
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.place.line) == ("codings/first/log.jsonl", 2)


def test_a_state_between_two_times() -> None:
    now = Clock()()
    added = Entry(time=now, coder="first", action="add", source="H-01", after=(Coding(code="a"),))
    later = added.model_copy(update={"time": now + timedelta(hours=2), "at": 1})
    hours = {-1: 0, 0: 1, 1: 1, 3: 2}
    for hour, number in hours.items():
        state = plain(rebuild([added, later], now + timedelta(hours=hour)))
        assert len(state.get("H-01", ())) == number


def test_ids_are_never_given_twice(tmp_path: Any) -> None:
    import kit

    study = read_study(kit.write_study(tmp_path, kit.SMALL))
    gone = Coding(id="first-007", code="a")
    add = Entry(time=Clock()(), coder="first", action="add", source="H-01", after=(gone,))
    history = History([add])
    history.add(history.undo(add.time))  # type: ignore[arg-type]
    ids = Ids("first", study, history)
    assert ids.make() == "first-008"
    assert ids.make() == "first-008"  # until it is seen
    ids.see([Coding(id="first-008", code="a"), Coding(id="other-100", code="a")])
    assert ids.make() == "first-009"
    assert "E1" in ids
    assert "training-provided" in ids


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"action": "add", "after": ({"id": "E1", "code": "a", "turn": "2", "quote": "we\nsave"},)}, "add: a at H-01#2 “we save” (E1)"),
        ({"action": "undo", "of": "add", "before": ({"code": "a"},)}, "undo of add: a at H-01 is taken away"),
        ({"action": "undo", "before": ({"code": "a"},)}, "undo: a at H-01 is taken away"),
        ({"action": "undo", "of": "reject", "before": ({"code": "a", "status": "rejected"},)}, "undo of reject: a at H-01 is not decided on any more"),
        ({"action": "undo", "of": "remove", "after": ({"code": "a", "status": "suggested"},)}, "undo of remove: a at H-01 is back, suggested"),
        ({"action": "undo", "of": "set", "before": ({"code": "a", "memo": "m"},), "after": ({"code": "a"},)}, "undo of set: a at H-01: memo “m” → none"),
        ({"action": "undo", "of": "define", "source": None, "parent": "p", "code": {"id": "c"}, "version": "1.0"},
         "undo of define: c under p is out of the codebook again, codebook version 1.0"),
        ({"action": "redo", "of": "define", "source": None, "parent": "p", "code": {"id": "c"}, "version": "1.1"},
         "redo of define: c under p, codebook version 1.1"),
        ({"action": "weigh", "source": None}, "weigh: by a later version of qda"),
        ({"action": "reject", "after": ({"code": "a", "status": "rejected"},)}, "reject: a at H-01, rejected"),
        ({"action": "set", "before": ({"code": "a"},), "after": ({"code": "a", "memo": "m"},)}, "set: a at H-01: memo none → “m”"),
        ({"action": "anchor", "before": ({"code": "a"},), "after": ({"code": "a", "before": "x"},)}, "anchor: a at H-01: its place is noted anew"),
        ({"action": "edited", "before": ({"code": "a"}, {"code": "b"})}, "edited: 2 codings of H-01 became 0"),
        ({"action": "define", "source": None, "parent": "p", "code": {"id": "c"}, "version": "1.1"}, "define: c under p, codebook version 1.1"),
    ],
)  # fmt: skip
def test_entries_in_words(entry: dict[str, Any], said: str) -> None:
    assert (
        describe(Entry.model_validate({"time": Clock()(), "coder": "first", "source": "H-01", **entry}))
        == said
    )
