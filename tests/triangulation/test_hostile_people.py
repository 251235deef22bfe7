"""Studies that should not be believed: people who may be one, whose type nobody knows, or who are not told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangulation.tiny import HEAD, OWNER, SEEN, Case, judge, show_flags, tiny

MIXED_GROUP = """
fgd G: H head, P owner
  {head}The class is full every month.
  {owner}After the class we sold more.
"""

CASES = [
    # R5, R6, R12: who may be whom
    Case("two anonymous owners and what was seen", HEAD.replace("  +", "  ") + """
interview U: U1 owner?
  + U1: It was good for me.
interview V: U2 owner?
  + U2: I liked the class.
""" + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2 type=single group=single"),
    Case("two groups with somebody unidentified may have one in common", HEAD.replace("  +", "  ") + """
fgd G: P1 owner, P2 owner?
  + All of us sold more.
fgd K: P3 owner, P4 owner
  + We liked the class.
""" + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2"),
    Case("somebody of no known name and type is one person", HEAD.replace("  +", "  ") + OWNER.replace("  +", "  ") + SEEN + """
interview A: A -?
  + A: It helped.
""", "flagged", "T04 T08", "informant=single:1 type=indeterminate:0-1 group=indeterminate:0-1"),
    Case("an anonymous owner may be the known one", HEAD.replace("  +", "  ") + """
interview U: U1 owner?
  + U1: It was good for me.
""" + OWNER + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2"),
    Case("an anonymous owner beside an official is another person", HEAD + """
interview U: U1 owner?
  + U1: It was good for me.
""" + SEEN, "triangulated", "T17:H T17:U1", "informant=met:2"),
    Case("two anonymous owners said to be two", HEAD.replace("  +", "  ") + """
interview U: U1 owner? !U2
  + U1: It was good for me.
interview V: U2 owner?
  + U2: I liked the class.
""" + SEEN, "flagged", "T05:owner T06:owner", "informant=met:2"),
    Case("an anonymous owner said to be another than the known one", HEAD.replace("  +", "  ") + """
interview U: U1 owner? !O
  + U1: It was good for me.
""" + OWNER + SEEN, "flagged", "T05:owner T06:owner", "informant=met:2"),
    Case("a known owner says that the anonymous one is another", HEAD.replace("  +", "  ") + """
interview U: U1 owner?
  + U1: It was good for me.
interview O: O owner !U1
  + O: It helped me.
""" + SEEN, "flagged", "T05:owner T06:owner", "informant=met:2"),
    Case("a chain of three is a pair: the first may be the third", HEAD + """
interview U: U1 owner? !U2
  + U1: It was good for me.
interview V: U2 owner? !U3
  + U2: I liked the class.
interview W: U3 owner?
  + U3: I came twice.
""" + SEEN, "indeterminate", "T09", "informant=indeterminate:3-4",
         qda={"triangulation": {"min": {"informant": 4}}}),
    Case("three who are pairwise distinct are three", HEAD + """
interview U: U1 owner? !U2 !U3
  + U1: It was good for me.
interview V: U2 owner? !U3
  + U2: I liked the class.
interview W: U3 owner?
  + U3: I came twice.
""" + SEEN, "triangulated", "T17:H T17:U1 T17:U2 T17:U3", "informant=met:4",
         qda={"triangulation": {"min": {"informant": 4}}}),
    Case("distinct from somebody who does not exist", HEAD.replace("  +", "  ") + """
interview U: U1 owner? !U9
  + U1: It was good for me.
interview V: U2 owner?
  + U2: I liked the class.
""" + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2"),
    Case("distinct from oneself", HEAD.replace("  +", "  ") + """
interview U: U1 owner? !U1
  + U1: It was good for me.
interview V: U2 owner? !U2
  + U2: I liked the class.
""" + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2"),
    Case("an unknown type could decide", HEAD.replace("  +", "  ") + OWNER + """
interview X: X -
  + X: I think that it helped.
""" + SEEN, "indeterminate", "T08 T05:owner T06:owner", "informant=met type=indeterminate:1-2"),
    Case("an unknown type decides nothing where the axes are met", HEAD + OWNER + """
interview X: X -
  + X: I think that it helped.
""" + SEEN, "triangulated", "T17:H T17:O"),
    Case("a mistyped type is not known", OWNER + """
interview H: H haed
  + H: We hold a class.
interview K: K head
  K: Let us talk of something else.
""" + SEEN, "indeterminate", "T08 T05:owner T06:owner", names="unknown-type"),
    # R7
    Case("two types of the agency", HEAD + OWNER.replace("  +", "  ") + """
interview T: T staff
  + T: I teach it and it works.
""" + SEEN, "flagged", "T06:agency", "type=met group=single"),
    # R9: groups
    Case("a group not told apart is one informant", OWNER.replace("  +", "  ") + """
fgd G: P1 owner, P2 owner, P3 owner
  + We all sold more after the class.
  + Some of us came twice.
""" + SEEN, "flagged", "T05:owner T06:owner T04 (T09)", "type=not_possible"),
    Case("a group of one type beside an official", HEAD + """
fgd G: P1 owner, P2 owner
  + We all sold more after the class.
