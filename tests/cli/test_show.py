"""`qda show`: a source with its codes in the margin."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import SMALL, write_study

SOURCE = """
    id: L-01
    title: A long talk
    informant: {id: O, type: owner}
    date: 2022-09-20
    interviewer: R
    turns:
      - {speaker: R, text: Were you trained?}
      - {speaker: O, text: "Yes, [laughs] I joined their classes. But it was only once."}
      - {speaker: R, text: And then?}
      - {speaker: O, text: "Nothing. Nobody came back."}
    """
FIRST = """
    source: L-01
    coder: first
    codings:
      - {id: E7, code: training-provided, turn: 2, quote: I joined their classes.}
      - {id: E8, code: training-rare, turn: 2, quote: their classes. But it was only once.}
      - {id: E9, code: training-rare, turn: 2-4, quote: "only once.\\nAnd then?\\nNothing.", strength: inferred}
      - {id: E10, code: training-rare, turn: 4, quote: Nobody comes to our distant village any more.}
      - {code: training-provided, turn: 4, quote: Nobody came back., status: rejected}
    """
SECOND = """
    source: L-01
    coder: second
    codings:
      - {code: training-provided, turn: 2, quote: I joined their classes.}
    """
AUTO = """
    source: L-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: "Yes, [laughs] I joined their classes.", status: suggested, why: cue "classes"}
      - {code: training-rare, turn: 4, quote: Nobody came back., status: suggested}
      - {code: training-provided, turn: 4, quote: Nobody came back., status: suggested}
    """
LINES = """\
L-01  A long talk
interview · O (owner) · 2022-09-20 · verbatim

1  R ?  Were you trained?

2  O    Yes, [laughs] [1|I joined [2|their classes.|1] But it | 1 training-provided first E7, second
        was [3|only once.|...3]|2]                            | 2 training-rare first E8
                                                              | 3 training-rare first E9 (inferred)

3  R ?  [3...|And then?|...3]

4  O    [3...|Nothing.|3] {4|Nobody came back.|4}             | 4? training-rare auto

