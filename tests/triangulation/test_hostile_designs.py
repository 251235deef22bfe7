"""Studies that leave something out: types, groups, methods and people that they cannot have, said or unsaid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from triangulation.tiny import (
    AGAINST,
    HEAD,
    OWNER,
    OWNER_2,
    QDA,
    SEEN,
    Case,
    judge,
    memo,
    show_flags,
    tiny,
)

SEEN_ONLY = SEEN.replace("  +", "  ")
INTERVIEWS = HEAD + OWNER
OWNERS = OWNER + OWNER_2 + SEEN
LETTER = """
documentation D: | producer: agency
  + The photo shows a full class.
"""
THIRD = """
interview Z: Z owner
  R: Was it useful?
  + Z: It was, for my sister too.
"""
STAFF = """
interview T: T staff
  R: Does it work?
  + T: I teach it and it works.
"""


def rules(**keys: Any) -> dict[str, Any]:
    """The settings of triangulation."""
    return {"triangulation": keys}


def declared(
    *axes: str, reason: str = "All who sell here are owners; no office could be asked."
) -> dict[str, Any]:
    """A design that requires these axes only, with its reason."""
    return rules(require=list(axes), reason=reason)


CASES = [
    # Worked edges that are not among the witnesses
    Case("no evidence", (HEAD + OWNER + SEEN).replace("  +", "  "), "unsupported", "T01"),
    Case("two owners", OWNER + OWNER_2 + (HEAD + SEEN).replace("  +", "  "), "flagged", "T05:owner T06:owner T07:interview"),
    Case("two officials", HEAD + STAFF + (OWNER + SEEN).replace("  +", "  "), "flagged", "T06:agency T07:interview"),
    Case("one informant five times in a study of two sides", (HEAD + SEEN).replace("  +", "  ") + """
interview O: O owner
  + O: It helped.
  + O: I sold more.
  + O: I learned to write a text.
  + O: My sister came too.
  + O: We shall go again.
""", "flagged", "T04 T05:owner T06:owner T07:interview T15:O", "informant=single:1 type=single:1 group=single:1 method=single:1"),
    Case("contradicted by a third owner", HEAD + OWNER + SEEN + AGAINST, "contested", "T10 T17:H T17:O"),
    Case("contradicted, and answered by a memo", HEAD + OWNER + SEEN + AGAINST, "triangulated", "T10 T17:H T17:O",
         finding={"response": "M1"}, memos=memo("M1", "F")),
    Case("the agency's photo backs the agency", HEAD + STAFF + LETTER + OWNER.replace("  +", "  "), "flagged",
         "T06:agency T13"),
    Case("somebody else's photo backs the agency", HEAD + STAFF + LETTER.replace("agency", "researcher")
         + OWNER.replace("  +", "  "), "flagged", "T06:agency"),
    # R10: a study of one type and group
    Case("owners only, unsaid", OWNERS, "not_assessable", "T05:owner T06:owner",
         "informant=met type=not_possible group=not_possible method=met"),
    Case("owners only, declared with its reason", OWNERS, "triangulated", "T05:owner T06:owner T17:O T17:Q",
         qda=declared("informant", "method")),
    Case("three owners, declared: nobody is indispensable, the flag stays", OWNERS + THIRD, "triangulated",
         "T05:owner T06:owner", qda=declared("informant", "method")),
    Case("minima of 1 with a reason keep the flags", OWNERS, "triangulated", "T05:owner T06:owner T17:O T17:Q",
         "type=met:1 group=met:1", qda=rules(min={"type": 1, "group": 1}, reason="Owners only.")),
    Case("a minimum of 1 method with a reason keeps the flag", INTERVIEWS, "triangulated", "T07:interview T17:H T17:O",
         "method=met:1", qda=rules(min={"method": 1}, reason="Interviews only.")),
    Case("all minima of 1: one quotation of one owner", OWNER, "triangulated",
         "T04 T05:owner T06:owner T07:interview T17:O", "informant=met:1 type=met:1 group=met:1 method=met:1",
         qda=rules(min=dict.fromkeys(("informant", "type", "group", "method"), 1), reason="A single case.")),
    Case("two types of the agency only", HEAD + STAFF + SEEN, "not_assessable", "T06:agency", "type=met group=not_possible"),
    Case("a planned type that was never heard", OWNERS, "not_assessable", "T05:owner T06:owner",
         "type=not_possible group=not_possible",
         qda={"informant_types": QDA["informant_types"] | {"head": {"label": "Head", "group": "agency", "planned": 2}}}),
    Case("a type that is heard only through questions", OWNERS + """
