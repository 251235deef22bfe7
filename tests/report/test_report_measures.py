"""What a report says of saturation and of agreement between coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from empowerment_qda.agreement.compare import agree_coders
from empowerment_qda.conclusions import conclude_study
from empowerment_qda.conclusions.saturation import read_saturation
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.conclusion import Shuffles, Stratum
from empowerment_qda.report import Account, make_report
from empowerment_qda.report.index import Part
from empowerment_qda.triangulation import triangulate_study
from kit import CODED_OWNER, SMALL, write_study
from report_kit import MADE, SECOND, account, make, show

CODED = "codings/first/O-01.yaml"


def view(root: Path, given: Account, language: str = "en", changes: dict[str, str] | None = None) -> Part:
    """What a report makes of an account that is given to it."""
    study = read_study(write_study(root, SMALL | (changes or {})))
    reduction = reduce_study(study)
    results = (conclude_study(study, reduction), triangulate_study(study, reduction))
    found: Part = make_report(study, reduction, (), *results, language, MADE, given).account
    return found


# Saturation


def stratum(
    kind: Literal["all", "group", "type"], name: str, new: Sequence[int], shuffles: Shuffles | None = None
) -> Stratum:
    """A stratum of interviews that brought so many new codes each."""
    ids, reading = tuple(f"I{number}" for number in range(len(new))), read_saturation(new)
    return Stratum(kind, name, ids, ("O-01",), (), tuple(new), reading, (), shuffles)


STRATA = (
    stratum("all", "", [5, 4, 3, 2, 1, 1, 1, 1, 0], Shuffles(100, 1, 0, None, None, None)),
    stratum("group", "agency", [10, 5, 3, 2, 1, 0], Shuffles(100, 1, 60, 6.5, 6, 8)),
    stratum("group", "owner", [2, 1]),
    stratum("type", "head", [0, 0, 0, 0, 1, 0]),
    stratum("type", "owner", [0] * 6),
)


def test_saturation_is_told_of_each_group_in_a_sentence(tmp_path: Path) -> None:
    found = view(tmp_path, Account(strata=STRATA)).saturation
    assert found
    assert found.sentence == (
        "Agency: reached at interview 4 (seen after 2 more); Owners: not applicable (coded interviews: 2, needed: 6)."
    )
    assert [(row.label, row.interviews, row.runs, row.reading) for row in found.rows] == [
        ("all interviews", 9, "2 (14%), 2 (14%), 2 (14%), 1 (7%)", "not reached in 9 interviews"),
        ("Agency (group)", 6, "1 (5%)", "reached at interview 4 (seen after 2 more)"),
        ("Owners (group)", 2, "", "not applicable (coded interviews: 2, needed: 6)"),
        ("Head", 6, "", "not applicable (no code came from the data in the first 4 interviews)"),
        ("Owner", 6, "", "not applicable (no code came from the data)"),
    ]  # fmt: skip
    assert [row.orders for row in found.rows] == [
        "reached in 0 of 100", "reached in 60 of 100; median 6.5 interviews (6–8)", "", "", "",
    ]  # fmt: skip
    assert found.notes[0].startswith("After Guest, Namey & Chen (2020): reached where 2 interviews in a row")
    assert found.notes[1] == "Left out, not coded yet: O-01."
    assert "+2" not in " ".join(found.notes)


def test_saturation_in_indonesian(tmp_path: Path) -> None:
    found = view(tmp_path, Account(strata=STRATA), "id").saturation
    assert found
    assert found.sentence == (
        "Agency: tercapai pada wawancara ke-4 (terlihat setelah 2 wawancara lagi);"
        " Owners: tidak berlaku (wawancara yang dikode: 2, syarat: 6)."
    )
    assert found.rows[0].label == "semua wawancara"
    assert found.rows[1].orders == "tercapai pada 60 dari 100 urutan; median 6,5 wawancara (6–8)"


def test_without_groups_saturation_is_told_of_all(tmp_path: Path) -> None:
    found = view(tmp_path, Account(strata=(STRATA[0], STRATA[3]))).saturation
    assert found
    assert found.sentence == "all interviews: not reached in 9 interviews."


def test_groups_that_do_not_differ_are_told_at_once(tmp_path: Path) -> None:
    found = account(tmp_path).saturation
    assert found
    assert found.sentence == ("all interviews: not applicable (no code came from the data).")


def test_suggestions_of_the_machine_have_no_saturation_and_no_agreement(tmp_path: Path) -> None:
    coded = {
        path.replace("/first/", "/auto/"): text.replace("coder: first", "coder: auto")
        for path, text in SMALL.items()
        if path.startswith("codings")
    }
    files = {path: text for path, text in SMALL.items() if not path.startswith("codings")}
    report = make(tmp_path, "en", files | coded)
    assert report.account
    assert (report.account.saturation, report.account.agreement) == (None, None)
    assert report.account.contacts.rows[0].codes
    assert "Saturation and agreement" not in show(tmp_path, "en") + show(tmp_path, "en", "md")


# Agreement


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "one person's codings count (first); agreement between coders was not measured."),
        ("id", "yang dihitung hanya pengodean satu orang (first); kesepakatan antarpengode tidak diukur."),
    ],
)
def test_one_person_alone_cannot_agree(tmp_path: Path, language: str, sentence: str) -> None:
    found = account(tmp_path, language).agreement
    assert found
    assert (found.sentence, found.notes) == (sentence, ())


def test_two_persons_who_coded_the_same_source_are_compared(tmp_path: Path) -> None:
    found = account(tmp_path, "en", SECOND).agreement
    assert found
    # One answer, two codes: both gave training-provided, `first` alone training-rare.
    assert found.sentence == (
        "first and second coded 1 source in common (1 turn compared): percent agreement 0.500, kappa 0.000, alpha 0.000 (unreliable)."
    )
    assert found.notes[0].startswith("Compared answer by answer")
    assert any("Only 1 unit was" in note for note in found.notes)
    assert "Braun and Clarke" in found.notes[-1]


def test_three_persons_share_what_two_of_them_coded(tmp_path: Path) -> None:
    third = {
        "codings/third/H-01.yaml": SMALL["codings/first/H-01.yaml"]
        .replace("first", "third")
        .replace("id: E1, ", "")
    }
    found = account(tmp_path, "en", SECOND | third).agreement
    assert found
    assert found.sentence.startswith("first, second and third coded 2 sources in common (2 turns compared): ")


def test_two_persons_who_share_no_source_are_not_compared(tmp_path: Path) -> None:
    apart = {"codings/second/O-01.yaml": CODED_OWNER.replace("first", "second")}
    files = {path: text for path, text in SMALL.items() if path != CODED}
    found = make(tmp_path, "en", files | apart).account
    assert found
    assert found.agreement
    assert found.agreement.sentence == (
        "first and second coded no source in common; agreement between coders was not measured."
    )


def test_a_person_whose_codings_do_not_count_is_not_compared(tmp_path: Path) -> None:
    settings = {"qda.yaml": SMALL["qda.yaml"] + "evidence: {coders: [first, nobody]}\n"}
    found = account(tmp_path, "en", SECOND | settings).agreement
    assert found
    assert found.sentence.startswith("first and nobody coded no source in common")


@pytest.mark.parametrize(
    ("language", "values"),
    [
        ("en", "percent agreement 0.875, kappa not defined, alpha 0.807 (reliable)."),
        ("id", "kesepakatan 0,875, kappa tidak terdefinisi, alpha 0,807 (reliabel)."),
    ],
)
def test_numbers_are_written_as_the_language_does(tmp_path: Path, language: str, values: str) -> None:
    compared = agree_coders(read_study(write_study(tmp_path, SMALL | SECOND)), ["first", "second"])
    given = {"percent": 0.875, "kappa": None, "alpha": 0.807}
    overall = {name: replace(compared.overall[name], value=value) for name, value in given.items()}
    found = view(tmp_path, Account(agreement=replace(compared, overall=overall)), language).agreement
    assert found
    assert found.sentence.endswith(values)
