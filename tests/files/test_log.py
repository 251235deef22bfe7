"""Codings that a log knows and their file has no more are named, and come back."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.coding import Add, LeaveOut, Reject, Set
from empowerment_qda.coding.history import find_lost, put_back
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import check_folder, read_chain, read_log
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.problems import Problem, StudyError
from kit import OWNER, SMALL, write_study
from kit_desk import Clock

ADDED = [Span(2, 0, 2, 3), Span(2, 5, 2, 13), Span(2, 20, 2, 27), Span(2, 38, 2, 42)]
LONG = (
    OWNER.rstrip(" ")
    + "      - {speaker: O, text: Good-bye.}\n      - {speaker: O, text: 'Until soon, then.'}\n"
)


def qda(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [*args, "--study", str(root)], env={"QDA_TRACEBACK": "1"})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A study in which `second` coded O-01, with every key that a coding can have."""
    root = write_study(tmp_path, SMALL | {"data/interviews/O-01.yaml": LONG})
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        for number, span in enumerate(ADDED):
            desk.apply(Add("O-01", span, ("training-rare", "training-provided")[number % 2]))
        desk.apply(Set("O-01", desk.codings("O-01").codings[1], {"memo": "Two words:\n\nand 'more'."}))
        desk.apply(Reject("O-01", desk.codings("O-01").codings[2]))
        last = desk.codings("O-01").codings[3]
        desk.apply(Set("O-01", last, {"strength": "inferred", "event_date": "2022-09-15", "memo": "why not"}))
        desk.apply(LeaveOut("O-01", TurnRange(3, 3), "small talk"))
        desk.apply(LeaveOut("O-01", TurnRange(4, 4), "greeting"))
    return root


def file_of(root: Path) -> Path:
    return root / "codings/second/O-01.yaml"


def problems_of(root: Path) -> list[Problem]:
    """What check tells of the codings file, in a fast form: without the anchors."""
    try:
        study = read_study(root)
    except StudyError as error:
        return [*error.problems, *check_folder(root)]
    odd = [one for one in study.codings if one.path.startswith("codings/second") and (one.coder, one.source) != ("second", "O-01")]  # fmt: skip
    known = study.codebook.places
    wrong = [one for file in study.codings for one in file.codings if one.code not in known]
    coder_folder = Problem(check_folder(root)[0].place, "coder-folder", "", "") if odd or wrong else None
    return [*check_folder(root, study), *([coder_folder] if coder_folder else [])]


@pytest.mark.parametrize("undone", [0, 2, 4])
def test_a_file_cut_at_any_byte_never_passes_in_silence(root: Path, undone: int) -> None:
    """Also where nothing is left out (2), so that the last coding is cut, and where it ends with its words (4)."""
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        for _ in range(undone):
            desk.undo()
    path = file_of(root)
    raw, whole = path.read_bytes(), read_study(root)
    assert check_folder(root, whole) == []
    mine = next(file for file in whole.codings if file.coder == "second")
    told: Counter[str] = Counter()
    for cut in range(len(raw)):
        path.write_bytes(raw[:cut])
        found = {one.rule for one in problems_of(root)}
        if not found:
            (now,) = [file for file in read_study(root).codings if file.coder == "second"]
            assert (now.codings, now.left_out) == (mine.codings, mine.left_out), raw[:cut]
        told["codings-lost" if "codings-lost" in found else "silent" if not found else "error alone"] += 1
    assert told["silent"] <= 2  # only line ends are gone
    assert told["error alone"] == 0


