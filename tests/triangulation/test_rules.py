"""The rules of triangulation on worked cases, each built as a study of sources, codings and findings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Codings, Memo
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study
from empowerment_qda.model.triangulation import FindingTriangulation, Triangulation
from empowerment_qda.triangulation import triangulate_study
from empowerment_qda.triangulation.convergence import assess

TYPES = {"kasi": "agency", "sub": "agency", "staff": "agency", "owner": "owner"}
INFORMANTS: dict[str, dict[str, str]] = {
    "K": {"type": "kasi"}, "S": {"type": "sub"}, "O1": {"type": "owner"}, "O2": {"type": "owner"},
    "O3": {"type": "owner"}, "U1": {"type": "owner", "identity": "unknown"},
    "U2": {"type": "owner", "identity": "unknown"}, "X": {},
}  # fmt: skip
ITEMS: dict[str, dict[str, str | None]] = {
    "k1": {"informant": "K"}, "s1": {"informant": "S"}, "o1a": {"informant": "O1"}, "o1b": {"informant": "O1"},
    "o1c": {"informant": "O1"}, "o1d": {"informant": "O1"}, "o1e": {"informant": "O1"}, "o2a": {"informant": "O2"},
    "o3a": {"informant": "O3"}, "u1": {"informant": "U1"}, "u2": {"informant": "U2"}, "x1": {"informant": "X"},
    "ob1": {"method": "observation"}, "doc_res": {"method": "documentation", "producer": "researcher"},
    "doc_ag": {"method": "documentation", "producer": "agency"},
    "kd": {"informant": "K", "date": "2022-09-12", "event_date": "2022-09-15"}, "un": {"method": "unspecified"},
    "anon": {"method": "interview"}, "un_k": {"informant": "K", "method": "unspecified"},
}  # fmt: skip


def build(
    finding: dict[str, Any],
    items: dict[str, dict[str, Any]] = ITEMS,
    informants: dict[str, dict[str, Any]] = INFORMANTS,
    types: dict[str, str] = TYPES,
    **settings: Any,
) -> Study:
    """A study in which each item is a source of one turn with one coding whose id is the item's."""
    groups = {group: {"label": group} for group in types.values()}
    kinds = {name: {"label": name, "group": group} for name, group in types.items()}
    sources, codings = [], []
    for name, item in items.items():
        source = {
            "id": name,
            "method": item.get("method") or "interview",
            "date": item.get("date") or "2022-09-20",
            "producer": item.get("producer"),
            "turns": [{"text": f"words of {name}"}],
        }
        if item.get("informant"):
            source["informant"] = {"id": item["informant"], **informants[item["informant"]]}
        sources.append(Source.model_validate(source))
        coding = {
            "id": name,
            "code": "c",
            "turn": 1,
            "quote": f"words of {name}",
            "event_date": item.get("event_date"),
        }
        codings.append(Codings.model_validate({"source": name, "coder": "first", "codings": [coding]}))
    return Study(
        settings=Settings.model_validate(
            {
                "title": "t",
                "codebook": "b",
                "sources": {},
                "groups": groups,
                "informant_types": kinds,
                **settings,
            }
        ),
        codebook=Codebook.model_validate({"title": "b", "version": "1", "codes": [{"id": "c"}]}),
        sources=tuple(sources),
        codings=tuple(codings),
        findings=Findings.model_validate({"findings": [{"id": "F", "statement": "s", **finding}]}),
        memos=(Memo.model_validate({"id": "M12", "links": ["F"], "text": "Why both hold."}),),
    )


def run(study: Study) -> Triangulation:
    return triangulate_study(study, reduce_study(study))


def judge(finding: dict[str, Any], **settings: Any) -> FindingTriangulation:
    """The result for one finding over the items above."""
    return run(build(finding, **settings)).findings[0]


def flags(found: FindingTriangulation) -> list[str]:
    """Flags as `T05 SINGLE_TYPE owner`."""
    return sorted(" ".join(filter(None, (flag.code, flag.name, flag.value))) for flag in found.flags)


OWNER_ALONE = [
    "T04 SINGLE_INFORMANT",
    "T05 SINGLE_TYPE owner",
    "T06 SINGLE_GROUP owner",
    "T07 SINGLE_METHOD interview",
]
ALL_MET = ["k1", "s1", "o1a", "o2a", "ob1"]

