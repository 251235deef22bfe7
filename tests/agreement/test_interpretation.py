"""Bands at their very bounds, cautions, and sentences in both languages."""

import pytest

from empowerment_qda.agreement import (
    CAVEAT,
    KRIPPENDORFF,
    LANDIS_KOCH,
    SCALES,
    Scale,
    find_band,
    find_cautions,
)


@pytest.mark.parametrize(
    ("value", "krippendorff", "landis_koch"),
    [
        (1.0, "reliable", "almost perfect"),
        (0.81, "reliable", "almost perfect"),
        (0.8, "reliable", "substantial"),
        (0.7999, "tentative", "substantial"),
        (0.667, "tentative", "substantial"),
        (0.6669, "unreliable", "substantial"),
        (0.6, "unreliable", "moderate"),
        (0.41, "unreliable", "moderate"),
        (0.4, "unreliable", "fair"),
        (0.2, "unreliable", "slight"),
        (0.0, "unreliable", "slight"),
        (-0.01, "unreliable", "poor"),
        (-1.0, "unreliable", "poor"),
    ],
)
def test_bands(value: float, krippendorff: str, landis_koch: str) -> None:
    for scale, expected in ((KRIPPENDORFF, krippendorff), (LANDIS_KOCH, landis_koch)):
        label = find_band(value, scale)
        assert label is not None
        assert label["en"] == expected
        assert label["id"]
    assert find_band(value) == find_band(value, KRIPPENDORFF)


def test_undefined_coefficient_has_no_band() -> None:
    assert find_band(None) is None
    assert find_band(None, LANDIS_KOCH) is None


def test_scales_are_found_by_name() -> None:
    scales: dict[str, Scale] = {"krippendorff": KRIPPENDORFF, "landis-koch": LANDIS_KOCH}
    assert scales == SCALES


@pytest.mark.parametrize(
    ("units", "prevalence", "undefined", "codes"),
    [
        (30, 0.1, 0, []),
        (30, 0.9, 0, []),
        (30, None, 0, []),
        (29, 0.5, 0, ["few-units"]),
        (30, 0.09, 0, ["rare"]),
        (30, 0.91, 0, ["nearly-universal"]),
        (5, 0.0, 3, ["few-units", "rare", "undefined-resamples"]),
    ],
)
def test_cautions(units: int, prevalence: float | None, undefined: int, codes: list[str]) -> None:
    cautions = find_cautions(units, prevalence, undefined)
    assert [caution.code for caution in cautions] == codes
    assert all(set(caution.texts) == {"en", "id"} for caution in cautions)


def test_cautions_tell_their_number_in_both_languages() -> None:
    few, rare = find_cautions(12, 0.05)
    assert few.texts["en"].startswith("Only 12 units were rated by two coders or more; below 30 ")
    assert few.texts["id"].startswith("Hanya 12 unit dinilai dua pengode atau lebih; di bawah 30 ")
    assert (few.value, rare.value) == (12, 0.05)
    for language in ("en", "id"):
        assert "(5%)" in rare.texts[language]
        assert "AC1" in rare.texts[language]


def test_caveat_names_whom_it_is_from_in_both_languages() -> None:
    assert set(CAVEAT) == {"en", "id"}
    for text in CAVEAT.values():
        assert "Braun" in text
        assert "2020" in text
