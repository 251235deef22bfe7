"""Consent: whose words no answer shows, while what they said is counted all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.checks.consent import check_withheld_quotation
from empowerment_qda.cli import app
from empowerment_qda.evidence.reduce import log_condensation, put_in_context, reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError
from empowerment_qda.triangulation import triangulate_study
from kit import CODED_OWNER, OWNER, SMALL, write_study

OWNERS = "joined their classes"
SAID = "[withheld: O did not agree to be quoted]"


def read(root: Path, consent: str | None, **changes: str) -> Study:
    """The small study with a consent.yaml."""
    files = {**SMALL, **changes} | ({"consent.yaml": consent} if consent is not None else {})
    return read_study(write_study(root, files))


@pytest.mark.parametrize(
    ("consent", "shown"),
    [
        (None, "HO"),
        ("H: {quote: yes}\nO: {quote: yes}\n", "HO"),
        ("H: {quote: yes}\nO: {quote: no}\n", "H"),
        ("H: {quote: ya}\nO: {archive: yes}\n", "H"),
        ("H: {quote: yes, until: 2999-12-31}\nO: {quote: yes, until: 2001-01-01}\n", "H"),
        ("H: {quote: yes}\nO: {quote: yes, withdrawn: 2024-02-01}\n", "H"),
        ("format: 2\nH: {quote: yes}\n", "H"),
    ],
)
def test_words_are_shown_where_consent_is(tmp_path: Path, consent: str | None, shown: str) -> None:
    study = read(tmp_path, consent)
    rows = reduce_study(study).evidence
    assert {row.informant for row in rows if not row.withheld} == set(shown)
    assert {row.quote for row in rows if row.withheld} <= {SAID}
    # The counts do not change: what somebody said is evidence, whoever may read the words.
    verdicts = [one.verdict for one in triangulate_study(study, reduce_study(study)).findings]
    open_ = read(tmp_path / "all", None)
    assert verdicts == [one.verdict for one in triangulate_study(open_, reduce_study(open_)).findings]


def test_a_mistake_in_the_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as told:
        read(tmp_path, "H: {quote: perhaps, arhive: no}\n")
    said = str(told.value)
    assert "consent.yaml" in said
    assert "should be yes or no" in said
    assert "archive" in said


def test_in_a_group_everybody_who_may_have_spoken_has_to_agree(tmp_path: Path) -> None:
    study = read(tmp_path, "H: {quote: yes}\n")
    group = Source.model_validate(
        {
            "id": "G",
            "method": "fgd",
            "informants": ["H", "O"],
            "interviewer": "R",
            "bystanders": "B",
            "turns": [
                {"text": "Nobody knows who."},
                {"text": "Mine.", "speaker": "H"},
                {"text": "By the way.", "speaker": "B"},
                {"text": "Is it?", "speaker": "R"},
            ],
        }
    )
    assert [study.withheld(group, [turn]) for turn in range(1, 5)] == [("O",), (), ("B",), ()]
    assert study.withheld(group, [2], "archive") == ("H",)
    nobody = group.model_copy(update={"informants": (), "bystanders": ()})
    assert study.withheld(nobody, [1]) == ("G",)
    note = group.model_copy(update={"method": "observation"})
    assert study.withheld(note, range(1, 5)) == ()


def test_no_view_of_the_reduction_shows_withheld_words(tmp_path: Path) -> None:
    coded = CODED_OWNER.replace("id: E3,", "id: E3, status: rejected,")
    study = read(tmp_path, "H: {quote: yes}\n", **{"codings/first/O-01.yaml": coded})
    reduction = reduce_study(study)
    texts = [one.text for one in log_condensation(study, reduction)]
    assert texts == [SAID]
    around = {one.row.id: (one.before, one.after) for one in put_in_context(study, reduction)}
    assert around["E2"] == ("", "")
    assert around["E1"] != ("", "")


@pytest.mark.parametrize(
    "command",
    [
        ["reduce"], ["reduce", "--format", "json"], ["reduce", "passages", "--format", "csv"],
        ["display", "role-ordered", "--format", "md"], ["conclude", "--format", "json"], ["run"],
    ],
)  # fmt: skip
def test_no_answer_and_no_report_shows_withheld_words(tmp_path: Path, command: list[str]) -> None:
    read(tmp_path, "H: {quote: yes}\n")
    done = CliRunner().invoke(app, [*command, "--study", str(tmp_path)])
    assert done.exit_code == 0
    assert "The words of O are withheld in 2 passages" in done.stderr
    assert OWNERS not in done.stdout
    written = {path.name: path.read_text() for path in tmp_path.rglob("reports/**/*.*")}
    assert written
    # `code` lists the suggestions for whoever codes; they are no report.
    assert [name for name, text in written.items() if OWNERS in text] == []
    assert any("O did not agree to be quoted" in text for text in written.values())


def test_a_quotation_of_a_translation_is_one(tmp_path: Path) -> None:
    changed = {
        "data/interviews/O-01.yaml": OWNER.replace(
            'last year."}', 'last year.", translation: {id: "Ya, saya ikut kelas mereka."}}'
        ),
        "memos/M1.md": "---\nid: M1\nauthor: first\n---\n\nKatanya, “saya ikut kelas mereka”.\n",
    }
    told = [one.message for one in check_withheld_quotation(read(tmp_path, "H: {quote: yes}\n", **changed))]
    assert told == ["this quotes O-01#2, and those who speak there did not agree to be quoted"]
    agreed = "H: {quote: yes}\nO: {quote: yes}\n"
    assert not list(check_withheld_quotation(read(tmp_path / "all", agreed, **changed)))


def test_the_report_says_whose_words_are_missing_and_keeps_every_link(tmp_path: Path) -> None:
    study = write_study(tmp_path, {**SMALL, "consent.yaml": "H: {quote: yes}\n"})
    assert CliRunner().invoke(app, ["report", "--lang", "id", "--study", str(study)]).exit_code == 0
    page = (tmp_path / "reports/findings.id.html").read_text()
    assert "O tidak memberi izin untuk dikutip: 2 kutipan" in page
    for anchor in ("passage-O-01-1", "passage-O-01-2"):
        assert f'href="#{anchor}"' in page
        assert page.count(f'id="{anchor}"') == 1
