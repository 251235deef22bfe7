"""Coding from the shell: what is said, what is written, and how one finds back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app, code_anchor, code_by_hand, code_log
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding
from kit import SMALL, write_study

TWICE = """
    id: T-01
    informant: {id: O, type: owner}
    turns:
      - {speaker: O, text: "We save a little, and then we save more. Training helped, and training again."}
      - {speaker: O, text: "Before that there was only training in the old hall, and few came to it."}
    """


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path, SMALL | {"data/interviews/T-01.yaml": TWICE}))
    monkeypatch.delenv("QDA_CODER", raising=False)
    return tmp_path


def qda(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def mine(root: Path, source: str = "H-01", coder: str = "second") -> tuple[Coding, ...]:
    found = [
        file.codings for file in read_study(root).codings if (file.coder, file.source) == (coder, source)
    ]
    return found[0] if found else ()


def act(*words: str, code: int = 0) -> Result:
    return qda("code", *words, "--coder", "second", code=code)


def test_words_get_a_code(root: Path) -> None:
    told = act(
        "add",
        "H-01#2",
        "training-rare",
        "--quote",
        "We hold",
        "--strength",
        "inferred",
        "--event-date",
        "2022-09",
        "--memo",
        "[so] *it* is",
    )
    assert told.stdout == "add: training-rare at H-01#2 “We hold” (second-001)\n"
    assert told.stderr == ""
    (made,) = mine(root)
    assert (made.quote, made.strength, str(made.event_date), made.memo) == (
        "We hold",
        "inferred",
        "2022-09",
        "[so] *it* is",
    )


def test_without_words_the_whole_turn_is_meant(root: Path) -> None:
    act("add", "T-01#1-2", "training-rare", "--id", "whole")
    (made,) = mine(root, "T-01")
    study = read_study(root)
    assert made.id == "whole"
    assert made.quote == "\n".join(turn.text for turn in study.by_id["T-01"].turns)


def test_words_that_repeat_are_asked_back(root: Path) -> None:
    told = act("add", "T-01#1", "training-provided", "--quote", "save", code=2)
    assert told.stderr == (
        "T-01#1: these words stand there 2 times: 1: We [save] a little, and; 2: and then we [save] more. Training helped,"
        " [quote-ambiguous]\n    Say which with --occurrence N, or quote more words.\n"
    )
    act("add", "T-01#1", "training-provided", "--quote", "save", "--occurrence", "2")
    (made,) = mine(root, "T-01")
    assert made.occurrence == 2
    told = act("add", "T-01#1", "training-provided", "--quote", "save", "--occurrence", "2", code=2)
    assert "these words have that code already" in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "H-01#9", "training-rare"), "H-01#9: H-01 has no turn 9 [unknown-turn]\n    It has 2 turns, counted from 1.\n"),
        (("add", "H-01#2", "training-rar"), "codings/second/H-01.yaml: code `training-rar` is not in the codebook [unknown-code]\n    Did you mean `training-rare`? A new one comes in with `qda code define`.\n"),
        (("add", "H-01#1", "training-rare"), "codings/second/H-01.yaml: H-01#1 is the interviewer's turn; what is asked is no evidence [question-coded]\n    Code the answer instead.\n"),
        (("remove", "E1"), "E1: second has no coding of this id [not-there]\n"),
        (("accept", "H-01#2"), "H-01#2: there is no such coding here [not-there]\n    Nothing stands here that it can be done to.\n"),
        (("set", "H-01#2", "--memo", "x"), "H-01#2: there is no such coding here [not-there]\n"),
        (("define", "thrift", "--under", ""), "codebook.yaml: code `` is not in the codebook [unknown-code]\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_sentences(root: Path, words: tuple[str, ...], said: str) -> None:
    told = act(*words, code=2)
    assert told.stderr.startswith(said)
    assert not (root / "codings/second/log.jsonl").exists()


def test_a_coder_has_to_be_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qda("code", "undo", code=2)
    monkeypatch.setenv("QDA_CODER", "second")
    assert qda("code", "undo").stderr == "Nothing is left to undo.\n"
    assert qda("code", "redo").stderr == "Nothing is there to redo.\n"


def test_what_is_rejected_is_not_offered_to_this_coder_again(root: Path) -> None:
    qda("code", "H-01")
    auto = (root / "codings/auto/H-01.yaml").read_bytes()
    told = act("reject", "H-01#2", "training-provided")
    assert (
        told.stdout
        == "reject: training-provided at H-01#2 “We hold digital training every month.”, rejected\n"
    )
    assert (root / "codings/auto/H-01.yaml").read_bytes() == auto
    qda("code", "H-01")
    assert (root / "codings/auto/H-01.yaml").read_bytes() == auto  # the others are still offered it
    (made,) = mine(root)
    assert made.status == "rejected"
    assert made.why == 'cue "training" on "training"'
    act("accept", "H-01#2", "training-provided")
    (made,) = mine(root)
    assert (made.status, made.id) == ("accepted", "second-001")


def test_a_suggestion_is_recoded(root: Path) -> None:
    qda("code", "O-01")
    told = act("recode", "O-01#2", "training-provided", "--to", "awareness")
    assert (
        told.stdout
        == "recode: awareness at O-01#2 “Yes, I joined their classes.” (second-001), not training-provided\n"
    )
    assert [(one.code, one.status) for one in mine(root, "O-01")] == [
        ("training-provided", "rejected"),
        ("awareness", "accepted"),
    ]


def test_one_of_several_suggestions(root: Path) -> None:
    qda("code", "T-01")
    suggested = json.loads(qda("code", "T-01", "--format", "json").stdout)["codings"]
    assert [one["turn"] for one in suggested] == [1, 2]
    told = act("accept", "T-01#1-2", "training-provided", code=2)
    assert "that can be 2 codings: 1: training-provided “Training helped" in told.stderr
    act("accept", "T-01#1-2", "--which", "2")
    (made,) = mine(root, "T-01")
    assert str(made.turn) == "2"
    act("accept", "auto:T-01:1")
    assert len(mine(root, "T-01")) == 2


def test_remarks_are_set_and_taken_away(root: Path) -> None:
    act("add", "H-01#2", "training-rare")
    act("set", "second-001", "--strength", "inferred", "--direction-note", "it helps here", "--memo", "m")
    act("set", "H-01#2", "--memo", "")
    (made,) = mine(root)
    assert (made.strength, made.direction_note, made.memo) == ("inferred", "it helps here", None)


def test_undo_and_redo_tell_what_they_did(root: Path) -> None:
    act("add", "H-01#2", "training-rare", "--quote", "We hold")
    assert act("undo").stdout == "undo of add: training-rare at H-01#2 “We hold” (second-001) is taken away\n"
    assert mine(root) == ()
    assert act("redo").stdout == "redo of add: training-rare at H-01#2 “We hold” (second-001)\n"
    assert len(mine(root)) == 1


def test_removing_what_a_finding_cites_is_told(root: Path) -> None:
    told = qda("code", "remove", "E3", "--coder", "first")
    assert told.stdout == "remove: training-rare at O-01#2 “But it was only once, last year.” (E3)\n"
    assert told.stderr == "F1 cites E3, which does not count any more: look at the findings.\n"


def test_a_code_is_defined_and_used(root: Path) -> None:
    told = act(
        "define",
        "thrift",
        "--under",
        "awareness",
        "--definition",
        "They save.",
        "--label",
        "Thrift",
        "--origin",
        "in-vivo",
        "--memo",
        "heard often",
    )
    assert told.stdout == "define: thrift under awareness, codebook version 1.1\n"
    code = read_study(root).codebook.places["thrift"].code
    assert (str(code.label), str(code.definition), code.origin, str(code.memo)) == (
        "Thrift",
        "They save.",
        "in-vivo",
        "heard often",
    )
    act("add", "T-01#1", "thrift", "--quote", "we save more")
    assert qda("check").stdout == "No problems found.\n"


def test_a_code_may_come_in_with_a_name_alone_and_lint_asks_for_the_rest(root: Path) -> None:
    told = act("define", "thrift", "--under", "awareness")
    assert told.stdout == "define: thrift under awareness, codebook version 1.1\n"
    assert told.stderr == "thrift has no definition yet: `qda codebook lint` asks for it.\n"
    told = act("define", "mood", "--under", "/", "--definition", "How they feel.")
    assert (told.stdout, told.stderr) == ("define: mood at the top, codebook version 1.2\n", "")
    assert read_study(root).codebook.codes[-1].id == "mood"
    asked = qda("codebook", "lint", code=1).stdout
    assert "code `thrift` has no `definition`, `use_when`, `not_when` [code-undefined]" in asked
    assert "code `thrift` came in with version 1.1 and does not say why [code-unexplained]" in asked
    assert "code `mood` has no `use_when`, `not_when` [code-undefined]" in asked


def test_the_log_in_words_and_as_json(root: Path) -> None:
    act("add", "H-01#2", "training-rare", "--quote", "We hold")
    act("add", "T-01#1", "training-rare", "--quote", "we save more")
    act("undo")
    qda("code", "remove", "E3", "--coder", "first")
    table = qda("code", "log", "--format", "csv").stdout.splitlines()
    assert table[0] == "n,time,coder,what was done"
    told: dict[str, list[str]] = {}
    for line in table[1:]:
        _, _, coder, words = line.split(",", 3)
        told.setdefault(coder, []).append(words.strip('"'))
    assert told == {
        "second": [
            "add: training-rare at H-01#2 “We hold” (second-001)",
            "add: training-rare at T-01#1 “we save more” (second-002)",
            "undo of add: training-rare at T-01#1 “we save more” (second-002) is taken away",
        ],
        "first": [
            "found: 0 codings of O-01 became 2",
            "remove: training-rare at O-01#2 “But it was only once, last year.” (E3)",
        ],
    }
    only = json.loads(qda("code", "log", "T-01", "--coder", "second", "--format", "json").stdout)["entries"]
    assert [(one["n"], one["action"], one["source"]) for one in only] == [
        (2, "add", "T-01"),
        (3, "undo", "T-01"),
    ]
    assert only[0]["before"] == []
    assert only[0]["after"] == only[1]["before"]
    assert qda("code", "log", "X").stderr == "Nothing has been done here yet.\n"


def test_a_very_long_log_shows_its_latest_entries(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_log, "MOST", 2)
    for place in ("H-01#2", "T-01#1", "T-01#2"):
        act("add", place, "training-rare")
    short = qda("code", "log")
    assert [line.split()[0] for line in short.stdout.splitlines()] == ["n", "2", "3"]
    assert short.stderr == "Not shown: 1 before these; `--format csv` gives all.\n"
    assert qda("code", "log", "--format", "csv").stdout.count("add: ") == 3
    assert len(json.loads(qda("code", "log", "--format", "json").stdout)["entries"]) == 3


def test_a_log_that_is_too_large_is_refused_with_a_way_on(root: Path) -> None:
    act("add", "H-01#2", "training-rare")
    log = root / "codings/second/log.jsonl"
    os.truncate(log, 60_000_000)
    told = act("undo", code=2).stderr
    assert "log.jsonl:1: the file has 60 MB; at most 50 MB are read" in told
    assert "Rename it, such as to log-old.jsonl" in told
    log.rename(log.with_name("log-old.jsonl"))
    act("add", "T-01#1", "training-rare")
    assert qda("check").stdout == "No problems found.\n"


def test_a_log_edited_behind_its_back_is_renamed_to_go_on(root: Path) -> None:
    act("add", "H-01#2", "training-rare", "--memo", "early")
    log = root / "codings/second/log.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("early", "later"), encoding="utf-8")
    assert "To go on from them, rename the log, such as to log-old.jsonl" in qda("check", code=1).stdout
    log.rename(log.with_name("log-old.jsonl"))
    act("set", "second-001", "--memo", "now")
    assert qda("check").stdout == "No problems found.\n"
    assert qda("code", "log", "--verify").exit_code == 0


def test_the_codings_as_they_were(root: Path) -> None:
    act("add", "H-01#2", "training-rare", "--quote", "We hold")
    act("set", "second-001", "--memo", "later")
    act("remove", "second-001")

    def at(moment: str, *more: str) -> list[str | None]:
        told = qda("code", "log", "--at", moment, "--format", "json", *more).stdout
        return [one.get("memo") for one in json.loads(told)["codings"]]

    assert [at(n, "--coder", "second") for n in ("0", "1", "2", "3")] == [[], [None], ["later"], []]
    assert at("2020-01-01") == []
    assert at("2999-01-01T10:00") == []
    assert qda("code", "log", "--at", "1").stdout.splitlines()[1].split()[:4] == [
        "second",
        "H-01#2",
        "second-001",
        "training-rare",
    ]
    qda("code", "remove", "E3", "--coder", "first")
    assert "--coder NAME" in qda("code", "log", "--at", "1", code=2).stderr
    qda("code", "log", "--at", "yesterday", code=2)


def test_anchors_are_renewed_where_that_is_certain(root: Path) -> None:
    path = root / "codings/first/T-01.yaml"
    path.write_text(
        "source: T-01\ncoder: first\ncodings:\n"
        "  # moved\n  - {id: A, code: awareness, turn: 2, quote: 'and then we save more'}\n"
        "  - {id: B, code: awareness, turn: 2, quote: 'there was only a training in the old hall, and few came'} # changed\n"
        "  - {id: C, code: training-rare, turn: 2}\n"
        "  - {id: D, code: awareness, turn: 1, quote: save}\n"
        "  - {id: E, code: awareness, turn: 1, quote: nobody ever said this in any interview}\n"
        "  - {id: F, code: awareness, turn: 1, quote: We save}   # exact\n"
        "  - {id: G, code: awareness, turn: 1, quote: training, occurrence: 1}\n",
        encoding="utf-8",
    )
    told = qda("code", "anchor", "--format", "json")
    assert told.stderr.startswith(
        "Written anew: 4 (1 moved, 1 filled, 2 noted). Left for a person: 3 (1 changed, 1 ambiguous, 1 lost).\n"
        "Take the words as they are now with --changed"
    )
    found = {one["id"]: one for one in json.loads(told.stdout)["codings"]}
    assert {name: (one["state"], one["written"]) for name, one in found.items()} == {
        "A": ("moved", True), "B": ("changed", False), "C": ("filled", True), "D": ("ambiguous", False), "E": ("lost", False),
        "F": ("noted", True), "G": ("noted", True),
    }  # fmt: skip
    assert found["B"]["new_quote"] == "there was only training in the old hall, and few came"
    assert [one["around"] for one in found["D"]["candidates"]] == [
        ["We", "a little, and then we save"], ["save a little, and then we", "more. Training helped, and training again."],
    ]  # fmt: skip
    text = path.read_text(encoding="utf-8")
    assert "  # moved\n  - id: A\n" in text
    assert [bool(one.before or one.after) for one in mine(root, "T-01", "first")] == [
        True, False, True, False, False, True, True,
    ]  # fmt: skip
    assert "and few came'} # changed\n" in text
    assert "few came" in qda("code", "anchor", "T-01").stdout
    told = qda("code", "anchor", "--changed", "--coder", "first")
    assert told.stderr.startswith(
        "Written anew: 1 (1 changed). Left for a person: 2 (1 ambiguous, 1 lost).\n"
    )
    assert [str(one.turn) for one in mine(root, "T-01", "first")] == ["1", "2", "2", "1", "1", "1", "1"]
    assert qda("code", "log", "T-01", "--format", "csv").stdout.count("anchor:") == 2
    qda("code", "undo", "--coder", "first")
    assert mine(root, "T-01", "first")[1].quote.startswith("there was only a training")


def test_a_person_at_the_terminal_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (code_anchor, code_by_hand):
        monkeypatch.setattr(module, "at_terminal", lambda: True)
    path, quotes = (
        root / "codings/first/T-01.yaml",
        ("there was only a training in the old", "hall, and few came to it at"),
    )
    path.write_text(
        "source: T-01\ncoder: first\ncodings:\n"
        + "".join(
            f"  - {{id: X{n}, code: awareness, turn: 2, quote: '{one}'}}\n" for n, one in enumerate(quotes)
        ),
        encoding="utf-8",
    )
    told = CliRunner().invoke(app, ["code", "anchor"], input="n\ny\n")
    assert (
        "was: there was only [-a-] training in the old\n  now: there was only training in the old\n"
        in told.stderr
    )
    assert "Written anew: 1 (1 changed). Left for a person: 1 (1 changed).\n" in told.stderr
    assert [one.quote == quote for one, quote in zip(mine(root, "T-01", "first"), quotes, strict=True)] == [
        True,
        False,
    ]
    told = CliRunner().invoke(
        app,
        ["code", "define", "thrift", "--under", "awareness", "--coder", "first"],
        input="They save.\nNew here.\n",
    )
    assert told.exit_code == 0
    assert "What belongs under thrift" in told.stderr
    assert told.stdout.endswith("define: thrift under awareness, codebook version 1.1\n")
    made = read_study(root).codebook.places["thrift"].code
    assert (str(made.definition), str(made.memo), made.since) == ("They save.", "New here.", "1.1")


def test_a_coder_at_work_is_left_alone_and_the_others_are_done(root: Path) -> None:
    coding = "codings:\n  - {code: awareness, turn: 2}\n"
    for coder in ("second", "third"):
        write_study(root, {f"codings/{coder}/H-01.yaml": f"source: H-01\ncoder: {coder}\n{coding}"})
    with Desk.open(root, read_study(root), "second"):
        told = qda("code", "anchor", code=2)
        assert "Written anew: 1 (1 filled). Left for a person: 0.\n" in told.stderr
        assert "codings/second: somebody works on this already: process" in told.stderr
        assert "[in-use]" in act("undo", code=2).stderr
    assert mine(root, "H-01", "third")[0].quote
    assert not mine(root)[0].quote


def test_nothing_to_anchor_touches_nothing(root: Path) -> None:
    assert qda("code", "anchor").stderr == "Written anew: 0. Left for a person: 0.\n"
    assert sorted(path.name for path in (root / "codings/first").iterdir()) == ["H-01.yaml", "O-01.yaml"]
    qda("code", "anchor", "NO-01", code=2)


def unsure(root: Path) -> Path:
    """Codings of T-01 that need a person: several places, no place, words that were edited."""
    path = root / "codings/first/T-01.yaml"
    path.write_text(
        "source: T-01\ncoder: first\ncodings:\n"
        "  - {id: D, code: awareness, turn: 1, quote: save, memo: stays}\n"
        "  - {id: E, code: awareness, turn: 1, quote: nobody ever said this in any interview}\n"
        "  - {code: awareness, turn: 2, quote: 'there was only a training in the old hall, and few came'}\n",
        encoding="utf-8",
    )
    return path


def test_a_person_says_where_a_coding_stands(root: Path) -> None:
    unsure(root)
    told = qda("code", "anchor", "D", "--at", "T-01#1", "--occurrence", "2")
    assert told.stdout == "anchor: awareness at T-01#1 “save” (D): its place is noted anew\n"
    told = qda("code", "anchor", "E", "--at", "T-01#2", "--quote", "few came to it")
    assert told.stdout.startswith(
        "anchor: awareness at T-01#1 “nobody ever said this in any interview” (E): turn “1” → “2”, quote"
    )
    first, second, third = mine(root, "T-01", "first")
    assert (first.quote, first.occurrence, first.memo) == ("save", 2, "stays")
    assert (second.id, str(second.turn), second.quote) == ("E", "2", "few came to it")
    qda("code", "undo", "--coder", "first")
    again = mine(root, "T-01", "first")
    assert (again[0], again[2]) == (first, third)
    assert (str(again[1].turn), again[1].quote, again[1].before) == (
        "1",
        "nobody ever said this in any interview",
        "",
    )
    told = qda("code", "anchor", "first:T-01:3", "--at", "T-01#2", "--quote", "few came", "--coder", "first")
    assert mine(root, "T-01", "first")[2].quote == "few came"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("D", "--at", "T-01#1"), "these words stand there 2 times: 1: We [save] a little"),
        (("D", "--at", "T-01#2"), "the words “save” do not stand there [quote-lost]"),
        (("D", "--at", "T-01#2", "--quote", "Before this"), "the words “Before this” do not stand there"),
        (("D", "--at", "H-01#2"), "D is a coding of T-01 [place]"),
        (("D", "--at", "T-01#9"), "T-01 has no turn 9"),
        (("T-01", "--at", "T-01#1"), "no person has a coding of this id [not-there]"),
        (("D", "--at", "T-01#1", "--coder", "second"), "second has no coding of this id [not-there]"),
        (("D", "E", "--at", "T-01#1"), "--at is about one coding [not-there]"),
        (("--at", "T-01#1"), "--at is about one coding [not-there]"),
        (("E", "--quote", "x"), "--quote and --occurrence go with --at."),
        (("E", "--at", "T-01#1", "--changed"), "--changed and --format go without --at."),
    ],
)
def test_a_place_that_is_none_is_refused(root: Path, words: tuple[str, ...], said: str) -> None:
    before = unsure(root).read_bytes()
    assert said in " ".join(qda("code", "anchor", *words, code=2).stderr.replace("│", " ").split())
    assert (root / "codings/first/T-01.yaml").read_bytes() == before


def test_single_codings_are_brought_up_to_date(root: Path) -> None:
    unsure(root)
    told = qda("code", "anchor", "first:T-01:3", "--changed", "--format", "json")
    assert [one["id"] for one in json.loads(told.stdout)["codings"]] == ["first:T-01:3"]
    assert [one.quote for one in mine(root, "T-01", "first")][::2] == ["save", "there was only training in the old hall, and few came"]  # fmt: skip
    assert "there is no source `X`" in qda("code", "anchor", "X", "D", code=2).stderr
    qda("code", "anchor", "--coder", "nobody")
    assert not (root / "codings/nobody").exists()


def test_coding_stays_suggesting(root: Path) -> None:
    assert (
        json.loads(qda("code", "H-01", "--format", "json").stdout)["codings"][0]["code"]
        == "training-provided"
    )
    assert "training-provided" in qda("code").stdout


# Turns left out on purpose


def left(root: Path, source: str = "H-01") -> list[tuple[str, str]]:
    files = [file for file in read_study(root).codings if (file.coder, file.source) == ("second", source)]
    return [(str(one.turn), one.reason) for file in files for one in file.left_out]


def test_turns_are_left_out_and_taken_in(root: Path) -> None:
    assert act("leave-out", "T-01#1-2", "--why", "small talk").stdout == (
        "leave-out: T-01#1-2 is left out (small talk)\n"
    )
    assert left(root, "T-01") == [("1-2", "small talk")]
    assert act("take-in", "T-01#1").stdout == "take-in: T-01#1 is not left out any more\n"
    assert left(root, "T-01") == [("2", "small talk")]
    assert act("undo").stdout == "undo of take-in: T-01#1 is left out (small talk)\n"
    assert left(root, "T-01") == [("1-2", "small talk")]
    told = act("add", "T-01#2", "training-rare", "--quote", "few came to it")
    assert told.stdout.endswith("; T-01#2 is not left out any more\n")
    assert left(root, "T-01") == [("1", "small talk")]
    log = json.loads(qda("code", "log", "--format", "json").stdout)["entries"]
    assert [one["action"] for one in log] == ["leave-out", "take-in", "undo", "add"]
    state = json.loads(qda("code", "log", "--coder", "second", "--at", "1", "--format", "json").stdout)
    assert state["left_out"] == [{"coder": "second", "source": "T-01", "turn": "1-2", "reason": "small talk"}]


def test_what_is_coded_or_asked_is_not_left_out(root: Path) -> None:
    act("add", "H-01#2", "training-rare", "--quote", "We hold")
    told = act("leave-out", "H-01#2", "--why", "x", code=2)
    assert told.stderr.startswith(
        "codings/second/H-01.yaml: H-01#2 is coded: training-rare at H-01#2 “We hold”"
    )
    assert "[question]" in act("leave-out", "H-01#1", "--why", "x", code=2).stderr
    assert "[not-left-out]" in act("take-in", "H-01#2", code=2).stderr
    assert "[unknown-turn]" in act("leave-out", "H-01#9", "--why", "x", code=2).stderr
    assert left(root) == []


def test_a_reason_is_asked_for_where_somebody_can_answer(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = act("leave-out", "H-01#2")
    assert told.stderr == (
        'No reason was given; this adds one: qda code leave-out H-01#2 --why "..." --coder second\n'
    )
    assert left(root) == [("2", "")]
    act("leave-out", "H-01#2", "--why", "the tape was off")
    monkeypatch.setattr(code_by_hand, "at_terminal", lambda: True)
    for answer, place, reason in (("1\n", "T-01#1", "the tape was off"), ("2\n", "T-01#2", "greeting or small talk"), ("noise\n", "T-01#1", "noise")):  # fmt: skip
        asked = CliRunner().invoke(app, ["code", "leave-out", place, "--coder", "second"], input=answer)
        assert asked.exit_code == 0, asked.output
        assert "  1  the tape was off\n  2  greeting or small talk\n" in asked.stderr
        assert (place[-1], reason) in left(root, "T-01")


def test_coding_what_was_reconstructed_is_told_and_done(root: Path) -> None:
    turn = "turns:\n  - {speaker: O, text: We save daily., reconstructed: yes}\n"
    write_study(root, {"data/interviews/R-01.yaml": f"id: R-01\ninformant: {{id: O, type: owner}}\n{turn}"})
    told = act("add", "R-01#1", "training-rare")
    assert told.stdout.startswith("add: training-rare at R-01#1")
    assert told.stderr.startswith("The words of R-01#1 are reconstructed")
    assert len(mine(root, "R-01")) == 1
