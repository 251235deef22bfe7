"""Codes that change: `qda codebook rename`, `merge`, `split`, `move`, `retire`, `restore` and `undo`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.files import journal
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import write_bytes
from kit import write_study

STUDY = {
    "qda.yaml": """
title: Codes that change
language: en
codebook: codebooks/book.yaml
sources: {interview: data/interviews/*.yaml}
groups: {owner: {label: Owner}, agency: {label: Agency}}
informant_types: {owner: {label: Owner, group: owner}, head: {label: Head, group: agency}}
evidence: {coders: [ani, budi]}
""",
    "codebooks/book.yaml": """title: Book   # of codes
version: 1.0
cues: book.cues.yaml
codes:
  - id: enabling
    codes:
      - id: awareness
        codes:
          # what was taught
          - id: training
            label: "Training"   # kept
            direction: supports
          - id: courses
            direction: supports
          - {id: rare, direction: limits}
  - id: protecting
    codes:
      - id: rules
        codes:
          - id: law
""",
    "codebooks/book.cues.yaml": """# cues
training:
  en: [trained]
courses:   # a comment
  en: [course, trained]
law: {en: [law]}
""",
    "data/interviews/P1.yaml": """
id: P1
informant: {id: P1, type: owner}
turns: [{text: We were trained in May. It was a course. It is rare.}]
""",
    "data/interviews/P2.yaml": """
id: P2
informant: {id: P2, type: head}
turns: [{text: We trained them. The law says so.}]
""",
    "codings/ani/P1.yaml": """# by hand
source: P1
coder: ani
codings:
  - {id: E1, code: training, turn: 1, quote: We were trained in May.}   # sure
  - {id: E2, code: courses, turn: 1, quote: It was a course.}
  - {id: E3, code: rare, turn: 1, quote: It is rare.}
""",
    "codings/budi/P2.yaml": """source: P2
coder: budi
codings:
  - {id: E4, code: training, turn: 1, quote: We trained them.}
""",
    "findings.yaml": """findings:
  - id: F01
    statement: There is training.
    supported_by: [training, E2]   # two
    contradicted_by: [rare]
  - id: F02
    statement: There are courses.
    supported_by:
      - courses
if_then:
  - {if: training, then: courses}
""",
    "memos/M01.md": "---\nid: M01\nlinks: [training, E1]\n---\n\nOf training.\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study above, in which ani has a log."""
    monkeypatch.chdir(write_study(tmp_path, STUDY))
    assert qda("code", "set", "E3", "--memo", "so it seems", "--coder", "ani").exit_code == 0
    return tmp_path


def qda(*words: str) -> Result:
    """A command's end."""
    return CliRunner().invoke(app, [*words])


def change(*words: str) -> Result:
    """A change of codes that is done."""
    result = qda("codebook", *words)
    assert result.exit_code == 0, result.output
    return result


def files(root: Path, *, logs: bool = False) -> dict[str, str]:
    """All files that people wrote."""
    kept = [
        one
        for one in root.rglob("*")
        if one.is_file() and ".qda" not in one.parts and not one.name.endswith(".lock")
    ]
    return {str(one.relative_to(root)): one.read_text() for one in kept if logs or one.name != "log.jsonl"}


def lines_that_differ(
    before: dict[str, str], after: dict[str, str]
) -> dict[str, tuple[list[str], list[str]]]:
    """Of each file that is another, the lines that are gone and those that are new."""
    changed = {}
    for path, text in after.items():
        old, new = before[path].splitlines(), text.splitlines()
        if old != new:
            changed[path] = ([one for one in old if one not in new], [one for one in new if one not in old])
    return changed


def test_a_code_is_renamed_wherever_it_stands_and_every_other_line_stays(root: Path) -> None:
    before = files(root)
    result = change("rename", "training", "training-held", "--format", "json")
    answer = json.loads(result.stdout)
    assert answer["follows"] == {"codings of ani": 1, "codings of budi": 1, "findings": 2, "memos": 1}
    changed = lines_that_differ(before, files(root))
    assert changed.pop("codebooks/book.yaml") == (
        ["version: 1.0", "          - id: training"],
        ["version: 1.1", "          - id: training-held", "            formerly: [training]"],
    )
    assert changed.pop("codebooks/book.cues.yaml") == (["training:"], ["training-held:"])
    assert changed.pop("findings.yaml") == (
        ["    supported_by: [training, E2]   # two", "  - {if: training, then: courses}"],
        ["    supported_by: [training-held, E2]   # two", "  - {if: training-held, then: courses}"],
    )
    assert changed.pop("memos/M01.md") == (["links: [training, E1]"], ["links: [training-held, E1]"])
    assert set(changed) == {"codings/ani/P1.yaml", "codings/budi/P2.yaml"}
    study = read_study(root)
    assert [one.code for file in study.codings for one in file.codings] == [
        "training-held",
        "courses",
        "rare",
        "training-held",
    ]
    assert qda("check").exit_code == 0


def test_a_book_keeps_its_line_ends(root: Path) -> None:
    book = root / "codebooks/book.yaml"
    book.write_bytes(b"\xef\xbb\xbf" + book.read_bytes().replace(b"\n", b"\r\n"))
    change("rename", "training", "held")
    made = book.read_bytes()
    assert b"            formerly: [training]\r\n" in made
    assert made.count(b"\n") == made.count(b"\r\n")
    assert made.startswith(b"\xef\xbb\xbf")


def test_codings_that_come_later_under_the_old_id_are_read_as_the_code_and_named(root: Path) -> None:
    change("rename", "training", "held")
    (root / "codings/cici").mkdir()
    late = STUDY["codings/budi/P2.yaml"].replace("budi", "cici").replace("E4", "E9")
    (root / "codings/cici/P2.yaml").write_text(late)
    assert [file.codings[0].code for file in read_study(root).codings if file.coder == "cici"] == ["held"]
    told = qda("check").stdout
    assert (
        "codings/cici/P2.yaml:4: warning: code `training` is called `held` now, and is read so [former-code]"
        in told
    )
    before = files(root)
    change("rename", "training", "held")
    assert set(lines_that_differ(before, files(root))) == {"codings/cici/P2.yaml"}
    assert qda("check").exit_code == 0


def test_merged_codes_become_one_with_all_cues(root: Path) -> None:
    result = change("merge", "courses", "training", "--format", "json")
    assert json.loads(result.stdout)["verdicts"] == [
        {"finding": "F02", "before": "flagged", "after": "not_assessable"}
    ]
    study = read_study(root)
    assert "courses" not in study.codebook.places
    assert study.codebook.places["training"].code.formerly == ("courses",)
    assert study.codebook.places["training"].code.cues.suggest == {"en": ("trained", "course")}
    assert study.findings.by_id["F02"].supported_by == ("training",)
    assert "# what was taught" in files(root)["codebooks/book.yaml"]
    assert qda("check").exit_code == 0


def test_a_merge_shows_what_it_would_hide_and_stops(root: Path) -> None:
    before = files(root, logs=True)
    result = qda("codebook", "merge", "rare", "training")
    assert result.exit_code == 1
    assert "`rare` limits its dimension, and `training` supports [directions-differ]" in result.stderr
    assert "[both-sides]" in result.stderr
    assert files(root, logs=True) == before
    assert qda("codebook", "merge", "rare", "training", "--yes").exit_code == 0
    assert "rare" not in read_study(root).codebook.places


def test_a_merge_says_which_way_each_code_points(root: Path) -> None:
    result = qda("codebook", "merge", "rare", "law")
    assert result.exit_code == 1
    assert "`rare` limits its dimension, and `law` is neutral to it" in result.stderr


def test_a_split_takes_a_rule(root: Path) -> None:
    change("split", "training", "courses", "--where", "training", "--dry-run")
    assert read_study(root).codings[1].codings[0].code == "training"
    change("split", "training", "law", "--where", "training")
    assert [file.codings[0].code for file in read_study(root).codings] == ["law", "law"]
    result = qda("codebook", "split", "courses", "law")
    assert "which passages of `courses` get `law`?" in result.stderr
    assert result.exit_code == 2


def test_a_code_moves_with_its_comments(root: Path) -> None:
    change("move", "training", "rules")
    book = read_study(root).codebook
    assert book.places["training"].path == "protecting/rules/training"
    text = files(root)["codebooks/book.yaml"]
    assert 'label: "Training"   # kept' in text
    assert text.index("- id: law") < text.index("- id: training")
    change("move", "awareness", "protecting")
    assert read_study(root).codebook.places["courses"].path == "protecting/awareness/courses"


def test_a_retired_code_keeps_its_codings_and_can_come_back(root: Path) -> None:
    change("retire", "rare", "courses")
    study = read_study(root)
    assert [study.codebook.places[one].code.status for one in ("rare", "courses")] == ["retired", "retired"]
    assert (
        "code `rare` is retired, and 1 coding has it, which counts all the same [retired-code]"
        in qda("check").stdout
    )
    change("restore", "rare")
    assert read_study(root).codebook.places["rare"].code.status == "active"


@pytest.mark.parametrize(
    "words",
    [
        ("rename", "training", "held"), ("merge", "courses", "training"), ("move", "training", "rules"),
        ("retire", "rare"), ("split", "training", "law", "--where", "training"),
    ],
)  # fmt: skip
def test_every_change_can_be_taken_back_to_the_letter(root: Path, words: tuple[str, ...]) -> None:
    before = files(root)
    change(*words)
    assert files(root) != before
    assert "Taken back: " in change("undo").stderr
    assert files(root) == before
    assert qda("check").exit_code == 0
    assert "No change of codes" in change("undo").stderr


def test_what_later_work_depends_on_is_not_taken_back(root: Path) -> None:
    change("rename", "training", "held")
    qda("code", "set", "E1", "--memo", "later", "--coder", "ani")
    result = qda("codebook", "undo")
    assert result.exit_code == 2
    assert (
        "codings/ani/P1.yaml: `rename training to held` cannot be taken back: this file was changed since"
        in result.stderr
    )


def test_changes_are_taken_back_one_after_the_other(root: Path) -> None:
    before = files(root)
    change("rename", "training", "held")
    change("rename", "held", "taught")
    change("undo")
    change("undo")
    assert files(root) == before


def test_a_coders_own_undo_leaves_the_change_alone(root: Path) -> None:
    change("rename", "training", "held")
    undone = qda("code", "undo", "--coder", "ani")
    assert undone.exit_code == 0, undone.stderr
    (own,) = (file for file in read_study(root).codings if file.coder == "ani")
    assert [(one.code, one.memo) for one in own.codings] == [
        ("held", None),
        ("courses", None),
        ("rare", None),
    ]


@pytest.mark.parametrize("number", range(8))
def test_killed_at_any_point_the_next_command_finishes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    left = iter(range(number))
    write = write_bytes

    def die(*words: Any) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write(*words)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_bytes", die)
        qda("codebook", "rename", "training", "held")
    assert qda("check").exit_code == 0
    study = read_study(root)
    assert {one.code for file in study.codings for one in file.codings} == {"held", "courses", "rare"}
    assert study.memos[0].links == ("held", "E1")
    assert not (root / journal.JOURNAL).exists()


def test_a_change_that_was_cut_short_goes_over_no_later_edit(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> Iterator[None]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_bytes", die)
        qda("codebook", "rename", "training", "held")
    (root / "memos/M01.md").write_text(STUDY["memos/M01.md"] + "More.\n")
    before = files(root)
    result = qda("check")
    assert "memos/M01.md: `rename training to held` was interrupted while it was written" in result.output
    assert files(root) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "trainig", "held"), "code `trainig` is not in the codebook"),
        (("rename", "training", "courses"), "there is a code `courses` already"),
        (("rename", "training", "E1"), "a coding has the id `E1`"),
        (("rename", "training", "a b"), "`a b` is no id"),
        (("merge", "training", "training"), "`training` stands on both sides"),
        (("merge", "awareness", "rules"), "`awareness` has codes below it"),
        (("move", "enabling", "training"), "`training` is `enabling` or below it"),
        (("move", "training", "nowhere"), "code `nowhere` is not in the codebook"),
        (("restore", "training"), "`training` is active already"),
        (("split", "training", "new", "--where", "training"), "code `new` is not in the codebook"),
        (("rename", "training", "training"), "`training` stands on both sides"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    root: Path, words: tuple[str, ...], said: str
) -> None:
    before = files(root, logs=True)
    result = qda("codebook", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(root, logs=True) == before


def test_nobody_changes_codes_while_somebody_codes(root: Path) -> None:
    from empowerment_qda.files.edit import Desk

    before = files(root)
    with Desk.open(root, read_study(root), "ani"):
        result = qda("codebook", "rename", "training", "held")
    assert result.exit_code == 2
    assert "somebody works on this already" in result.stderr
    assert files(root) == before


def test_what_changes_nothing_is_no_change_to_take_back(root: Path) -> None:
    change("retire", "law")
    before = files(root, logs=True)
    split = change("split", "training", "courses", "--where", "training and rare and law")
    assert split.stderr == "Nothing would change.\n"
    assert (
        json.loads(change("split", "training", "courses", "--where", "law", "--format", "json").stdout)[
            "done"
        ]
        is False
    )
    assert files(root, logs=True) == before
    assert change("undo").stderr == "Taken back: retire law.\n"


def test_an_id_that_a_code_had_is_written_anew_as_the_one_it_has_only(root: Path) -> None:
    change("rename", "training", "held")
    result = qda("codebook", "rename", "training", "learnt")
    assert result.exit_code == 2
    assert "`training` is called `held` already" in result.stderr
    assert "`qda codebook rename held learnt`" in result.stderr
    assert change("rename", "training", "held").stderr == "Nothing would change.\n"


def test_a_code_is_told_by_its_name_now_where_it_is_given_by_an_old_one(root: Path) -> None:
    change("rename", "training", "held")
    result = qda("code", "add", "P2#1", "training", "--quote", "The law says so.", "--coder", "budi")
    assert result.exit_code == 2
    assert "It is called `held` now." in result.stderr


def test_a_code_moves_to_the_top_and_back(root: Path) -> None:
    change("move", "training", "/")
    book = read_study(root).codebook
    assert [one.id for one in book.codes] == ["enabling", "protecting", "training"]
    assert book.places["training"].code.direction == "supports"
    change("move", "training", "rules")
    assert read_study(root).codebook.places["training"].ancestors[-1].id == "rules"


KILLED = """
import os, signal, sys
from empowerment_qda.files import journal
left = iter(range(int(sys.argv.pop(1))))
def killing(do):
    def done(*words):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*words)
    return done
for name in ("write_bytes", "write_text", "remove"):
    setattr(journal, name, killing(getattr(journal, name)))
from empowerment_qda.cli import app
app()
"""


def kill(root: Path, after: int, *words: str) -> None:
    """A command that is killed, with nothing left to it, after so many files were written or removed."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(after), *words], cwd=root, check=False, capture_output=True
    )
    assert done.returncode == -9, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("after", [0, 1, 4, 9])
def test_the_process_of_a_change_is_killed_and_the_next_change_goes_on(root: Path, after: int) -> None:
    kill(root, after, "codebook", "rename", "training", "held", "--yes")
    change("retire", "law")
    assert ("held" in read_study(root).codebook.places) == (after > 0)
    assert qda("check").exit_code == 0
    assert "did not end properly" not in qda("code", "undo", "--coder", "ani").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("after", [1, 4, 8, 9])
def test_an_undo_that_is_killed_is_finished_once(root: Path, after: int) -> None:
    change("retire", "law")
    before = files(root)
    change("rename", "training", "held")
    kill(root, after, "codebook", "undo")
    qda("check")
    assert files(root) == before
    assert change("undo").stderr == "Taken back: retire law.\n"
    assert change("undo").stderr == "No change of codes is to be taken back.\n"


def test_a_session_that_was_cut_short_is_looked_after_as_the_refusal_says(root: Path) -> None:
    (root / "codings/ani/.lock").write_text('{"pid": 1, "host": "h", "since": "then"}')
    for _ in range(2):
        refused = qda("codebook", "rename", "training", "held")
        assert "codings/ani: the last session here was cut short" in refused.stderr
        assert "`qda code restore --coder ani`" in refused.stderr
    assert "(process 1 on h since then)" in qda("code", "restore", "--coder", "ani").stderr
    change("rename", "training", "held")
