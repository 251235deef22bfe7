"""What has no value is a value with a reason: never NaN, never an exception."""

from fractions import Fraction as F
from typing import Any

import pytest

from agree_kit import presence
from empowerment_qda.agreement.bootstrap import Bootstrap
from empowerment_qda.agreement.coefficients import (
    Formula,
    Parts,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    measure,
    percent_agreement,
    pooled_kappa,
    scott_pi,
)
from empowerment_qda.agreement.krippendorff import alpha_by, krippendorff_alpha
from empowerment_qda.agreement.tables import YES_NO, Ratings, Table

PLAIN: list[Formula] = [percent_agreement]
TWO_ONLY: list[Formula] = [cohen_kappa, scott_pi]
CORRECTED = [*TWO_ONLY, fleiss_kappa, brennan_prediger, gwet_ac1, krippendorff_alpha]


@pytest.mark.parametrize("coefficient", PLAIN + CORRECTED)
@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([], "no units"),
        ([()], "no units"),
        ([(None, None)], "no units"),
        ([("a",), ("b",)], "only one coder"),
        ([("a", None), ("b", None)], "only one coder"),
        ([("a", None), (None, "b")], "no pairable units"),
    ],
)
def test_tables_that_compare_nothing(coefficient: Formula, table: Ratings, reason: str) -> None:
    result = measure(coefficient, table, Bootstrap(10))
    assert (result.value, result.reason, result.interval) == (None, reason, None)
    assert (result.units, result.dropped) == (0, len(list(table)))


@pytest.mark.parametrize("coefficient", CORRECTED)
def test_one_value_everywhere_has_no_variation(coefficient: Formula) -> None:
    table = [("a", "a")] * 20
    result = measure(coefficient, table, Bootstrap(10))
    assert (result.value, result.reason, result.units) == (None, "no variation", 20)
    assert measure(percent_agreement, table).value == 1


def test_a_yes_or_no_question_has_two_answers_even_if_one_was_never_given() -> None:
    table = [(True, True)] * 20
    assert measure(gwet_ac1, table, categories=YES_NO).value == 1
    assert measure(brennan_prediger, table, categories=YES_NO).value == 1


def test_one_coder_without_variation_is_chance_not_undefined() -> None:
    assert measure(cohen_kappa, [("a", "a"), ("a", "b")]).value == 0


@pytest.mark.parametrize("coefficient", TWO_ONLY)
def test_coefficients_of_two_coders_refuse_three(coefficient: Formula) -> None:
    result = measure(coefficient, [("a", "a", "b"), ("b", "b", "b")])
    assert (result.value, result.reason) == (None, "needs exactly two coders")


def test_distances_that_make_all_values_alike_have_no_variation() -> None:
    def same(one: Any, other: Any) -> int:
        return 0

    assert measure(alpha_by(same), [("a", "b"), ("b", "a")]).reason == "no variation"


@pytest.mark.parametrize("distance", ["jaccard", "masi"])
def test_two_coders_who_both_left_all_uncoded(distance: Any) -> None:
    empty: frozenset[str] = frozenset()
    assert measure(alpha_by(distance), [(empty, empty)] * 3).reason == "no variation"
    mixed = [(empty, empty)] * 3 + [(frozenset("a"), frozenset("a"))]
    assert measure(alpha_by(distance), mixed).value == 1


def test_ratio_of_a_negative_number_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="needs numbers of zero or more, not -1"):
        measure(alpha_by("ratio"), [(-1, 2), (3, 3)])


def test_short_units_are_units_with_missing_values() -> None:
    assert measure(percent_agreement, [("a", "a"), ("a",), ()]) == measure(
        percent_agreement, [("a", "a"), ("a", None), (None, None)]
    )


def test_pooled_kappa_weighs_chance_over_codes() -> None:
    sets = [
        tuple(map(frozenset, unit)) for unit in (("ab", "a"), ("a", "a"), ("b", "b"), ("", "a"), ("", ""))
    ]
    kappas = [measure(cohen_kappa, presence(sets, code)) for code in ("a", "b")]
    assert [(k.observed, k.expected) for k in kappas] == [(F(4, 5), F(12, 25)), (F(4, 5), F(14, 25))]
    pooled = pooled_kappa(kappas)
    assert pooled.value == pytest.approx((0.8 - 0.52) / (1 - 0.52))
    assert (pooled.observed, pooled.expected, pooled.units) == (F(4, 5), F(13, 25), 5)


def test_pooled_kappa_is_exact_where_it_meets_a_bound() -> None:
    """Kappas of .7 and .9 over chances of 1/2: .8, which sums of rounded numbers miss by a hair, and a gate with it."""
    tables = [
        {(True, True): a, (True, False): b, (False, True): c, (False, False): d}
        for a, b, c, d in ((7, 0, 3, 10), (9, 0, 1, 10))
    ]
    assert pooled_kappa([measure(cohen_kappa, one) for one in tables]).value == 0.8


def test_pooled_kappa_is_not_moved_by_a_code_nobody_used() -> None:
    used, unused = measure(cohen_kappa, [(1, 1), (1, 0), (0, 0)]), measure(cohen_kappa, [(0, 0)] * 3)
    assert unused.value is None
    assert pooled_kappa([used, unused]).value == pytest.approx(used.value)
    assert pooled_kappa([unused]).reason == "no variation"
    assert pooled_kappa([]).reason == "no units"
    assert pooled_kappa([measure(cohen_kappa, [])]).reason == "no units"


def test_presence_reads_sets_and_single_values_and_keeps_what_is_missing() -> None:
    sets = [(frozenset("ab"), None), (frozenset(), frozenset("a"))]
    assert presence(sets, "a") == {(True, None): 1, (False, True): 1}
    assert presence({("a", "b"): 3, ("c", "c"): 2}, "a") == {(True, False): 3, (False, False): 2}
    assert presence([("ab", "a")], "a") == {(False, True): 1}  # a code is not part of a longer code


def test_a_formula_that_rounds_is_refused() -> None:
    """2 * .8 - 1 is .6000000000000001 in floats, and would be printed so."""

    def rounded(table: Table, times: Any) -> Parts:
        return Parts(percent_agreement(table, times).observed, 0.5)

    with pytest.raises(TypeError, match="rounded gives floats where whole numbers stand"):
        measure(rounded, [("a", "a"), ("a", "b")])
