"""`qda memo`: written under the next number, and found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.folder.read import read_study
from kit import SMALL, write_study

OLD = """
    ---
    id: M07
    title: On saving
    author: first
    date: 2022-10-01
    kind: surprise
    links: [E1]
    ---

    They save without being asked.
    """


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_study(tmp_path, SMALL | {"memos/M07-on-saving.md": OLD}))
    monkeypatch.delenv("QDA_CODER", raising=False)
    return tmp_path


def qda(*words: str, code: int = 0, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(app, list(words), input=stdin)
    assert result.exit_code == code, result.output
    return result


TEXT = "# A *thought*\n\n---\n\n{{ x }} <b>é</b> “so”"


def test_a_memo_is_written_as_it_was_said(root: Path) -> None:
    told = qda(
        "memo",
        "add",
        "--kind",
        "methodological",
        "--link",
        "F1",
        "--link",
        "H-01#2",
        "--author",
        "second",
        "--title",
        "So: it is",
        TEXT,
    )
    assert told.stdout == "M08: memos/M08.md\n"
    memo = next(one for one in read_study(root).memos if one.id == "M08")
    assert memo.text == TEXT
    assert (memo.kind, memo.links, memo.author, memo.title) == (
        "methodological",
        ("F1", "H-01#2"),
        "second",
        "So: it is",
    )
    assert memo.date
    assert (
        qda("memo", "add", "--author", "second", "-", stdin="from\nelsewhere\n").stdout
        == "M09: memos/M09.md\n"
    )
    assert [one.text for one in read_study(root).memos if one.id == "M09"] == ["from\nelsewhere"]


def test_links_lead_somewhere_and_a_memo_has_text(root: Path) -> None:
    told = qda("memo", "add", "--link", "F2", "--link", "training-rar", "--author", "second", "text", code=2)
    assert told.stderr.count("[unknown-link]") == 2
    assert "memos/M08.md: `F2` leads nowhere" in told.stderr
    assert qda("memo", "add", "--author", "second", " ", code=2).stderr.startswith(
        "memos: the memo has no text [empty]\n"
    )
    assert sorted(path.name for path in (root / "memos").glob("*.md")) == ["M07-on-saving.md"]


def test_memos_are_listed_by_kind_and_link(root: Path) -> None:
    qda("memo", "add", "--author", "second", "--link", "F1", "The first line\nand more")
    table = qda("memo", "--format", "csv").stdout.splitlines()
    assert table[0] == "id,date,author,kind,links,title"
    assert table[1] == "M07,2022-10-01,first,surprise,E1,On saving"
    assert table[2].endswith(",second,theoretical,F1,The first line")
    assert [
        one["id"] for one in json.loads(qda("memo", "--kind", "surprise", "--format", "json").stdout)["memos"]
    ] == ["M07"]
    (only,) = json.loads(qda("memo", "--link", "F1", "--format", "json").stdout)["memos"]
    assert (only["path"], only["text"], only["links"]) == ("memos/M08.md", "The first line\nand more", ["F1"])


def test_a_first_memo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path, SMALL))
    assert qda("memo", "add", "--author", "second", "text").stdout == "M01: memos/M01.md\n"
    assert qda("check").stderr.count("memos/") == 0
