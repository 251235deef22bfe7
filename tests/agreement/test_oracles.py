"""Random tables against scikit-learn, statsmodels, NLTK and the definitions written out pair by pair."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics import binary_distance, jaccard_distance, masi_distance  # type: ignore[import-untyped]
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]
from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]
from statsmodels.stats import inter_rater  # type: ignore[import-untyped]

from agree_kit import jaccard, masi
from empowerment_qda.agreement.coefficients import (
    Coefficient,
    Formula,
    bias_index,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    measure,
    measure_each,
    percent_agreement,
    prevalence_index,
    scott_pi,
    suits,
)
from empowerment_qda.agreement.krippendorff import (
    DistanceName,
    alpha_by,
    krippendorff_alpha,
    ratio,
)
from empowerment_qda.agreement.tables import YES_NO, make_table

VALUES = "abcd"
TWO_CODERS = st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=2, max_size=40)
THREE_CODERS = st.lists(st.tuples(*[st.sampled_from(VALUES)] * 3), min_size=2, max_size=30)
SETS = st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=4)
SETS_OF_TWO = st.lists(st.tuples(SETS, SETS), min_size=2, max_size=20)
WITH_GAPS = st.lists(st.tuples(*[st.sampled_from([None, 0, 1, 2, 5])] * 4), min_size=1, max_size=20)

ALL: list[Formula] = [
    percent_agreement,
    cohen_kappa,
    conger_kappa,
    scott_pi,
    fleiss_kappa,
    brennan_prediger,
    gwet_ac1,
    krippendorff_alpha,
]


def value_of(coefficient: Coefficient) -> float:
    """The value, or give up this example: what packages answer without variation differs and is no guide."""
    assume(coefficient.value is not None)
    assert coefficient.value is not None
    return coefficient.value


def nltk_task(
    table: Sequence[Sequence[Hashable]], distance: Callable[[Any, Any], float] = binary_distance
) -> AnnotationTask:
    """A table as NLTK wants it: coder, unit, value."""
    triples = [(c, u, v) for u, unit in enumerate(table) for c, v in enumerate(unit) if v is not None]
    return AnnotationTask(triples, distance)


@settings(deadline=None)
@given(TWO_CODERS)
def test_cohen_kappa_is_that_of_scikit_learn(table: list[tuple[str, str]]) -> None:
    value = value_of(measure(cohen_kappa, table))
    assert value == pytest.approx(cohen_kappa_score(*zip(*table, strict=True)), abs=1e-9)


@settings(deadline=None)
@given(TWO_CODERS)
def test_cohen_kappa_is_that_of_statsmodels(table: list[tuple[str, str]]) -> None:
    value = value_of(measure(cohen_kappa, table))
    square = [[Counter(table)[one, two] for two in VALUES] for one in VALUES]
    assert value == pytest.approx(inter_rater.cohens_kappa(square, return_results=False), abs=1e-9)


@settings(deadline=None)
@given(THREE_CODERS)
def test_fleiss_and_brennan_prediger_are_those_of_statsmodels(table: list[tuple[str, ...]]) -> None:
    counts = [[unit.count(value) for value in VALUES] for unit in table]
    value = value_of(measure(fleiss_kappa, table))
    assert value == pytest.approx(inter_rater.fleiss_kappa(counts, method="fleiss"), abs=1e-9)
    free = measure(brennan_prediger, table, categories=VALUES).value
    assert free == pytest.approx(inter_rater.fleiss_kappa(counts, method="randolph"), abs=1e-9)


@settings(deadline=None)
@given(THREE_CODERS)
def test_conger_is_the_multi_kappa_of_nltk(table: list[tuple[str, ...]]) -> None:
    """Davies & Fleiss (1982): agreement and chance averaged over the pairs of coders; of two coders it is Cohen's."""
    value = value_of(measure(conger_kappa, table))
    assert value == pytest.approx(nltk_task(table).multi_kappa(), abs=1e-9)
    two = [unit[:2] for unit in table]
    assert measure(conger_kappa, two).value == measure(cohen_kappa, two).value


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([None, *VALUES])] * 3), max_size=25))
def test_conger_with_missing_values_is_its_definition(table: list[tuple[str | None, ...]]) -> None:
    """Gwet (2014): chance from the mean shares of all coders and how far these differ from coder to coder."""
    value = value_of(measure(conger_kappa, table))
    columns = [[one for one in column if one is not None] for column in zip(*table, strict=True)]
    columns = [column for column in columns if column]
    number = len(columns)
    chance: Fraction | float = Fraction(0)
    for one in VALUES:
        shares = [Fraction(column.count(one), len(column)) for column in columns]
        mean = sum(shares) / number
        chance += mean**2 - sum((share - mean) ** 2 for share in shares) / (number * (number - 1))
    observed = measure(percent_agreement, table).value
    assert observed is not None
    assert value == pytest.approx(float((Fraction(observed) - chance) / (1 - chance)), abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_kappa_follows_from_pabak_and_its_two_indices(table: list[tuple[bool, bool]]) -> None:
    """Byrt, Bishop & Carlin (1993): kappa = (PABAK - PI^2 + BI^2) / (1 - PI^2 + BI^2)."""
    kappa = value_of(measure(cohen_kappa, table))
    pabak = measure(brennan_prediger, table, categories=(True, False)).value
    prevalence, bias = (
        measure(one, table, categories=YES_NO).value for one in (prevalence_index, bias_index)
    )
    assert pabak is not None
    assert prevalence is not None
    assert bias is not None
    assert pabak == pytest.approx(2 * sum(one == two for one, two in table) / len(table) - 1)
    assert kappa == pytest.approx((pabak - prevalence**2 + bias**2) / (1 - prevalence**2 + bias**2))


@settings(deadline=None)
@given(TWO_CODERS)
def test_two_coders_are_as_in_nltk(table: list[tuple[str, str]]) -> None:
    value, task = value_of(measure(scott_pi, table)), nltk_task(table)
    assert value == pytest.approx(task.pi(), abs=1e-9)
    assert measure(percent_agreement, table).value == pytest.approx(task.avg_Ao(), abs=1e-9)
    assert measure(brennan_prediger, table).value == pytest.approx(task.S(), abs=1e-9)
    assert measure(krippendorff_alpha, table).value == pytest.approx(task.alpha(), abs=1e-9)


@settings(deadline=None)
@given(SETS_OF_TWO)
def test_alpha_over_sets_is_that_of_nltk(table: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    value = value_of(measure(alpha_by("jaccard"), table))
    assert value == pytest.approx(nltk_task(table, jaccard_distance).alpha(), abs=1e-9)
    value = value_of(measure(alpha_by("masi"), table))
    assert value == pytest.approx(nltk_task(table, masi_distance).alpha(), abs=1e-9)
    assert value == pytest.approx(measure(alpha_by(masi_distance), table).value)


def alpha_pair_by_pair(table: Sequence[Sequence[Any]], distance: Callable[[Any, Any], Any]) -> float | None:
    """Krippendorff's alpha straight from its definition, over every ordered pair of ratings."""
    units = [[value for value in unit if value is not None] for unit in table]
    units = [unit for unit in units if len(unit) > 1]
    pool = [value for unit in units for value in unit]
    within = sum(
        (Fraction(distance(c, k)) / (len(unit) - 1) for unit in units for c, k in permutations(unit, 2)),
        Fraction(),
    )
    across = sum((Fraction(distance(c, k)) for c, k in permutations(pool, 2)), Fraction())
    return float(1 - within * (len(pool) - 1) / across) if across else None


@settings(deadline=None)
@given(WITH_GAPS)
def test_alpha_with_missing_values_is_its_definition(table: list[tuple[int | None, ...]]) -> None:
    distances: dict[Any, Callable[[Any, Any], Any]] = {
        "nominal": lambda one, other: int(one != other),
        "interval": lambda one, other: (one - other) ** 2,
        "ratio": ratio,
    }
    for name, distance in distances.items():
        assert measure(alpha_by(name), table).value == alpha_pair_by_pair(table, distance)


@settings(deadline=None)
@given(WITH_GAPS)
def test_ordinal_alpha_is_its_definition(table: list[tuple[int | None, ...]]) -> None:
    pairable = [unit for unit in table if len(unit) - unit.count(None) > 1]
    used = Counter(value for unit in pairable for value in unit if value is not None)

    def ordinal(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(n for value, n in used.items() if low <= value <= high)
        return (between - Fraction(used[low] + used[high], 2)) ** 2 if low != high else Fraction(0)

    assert measure(alpha_by("ordinal"), table).value == alpha_pair_by_pair(table, ordinal)


@settings(deadline=None)
@given(SETS_OF_TWO, st.sampled_from([jaccard, masi]))
def test_alpha_over_sets_is_its_definition(table: Any, distance: Any) -> None:
    table = [*table, (frozenset(), frozenset("a")), (frozenset(), frozenset())]
    assert measure(alpha_by(distance), table).value == alpha_pair_by_pair(table, distance)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([None, *VALUES])] * 3), max_size=25))
