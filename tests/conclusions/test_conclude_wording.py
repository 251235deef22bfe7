"""Claims that say more than their passages: words for all cases, and words for causes."""

from __future__ import annotations

from typing import Any

import pytest

from conclude_kit import build, conclude, item, only, told
from empowerment_qda.conclusions.finding_tactics import find_causal_words, find_universal_words

UNIVERSAL = [
    ("All owners were trained.", ["all"]),
    ("Semua pengusaha ikut.", ["semua"]),
    ("SEMUANYA ikut.", ["semuanya"]),
    ("Dinas tidak pernah datang dan selalu menunggu.", ["tidak pernah", "selalu"]),
    ("Dinas tidak  pernah\ndatang.", ["tidak pernah"]),
    ("The agency never came; everyone waited.", ["never", "everyone"]),
    ("Setiap kelurahan dan seluruh kecamatan.", ["setiap", "seluruh"]),
    ("No one was asked, and nobody knew.", ["no one", "nobody"]),
    ("Not all owners can join.", []),
    ("Tidak semua pengusaha dapat ikut.", []),
    ("Belum semua ikut, bukan semuanya.", []),
    ("Programnya tidak menjangkau semua kelurahan.", []),
    ("It doesn't reach every ward.", []),
    ("Trainers aren’t always there.", []),
    ("Tidak datang, semua pulang.", ["semua"]),
    ("There is no follow-up at all.", []),
    ("Overall, allowances fall; a smallest share.", []),
    ("Pemersemua, semua-mua", []),
    ("", []),
]
CAUSAL = [
    ("Idle because training stopped.", ["because"]),
    ("Akun tidak aktif karena tidak ada kelanjutan.", ["karena"]),
    ("Tidak ada SOP sehingga partisipasi timpang.", ["sehingga"]),
    ("Alat lama menyebabkan produksi lambat; akibatnya mutu kurang.", ["menyebabkan", "akibatnya"]),
    ("The tools are old, so work is slow.", ["so"]),
    ("The tools are old. So work is slow.", ["so"]),
    ("So far, so many, and so on.", []),
    ("They came, so that they could learn.", []),
    ("It is so slow.", []),
    ("Therefore it fails.", ["therefore"]),
    ("This leads to delay due to distance.", ["leads to", "due to"]),
    ("Not because of time.", []),
    ("Bukan karena waktu.", []),
    ("A just cause is a cause.", ["cause"]),
    ("Causeways and becauses.", []),
    ("Toko sepi makanya tutup.", ["makanya"]),
]


@pytest.mark.parametrize(("text", "words"), UNIVERSAL)
def test_words_for_all_cases(text: str, words: list[str]) -> None:
    assert find_universal_words(text) == words


@pytest.mark.parametrize(("text", "words"), CAUSAL)
def test_words_for_causes(text: str, words: list[str]) -> None:
    assert find_causal_words(text) == words


ITEMS = {
    "o1": item("a-sup1", "O1"),
    "o2": item("a-sup1", "O2", text="It stopped because nobody came."),
    "o3": item("a-lim1", "O3"),
    "o4": item("a-sup1", "O4"),
    "u1": item("a-sup1", "U1"),
    "u2": item("a-sup1", "U2"),
}


def wording(statement: Any, cited: list[str], **more: Any) -> list[tuple[str, str]]:
    finding = {"statement": statement, "supported_by": cited, **more}
    return told(conclude(build(ITEMS, [finding])).findings[0].tactics, "wording")


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ([], [("fails", "universal_words")]),
        (["o1", "o3"], [("doubtful", "universal_words")]),
        (["o1", "u1", "u2"], [("doubtful", "universal_words")]),
        (["o1", "o3", "o4"], []),
    ],
)
def test_all_cases_need_three_informants(cited: list[str], expected: list[tuple[str, str]]) -> None:
    assert wording("All owners gain.", cited) == expected


def test_every_language_of_the_statement_is_read() -> None:
    statement = {
        "en": "Owners gain, because they always learn.",
        "id": "Pemilik selalu untung karena belajar.",
    }
    study = build(ITEMS, [{"statement": statement, "supported_by": ["o1"]}])
    tactics = conclude(study).findings[0].tactics
    assert dict(only(tactics, "universal_words").values)["words"] == "always, selalu"
    assert dict(only(tactics, "cause_one_code").values)["words"] == "because, karena"


CAUSES = [
    ([], {}, ("fails", "cause_unsupported")),
    (["o1", "o4"], {}, ("doubtful", "cause_one_code")),
    (["o1", "o3"], {}, ("doubtful", "cause_two_codes")),
    (["o1", "o2", "o3"], {}, ("doubtful", "cause_look")),
    (["o1", "o2"], {"cause_in": ["o2"]}, ("holds", "cause_named")),
    ([], {"cause_in": ["o2"]}, ("fails", "cause_unsupported")),
    (["o1"], {"cause_in": ["a-lim2"]}, ("doubtful", "cause_one_code")),
]


@pytest.mark.parametrize(("cited", "more", "expected"), CAUSES)
def test_a_cause_needs_a_passage_that_a_person_has_named(
    cited: list[str], more: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert wording("It stopped because of time.", cited, **more) == [expected]


def test_the_passage_with_a_causal_word_is_the_place_to_look() -> None:
    study = build(ITEMS, [{"statement": "It is idle because of time.", "supported_by": ["o1", "o2"]}])
    assert only(conclude(study).findings[0].tactics, "cause_look").refs == ("S-o2#1",)


def test_a_draft_waits_for_a_person() -> None:
    assert wording("Tools are given.", ["o1"], draft="yes") == [("not_done", "draft_statement")]
    assert wording("Tools are given.", ["o1"]) == []
