"""Words of a text and their places."""

from itertools import pairwise

import pytest
from hypothesis import given

from empowerment_qda.language import fold, words

from .odd_text import ODD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Teman-teman, ikut ya!", "Teman-teman|ikut|ya"),
        ("Jum’at don't owner's 'em", "Jum’at|don't|owner's|em"),
        ("Rp 15.000.000, Km 7,7. Rp15.000", "Rp|15.000.000|Km|7,7|Rp15.000"),
        ("UMKM-nya di-upload - lalu -- e-commerce-", "UMKM-nya|di-upload|lalu|e-commerce"),
        ("_tebal_ kata_kunci", "tebal|kata|kunci"),
        ("dan/atau (mesin)", "dan|atau|mesin"),
        ("Terima kasih, TERIMA  KASIH; terima kasihan", "Terima kasih|TERIMA  KASIH|terima|kasihan"),
        ("menerima\nkasih", "menerima|kasih"),
        ("kafe\u0301 pela\u00adtihan हिन्दी مَرْحَبًا 👩🏽 ok", "kafe\u0301|pela\u00adtihan|हिन्दी|مَرْحَبًا|ok"),
        ("... — !?", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert [word.text for word in words(text)] == [form for form in expected.split("|") if form]


@given(ODD)
def test_a_place_holds_its_word_and_places_are_in_order(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(fold(word.text) and any(character.isalnum() for character in word.text) for word in found)


@given(ODD)
def test_no_letter_or_digit_is_outside_the_words(text: str) -> None:
    inside = {at for word in words(text) for at in range(word.start, word.end)}
    assert {at for at, character in enumerate(text) if character.isalnum()} <= inside
