"""What a document holds beside plain talk: it comes in, stands aside, or is told. Nothing goes without a word."""

from __future__ import annotations

import pytest

from empowerment_qda.exchange import Said, Transcript, read_transcripts
from empowerment_qda.exchange.codebooks import read_codebook
from empowerment_qda.exchange.segments import read_project
from empowerment_qda.exchange.sources import Given, make_source
from empowerment_qda.exchange.word_comments import read_comments
from exchange_kit import docx, odt, paragraph, pdf, table, word_xml, xlsx, zipped


def read(name: str, data: bytes) -> Transcript:
    """The only transcript of a file."""
    (only,) = read_transcripts(name, data)
    return only


def run(text: str) -> str:
    """A run of Word."""
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f"<w:fldSimple w:instr='DATE'>{run('field')}</w:fldSimple>", "field"),
        (f"<w:smartTag>{run('tag')}</w:smartTag><w:hyperlink>{run('link')}</w:hyperlink>", "taglink"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>", "漢(kan)"),
        (f"<w:bdo w:val='rtl'>{run('right')}</w:bdo><w:dir>{run('left')}</w:dir>", "rightleft"),
        (f"{run('a')}<w:r><d:drawing><w:txbxContent>{paragraph('box')}</w:txbxContent></d:drawing></w:r>", "a\nbox"),
        (f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('box')}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r>", "box"),
        (f"<w:r><mc:AlternateContent><mc:Choice>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent></w:r>", "old"),
        ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t><w:ptab/><w:t>e</w:t></w:r>", "a\nb‑cd e"),
        (f"<w:moveFrom>{run('from')}</w:moveFrom><w:moveTo>{run('to')}</w:moveTo>", "to"),
        (f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('control')}</w:sdtContent></w:sdt>", "control"),
        ("<w:r><w:sym w:font='Symbol' w:char='03B1'/><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", "α□"),
    ],
)  # fmt: skip
def test_word_keeps_what_libraries_lose(inside: str, words: str) -> None:
    assert read("a.docx", docx(f"<w:p>{run('Sari: ')}{inside}</w:p>", paragraph("Budi: y"))).turns[0] == Said(
        words, "Sari"
    )


def test_word_leaves_out_rows_and_ends_of_paragraphs_that_were_deleted() -> None:
    gone = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr></w:tbl>"
    cut = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p>"
    assert [one.text for one in read("a.docx", docx(gone, cut, paragraph("paragraph"))).turns] == [
        "one paragraph"
    ]


def test_what_nobody_speaks_in_a_word_document_stands_in_the_note_and_comments_are_told() -> None:
    mark = "<w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:endnoteReference w:id='7'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"
    parts = {
        "word/footnotes.xml": word_xml(
            "footnotes", f"<w:footnote w:id='7'>{paragraph('a dialect')}</w:footnote>"
        ),
        "word/endnotes.xml": word_xml(
            "endnotes", f"<w:endnote w:id='7'>{paragraph('see below')}</w:endnote>"
        ),
        "word/header1.xml": word_xml("hdr", paragraph("Study 7")),
        "word/comments.xml": word_xml(
            "comments", f"<w:comment w:id='0' w:author='A'>{paragraph('Cost')}</w:comment>"
        ),
    }
    data = docx("<w:p>" + run("Sari: yes") + mark + "</w:p>", paragraph("Peneliti: no"), parts=parts)
    found = read("a.docx", data)
    assert found.turns[0] == Said("yes[1][2]", "Sari")
    assert found.changes == (
        "the footnotes are in `note`", "heads and feet of pages are in `note`",
        "not taken: comments, 1 (`--comments` makes codings and memos of them)",
    )  # fmt: skip
    assert (
        make_source(found, "a", Given(), ["Peneliti"], spoken=True).keys["note"]
        == "[1] a dialect\n[2] see below\nStudy 7"
    )
    assert [(one.text, one.start == one.end) for one in read_comments(data)[1]] == [("Cost", True)]


def test_an_open_document_keeps_notes_heads_and_ruby_and_tells_comments() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a dialect</text:p></text:note-body></text:note>"
    ruby = "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    comment = "<office:annotation><text:p>Cost</text:p></office:annotation>"
    found = read("a.odt", odt(f"Sari: yes{note}{comment} {ruby}", "Budi: no", head="Study 7"))
    assert found.turns[0] == Said("yes[1] 漢(kan)", "Sari")
    assert found.aside == ("[1] a dialect", "Study 7")
    assert found.changes[-1].startswith("not taken: comments, 1 (")


def test_rich_text_tells_what_its_library_passes_over() -> None:
    data = rb"{\rtf1{\header Study\par}Sari: one{\footnote x}{\*\annotation y}{\deleted z}{\shp{\*\shpinst{\shptxt w\par}}}\par}"
    assert read("a.rtf", data).changes == (
        "not taken: footnotes, comments, heads and feet of pages, text boxes (save it as .docx to have them)",
        "words that were deleted with changes tracked are in it (save it as .docx to be rid of them)",
    )


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<ul><li>A<ul><li>B</ul><li>C</ul>", ["A", "B", "C"]),
        ("<section>a</section><article>b</article><footer>c</footer>", ["a", "b", "c"]),
        ("<details><summary>a</summary>b</details><select><option>c<option>d</select>", ["a", "b", "c", "d"]),
        ("<p>x <cite>A Book</cite> and <time>10:30</time> too</p>", ["x A Book and 10:30 too"]),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", ["漢(kan)"]),
        ("<p>one<script>s</script><style>t</style><span>two</span></p>", ["onetwo"]),
        ("<p>x</p><cite>Nobody</cite>", ["x", "Nobody:"]),
        ("<h1>a<br>b</h1>", ["a\nb"]),
    ],
)
def test_web_pages_neither_lose_nor_join_words(page: str, texts: list[str]) -> None:
    assert [one.text for one in read("a.html", f"<body>{page}</body>".encode()).turns] == texts