[1|coded|1]: 4 codings; {2|suggested|2}: 1 waiting for a person; 1 rejected, not shown.
training-rare of first (E10) has no certain place, lost: Nobody comes to our distant village any
more.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One talk, coded by two persons and the machine."""
    files = {
        "data/interviews/L-01.yaml": SOURCE, "codings/first/L-01.yaml": FIRST,
        "codings/second/L-01.yaml": SECOND, "codings/auto/L-01.yaml": AUTO,
    }  # fmt: skip
    return write_study(tmp_path, {**SMALL, **files})


def show(root: Path, *words: str, width: int | None = None) -> Result:
    """Run `qda show`."""
    environment = {"COLUMNS": str(width) if width else None}
    return CliRunner().invoke(app, ["show", *words, "--study", str(root)], env=environment)


def show_json(root: Path, *words: str) -> Any:
    """What `qda show` answers as JSON."""
    return json.loads(show(root, *words, "--format", "json").stdout)


def squeezed(text: str) -> list[str]:
    """Lines with one space between words."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_source_with_its_codes_in_the_margin(root: Path) -> None:
    result = show(root, "L-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == LINES


def test_no_line_is_wider_than_the_terminal(root: Path) -> None:
    for width in (40, 60, 80, 120):
        assert max(map(len, show(root, "L-01", width=width).stdout.splitlines())) <= width


def test_a_narrow_terminal_has_the_codes_under_the_turn(root: Path) -> None:
    lines = squeezed(show(root, "L-01#2", width=50).stdout)
    at = lines.index("| 1 training-provided first E7, second")
    assert lines[at - 1].endswith("|...3]|2]")
    assert lines[at + 1] == "| 2 training-rare first E8"


def test_without_the_signs_the_words_are_those_of_the_source(root: Path) -> None:
    shown = show(root, "L-01", "--format", "md").stdout.replace("\\", "")
    bare = re.sub(r"[\[{]\d+(\.\.\.)?\||\|(\.\.\.)?\d+[\]}]", "", shown)
    for words in (
        "Yes, [laughs] I joined their classes. But it was only once.",
        "Nothing. Nobody came back.",
        "And then?",
    ):
        assert f"| {words} |" in bare


def test_single_turns_show_what_began_before_them(root: Path) -> None:
    lines = squeezed(show(root, "L-01#4").stdout)
    assert "4 O [3...|Nothing.|3] {4|Nobody came back.|4} | 3 training-rare first E9 (inferred)" in lines
    assert not any("Were you trained?" in line for line in lines)


def test_one_coder(root: Path) -> None:
    shown = show(root, "L-01", "--coder", "second").stdout
    assert "[1|I joined their classes.|1]" in shown
    assert "training-rare" not in shown


def test_the_machine_as_coder_shows_decided_suggestions_too(root: Path) -> None:
    answer = show_json(root, "L-01", "--coder", "auto")
    assert [one["status"] for one in answer["codings"]] == ["suggested"] * 3


def test_as_json(root: Path) -> None:
    answer = show_json(root, "L-01")
    assert answer["turns"][0] == {
        "turn": 1, "speaker": "R", "question": True, "time": None, "text": "Were you trained?",
    }  # fmt: skip
    assert [(one["id"], one["mark"], one["state"]) for one in answer["codings"]] == [
        ("E7", 1, "exact"), ("second:L-01:1", 1, "exact"), ("E8", 2, "exact"), ("E9", 3, "exact"),
        ("auto:L-01:2", 4, "exact"), ("E10", None, "lost"), ("first:L-01:5", None, "exact"),
    ]  # fmt: skip
    across = answer["codings"][3]
    assert (across["turn"], across["start"], across["end_turn"], across["end"]) == (2, 49, 4, 8)
    assert across["path"] == "enabling/awareness/training-rare"


def test_as_csv_every_turn_has_a_row(root: Path) -> None:
    rows = show(root, "L-01", "--format", "csv").stdout.splitlines()
    assert rows[1] == "1,R,yes,Were you trained?,,,,,"
    assert sum(row.startswith("2,O,no,") for row in rows) == 4
    assert (
        rows[-1]
        == "4,O,no,Nothing. Nobody came back.,auto:L-01:2,training-rare,auto,suggested,Nobody came back."
    )


def test_a_long_name_stands_above_its_words(root: Path) -> None:
    named = SOURCE.replace("L-01", "Z-01").replace("speaker: O", "speaker: The owner of the shop")
    write_study(root, {"data/interviews/Z-01.yaml": named})
    lines = show(root, "Z-01#4").stdout.splitlines()
    assert lines[3:5] == ["4  The owner of the shop", f"{' ' * 19}Nothing. Nobody came back."]


def test_a_source_that_nobody_coded_has_no_margin(root: Path) -> None:
    write_study(root, {"data/interviews/Z-01.yaml": SOURCE.replace("L-01", "Z-01")})
    shown = show(root, "Z-01").stdout
    assert "2  O    Yes, [laughs] I joined their classes. But it was only once.\n" in shown
    assert "[1|coded|1]: 0 codings." in shown


def test_words_are_never_markup_nor_commands_to_the_terminal(root: Path) -> None:
    write_study(
        root,
        {"data/interviews/Z-01.yaml": SOURCE.replace("L-01", "Z-01").replace("[laughs]", "[red]\\u001b[2J")},
    )
    assert "Yes, [red]\ufffd[2J I joined" in show(root, "Z-01").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["L-1"], "there is no source `L-1` [unknown-source]\n    Did you mean `L-01`?"),
        (["L-01#9"], "L-01 has no turn 9"),
        (
            ["L-01", "--coder", "frist"],
            "coder `frist` has no codings [unknown-coder]\n    Did you mean `first`?",
        ),
    ],
)
def test_what_is_not_there_is_told(root: Path, words: list[str], said: str) -> None:
    result = show(root, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_turns_that_were_left_out_say_so(tmp_path: Path) -> None:
    out = "\n    left_out: [{turn: 3-4, reason: '[b]noise[/b]'}]\n"
    root = write_study(
        tmp_path,
        SMALL | {"data/interviews/L-01.yaml": SOURCE, "codings/second/L-01.yaml": SECOND.rstrip() + out},
    )
    said = CliRunner().invoke(app, ["show", "L-01", "--study", str(root)]).stdout
    assert said.count("∅ left out by second: [b]noise[/b]") == 2
    assert "∅" not in CliRunner().invoke(app, ["show", "L-01#1-2", "--study", str(root)]).stdout
    answer = json.loads(
        CliRunner().invoke(app, ["show", "L-01", "--format", "json", "--study", str(root)]).stdout
    )
    assert answer["left_out"] == [{"turn": "3-4", "coder": "second", "reason": "[b]noise[/b]"}]
    table = CliRunner().invoke(app, ["show", "L-01", "--format", "md", "--study", str(root)]).stdout
    assert table.count("left out by second") == 2