def test_ac1_and_fleiss_with_missing_values_are_their_definitions(
    table: list[tuple[str | None, ...]],
) -> None:
    """Gwet (2014): each unit's own shares, averaged; agreement over the units rated twice or more."""
    value = value_of(measure(gwet_ac1, table, categories=VALUES))
    units = [[rating for rating in unit if rating is not None] for unit in table]
    units = [unit for unit in units if unit]
    paired = [list(permutations(unit, 2)) for unit in units if len(unit) > 1]
    observed = sum(Fraction(sum(c == k for c, k in pairs), len(pairs)) for pairs in paired) / Fraction(
        len(paired)
    )
    shares = [
        sum(Fraction(unit.count(v), len(unit)) for unit in units) / Fraction(len(units)) for v in VALUES
    ]
    chance = sum(share * (1 - share) for share in shares) / (len(VALUES) - 1)
    assert value == float((observed - chance) / (1 - chance))
    chance = sum((share**2 for share in shares), Fraction(0))
    fleiss = float((observed - chance) / (1 - chance)) if chance != 1 else None
    assert measure(fleiss_kappa, table).value == fleiss


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([None, *VALUES])] * 2), max_size=25), st.randoms())
def test_order_names_and_counting_change_nothing(table: list[tuple[str | None, ...]], random: Any) -> None:
    shuffled = random.sample(table, len(table))
    other_names = [tuple(v and ord(v) for v in unit) for unit in table]
    swapped = [unit[::-1] for unit in table]
    for coefficient in ALL:
        expected = measure(coefficient, table)
        for same in (shuffled, other_names, swapped, Counter(table), iter(table)):
            assert measure(coefficient, same) == expected


