"""Many passages at once: what the hits of a search give to code, and which suggestions are decided on together."""

from __future__ import annotations

from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.coding import Accept, Add, Entry, Reject, Remove, carry_out, describe_step
from empowerment_qda.coding.many import (
    Together,
    Unit,
    code_hits,
    decide_all,
    has_cue,
    join_actions,
    passages_to_code,
)
from empowerment_qda.coding.suggest import cues_of
from empowerment_qda.evidence.passages import Passage, find_anchor
from empowerment_qda.files.read import parse_file
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import StudyError
from kit_desk import BOOK, HEAD, TEXT, Clock, bench, coding, suggestion

TALK = parse_file(
    dedent(
        """
        id: T-01
        informant: {id: T, type: head}
        method: interview
        interviewer: R
        bystanders: [N]
        turns:
          - {speaker: R, text: "Was it training? Training of whom?"}
          - {speaker: T, text: "Training, yes. The training was short. We left. Training again."}
          - {speaker: R, text: "Training when?"}
          - {speaker: T, text: "It was training.", reconstructed: true}
          - {speaker: N, text: "My training too."}
          - {speaker: T, text: "No more training then"}
        """
    ),
    "data/T-01.yaml",
    Source,
)
WE, OWNERS = Span(2, 0, 2, 7), Span(2, 38, 2, 44)


def passage(one: Coding, source: Source = HEAD, coder: str = "first") -> Passage:
    file = Codings(source=source.id, coder=coder, codings=(one,))
    return Passage(one, file, 0, source, find_anchor(TEXT, one))


def words_of(source: Source, spans: list[Span]) -> list[str]:
    return [source.quote(one) for one in spans]


def hits_in(source: Source, word: str) -> list[Span]:
    return [
        Span(turn, at, turn, at + len(word))
        for turn, one in enumerate(source.turns, 1)
        for at in range(len(one.text))
        if one.text[at:].lower().startswith(word)
    ]


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("words", ["Training", "training", "Training", "training"]),
        ("sentence", ["Training, yes.", "The training was short.", "Training again.", "No more training then"]),
        ("turn", ["Training, yes. The training was short. We left. Training again.", "No more training then"]),
    ],
)  # fmt: skip
def test_hits_are_coded_by_words_sentence_or_turn_and_never_what_is_no_testimony(
    unit: Unit, words: list[str]
) -> None:
    hits = hits_in(TALK, "training")
    assert len(hits) == 9
    assert words_of(TALK, passages_to_code(TALK, hits, unit)) == words


def test_of_a_passage_over_several_turns_the_testimony_is_coded() -> None:
    whole = Span(1, 4, 6, 7)
    assert words_of(TALK, passages_to_code(TALK, [whole], "words")) == [TALK.turns[1].text, "No more"]
    assert words_of(TALK, passages_to_code(TALK, [Span(2, 63, 6, 0)], "words")) == []


@given(st.lists(st.tuples(st.sampled_from([2, 6]), st.integers(0, 60), st.integers(1, 20)), max_size=8), st.sampled_from(["words", "sentence", "turn"]))  # fmt: skip
def test_every_hit_is_in_one_passage_and_no_two_share_words(
    hits: list[tuple[int, int, int]], unit: Unit
) -> None:
    spans = []
    for turn, start, length in hits:
        text = TALK.turns[turn - 1].text
        start = min(start, len(text) - 1)
        spans.append(Span(turn, start, turn, min(start + length, len(text))))
    spans = [one for one in spans if TALK.quote(one).strip()]
    found = passages_to_code(TALK, spans, unit)
    assert found == sorted(found)
    assert not any(one.overlaps(other) for one, other in pairwise(found))
    for one in spans:
        assert sum(one.overlaps(other) for other in found) >= 1
        if unit == "words":
            assert any(other[:2] <= one[:2] and one[2:] <= other[2:] for other in found)


def test_what_has_the_code_is_passed_over_also_where_it_was_rejected() -> None:
    own = [passage(coding(WE, "training-rare", status="rejected")), passage(coding(OWNERS, "awareness"))]
    found = code_hits([(HEAD, [WE, OWNERS])], "training-rare", "sentence", lambda _: own)
    assert found.actions == (Add("H-01", Span(2, 38, 2, 65), "training-rare"),)
    assert found.passed_over == 1


