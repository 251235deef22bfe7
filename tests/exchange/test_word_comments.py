"""Comments of Word become codings, memos and coders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.word_comments import read_comments, read_project
from empowerment_qda.files.read import read_study
from exchange_kit import RELS, TYPES, W, docx, paragraph, zipped
from kit import SMALL, write_study

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def run(text: str) -> str:
    """Words of a paragraph."""
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def comment(number: int, author: str, *lines: str) -> str:
    """A comment of Word."""
    body = "".join(f"<w:p w14:paraId='P{number}{at}'>{run(line)}</w:p>" for at, line in enumerate(lines))
    return f"<w:comment w:id='{number}' w:author='{author}'>{body}</w:comment>"


def commented(body: str, *comments: str, replies: str = "") -> bytes:
    """A Word document with comments; `replies` is the XML of commentsExtended."""
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format("word/document.xml"),
        "word/document.xml": f"<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>",
        "word/comments.xml": f"<w:comments xmlns:w='{W}' xmlns:w14='{W14}'>{''.join(comments)}</w:comments>",
    }
    if replies:
        files["word/commentsExtended.xml"] = f"<w15:commentsEx xmlns:w15='{W15}'>{replies}</w15:commentsEx>"
    return zipped(dict(files))


BODY = (
    f"{paragraph('Interviewer: Is it held?')}"
    f"<w:p>{run('Sari: ')}<w:commentRangeStart w:id='0'/>{run('It is held ')}<w:del w:id='9'><w:r><w:delText>never</w:delText></w:r></w:del>"
    f"{run('monthly')}<w:commentRangeEnd w:id='0'/>{run(', and ')}<w:commentRangeStart w:id='2'/>{run('rarely full.')}"
    f"<w:commentRangeEnd w:id='2'/></w:p>"
)
REPLIED = "<w15:commentEx w15:paraId='P01'/><w15:commentEx w15:paraId='P10' w15:paraIdParent='P01'/>"
FILE = commented(
    BODY,
    comment(0, "Ani W.", "training-provided", "As she says."),
    comment(1, "Budi", "Agreed."),
    comment(2, "Budi", "Look at this again."),
    replies=REPLIED,
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study beside a commented document."""
    write_study(tmp_path / "study", SMALL)
    (tmp_path / "talk.docx").write_bytes(FILE)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "study"


def bring(*words: str) -> Result:
    """What the import says."""
    return CliRunner().invoke(app, ["import", "--study", "study", "talk.docx", "--comments", *words])


def test_a_comment_has_its_range_and_its_replies() -> None:
    document, comments = read_comments(FILE)
    text = document.text
    assert [(one.author, text[one.start : one.end]) for one in comments] == [
        ("Ani W.", "It is held monthly"), ("Budi", "rarely full."),
    ]  # fmt: skip
    assert comments[0].replies == (("Budi", "Agreed."),)


def test_comments_become_codings_of_their_authors_and_memos(root: Path) -> None:
    result = bring("--coder", "Ani W.=ani", "--coder", "Budi=budi", "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["unplaced"] == []
    study = read_study(root)
    (file,) = (one for one in study.codings if one.coder == "ani")
    (only,) = file.codings
    assert (file.source, only.code, str(only.turn), only.quote) == (
        "talk",
        "training-provided",
        "2",
        "It is held monthly",
    )
    assert only.memo == "As she says.\nBudi: Agreed."
    (memo,) = study.memos
    assert (memo.author, memo.text, memo.links) == ("budi", "Look at this again.", ("talk#2",))
    assert study.by_id["talk"].interviewer == ("Interviewer",)


def test_codings_go_to_the_source_that_is_there(root: Path) -> None:
    CliRunner().invoke(app, ["import", "--study", "study", "talk.docx"])
    before = (root / "data/interviews/talk.yaml").read_bytes()
    assert bring("--coder", "Ani W.=ani", "--coder", "Budi=budi").exit_code == 0
    assert (root / "data/interviews/talk.yaml").read_bytes() == before
    assert [one.codings[0].quote for one in read_study(root).codings if one.coder == "ani"] == [
        "It is held monthly"
    ]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("training-rare; training-provided", ["training-rare", "training-provided"]),
        ("TRAINING-RARE", ["training-rare"]),
        ("enabling/awareness/training-rare", ["training-rare"]),
        ("training-rare, and more", []),
    ],
)
def test_the_first_line_names_codes_or_none(root: Path, line: str, codes: list[str]) -> None:
    (root.parent / "talk.docx").write_bytes(commented(BODY, comment(0, "Ani", line)))
    assert bring("--coder", "Ani=ani").exit_code == 0
    assert [
        one.code for file in read_study(root).codings if file.coder == "ani" for one in file.codings
    ] == codes


@pytest.mark.parametrize(
    ("data", "said"), [(docx(paragraph("x")), "holds no comments"), (b"none", "no archive")]
)
def test_a_file_without_comments_says_so(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_project("a.docx", data)
