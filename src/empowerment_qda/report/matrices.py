"""Matrices to look at: displays, and what each type says of each finding."""

from __future__ import annotations

from collections.abc import Sequence

from empowerment_qda.model.display import SIGNS, Cell, Display, Heading, State
from empowerment_qda.model.evidence import Evidence, by_witness
from empowerment_qda.model.triangulation import FindingTriangulation, Stance
from empowerment_qda.report.index import Index
from empowerment_qda.report.views import CellView, MatrixView, RowView

_STATES: dict[Stance, State] = {
    "support": "support",
    "contradict": "limit",
    "mixed": "mixed",
    "silent": "silent",
    "no_data": "no_data",
}


def view_matrix(display: Display, index: Index) -> MatrixView:
    """A display whose form is a matrix."""
    blocks = _new_blocks(display.rows)
    return MatrixView(
        title=display.title,
        rule=display.rule,
        columns=tuple(_column(column) for column in display.columns),
        rows=tuple(
            RowView(row.label, block, None, tuple(_view_cell(cell, index) for cell in line))
            for row, block, line in zip(display.rows, blocks, display.cells, strict=True)
        ),
        notes=display.notes,
    )


def _column(heading: Heading) -> str:
    return f"{heading.block}: {heading.label}" if heading.block else heading.label


def _new_blocks(rows: Sequence[Heading]) -> list[str]:
    """The block of each row that begins one, else nothing."""
    before = ""
    found = []
    for row in rows:
        found.append(row.block if row.block != before else "")
        before = row.block
    return found


def _view_cell(cell: Cell, index: Index) -> CellView:
    rows = [index.rows[one] for one in cell.ids if one in index.rows]
    informants = f"{'≤' if cell.unidentified else ''}{cell.informants}"
    return _cell(cell.state, informants, cell.segments, cell.text, rows, index)


def _cell(
    state: State, informants: str, segments: int, text: str, rows: Sequence[Evidence], index: Index
) -> CellView:
    return CellView(
        state=state,
        mark=SIGNS[state],
        words=index.words[f"cell_{state}"],
        informants=informants,
        segments=segments,
        text=text,
        links=index.passages(rows),
    )


def view_by_finding(index: Index) -> MatrixView:
    """What each type of informant says of each finding: the convergence matrix of Farmer et al. (2006)."""
    findings = index.triangulation.findings
    dimensions = [index.findings[found.id].dimension for found in findings]
    headings = [Heading("", "", index.label("code", one) if one else "") for one in dimensions]
    types = list(dict.fromkeys(kind for found in findings for kind in found.convergence.cells))
    return MatrixView(
        title=index.words["by_finding"],
        rule=index.words["by_finding_excerpts" if index.study.restated else "by_finding_rule"],
        columns=tuple(index.label("type", kind) for kind in types),
        rows=tuple(
            _finding_row(found, block, types, index)
            for found, block in zip(findings, _new_blocks(headings), strict=True)
        ),
        notes=(),
    )


def _finding_row(found: FindingTriangulation, block: str, types: Sequence[str], index: Index) -> RowView:
    cells = []
    for kind in types:
        rows = [row for row in by_witness((*found.supporting, *found.contradicting)) if row.type == kind]
        state = _STATES[found.convergence.cells[kind]]
        unsure = any(not one.known for row in rows for one in row.witnesses)
        informants = f"{'≤' if unsure else ''}{len({row.who for row in rows})}"
        cells.append(_cell(state, informants, len({row.passage for row in rows}), "", rows, index))
    statement = index.findings[found.id].statement.say(index.language)
    return RowView(statement, block, index.finding(found.id), tuple(cells))
