"""`qda purge`: nothing is left of who withdraws, others stay on their words, and what falls is shown first."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli import pseudonymise as asking
from empowerment_qda.coding import Add, LeaveOut, Remove
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.log import check_folder, read_chain, read_raw_log
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import format_yaml
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock
from names_kit import named_study


def qda(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [*args, "--study", str(root)], env={"QDA_TRACEBACK": "1"})


QUOTING = """\
---
id: M9
links:
  # about her
  - first-012
  - first-011
  - "G-01#3-4"
---

She said “they came only once”, and we paid the bus to the town ourselves that year. See G-01#5 and Sari-01#2.
"""
CITING = """\
findings:
  - id: F1
    statement: They came rarely.
    supported_by: [first-010, first-009]
    contradicted_by: first-011
  - id: F2
    statement: "As G-01#5 says: we paid the bus to the town ourselves that year."
    supported_by: [training-rare]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = named_study(tmp_path_factory.mktemp("named") / "study")
    more = {
        "memos/M9.md": QUOTING,
        "findings.yaml": CITING,
        "consent.yaml": "Sari: {quote: yes}\nT: {quote: yes}\n",
    }
    (root / "pseudonyms.yaml").write_text("Rina Wati: Sari\nTono: T2\n", encoding="utf-8")
    return write_study(root, more)


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study"))


def files_of(root: Path) -> dict[str, bytes]:
    found = (
        path for path in root.rglob("*") if path.is_file() and path.name not in (".lock", ".codebook.lock")
    )
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def words_of(root: Path) -> list[tuple[str, str, str, str, str]]:
    """Each coding with the words that it stands on."""
    return sorted(
        (
            one.file.coder,
            str(one.coding.id),
            one.source.id,
            one.source.quote(one.anchor.span),
            one.anchor.state,
        )
        for one in passages_of(read_study(root))
        if one.anchor.span
    )


HERS = ("bus to the town", "Tigor Siregar", "joined their classes", "0812", "Greet", "Rina Wati")


def test_nothing_is_left_of_who_withdraws_and_others_stay(root: Path) -> None:
    before = words_of(root)
    result = qda(root, "purge", "Sari", "--yes")
    assert result.exit_code == 0, result.output
    after = files_of(root)
    for path, raw in after.items():
        assert not [one for one in HERS if one in raw.decode()], path
    assert sorted(path for path in after if "Sari" in path) == []
    kept = [one for one in before if one[2] == "G-01" and one[1].rpartition("-")[2] in ("010", "012", "013")]
    assert words_of(root) == kept
    assert len(kept) == 6
    rules = {one.rule for one in check_folder(root, read_study(root))}
    assert rules == set()
    for coder in ("first", "second"):
        assert not read_chain(read_raw_log(root, coder)).broken
    assert after["consent.yaml"] == b"T: {quote: yes}\n"
    assert after["pseudonyms.yaml"] == b"Tono: T2\n"


def test_what_a_code_was_said_to_mean_goes_from_the_log(root: Path) -> None:
    with Desk.open(root, read_study(root), "first") as desk:
        said = "As she said: we paid the bus to the town ourselves that year."
        desk.redefine("training-rare", {"definition": said})
        desk.redefine("training-rare", {"definition": "It is rare."})
    assert b"bus to the town" in read_raw_log(root, "first")
    qda(root, "purge", "Sari", "--yes")
    assert b"bus to the town" not in read_raw_log(root, "first")
    assert qda(root, "code", "undo", "--coder", "first").exit_code == 0


def test_the_name_of_an_in_vivo_code_goes_from_the_log_and_is_told(root: Path) -> None:
    with Desk.open(root, read_study(root), "first") as desk:
        name = {"id": "bus", "label": "Bus to the town", "origin": "in-vivo"}
        desk.define("awareness", name)
    said = "codebook.yaml quotes words that go: take them out there yourself."
    assert said in qda(root, "purge", "Sari", "--dry-run").stderr
    with Desk.open(root, read_study(root), "first") as desk:
        desk.redefine("bus", {"label": "The bus"})
    assert said not in qda(root, "purge", "Sari", "--dry-run").stderr
    qda(root, "purge", "Sari", "--yes")
    log = read_raw_log(root, "first")
    assert b"Bus to the town" not in log
    assert b"The bus" in log
    assert not read_chain(log).broken
    for _ in range(2):
        assert qda(root, "code", "undo", "--coder", "first").exit_code == 0
    assert "bus" not in read_study(root).codebook.places


