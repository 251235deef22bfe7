"""`qda memo`: written under the next number, and found again."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli import memo as module
from empowerment_qda.files.read import read_study
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
    assert "memos: `F2` leads nowhere" in told.stderr
    assert "Did you mean `training-rare`?" in told.stderr
    for text in ((" ",), ("-",), ()):
        told = qda("memo", "add", "--author", "second", *text, code=2, stdin="\n")
        assert told.stderr.startswith("memos: the memo has no text [empty]\n")
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


def test_memos_on_turns_are_found_by_any_of_them(root: Path) -> None:
    qda("memo", "add", "--author", "second", "--link", "H-01#1-2", stdin="piped\nin\n")
    for link, number in (("H-01#2", 1), ("H-01#1-2", 1), ("H-01", 0)):
        assert len(json.loads(qda("memo", "--link", link, "--format", "json").stdout)["memos"]) == number
    assert read_study(root).memos[-1].text == "piped\nin"


EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
pathlib.Path("seen").write_text(f"{path.suffix} {path.read_text()!r}")
path.write_text(pathlib.Path("wanted").read_text())
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def editor(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], Result]:
    """`qda memo add` with an editor that writes a text and ends with a number."""
    (root / "editor.py").write_text(EDITOR)
    monkeypatch.setattr(module, "at_terminal", lambda: True)
    monkeypatch.setattr(tempfile, "tempdir", str(root))
    monkeypatch.setenv("EDITOR", "nothing-of-the-kind")

    def write(text: str, ends: int = 0) -> Result:
        (root / "wanted").write_text(text)
        monkeypatch.setenv("VISUAL", shlex.join([sys.executable, "editor.py", str(ends)]))
        return qda(
            "memo", "add", "--author", "second", "--link", "F1", code=0 if text.strip() and not ends else 2
        )

    return write


def test_a_long_memo_is_written_in_an_editor(root: Path, editor: Callable[[str, int], Result]) -> None:
    assert editor("One.\n\n# Two [b]\n", 0).stdout == "M08: memos/M08.md\n"
    assert (root / "seen").read_text() == ".md ''"
    assert read_study(root).memos[-1].text == "One.\n\n# Two [b]"
    assert list(root.glob("qda-*")) == []


def test_an_editor_that_fails_loses_nothing(
    root: Path, editor: Callable[[str, int], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "[empty]" in editor("", 0).stderr
    assert list(root.glob("qda-*")) == []
    told = editor("Long thoughts.", 3)
    (kept,) = root.glob("qda-*.md")
    assert kept.read_text() == "Long thoughts."
    assert f"What you wrote is kept in {kept}\n" in told.stderr
    assert "ended with an error [editor]" in told.stderr
    kept.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(module, "add_memo", lambda *_: no_space())
        patch.setenv("VISUAL", "")
        patch.setenv("EDITOR", shlex.join([sys.executable, "editor.py", "0"]))
        assert "is kept in" in qda("memo", "add", "--author", "second", code=2).stderr
    monkeypatch.delenv("VISUAL")
    told = qda("memo", "add", "--author", "second", code=2)
    assert "editor: the editor `nothing-of-the-kind` cannot be started [editor]" in told.stderr
    assert "unknown-link" in qda("memo", "add", "--author", "second", "--link", "F9", code=2).stderr
    assert [memo.id for memo in read_study(root).memos] == ["M07"]


def no_space() -> None:
    raise OSError(28, "No space left on device")


def test_a_first_memo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path, SMALL))
    assert qda("memo", "add", "--author", "second", "text").stdout == "M01: memos/M01.md\n"
    assert qda("check").stdout.count("memos/") == 0
