"""Transcripts of other programs, read: who speaks, what is said, and that nothing is lost."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange import Said, Transcript, Unreadable, find_asking, read_transcripts
from empowerment_qda.exchange.documents import decode
from empowerment_qda.exchange.transcript import make_transcript
from exchange_kit import docx, odt, paragraph, pdf, xlsx, zipped

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples"
TWO = (Said("Why?", "Interviewer"), Said("Because.", "Sari"))
INSERTED = (
    "<w:p><w:r><w:t>Sari: I </w:t></w:r><w:ins w:id='1' w:author='A'><w:r><w:t>really </w:t></w:r></w:ins>"
    "<w:del w:id='2' w:author='A'><w:r><w:delText>never </w:delText></w:r></w:del><w:r><w:t>did.</w:t></w:r></w:p>"
)
ROW = f"<w:tbl><w:tr><w:tc>{paragraph('Interviewer:')}</w:tc><w:tc>{paragraph('Why?')}</w:tc></w:tr></w:tbl>"
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
    f"{paragraph('Sari: In a box.')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
CONTROL = f"<w:sdt><w:sdtContent>{paragraph('Sari: In a control.')}</w:sdtContent></w:sdt>"


def read(name: str, data: bytes) -> Transcript:
    """The only transcript of a file."""
    (only,) = read_transcripts(name, data)
    return only


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx(paragraph("Interviewer: Why?"), paragraph("Sari: Because."))),
        ("a.odt", odt("Interviewer: Why?", "<text:span>Sari:</text:span> Because.")),
        ("a.rtf", rb"{\rtf1\ansi Interviewer: Why?\par Sari: Because.\par}"),
        ("a.html", b"<p><b>Interviewer:</b> Why?</p><script>x</script><p>Sari: <i>Because.</i></p>"),
        ("a.htm", b"<cite>Interviewer:</cite><p>Why?</p><cite>Sari</cite><p>Because.</p>"),
        ("a.txt", b"\xef\xbb\xbfInterviewer: Why?\r\nSari: Because.\r\n"),
        ("a.md", b"Interviewer: Why?\n\nSari: Because.\n"),
        ("a.pdf", pdf(["Interviewer: Why?", "Sari: Because."])),
        ("A.TXT", "Interviewer: Why?\nSari: Because.".encode("utf-16")),
        ("a.csv", b"speaker,text\nInterviewer,Why?\nSari,Because.\n"),
        ("a.csv", b"Pembicara;Teks\nInterviewer;Why?\nSari;Because.\n"),
        ("a.xlsx", xlsx([["speaker", "text"], ["Interviewer", "Why?"], ["Sari", "Because."]])),
    ],
)  # fmt: skip
def test_a_talk_of_two_reads_alike_from_every_format(name: str, data: bytes) -> None:
    assert read(name, data).turns == TWO


def test_word_keeps_insertions_tables_boxes_and_controls_and_leaves_out_deletions() -> None:
    turns = read("a.docx", docx(INSERTED, ROW, BOX, CONTROL)).turns
    assert [one.text for one in turns] == ["I really did.", "Why?", "In a box.", "In a control."]
    assert [one.speaker for one in turns] == ["Sari", "Interviewer", "Sari", "Sari"]


def test_an_open_document_leaves_out_what_was_deleted_from_it() -> None:
    gone = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    assert read("a.odt", odt(gone, "Sari: Kept.<text:line-break/>On.")).turns == (Said("Sari: Kept.\nOn."),)


def test_rich_text_joins_the_halves_of_a_character() -> None:
    assert read("a.rtf", rb"{\rtf1\ansi Caf\'e9 \u-10179?\u-8704?\par}").turns == (Said("Café 😀"),)


CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:02.000
<v Interviewer>Since <i>when</i>,

00:00:02.000 --> 00:00:03.000
<v Interviewer>if x &lt; y?

00:01:12.500 --> 00:01:13.000
<v Sari>10:30 Meeting: yes.
"""


def test_captions_of_one_speaker_are_one_turn() -> None:
    assert read("a.vtt", CAPTIONS.encode()).turns == (
        Said("Since when, if x < y?", "Interviewer", "00:00:01"), Said("10:30 Meeting: yes.", "Sari", "00:01:12"),
    )  # fmt: skip


def test_captions_name_speakers_before_the_words_too() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nR: Why\nthen?\n\n2\n00:00:02,000 --> 00:00:03,000\nKS: 10:30 Meeting: so.\n"
    assert read("a.srt", text.encode()).turns == (
        Said("Why then?", "R", "00:00:01"), Said("10:30 Meeting: so.", "KS", "00:00:02"),
    )  # fmt: skip


