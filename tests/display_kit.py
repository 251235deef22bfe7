"""A study in which every kind of cell occurs, and its displays."""

from __future__ import annotations

from pathlib import Path

from empowerment_qda.displays import make_display
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import read_study
from empowerment_qda.model.display import Cell, Display
from empowerment_qda.model.study import Study
from kit import write_study

DISPLAYED = {
    "qda.yaml": """
        title: A study to display
        language: en
        codebook: codebook.yaml
        sources:
          interview: data/interviews/*.yaml
          observation: data/observations/*.yaml
          documentation: data/documents/*.yaml
        groups:
          agency: {label: {en: Agency, id: Dinas}}
          owner: {label: {en: Owners, id: Pemilik}}
        informant_types:
          owner: {label: {en: Owner, id: Pemilik usaha}, group: owner, order: 3}
          staff: {label: {en: Staff, id: Staf}, group: agency, order: 2, planned: 2}
          head: {label: {en: Head, id: Kepala}, group: agency, order: 1}
        """,
    "codebook.yaml": """
        title: A book
        version: 1.0
        codes:
          - id: enabling
            label: {en: Enabling, id: Iklim}
            codes:
              - id: awareness
                label: {en: Awareness, id: Kesadaran}
                codes:
                  - {id: given, label: {en: Training given, id: Pelatihan diberikan}, direction: supports}
                  - {id: rare, label: {en: Training rare, id: Pelatihan jarang}, direction: limits}
                  - {id: noted, label: {en: Event noted, id: Acara dicatat}}
              - id: access
                label: {en: Access, id: Akses}
                codes:
                  - {id: open, label: {en: Loans open, id: Kredit terbuka}, direction: supports}
                  - {id: closed, label: {en: Loans closed, id: Kredit tertutup}, direction: limits}
          - id: protecting
            label: {en: Protecting, id: Melindungi}
            codes:
              - {id: fair, label: {en: Fair prices, id: Harga wajar}, direction: supports}
          - {id: luck, label: {en: Luck, id: Nasib}}
        """,
    "data/interviews/H-01.yaml": """
        id: H-01
        informant: {id: H, type: head, attributes: {gender: f}}
        date: 2022-09-12
        interviewer: R
        turns:
          - {speaker: R, text: What do you offer?}
          - {speaker: H, text: We hold training. Loans are open too.}
          - {speaker: R, text: And fairs?}
          - {speaker: H, text: The fair was in June.}
        """,
    "data/interviews/O-01.yaml": """
        id: O-01
        informant: {id: O1, type: owner, attributes: {gender: m}}
        date: 2022-09-20
        turns:
          - {text: I joined twice. But it was long ago.}
          - {text: The bank said no.}
        """,
    "data/interviews/O-02.yaml": """
        id: O-02
        informant: {id: O2, type: owner, identity: unknown}
        date: 2022-09-20
        turns: [{text: Never heard of any.}]
        """,
    "data/interviews/O-03.yaml": """
        id: O-03
        informant: {id: O3, type: owner, attributes: {gender: f}}
        date: 2022-09-21
        turns: [{text: Nobody has coded this yet.}]
        """,
    "data/interviews/U-01.yaml": """
        id: U-01
        informant: {id: U}
        turns: [{text: Luck helps.}]
        """,
    "data/observations/N-01.yaml": """
        id: N-01
        about: O1
        date: 2022-09-21
        turns: [{text: Twenty owners sat in class.}]
        """,
    "data/documents/D-01.yaml": """
        id: D-01
        turns: [{text: "Loans: 12 granted."}]
        """,
    "codings/first/H-01.yaml": """
        source: H-01
        coder: first
        codings:
          - {id: E1, code: given, turn: 2, quote: We hold training.}
          - {id: E2, code: open, turn: 2, quote: Loans are open too.}
          - {id: E3, code: fair, turn: 4, quote: The fair was in June., event_date: 2022-06}
          - {id: E4, code: noted, turn: 4, quote: fair was in June}
        """,
    "codings/first/O-01.yaml": """
        source: O-01
        coder: first
        codings:
          - {id: E5, code: given, turn: 1, quote: I joined twice.}
          - {id: E6, code: rare, turn: 1, quote: But it was long ago.}
          - {id: E7, code: closed, turn: 2, quote: The bank said no.}
        """,
    "codings/second/O-01.yaml": """
        source: O-01
        coder: second
        codings:
          - {id: E12, code: given, turn: 1, quote: I joined twice.}
        """,
    "codings/first/O-02.yaml": """
        source: O-02
        coder: first
        codings:
          - {id: E8, code: rare, turn: 1, quote: Never heard of any., strength: inferred}
        """,
    "codings/first/U-01.yaml": """
        source: U-01
        coder: first
        codings: [{id: E9, code: luck, turn: 1, quote: Luck helps.}]
        """,
    "codings/first/N-01.yaml": """
        source: N-01
        coder: first
        codings: [{id: E10, code: given, turn: 1, quote: Twenty owners sat in class.}]
        """,
    "codings/first/D-01.yaml": """
        source: D-01
        coder: first
        codings: [{id: E11, code: open, turn: 1, quote: "Loans: 12 granted."}]
        """,
}
"""Heard: a head, three owners (one not identified, one not coded yet), one of no type; nobody of the staff."""


def read_displayed(root: Path, changes: dict[str, str] | None = None) -> Study:
    """The study, with some files changed."""
    return read_study(write_study(root, DISPLAYED | (changes or {})))


def display(study: Study, name: str, language: str = "en") -> Display:
    """One display of a study."""
    return make_display(name, study, reduce_study(study), language)


def marks(made: Display) -> dict[str, str]:
    """Row id to the marks of its cells, side by side."""
    return {
        row.id: " | ".join(cell.mark for cell in line)
        for row, line in zip(made.rows, made.cells, strict=True)
    }


def cell_of(made: Display, row: str, column: str) -> Cell:
    """The cell at two ids."""
    rows = [one.id for one in made.rows]
    return made.cells[rows.index(row)][[one.id for one in made.columns].index(column)]
