"""What an edit of a transcript does to codings, turns left out and links, on values; at random, too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.anchors import NewTurn
from empowerment_qda.anchors.normal_forms import folded
from empowerment_qda.coding.source_edit import Followed, SourceEdit
from empowerment_qda.coding.turn_blocks import format_turns, parse_turns, replace_turn
from empowerment_qda.evidence.passages import Passage, anchor_keys, find_anchor, text_of
from empowerment_qda.model.coding import Coding, Codings, LeftOut
from empowerment_qda.model.source import Informant, Source, Span, Turn, TurnRange
from empowerment_qda.problems import StudyError


def source(*texts: str, **keys: Any) -> Source:
    """An interview with H, in which R and H take turns."""
    turns = tuple(Turn(text=text, speaker="RH"[at % 2]) for at, text in enumerate(texts))
    return Source(id="H-01", informant=Informant(id="H"), interviewer=("R",), turns=turns, **keys)


def passage(
    of: Source, span: Span | None = None, around: bool = True, coder: str = "first", **keys: Any
) -> Passage:
    """A coding, as a tool makes it for a span."""
    made = anchor_keys(text_of(of), span, around=around) if span else {}
    coding = Coding.model_validate({"code": "a", **made, **keys})
    file = Codings(source=of.id, coder=coder, codings=(coding,))
    return Passage(coding, file, 0, of, find_anchor(text_of(of), coding))


def follow(of: Source, new: tuple[NewTurn, ...], one: Passage) -> Followed:
    return SourceEdit(of, new).follow([one])[0]


def is_exact(edit: SourceEdit, one: Followed) -> bool:
    """Whether the coding leads to its place after the edit."""
    again = find_anchor(edit.text, one.after)
    return again.state == "exact" and again.span == one.span


TALK = source("Is there training?", "We hold training every month. It is free.", "Ah.", "Ya, ya. It is free.")


def test_a_coding_whose_words_and_neighbours_stay_is_not_touched() -> None:
    one = passage(TALK, Span(2, 0, 2, 29))
    found = follow(TALK, replace_turn(TALK, 4, "Ya, ya. It is cheap."), one)
    assert (found.outcome, found.after) == ("exact", one.coding)
    found = follow(TALK, replace_turn(TALK, 2, "We hold training every month. It costs."), one)
    assert (found.outcome, found.after.quote, found.after.after[:9]) == (
        "exact",
        one.coding.quote,
        "It costs.",
    )


def test_words_that_change_become_the_quotation_and_words_that_go_leave_it() -> None:
    one = passage(TALK, Span(2, 0, 2, 29))
    found = follow(TALK, replace_turn(TALK, 2, "We hold classes every month. It is free."), one)
    assert (found.outcome, found.after.quote) == ("changed", "We hold classes every month.")
    found = follow(TALK, replace_turn(TALK, 2, "It is free."), one)
    assert (found.outcome, found.after, found.span) == ("lost", one.coding, None)


def test_equal_words_are_told_apart_by_where_they_stood() -> None:
    """The one of two equal passages is taken away: the coding on it is lost, and not put on the other."""
    first, second = (
        passage(TALK, Span(2, 30, 2, 41), around=False),
        passage(TALK, Span(4, 8, 4, 19), around=False),
    )
    new = replace_turn(TALK, 2, "We hold training every month.")
    assert follow(TALK, new, first).outcome == "lost"
    kept = follow(TALK, new, second)
    assert (kept.outcome, kept.span) == ("exact", Span(4, 8, 4, 19))


def test_words_that_are_moved_to_another_turn_are_found_there() -> None:
    one = passage(TALK, Span(2, 0, 2, 29))
    new = (
        *replace_turn(TALK, 2, "It is free.")[:3],
        NewTurn(4, "H", "Ya, ya. It is free. We hold training every month."),
    )
    found = follow(TALK, new, one)
    assert found.outcome == "exact"
    assert found.after.turn == TurnRange(4, 4)


def test_a_coding_without_a_quotation_means_its_turn_whatever_it_says() -> None:
    one = passage(TALK, turn="2")
    text = format_turns(TALK).replace(" It is free.\n\n[3]", "\n\n[+] H\nIt is free.\n\n[3]")
    found = follow(TALK, parse_turns(text, TALK), one)
    assert (found.outcome, str(found.after.turn), found.after.quote) == ("exact", "2-3", "")
    assert follow(TALK, replace_turn(TALK, 2, "No."), one).outcome == "changed"


def test_a_coding_that_had_no_place_keeps_its_words_and_gets_one_if_they_come_back() -> None:
    one = passage(TALK, turn="4", quote="nobody ever came to the hall")
    new = parse_turns(
        "[1] R\nOh.\n\n[+] H\nMm.\n\n" + format_turns(TALK)[len("[1] R\nIs there training?\n\n") :], TALK
    )
    lost = follow(TALK, new, one)
    assert (lost.outcome, lost.after.quote, str(lost.after.turn)) == ("broken", one.coding.quote, "5")
    found = follow(TALK, replace_turn(TALK, 4, "Well, nobody ever came to the hall."), one)
    assert found.outcome == "found"


def test_turns_left_out_and_links_follow_and_never_come_to_mean_another_turn() -> None:
    text = format_turns(TALK)
    left = (LeftOut(turn="3", reason="small talk"), LeftOut(turn="4", reason="repeats"))
    gone = SourceEdit(TALK, parse_turns(text.replace("[3] R\nAh.\n\n", ""), TALK))
    assert gone.follow_left_out(left) == (LeftOut(turn="3", reason="repeats"),)
    assert [gone.follow_link(one) for one in ("H-01#3", "H-01#4", "H-01#2-3", "H-01", "O-01#3", "H-01#9")] == [
        "H-01", "H-01#3", "H-01#2", "H-01", "O-01#3", "H-01#9"]  # fmt: skip
    split = SourceEdit(TALK, parse_turns(text.replace("Ya, ya. ", "Ya, ya.\n\n[+] H\n"), TALK))
    assert split.follow_left_out(left) == (left[0], LeftOut(turn="4-5", reason="repeats"))
    assert split.follow_link("H-01#4") == "H-01#4-5"
    joined = SourceEdit(TALK, parse_turns(text.replace("\n\n[3] R\n", " "), TALK))
    assert joined.follow_left_out(left) == (LeftOut(turn="3", reason="repeats"),)


def test_what_nobody_said_stays_so_when_its_turn_is_split() -> None:
    turns = (TALK.turns[0].model_copy(update={"reconstructed": True}), *TALK.turns[1:])
    talk = TALK.model_copy(update={"turns": turns})
    edit = SourceEdit(
        talk, parse_turns(format_turns(talk).replace("there training", "there\n\n[+] R\ntraining"), talk)
    )
    assert [one.reconstructed for one in edit.turns[:3]] == [True, True, False]
    assert any("nobody said" in one for one in edit.find_doubts())
    edit = SourceEdit(talk, parse_turns(format_turns(talk).replace("\n\n[2] H\n", " "), talk))
    assert any("joins words" in one for one in edit.find_doubts())


# The form for an editor

TEXTS = st.text(st.sampled_from("ab.? \n\\[]+1é"), min_size=1, max_size=30).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_source_goes_through_the_editor_unchanged(texts: list[str]) -> None:
    talk = source(*texts)
    assert parse_turns(format_turns(talk), talk) == replace_turn(talk, 1, None)
    assert not SourceEdit(talk, parse_turns(format_turns(talk).replace("\n", "\r\n"), talk)).changes


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_what_is_written_in_the_editor_is_what_the_turns_say(texts: list[str], data: st.DataObject) -> None:
    talk = source("one", "two", "three")
    numbers = data.draw(st.lists(st.sampled_from([1, 2, 3, None]), min_size=len(texts), max_size=len(texts)))
    wanted = source(*texts)
    lines = format_turns(wanted)
    for at, number in enumerate(numbers, 1):
        lines = lines.replace(f"[{at}] ", f"<{number or '+'}] ", 1)
    text = "\n".join("[" + line[1:] if line[:1] == "<" else line for line in lines.split("\n"))
    given_twice = len(set(filter(None, numbers))) < len([*filter(None, numbers)])
    if given_twice:
        with pytest.raises(StudyError, match="twice"):
            parse_turns(text, talk)
    else:
        made = parse_turns(text, talk)
        assert [(one.number, one.text) for one in made] == list(
            zip(numbers, map(str.strip, texts), strict=True)
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1] R\n\n[2] H\nYes.", "turn 1 of H-01 has no words"),
        ("[9] R\nYes.", "no turn 9"),
        ("Yes.", "before the first turn"),
        ("", "would have no turn"),
        ("[1] R\nA\x1b[31m", r"U\+001B"),
        ("[1] R\nYes \u202e no", r"U\+202E"),
    ],
)
def test_what_cannot_be_a_source_is_told(text: str, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        parse_turns(text, TALK)


# Edits at random


@st.composite
def edits(draw: st.DrawFn) -> tuple[Source, tuple[NewTurn, ...], list[list[str]]]:
    """A talk of words that stand once each, and the words of each turn after words were taken out, put in and put in the place
    of others, and turns split and joined."""
    lengths = draw(st.lists(st.integers(1, 12), min_size=1, max_size=5))
    names = iter(f"w{number}" for number in range(100))
    words = [[next(names) for _ in range(length)] for length in lengths]
    fresh = iter("z" + "".join("abcdefghij"[int(one)] for one in str(number)) for number in range(1000))
    turns: list[tuple[int | None, list[str]]] = []
    for number, own in enumerate(words, 1):
        now: list[str] = []
        for word in own:
            match draw(st.sampled_from(["keep"] * 8 + ["drop", "add", "swap", "split"])):
                case "keep":
                    now.append(word)
                case "add":
                    now += [next(fresh), word]
                case "swap":
                    now.append(next(fresh))
                case "split" if now:
                    turns.append((number if not any(one[0] == number for one in turns) else None, now))
                    now = [word]
        if now and turns and draw(st.integers(0, 5)) == 0:
            turns[-1][1].extend(now)
        elif now:
            turns.append((number if not any(one[0] == number for one in turns) else None, now))
    if not turns:
        turns = [(1, [next(fresh)])]
    talk = source(*(" ".join(own) for own in words))
    new = tuple(NewTurn(number, "H", " ".join(own)) for number, own in turns)
    return talk, new, words


@given(edits(), st.data())
def test_a_coding_whose_words_are_untouched_is_exact_and_on_them(
    case: tuple[Source, tuple[NewTurn, ...], list[list[str]]], data: st.DataObject
) -> None:
    talk, new, words = case
    flat = [(turn, word) for turn, own in enumerate(words, 1) for word in own]
    first = data.draw(st.integers(0, len(flat) - 1))
    last = data.draw(st.integers(first, len(flat) - 1))
    text = talk.turns
    start = [*text[flat[first][0] - 1].text.split()].index(flat[first][1])
    end = [*text[flat[last][0] - 1].text.split()].index(flat[last][1])
    span = Span(
        flat[first][0], len(" ".join([*text[flat[first][0] - 1].text.split()[:start], ""])),
        flat[last][0], len(" ".join(text[flat[last][0] - 1].text.split()[: end + 1])),
    )  # fmt: skip
    around = data.draw(st.booleans())
    edit = SourceEdit(talk, new)
    one = edit.follow([passage(talk, span, around=around)])[0]
    own = [word for _, word in flat[first : last + 1]]
    now = [word for turn in new for word in turn.text.split()]
    at = now.index(own[0]) if own[0] in now else None
    if at is not None and now[at : at + len(own)] == own:
        assert one.outcome == "exact"
        assert one.span is not None
        assert edit.text.quote(one.span).split() == own
        assert is_exact(edit, one)
        assert folded(one.after.quote) == " ".join(own)
    elif one.outcome == "lost":
        assert one.after.quote == " ".join(own) or "\n" in one.after.quote
    else:
        assert one.outcome == "changed"
        assert is_exact(edit, one)
        assert set(own) & set(one.after.quote.split())
    if not set(own) & set(now):
        assert one.outcome == "lost"


@given(st.text(st.sampled_from("abc .,"), min_size=1, max_size=40).filter(str.strip), st.data())
def test_words_before_and_behind_an_edit_stay_coded_in_repeating_text(text: str, data: st.DataObject) -> None:
    """Few letters, so that words repeat. What both texts begin with, or end with, up to the word that differs, is untouched
    whatever the edit was."""
    old = text.strip()
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    put = data.draw(st.text(st.sampled_from("abc .,"), max_size=10))
    made = (old[:start] + put + old[end:]).strip()
    if not made:
        return
    talk = source("Q", old)
    edit = SourceEdit(talk, replace_turn(talk, 2, made))
    ends = [
        at
        for at in range(1, start + 1)
        if old[:at] == made[:at]
        and not (old[at - 1 : at + 1].isalnum() and at < len(old) and len(old[at - 1 : at + 1]) == 2)
    ]
    for at in ends:
        if made[at : at + 1].isalnum() and old[at - 1].isalnum():
            continue
        begin = data.draw(st.integers(0, at - 1))
        if not old[begin:at].strip():
            continue
        span = Span(2, begin, 2, at)
        one = edit.follow([passage(talk, span)])[0]
        assert one.outcome == "exact"
        assert is_exact(edit, one)
        quoted = find_anchor(text_of(talk), passage(talk, span).coding).span
        assert one.span == quoted
