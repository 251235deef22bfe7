"""Text is inert: what a stranger wrote does nothing in a report, a table or a template, and slow text is bounded."""

from __future__ import annotations

import csv
import os
import re
from contextlib import chdir
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import SMALL
from safety.border import World, bounded, make_world
from safety.folders import holds, says
from safety.texts import wicked

SLOW = 60.0
"""Seconds: about ten times what the slowest takes on an idle machine, so that a busy one fails nothing; what grows with the square of
its input passes it by far."""
WRITING = ("reduce", "display", "conclude", "agree first second", "report", "code")


def qda(world: World, *words: str) -> Result:
    """Run a command in the study, bounded; what nobody foresaw is raised here."""
    with chdir(world.study), bounded(SLOW, 1 << 30):
        result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(tmp_path: Path, evil: str) -> list[Path]:
    """All that is written of a study with this in every text."""
    world = make_world(tmp_path)
    wicked(evil)(world)
    (world.study / "codings/third/log.jsonl").unlink()
    for words in WRITING:
        assert qda(world, *words.split()).exit_code in (0, 2)
    found = [path for path in (world.study / "reports").rglob("*") if path.is_file()]
    assert len(found) > 20
    return found


def test_a_backslash_before_markup_makes_no_markup_in_markdown(tmp_path: Path) -> None:
    """No tag and no link of a person's words is one to a reader of CommonMark."""
    evil = r"\<img src=evil> \\<b evil> \\\<i evil> \[evil](http://evil.example) \\[evil](//evil) \`evil` ![evil](evil)"
    wrong = []
    for path in written(tmp_path, evil):
        if path.suffix != ".md":
            continue
        for token in MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8")):
            for one in [token, *(token.children or [])]:
                html = one.type in ("html_inline", "html_block") and "evil" in one.content
                if html or any("evil" in str(value) for value in one.attrs.values()):
                    wrong.append(f"{path.name}: {one.type} {one.content[:60]} {one.attrs}")
    assert not wrong, "\n".join(wrong[:20])


def test_no_cell_of_a_table_is_a_formula_and_no_return_starts_a_row(tmp_path: Path) -> None:
    """However a spreadsheet cuts the file into rows: at line feeds or at returns."""
    wrong = []
    for path in written(tmp_path, "ok\r=1+1,x\r\n=2+2"):
        if path.suffix == ".csv":
            raw = path.read_bytes().decode("utf-8-sig")
            if "\r" in raw.replace("\r\n", "\n"):
                wrong.append(f"{path.name}: a return inside a cell")
            for text in (raw, raw.replace("\r\n", "\n").replace("\r", "\n")):
                wrong += [
                    f"{path.name}: {cell[:40]!r}"
                    for row in csv.reader(text.splitlines(keepends=True))
                    for cell in row
                    if re.match(r"[=+@\t]|-[^\d\s]", cell)
                ]
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(t='x') %}{% for a in range(40) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(999) %}xxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
        "{{ 'x' * 9999999999 }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ 'x'.center(9999999999) }}",
        "{{ ['x' * 9999] * 999999 }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ ''.__class__.__mro__ }}{{ cycler.__init__.__globals__.os.popen('touch ran') }}",
        "{% include '/etc/passwd' %}{% import '../x' as y %}",
        "{{ 'a\0b' }}{{ '\ud800' }}",
    ],
    ids=["loops", "doubling", "long", "times", "power", "percent", "format", "center", "list", "macro", "python", "include", "odd"],
)  # fmt: skip
def test_a_template_is_bounded(template: str, tmp_path: Path) -> None:
    """It ends in seconds and with little memory; what it cannot do is said in words."""
    world = make_world(tmp_path)
    (tmp_path / "own/x.html.j2").write_bytes(template.encode("utf-8", "surrogatepass"))
    result = qda(world, "report", "--template", "../own/x.html.j2")
    assert result.exit_code == 2, result.stdout[:200]
    assert "x.html.j2" in result.stderr
    assert not list(tmp_path.rglob("ran"))


@pytest.mark.parametrize("kind", ["pipe", "device", "vast"])
@pytest.mark.parametrize("order", ["report --template", "agree --table", "codebook diff"])
def test_a_file_named_on_the_command_line_is_a_plain_file_of_a_sane_size(
    order: str, kind: str, tmp_path: Path
) -> None:
    """It may lie anywhere; what is none is refused in words."""
    world = make_world(tmp_path)
    path = tmp_path / "own/x.html.j2"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.write_bytes(b"x")
        os.truncate(path, 1 << 36)
    result = qda(world, *order.split(), str(path))
    assert result.exit_code == 2
    assert "x.html.j2" in result.stderr


