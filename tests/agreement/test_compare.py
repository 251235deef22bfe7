"""Agreement between coders of a study (see agree_kit), with figures worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agree_kit import STUDY, R, T, codings, presence
from empowerment_qda.agreement import measures
from empowerment_qda.agreement.bootstrap import Bootstrap, Interval
from empowerment_qda.agreement.coefficients import Coefficient, cohen_kappa, measure
from empowerment_qda.agreement.compare import Agreement, agree_coders, agree_ratings
from empowerment_qda.agreement.disagreements import pair_codes
from empowerment_qda.agreement.krippendorff import alpha_by, krippendorff_alpha, unitizing_alpha
from empowerment_qda.agreement.measures import CodeAgreement, measure_coders
from empowerment_qda.agreement.ratings import RatingsTable, parse_ratings, parse_units
from empowerment_qda.agreement.tables import Decisions, make_table
from empowerment_qda.agreement.units import Answers, Level, UnitKind
from empowerment_qda.files.read import read_study
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError
from kit import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of the kit."""
    return read_study(write_study(tmp_path_factory.mktemp("agree"), STUDY))


def value(one: Coefficient) -> float:
    """The value of a coefficient that must have one."""
    assert one.value is not None, one.reason
    return one.value


def code(found: Agreement, name: str) -> CodeAgreement:
    """What was found of one code."""
    return next(one for one in found.codes if one.code == name)


def figures(found: CodeAgreement | Agreement) -> dict[str, float | None]:
    """Name to value."""
    measured = found.overall if isinstance(found, Agreement) else found.coefficients
    return {name: one.value for name, one in measured.items()}


def near(expected: dict[str, F | int]) -> object:
    return pytest.approx({name: float(one) for name, one in expected.items()})


def test_each_code_of_two_coders_by_turns(study: Study) -> None:
    found = agree_coders(study, ["a", "b"])
    assert [one.code for one in found.codes] == ["training-provided", "training-rare"]
    trained, rare = found.codes
    assert (trained.marks.both, trained.marks.only, trained.marks.neither) == (2, (0, 1), 2)
    assert trained.prevalence == 0.5
    # expected by chance .4 * .6 + .6 * .4; 5 of 10 values are yes
    text = {"jaccard": F(17, 39), "f1": F(17, 28)}  # both 9 + 8, a alone 2, b alone 10 + 10 characters
    shown = figures(trained)
    shown.pop("unitizing_alpha")
    assert shown == near({"percent": F(4, 5), "kappa": F(8, 13), "conger_kappa": F(8, 13), "alpha": F(16, 25),
                          "ac1": F(3, 5), "scott_pi": F(3, 5), "fleiss_kappa": F(3, 5), "brennan_prediger": F(3, 5),
                          "pabak": F(3, 5), "prevalence_index": 0, "bias_index": F(-1, 5), **text})  # fmt: skip
    # b's only other codings of it are rejected, on a question, and nowhere
    assert (rare.marks.both, rare.marks.only, rare.marks.neither) == (0, (1, 0), 4)
    shown = figures(rare)
    shown.pop("unitizing_alpha")
    nothing: dict[str, F | int] = {"kappa": 0, "conger_kappa": 0, "alpha": 0, "jaccard": 0, "f1": 0}
    chance: dict[str, F | int] = {
        "scott_pi": F(-1, 9), "fleiss_kappa": F(-1, 9), "brennan_prediger": F(3, 5), "pabak": F(3, 5),
        "prevalence_index": F(-4, 5), "bias_index": F(1, 5),
    }  # fmt: skip
    assert shown == near({"percent": F(4, 5), "ac1": F(31, 41), **nothing, **chance})


def test_all_codes_of_two_coders_by_turns(study: Study) -> None:
    found = agree_coders(study, ["a", "b"])
    assert (found.units, found.dropped) == (5, 1)
    # 10 decisions: a says yes to 3 of them, b to 3; they differ on 2
    assert figures(found) == near(
        {
            "percent": F(4, 5), "kappa": F(4, 9), "conger_kappa": F(4, 9), "scott_pi": F(11, 21),
            "fleiss_kappa": F(11, 21), "brennan_prediger": F(3, 5), "pabak": F(3, 5), "ac1": F(19, 29),
            "alpha": F(20, 29), "same_codes": F(4, 5), "same_codes_where_coded": F(2, 3),
            "percent_characters": F(86, 118), "jaccard": F(17, 49), "f1": F(17, 33),
            "any_code_jaccard": F(27, 39), "any_code_f1": F(54, 66),
            "unitizing_alpha": F(value(found.overall["unitizing_alpha"])),
        }
    )  # fmt: skip
    assert {one.units for name, one in found.overall.items() if name in ("percent", "kappa", "ac1")} == {5}


def test_free_spans_are_those_of_the_answers_end_to_end(study: Study) -> None:
    found = agree_coders(study, ["a", "b"])
    trained = [[(0, 9), (29, 39)], [(0, 19), (19, 29), (31, 39)]]
    rare: list[list[tuple[int, int]]] = [[(19, 29)], []]
    assert found.overall["unitizing_alpha"] == unitizing_alpha([trained, rare], 59)
    assert code(found, "training-rare").coefficients["unitizing_alpha"] == unitizing_alpha([rare], 59)


