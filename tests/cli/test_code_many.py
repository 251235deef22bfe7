"""Many passages from the shell: all hits of a search coded, all suggestions of a cue or a code decided on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app, code_many
from empowerment_qda.files.log import read_log
from empowerment_qda.files.read import read_study
from kit import SMALL, write_study

LONG = """
    id: L-01
    informant: {id: L, type: owner}
    interviewer: R
    bystanders: [N]
    turns:
      - {speaker: R, text: "Did you join training?"}
      - {speaker: L, text: "I joined training. Later I joined the classes. It was only once."}
      - {speaker: N, text: "She joined a training."}
      - {speaker: L, text: "She joined.", reconstructed: true}
    """
AUTO = """
    source: L-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: I joined training., status: suggested, why: 'cue "training" on "training"'}
      - {code: training-provided, turn: 2, quote: Later I joined the classes., status: suggested, why: 'cue "classes" on "classes"'}
      - {code: training-rare, turn: 2, quote: It was only once., status: suggested, why: 'cue "only once" on "only once"'}
      - {code: gone, turn: 2, quote: It was only once., status: suggested, why: 'cue "was" on "was"'}
      - {code: training-rare, turn: 2, quote: What nobody said., status: suggested, why: 'cue "only once" on "x"'}
    """
AUTO_HEAD = """
    source: H-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: We hold digital training every month., status: suggested, why: 'cue "training" on "training"; cue "month" on "month"'}
    """
BOOK = SMALL["codebook.yaml"].replace(
    "- id: training-rare\n", "- id: training-rare\n                label: {en: Rarely trained}\n"
)
STUDY = SMALL | {
    "codebook.yaml": BOOK,
    "data/interviews/L-01.yaml": LONG,
    "codings/auto/L-01.yaml": AUTO,
    "codings/auto/H-01.yaml": AUTO_HEAD,
}
HITS = [
    "L-01#2 I joined training.",
    "L-01#2 Later I joined the classes.",
    "O-01#2 Yes, I joined their classes.",
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path, STUDY))
    monkeypatch.delenv("QDA_CODER", raising=False)
    return tmp_path


def act(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["code", *words, "--coder", "second"])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def mine(root: Path, coder: str = "second") -> list[str]:
    files = (file for file in read_study(root).codings if file.coder == coder)
    return [
        f"{file.source}#{one.turn} {one.code} {one.quote} {one.status}"
        for file in files
        for one in file.codings
    ]


def coded(*hits: str, code: str = "training-rare", status: str = "accepted") -> list[str]:
    return [f"{place} {code} {words} {status}" for place, _, words in (hit.partition(" ") for hit in hits)]


def test_all_hits_get_the_code_and_one_undo_takes_them_back(root: Path) -> None:
    told = act("add-hits", "training-rare", "--words", "join", "--yes")
    assert "add training-rare: 3 passages in 2 sources." in told.stderr
    assert told.stdout.splitlines()[-1] == "add: training-rare 3 times in 2 sources (L-01 2, O-01 1)"
    assert mine(root) == coded(*HITS)
    told = act("add-hits", "training-rare", "--words", "join", "--words", "hold", "--yes")
    assert "3 more have it already" in told.stderr
    assert mine(root)[0] == coded("H-01#2 We hold digital training every month.")[0]
    act("undo")
    assert mine(root) == coded(*HITS)
    assert act("undo").stdout == (
        "undo of add: training-rare 3 times in 2 sources (O-01 1, L-01 2): taken away\n"
    )
    assert mine(root) == []


def test_what_was_rejected_by_hand_is_passed_over(root: Path) -> None:
    act("accept", "L-01#2", "training-rare", "--which", "1")
    act("reject", "second-001")
    told = act("add-hits", "Rarely Trained", "--words", "once", "--of", "first", "--type", "owner", "--yes")
    assert "1 more has it already, or you had rejected it there." in told.stderr
    assert mine(root)[1:] == coded("O-01#2 But it was only once, last year.")


@pytest.mark.parametrize(
    ("unit", "quotes"),
    [
        ("words", ["joined", "joined"]),
        ("sentence", ["I joined training.", "Later I joined the classes."]),
        ("turn", ["I joined training. Later I joined the classes. It was only once."]),
    ],
)
def test_what_gets_the_code_is_chosen(root: Path, unit: str, quotes: list[str]) -> None:
    act("add-hits", "training-rare", "--words", "join", "--informant", "L", "--unit", unit, "--yes")
    assert mine(root) == coded(*(f"L-01#2 {quote}" for quote in quotes))


def test_coded_passages_get_another_code_as_they_are(root: Path) -> None:
    told = act(
        "add-hits", "awareness", "training-provided and not training-rare", "--yes", "--format", "json"
    )
    answer = json.loads(told.stdout)
    assert answer["done"]
    assert [one["ref"] for one in answer["codings"]] == ["H-01#2", "O-01#2"]
    assert mine(root) == coded(
        "H-01#2 We hold digital training every month.",
        "O-01#2 Yes, I joined their classes.",
        code="awareness",
    )
    told = act(
        "add-hits",
        "enabling",
        "awareness",
        "--of",
        "second",
        "--words",
        "classes",
        "--unit",
        "words",
        "--yes",
    )
    assert mine(root)[-1:] == coded("O-01#2 classes", code="enabling")


def test_it_is_shown_and_not_done_without_a_yes(root: Path) -> None:
    told = act("add-hits", "training-rare", "--words", "join", code=1)
    assert "Nothing was written: say --yes to do it." in told.stderr
    assert [" ".join(line.split()) for line in told.stdout.splitlines()[1:]] == HITS
    told = act("add-hits", "training-rare", "--words", "join", "--dry-run", "--yes", "--format", "json")
    assert json.loads(told.stdout)["done"] is False
    act("accept", "--all", code=1)
    act("reject", "--all", "--dry-run")
    assert mine(root) == []
    assert not read_log(root, "second")


@pytest.mark.parametrize("answer", ["y\n", "n\n"])
def test_at_a_terminal_it_asks(root: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(code_many, "at_terminal", lambda: True)
    words = ["code", "add-hits", "training-rare", "--words", "join", "--coder", "second"]
    told = CliRunner().invoke(app, words, input=answer)
    assert told.exit_code == 0
    assert "Do it?" in told.stderr
    assert len(mine(root)) == (3 if answer == "y\n" else 0)


def test_all_suggestions_of_a_cue_or_a_code_or_a_source(root: Path) -> None:
    told = act("reject", "--all", "--cue", "Training", "--yes")
    assert told.stdout.splitlines()[-1] == ("reject: training-provided 2 times in 2 sources (H-01 1, L-01 1)")
    assert [one.split()[-1] for one in mine(root)] == ["rejected", "rejected"]
    act("undo")
    assert mine(root) == []
    act("accept", "--all", "--code", "training-provided", "--source", "L-01", "--yes")
    assert mine(root) == coded(
        "L-01#2 I joined training.", "L-01#2 Later I joined the classes.", code="training-provided"
    )
    act("accept", "--all", "--code", "training-provided", "--yes")
    assert len(mine(root)) == 3
    assert "accept: nothing to do." in act("accept", "--all", "--code", "training-provided", "--yes").stderr


def test_suggestions_that_cannot_be_decided_on_are_told(root: Path) -> None:
    told = act("accept", "--all", "--yes")
    assert "accept: 4 passages in 2 sources." in told.stderr
    assert "1 more has no place in the source any more" in told.stderr
    assert "1 more has a code that no passage can get" in told.stderr
    assert act("undo").stdout.startswith("undo of accept: 4 codings in 2 sources")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accept",), "name a coding, or say --all"),
        (("accept", "L-01#2", "--all"), "name a coding, or say --all"),
        (("reject", "L-01#2", "--cue", "training"), "go with --all"),
        (("accept", "--all", "--which", "2"), "name a coding, or say --all"),
        (("accept", "--all", "--cue", "trainings", "--yes"), "was made by the cue `trainings` [unknown-cue]\n    Did you mean `training`?"),
        (("accept", "--all", "--code", "training-rair"), "Did you mean `training-rare`?"),
        (("accept", "--all", "--source", "L-1"), "Did you mean `L-01`?"),
        (("add-hits", "training-rare"), "say which codes to find, or which words with --words"),
        (("add-hits", "gone", "--words", "join", "--yes"), "this code is not in the codebook"),
        (("add-hits", "training-rare", "--words", "...", "--yes"), "has no word in it"),
        (("add-hits", "training-rare", "--words", "join", "--type", "x"), "the study has no type `x`"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_nothing_done(root: Path, words: tuple[str, ...], said: str) -> None:
    told = act(*words, code=2)
    assert said in " ".join(told.stderr.split()) or said in told.stderr
    assert mine(root) == []


def test_a_retired_code_is_given_to_nothing(root: Path) -> None:
    book = (root / "codebook.yaml").read_text(encoding="utf-8")
    (root / "codebook.yaml").write_text(
        book.replace("direction: limits", "direction: limits\n            status: retired"), encoding="utf-8"
    )
    assert "this code is retired" in act("add-hits", "training-rare", "--words", "join", code=2).stderr
    told = act("accept", "--all", "--code", "training-rare", code=0)
    assert "1 more has a code that no passage can get" in told.stderr