# supporting and other sides; verdict; status of informant, type, group, method; flags; assessment
CASES: list[tuple[str, dict[str, Any], str, str, list[str], str]] = [
    ("nobody voiced it", {}, "unsupported", "no_evidence no_evidence no_evidence no_evidence", ["T01 NO_EVIDENCE"],
     "no_coverage"),
    ("seen, and said by nobody", {"supported_by": ["ob1"]}, "flagged", "no_informant no_informant no_informant single",
     ["T03 NO_INFORMANT", "T07 SINGLE_METHOD observation"], "no_coverage"),
    ("one informant five times", {"supported_by": ["o1a", "o1b", "o1c", "o1d", "o1e"]}, "flagged",
     "single single single single", [*OWNER_ALONE, "T15 CONCENTRATION O1"], "silence"),
    ("two owners", {"supported_by": ["o1a", "o2a"]}, "flagged", "met single single single", OWNER_ALONE[1:], "silence"),
    ("two officials", {"supported_by": ["k1", "s1"]}, "flagged", "met met single single",
     ["T06 SINGLE_GROUP agency", "T07 SINGLE_METHOD interview"], "agreement"),
    ("official, owner and photo", {"supported_by": ["k1", "o1a", "doc_res"]}, "triangulated", "met met met met",
     ["T17 FRAGILE K", "T17 FRAGILE O1"], "agreement"),
    ("all axes met", {"supported_by": ALL_MET}, "triangulated", "met met met met", [], "agreement"),
    ("contradicted by a third owner", {"supported_by": ALL_MET, "contradicted_by": ["o3a"]}, "contested",
     "met met met met", ["T10 CONTRADICTED"], "partial_agreement"),
    ("contradicted and answered", {"supported_by": ALL_MET, "contradicted_by": ["o3a"], "response": "M12"},
     "triangulated", "met met met met", ["T10 CONTRADICTED_ANSWERED"], "partial_agreement"),
    ("an unknown type could decide", {"supported_by": ["o1a", "x1", "ob1"]}, "indeterminate",
     "met indeterminate indeterminate met",
     ["T05 SINGLE_TYPE owner", "T06 SINGLE_GROUP owner", "T08 UNKNOWN_TYPE"], "silence"),
    ("two anonymous owners", {"supported_by": ["u1", "u2", "ob1"]}, "flagged", "indeterminate single single met",
     ["T05 SINGLE_TYPE owner", "T06 SINGLE_GROUP owner", "T09 ANONYMOUS_IDENTITY"], "silence"),
    ("one anonymous and one known owner", {"supported_by": ["u1", "o1a"]}, "flagged",
     "indeterminate single single single",
     ["T05 SINGLE_TYPE owner", "T06 SINGLE_GROUP owner", "T07 SINGLE_METHOD interview", "T09 ANONYMOUS_IDENTITY"],
     "silence"),
    ("one anonymous owner and an official", {"supported_by": ["u1", "k1", "ob1"]}, "triangulated", "met met met met",
     ["T17 FRAGILE K", "T17 FRAGILE U1"], "agreement"),
    ("the same passage for and against", {"supported_by": ["o1a"], "contradicted_by": ["o1a"]}, "flagged",
     "single single single single", [*OWNER_ALONE, "T10 CONTRADICTED", "T16 AMBIVALENT_INFORMANT O1"], "silence"),
    ("one person on both sides", {"supported_by": ["o1a"], "contradicted_by": ["o1b"]}, "flagged",
     "single single single single", [*OWNER_ALONE, "T10 CONTRADICTED", "T16 AMBIVALENT_INFORMANT O1"], "silence"),
    ("the agency's photo backs the agency", {"supported_by": ["k1", "s1", "doc_ag"]}, "flagged", "met met single met",
     ["T06 SINGLE_GROUP agency", "T13 DEPENDENT_DOCUMENT"], "agreement"),
    ("somebody else's photo backs the agency", {"supported_by": ["k1", "s1", "doc_ag", "doc_res"]}, "flagged",
     "met met single met", ["T06 SINGLE_GROUP agency"], "agreement"),
    ("only contradicted", {"contradicted_by": ["k1"]}, "unsupported",
     "no_evidence no_evidence no_evidence no_evidence", ["T02 ONLY_CONTRADICTED", "T10 CONTRADICTED"], "silence"),
    ("only inferred", {"inferred_from": ["o1a"]}, "unsupported",
     "no_evidence no_evidence no_evidence no_evidence", ["T11 INFERRED_ONLY"], "no_coverage"),
    ("only qualified", {"qualified_by": ["o1a"]}, "unsupported",
     "no_evidence no_evidence no_evidence no_evidence", ["T01 NO_EVIDENCE"], "no_coverage"),
    ("a generic assertion is no item", {"supported_by": ["un"]}, "unsupported",
     "no_evidence no_evidence no_evidence no_evidence", ["T01 NO_EVIDENCE"], "no_coverage"),
    ("an unspecified method counts on no axis", {"supported_by": ["k1", "un_k", "o1a"]}, "flagged",
     "met met met single", ["T07 SINGLE_METHOD interview"], "agreement"),
    ("a word dated before the event", {"supported_by": ["kd", "o1a", "ob1"]}, "triangulated", "met met met met",
     ["T14 DATE_CONFLICT kd", "T17 FRAGILE K", "T17 FRAGILE O1"], "agreement"),
    ("a view that must be there", {"supported_by": ALL_MET, "expected_types": ["staff", "owner"]}, "triangulated",
     "met met met met", ["T12 MISSING_PERSPECTIVE staff"], "agreement"),
    ("an interview that declares nobody is nobody's word", {"supported_by": ["anon", "k1", "ob1"]}, "flagged",
     "single single single met", ["T04 SINGLE_INFORMANT", "T05 SINGLE_TYPE kasi", "T06 SINGLE_GROUP agency"],
     "silence"),
    ("owner against official", {"supported_by": ["k1"], "contradicted_by": ["o1a"]}, "flagged",
     "single single single single",
     ["T04 SINGLE_INFORMANT", "T05 SINGLE_TYPE kasi", "T06 SINGLE_GROUP agency", "T07 SINGLE_METHOD interview",
      "T10 CONTRADICTED"], "dissonance"),
    ("a reference given twice counts once", {"supported_by": ["o1a", "o1a", "o2a"]}, "flagged",
     "met single single single", OWNER_ALONE[1:], "silence"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "finding", "verdict", "axes", "expected", "assessment"), CASES, ids=lambda one: str(one)[:40]
)
def test_the_rules(
    why: str, finding: dict[str, Any], verdict: str, axes: str, expected: list[str], assessment: str
) -> None:
    found = judge(finding)
    assert found.verdict == verdict
    assert " ".join(axis.status for axis in found.axes.values()) == axes
    assert flags(found) == sorted(expected)
    assert found.convergence.assessment == assessment


