"""Keys of a code are changed in the codebook, and every other line stays as it is; undo brings the very bytes back."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding import describe
from empowerment_qda.files.codebook_edit import edit_code, read_keys
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import parse_file, read_study
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import Clock

BOOK = dedent("""\
    # The book.
    title: t
    version: 1.0   # by hand
    codes:
      - id: a   # the first
        label: {id: Satu, en: One}   # two languages
        # before the definition
        definition: >-
          What belongs here,
          in two lines.

        # before the codes
        codes:
          - {id: b, memo: 'why: not', color: "#000000"}
          - label: Third
            id: c
            definition:
              id: tiga
              en: three
            # behind three
            direction: limits
      - id: d
        near_miss: &x far
        memo: *x
    """)


def edited(text: str, code: str, **keys: Any) -> tuple[list[str], list[str]]:
    """The lines that came in and those that went, the version's aside; what the text holds is what was asked for."""
    book = parse_file(text, "b.yaml", Codebook)
    before = {"id": code, **read_keys(book, code, keys)}
    made, held = edit_code(text, "b.yaml", {"id": code, **keys}, before)
    assert read_keys(held, code, keys) == keys
    assert parse_file(made, "b.yaml", Codebook).model_dump() == held.model_dump()
    back, _ = edit_code(made, "b.yaml", before, {"id": code, **keys}, "1.1", "1.0")
    assert parse_file(back, "b.yaml", Codebook).model_dump() == book.model_dump()
    lines = [one for one in ndiff(text.splitlines(), made.splitlines()) if one[2:9] != "version"]
    return [one[2:] for one in lines if one[0] == "+"], [one[2:] for one in lines if one[0] == "-"]


@pytest.mark.parametrize(
    ("code", "keys", "new", "gone"),
    [
        ("a", {"color": "#1F77B4"}, ["    color: '#1F77B4'"], []),
        ("a", {"label": {"id": "Satu", "en": "Uno"}}, ['    label: {id: Satu, en: "Uno"}   # two languages'],
         ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"label": {"id": "Satu", "en": "One", "fr": "Un"}}, ['    label: {id: Satu, en: One, fr: "Un"}   # two languages'],
         ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"label": {"en": "One"}}, ["    label: {en: One}   # two languages"], ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"label": None}, [], ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"label": "One"}, ["    label: One   # two languages"], ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"label": "One\nTwo"}, ['    label: "One\\nTwo"   # two languages'], ["    label: {id: Satu, en: One}   # two languages"]),
        ("a", {"definition": "Short: yes"}, ["    definition: 'Short: yes'"],
         ["    definition: >-", "      What belongs here,", "      in two lines."]),
        ("a", {"definition": None}, [], ["    definition: >-", "      What belongs here,", "      in two lines."]),
        ("a", {"use_when": "When\nit is."}, ["    use_when: |-", "      When", "      it is."], []),
        ("b", {"memo": "x, y}", "label": "B"}, ['      - {id: b, label: "B", memo: "x, y}", color: "#000000"}'],
         ["      - {id: b, memo: 'why: not', color: \"#000000\"}"]),
        ("b", {"color": None}, ["      - {id: b, memo: 'why: not'}"], ["      - {id: b, memo: 'why: not', color: \"#000000\"}"]),
        ("c", {"label": None}, ["      - id: c"], ["      - label: Third", "        id: c"]),
        ("c", {"definition": {"id": "tiga", "en": "the third"}}, ["          en: the third"], ["          en: three"]),
        ("c", {"definition": {"id": "tiga", "en": "three", "fr": "trois"}}, ["          fr: trois"], []),
        ("c", {"definition": None, "direction": None}, [],
         ["        definition:", "          id: tiga", "          en: three", "        direction: limits"]),
        ("c", {"definition": "3"}, ["        definition: '3'"], ["        definition:", "          id: tiga", "          en: three"]),
        ("d", {"memo": "near"}, ["    memo: near"], ["    memo: *x"]),
    ],
)  # fmt: skip
def test_only_the_lines_of_the_keys_differ(
    code: str, keys: dict[str, Any], new: list[str], gone: list[str]
) -> None:
    assert edited(BOOK, code, **keys) == (new, gone)
    crlf = edited(BOOK.replace("\n", "\r\n"), code, **keys)
    assert ([one.rstrip("\r") for one in crlf[0]], [one.rstrip("\r") for one in crlf[1]]) == (new, gone)