def test_which_numbers_and_citations_follow(root: Path) -> None:
    qda(root, "purge", "Sari", "--yes")
    files = {path: raw.decode() for path, raw in files_of(root).items()}
    assert files["findings.yaml"] == CITING.replace("[first-010, first-009]", "[first-010]").replace(
        "contradicted_by: first-011", "contradicted_by: []"
    ).replace("As G-01#5 says: we paid the bus to the town ourselves that year.", "As G-01#3 says: […].")
    assert files["memos/M9.md"] == (
        '---\nid: M9\nlinks:\n  # about her\n  - first-012\n  - "G-01#2"\n---\n\nShe said “[…]”, and […]. See G-01#3 and […].\n'
    )
    group = read_study(root).by_id["G-01"]
    assert [turn.speaker for turn in group.turns] == ["R", "T", "T"]
    assert [one if isinstance(one, str) else one.id for one in group.heard] == ["T"]


def test_undo_goes_on_in_what_is_left(root: Path) -> None:
    qda(root, "purge", "Sari", "--yes")
    for _ in range(3):
        assert "is taken away" in qda(root, "code", "undo", "--coder", "first").stdout
    assert words_of(root) == [one for one in words_of(root) if one[0] == "second"]
    assert "redo of add" in qda(root, "code", "redo", "--coder", "first").stdout
    assert not read_chain(read_raw_log(root, "first")).broken


def test_single_turns_go(root: Path) -> None:
    before = words_of(root)
    assert qda(root, "purge", "G-01#4", "--yes").exit_code == 0
    gone = [one for one in before if one[1] in ("first-011", "second-011")]
    assert len(gone) == 2
    assert words_of(root) == [one for one in before if one not in gone]
    assert "bus" not in "".join(raw.decode() for raw in files_of(root).values())
    assert "Sari: {quote: yes}" in (root / "consent.yaml").read_text(encoding="utf-8")
    assert "Rina Wati" in (root / "pseudonyms.yaml").read_text(encoding="utf-8")


def test_a_passage_over_turns_goes_with_any_of_them(root: Path) -> None:
    assert qda(root, "purge", "Sari-01#3", "--yes").exit_code == 0
    left = [one[1] for one in words_of(root) if one[0] == "first" and one[2] == "Sari-01"]
    assert left == ["first-001", "first-002", "first-003", "first-007"]
    assert read_study(root).codings[1].left_out[0].turn == TurnRange(4, 4)


def test_what_falls_is_shown_and_nothing_written(root: Path) -> None:
    before = files_of(root)
    answer = json.loads(qda(root, "purge", "Sari", "--dry-run", "--format", "json").stdout)
    assert answer["verdicts"] == [{"finding": "F2", "before": "triangulated", "after": "flagged"}]
    assert answer["removed"] == [
        "codings/first/Sari-01.yaml",
        "codings/second/Sari-01.yaml",
        "data/interviews/Sari-01.yaml",
    ]
    assert answer["done"] is False
    shown = qda(root, "purge", "Sari", "--dry-run")
    assert "F2: triangulated → flagged" in shown.stdout
    assert files_of(root) == before
    refused = qda(root, "purge", "Sari")
    assert refused.exit_code == 2
    assert "[not-asked]" in refused.stderr
    assert files_of(root) == before


@pytest.mark.parametrize(
    ("typed", "done"), [("Sari\n", True), ("sari\n", False), ("y\n", False), ("\n", False)]
)
def test_the_id_has_to_be_typed(root: Path, typed: str, done: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    result = CliRunner().invoke(app, ["purge", "Sari", "--study", str(root)], input=typed)
    assert result.exit_code == 0
    assert (root / "deidentification.jsonl").exists() == done


def test_the_record_says_how_much_and_not_whose(root: Path) -> None:
    qda(root, "purge", "Sari", "--yes")
    line = json.loads((root / "deidentification.jsonl").read_text(encoding="utf-8"))
    assert line["command"] == "purge"
    assert line["changed"] == {
        "codings": {"codings": 20}, "consent": {"entries": 1}, "findings": {"citations": 2, "quotations": 1}, "key": {"entries": 1},
        "logs": {"entries": 28}, "memos": {"links": 5, "quotations": 3}, "sources": {"files": 1, "turns": 7},
    }  # fmt: skip
    assert "Sari" not in json.dumps(line)


def test_what_stays_is_told(root: Path) -> None:
    (root / "data/interviews/Sari-01.mp3").write_bytes(b"\x00")
    write_study(
        root,
        {"data/observations/N-01.yaml": "id: N-01\nabout: [Sari, T]\nturns: [{text: She sells bread.}]\n"},
    )
    (root / "README.md").write_text("She said: we paid the bus to the town ourselves.\n", encoding="utf-8")
    (root / "out").mkdir()
    (root / "out/old.qdpx").write_bytes(b"PK\xff\x00")
    with (root / "qda.yaml").open("a", encoding="utf-8") as settings:
        settings.write("# The stall of Sari.\n")
    result = qda(root, "purge", "Sari", "--yes")
    for said in (
        "README.md quotes words that go: take them out there yourself.",
        "data/interviews/Sari-01.mp3 stays: delete it yourself if it is theirs.",
        "N-01 is about Sari, in other people's words: read it; `qda purge N-01#1` takes a turn out.",
        "memos/M02.md linked nothing else: read it, and delete it if it is about them.",
        "data/groups/G-01.yaml names `Sari` 1 time in words that stay: look at them.",
        "qda.yaml names `Sari` 1 time in words that stay: look at them.",
        "codings/first/log.jsonl names `Sari` 3 times in words that stay: look at them.",
        "To take `Sari` out of all that qda writes, logs too, write it into pseudonyms.yaml with a pseudonym, then run `qda pseudonymise`.",
        "out/old.qdpx was not looked into: it is no plain text, and may hold the same words.",
        'git log --all --oneline -S"$NAME"',
    ):
        assert said in result.stderr
    assert (
        (root / "data/observations/N-01.yaml")
        .read_text(encoding="utf-8")
        .startswith("id: N-01\nabout: [T]\n")
    )


def test_what_is_left_would_break(root: Path) -> None:
    """The transcript that says who Sari is goes, and another one only names her."""
    before = files_of(root)
    result = qda(root, "purge", "Sari-01#1-5", "--yes")
    assert result.exit_code == 2
    assert "informant `Sari` is not declared in any source [unknown-informant]" in result.stderr
    assert files_of(root) == before


WORDS = ["bread", "fish", "cloth", "market", "bus", "road", "yes", "once", "sold", "came"]
TURNS = st.lists(
    st.tuples(st.sampled_from("ABR"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)),
    min_size=2,
    max_size=7,
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(1, 25),
        st.sampled_from(["add", "add", "remove", "undo", "out"]),
    ),
    max_size=8,
)