def test_inferred_counts_only_when_asked() -> None:
    found = judge({"inferred_from": ["o1a"]}, evidence={"count_inferred": True})
    assert (found.verdict, flags(found)) == ("flagged", OWNER_ALONE)
    assert found.convergence.cells == {
        "kasi": "silent",
        "sub": "silent",
        "staff": "no_data",
        "owner": "support",
    }


def test_a_coding_read_in_by_the_analyst_is_inferred_whoever_cites_it() -> None:
    study = build({"supported_by": ["o1a", "k1"]})
    codings = tuple(
        replace_coding(file, strength="inferred") if file.source == "k1" else file for file in study.codings
    )
    found = run(replace(study, codings=codings)).findings[0]
    assert [row.id for row in found.supporting] == ["o1a"]
    assert [row.id for row in found.inferred] == ["k1"]


def replace_coding(file: Codings, **changes: Any) -> Codings:
    return file.model_copy(update={"codings": tuple(one.model_copy(update=changes) for one in file.codings)})


def test_the_same_words_coded_by_two_coders_count_once() -> None:
    study = build({"supported_by": ["c"]}, items={"o1a": ITEMS["o1a"], "k1": ITEMS["k1"]})
    second = [file.model_copy(update={"coder": "second"}) for file in study.codings]
    twice = [replace_coding(file, id=None) for file in second]
    found = run(replace(study, codings=(*study.codings, *twice))).findings[0]
    assert [row.id for row in found.supporting] == ["o1a", "k1"]


