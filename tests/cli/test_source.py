"""`qda source edit`, `text` and `undo`: a transcript is corrected, and what hangs on its words moves along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files import journal
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import write_bytes
from kit import SMALL, write_study

TALK = """
id: H-01
informant: {id: H, type: head}
date: 2022-09-12
interviewer: R
turns:
  - {speaker: R, text: Is there training for owners?}   # asked
  - speaker: H
    text: >-
      We hold digital training every month. Owners come from all wards.
  - {speaker: R, text: Oh.}
  # the last one
  - {speaker: H, text: It is only once a year for some.}
"""
STUDY = SMALL | {
    "data/interviews/H-01.yaml": TALK,
    "codings/first/H-01.yaml": """
        # by hand
        source: H-01
        coder: first
        codings:
          - {id: E1, code: training-provided, turn: 2, quote: We hold digital training every month.}   # sure
          - {id: E4, code: training-rare, turn: 4, quote: only once a year}
        left_out:
          - {turn: 3, reason: nothing}
        """,
    "codings/second/H-01.yaml": """
        source: H-01
        coder: second
        codings:
          - {id: S1, code: training-provided, turn: 2, quote: digital training}
          - {id: S2, code: training-rare, turn: 4, quote: words that nobody said here}
        """,
    "codings/auto/H-01.yaml": """
        source: H-01
        coder: auto
        codings:
          - {code: training-provided, turn: 2, quote: digital training, status: suggested, why: cue}
        """,
    "memos/M1.md": "---\nid: M1\nlinks: [H-01#4, E1, H-01#2-4]\n---\n\nH-01#4 says so.\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study above, in which first has a log."""
    monkeypatch.chdir(write_study(tmp_path, STUDY))
    assert qda("code", "set", "E4", "--memo", "H-01#4 is it", "--coder", "first").exit_code == 0
    return tmp_path


def qda(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words], input=given)


def edit(*words: str, given: str | None = None) -> dict[str, Any]:
    """What an edit that is done answers."""
    result = qda("source", "edit", *words, "--yes", "--format", "json", given=given)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def files(root: Path) -> dict[str, bytes]:
    """What people wrote, and the logs."""
    kept = (one for one in root.rglob("*") if one.is_file() and ".qda" not in one.parts)
    return {str(one.relative_to(root)): one.read_bytes() for one in kept if not one.name.endswith(".lock")}


def outcomes(answer: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["becomes"] for one in answer["codings"]}


def places(root: Path) -> dict[str, tuple[str, str]]:
    """Each coding's state and quotation."""
    return {one.id: (one.anchor.state, one.coding.quote) for one in passages_of(read_study(root))}


def test_a_turn_is_corrected_and_every_coders_codings_move_along(root: Path) -> None:
    before = files(root)
    answer = edit(
        "H-01", "--turn", "2", "--text", "Well, we hold monthly training. Owners come from all wards."
    )
    assert outcomes(answer) == {
        "auto:H-01:1": "changed",
        "E1": "changed",
        "E4": "exact",
        "S1": "changed",
        "S2": "broken",
    }
    now = places(root)
    assert now["E1"] == ("exact", "we hold monthly training.")
    assert now["S1"] == now["auto:H-01:1"] == ("exact", "monthly training")
    assert now["S2"][0] == "lost"
    after = files(root)
    text = after["data/interviews/H-01.yaml"].decode()
    assert "text: >-\n      Well, we hold monthly training. Owners" in text
    assert "# asked" in text
    assert after["codings/first/H-01.yaml"].startswith(b"# by hand\n")
    assert {path for path in after if after[path] != before[path]} == {
        "data/interviews/H-01.yaml", "codings/first/H-01.yaml", "codings/second/H-01.yaml", "codings/auto/H-01.yaml",
        "codings/first/log.jsonl"}  # fmt: skip
    assert "correct: training-provided at H-01#2" in qda("code", "log", "--coder", "first").stdout
    assert qda("code", "log", "--coder", "first", "--verify").exit_code == 0
    undone = qda("source", "undo")
    assert (undone.exit_code, undone.stderr) == (0, "Taken back: correct H-01#2.\n")
    back = files(root)
    assert {path for path in back if back[path] != before[path]} == {"codings/first/log.jsonl"}
    assert qda("check").stdout.count("codings-lost") == 0


