"""Documents of Word that go out: each coding a comment on just its words; passages under their codes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.evidence.passages import make_coding, text_of
from empowerment_qda.exchange.outgoing import Outgoing, gather
from empowerment_qda.exchange.plain_sources import plain_words
from empowerment_qda.exchange.word_passages import write_passages
from empowerment_qda.exchange.word_transcript import write_transcript
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.source import Source, Span, Turn
from empowerment_qda.model.study import Study
from empowerment_qda.problems import StudyError
from kit import SMALL, write_study
from word_kit import ODD, W, part, see_comments
from word_kit import text_of as words_of


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of oddities."""
    return write_study(tmp_path_factory.mktemp("odd"), ODD)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The small study."""
    return read_study(write_study(tmp_path_factory.mktemp("small"), SMALL))


def going(root: Path, *sources: str, coders: tuple[str, ...] = (), what: str = "transcript") -> Outgoing:
    """What goes out of a study."""
    return gather(read_study(root), sources, coders, what)


def content(data: Any) -> bytes:
    """The bytes of a file that was made."""
    assert isinstance(data, bytes)
    return data


def test_each_coding_is_a_comment_of_its_coder_on_just_its_words(odd: Path) -> None:
    out = going(odd)
    seen = see_comments(content(write_transcript(out).content))
    wanted = [
        (one.file.coder, plain_words(one.source.quote(one.anchor.span))[0])
        for one in out.passages
        if one.anchor.span
    ]
    assert [(one.author, one.words) for one in seen] == wanted
    assert len(wanted) == 9
    assert seen[0].lines == ["Bawah (lower)", "Memo <b>.", "", "[E7] \ufffd lagi", "[E1]"]
    assert seen[1].lines == ["Atas <&>, satu; dua (upper)", "[E2]"]
    assert [one.lines for one in seen[4:6]] == [["bare", "[first:T-01:5]"], ["bare", "[E6]"]]
    assert seen[7].lines == ["مُرَمَّز (كود)", "[K2]"]


def test_turns_are_found_again_and_their_words_are_whole(odd: Path) -> None:
    study = read_study(odd)
    data = content(write_transcript(going(odd)).content)
    paragraphs = [words_of(one) for one in part(data, "word/document.xml").iter(f"{W}p")]
    assert paragraphs[:2] == ["Wawancara 👩🏽‍🌾", "T-01 · wawancara · 5 Januari 2023 · A (Pemilik)"]
    labels = ["[1] R (00:00:01): ", "[2] A (00:00:09): ", "[3] A: ", "[4] Suami: ", "[5] A: ", "[6] "]
    turns = study.by_id["T-01"].turns
    assert paragraphs[3:] == [
        label + plain_words(turn.text)[0] for label, turn in zip(labels, turns, strict=True)
    ]
    # Bold are those who speak; set from right to left is what begins so, and nothing else.
    rows = list(part(data, "word/document.xml").iter(f"{W}p"))[3:]
    assert [bool(list(one.iter(f"{W}bidi"))) for one in rows] == [False, False, True, False, False, False]
    speakers = [words_of(run) for one in rows for run in one.iter(f"{W}r")
                if [style.get(f"{W}val") for style in run.iter(f"{W}rStyle")] == ["Speaker"]]  # fmt: skip
    assert speakers == ["R", "A", "A", "Suami", "A"]


def test_another_program_reads_it(odd: Path) -> None:
    document = docx.Document(io.BytesIO(content(write_transcript(going(odd)).content)))
    assert [one.author for one in document.comments] == ["first"] * 6 + ["kedua"] * 3
    assert next(iter(document.comments)).text.startswith("Bawah (lower)\nMemo <b>.")
    assert document.core_properties.title == "Wawancara 👩🏽‍🌾"
    assert content(write_transcript(going(odd)).content) == content(write_transcript(going(odd)).content)


def test_one_coder_alone(odd: Path) -> None:
    made = write_transcript(going(odd, coders=("kedua",)))
    assert [one.author for one in see_comments(content(made.content))] == ["kedua"] * 3
    assert made.held == ("T-01", "6 turns", "3 codings of 1 coder")


def test_what_it_cannot_hold_is_told(odd: Path) -> None:
    out = going(odd)
    assert [one for one in write_transcript(out).lost if one] == [
        "of codings event_date (1), strength (1)",
        "1 translation of a turn",
        "4 control characters (a sign stands for each)",
    ]
    assert out.left == ("1 rejected coding",)


def test_a_document_holds_one_transcript(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    with pytest.raises(StudyError) as error:
        write_transcript(going(root))
    (problem,) = error.value.problems
    assert (problem.message, problem.hint) == (
        "a document of Word holds one transcript, not 2", "Name one with `--source ID`. Known here: H-01, O-01.",
    )  # fmt: skip
    assert write_transcript(going(root, "O-01")).held[0] == "O-01"


def test_who_did_not_agree_stays(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    (root / "consent.yaml").write_text("H: {quote: yes, archive: yes}\nO: {quote: no, archive: no}\n")
    with pytest.raises(StudyError, match="nothing can go out: O-01, which O did not agree to hand on"):
        write_transcript(going(root, "O-01"))
    made = write_passages(going(root, what="passages"))
    text = words_of(part(content(made.content), "word/document.xml"))
    assert "We hold digital training" in text
    assert "joined their classes" not in text
    assert "Left out, since their speakers did not agree to be quoted: 2 passages." in text
    assert "2 codings of words that their speakers did not agree to have quoted" in made.lost


def test_passages_stand_under_their_codes(odd: Path) -> None:
    made = write_passages(going(odd, what="passages"))
    document = docx.Document(io.BytesIO(content(made.content)))
    lines = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert [text for style, text in lines if style.startswith("Heading")] == [
        "Atas <&>, satu; dua", "Bawah", "مُرَمَّز", "bare",
    ]  # fmt: skip
    assert [style for style, text in lines if text in ("Bawah", "bare")] == ["Heading 2", "Heading 1"]
    assert ("Normal", "Yang di bawah.") in lines
    at = lines.index(("Quote", "👩🏽‍🌾 sekali."))
    assert lines[at + 1 : at + 3] == [
        ("Origin", "A (Pemilik) · T-01, giliran 2 · 5 Januari 2023 · dikodekan oleh kedua · K1"),
        ("Memo", "kedua: Saya\t\ufffdsetuju"),
    ]  # fmt: skip
    # What two coders gave a code stands there once; several turns are told apart by who speaks.
    at = lines.index(("Quote", "Suami: Saya juga."))
    assert lines[at - 1] == ("Quote", "A: مَرْحَبًا  ")
    assert lines[at + 2] == (
        "Origin",
        "A (Pemilik) · T-01, giliran 3–5 · 5 Januari 2023 · dikodekan oleh first, kedua · E3, K3",
    )
    assert sum(text == "Suami: Saya juga." for _, text in lines) == 1
    assert made.held == ("9 codings of 4 codes",)


def test_codes_that_the_book_does_not_have_stand_apart(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    path = root / "codings/first/H-01.yaml"
    path.write_text(path.read_text().replace("training-provided", "unheard-of"))
    document = docx.Document(io.BytesIO(content(write_passages(going(root, what="passages")).content)))
    headings = [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings[-2:] == ["Codes that the codebook does not have", "unheard-of"]
    assert "H (Head) · H-01, turn 2 · 12 September 2022 · coded by first · E1" in [
        one.text for one in document.paragraphs
    ]


TEXTS = st.text(st.sampled_from("ab \t\n\r\x07\x1f\ufffeé\u0301שמ\u200f😀\u200d<&"), min_size=1, max_size=25)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_whatever_is_coded_the_comment_is_on_it(small: Study, texts: list[str], data: st.DataObject) -> None:
    source = Source(id="S", turns=tuple(Turn(text=one, speaker="A") for one in texts), informant="A")
    codings = []
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(st.integers(1, len(texts)))
        last = data.draw(st.integers(first, len(texts)))
        start = data.draw(st.integers(0, len(texts[first - 1]) - 1))
        end = data.draw(st.integers(start + 1 if first == last else 1, len(texts[last - 1])))
        try:
            coding = make_coding(text_of(source), Span(first, start, last, end), code="training-provided")
        except ValueError:  # no words
            continue
        codings.append(coding)
    study = replace(
        small, sources=(source,), codings=(Codings(source="S", coder="c", codings=tuple(codings)),)
    )
    out = gather(study, (), (), "transcript")
    spans = [one.anchor.span for one in out.passages if one.anchor.span]
    seen = see_comments(content(write_transcript(out).content))
    # A quotation passes over turns without words.
    said = [[line for line in one.words.split("\n") if line.strip()] for one in seen]
    assert said == [
        [line for line in plain_words(source.quote(span))[0].split("\n") if line.strip()] for span in spans
    ]
