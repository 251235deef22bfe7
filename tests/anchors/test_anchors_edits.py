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

STUDY = sorted((Path(__file__).parents[2] / "data/interviews").glob("*.yaml"))
LENGTHS = ((12, 24), (25, 60), (61, 250))
EDITS: dict[str, list[ed.Edit]] = {
    "none": [],
    "shifted, split and merged": ed.SHIFTS,
    "moved": [ed.move_turn],
    "deleted": [ed.delete_turn],
    "copied": [ed.copy_turn],
    "all of these": ed.HARSH,
}
# Of what was copied nobody can know which is meant.
KNOWN = ("none", "shifted, split and merged", "moved", "deleted")


def study() -> list[str]:
    """The turns of the interviews of this repository, one after the other."""
    return [turn["text"] for path in STUDY for turn in yaml.safe_load(path.read_text("utf-8"))["turns"]]


def transcripts() -> dict[str, Callable[[], list[str]]]:
    made = {"made up": lambda: ed.made_up(count=80), "Medan": study}
    return made | {path.stem: (lambda path=path: ed.real(path)) for path in ed.REAL[:2]}


@cache
def outcomes(name: str, edits: str) -> list[ed.Outcome]:
    """Passages of every length, coded as tools do, and found again after edits of the turns and of their words."""
    turns, kinds, results = transcripts()[name](), EDITS[edits], []
    for number in range(3):
        draw = random.Random(f"{name} {edits} {number}")
        spans = [ed.draw_passage(turns, draw, *limits) for limits in LENGTHS for _ in range(12)]
        coded = SourceText(turns)
        marks = [ed.marks_of(turns, span) for span in spans]
        truth = ed.edited(turns, marks, kinds, draw)
        results += [
            truth.judge(own, truth.source.find(**coded.make_anchor(span)))
            for span, own in zip(spans, marks, strict=True)
        ]
    return results


def count(name: str, edits: tuple[str, ...], kind: str) -> Counter[str]:
    """The states of the codings with words edited so far, printed as shares."""
    found = [one for each in edits for one in outcomes(name, each) if one.kind == kind]
    states: Counter[str] = Counter(one.anchor.state for one in found)
    shares = (f"{state} {number / len(found):.1%}" for state, number in states.items())
    print(f"\n{name}, {', '.join(edits)}, {kind}: {len(found)}", *shares, sep=", ")
    return states


@pytest.mark.parametrize("name", transcripts())
def test_codings_survive_edits_and_none_lands_on_wrong_words(name: str) -> None:
    # One test for a transcript: the edits are made once.
    found = [one for edits in EDITS for one in outcomes(name, edits)]
    assert len(found) == 3 * 12 * len(LENGTHS) * len(EDITS)
    assert not [one for one in found if one.wrong]
    assert not [one.anchor for one in found if one.kind != "untouched" and one.anchor.state == "exact"]
    assert {one.anchor.state for one in found if one.kind == "deleted"} == {"lost", "ambiguous"}

    untouched = [one for one in found if one.kind == "untouched"]
    # Of words that stand in several places, and lost half of what stood around them, a person has to say which.
    assert all(one.anchor.span or one.offered for one in untouched)
    assert set(count(name, ("none",), "untouched")) == {"exact"}
    states = count(name, KNOWN[1:], "untouched")
    assert states["exact"] + states["moved"] >= 0.85 * states.total()
    assert states["lost"] <= 1
    states = count(name, KNOWN, "to 10%")
    assert states["changed"] >= 0.85 * states.total()
