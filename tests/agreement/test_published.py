"""Worked examples with published values. Numbers without a page are what established packages answer."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agree_kit import presence
from empowerment_qda.agreement.coefficients import (
    Formula,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    f1,
    fleiss_kappa,
    gwet_ac1,
    jaccard,
    measure,
    percent_agreement,
    scott_pi,
)
from empowerment_qda.agreement.krippendorff import alpha_by, krippendorff_alpha, unitizing_alpha
from empowerment_qda.agreement.tables import YES_NO, Ratings

FILE = Path(__file__).parents[1] / "samples" / "agreement-examples.json"

COEFFICIENTS: dict[str, Formula] = {
    "percent_agreement": percent_agreement,
    "cohen_kappa": cohen_kappa,
    "conger_kappa": conger_kappa,
    "scott_pi": scott_pi,
    "fleiss_kappa": fleiss_kappa,
    "brennan_prediger": brennan_prediger,
    "bennett_s": brennan_prediger,
    "gwet_ac1": gwet_ac1,
    "krippendorff_alpha_nominal": krippendorff_alpha,
    "krippendorff_alpha_ordinal": alpha_by("ordinal"),
    "krippendorff_alpha_interval": alpha_by("interval"),
    "krippendorff_alpha_ratio": alpha_by("ratio"),
}


class Example(NamedTuple):
    """A table and its values: as published, and as computed by packages to six decimals."""

    name: str
    ratings: Ratings
    published: dict[str, float]
    computed: dict[str, float]


def square(categories: list[str], *rows: list[int]) -> Counter[tuple[str, str]]:
    """A contingency table of two coders."""
    cells = zip(categories, rows, strict=True)
    return Counter({(one, two): n for one, row in cells for two, n in zip(categories, row, strict=True)})


def by_unit(categories: list[str], *rows: list[int]) -> list[tuple[str, ...]]:
    """Units of which only the number of coders per category is known."""
    return [tuple(c for c, n in zip(categories, row, strict=True) for _ in range(n)) for row in rows]


FOUR_CODERS = [
    tuple(None if value == "_" else int(value) for value in unit)
    for unit in zip("123321412___", "1233224125_3", "_3332342251_", "12332441251_", strict=True)
]

DIAGNOSES = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)

FLEISS_1971 = by_unit(list("DPSNO"), *(list(map(int, unit)) for unit in DIAGNOSES.split()))

FOURTEEN_CODERS = by_unit(
    list("12345"),
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
)

EXAMPLES = [
    Example(  # Krippendorff (2011) Computing Krippendorff's Alpha-Reliability, section A
        "krippendorff-2011-A",
        list(zip("0100000010", "1110010000", strict=True)),
        {"krippendorff_alpha_nominal": 0.095, "percent_agreement": 0.6},
        {
            "percent_agreement": 0.6,
            "cohen_kappa": 0.090909,
            "scott_pi": 0.047619,
            "fleiss_kappa": 0.047619,
            "brennan_prediger": 0.2,
            "gwet_ac1": 0.310345,
            "krippendorff_alpha_nominal": 0.095238,
        },
    ),
    Example(  # section B
        "krippendorff-2011-B",
        list(zip("aabbdcccedda", "babbbccceddd", strict=True)),
        {"krippendorff_alpha_nominal": 0.692},
        {
            "percent_agreement": 0.75,
            "cohen_kappa": 0.684211,
            "scott_pi": 0.678571,
            "fleiss_kappa": 0.678571,
            "brennan_prediger": 0.6875,
            "gwet_ac1": 0.689655,
            "krippendorff_alpha_nominal": 0.691964,
        },
    ),
    Example(  # sections C and D: missing values; one unit has a single rating
        "krippendorff-2011-C",
        FOUR_CODERS,
        {
            "krippendorff_alpha_nominal": 0.743,
            "krippendorff_alpha_ordinal": 0.815,
            "krippendorff_alpha_interval": 0.849,
            "krippendorff_alpha_ratio": 0.797,
        },
        {
            "percent_agreement": 0.818182,
            "fleiss_kappa": 0.761169,
            "brennan_prediger": 0.772727,
            "gwet_ac1": 0.775444,
            "krippendorff_alpha_nominal": 0.743421,
            "krippendorff_alpha_ordinal": 0.815388,
            "krippendorff_alpha_interval": 0.849107,
            "krippendorff_alpha_ratio": 0.797403,
        },
    ),
    Example(  # Cohen (1960) p. 45
        "cohen-1960",
        square(list("123"), [88, 14, 18], [10, 40, 10], [2, 6, 12]),
        {"percent_agreement": 0.7, "cohen_kappa": 0.492},
        {
            "percent_agreement": 0.7,
            "cohen_kappa": 0.491525,
            "scott_pi": 0.487179,
            "fleiss_kappa": 0.487179,
            "brennan_prediger": 0.55,
            "gwet_ac1": 0.575972,
            "krippendorff_alpha_nominal": 0.488462,
        },
    ),
    Example(  # Artstein & Poesio (2008) Tables 2 and 3
        "artstein-poesio-2008",
        square(["stat", "ireq"], [20, 20], [10, 50]),
        {"percent_agreement": 0.7, "bennett_s": 0.4, "scott_pi": 0.341, "cohen_kappa": 0.348},
        {
            "percent_agreement": 0.7,
            "cohen_kappa": 0.347826,
            "scott_pi": 0.340659,
            "fleiss_kappa": 0.340659,
            "brennan_prediger": 0.4,
            "gwet_ac1": 0.449541,
            "krippendorff_alpha_nominal": 0.343956,
        },
    ),
    Example(  # the example file of NLTK
        "artstein-poesio-nltk",
        square(["stat", "ireq", "chck"], [46, 6, 0], [0, 32, 0], [0, 6, 10]),
        {"percent_agreement": 0.88, "scott_pi": 0.79953, "bennett_s": 0.82},
        {
            "percent_agreement": 0.88,
            "cohen_kappa": 0.801325,
            "scott_pi": 0.799532,
            "fleiss_kappa": 0.799532,
            "brennan_prediger": 0.82,
            "gwet_ac1": 0.828743,
            "krippendorff_alpha_nominal": 0.800535,
        },
    ),
    Example(  # Feinstein & Cicchetti (1990)
        "feinstein-cicchetti-balanced",
        square(list("+-"), [40, 9], [6, 45]),
        {"percent_agreement": 0.85, "cohen_kappa": 0.7},
        {
            "percent_agreement": 0.85,
            "cohen_kappa": 0.699519,
            "scott_pi": 0.699248,
            "fleiss_kappa": 0.699248,
            "brennan_prediger": 0.7,
            "gwet_ac1": 0.700748,
            "krippendorff_alpha_nominal": 0.700752,
        },
    ),
    Example(
        "feinstein-cicchetti-skewed",
        square(list("+-"), [80, 10], [5, 5]),
        {"percent_agreement": 0.85, "cohen_kappa": 0.32},
        {
            "percent_agreement": 0.85,
            "cohen_kappa": 0.318182,
            "scott_pi": 0.314286,
            "fleiss_kappa": 0.314286,
            "brennan_prediger": 0.7,
            "gwet_ac1": 0.808,
            "krippendorff_alpha_nominal": 0.317714,
        },
    ),
    Example(  # Gwet (2002) Kappa statistic is not satisfactory
        "gwet-2002",
        square(list("+-"), [118, 5], [2, 0]),
        {"percent_agreement": 0.944, "cohen_kappa": -0.0234, "gwet_ac1": 0.9408},
        {
            "percent_agreement": 0.944,
            "cohen_kappa": -0.023392,
            "scott_pi": -0.028807,
            "fleiss_kappa": -0.028807,
            "brennan_prediger": 0.888,
            "gwet_ac1": 0.940776,
            "krippendorff_alpha_nominal": -0.024691,
        },
    ),
    Example(  # Fleiss (1971) p. 379
        "fleiss-1971",
        FLEISS_1971,
        {"fleiss_kappa": 0.43, "percent_agreement": 0.5556},
        {
            "percent_agreement": 0.555556,
            "fleiss_kappa": 0.430245,
            "brennan_prediger": 0.444444,
            "gwet_ac1": 0.447885,
            "krippendorff_alpha_nominal": 0.43341,
        },
    ),
    Example(  # the worked example of Wikipedia's page on Fleiss' kappa
        "fleiss-fourteen-coders",
        FOURTEEN_CODERS,
        {"fleiss_kappa": 0.21},
        {
            "percent_agreement": 0.378022,
            "fleiss_kappa": 0.209931,
            "brennan_prediger": 0.222527,
            "gwet_ac1": 0.225614,
            "krippendorff_alpha_nominal": 0.215574,
        },
    ),
]


def comes_out(value: float | None, printed: float) -> bool:
    """Whether a value is the printed one to the last digit printed, trailing zeros aside."""
    digits = -int(Decimal(str(printed)).as_tuple().exponent)
    return value is not None and round(value, digits) == printed


def differences(example: Example) -> Iterator[str]:
    """What does not come out to the last digit."""
    for name, expected in (*example.published.items(), *example.computed.items()):
        value = measure(COEFFICIENTS[name], example.ratings).value
        if not comes_out(value, expected):
            yield f"{example.name}: {name} is {value}, not {expected}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_published_values_come_out(example: Example) -> None:
    assert list(differences(example)) == []


def test_unit_with_one_rating_is_dropped_and_counted() -> None:
    alpha = measure(krippendorff_alpha, FOUR_CODERS)
    assert (alpha.units, alpha.dropped) == (11, 1)


@pytest.mark.parametrize(
    ("diagnosis", "exact", "printed"),
    [("D", 0.245, 0.248), ("P", 0.245, 0.248), ("S", 0.520, 0.517), ("N", 0.471, 0.470), ("O", 0.566, 0.565)],
)
def test_fleiss_kappa_of_one_category_against_the_rest(diagnosis: str, exact: float, printed: float) -> None:
    """Fleiss (1971) prints values that went through rounded steps; the exact ones are those of R's irr."""
    kappa = measure(fleiss_kappa, presence(FLEISS_1971, diagnosis))
    assert kappa.value == pytest.approx(exact, abs=0.0005)
    assert kappa.value == pytest.approx(printed, abs=0.0035)