def test_captions_with_times_in_plain_seconds_lose_nothing() -> None:
    """The library passes over such captions with their words."""
    assert read("a.vtt", b"WEBVTT\n\n0.860 --> 7.380\nOne.\n\n61.5 --> 70\nTwo.\n").turns == (
        Said("One. Two.", None, "00:00:00"),
    )


ELAN = """<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="72000"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1000"/></TIME_ORDER>
<TIER TIER_ID="t1" PARTICIPANT="Sari"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a"><ANNOTATION_VALUE>Because.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="R"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="b"><ANNOTATION_VALUE>Why?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="gloss" PARENT_REF="R"/></ANNOTATION_DOCUMENT>"""


def test_tiers_of_elan_are_speakers_in_the_order_of_time() -> None:
    found = read("a.eaf", ELAN.encode())
    assert found.turns == (Said("Why?", "R", "00:00:01"), Said("Because.", "Sari", "00:01:12"))
    assert found.changes == ("not taken, since they annotate other tiers: gloss",)


@pytest.mark.parametrize(
    "value",
    [
        {"segments": [{"speaker": "Sari", "startTime": 1.5, "body": "I am"}, {"speaker": "Sari", "startTime": 2, "body": "here."}]},
        {"text": "x", "segments": [{"start": 1, "text": " Sari: I am"}, {"start": 2, "text": " here."}, {"start": 3, "text": "Sari:"}]},
        [{"speaker_name": "Sari", "start_time": "00:00:01", "transcript": "I am here."}],
    ],
)  # fmt: skip
def test_segments_of_transcribers_are_turns(value: object) -> None:
    assert read("a.json", json.dumps(value).encode()).turns == (Said("I am here.", "Sari", "00:00:01"),)


def test_names_may_stand_over_the_words_with_a_time() -> None:
    """As Otter and Teams write them."""
    text = b"Speaker 1  0:03\nHello there.\n\nSpeaker 2  0:07\nHi.\nAgain.\n"
    assert read("a.txt", text).turns == (
        Said("Hello there.", "Speaker 1", "00:00:03"), Said("Hi.\nAgain.", "Speaker 2", "00:00:07"),
    )  # fmt: skip


def test_a_pdf_loses_page_numbers_running_heads_and_the_breaks_of_lines() -> None:
    first = [
        "A study of 2022",
        "Interviewer: Why did you come to the market",
        "that day?",
        "Sari: My neighbour told me about the",
        "1",
    ]
    second = ["A study of 2022", "training, and it was free.", "Interviewer: Good.", "2"]
    found = read("a.pdf", pdf(first, second))
    assert [one.text for one in found.turns] == [
        "Why did you come to the market that day?", "My neighbour told me about the training, and it was free.", "Good.",
    ]  # fmt: skip
    assert found.changes == ("left out at the edges of pages: `A study of #`, `#`",)


def test_a_row_an_answer_gives_a_transcript_for_each_person() -> None:
    made = read_transcripts("q.csv", b"informant,question,answer\nA1,How?,So.\nA2,How?,\nA1,And?,Thus.\n")
    assert [(one.person, [turn.text for turn in one.turns]) for one in made] == [
        ("A1", ["How?", "So.", "And?", "Thus."]),
        ("A2", ["How?"]),
    ]


def test_a_sheet_that_is_no_utf8_is_read_and_says_so() -> None:
    found = read("a.csv", 'speaker;text\nR;"Why; now?"\nSari;Café\n'.encode("cp1252"))
    assert [one.text for one in found.turns] == ["Why; now?", "Café"]
    assert found.changes == ("read as Windows-1252, since it is not UTF-8",)


def test_what_stands_before_a_colon_once_is_no_speaker_and_a_slip_of_the_pen_is_one() -> None:
    lines = [
        "Sari: One.",
        "Budi: Two.",
        "Sari: Three.",
        "Budi: Four.",
        "Reason: none.",
        "Buddi: Five.",
        "Note: six.",
        "Note: seven.",
    ]
    found = make_transcript(
        [one.replace("Buddi", "Participan") for one in lines] + ["Participant: a.", "Participant: b."]
    )
    assert [one.speaker for one in found.turns] == [
        "Sari",
        "Budi",
        "Sari",
        "Budi",
        "Participant",
        "Participant",
        "Participant",
    ]
    assert found.turns[3].text == "Four.\nReason: none."
    assert "read `Participan:`, which stands once, as `Participant:`" in found.changes
    assert "no speakers, since they stand once: `Reason:`, `Note:`" in found.changes