def test_sentences_are_smaller_units(study: Study) -> None:
    found = agree_coders(study, ["a", "b"], "sentence")
    marks = code(found, "training-provided").marks
    assert (found.units, marks.both, marks.only, marks.neither) == (6, 2, (0, 2), 2)
    assert [(one.ref, one.start, one.end, one.text) for one in found.disagreements] == [
        ("S-01#3", 0, 10, "Once only."),
        ("S-01#2", 10, 19, "All come."),
    ]


def test_characters_are_the_smallest(study: Study) -> None:
    found = agree_coders(study, ["a", "b"], "character", bootstrap=Bootstrap(50))
    marks = code(found, "training-provided").marks
    assert (found.units, found.dropped) == (59, 13)
    assert (marks.both, marks.only, marks.neither) == (17, (2, 20), 20)
    assert found.overall["percent"].value == pytest.approx(86 / 118)
    assert all(one.interval is None for one in found.overall.values())
    assert "characters" in [one.code for one in found.cautions]
    assert [(one.codes, one.units, one.text) for one in found.disagreements] == [
        (("training-provided", None), 2, "I "),
        (("training-rare", "training-provided"), 10, "Once only."),
        ((None, "training-provided"), 10, " All come."),
    ]


def test_stretches_of_one_disagreement_are_joined(study: Study) -> None:
    """a's passage cuts turn 2 in two, and c's R, which a has in neither part, is one disagreement all the same."""
    found = agree_coders(study, ["a", "c"], "character")
    assert [(one.codes, one.start, one.end, one.units, one.text) for one in found.disagreements] == [
        ((None, "training-provided"), 9, 19, 10, " All come."),
        ((None, "training-rare"), 0, 19, 19, "We train. All come."),
    ]


def test_what_agreement_parts_is_two_disagreements(tmp_path: Path) -> None:
    files = STUDY | {
        "codings/a/S-01.yaml": codings("a", "S-01", f"{T}, turn: 2, quote: We train. All come."),
        "codings/b/S-01.yaml": codings("b", "S-01", f"{T}, turn: 2, quote: train."),
    }
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b"], "character")
    assert [(one.start, one.end, one.units, one.text) for one in found.disagreements] == [
        (0, 3, 3, "We "),
        (9, 19, 10, " All come."),
    ]


@pytest.mark.parametrize("level", ["aspect", "dimension"])
def test_above_the_codes_their_difference_is_gone(study: Study, level: Level) -> None:
    found = agree_coders(study, ["a", "b"], level=level)
    assert [one.code for one in found.codes] == [{"aspect": "awareness", "dimension": "enabling"}[level]]
    assert found.overall["kappa"].value == found.overall["alpha"].value == 1
    assert found.disagreements == ()


def test_distances_between_sets(study: Study) -> None:
    """{T} and {T, R} of turn 2 are 1/2 apart, by MASI 2/3."""
    assert agree_coders(study, ["a", "c"]).overall["alpha"].value == pytest.approx(56 / 65)
    masi = agree_coders(study, ["a", "c"], distance="masi")
    assert masi.distance == "masi"
    assert masi.overall["alpha"].value == pytest.approx(0.82)


def test_levels_above_stand_beside_the_codes(study: Study) -> None:
    """Codes differ, aspects and dimensions do not; where nothing lies above, nothing is said of it."""
    found = agree_coders(study, ["a", "b"])
    assert set(found.levels) == {"aspect", "dimension"}
    for level in ("aspect", "dimension"):
        own = agree_coders(study, ["a", "b"], level=level)
        shown = {name: one for name, one in own.overall.items() if name in found.levels[level]}
        assert found.levels[level] == shown
        assert "alpha" in shown
    assert set(agree_coders(study, ["a", "b"], level="aspect").levels) == {"dimension"}
    assert agree_coders(study, ["a", "b"], level="dimension").levels == {}


def test_codes_that_nobody_gave_are_listed(study: Study) -> None:
    assert agree_coders(study, ["a", "b"]).unused == ()
    assert agree_coders(study, ["b", "auto"]).unused == ("training-rare",)
    assert agree_coders(study, ["b", "auto"], level="aspect").unused == ()


def test_sets_can_be_compared_whole(study: Study) -> None:
    """Turn 2 of a and c, {T} and {T, R}, is simply different: 4 of 5 alike; 3, 2, 1 and 4 of each set."""
    found = agree_coders(study, ["a", "c"], distance="nominal")
    sets = [("T", "TR"), ("R", "R"), ("T", "T"), ("", ""), ("", "")]
    assert (
        found.overall["alpha"].value
        == measure(krippendorff_alpha, sets).value
        == pytest.approx(1 - F(18, 70))
    )


