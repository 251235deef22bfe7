"""Readers in a process of their own: a file that is small and becomes endless ends in a sentence."""

from __future__ import annotations

import re
import sys

import pytest

from empowerment_qda.exchange import Unreadable, apart, read_transcripts
from empowerment_qda.exchange.apart import attempt, read_apart
from exchange_kit import docx, forms_of_forms, odt, pages, paragraph, pdf, xlsx

TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
LIMITED = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux holds a process to a limit"
)


def test_what_a_reader_finds_and_what_it_raises_comes_back() -> None:
    assert read_apart(read_transcripts, "a.txt", b"A: x\nB: y\n")[0].speakers == ("A", "B")
    with pytest.raises(Unreadable, match="holds no words"):
        read_apart(read_transcripts, "a.txt", b" ")


@LIMITED
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("forms.pdf", forms_of_forms(8)),
        ("cells.xlsx", xlsx([["text"], ["a"]], at="XFD1048576")),
        ("words.csv", b"speaker,text\n" + b"A,b\n" * 4_000_000),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_memory_has_an_end(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 400 << 20)
    with pytest.raises(Unreadable, match="more than 1 GB of memory"):
        read_apart(read_transcripts, name, data)


def test_time_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(Unreadable, match="takes longer than 1 seconds"):
        read_apart(read_transcripts, "a.html", b"<div>" * 200_000 + b"a")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", pages(20_000), "has more than 10,000 pages"),
        ("a.docx", docx(TABLE[0] * 9_000 + paragraph("a") + TABLE[1] * 9_000), "nested too deep"),
        ("a.odt", odt("<text:span>" * 9_000 + "a" + "</text:span>" * 9_000), "nested too deep"),
        ("a.txt", b"A: b\nC: d\n" * 60_000, "more than 100,000 turns"),
        ("a.txt", b"a " * 8_000_000, "more than 15 MB of words"),
        ("a.pdf", pdf(["A: b"]).replace(b"/Root 1 0 R", b"/Root 9 0 R"), "cannot be read as a PDF"),
    ],
)  # fmt: skip
def test_what_is_endless_is_told(name: str, data: bytes, said: str) -> None:
    found, error = attempt(read_transcripts, name, data)
    assert found is None
    assert re.search(said, str(error))


def test_what_memory_a_library_lacks_and_what_it_trips_over_is_told() -> None:
    def fall(name: str, data: bytes) -> None:
        raise {"memory": MemoryError, "else": KeyError}[name](data)

    assert "more than 1 GB" in str(attempt(fall, "memory", b"")[1])
    assert str(attempt(fall, "else", b"")[1]) == "cannot be read (KeyError)"
