"""Cues: how they are written, where they match, and which passages they suggest."""

import pickle
from collections.abc import Hashable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.language import (
    GAP,
    Clauses,
    CueBook,
    Match,
    Suggestion,
    Word,
    clauses,
    fold,
    lemma,
    parse_cue,
    sentences,
    stem,
    words,
)
from empowerment_qda.language.cues import Step

from .odd_text import ODD


def found(cue: str, text: str, language: str = "id") -> list[str]:
    """The words of a text that one cue matches."""
    return [text[match.start : match.end] for match in CueBook([("key", cue, False)], language).matches(text)]


def suggested(
    book: Sequence[tuple[Hashable, str, bool]], text: str, language: str = "id"
) -> list[tuple[Hashable, str]]:
    return [(one.key, text[one.start : one.end]) for one in CueBook(book, language).suggest(text)]


MATCHES = [
    ("pelatihan", "Kami dilatih, dan PELATIHANNYA bagus.", ["PELATIHANNYA"]),
    ("~latih", "Kami dilatih, dan PELATIHANNYA bagus.", ["dilatih", "PELATIHANNYA"]),
    ("latih", "Kata alatnya atau latihan? Dilatih", ["Dilatih"]),
    ("~latih", "Kata alatnya atau latihan?", ["latihan"]),
    ("mesin ... lama", "mesin jahit, sudah lama", []),
    ("mesin ... lama", "mesin rusak karena lama", []),
    ("mesin lama", "mesin, lama", ["mesin, lama"]),
    ("kelas digital", "kelas-kelas, digital; kelas yang digital; digital kelas", ["kelas-kelas, digital"]),
    ("mesin ... lama", "Mesin kami masih lama sekali", ["Mesin kami masih lama"]),
    ("mesin ... lama", "mesin lama", ["mesin lama"]),
    ("mesin…lama", "mesin yang lama", ["mesin yang lama"]),
    ("mesin ... lama", "mesin a b c d e lama", ["mesin a b c d e lama"]),
    ("mesin ... lama", "mesin a b c d e f lama", []),
    ("mesin ... lama", "Mesin kami. Masih lama sekali.", []),
    ("mesin ... lama", "selama mesin ada", []),
    ("mesin ... jahit ... lama", "mesin untuk jahit baju sudah lama", ["mesin untuk jahit baju sudah lama"]),
    ("tidak ada ... pelatihan", "Nggak ada lagi tuh pelatihannya", ["Nggak ada lagi tuh pelatihannya"]),
    ("dapat bantuan", "kami blm dapet bantuannya", ["dapet bantuannya"]),
    ("beri modal", "Dikasih modal, terima kasih modal", ["Dikasih modal"]),
    ("terima kasih", "Makasih ya, terima kasih banyak", ["Makasih", "terima kasih"]),
    ("=kursus", "Kursus, kursusnya, kursus-kursus, KURSUS", ["Kursus", "KURSUS"]),
    ("=kelas digital", "kelas digital, kelasnya digital, kelas digitalnya", ["kelas digital"]),
    ("kelas =digital", "kelasnya digital, kelas digitalnya", ["kelasnya digital"]),
    ("= kelas ... digital", "kelas yang digital", ["kelas yang digital"]),
    ("=kafe\u0301", "Kaf\u00e9", ["Kaf\u00e9"]),
    ("teman teman", "teman, teman; teman-teman", ["teman, teman", "teman; teman-teman"]),
    ("modal 15.000.000", "Modal Rp, modal 15.000.000 rupiah", ["modal 15.000.000"]),
    ("pelatihan digital", "pelatihan 💻 digital", ["pelatihan 💻 digital"]),
]


@pytest.mark.parametrize(("cue", "text", "expected"), MATCHES)
def test_where_a_cue_matches(cue: str, text: str, expected: list[str]) -> None:
    assert found(cue, text) == expected