def test_three_coders(study: Study) -> None:
    found = agree_coders(study, ["a", "b", "c"])
    trained = code(found, "training-provided")
    assert (trained.marks.both, trained.marks.only, trained.marks.neither) == (2, (0, 1, 0), 2)
    assert trained.coefficients["percent"].value == pytest.approx(13 / 15)
    assert trained.coefficients["fleiss_kappa"].value == pytest.approx(41 / 56)
    # by chance a and c yes with 2/5, b with 3/5: (a, b) and (b, c) 12/25, (a, c) 13/25
    assert trained.coefficients["conger_kappa"].value == pytest.approx(
        float((F(13, 15) - F(37, 75)) / F(38, 75))
    )
    for name in ("kappa", "bias_index", "prevalence_index"):
        assert (trained.coefficients[name].value, trained.coefficients[name].reason) == (
            None,
            "needs exactly two coders",
        )
    assert (trained.coefficients["f1"].value, trained.coefficients["f1"].reason) == (
        None,
        "needs exactly two coders",
    )
    assert "scott_pi" not in found.overall
    # pooled: R is given by a to turn 3 and by c to turns 2 and 3: observed 11/15, by chance
    # (a, b) 4/5, (b, c) 3/5, (a, c) 2/25 + 12/25
    seen, chance = F(13 + 11, 30), (F(37, 75) + F(20 + 15 + 14, 75)) / 2
    assert found.overall["conger_kappa"].value == pytest.approx(float((seen - chance) / (1 - chance)))
    assert (found.overall["kappa"].value, found.overall["kappa"].reason) == (None, "needs exactly two coders")
    assert (found.units, found.dropped) == (5, 1)
    assert set(found.confusion) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_disagreements_have_both_quotations_and_their_order(study: Study) -> None:
    found = agree_coders(study, ["b", "c"])
    shown = [(one.ref, one.codes, one.sides[0].quotes, one.sides[1].quotes) for one in found.disagreements]
    once = ("Once only.",)
    assert shown == [
        ("S-01#3", ("training-provided", "training-rare"), once, once),
        ("S-01#2", (None, "training-rare"), (), ("We train. All come.",)),
    ]
    assert found.confusion == {
        ("b", "c"): Counter(
            {
                ("training-provided", "training-provided"): 2,
                ("training-provided", "training-rare"): 1,
                (None, "training-rare"): 1,
            }
        )
    }


def test_several_codes_of_both_are_paired_each_with_each() -> None:
    assert list(pair_codes(frozenset("ab"), frozenset("bcd"))) == [("b", "b"), ("a", "c"), ("a", "d")]
    assert list(pair_codes(frozenset(), frozenset())) == []


def test_sources_that_are_missing_are_named(study: Study) -> None:
    found = agree_coders(study, ["a", "b"])
    assert (found.sources, found.missing, found.uncoded) == (("S-01", "S-02"), {"b": ("S-02",)}, ("S-03",))
    cautions = {one.code: one.value for one in found.cautions}
    assert cautions == {"accepted": 1, "few-units": 5, "one-coder": 1, "outside": 1, "unplaced": 1}


def test_a_source_coded_by_two_of_three_is_missing_to_the_third(tmp_path: Path) -> None:
    files = STUDY | {"codings/c/S-02.yaml": codings("c", "S-02")}
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b", "c"])
    assert (found.units, found.dropped, found.missing) == (6, 0, {"b": ("S-02",)})
    # turn 2 of S-02: yes, missing, no; the five others as before
    assert code(found, "training-provided").coefficients["percent"].value == pytest.approx((13 / 3 + 0) / 6)
    assert code(found, "training-provided").marks.units == 5
    assert found.confusion["a", "c"]["training-provided", None] == 1
    assert ("training-provided", None) not in found.confusion["a", "b"]


def test_the_machine_is_compared_by_what_it_suggests(study: Study) -> None:
    found = agree_coders(study, ["a", "auto"])
    marks = code(found, "training-provided").marks
    assert (marks.both, marks.only) == (1, (1, 0))
    assert code(found, "training-rare").marks.only == (1, 0)  # the machine's was rejected
    assert "suggestions" in [one.code for one in found.cautions]


def test_a_passage_over_several_turns_marks_each_answer_and_no_question(tmp_path: Path) -> None:
    source = """\
        id: S-01
        informant: {id: H, type: head}
        interviewer: R
        turns:
          - {speaker: H, text: We train.}
          - {speaker: R, text: Often?}
          - {speaker: H, text: Each week.}
          - {speaker: R, text: Thanks.}
        """
    long = codings("a", "S-01", f'{T}, turn: 1-3, quote: "train.\\nOften?\\nEach week."')
    short = codings("b", "S-01", f"{T}, turn: 3, quote: Each week.")
    files = {"qda.yaml": STUDY["qda.yaml"], "codebook.yaml": STUDY["codebook.yaml"]} | {
        "data/interviews/S-01.yaml": source, "codings/a/S-01.yaml": long, "codings/b/S-01.yaml": short,
    }  # fmt: skip
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b"])
    (only,) = found.codes
    assert (found.units, only.marks.both, only.marks.only) == (2, 1, (1, 0))
    assert only.coefficients["jaccard"].value == pytest.approx(10 / 16)
    assert only.coefficients["unitizing_alpha"] == unitizing_alpha([[[(3, 19)], [(9, 19)]]], 19)
    assert found.disagreements[0].sides[0].quotes == ("train.\nOften?\nEach week.",)


@pytest.mark.parametrize(("unit", "dropped"), [("turn", 6), ("character", 72)])
def test_coders_without_a_source_in_common(tmp_path: Path, unit: UnitKind, dropped: int) -> None:
    files = {name: text for name, text in STUDY.items() if name != "codings/a/S-01.yaml"}
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b"], unit, bootstrap=Bootstrap(20))
    assert (found.units, found.dropped, found.codes, found.disagreements) == (0, dropped, (), ())
    assert {one.value for one in found.overall.values()} == {None}
    assert {one.reason for one in found.overall.values()} == {
        "no pairable units",
        "no units",
        "nothing marked",
    }
    for name in ("alpha", "kappa", "percent", "ac1", "same_codes"):
        assert found.overall[name].reason == "no pairable units"


