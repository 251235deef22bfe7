"""What ids and dates are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.files.read import read_study
from empowerment_qda.labels import label_of, say_when
from empowerment_qda.model.base import parse_when
from empowerment_qda.triangulation.flags import RECORDS, label_flag
from kit import SMALL, write_study


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("2022-08-05", "5 August 2022", "5 Agustus 2022"),
        ("2022-05", "May 2022", "Mei 2022"),
        ("2022", "2022", "2022"),
        ("2022-06-27/2022-06-30", "27–30 June 2022", "27–30 Juni 2022"),
        ("2022-06-27/2022-07-02", "27 June – 2 July 2022", "27 Juni – 2 Juli 2022"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022", "30 Desember 2021 – 2 Januari 2022"),
        ("2022-06/2022-08", "June–August 2022", "Juni–Agustus 2022"),
        ("2022-06/2022-08-02", "June 2022 – 2 August 2022", "Juni 2022 – 2 Agustus 2022"),
        ("2022-06-27/2022-06-27", "27 June 2022", "27 Juni 2022"),
    ],
)
def test_dates_as_people_write_them(text: str, english: str, indonesian: str) -> None:
    when = parse_when(text)
    assert (say_when(when, "en"), say_when(when, "id"), say_when(when, "jv")) == (
        english,
        indonesian,
        english,
    )


def test_labels_of_all_kinds(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, SMALL))
    found = [
        label_of(kind, name, study, "id")
        for kind, name in (
            ("type", "owner"), ("group", "owner"), ("method", "interview"), ("axis", "method"), ("code", "enabling"),
            ("type", "x"), ("group", "x"), ("method", "x"), ("informant", "KS"),
        )
    ]  # fmt: skip
    assert found == ["Owner", "Owners", "wawancara", "teknik", "enabling", "x", "x", "x", "KS"]
    assert label_of("method", "fgd", study, "jv") == "focus group"
    assert (
        label_flag(RECORDS["SINGLE_GROUP"].flag("agency"), study, "id")
        == "Hanya bertumpu pada satu kelompok: Agency."
    )
    assert (
        label_flag(RECORDS["SINGLE_TYPE"].flag("owner"), study, "en")
        == "It rests on one type of informant: Owner."
    )