def test_english_and_other_languages() -> None:
    assert found("training", "They trained us; the trainings helped.", "en") == ["trained", "trainings"]
    assert found("owner's machine", "The owners’ machines", "en") == ["owners’ machines"]
    assert found("Straße", "die STRASSE, die Straßen", "de") == ["STRASSE"]


def test_from_its_longest_word_a_cue_takes_the_nearest_others() -> None:
    assert found("mesin ... lama", "mesin lama lama") == ["mesin lama"]
    assert found("dari ... perpustakaan ... ke", "dari dari perpustakaan ke ke") == ["dari perpustakaan ke"]


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ("", "The cue is empty; write a word or a phrase."),
        (" \n", "The cue is empty; write a word or a phrase."),
        ("... lama", 'The cue "... lama" begins with "..."; begin it with a word.'),
        ("mesin …", 'The cue "mesin …" ends with "..."; end it with a word.'),
        ("=", 'The cue "=" has no word in it; write a word or a phrase.'),
        ("?!", 'The cue "?!" has no word in it; write a word or a phrase.'),
        ("...", 'The cue "..." has no word in it; write a word or a phrase.'),
        (
            "ini itu " * 20_000,
            f'The cue "{("ini itu " * 8)[:57]}..." has 40,000 words and 0 gaps ("..."); write at most 40 words with 5 gaps, or several cues.',
        ),
        (
            "a ... " * 6 + "b",
            'The cue "a ... a ... a ... a ... a ... a ... b..." has 7 words and 6 gaps ("..."); write at most 40 words with 5 gaps, or several cues.',
        ),
    ],
)
def test_a_cue_that_finds_nothing_is_refused(cue: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_cue(cue, "id")
    assert str(refused.value) == message


def test_a_cue_as_it_is_looked_for() -> None:
    cue = parse_cue("Tidak ada ... =pelatihan", "id")
    assert cue.text == "Tidak ada ... =pelatihan"
    assert [(step.word, step.gap) for step in cue.steps] == [
        ("tidak", False),
        ("ada", False),
        ("=pelatihan", True),
    ]


TRAINING = [("training", "pelatihan", False), ("training", "tidak ada ... pelatihan", True)]
MACHINE = [("machine", "mesin ... lama", False), ("machine", "mesin", False)]


def test_a_negative_cue_keeps_its_key_out_of_the_sentence() -> None:
    text = "Pelatihan bulan lalu, sekarang nggak ada lagi pelatihannya. Pelatihan ada."
    assert suggested(TRAINING, text) == [("training", "Pelatihan ada.")]
    assert suggested(TRAINING[:1], text) == [("training", "Pelatihan ada.")]  # by the negator already
    assert len(CueBook(TRAINING, "id").matches(text)) == 3
    machine = [*MACHINE, ("machine", "pelatihan", True)]
    assert suggested([*TRAINING, *machine], "Mesin saya ada. Mesin di pelatihan.") == [
        ("machine", "Mesin saya ada."),
        ("training", "Mesin di pelatihan."),
    ]


def test_a_negative_cue_of_one_sentence_says_nothing_of_the_next() -> None:
    assert suggested([*TRAINING, *MACHINE], "Tidak ada pelatihan. Mesin ada.") == [("machine", "Mesin ada.")]
    text = "Tidak ada pelatihan. Ada pelatihan."
    assert suggested(TRAINING, text) == [("training", "Ada pelatihan.")]


def test_keys_of_different_clauses_get_their_own() -> None:
    text = "Pelatihannya memang ada, tapi mesinnya masih yang lama. Pelatihan mesin lama."
    assert suggested([*TRAINING, *MACHINE], text) == [
        ("training", "Pelatihannya memang ada"),
        ("machine", "tapi mesinnya masih yang lama."),
        ("training", "Pelatihan mesin lama."),
        ("machine", "Pelatihan mesin lama."),
    ]


def test_a_key_of_several_clauses_gets_all_of_them() -> None:
    text = "Pelatihannya memang ada, tapi mesinnya masih yang lama, sedangkan pelatihan itu penting."
    assert suggested([*MACHINE, *TRAINING], text) == [
        ("training", text),
        ("machine", "tapi mesinnya masih yang lama"),
    ]
    assert suggested(TRAINING, text) == [("training", text)]


def test_a_suggestion_tells_its_longest_matches_and_the_cue_as_written() -> None:
    cues = [("k", "lama", False), ("k", "Mesin ... LAMA", False), ("k", "mesin", False)]
    assert CueBook(cues, "id").suggest(" Mesin lama. ") == [
        Suggestion("k", 1, 12, (Match("k", "Mesin ... LAMA", 1, 11),))
    ]


def test_of_equal_matches_of_one_key_the_first_cue_is_told_and_other_keys_tell_their_own() -> None:
    cues = [("a", "kelas digital", False), ("a", "=kelas digital", False), ("b", "=kelas ... digital", False)]
    told = [("a", "kelas digital"), ("b", "=kelas ... digital")]
    for more in (
        [],
        [("c", "digital ... kelas ... =kelas", False)],
        [("c", "kelas ... digital ... =digital", False)],
    ):
        book = CueBook([*cues, *more], "id")
        assert [(match.key, match.cue) for match in book.matches("Kelas digital.")] == told


def test_order_is_that_of_the_text_then_of_the_book() -> None:
    book = CueBook([("z", "modal", False), ("a", "pelatihan", False), ("m", "mesin", False)], "id")
    suggestions = book.suggest("Mesin, modal, pelatihan. Modal.")
    assert [one.key for one in suggestions] == ["z", "a", "m", "z"]
    assert [match.key for match in book.matches("Mesin, modal, pelatihan. Modal.")] == ["m", "z", "a", "z"]


def test_an_empty_book_or_text_suggests_nothing() -> None:
    assert CueBook([], "id").suggest("Pelatihan.") == []
    assert CueBook(TRAINING, "id").suggest("") == []
    assert CueBook(TRAINING, "id").matches(" \n") == []


def test_a_book_goes_to_another_process() -> None:
    book = CueBook([*TRAINING, *MACHINE], "id")
    text = "Pelatihannya memang ada, tapi mesinnya masih yang lama."
    before = book.suggest(text)
    assert pickle.loads(pickle.dumps(book)).suggest(text) == before


TALK = words(
    "kami ikut pelatihannya tapi mesin-mesin masih lama jadi nggak dapet modal dan terima kasih "
    "dikasih kelas digital kursus UMKM-nya online ngurusin izin"
)
PIECES = [word.text + mark for word in TALK for mark in ("", ",", ";", "?", " —")]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30), st.data())
def test_a_cue_made_of_a_sentences_words_matches_there(talk: list[str], data: st.DataObject) -> None:
    text = " ".join(talk)
    start, end = data.draw(st.sampled_from(sentences(text)))
    inside = [word for word in words(text) if start <= word.start < end]
    at = data.draw(st.integers(0, len(inside) - 1))
    chosen = [inside[at]]
    cue = chosen[0].text
    gaps = [text[one.end : two.start] for one, two in pairwise([Word("", start, start), *inside])]
    read = Clauses([word.text for word in inside], gaps, [0], "id")
    for _ in range(data.draw(st.integers(0, 3))):
        step = data.draw(st.integers(1, GAP + 1))
        if at + step >= len(inside) or not read.is_one(at, at + step):
            break
        at += step
        chosen.append(inside[at])
        exact = data.draw(st.sampled_from(["", "="]))
        cue += (" " if step == 1 else " ... ") + exact + inside[at].text
    spans = [(match.start, match.end) for match in CueBook([("key", cue, False)], "id").matches(text)]
    assert any(left < chosen[-1].end and chosen[0].start < right for left, right in spans)


