"""What an author may say of a claim: answers to contradictions, parts, expectations, further axes, both sides at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from triangulation.tiny import AGAINST, FINDING, HEAD, OWNER, OWNER_2, SEEN, memo, show_flags, tiny

SOUND = HEAD + OWNER + SEEN
DISPUTED = SOUND + AGAINST
ALL = ["H.2", "O.2", "S.1"]


# R14: an answer is a memo that links the finding and says something

NO_ANSWER: dict[str, tuple[str, dict[str, str]]] = {
    "the word no": ("no", {}),
    "a dash": ("-", {}),
    "a sentence": ("She came late and did not see the class.", {}),
    "a memo that does not exist": ("M99", memo("M1", "F")),
    "a memo that links another finding": ("M1", memo("M1", "G")),
    "a memo that links nothing": ("M1", memo("M1", "")),
    "a memo that links only the passage": ("M1", memo("M1", "Z.2.no")),
    "a memo without a text": ("M1", memo("M1", "F", "")),
    "a memo whose text is blank": ("M1", memo("M1", "F", "  \n\t\n\u00a0")),
    "the finding itself": ("F", memo("M1", "F")),
    "a coding": ("Z.2.no", memo("M1", "F")),
    "the same id in another case": ("m1", memo("M1", "F")),
}
OTHER = {"id": "G", "statement": "Two sides speak of it.", "supported_by": ALL}


@pytest.mark.parametrize(("response", "memos"), NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_answers_nothing(response: str, memos: dict[str, str], tmp_path: Path) -> None:
    """The finding stays contested, with T10; `check` names it; the other findings are judged as usual."""
    findings = {"findings": [{**FINDING, "response": response}, OTHER]}
    made = tiny(tmp_path, DISPUTED, findings=findings, memos=memos)
    found = made.finding("F")
    assert (found["verdict"], found["contested"]) == ("contested", True)
    assert show_flags(found) == {"T10", "T17:H", "T17:O"}
    assert [one["name"] for one in found["flags"] if one["code"] == "T10"] == ["CONTRADICTED"]
    assert made.finding("G")["verdict"] == "triangulated"
    assert made.qda("check").exit_code == 1
    assert any("findings.yaml" in one["path"] and "response" in str(one) for one in made.problems())


@pytest.mark.parametrize("links", ["F", "H, F, Z", "Z.2.no, F"])
def test_what_answers(links: str, tmp_path: Path) -> None:
    made = tiny(tmp_path, DISPUTED, finding={"response": "M1"}, memos=memo("M1", links))
    found = made.finding()
    assert (found["verdict"], found["contested"]) == ("triangulated", False)
    assert [one["name"] for one in found["flags"] if one["code"] == "T10"] == ["CONTRADICTED_ANSWERED"]
    assert made.errors() == set()


def test_an_answer_does_not_lift_a_weak_finding(tmp_path: Path) -> None:
    made = tiny(
        tmp_path, OWNER + AGAINST + (HEAD + SEEN).replace("  +", "  "), finding={"response": "M1"}, memos=memo("M1", "F")
    )  # fmt: skip
    assert (made.finding()["verdict"], made.finding()["contested"]) == ("flagged", False)


def test_the_text_of_the_answer_is_printed_with_the_finding(tmp_path: Path) -> None:
    text = "The third owner came only to the last hour."
    made = tiny(tmp_path, DISPUTED, finding={"response": "M1"}, memos=memo("M1", "F", text))
    assert made.qda("report").exit_code == 0
    (report,) = (made.root / "reports").glob("*.md")
    assert text in report.read_text(encoding="utf-8")


# R13: a claim of several parts


def part(name: str, *supported: str, **more: Any) -> dict[str, Any]:
    """A part of the claim."""
    return {"id": name, "statement": f"Part {name}.", "supported_by": list(supported), **more}


def whole(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The file of findings with one claim of these parts."""
    return {"findings": [{"id": "F", "statement": "The training was useful.", "parts": list(parts), **more}]}


