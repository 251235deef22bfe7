"""A code comes into the codebook, and every other line stays as it is."""

from __future__ import annotations

from difflib import ndiff
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.files.codebook_edit import insert_code, raise_version
from empowerment_qda.files.read import parse_file
from empowerment_qda.model.codebook import TOP, Codebook
from empowerment_qda.problems import StudyError
from kit import CODEBOOK

SMALL = dedent(CODEBOOK).lstrip("\n")
HAND = dedent("""\
    # The book of the study.
    title: {id: Buku, en: A book}
    version: "2.9"   # raised by hand

    codes:
    - id: enabling        # a dimension
      label: Enabling
      codes:
      # aspects
      - id: awareness
        definition: >-
          Made aware,
          in two lines.
        codes:
          - {id: training, cues: {en: [training]}}
          # between
          - id: classes
            example: |
              # no comment
              words

          # the last of awareness

      # of the next aspect
      - id: leaf
        memo: no codes here yet
        # inside leaf
      # below leaf

    # the next dimension
    - id: protecting
      codes:
      - {id: rules, codes: [{id: law}]}
      - id: fairness
        codes:
        - id: prices
    # the end
    """)
KEYS: dict[str, object] = {
    "id": "thrift",
    "definition": "They save: a lot.",
    "origin": "in-vivo",
    "memo": "Nothing said so.",
}


def added(text: str, parent: str, keys: dict[str, object] = KEYS) -> tuple[list[str], list[str]]:
    """The lines that came in and those that went, after the text was found to hold the new book."""
    made, book = insert_code(text, "codebook.yaml", parent, keys)
    assert parse_file(made, "codebook.yaml", Codebook).model_dump() == book.model_dump()
    (place,) = [place for place in book.walk() if place.code.id == keys["id"]]
    assert place.ancestors[-1].id == parent
    assert place.ancestors[-1].codes[-1] is place.code
    lines = list(ndiff(text.splitlines(), made.splitlines()))
    return [one[2:] for one in lines if one[0] == "+"], [one[2:] for one in lines if one[0] == "-"]


@pytest.mark.parametrize(
    ("parent", "dash"), [("awareness", 8), ("leaf", 6), ("fairness", 4), ("classes", 12), ("prices", 6)]
)
def test_only_the_new_lines_and_the_version_differ(parent: str, dash: int) -> None:
    new, gone = added(HAND, parent)
    assert gone == ['version: "2.9"   # raised by hand']
    assert new[0] == 'version: "2.10"   # raised by hand'
    codes = (
        []
        if parent in ("awareness", "fairness")
        else [" " * (dash - 2 if parent != "leaf" else 4) + "codes:"]
    )
    body = [
        "- id: thrift",
        "  definition: 'They save: a lot.'",
        "  origin: in-vivo",
        "  memo: Nothing said so.",
        "  since: '2.10'",
    ]
    assert [line.strip() for line in new[1:]] == [line.strip() for line in codes + body]


@pytest.mark.parametrize(
    ("parent", "above", "below"),
    [
        ("awareness", "          words\n", "\n      # the last of awareness\n"),
        ("leaf", "    # inside leaf\n    codes:\n", "  # below leaf\n"),
        ("fairness", "    - id: prices\n", "# the end\n"),
    ],
)
def test_it_stands_before_the_comments_of_what_follows(parent: str, above: str, below: str) -> None:
    made, _ = insert_code(HAND, "codebook.yaml", parent, KEYS)
    start = made.index("- id: thrift")
    assert made[:start].rstrip(" ").endswith(above)
    assert made[start:].split("since: '2.10'\n")[1].startswith(below)


def test_line_ends_are_the_file_s() -> None:
    made, _ = insert_code(SMALL.replace("\n", "\r\n"), "codebook.yaml", "awareness", KEYS)
    assert made.count("\r\n") == made.count("\n") == SMALL.count("\n") + 5


def test_a_file_without_a_last_line_end() -> None:
    made, _ = insert_code(SMALL.rstrip("\n"), "codebook.yaml", "awareness", KEYS)
    assert made == insert_code(SMALL, "codebook.yaml", "awareness", KEYS)[0]


@pytest.mark.parametrize(
    ("parent", "keys", "rules"),
    [
        ("awarenes", KEYS, ["unknown-code"]),
        ("enabling", KEYS, ["dimension"]),
        ("awareness", KEYS | {"id": "rules"}, ["duplicate-id"]),
        ("enabling", {"id": "training"}, ["dimension", "duplicate-id"]),
        ("", KEYS, ["unknown-code"]),
        ("awareness", KEYS | {"id": "two words"}, ["id"]),
        ("awareness", KEYS | {"origin": "found"}, ["value"]),
        ("rules", KEYS, ["codebook-layout"]),
        ("training", KEYS, ["codebook-layout"]),
    ],
)
def test_what_cannot_be_added_is_told(parent: str, keys: dict[str, object], rules: list[str]) -> None:
    with pytest.raises(StudyError) as caught:
        insert_code(HAND, "codebook.yaml", parent, keys)
    assert [problem.rule for problem in caught.value.problems] == rules
    assert {problem.place.path for problem in caught.value.problems} == {"codebook.yaml"}


def test_a_code_without_definition_and_reason_comes_in() -> None:
    new, _ = added(HAND, "awareness", {"id": "thrift", "definition": " ", "memo": ""})
    assert [one.strip() for one in new] == [
        'version: "2.10"   # raised by hand',
        "- id: thrift",
        "since: '2.10'",
    ]


@pytest.mark.parametrize("text", [SMALL, HAND, HAND.removesuffix("# the end\n")])
def test_a_code_at_the_top_is_the_last_of_the_book(text: str) -> None:
    made, book = insert_code(text, "codebook.yaml", TOP, KEYS)
    assert parse_file(made, "codebook.yaml", Codebook).model_dump() == book.model_dump()
    assert book.codes[-1].id == "thrift"
    gone = [one for one in ndiff(text.splitlines(), made.splitlines()) if one[0] == "-"]
    assert [one[:9] for one in gone] == ["- version"]


def test_a_version_that_shares_its_line_is_not_raised() -> None:
    text = "{title: t, version: 1, codes: [{id: a, codes: [{id: b}]}]}"
    with pytest.raises(StudyError) as caught:
        insert_code(text, "codebook.yaml", "b", KEYS)
    (problem,) = caught.value.problems
    assert problem.hint == "Add it by hand under its `codes:`, and raise the version to 2."


def test_versions() -> None:
    assert [raise_version(one) for one in ("1.0", "1.9", "3", "v2", "2024.05", "draft")] == [
        "1.1", "1.10", "4", "v3", "2024.06", "draft.1",
    ]  # fmt: skip


LINES = st.lists(st.sampled_from(["", "# c", "  # c", "    # c", "      # c", "        # c"]), max_size=2)


@given(LINES, LINES, LINES, LINES, st.sampled_from(["a", "b", "c"]))
def test_comments_anywhere_stay_where_they_are(
    w: list[str], x: list[str], y: list[str], z: list[str], parent: str
) -> None:
    text = "\n".join(
        ["title: t", *w, "version: 1", "codes:", "  - id: d", "    codes:", *x, "      - id: a", "        codes:",
         "          - id: b", *y, "            memo: |", "              text", *y, "      - id: c", *z]
    )  # fmt: skip
    new, gone = added(text + "\n", parent)
    assert gone == ["version: 1"]
    assert [line for line in new if line.strip().startswith("#") or not line.strip()] == []
