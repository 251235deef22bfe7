"""What became of a codebook, and which codings each change touches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding.codebook_changes import CodeChange, compare_codebooks
from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.files.read import read_study
from empowerment_qda.model.codebook import Codebook
from kit import CODEBOOK, SMALL, write_study

BRANCHES = ("left", "right")


@pytest.fixture
def coded(tmp_path: Path) -> tuple[Passage, ...]:
    """The codings of the small study."""
    return passages_of(read_study(write_study(tmp_path, SMALL)))


def book(*codes: Any) -> Codebook:
    """A codebook of nested mappings."""
    return Codebook.model_validate({"title": "T", "version": "1", "codes": codes})


def tree(place: dict[str, str], **keys: str) -> Codebook:
    """A book of two branches; `place` gives the branch of each code, `keys` the definition of some."""
    return book(
        *(
            {"id": branch, "codes": [
                {"id": code, "definition": keys[code]} if code in keys else {"id": code}
                for code in sorted(place) if place[code] == branch
            ]}
            for branch in BRANCHES
        )
    )  # fmt: skip


def told(changes: tuple[CodeChange, ...]) -> list[str]:
    """Each change in a word or two, with the ids of its codings."""
    return [
        " ".join(
            [one.change, one.code, *one.fields, *(f"{each.file.coder}:{each.id}" for each in one.codings)]
        )
        for one in changes
    ]


def test_an_aspect_that_moves_takes_the_codings_below_it_along(coded: tuple[Passage, ...]) -> None:
    old = book(
        {"id": "enabling", "codes": [{"id": "awareness", "codes": [{"id": "training-provided"}]}]},
        {"id": "other"},
    )
    new = book(
        {"id": "enabling"},
        {"id": "other", "codes": [{"id": "awareness", "codes": [{"id": "training-provided"}]}]},
    )
    changes = compare_codebooks(old, new, coded)
    assert told(changes) == ["moved awareness first:E1 first:E2"]
    assert (changes[0].was, changes[0].now) == ("enabling/awareness", "other/awareness")


def test_a_renamed_aspect_moves_nothing_below_it() -> None:
    old = book({"id": "one", "definition": "The same.", "codes": [{"id": "below"}]})
    new = book({"id": "two", "definition": "the  same.", "codes": [{"id": "below"}]})
    assert [one.partition(" definition")[0] for one in told(compare_codebooks(old, new, ()))] == [
        "renamed two",
        "redefined two",
    ]


def test_what_could_have_become_two_codes_is_not_renamed() -> None:
    old = book({"id": "one", "definition": "The same."})
    new = book({"id": "two", "definition": "The same."}, {"id": "three", "definition": "The same."})
    assert told(compare_codebooks(old, new, ())) == ["added two", "added three", "removed one"]


def test_without_definitions_the_label_tells_what_was_renamed() -> None:
    old, new = book({"id": "one", "label": "Work"}), book({"id": "two", "label": {"en": "Work"}})
    assert told(compare_codebooks(old, new, ())) == ["added two", "removed one"]
    old = book({"id": "one", "label": {"en": "Work"}})
    assert told(compare_codebooks(old, new, ())) == ["renamed two"]


def test_codings_with_the_old_id_and_with_the_new_one_are_touched(coded: tuple[Passage, ...]) -> None:
    old = book({"id": "training-rare", "definition": "D."})
    new = book({"id": "training-provided", "definition": "D."})
    assert told(compare_codebooks(old, new, coded)) == [
        "renamed training-provided first:E3 first:E1 first:E2"
    ]


def test_what_was_rejected_is_not_looked_at_again(tmp_path: Path) -> None:
    path = "codings/first/O-01.yaml"
    write_study(tmp_path, {**SMALL, path: SMALL[path].replace("id: E2,", "id: E2, status: rejected,")})
    study = read_study(tmp_path)
    without = book({"id": "other"})
    assert told(compare_codebooks(study.codebook, without, passages_of(study)))[-2:] == [
        "removed training-provided first:E1",
        "removed training-rare first:E3",
    ]


def test_a_new_cue_touches_what_the_machine_suggests_and_a_new_definition_every_coding(
    tmp_path: Path,
) -> None:
    auto = "source: H-01\ncoder: auto\ncodings:\n  - {code: training-provided, turn: 2, quote: digital, status: suggested}\n"
    write_study(tmp_path, {**SMALL, "codings/auto/H-01.yaml": auto})
    study = read_study(tmp_path)
    for more, touched in (("cues: {en: [lesson]}", " cues auto:auto:H-01:1"), ("definition: D.", None)):
        text = CODEBOOK.replace('cues: {en: [training, "classes"], not: {en: ["no ... training"]}}', more)
        write_study(tmp_path, {"codebook.yaml": text})
        changes = told(compare_codebooks(study.codebook, read_study(tmp_path).codebook, passages_of(study)))
        expected = touched or " definition cues auto:auto:H-01:1 first:E1 first:E2"
        assert changes == [f"redefined training-provided{expected}"]


PLACES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(BRANCHES))


@given(PLACES)
def test_a_book_has_not_changed_from_itself(place: dict[str, str]) -> None:
    assert compare_codebooks(tree(place, a="A."), tree(place, a="A."), ()) == ()


@given(PLACES, PLACES)
def test_every_difference_is_told_once_and_backwards_it_is_the_reverse(
    before: dict[str, str], after: dict[str, str]
) -> None:
    there, back = (told(compare_codebooks(*pair, ())) for pair in (
        (tree(before), tree(after)), (tree(after), tree(before)),
    ))  # fmt: skip
    assert sorted(there) == sorted(
        [f"added {code}" for code in after if code not in before]
        + [f"removed {code}" for code in before if code not in after]
        + [f"moved {code}" for code in after if code in before and after[code] != before[code]]
    )
    turned = {"added": "removed", "removed": "added", "moved": "moved"}
    assert sorted(f"{turned[one.split()[0]]} {one.split()[1]}" for one in there) == sorted(back)