def flags_by_part(found: dict[str, Any]) -> set[tuple[str | None, str]]:
    """Flags as `("Fa", "T05:owner")`."""
    # open: the key that says of which part a flag is
    return {(one.get("part"), next(iter(show_flags({"flags": [one]})))) for one in found["flags"]}


STRONG, WEAK = ("H.2", "O.2", "S.1"), ("O.2", "Q.2")
PARTED = SOUND + OWNER_2
WEAK_FLAGS = {"T05:owner", "T06:owner", "T07:interview"}
STRONG_FLAGS = {"T17:H", "T17:O"}


@pytest.mark.parametrize("order", [(STRONG, WEAK), (WEAK, STRONG)])
def test_the_worst_part_decides(order: tuple[tuple[str, ...], tuple[str, ...]], tmp_path: Path) -> None:
    first, second = order
    found = tiny(tmp_path, PARTED, findings=whole(part("Fa", *first), part("Fb", *second))).finding()
    worst = "Fb" if second is WEAK else "Fa"
    other = "Fa" if worst == "Fb" else "Fb"
    assert (found["verdict"], found["worst_part"]) == ("flagged", worst)
    assert {one["id"]: one["verdict"] for one in found["parts"]} == {worst: "flagged", other: "triangulated"}
    assert flags_by_part(found) == {(worst, flag) for flag in WEAK_FLAGS} | {
        (other, flag) for flag in STRONG_FLAGS
    }
    assert {name: axis["status"] for name, axis in found["axes"].items()} == {
        "informant": "met", "type": "single", "group": "single", "method": "single",
    }  # fmt: skip


def test_parts_that_together_would_be_triangulated_are_not(tmp_path: Path) -> None:
    """An official for the one half and an owner for the other are no triangulation of either."""
    findings = whole(part("Fa", "H.2", "S.1"), part("Fb", "O.2", "S.1"))
    found = tiny(tmp_path, SOUND, findings=findings).finding()
    assert (found["verdict"], found["worst_part"]) == ("flagged", "Fa")
    assert found["supporting"] == ["H#2", "O#2", "S#1"]
    assert found["convergence"]["cells"] == {"head": "support", "staff": "no_data", "owner": "support"}
    assert found["convergence"]["assessment"] == "agreement"


@pytest.mark.parametrize(
    ("sides", "verdict", "worst"),
    [
        ([{}, {"contradicted_by": ["Z.2.no"]}], "contested", "Fb"),
        ([{"contradicted_by": ["Z.2.no"]}, {"supported_by": []}], "unsupported", "Fb"),
        ([{"contradicted_by": ["Z.2.no"]}, {"supported_by": ["O.2"]}], "flagged", "Fb"),
        ([{"supported_by": []}, {"supported_by": []}], "unsupported", "Fa"),
        ([{}, {}], "triangulated", "Fa"),
    ],
)
def test_the_order_of_verdicts_among_parts(
    sides: list[dict[str, Any]], verdict: str, worst: str, tmp_path: Path
) -> None:
    """Where two are equal the first decides; contested, if any part is, whatever the verdict."""
    parts = [part(name, *STRONG) | side for name, side in zip(("Fa", "Fb"), sides, strict=True)]
    found = tiny(tmp_path, DISPUTED, findings=whole(*parts)).finding()
    assert (found["verdict"], found["worst_part"]) == (verdict, worst)
    assert found["contested"] == any("contradicted_by" in side for side in sides)


def test_one_passage_for_one_part_and_against_another(tmp_path: Path) -> None:
    """Allowed across parts, and nobody is ambivalent for it; the union is mixed."""
    findings = whole(
        part("Fa", *STRONG), part("Fb", *STRONG, contradicted_by=["Z.2.no"]), part("Fc", "Z.2.no")
    )
    made = tiny(tmp_path, DISPUTED, findings=findings)
    assert made.qda("triangulate").exit_code == 0
    found = made.finding()
    assert not [one for one in found["flags"] if one["code"] == "T16"]
    assert found["supporting"] == ["H#2", "O#2", "S#1", "Z#2"]
    assert found["contradicting"] == ["Z#2"]
    assert found["convergence"]["cells"]["owner"] == "mixed"
    assert made.errors() == set()