def test_words_that_go_leave_the_coding_as_it_was_and_that_is_told(root: Path) -> None:
    result = qda("source", "edit", "H-01#2", "--text", "Owners come from all wards.", "--yes")
    assert result.exit_code == 0
    assert "E1 training-provided (first)" in result.stdout
    assert "lost" in result.stdout
    assert "3 without words: kept as before" in result.stderr
    assert "qda code anchor" in result.stderr
    assert places(root)["E1"] == ("lost", "We hold digital training every month.")


def test_turns_are_split_joined_and_taken_out_in_the_whole_source(root: Path) -> None:
    text = qda("source", "text", "H-01").stdout
    assert text.startswith("[1] R\nIs there training for owners?\n\n[2] H\nWe hold")
    new = (
        text.replace("[3] R\nOh.\n\n", "")
        .replace("month. Owners", "month.\n\n[+] R\nOwners")
        .replace("once a year for", "once a year,\n\n[+] H\nfor")
    )
    answer = edit("H-01", "--text", "-", given=new)
    assert outcomes(answer)["E4"] == "exact"
    study = read_study(root)
    assert [one.speaker for one in study.by_id["H-01"].turns] == ["R", "H", "R", "H", "H"]
    assert study.memos[0].links == ("H-01#4-5", "E1", "H-01#2-5")
    (first,) = [one for one in study.codings if one.coder == "first" and one.source == "H-01"]
    assert first.left_out == ()
    told = " ".join(answer["notes"])
    assert "H-01#3, which first left out, is not left out any more." in told
    assert "memos/M1.md speaks of H-01#4, which is H-01#4-5 now" in told
    assert "codings/first/H-01.yaml speaks of H-01#4" in told
    assert "# the last one" in (root / "data/interviews/H-01.yaml").read_text()
    qda("source", "undo")
    assert read_study(root).memos[0].links == ("H-01#4", "E1", "H-01#2-4")


def test_what_was_known_before_is_not_told_anew_under_another_number(root: Path) -> None:
    own = root / "codings/second/H-01.yaml"
    own.write_text(own.read_text() + "  - {id: S3, code: training-rare, turn: 3, quote: Oh}\n")
    new = qda("source", "text", "H-01").stdout.replace("month. Owners", "month.\n\n[+] H\nOwners")
    assert not any("interviewer" in one for one in edit("H-01", given=new)["notes"])


def test_a_speaker_is_corrected_and_what_follows_is_told(root: Path) -> None:
    answer = edit("H-01", "--turn", "4", "--speaker", "R")
    assert read_study(root).by_id["H-01"].turns[3].speaker == "R"
    assert any("interviewer" in one for one in answer["notes"])
    assert answer["verdicts"] == [] or answer["verdicts"][0]["finding"] == "F1"
    wrong = qda("source", "edit", "H-01#2", "--speaker", "HH", "--yes")
    assert wrong.exit_code == 2
    assert "Did you mean `H`?" in wrong.stderr


def test_words_that_stood_twice_and_stand_once_now_are_no_silent_decision(root: Path) -> None:
    own = root / "codings/second/H-01.yaml"
    own.write_text(own.read_text() + "  - {id: S3, code: training-rare, turn: 1, quote: owners}\n")
    talk = root / "data/interviews/H-01.yaml"
    talk.write_text(
        talk.read_text()
        .replace("for owners?", "for owners, owners?")
        .replace("owners, owners", "owners or owners")
    )
    answer = edit("H-01#1", "--text", "Is there training for owners, people?")
    assert outcomes(answer)["S3"] == "found"
    assert any(one.startswith("S3 (second) could be in several places") for one in answer["notes"])


def test_nothing_is_written_unless_it_is_said(root: Path) -> None:
    before = files(root)
    for words in (["--dry-run"], []):
        result = qda("source", "edit", "H-01#3", "--text", "Oh, really.", *words)
        assert result.exit_code == (0 if words else 1)
        assert "Nothing was written" in result.stderr
    assert files(root) == before
    same = qda("source", "edit", "H-01#3", "--text", "Oh.\n", "--yes")
    assert (same.exit_code, "changes nothing" in same.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("H-09",), "there is no source `H-09`"),
        (("H-01", "--turn", "9"), "H-01 has no turn 9"),
        (("H-01#9",), "H-01 has no turn 9"),
        (("H-01#2-3",), "name one turn"),
        (("H-01", "--speaker", "R"), "goes with one turn"),
        (("H-01", "--turn", "2"), "has no words"),
        (("H-01",), "would have no turn"),
        (("H-01#2", "--text", "a\x1b[31m"), "U+001B"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    before = files(root)
    result = qda("source", "edit", *words, "--yes", given="")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split()).replace("│ ", "")
    assert files(root) == before


