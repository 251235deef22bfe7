"""Names are found as whole words, and every place of the old text leads to the new one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.privacy.pseudonyms import Pseudonyms, kind_of

KEY = {
    "Sari": "Ani",
    "Sari Dewi": "Ani",
    "Bu": "Ibu",
    "Ja'far": "Anto",
    "José": "Joko",
    "+62 812 3456 7890": "[telephone]",
    "Nur": "Nia",
    "Siti-Nur": "Nia",
    "Siti Aminah": "Dewi Rahma",
}
NAMES = Pseudonyms(KEY)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Sari Dewi and Sari.", "Ani and Ani."),
        ("Sari\n   Dewi", "Ani"),
        ("Sari\u00a0Dewi, Sa\u200bri", "Ani, Ani"),
        ("Sarinya, Sari-lah, Sarinyalah", "Aninya, Ani-lah, Aninyalah"),
        ("Sarikaya, sari, SARI, Sarimin", "Sarikaya, sari, SARI, Sarimin"),
        ("Sari's, Sari’s; 'Sari'", "Ani's, Ani’s; 'Ani'"),
        ("Nur'aini is not Nur", "Nur'aini is not Nia"),
        ("Ja’far, Ja\u02bcfar and Ja'farnya", "Anto, Anto and Antonya"),
        (
            "Ja\u2018far, Ja`far, Ja\u00b4far; \u2018Sari\u2019, `Sari`",
            "Anto, Anto, Anto; \u2018Ani\u2019, `Ani`",
        ),
        ("Siti-Aminah-01, Siti_Aminah, Siti.Aminahnya", "Dewi-Rahma-01, Dewi_Rahma, Dewi.Rahmanya"),
        (
            "Siti. Aminah is not Siti\nAminah; +62-812-3456-7890",
            "Siti. Aminah is not Dewi Rahma; [telephone]",
        ),
        ("Bu Rina reads a Buku, Bukunya", "Ibu Rina reads a Buku, Bukunya"),
        (unicodedata.normalize("NFD", "José and Jose"), "Joko and Jose"),
        ("Jose\u0301\u0302 is somebody else", "Jose\u0301\u0302 is somebody else"),
        ("at +62 812  3456 7890!", "at [telephone]!"),
        ("at +62 812 3456 78901", "at +62 812 3456 78901"),
        ("Siti\u2011Nur, Siti-Nur", "Nia, Nia"),
        ("file_Sari_01, Sari-01, Sari1", "file_Ani_01, Ani-01, Sari1"),
    ],
)
def test_whole_words_as_written(text: str, made: str) -> None:
    assert NAMES.write(text) == made


@pytest.mark.parametrize(
    ("noted", "kept"),
    [
        ("Dewi came and then Sari", "came and then"),
        ("came with Sari", "came with"),
        ("Sari Dewi came", "Sari Dewi came"),
        ("Dewi", ""),
        ("", ""),
    ],
)
def test_a_name_that_was_cut_off_is_dropped(noted: str, kept: str) -> None:
    assert NAMES.drop_ends(noted) == kept


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("0812-3456-7890", "telephone"),
        ("(061) 456 7890", "telephone"),
        ("+62 812 3456 7890", "telephone"),
        ("1271 2345 6789 0123", "identity number"),
        ("1271234567890123", "identity number"),
        ("sari.dewi@mail.co.id", "e-mail"),
        ("BK 1234 XY", "number plate"),
        ("Jl. Mawar 3", "place"),
        ("Sari Dewi", "name"),
        ("RT 05 RW", "name"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


PIECES = st.lists(
    st.sampled_from([*KEY, "Dewi", "nya", "came", " ", "  ", ",", ".", "\n", "'", "-", "e\u0301", "\u200b", "漢字", "s", "1", "ya"]),
    max_size=20,
).map("".join)  # fmt: skip


@given(PIECES)
def test_every_place_leads_to_the_new_text(text: str) -> None:
    made = NAMES.replace(text)
    assert made.move(0) == 0
    assert made.move(len(text), end=True) == len(made.text)
    done = new_done = 0
    for one in made.edits:  # what is between names is as it was, each place of it where it should be
        assert text[done : one.start] == made.text[new_done : one.new_start]
        assert made.move(one.start) == one.new_start
        assert made.move(one.end, end=True) == one.new_end
        for inside in range(one.start + 1, one.end):
            assert (made.move(inside), made.move(inside, end=True)) == (one.new_start, one.new_end)
        done, new_done = one.end, one.new_end
    assert text[done:] == made.text[new_done:]
    assert [made.move(place) for place in range(len(text) + 1)] == sorted(
        made.move(place) for place in range(len(text) + 1)
    )


@given(PIECES)
def test_no_letter_stands_beside_what_is_replaced(text: str) -> None:
    for one in NAMES.find(text):
        before = unicodedata.normalize("NFD", text[: one.start])[-1:]
        assert not before.isalnum()
        after = unicodedata.normalize("NFD", text[one.end :])
        rest = after.lstrip("\u200b").removeprefix("-")
        assert not after[:1].isalnum() or rest.lower().startswith(
            ("nya", "ku", "mu", "lah", "kah", "tah", "pun")
        )


@given(PIECES)
def test_a_second_time_there_is_nothing_to_do(text: str) -> None:
    once = NAMES.write(text)
    names = [one.name for one in NAMES.find(once)]
    # Only words that came to stand side by side can make a name.
    assert names == [] or all(" " in name or "-" in name or len(name) < 4 for name in names)


def test_a_long_key_and_a_long_text_take_no_long_time() -> None:
    names = Pseudonyms({f"Name{number:05d}": "x" for number in range(3000)} | {"Zed": "x"})
    assert len(list(names.find("Name of Zed, and Name00001. " * 2000))) == 4000