def test_one_passage_on_both_sides_of_a_part(tmp_path: Path) -> None:
    findings = whole(part("Fa", *STRONG, contradicted_by=["O.2"]), part("Fb", *STRONG))
    made = tiny(tmp_path, SOUND, findings=findings)
    assert made.qda("triangulate").exit_code == 2
    assert "both-sides" in made.errors()


@pytest.mark.parametrize(
    "own",
    [
        {"supported_by": ["H.2"]}, {"contradicted_by": ["Z.2.no"]}, {"qualified_by": ["H.2"]},
        {"inferred_from": ["H.2"]}, {"response": "M1"},
    ],
)  # fmt: skip
def test_a_finding_with_parts_has_no_evidence_of_its_own(own: dict[str, Any], tmp_path: Path) -> None:
    made = tiny(tmp_path, DISPUTED, findings=whole(part("Fa", *STRONG), **own), memos=memo("M1", "F"))
    assert made.qda("check").exit_code != 0
    assert "unknown-key" not in made.errors()
    assert any("part" in one["message"] for one in made.problems())


def test_a_part_cites_what_exists(tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND, findings=whole(part("Fa", *STRONG), part("Fb", "E99")))
    assert made.qda("triangulate").exit_code == 2
    assert made.names("E99")


def test_a_part_has_an_id_of_its_own(tmp_path: Path) -> None:
    """Not that of another part, nor that of a finding."""
    for n, name in enumerate(("Fa", "F")):
        made = tiny(tmp_path / str(n), SOUND, findings=whole(part("Fa", *STRONG), part(name, *STRONG)))
        assert made.qda("check").exit_code != 0
        assert any(f"`{name}`" in one["message"] for one in made.problems())


def test_conclusions_and_memos_may_name_a_part(tmp_path: Path) -> None:
    findings = whole(part("Fa", *STRONG), part("Fb", *WEAK)) | {
        "conclusion": {"statement": "It helps.", "rests_on": ["Fa"]},
        "recommendations": [{"id": "R1", "statement": "Go on.", "rests_on": ["Fb"]}],
    }
    made = tiny(tmp_path, PARTED, findings=findings, memos=memo("M1", "Fa"))
    assert made.problems() == []


@pytest.mark.parametrize(("links", "contested"), [("Fb", False), ("F", False), ("Fa", True)])
def test_a_part_is_answered_by_a_memo_on_it_or_on_the_finding(
    links: str, contested: bool, tmp_path: Path
) -> None:
    answered = part("Fb", *STRONG, contradicted_by=["Z.2.no"], response="M1")
    made = tiny(tmp_path, DISPUTED, findings=whole(part("Fa", *STRONG), answered), memos=memo("M1", links))
    assert made.finding()["contested"] == contested
    assert made.finding()["verdict"] == ("contested" if contested else "triangulated")


def test_nothing_but_parts_has_a_worst_part(tmp_path: Path) -> None:
    assert not tiny(tmp_path, SOUND).finding().get("worst_part")


# `expect`: what an author claims

EXPECTED: list[tuple[str, str, dict[str, Any], int]] = [
    ("met exactly", SOUND, {"verdict": "triangulated", "flags": ["T17"]}, 0),
    ("without flags only the verdict is tested", SOUND, {"verdict": "triangulated"}, 0),
    (
        "an honest claim of a weak finding",
        SOUND.replace("  + O", "  O"),
        {"verdict": "flagged", "flags": ["T04", "T05", "T06"]},
        0,
    ),
    ("contested as claimed", DISPUTED, {"verdict": "contested", "flags": ["T10", "T17"]}, 0),
    ("worse than claimed", SOUND.replace("  + O", "  O"), {"verdict": "triangulated"}, 1),
    ("better than claimed", SOUND, {"verdict": "flagged"}, 1),
    ("a flag that is not claimed", SOUND, {"verdict": "triangulated", "flags": []}, 1),
    ("a claimed flag that is not there", SOUND, {"verdict": "triangulated", "flags": ["T05", "T17"]}, 1),
    ("one flag of three", SOUND.replace("  + O", "  O"), {"verdict": "flagged", "flags": ["T04"]}, 1),
]


