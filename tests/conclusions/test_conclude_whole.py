"""Tactics over the whole study: who was heard, who stands out, what goes together, if-then tests."""

from __future__ import annotations

from typing import Any

import pytest

from conclude_kit import build, conclude, item, only, told
from empowerment_qda.conclusions.material import difference
from empowerment_qda.model.source import Informant
from empowerment_qda.model.study import Study


def values(tactic: Any) -> dict[str, str]:
    return dict(tactic.values)


def test_representativeness() -> None:
    items = {
        "h": item("a-sup1", "H"),
        "o1": item("a-sup1", "O1"),
        "u1": item("a-sup1", "U1"),
        "u2": item("a-sup1", "U2"),
        "o2": item("a-sup1", "O2", status="rejected"),
        "doc": item("a-sup1", method="documentation"),
    }
    tactics = conclude(build(items)).tactics
    assert told(tactics, "representativeness") == [
        ("holds", "type_quoted"), ("fails", "type_unheard"), ("doubtful", "type_partly_quoted"),
    ]  # fmt: skip
    assert values(only(tactics, "type_partly_quoted")) == {
        "type": "owner", "planned": "3", "heard": "2-4", "quoted": "1-3",
    }  # fmt: skip


def test_a_type_that_was_heard_and_is_quoted_nowhere() -> None:
    tactics = conclude(build({"s": item("a-sup1", "S", status="rejected")})).tactics
    assert values(only(tactics, "type_unquoted")) == {
        "type": "staff", "planned": "2", "heard": "1", "quoted": "0",
    }  # fmt: skip


def test_a_type_without_a_plan_is_only_told() -> None:
    kinds = {"owner": {"label": "an owner", "group": "owner"}}
    tactics = conclude(build({"o1": item("a-sup1", "O1")}, informant_types=kinds)).tactics
    assert told(tactics, "representativeness") == [("noted", "type_unplanned")]


def test_findings_that_rest_on_the_researcher_and_on_nothing() -> None:
    items = {"obs": item("a-sup1", method="observation"), "o1": item("a-sup1", "O1")}
    findings: list[dict[str, Any]] = [
        {"supported_by": ["obs"]},
        {"id": "F2", "inferred_from": ["o1"]},
        {"id": "F3", "supported_by": ["o1"]},
    ]
    tactics = conclude(build(items, findings)).tactics
    assert values(only(tactics, "researcher_alone_some"))["findings"] == "F1, F2"
    assert values(only(tactics, "findings_bare"))["findings"] == "F2"


def test_what_is_not_told_of_the_researchers() -> None:
    tactics = conclude(build({})).tactics
    untold = ("relationship_untold", "disclosure_untold", "interests_untold")
    assert [word for _, word in told(tactics, "researcher_effects")] == list(untold)
    researchers = [{"interests": "Worked in the agency."}]
    tactics = conclude(build({}, disclosure="They knew our aims.", researchers=researchers)).tactics
    assert told(tactics, "researcher_effects") == [("not_done", "relationship_untold")]


def test_parts_of_the_theory_without_evidence() -> None:
    tactics = conclude(build({"o1": item("a-neu1", "O1")})).tactics
    assert values(only(tactics, "theory_without_evidence"))["codes"] == "b, other, c"
    whole = build({name: item(f"{name}-sup1", "O1") for name in "abc"})
    assert told(conclude(whole).tactics, "coherence") == [("holds", "theory_covered")]


def test_jaccard_distance() -> None:
    assert difference(frozenset("abc"), frozenset("bcd")) == 0.5
    assert difference(frozenset("a"), frozenset("b")) == 1
    assert difference(frozenset(), frozenset()) == 0


PROFILES = {
    # O1 {a1, a2}, O2 {a1, a2}, O3 {a1, b1}, O4 {c1}; mean distances to the other three:
    # O1, O2: (0 + 2/3 + 1) / 3 = 0.56; O3: (2/3 + 2/3 + 1) / 3 = 0.78; O4: 1
    "o1": item("a-sup1", "O1", also=["a-sup2"]),
    "o2": item("a-sup1", "O2", also=["a-sup2"]),
    "o3": item("a-sup1", "O3", also=["b-sup1"]),
    "o4": item("c-lim1", "O4"),
    "h": item("c-lim1", "H"),
}


def test_the_informant_farthest_from_its_type() -> None:
    tactics = conclude(build(PROFILES)).tactics
    outlier = only(tactics, "outlier")
    assert values(outlier) == {"type": "owner", "informants": "O4", "distance": "1.00", "least": "0.56"}
    assert outlier.refs == ("S-o4#1",)
    assert values(only(tactics, "outlier_too_few")) == {"types": "head"}


def test_nobody_stands_out_where_all_are_equally_far() -> None:
    items = {f"o{n}": item(f"{aspect}-sup1", f"O{n}") for n, aspect in enumerate("abc", 1)}
    assert values(only(conclude(build(items)).tactics, "outlier_nobody"))["distance"] == "1.00"


