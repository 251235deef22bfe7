"""What an action makes of a source's codings."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from empowerment_qda.coding import (
    Accept,
    Action,
    Add,
    Bench,
    Locate,
    Reanchor,
    Recode,
    Reject,
    Remove,
    Set,
    carry_out,
)
from empowerment_qda.model.coding import Coding
from empowerment_qda.model.source import Span
from empowerment_qda.problems import StudyError
from kit_desk import BOOK, HEAD, Clock, bench, coding, suggestion

WORDS = HEAD.turns[1].text  # We hold digital training every month. Owners come from all wards.
MONTHLY = Span(2, 0, 2, 37)
OWNERS = Span(2, 38, 2, len(WORDS))


def do(action: Action, at: Bench) -> tuple[Coding, ...]:
    """The codings after an action."""
    entry = carry_out(action, at, Clock()())
    assert at.codings[entry.at : entry.at + len(entry.before)] == entry.before
    return entry.apply(at.file).codings


def refused(action: Action, at: Bench) -> tuple[str, str]:
    with pytest.raises(StudyError) as caught:
        carry_out(action, at, Clock()())
    (problem,) = caught.value.problems
    assert problem.place.path == "codings/first/H-01.yaml"
    return problem.rule, problem.message


def test_added_words_are_quoted_and_get_an_id() -> None:
    remarks = {
        "strength": "inferred",
        "event_date": "2022-09",
        "direction_note": "the other way",
        "memo": "so",
    }
    (made,) = do(Add("H-01", MONTHLY, "training-provided", remarks=remarks), bench())  # type: ignore[arg-type]
    assert (made.id, made.code, str(made.turn)) == ("first-001", "training-provided", "2")
    assert made.quote == "We hold digital training every month."
    assert (made.strength, str(made.event_date), made.direction_note, made.memo) == (
        "inferred", "2022-09", "the other way", "so",
    )  # fmt: skip
    assert made.status == "accepted"


def test_a_passage_over_several_turns_keeps_both() -> None:
    (made,) = do(Add("H-01", Span(1, 0, 2, 7), "training-provided"), bench())
    assert (str(made.turn), made.quote) == ("1-2", "Is there training for owners?\nWe hold")


def test_an_id_of_ones_own() -> None:
    (made,) = do(Add("H-01", MONTHLY, "training-provided", "E9"), bench())
    assert made.id == "E9"
    assert refused(Add("H-01", MONTHLY, "training-provided", "taken"), bench())[0] == "duplicate-id"
    assert refused(Add("H-01", MONTHLY, "training-provided", "two words"), bench())[0] == "value"


@pytest.mark.parametrize(
    ("span", "code", "rule", "said"),
    [
        (MONTHLY, "training-provded", "unknown-code", "code `training-provded` is not in the codebook"),
        (MONTHLY, "old", "retired-code", "code `old` is retired"),
        (Span(1, 0, 1, 5), "training-rare", "question-coded", "H-01#1 is the interviewer's turn; what is asked is no evidence"),
        (Span(2, 7, 2, 8), "training-rare", "no-words", "there are no words to code in this place"),
        (Span(2, 0, 2, 999), "training-rare", "no-words", "there are no words to code in this place"),
    ],
)  # fmt: skip
def test_what_cannot_be_added(span: Span, code: str, rule: str, said: str) -> None:
    assert refused(Add("H-01", span, code), bench()) == (rule, said)


def test_the_same_code_on_the_same_words_only_once() -> None:
    mine = coding(MONTHLY, "training-provided", id="E1")
    rule, said = refused(Add("H-01", MONTHLY, "training-provided"), bench(mine))
    assert rule == "coded-already"
    assert said.endswith("training-provided at H-01#2 “We hold digital training every month.” (E1), accepted")
    assert len(do(Add("H-01", MONTHLY, "training-rare"), bench(mine))) == 2
    assert len(do(Add("H-01", OWNERS, "training-provided"), bench(mine))) == 2


@pytest.mark.parametrize(
    ("remarks", "said"),
    [
        ({"event_date": "2022-13-01"}, "`event_date`: `2022-13-01` names a day that does not exist"),
        ({"strength": "weak"}, "`strength`: `weak` should be 'direct' or 'inferred'"),
    ],
)
def test_remarks_that_make_no_sense(remarks: dict[str, str], said: str) -> None:
    mine = coding(MONTHLY, "training-provided")
    assert refused(Set("H-01", mine, remarks), bench(mine)) == ("value", said)  # type: ignore[arg-type]


def test_remarks_are_set_and_taken_away_and_the_rest_stays() -> None:
    mine = coding(MONTHLY, "training-provided", memo="old", why="cue", event_date="2022")
    (made,) = do(Set("H-01", mine, {"memo": "", "strength": "inferred"}), bench(mine))
    assert made == mine.model_copy(update={"memo": None, "strength": "inferred"})
    assert refused(Set("H-01", made, {"strength": "inferred"}), bench(made))[0] == "no-change"


def test_one_of_several_is_removed() -> None:
    one, two, three = (coding(MONTHLY, code) for code in ("training-provided", "training-rare", "awareness"))
    assert do(Remove("H-01", two), bench(one, two, three)) == (one, three)
    assert refused(Remove("H-01", two), bench(one, three))[0] == "not-there"


def test_a_suggestion_is_accepted_with_its_reason() -> None:
    (made,) = do(Accept("H-01", suggestion(MONTHLY, "training-provided")), bench())
    assert made == coding(MONTHLY, "training-provided", id="first-001", why='cue "training"')


def test_a_suggestion_is_rejected_with_its_reason() -> None:
    (made,) = do(Reject("H-01", suggestion(MONTHLY, "training-provided")), bench())
    assert made == coding(MONTHLY, "training-provided", status="rejected", why='cue "training"')


def test_recoding_a_suggestion_rejects_its_code_and_accepts_the_other() -> None:
    no, yes = do(Recode("H-01", suggestion(MONTHLY, "training-provided"), "training-rare"), bench())
    assert no == coding(MONTHLY, "training-provided", status="rejected", why='cue "training"')
    why = 'instead of training-provided: cue "training"'
    assert yes == coding(MONTHLY, "training-rare", id="first-001", why=why)


def test_recoding_a_coding_of_ones_own_keeps_all_else() -> None:
    mine = coding(MONTHLY, "training-provided", id="E1", memo="so")
    (made,) = do(Recode("H-01", mine, "training-rare"), bench(mine))
    assert made == mine.model_copy(update={"code": "training-rare"})
    assert refused(Recode("H-01", mine, "training-provided"), bench(mine))[0] == "same-code"
    other = coding(MONTHLY, "training-rare")
    assert refused(Recode("H-01", mine, "training-rare"), bench(mine, other))[0] == "coded-already"


def test_recoding_what_one_had_rejected_leaves_the_rejection() -> None:
    mine, last = coding(MONTHLY, "training-provided", status="rejected"), coding(OWNERS, "training-rare")
    no, still, yes = do(Recode("H-01", mine, "training-rare"), bench(mine, last))
    assert (no, still) == (mine, last)
    assert (yes.code, yes.status, yes.why) == ("training-rare", "accepted", "instead of training-provided")


def test_minds_can_be_changed() -> None:
    mine = coding(MONTHLY, "training-provided", status="rejected", why="cue")
    (made,) = do(Accept("H-01", mine), bench(mine))
    assert (made.status, made.id, made.why) == ("accepted", "first-001", "cue")
    assert refused(Accept("H-01", made), bench(made))[0] == "decided"
    assert do(Reject("H-01", made), bench(made)) == (made.model_copy(update={"status": "rejected"}),)
    assert refused(Reject("H-01", mine), bench(mine))[0] == "decided"


def test_a_suggestion_is_decided_on_once() -> None:
    mine, machine = (
        coding(MONTHLY, "training-provided", status="rejected"),
        suggestion(MONTHLY, "training-provided"),
    )
    rule, said = refused(Accept("H-01", machine), bench(mine))
    assert rule == "coded-already"
    assert said.endswith("rejected")
    assert refused(Reject("H-01", machine), bench(mine))[0] == "coded-already"


def test_a_suggestion_whose_words_are_gone_cannot_be_decided_on() -> None:
    gone = Coding(code="training-provided", turn="2", quote="words that nobody said here", status="suggested")
    for action in (Accept("H-01", gone), Reject("H-01", gone), Recode("H-01", gone, "training-rare")):
        assert refused(action, bench())[0] == "not-there"


def test_a_suggestion_that_moved_is_accepted_where_it_stands() -> None:
    moved = Coding(code="training-provided", turn="1", quote="We hold digital training", status="suggested")
    (made,) = do(Accept("H-01", moved), bench())
    assert str(made.turn) == "2"


def test_several_anchors_are_renewed_at_once() -> None:
    one, two, three = (coding(MONTHLY, code) for code in ("training-provided", "training-rare", "awareness"))
    pairs = (
        (one, one.model_copy(update={"quote": "We hold"})),
        (three, three.model_copy(update={"quote": "We"})),
    )
    assert [c.quote for c in do(Reanchor("H-01", pairs), bench(one, two, three))] == [
        "We hold",
        two.quote,
        "We",
    ]


def test_a_person_says_where_words_stand() -> None:
    lost = Coding(
        id="E1", code="training-provided", turn="1", quote="gone", before="b", occurrence="2", memo="m"
    )
    other = coding(MONTHLY, "training-rare")
    made, same = do(Locate("H-01", lost, MONTHLY), bench(lost, other))
    assert made == coding(MONTHLY, "training-provided", id="E1", memo="m")
    assert (str(made.turn), made.quote, made.occurrence) == (
        "2",
        "We hold digital training every month.",
        None,
    )
    assert made.before == "Is there training for owners?"
    assert same == other
    over, _ = do(Locate("H-01", lost, Span(1, 0, 2, 7)), bench(lost, other))
    assert (str(over.turn), over.quote) == ("1-2", "Is there training for owners?\nWe hold")


def test_a_place_that_cannot_be_meant_is_refused() -> None:
    lost = Coding(code="training-provided", turn="2", quote="gone")
    there = coding(MONTHLY, "training-provided")
    at = bench(lost, there)
    assert refused(Locate("H-01", lost, Span(1, 0, 1, 10)), at)[0] == "question-coded"
    rule, said = refused(Locate("H-01", lost, MONTHLY), at)
    assert (rule, said.startswith("these words have that code already: training-provided at H-01#2")) == ("coded-already", True)  # fmt: skip
    assert refused(Locate("H-01", lost, Span(2, 7, 2, 8)), at)[0] == "no-words"
    assert refused(Locate("H-01", there, MONTHLY), at)[0] == "no-change"
    assert refused(Locate("H-01", Coding(code="training-rare"), OWNERS), at)[0] == "not-there"


def test_every_code_of_the_book_can_be_given() -> None:
    codes: Iterable[str] = [place.code.id for place in BOOK.walk() if place.code.status == "active"]
    assert [do(Add("H-01", MONTHLY, code), bench())[0].code for code in codes] == list(codes)
