"""Matrices to look at: displays, and what each type says of each finding."""

from __future__ import annotations

from empowerment_qda.model.display import SIGNS, Cell, Display, Heading, State
from empowerment_qda.model.evidence import by_witness
from empowerment_qda.model.triangulation import FindingTriangulation, Stance
from empowerment_qda.report.index import Index, Part

_STATES: dict[Stance, State] = {
    "support": "support",
    "contradict": "limit",
    "mixed": "mixed",
    "silent": "silent",
    "no_data": "no_data",
}


def view_matrix(display: Display, index: Index, *, of_findings: bool = False) -> Part:
    """A display whose form is a matrix; `block` stands at each row that begins one."""
    before = [None, *(row.block for row in display.rows)]
    return Part(
        title=display.title,
        rule=display.rule,
        columns=tuple(f"{one.block}: {one.label}" if one.block else one.label for one in display.columns),
        rows=tuple(
            Part(
                label=row.label,
                block=row.block if row.block != last else "",
                link=index.to("finding", row.id) if of_findings else None,
                cells=tuple(_view_cell(cell, index) for cell in cells),
            )
            for row, last, cells in zip(display.rows, before, display.cells, strict=False)
        ),
        notes=display.notes,
    )


def _view_cell(cell: Cell, index: Index) -> Part:
    """Its mark, what it says in words, informants and segments, and links to its passages."""
    return Part(
        state=cell.state,
        mark=SIGNS[cell.state],
        words=index.words[f"cell_{cell.state}"],
        informants=f"{'≤' if cell.unidentified else ''}{cell.informants}",
        segments=cell.segments,
        text=cell.text,
        links=index.passages(index.rows[one] for one in cell.ids if one in index.rows),
    )


def view_by_finding(index: Index) -> Part:
    """What each type of informant says of each finding: the convergence matrix of Farmer et al. (2006)."""
    findings = index.triangulation.findings
    types = list(dict.fromkeys(kind for found in findings for kind in found.convergence.cells))
    return view_matrix(
        Display(
            name="by-finding",
            title=index.words["by_finding"],
            rule=index.words["by_finding_excerpts" if index.study.restated else "by_finding_rule"],
            rows=tuple(_heading(found.id, index) for found in findings),
            columns=tuple(Heading(kind, index.label("type", kind)) for kind in types),
            cells=tuple(tuple(_cell(found, kind) for kind in types) for found in findings),
            informants=0,
            segments=0,
        ),
        index,
        of_findings=True,
    )


def _heading(id_: str, index: Index) -> Heading:
    finding = index.findings[id_]
    block = index.label("code", finding.dimension) if finding.dimension else ""
    return Heading(id_, index.say(finding.statement), block)


def _cell(found: FindingTriangulation, kind: str) -> Cell:
    rows = [row for row in by_witness((*found.supporting, *found.contradicting)) if row.type == kind]
    return Cell(
        informants=len({row.who for row in rows}),
        segments=len({row.passage for row in rows}),
        state=_STATES[found.convergence.cells[kind]],
        ids=tuple(row.id for row in rows),
        unidentified=sum(not one.known for row in rows for one in row.witnesses),
    )
