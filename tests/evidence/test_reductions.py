"""Contact summaries, frequencies, passages in context, and the condensation log."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.evidence.reduce import (
    log_condensation,
    put_in_context,
    reduce_study,
    summarise_contacts,
    use_codebook,
)
from empowerment_qda.files.read import read_study
from empowerment_qda.model.study import Study
from kit import CODED_OWNER, OWNER, SMALL, write_study

O = "data/interviews/O-01.yaml"  # noqa: E741
CO = "codings/first/O-01.yaml"
MEMO = """
    ---
    id: M1
    kind: surprise
    links: [E3]
    ---
    Once a year? That is what she says. Who was left out?
    """


def read(root: Path, changes: dict[str, str] | None = None) -> Study:
    """The small study with some files changed."""
    return read_study(write_study(root, {**SMALL, **(changes or {})}))


def test_a_contact_summary_says_who_when_what_and_what_is_open(tmp_path: Path) -> None:
    owner = OWNER.replace("interviewer:", "duration: 40 minutes\n    place: at the market\n    interviewer:")
    coded = CODED_OWNER.replace("id: E3,", "id: E3, memo: Is that true?,")
    study = read(tmp_path, {O: owner, CO: coded, "memos/M1.md": MEMO})
    contact = summarise_contacts(study, reduce_study(study))[1]
    assert (contact.summary.id, contact.duration, contact.place) == ("O-01", "40 minutes", "at the market")
    assert contact.main_codes == (("training-provided", 1), ("training-rare", 1))
    assert [row.id for row in contact.salient] == ["E2", "E3"]
    assert contact.questions == (("M1", "Once a year?"), ("M1", "Who was left out?"), ("E3", "Is that true?"))
    assert contact.memos == ("M1",)


def test_a_memo_on_another_source_is_not_this_contacts(tmp_path: Path) -> None:
    study = read(tmp_path, {"memos/M1.md": MEMO.replace("E3", "H-01#2")})
    head, owner = summarise_contacts(study, reduce_study(study))
    assert (head.memos, owner.memos) == (("M1",), ())


def test_a_parent_counts_distinct_informants_and_passages(tmp_path: Path) -> None:
    study = read(tmp_path)
    counted = {
        one.place.code.id: (str(one.own), str(one.whole), one.whole.sources)
        for one in use_codebook(study.codebook, reduce_study(study).evidence)
    }
    assert counted == {
        "enabling": ("0 / 0", "2 / 3", 2),
        "awareness": ("0 / 0", "2 / 3", 2),
        "training-provided": ("2 / 2", "2 / 2", 2),
        "training-rare": ("1 / 1", "1 / 1", 1),
    }


def test_one_passage_with_two_codes_is_one_segment_of_their_parent(tmp_path: Path) -> None:
    same = CODED_OWNER.replace("But it was only once, last year.", "Yes, I joined their classes.")
    study = read(tmp_path, {CO: same, "findings.yaml": "findings: []\n"})
    uses = use_codebook(study.codebook, reduce_study(study).evidence)
    below = {one.place.code.id: one.whole.segments for one in uses}
    assert (below["awareness"], below["training-provided"], below["training-rare"]) == (2, 2, 1)


def test_passages_stand_by_code_with_the_words_around_them(tmp_path: Path) -> None:
    study = read(tmp_path)
    found = [(one.row.id, one.before, one.after) for one in put_in_context(study, reduce_study(study))]
    assert found == [
        ("E1", "Is there training for owners?", "Owners come from all wards."),
        ("E2", "Were you trained?", "But it was only once, last year."),
        ("E3", "Were you trained? Yes, I joined their classes.", ""),
    ]


def test_what_did_not_become_evidence_and_why(tmp_path: Path) -> None:
    more = OWNER.rstrip() + "\n      - {speaker: O, text: Some tea?}\n      - {speaker: O, text: It rains.}\n"
    coded = CODED_OWNER.replace("id: E3,", "id: E3, status: rejected, memo: said of another year,")
    coded = coded.rstrip() + "\n    left_out:\n      - {turn: 3-4, reason: small talk}\n"
    lost = {
        "codings/first/H-01.yaml": SMALL["codings/first/H-01.yaml"].replace(
            "We hold digital", "They sell dried"
        )
    }
    study = read(tmp_path, {O: more, CO: coded, **lost})
    log = [
        (one.source, one.turn, one.what, one.coder, one.reason)
        for one in log_condensation(study, reduce_study(study))
    ]
    assert log == [
        ("H-01", 0, "not found: training-provided", "first", "lost"),
        ("H-01", 2, "uncoded", "", ""),
        ("O-01", 2, "rejected: training-rare", "first", "said of another year"),
        ("O-01", 3, "left out", "first", "small talk"),
        ("O-01", 4, "left out", "first", "small talk"),
    ]
