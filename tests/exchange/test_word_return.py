"""Where the words of a document that comes back stand in the study, whatever was done to the one or the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.evidence.passages import make_coding, text_of
from empowerment_qda.exchange.outgoing import gather
from empowerment_qda.exchange.word_return import CodeNames, Returned, ReturnedWords, read_returned
from empowerment_qda.exchange.word_transcript import place_of, write_transcript
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding, Codings
from empowerment_qda.model.source import Source, Span, Turn
from empowerment_qda.model.study import Study
from exchange_kit import docx, paragraph
from kit import SMALL, write_study
from word_kit import ODD, Edited

TEXTS = st.text(
    st.sampled_from("ab \t\n\r\x07\x1f\ufffeé\u0301שמ\u200f\u2066😀\u200d<&\xad\u2011"),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The small study."""
    return read_study(write_study(tmp_path_factory.mktemp("small"), SMALL))


def make_document(study: Study, texts: list[str], spans: list[Span]) -> tuple[Source, bytes]:
    """A source of these turns, and the document of its codings on these spans."""
    source = Source(id="S", turns=tuple(Turn(text=one, speaker="A") for one in texts), informant="A")
    codings: list[Coding] = []
    for span in spans:
        try:
            codings.append(
                make_coding(text_of(source), span, code="training-provided", id=f"E{len(codings)}")
            )
        except ValueError:  # no words
            continue
    study = replace(
        study, sources=(source,), codings=(Codings(source="S", coder="c", codings=tuple(codings)),)
    )
    made = write_transcript(gather(study, (), (), "transcript")).content
    assert isinstance(made, bytes)
    return source, made


def read(data: bytes) -> Returned:
    """What a document says of itself."""
    back = read_returned(data)
    assert back is not None
    return back


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_what_nobody_touched_stands_where_it_stood(
    small: Study, texts: list[str], data: st.DataObject
) -> None:
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(st.integers(1, len(texts)))
        last = data.draw(st.integers(first, len(texts)))
        start = data.draw(st.integers(0, len(texts[first - 1]) - 1))
        end = data.draw(st.integers(start + 1 if first == last else 1, len(texts[last - 1])))
        spans.append(Span(first, start, last, end))
    source, document = make_document(small, texts, spans)
    back = read(document)
    words = ReturnedWords(back, source)
    assert (words.changed, words.edited) == ([], [])
    for comment in back.comments:
        kept = back.kept[comment.text.rpartition("[")[2].rstrip("]")]
        if len(set(kept.place.split("-"))) == 2:  # else nothing of it is seen
            found = words.find(comment.start, comment.end)
            assert found.place == kept.place
            assert found.span is not None
            assert place_of(source, found.span) == kept.place


@given(st.integers(6, 14), st.data())
def test_edits_elsewhere_in_the_turn_move_nothing(small: Study, number: int, data: st.DataObject) -> None:
    tokens = [f"w{at}," for at in range(number)]
    first = data.draw(st.integers(1, number - 3))
    last = data.draw(st.integers(first + 1, number - 1))
    text = " ".join(tokens)
    span = Span(1, text.index(tokens[first]), 1, text.index(tokens[last - 1]) + len(tokens[last - 1]))
    source, made = make_document(small, [text], [span])
    document = Edited(made)
    outside = [at for at in range(number) if not first <= at < last]
    for at in data.draw(st.lists(st.sampled_from(outside), unique=True, min_size=1)):
        document.replace(
            tokens[at], data.draw(st.sampled_from(["", "new,", f"{tokens[at]} more", f"x{tokens[at]}"]))
        )
    for side in ("here", "there"):
        edited = read(document.data)
        if side == "here":
            # The other way round: the study has what was edited, the document what went out.
            turns = [edited.text[one.start : one.end].strip() for one in edited.turns.values()]
            now = Source(id="S", turns=tuple(Turn(text=one, speaker="A") for one in turns), informant="A")
            back, against = read(made), now
        else:
            back, against = edited, source
        (comment,) = back.comments
        found = ReturnedWords(back, against).find(comment.start, comment.end)
        assert found.span is not None
        assert against.quote(found.span) == source.quote(span)
        assert found.place == place_of(source, span)


def test_turns_are_known_again_when_others_come_between(small: Study) -> None:
    source, made = make_document(small, ["one two", "three four", "five six"], [Span(2, 0, 3, 4)])
    turns = (source.turns[0], Turn(text="fresh", speaker="A"), *source.turns[1:])
    back = read(made)
    words = ReturnedWords(back, source.model_copy(update={"turns": turns}))
    assert (words.changed, words.edited) == ([], [])
    (comment,) = back.comments
    assert words.find(comment.start, comment.end) == (Span(3, 0, 4, 4), "2.0-3.4", "")


def test_long_turns_are_compared_at_their_ends(small: Study) -> None:
    text = " ".join(f"w{at}" for at in range(8_000))
    source, made = make_document(small, [text], [Span(1, 0, 1, 5), Span(1, len(text) - 5, 1, len(text))])
    document = Edited(made).replace("w3000 w3001", "w3000 x w3001").replace("w7000 w7001", "w7000 y w7001")
    back = read(document.data)
    words = ReturnedWords(back, source)
    assert [one.number for one in words.changed] == [1]
    places = [words.find(one.start, one.end).place for one in back.comments]
    assert places == [back.kept["E0"].place, back.kept["E1"].place]


def test_other_documents_are_none_of_ours() -> None:
    assert read_returned(docx(paragraph("Sari: Hello"))) is None


def test_many_codings_are_kept_in_short_properties(small: Study) -> None:
    texts = [f"word{at} and more" for at in range(60)]
    _, made = make_document(small, texts, [Span(at + 1, 0, at + 1, 5) for at in range(60)])
    assert len(read(made).kept) == 60
    values = Edited(made).parts["docProps/custom.xml"].split("<vt:lpwstr>")[1:]
    assert max(one.index("</vt:lpwstr>") for one in values) <= 255


def test_codes_are_known_by_all_their_names(tmp_path: Path) -> None:
    names = CodeNames(read_study(write_study(tmp_path, ODD)).codebook)
    for line in ("Atas <&>, satu; dua (upper)", "Atas <&>, satu; dua", "upper", "UPPER", " Upper "):
        assert names.find(line) == (["upper"], ""), line
    assert names.find("Bawah; upper") == (["lower", "upper"], "")
    assert names.find("upper/lower, bare") == (["lower", "bare"], "")
    assert names.find("lower; lower") == (["lower"], "")
    assert names.find("مُرَمَّز (كود)") == (["كود"], "")
    assert names.find("whatever (bare)") == (["bare"], "")
    assert names.find("Bawah, and so on") == ([], "")
    assert names.find("Upper (lower)") == ([], "its first line may mean any of lower, upper")
    assert names.find("") == ([], "")
