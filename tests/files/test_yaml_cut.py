"""Entries go with their comments; other lines stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import parse_yaml
from empowerment_qda.files.yaml_cut import cut_entries
from empowerment_qda.problems import Key

LIST = """\
# the file
id: x
turns:
  # above one
  - {a: 1}   # beside one
  # above two
  - a: >-
      words
      of two
    b: c

  # above three
  - a: 3
# below
end: y
"""


@pytest.mark.parametrize(
    ("keys", "made"),
    [
        ([("turns", 0)], LIST.replace("  # above one\n  - {a: 1}   # beside one\n", "")),
        (
            [("turns", 1)],
            LIST.replace("  # above two\n  - a: >-\n      words\n      of two\n    b: c\n", ""),
        ),
        ([("turns", 2)], LIST.replace("\n  # above three\n  - a: 3\n", "")),
        ([("turns", 0), ("turns", 1), ("turns", 2)], "# the file\nid: x\nturns: []\n# below\nend: y\n"),
        ([("id",)], LIST.replace("# the file\nid: x\n", "")),
        ([("turns", 1, "b")], LIST.replace("    b: c\n", "")),
        ([], LIST),
    ],
)
def test_block_lists(keys: list[Key], made: str) -> None:
    assert cut_entries(LIST, "x", keys) == made


@pytest.mark.parametrize(
    ("text", "keys", "made"),
    [
        ("a: [x, 'y', z]  # c\n", [("a", 1)], "a: [x, z]  # c\n"),
        ("a: [x]\n", [("a", 0)], "a: []\n"),
        ("a: x  # c\n", [("a", None)], "a: []  # c\n"),
        ("A: {q: yes}\nB: {q: no}\n", [("A",)], "B: {q: no}\n"),
        ("{A: 1, B: 2}\n", [("A",)], "{B: 2}\n"),
        ("A: 1\n", [("A",)], "{}\n"),
        ("- a:\n  - x\n  - y\n- b\n", [(0, "a", 0)], "- a:\n  - y\n- b\n"),
        ("a:\r\n  - x\r\n  - y\r\n", [("a", 0)], "a:\r\n  - y\r\n"),
        ("- - x\n  - y\n", [(0, 0)], "- - y\n"),
    ],
)
def test_other_forms(text: str, keys: list[Key], made: str) -> None:
    assert cut_entries(text, "x", keys) == made


VALUES = st.sampled_from(["x", "two words", "", "a: b", "# c", "line\nand line\n", "'"])
TREES = st.recursive(
    VALUES,
    lambda below: (
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(st.sampled_from("abcd"), below, min_size=1, max_size=4)
    ),
    max_leaves=10,
)


@given(st.lists(TREES, min_size=1, max_size=5), st.data())
@settings(max_examples=300)
def test_what_is_left_is_what_should_be(entries: list[object], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(entries) - 1)))
    text = format_yaml({"top": entries, "end": "x"}, "comment")
    made = cut_entries(text, "x", [("top", number) for number in gone])
    left = [one for number, one in enumerate(entries) if number not in gone]
    assert parse_yaml(made, "x") == parse_yaml(format_yaml({"top": left, "end": "x"}), "x")
