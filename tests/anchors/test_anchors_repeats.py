"""Words whose equal stands next door: told apart by what stands around, or left open."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit_edits as ed
from empowerment_qda.anchors import SourceText
from empowerment_qda.model.source import Span

CHAT = [
    "So you went there every week, did you?",
    "We did. The course was far away, yeah?",
    "Yeah, yeah. And then they paid the bus.",
    "Yeah.",
    "Yeah. They paid it until the summer came.",
    "And after that?",
]


def noted(turns: list[str], quote: str, turn: int, occurrence: int = 1) -> dict[str, Any]:
    """The keys that the tool writes for one of several."""
    source = SourceText(turns)
    span = source.find(quote, turn, occurrence=occurrence).span
    assert span
    return dict(source.make_anchor(span))


def refound(turns: list[str], keys: dict[str, Any]) -> tuple[str, int | None, int | None]:
    """State, turn and offset."""
    anchor = SourceText(turns).find(**keys)
    return anchor.state, anchor.span and anchor.span.turn, anchor.span and anchor.span.start


def test_words_whose_equal_stands_next_door_are_told_apart_by_what_stands_around() -> None:
    keys = noted(CHAT, "yeah", 3)
    assert len(keys["before"].split()) == len(keys["after"].split()) == 12  # no more than is needed
    assert refound(CHAT, keys) == ("exact", 3, 6)
    assert refound(CHAT[1:], keys) == ("moved", 2, 6)
    assert refound(["(a phone rings)", *CHAT], keys) == ("moved", 4, 6)
    assert refound([*CHAT[:3], *CHAT[4:]], keys) == ("exact", 3, 6)


@pytest.mark.parametrize(
    ("quote", "turn"), [("Yeah", 4), ("Yeah.", 4), ("yeah", 2), ("yeah", 3), ("Yeah", 5)]
)
def test_a_coding_never_slides_to_equal_words_next_door(quote: str, turn: int) -> None:
    keys = noted(CHAT, quote, turn)
    without = [*CHAT[: turn - 1], *CHAT[turn:]]
    assert refound(without, keys)[0] in ("ambiguous", "lost")
    cut = CHAT[turn - 1].replace(quote, "", 1)
    assert refound([*CHAT[: turn - 1], cut, *CHAT[turn:]], keys)[0] in ("ambiguous", "lost")


def test_the_old_turn_number_does_not_win_over_what_was_noted() -> None:
    keys = noted(CHAT, "Yeah", 4)
    assert refound(CHAT[1:], keys) == ("moved", 3, 0)  # in turn 4 stands what was turn 5
    assert refound([*CHAT[:2], CHAT[3], *CHAT[2:]], keys)[1] in (None, 5)


def test_turns_that_are_all_the_same_are_told_apart_only_while_all_of_them_stand() -> None:
    turns = ["Yeah."] * 500
    keys = noted(turns, "Yeah.", 250)
    assert refound(turns, keys) == ("exact", 250, 0)
    assert refound(turns[1:], keys)[0] == refound([*turns, "Yeah."], keys)[0] == "ambiguous"


def test_a_copied_turn_leaves_open_which_is_meant() -> None:
    turn = (
        "We went to the office in the rain and asked, yeah, and they told us to come again on the next day."
    )
    keys = noted([*CHAT, turn], "yeah", 7)
    assert SourceText([*CHAT, turn, turn]).find(**keys).state == "ambiguous"


GREETING = [
    "Selamat siang. Boleh saya mulai?",
    "Selamat siang. Boleh, silakan.",
    "Apa yang dilakukan kantor ini supaya pengusaha kecil siap dengan yang serba digital?",
    "Kami menggelar kelas digital. Tujuannya agar pengusaha kecil itu terbiasa memakai teknologi.",
    "Dukungan modalnya sendiri bagaimana?",
]


def test_a_copy_next_door_leaves_open_which_is_meant() -> None:
    turns = ["Terima kasih atas penjelasannya.", *GREETING]
    keys = noted(GREETING, "siang.", 2)
    assert refound(turns, keys) == ("moved", 3, 8)
    copied = [*turns[:1], turns[1].replace("saya ", ""), turns[2], *turns[2:]]
    anchor = SourceText(copied).find(**keys)
    assert anchor.state == "ambiguous"
    assert {(span.turn, span.start) for span in anchor.candidates} >= {(3, 8), (4, 8)}


def test_of_equal_words_in_a_row_none_is_taken_once_one_is_gone() -> None:
    turns = ed.small_talk()
    assert turns[3:5] == ["Right, Ya, tupernase lo e e e.", "Okay, Oh."]
    keys = noted(turns, "e", 4, occurrence=3)
    one_gone = [*turns[:3], "Right, Ya, tupernase lo e e", "the course, Oh.", *turns[5:]]
    assert refound(one_gone, keys)[0] == "ambiguous"


def test_the_words_left_of_two_are_not_taken_where_nothing_is_next_to_them_that_was() -> None:
    keys = noted(GREETING, "siang.", 1)
    first = "Selamat    mulai?"
    edited = [first, "(a phone rings)", GREETING[1], "And then what did you do?", *GREETING[2:]]
    assert refound(edited, keys)[0] == "ambiguous"


def test_an_end_that_is_said_once_more_leaves_open_where_the_words_end() -> None:
    turns = ["What do you use the charts for?", "Yeah. So mostly I look at what the model takes to matter."]
    keys = noted(turns, "for?\nYeah.", 1)
    assert refound(turns, keys)[0] == "exact"
    assert refound(["Hello.", *turns], keys)[0] == "moved"
    assert refound([turns[0], "Yeah.", turns[1]], keys)[0] == "ambiguous"
    typed = turns[1].replace("Yeah", "Yqah")
    assert refound([turns[0], "Yeah.", typed], keys)[0] == "ambiguous"


def test_edited_words_whose_end_is_gone_are_not_found_to_begin_with_what_stood_before_them() -> None:
    asked = (
        "Yeah. Got it. And so is there a reason why you use that as opposed to maps or is there a reason why you"
        " don't like look at fine plots? Or like for why, like you prefer a chart over that?"
    )
    keys = noted([asked], "to maps or is there a reason why you don't like look at fine plots? Or", 1)
    edited = asked.replace("that as opposed to maps or is there a reason why you ", "")
    assert refound(["That is not really the same.", edited], keys)[0] == "lost"


def test_a_sentence_like_the_one_that_is_gone_is_not_taken_for_what_followed_that() -> None:
    turns = [
        "Do you use PDP and or ICE plots in your work? Then there are PDP and ICE plots, both of them.",
        "Okay. Do you use both PDP and ICE plots?",
        "Yeah, both of those, but mostly the one-way, I think there is no real reason for that.",
        "Okay. And then so for one-way plots, do you use both PDP and ICE plots?",
        "Yeah, same sort of use like you have with them, like kind of one over the other.",
    ]
    keys = noted(turns, "and ICE", 4)
    assert refound(turns, keys)[0] == "exact"
    assert refound([turns[0], turns[1], turns[4]], keys)[0] == "ambiguous"


def test_of_two_turns_neither_may_be_another() -> None:
    turns = [
        "Permisi. Bisa kita mulai sekarang?",
        "Bisa, silakan.",
        "Bantuan alatnya itu dulu dapatnya bagaimana?",
        "Saya masukkan usulan dulu, tertulis. Sesudah itu petugasnya datang, dinilai layak atau nggaknya, baru"
        " alatnya saya terima. Jadi ringan, kami nggak perlu lagi beli alat yang harganya mahal.",
    ]
    source = SourceText(turns)
    end = turns[3].index(" beli")
    keys: dict[str, Any] = {**source.make_anchor(Span(3, 0, 4, end))}
    assert refound(turns, keys)[0] == "exact"
    others = [turns[0], "mm-hm", "And then what did you do?", turns[1], turns[3], turns[2]]
    assert refound(others, keys)[0] == "lost"


talks = st.lists(st.sampled_from([*CHAT, "Yeah, yeah.", "No, no."]), min_size=2, max_size=8)


@given(talks, st.data())
def test_the_right_turn_never_harms_and_a_wrong_one_not_more_than_none(
    turns: list[str], data: st.DataObject
) -> None:
    source = SourceText(turns)
    quote = data.draw(st.sampled_from(["yeah", "Yeah", "no", "paid the bus", "Yeah.", "And then they payed"]))
    free = source.find(quote, None)
    if free.span:
        right = source.find(quote, free.span.turn)
        assert (right.state, right.span) == (free.state, free.span)
    keys: dict[str, Any] = {
        "quote": quote,
        "before": "yeah? Yeah, ",
        "after": data.draw(st.sampled_from(CHAT)),
    }
    free = source.find(turn=None, **keys)
    for turn in range(1, len(turns) + 3):
        hinted = source.find(quote, turn)
        assert not any(one.overlaps(other) for one, other in combinations(hinted.candidates, 2))
        if free.span:
            assert source.find(turn=turn, **keys).span == free.span


@given(
    st.lists(st.sampled_from([*CHAT, "Yeah, yeah.", "No, no."]), min_size=1, max_size=8, unique=True),
    st.data(),
)
def test_no_edit_of_turns_leads_to_equal_words_next_door(turns: list[str], data: st.DataObject) -> None:
    """Marked words are followed: a word is coded, and a turn taken away, put in or cut.

    A source has a beginning and an end: of nothing but the same word nobody could say which is which.
    """
    turns = [
        "We are here to talk about the course of last May.",
        *turns,
        "Thank you for the time that you took.",
    ]
    words = [(n, found) for n, turn in enumerate(turns[:-1]) if n for found in re.finditer(r"\w+", turn)]
    number, word = data.draw(st.sampled_from(words))
    keys = SourceText(turns).make_anchor(Span(number + 1, word.start(), number + 1, word.end()))
    coded = f"{turns[number][: word.start()]}\0{turns[number][word.start() :]}"
    edited = [*turns[:number], coded, *turns[number + 1 :]]
    change = data.draw(st.sampled_from(["take away", "put in", "cut"]))  # what was put back reads as it did
    for _ in range(data.draw(st.integers(0, 1))):
        at = data.draw(st.integers(1, max(len(edited) - 2, 1)))
        if change == "put in":
            edited.insert(at, data.draw(st.sampled_from(["Yeah.", "Right."])))
        elif change == "cut":
            edited[at] = edited[at].split(" ")[0]
        elif len(edited) > 2:
            del edited[at]
    where = [(n, turn.index("\0")) for n, turn in enumerate(edited, 1) if "\0" in turn]
    span = SourceText(turn.replace("\0", "") for turn in edited).find(**keys).span
    assert span is None or [span[:2]] == where


@pytest.mark.parametrize(
    "kinds",
    [[], [ed.delete_turn], ed.SHIFTS, [ed.move_turn], ed.HARSH],
    ids=["none", "delete", "shift", "move", "harsh"],
)
def test_short_words_in_talk_full_of_them_land_on_no_others(kinds: list[ed.Edit]) -> None:
    found: list[ed.Outcome] = []
    for seed in range(3):
        draw = random.Random(f"{len(kinds)} {seed}")
        turns = ed.small_talk(seed)
        spans = [span for _ in range(30) if (span := ed.draw_twin(turns, draw))]
        marks = [ed.marks_of(turns, span) for span in spans]
        truth, coded = ed.edited(turns, marks, kinds, draw), SourceText(turns)
        for span, own in zip(spans, marks, strict=True):
            keys = coded.make_anchor(span)
            assert coded.find(**keys).state == "exact"
            found.append(truth.judge(own, truth.source.find(**keys)))
    assert not [one for one in found if one.wrong]
    untouched = [one for one in found if one.kind == "untouched"]
    assert kinds or sum(one.anchor.span is not None for one in untouched) >= 0.6 * len(untouched)
