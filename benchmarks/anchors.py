"""Measures what becomes of codings when transcripts are edited: how many are found, how many on wrong words.

Passages are coded as the tool codes them (or as a hand does, quote and turn only), the transcripts edited at random
with a fixed seed, and every character followed, so that the right answer is known. Prints shares. Run it with
`python benchmarks/anchors.py`; it is no part of the tests.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import kit_edits as ed  # noqa: E402
from empowerment_qda.anchors import SourceText  # noqa: E402

State = Literal["exact", "moved", "changed", "ambiguous", "lost"]
STATES: tuple[State, ...] = ("exact", "moved", "changed", "ambiguous", "lost")
LENGTHS = {"12-24": (12, 24), "25-60": (25, 60), "61-250": (61, 250)}
STRUCTURES: dict[str, list[ed.Edit]] = {
    "none": [],
    "shift": [ed.insert_turn],
    "split": [ed.split_turn],
    "merge": [ed.merge_turns],
    "move": [ed.move_turn],
    "delete": [ed.delete_turn],
    "copy": [ed.copy_turn],
    "harsh": ed.HARSH,
}


class Row(NamedTuple):
    """One coding after the edits."""

    keys: str
    length: str
    structure: str
    outcome: ed.Outcome


def transcripts() -> Iterator[tuple[str, list[str]]]:
    """Real interviews where they are at hand, and those of the study at the root."""
    for path in ed.REAL:
        yield path.stem, ed.real(path)
    for path in sorted(ROOT.glob("data/interviews/*.yaml")):
        turns = yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]
        yield path.stem, [turn["text"] for turn in turns]


def run(name: str, turns: list[str], rounds: int, count: int, show: str | None) -> Iterator[Row]:
    """Every mix of edits on one transcript."""
    coded = SourceText(turns)
    for structure, kinds in STRUCTURES.items():
        for number in range(rounds):
            draw = random.Random(f"{name} {structure} {number}")
            spans = [
                (length, ed.draw_passage(turns, draw, *limits))
                for length, limits in LENGTHS.items()
                for _ in range(min(count, len(turns) // 4 + 1))
            ]
            marks = [ed.marks_of(turns, span) for _, span in spans]
            truth = ed.edited(turns, marks, kinds, draw)
            for (length, span), own in zip(spans, marks, strict=True):
                keys: dict[str, Any] = {**coded.make_anchor(span)}
                hand: dict[str, Any] = {
                    key: keys[key] for key in ("turn", "end_turn", "quote") if key in keys
                }
                for who, given in (("tool", keys), ("hand", hand)):
                    if coded.find(**given).span != span:  # no coding that a person would write
                        continue
                    anchor = truth.source.find(**given)
                    row = Row(who, length, structure, truth.judge(own, anchor))
                    yield row
                    missed = row.outcome.kind == "untouched" and not anchor.span
                    if show and (row.outcome.wrong or missed) and show in (who, "all"):
                        shown = truth.source.quote(anchor.span) if anchor.span else ""
                        print("WRONG" if row.outcome.wrong else "MISSED", f"{row.outcome.around:.2f}", name, number, row.keys, length, structure, row.outcome.kind, anchor.state,
                              f"{row.outcome.overlap:.2f}", given, "->", anchor.span, repr(shown), sep=" | ")  # fmt: skip


def table(title: str, rows: list[Row], by: str) -> None:
    """Shares of each state, and how many codings stand on wrong words, for every value of a field."""
    groups: dict[tuple[str, ...], list[ed.Outcome]] = {}
    for row in rows:
        fields = [getattr(row, field, None) or getattr(row.outcome, field) for field in by.split()]
        groups.setdefault(tuple(fields), []).append(row.outcome)
    print(f"\n{title}\n{by:32}{'n':>7}", *(f"{state:>10}" for state in STATES), f"{'wrong':>7}")
    for key, outcomes in sorted(groups.items()):
        states = Counter(outcome.anchor.state for outcome in outcomes)
        wrong = Counter(outcome.anchor.state for outcome in outcomes if outcome.wrong)
        shares = (f"{states[state] / len(outcomes):10.1%}" for state in STATES)
        detail = " ".join(f"{state} {n}" for state, n in wrong.items())
        print(f"{' '.join(key):32}{len(outcomes):7}", *shares, f"{wrong.total():7}", f" {detail}")


def main() -> None:
    """All tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--count", type=int, default=12, help="passages of each length in a round")
    parser.add_argument("--show", choices=("tool", "hand", "all"), help="print each that is on wrong words")
    given = parser.parse_args()
    rows: list[Row] = []
    for name, turns in transcripts():
        rows += run(name, turns, given.rounds, given.count, given.show)
    for who in ("tool", "hand"):
        own = [row for row in rows if row.keys == who]
        table(f"Keys as {who}s write them: by length and edit of the words", own, "length kind")
        untouched = [row for row in own if row.outcome.kind == "untouched"]
        table(f"Keys as {who}s write them, words untouched: by edits of turns", untouched, "length structure")
        table(f"Keys as {who}s write them: by edits of turns", own, "structure")
        table(f"Keys as {who}s write them: by what is left around the words", own, "kind context length")


if __name__ == "__main__":
    main()
