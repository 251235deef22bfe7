"""The advice of `qda codebook lint`, each rule tried on a book and codings made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.checks import check_study, rule_of
from empowerment_qda.checks.lint import LINT
from empowerment_qda.folder.read import locate, read_study
from kit import SMALL, write_study

SOUND = """
    title: A sound book
    version: 1
    codes:
      - id: enabling
        codes:
          - id: training-provided
            label: Training is there
            definition: A class was held.
            use_when: Somebody tells of one.
            not_when: It was elsewhere.
          - id: too-rarely
            label: too rarely
            definition: It came once.
            use_when: Somebody counts.
            not_when: Nobody counts.
    """
TURN = """
    id: H-01
    informant: {id: H, type: head}
    turns:
      - text: One two three four five. Six seven eight nine ten. It comes too rarely.
    """
WORDS = ("One", "two", "three", "four", "five", "Six", "seven", "eight", "nine", "ten")


def codings(*pairs: tuple[str, str]) -> str:
    """A file of codings: code and quote."""
    lines = ["source: H-01", "coder: first", "codings:"]
    lines += [f'  - {{code: {code}, turn: 1, quote: "{quote}"}}' for code, quote in pairs]
    return "\n".join(lines) + "\n"


BASE = {
    "data/interviews/H-01.yaml": TURN,
    "findings.yaml": "findings: []\n",
}
# Each of the two codes twice, on different words: nothing to look at but their shares, which four uses begin.
EVEN = codings(
    ("training-provided", "One"), ("training-provided", "two"), ("too-rarely", "three"), ("too-rarely", "four"),
)  # fmt: skip


def advice(root: Path, book: str, coded: str) -> list[str]:
    """Rule and sentence of each problem."""
    files = {name: text for name, text in SMALL.items() if "O-01" not in name}
    write_study(root, {**files, **BASE, "codebook.yaml": book, "codings/first/H-01.yaml": coded})
    return [f"{one.rule}: {one.message}" for one in locate(check_study(read_study(root), LINT), root)]


def test_a_sound_book_needs_no_advice(tmp_path: Path) -> None:
    assert advice(tmp_path, SOUND, EVEN) == []


def test_nothing_is_unused_before_anything_is_coded(tmp_path: Path) -> None:
    assert advice(tmp_path, SOUND, "source: H-01\ncoder: first\ncodings: []\n") == []


BOOKS = [
    ("use_when: Somebody counts.", "cues: {}", "code-undefined: code `too-rarely` has no `use_when`"),
    ("label: too rarely", "label: Training is there",
     "code-twice: code `too-rarely` has the same label as `training-provided`"),
    ("definition: It came once.", "definition: A class was held.",
     "code-twice: code `too-rarely` has the same definition as `training-provided`"),
    ("id: too-rarely", "id: training-provide",
     "code-alike: the ids `training-provide` and `training-provided` are easily confused"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), BOOKS)
def test_what_makes_a_book_hard_to_apply(tmp_path: Path, old: str, new: str, said: str) -> None:
    book = SOUND.replace(old, new)
    coded = (
        EVEN.replace("code: too-rarely", "code: training-provide") if "id: training-provide" in new else EVEN
    )
    assert said in advice(tmp_path, book, coded)


def test_labels_of_the_same_words_are_alike(tmp_path: Path) -> None:
    book = SOUND.replace("label: too rarely", "label: is Training there")
    assert advice(tmp_path, book, EVEN) == [
        "code-alike: the labels of `too-rarely` and `training-provided` are easily confused"
    ]


def test_a_code_outside_every_dimension(tmp_path: Path) -> None:
    book = (
        SOUND.rstrip()
        + """
      - {id: alone, definition: It stands alone., use_when: Now., not_when: Then.}
    """
    )
    coded = EVEN + '  - {code: alone, turn: 1, quote: "five"}\n  - {code: alone, turn: 1, quote: "ten"}\n'
    assert advice(tmp_path, book, coded) == ["code-without-dimension: code `alone` stands under no dimension"]


def test_codes_never_used_and_used_once(tmp_path: Path) -> None:
    assert advice(tmp_path, SOUND, codings(("too-rarely", "Six"))) == [
        "code-unused: code `training-provided` is never used",
        "code-used-once: code `too-rarely` is used once, in H-01#1",
    ]


def test_a_code_on_more_than_a_quarter_of_the_passages(tmp_path: Path) -> None:
    coded = codings(
        *(("training-provided", word) for word in WORDS[:4]), ("too-rarely", "ten"), ("too-rarely", "Six")
    )
    assert advice(tmp_path, SOUND, coded) == [
        "code-too-broad: code `training-provided` is on 4 of 6 passages (67%, more than 25%)"
    ]


def test_two_codes_nearly_always_on_the_same_words(tmp_path: Path) -> None:
    pairs = [(code, word) for word in WORDS[:5] for code in ("training-provided", "too-rarely")]
    told = advice(tmp_path, SOUND, codings(*pairs))
    assert (
        "codes-together: 5 of 5 passages of `too-rarely` also have `training-provided`, and 5 of 5 the other way round "
        "(more than 80%)" in told
    )


@pytest.mark.parametrize(("quote", "told"), [("It comes too rarely.", False), ("Six", True)])
def test_an_in_vivo_label_stands_in_a_passage(tmp_path: Path, quote: str, told: bool) -> None:
    book = SOUND.replace("label: too rarely", "origin: in-vivo\n            label: too rarely")
    coded = EVEN.replace('"three"', f'"{quote}"')
    rules = [line.partition(":")[0] for line in advice(tmp_path, book, coded)]
    assert rules == (["in-vivo-label"] if told else [])


def test_a_retired_code_on_a_passage(tmp_path: Path) -> None:
    book = SOUND.replace("id: too-rarely", "id: too-rarely\n            status: retired")
    assert advice(tmp_path, book, EVEN) == [
        "retired-code: code `too-rarely` is retired, and first has it on H-01#1",
        "retired-code: code `too-rarely` is retired, and first has it on H-01#1",
    ]


def test_no_advice_goes_untried() -> None:
    text = Path(__file__).read_text()
    assert all(f"{rule_of(check)}:" in text or f'"{rule_of(check)}"' in text for check in LINT)
