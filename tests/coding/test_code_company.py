"""Suggestions that depend on more than the answer's own words: the question before it, and company."""

from pathlib import Path

import pytest

from empowerment_qda.coding.suggest import code_sources, explain_sentence
from empowerment_qda.files.read import read_study
from kit import QDA, write_study

BOOK = """
title: T
version: 1
cues: book.cues.yaml
codes:
  - id: dim
    codes: [{id: aspect, codes: [{id: trained}, {id: often}]}]
"""
CUES = """
dim: {needs: {en: [agency, programme]}, not: {en: [school, "?school"]}}
trained: {en: [trained]}
often: {en: ["?training ... often"]}
"""


def coded(root: Path, *turns: str) -> list[str]:
    """The codes and the words that they are suggested for; a turn that begins with `?` is the interviewer's."""
    lines = "".join(
        f"  - {{speaker: {'R' if one[0] == '?' else 'O'}, text: '{one.lstrip('?')}'}}\n" for one in turns
    )
    source = f"id: O-01\ninformant: {{id: O, type: owner}}\ninterviewer: R\nturns:\n{lines}"
    files = {
        "qda.yaml": QDA,
        "codebook.yaml": BOOK,
        "book.cues.yaml": CUES,
        "data/interviews/O-01.yaml": source,
    }
    study = read_study(write_study(root, files))
    return [f"{one.code}: {one.quote}" for made in code_sources(study, study.sources) for one in made.codings]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["The agency trained us."], ["trained: The agency trained us."]),
        (["They trained us."], []),
        (["?What did the agency do?", "They trained us."], ["trained: They trained us."]),
        (["They trained us.", "?What did the agency do?"], []),
        (["?What did the agency do?", "Much.", "?And then?", "They trained us."], ["trained: They trained us."]),
        (["?What did the agency do?", "Much.", "?Where do you live?", "They trained us."], []),
        (["?Does the agency hold training?", "Quite often."], ["often: Quite often."]),
        (["?Does the agency hold training?", "Not often."], []),
        (["?Does the agency serve lunch?", "Quite often."], []),
        (["The agency trained us at school."], []),
        (["I left school. The agency trained us."], ["trained: The agency trained us."]),
        (["?And the school?", "The agency trained us.", "?And now?", "The agency trained us."], []),
        (["?And the school?", "No.", "?And the rest?", "The agency trained us."], ["trained: The agency trained us."]),
    ],
)  # fmt: skip
def test_company_stands_in_the_answer_or_the_question_before_it(
    tmp_path: Path, turns: list[str], told: list[str]
) -> None:
    assert coded(tmp_path, *turns) == told


@pytest.mark.parametrize(
    ("text", "question", "stopped"),
    [
        ("The agency trained us.", "", None),
        ("The agency never trained us.", "", ("negated", "never")),
        ("They trained us.", "", ("needs", "agency, programme")),
        ("They trained us.", "And the programme?", None),
        ("The agency trained us at school.", "", ("not", "school")),
        ("The agency trained us.", "And the school?", ("not", "?school")),
    ],
)
def test_what_stops_a_cue_is_told(
    tmp_path: Path, text: str, question: str, stopped: tuple[str, str] | None
) -> None:
    coded(tmp_path, "Hello there.")
    found = explain_sentence(read_study(tmp_path).codebook, text, question, "en")
    assert [(one.match.cue, one.stop) for one in found.tried] == [("trained", stopped)]


def test_each_word_is_told_as_it_is_read_and_cues_that_nearly_match(tmp_path: Path) -> None:
    coded(tmp_path, "Hello there.")
    book = read_study(tmp_path).codebook
    found = explain_sentence(book, "No, but the trainer came.", "", "en")
    assert [(one.text, one.negator, one.opens_clause) for one in found.words] == [
        ("No", True, True), ("but", False, True), ("the", False, False), ("trainer", False, False),
        ("came", False, False),
    ]  # fmt: skip
