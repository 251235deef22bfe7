"""What would lift each flag, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.triangulation import triangulate_study
from empowerment_qda.triangulation.flags import ERRORS, FLAGS, NOTES, RECORDS, lift
from kit import QDA, SMALL, write_study

WHO = {"H": "head", "S": "staff", "O": "owner", "P": "owner", "Q": "owner", "X": None}
TYPES = "staff: {label: Staff, group: agency, planned: 2, order: 3}\n"


def triangulate(
    root: Path, sides: str, items: dict[str, str], rules: str = "", event: str = ""
) -> tuple[Study, Triangulation]:
    """A study of items (id to `informant`, or `method: producer`), all coded the same, with one finding.

    `event` names the one whose passage tells of something that happened three days later.
    """
    files = {"qda.yaml": QDA + "  " + TYPES + rules, "codebook.yaml": SMALL["codebook.yaml"]}
    for name, who in items.items():
        method, _, producer = who.partition(":")
        kind = f", type: {WHO[who]}" if WHO.get(who) else ""
        unknown = ", identity: unknown" if who == "Q" else ""
        head = f"producer: {producer}" if producer else f"informant: {{id: {who}{kind}{unknown}}}"
        folder = {"documentation": "documents", "observation": "observations"}.get(method, "interviews")
        files[f"data/{folder}/{name}.yaml"] = (
            f"id: {name}\n{head}\ndate: 2022-09-12\nturns: [{{text: Said.}}]\n"
        )
        later = ", event_date: 2022-09-15" if name == event else ""
        files[f"codings/first/{name}.yaml"] = (
            f"source: {name}\ncoder: first\n"
            f"codings: [{{id: e-{name}, code: training-provided, turn: 1, quote: Said.{later}}}]\n"
        )
    files["findings.yaml"] = f"findings: [{{id: F, statement: It is so., {sides}}}]\n"
    files["memos/M1.md"] = "---\nid: M1\nlinks: [F]\n---\nBoth hold.\n"
    study = read_study(write_study(root, files))
    reduction = reduce_study(study)
    return study, triangulate_study(study, reduction)


def lifts(study: Study, found: FindingTriangulation, language: str = "en") -> dict[str, str]:
    """Flag code to advice."""
    return {flag.code: lift(flag, found, study, language) for flag in found.flags}


def test_every_flag_and_note_has_advice_and_a_name_of_its_own() -> None:
    assert all(record.lift or record in ERRORS for record in RECORDS.values())
    assert len(RECORDS) == len(FLAGS) + len(ERRORS) + len(NOTES)


def test_one_informant_alone(tmp_path: Path) -> None:
    study, result = triangulate(
        tmp_path, "supported_by: [e-a]", {"a": "O", "b": "H", "c": "observation:researcher", "d": "P"}
    )
    assert lifts(study, result.findings[0]) == {
        "T04": "A word from 1 informant more: Head (interviewed, but silent on this); Staff (no transcript yet).",
        "T05": "A word from another type of informant: Head (interviewed, but silent on this); Staff (no transcript yet).",
        "T06": "A word from the other side, Agency: Head (interviewed, but silent on this); Staff (no transcript yet).",
        "T07": "Evidence gathered in another way: observation.",
    }  # fmt: skip
    assert lifts(study, result.findings[0], "id")["T06"] == (
        "Keterangan dari pihak lain, Agency: Head (sudah diwawancarai, tetapi tidak menyinggungnya); Staff (belum ada transkripnya)."
    )
    assert lifts(study, result.findings[0], "jv") == lifts(study, result.findings[0], "en")


def test_more_than_one_is_missing(tmp_path: Path) -> None:
    rules = "    triangulation: {min: {informant: 4, type: 3}}\n"
    study, result = triangulate(
        tmp_path, "supported_by: [e-a, e-b], contradicted_by: [e-d]",
        {"a": "O", "b": "H", "c": "P", "d": "S"}, rules,
    )  # fmt: skip
    found = lifts(study, result.findings[0])
    assert found["T04"] == "A word from 2 informants more: Staff (speaking against it so far)."
    assert found["T05"] == "A word from another type of informant: Staff (speaking against it so far)."
    assert found["T10"] == "A memo that weighs d#1, named under `response`; or a narrower statement."


def test_nothing_behind_it(tmp_path: Path) -> None:
    study, result = triangulate(
        tmp_path, "contradicted_by: [e-a], inferred_from: [e-b]", {"a": "O", "b": "H", "c": "S"}
    )
    assert lifts(study, result.findings[0]) == {
        "T02": "A passage that supports it; without one, reword the finding or give it up.",
        "T10": "A memo that weighs a#1, named under `response`; or a narrower statement.",
        "T11": "A passage that says it outright: Head or Staff (interviewed, but silent on this); Owner (speaking against it so far).",
    }  # fmt: skip


def test_whom_to_ask_where_every_type_has_spoken_or_none_is_known(tmp_path: Path) -> None:
    rules = "    triangulation: {min: {informant: 4}}\n"
    study, result = triangulate(
        tmp_path / "all", "supported_by: [e-a, e-b, e-c]", {"a": "O", "b": "H", "c": "S", "d": "P"}, rules
    )
    assert (
        lifts(study, result.findings[0])["T04"]
        == "A word from 1 informant more: another informant of Head, Owner or Staff."
    )
    bare = study.settings.model_copy(update={"informant_types": {}})
    found = replace(
        result.findings[0],
        axes={**result.findings[0].axes, "type": replace(result.findings[0].axes["type"], values=())},
    )
    assert (
        lifts(replace(study, settings=bare), found)["T04"]
        == "A word from 1 informant more: anyone who has not spoken of it."
    )


def test_who_is_not_known(tmp_path: Path) -> None:
    study, result = triangulate(tmp_path, "supported_by: [e-a, e-b]", {"a": "Q", "b": "X", "c": "H"})
    found = lifts(study, result.findings[0])
    assert found["T08"] == "The type (and its group) of X, written under `informant` in the source."
    two, other = triangulate(tmp_path / "two", "supported_by: [e-a, e-b]", {"a": "Q", "b": "O", "c": "H"})
    anonymous = RECORDS["ANONYMOUS_IDENTITY"].flag()
    assert lift(anonymous, other.findings[0], two, "en") == (
        "To know who Q are, or a word from 1 informant more whose identity is known."
    )


def test_what_is_carried_by_one(tmp_path: Path) -> None:
    study, result = triangulate(
        tmp_path, "supported_by: [e-a, e-b, e-c, e-d, e-e], expected_types: [staff]",
        {"a": "O", "b": "O", "c": "O", "d": "H", "e": "observation:researcher"}, event="a",
    )  # fmt: skip
    assert lifts(study, result.findings[0]) == {
        "T12": "A word from this type, for or against: Staff (no transcript yet).",
        "T14": "The right date: a is dated 12 September 2022, the event 15 September 2022.",
        "T15": "1 passage more from informants other than O.",
        "T17": "Another informant of the same type who says what O says: Owner.",
    }  # fmt: skip
    untyped = RECORDS["FRAGILE"].flag("X")
    assert lift(untyped, result.findings[0], study, "en") == "Another informant who says what X says."


def test_documents_of_one_side_and_persons_on_both(tmp_path: Path) -> None:
    study, result = triangulate(
        tmp_path, "supported_by: [e-a, e-b], contradicted_by: [e-c], response: M1",
        {"a": "H", "b": "documentation:agency", "c": "H", "d": "O"},
    )  # fmt: skip
    found = lifts(study, result.findings[0])
    assert found["T13"] == "A document that Agency did not make, such as one of the researcher's own."
    assert found["T16"] == "To ask H again, or a memo that tells when the one holds and when the other."
    assert found["T10"].startswith("Nothing more, if the memo convinces")


def test_a_study_that_offers_nothing_else(tmp_path: Path) -> None:
    study, result = triangulate(tmp_path, "supported_by: [e-a]", {"a": "O", "b": "P"})
    bare = replace(study, settings=study.settings.model_copy(update={"groups": {}, "informant_types": {}}))
    found = result.findings[0]
    assert (
        lift(RECORDS["SINGLE_TYPE"].flag("owner"), found, bare, "en")
        == "A kind of informant that the study does not have yet."
    )
    assert (
        lift(RECORDS["SINGLE_GROUP"].flag("owner"), found, bare, "en")
        == "A kind of informant that the study does not have yet."
    )
    assert lift(RECORDS["SINGLE_METHOD"].flag("interview"), found, bare, "en") == (
        "Evidence gathered in another way than the study has used so far."
    )


def test_observation_alone(tmp_path: Path) -> None:
    study, result = triangulate(
        tmp_path, "supported_by: [e-a]", {"a": "observation:researcher", "b": "O", "c": "H"}
    )
    assert lifts(study, result.findings[0])["T03"] == (
        "A word from an informant: Head or Owner (interviewed, but silent on this); Staff (no transcript yet)."
    )


def test_notes_on_the_study(tmp_path: Path) -> None:
    study, _ = triangulate(tmp_path, "supported_by: [e-a]", {"a": "O"})
    assert lift(RECORDS["LIMITS_FROM_ONE_GROUP"].flag("owner"), None, study, "en") == (
        "To ask the others what does not work: Agency."
    )
    assert lift(RECORDS["PLANNED_NOT_QUOTED"].flag("staff"), None, study, "id").startswith(
        "Wawancara dengan jenis"
    )


@pytest.mark.parametrize("language", ["en", "id"])
def test_advice_on_the_unexpected_is_still_a_sentence(tmp_path: Path, language: str) -> None:
    study, result = triangulate(tmp_path, "supported_by: [e-a]", {"a": "O"})
    undated = replace(result.findings[0].supporting[0], date=None, event_date=None)
    found = replace(result.findings[0], supporting=(undated,))
    assert lift(RECORDS["DATE_CONFLICT"].flag("e-a"), found, study, language).count("?") == 2
