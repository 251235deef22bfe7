"""A table in a pipe is, letter for letter, what rich lays out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from empowerment_qda.cli import console
from empowerment_qda.cli.tables import Cell, Table, make_table

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
def test_rows_in_a_pipe_are_as_rich_lays_them_out(
    table: Table, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    console.show_table(table)
    ours = capsys.readouterr().out
    with monkeypatch.context() as patched:
        patched.setattr(console, "_lay_out", lambda *_: [])
        console.show_table(table)
    assert ours == capsys.readouterr().out