@pytest.mark.parametrize(
    ("why", "study", "expect", "code"), EXPECTED, ids=lambda one: one if isinstance(one, str) else ""
)
def test_what_an_author_claims(
    why: str, study: str, expect: dict[str, Any], code: int, tmp_path: Path
) -> None:
    made = tiny(tmp_path, study, finding={"expect": expect})
    result = made.qda("triangulate", "--expect")
    assert result.exit_code == code, why
    assert made.errors() == set()
    if code:
        assert "F" in result.stdout + result.stderr
    if why == "better than claimed":
        assert "better than claimed" in result.stdout + result.stderr


def test_a_finding_without_a_claim_is_not_tested(tmp_path: Path) -> None:
    made = tiny(tmp_path, OWNER + SEEN)
    assert made.qda("triangulate", "--expect").exit_code == 0


def test_one_claim_that_is_not_met_is_enough(tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND, findings={"findings": [
        {**FINDING, "expect": {"verdict": "triangulated"}},
        {"id": "G", "statement": "An owner says so.", "supported_by": ["O.2"], "expect": {"verdict": "triangulated"}},
    ]})  # fmt: skip
    result = made.qda("triangulate", "--expect")
    assert result.exit_code == 1
    assert "G" in result.stdout + result.stderr


def test_an_honest_claim_does_not_open_the_strict_gate(tmp_path: Path) -> None:
    made = tiny(tmp_path, OWNER + SEEN, finding={"expect": {"verdict": "flagged"}})
    assert made.qda("triangulate", "--expect", "--strict").exit_code == 1


@pytest.mark.parametrize(
    "expect", [{"verdict": "proven"}, {"verdict": "triangulated", "flags": ["T99"]}, {"flags": ["T17"]}]
)
def test_a_claim_that_cannot_be_met_is_refused(expect: dict[str, Any], tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND, finding={"expect": expect})
    assert made.qda("triangulate", "--expect").exit_code != 0
    assert made.qda("check").exit_code != 0
    assert "unknown-key" not in made.errors()


# Both sides, and what does not exist


def test_two_codings_of_the_same_words_on_both_sides(tmp_path: Path) -> None:
    """Another coder, another code, another id: the same passage (R2, E02)."""
    made = tiny(tmp_path, SOUND + "interview Z: Z owner\n  + Z: So it was.\n  -@second #1\n")
    assert made.qda("triangulate").exit_code == 2
    assert "both-sides" in made.errors()


def test_one_turn_with_two_passages_on_both_sides_is_no_error(tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND + "interview Z: Z owner\n  Z: It was good. It was a lost day.\n")
    made.write("codings/first/Z.yaml", {"source": "Z", "coder": "first", "codings": [
        {"id": "Z1", "code": "useful", "turn": 1, "quote": "It was good."},
        {"id": "Z2", "code": "useless", "turn": 1, "quote": "It was a lost day."},
    ]})  # fmt: skip
    assert made.qda("triangulate").exit_code == 0
    assert show_flags(made.finding()) == {"T10", "T16:Z", "T17:H"}


def test_what_is_cited_and_does_not_exist(tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND, finding={"supported_by": [*ALL, "E99"]})
    assert made.qda("triangulate").exit_code == 2


# Informational axes

