"""Bands at their very bounds, cautions, and sentences in both languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from empowerment_qda.agreement.cautions import find_cautions
from empowerment_qda.agreement.interpretation import (
    BOUNDS,
    CAVEAT,
    KRIPPENDORFF,
    LANDIS_KOCH,
    SCALES,
    Scale,
    find_band,
    format_figure,
    format_share,
    write_number,
)
from empowerment_qda.locale import say


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
        assert find_band(value, scale) == expected
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
    assert all(caution.say("en") != caution.say("id") for caution in cautions)


@pytest.mark.parametrize(
    ("units", "en", "id_"),
    [
        (
            0,
            "No unit was rated by two coders or more: ",
            "Tidak ada unit yang dinilai dua pengode atau lebih: ",
        ),
        (1, "Only 1 unit was rated by ", "Hanya 1 unit dinilai "),
        (2, "Only 2 units were rated by ", "Hanya 2 unit dinilai "),
    ],
)
def test_few_units_are_told_in_their_number(units: int, en: str, id_: str) -> None:
    (few,) = find_cautions(units)
    assert few.say("en").startswith(en)
    assert few.say("id").startswith(id_)


def test_resamples_are_told_in_their_number() -> None:
    told = [find_cautions(40, None, number)[0].say("en") for number in (1, 2)]
    assert told[0].startswith("1 resample had no variation and is left out")
    assert told[1].startswith("2 resamples had no variation and are left out")


@given(st.floats(-1, 1), st.one_of(st.just(0.0), st.floats(-1, 1)))
@example(0.7995, 0)
@example(0.8 - 2**-53, 0)
@example(1 - 2**-53, 0)
@example(-1e-300, 0)
@example(0.6905, 0.6907)
def test_a_printed_figure_stays_on_its_side_of_every_bound(value: float, minimum: float) -> None:
    printed = float(format_figure(value, minimum))
    assert printed == pytest.approx(value, abs=0.0005)
    for scale in SCALES.values():
        assert find_band(printed, scale) == find_band(value, scale)
    assert (printed >= minimum) == (value >= minimum)
    assert (printed == 1) == (value == 1)


def test_figures_have_three_decimals_where_no_bound_is_near() -> None:
    assert sorted(BOUNDS) == [0, 0.2, 0.4, 0.6, 0.667, 0.8, 1]
    shown = {
        0.79553: "0.796",
        0.4444: "0.444",
        1.0: "1.000",
        -0.0247: "-0.025",
        0.8004: "0.8004",
        0.0: "0.000",
    }
    assert {value: format_figure(value) for value in shown} == shown


@given(st.floats(0, 1))
def test_a_printed_share_is_as_rare_as_what_it_is_of(value: float) -> None:
    printed = float(format_share(value).removesuffix("%")) / 100
    assert [one.code for one in find_cautions(30, printed)] == [one.code for one in find_cautions(30, value)]
    assert (printed == 0) == (value == 0)


def test_numbers_in_two_languages() -> None:
    assert write_number(format_figure(-0.025), "id") == "-0,025"
    assert write_number("9.6%", "en") == "9.6%"
    assert "(9,6%)" in find_cautions(30, 0.096)[0].say("id")


def test_cautions_tell_their_number_in_both_languages() -> None:
    few, rare = find_cautions(12, 0.05)
    assert few.say("en").startswith("Only 12 units were rated by two coders or more; below 30 ")
    assert few.say("id").startswith("Hanya 12 unit dinilai dua pengode atau lebih; di bawah 30 ")
    assert (few.value, rare.value) == (12, 0.05)
    for language in ("en", "id"):
        assert "(5%)" in rare.say(language)
        assert "AC1" in rare.say(language)


def test_caveat_names_whom_it_is_from_in_both_languages() -> None:
    assert say(CAVEAT, "en") != say(CAVEAT, "id")
    for text in (say(CAVEAT, "en"), say(CAVEAT, "id")):
        assert "Braun" in text
        assert "2020" in text