def test_coders_who_marked_nothing(tmp_path: Path) -> None:
    files = STUDY | {"codings/a/S-01.yaml": codings("a", "S-01"), "codings/b/S-01.yaml": codings("b", "S-01")}
    files.pop("codings/a/S-02.yaml")
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b"])
    assert (found.units, found.codes) == (5, ())
    assert found.overall["alpha"].reason == "no variation"
    assert found.overall["same_codes"].value == 1
    assert [one.code for one in found.cautions] == ["few-units", "untouched"]


def test_intervals_hold_the_value_and_follow_the_seed(study: Study) -> None:
    def bounds(seed: int) -> list[tuple[float | None, float | None]]:
        found = agree_coders(study, ["a", "b"], bootstrap=Bootstrap(200, seed=seed))
        kept = (found.overall[name] for name in ("alpha", "kappa", "percent", "ac1"))
        return [(one.interval.low, one.interval.high) for one in kept if one.interval]

    assert bounds(7) == bounds(7) != bounds(8)
    assert len(bounds(7)) == 4
    for (low, high), point in zip(bounds(7), (20 / 29, 4 / 9, 0.8, 19 / 29), strict=True):
        assert low is not None
        assert high is not None
        assert low <= point <= high


def draw(table: dict[Any, int], codes: Sequence[str], resamples: int = 300) -> dict[str, Coefficient]:
    """The coefficients over all codes of two coders, with intervals."""
    return measure_coders(make_table(table), codes, 2, "jaccard", Bootstrap(resamples))[0]


def test_the_interval_of_percent_draws_whole_units() -> None:
    """Ten codes that always go together are one decision drawn ten times, not ten: intervals must stay as wide."""
    codes = list("abcdefghij")
    wide = {(frozenset(codes), frozenset(codes)): 10, (frozenset(codes), frozenset()): 10}
    narrow = {(frozenset("a"), frozenset("a")): 10, (frozenset("a"), frozenset()): 10}
    assert draw(wide, codes)["percent"].interval == draw(narrow, ["a"])["percent"].interval


SETS = st.one_of(st.none(), st.frozensets(st.sampled_from("xyz")))


@given(st.dictionaries(st.tuples(SETS, SETS, SETS), st.integers(1, 3), max_size=8))
def test_decisions_are_the_tables_of_the_codes(table: dict[Any, int]) -> None:
    decisions = Decisions(make_table(table), "xyz")
    patterns = [
        tuple({0: True, 1: False, -1: None}[one] for one in row) for row in decisions.table.given.tolist()
    ]
    assert len(set(patterns)) == len(patterns)
    for times in (decisions.times, 2.0 * decisions.times):
        (counted,) = decisions.count(times[None])
        drawn = dict(zip(table, times, strict=True))
        for code, row in zip("xyz", counted, strict=True):
            assert +Counter(dict(zip(patterns, row, strict=True))) == +presence(drawn, code)


def test_patterns_stand_in_an_order_of_their_own() -> None:
    """Not in that of a set, which is another in every run: sums of floats would end in other digits."""
    one, other = frozenset("acegikmo"), frozenset("bdfh")
    decisions = Decisions(make_table({(one, other, frozenset(code)): 1 for code in "abcd"}), "abcdefghikmo")
    assert decisions.table.given.tolist() == [[0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 1]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(*[st.frozensets(st.sampled_from("xyz"))] * 3), st.integers(1, 3), min_size=1, max_size=8),
       st.sampled_from([2, 3]), st.sampled_from(["jaccard", "masi"]))  # fmt: skip
def test_a_resample_of_every_unit_once_gives_the_coefficients_themselves(
    monkeypatch: pytest.MonkeyPatch, table: dict[Any, int], coders: int, distance: Any
) -> None:
    def every_unit_once(statistics: Any, number: int, times: Any, *_: Any) -> list[Interval]:
        (values,) = statistics(times[None].astype(float))
        assert len(values) == number
        return [Interval(value, value, 0.95, 1) for value in values.tolist()]

    monkeypatch.setattr(measures, "percentile_intervals", every_unit_once)
    cut: Counter[Any] = Counter()
    for row, times in table.items():
        cut[row[:coders]] += times
    codes = sorted({code for row in cut for own in row for code in own})
    overall, each = measure_coders(make_table(cut), codes, coders, distance, Bootstrap(1))
    without = {"same_codes", "same_codes_where_coded"}
    found = {name: one for name, one in overall.items() if one.value is not None}
    assert {name for name, one in found.items() if not one.interval} <= without
    for one in (*found.values(), *(one for code in each for one in code.coefficients.values())):
        if one.interval:
            assert one.interval.low == pytest.approx(one.value, abs=1e-12)


def test_intervals_of_codes_are_those_of_their_own_tables(study: Study) -> None:
    """Drawn with all other codes, or alone: the same distribution, up to chance."""
    found = agree_coders(study, ["a", "b"], bootstrap=Bootstrap(4000))
    for one in found.codes:
        for name, alone in (("kappa", cohen_kappa), ("alpha", krippendorff_alpha)):
            table = {(True, True): one.marks.both, (True, False): one.marks.only[0], (False, True): one.marks.only[1],
                     (False, False): one.marks.neither}  # fmt: skip
            own, expected = one.coefficients[name].interval, measure(alone, table, Bootstrap(4000)).interval
            assert own
            assert expected
            assert (own.low, own.high) == pytest.approx((expected.low, expected.high), abs=0.05)
            assert own.undefined == pytest.approx(expected.undefined, abs=120)
            assert own.undefined == 0 or "undefined-resamples" in [caution.code for caution in one.cautions]


