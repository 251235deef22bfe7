"""The plan for the next field visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from empowerment_qda.cli.triangulate import answer_plan
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import TriangulationRules
from empowerment_qda.model.triangulation import AxisResult, Plan
from empowerment_qda.triangulation.axes import Corpus, count_axes
from empowerment_qda.triangulation.plan import plan_visit
from triangulation.test_rules import build, run


def plan(finding: dict[str, Any], **settings: Any) -> Plan:
    """The plan for one finding over the items of the triangulation tests."""
    study = build(finding, **settings)
    return plan_visit(study, run(study))


def steps(visit: Plan) -> list[tuple[str, bool, tuple[str, ...], bool]]:
    """What each step asks for, whether it was heard before, the axes it makes met, and whether none is missing then."""
    return [(step.value, step.heard, gain.axes, gain.complete) for step in visit.steps for gain in step.gains]


def test_a_triangulated_finding_needs_no_visit() -> None:
    assert plan({"supported_by": ["k1", "s1", "o1a", "ob1"]}).steps == ()


def test_one_owner_and_a_photo_need_an_official_never_heard_first() -> None:
    visit = plan({"supported_by": ["o1a", "doc_res"]})
    assert steps(visit) == [("staff", False, ("informant", "type", "group"), True)]


def test_two_officials_need_the_other_side_and_another_method() -> None:
    visit = plan({"supported_by": ["k1", "s1"]})
    assert steps(visit) == [("owner", True, ("group",), False), ("documentation", True, ("method",), True)]


def test_nothing_behind_a_finding_is_out_of_reach_of_a_single_step() -> None:
    visit = plan({"contradicted_by": ["k1"]})
    assert (visit.steps, visit.out_of_reach) == ((), ("F",))
    assert [(finding, flag.code) for finding, flag in visit.at_the_desk] == [("F", "T10")]


def test_what_contradicts_one_part_of_a_claim_is_for_the_desk_and_said_in_words() -> None:
    halves = [
        {"id": "Fa", "statement": "a", "supported_by": ["k1", "s1"], "contradicted_by": ["o1a"]},
        {"id": "Fb", "statement": "b", "supported_by": ["k1", "s1", "o1a", "ob1"]},
    ]
    study = build({"parts": halves})
    found = run(study)
    (told,) = answer_plan(plan_visit(study, found), found, study, "en")["at_the_desk"]
    assert (told["finding"], told["flag"]) == ("Fa", "T10")
    assert told["lift"].startswith("A memo that weighs o1a#1")


def test_only_the_axes_that_are_required_are_planned_for() -> None:
    visit = plan({"supported_by": ["o1a"]}, triangulation={"profile": "basic"})
    assert steps(visit) == [("staff", False, ("informant", "type"), True)]


def test_axes_are_counted_once_for_each_finding_and_candidate_and_anew_only_where_a_step_was_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = []

    def count(rows: Sequence[Evidence], rules: TriangulationRules, corpus: Corpus) -> dict[str, AxisResult]:
        counted.append([row.id for row in rows])
        return count_axes(rows, rules, corpus)

    monkeypatch.setattr("empowerment_qda.triangulation.plan.count_axes", count)
    parts = [
        {"id": "Fa", "statement": "a", "supported_by": ["k1", "s1", "ob1"]},
        {"id": "Fb", "statement": "b", "supported_by": ["o1a", "o1b"]},
        {"id": "Fc", "statement": "c", "supported_by": ["k1", "s1", "o1a", "ob1"]},
    ]
    study = build({"parts": parts})
    result = run(study)
    counted.clear()
    found = plan_visit(study, result)
    assert [(step.value, [(gain.finding, gain.complete) for gain in step.gains]) for step in found.steps] == [
        ("owner", [("Fa", True), ("Fb", False)]),
        ("staff", [("Fb", False)]),
        ("documentation", [("Fb", True)]),
    ]
    # Fa: as it is, with each of six candidates, and with its step. Fb: three times so many, since it takes three steps.
    assert (sum("ob1" in ids for ids in counted), sum("o1a" in ids for ids in counted)) == (8, 22)
    assert len(counted) == 30