def test_codes_used_once() -> None:
    once = only(conclude(build(PROFILES)).tactics, "codes_once")
    assert (values(once)["codes"], values(once)["all"], once.refs) == ("b-sup1", "4", ("S-o3#1",))


def test_clusters_of_informants() -> None:
    tactics = conclude(build(PROFILES)).tactics
    clusters = [values(one) for one in tactics if one.words == "cluster"]
    assert clusters == [
        {"informants": "H, O4", "codes": "c-lim1"},
        {"informants": "O1, O2", "codes": "a-sup1, a-sup2"},
    ]


def test_a_chain_of_neighbours_may_share_no_code() -> None:
    items = {
        "o1": item("a-sup1", "O1"),
        "o2": item("a-sup1", "O2", also=["b-sup1"]),
        "o3": item("b-sup1", "O3"),
    }
    assert values(only(conclude(build(items)).tactics, "cluster_chain"))["informants"] == "O1, O2, O3"


def test_too_few_informants_are_not_clustered() -> None:
    assert told(conclude(build({"o1": item("a-sup1", "O1")})).tactics, "clustering") == [
        ("not_applicable", "cluster_too_few")
    ]


def test_extreme_cases_and_their_ties() -> None:
    items = {
        "o1": item("a-sup1", "O1"), "o1b": item("a-sup2", "O1"), "o2": item("a-sup1", "O2"),
        "o3": item("a-lim1", "O3"), "h": item("a-lim1", "H"),
    }  # fmt: skip
    tactics = conclude(build(items)).tactics
    assert values(only(tactics, "most_supports")) == {"informants": "O1", "passages": "2"}
    assert values(only(tactics, "most_limits")) == {"informants": "H, O3", "passages": "1"}


def test_counts_put_informants_before_passages() -> None:
    items = {
        **{f"o1{n}": item("a-sup1", "O1") for n in range(4)},
        "o2": item("b-sup1", "O2"),
        "o3": item("b-sup1", "O3"),
        "u1": item("c-sup1", "U1"),
        "u2": item("c-sup1", "U2"),
    }
    assert values(only(conclude(build(items)).tactics, "most_spoken_of"))["codes"] == (
        "b-sup1 2/2, a-sup1 1/4, c-sup1 1-2/2"
    )


def test_contrasts_between_groups_and_one_sided_coding() -> None:
    items = {
        "h": item("a-sup1", "H"),
        "o1": item("a-lim1", "O1"),
        "o1b": item("a-lim2", "O1"),
        "obs": item("a-sup1", method="observation"),
    }
    contrasts = [values(one) for one in conclude(build(items)).tactics if one.words == "contrast"]
    assert contrasts == [
        {"axis": "group", "who": "agency", "supports": "1/1", "limits": "0/0"},
        {"axis": "group", "who": "owner", "supports": "0/0", "limits": "1/2"},
    ]
    kept = {name: items[name] for name in ("h", "obs")}
    assert ("doubtful", "only_supports") in told(conclude(build(kept)).tactics, "contrasts")


def test_codes_to_divide() -> None:
    items = {f"o{n}": item("a-sup1" if n < 4 else "b-sup1", "O1") for n in range(10)}
    findings = [{"supported_by": ["o0"], "contradicted_by": ["o1", "o9"]}]
    tactics = conclude(build(items, findings)).tactics
    large = [values(one) for one in tactics if one.words == "code_large"]
    assert large == [{"code": "a-sup1", "share": "40%"}, {"code": "b-sup1", "share": "60%"}]
    both = only(tactics, "code_both_sides")
    assert (values(both), both.refs) == ({"code": "a-sup1", "finding": "F1"}, ("S-o0#1", "S-o1#1"))
    few = {name: items[name] for name in list(items)[:9]}
    assert not [one for one in conclude(build(few)).tactics if one.words == "code_large"]


def test_codes_that_stand_together() -> None:
    tactics = conclude(build(PROFILES)).tactics
    assert values(only(tactics, "together")) == {"code": "a-sup1", "other": "a-sup2", "turns": "2"}
    alone = conclude(build({"o3": PROFILES["o3"]})).tactics
    assert told(alone, "patterns") == [("noted", "together_none")]


TRAINED = {
    # who has a-sup1 and b-lim1: O1 and H both, O2 and O3 the first alone, O4 the second alone
    "o1": item("a-sup1", "O1", also=["b-lim1"]),
    "h": item("a-sup1", "H", also=["b-lim1"]),
    "o2": item("a-sup1", "O2"),
    "o3": item("a-sup1", "O3", also=["b-sup1"]),
    "o4": item("b-lim1", "O4"),
}


def declared(given: str, then: str, items: dict[str, Any] = TRAINED) -> Any:
    return conclude(build(items, rest={"if_then": [{"if": given, "then": then}]})).tactics


def test_a_declared_if_then_names_those_for_whom_it_fails() -> None:
    tactic = only(declared("a-sup1", "b-lim1"), "if_then_fails")
    assert tactic.outcome == "doubtful"
    assert values(tactic) == {
        "if": "a-sup1", "then": "b-lim1", "holding": "2", "informants": "4", "failing": "O2, O3",
        "without_then": "1", "without": "1",
    }  # fmt: skip
    assert tactic.refs == ("S-o2#1", "S-o3#1")