""" + SEEN, "triangulated", "T17:H T17:G", "informant=met:2 type=met group=met"),
    Case("a group not told apart may be the member who was interviewed", HEAD.replace("  +", "  ") + """
fgd G: O owner, P2 owner
  + We all sold more after the class.
""" + OWNER + SEEN, "flagged", "T09 T05:owner T06:owner", "informant=indeterminate:1-2"),
    # open: the group counts as one informant (R9), and nobody knows of which type (R5 adds nothing): T09 either way
    Case("a group of two types not told apart has no type", MIXED_GROUP.format(head="+ ", owner="") + OWNER + SEEN,
         "indeterminate", "T08 T05:owner T06:owner (T09)", "type=indeterminate:1-2 group=indeterminate:1-2"),
    Case("a group of two types of one group has a group", """
fgd G: H head, T staff
  + We teach every month.
""" + OWNER + SEEN, "indeterminate", "T08 T05:owner (T09)", "type=indeterminate:1-2 group=met:2"),
    Case("a focus group told apart", MIXED_GROUP.format(head="+ H: ", owner="+ P: ") + SEEN, "triangulated", "T17:H T17:P"),
    Case("a mistyped label in a focus group", MIXED_GROUP.format(head="+ H: ", owner="+ p: ") + SEEN, "flagged",
         "T04 T05:head T06:agency", "informant=single:1", "unknown-speaker"),
    Case("a passage over two informants is both's", MIXED_GROUP.format(head="H: ", owner="P: ") + "  + #1-2" + SEEN,
         "triangulated", "T17:H T17:P", "informant=met:2 type=met:2 group=met:2"),
    Case("taking one of three away leaves the others", """
fgd G: H head, P1 owner, P2 owner
  H: The class is full.
  P1: I came twice.
  P2: And I sold more.
  + #1-3
""" + SEEN, "triangulated", "T17:H", "informant=met:3"),
    Case("a passage over an informant and the moderator", """
fgd G: H head, P owner
  Mod: The class helped everybody, did it not?
  H: It did.
  P: Let us talk of the market.
  + #1-2
""" + SEEN, "flagged", "T04 T05:head T06:agency", "informant=single:1"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_who_may_be_whom(case: Case, tmp_path: Path) -> None:
    judge(case, tmp_path)


def test_distinct_from_names_informants(tmp_path: Path) -> None:
    """Somebody who does not exist, and oneself, are named."""
    study = "interview U: U1 owner? !U9\n  + U1: Good.\ninterview V: U2 owner? !U2\n  + U2: Fine.\n"
    made = tiny(tmp_path, HEAD + study)
    assert any("U.yaml" in one["path"] and "U9" in one["message"] for one in made.problems())
    assert any("V.yaml" in one["path"] and "U2" in one["message"] for one in made.problems())


def test_a_passage_over_two_informants_is_one_row_that_lists_both(tmp_path: Path) -> None:
    made = tiny(tmp_path, MIXED_GROUP.format(head="H: ", owner="P: ") + "  + #1-2\n" + SEEN)
    (row,) = [one for one in made.answer("reduce")["evidence"] if one["source"] == "G"]
    assert row["informants"] == ["H", "P"]
    assert (row["informant"], row["type"], row["group"]) == (None, None, None)
    (told,) = [line for line in made.qda("reduce").stdout.splitlines() if "G#1-2" in line]
    assert told.split()[2:4] == ["H,", "P"]
    convergence = made.finding()["convergence"]
    assert convergence["cells"] == {"head": "support", "staff": "no_data", "owner": "support"}
    assert convergence["assessment"] == "agreement"


def test_words_of_the_group_beside_those_of_a_member_may_be_that_members(tmp_path: Path) -> None:
    made = tiny(
        tmp_path, "fgd G: P owner, Q owner\n  P: It helped.\n  It helped all of us.\n  + #1-2\n" + SEEN
    )
    (row,) = [one for one in made.answer("reduce")["evidence"] if one["source"] == "G"]
    assert row["informant"] == "P"
    assert made.finding()["axes"]["informant"]["values"] == ["P"]


def test_one_who_is_on_both_sides_within_a_group_is_named(tmp_path: Path) -> None:
    made = tiny(tmp_path, """
fgd G: H head, P owner
  H: The class is full.
  P: I came twice.
  + #1-2
  - P: But I learned nothing.
""")  # fmt: skip
    assert {"T10", "T16:P"} <= show_flags(made.finding())
    assert "T16:H" not in show_flags(made.finding())


def test_no_types_at_all_is_never_silent(tmp_path: Path) -> None:
    """A study that declares no types of informants: two people of no known type and an observation."""
    made = tiny(
        tmp_path, "interview A: A -\n  + A: It helped.\ninterview B: B -\n  + B: It did.\n" + SEEN,
        qda={"informant_types": {}, "groups": {}},
    )  # fmt: skip
    assert made.finding()["verdict"] == "indeterminate"
    assert "T08" in show_flags(made.finding())


def test_one_person_declared_under_two_types_is_not_two(tmp_path: Path) -> None:
    study = HEAD + "interview I: H owner\n  + H: As an owner I liked it.\n" + SEEN
    made = tiny(tmp_path, study)
    assert made.strict() != 0
    assert "informant-conflict" in made.errors()
