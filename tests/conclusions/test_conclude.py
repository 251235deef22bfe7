"""What stands behind each finding, and the tactics that test it, on studies written out in full."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conclude_kit import build, conclude, item, only, told
from empowerment_qda.conclusions.tactic_names import KINDS, OUTCOMES, TACTICS, say_tactic
from empowerment_qda.files.read import read_study
from empowerment_qda.model.conclusion import Conclusions, FindingConclusion
from empowerment_qda.model.evidence import count_informants
from empowerment_qda.model.finding import Findings

ROOT = Path(__file__).resolve().parents[2]
ITEMS = {
    "h": item("a-sup1", "H", date="2022-09-01", site="office"),
    "o1": item("a-sup1", "O1", date="2022-09-02", site="shop"),
    "o1b": item("a-sup2", "O1", date="2022-09-02", site="shop"),
    "o2": item("a-lim1", "O2"),
    "u1": item("b-sup1", "U1"),
    "u2": item("b-sup1", "U2"),
    "obs": item("b-lim1", method="observation"),
    "pic": item("b-lim2", method="documentation", producer="researcher"),
    "doc": item("c-sup1", method="documentation", producer="agency"),
    "inf": item("c-lim1", "O3", strength="inferred"),
    "rej": item("c-lim2", "O3", status="rejected"),
    "lost": item("b-neu1", "O3", quote="never said by anybody at all"),
}


def one(finding: dict[str, Any], **more: Any) -> FindingConclusion:
    """The conclusion of one finding over the passages above."""
    return conclude(build(ITEMS, [finding], **more)).findings[0]


def test_each_side_has_its_passages_once() -> None:
    found = one(
        {
            "supported_by": ["a-sup1", "h", "inf"],
            "contradicted_by": ["a-lim1"],
            "qualified_by": ["obs"],
            "inferred_from": ["u1"],
        }
    )
    sides = {side: [row.id for row in rows] for side, rows in found.sides.items()}
    assert sides == {
        "supporting": ["h", "o1"],
        "contradicting": ["o2"],
        "qualifying": ["obs"],
        "inferred": ["inf", "u1"],
    }
    assert [row.id for row in found.negative_cases] == ["o2", "obs"]


def test_what_the_analyst_reads_in_counts_where_the_study_says_so() -> None:
    found = one({"supported_by": ["h"], "inferred_from": ["u1"]}, evidence={"count_inferred": "yes"})
    assert ([row.id for row in found.supporting], found.inferred) == (["h", "u1"], ())


@pytest.mark.parametrize(
    ("cited", "bounds"),
    [
        (["o1", "o1b"], (1, 1)),
        (["h", "o1", "obs", "pic"], (2, 2)),
        (["u1", "u2"], (1, 2)),
        (["o1", "u1", "u2"], (1, 3)),
        (["obs", "doc"], (0, 0)),
    ],
)
def test_informants_are_counted_within_bounds(cited: list[str], bounds: tuple[int, int]) -> None:
    assert count_informants(one({"supported_by": cited}).supporting) == bounds


CHAINS = [
    (["h", "o1"], [], "holds", "chain_whole"),
    (["h", "lost"], [], "doubtful", "chain_broken"),
    (["b-neu1"], [], "doubtful", "chain_broken"),
    ([], [], "fails", "chain_none"),
    (["rej"], [], "fails", "chain_none"),
    ([], ["u1"], "fails", "chain_inferred"),
]


@pytest.mark.parametrize(("supported", "inferred", "outcome", "words"), CHAINS)
def test_the_chain_of_evidence(supported: list[str], inferred: list[str], outcome: str, words: str) -> None:
    found = one({"supported_by": supported, "inferred_from": inferred})
    assert told(found.tactics, "chain_of_evidence") == [(outcome, words)]


def test_the_chain_names_what_is_lost() -> None:
    tactic = only(one({"supported_by": ["h", "lost"]}).tactics, "chain_broken")
    assert dict(tactic.values) == {"placed": "1", "unplaced": "1", "ids": "lost"}


def test_weights_stand_side_by_side() -> None:
    items = {
        **ITEMS,
        "late": item("a-sup1", "H", date="2022-09-12", event_date="2022-09-15", provenance="restated"),
        "same": item("a-sup1", "S", date="2022-09-12", event_date="2022-09-12"),
    }
    finding = {"supported_by": ["o1", "late", "same", "u1", "obs"], "inferred_from": ["inf"]}
    tactic = only(conclude(build(items, [finding])).findings[0].tactics, "weights")
    assert dict(tactic.values) == {
        "direct": "5", "inferred": "1", "known": "4", "unknown": "1", "reported": "1", "unspoken": "1",
        "verbatim": "5", "restated": "1",
    }  # fmt: skip
    assert tactic.outcome == "noted"


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({"inferred_from": ["u1"]}, [("noted", "weights"), ("doubtful", "weights_inferred")]),
        ({"supported_by": ["u1", "u2"]}, [("noted", "weights"), ("doubtful", "weights_unknown")]),
        ({"supported_by": ["u1", "obs"]}, [("noted", "weights")]),
        ({}, [("not_applicable", "weights_none")]),
    ],
)
def test_evidence_of_one_weak_kind_is_doubtful(
    finding: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(one(finding).tactics, "weighting") == expected


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (["obs", "pic"], ("doubtful", "researcher_only")),
        (["obs", "doc"], ("holds", "researcher_beside_others")),
        (["obs", "o1"], ("holds", "researcher_beside_others")),
        ([], ("not_applicable", "no_support")),
    ],
)
def test_what_only_the_researcher_saw(cited: list[str], expected: tuple[str, str]) -> None:
    assert told(one({"supported_by": cited}).tactics, "researcher_effects") == [expected]


def test_what_only_the_researcher_reads_in() -> None:
    found = one({"inferred_from": ["u1"]})
    assert told(found.tactics, "researcher_effects") == [("doubtful", "researcher_infers")]


@pytest.mark.parametrize(
    ("cited", "outcome", "words", "numbers"),
    [
        (["h", "o1", "o1b"], "holds", "replicated", ("2", "2", "2", "3")),
        (["o1", "o1b"], "doubtful", "not_replicated", ("1", "1", "1", "2")),
        (["u1", "u2"], "doubtful", "replicated_perhaps", ("1-2", "0", "0", "2")),
        (["obs", "doc"], "doubtful", "replicated_unspoken", ("0", "0", "0", "2")),
    ],
)
def test_replication(cited: list[str], outcome: str, words: str, numbers: tuple[str, ...]) -> None:
    tactic = only(one({"supported_by": cited}).tactics, words)
    names = ("informants", "dates", "sites", "sources")
    assert (tactic.outcome, tactic.values) == (outcome, tuple(zip(names, numbers, strict=True)))


UNSEARCHED = ("not_done", "negative_unsearched")
NEGATIVE = [
    ({}, [UNSEARCHED]),
    ({"contradicted_by": ["o2"]}, [("doubtful", "contradicted_unanswered"), UNSEARCHED]),
    ({"contradicted_by": ["o2"], "response": "M1"}, [("holds", "contradicted_answered"), UNSEARCHED]),
    ({"qualified_by": ["o2"]}, [("noted", "qualified"), UNSEARCHED]),
    ({"supported_by": ["h"]}, [("noted", "opposites_uncited"), UNSEARCHED]),
    ({"supported_by": ["h"], "qualified_by": ["o2"]}, [("noted", "qualified"), UNSEARCHED]),
    ({"negative_search": {"done": "yes", "by": "R"}}, [("holds", "negative_searched")]),
    (
        {"qualified_by": ["o2"], "negative_search": {"done": "yes"}},
        [("noted", "qualified"), ("holds", "negative_found")],
    ),
    ({"negative_search": {"done": "no"}}, [UNSEARCHED]),
]


@pytest.mark.parametrize(("finding", "expected"), NEGATIVE)
def test_negative_evidence(finding: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    memo = {"id": "M1", "links": ["F1"], "text": "Why both hold."}
    found = one(finding, memos=(memo,))
    assert told(found.tactics, "negative_evidence") == expected


def test_uncited_passages_that_point_the_other_way_are_named() -> None:
    assert only(one({"supported_by": ["h", "u1"]}).tactics, "opposites_uncited").refs == (
        "S-o2#1", "S-obs#1", "S-pic#1",
    )  # fmt: skip


RIVALS = [
    (["h"], [], "unsupported", "holds"),
    (["h", "o1"], ["o2"], "worse", "holds"),
    (["o1", "o1b"], ["o2"], "equal", "doubtful"),
    (["obs", "pic"], ["doc"], "equal", "doubtful"),
    (["u1", "u2"], ["o2"], "equal", "doubtful"),
    (["o1", "o1b"], ["o2", "h"], "better", "fails"),
    ([], ["doc"], "better", "fails"),
]


@pytest.mark.parametrize(("mine", "theirs", "standing", "outcome"), RIVALS)
def test_a_rival_is_weighed_by_informants_not_quotations(
    mine: list[str], theirs: list[str], standing: str, outcome: str
) -> None:
    rival = {"statement": "Another claim.", "supported_by": theirs}
    found = one({"supported_by": mine, "rivals": [rival]})
    assert [(rival.id, rival.standing) for rival in found.rivals] == [("F1-rival-1", standing)]
    assert told(found.tactics, "rivals") == [(outcome, f"rival_{standing}")]


def test_a_rival_may_be_another_finding() -> None:
    findings: list[dict[str, Any]] = [
        {"supported_by": ["o1"], "rivals": ["F2"]},
        {"id": "F2", "statement": "The other.", "supported_by": ["h", "o2"], "inferred_from": ["u1"]},
    ]
    rival = conclude(build(ITEMS, findings)).findings[0].rivals[0]
    assert (rival.id, str(rival.statement), rival.standing) == ("F2", "The other.", "better")
    assert [row.id for row in rival.supporting] == ["h", "o2"]


def test_all_findings_are_gone_through_as_often_whatever_their_number() -> None:
    class Counted(tuple[Any, ...]):
        times = 0

        def __iter__(self) -> Any:
            self.times += 1
            return super().__iter__()

    times = set()
    for number in (3, 30):
        study = build(
            ITEMS, [{"id": f"F{one}", "supported_by": ["o1"], "rivals": ["F1"]} for one in range(number)]
        )
        all_of_them = Counted(study.findings.findings)
        conclude(replace(study, findings=Findings.model_construct(findings=all_of_them)))
        times.add(all_of_them.times)
    assert len(times) == 1


def test_without_a_rival_nothing_was_ruled_out() -> None:
    assert told(one({}).tactics, "rivals") == [("not_done", "rivals_none")]


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (None, ("not_done", "member_unchecked")),
        ({"done": "no"}, ("not_done", "member_unchecked")),
        ({"done": "yes", "date": "2022-10-01", "by": "R"}, ("holds", "member_checked")),
    ],
)
def test_feedback_from_informants(check: Any, expected: tuple[str, str]) -> None:
    assert told(one({"member_check": check} if check else {}).tactics, "member_check") == [expected]


@pytest.mark.parametrize("link", ["F1", "h", "S-h#1"])
def test_a_surprise_bears_on_the_finding_that_it_is_linked_to(link: str) -> None:
    memos = (
        {"id": "M1", "title": "Odd", "kind": "surprise", "links": [link]},
        {"id": "M2", "kind": "surprise", "links": ["o2"]},
        {"id": "M3", "kind": "reflexive", "links": ["F1"]},
    )
    concluded = conclude(build(ITEMS, [{"supported_by": ["h"]}], memos))
    linked = only(concluded.findings[0].tactics, "surprise_linked")
    assert dict(linked.values) == {"memo": "M1", "title": "Odd"}
    assert dict(only(concluded.tactics, "surprise_followed").values)["findings"] == "F1"
    assert dict(only(concluded.tactics, "surprise_left").values)["memo"] == "M2"


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({"supported_by": ["h"]}, ("doubtful", "dimension_missing")),
        ({"supported_by": ["h", "u1"], "dimension": "dim"}, ("holds", "dimension_same")),
        ({"supported_by": ["h", "u1"], "dimension": "a"}, ("doubtful", "dimension_other")),
        ({"supported_by": ["h", "doc"], "dimension": "dim"}, ("doubtful", "dimension_other")),
    ],
)
def test_coherence_with_theory(finding: dict[str, Any], expected: tuple[str, str]) -> None:
    assert told(one(finding).tactics, "coherence") == [expected]


def test_a_passage_of_another_dimension_is_named() -> None:
    tactic = only(one({"supported_by": ["h", "doc"], "dimension": "dim"}).tactics, "dimension_other")
    assert (dict(tactic.values)["codes"], tactic.refs) == ("c-sup1", ("S-doc#1",))


def test_a_passage_with_two_codes_has_a_place_in_both_dimensions() -> None:
    items = {"h": item("c-sup1", "H", also=["a-sup1"])}
    finding = {"supported_by": ["h", "h-a-sup1"], "dimension": "dim"}
    assert told(conclude(build(items, [finding])).findings[0].tactics, "coherence") == [
        ("holds", "dimension_same")
    ]


def fields(sentence: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(sentence) if name}


def test_ids_are_said_by_their_labels_and_other_values_are_left_alone() -> None:
    tactic = only(one({"supported_by": ["h", "doc"], "dimension": "dim"}).tactics, "dimension_other")
    said = say_tactic(tactic, "id", lambda kind, name: f"<{kind} {name}>")
    assert "(<code dim>): S-doc#1, berkode <code c-sup1>." in said
    assert {"title", "memo", "ids", "refs"}.isdisjoint(KINDS)


@pytest.fixture(scope="module")
def medan() -> Conclusions:
    """The conclusions of the study at the root."""
    return conclude(read_study(ROOT))


def in_medan(medan: Conclusions, name: str) -> FindingConclusion:
    return next(found for found in medan.findings if found.finding.id == name)


def ids(found: FindingConclusion) -> list[list[str]]:
    return [sorted(row.id for row in rows) for rows in found.sides.values()]


def test_medan_training_is_not_routine_is_only_read_in(medan: Conclusions) -> None:
    found = in_medan(medan, "F02")
    assert ids(found) == [[], ["E02"], ["E05"], ["E04"]]
    assert told(found.tactics, "chain_of_evidence") == [("fails", "chain_inferred")]
    assert told(found.tactics, "researcher_effects") == [("doubtful", "researcher_infers")]
    assert ("doubtful", "contradicted_unanswered") in told(found.tactics, "negative_evidence")


def test_medan_old_tools_rest_on_one_owner_and_two_qualify_it(medan: Conclusions) -> None:
    found = in_medan(medan, "F08")
    assert ids(found) == [["E14"], [], ["E12", "E13"], []]
    assert told(found.tactics, "replication") == [("doubtful", "not_replicated")]
    assert told(found.tactics, "wording") == [("doubtful", "cause_look")]
    assert not [one for one in found.tactics if one.words == "contradicted_unanswered"]


def test_medan_idle_shops_have_a_rival_as_well_supported(medan: Conclusions) -> None:
    found = in_medan(medan, "F10")
    assert ids(found) == [["E18", "E19"], ["E21"], [], []]
    assert [(one.standing, [row.id for row in one.supporting]) for one in found.rivals] == [
        ("equal", ["E21"])
    ]
    assert told(found.tactics, "rivals") == [("doubtful", "rival_equal")]
    assert told(found.tactics, "wording") == [("doubtful", "cause_look")]
    assert dict(only(found.tactics, "surprise_linked").values)["memo"] == "M03"


def test_medan_missing_rules_rest_on_nothing(medan: Conclusions) -> None:
    found = in_medan(medan, "F13")
    assert ids(found) == [[], [], [], []]
    assert told(found.tactics, "chain_of_evidence") == [("fails", "chain_none")]
    assert told(found.tactics, "wording") == [("fails", "cause_unsupported")]


def test_medan_as_a_whole(medan: Conclusions) -> None:
    tactics = medan.tactics
    excerpts = [one for one in tactics if one.words == "type_excerpts"]
    assert [(one.outcome, dict(one.values)) for one in excerpts] == [
        (outcome, {"type": kind, "planned": planned, "heard": "", "quoted": quoted})  # who was interviewed is not known
        for outcome, kind, planned, quoted in (
            ("holds", "section-head", "1", "1"), ("holds", "sub-coordinator", "1", "1"),
            ("fails", "staff", "2", "0"), ("doubtful", "owner", "11", "3-7"),
        )
    ]  # fmt: skip
    assert dict(only(tactics, "findings_bare").values)["findings"] == "F02, F05, F13, F15, F16, F19"
    assert (
        dict(only(tactics, "theory_without_evidence").values)["codes"]
        == "institutions, no-dependence, participation"
    )


def test_medan_every_result_has_words(medan: Conclusions) -> None:
    every = [*medan.tactics, *(one for found in medan.findings for one in found.tactics)]
    for tactic in every:
        assert tactic.name in TACTICS
        assert tactic.outcome in OUTCOMES
        assert all("{" not in say_tactic(tactic, language) for language in ("en", "id", "fr"))


def test_a_rival_that_is_no_finding_is_unsupported() -> None:
    (rival,) = one({"supported_by": ["h"], "rivals": ["F9"]}).rivals
    assert (rival.id, str(rival.statement), rival.standing) == ("F9", "F9", "unsupported")
