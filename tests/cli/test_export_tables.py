"""`qda export` to files of rows: the same rows in every form, and no cell that does anything."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from empowerment_qda.cli.export_tables import CELL
from empowerment_qda.exchange.codebooks import read_codebook
from empowerment_qda.text import inert
from kit import CODEBOOK, CODED_OWNER, OWNER, SMALL, write_study

FORMS = ("csv", "xlsx", "parquet", "jsonl")
O = "data/interviews/O-01.yaml"  # noqa: E741
SAID = "Yes, I joined their classes."


def export(root: Path, *words: str) -> Result:
    """What `qda export` says of the study at `root`."""
    return CliRunner().invoke(app, ["export", "--study", str(root), *words])


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file in any of the forms; an empty cell is None."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file))
    elif path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    elif path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    else:
        head, *cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        rows = [dict(zip(map(str, head), row, strict=True)) for row in cells]
    return [{str(name): None if cell in ("", []) else cell for name, cell in row.items()} for row in rows]


def as_text(row: dict[str, Any]) -> dict[str, str | None]:
    """A row whose cells are text, whatever the form knows of numbers."""
    return {
        name: None if cell is None else f"{cell:.0f}" if isinstance(cell, float) else str(cell)
        for name, cell in row.items()
    }


@pytest.mark.parametrize("what", ["evidence", "cases", "findings"])
def test_every_form_holds_the_same_rows(tmp_path: Path, what: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    made = []
    for form in FORMS:
        path = tmp_path / f"{what}.{form}"
        assert export(root, str(path), "--what", what).exit_code == 0
        made.append([as_text(row) for row in read_rows(path)])
    first, *others = made
    assert len(first) == {"evidence": 3, "cases": 2, "findings": 1}[what]
    for rows in others[:2]:
        assert rows == first
    # In JSON Lines lists stay lists, and yes and no are true and false.
    assert [list(row) for row in others[2]] == [list(row) for row in first]


def test_numbers_are_numbers_and_text_is_text(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", {**SMALL, O: OWNER.replace("2022-09-20", "2022")})
    export(root, str(tmp_path / "e.parquet"))
    types = {one.name: str(one.type) for one in pq.read_table(tmp_path / "e.parquet").schema}
    assert (types["turn"], types["start"]) == ("int64", "int64")
    assert types["date"] == types["memo"] == "string"
    export(root, str(tmp_path / "e.xlsx"))
    assert [row["date"] for row in read_rows(tmp_path / "e.xlsx")] == ["2022-09-12", "2022", "2022"]
    assert [row["turn"] for row in read_rows(tmp_path / "e.xlsx")] == [2, 2, 2]


def test_a_case_has_the_codes_of_its_passages_and_those_above_them(tmp_path: Path) -> None:
    note = "id: N-01\nturns:\n  - text: A training was held, only once.\n"
    coded = "source: N-01\ncoder: first\ncodings:\n  - {code: training-rare, turn: 1, quote: only once}\n"
    owner = OWNER.replace("type: owner}", "type: owner, attributes: {village: Tuntungan, code: seven}}")
    files = {**SMALL, O: owner, "data/observations/N-01.yaml": note, "codings/first/N-01.yaml": coded}
    root = write_study(tmp_path / "study", files)
    assert export(root, str(tmp_path / "c.csv"), "--what", "cases").exit_code == 0
    head, other, observed = read_rows(tmp_path / "c.csv")
    codes = ("enabling", "awareness", "training-provided", "training-rare")
    assert [[one[code] for code in codes] for one in (head, other, observed)] == [
        ["1", "1", "1", "0"], ["1", "1", "1", "1"], ["1", "1", "0", "1"],
    ]  # fmt: skip
    assert (other["id"], other["kind"], other["group"], other["village"]) == (
        "O",
        "informant",
        "owner",
        "Tuntungan",
    )
    assert (observed["id"], observed["kind"], observed["method"]) == ("N-01", "source", "observation")


def test_findings_have_a_column_for_each_number(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    assert export(root, str(tmp_path / "f.csv"), "--what", "findings").exit_code == 0
    (row,) = read_rows(tmp_path / "f.csv")
    assert (row["id"], row["informants"], row["informants_min"], row["methods"]) == ("F1", "2", "2", "1")
    assert row["contradicting"] == "O-01#2"
    assert row["statement"] == "Training is offered."


def test_the_codebook_goes_out_as_rows_that_come_in_again(tmp_path: Path) -> None:
    book = CODEBOOK.replace(
        "id: awareness", "id: awareness\n            label: Same\n            definition: What people know."
    )
    book = book.replace(
        "id: training-rare",
        "id: training-rare\n                label: Same\n                color: '#CC79A7'",
    )
    root = write_study(tmp_path / "study", {**SMALL, "codebook.yaml": book})
    told = export(root, str(tmp_path / "codes.csv"), "--what", "codebook")
    assert told.stdout.splitlines()[0].endswith("codes.csv: 4 codes")
    rows = read_rows(tmp_path / "codes.csv")
    assert [(row["tag"], row["parent"], row["id"]) for row in rows] == [
        ("enabling", None, "enabling"),
        ("Same (awareness)", "enabling", "awareness"),
        ("training-provided", "Same (awareness)", "training-provided"),
        ("Same (training-rare)", "Same (awareness)", "training-rare"),
    ]
    codes = read_codebook("codes.csv", (tmp_path / "codes.csv").read_bytes()).codes
    assert [(one.label, one.definition) for one in codes] == [
        (row["tag"], row["description"] or "") for row in rows
    ]
    labels = {one.key: one.label for one in codes}
    assert [labels.get(one.parent or "") for one in codes] == [row["parent"] for row in rows]
    assert codes[3].more["color"] == "#CC79A7"


@pytest.mark.parametrize("text", ["=1+1", "+62 811", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\uff1d1"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    owner = OWNER.replace("Yes, I joined their classes.", text.replace('"', "'"))
    coded = CODED_OWNER.replace('"Yes, I joined their classes."', json.dumps(text.replace('"', "'")))
    root = write_study(tmp_path / "study", {**SMALL, O: owner, "codings/first/O-01.yaml": coded})
    said = text.replace('"', "'")
    for form in FORMS:
        assert export(root, str(tmp_path / f"e.{form}")).exit_code == 0
    quotes = {form: read_rows(tmp_path / f"e.{form}")[1]["quote"] for form in FORMS}
    assert quotes == {"csv": f"'{said}", "xlsx": said, "parquet": said, "jsonl": said}
    with zipfile.ZipFile(tmp_path / "e.xlsx") as book:
        sheet, styles = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles


def test_a_cell_too_long_for_excel_is_cut_and_told(tmp_path: Path) -> None:
    long = "word " * (CELL // 5 + 10) + "end."
    owner = OWNER.replace("Yes, I joined their classes.", long)
    coded = CODED_OWNER.replace("Yes, I joined their classes.", long)
    root = write_study(tmp_path / "study", {**SMALL, O: owner, "codings/first/O-01.yaml": coded})
    told = export(root, str(tmp_path / "e.xlsx"))
    assert "Not in it: 1 end of a cell beyond 32,767 characters" in told.stdout
    quote = read_rows(tmp_path / "e.xlsx")[1]["quote"]
    assert len(quote) == CELL
    assert quote[:-1] + "…" == quote
    assert "Not in it" not in export(root, str(tmp_path / "e.parquet")).stdout
    assert read_rows(tmp_path / "e.parquet")[1]["quote"] == long


def test_what_gives_orders_to_a_terminal_is_inert_in_every_form(tmp_path: Path) -> None:
    owner = OWNER.replace("Yes, I joined", "Yes, \\e[2J\\u202e I joined")
    coded = CODED_OWNER.replace("Yes, I joined", "Yes, \\e[2J\\u202e I joined")
    root = write_study(tmp_path / "study", {**SMALL, O: owner, "codings/first/O-01.yaml": coded})
    for form in FORMS:
        export(root, str(tmp_path / f"e.{form}"))
        quote = read_rows(tmp_path / f"e.{form}")[1]["quote"]
        if form == "jsonl":  # JSON escapes what is below the space
            assert "\\u001b[2J\ufffd I joined" in (tmp_path / "e.jsonl").read_text(encoding="utf-8")
        else:
            assert quote == inert("Yes, \x1b[2J\u202e I joined their classes.")


def test_only_agreed_words_go_out_and_the_rest_is_counted(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", {**SMALL, "consent.yaml": "H: {quote: yes}\nO: {archive: yes}\n"})
    told = export(root, str(tmp_path / "e.csv"))
    assert told.stdout.splitlines()[0].endswith("e.csv: 3 rows of evidence")
    assert "Not in it: 2 quotations that their speakers did not agree to" in told.stdout
    assert told.stderr == ""
    assert SAID not in (tmp_path / "e.csv").read_text()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", SMALL)
    for form in FORMS:
        first, again = tmp_path / f"1.{form}", tmp_path / f"2.{form}"
        export(root, str(first))
        export(root, str(again))
        assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["e.xlsx", "--delimiter", ";"], "only CSV has a delimiter"),
        (["e.csv", "--delimiter", "ab"], "`ab` cannot stand between the cells of CSV"),
        (["e.csv", "--delimiter", ""], "`` cannot stand between the cells of CSV"),
        (["e.csv", "--delimiter", '"'], "cannot stand between the cells of CSV"),
        (["f.csv", "--what", "findings", "--source", "O-01"], "verdicts are on the whole study"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, words: list[str], said: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    told = export(root, str(tmp_path / words[0]), *words[1:])
    assert told.exit_code == 2
    assert said in told.stderr
    assert not (tmp_path / words[0]).exists()


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_another_delimiter(tmp_path: Path, sign: str) -> None:
    root = write_study(tmp_path / "study", SMALL)
    assert export(root, str(tmp_path / "e.csv"), "--delimiter", sign).exit_code == 0
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=sign))
    assert rows[0][:3] == ["id", "source", "turn"]
    assert {len(row) for row in rows} == {len(rows[0])}
