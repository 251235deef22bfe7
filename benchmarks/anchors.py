"""Measures what becomes of codings when transcripts are edited: how many are found, how many on wrong words.

Passages are coded as the tool codes them (or as a hand does, quote and turn only), the transcripts edited at random
with a seed, and every character followed, so that the right answer is known. Prints shares. Run it with
`python benchmarks/anchors.py`, or `--rounds 20 --seed 7` for a hundred thousand pairs of coding and edit; it is no
part of the tests. Time grows with the number of pairs.
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
LENGTHS = {"1-11": (1, 11), "12-24": (12, 24), "25-60": (25, 60), "61-250": (61, 250)}
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
    """Real interviews where they are at hand, those of the study at the root, and talk full of the same few words."""
    for path in ed.REAL:
        yield path.stem, ed.real(path)
    for path in sorted(ROOT.glob("data/interviews/*.yaml")):
        turns = yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]
        yield path.stem, [turn["text"] for turn in turns]
    yield "talk", ed.small_talk()


def run(name: str, turns: list[str], given: argparse.Namespace) -> Iterator[Row]:
    """Every mix of edits on one transcript."""
    coded = SourceText(turns)
    for structure, kinds in STRUCTURES.items():
        for number in range(given.rounds):
            draw = random.Random(f"{given.seed} {name} {structure} {number}")
            count = min(given.count, len(turns) // 4 + 1)
            spans = [
                (length, ed.draw_passage(turns, draw, *limits))
                for length, limits in LENGTHS.items()
                for _ in range(count)
            ]
            spans += [("twin", span) for _ in range(count) if (span := ed.draw_twin(turns, draw))]
            marks = [ed.marks_of(turns, span) for _, span in spans]
            truth = ed.edited(turns, marks, kinds, draw)
            for (length, span), own in zip(spans, marks, strict=True):
                keys: dict[str, Any] = {**coded.make_anchor(span)}
                hand: dict[str, Any] = {
                    key: keys[key] for key in ("turn", "end_turn", "quote") if key in keys
                }
                # By its note a hand's coding can be told apart where its words stand once.
                for who, noted in (("tool", keys), ("many" if "places" in keys else "hand", hand)):
                    if coded.find(**noted).span != span:
                        if who == "tool":
                            raise AssertionError(f"Not found before any edit: {name} {span} {noted}")
                        continue  # no coding that a person would write
                    anchor = truth.source.find(**noted)
                    row = Row(who, length, structure, truth.judge(own, anchor, sides=who == "tool"))
                    yield row
                    missed = row.outcome.kind == "untouched" and not anchor.span
                    if who in given.show and (row.outcome.wrong or (missed and not given.wrong)):
                        shown = truth.source.quote(anchor.span) if anchor.span else ""
                        print("WRONG" if row.outcome.wrong else "MISSED", f"{row.outcome.around:.2f}", name, number, row.keys, length, structure, row.outcome.kind, anchor.state,
                              f"{row.outcome.overlap:.2f}", noted, "->", anchor.span, repr(shown), sep=" | ")  # fmt: skip


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


def summary(rows: list[Row]) -> None:
    """The figures to compare: wrong places, and words that stand and are not found."""
    found = [row.outcome for row in rows]
    wrong = Counter(one.anchor.state for one in found if one.wrong)
    stands = [one for one in found if one.kind == "untouched"]
    missed = [one for one in stands if not one.anchor.span]
    print(f"\n{len(found)} pairs, {wrong.total()} on wrong words {dict(wrong)}; of {len(stands)} whose words stand "
          f"{len(missed)} ({len(missed) / max(len(stands), 1):.1%}) are not found")  # fmt: skip


WHO = {
    "tool": "Keys as tools write them",
    "hand": "Turn and quote alone, words that stood once",
    "many": "Turn and quote alone, words that stood, or nearly, more than once",
}


def main() -> None:
    """All tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--count", type=int, default=12, help="passages of each length in a round")
    parser.add_argument("--seed", default="")
    parser.add_argument(
        "--show",
        choices=WHO,
        action="append",
        default=[],
        help="print each of these that is on wrong words or missed",
    )
    parser.add_argument("--wrong", action="store_true", help="with --show: only those on wrong words")
    given = parser.parse_args()
    rows: list[Row] = []
    for name, turns in transcripts():
        rows += run(name, turns, given)
    for who, title in WHO.items():
        own = [row for row in rows if row.keys == who]
        summary(own)
        table(f"{title}: by length and edit of the words", own, "length kind")
        untouched = [row for row in own if row.outcome.kind == "untouched"]
        table(f"{title}, words untouched: by edits of turns", untouched, "length structure")
        table(f"{title}: by edits of turns", own, "structure")
        table(f"{title}: by what is left around the words", own, "kind context length")


if __name__ == "__main__":
    main()
