"""What differs between a quotation and the words as they are now."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding import compare_words

WORDS = " ".join(f"w{n}" for n in range(30))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("we save", "we save", ("we save", "we save")),
        ("we save", "they save", ("[-we-] save", "{+they+} save")),
        ("we really save", "we save", ("we [-really-] save", "we save")),
        ("we save", "so we save daily", ("we save", "{+so+} we save {+daily+}")),
        ("we\n  save", "we save", ("we save", "we save")),
        ("我们存钱。", "我们花钱。", ("我们[-存-]钱。", "我们{+花+}钱。")),
        ("[laughs] no", "[laughs] yes", ("[laughs] [-no-]", "[laughs] {+yes+}")),
        ("", "now", ("", "{+now+}")),
    ],
)
def test_words_that_differ_are_marked(old: str, new: str, marked: tuple[str, str]) -> None:
    assert compare_words(old, new) == marked


def test_long_stretches_that_both_have_are_cut_away_from_the_difference() -> None:
    was, now = compare_words(f"{WORDS} old {WORDS}", f"{WORDS} new {WORDS}")
    assert was == "… w22 w23 w24 w25 w26 w27 w28 w29 [-old-] w0 w1 w2 w3 w4 w5 w6 w7 …"
    assert now == was.replace("[-old-]", "{+new+}")
    was, _ = compare_words(f"old {WORDS} old", f"new {WORDS} new")
    assert was == "[-old-] w0 w1 w2 w3 w4 w5 w6 w7 … w22 w23 w24 w25 w26 w27 w28 w29 [-old-]"
    assert compare_words(WORDS, WORDS) == (WORDS, WORDS)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=9),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=9),
)
def test_without_the_signs_both_are_as_they_were(old: list[str], new: list[str]) -> None:
    was, now = compare_words(" ".join(old), " ".join(new))
    assert re.sub(r"\[-|-\]", "", was) == " ".join(old)
    assert re.sub(r"\{\+|\+\}", "", now) == " ".join(new)
    assert ("[-" in was or "{+" in now) == (old != new)