def test_whoever_waits_is_told_how_many_resamples_are_done(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("empowerment_qda.agreement.bootstrap.AT_ONCE", 10)
    told: list[int] = []
    agree_coders(study, ["a", "b"], bootstrap=Bootstrap(25, watch=told.append))
    assert told == [10, 20, 25]


def test_rows_that_nobody_rated_are_not_drawn() -> None:
    text = "unit,a,b\n" + "".join(f"{n},{v}\n" for n, v in enumerate(["x,x"] * 6 + ["x,y"] * 3 + ["y,y"] * 6))
    drawn = Bootstrap(50)
    found = agree_ratings(parse_ratings(text, "t.csv"), bootstrap=drawn)
    more = agree_ratings(
        parse_ratings(text + "".join(f"z{n},,\n" for n in range(40)), "t.csv"), bootstrap=drawn
    )
    assert found.overall == more.overall
    assert found.codes == more.codes
    assert all(one.interval for one in found.overall.values() if one.value is not None)
    assert {name for name, one in found.codes[0].coefficients.items() if one.interval} == {
        "percent", "kappa", "conger_kappa", "scott_pi", "fleiss_kappa", "brennan_prediger", "pabak", "alpha", "ac1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("coders", "rule", "hint"),
    [
        (["a", "bb"], "unknown-coder", "Did you mean `b`?"),
        (["a"], "coders", "Such as `qda agree first second`. Known here: a, auto, b, c."),
    ],
)
def test_coders_who_cannot_be_compared(study: Study, coders: list[str], rule: str, hint: str) -> None:
    with pytest.raises(StudyError) as caught:
        agree_coders(study, coders)
    assert [(one.rule, one.hint) for one in caught.value.problems] == [(rule, hint)]


def test_a_table_of_nominal_values() -> None:
    """Artstein & Poesio 2008, Tables 2 and 3; percent .7, kappa .348, pi .341, S .4."""
    cells = ["stat,stat"] * 20 + ["stat,ireq"] * 20 + ["ireq,stat"] * 10 + ["ireq,ireq"] * 50
    text = "unit,one,two\n" + "".join(f"u{number},{cell}\n" for number, cell in enumerate(cells))
    found = agree_ratings(parse_ratings(text, "t.csv"), bootstrap=Bootstrap(50))
    shown = {name: round(one.value or 0, 3) for name, one in found.overall.items()}
    assert shown["percent"] == 0.7
    assert (shown["kappa"], shown["scott_pi"], shown["brennan_prediger"]) == (0.348, 0.341, 0.4)
    assert found.confusion["one", "two"]["stat", "ireq"] == 20
    assert [(one.code, one.marks.both, one.marks.only) for one in found.codes] == [
        ("stat", 20, (20, 10)),
        ("ireq", 50, (10, 20)),
    ]
    assert len(found.disagreements) == 30
    first = found.disagreements[0]
    assert (first.ref, first.codes, found.units) == ("u20", ("stat", "ireq"), 100)


WIDE = ["1,1,1,,1", "2,2,2,3,2", "3,3,3,3,3", "4,3,3,3,3", "5,2,2,2,2", "6,1,2,3,4", "7,4,4,4,4", "8,1,1,2,1",
        "9,2,2,2,2", "10,,5,5,5", "11,,,1,1.0", "12,,,3,"]  # fmt: skip


@pytest.mark.parametrize(
    ("distance", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_a_table_of_numbers_with_missing_cells(distance: str, alpha: float) -> None:
    """Krippendorff 2011, sections C and D; `1.0` is the number 1."""
    text = "unit,A,B,C,D\n" + "\n".join(WIDE)
    if distance == "nominal":
        text = text.replace("1.0", "1")
    found = agree_ratings(parse_ratings(text, "t.csv", None if distance == "nominal" else distance), distance)  # type: ignore[arg-type]
    assert round(found.overall["alpha"].value or 0, 3) == alpha
    assert (found.units, found.dropped) == (11, 1)
    assert bool(found.codes) == (distance in ("nominal", "ordinal"))
    assert "scott_pi" not in found.overall


def shown_values(table: RatingsTable) -> list[list[str | None]]:
    """The cells of a table as one would write them."""
    return [[None if own is None else ", ".join(sorted(own)) for own in row] for row in table.values]


def test_the_long_form_is_the_same_table() -> None:
    wide = parse_ratings("unit,a,b\nu1,x,y\nu2,,x\n", "t.csv")
    long = parse_ratings("Coder;Value;Unit\na;x;u1\nb;y;u1\nb;x;u2\n", "t.csv")
    assert wide == long
    assert shown_values(wide) == [["x", "y"], [None, "x"]]


def test_more_columns_of_the_long_form_are_left_alone() -> None:
    table = parse_ratings("memo,unit,coder,value\n,u1,a,x\nhm,u1,b,y\n", "t.csv")
    assert (table.coders, table.units, shown_values(table)) == (("a", "b"), ("u1",), [["x", "y"]])


def test_what_a_missing_column_may_have_been_called() -> None:
    with pytest.raises(StudyError) as caught:
        parse_ratings("unit,coder,values\nu,a,x\n", "t.csv")
    assert caught.value.problems[0].hint == (
        "A table with a column `coder` has one rating a line: unit, coder, value. Did you mean `values`?"
    )


@pytest.mark.parametrize("by", [";", ",", "\t"])
def test_excel_may_say_what_separates_cells(by: str) -> None:
    text = f"sep={by}\r\n" + by.join(["unit", "a", "b"]) + "\r\n" + by.join(["u", "x", "y"]) + "\r\n"
    assert shown_values(parse_ratings(text, "t.csv")) == [["x", "y"]]


def test_tabs_quotes_blank_lines_and_spaces() -> None:
    table = parse_ratings('unit\ta\tb\r\n\r\n u1 \t"x, or\r\ny"\tx\r\n', "t.csv")
    assert (table.units, shown_values(table)) == (("u1",), [["or\r\ny, x", "x"]])


@pytest.mark.parametrize(
    ("given_", "one"),
    [("2", "2"), ("2,50", "2.5"), ("+007", "7"), ("0.0", "0"), ("-0", "0"), (".5", None), ("-1.0", "-1"), ("1e9", None)],
)  # fmt: skip
def test_numbers_have_one_form(given_: str, one: str | None) -> None:
    text = f"unit;a;b\nu;{given_};1\n"
    if one is None:
        with pytest.raises(StudyError, match=f"`{given_}` is no number"):
            parse_ratings(text, "t.csv", "interval")
    else:
        assert shown_values(parse_ratings(text, "t.csv", "interval")) == [[one, "1"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, "the table is empty")]),
        ("\n \n", [(1, "the table is empty")]),
        ("unit,a\nu,x\n", [(1, "the table has fewer than two columns of ratings")]),
        ("unit,a,a\nu,x,x\n", [(1, "two columns are called `a`")]),
        ("unit,a,\nu,x,x\n", [(1, "a column of ratings has no name")]),
        ("unit,a,b\n", [(1, "the table has no ratings")]),
        ("unit,a,b\nu,,\n", [(1, "the table has no ratings")]),
        ("unit,a,b\nu,x\n\nv,x,y,z\n,x,y\n", [
            (2, "the row has 2 cells, and there are 3 columns"), (4, "the row has 4 cells, and there are 3 columns"),
            (5, "the row names no unit"),
        ]),
        ("unit,a,b\nu,x,y\nu,y,y\n", [(3, "unit `u` stands here and on line 2")]),
        ('unit,a,b\nu,"x,y\n', [(2, "the row cannot be read (unexpected end of data)")]),
        ("unit,coder,value\nu,,x\n,a,x\nu,a\n", [
            (2, "the row names no coder"), (3, "the row names no unit"),
            (4, "the row has 2 cells, and there are 3 columns"),
        ]),
        ("Unit;Coder;Rating\nu;a;x\n", [(1, "there is no column `value`")]),
        ("coder,x\na,x\n", [(1, "there is no column `unit`"), (1, "there is no column `value`")]),
        ("unit,coder,value,Value\nu,a,x,y\n", [(1, "two columns are called `value`")]),
        ("sep=;\nunit;a;b\nu;x\n", [(3, "the row has 2 cells, and there are 3 columns")]),
        ("unit,coder,value\nu,a,x\n", [(1, "the table has ratings of fewer than two coders")]),
    ],
)  # fmt: skip
def test_every_bad_row_is_told(text: str, told: list[tuple[int, str]]) -> None:
    with pytest.raises(StudyError) as caught:
        parse_ratings(text, "t.csv")
    assert [(one.place.line, one.message) for one in caught.value.problems] == told
    assert {one.place.path for one in caught.value.problems} == {"t.csv"}


