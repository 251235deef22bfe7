"""Code saturation after Guest, Namey & Chen (2020), on counts and on studies written out in full."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from empowerment_qda.cli import app
from empowerment_qda.conclusions.saturation import (
    EXCERPTS,
    count_new,
    measure_saturation,
    read_saturation,
    say_reading,
    shuffle_saturation,
)
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.conclusion import Rule, Stratum
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study
from kit import CODEBOOK as CODEBOOK_FILE
from kit import CODED_OWNER, OWNER, SMALL, write_study

ROOT = Path(__file__).resolve().parents[2]
# The paper's worked example: a base of 37 codes, then runs with 7, 4 and 1 new ones.
WORKED = [15, 10, 7, 5, 4, 3, 1, 0, 1, 1, 0, 0]

CASES: list[tuple[str, list[int], Rule, str]] = [
    ("worked example at 5%", WORKED, Rule(4, 2, 0.05), "6+2"),
    ("worked example at 0%", WORKED, Rule(4, 2, 0.0), "10+2"),
    ("a run of three", WORKED, Rule(4, 3, 0.05), "9+3"),
    ("a larger base", WORKED, Rule(5, 2, 0.05), "6+2"),
    ("the first run at once", [4, 3, 2, 1, 0, 0], Rule(4, 2, 0.05), "4+2"),
    ("exactly the threshold", [10, 5, 3, 2, 1, 0], Rule(4, 2, 0.05), "4+2"),
    ("just above the threshold", [10, 5, 3, 1, 1, 0], Rule(4, 2, 0.05), "not_reached"),
    ("new codes until the end", [5, 4, 3, 2, 1, 1, 1], Rule(4, 2, 0.05), "not_reached"),
    ("too few interviews", [5, 4, 3, 2, 1], Rule(4, 2, 0.05), "not_applicable"),
    ("no interview", [], Rule(4, 2, 0.05), "not_applicable"),
    ("nothing grew from the material", [0] * 9, Rule(4, 2, 0.05), "not_applicable"),
    ("an empty base", [0, 0, 0, 0, 3, 0, 0], Rule(4, 2, 0.05), "not_applicable"),
]


@pytest.mark.parametrize(
    ("new", "rule", "label"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_readings(new: list[int], rule: Rule, label: str) -> None:
    assert read_saturation(new, rule).label == label


def test_the_worked_example_run_by_run() -> None:
    reading = read_saturation(WORKED)
    assert reading.base_codes == 37
    told = [(run.first, run.last, run.new, round(run.ratio, 2)) for run in reading.runs[:3]]
    assert told == [(5, 6, 7, 0.19), (6, 7, 4, 0.11), (7, 8, 1, 0.03)]
    assert (reading.at, reading.needed) == (6, 8)


@pytest.mark.parametrize(
    ("new", "reason"),
    [([5, 4], "too_few"), ([], "too_few"), ([0, 0], "deductive_only"), ([0, 0, 0, 0, 3, 0], "empty_base")],
)
def test_why_it_does_not_apply_is_told_in_words(new: list[int], reason: str) -> None:
    reading = read_saturation(new)
    assert reading.reason == reason
    assert say_reading(reading, len(new), "en").startswith("not applicable: ")
    assert say_reading(reading, len(new), "id").startswith("tidak berlaku: ")


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12), st.integers(1, 5), st.integers(1, 4)
)
def test_new_codes_add_up_to_all_codes_and_a_lower_threshold_is_never_met_sooner(
    interviews: list[frozenset[str]], base: int, run: int
) -> None:
    new = count_new(interviews)
    assert sum(new) == len(frozenset().union(*interviews))
    loose, strict = (read_saturation(new, Rule(base, run, share)) for share in (0.2, 0.0))
    if strict.at:
        assert loose.at is not None
        assert loose.at <= strict.at


def test_shuffled_orders() -> None:
    """Ten interviews with the same code need 6 in every order; ten with their own never do."""
    same = shuffle_saturation([frozenset("a")] * 10, Rule(), 20, 1)
    assert (same.reached, same.median, same.low, same.high) == (20, 6.0, 6, 6)
    own = shuffle_saturation([frozenset([str(n)]) for n in range(10)], Rule(), 20, 1)
    assert (own.reached, own.median, own.low, own.high) == (0, None, None, None)


def test_the_same_seed_shuffles_the_same_way() -> None:
    interviews = [frozenset("abc"), *[frozenset("ab")] * 6, frozenset("abd"), frozenset("abe")]
    first = shuffle_saturation(interviews, Rule(), 50, 7)
    assert first == shuffle_saturation(interviews, Rule(), 50, 7)
    assert first.median is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low <= first.median <= first.high
    assert first.low < first.high


CODEBOOK = Codebook.model_validate({
    "title": "b", "version": "1", "codes": [
        *({"id": f"g{n}", "origin": "inductive" if n % 2 else "in-vivo"} for n in range(9)),
        {"id": "theory"},
    ],
})  # fmt: skip
KINDS = {"head": "agency", "staff": "agency", "owner": "owner"}


def study_of(*interviews: tuple[str, str, list[str]], **more: Any) -> Study:
    """A study of interviews (type, date, codes), each with an informant of its own, named I1, I2 ..."""
    sources, codings = [], []
    for number, (kind, date, codes) in enumerate(interviews, 1):
        name = f"I{number}"
        sources.append(Source.model_validate({
            "id": name, "method": more.get("method", "interview"), "date": date,
            "informant": {"id": f"P{number}", "type": kind}, "turns": [{"text": "words of it"}],
        }))  # fmt: skip
        coded = [{"code": code, "turn": 1, "quote": "words of it"} for code in codes]
        codings.append(Codings.model_validate({"source": name, "coder": "first", "codings": coded}))
    groups = sorted(set(KINDS.values()))
    settings = {
        "title": "t", "codebook": "c", "sources": {"interview": "x"},
        "groups": {group: {"label": group} for group in groups},
        "informant_types": {name: {"label": name, "group": group} for name, group in KINDS.items()},
    }  # fmt: skip
    return Study(Settings.model_validate(settings), CODEBOOK, tuple(sources), tuple(codings))


def measure(study: Study, rule: Rule = Rule(2, 1, 0.0), shuffles: int = 0) -> dict[str, Stratum]:  # noqa: B008
    strata = measure_saturation(study, reduce_study(study), rule, shuffles)
    return {one.name or "all": one for one in strata}


def test_interviews_go_by_date_and_undated_ones_last() -> None:
    study = study_of(
        ("owner", "2022-03-01", ["g1"]), ("owner", "2022", ["g2"]), ("head", "2022-02-01", ["g3"])
    )
    undated = study.sources[0].model_copy(update={"date": None})
    study = Study(study.settings, study.codebook, (undated, *study.sources[1:]), study.codings)
    assert measure(study)["all"].interviews == ("I2", "I3", "I1")


def test_only_codes_that_grew_count() -> None:
    study = study_of(
        ("owner", "2022-01-01", ["g1", "g2", "theory"]),
        ("owner", "2022-01-02", ["g2"]),
        ("owner", "2022-01-03", ["theory"]),
        ("owner", "2022-01-04", ["g3", "theory"]),
    )
    everyone = measure(study)["all"]
    assert (everyone.new, everyone.reading.label) == ((2, 0, 0, 1), "2+1")


def test_an_uncoded_interview_is_left_out_and_named() -> None:
    """It would else pass for one that adds nothing."""
    study = study_of(
        ("owner", "2022-01-01", ["g1"]),
        ("owner", "2022-01-02", ["g2"]),
        ("owner", "2022-01-03", []),
        ("owner", "2022-01-04", ["g3"]),
    )
    everyone = measure(study)["all"]
    assert (everyone.interviews, everyone.uncoded) == (("I1", "I2", "I4"), ("I3",))
    assert everyone.reading.status == "not_reached"


@pytest.mark.parametrize("method", ["observation", "documentation", "unspecified"])
def test_only_spoken_sources_are_interviews(method: str) -> None:
    study = study_of(*[("owner", "2022-01-01", ["g1"])] * 4, method=method)
    assert measure(study)["all"].interviews == ()


def test_each_group_and_type_has_its_own_reading() -> None:
    study = study_of(
        ("owner", "2022-01-01", ["g1"]),
        ("head", "2022-01-02", ["g2"]),
        ("owner", "2022-01-03", ["g1"]),
        ("owner", "2022-01-04", ["g1"]),
        ("staff", "2022-01-05", ["g3"]),
    )
    found = measure(study, shuffles=5)
    assert {name: one.reading.label for name, one in found.items()} == {
        "all": "2+1", "agency": "not_applicable", "owner": "2+1", "head": "not_applicable",
        "staff": "not_applicable",
    }  # fmt: skip
    assert found["agency"].reading.reason == "too_few"
    assert found["agency"].shuffles is None
    assert found["owner"].kind == "group"
    assert found["owner"].shuffles is not None


def test_the_table_of_other_rules() -> None:
    study = study_of(*[("owner", f"2022-01-{n + 1:02}", ["g1"] if n < 6 else ["g2"]) for n in range(9)])
    everyone = measure(study, Rule(4, 2, 0.05))["all"]
    rules = [(*reading.rule, reading.label) for reading in everyone.sensitivity]
    assert len(rules) == 12
    assert rules[0] == (4, 2, 0.05, "4+2")
    assert {rule[:3] for rule in rules} == {(b, r, t) for b in (4, 5, 6) for r in (2, 3) for t in (0.05, 0.0)}
    assert (6, 3, 0.0, "not_reached") in rules


def test_a_rule_of_ones_own_leads_the_table_of_rules() -> None:
    found = measure(study_of(*[("owner", "2022-01-01", ["g1"])] * 4), Rule(3, 1, 0.1))["all"]
    assert [reading.rule for reading in found.sensitivity][:2] == [Rule(3, 1, 0.1), Rule(4, 2, 0.05)]


def test_medan_owners_still_bring_new_codes() -> None:
    study = read_study(ROOT)
    found = {one.name: one for one in measure_saturation(study, reduce_study(study), shuffles=3)}
    assert len(found[""].interviews) == 9
    assert {name: one.reading.status for name, one in found.items()} == {
        "": "not_reached", "agency": "not_applicable", "owner": "not_reached",
        "section-head": "not_applicable", "sub-coordinator": "not_applicable", "staff": "not_applicable",
    }  # fmt: skip


def test_excerpts_restated_by_somebody_else_are_told_as_such(tmp_path: Path) -> None:
    """Their choice was its authors': neither saturation nor the share of coded text tells of the fieldwork."""
    restated = {
        name: text.replace("interviewer:", "provenance: restated\n    interviewer:")
        for name, text in SMALL.items()
        if name.startswith("data/interviews/")
    }
    assert len(restated) == 2
    kept = tmp_path / "one verbatim"
    for root, files in ((tmp_path / "all", restated), (kept, dict([*restated.items()][:1]))):
        study = str(write_study(root, {**SMALL, **files}))
        said = [
            CliRunner().invoke(app, [*words, "--study", study]).output
            for words in (
                ["saturation"],
                ["saturation", "--format", "json"],
                ["reduce"],
                ["reduce", "sources"],
                ["reduce", "--format", "json"],
                ["reduce", "sources", "--format", "json"],
            )
        ]
        assert [EXCERPTS in " ".join(one.split()) for one in said] == [root != kept] * 6
        sources = (root / "reports/reduction/sources.md").read_text()
        assert ("restated excerpts" in sources) == (root != kept)


