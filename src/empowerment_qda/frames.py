"""Results as pandas data frames: text as `string`, dates as `datetime64[s]`, closed lists of words as categories.

Dates may be known by the month or the year only, or be a range: a column `date` is the first day, `date_last` the last
one (equal where the day is known), `date_text` the date as written. Several values of a cell are text joined by ", ".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, get_args

import pandas as pd

from empowerment_qda.agreement.coefficients import Coefficient
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.anchors import Anchor
from empowerment_qda.evidence.find import CodedPassage, Hit
from empowerment_qda.evidence.passages import passages_of
from empowerment_qda.model.base import When
from empowerment_qda.model.coding import Status
from empowerment_qda.model.conclusion import Stratum
from empowerment_qda.model.display import Cell, Display
from empowerment_qda.model.evidence import Evidence, Reduction, by_witness
from empowerment_qda.model.study import AXES, Study, order_types
from empowerment_qda.model.triangulation import VERDICTS, Assessment, Triangulation
from empowerment_qda.model.triangulation import Status as AxisStatus
from empowerment_qda.problems import Problem

Value = Literal["informants", "segments", "mark"]
DIRECTIONS = ("limits", "neutral", "supports")
STATES = ("lost", "ambiguous", "changed", "moved", "exact")
Dtypes = Mapping[str, Any]


def _ordered(words: Iterable[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(words), ordered=True)


def _dates(name: str) -> dict[str, str]:
    return {name: "datetime64[s]", f"{name}_last": "datetime64[s]", f"{name}_text": "string"}


def _days(when: When | None) -> tuple[str | None, str | None, str | None]:
    """First day, last day and the text; numpy reads days of any year from ISO text."""
    return (when.first.isoformat(), when.last.isoformat(), when.text) if when else (None, None, None)


def _frame(rows: Iterable[Sequence[Any]], dtypes: Dtypes, index: str | None = None) -> pd.DataFrame:
    """A frame with these columns in this order, typed whether or not it has rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    made = {
        name: pd.Series(_column(values, dtype), dtype=dtype)
        for (name, dtype), values in zip(dtypes.items(), columns, strict=True)
    }
    frame = pd.DataFrame(made)
    return frame.set_index(index) if index else frame


def _column(values: Sequence[Any], dtype: Any) -> Any:
    if dtype == "datetime64[s]":
        import numpy as np

        return np.array([one or "NaT" for one in values], dtype="datetime64[s]")
    return list(values)


def _people(study: Study) -> dict[str, Any]:
    """Types from the nearest to the programme outward, groups in the order of the settings, methods as they occur."""
    return {
        "type": _ordered(order_types(study.settings)),
        "group": _ordered(study.settings.groups),
        "method": pd.CategoricalDtype(list(dict.fromkeys(source.kind for source in study.sources))),
    }


SPAN = {"turn": "int64", "start": "int64", "end_turn": "int64", "end": "int64"}
LOOSE_SPAN = dict.fromkeys(SPAN, "Int64")
"""A place that may be nowhere."""


def frame_problems(problems: Iterable[Problem]) -> pd.DataFrame:
    """One row a problem, in the order of the files."""
    dtypes = {"path": "string", "line": "Int64", "rule": "string", "severity": _ordered(("warning", "error")),
              "message": "string", "hint": "string", "source": "string", "turn": "Int64", "coding": "string"}  # fmt: skip
    rows = (
        (one.place.path, one.place.line, one.rule, one.severity, one.message, one.hint, one.place.source,
         one.place.turn, one.place.coding)
        for one in problems
    )  # fmt: skip
    return _frame(rows, dtypes)


def frame_evidence(study: Study, evidence: Iterable[Evidence], *, per_informant: bool) -> pd.DataFrame:
    """One row a counted coding; or one for each of those whose words it is, the id then repeated."""
    dtypes = {
        "id": "string", "source": "string", **SPAN, "quote": "string", "code": "string", "path": "string",
        "dimension": "string", "aspect": "string", "direction": _ordered(DIRECTIONS), "informant": "string",
        **_people(study), **_dates("date"), **_dates("event_date"), "coder": "string",
        "strength": _ordered(("inferred", "direct")), "producer": "string", "about": "string", "memo": "string",
    }  # fmt: skip
    rows = (
        (one.id, one.source, *one.span, one.quote, one.code, one.path, one.dimension,
         one.aspect, one.direction, one.who, one.type, one.group, one.method, *_days(one.date),
         *_days(one.event_date), one.coder, one.strength, one.producer, ", ".join(one.about) or None, one.memo)
        for one in (by_witness(evidence) if per_informant else evidence)
    )  # fmt: skip
    return _frame(rows, dtypes, "id")