def test_below_zero_has_no_ratio() -> None:
    text = "unit,a,b\nu,-1,1\nv,-0,2\n"
    assert shown_values(parse_ratings(text, "t.csv", "interval"))[0] == ["-1", "1"]
    with pytest.raises(StudyError, match="`-1` is below zero"):
        parse_ratings(text, "t.csv", "ratio")


def test_rare_values_of_a_table_are_told() -> None:
    text = "unit,a,b\n" + "".join(f"u{number},x,x\n" for number in range(40)) + "v,x,y\n"
    assert [(one.code, one.value) for one in agree_ratings(parse_ratings(text, "t.csv")).cautions] == [
        ("rare-codes", 2)
    ]


def test_units_that_fewer_than_two_rated_are_told() -> None:
    found = agree_ratings(parse_ratings("unit,a,b\n1,x,x\n2,NA,x\n3,y,\n4,,NA\n5,x,y\n", "t.csv"))
    assert (found.units, found.dropped) == (2, 3)
    assert {one.code: one.value for one in found.cautions}["unpaired"] == 3
    full = agree_ratings(parse_ratings("unit,a,b\n1,x,x\n2,x,y\n", "t.csv"))
    assert "unpaired" not in {one.code for one in full.cautions}


def test_columns_that_are_the_same_throughout_are_told() -> None:
    found = agree_ratings(parse_ratings("unit,a,b,c,d\n1,x,x,x,y\n2,y,y,y,x\n3,NA,x,NA,x\n", "t.csv"))
    (told,) = [one for one in found.cautions if one.code == "same-columns"]
    assert (told.value, told.say("en").split(". ")[0]) == (2, "The same ratings throughout: a and c")
    shuffled = agree_ratings(parse_ratings("unit,a,b\n1,x,y\n2,y,x\n", "t.csv"))
    assert "same-columns" not in {one.code for one in shuffled.cautions}
    counted = agree_ratings(parse_ratings("unit,x,y\n1,2,0\n2,1,1\n", "t.csv", cells="counts"))
    assert "same-columns" not in {one.code for one in counted.cautions}  # who they are is not told


