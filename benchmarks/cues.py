"""How the cues of a study do on talk that they were not written for: `python benchmarks/cues.py [STUDY]`.

Reads `unseen/` and prints totals only, so that nobody tunes cues on what they show; each look at the totals of a list that is
still to be changed uses the material up a little. A suggestion is a code on an answer, and right where the label is its.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from empowerment_qda.coding.suggest import code_sources, make_cue_book
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files.read import read_study
from empowerment_qda.language import CueBook
from empowerment_qda.model.coding import AUTO, Coding
from empowerment_qda.model.study import Study

HERE = Path(__file__).parent
NAMES = {  # labels of the material that the codebook calls otherwise
    "not-consulted": "left-out-of-decisions",
    "no-time-for-shop": "account-dormant-no-time",
    "training-rare": "training-irregular",
    "material-not-given": "no-material-to-keep",
    "open-to-all": "training-open-to-all",
    "dependent-on-aid": "still-dependent-on-aid",
    "account-active": "account-in-use",
    "sop-exists": "rules-in-place",
    "no-sop": "rules-missing",
    "partnership-with-platform": "marketplace-onboarding",
    "cash-given": "capital-support-given",
}
OPPOSITES = (
    {"training-open-to-all", "participants-hand-picked"},
    {"training-on-schedule", "training-irregular"},
    {"training-frequency", "training-irregular"},
    {"material-given", "no-material-to-keep"},
    {"equipment-up-to-date", "equipment-outdated"},
    {"equipment-not-cash", "capital-support-given"},
    {"follow-up-given", "no-followup"},
    {"account-in-use", "account-inactive"},
    {"account-in-use", "account-dormant-no-time"},
    {"rules-in-place", "rules-missing"},
    {"programme-reached", "programme-not-reached"},
    {"programme-widespread", "programme-reach-limited"},
    {"exhibitions-shared-out", "exhibitions-uneven"},
    {"self-reliant", "still-dependent-on-aid"},
    {"takes-part-in-decisions", "left-out-of-decisions"},
)


Row = dict[str, Any]


def _read(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / "unseen" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _codes(names: list[str]) -> set[str]:
    return {NAMES.get(name, name) for name in names} - {"none"}


def _suggested(book: CueBook, answer: str, question: str = "") -> set[str]:
    return {str(one.key) for one in book.suggest(answer, question)}


def _count_programme(book: CueBook) -> str:
    made = right = arguable = named = labels = 0
    for row in _read("programme"):
        codes, wanted = _suggested(book, row["answer"], row["question"]), _codes(row["labels"])
        made += len(codes)
        right += len(codes & wanted)
        named += len(codes & set(row["labels"]))
        arguable += len((codes & _codes(row["arguable"])) - wanted)
        labels += len(wanted)
    return (
        f"programme: {made} suggestions, {right} right ({right / max(made, 1):.0%}; {named} by the same name), "
        f"{arguable} arguable ({(right + arguable) / max(made, 1):.0%} with them); {right} of {labels} labels found"
    )


def _count_elsewhere(book: CueBook) -> str:
    rows = _read("elsewhere")
    made = sum(len(_suggested(book, row["answer"], row["question"])) for row in rows)
    return f"elsewhere: {made} suggestions on {len(rows)} answers ({100 * made / len(rows):.0f} per 100)"


def _count_pairs(book: CueBook, name: str) -> str:
    rows = _read(name)
    both = there = wrong = 0
    for row in rows:
        (code,) = _codes([row["label"]])
        first, second = _suggested(book, row["there"]), _suggested(book, row["not_there"])
        opposite = set().union(*(pair - {code} for pair in OPPOSITES if code in pair))
        there += code in first
        both += code in first and code not in second
        wrong += bool(first & opposite or code in second)
    return f"{name}: of {len(rows)}, {there} found where it is there, {both} right on both sides, {wrong} with an opposite code"


def _count_own(study: Study) -> str:
    """How many codings of people the suggestions find: the same code on words of the same passage."""
    made = {file.source: file.codings for file in code_sources(study, study.sources)}
    people = [one for one in passages_of(study) if one.file.coder != AUTO]
    found = sum(any(_is_alike(one.coding, other) for other in made.get(one.source.id, ())) for one in people)
    return f"own codings: {found} of {len(people)} found, {sum(map(len, made.values()))} suggestions"


def _is_alike(one: Coding, other: Coding) -> bool:
    same = (one.code, one.turn) == (other.code, other.turn)
    return same and (one.quote in other.quote or other.quote in one.quote)


def main(folder: Path) -> None:
    study = read_study(folder)
    book = make_cue_book(study.codebook, "id")
    lists = [place.code.cues.suggest for place in study.codebook.walk() if place.code.cues.suggest]
    print(f"{sum(len(cues) for one in lists for cues in one.values())} cues for {len(lists)} codes")
    pairs = (_count_pairs(book, name) for name in ("pairs", "pairs-2", "pairs-3"))
    for said in (_count_programme(book), _count_elsewhere(book), *pairs, _count_own(study)):
        print(said)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
