"""Studies for tests, written as a user writes them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

SHARED = Path(__file__).resolve().parents[2] / "shared"


def write_study(root: Path, files: dict[str, str]) -> Path:
    """Write files (path to text, dedented) under a folder and give the folder back."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


QDA = """
    title: A small study
    language: en
    codebook: codebook.yaml
    sources:
      interview: data/interviews/*.yaml
      observation: data/observations/*.yaml
      documentation: data/documents/*.yaml
    groups:
      agency: {label: Agency}
      owner: {label: Owners}
    informant_types:
      head: {label: Head, group: agency, planned: 1, order: 1}
      owner: {label: Owner, group: owner, planned: 3, order: 2}
    """

CODEBOOK = """
    title: A small book
    version: 1.0
    codes:
      - id: enabling
        codes:
          - id: awareness
            codes:
              - id: training-provided
                direction: supports
                cues: {en: [training, "classes"], not: {en: ["no ... training"]}}
              - id: training-rare
                direction: limits
                cues: {en: ["only once"]}
    """

HEAD = """
    id: H-01
    informant: {id: H, type: head}
    date: 2022-09-12
    interviewer: R
    turns:
      - {speaker: R, text: Is there training for owners?}
      - {speaker: H, text: We hold digital training every month. Owners come from all wards.}
    """

OWNER = """
    id: O-01
    informant: {id: O, type: owner}
    date: 2022-09-20
    interviewer: R
    turns:
      - {speaker: R, text: Were you trained?}
      - {speaker: O, text: "Yes, I joined their classes. But it was only once, last year."}
    """

CODED_HEAD = """
    source: H-01
    coder: first
    codings:
      - {id: E1, code: training-provided, turn: 2, quote: We hold digital training every month.}
    """

CODED_OWNER = """
    source: O-01
    coder: first
    codings:
      - {id: E2, code: training-provided, turn: 2, quote: "Yes, I joined their classes."}
      - {id: E3, code: training-rare, turn: 2, quote: "But it was only once, last year."}
    """

FINDINGS = """
    findings:
      - id: F1
        statement: Training is offered.
        dimension: enabling
        supported_by: [training-provided]
        contradicted_by: [E3]
    """

SMALL = {
    "qda.yaml": QDA,
    "codebook.yaml": CODEBOOK,
    "data/interviews/H-01.yaml": HEAD,
    "data/interviews/O-01.yaml": OWNER,
    "codings/first/H-01.yaml": CODED_HEAD,
    "codings/first/O-01.yaml": CODED_OWNER,
    "findings.yaml": FINDINGS,
}
"""A study of two interviews, coded by `first`, with one finding."""