def test_a_missing_rating_among_codes_is_no_code() -> None:
    table = parse_ratings('unit,a,b\n1,"x, NA",x\n2,"NA; NA",y\n3,"NAB, y",y\n', "t.csv")
    assert shown_values(table) == [["x", "x"], [None, "y"], ["NAB, y", "y"]]


def test_several_codes_in_a_cell_are_sets_in_any_order() -> None:
    found = agree_ratings(parse_ratings('unit,a,b\n1,"x, y",y; x\n2,NA,x\n3,z,x\n4,,\n5,y,y\n', "t.csv"))
    assert (found.distance, found.units, found.dropped) == ("jaccard", 3, 2)
    sets = [("xy", "xy"), ("z", "x"), ("y", "y")]
    as_sets = [tuple(map(frozenset, row)) for row in sets]
    assert found.overall["alpha"].value == measure(alpha_by("jaccard"), as_sets).value
    assert [(one.code, one.marks.both, one.marks.only) for one in found.codes] == [
        ("x", 1, (0, 1)), ("y", 2, (0, 0)), ("z", 0, (1, 0)),
    ]  # fmt: skip
    assert [(one.ref, one.codes) for one in found.disagreements] == [("3", ("z", "x"))]
    assert ("several", 2) in [(one.code, one.value) for one in found.cautions]
    masi = agree_ratings(
        parse_ratings('unit,a,b\n1,"x, y",y\n2,x,x\n3,y,y\n', "t.csv"), "masi", Bootstrap(20)
    )
    assert masi.overall["alpha"].value == measure(alpha_by("masi"
    ),
        [(frozenset("xy"), frozenset("y")), (frozenset("x"),) * 2, (frozenset("y"),) * 2]).value  # fmt: skip
    assert masi.overall["alpha"].interval


def test_several_rows_of_a_coder_are_several_codes() -> None:
    long = parse_ratings("unit,coder,value\n1,a,x\n1,b,y\n1,a,y\n1,b,NA\n1,b,x\n2,a,NA\n2,b,x\n", "t.csv")
    assert shown_values(long) == [["x, y", "x, y"], [None, "x"]]
    with pytest.raises(StudyError, match="`a` rates unit `1` here and on line 2"):
        parse_ratings("unit,coder,value\n1,a,1\n1,b,2\n1,a,2\n", "t.csv", "interval")


def test_single_values_are_as_far_apart_as_nominal_ones() -> None:
    text = "unit,a,b\n1,x,x\n2,x,y\n3,z,z\n"
    alphas = {agree_ratings(parse_ratings(text, "t.csv"), name).overall["alpha"].value
              for name in (None, "nominal", "jaccard", "masi")}  # fmt: skip
    assert len(alphas) == 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("unit,a,b\n1,1,1\n2,1,1\n", False),  # all alike: two coders who agree throughout
        ("unit,a,b\n1,1,0\n2,0,1\n", False),  # one coder counts nothing
        ("unit,a,b\n1,2,0\n2,0,1\n", False),
        ("unit,a,b\n1,2,NA\n2,0,2\n", False),  # a rating that is missing is no count
        ("unit,x,y\n1,2,\n2,0,2\n", True),  # pivot tables leave a count of none empty
        ("unit,x,y\n1,2,0\n2,1,1\n", True),
    ],
)
def test_what_looks_like_counts(text: str, asked: bool) -> None:
    if asked:
        with pytest.raises(StudyError, match="each row adds up to 2"):
            parse_ratings(text, "t.csv")
    else:
        parse_ratings(text, "t.csv")
    assert parse_ratings(text, "t.csv", cells="ratings").coders == tuple(text.splitlines()[0].split(",")[1:])


def test_counts_that_are_none() -> None:
    text = "unit,x,y\n1,2,-1\n2,1.5,0\n3,999999999,0\n4,NA,2\n"
    with pytest.raises(StudyError) as caught:
        parse_ratings(text, "t.csv", cells="counts")
    assert [(one.place.line, one.message) for one in caught.value.problems] == [
        (2, "`-1` is no count"), (3, "`1.5` is no count"), (4, "the row counts more than 1000 coders"),
    ]  # fmt: skip
    with pytest.raises(StudyError, match="one rating a line, and no counts"):
        parse_ratings("unit,coder,value\n1,a,x\n1,b,x\n", "t.csv", cells="counts")


def test_a_question_and_its_answer_are_one_unit(tmp_path: Path) -> None:
    """A run of questions goes with all answers up to the next; the last one has none, and answers before stand alone."""
    words = [
        "h: First.",
        "r: One?",
        "r: Two?",
        "h: Yes, both.",
        "h: More.",
        "r: Three?",
        "h: No.",
        "r: Four?",
    ]
    turns = "".join(f'  - {{speaker: {one[0].upper()}, text: "{one[3:]}"}}\n' for one in words)
    source = f"id: S-01\ninformant: {{id: H, type: head}}\ninterviewer: R\nturns:\n{turns}"
    a = codings(
        "a", "S-01", f"{T}, turn: 3, quote: Two?", f"{R}, turn: 7, quote: No.", f"{R}, turn: 8, quote: Four?"
    )
    b = codings("b", "S-01", f"{T}, turn: 5, quote: More.", f"{R}, turn: 1, quote: First.")
    files = {"qda.yaml": STUDY["qda.yaml"], "codebook.yaml": STUDY["codebook.yaml"]} | {
        "data/interviews/S-01.yaml": source, "codings/a/S-01.yaml": a, "codings/b/S-01.yaml": b,
    }  # fmt: skip
    study = read_study(write_study(tmp_path, files))
    found = agree_coders(study, ["a", "b"], "question")
    assert found.units == 3
    assert code(found, "training-provided").marks.both == 1
    assert [(one.ref, one.text) for one in found.disagreements] == [
        ("S-01#6-7", "Three?\nNo."), ("S-01#1", "First."),
    ]  # fmt: skip
    assert ("outside", 1) in [(one.code, one.value) for one in found.cautions]
    turns_apart = agree_coders(study, ["a", "b"])
    assert (turns_apart.units, code(turns_apart, "training-provided").marks.both) == (4, 0)
    assert ("apart", 1) in [(one.code, one.value) for one in turns_apart.cautions]
    assert "apart" not in [one.code for one in found.cautions]


