"""Segments of other programs in sources: on their own words, or nowhere."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange.matching import (
    bare_name,
    given_of,
    list_names,
    make_coder,
    match_codes,
    match_text,
)
from empowerment_qda.exchange.placing import Alignment, SourceWords
from empowerment_qda.exchange.project import BroughtCode, BroughtText, Case
from empowerment_qda.exchange.sources import Given
from empowerment_qda.exchange.transcript import make_transcript
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.source import Source, Span, Turn

TALK = (
    ("R", "Why did you stop?"),
    ("S", "Because of the cost. It was pre-computed, she said; and “yes”, I was afraid of the bus."),
    ("R", "And now?"),
    (
        "S",
        "Because of the cost, still. No. I know no-one who goes there in the evening since the lamps are gone.",
    ),
)
LONG = (
    "It all began when the school was closed and the children went to the other village by bus every day, "
    "which nobody could pay for, and so many of them stayed at home and helped in the fields instead of learning"
)


def source(*turns: tuple[str, str]) -> Source:
    """A source of these turns."""
    return Source(id="S-1", turns=tuple(Turn(speaker=name, text=text) for name, text in turns or TALK))


def words(quote: str, *turns: tuple[str, str], before: str = "", after: str = "") -> str:
    """What stands where a quotation is placed; in brackets why it is nowhere."""
    ready = SourceWords(source(*turns))
    found = ready.find(quote, before, after)
    return ready.text.quote(found.span) if found.span else f"[{found.why_not}]"


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("afraid of the bus", "afraid of the bus"),
        ("AFRAID  OF\nthe bus.", "afraid of the bus."),
        ("It was pre-\ncomputed, she", "It was pre-computed, she"),
        ("“yes”", "“yes”"),
        ('"yes", I', "yes”, I"),
        ("R: And now?\nS: Because of the cost, still", "And now?\nBecause of the cost, still"),
        ("Sari: I was afraid", "I was afraid"),
        ("R: And now? S: Because of the cost, still", "And now?\nBecause of the cost, still"),
        ("[00:01:12] Sari: And now?", "And now?"),
        ("No", "No"),
        ("Because of the cost", "[its words stand in several places (S-1#2, S-1#4)]"),
        ("afraid of the train", "[its words do not stand in the source]"),
        ("now", "now"),  # and not in `know`
        ("lam", "[its words do not stand in the source]"),
        ("...", "[it has no words]"),
        ("", "[it has no words]"),
    ],
)
def test_words_are_found_whatever_stands_around_and_between_them(quote: str, there: str) -> None:
    assert words(quote) == there


def test_what_stands_around_equal_words_tells_them_apart() -> None:
    assert SourceWords(source()).find(
        "Because of the cost", before="And now?", after=", still. No. I know"
    ).span == Span(4, 0, 4, 19)
    assert SourceWords(source()).find(
        "Because of the cost", before="did you stop?", after=". It was"
    ).span == Span(2, 0, 2, 19)


@pytest.mark.parametrize(
    ("there", "placed"),
    [
        (LONG, True),
        (LONG.replace("nobody could", "no body can"), True),
        (f"{LONG[:60]} {LONG[30:]}", True),
        (
            f"{LONG[:90]} and then came the flood, the lamps, the market, the war, and nobody knew {LONG[90:]}",
            True,
        ),
        (LONG[:150], False),
        (
            f"{LONG[:50]} but the rest of it was quite another story that nobody had told us or anyone, until the rain fell {LONG[-50:]}",
            False,
        ),
        (f"{LONG} {LONG.replace('nobody', 'no one')}", False),
    ],
)
def test_long_words_may_differ_a_little_and_stand_on_their_own_words_then(there: str, placed: bool) -> None:
    quote = LONG.replace("every day", "each day")
    found = SourceWords(source(("S", "Well."), ("S", there))).find(quote)
    assert (found.span is not None) is placed
    if found.span:
        assert found.near
        said = Counter(SourceWords(source(("S", "Well."), ("S", there))).text.quote(found.span).split())
        assert (Counter(quote.split()) & said).total() >= 0.9 * len(quote.split())


def test_marks_on_letters_are_part_of_words() -> None:
    assert words("की बात", ("S", "यह कि बात है")) == "[its words do not stand in the source]"
    assert words("की बात", ("S", "यह की बात है")) == "की बात"
    assert words("cafe\u0301", ("S", "The café was nice.")) == "café"


WORDS = st.sampled_from(["A", "An", "U", "R"]) | st.text(
    st.sampled_from("ab é\n,😀"), min_size=1, max_size=20
).map(lambda text: f"x{text}".strip())
TURNS = st.lists(st.tuples(st.sampled_from(["Ana", "Use", "R"]), WORDS), min_size=2, max_size=8)


@given(TURNS, st.data())
def test_a_place_in_a_text_is_the_same_letters_in_the_turns(
    turns: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "\n\n".join(f"{name}: {said}" for name, said in turns)
    aligned = Alignment(text, turns)
    assert aligned.whole
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = aligned.find(start, end)
    ready = SourceWords(source(*turns))
    labels, at = set[int](), 0
    for name, said in turns:
        at = text.index(f"{name}: ", at)
        labels.update(range(at, at + len(name) + 1))
        at += len(name) + 2 + len(said)
    inside = "".join(text[place] for place in range(start, end) if place not in labels).split()
    assert "".join(ready.text.quote(span).split() if span else []) == "".join(inside)


def test_a_text_is_aligned_with_the_turns_that_were_made_of_it() -> None:
    text = "A talk of May\n\n[00:01] Yes: Yes, Yes.\n\nYes again.\n\n[00:02] Dan: Yes: no.\n\n[00:03] Yes: No.\n\n[00:05] Dan: No.\n"
    made = make_transcript([one for one in text.split("\n") if one])
    turns = [(one.speaker or "", one.text) for one in made.turns]
    aligned = Alignment(text, turns)
    assert aligned.whole
    start = text.index("Yes again")
    assert aligned.find(start, start + 3) == Span(2, 10, 2, 13)
    assert aligned.find(text.index("[00:02]"), text.index("Yes: no")) is None


def test_another_text_is_not_aligned() -> None:
    assert not Alignment("R: Why did you stop?\nS: Quite otherwise.", TALK).whole
    assert not Alignment(
        "R: Why did you stop?" + " filler" * 40 + "\nS: I stay.", (TALK[0], ("S", "I stay."))
    ).whole


BOOK = Codebook.model_validate({
    "title": "t", "version": "1",
    "codes": [
        {"id": "access", "label": {"id": "Akses", "en": "Access"}, "codes": [{"id": "cost", "label": "Cost, or time"}, {"id": "other-1", "label": "Other"}]},
        {"id": "mood", "codes": [{"id": "other-2", "label": "Other"}, {"id": "joy"}]},
    ],
})  # fmt: skip


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        (["Access", "Cost, or time"], "cost"),
        (["AKSES", "cost"], "cost"),
        (["cost, or  time"], "cost"),
        (["Book", "Access", "Cost"], "cost"),
        (["mood", "Other"], "other-2"),
        (["Other"], "?"),
        (["Mood", "Cost"], "mood-cost"),
        (["joy"], "joy"),
        (["New"], "new"),
        (["E1"], "e1-2"),
    ],
)
def test_codes_are_known_by_path_label_or_id(path: list[str], id_: str) -> None:
    codes = [
        BroughtCode(">".join(path[:depth]), path[depth - 1], ">".join(path[: depth - 1]) or None)
        for depth in range(1, len(path) + 1)
    ]
    found = match_codes(codes, BOOK, {"e1"})
    assert found.ids.get(codes[-1].key, "?") == id_
    assert (codes[-1].key in found.fresh) is (id_ in ("mood-cost", "new", "e1-2"))
    assert found.doubtful == ({"Other": ["other-1", "other-2"]} if id_ == "?" else {})


def test_a_code_of_the_very_same_path_goes_first() -> None:
    book = {
        "title": "t",
        "version": "1",
        "codes": [{"id": "a", "codes": [{"id": "b", "label": "Cost"}]}, {"id": "c", "label": "Cost"}],
    }
    assert match_codes([BroughtCode("1", "Cost")], Codebook.model_validate(book), ()).ids == {"1": "c"}


def test_the_case_that_a_text_is_about_is_its_informant_unless_there_are_two() -> None:
    text, said = BroughtText("1", "int1"), Given(("R",))
    ana, use = Case("Ana M.", {}, ("1",)), Case("Use", {}, ("1",))
    assert given_of(text, [ana, Case("Dan", {}, ("2",))], said).informants == {"": "Ana-M"}
    assert given_of(text, [ana, use], said).informants == {}
    assert given_of(text, [ana], Given(informants={"": "KS"})).informants == {"": "KS"}


def test_a_new_code_below_a_known_one_is_named_after_it_where_it_must() -> None:
    codes = [BroughtCode("1", "Mood"), BroughtCode("2", "Cost", "1")]
    assert match_codes(codes, BOOK, {"cost"}).ids == {"1": "mood", "2": "mood-cost"}


def test_names_of_codes_are_ids_labels_and_paths() -> None:
    assert {"cost", "Cost, or time", "Access > Cost, or time", "access/cost"} <= list_names(BOOK)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ana 1.docx", "Ana-1"),
        ("ana-1", "Ana-1"),
        ("C:\\talks\\Ana 1.TXT", "Ana-1"),
        ("The talk of May", "O-2"),
        ("file-3", "O-3"),
        ("Ana", None),
        ("twin", None),
    ],
)
def test_texts_are_known_by_id_title_or_file(name: str, id_: str | None) -> None:
    turn = {"turns": [{"text": "x"}]}
    sources = [
        Source.model_validate({"id": "Ana-1", **turn}),
        Source.model_validate({"id": "O-2", "title": {"en": "The Talk of May", "id": "Mei"}, **turn}),
        Source.model_validate({"id": "O-3", **turn}, context={"path": "data/file-3.yaml"}),
        Source.model_validate({"id": "O-4", "title": "twin", **turn}),
        Source.model_validate({"id": "O-5", "title": "Twin", **turn}),
    ]
    found = match_text(name, sources)
    assert (found.id if found else None) == id_


def test_names_of_files_and_people() -> None:
    assert [bare_name(one) for one in ("a/b.docx", "Talk v. 2", "a/b", ".txt")] == [
        "b",
        "Talk v. 2",
        "a/b",
        ".txt",
    ]
    assert [make_coder(one) for one in ("Ana María", "Мария", "??", "")] == ["Ana-Maria", "Мария", "", ""]
