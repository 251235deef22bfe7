"""A study in which everything that can hold words holds hostile ones."""

from __future__ import annotations

import json
from pathlib import Path

from empowerment_qda.text import inert_yaml
from kit import SMALL, write_study

HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}} {% raw %} {# x #}",
    "[laughs] and [a link](http://example.org/x)",
    "=cmd()|' /C calc'!A0",
    "`code` ``two`` ```",
    "**bold** __b__ _i_ ~~s~~ <b>b</b> &amp; &lt;",
    "\u202eright to left\u202c مرحبا שלום",
    "\U0001f600 \U0001f469\u200d\U0001f33e é",
    "- a list",
    "1. a number",
    "# a heading",
    "> a quotation",
    "| a | table |",
    "---",
    "a\\b $x$ ![p](http://example.org/p.png)",
    "\"><img src=x onerror=alert(1)>",
    "]]> <!-- --> <![CDATA[",
)  # fmt: skip
TEXT = "\n".join(HOSTILE)


def quoted(text: str) -> str:
    """Text as YAML can hold it, whatever it is."""
    return inert_yaml(json.dumps(text, ensure_ascii=False))


def hostile_study(root: Path, text: str = TEXT, short: str = HOSTILE[0]) -> Path:
    """The small study in which everything that can hold a person's words holds hostile ones."""
    words, first = quoted(text), quoted(short)
    source = f"""
        id: H-01
        title: {words}
        informant: {{id: H, type: head}}
        note: {words}
        place: {first}
        language: fr
        bystanders: [{first}]
        turns:
          - {{text: {words}, translation: {{en: {words}}}, time: {first}}}
          - {{speaker: {first}, text: {first}}}
        """
    codings = f"""
        source: H-01
        coder: first
        codings:
          - {{id: E1, code: training-provided, turn: 1, quote: {words}, memo: {words}}}
        """
    findings = f"""
        findings:
          - id: F1
            statement: {words}
            supported_by: [E1]
            note: {words}
            response: {words}
            rivals: [{{statement: {words}}}]
            member_check: {{done: yes, by: {first}, note: {words}}}
        conclusion: {{statement: {words}, rests_on: [F1], note: {words}}}
        recommendations: [{{id: R1, statement: {words}}}]
        """
    memo = "---\nid: M1\ntitle: " + first + "\nlinks: [F1, " + first + "]\n---\n\n" + text + "\n"
    book = SMALL["codebook.yaml"].replace(
        "title: A small book", f"title: {words}\n    reference: {words}\n    note: {words}"
    )
    book = book.replace(
        "direction: supports",
        f"direction: supports\n                label: {words}\n                definition: {words}\n                example: {words}",
    )
    settings = SMALL["qda.yaml"].replace(
        "title: A small study",
        f"title: {words}\n    purpose: {words}\n    sampling: {words}\n    limits: [{words}]\n    questions: [{words}]",
    )
    settings = settings.replace("label: Agency", f"label: {words}").replace("label: Head", f"label: {words}")
    small = {path: text for path, text in SMALL.items() if "O-01" not in path}
    write_study(root, small | {
        "qda.yaml": settings, "codebook.yaml": book, "data/interviews/H-01.yaml": source,
        "codings/first/H-01.yaml": codings, "findings.yaml": findings,
    })  # fmt: skip
    (root / "memos").mkdir()
    (root / "memos" / "M1.md").write_text(memo, encoding="utf-8", newline="")
    return root