interview H: H head
  + R: You hold a class every month, do you not?
""", "not_assessable", "T05:owner T06:owner", "type=not_possible group=not_possible"),
    Case("a type that is heard only through reconstructed turns", OWNERS + """
interview H: H head
  R: Is there a class?
  r H: There must be one.
""", "not_assessable", "T05:owner T06:owner", "type=not_possible group=not_possible"),
    Case("a type that is heard only under a mistyped label", OWNERS + """
interview H: H head
  R: Is there a class?
  h: There is one.
""", "not_assessable", "T05:owner T06:owner", "type=not_possible group=not_possible", names="unknown-speaker"),
    Case("a type that is heard only in a document", OWNERS + """
documentation D: H head | producer: agency
  H: "We hold a class."
""", "not_assessable", "T05:owner T06:owner", "type=not_possible group=not_possible"),
    Case("a type that is heard and silent makes the axis possible", OWNERS + HEAD.replace("  +", "  "), "flagged",
         "T05:owner T06:owner", "type=single:1 group=single:1"),
    # R10: a study of one method
    Case("interviews only, unsaid", INTERVIEWS, "not_assessable", "T07:interview", "method=not_possible"),
    Case("interviews only, declared with its reason", INTERVIEWS, "triangulated", "T07:interview T17:H T17:O",
         qda=declared("informant", "type", "group")),
    Case("interviews and an undeclared method", INTERVIEWS + "telephone T:\n  The line was bad.\n", "not_assessable",
         "T07:interview", "method=not_possible", names="unknown-method"),
    Case("interviews and a note whose turns are reconstructed", INTERVIEWS + "observation S:\n  r They sat there.\n",
         "not_assessable", "T07:interview", "method=not_possible"),
    Case("interviews and a focus group that declares nobody", INTERVIEWS + "fgd G:\n  We all liked it.\n",
         "not_assessable", "T07:interview", "method=not_possible"),
    # R10: a study of one informant
    Case("one informant and what was seen", OWNER + SEEN, "flagged", "T04 T05:owner T06:owner", "informant=single:1"),
    Case("one informant, declared as a single case", OWNER + SEEN, "triangulated", "T04 T05:owner T06:owner T17:O",
         qda=declared("method", reason="A life history.")),
    Case("one informant, the informant axis required", OWNER + SEEN, "flagged", "T04 T05:owner T06:owner",
         "informant=single:1", qda=declared("informant", "method", reason="A life history.")),
    Case("one anonymous informant", "interview U: U owner?\n  + U: It helped.\n" + SEEN, "flagged",
         "T04 T05:owner T06:owner", "informant=single:1"),
    # The order of verdicts
    Case("contradicted in a study that cannot assess it", OWNERS + AGAINST, "not_assessable", "T05:owner T06:owner T10",
         contested=True),
    Case("contradicted and answered in a study that cannot assess it", OWNERS + AGAINST, "not_assessable",
         "T05:owner T06:owner T10", finding={"response": "M1"}, memos=memo("M1", "F")),
    Case("flagged and contested", OWNER + OWNER_2 + AGAINST + (HEAD + SEEN).replace("  +", "  "), "flagged",
         "T05:owner T06:owner T07:interview T10", contested=True),
    Case("flagged goes before not assessable", OWNER + (OWNER_2 + SEEN).replace("  +", "  "), "flagged",
         "T04 T05:owner T06:owner T07:interview", "informant=single:1 type=not_possible method=single:1"),
    Case("indeterminate goes before not assessable", OWNER + """
interview X: X -
  + X: I think that it helped.
""", "indeterminate", "T05:owner T06:owner T07:interview T08", "type=indeterminate:1-2 method=not_possible"),
    Case("an unknown type is never a failed one, however many types are asked", OWNER + SEEN + """
interview A: A -
  + A: It helped.
""" + STAFF.replace("  +", "  ") + HEAD.replace("  +", "  "), "indeterminate", "T05:owner T06:owner T08",
         "type=indeterminate:1-2", qda=rules(min={"type": 3})),
    Case("more types are asked than anybody heard could have", OWNER + SEEN + """
interview A: A -
  + A: It helped.