def test_errors_name_what_is_unknown_and_what_stands_on_both_sides() -> None:
    found = judge({"supported_by": ["o1a", "nope"], "contradicted_by": ["o1a"]})
    assert [(error.code, error.value) for error in found.errors] == [("E01", "nope"), ("E02", "o1a")]


def test_bounds_are_shown_for_anonymous_speakers() -> None:
    axis = judge({"supported_by": ["u1", "u2"]}).axes["informant"]
    assert (axis.count, axis.upper, axis.values) == (1, 2, ("U1", "U2"))


def test_fewer_than_the_minimum_is_not_single() -> None:
    found = judge({"supported_by": ["o1a", "o2a", "ob1"]}, triangulation={"min": {"informant": 3}})
    assert found.axes["informant"].status == "below_min"
    assert "T04 BELOW_MIN_INFORMANTS" in flags(found)


def test_the_basic_profile_asks_for_informants_and_types_only() -> None:
    found = judge({"supported_by": ["k1", "s1"]}, triangulation={"profile": "basic"})
    assert found.verdict == "triangulated"
    assert [name for name, axis in found.axes.items() if axis.required] == ["informant", "type"]


def test_a_threshold_that_the_study_cannot_reach_is_told_once() -> None:
    items = {name: ITEMS[name] for name in ("o1a", "o2a", "ob1")}
    result = run(build({"supported_by": ["o1a", "o2a", "ob1"]}, items=items))
    found = result.findings[0]
    assert (found.verdict, found.axes["group"].status) == ("not_assessable", "not_possible")
    assert [(note.code, note.value) for note in result.notes if note.code == "R10"] == [
        ("R10", "type, group")
    ]


def test_an_undeclared_type_counts_as_unknown() -> None:
    informants = {**INFORMANTS, "K": {"type": "kassi"}}
    found = run(build({"supported_by": ["k1", "o1a", "ob1"]}, informants=informants)).findings[0]
    assert found.verdict == "indeterminate"
    assert found.axes["type"].values == ("owner",)


def test_notes_on_the_study() -> None:
    study = build({"supported_by": ["k1"]}, items={name: ITEMS[name] for name in ("k1", "o1a", "o2a")})
    settings = study.settings.model_copy(
        update={
            "informant_types": {
                name: kind.model_copy(update={"planned": 1})
                for name, kind in study.settings.informant_types.items()
            }
        }
    )
    book = Codebook.model_validate(
        {"title": "b", "version": "1", "codes": [
            {"id": "d", "codes": [{"id": "a", "codes": [{"id": "c", "direction": "limits"}]},
                                  {"id": "b", "codes": [{"id": "e"}]}]}]}
    )  # fmt: skip
    notes = run(replace(study, settings=settings, codebook=book)).notes
    assert [(note.code, note.value) for note in notes] == [
        ("S01", "sub"), ("S01", "staff"), ("S02", "owner"), ("S03", "b"), ("S04", "o1a, o2a"), ("R10", "method"),
    ]  # fmt: skip


def test_limits_told_by_one_group_only() -> None:
    study = build({"supported_by": ["o1a"]}, items={name: ITEMS[name] for name in ("o1a", "o2a", "ob1")})
    book = Codebook.model_validate(
        {"title": "b", "version": "1", "codes": [{"id": "c", "direction": "limits"}]}
    )
    notes = run(replace(study, codebook=book)).notes
    assert ("S05", "owner") in [(note.code, note.value) for note in notes]


def test_time_is_the_same_informant_on_two_dates() -> None:
    items: dict[str, dict[str, Any]] = {**ITEMS, "o1b": {"informant": "O1", "date": "2022-12-01"}}
    found = run(build({"supported_by": ["o1a", "o1b"]}, items)).findings[0]
    assert (found.extras["time"].status, found.extras["time"].values) == ("met", ("O1",))
    assert judge({"supported_by": ["o1a", "o1b"]}).extras["time"].status == "not_done"
    assert judge({"supported_by": ["k1"]}).extras["time"].status == "not_met"
    assert judge({"supported_by": ["u1"]}).extras["time"].status == "not_possible"