def spans_of(coders: list[list[tuple[int, int]]], start: int) -> list[list[tuple[int, int]]]:
    """Starts and lengths as spans that count from the start of the continuum."""
    return [[(at - start, at - start + size) for at, size in own] for own in coders]


def test_unitizing_alpha_of_2004() -> None:
    # Krippendorff (2004) p. 254: a continuum of 300 from 150, two coders, two codes
    c = spans_of([[(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]], 150)
    k = spans_of([[(180, 60), (300, 50)], [(180, 60), (300, 50)]], 150)
    of_c, of_k, overall = (unitizing_alpha(codes, 300) for codes in ([c], [k], [c, k]))
    assert of_c.value == pytest.approx(0.728599, abs=1e-6)
    assert (of_c.observed, of_c.expected) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert (of_k.value, of_k.expected) == pytest.approx((1.0, 0.0490), abs=5e-5)
    assert overall.value == pytest.approx(0.858665, abs=1e-6)
    assert round(1 - 0.0144 / (0.0532 + 0.0490), 4) == 0.8591  # printed from rounded disagreements
    assert overall.units == 9


@pytest.mark.parametrize(
    ("one", "other", "expected_masi", "expected_jaccard"),
    [
        ("ab", "abcd", Fraction(2, 3), Fraction(1, 2)),
        ("a", "a", 0, 0),
        ("ab", "bc", Fraction(8, 9), Fraction(2, 3)),
        ("a", "b", 1, 1),
        ("", "", 0, 0),
        ("", "a", 1, 1),
    ],
)
def test_distances_of_sets(one: str, other: str, expected_masi: Fraction, expected_jaccard: Fraction) -> None:
    for first, second in ((one, other), (other, one)):
        assert apart("masi", first, second) == expected_masi
        assert apart("jaccard", first, second) == expected_jaccard


def apart(name: Any, one: Iterable[str], other: Iterable[str]) -> Fraction | None:
    """How far two sets are apart: the disagreement of a table that has them alone."""
    return measure(alpha_by(name), [(frozenset(one), frozenset(other))]).observed


def test_file_of_examples_comes_out() -> None:
    cases = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    wrong = [line for case in cases for line in CHECKS[case["kind"]](case)]
    assert wrong == []
    assert {case["kind"] for case in cases} == set(CHECKS)


def check_table(case: dict[str, Any]) -> Iterator[str]:
    """Coefficients of a ratings table in any of the three forms of the file."""
    data = case["data"]
    if case["kind"] == "raters_by_units":
        ratings: Ratings = list(zip(*data["raters"].values(), strict=True))
    elif case["kind"] == "contingency_table":
        ratings = square(data["categories"], *data["table"])
    else:
        ratings = by_unit(data["categories"], *data["counts"])
    yield from differences(Example(case["id"], ratings, case["published"], case["computed"]))


def check_characters(case: dict[str, Any]) -> Iterator[str]:
    """Overlap of coded characters, from their numbers."""
    data = case["data"]
    table = {(True, True): data["both"], (True, False): data["only_one"], (False, False): data["neither"]}
    values = tuple(measure(one, table, categories=YES_NO).value for one in (percent_agreement, jaccard, f1))
    expected = [case["published"]["percent_agreement"]]
    expected += [case["computed"][f"{name}_coded_characters"] for name in ("jaccard", "dice")]
    if values != pytest.approx(tuple(expected)):
        yield f"{case['id']}: {values}, not {expected}"


def check_units(case: dict[str, Any]) -> Iterator[str]:
    """Krippendorff's alpha for units."""
    data = case["data"]
    codes: dict[str, list[list[tuple[int, int]]]] = {}
    for unit in data["units"]:
        coders = codes.setdefault(unit["code"], [[] for _ in range(data["coders"])])
        coders[unit["coder"]].append((unit["start"], unit["length"]))
    cut = {code: spans_of(coders, data["continuum_start"]) for code, coders in codes.items()}
    length = data["continuum_length"]
    found: dict[str, Any] = {}
    for code, spans in cut.items():
        alpha = unitizing_alpha([spans], length)
        found[f"alpha_u_{code}"] = alpha.value
        found |= {f"observed_{code}": alpha.observed, f"expected_{code}": alpha.expected}
    # The book divides disagreements that it has rounded: unrounded, the alpha of all is .8587.
    rounded = {
        part: sum(round(float(found[f"{part}_{code}"]), 4) for code in cut)
        for part in ("observed", "expected")
    }
    found["alpha_u_overall"] = 1 - rounded["observed"] / rounded["expected"]
    if not comes_out(unitizing_alpha(cut.values(), length).value, 0.8587):
        yield f"{case['id']}: the alpha of all codes is not .8587"
    for name, value in case["published"].items():
        if not comes_out(float(found[name]), value):
            yield f"{case['id']}: {name} is {found[name]}, not {value}"


def check_sets(case: dict[str, Any]) -> Iterator[str]:
    """Distances of pairs of sets."""
    for name, expected in {**case["published"], **case["computed"]}.items():
        distance, pair = name.split("_")
        one, other = (frozenset(members) for members in case["data"]["pairs"][int(pair)])
        value = apart(distance, one, other)
        assert value is not None
        if float(value) != pytest.approx(expected, abs=1e-6):
            yield f"{case['id']}: {name} is {value}, not {expected}"


CHECKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "raters_by_units": check_table,
    "contingency_table": check_table,
    "counts_units_by_category": check_table,
    "character_spans": check_characters,
    "unitized_spans": check_units,
    "set_pairs": check_sets,
}
