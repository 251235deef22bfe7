"""Quote to span and back: the rules, each by the text that shows it."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.anchors import Anchor, SourceText
from empowerment_qda.anchors.fuzzy_match import Grams, distances, near_places, whole_words
from empowerment_qda.anchors.match_context import Found
from empowerment_qda.anchors.normal_forms import Fold, folded
from empowerment_qda.model.source import Span

TALK = [
    "What changed after the course?",
    "Yes. I sell online now, and my sister learned how to keep the books. Yes.",
    "Did the office visit you?",
    "Never. They said they would come, they said it again, and nobody ever came to the market.",
    "And the loan?",
    "We paid the loan back in one year, which surprised the people of the cooperative very much.",
]
LONG = "We paid the loan back in one year, which surprised the people"


def find(turns: list[str], quote: str, turn: int | None, **hints: Any) -> tuple[str, str | None]:
    """State and words found."""
    source = SourceText(turns)
    anchor = source.find(quote, turn, **hints)
    return anchor.state, source.quote(anchor.span) if anchor.span else None


@pytest.mark.parametrize(
    ("quote", "turn", "state"),
    [
        ("we sold at the late night", 1, "moved"),
        ("we sold at the big night", 1, "ambiguous"),
        ("we sold at the big night", 2, "moved"),
    ],
)
def test_few_words_far_from_where_they_stood_may_be_others(quote: str, turn: int, state: str) -> None:
    """25 characters are taken from anywhere, fewer from at most 10 turns away."""
    assert find([*["Nothing here."] * 11, f"Once {quote} market."], quote, turn)[0] == state


# -- exact ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "quote"),
    [
        ("two  words\n\there", "two words here"),
        ("two words here", " two\nwords  here "),
        ("two\u00a0words", "two words"),
        ("se\u00adhat walafiat", "sehat walafiat"),
        ("sehat walafiat", "se\u200bhat wala\u2060fiat"),
        ("caf\u00e9 baru", "cafe\u0301 baru"),
        ("cafe\u0301 baru", "caf\u00e9 baru"),
        ("\u1100\u1161\u11a8 baru", "\uac01 baru"),
        ("she said \u201cit\u2019s fine\u201d", 'she said "it\'s fine"'),
        ("thanks \U0001f469\u200d\U0001f4bb", "thanks \U0001f469\U0001f4bb"),
        ("good \u2764\ufe0f work", "good \u2764 work"),
    ],
)
def test_white_space_normalisation_and_quotes_do_not_matter(turn: str, quote: str) -> None:
    source = SourceText(["Before.", turn, "After."])
    assert source.find(quote, 2) == Anchor("exact", Span(2, 0, 2, len(turn)))


@pytest.mark.parametrize(
    ("turn", "quote"),
    [
        ("cafe\u0301", "cafe"),
        ("x\u0302y", "x"),
        ("\u00e9l\u00e9gant", "e"),
        ("wave \U0001f44b\U0001f3fd", "wave \U0001f44b"),
        ("\U0001f1ee\U0001f1e9\U0001f1f2\U0001f1fe", "\U0001f1e9\U0001f1f2"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469"),
        ("\u1100\u1161\u11a8", "\uac00"),
    ],
)
def test_a_character_is_never_parted_from_its_marks(turn: str, quote: str) -> None:
    anchor = SourceText([turn]).find(quote, 1)
    assert (anchor.state, anchor.span) == ("lost", None)


def test_offsets_are_code_points_of_the_turn_as_it_is() -> None:
    source = SourceText(["  \u00adA\u0308\u200b  😀 \u201cx\u201d  "])
    assert source.find("😀", 1).span == Span(1, 8, 1, 9)
    assert source.find('"x"', 1).span == Span(1, 10, 1, 13)
    assert source.find("\u00c4", 1).span == Span(1, 3, 1, 5)


def test_a_quote_over_turns_may_cross_an_empty_one() -> None:
    source = SourceText(["First part", "", "  ", "second part", "third"])
    assert source.find("part\nsecond", 1, 4) == Anchor("exact", Span(1, 6, 4, 6))
    assert source.quote(Span(1, 6, 4, 6)) == "part\n\n  \nsecond"


def test_a_quote_that_is_in_the_hinted_range_but_shorter_has_moved() -> None:
    assert SourceText(TALK).find("Did the office visit you?", 2, 4) == Anchor("moved", Span(3, 0, 3, 25))


def test_empty_quotes_are_whole_turns() -> None:
    source = SourceText(TALK)
    assert source.find("", 2) == Anchor("exact", Span(2, 0, 2, len(TALK[1])))
    assert source.find(" \u200b\n", 2, 4) == Anchor("exact", Span(2, 0, 4, len(TALK[3])))
    assert source.find("", 4, 7) == source.find("", 9) == source.find("", None) == Anchor("lost")


def test_without_a_turn_the_whole_source_is_the_hint() -> None:
    assert find(TALK, "keep the books", None) == ("exact", "keep the books")
    assert find(TALK, "Yes.", None) == ("ambiguous", None)
    assert SourceText(TALK).find("Yes.", None, occurrence=2).span == Span(2, 69, 2, 73)


# -- one of several -------------------------------------------------------------------------------------------


def test_several_in_the_hinted_turn_need_an_occurrence() -> None:
    source = SourceText(TALK)
    first, second = Span(2, 0, 2, 4), Span(2, 69, 2, 73)
    assert source.find("Yes.", 2) == Anchor("ambiguous", candidates=(first, second))
    assert source.find("Yes.", 2, occurrence=1) == Anchor("exact", first)
    assert source.find("Yes.", 2, occurrence=2) == Anchor("exact", second)
    assert source.find("Yes.", 2, occurrence=3) == Anchor("ambiguous", candidates=(first, second))
    assert source.find("Yes.", 2, occurrence=0).state == "ambiguous"


def test_occurrences_may_overlap() -> None:
    assert SourceText(["yeah yeah yeah"]).find("yeah yeah", 1, occurrence=2).span == Span(1, 5, 1, 14)


def test_a_second_occurrence_that_is_alone_now_is_not_certain() -> None:
    assert SourceText(["Well. Yes."]).find("Yes.", 1, occurrence=2).state == "ambiguous"
    assert SourceText(["Well.", "Yes."]).find("Yes.", 1, occurrence=2).state == "ambiguous"


def test_the_word_itself_comes_before_the_word_within_another() -> None:
    assert SourceText(["I know you know. no."]).find("no", 1) == Anchor("exact", Span(1, 17, 1, 19))
    assert SourceText(["I know you know."]).find("no", 1).state == "ambiguous"
    assert SourceText(["I know."]).find("no", 1) == Anchor("exact", Span(1, 3, 1, 5))


def test_words_around_decide_where_the_hint_does_not() -> None:
    turns = ["We sell fish. Yes. Every day we sell.", "And books?", "We keep books. Yes. My sister does it."]
    assert find(turns, "Yes.", 7) == ("ambiguous", None)
    around: dict[str, Any] = {"before": "We keep books.", "after": "My sister does it."}
    assert SourceText(turns).find("Yes.", 7, **around) == Anchor("moved", Span(3, 15, 3, 19))
    assert SourceText(turns).find("Yes.", 3, **around) == Anchor("exact", Span(3, 15, 3, 19))
    only_after = SourceText(turns).find("Yes.", 7, after="My sister does it all.")
    assert only_after == Anchor("moved", Span(3, 15, 3, 19))


def test_words_around_overrule_a_hint_that_points_to_other_ones() -> None:
    turns = ["New.", *TALK[:2], "Yes, I see.", "They came.", "Yes.", "They never came back to the market."]
    anchor = SourceText(turns).find(
        "Yes.", 3, occurrence=1, before="They came.", after="They never came back"
    )
    assert anchor == Anchor("moved", Span(6, 0, 6, 4))


def test_words_around_that_are_gone_leave_it_open() -> None:
    source = SourceText(TALK)
    anchor = source.find("Yes.", 2, occurrence=1, before="the weather was bad", after="so we stayed at home")
    assert anchor.state == "ambiguous"
    assert set(anchor.candidates) == {Span(2, 0, 2, 4), Span(2, 69, 2, 73)}


def test_the_only_ones_left_are_not_taken_for_ones_that_stood_elsewhere() -> None:
    turns = ["Do you sell?", "Yes. I do.", "Do you visit?", "Never."]
    anchor = SourceText(turns).find("Yes.", 4, before="Do you visit?", after="They came in May twice.")
    assert anchor == Anchor("ambiguous", candidates=(Span(2, 0, 2, 4),))


# -- moved ----------------------------------------------------------------------------------------------------


def test_unique_words_elsewhere_have_moved() -> None:
    assert SourceText(TALK).find("keep the books", 5) == Anchor("moved", Span(2, 53, 2, 67))
    assert find(TALK, "keep the books", 4000) == ("moved", "keep the books")
    assert find(TALK, "keep the books", 0) == ("exact", "keep the books")


def test_words_of_a_turn_that_was_split_have_moved() -> None:
    turns = [TALK[0], "Yes. I sell online", "now, and my sister learned how to keep the books. Yes."]
    assert SourceText(turns).find("I sell online now, and my", 2) == Anchor("moved", Span(2, 5, 3, 11))


def test_words_of_turns_that_were_merged_have_moved() -> None:
    turns = ["What changed after the course? Yes. I sell online now."]
    anchor = SourceText(turns).find("the course?\nYes. I sell", 1, 2)
    assert anchor == Anchor("moved", Span(1, 19, 1, 42))


def test_all_occurrences_in_one_other_turn_keep_their_order() -> None:
    assert SourceText(["New.", *TALK]).find("Yes.", 2, occurrence=2) == Anchor("moved", Span(3, 69, 3, 73))
    assert SourceText(["New.", *TALK, "Yes."]).find("Yes.", 2, occurrence=2).state == "ambiguous"


def test_few_words_do_not_move_to_turns_that_happen_to_follow_each_other() -> None:
    turns = ["So.", "Yeah.", "", "", "Okay.", "And now something else."]
    assert find(turns, "Yeah. Okay.", 6)[0] == "ambiguous"
    assert find(["So.", "Yeah.", "Okay.", "Else."], "Yeah. Okay.", 4)[0] == "moved"


def test_short_words_do_not_move_into_longer_ones() -> None:
    turns = ["Where?", "The Balinese market."]
    assert SourceText(turns).find("Bali", 1) == Anchor("ambiguous", candidates=(Span(2, 4, 2, 8),))
    assert SourceText(turns).find("Balinese", 1).state == "moved"


def test_a_copy_elsewhere_is_not_taken_when_the_hinted_words_are_edited() -> None:
    """The coded passage was corrected; that the same words also stand elsewhere must not draw the coding there."""
    copy = [TALK[5].replace("paid", "payed"), "Again:", LONG]
    anchor = SourceText(copy).find(LONG, 1)
    assert anchor.state == "ambiguous"
    assert [span.turn for span in anchor.candidates] == [3, 1]
    assert SourceText(["yes, I see.", "x", "Yes, I do."]).find("Yes", 1).state == "ambiguous"
    assert SourceText(["I see.", "x", "Yes, I do."]).find("Yes", 1).state == "moved"


# -- changed --------------------------------------------------------------------------------------------------


def test_near_identical_words_are_changed_and_told() -> None:
    turns = [*TALK[:5], TALK[5].replace("one year", "two years")]
    anchor = SourceText(turns).find(LONG, 6)
    assert anchor.state == "changed"
    assert anchor.found == "We paid the loan back in two years, which surprised the people"
    assert anchor.span == Span(6, 0, 6, len(anchor.found))


def test_words_that_were_struck_out_are_not_taken_when_they_differ() -> None:
    turns = ["We went to XXXX XXXXX XX XXX XX XXXX and home.", "It was XXXX XXXXX XXX XXX XX XXXX then."]
    assert find(turns, "XXXX XXXXX XXX XX XX XXXX", 1)[0] == "lost"
    assert find(turns, "to XXXX XXXXX XXX XX XXXX XXXX", 1)[0] == "lost"
    assert find(turns, "XXXX XXXXX XX XXX XX XXXX", 1)[0] == "exact"


def test_case_matters() -> None:
    assert find(TALK, LONG.upper(), 6) == ("changed", LONG)
    assert find(TALK, "keep the Books", 2) == ("changed", "keep the books")


def test_what_was_changed_is_found_in_whole_words() -> None:
    turns = ["so They payed the loan backk", "then"]
    assert find(turns, "They paid the loan back", 1) == ("changed", "They payed the loan backk")
    assert find(["x ahey paid the loan bac y"], "They paid the loan back", 1)[1] == "ahey paid the loan bac"


def test_short_words_are_only_found_as_they_are() -> None:
    for quote, text in [
        ("cooperative", "coperative"),
        ("eleven char", "elevn char"),
        ("twelve-letter word", "twelveletter word"),
    ]:
        assert find([f"So the {text} it is."], quote, 1) == ("lost", None), quote
    assert find(["So the eleven chas it is."], "the eleven char", 1) == ("changed", "the eleven chas")


def test_a_short_variant_in_the_hinted_turn_is_offered() -> None:
    assert SourceText(["Well, yes."]).find("Yes", 1) == Anchor("lost", candidates=(Span(1, 6, 1, 9),))


def test_up_to_fifteen_percent_may_differ() -> None:
    quote = "abcd efgh ijkl mnop qrst uvwx yzab cdef "[:39]  # 39 characters: 5 edits pass, 6 do not
    five, six = (
        quote.translate(dict.fromkeys(map(ord, "chms"), "#")),
        quote.translate(dict.fromkeys(map(ord, "chmsw"), "#")),
    )
    edits = [sum(a != b for a, b in zip(quote, text, strict=True)) for text in (five, six)]
    assert edits == [5, 6]
    assert find([five], quote, 1) == ("changed", five)
    assert find([six], quote, 1) == ("lost", None)


def test_two_places_as_near_are_ambiguous() -> None:
    turns = ["The course was usefull to my work. The course was useful to me work."]
    anchor = SourceText(turns).find("The course was useful to my work.", 1)
    assert anchor.state == "ambiguous"
    assert anchor.candidates == (Span(1, 0, 1, 34), Span(1, 35, 1, 68))


def test_near_identical_words_elsewhere_count_only_if_they_can_be_no_others() -> None:
    turns = ["Now.", "Do you use ICE plots in your work?", "Now.", "Now.", "Now.", "Now."]
    assert find(turns, "Do you use PDP plots in your work?", 2)[0] == "changed"
    anchor = SourceText(turns).find("Do you use PDP plots in your work?", 6)
    assert anchor == Anchor("lost", candidates=(Span(2, 0, 2, 34),))
    edited = [*TALK[:5], TALK[5].replace("cooperative", "co-operative")]
    assert find(edited, TALK[5], 1) == ("changed", edited[5])


def test_words_that_were_deleted_are_lost() -> None:
    assert SourceText(TALK).find("The training was far away from where we live.", 2) == Anchor("lost")
    assert SourceText([]).find("anything at all", 1) == Anchor("lost")
    assert SourceText(["", ""]).find("anything at all", 1) == Anchor("lost")


def test_words_around_find_the_edited_one_of_several() -> None:
    line = "I think that it was quite useful."
    turns = [
        f"The course in May. {line} We went home.",
        f"The loan in June. {line.replace('quite', 'qite')} We paid.",
    ]
    hints = {"before": "The loan in June.", "after": "We paid."}
    assert find(turns, line, 2, **hints) == ("changed", "I think that it was qite useful.")


# -- what tools write -----------------------------------------------------------------------------------------


def test_an_anchor_keeps_what_stands_around() -> None:
    source = SourceText(TALK)
    around = {"before": "and my sister learned how to", "after": ". Yes. Did the office visit"}
    assert source.make_anchor(Span(2, 53, 2, 67)) == {"turn": 2, "quote": "keep the books", **around}
    assert source.make_anchor(Span(2, 53, 2, 67), around=False) == {"turn": 2, "quote": "keep the books"}
    assert source.make_anchor(Span(2, 52, 2, 68))["quote"] == "keep the books."
    assert list(source.make_anchor(Span(1, 19, 2, 4)).items())[:3] == [
        ("turn", 1),
        ("end_turn", 2),
        ("quote", "the course?\nYes."),
    ]
    assert source.make_anchor(Span(2, 69, 2, 73)) == {
        "turn": 2,
        "quote": "Yes.",
        "occurrence": 2,
        "places": 2,
        "before": "learned how to keep the books.",
        "after": "Did the office visit you? Never.",
    }
    assert source.make_anchor(Span(2, 69, 2, 73), around=False) == {
        "turn": 2,
        "quote": "Yes.",
        "occurrence": 2,
    }


def test_an_anchor_of_part_of_a_word_keeps_the_words_around() -> None:
    assert SourceText(["empowerment"]).make_anchor(Span(1, 2, 1, 7)) == {
        "turn": 1,
        "quote": "power",
        "before": "em",
        "after": "ment",
    }


def test_an_anchor_takes_characters_whole_and_refuses_what_has_no_words() -> None:
    source = SourceText(["a e\u0301 b"])
    assert source.make_anchor(Span(1, 3, 1, 4))["quote"] == "e\u0301"
    assert source.make_anchor(Span(1, 2, 1, 3))["quote"] == "e\u0301"
    for span in (Span(1, 1, 1, 2), Span(1, 2, 1, 2), Span(2, 0, 2, 1), Span(1, 0, 1, 9), Span(0, 0, 1, 1)):
        with pytest.raises(ValueError, match="at Span"):
            source.make_anchor(span)


def test_context_crosses_turns() -> None:
    source = SourceText(TALK)
    assert source.context(Span(3, 0, 3, 3), words=3) == ("the books. Yes.", "the office visit")
    assert source.context(Span(1, 0, 6, len(TALK[5]))) == ("", "")


# -- what always holds ----------------------------------------------------------------------------------------

HARD = "ab  \n\u00e9e\u0301\u0302x\u00ad\u200d\u200b👩💻🏽\u2764\ufe0f🇮🇩\uac01\u1100\u1161\u11a8\u2019'\u201c\"\u00a0\u0130\u00df\u0345\u0f73"
turns_of_hard_text = st.lists(
    st.text(st.sampled_from(HARD), max_size=12) | st.text(max_size=6), min_size=1, max_size=4
)


@st.composite
def passages(draw: st.DrawFn) -> tuple[list[str], Span]:
    turns = draw(turns_of_hard_text)
    turn = draw(st.integers(1, len(turns)))
    end_turn = draw(st.integers(turn, len(turns)))
    start = draw(st.integers(0, len(turns[turn - 1])))
    end = draw(st.integers(start if turn == end_turn else 0, len(turns[end_turn - 1])))
    return turns, Span(turn, start, end_turn, end)


@given(passages(), st.sampled_from(["NFC", "NFD"]))
def test_what_is_not_edited_is_always_found(passage: tuple[list[str], Span], form: Any) -> None:
    turns, span = passage
    source = SourceText(turns)
    try:
        keys = source.make_anchor(span)
    except ValueError:
        assert not folded(source.quote(span)) or unicodedata.combining(source.quote(span)[0])
        return
    anchor = source.find(**keys)
    assert anchor.state == "exact"
    assert anchor.span
    assert source.quote(anchor.span) == keys["quote"]
    assert source.make_anchor(anchor.span) == keys
    keys["quote"] = unicodedata.normalize(form, keys["quote"])
    assert source.find(**keys) == anchor
    renormalised = SourceText(unicodedata.normalize(form, turn) for turn in turns)
    again = renormalised.find(**keys)
    assert again.state == "exact"
    assert again.span
    assert folded(renormalised.quote(again.span)) == folded(keys["quote"])


@given(st.text(st.sampled_from(HARD), max_size=30))
def test_folding_is_canonical_and_its_places_lead_back(text: str) -> None:
    fold = Fold(text)
    assert (
        folded(text)
        == folded(unicodedata.normalize("NFC", text))
        == folded(unicodedata.normalize("NFD", text))
    )
    for start in range(len(fold.text)):
        for end in range(start + 1, len(fold.text) + 1):
            if not fold.divides(start) and not fold.divides(end):
                begin, finish = fold.origin(start, end)
                assert (fold.first(begin), fold.last(finish)) == (start, end)
                assert Fold(text[begin:finish]).text.strip() == fold.text[start:end].strip()


def slow_distances(words: str, text: str, anchored: bool) -> list[int]:
    """The textbook table, row by row."""
    row = [index if anchored else 0 for index in range(len(text) + 1)]
    for count, char in enumerate(words, 1):
        new = [count]
        for index, other in enumerate(text, 1):
            new.append(min(row[index] + 1, new[-1] + 1, row[index - 1] + (char != other)))
        row = new
    return row[1:]


few = st.text("abc ", min_size=1, max_size=40)


@given(few, few, st.booleans())
def test_distances_are_those_of_the_textbook(words: str, text: str, anchored: bool) -> None:
    assert list(distances(words, text, anchored=anchored)) == slow_distances(words, text, anchored)


@given(st.text("abcd ", min_size=200, max_size=400), st.data())
def test_the_index_misses_no_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, 150))
    words = list(text[start : start + data.draw(st.integers(12, 50))])
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at : at + 1] = data.draw(st.sampled_from([["a"], ["b", "c"]]))
    most = data.draw(st.integers(0, len(words) // 4))
    ranges = Grams(text).ranges("".join(words), most)
    everywhere = near_places("".join(words), text, most, [(0, len(text))])
    assert all(any(low <= n.start and n.end <= high for low, high in ranges) for n in everywhere)


def test_whole_words_grow_only_a_little() -> None:
    assert whole_words("the cooperative", 6, 15, 2) == (4, 15)
    assert whole_words("the cooperative", 7, 15, 2) == (7, 15)
    assert whole_words(" a  b ", 0, 6, 3) == (1, 5)


def test_words_that_stand_there_whole_are_not_set_against_a_part_of_them() -> None:
    turn = "The list is far too small to read, truly. And we have to walk up and down to the office again to see it."
    keys = SourceText([turn]).make_anchor(Span(1, 46, 1, 76))
    assert keys["quote"] == "we have to walk up and down to"
    assert SourceText([turn.replace("to the office", "to  office")]).find(**keys) == Anchor(
        "exact", Span(1, 46, 1, 76)
    )


# -- hostile texts --------------------------------------------------------------------------------------------


@given(st.text("ab ", min_size=4, max_size=9), st.text("ab ", max_size=80), st.integers(0, 3))
def test_places_are_those_of_a_look_at_every_two(words: str, text: str, most: int) -> None:
    ends = sorted((edits, at + 1) for at, edits in enumerate(distances(words, text)) if edits <= most)
    kept: list[int] = []
    for _, end in ends:
        if all(abs(end - other) * 2 > len(words) for other in kept):
            kept.append(end)
    assert [near.end for near in near_places(words, text, most, [(0, len(text))])] == kept


@pytest.mark.parametrize("quote", ["given training", "given training we wer givn training we were"])
def test_work_on_one_phrase_repeated_grows_with_the_text(quote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    yields_to = Found.yields_to

    def count(*given: Any) -> bool:
        nonlocal compared
        compared += 1
        return yields_to(*given)

    monkeypatch.setattr(Found, "yields_to", count)
    steps = []
    for times in (200, 400):
        compared = 0
        phrase = "we were given training "
        hints = {"places": 9, "before": phrase * 2_000, "after": phrase * 2}
        assert find([phrase * times], quote, 1, **hints)[0] == "ambiguous"
        steps.append(compared)
    assert steps[1] < 2.2 * steps[0] + 50