@pytest.mark.parametrize(
    "page", ["<p>R: a<br>KS: b</p>", "<pre>R: a\nKS: b</pre>", "<pre>R: <b>a</b>\nKS: b</pre>"]
)
def test_lines_of_a_page_that_begin_with_names_are_turns(page: str) -> None:
    assert read("a.html", page.encode()).turns == (Said("a", "R"), Said("b", "KS"))


def test_markdown_may_set_names_in_bold() -> None:
    assert read("a.md", b"**R:** a\n\n*KS*: b **c:** d\n").turns == (Said("a", "R"), Said("b **c:** d", "KS"))


def test_what_stands_between_captions_is_kept_aside() -> None:
    data = b"WEBVTT\n\nSTYLE\n::cue {}\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:02.000\n<v R>a\n\nlost words\n\n00:03.000 --> 00:04.000\n<v KS>b\n"
    found = read("a.vtt", data)
    assert (found.turns, found.aside) == (
        (Said("a", "R", "00:00:01"), Said("b", "KS", "00:00:03")), ("NOTE made by hand", "lost words"),
    )  # fmt: skip
    assert read("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>a</i> <b\n").turns[0].text == "a <b"


def test_elan_places_what_has_no_time_after_the_slot_before() -> None:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{one}" {at}/>'
        for one, at in (("a", 'TIME_VALUE="1000"'), ("b", ""), ("c", 'TIME_VALUE="x"'))
    )
    said = "".join(
        f'<TIER TIER_ID="{who}"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{at}"><ANNOTATION_VALUE>{who}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>'
        for who, at in (("R", "c"), ("KS", "a"), ("B", "?"))
    )
    found = read(
        "a.eaf", f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{said}</ANNOTATION_DOCUMENT>".encode()
    )
    assert [(one.speaker, one.time) for one in found.turns] == [
        ("B", "00:00:00"),
        ("R", "00:00:01"),
        ("KS", "00:00:01"),
    ]


def test_segments_without_text_are_told() -> None:
    data = b'{"segments": ["R: a", {"words": [{"word": "b"}, {"word": "c"}]}, {"text": ["d"]}], "x": 1}'
    assert read("a.json", data) == Transcript(
        (Said("R: a b c"),), ("segments without text, which are not taken: 1 of 3",)
    )
    assert read("a.json", b'{"chunks": [{"timestamp": [61, 62], "text": "a"}]}').turns == (
        Said("a", None, "00:01:01"),
    )


def test_columns_and_rows_of_a_table_that_are_not_taken_are_told() -> None:
    found = read(
        "a.xlsx",
        xlsx(
            [
                ["speaker", "text", "mood", "rating"],
                ["R", "a", "calm", "1"],
                ["", "b"],
                ["KS", ""],
                ["KS", "c"],
            ]
        ),
    )
    assert found.turns == (Said("a\nb", "R"), Said("c", "KS"))
    assert found.changes == (
        "columns that are not taken: `mood`, `rating`", "rows without words, which are not taken: 1",
        "rows without a speaker, which go on with the row before: 1",
    )  # fmt: skip
    (answers,) = read_transcripts("a.csv", b"informant,answer,mood\nA1,so,calm\n")
    assert answers.changes == ("columns that are not taken: `mood`",)
    assert read_project("a.csv", b"document,code,segment,weight\nd,c,w,1\n").changes == (
        "columns that are not taken: `weight`",
    )


def test_a_pdf_tells_pages_without_text_and_comments() -> None:
    note = b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Cost) >>] /Resources"
    data = pdf(["R: a", "KS: b"], []).replace(b"/Resources", note, 1)
    assert read("a.pdf", data).changes == (
        "no text on page 2: empty, or a picture of text",
        "not taken: comments that were put on the pages, 1",
    )


def test_bytes_that_are_no_characters_are_told() -> None:
    assert (
        read("a.txt", b"caf\xe9 \x81").changes[-1] == "characters that could not be read stand as \ufffd: 1"
    )


def test_a_list_of_codes_keeps_the_words_around_it() -> None:
    text = "# Book\n\nMade in May.\n\n```\n- no code\n```\n\n- Cost: what it takes\n  ```\n  for example\n  ```\n"
    found = read_codebook("a.md", text.encode())
    assert [(one.label, one.definition) for one in found.codes] == [("Cost", "what it takes for example")]
    assert [one.text for one in found.notes] == ["Made in May.\n- no code"]
    assert found.changes == ("words that belong to no code are in the book's `note`: 6",)
    word = read_codebook(
        "a.docx", docx(paragraph("Made in May."), table(["code", "definition"], ["Cost", "what it takes"]))
    )
    assert [one.text for one in word.notes] == ["Made in May."]


def test_rows_of_a_codebook_that_are_not_taken_are_told() -> None:
    data = b"code,definition,weight\nCost,a,2\n,b,\nCost,c,\n"
    assert read_codebook("a.csv", data).changes == (
        "columns that are not taken: `weight`", "rows that name no code, which are not taken: 1", "`Cost` stands in several rows: the first is kept",
    )  # fmt: skip


def test_an_old_or_locked_word_document_is_told() -> None:
    with pytest.raises(ValueError, match="locked with a password, or of an old Word"):
        read("a.docx", b"\xd0\xcf\x11\xe0 and more")
    with pytest.raises(ValueError, match="holds no Word document"):
        read("a.docx", zipped({"a.xml": "<a/>"}))
