"""What `qda code` answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.language import Stop
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.study import Study
from empowerment_qda.passages import find_passages
from empowerment_qda.stages.code import Explained


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


STOPS = {
    "negated": 'stopped: "{words}" negates it in its clause',
    "doubted": 'stopped: "{words}" denies something in the same sentence, and it may be this',
    "unreal": 'stopped: by "{words}" in the same sentence it may not be so, or not yet, not any more, or not here',
    "phrase": 'stopped: part of "{words}"',
    "question": "stopped: the question before does not hold {words}",
    "needs": "stopped: none of what it needs stands in the answer or the question ({words})",
    "not": 'stopped: the cue "{words}" under `not` matches in the sentence',
}


def say_stop(stop: Stop | None) -> str:
    """What became of a cue that stands in a sentence."""
    return STOPS[stop.kind].format(words=stop.words) if stop else "suggests the code"


def answer_explained(text: str, question: str, found: Explained) -> dict[str, Any]:
    """The JSON of `qda code --explain`; offsets are code points in the text."""
    return {
        "text": text,
        "question": question or None,
        "words": [
            {"word": one.text, "lemma": one.lemma, "stem": one.stem, "negator": one.negator, "opens_clause": one.opens_clause}
            for one in found.words
        ],
        "cues": [
            {"code": one.match.key, "cue": one.match.cue, "start": one.match.start, "end": one.match.end,
             "words": text[one.match.start : one.match.end], "stopped_by": one.stop.kind if one.stop else None,
             "by": one.stop.words if one.stop else None}
            for one in found.tried
        ],
        "near": [{"code": one.code, "cue": one.cue, "why": one.why} for one in found.near],
    }  # fmt: skip


def table_explained(text: str, found: Explained) -> Table:
    """One row for each cue that stands in the text, then for each that nearly does."""
    rows = [
        (str(one.match.key), one.match.cue, text[one.match.start : one.match.end], say_stop(one.stop))
        for one in found.tried
    ] + [(one.code, one.cue, "", f"does not match: {one.why}") for one in found.near]
    return make_table(("code", "cue", "words", "outcome"), rows)


def table_of_words(found: Explained) -> Table:
    """One row for each word: its lemma, its family, and what it does to its clause."""
    rows = (
        (one.text, one.lemma, one.stem,
         ", ".join(filter(None, ("a clause begins" if one.opens_clause else "", "negator" if one.negator else ""))))
        for one in found.words
    )  # fmt: skip
    return make_table(("word", "lemma", "family", "does"), rows)