def frame_codings(study: Study, reduction: Reduction) -> pd.DataFrame:
    """One row a coding of any coder and status, placed or not."""
    counted = {(row.coder, row.id) for row in reduction.evidence}
    dtypes = {
        "id": "string", "source": "string", **LOOSE_SPAN, "quote": "string", "words_now": "string",
        "state": _ordered(STATES), "code": "string", "coder": "string",
        "status": pd.CategoricalDtype(list(get_args(Status))), "counted": "bool",
        "strength": _ordered(("inferred", "direct")), **_dates("event_date"), "why": "string", "memo": "string",
    }  # fmt: skip
    rows = (
        (one.id, one.source.id, *_place(one.anchor), one.coding.quote,
         one.source.quote(one.anchor.span) if one.anchor.span else None, one.anchor.state, one.coding.code,
         one.file.coder, one.coding.status, (one.file.coder, one.id) in counted, one.coding.strength,
         *_days(one.coding.event_date), one.coding.why, one.coding.memo)
        for one in passages_of(study)
    )  # fmt: skip
    return _frame(rows, dtypes, "id")


def _place(anchor: Anchor) -> tuple[int | None, int | None, int | None, int | None]:
    span = anchor.span
    return (span.turn, span.start, span.end_turn, span.end) if span else (None, None, None, None)


def frame_triangulation(study: Study, result: Triangulation) -> pd.DataFrame:
    """One row a finding: what it has on each axis, and how many passages stand on each side."""
    statuses = _ordered(get_args(AxisStatus))
    dtypes: dict[str, Any] = {"finding": "string", "statement": "string", "dimension": "string",
                              "verdict": _ordered(VERDICTS), "contested": "bool"}  # fmt: skip
    for axis in AXES:
        dtypes |= {axis: "int64", f"{axis}_upper": "int64", f"{axis}_status": statuses}
    dtypes |= dict.fromkeys(("supporting", "contradicting", "qualifying", "inferred"), "int64")
    dtypes |= {
        "flags": "string",
        "assessment": pd.CategoricalDtype(list(get_args(Assessment))),
        "response": "string",
    }
    claims = {one.id: one for one in study.findings.findings}
    rows = (
        (found.id, claims[found.id].statement.say(study.settings.language), claims[found.id].dimension,
         found.verdict, found.contested,
         *(value for axis in AXES for one in [found.axes[axis]] for value in (one.count, one.upper, one.status)),
         len(found.supporting), len(found.contradicting), len(found.qualifying), len(found.inferred),
         ", ".join(dict.fromkeys(flag.code for flag in found.flags)), found.convergence.assessment, found.response)
        for found in result.findings
    )  # fmt: skip
    return _frame(rows, dtypes, "finding")


def frame_agreement(found: Agreement, show: str) -> pd.DataFrame:
    """One row a code, a coefficient over all codes, or a disagreement."""
    if show == "codes":
        names = list(dict.fromkeys(name for one in found.codes for name in one.coefficients))
        numbers = [f"{name}{end}" for name in names for end in ("", "_low", "_high")]
        dtypes: dict[str, str] = {"code": "string", "units": "int64", "both": "int64", "neither": "int64",
                                  "prevalence": "float64", **dict.fromkeys(numbers, "float64")}  # fmt: skip
        rows: Iterable[Sequence[Any]] = (
            (one.code, one.coefficients["percent"].units, one.marks.both, one.marks.neither, one.prevalence,
             *(value for name in names for value in _bounds(one.coefficients.get(name))))
            for one in found.codes
        )  # fmt: skip
        return _frame(rows, dtypes, "code")
    if show == "overall":
        dtypes = {"coefficient": "string", "value": "float64", "low": "float64", "high": "float64",
                  "units": "int64", "reason": "string"}  # fmt: skip
        rows = ((name, *_bounds(one), one.units, one.reason) for name, one in found.overall.items())
        return _frame(rows, dtypes, "coefficient")
    dtypes = {"source": "string", **LOOSE_SPAN, "coder": "string", "other": "string", "code": "string",
              "other_code": "string", "text": "string", "units": "int64"}  # fmt: skip
    rows = (
        (one.source, one.turn, one.start, one.end_turn, one.end, *one.coders, *one.codes, one.text, one.units)
        for one in found.disagreements
    )
    return _frame(rows, dtypes)