def test_coders_who_divided_the_sources_are_told(tmp_path: Path) -> None:
    files = {name: text for name, text in STUDY.items() if name != "codings/a/S-01.yaml"}
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b", "c"])
    (apart,) = (one for one in found.cautions if one.code == "apart")
    assert apart.say("en").startswith("No unit was coded by both: a and b; a and c. Where coders divided")


@pytest.mark.parametrize(
    "memo", ["taken over from b", "not taken over from a and b: why", "a and b agree: x"]
)
def test_a_consensus_is_told_by_its_name_or_its_memos(tmp_path: Path, memo: str) -> None:
    own = codings("z", "S-01", f'{T}, turn: 4, quote: I went in., memo: "{memo}"')
    named = codings("consensus", "S-01", f"{T}, turn: 4, quote: I went in.")
    files = STUDY | {"codings/z/S-01.yaml": own, "codings/consensus/S-01.yaml": named}
    study = read_study(write_study(tmp_path, files))
    for coder in ("z", "consensus"):
        assert "consensus" in [one.code for one in agree_coders(study, ["b", coder]).cautions]
    assert "consensus" not in [one.code for one in agree_coders(study, ["c", "z"]).cautions]


def test_accepted_suggestions_are_counted(tmp_path: Path) -> None:
    """By their place, or by the reason that accepting keeps; what was given instead of one is a person's own."""
    rows = (f"{T}, turn: 2, quote: We train.", f"{R}, turn: 3, quote: Once only., why: cue `once`",
            f'{T}, turn: 4, quote: I went in., why: "instead of training-rare: cue"', f"{R}, turn: 5, quote: No answer.")  # fmt: skip
    files = STUDY | {"codings/z/S-01.yaml": codings("z", "S-01", *rows)}
    found = agree_coders(read_study(write_study(tmp_path, files)), ["b", "z"])
    (accepted,) = (one for one in found.cautions if one.code == "accepted")
    assert accepted.value == 2
    assert "accepted or the same to the last character: b 0 of 4; z 2 of 4" in accepted.say("en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, "a list of units needs the columns `source` and `turn`")]),
        ("source,turn\n", [(1, "the list has no units")]),
        ("source,turn,quote\nS-01,2,We train.\nS-01,2-4,\nS-9,2,\nS-01,0,\nS-01,2,not there\n,1,\nS-01,3-2,\n", [
            (4, "there is no source `S-9`"), (5, "`0` is no turn of S-01"),
            (6, "the quote does not stand in turn 2 of S-01"), (7, "the row names no unit"),
            (8, "`3-2` is no turn of S-01"), (3, "the unit overlaps that of line 2"),
        ]),
    ],
)  # fmt: skip
def test_every_unit_that_cannot_be_listed_is_told(
    study: Study, text: str, told: list[tuple[int, str]]
) -> None:
    with pytest.raises(StudyError) as caught:
        parse_units(text, "u.csv", study)
    assert [(one.place.line, one.message) for one in caught.value.problems] == told


def test_codes_in_no_unit_are_no_part_of_the_text_that_is_compared(tmp_path: Path) -> None:
    """Both coded the last question, which has no answer and is no unit: its code is in no table, and nothing breaks."""
    source = (
        STUDY["data/interviews/S-03.yaml"].replace("S-03", "S-01").replace("H\n", "{id: H, type: head}\n", 1)
    )
    source += "  - {speaker: R, text: And why?}\n"
    rows = f"{T}, turn: 2, quote: Nobody", f"{R}, turn: 3, quote: And why?"
    files = {
        "qda.yaml": STUDY["qda.yaml"],
        "codebook.yaml": STUDY["codebook.yaml"],
        "data/interviews/S-01.yaml": source,
    }
    files |= {f"codings/{coder}/S-01.yaml": codings(coder, "S-01", *rows) for coder in "ab"}
    found = agree_coders(read_study(write_study(tmp_path, files)), ["a", "b"], "question")
    assert [one.code for one in found.codes] == ["training-provided"]
    assert (found.overall["jaccard"].value, found.overall["any_code_jaccard"].value) == (1, 1)
    assert {one.code: one.value for one in found.cautions}["outside"] == 2


def test_answers_before_the_first_question_stand_alone() -> None:
    """The unit `question`: two answers, a question asked in two turns with its answers, a question without one."""
    said = [("H", "ab"), ("H", "cde"), ("R", "And?"), ("R", "Why?"), ("H", "f"), ("H", "gh"), ("R", "So?")]
    turns = [{"speaker": who, "text": text} for who, text in said]
    source = Source.model_validate({"id": "S", "informant": "H", "interviewer": "R", "turns": turns})
    assert list(Answers(source, questions=True).exchanges) == [(0, 2), (2, 5), (5, 16)]
