"""Coded projects of other programs, read: REFI-QDA, Taguette, and tables of coded segments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empowerment_qda.exchange import refi, segments, taguette
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.positions import choose
from empowerment_qda.exchange.project import Project, full_label
from exchange_kit import guid, qde, qdpx, selection, text_source, xlsx, zipped
from exchange_kit import taguette as database

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples"
TEXT = "Interviewer: How was it?\nAna: It cost too much 😀 but café was nice.\nAna: I was afraid.\n"
COST = (33, 46)  # cost too much
NICE = (53, 66)  # café was nice
FILE = f"Sources/{{{guid(31).upper()}}}.TXT"


def coded(project: Project) -> list[tuple[str, str, str]]:
    """The coder, the path of the code, and the words of each segment."""
    by_key = {one.key: one for one in project.codes}
    return [
        (one.coder, " > ".join(full_label(by_key[one.code], by_key)) if one.code in by_key else "", one.quote)
        for one in project.segments
    ]


# REFI-QDA


def test_a_project_is_read_with_its_texts_codes_coders_and_memos() -> None:
    inside = "<Description>why so</Description>"
    note = f'<Notes><Note guid="{guid(40)}" name="diary" creatingUser="{guid(2)}"><PlainTextContent>a day</PlainTextContent></Note></Notes>'
    source = text_source(selection(*COST, inside=inside) + selection(*NICE, code=11, coder=2)).replace(
        "</TextSource>", f'<NoteRef targetGUID="{guid(40)}"/></TextSource>'
    )
    found = refi.read_project("x", qdpx(f"<Sources>{source}</Sources>{note}", {FILE: TEXT}))
    assert coded(found) == [
        ("Alice A.", "Barriers > Cost, or time", "cost too much"),
        ("Bob", "Barriers", "café was nice"),
    ]
    assert [one.memo for one in found.segments] == ["why so", ""]
    assert [(one.title, one.text, one.author, one.links) for one in found.notes] == [
        ("diary", "a day", "Bob", (guid(30),))
    ]
    assert found.texts[0].paragraphs == [line for line in TEXT.split("\n") if line] + [""]
    assert (found.name, found.codes[0].definition) == ("demo", "what is in the way")


def test_a_text_in_the_project_itself_is_read_and_two_codings_of_a_selection_are_two() -> None:
    second = f'<Coding guid="{guid(97)}" creatingUser="{guid(2)}"><CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection>'
    both = selection(*COST).replace("</PlainTextSelection>", second)
    source = text_source(f"<PlainTextContent>{TEXT}</PlainTextContent>{both}").replace(
        "plainTextPath", "richTextPath"
    )
    found = refi.read_project("x", qdpx(f"<Sources>{source}</Sources>"))
    assert [one[0] for one in coded(found)] == ["Alice A.", "Bob"]
    assert {one.quote for one in found.segments} == {"cost too much"}


@pytest.mark.parametrize(
    ("raw", "shift", "said"),
    [
        (TEXT.encode(), lambda at: at, ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), lambda at: at, ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), lambda at: at + 1, "the mark at the beginning of the text"),
        (TEXT.replace("\n", "\r\n").encode(), lambda at: at + TEXT[:at].count("\n"), ""),
        (TEXT.replace("\n", "\r\n").encode(), lambda at: at, "one character for a line end"),
        (TEXT.encode(), lambda at: at + TEXT[:at].count("\n"), "two characters for a line end"),
        (TEXT.encode(), lambda at: len(TEXT[:at].encode("utf-16-le")) // 2, "UTF-16 units"),
        (TEXT.encode("utf-16"), lambda at: at, ""),
    ],
)  # fmt: skip
def test_places_are_found_however_they_were_counted(
    raw: bytes, shift: Callable[[int], int], said: str
) -> None:
    marks = "".join(selection(shift(start), shift(end), name=TEXT[start:end]) for start, end in (COST, NICE))
    found = refi.read_project("x", qdpx(f"<Sources>{text_source(marks)}</Sources>", {FILE: raw}))
    assert [one.quote for one in found.segments] == ["cost too much", "café was nice"]
    assert [one for one in found.changes if "count" in one] == [
        f"the places in `int1.txt` count {said}"
    ] * bool(said)


@given(
    st.text(st.sampled_from("ab 😀\n.é"), min_size=1, max_size=60).map(lambda text: f"word{text}"),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60)), min_size=1, max_size=6),
    st.sampled_from(["points", "units", "two"]),
)
def test_with_names_the_words_are_the_words(text: str, spans: list[tuple[int, int]], way: str) -> None:
    ways: dict[str, Callable[[str], int]] = {
        "points": len,
        "units": lambda part: len(part.encode("utf-16-le")) // 2,
        "two": lambda part: len(part) + part.count("\n"),
    }
    counted = ways[way]
    named = [(start, min(start + size, len(text))) for start, size in spans]
    marked = [(counted(text[:start]), counted(text[:end]), text[start:end]) for start, end in named]
    found = choose(text, marked)
    for start, end, name in marked:
        first, last = found.find(start), found.find(end)
        assert first is not None
        assert last is not None
        assert "".join(text[first:last].split()).startswith("".join(name.rstrip(".").split()))


def test_one_odd_selection_does_not_change_the_way_of_counting() -> None:
    """Without names, a passage that ends in a word says nothing."""
    assert choose(TEXT, [(NICE[0] + 1, NICE[1] + 2, "")]).said == ""
    assert choose(TEXT, [(*COST, "my own title"), (*NICE, "")]).said == ""


@pytest.mark.parametrize(
    ("body", "files", "why"),
    [
        (text_source(selection(5, 10_000)), {FILE: TEXT}, "its places (5 to 10000) are not in the text, which has 87 characters"),
        (text_source(selection(-4, 10)), {FILE: TEXT}, "its places (None to 10) are not in the text"),
        (text_source(selection(9, 5)), {FILE: TEXT}, "its places (9 to 5) are not in the text"),
        (text_source(selection("9" * 5000, "x")), {FILE: TEXT}, "its places (None to None)"),
        (text_source(selection(*COST)), {}, f"its text `{guid(31)}.txt` is not in the file"),
        (text_source(selection(*COST), "relative:///../../etc/passwd"), {FILE: TEXT}, "its text lies outside the file (`relative:///../../etc/passwd`), and nothing outside is read"),
        (text_source(selection(*COST), "absolute://C:/a.txt"), {}, "its text lies outside the file"),
        (text_source(selection(*COST), "internal://../../etc/passwd"), {}, "its text `passwd` is not in the file"),
        (text_source(selection(*COST), ""), {}, "the file holds no text of it"),
        (text_source(selection(*COST)), {FILE: b"x" * 5_000_001}, "its text is larger than 5 MB"),
    ],
)  # fmt: skip
def test_what_stands_nowhere_is_kept_with_the_reason(
    body: str, files: dict[str, str | bytes], why: str
) -> None:
    found = refi.read_project("x", qdpx(f"<Sources>{body}</Sources>", files))
    assert [one.why_not.startswith(why) for one in found.segments] == [True], found.segments


def test_parts_of_pictures_and_recordings_are_kept_with_the_reason() -> None:
    coding = f'<Coding guid="{guid(9)}" creatingUser="{guid(1)}"><CodeRef targetGUID="{guid(12)}"/></Coding>'
    kinds = {
        "PictureSource": f'<PictureSelection guid="{guid(7)}" name="face">{coding}</PictureSelection>',
        "AudioSource": f'<AudioSelection guid="{guid(7)}">{coding}</AudioSelection>',
        "VideoSource": coding,
    }
    body = "".join(f'<{kind} guid="{guid(number)}" name="{kind}">{inside}</{kind}>' for number, (kind, inside) in enumerate(kinds.items(), 60))  # fmt: skip
    found = refi.read_project("x", qdpx(f"<Sources>{body}</Sources>"))
    assert [one.why_not for one in found.segments] == [
        "it is a part of a picture, which has no words",
        "it is a stretch of a recording, which has no words",
        "it stands on the whole of it, not on words",
    ]
    assert [one.name for one in found.texts] == list(kinds)


def test_a_transcript_of_a_recording_and_the_words_of_a_pdf_are_texts() -> None:
    points = "".join(f'<SyncPoint guid="{guid(50 + at)}" position="{at}"/>' for at in COST)
    coding = f'<Coding guid="{guid(9)}"><CodeRef targetGUID="{guid(12)}"/></Coding>'
    video = (
        f'<VideoSource guid="{guid(60)}" name="v.mp4"><Transcript guid="{guid(61)}" plainTextPath="internal://{guid(31)}.txt">'
        f'{points}<TranscriptSelection guid="{guid(62)}" fromSyncPoint="{guid(50 + COST[0])}" toSyncPoint="{guid(50 + COST[1])}">'
        f"{coding}</TranscriptSelection></Transcript></VideoSource>"
    )
    page = (
        f'<PDFSource guid="{guid(70)}" name="p.pdf"><PDFSelection guid="{guid(71)}" page="0"><Representation guid="{guid(72)}">'
        f"<PlainTextContent>was nice</PlainTextContent></Representation>{coding}</PDFSelection>"
        f'<PDFSelection guid="{guid(99)}" page="0">{coding}</PDFSelection>'
        f'<Representation guid="{guid(73)}"><PlainTextContent>{TEXT}</PlainTextContent>{selection(*NICE)}</Representation></PDFSource>'
    )
    text = text_source("", name="int1.txt")
    found = refi.read_project("x", qdpx(f"<Sources>{video}{page}{text}</Sources>", {FILE: TEXT}))
    assert [(one.text, one.quote, one.start) for one in found.segments] == [
        (guid(30), "cost too much", COST[0]),
        (guid(73), "café was nice", NICE[0]),
        (guid(73), "was nice", None),
    ]
    assert [one.name for one in found.texts] == ["int1.txt", "p.pdf"]


def test_a_note_on_a_coding_is_its_memo_and_no_other() -> None:
    note = f'<Notes><Note guid="{guid(40)}" name="n"><PlainTextContent>so</PlainTextContent></Note></Notes>'
    mark = selection(*COST).replace("</Coding>", f'<NoteRef targetGUID="{guid(40)}"/></Coding>')
    found = refi.read_project("x", qdpx(f"<Sources>{text_source(mark)}</Sources>{note}", {FILE: TEXT}))
    assert ([one.memo for one in found.segments], found.notes) == (["so"], ())


def test_a_memo_on_words_that_have_no_code_is_kept() -> None:
    mark = re.sub("<Coding.*</Coding>", "", selection(*COST, inside="<Description>hm</Description>"))
    (only,) = refi.read_project("x", qdpx(f"<Sources>{text_source(mark)}</Sources>", {FILE: TEXT})).segments
    assert (only.code, only.memo, only.quote) == (None, "hm", "cost too much")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"none", "it is no archive"),
        (zipped({"a.txt": "x"}), "it holds no project of REFI-QDA"),
        (zipped({"a.qde": qde(""), "b.qde": qde("")}), "it holds no project of REFI-QDA"),
        (zipped({"project.qde": "<Other/>"}), "is no project of REFI-QDA (it begins with `Other`)"),
        (zipped({"project.qde": "<Project"}), "XML that cannot be read"),
        (zipped({"project.qde": '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><Project>&c;</Project>'}), "defines entities"),
        (zipped({"project.qde": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Project>&b;</Project>'}), "defines entities"),
        (zipped({"project.qde": qde(""), "../out.txt": "x"}), "leads out of it"),
        (zipped({"project.qde": qde(""), "/etc/x": "x"}), "leads out of it"),
        (qdpx("".join(f'<Sources>{text_source("")}</Sources>')).replace(b"PK\1\2", b"PK\1\3"), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_project_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        refi.read_project("x", data)


def test_ten_gigabytes_of_zeros_are_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", qde(""))
        with archive.open("sources/a.txt", "w", force_zip64=True) as out:
            for _ in range(256):
                out.write(bytes(1 << 20))
    with pytest.raises(Unreadable, match="unpacks to more than 200 MB"):
        refi.read_project("x", (tmp_path / "a.qdpx").read_bytes())


# Taguette


def test_a_database_of_taguette_is_read_and_places_count_bytes() -> None:
    page = "<h1>Ana</h1>\n<p>Ana: 😀 café <em>was</em> nice.</p>"
    start = len("Ana\nAna: 😀 ".encode())
    found = taguette.read_project(
        "x", database(page, [(start, start + len("café was".encode()), 2), (0, 3, 1)])
    )
    assert coded(found) == [("ani", "Barriers", "Ana"), ("ani", "Barriers > Barriers.Cost", "café was")]
    assert found.texts[0].paragraphs == ["Ana", "Ana: 😀 café was nice."]
    assert found.segments[1].start == found.texts[0].text.index("café")


LOOP = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, '', '' FROM n WHERE x < 0"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"none", "it is no SQLite database"),
        (taguette.MAGIC + b"\0" * 4000, "damaged database, or none of Taguette's"),
        (database("<p>a</p>", [])[:9000], "damaged database, or none of Taguette's"),
        (database("<p>a</p>", [], "DROP TABLE tags"), "is a database, but none of Taguette's"),
        (database("<p>a</p>", [], "DROP TABLE tags", f"CREATE VIEW tags AS {LOOP}"), "none of Taguette's"),
        (database("<p>a</p>", [], "INSERT INTO projects VALUES (2, 'b', '')"), "holds several projects"),
        (database("<p>a</p>", [], "DELETE FROM projects"), "holds no project"),
        (database("<p>a</p>", [], "UPDATE documents SET contents = zeroblob(9000000)"), "damaged database"),
        (database("<p>a</p>", [], "UPDATE documents SET contents = CAST(x'ff' AS TEXT)"), "damaged database"),
        (database("<p>a</p>", [], "DROP TABLE tags", "CREATE TABLE tags (id INTEGER, path TEXT, description TEXT AS (zeroblob(900000000)))", "INSERT INTO tags VALUES (1, 'x')"), "damaged database"),
    ],
)  # fmt: skip
def test_a_database_that_is_none_of_taguettes_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        taguette.read_project("x", data)


def test_a_highlight_outside_the_text_is_kept_with_the_reason() -> None:
    found = taguette.read_project("x", database("<p>abc</p>", [(1, 900, 1), (0, 3, 1)]))
    assert [one.why_not for one in found.segments] == ["", "its places (1 to 900) are not in the text"]


def test_a_database_with_a_log_beside_it_is_read() -> None:
    data = bytearray(database("<p>abc</p>", [(0, 3, 1)]))
    data[18:20] = b"\2\2"  # what SQLite writes where changes stand in another file
    assert coded(taguette.read_project("x", bytes(data))) == [("ani", "Barriers", "abc")]


def test_a_database_that_keeps_its_machine_busy_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taguette, "_STEPS", 1)
    monkeypatch.setattr(taguette, "_MOST_STEPS", 3)
    with pytest.raises(Unreadable, match="damaged database"):
        taguette.read_project("x", database("<p>abc</p>", [(0, 3, 1)]))


def test_texts_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taguette, "MOST_TEXT", 5)
    with pytest.raises(Unreadable, match="texts of more than 5 characters"):
        taguette.read_project("x", database("<p>abc</p>", []))
    monkeypatch.setattr(refi, "MOST_TEXT", 5)
    with pytest.raises(Unreadable, match="texts of more than 5 characters"):
        refi.read_project("x", qdpx(f"<Sources>{text_source('')}</Sources>", {FILE: TEXT}))


# Tables

ROWS = {
    "MAXQDA": (["Color", "Document group", "Document name", "Code", "Begin", "End", "Segment", "Created by", "Comment"],
               ["", "Owners", "int1", "Access > Cost, or time", "2", "2", "too much", "ani", "why"]),
    "MAXQDA, German": (["Dokumentgruppe", "Dokumentname", "Code", "Segment", "Autor", "Kommentar"],
                       ["", "int1", r"Access\Cost, or time", "too much", "ani", "why"]),
    "ATLAS.ti": (["ID", "Document", "Quotation Content", "Codes", "Comment", "Created by"],
                 ["1:1", "int1", "too much", "Access::Cost, or time", "why", "ani"]),
    "NVivo": (["File Name", "Hierarchical Name", "Coded Text", "Coded By", "Memo"],
              ["int1", r"Nodes\\Access\Cost, or time", "too much", "ani", "why"]),
    "Dedoose": (["Media Title", "Excerpt Creator", "Excerpt Copy", "Codes Applied Combined", r"Code: Access\Cost, or time Applied", "Code: Rage Applied", "Memo"],
                ["int1", "ani", "too much", "Cost, or time", "True", "False", "why"]),
    "ours": (["Dokumen", "Kode", "Kutipan", "Pengode", "Catatan"], ["int1", "Access > Cost, or time", "too much", "ani", "why"]),
}  # fmt: skip


@pytest.mark.parametrize("program", ROWS)
def test_the_tables_of_every_program_give_the_same_segments(program: str) -> None:
    found = segments.read_project("a.xlsx", xlsx([list(row) for row in ROWS[program]]))
    assert coded(found) == [("ani", "Access > Cost, or time", "too much")]
    assert (found.segments[0].memo, found.texts[0].name) == ("why", "int1")


@pytest.mark.parametrize(
    ("column", "cell", "known", "codes"),
    [
        ("Codes", "A; B", (), ["A", "B"]),
        ("Codes", '"A\nB, or C"', (), ["A", "B, or C"]),
        ("Codes", '"A, B"', (), ["A, B"]),
        ("Codes", '"A, B"', ("a", "B"), ["A", "B"]),
        ("Codes", '"A, B"', ("A, B", "A", "B"), ["A, B"]),
        ("Code", "A; B", (), ["A; B"]),
        ("Code", '"A\nB"', (), ["A", "B"]),
        ("Code", "A; B", ("A", "B"), ["A", "B"]),
        ("Tags", "A|B", (), ["A", "B"]),
    ],
)
def test_several_codes_in_a_cell_are_told_apart(
    column: str, cell: str, known: tuple[str, ...], codes: list[str]
) -> None:
    data = f"document,quotation,{column}\nint1,words,{cell}\n".encode()
    assert [one[1] for one in coded(segments.read_project("a.csv", data, known))] == codes


def test_taguettes_highlights_are_a_table_of_segments() -> None:
    data = b"id,document,tag,content\n1,int1,Fear,too much\n1,int1,Cost,too much\n2,int1,,more\n"
    found = segments.read_project("a.csv", data)
    assert [(one.code, one.quote, one.why_not) for one in found.segments] == [
        ("Fear", "too much", ""),
        ("Cost", "too much", ""),
        (None, "more", "the table names no code"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"speaker,text\na,b\n", "has no columns for document, code and words, in `speaker`, `text`"),
        (b"document,code,segment\n,x,\n", "holds no coded segments"),
        (b"document,code,segment\n", "without rows"),
    ],
)
def test_a_table_without_segments_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(said)):
        segments.read_project("a.csv", data)