@settings(deadline=None)
@given(TWO_CODERS)
def test_only_full_agreement_is_one(table: list[tuple[str, str]]) -> None:
    agreed = all(one == two for one, two in table)
    for coefficient in ALL:
        result = measure(coefficient, table)
        if result.value is None:
            assert result.reason == "no variation"
            assert agreed
            assert result.observed == (0 if coefficient is krippendorff_alpha else 1)
        else:
            assert (result.value == 1) == agreed
            assert -1 <= result.value <= 1


@settings(deadline=None)
@given(
    st.dictionaries(st.tuples(*[st.sampled_from([None, 0, 1, 2, 5])] * 3), st.integers(1, 9), max_size=12),
    st.randoms(use_true_random=False),
)
def test_floats_are_the_fractions_of_a_thousand_resamples(table: Any, random: Any) -> None:
    """In floats, many resamples at a time, with axes of their own: what exact fractions give for each alone."""
    whole = make_table(table)
    assume((whole.rated > 1).any())
    drawn = np.array([[random.randint(0, 4) for _ in whole.times] for _ in range(6)]).reshape(2, 3, -1)
    formulas = [one for one in ALL if suits(one, 3)]
    names: list[DistanceName] = ["ordinal", "interval", "ratio"]
    for formula in (*formulas, *map(alpha_by, names)):
        floats = np.broadcast_to(formula(whole, drawn.astype(float)).value, (2, 3))
        for place in np.ndindex(2, 3):
            (exact,) = measure_each(formula, whole, drawn[place][None])
            if exact.value is None:
                assert np.isnan(floats[place]), exact
            else:
                assert floats[place] == pytest.approx(exact.value, rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(
    st.lists(st.tuples(SETS, st.one_of(st.none(), st.just(frozenset()), SETS)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_floats_are_the_fractions_of_sets(table: Any, random: Any) -> None:
    whole = make_table(table)
    assume((whole.rated > 1).any())
    drawn = np.array([[random.randint(0, 4) for _ in whole.times] for _ in range(4)])
    names: list[DistanceName] = ["jaccard", "masi", "nominal"]
    for formula in map(alpha_by, names):
        floats = formula(whole, drawn.astype(float)).value
        for own, value in zip(measure_each(formula, whole, drawn), floats, strict=True):
            assert np.isnan(value) if own.value is None else value == pytest.approx(own.value, abs=1e-12)
