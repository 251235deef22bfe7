"""Text is inert: whatever stands in a study, no answer and no written file does more than show words."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typer.testing import CliRunner, Result

from empowerment_qda.checks.characters import NAMES
from empowerment_qda.cli import app
from empowerment_qda.cli.console import banner, show_lines, show_table, show_text, tell
from empowerment_qda.cli.tables import format_csv, make_table
from empowerment_qda.files.write import format_yaml
from empowerment_qda.files.yaml import parse_yaml
from empowerment_qda.report.render import prose_markdown
from empowerment_qda.text import ODD, Piece, escape_line, inert, inert_json, inert_line
from hostile_kit import hostile_study, quoted
from kit import SMALL, write_study
from report_kit import Page
from safety.border import EVERY, live

ODDITIES = (
    "\x1b[31mred\x1b[0m \x1b]52;c;cm0gLXJm\x07 \x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\ \x1bc",
    "\x9b2J \x9d52;c;eA==\x9c \x90 \x85next",
    "\x08\x08\x7f\x0b\x0c\x0e over",
    "a\rb,=1+1",
    "\u202eolleh\u202c \u2066x\u2069 \u200f\u061c\u200e",
    "\u2028line\u2029paragraph",
    "\ufefftag\U000e0001\U000e0041\U000e007f \ufffe",
    EVERY,
    "\u200e=cmd()|' /C calc'!A0",
    "a;=1+1\t@x;\"+1",
)  # fmt: skip
SHORT = "\x1b]52;c;eA==\x07\u202eshort"
KEPT = "\U0001f469\u200d\U0001f33e \u2764\ufe0f e\u0301 مَرْحَبًا שָׁלוֹם می\u200cخواهم 漢字"
RUNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "import": (("x\x1b.csv",), ("x\u202e.qdpx", "y\x1b.txt")),
    "words": ((),),
    "check": (("--all",), ()),
    "status": ((),),
    "show": (("H-01",),),
    "find": (("training-provided",), ("--words", "over"), ("nowhere\x1b",)),
    "codebook codebook": ((), ("--full",), ("x\x1b\u202e",)),
    "codebook lint": ((),),
    "codebook diff": ((SHORT,),),
    "codebook edit": (("training-provided", "--label", SHORT), ("x\x1b", "--memo", "x\u202e")),
    "codebook rename": (("training-provided", "x\x1b"), ("x\u202e", "held")),
    "codebook merge": (("training-rare", "x\x1b"),),
    "codebook split": (("training-provided", "x\x1b", "--where", "x\u202e"),),
    "codebook move": (("training-provided", "x\x1b"),),
    "codebook retire": (("x\x1b",),),
    "codebook restore": (("x\x1b",),),
    "codebook undo": ((),),
    "code code": ((), ("H\x1b",)),
    "code add": (("H-01#1", "training-provided", "--coder", "second", "--memo", SHORT), ("H\x1b#1", "x\u202e", "--coder", "second")),
    "code remove": (("E\x1b", "--coder", "first"),),
    "code add-hits": (("training-provided", "--words", "over", "--coder", "second"), ("x\x1b", "--words", "y\u202e", "--coder", "second", "--yes")),
    "code accept": (("E\x1b", "--coder", "first"), ("--all", "--coder", "second")),
    "code reject": (("E\x1b", "--coder", "first"), ("--all", "--cue", "x\x1b", "--coder", "second")),
    "code recode": (("E1", "x\x1b", "--coder", "first"),),
    "code set": (("E1", "--memo", SHORT, "--coder", "first"),),
    "code define": (("x\x1b", "--under", "y\x1b", "--coder", "first"),),
    "code undo": (("--coder", "first"),),
    "code redo": (("--coder", "first"),),
    "code leave-out": (("H-01#1", "--why", SHORT, "--coder", "second"),),
    "code take-in": (("H-01#1-2\u202e", "--coder", "second"),),
    "code log": ((), ("--coder", "first")),
    "code restore": (("--coder", "first\x1b"),),
    "code anchor": (("--coder", "first"),),
    "memo memo": ((), ("--link", "E1"), ("--link", "M\x1b")),
    "memo add": ((SHORT, "--author", SHORT, "--title", SHORT, "--link", "x\x1b"),),
    "source edit": (("H-01", "--turn", "1", "--text", SHORT, "--dry-run"), ("x\x1b",), ("H-01#1", "--speaker", "x\u202e", "--yes")),
    "source text": (("H-01",),),
    "source undo": ((),),
    "agree": (("first", "second", "--picture"), ("first", "x\x1b")),
    "reduce": ((),),
    "display": ((), ("case-ordered", "--picture"), ("conceptually-clustered",), ("co-occurrence",), ("x\x1b",)),
    "conclude": ((), ("--draft", "\x1b")),
    "triangulate": ((), ("F1",), ("F\x1b",)),
    "saturation": ((),),
    "report": ((), ("--lang", "x\x1b")),
    "export": (("x.qdc",), ("x\x1b.qdc",), ("x\u202e.\x1b",), ("x.qdpx", "--source", "H\x1b"),
               ("x.docx",), ("y.docx", "--what", "transcript", "--source", "H-01"), ("z.docx", "--what", "transcript")),
    "run": ((),),
    "pseudonymise": (("--propose",), ("--propose", "--write"), ("--dry-run",), ("--yes",)),
    "purge": (("H", "--dry-run"), ("H-01#1", "--dry-run"), ("H\x1b\u202e", "--dry-run"), ("x\x1b#1",)),
    "schema": (("\x1b",),),
    "init": (("\x1b\u202e",),),
}  # fmt: skip


def every_command() -> Iterator[tuple[str, Any]]:
    """The name of each command, and the command."""

    def walk(command: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        if not hasattr(command, "commands"):
            yield " ".join(names), command
            return
        for name, one in command.commands.items():
            yield from walk(one, (*names, name))

    return walk(typer.main.get_command(app), ())


def qda(root: Path, *arguments: str) -> Result:
    """Run a command on a study."""
    return CliRunner().invoke(app, [*arguments, "--study", str(root)])


def written(root: Path) -> dict[str, str]:
    """What stands in the folder, names too; a picture of dots is no text, nor is what is packed."""
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix not in (".png", ".docx"))
    return {str(path.relative_to(root)): path.read_bytes().decode() for path in files}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of odd characters in every field that can hold words, coded twice."""
    root = hostile_study(tmp_path_factory.mktemp("odd"), "\n".join((*ODDITIES, KEPT)), SHORT)
    coded = (root / "codings/first/H-01.yaml").read_text(encoding="utf-8")
    again = coded.replace("coder: first", "coder: second").replace("E1", "S1")
    write_study(root, {"codings/second/H-01.yaml": again})
    return root


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_what_is_imported_goes_out_as_words(tmp_path: Path, form: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    rows = [
        ["document", "code", "quotation", "coder", "comment"],
        *([one, one, one, "Ani", one] for one in (*ODDITIES, SHORT)),
        *(["H-01", one, "every month", one, one] for one in ODDITIES),
    ]
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    book = "".join(f"- {' '.join(one.split())}: {one}\n" for one in ODDITIES)
    (tmp_path / "book.md").write_text(book, encoding="utf-8")
    for words in (["odd.csv", "--coder", "second"], ["book.md", "--codebook"]):
        result = qda(root, "import", str(tmp_path / words[0]), *words[1:], "--format", form)
        assert result.exit_code in (0, 1), result.stderr
        assert live(result.stdout) == live(result.stderr) == []
        assert {path: live(text) for path, text in written(root).items() if live(text)} == {}


def test_every_command_is_tried() -> None:
    assert {name for name, _ in every_command()} == set(RUNS)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_but_words_goes_out(
    odd: Path, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = written(odd)
    command = dict(every_command())[name]
    words = name.split() if len(set(name.split())) == len(name.split()) else name.split()[:1]
    formats = (
        ("table", "json", "csv", "md") if any(one.name == "format_" for one in command.params) else ("",)
    )
    study = ["--study", str(odd)] if any(one.name == "study" for one in command.params) else []
    for arguments in RUNS[name]:
        for form in formats:
            asked = [*words, *arguments, *(["--format", form] if form else []), *study]
            result = CliRunner().invoke(app, asked)
            assert "not foreseen" not in result.stderr, (asked, result.stderr)
            assert result.exit_code in (0, 1) or any(live(one) for one in arguments), (asked, result.stderr)
            assert live(result.stdout) == [], (asked, result.stdout)
            assert live(result.stderr) == [], (asked, result.stderr)
            if form == "json" and result.stdout:
                json.loads(result.stdout)
    changed = {path: text for path, text in written(odd).items() if before.get(path) != text}
    assert {
        path: live(text) for path, text in changed.items() if live(text) and not path.startswith("memos/")
    } == {}
    assert [text for text in written(tmp_path).values() if live(text)] == []


def test_reports_keep_what_is_words(odd: Path) -> None:
    assert qda(odd, "run").exit_code == 0
    files = written(odd / "reports")
    assert len(files) > 20
    for path in ("findings.id.html", "conclusions/conclusions.md"):
        assert KEPT in files[path] if path.endswith("md") else KEPT in " ".join(files[path].split())
    pages = [text for path, text in files.items() if path.endswith(".html")]
    assert len(pages) > 5
    for page in pages:
        assert (
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" in page
        )
        assert page.index("Content-Security-Policy") < page.index("<title>") < page.index("<style>")


@pytest.mark.parametrize("hostile", ["a\0b", ODDITIES[0] + "\u202e", "half \ud800"])
def test_no_place_of_any_file_is_a_crash(tmp_path: Path, hostile: str) -> None:
    """Each scalar of a study in turn, keys too."""
    said = '"' + "".join(f"\\u{ord(one):04x}" for one in hostile) + '"'
    for path, text in SMALL.items():
        events: list[Any] = [one for one in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(one, yaml.ScalarEvent)]  # fmt: skip
        for one in events:
            changed = text[: one.start_mark.index] + said + text[one.end_mark.index :]
            root = write_study(tmp_path, SMALL | {path: changed})
            result = qda(root, "check", "--all")
            where = (path, one.value, result.output)
            assert "not foreseen" not in result.output, where
            assert "no character of any text" in result.output or not {"\0", "\ud800"} & set(hostile), where
            assert live(result.output) == [], where
            assert result.output.count("[control-character]") <= len(NAMES)


def test_arguments_that_are_no_text(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL)
    before = written(root)
    for bad in ("half \udcff", "nothing \0"):
        for asked in (
            ["code", "add", "O-01#2", "training-rare", "--coder", "second", "--memo", bad],
            ["memo", "add", bad, "--author", "x"],
            ["memo", "add", "x", "--author", bad],
            ["find", "--words", bad],
            ["show", bad],
        ):
            result = qda(root, *asked)
            assert result.exit_code == 2, asked
            assert "not foreseen" not in result.output, (asked, result.output)
            assert live(result.output) == []
    assert written(root) == before


def test_check_names_them_once_for_each_file_and_kind(odd: Path) -> None:
    problems = json.loads(qda(odd, "check", "--format", "json").stdout)["problems"]
    found = [(one["path"], one["message"]) for one in problems if one["rule"] == "control-character"]
    assert {path for path, _ in found} >= {"qda.yaml", "codebook.yaml", "findings.yaml", "memos/M1.md", "data/interviews/H-01.yaml", "codings/first/H-01.yaml"}  # fmt: skip
    kinds = [(path, kind) for path, said in found for kind, words in NAMES.items() if words in said]
    assert len(kinds) == len(set(kinds)) == len(found)
    assert {kind for path, kind in kinds if path == "qda.yaml"} == set(ODD)


def test_check_says_where(tmp_path: Path) -> None:
    memo = "---\nid: M1\n---\n\nOne\nTwo \u202eowT\u202c\n"
    root = write_study(tmp_path, SMALL | {"data/interviews/H-01.yaml": SMALL["data/interviews/H-01.yaml"].replace("wards", "\u2066wards")})  # fmt: skip
    (root / "memos").mkdir()
    (root / "memos/M1.md").write_text(memo, encoding="utf-8")
    lines = [line for line in qda(root, "check").stdout.splitlines() if "control-character" in line]
    assert lines == [
        "data/interviews/H-01.yaml:7: warning: here and below stand marks that turn the direction of writing or regroup it: "
        "1 in this file (U+2066 LEFT-TO-RIGHT ISOLATE) [control-character]",
        "memos/M1.md:6: warning: here and below stand marks that turn the direction of writing or regroup it: 2 in this file "
        "(U+202E RIGHT-TO-LEFT OVERRIDE, U+202C POP DIRECTIONAL FORMATTING) [control-character]",
    ]


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colours_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show_lines([(Piece(one, "code"),) for one in ODDITIES])
    show_table(make_table(ODDITIES, [ODDITIES], ODDITIES[0]))
    said = screen.getvalue()
    assert "\x1b[36m" in said
    assert live(re.sub(r"\x1b\[[0-9;]*m", "", said)) == []


def test_what_is_said_on_the_side_is_inert(capsys: pytest.CaptureFixture[str]) -> None:
    for one in (tell, banner, show_text):
        for odd in ODDITIES:
            one(odd)
    said = capsys.readouterr()
    assert len(said.err) > len(said.out) > 100
    assert live(said.err + said.out) == []


def test_programs_get_the_words_as_they_are(odd: Path) -> None:
    turn = json.loads(qda(odd, "show", "H-01", "--format", "json").stdout)["turns"][0]
    assert (turn["text"], turn["time"]) == ("\n".join((*ODDITIES, KEPT)), SHORT)


@given(st.text())
def test_inert_text(text: str) -> None:
    assert live(inert(text)) == []
    assert inert(inert(text)) == inert(text)
    kept = [one for one in text if unicodedata.category(one)[0] in "LMNPSZ" and one not in "\u2028\u2029"]
    assert [one for one in inert(text, "") if unicodedata.category(one)[0] in "LMNPSZ"] == kept


def test_what_belongs_to_words_is_kept() -> None:
    assert inert(KEPT) == inert_line(KEPT) == KEPT


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_values_come_back_from_what_is_escaped(text: str) -> None:
    said = inert_json(json.dumps(text, ensure_ascii=False))
    assert live(said) == []
    assert json.loads(said) == text
    if "\0" not in text:
        assert parse_yaml(quoted(text), "x") == text
        said = format_yaml({"a": text, "b": [{"c": text}]})
        assert live(said) == []
        assert parse_yaml(said, "x") == {"a": text, "b": [{"c": text}]}


MARKS = st.lists(st.sampled_from([*";\"\n\\\\\\<>[]()!&`*_#|~-+=1.: \ta\u200f\r\x1b", "&amp;", "<b>", "](x)", "http://x.org"]), max_size=30).map("".join)  # fmt: skip


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


@given(MARKS | st.text())
def test_escaped_text_is_the_text_again(text: str) -> None:
    page = Page(f"<div id='x'>{rendered(escape_line(text))}</div>")
    assert set(page.tags) <= {"div", "p"}
    assert " ".join(page.words["x"].split()) == " ".join(inert(text).replace("\0", "").split())


@given(MARKS)
def test_a_memo_brings_no_element_of_its_own(text: str) -> None:
    page = Page(rendered(prose_markdown(text)))
    own = {"blockquote", "p", "em", "strong", "code", "pre", "ul", "ol", "li", "hr", "s", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    assert set(page.tags) <= own
    assert page.links == []


BLANKS, SIGNS = ("", " ", "\n", "\t", "\u200b", "\u00ad\u2060"), "=+-@\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("cell", [*(blank + sign + "1" for blank in BLANKS for sign in SIGNS), "\t1"])
def test_what_a_spreadsheet_could_take_for_a_formula_is_text(cell: str) -> None:
    """A sign of any width, behind anything that a spreadsheet passes over; a tab alone is enough."""
    header, row = csv.reader(io.StringIO(format_csv(make_table([cell], [[cell]])), newline=""))
    assert header == row
    assert header[0] != cell == header[0].replace("'", "")
    assert not any(
        re.match(f"[\\s\u200b\u00ad\u2060]*[{re.escape(SIGNS)}]", one)
        for one in re.split("[\t\n]", header[0])
    )


@given(st.lists(st.text() | MARKS | st.sampled_from(ODDITIES), min_size=2, max_size=4))
def test_no_cell_of_csv_is_a_formula_or_a_row(cells: list[str]) -> None:
    said = format_csv(make_table(cells, [cells]))
    assert live(said) == []
    rows = list(csv.reader(io.StringIO(said, newline="")))
    assert [len(row) for row in rows] == [len(cells)] * 2
    # Some spreadsheets cut at semicolons or tabs, and then at line ends that were quoted.
    pieces = [one for cut in ";\t" for line in said.split("\n") for one in line.split(cut)]
    for cell in (*rows[0], *pieces):
        assert not re.match(r"[\"\s\u200b-\u200d\u2060\u00ad]*[=+@\uff1d\uff0b\uff0d\uff20-]", cell)
    assert not any(cell.startswith("\t") for cell in rows[0])