""", "indeterminate", "T05:owner T06:owner T08", "type=not_possible:1-2 group=indeterminate:1-2", qda=rules(min={"type": 3})),
    Case("indeterminate and contested", OWNER + AGAINST + SEEN + """
interview X: X -
  + X: I think that it helped.
""", "indeterminate", "T05:owner T06:owner T08 T10", contested=True),
    Case("only contradicted", AGAINST + (HEAD + SEEN).replace("  +", "  "), "unsupported", "T02 T10", contested=True),
    Case("contradicted in a declared design", OWNERS + AGAINST, "contested", "T05:owner T06:owner T10 T17:O T17:Q",
         qda=declared("informant", "method")),
    # Profiles
    Case("the basic profile with its reason keeps the flags of what it does not ask for", HEAD + STAFF + SEEN_ONLY,
         "triangulated", "T06:agency T07:interview T17:H T17:T", qda=rules(profile="basic", reason="A pilot study.")),
    Case("the strict profile lets nothing contested pass", HEAD + OWNER + SEEN + AGAINST + STAFF + OWNER_2, "contested", "T10",
         strict=1, qda=rules(profile="strict")),
    Case("the strict profile lets nothing fragile pass", HEAD + OWNER + SEEN, "triangulated", "T17:H T17:O", strict=1,
         qda=rules(profile="strict")),
    Case("the strict profile lets sound findings pass", HEAD + OWNER + SEEN + STAFF + OWNER_2, "triangulated", "",
         qda=rules(profile="strict")),
    Case("an answered contradiction passes the strict profile", HEAD + OWNER + SEEN + AGAINST + STAFF + OWNER_2,
         "triangulated", "T10", qda=rules(profile="strict"), finding={"response": "M1"}, memos=memo("M1", "F")),
    # Flags
    Case("a view that must be there", HEAD + OWNER + SEEN, "triangulated", "T12:staff T17:H T17:O",
         finding={"expected_types": ["staff", "owner"]}),
    Case("a view that is there only as a question", OWNER + OWNER_2 + SEEN + """
interview H: H head
  + R: You like the class?
  H: No comment.
""", "flagged", "T05:owner T06:owner T12:head", finding={"expected_types": ["head"]}),
    Case("a word dated before the event", HEAD + OWNER + SEEN, "triangulated", "T14:H.2 T17:H T17:O",
         codings={"H.2": {"event_date": "2022-10-01"}}),
    Case("a word of the day of the event", HEAD + OWNER + SEEN, "triangulated", "T17:H T17:O",
         codings={"H.2": {"event_date": "2022-09-20"}}),
    Case("days of talk that may end after the event", HEAD.replace("H head", "H head | date: 2022-09-12/2022-10-05") + OWNER + SEEN,
         "triangulated", "T17:H T17:O", codings={"H.2": {"event_date": "2022-10-01"}}),
    Case("a note that plans an event is no speech", HEAD + OWNER + SEEN, "triangulated", "T17:H T17:O",
         codings={"S.1": {"event_date": "2022-10-01"}}),
    Case("a word dated after the event", HEAD + OWNER + SEEN, "triangulated", "T17:H T17:O",
         codings={"H.2": {"event_date": "2022-09-01"}}),
    Case("a document of the agency in Indonesian words", HEAD + STAFF + LETTER.replace("documentation", "dokumen")
         + OWNER.replace("  +", "  "), "flagged", "T06:agency T13"),
    Case("one person on both sides", HEAD + OWNER + SEEN + """
interview P: O
  - O: On second thought it was a lost day.
