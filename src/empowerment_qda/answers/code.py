"""What `qda code` answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.study import Study
from empowerment_qda.passages import find_passages


def answer_codings(suggested: Iterable[Codings], study: Study) -> dict[str, Any]:
    """The JSON of the contract; offsets are code points in the turn, `end` counts in `end_turn` where there is one."""
    return {"codings": list(_codings(suggested, study))}


def _codings(suggested: Iterable[Codings], study: Study) -> Iterator[dict[str, Any]]:
    places = study.codebook.places
    for passage in find_passages(study.sources, suggested):
        coding, span = passage.coding, passage.anchor.span
        answer: dict[str, Any] = {
            "source": passage.source.id,
            "turn": span.turn if span else None,
            "start": span.start if span else None,
            "end": span.end if span else None,
            "quote": coding.quote,
            "code": coding.code,
            "path": places[coding.code].path if coding.code in places else coding.code,
            "why": coding.why,
            "status": coding.status,
        }
        if span and span.end_turn != span.turn:
            answer["end_turn"] = span.end_turn
        yield answer


def files_of_codings(suggested: Iterable[Codings], study: Study) -> dict[str, Codings]:
    """Path in the study's folder to what is to stand there; a source without codings gets no file if it has none."""
    there = {file.path for file in study.codings}
    placed = ((f"codings/{codings.coder}/{codings.source}.yaml", codings) for codings in suggested)
    return {path: codings.at(path) for path, codings in placed if codings.codings or path in there}


def table_codings(suggested: Iterable[Codings]) -> Table:
    """One row for each suggestion, with the cue that fired."""
    rows = (
        (f"{codings.source}#{coding.turn}", coding.code, coding.quote, coding.why, coding.status)
        for codings in suggested
        for coding in codings.codings
    )
    return make_table(("turn", "code", "quote", "why", "status"), rows)
