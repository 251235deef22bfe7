"""YAML to values: scalars stay text, and what is refused is refused in a sentence with its line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.files.yaml import MAX_BYTES, MAX_NODES, MOST_TOLD, decode, find_places, parse_yaml
from empowerment_qda.problems import Key, Place, StudyError


def refusals(text: str) -> list[tuple[int | None, str, str]]:
    """Line, rule and sentence of each problem in a text."""
    with pytest.raises(StudyError) as error:
        parse_yaml(text, "file.yaml")
    return [(problem.place.line, problem.rule, problem.message) for problem in error.value.problems]


@pytest.mark.parametrize(
    "word", ["no", "yes", "12:30", "1:12:30", "007", "2022-09-12", "1e3", "0x1F", ".inf", "NULL"]
)
def test_a_scalar_stays_what_was_written(word: str) -> None:
    assert parse_yaml(f"key: {word}\n", "file.yaml") == {"key": word}


@pytest.mark.parametrize("empty", ["key:", "key: ~", "key: null"])
def test_an_empty_value_is_none(empty: str) -> None:
    assert parse_yaml(empty, "file.yaml") == {"key": None}


@pytest.mark.parametrize("quoted", ['key: ""', "key: '~'", 'key: "null"'])
def test_a_quoted_value_is_text(quoted: str) -> None:
    value = parse_yaml(quoted, "file.yaml")["key"]
    assert isinstance(value, str)


def test_an_alias_stands_for_what_it_names() -> None:
    assert parse_yaml("a: &x {k: v}\nb: *x\nc: [*x]\n", "f") == {
        "a": {"k": "v"},
        "b": {"k": "v"},
        "c": [{"k": "v"}],
    }


BOMB = (
    "a: &a ["
    + "x," * 40
    + "]\n"
    + "".join(
        f"{new}: &{new} [" + ",".join([f"*{old}"] * 40) + "]\n" for old, new in ("ab", "bc", "cd", "de")
    )
)

REFUSED = [
    ("a: 1\nb: 2\na: 3\nb: 4\n", [
        (3, "duplicate-key", "`a` is given twice; the first is on line 1"),
        (4, "duplicate-key", "`b` is given twice; the first is on line 2"),
    ]),
    ("a:\n\tb: 1\n", [(2, "yaml", "a tab is used where YAML wants spaces")]),
    ("a: b: c\n", [(1, "yaml", "there is a `: ` in a place where no key can stand")]),
    ("a: {b: is c: d?}\n", [(1, "yaml", "the lines do not fit together")]),
    ("a: 'open\n", [(2, "yaml", "the file ends inside a quoted text or bracket")]),
    ("a: 1\n b: 2\n", [(2, "yaml", "there is a `: ` in a place where no key can stand")]),
    ("a:\n  - x\n  y: 1\n", [(3, "yaml", "a list is followed by something that is no `- entry` of it")]),
    ("a: %x\n", [(1, "yaml", "a text begins with a character that means something else in YAML")]),
    ("a: *x\n", [(1, "alias", "`*x` refers to an `&x` that is not there, or to itself")]),
    ("a: &x [*x]\n", [(1, "alias", "`*x` refers to an `&x` that is not there, or to itself")]),
    ("a: !!python/name:os.system x\nb: !t {}\n", [
        (1, "tag", "`tag:yaml.org,2002:python/name:os.system` is a YAML tag, and tags are not used here"),
        (2, "tag", "`!t` is a YAML tag, and tags are not used here"),
    ]),
    ("a: 1\n---\nb: 2\n", [(2, "several-documents", "a second document begins after `---`")]),
    ("? [x]\n: 1\n", [(1, "key", "a key is not plain text")]),
    ("a: " + "[" * 100, [(1, "nesting", "brackets or indentation nest deeper than 60 levels")]),
    (BOMB, [(4, "alias", "aliases (`*name`) expand to more than the file could mean")]),
    ("a: \x07\n", [(1, "yaml", "there is a control character in the file")]),
    ('a: "\\q"\n', [(1, "yaml", "a backslash in double quotes begins no known escape")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_is_refused_and_where(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert refusals(text) == expected


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (
            b"a: 1\nb: caf\xe9\n",
            2,
            "the file is not UTF-8: byte 0xE9 on this line is not part of any character",
        ),
        ("a: 1\n".encode("utf-16"), 1, "the file is UTF-16, not UTF-8"),
        (b"x" * (MAX_BYTES + 1), 1, "the file has 20 MB; at most 20 MB are read"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, line: int, words: str) -> None:
    with pytest.raises(StudyError) as error:
        decode(raw, "file.yaml")
    (problem,) = error.value.problems
    assert (problem.place.line, problem.message) == (line, words)


def test_a_byte_order_mark_is_accepted() -> None:
    assert decode("a: é".encode("utf-8-sig"), "f") == "a: é"


def test_windows_line_ends_are_accepted() -> None:
    assert parse_yaml("a: |\r\n  one\r\n  two\r\nb: x\r\n", "f") == {"a": "one\ntwo\n", "b": "x"}


def test_a_key_is_found_on_its_line() -> None:
    text = "turns:\n  - {speaker: A, text: x}\n  - speaker: B\n    text: >-\n      y\n"
    keys: list[Key] = [("turns", 1, "text"), ("turns", 0), ("turns", 1, "missing"), ("nothing",), ()]
    assert [place.line for place in find_places(text, [Place("f", key) for key in keys])] == [4, 2, 3, 1, 1]
    assert find_places(text, [Place("f", keys[0], 7)])[0].line == 7


@pytest.mark.parametrize(
    ("text", "key", "about"),
    [
        ("id: P1\nturns:\n  - {text: x}\n", ("turns", 0, "text"), ("P1", 1, None)),
        ("id: P1\nturns:\n  - {text: x}\n", ("date",), ("P1", None, None)),
        ("id: P1\nturns: x\n", ("turns",), ("P1", None, None)),
        ("{source: P1, coder: a, codings: [{id: E1, turn: 2-4}]}", ("codings", 0, "quote"), ("P1", 2, "E1")),
        ("{source: P1, coder: a, codings: [{}, {turn: x}]}", ("codings", 1), ("P1", None, "a:P1:2")),
        ("{source: P1, coder: a, left_out: [{turn: 5}]}", ("left_out", 0, "turn"), ("P1", 5, None)),
        ("{source: P1, coder: a}", ("source",), ("P1", None, None)),
        ("findings: [{id: F1}]", ("findings", 0), (None, None, None)),
        ("{source: P1, coder: [a], turns: {}}", ("codings", 0), (None, None, None)),
        ("- 1", (), (None, None, None)),
    ],
)
def test_a_key_knows_the_source_turn_and_coding_it_is_about(
    text: str, key: Key, about: tuple[str | None, int | None, str | None]
) -> None:
    (place,) = find_places(text, [Place("f", key)])
    assert (place.source, place.turn, place.coding) == about


keys = st.text("abcxyz", min_size=1)
values = st.recursive(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\x85\ufeff"
        )
    ),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(keys, values, max_size=5))
def test_what_is_dumped_is_read_back(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    assert parse_yaml(text, "f") == value


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a: [" + "x," * MAX_NODES + "]", (1, "file-size", "the file has more than 400,000 entries")),
        ("a: [" + "{}," * MAX_NODES + "]", (1, "file-size", "the file has more than 400,000 entries")),
        ("k: x\n" * 5_000, (102, "duplicate-key", "more than 100 problems are in this file; from here on it was not read")),
        ("a: !x x\n" + "b: [" + "!x x," * 5_000 + "]", (2, "tag", "more than 100 problems are in this file; from here on it was not read")),
        ("[" * 1_000_000, (1, "yaml", "brackets or indentation nest too deep")),
    ],
    ids=["texts", "mappings", "duplicates", "tags", "brackets"],
)  # fmt: skip
def test_a_flood_is_refused_with_few_words(text: str, last: tuple[int, str, str]) -> None:
    told = refusals(text)
    assert told[-1] == last
    assert len(told) <= MOST_TOLD + 1


def test_a_long_name_is_told_by_its_beginning() -> None:
    (told,) = refusals(f"? {'k' * 5_000}\n: 1\n? {'k' * 5_000}\n: 2\n")
    assert told[2] == f"`{'k' * 57}...` is given twice; the first is on line 1"
