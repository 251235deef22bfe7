"""A log is written anew: what goes is gone, its chain holds, and what did not follow before does not follow afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.files.log import chain_line, parse_log, read_chain
from empowerment_qda.files.log_rewrite import rewrite_log
from empowerment_qda.problems import StudyError

NAME = "codings/first/log.jsonl"


def entry(number: int, **more: Any) -> bytes:
    keys = {
        "time": "2024-05-01T08:00:00+00:00",
        "coder": "first",
        "action": "memo",
        "memo": f"M{number}",
        "links": [],
    }
    return json.dumps(keys | more).encode()


def make_log(lines: list[tuple[bool, bool]]) -> bytes:
    """A log of so many lines, each chained or not, and broken or not."""
    made: list[bytes] = []
    block: list[bytes] = []
    for number, (chained, broken) in enumerate(lines):
        line = entry(number)
        if chained:
            line = chain_line(line, [b"another"] if broken else block)
            block = []
        block.append(line)
        made.append(line)
    return b"".join(line + b"\n" for line in made)


LINES = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8)


@given(LINES)
def test_unchanged_it_is_the_same(lines: list[tuple[bool, bool]]) -> None:
    raw = make_log(lines)
    assert rewrite_log(raw, NAME, dict) == raw
    assert rewrite_log(raw.replace(b"\n", b"\r\n\r\n"), NAME, dict) == raw


@given(LINES)
def test_changed_each_line_follows_as_it_did(lines: list[tuple[bool, bool]]) -> None:
    raw = make_log(lines)
    made = rewrite_log(raw, NAME, lambda held: held | {"memo": held["memo"].replace("M", "Memo-")})
    assert b'"M0' not in made
    assert read_chain(made)[:2] == read_chain(raw)[:2]
    assert len(parse_log(made, NAME)[0]) == len(lines)


@given(LINES, st.sets(st.integers(0, 7)))
def test_taken_out_nothing_broken_becomes_whole(lines: list[tuple[bool, bool]], gone: set[int]) -> None:
    raw = make_log(lines)
    made = rewrite_log(raw, NAME, lambda held: None if int(held["memo"][1:]) in gone else held)
    left = [number for number in range(len(lines)) if number not in gone]
    assert [one.memo for one in parse_log(made, NAME)[0]] == [f"M{number}" for number in left]
    last = max((number for number in left if lines[number][0]), default=-1)
    was_broken = any(number <= last + 1 for number in read_chain(raw).broken)
    assert bool(read_chain(made).broken) == was_broken


def test_keys_of_a_later_version_stay_and_a_torn_line_goes() -> None:
    raw = entry(1, later={"x": "Sari"}) + b"\n" + b'{"time": "2024-05'
    made = rewrite_log(raw, NAME, lambda held: held | {"later": {"x": "Ani"}})
    assert json.loads(made)["later"] == {"x": "Ani"}


def test_a_log_that_would_contradict_itself_is_not_written() -> None:
    coding = {"code": "x", "quote": "y"}
    first = entry(1, action="add", source="S", at=0, before=[], after=[coding])
    second = entry(2, action="remove", source="S", at=0, before=[coding], after=[])
    with pytest.raises(StudyError, match="contradict"):
        rewrite_log(
            first + b"\n" + second + b"\n", NAME, lambda held: None if held["action"] == "add" else held
        )
