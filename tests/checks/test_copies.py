"""A copied interview is found, also with words changed; interviews by one guide are no copies."""

from __future__ import annotations

import random

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

import kit_edits as ed
from empowerment_qda.checks.sources import check_copied_source
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings, Study

SETTINGS = Settings.model_validate({"title": "Fish market", "codebook": "c.yaml", "sources": {}})
BOOK = Codebook.model_validate({"title": "c", "version": "1", "codes": [{"id": "price"}]})
GUIDE = ed.made_up(seed=99, count=30)
"""Long questions, put to everybody."""


def interview(name: str, answers: list[str], **fields: object) -> Source:
    """An interview by the guide: R asks, the informant answers."""
    turns = []
    for question, answer in zip(GUIDE, answers, strict=False):
        turns += [{"speaker": "R", "text": question}, {"speaker": name, "text": answer}]
    given = {
        "id": f"{name}-01",
        "method": "interview",
        "informant": {"id": name},
        "interviewer": "R",
        "turns": turns,
    }
    return Source.model_validate(given | fields)


def copies(*sources: Source) -> list[str]:
    return [one.message for one in check_copied_source(Study(SETTINGS, BOOK, sources))]


def answers(seed: int, count: int = 30) -> list[str]:
    return ed.made_up(seed, count)


def changed(text: list[str], share: float, seed: int) -> list[str]:
    """The same answers, a share of their words replaced."""
    draw = random.Random(seed)
    return [
        " ".join(f"x{draw.randrange(99)}" if draw.random() < share else word for word in one.split())
        for one in text
    ]


@for_any(st.integers(0, 500), st.sampled_from([0.0, 0.02, 0.05, 0.1]))
def test_a_copy_is_found_whatever_words_are_changed(seed: int, share: float) -> None:
    text = answers(seed)
    copy = interview("B", changed(text, share, seed))
    (said,) = copies(interview("A", text), interview("C", answers(seed + 1)), copy)
    assert said.endswith("of the informant's words in B-01 and A-01 are the same, under two informants")


def test_a_copy_in_capitals_in_other_turns_and_in_a_longer_interview_is_found() -> None:
    text = answers(1, 20)
    joined = [" ".join(text[n : n + 4]).upper() for n in range(0, 20, 4)]
    assert len(copies(interview("A", text), interview("B", joined))) == 1
    for sources in ((text, text + answers(2, 10)), (text + answers(2, 10), text)):
        (said,) = copies(interview("A", sources[0]), interview("B", sources[1]))
        assert int(said.split("%")[0]) > 90


def test_each_copy_is_told_once_with_the_one_it_is_nearest_to() -> None:
    text = answers(1)
    found = copies(*(interview(name, changed(text, 0.1 * (name == "A"), 3)) for name in "ABCD"))
    assert [one.split(" in ")[1].split(" are")[0] for one in found] == [
        "B-01 and A-01",
        "C-01 and B-01",
        "D-01 and B-01",
    ]


SHORT = ["Yes.", "No.", "Yes, sometimes.", "I do not know."] * 7

RATED = ["I do not agree with that.", "I do not know."] * 9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (interview("A", answers(1)), interview("B", answers(2))),
        (interview("A", SHORT), interview("B", SHORT)),
        (interview("A", RATED), interview("B", RATED)),
        (interview("A", answers(1)[:1]), interview("B", ["Thank you very much."])),
        (interview("A", answers(1)), interview("A", answers(1), id="A-02")),
        (interview("A", answers(1)), interview("A", answers(1), id="G-01", informant=None, informants=["A", {"id": "C"}])),
        (interview("A", answers(1)), interview("B", answers(1), method="observation")),
        (interview("A", SHORT, interviewer=[]), interview("B", SHORT, interviewer=[])),
        (interview("A", answers(1)), interview("B", answers(1), informant=None)),
        (interview("A", answers(1, 2), provenance="restated"), interview("B", answers(1, 2), provenance="restated")),
    ],
    ids=["two people", "yes and no", "a scale", "a phrase", "one person twice", "in a group", "a note", "questions of nobody",
         "of nobody", "restated"],
)  # fmt: skip
def test_what_is_no_copy(one: Source, other: Source) -> None:
    assert copies(one, other) == []


def test_questions_of_one_who_is_an_informant_elsewhere_are_not_compared() -> None:
    """A head of a section who was heard asks in two interviews."""
    one, other = (interview(name, [name], interviewer="H") for name in "AB")
    asked = {
        "turns": tuple(turn.model_copy(update={"speaker": "H"}) for turn in interview("H", answers(1)).turns)
    }
    assert copies(interview("H", ["H"]), one.model_copy(update=asked), other.model_copy(update=asked)) == []


@pytest.mark.skipif(not ed.REAL, reason="the real interviews stand outside the project")
def test_real_interviews_by_one_guide_are_no_copies_even_with_the_questions() -> None:
    one, other = ([{"text": text} for text in ed.real(path) if text] for path in ed.REAL[:2])
    assert copies(interview("A", [], turns=one), interview("B", [], turns=other)) == []
    assert len(copies(interview("A", [], turns=one), interview("B", [], turns=one))) == 1


def test_long_restated_interviews_are_compared() -> None:
    long = answers(1)
    assert (
        len(copies(interview("A", long, provenance="restated"), interview("B", long, provenance="restated")))
        == 1
    )


def test_what_nobody_said_is_not_compared() -> None:
    turns = [{"speaker": "A", "text": text, "reconstructed": True} for text in answers(1)]
    one = interview("A", answers(1)).model_copy(update={"turns": interview("A", [], turns=turns).turns})
    assert copies(one, interview("B", answers(1))) == []
