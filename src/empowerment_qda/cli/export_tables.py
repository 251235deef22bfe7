"""Evidence, findings, a matrix of codes by case, and the codebook as files of rows: CSV, Excel, Parquet and JSON Lines."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from empowerment_qda.cli.reduce import EVIDENCE
from empowerment_qda.cli.tables import (
    Cell,
    Columns,
    Table,
    each,
    format_csv,
    is_formula,
    lay_out,
    objects,
    same,
)
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.evidence.rows import persons_heard
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import AXES, Study
from empowerment_qda.problems import refusal
from empowerment_qda.text import inert
from empowerment_qda.triangulation import triangulate_study

CELL, ROWS = 32_767, 1_048_576
"""What Excel holds: characters in a cell, rows in a sheet."""
SIDES = ("supporting", "contradicting", "qualifying", "inferred")


@dataclass(frozen=True)
class Rows:
    """Rows of any kind with their columns, what a row is called (one, several), and what is told of them."""

    columns: Columns
    rows: tuple[Any, ...]
    noun: tuple[str, str]
    told: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The rows as cells, lists joined by commas."""
        return lay_out(self.columns, self.rows)


@dataclass(frozen=True)
class Case:
    """Somebody who is heard, or a note or document of a study; the codes that its passages have."""

    id: str
    kind: str
    type: str | None
    group: str | None
    method: str
    attributes: dict[str, str]
    codes: frozenset[str]


def gather_rows(going: Outgoing) -> Rows:
    """The rows that are asked for: one a coded passage that counts, one a finding, one a case, or one a code."""
    study = going.study
    if going.what == "codebook":
        return Rows(
            _columns_of_codes(study, going.language),
            tuple(study.codebook.walk()),
            ("code", "codes"),
            ("the cues of the codebook",),
        )
    reduction = reduce_study(study)
    match going.what:
        case "cases":
            cases = tuple(list_cases(study, reduction.evidence))
            return Rows(_columns_of_cases(study, cases), cases, ("case", "cases"))
        case "findings":
            found = triangulate_study(study, reduction).findings
            return Rows(_columns_of_findings(study), found, ("finding", "findings"))
    hidden = sum(bool(row.withheld) for row in reduction.evidence)
    told = count(
        hidden,
        "quotation that its speaker did not agree to",
        "quotations that their speakers did not agree to",
    )
    return Rows(EVIDENCE, reduction.evidence, ("row of evidence", "rows of evidence"), (told,))


def list_cases(study: Study, evidence: Iterable[Evidence]) -> Iterable[Case]:
    """Everybody who is heard, in the order of the sources, and then each note and document; a passage of several persons is
    each of theirs, one of a group that is not told apart is nobody's."""
    said: dict[str, set[str]] = {}
    for row in evidence:
        for one in row.informants if row.witnesses else (row.source,):
            said.setdefault(one, set()).add(row.code)
    methods = {
        one if isinstance(one, str) else one.id: source.kind
        for source in reversed(study.sources)
        for one in source.heard
    }
    for name, person in persons_heard(study).items():
        attributes = study.informants[name].attributes if name in study.informants else {}
        yield Case(
            name,
            "informant",
            person.type,
            person.group,
            methods[name],
            attributes,
            frozenset(said.get(name, ())),
        )
    for source in study.sources:
        if not source.spoken:
            yield Case(
                source.id,
                "source",
                None,
                source.producer,
                source.kind,
                {},
                frozenset(said.get(source.id, ())),
            )


def _columns_of_cases(study: Study, cases: Iterable[Case]) -> Columns:
    """Who it is, each attribute, and for each code 1 where it or a code below it is there, else 0. A name that is taken
    already stands as `attribute:NAME` or `code:ID`."""
    plain = same("id kind type group method")
    attributes = dict.fromkeys(name for one in cases for name in one.attributes)
    named = {name if name not in plain else f"attribute:{name}": name for name in attributes}
    taken = {*plain, *named}
    codes = {code if code not in taken else f"code:{code}": code for code in study.codebook.places}
    return {
        **plain,
        **each(named, lambda name, one: one.attributes.get(named[name])),
        **each(codes, lambda name, one: int(not study.codebook.families[codes[name]].isdisjoint(one.codes))),
    }