AGAIN = HEAD + SEEN + """
interview O1: O owner | date: 2022-09-20
  + O: It helped.
interview O2: O | date: 2022-12-01
  + O: It still helps.
"""  # fmt: skip
ANONYMOUS = HEAD.replace("  +", "  ") + """
interview U: U owner? | date: 2022-09-20
  + U: It helped.
interview V: V owner? | date: 2022-12-01
  + V: It still helps.
"""  # fmt: skip
ABOUT = SEEN.replace("observation S:", "observation S: | about: [O]")
CODED_TWICE = "".join(
    f"interview {name}: {name} {kind}\n  + {name}: {words}\n  +@second #1\n"
    for name, kind, words in (("H", "head", "We hold a class."), ("O", "owner", "It helped me."))
)
ON_THEIR_OWN = CODED_TWICE + "interview N: N owner\n  ~@second N: Ask the others.\n"
FURTHER: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("one interview each", "time", "not_done", SOUND, {}),
    ("the same owner again, who says so twice", "time", "met", AGAIN, {}),
    ("the same owner again, who says so once", "time", "not_met", AGAIN.replace("  + O: It still", "  O: It still"), {}),
    ("anonymous owners at two times may be anybody", "time", "not_possible", ANONYMOUS, {}),
    ("again only in questions", "time", "not_done",
     AGAIN.replace("interview O2: O | date: 2022-12-01\n  + O:", "interview O2: O | date: 2022-12-01\n  R:"), {}),
    ("nothing says whom it is about", "technique_same_source", "not_done", SOUND, {}),
    ("seen at her stall and heard from her", "technique_same_source", "met", HEAD + OWNER + ABOUT, {}),
    ("seen at her stall, and it says nothing", "technique_same_source", "not_met", HEAD + OWNER + ABOUT.replace("  +", "  "), {}),
    ("an interview and a wawancara with her", "technique_same_source", "not_done",
     SOUND + "wawancara O2: O\n  + O: Saya tetap berjualan.\n", {}),
    ("one coder", "investigator", "not_done", SOUND, {}),
    ("every passage coded by two", "investigator", "met", ON_THEIR_OWN, {}),
    ("some passages coded by two", "investigator", "not_met", ON_THEIR_OWN + SEEN, {}),
    ("a coder and the machine", "investigator", "not_done", ON_THEIR_OWN.replace("@second", "@auto"), {}),
    ("nobody was asked", "member_check", "not_done", SOUND, {}),
    ("not yet asked", "member_check", "not_done", SOUND, {"done": "no"}),
    ("asked, and they agreed", "member_check", "met", SOUND, {"done": "yes", "outcome": "agreed"}),
    ("asked, and they disagreed", "member_check", "not_met", SOUND, {"done": "yes", "outcome": "disagreed"}),
    ("they agreed, but were not asked", "member_check", "not_done", SOUND, {"done": "no", "outcome": "agreed"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "axis", "status", "study", "check"), FURTHER, ids=[f"{one[1]}-{one[0]}" for one in FURTHER]
)
def test_axes_that_are_never_required(
    why: str, axis: str, status: str, study: str, check: dict[str, Any], tmp_path: Path
) -> None:
    """Not tried is `not_done`; `not_possible` only where it cannot be."""
    machine = {"evidence": {"coders": ["first", "auto"]}} if "machine" in why else {}
    made = tiny(tmp_path, study, qda=machine, finding={"member_check": check} if check else {})
    assert made.finding()["informational"][axis]["status"] == status, why


def test_an_outcome_that_is_no_outcome(tmp_path: Path) -> None:
    made = tiny(tmp_path, SOUND, finding={"member_check": {"done": "yes", "outcome": "happy"}})
    assert made.names("outcome", "happy")


def test_a_copy_of_the_codings_is_no_second_coder(tmp_path: Path) -> None:
    """Every coding of every source under another name."""
    # open: what a copy is; here nothing at all distinguishes the two coders but their names
    made = tiny(tmp_path, CODED_TWICE)
    assert made.finding()["informational"]["investigator"]["status"] in ("not_done", "not_met")
