"""Values and comments change in their place, whatever the layout."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import parse_yaml
from empowerment_qda.files.yaml_scalars import change_scalars, find_scalars
from empowerment_qda.privacy.pseudonyms import Pseudonyms

NAMES = Pseudonyms(
    {"Sari": "Ani", "Sari Dewi": "Bu Ani", "0812": "[telephone]", "Tono": "- x: #'\"", "Rina": "null"}
)


def change(text: str) -> str:
    return change_scalars(text, "x.yaml", lambda one: NAMES.write(one.value), NAMES.write)


def deep(value: object) -> object:
    if isinstance(value, str):
        return NAMES.write(value)
    if isinstance(value, list):
        return [deep(one) for one in value]
    if isinstance(value, dict):
        return {NAMES.write(key): deep(one) for key, one in value.items()}
    return value


def test_other_lines_and_layout_stay() -> None:
    text = "# Sari's file\na: [Sari, 'b']   # Sari\r\n\nb: >-\n  words of Sari\n  Dewi\n\n  and more\n\nc: |+\n  Sari\n\nd: x\n"
    made = "# Ani's file\na: [Ani, 'b']   # Ani\r\n\nb: >-\n  words of Bu Ani\n\n  and more\n\nc: |+\n  Ani\n\nd: x\n"
    assert change(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('a: "S\\u0061ri"\n', 'a: "Ani"\n'),
        ("a: 0812\n", 'a: "[telephone]"\n'),
        ("a: {b: Tono, c: 1}\n", 'a: {b: "- x: #\'\\"", c: 1}\n'),
        ("a: 'it''s Tono'\n", 'a: "it\'s - x: #\'\\""\n'),
        ("a: &x Sari\nb: *x\n", "a: &x Ani\nb: *x\n"),
        ("a: &x 0812\nb: *x\n", 'a: &x "[telephone]"\nb: *x\n'),
        ("Sari Dewi: 1\n", "Bu Ani: 1\n"),
        ("a: Rina\nb: ~\nc:\n", 'a: "null"\nb: ~\nc:\n'),
        ("a:\nb:\n  - Sari\n", "a:\nb:\n  - Ani\n"),
        ("", ""),
        ("# Sari\n", "# Ani\n"),
    ],
)
def test_what_cannot_stand_as_it_is_is_quoted(text: str, made: str) -> None:
    assert change(text) == made


WORDS = st.lists(
    st.sampled_from([*NAMES.key, "came", "'", '"', ":", "#", "\n", "-", "é", "|", "{"]), max_size=8
)
TREES = st.recursive(
    st.none() | WORDS.map(" ".join) | WORDS.map("".join),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "Sari", "0812", "Tono", "long key"]), below, max_size=3)
    ),
    max_leaves=8,
)


@given(TREES, st.booleans())
@settings(max_examples=300)
def test_the_file_then_holds_what_it_should(tree: object, flow: bool) -> None:
    import json

    value = {"top": tree}
    text = json.dumps(value, ensure_ascii=False, indent=1) if flow else format_yaml(value)
    held = parse_yaml(text, "x")
    assert parse_yaml(change(text), "x") == deep(held)


@given(TREES)
def test_scalars_are_found_with_their_keys(tree: object) -> None:
    text = format_yaml({"top": tree})
    for one in find_scalars(text):
        if not one.is_key:
            held = parse_yaml(text, "x")
            for part in one.key:
                held = held[part]
            assert held == (None if one.null else one.value)