def _columns_of_codes(study: Study, language: str) -> Columns:
    """A code under the names that other programs and `qda import` read: `tag` is its label, with the id where two have the same."""
    labels = Counter(study.codebook.label(code, language) for code in study.codebook.places)

    def tag(code: str) -> str:
        label = study.codebook.label(code, language)
        return label if labels[label] == 1 else f"{label} ({code})"

    def said(name: str) -> Callable[[Any], Any]:
        return lambda place: text.say(language) if (text := getattr(place.code, name)) else None

    return {
        "tag": lambda place: tag(place.code.id),
        "parent": lambda place: tag(place.ancestors[-1].id) if place.ancestors else None,
        "description": said("definition"),
        "id": "code.id",
        **{name: said(name) for name in ("use_when", "not_when", "example", "near_miss", "memo")},
        **{name: f"code.{name}" for name in ("direction", "origin", "status", "color")},
    }


def _columns_of_findings(study: Study) -> Columns:
    def of(name: str) -> Callable[[Any], Any]:
        return lambda found: getattr(study.findings.by_id[found.id], name)

    language = study.settings.language
    axes: list[str] = []
    for axis in AXES:
        axes += [f"{axis}s", f"{axis}s_upper", f"{axis}s_min"]
    return {
        **same("id verdict contested"),
        "dimension": of("dimension"),
        **each(axes, _count_on_axis),
        **each(SIDES, lambda side, found: [row.ref for row in getattr(found, side)]),
        "flags": lambda found: [
            f"{flag.code}:{flag.value}" if flag.value else flag.code for flag in found.flags
        ],
        "statement": lambda found: study.findings.by_id[found.id].statement.say(language),
    }


def _count_on_axis(column: str, found: Any) -> int:
    name, _, bound = column.partition("s_") if "s_" in column else (column[:-1], "", "count")
    axis = found.axes[name]
    return int({"count": axis.count, "upper": axis.upper, "min": axis.minimum}[bound])


def write_csv(going: Outgoing) -> Written:
    """CSV of UTF-8, in which no cell is a formula."""
    found = gather_rows(going)
    return _written(found, format_csv(found.table, going.delimiter).encode())


def write_json_lines(going: Outgoing) -> Written:
    """One JSON object a line; lists stay lists."""
    found = gather_rows(going)
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in objects(found.columns, found.rows))
    return _written(found, "".join(map(inert, lines)).encode())


def write_excel(going: Outgoing) -> Written:
    """An .xlsx of one sheet, its text text and nothing else; the same rows give the same bytes."""
    import xlsxwriter

    found, out = gather_rows(going), io.BytesIO()
    if len(found.rows) >= ROWS:
        said = f"{len(found.rows):,} rows do not fit: a sheet of Excel holds {ROWS:,}"
        raise refusal(going.what, "too-many-rows", said, "Let the name end in .csv or .parquet.")
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet, head = book.add_worksheet(going.what), book.add_format({"bold": True})
    looks = {False: book.add_format(), True: book.add_format({"quote_prefix": True})}
    table, cut = found.table, 0
    for row, cells in enumerate((table.columns, *table.rows)):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = inert(cell)
                cut += len(text) > CELL
                sheet.write_string(row, column, _shorten(text), looks[is_formula(text)] if row else head)
            elif cell is not None:
                sheet.write_number(row, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return _written(
        found,
        out.getvalue(),
        count(cut, "end of a cell", "ends of cells") + f" beyond {CELL:,} characters" * bool(cut),
    )


def _shorten(text: str) -> str:
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def write_parquet(going: Outgoing) -> Written:
    """A Parquet file: whole numbers are int64, all else is text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found, out = gather_rows(going), io.BytesIO()
    table = found.table
    columns = [[row[at] for row in table.rows] for at in range(len(table.columns))]
    made = pa.table({name: _column(cells, pa) for name, cells in zip(table.columns, columns, strict=True)})
    pq.write_table(made, out, compression="zstd")
    return _written(found, out.getvalue())


def _column(cells: list[Cell], pa: Any) -> Any:
    """A column of numbers where all that is there is one, else of text."""
    numbers = [one for one in cells if one is not None]
    if numbers and all(isinstance(one, int) for one in numbers):
        return pa.array(cells, pa.int64())
    return pa.array([None if one is None else inert(str(one)) for one in cells], pa.string())


def _written(found: Rows, content: bytes, *lost: str) -> Written:
    return Written(content, (count(len(found.rows), *found.noun),), (*found.told, *lost))