def test_several_actions_on_a_source_are_one_entry_with_an_id_each() -> None:
    actions = [
        Add("H-01", WE, "training-rare"),
        Add("O-01", WE, "training-rare"),
        Add("H-01", OWNERS, "training-rare"),
    ]
    both, alone = join_actions(actions)
    assert alone == actions[1]
    assert isinstance(both, Together)
    entry = carry_out(both, bench(coding(WE, "awareness", id="E1")), Clock()())
    assert (entry.action, entry.at, entry.before) == ("add", 1, ())
    assert [(one.id, one.quote) for one in entry.after] == [("first-001", "We hold"), ("first-002", "Owners")]
    assert describe_step([entry]) == "add: training-rare 2 times in H-01"


def test_one_that_cannot_be_done_keeps_all_from_being_done() -> None:
    twice = Together("H-01", (Add("H-01", WE, "training-rare"), Add("H-01", WE, "training-rare")))
    with pytest.raises(StudyError, match="have that code already"):
        carry_out(twice, bench(), Clock()())


def test_own_rejected_ones_are_accepted_with_fresh_suggestions() -> None:
    said_no, fresh = coding(WE, "training-rare", status="rejected"), suggestion(OWNERS, "training-rare")
    entry = carry_out(
        Together("H-01", (Accept("H-01", said_no), Accept("H-01", fresh))), bench(said_no), Clock()()
    )
    assert [one.status for one in entry.after] == ["accepted", "accepted"]
    assert entry.before == (said_no,)
    assert len({one.id for one in entry.after}) == 2


def test_suggestions_without_a_place_or_with_a_retired_code_are_counted_apart() -> None:
    waiting = [
        suggestion(WE, "training-rare"),
        suggestion(WE, "training-rare").model_copy(update={"why": "the same words again"}),
        suggestion(OWNERS, "old"),
        Coding(code="training-rare", turn="2", quote="nobody said so", status="suggested"),
    ]
    found = decide_all(map(passage, waiting), Accept, BOOK)
    assert found.actions == (Accept("H-01", waiting[0]),)
    assert (found.unplaced, found.retired) == (1, 1)
    found = decide_all(map(passage, waiting), Reject, BOOK)
    assert found.actions == (Reject("H-01", waiting[0]), Reject("H-01", waiting[2]))


def test_a_suggestion_is_known_by_any_cue_that_made_it() -> None:
    both = suggestion(WE, "training-rare").model_copy(
        update={"why": 'cue "only once" on "only; cue once"; cue "... of say "no""'}
    )
    assert cues_of(both) == ["only once", '... of say "no"']
    assert has_cue(passage(both), " Only Once")
    assert not has_cue(passage(both), "once")
    assert cues_of(Coding(code="a")) == []


def test_a_step_in_several_sources_in_words() -> None:
    made = [coding(WE, "training-rare"), coding(OWNERS, "training-rare")]
    add = Entry(time=Clock()(), coder="first", action="add", source="H-01", after=tuple(made))
    other = add.model_copy(update={"source": "O-01", "after": (made[0],), "joined": True})
    assert describe_step([add, other]) == "add: training-rare 3 times in 2 sources (H-01 2, O-01 1)"
    mixed = add.model_copy(update={"action": "reject", "after": (made[0], coding(WE, "awareness"))})
    assert describe_step([mixed]) == "reject: 2 codings in H-01"
    back = {"action": "undo", "of": "add", "before": add.after, "after": ()}
    assert (
        describe_step([add.model_copy(update=back)])
        == "undo of add: training-rare 2 times in H-01: taken away"
    )
    no = made[1].model_copy(update={"code": "awareness"})
    undone = {"action": "undo", "of": "reject", "before": (no,), "after": ()}
    both = [add.model_copy(update=undone), add.model_copy(update=back | {"before": (made[0],)})]
    assert describe_step(both) == "undo of reject and add: 2 codings in H-01"
    took = Remove("H-01", made[0])
    assert join_actions([took]) == [took]