""", "contested", "T10 T16:O T17:H T17:O"),
    Case("a contested finding is fragile too", HEAD + OWNER + SEEN + AGAINST + OWNER_2, "contested", "T10 T17:H"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_design_may_leave_out(case: Case, tmp_path: Path) -> None:
    judge(case, tmp_path)


REFUSED: dict[str, dict[str, Any]] = {
    "nothing required": rules(require=[]),
    "nothing required, with a reason": rules(require=[], reason="We trust our informants."),
    "one axis without a word why": rules(require=["informant"]),
    "three axes without a word why": rules(require=["informant", "type", "method"]),
    "an empty reason": rules(require=["informant"], reason=""),
    "a reason of blanks": rules(require=["informant"], reason="   "),
    "a minimum of 1 without a word why": rules(min={"type": 1}),
    "a minimum of 1 on an axis that is left out anyway": rules(
        require=["informant", "method"], min={"informant": 1}
    ),
    "a minimum of 0": rules(min={"type": 0}, reason="Types do not matter."),
    # open: the profile leaves out two axes of `standard`, so it needs a reason as `require` would
    "the basic profile without a word why": rules(profile="basic"),
    "an axis that does not exist": rules(require=["informant", "typ"], reason="Owners only."),
}


@pytest.mark.parametrize("keys", REFUSED.values(), ids=lambda keys: str(keys["triangulation"])[:60])
def test_a_design_that_says_not_why_never_passes(keys: dict[str, Any], tmp_path: Path) -> None:
    """Whether it is refused (2) or held at the gate (1) is open; `check` names the key."""
    made = tiny(tmp_path, HEAD + OWNER + OWNER_2 + STAFF + SEEN, qda=keys)
    assert made.strict() != 0
    assert made.qda("check").exit_code != 0
    assert any("qda.yaml" in one["path"] + one["message"] for one in made.problems())
    assert "unknown-key" not in made.errors()


@pytest.mark.parametrize(
    "keys",
    [
        {},
        rules(require=["method", "group", "type", "informant"]),
        rules(min={"informant": 3}),
        rules(profile="standard"),
    ],
)
def test_a_design_that_leaves_nothing_out_needs_no_reason(keys: dict[str, Any], tmp_path: Path) -> None:
    made = tiny(tmp_path, HEAD + OWNER + OWNER_2 + STAFF + SEEN, qda=keys)
    assert made.strict() == 0
    assert made.errors() == set()


def test_the_verdict_of_a_declared_design_names_its_axes(tmp_path: Path) -> None:
    made = tiny(tmp_path, OWNERS, qda=declared("informant", "method"))
    assert "triangulated (informant, method)" in made.qda("triangulate", "--format", "csv").stdout


def test_the_verdict_of_a_whole_design_stands_alone(tmp_path: Path) -> None:
    made = tiny(tmp_path, HEAD + OWNER + SEEN)
    assert made.finding()["verdict"] == "triangulated"
    assert "triangulated (" not in made.qda("triangulate", "--format", "csv").stdout


def test_the_reason_of_a_design_opens_the_report(tmp_path: Path) -> None:
    made = tiny(tmp_path, OWNERS, qda=declared("informant", "method"))
    assert made.qda("report").exit_code == 0
    (report,) = (made.root / "reports").glob("*.md")
    text = report.read_text(encoding="utf-8")
    assert "no office could be asked" in text
    assert text.index("no office could be asked") < text.index("The training was useful")


@pytest.mark.parametrize(("study", "axes"), [(OWNERS, ("type", "group")), (INTERVIEWS, ("method",))])
def test_one_note_says_what_to_do(study: str, axes: tuple[str, ...], tmp_path: Path) -> None:
    """Gather it, or declare the design; a note for each finding or axis would be noise."""
    made = tiny(tmp_path, study, findings={"findings": [
        {"id": name, "statement": f"Claim {name}.", "supported_by": ["useful"]} for name in ("F", "G")
    ]})  # fmt: skip
    notes = [one for one in made.answer("triangulate")["notes"] if one["code"] == "R10"]
    # open: one note for the study, whatever the number of axes
    (note,) = notes
    assert "require" in note["message"]
    assert all(axis in (note["value"] or "") + note["message"] for axis in axes)


def test_a_declared_design_gets_no_such_note(tmp_path: Path) -> None:
    made = tiny(tmp_path, OWNERS, qda=declared("informant", "method"))
    assert "R10" not in {one["code"] for one in made.answer("triangulate")["notes"]}


def test_the_single_flags_of_a_finding_stand_beside_a_met_one(tmp_path: Path) -> None:
    """Two findings over one study: the one that rests on owners alone is flagged, the other is not."""
    made = tiny(tmp_path, HEAD + OWNER + OWNER_2 + SEEN, findings={"findings": [
        {"id": "F", "statement": "All say so.", "supported_by": ["useful"]},
        {"id": "G", "statement": "Owners say so.", "supported_by": ["O.2", "Q.2", "S.1"]},
    ]})  # fmt: skip
    assert (made.finding("F")["verdict"], made.finding("G")["verdict"]) == ("triangulated", "flagged")
    assert show_flags(made.finding("G")) == {"T05:owner", "T06:owner"}


PLANNED = {
    "informant_types": {
        "head": {"label": "Head", "group": "agency", "planned": 2},
        "staff": {"label": "Staff", "group": "agency"},
        "owner": {"label": "Owner", "group": "owner", "planned": 1},
    }
}


def test_notes_on_the_plan(tmp_path: Path) -> None:
    """S01 planned and not quoted, also where the only coded words are a question; S02 more than planned."""
    study = "interview H: H head\n  + R: You like the class?\n  H: No comment.\n" + OWNERS
    notes = tiny(tmp_path, study, qda=PLANNED).answer("triangulate")["notes"]
    told = {one["code"]: one for one in notes}
    assert (told["S01"]["value"], told["S02"]["value"]) == ("head", "owner")
    assert "Head" in told["S01"]["message"] or "head" in told["S01"]["message"]


def test_a_type_that_nobody_planned_to_hear_and_is_quoted_is_told(tmp_path: Path) -> None:
    """S02 where 0 were planned; where nothing was planned, nothing is told."""
    types = QDA["informant_types"] | {"owner": {"label": "Owner", "group": "owner", "planned": 0}}
    notes = tiny(tmp_path, HEAD + OWNER, qda={"informant_types": types}).answer("triangulate")["notes"]
    assert [one["value"] for one in notes if one["code"] == "S02"] == ["owner"]


def test_what_only_a_rival_explanation_cites_is_used(tmp_path: Path) -> None:
    rivals = [{"statement": "It was the season.", "supported_by": ["O.3.partly"]}]
    cited = {"qualified_by": [], "rivals": rivals}
    made = tiny(
        tmp_path, HEAD + OWNER + "  ~ O: It was before the feast.\n  ~ O: And cheap.\n", finding=cited
    )
    (unused,) = [one for one in made.answer("triangulate")["notes"] if one["code"] == "S04"]
    assert unused["value"] == "O.4.partly"


def test_a_view_that_a_claim_of_parts_expects_may_stand_in_any_part_and_on_either_side(
    tmp_path: Path,
) -> None:
    """T12 of the finding itself; of a claim that only the owner contradicts, her view is there."""
    parts = [{"id": "Fa", "statement": "a", "supported_by": ["H.2", "S.1"]},
             {"id": "Fb", "statement": "b", "supported_by": ["H.2"], "contradicted_by": ["Z.2.no"]}]  # fmt: skip
    finding = {"id": "F", "statement": "s", "expected_types": ["head", "owner", "staff"], "parts": parts}
    made = tiny(tmp_path, HEAD + SEEN + AGAINST, findings={"findings": [finding]})
    assert [one["value"] for one in made.finding()["flags"] if one["code"] == "T12"] == ["staff"]


def test_notes_on_evidence(tmp_path: Path) -> None:
    """S03 a dimension and an aspect that nobody spoke of; S04 says how many passages nothing cites, and shows a few."""
    turns = "".join(f"  ~ O: Remark number {n} of the owner.\n" for n in range(30))
    made = tiny(tmp_path, HEAD + "interview O: O owner\n" + turns, finding={"qualified_by": []})
    book = {"title": "b", "version": "1", "codes": [
        {"id": "training", "codes": [{"id": "value", "codes": [{"id": name} for name in ("useful", "useless", "partly")]}]},
        {"id": "money", "codes": [{"id": "loans", "codes": [{"id": "loan-given"}]}]},
    ]}  # fmt: skip
    made.write("codebook.yaml", book)
    notes = made.answer("triangulate")["notes"]
    assert {one["value"] for one in notes if one["code"] == "S03"} == {"money", "loans"}
    (unused,) = [one for one in notes if one["code"] == "S04"]
    assert "30" in unused["message"]
    assert unused["message"].count("O.") < 15


def test_limits_told_by_one_group(tmp_path: Path) -> None:
    """S05; the interviewer's questions are of no group and break nothing."""
    study = HEAD + SEEN + AGAINST + "interview Y: Y owner\n  R: And you?\n  - Y: I lost a day too.\n"
    notes = tiny(tmp_path, study).answer("triangulate")["notes"]
    assert [one["value"] for one in notes if one["code"] == "S05"] == ["owner"]
    other = "interview T: T staff\n  R: And you?\n  - T: So did we.\n"
    notes = tiny(tmp_path / "both", study + other).answer("triangulate")["notes"]
    assert "S05" not in {one["code"] for one in notes}
