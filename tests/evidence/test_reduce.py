"""Data reduction: what counts as evidence, whose words it is, and what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.evidence.rows import find_witnesses
from empowerment_qda.files.read import read_study
from empowerment_qda.model.evidence import Evidence, Reduction, Witness
from empowerment_qda.model.source import Span
from kit import CODED_HEAD, CODED_OWNER, OWNER, QDA, SMALL, write_study

O = "data/interviews/O-01.yaml"  # noqa: E741
CO = "codings/first/O-01.yaml"


def reduce(root: Path, changes: dict[str, str] | None = None) -> Reduction:
    """The reduction of the small study with some files changed."""
    return reduce_study(read_study(write_study(root, {**SMALL, **(changes or {})})))


def test_a_row_says_who_said_what_where(tmp_path: Path) -> None:
    row = reduce(tmp_path).evidence[1]
    assert row == Evidence(
        id="E2", source="O-01", span=Span(2, 0, 2, 28), quote="Yes, I joined their classes.",
        code="training-provided", path="enabling/awareness/training-provided", dimension="enabling",
        aspect="awareness", direction="supports", witnesses=(Witness("O", True, "owner", "owner"),), method="interview", date=row.date, event_date=None, coder="first", strength="direct",
    )  # fmt: skip
    assert str(row.date) == "2022-09-20"
    assert row.ref == "O-01#2"


@pytest.mark.parametrize("status", ["rejected", "suggested"])
def test_only_accepted_codings_of_a_person_count(tmp_path: Path, status: str) -> None:
    changed = CODED_OWNER.replace("id: E3,", f"id: E3, status: {status},")
    assert [row.id for row in reduce(tmp_path, {CO: changed}).evidence] == ["E1", "E2"]


def test_suggestions_count_while_no_person_has_coded(tmp_path: Path) -> None:
    write_study(tmp_path, SMALL)
    (tmp_path / "codings" / "first").rename(tmp_path / "codings" / "auto")
    for path in (tmp_path / "codings" / "auto").iterdir():
        text = (
            path.read_text()
            .replace("coder: first", "coder: auto")
            .replace("code:", "status: suggested, code:")
        )
        path.write_text(text)
    reduction = reduce_study(read_study(tmp_path))
    assert (len(reduction.evidence), reduction.only_auto, reduction.coders) == (3, True, ("auto",))


def test_auto_does_not_count_beside_a_person(tmp_path: Path) -> None:
    auto = {"codings/auto/H-01.yaml": CODED_HEAD.replace("first", "auto").replace("E1", "A1")}
    assert reduce(tmp_path, auto).coders == ("first",)


def test_only_the_coders_asked_for_count(tmp_path: Path) -> None:
    changes = {
        "codings/second/H-01.yaml": CODED_HEAD.replace("first", "second").replace("E1", "B1"),
        "qda.yaml": QDA.replace("groups:", "evidence: {coders: [second]}\n    groups:"),
    }
    assert [row.id for row in reduce(tmp_path, changes).evidence] == ["B1"]


def test_words_that_are_not_found_are_named_and_do_not_count(tmp_path: Path) -> None:
    changed = CODED_OWNER.replace("But it was only once, last year.", "They sell fish at the harbour.")
    reduction = reduce(tmp_path, {CO: changed})
    assert [row.id for row in reduction.evidence] == ["E1", "E2"]
    assert [(one.id, one.reason) for one in reduction.not_counted] == [("E3", "lost")]


def test_a_coding_without_id_is_named_by_coder_source_and_number(tmp_path: Path) -> None:
    findings = {"findings.yaml": "findings: []\n", CO: CODED_OWNER.replace("id: E3, ", "")}
    assert [row.id for row in reduce(tmp_path, findings).evidence] == ["E1", "E2", "first:O-01:2"]


def test_a_source_tells_how_much_of_it_is_coded_and_what_is_left(tmp_path: Path) -> None:
    more = OWNER.rstrip() + "\n      - {speaker: R, text: Anything else?}\n      - {speaker: O, text: No.}\n"
    owner = reduce(tmp_path, {O: more}).sources[1]
    assert (owner.turns, owner.coded_turns, owner.segments) == (4, 1, 2)
    assert (owner.characters, owner.coded_characters) == (64, 60)
    assert owner.coded_share == 60 / 64
    assert [(left.turn, left.text) for left in owner.uncoded] == [(4, "No.")]


def test_overlapping_codings_are_not_counted_twice_in_the_share(tmp_path: Path) -> None:
    twice = (
        CODED_OWNER.rstrip()
        + '\n      - {code: training-rare, turn: 2, quote: "I joined their classes. But"}\n'
    )
    owner = reduce(tmp_path, {CO: twice}).sources[1]
    assert (owner.coded_characters, owner.characters) == (61, 61)


GROUP = """
    id: G-01
    method: fgd
    informants: [{id: A, type: owner}, {id: B, type: %s}]
    interviewer: R
    turns:
      - {speaker: R, text: Well?}
      - {speaker: A, text: We were trained.}
      - {text: All of us.}
    """


def test_a_group_counts_by_its_speakers_where_they_are_identified(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, {**SMALL, "data/interviews/G-01.yaml": GROUP % "head"}))
    group = study.by_id["G-01"]
    named, mixed = find_witnesses(group, range(2, 3), study), find_witnesses(group, range(3, 4), study)
    assert named == (Witness("A", True, "owner", "owner"),)
    assert mixed == (Witness("G-01:?", False, None, None, members=frozenset("AB")),)


def test_a_group_of_one_type_has_that_type(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, {**SMALL, "data/interviews/G-01.yaml": GROUP % "owner"}))
    [whole] = find_witnesses(study.by_id["G-01"], range(3, 4), study)
    assert (whole.type, whole.group) == ("owner", "owner")


def test_nobody_speaks_in_a_document(tmp_path: Path) -> None:
    note = "id: D-01\nproducer: agency\ninformant: {id: Z, type: head}\nturns: [{text: A letter.}]\n"
    study = read_study(write_study(tmp_path, {**SMALL, "data/documents/D-01.yaml": note}))
    assert find_witnesses(study.by_id["D-01"], range(1, 2), study) == ()