def step(desk: Desk, turns: list[tuple[str, str]], drawn: tuple[int, int, int, str]) -> None:
    turn, start, size, what = drawn
    at = turn % len(turns)
    own = desk.codings("G-01").codings
    if what == "undo":
        desk.undo()
    elif what == "remove" and own:
        desk.apply(Remove("G-01", own[start % len(own)]))
    elif (
        turns[at][0] != "R"
        and what == "out"
        and not any(one.turn and at + 1 in one.turn.numbers for one in own)
    ):
        desk.apply(LeaveOut("G-01", TurnRange(at + 1, at + 1), f"small talk {size}"))
    elif turns[at][0] != "R" and what == "add":
        begin = start % len(turns[at][1])
        end = min(begin + size, len(turns[at][1]))
        if turns[at][1][begin:end].strip():
            desk.apply(Add("G-01", Span(at + 1, begin, at + 1, end), "training-rare"))


@given(TURNS, STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_group_and_any_work_on_it(
    tmp_path: Path, said: list[tuple[str, list[str]]], steps: list[tuple[int, int, int, str]]
) -> None:
    """Words of A are marked, so that no trace of them can be overlooked."""
    turns = [(who, " ".join(f"{word}A" if who == "A" else word for word in one)) for who, one in said]
    root = tmp_path / "any"
    shutil.rmtree(root, ignore_errors=True)
    group = {
        "id": "G-01", "method": "fgd", "informants": [{"id": "A", "type": "owner"}, {"id": "B", "type": "head"}], "interviewer": "R",
        "turns": [{"speaker": who, "text": text} for who, text in turns],
    }  # fmt: skip
    files = {
        "qda.yaml": SMALL["qda.yaml"],
        "codebook.yaml": SMALL["codebook.yaml"],
        "data/interviews/H-01.yaml": SMALL["data/interviews/H-01.yaml"],
    }
    write_study(root, files)
    (root / "data/interviews/G-01.yaml").write_text(format_yaml(group), encoding="utf-8")
    with Desk.open(root, read_study(root), "first", Clock()) as desk:
        for turn, start, size, what in steps:
            with suppress(StudyError):  # what is there already
                step(desk, turns, (turn, start, size, what))
    numbers = {at: sum(who != "A" for who, _ in turns[: at + 1]) for at in range(len(turns))}
    before = [(one.coding.id, one.anchor) for one in passages_of(read_study(root))]
    result = qda(root, "purge", "A", "--yes")
    assert result.exit_code == 0, result.output
    for path, raw in files_of(root).items():
        assert not [word for word in WORDS if f"{word}A" in raw.decode()], path
    expected = [
        (
            name,
            (
                numbers[anchor.span.turn - 1],
                *anchor.span[1:2],
                numbers[anchor.span.end_turn - 1],
                anchor.span.end,
            ),
            anchor.state,
        )
        for name, anchor in before
        if anchor.span and turns[anchor.span.turn - 1][0] != "A"
    ]
    after = [
        (one.coding.id, tuple(one.anchor.span or ()), one.anchor.state)
        for one in passages_of(read_study(root))
    ]
    assert after == expected
    assert list(check_folder(root, read_study(root))) == []
    assert not read_chain(read_raw_log(root, "first")).broken
    while "undo" in qda(root, "code", "undo", "--coder", "first").stdout:
        assert list(check_folder(root, read_study(root))) == []