@given(ODD, st.sampled_from(["id", "en", "th"]))
def test_passages_and_matches_lie_in_one_sentence_of_any_text(text: str, language: str) -> None:
    cues = [(at % 3, form.text, at % 5 == 4) for at, form in enumerate(words(text))]
    spans = sentences(text)
    book = CueBook(cues, language)
    for suggestion in book.suggest(text):
        passage = (suggestion.start, suggestion.end)
        [sentence] = [span for span in spans if span[0] <= passage[0] and passage[1] <= span[1]]
        edges = {edge for clause in clauses(text, *sentence) for edge in clause}
        assert passage == sentence or set(passage) <= edges
        assert suggestion.matches
        for match in suggestion.matches:
            assert match.key == suggestion.key
            assert passage[0] <= match.start < match.end <= passage[1]
    assert bool(cues) <= bool(book.matches(text) or all(negative for _, _, negative in cues))


def test_a_long_sentence_without_an_end() -> None:
    book = CueBook([*TRAINING, *MACHINE, ("no", "tidak ... tidak", False)], "id")
    text = "kami ikut pelatihan, mesin kami masih lama, " * 5_000
    assert [len(one.matches) for one in book.suggest(text)] == [5_000, 5_000]
    denied = text + "tapi tidak, " * 5_000
    assert book.suggest(denied) == []
    assert len(book.matches(denied)) == 10_000