def _bounds(one: Coefficient | None) -> tuple[float | None, float | None, float | None]:
    interval = one.interval if one else None
    return (
        one.value if one else None,
        interval.low if interval else None,
        interval.high if interval else None,
    )


def frame_display(display: Display, value: Value, *, labels: bool) -> pd.DataFrame:
    """The matrix: rows and columns by id or label; numbers are `float64`, NaN where there is no transcript."""

    def number(cell: Cell) -> float:
        if cell.state == "no_data":
            return float("nan")
        return float(cell.segments if value == "segments" else cell.informants)

    cells = [[cell.mark if value == "mark" else number(cell) for cell in line] for line in display.cells]

    def heads(which: Literal["rows", "columns"]) -> list[Hashable]:
        return [one.label if labels else one.id for one in getattr(display, which)]

    return pd.DataFrame(
        cells,
        index=pd.Index(heads("rows"), name="row", dtype="string"),
        columns=pd.Index(heads("columns"), name="column", dtype="string"),
        dtype="string" if value == "mark" else "float64",
    )


def frame_saturation(strata: Iterable[Stratum], *, per_interview: bool) -> pd.DataFrame:
    """One row a stratum, or one an interview of each: `new` codes in it and `codes` so far."""
    if per_interview:
        dtypes: Dtypes = {"kind": "string", "name": "string", "number": "int64", "interview": "string",
                          "new": "int64", "codes": "int64"}  # fmt: skip
        rows: Iterable[Sequence[Any]] = (
            (one.kind, one.name or None, number, interview, new, codes)
            for one in strata
            for number, (interview, new, codes) in enumerate(
                zip(one.interviews, one.new, accumulate(one.new), strict=True), 1
            )
        )
        return _frame(rows, dtypes)
    dtypes = {"kind": "string", "name": "string", "interviews": "int64", "status": "string", "reason": "string",
              "at": "Int64", "needed": "Int64", "base_codes": "int64", "shuffles_median": "float64",
              "uncoded": "string", "undated": "string"}  # fmt: skip
    rows = (
        (one.kind, one.name or None, len(one.interviews), one.reading.status, one.reading.reason, one.reading.at,
         one.reading.needed, one.reading.base_codes, one.shuffles.median if one.shuffles else None,
         ", ".join(one.uncoded), ", ".join(one.undated))
        for one in strata
    )  # fmt: skip
    return _frame(rows, dtypes)


def frame_passages(study: Study, passages: Iterable[CodedPassage]) -> pd.DataFrame:
    """One row a passage found, under the id of its first coding; `ids`, `codes` and `coders` are those of all."""
    dtypes = {"id": "string", "source": "string", **SPAN, "quote": "string", "codes": "string", "coders": "string",
              "ids": "string", "informant": "string", **_people(study), **_dates("date")}  # fmt: skip
    rows = (
        (first.id, first.source, *one.span, first.quote, ", ".join(one.codes),
         ", ".join(dict.fromkeys(row.coder for row in one.rows)), ", ".join(row.id for row in one.rows),
         first.who, first.type, first.group, first.method, *_days(first.date))
        for one in passages
        for first in one.rows[:1]
    )  # fmt: skip
    return _frame(rows, dtypes, "id")


def frame_hits(hits: Iterable[Hit]) -> pd.DataFrame:
    """One row a place where the words stand, coded or not."""
    dtypes = {"source": "string", **SPAN, "before": "string", "words": "string", "after": "string", "cue": "string",
              "speaker": "string", "codes": "string"}  # fmt: skip
    rows = (
        (one.source, *one.span, one.before, one.words, one.after, one.cue, one.speaker, ", ".join(one.codes))
        for one in hits
    )
    return _frame(rows, dtypes)