def test_line_ends_are_the_file_s() -> None:
    text = BOOK.replace("\n", "\r\n")
    made, _ = edit_code(text, "b.yaml", {"id": "a", "memo": "x\ny"}, {"id": "a", "memo": None})
    assert made.count("\r\n") == made.count("\n") == BOOK.count("\n") + 3


@pytest.mark.parametrize(
    ("keys", "before", "rule", "said"),
    [
        ({"id": "e", "memo": "x"}, {"id": "e", "memo": None}, "unknown-code", "code `e` is not in the codebook"),
        ({"id": "a", "label": "x"}, {"id": "a", "label": "y"}, "codebook-layout", "code `a` was changed since: it stays"),
        ({"id": "a", "color": "red"}, {"id": "a", "color": None}, "value", "`color` is `red`, which is no colour"),
        ({"id": "a", "direction": "up"}, {"id": "a", "direction": None}, "value", "`direction` is `up`; it should be"),
        ({"id": "d", "near_miss": "x"}, {"id": "d", "near_miss": "far"}, "codebook-layout", "`d` cannot be changed so without touching"),
        ({"id": "a", "sauce": "x"}, {"id": "a", "sauce": None}, "unknown-key", "`sauce` is no key that is known here"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_told(
    keys: dict[str, Any], before: dict[str, Any], rule: str, said: str
) -> None:
    with pytest.raises(StudyError) as caught:
        edit_code(BOOK, "b.yaml", keys, before)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.message[: len(said)]) == (rule, said)


SAID = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)
VALUE = st.none() | SAID | st.dictionaries(st.sampled_from(["id", "en", "fr"]), SAID, min_size=1)
NAMES = ("label", "definition", "use_when", "not_when", "memo", "near_miss", "example")


@given(
    st.sampled_from(["a", "b", "c"]),
    st.dictionaries(st.sampled_from(NAMES), VALUE, min_size=1),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_is_written_is_read_back(code: str, keys: dict[str, Any], end: str) -> None:
    edited(BOOK.replace("\n", end), code, **keys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, SMALL)


def open_desk(root: Path, coder: str = "second") -> Desk:
    return Desk.open(root, read_study(root), coder, Clock())


def test_undo_and_redo_of_a_changed_code(root: Path) -> None:
    path = root / "codebook.yaml"
    before = path.read_bytes()
    with open_desk(root) as desk:
        assert desk.redefine("training-rare", {"direction": "limits", "memo": None}) is None
        entry = desk.redefine("training-rare", {"label": "Seldom", "direction": "supports", "memo": None})
        assert entry
        assert describe(entry) == (
            "redefine: training-rare: label none → “Seldom”, direction “limits” → “supports”; codebook version 1.1"
        )
        done = path.read_bytes()
    with open_desk(root) as desk:  # in the next session too
        (entry,) = desk.undo()
        assert describe(entry) == (
            "undo of redefine: training-rare: label “Seldom” → none, direction “supports” → “limits”; codebook version 1.0"
        )
        assert path.read_bytes() == before
        assert desk.redo()
        assert path.read_bytes() == done
        assert str(desk.codebook.places["training-rare"].code.label) == "Seldom"
        path.write_bytes(done.replace(b"Seldom", b"Rarely"))
        with pytest.raises(StudyError, match="was changed since: it stays"):
            desk.undo()


def test_a_new_code_that_was_changed_is_taken_back_step_by_step(root: Path) -> None:
    before = (root / "codebook.yaml").read_bytes()
    with open_desk(root) as desk:
        desk.define("awareness", {"id": "thrift", "label": "Thrift"})
        assert desk.redefine("thrift", {"definition": "They save.", "color": "#00AA00"})
        assert desk.codebook.version == "1.2"
        desk.undo()
        desk.undo()
        assert desk.undo() == []
    assert (root / "codebook.yaml").read_bytes() == before


@pytest.mark.parametrize("step", ["redefine", "undo"])
def test_a_change_that_a_crash_cut_short_is_finished(root: Path, step: str) -> None:
    path = root / "codebook.yaml"
    states = [path.read_bytes()]
    with open_desk(root) as desk:
        desk.redefine("training-rare", {"label": "Seldom"})
        states.append(path.read_bytes())
        if step == "undo":
            desk.undo()
            states.reverse()
    for left in states:
        path.write_bytes(left)
        lock = root / "codings/second/.lock"
        lock.write_text(lock.read_text() or "process 1 on here, since now\n")
        with open_desk(root) as desk:
            assert path.read_bytes() == states[1]
            finished = any(note.startswith("Its last action was finished: ") for note in desk.notes)
            assert finished == (left == states[0])