def slow_matches(cues: list[str], text: str) -> set[tuple[int, int]]:
    """What one key's cues match, found by trying every run of words of every sentence."""
    places: set[tuple[int, int]] = set()
    for start, end in sentences(text):
        inside = [word for word in words(text) if start <= word.start < end]
        for cue in cues:
            steps = parse_cue(cue, "id").steps

            def holds(at: int, last: int, steps: tuple[Step, ...], inside: list[Word] = inside) -> bool:
                """Whether the words from one to another, both answered, answer all the steps in order."""
                form = inside[at].text
                if steps[0].word not in (lemma(form, "id"), "~" + stem(form, "id"), "=" + fold(form)):
                    return False
                if len(steps) == 1:
                    return at == last
                reach = GAP + 1 if steps[1].gap else 1
                return any(holds(on, last, steps[1:]) for on in range(at + 1, min(at + reach, last) + 1))

            size = range(len(inside))
            runs = {(first, last) for first in size for last in size[first:] if holds(first, last, steps)}
            shortest = {
                (a, b) for a, b in runs if not any(a <= c and d <= b and (a, b) != (c, d) for c, d in runs)
            }
            gaps = [text[one.end : two.start] for one, two in pairwise([Word("", start, start), *inside])]
            read = Clauses([word.text for word in inside], gaps, [0], "id")
            if any(step.gap for step in steps):
                shortest = {run for run in shortest if read.is_one(*run)}
            places |= {(inside[first].start, inside[last].end) for first, last in shortest}
    return {(a, b) for a, b in places if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in places)}


FEW = ["mesin", "mesinnya", "lama", "tidak", "ada"]


@given(
    st.lists(st.sampled_from([*FEW, "lama.", "ada,", "x"]), max_size=14).map(" ".join),
    st.lists(
        st.lists(
            st.sampled_from([*FEW, "=mesin", "... ada", "... mesin", "... =lama"]), min_size=1, max_size=3
        )
        .map(" ".join)
        .map(lambda cue: cue.removeprefix("... ")),
        min_size=1,
        max_size=3,
    ),
)
def test_matches_are_those_that_trying_everything_finds(text: str, cues: list[str]) -> None:
    book = CueBook([*(("key", cue, False) for cue in cues), ("other", "ada ... tidak mesin", False)], "id")
    fast = [(match.start, match.end) for match in book.matches(text) if match.key == "key"]
    assert fast == sorted(slow_matches(cues, text))