def test_an_editor_opens_on_the_source_and_keeps_what_cannot_be_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = root / "editor.py"
    program.write_text(
        "import sys\np = sys.argv[1]\nt = open(p).read()\nopen(p, 'w').write(t.replace('digital', 'monthly').replace('[3]', sys.argv[0][-1:] and '[3]'))\n"
    )
    monkeypatch.setattr("empowerment_qda.cli.source.at_terminal", lambda: True)
    monkeypatch.setenv("EDITOR", f"python3 {program}")
    monkeypatch.delenv("VISUAL", raising=False)
    assert qda("source", "edit", "H-01", given="y\n").exit_code == 0
    assert places(root)["S1"] == ("exact", "monthly training")
    again = qda("source", "edit", "H-01", given="y\n")
    assert (again.exit_code, again.stderr) == (0, "Nothing was changed.\n")
    program.write_text("import sys\nopen(sys.argv[1], 'w').write('[7] H\\nwords')\n")
    wrong = qda("source", "edit", "H-01")
    assert wrong.exit_code == 2
    kept = wrong.stderr.split("What you wrote is kept in ")[1].split()[0]
    assert Path(kept).read_text() == "[7] H\nwords"
    Path(kept).unlink()
    monkeypatch.setenv("EDITOR", "true")
    assert qda("source", "edit", "H-01#2").stderr == "Nothing was changed.\n"


def test_killed_at_any_point_the_next_command_finishes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        before = files(root)
        write = iter([True] * number + [False])

        def dying(root: Path, path: str, content: bytes, write: Iterator[bool] = write) -> bool:
            if not next(write, True):
                raise KeyboardInterrupt
            return write_bytes(root, path, content)

        with monkeypatch.context() as patch:
            patch.setattr(journal, "write_bytes", dying)
            qda(
                "source",
                "edit",
                "H-01#2",
                "--text",
                f"We hold training {number} times. Owners come.",
                "--yes",
            )
        read = qda("check")
        assert "interrupted" not in read.output
        assert places(root)["E1"][0] == "exact"
        assert f"training {number} times" in (root / "data/interviews/H-01.yaml").read_text()
        assert qda("source", "undo").exit_code == 0
        after = files(root)
        assert {path for path in after if after[path] != before[path]} <= {"codings/first/log.jsonl"}


def test_an_undo_is_refused_where_later_work_depends_on_it_or_something_else_came_last(root: Path) -> None:
    edit("H-01#2", "--text", "We hold monthly training. Owners come from all wards.")
    assert qda("code", "set", "E1", "--memo", "later", "--coder", "first").exit_code == 0
    refused = qda("source", "undo")
    assert (refused.exit_code, "later-work" in refused.stderr) == (2, True)
    assert qda("code", "undo", "--coder", "first").exit_code == 0
    assert qda("source", "undo").exit_code == 0
    assert qda("codebook", "retire", "training-rare").exit_code == 0
    refused = qda("source", "undo")
    assert (refused.exit_code, "`qda codebook undo`" in refused.stderr) == (2, True)
    assert qda("codebook", "undo").exit_code == 0
    edit("H-01#2", "--text", "We hold monthly training. Owners come from all wards.")
    refused = qda("codebook", "undo")
    assert (refused.exit_code, "`qda source undo`" in refused.stderr) == (2, True)


def test_a_step_before_the_edit_cannot_be_taken_back_any_more_and_why_is_told(root: Path) -> None:
    assert (
        qda(
            "code", "add", "H-01#2", "training-rare", "--quote", "digital training", "--coder", "first"
        ).exit_code
        == 0
    )
    edit("H-01#2", "--text", "We hold monthly training. Owners come from all wards.")
    refused = qda("code", "undo", "--coder", "first")
    assert refused.exit_code == 2
    assert "their transcript was corrected since" in refused.stderr
    assert qda("source", "undo").exit_code == 0
    assert qda("code", "undo", "--coder", "first").exit_code == 0