def test_the_command_says_what_applies(tmp_path: Path) -> None:
    root = str(write_study(tmp_path, SMALL))
    result = CliRunner().invoke(app, ["saturation", "--study", root, "--base", "1", "--run", "1"])
    assert result.exit_code == 0, result.output
    assert "not applicable: No code that grew from the material" in " ".join(result.stdout.split())
    assert "Hennink" in result.stderr
    answer = CliRunner().invoke(app, ["saturation", "--study", root, "--format", "json", "--threshold", "10"])
    (everyone, *_) = json.loads(answer.stdout)["strata"]
    assert (everyone["base"], everyone["run"], everyone["threshold"]) == (4, 2, 0.1)
    assert (everyone["status"], everyone["shuffles"], everyone["new_codes"]) == (
        "not_applicable",
        None,
        [0, 0],
    )
    assert CliRunner().invoke(app, ["saturation", "--study", root, "--base", "0"]).exit_code == 2


def test_the_command_shows_runs_rules_and_shuffled_orders(tmp_path: Path) -> None:
    grown = CODEBOOK_FILE.replace("direction: supports", "origin: in-vivo")
    third = OWNER.replace("O-01", "O-02").replace("{id: O,", "{id: P,").replace("speaker: O,", "speaker: P,")
    root = write_study(
        tmp_path,
        {
            **SMALL,
            "codebook.yaml": grown,
            "data/interviews/O-02.yaml": third,
            "data/interviews/O-03.yaml": third.replace("O-02", "O-03").replace("P,", "Q,"),
            "codings/first/O-02.yaml": CODED_OWNER.replace("O-01", "O-02").replace("id: E", "id: G"),
        },
    )
    rule = ("--study", str(root), "--base", "1", "--run", "1", "--threshold", "0", "--shuffle", "4")
    said = CliRunner().invoke(app, ["saturation", *rule, "--format", "md"])
    assert "Left out, not coded yet: O-03." in said.stderr
    assert (
        "| all interviews | 3 | 1 | 0 (0%), 0 (0%) | 1+1 | median 2 interviews, 2-2; reached in 4 of 4 |"
        in (said.stdout)
    )
    assert "| 1 | 1 | 0% | 1+1 | 1+1 |" in said.stdout
    answer = json.loads(CliRunner().invoke(app, ["saturation", *rule, "--format", "json"]).stdout)
    everyone = answer["strata"][0]
    assert everyone["shuffles"] == {
        "number": 4, "seed": 1, "reached": 4, "median": 2.0, "low": 2, "high": 2,
    }  # fmt: skip
    assert (everyone["at"], everyone["interviews_needed"], everyone["uncoded"]) == (1, 2, ["O-03"])


def test_an_order_in_which_it_is_never_reached_is_counted(tmp_path: Path) -> None:
    grown = CODEBOOK_FILE.replace("direction: supports", "origin: inductive").replace(
        "direction: limits", "origin: inductive"
    )
    root = write_study(
        tmp_path,
        {**SMALL, "codebook.yaml": grown, "codings/first/O-01.yaml": CODED_OWNER.replace("provided", "rare")},
    )
    rule = ("--base", "1", "--run", "1", "--shuffle", "3", "--format", "csv")
    said = CliRunner().invoke(app, ["saturation", "--study", str(root), *rule])
    assert said.stdout.splitlines()[1] == "all interviews,2,1,1 (100%),not reached,reached in 0 of 3"