@pytest.mark.parametrize(
    "coder", ["../../outside/empty", "..", "/tmp/x", "a\0b", "\ud800", "\x1b[31m", "a/b", "", "."]
)
def test_a_coder_is_no_path(coder: str, tmp_path: Path) -> None:
    """A name that is no id is refused, and nothing is written under it."""
    world = make_world(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = qda(world, "code", "add", "H-01#2", "training-rare", "--coder", coder)
    assert result.exit_code == 2
    assert "\x1b" not in result.stdout + result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_study_is_not_begun_through_links(tmp_path: Path) -> None:
    """`init` in a folder where links that lead out stand for what it writes, such as ones to nothing yet."""
    world = make_world(tmp_path)
    folder = tmp_path / "begun"
    folder.mkdir()
    for name in (
        "qda.yaml",
        "codebooks",
        "data",
        "codings",
        "findings.yaml",
        "memos",
        "reports",
        ".gitignore",
    ):
        (folder / name).symlink_to(world.outside / "empty" / name)
    result = qda(world, "init", str(folder))
    assert result.exit_code == 2
    assert list((world.outside / "empty").iterdir()) == []


WORDY = " ".join(f"word{n}" for n in range(40_000))
REPEATED = "the training was good and " * 8_000


@pytest.mark.parametrize("order", ["check", "code", "codebook lint"])
def test_a_cue_of_very_many_words_is_refused_or_quick(order: str, tmp_path: Path) -> None:
    """40,000 words in one cue."""
    world = make_world(tmp_path)
    says("codebook.yaml", "[training, ", f'["{WORDY}", training, ')(world)
    assert qda(world, order).exit_code in (0, 1, 2)


@pytest.mark.parametrize("order", ["code", "show H-01", "code anchor"])
def test_a_turn_of_one_repeated_phrase_is_quick(order: str, tmp_path: Path) -> None:
    """200 KB of it, and a coding whose words are near to it."""
    world = make_world(tmp_path)
    says("data/interviews/H-01.yaml", "We hold digital", f"{REPEATED} We held digital")(world)
    holds(
        "codings/first/H-01.yaml",
        SMALL["codings/first/H-01.yaml"].replace("We hold", REPEATED[:3_000] + "xx"),
    )(world)
    assert qda(world, *order.split()).exit_code in (0, 1, 2)


def test_a_table_of_very_many_values_is_refused_or_quick(tmp_path: Path) -> None:
    """6,000 values, each different, of two coders."""
    world = make_world(tmp_path)
    rows = "".join(f"u{n},v{n},v{n + 1}\n" for n in range(6_000))
    (tmp_path / "own/t.csv").write_text("unit,first,second\n" + rows, encoding="utf-8")
    assert qda(world, "agree", "--table", "../own/t.csv").exit_code in (0, 1, 2)


@pytest.mark.parametrize(
    "content",
    ["[" + "a," * 9_000_000, "x: 1\n" * 3_000_000, "".join(f"k{n}: v\n" for n in range(20_000))],
    ids=["entries", "one-key", "keys"],
)
def test_a_large_file_of_small_things_is_refused_with_little_memory(content: str, tmp_path: Path) -> None:
    """18 MB of entries, 15 MB of one key again and again, and 20,000 keys that nobody knows."""
    world = make_world(tmp_path)
    holds("findings.yaml", content)(world)
    del content
    result = qda(world, "check")
    assert result.exit_code == 1
    assert "findings.yaml" in result.stdout


def test_a_log_edited_behind_its_back_is_told_from_one_that_grew(tmp_path: Path) -> None:
    """`code log --verify` holds while entries are added, and not once a line was changed, left out or moved."""
    world = make_world(tmp_path)
    for turn, source in ((2, "H-01"), (2, "O-01")):
        words = ("code", "add", f"{source}#{turn}", "training-rare", "--coder", "second", "--memo", "early")
        assert qda(world, *words).exit_code == 0
        assert qda(world, "code", "log", "--verify").exit_code == 0
    path = world.study / "codings/second/log.jsonl"
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines(keepends=True)
    assert len(lines) > 1
    for edited in (sound.replace("early", "later", 1), "".join(lines[1:]), "".join(lines[::-1])):
        path.write_text(edited, encoding="utf-8")
        assert qda(world, "code", "log", "--verify").exit_code == 1
        assert "codings/second/log.jsonl" in qda(world, "check").stdout