def instead(make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else in the place of a file."""

    def spoil(path: Path) -> None:
        path.unlink()
        make(path)

    return spoil


SPOILT: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "no YAML": lambda path: path.write_text("codings: ["),
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe"),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:700]),
    "another's": lambda path: path.write_text(path.read_text().replace("coder: second", "coder: first")),
    "a folder": instead(Path.mkdir),
    "a pipe": instead(os.mkfifo),
    "a link to nothing": instead(lambda path: path.symlink_to("gone")),
    "a link to another's": instead(lambda path: path.symlink_to("../first/O-01.yaml")),
    "newer": lambda path: path.write_text("format: 3\n" + path.read_text()),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_missing_is_named_and_comes_back(root: Path, how: str) -> None:
    before = file_of(root).read_bytes()
    first = (root / "codings/first/O-01.yaml").read_bytes()
    SPOILT[how](file_of(root))
    checked = qda(root, "check", "--format", "json")
    assert checked.exit_code == 1
    rules = {one["rule"]: one for one in json.loads(checked.stdout)["problems"]}
    if how not in ("another's",):
        assert "`qda code restore O-01 --coder second` brings back" in rules["codings-lost"]["hint"]
        assert rules["codings-lost"]["severity"] == "warning"
    done = qda(root, "code", "restore", "--coder", "second")
    assert done.exit_code == 0, done.stderr
    assert file_of(root).read_bytes() == before
    assert (root / "codings/first/O-01.yaml").read_bytes() == first
    assert check_folder(root, read_study(root)) == []
    assert qda(root, "code", "restore", "--coder", "second").stderr == "Nothing is missing.\n"


def test_the_sentence_says_how_many_of_which_source_and_since_when(root: Path) -> None:
    file_of(root).unlink()
    (problem,) = check_folder(root, read_study(root))
    assert problem.place.path == "codings/second/O-01.yaml"
    assert problem.message == (
        "the file is gone: 4 of 4 codings are gone (second-001 training-rare, second-002 training-provided, "
        "second-003 training-rare and 1 more); O-01#3-4 left out on purpose, or why, is not noted any more; "
        "by second's log all stood here on 2024-05-01 08:19+00:00"
    )
    stated = qda(root, "status")
    assert "qda code restore --coder second" in stated.stdout


def test_a_file_that_another_problem_keeps_from_being_read_is_not_set_aside(root: Path) -> None:
    file_of(root).write_text("codings: [")
    (root / "findings.yaml").write_text("findings: [")
    refused = qda(root, "code", "restore", "--coder", "second")
    assert refused.exit_code == 2
    assert "findings.yaml" in refused.stderr
    assert file_of(root).read_text() == "codings: ["


def test_what_was_written_since_stays(root: Path) -> None:
    path = file_of(root)
    head, _, _ = path.read_text().partition("  - id: second-003")
    fresh = "  - {id: mine, code: awareness, turn: 2, quote: Yes}\n"
    recoded = head.replace("code: training-provided", "code: awareness")
    path.write_text(recoded + fresh)
    assert "2 of 4 codings are gone" in check_folder(root, read_study(root))[0].message
    assert qda(root, "code", "restore", "O-01", "--coder", "second").exit_code == 0
    ids = [
        (one.id, one.code) for one in next(f for f in read_study(root).codings if f.coder == "second").codings
    ]
    assert ids == [
        ("second-001", "training-rare"), ("second-002", "awareness"), ("second-003", "training-rare"),
        ("second-004", "training-provided"), ("mine", "awareness"),
    ]  # fmt: skip


def test_what_was_taken_away_on_purpose_is_settled_by_one_command(root: Path) -> None:
    path = file_of(root)
    path.write_text(path.read_text().partition("  - id: second-003")[0])
    kept = path.read_bytes()
    told = qda(root, "code", "restore", "--coder", "second", "--keep-file")
    assert told.stdout == "edited: 2 codings of O-01 became 0; O-01#3-4 is not left out any more\n"
    assert path.read_bytes() == kept
    assert check_folder(root, read_study(root)) == []
    assert [one.action for one in read_log(root, "second")][-1] == "edited"
    assert qda(root, "code", "restore", "O-01", "--coder", "second", "--at", "9").exit_code == 0
    assert len(next(f for f in read_study(root).codings if f.coder == "second").codings) == 4
    assert qda(root, "code", "undo", "--coder", "second").stdout.startswith("undo of restore: ")
    assert path.read_bytes() == kept


def test_edits_by_hand_that_lose_nothing_are_no_problem(root: Path) -> None:
    path = file_of(root)
    text = (
        path.read_text()
        .replace("code: training-provided", "code: awareness")
        .replace("status: rejected\n", "status: suggested\n")
    )
    path.write_text(text.replace("codings:\n", "codings:\n  - {code: awareness, turn: 2}\n"))
    assert check_folder(root, read_study(root)) == []


def test_an_action_on_a_file_that_lost_codings_says_so(root: Path) -> None:
    path = file_of(root)
    path.write_text(path.read_text().partition("  - id: second-003")[0])
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        desk.apply(Add("O-01", Span(2, 14, 2, 19), "training-rare"))
        (note,) = desk.notes
    assert "2 of 4 codings are gone (second-003 training-rare, second-004 training-provided)" in note
    command = note.partition("`")[2].partition("`")[0]
    assert qda(root, *command.split()[1:]).exit_code == 0
    assert len(next(f for f in read_study(root).codings if f.coder == "second").codings) == 5


def test_a_log_that_cannot_be_read_is_named(root: Path) -> None:
    log = root / "codings/second/log.jsonl"
    log.write_text("{}\n" + log.read_text())
    (problem,) = check_folder(root, read_study(root))
    assert (problem.place.path, problem.place.line, problem.severity) == (
        "codings/second/log.jsonl", 1, "error",
    )  # fmt: skip
    log.unlink()
    os.mkfifo(log)
    (problem,) = check_folder(root, read_study(root))
    assert problem.rule == "not-a-file"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("O-1",), "this log knows nothing of `O-1`"),
        (("--at", "2", "--keep-file"), "--at says what comes back"),
        (("--at", "soon"), "is no number and no time"),
    ],
)
def test_what_restore_refuses(root: Path, args: tuple[str, ...], said: str) -> None:
    refused = qda(root, "code", "restore", *args, "--coder", "second")
    assert refused.exit_code == 2
    assert said in " ".join(refused.stderr.replace("│", " ").split())


ONE = st.builds(
    Coding,
    id=st.sampled_from([None, "a", "b", "c"]),
    code=st.sampled_from(["x", "xy", "z"]),
    turn=st.sampled_from([None, "1", "12"]),
    quote=st.sampled_from(["", "w", "we save"]),
    memo=st.sampled_from([None, "m", "more"]),
)


@given(st.lists(ONE, max_size=6), st.data())
def test_whatever_goes_missing_is_found_and_put_back(known: list[Coding], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(known))), unique=True) if known else st.just([]))
    now = [known[number] for number in sorted(kept)]
    lost = find_lost(known, now)
    assert len(lost) == len(known) - len(now)
    old, file = (Codings(source="S", coder="c", codings=tuple(each)) for each in (known, now))
    assert Counter(put_back(old, file).codings) == Counter(known)
    fresh = data.draw(st.lists(ONE, max_size=3))
    more = put_back(old, file.model_copy(update={"codings": tuple(now + fresh)}))
    assert find_lost(known, more.codings) == []


def test_lines_of_an_older_qda_are_vouched_for_by_the_next_that_is_chained(root: Path) -> None:
    """Every line but the last may be older: changed, taken out or put in, it shows at the first chained one behind it."""
    log = root / "codings/second/log.jsonl"
    lines = log.read_bytes().splitlines()
    old = [re.sub(rb', "chain": "\w+"\}$', b"}", line) for line in lines]
    log.write_bytes(b"\n".join(old) + b"\n")
    assert (read_chain(log.read_bytes()).chained, check_folder(root, read_study(root))) == (0, [])
    with Desk.open(root, read_study(root), "second", Clock()) as desk:
        desk.apply(Set("O-01", desk.codings("O-01").codings[0], {"memo": "More."}))
        desk.undo()
    made = log.read_bytes()
    assert made.startswith(b"\n".join(old))
    assert read_chain(made)[:2] == (2, ())
    assert read_chain(made.replace(b"\n", b"\r\n"))[:2] == (2, ())
    *rest, second, third = made.splitlines()
    for number in range(len(rest)):
        for changed in (
            rest[:number] + rest[number + 1 :],
            [*rest[:number], rest[number] + b" ", *rest[number + 1 :]],
        ):
            assert read_chain(b"\n".join([*changed, second, third])).broken == (len(changed) + 1,)
    assert read_chain(b"\n".join([*rest, third])).broken == (len(rest) + 1,)
    log.write_bytes(b"\n".join([*rest[1:], second, third]) + b"\n")
    assert any(one.rule in ("log", "log-chain") for one in check_folder(root, read_study(root)))
