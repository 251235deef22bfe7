"""Random edits of transcripts: what share of the codings is found again, and that none lands on wrong words.

Shares are printed with `-s`. Transcripts of this repository are always tested, real ones where they are at hand.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

import kit_edits as ed
from empowerment_qda.anchors import SourceText

STUDY = sorted((Path(__file__).parents[1] / "data/interviews").glob("*.yaml"))
LENGTHS = ((12, 24), (25, 60), (61, 250))
EDITS: dict[str, list[ed.Edit]] = {
    "none": [],
    "shifted, split and merged": ed.SHIFTS,
    "moved": [ed.move_turn],
    "deleted": [ed.delete_turn],
    "copied": [ed.copy_turn],
    "all of these": ed.HARSH,
}


def study() -> list[str]:
    """The turns of the interviews of this repository, one after the other."""
    return [turn["text"] for path in STUDY for turn in yaml.safe_load(path.read_text("utf-8"))["turns"]]


def transcripts() -> dict[str, Callable[[], list[str]]]:
    made = {"made up": ed.made_up, "Medan": study}
    return made | {path.stem: (lambda path=path: ed.real(path)) for path in ed.REAL[:3]}


@cache
def outcomes(name: str, edits: str) -> list[ed.Outcome]:
    """Passages of every length, coded as tools do, and found again after edits of the turns and of their words."""
    turns, kinds, results = transcripts()[name](), EDITS[edits], []
    for number in range(3):
        draw = random.Random(f"{name} {edits} {number}")
        spans = [ed.draw_passage(turns, draw, *limits) for limits in LENGTHS for _ in range(12)]
        coded = SourceText(turns)
        text, marks = ed.marked(turns), [ed.marks_of(turns, span) for span in spans]
        for own in marks:
            ed.touch(text, set(own), draw.choice([0, 0, 0, 0.04, 0.09, 0.3, 1]), draw)
        ed.edit(text, ed.INSIDE, len(turns) // 8, draw)
        if kinds:
            ed.edit(text, kinds, max(2, len(turns) // 8), draw)
            for own in draw.sample(marks, len(marks) // 3):  # and where codings are
                where = [n for n, turn in enumerate(text) if any(mark == own[0] for _, mark in turn)]
                if where:
                    draw.choice(kinds)(text, where[0], draw)
        truth = ed.Truth(turns, text)
        results += [
            truth.judge(own, truth.source.find(**coded.make_anchor(span)))
            for span, own in zip(spans, marks, strict=True)
        ]
    return results


def show(what: str, found: list[ed.Outcome]) -> Counter[str]:
    """The states, printed as shares."""
    states: Counter[str] = Counter(one.anchor.state for one in found)
    print(
        f"\n{what}: {len(found)}", *(f"{state} {n / len(found):.1%}" for state, n in states.items()), sep=", "
    )
    return states


cases = pytest.mark.parametrize("edits", EDITS)
names = pytest.mark.parametrize("name", transcripts())


@names
@cases
def test_no_coding_lands_on_wrong_words(name: str, edits: str) -> None:
    found = outcomes(name, edits)
    assert len(found) == 108
    assert not [one for one in found if one.wrong]
    assert not [one.anchor for one in found if one.kind != "untouched" and one.anchor.state == "exact"]


@names
@cases
def test_untouched_words_are_found_or_shown(name: str, edits: str) -> None:
    found = [one for one in outcomes(name, edits) if one.kind == "untouched"]
    show(f"{name}, {edits}, untouched", found)
    assert len(found) > 15
    missed = [one for one in found if not one.anchor.span]
    if edits == "none":
        assert not missed
    # Of words that stand in several places, and lost half of what stood around them, a person has to say which.
    assert all(one.offered for one in missed)


def test_nearly_all_untouched_words_are_found_again_wherever_their_turns_went() -> None:
    moving = ("shifted, split and merged", "moved", "deleted")
    found = [one for name in transcripts() for edits in moving for one in outcomes(name, edits)]
    untouched = [one for one in found if one.kind == "untouched"]
    states = show("turns changed, untouched", untouched)
    assert states["exact"] + states["moved"] >= 0.9 * len(untouched)
    assert states["lost"] <= 0.01 * len(untouched)


def test_words_with_a_tenth_edited_are_found_and_told() -> None:
    known = ("none", "shifted, split and merged", "moved", "deleted")
    found = [one for name in transcripts() for edits in known for one in outcomes(name, edits)]
    touched = [one for one in found if one.kind == "to 10%"]
    states = show("up to 10% edited", touched)
    assert states["changed"] >= 0.9 * len(touched)


def test_words_that_were_taken_away_are_never_found_elsewhere() -> None:
    found = [one for name in transcripts() for edits in EDITS for one in outcomes(name, edits)]
    gone = [one for one in found if one.kind == "deleted"]
    assert len(gone) > 100
    assert {one.anchor.state for one in gone} <= {"lost", "ambiguous"}
