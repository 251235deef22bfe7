"""How a person points at turns, words and codings; what is not clear is asked back, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from empowerment_qda.anchors import SourceText
from empowerment_qda.coding import Entry, find_coding, find_words, name_consequences, parse_place, sources_of
from empowerment_qda.evidence.passages import Passage, find_anchor
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Span, TurnRange
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from kit_desk import HEAD, TEXT, Clock, coding, suggestion

WE, OWNERS = Span(2, 0, 2, 7), Span(2, 38, 2, 44)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(write_study(tmp_path, SMALL))


def told(error: pytest.ExceptionInfo[StudyError]) -> tuple[str, str]:
    (problem,) = error.value.problems
    return problem.message, problem.hint


def test_places(study: Study) -> None:
    source, turns = parse_place("H-01#1-2", study)
    assert (source.id, turns) == ("H-01", TurnRange(1, 2))
    assert parse_place(" O-01#2 ", study)[1] == TurnRange(2, 2)


@pytest.mark.parametrize(
    ("place", "message", "hint"),
    [
        ("H-01", "this is no place in a source", "Write source and turn, such as KS-01#2."),
        ("H-1#2", "there is no source `H-1`", "Did you mean `H-01`?"),
        ("H-01#3", "H-01 has no turn 3", "It has 2 turns, counted from 1."),
        ("H-01#0", "H-01 has no turn 0", "It has 2 turns, counted from 1."),
        ("H-01#2-1", "H-01 has no turn 2-1", "It has 2 turns, counted from 1."),
    ],
)
def test_no_such_place(study: Study, place: str, message: str, hint: str) -> None:
    with pytest.raises(StudyError) as caught:
        parse_place(place, study)
    assert told(caught) == (message, hint)


def test_words_and_whole_turns() -> None:
    assert find_words("H-01#2", TEXT, TurnRange(2, 2), "We hold", None) == WE
    assert find_words("H-01#2", TEXT, TurnRange(2, 2), "", None) == Span(2, 0, 2, len(HEAD.turns[1].text))
    assert find_words("H-01#1-2", TEXT, TurnRange(1, 2), "owners? We", None) == Span(1, 22, 2, 2)


def test_words_that_stand_elsewhere_are_shown_and_not_taken() -> None:
    with pytest.raises(StudyError) as caught:
        find_words("H-01#1", TEXT, TurnRange(1, 1), "We hold digital training", None)
    message, hint = told(caught)
    assert message == "the words “We hold digital training” do not stand there"
    assert hint == "The nearest are in turn 2: “We hold digital training”."


def test_words_that_differ_are_shown_and_not_taken() -> None:
    with pytest.raises(StudyError) as caught:
        find_words("H-01#2", TEXT, TurnRange(2, 2), "We hold digital trainings every month", None)
    assert "turn 2: “We hold digital training every month" in told(caught)[1]


def test_words_that_stand_nowhere() -> None:
    with pytest.raises(StudyError) as caught:
        find_words("H-01#2", TEXT, TurnRange(2, 2), "nobody said this here", None)
    assert told(caught)[1] == "Copy them from the transcript."


def test_words_that_stand_there_twice_are_asked_back() -> None:
    text = SourceText(["we save a little and then we save more"])
    with pytest.raises(StudyError) as caught:
        find_words("X#1", text, TurnRange(1, 1), "we save", None)
    assert (
        told(caught)[0]
        == "these words stand there 2 times: 1: [we save] a little and; 2: little and then [we save] more"
    )
    assert find_words("X#1", text, TurnRange(1, 1), "we save", 2) == Span(1, 26, 1, 33)


def pool(*codings: Coding) -> list[Passage]:
    file = Codings(source="H-01", coder="first", codings=codings)
    return [Passage(one, file, n, HEAD, find_anchor(TEXT, one)) for n, one in enumerate(codings)]


def test_a_coding_by_id_by_place_and_by_code() -> None:
    here = pool(coding(WE, "training-provided", id="E1"), coding(OWNERS, "training-rare"))
    assert find_coding("E1", None, here).number == 0
    assert find_coding("first:H-01:2", None, here).number == 1
    assert find_coding("H-01#2", "training-rare", here).number == 1
    assert find_coding("H-01#1-2", "training-rare", here).number == 1


def test_several_codings_are_listed_to_choose_from() -> None:
    here = pool(coding(WE, "training-provided", id="E1"), suggestion(OWNERS, "training-provided"))
    with pytest.raises(StudyError) as caught:
        find_coding("H-01#2", "training-provided", here)
    assert told(caught) == (
        "that can be 2 codings: 1: training-provided “We hold” (E1, accepted); "
        "2: training-provided “Owners” (first:H-01:2, suggested)",
        "Say which with --which N, or by its id.",
    )
    assert find_coding("H-01#2", "training-provided", here, which=2).number == 1
    with pytest.raises(StudyError):
        find_coding("H-01#2", "training-provided", here, which=3)


def test_no_such_coding() -> None:
    here = pool(coding(WE, "training-provided", id="E1"))
    with pytest.raises(StudyError) as caught:
        find_coding("H-01#2", "training-rare", here)
    assert told(caught) == (
        "there is no coding `training-rare` here",
        "Here are: training-provided “We hold” (E1, accepted).",
    )
    with pytest.raises(StudyError) as caught:
        find_coding("H-01#1", None, here)
    assert told(caught) == ("there is no such coding here", "Nothing stands here that it can be done to.")


def test_a_coding_whose_words_are_gone_is_found_by_its_turn() -> None:
    here = pool(Coding(code="training-rare", turn="1", quote="words that are gone"))
    assert find_coding("H-01#1", None, here).number == 0


def test_where_to_look(study: Study) -> None:
    assert sources_of("H-01#2", "first", study) == ["H-01"]
    assert sources_of("E3", "first", study) == ["O-01"]
    with pytest.raises(StudyError) as caught:
        sources_of("E4", "first", study)
    assert told(caught)[0] == "first has no coding of this id"
    with pytest.raises(StudyError):
        sources_of("E3", "second", study)


def test_findings_that_cite_what_is_gone(study: Study) -> None:
    before = Coding(id="E3", code="training-rare")
    after = before.model_copy(update={"status": "rejected"})
    keys = {"time": Clock()(), "coder": "first", "action": "reject", "source": "O-01", "before": (before,)}
    gone = Entry.model_validate({**keys, "after": (after,)})
    assert list(name_consequences(gone, study)) == [
        "F1 cites E3, which does not count any more: look at the findings."
    ]
    kept = Entry.model_validate({**keys, "after": (before.model_copy(update={"memo": "m"}),)})
    assert list(name_consequences(kept, study)) == []


def test_words_that_nobody_said_so_are_told_where_they_are_coded(tmp_path: Path) -> None:
    turns = 'turns:\n  - {text: "Good morning.", reconstructed: yes}\n  - {text: We save.}\n'
    study = read_study(write_study(tmp_path, SMALL | {"data/interviews/H-01.yaml": f"id: H-01\n{turns}"}))
    keys = {"time": Clock()(), "coder": "first", "source": "H-01"}

    def told(turn: str, action: str = "add", status: str = "accepted") -> list[str]:
        after = Coding.model_validate({"code": "training-rare", "turn": turn, "quote": "x", "status": status})
        entry = Entry.model_validate(keys | {"action": action, "after": (after,)})
        return list(name_consequences(entry, study))

    said = "The words of H-01#1 are reconstructed: they are the analyst's, and no evidence of what was said."
    assert told("1") == told("1-2") == told("1", action="accept") == told("1", action="anchor") == [said]
    assert told("2") == told("1", status="rejected") == told("1", action="undo") == []
    assert told("9") == told("1", action="set") == []