@pytest.mark.parametrize(
    ("given", "then", "outcome", "words"),
    [
        ("b", "a", "doubtful", "if_then_fails"),
        ("b-sup1", "a-sup1", "holds", "if_then_holds"),
        ("b-sup1", "b-lim1", "fails", "if_then_fails"),
        ("c", "a", "not_applicable", "if_then_nobody"),
        ("a", "dim", "holds", "if_then_holds"),
    ],
)
def test_if_then_over_codes_of_any_level(given: str, then: str, outcome: str, words: str) -> None:
    assert (outcome, words) in told(declared(given, then), "if_then")


def test_a_relation_is_looked_at_within_types_and_groups() -> None:
    everywhere = only(declared("a-sup1", "b-lim1"), "spurious_everywhere")
    assert values(everywhere)["strata"] == "head 1/1, owner 1/3"
    items = {**TRAINED, "o1": item("a-sup1", "O1")}
    some = only(declared("a-sup1", "b-lim1", items), "spurious_some")
    assert (some.outcome, values(some)["strata"]) == ("doubtful", "head 1/1, owner 0/3")
    owners = {name: one for name, one in TRAINED.items() if name != "h"}
    alone = only(declared("a-sup1", "b-lim1", owners), "spurious_one_stratum")
    assert (alone.outcome, values(alone)["strata"]) == ("not_applicable", "owner 1/3")


def test_types_of_one_group_are_told_apart_from_groups() -> None:
    items = {
        "h": item("a-sup1", "H", also=["b-lim1"]),
        "s": item("a-sup1", "S"),
        "o1": item("a-sup1", "O1", also=["b-lim1"]),
    }
    found = {
        values(one)["axis"]: (one.words, values(one)["strata"])
        for one in declared("a-sup1", "b-lim1", items)
        if one.name == "spurious_relations"
    }
    assert found == {
        "type": ("spurious_some", "head 1/1, owner 1/1, staff 0/1"),
        "group": ("spurious_everywhere", "agency 1/2, owner 1/1"),
    }


def test_relations_that_nobody_declared_are_offered_and_not_judged() -> None:
    items = {
        "o1": item("a-sup1", "O1", also=["a-lim1", "c-sup1"]),
        "o2": item("a-sup1", "O2"),
        "o3": item("a-lim1", "O3"),
        "o4": item("c-sup1", "O4"),
    }
    offered = [one for one in conclude(build(items)).tactics if one.name == "if_then"]
    pairs = [(values(one)["if"], values(one)["then"], one.outcome) for one in offered]
    assert pairs == [("a-lim1", "a-sup1", "noted"), ("a-sup1", "a-lim1", "noted")]


def test_surprises_and_the_chain_of_the_whole() -> None:
    tactics = conclude(build({"o1": item("a-sup1", "O1")}, [{"supported_by": ["o1"]}])).tactics
    assert told(tactics, "surprises") == [("not_done", "surprises_none")]
    assert told(tactics, "chain_of_evidence") == [("holds", "study_chain_whole")]
    lost = {"o1": item("a-sup1", "O1", quote="words that nobody ever said there")}
    assert values(only(conclude(build(lost)).tactics, "study_unplaced"))["ids"] == "o1"


def test_an_empty_study_is_concluded_too() -> None:
    assert conclude(build({})).findings == ()


def test_relationship_disclosure_and_interests_all_told() -> None:
    told_of = {"id": "O9", "type": "owner", "prior_relationship": "A neighbour."}
    study = build(
        {"o1": item("a-sup1", "O1")}, disclosure="Our aims.", researchers=[{"interests": "Worked there."}]
    )
    source = study.sources[0].model_copy(update={"informant": Informant.model_validate(told_of)})
    study = Study(study.settings, study.codebook, (source,), study.codings)
    assert told(conclude(study).tactics, "researcher_effects") == [("holds", "researcher_told")]


def test_many_informants_are_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empowerment_qda.conclusions.study_tactics.COMPARED", 3)
    monkeypatch.setattr("empowerment_qda.conclusions.meaning.COMPARED", 3)
    tactics = conclude(build(PROFILES)).tactics
    assert ("not_applicable", "too_many") in told(tactics, "outliers")
    assert told(tactics, "clustering") == [("not_applicable", "too_many")]


def test_the_strongest_relations_are_offered_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empowerment_qda.conclusions.meaning.RELATIONS_SHOWN", 1)
    items = {
        "o1": item("a-sup1", "O1", also=["a-sup2", "a-lim1"]),
        "o2": item("a-sup1", "O2", also=["a-sup2"]),
        "o3": item("a-sup1", "O3"),
    }
    offered = [one for one in conclude(build(items)).tactics if one.name == "if_then"]
    assert [(one.words, values(one).get("if"), values(one).get("then")) for one in offered] == [
        ("if_then_holds", "a-sup2", "a-sup1"), ("if_then_more", None, None),
    ]  # fmt: skip
    assert values(offered[1])["more"] == "3"