def test_who_asks_is_told_by_a_word_and_never_by_a_letter() -> None:
    """P is Pewawancara in one transcript and Participant in the next."""
    assert find_asking(["P", "I", "Peneliti", "interviewer_2", "Moderator", "Pewawancara:"]) == [
        "Peneliti",
        "interviewer_2",
        "Moderator",
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"none", "it is no archive"),
        ("a.docx", zipped({"a.xml": "<a/>"}), "it holds no Word document"),
        ("a.docx", zipped({"../a": "x"}), "leads out of it"),
        ("a.docx", zipped({"word/document.xml": bytes(300 << 20)}), "unpacks to more than 200 MB"),
        ("a.docx", zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "defines entities"),
        ("a.odt", zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'}), "defines entities"),
        ("a.odt", b"PK\3\4", "it is no archive"),
        ("a.eaf", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "defines entities"),
        ("a.eaf", b"<a", "ELAN's XML"),
        ("a.pdf", b"none", "cannot be read as a PDF"),
        ("a.pdf", pdf([]), "no text layer"),
        ("a.rtf", b"none", "no rich text"),
        ("a.xlsx", b"none", "cannot be read as a workbook"),
        ("a.json", b"[[", "cannot be read as JSON"),
        ("a.json", b"[" * 100_000, "cannot be read as JSON"),
        ("a.json", b"{}", "without a list of segments"),
        ("a.csv", b"a" + b"," * 2_000_000 + b"\n1", "more than 1,000 columns"),
        ("a.csv", b"a,b\n1,2\n", "no column for what was said"),
        ("a.txt", b"\0\1\2", "is no text"),
        ("a.txt", b"  \n", "holds no words"),
        ("a.exe", b"x", "is of no kind that can be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        read_transcripts(name, data)


WORDS = st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1), min_size=1).map(
    " ".join
)


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_words_in_are_words_out(texts: list[str]) -> None:
    paragraphs = [f"{'Interviewer' if number % 2 else 'Sari'}: {text}" for number, text in enumerate(texts)]
    for name, data in (
        ("a.txt", "\n".join(paragraphs).encode()),
        ("a.docx", docx(*map(paragraph, paragraphs))),
    ):
        assert [one.text.split() for one in read(name, data).turns] == [one.split() for one in texts]


# Real files, where they are at hand


def words_of(transcript: Transcript) -> Counter[str]:
    """Every word of the turns."""
    return Counter(word for one in transcript.turns for word in one.text.split())


def raw_words(path: Path) -> Counter[str]:
    """Every word that a caption, a segment, an annotation or a page of a file holds, read in another way."""
    text = decode(path.read_bytes())[0]
    match path.suffix:
        case ".srt" | ".vtt":
            kept = [
                one
                for one in text.splitlines()
                if "-->" not in one and not one.strip().isdigit() and one != "WEBVTT"
            ]
            said = re.sub(r"<v [^>]*>", "", "\n".join(kept))
            names = "Alban|Kevin|Travis|Tom|Dave|Adam Curry|Unknown|Dave Jones"
            said = re.sub(rf"^({names}): ", "", said, flags=re.M)
        case ".json":
            said = "\n".join(one["body"] for one in json.loads(text)["segments"])
        case ".html":
            said = re.sub(
                r"<cite>.*?</cite>|<time>.*?</time>|<[^>]*>", " ", html.unescape(text.partition("<body>")[2])
            )
        case _:
            said = "\n".join(line.partition("\t")[2] for line in text.splitlines())
            said = re.sub(r"(^|\s)(?:Dan|Parti[cp]i?pa?nt): |\b\d/\d\b", r"\1", said)
            said = re.sub(r"(two|non)-\s(way|monotonic)", r"\1-\2", said)
    return Counter(said.split())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="real files lie beside a checkout")
@pytest.mark.parametrize("path", sorted((SAMPLES / "formats").glob("*.[hjsv]*")), ids=lambda path: path.name)
def test_no_word_of_a_real_recording_is_lost(path: Path) -> None:
    assert words_of(read(path.name, path.read_bytes())) == raw_words(path)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="real files lie beside a checkout")
@pytest.mark.parametrize("number", range(1, 8))
def test_no_word_of_a_real_interview_is_lost(number: int) -> None:
    found = read("P.pdf", (SAMPLES / f"pdpilot/transcripts/P{number}.pdf").read_bytes())
    assert words_of(found) == raw_words(SAMPLES / f"pdpilot/extracted/P{number}.txt")
    assert {one.speaker for one in found.turns} == {None, "Dan", "Participant"}
