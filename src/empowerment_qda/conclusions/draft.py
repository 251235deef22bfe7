"""A first file of findings from the coded evidence, for a person to reword."""

from __future__ import annotations

from collections import defaultdict

from empowerment_qda.conclusions.tactic_names import DRAFTS
from empowerment_qda.locale import LANGUAGES, say
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Direction
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.finding import Finding, Findings
from empowerment_qda.model.study import Study

DIRECTIONS: tuple[Direction, ...] = ("supports", "limits", "neutral")


def draft_findings(study: Study, reduction: Reduction) -> Findings:
    """One proposition for each aspect and direction that passages have, in the order of the codebook.

    It is supported by the ids of its codings, by the code where a coding has none. Which of them contradict
    one another is for a person to say.
    """
    rows: dict[tuple[str, Direction], list[Evidence]] = defaultdict(list)
    for row in reduction.evidence:
        rows[row.aspect or row.dimension, row.direction].append(row)
    above = [place.code.id for place in study.codebook.walk() if len(place.ancestors) < 2]
    drawn = [
        (aspect, direction, rows[aspect, direction])
        for aspect in above
        for direction in DIRECTIONS
        if (aspect, direction) in rows
    ]
    width = max(2, len(str(len(drawn))))
    return Findings(
        findings=tuple(_draft(f"F{number:0{width}}", *one, study) for number, one in enumerate(drawn, 1))
    )


def _draft(name: str, aspect: str, direction: Direction, rows: list[Evidence], study: Study) -> Finding:
    codes = list(dict.fromkeys(row.code for row in rows))
    book = study.codebook
    words = {
        language: say(
            DRAFTS[direction],
            language,
            aspect=book.label(aspect, language),
            codes="; ".join(book.label(code, language) for code in codes),
        )
        for language in LANGUAGES
    }
    # The id that a coding without one goes by has colons, and cannot be cited.
    entries = dict.fromkeys(row.code if ":" in row.id else row.id for row in rows)
    return Finding(
        id=name,
        statement=Text(words),
        dimension=rows[0].dimension,
        supported_by=tuple(entries),
        draft=True,
    )