def test_a_year_and_a_day_in_it_may_be_one_date() -> None:
    items: dict[str, dict[str, Any]] = {**ITEMS, "o1b": {"informant": "O1", "date": "2022"}}
    found = run(build({"supported_by": ["o1a", "o1b"]}, items)).findings[0]
    assert found.extras["time"].status == "not_done"


def test_technique_is_two_methods_on_one_informant_or_site() -> None:
    study = build({"supported_by": ["o1a", "ob1"]})
    assert run(study).findings[0].extras["technique_same_source"].status == "not_done"
    about = tuple(
        one.model_copy(update={"about": ("O1",)}) if one.id == "ob1" else one for one in study.sources
    )
    assert run(replace(study, sources=about)).findings[0].extras["technique_same_source"].values == ("O1",)
    site = tuple(
        one.model_copy(update={"site": "market"}) if one.id in ("ob1", "o1a") else one
        for one in study.sources
    )
    assert run(replace(study, sources=site)).findings[0].extras["technique_same_source"].values == ("market",)
    # Tried on the site, though only one of the ways supports the finding.
    tried = run(replace(build({"supported_by": ["o1a"]}), sources=site)).findings[0]
    assert tried.extras["technique_same_source"].status == "not_met"


def test_a_way_that_nobody_tells_is_no_second_technique() -> None:
    study = build({"supported_by": ["o1a", "un"]})
    about = [one.model_copy(update={"about": ("O1",)}) if one.id == "un" else one for one in study.sources]
    found = run(replace(study, sources=tuple(about))).findings[0]
    assert found.extras["technique_same_source"].status == "not_done"


def test_investigators_are_two_coders_of_the_same_words() -> None:
    study = build({"supported_by": ["c"]}, items={"o1a": ITEMS["o1a"], "k1": ITEMS["k1"]})
    assert run(study).findings[0].extras["investigator"].status == "not_done"
    second = [replace_coding(one.model_copy(update={"coder": "second"}), id=None) for one in study.codings]
    half = run(replace(study, codings=(*study.codings, second[0]))).findings[0].extras["investigator"]
    assert (half.status, half.values) == ("not_met", ("1/2",))
    own = [one.model_copy(update={"code": "other"}) for one in second[0].codings]
    second[0] = second[0].model_copy(update={"codings": (*second[0].codings, *own)})
    both = run(replace(study, codings=(*study.codings, *second))).findings[0].extras["investigator"]
    assert (both.status, both.values) == ("met", ("first", "second"))


def test_a_coder_who_copied_is_no_second_investigator() -> None:
    items = {name: ITEMS[name] for name in ("o1a", "o2a", "k1", "s1")}
    study = build({"supported_by": ["c"]}, items=items)
    copied = [replace_coding(one.model_copy(update={"coder": "second"}), id=None) for one in study.codings]
    found = run(replace(study, codings=(*study.codings, *copied))).findings[0].extras["investigator"]
    assert (found.status, found.values) == ("not_met", ())


def test_a_member_check_is_met_when_it_was_done() -> None:
    assert judge({"member_check": {"done": "yes"}}).extras["member_check"].status == "met"
    assert judge({"member_check": {"done": "no"}}).extras["member_check"].status == "not_done"
    disagreed = judge({"member_check": {"done": "yes", "outcome": "disagreed"}}).extras["member_check"]
    assert (disagreed.status, disagreed.values) == ("not_met", ("disagreed",))


def test_convergence_by_group_and_by_method() -> None:
    study = build({"supported_by": ["k1", "ob1"], "contradicted_by": ["o1a", "doc_res"]})
    by_group = triangulate_study(study, reduce_study(study), "group").findings[0].convergence
    assert (by_group.cells, by_group.assessment) == (
        {"agency": "support", "owner": "contradict"},
        "dissonance",
    )
    by_method = triangulate_study(study, reduce_study(study), "method").findings[0].convergence
    assert by_method.cells == {"documentation": "contradict", "interview": "mixed", "observation": "support"}
    assert (by_method.agreeing, by_method.covered, by_method.covering, by_method.with_data) == (0, 3, 3, 3)


def test_what_is_silent_has_data_and_covers_nothing() -> None:
    found = assess({"a": "support", "b": "silent", "c": "contradict", "d": "no_data"})
    assert (found.agreeing, found.covered, found.covering, found.with_data) == (0, 3, 2, 3)
