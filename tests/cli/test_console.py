"""A table without colours is, letter for letter, what rich lays out; its columns are chosen for the width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from typer.testing import CliRunner

from empowerment_qda.cli import COMMANDS, app, console, import_command
from empowerment_qda.cli.tables import Cell, Table, make_table
from empowerment_qda.cli.widths import choose, measure, share, total
from kit import SMALL, write_study

words = st.text("ab é-, \t\n漢字👍🏽\u0301‍|[]", max_size=40)
cells: st.SearchStrategy[Cell] = st.one_of(words, st.sampled_from(["G-1#4", "an-id-of-some-length", ""]), st.integers(0, 9999), st.floats(0, 1), st.none())  # fmt: skip
tables = st.integers(1, 5).flatmap(
    lambda columns: st.builds(
        make_table,
        st.lists(st.text("name of", min_size=1, max_size=12), min_size=columns, max_size=columns),
        st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=1, max_size=5),
        st.sampled_from(["", "A title of some words, longer than the narrow terminal"]),
    )
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables, width=st.integers(10, 120))
@example(table=make_table(["no", "words"], [[1, "Kami " * 30], [20, "\tya\n\nya "]]), width=40)
@example(table=make_table(["a", "b", "c"], [["x" * 36] * 3]), width=30)
def test_rows_without_colours_are_as_rich_lays_them_out(
    table: Table, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "0")
    console.show_table(table)
    ours = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    console.show_table(table)
    assert ours == re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert max(map(cell_len, ours.split("\n"))) <= width or f"Not in {width}" in ours


PROSE = "Dinas menyelenggarakan pelatihan digital bagi pengusaha mikro. "


def shown(
    table: Table, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    console.show_table(table)
    return capsys.readouterr().out


def test_spare_columns_make_way_and_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["F01", "unsupported, contested", "4-6/2", PROSE * 2]]
    table = make_table(
        ["finding", "verdict", "informant", "statement"], rows, spare=("informant", "statement")
    )
    assert "Not in" not in shown(table, 80, monkeypatch, capsys)
    said = shown(table, 55, monkeypatch, capsys)
    assert said.split("\n")[0].split() == ["finding", "verdict", "statement"]
    assert said.endswith("\nNot in 55 columns: informant. `--wide` shows all.\n")
    assert "Not in 40 columns: informant, statement." in shown(table, 40, monkeypatch, capsys)
    console.set_wide(True)
    try:
        assert PROSE.strip() in shown(table, 40, monkeypatch, capsys)
    finally:
        console.set_wide(False)


def test_a_table_without_spare_columns_comes_in_parts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["word", *(f"informant-{number}" for number in range(6))]
    said = shown(make_table(names, [["pelatihan", *range(6)]], "Words"), 40, monkeypatch, capsys)
    assert said.count("pelatihan") == 3
    assert said.count("Words") == 1
    assert all(name in said for name in names)


@given(
    texts=st.lists(st.lists(st.sampled_from(["ya", "menyelenggarakan pelatihan", PROSE, ""]), min_size=4, max_size=4), min_size=1),
    width=st.integers(40, 200), spare=st.permutations([1, 2, 3]), some=st.integers(0, 3),
)  # fmt: skip
def test_words_stay_whole_and_no_column_is_lost(
    texts: list[list[str]], width: int, spare: list[int], some: int
) -> None:
    needs = [measure(cells) for cells in zip(*texts, strict=True)]
    parts = choose(needs, spare[:some], 1, width)
    given = {at for part in parts for at in part}
    assert all(part[0] == 0 for part in parts)
    assert {*range(4)} - given <= {*spare[:some]}
    for part in parts:
        widths = share([needs[at] for at in part], width)
        assert total(widths) <= width
        for at, wide in zip(part, widths, strict=True):
            longest = max((len(word) for row in texts for word in row[at].split()), default=0)
            assert wide >= longest or total(needs[one].least for one in part) > width


def test_every_command_with_tables_has_wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path, SMALL))
    monkeypatch.setenv("COLUMNS", "40")
    narrow, wide = (CliRunner().invoke(app, ["triangulate", *more]).stdout for more in ((), ("--wide",)))
    assert "Not in 40 columns" in narrow
    assert "Not in" not in wide
    assert "method" in wide.split("\n")[0]
    assert "Not in 40 columns" in CliRunner().invoke(app, ["triangulate"]).stdout  # nothing of it stays
    for name in COMMANDS:
        for command in every(import_command(name)):
            names = {one.name for one in command.params}
            assert ("wide" in names) == ("format_" in names), command.name


def every(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from every(one)
