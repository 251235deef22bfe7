"""Displays in the order of time."""

from __future__ import annotations

from collections.abc import Iterable

from empowerment_qda.displays.matrix import (
    ONE_LOOK,
    Entry,
    Material,
    heard_types,
    list_dimensions,
    list_record_methods,
    list_types,
    make_matrix,
    teller_of,
)
from empowerment_qda.labels import say_when
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.model.display import Display, Heading

UNDATED = "undated"
UNITS = ("day", "month", "year")


def time_ordered(material: Material) -> Display:
    """Dates by dimensions: of the event where it is known, else of the source."""
    dates = [source.date for source in material.study.sources]
    dates += [row.event_date for row in material.evidence]
    unit = choose_unit(dates)
    entries = [
        Entry(_period(row.event_date or row.date, unit), row.dimension, row) for row in material.evidence
    ]
    periods = {_period(date, unit) for date in dates if date} | {entry.row for entry in entries}
    rows = _list_periods(periods, material)
    return make_matrix("time-ordered", material, entries, rows, list_dimensions(material))


def event_listing(material: Material) -> Display:
    """Dated events by who tells of them."""
    records = list_record_methods(material)
    heard = heard_types(material.study) | {column.id for column in records}
    entries = []
    for row in material.evidence:
        date = row.event_date or (None if row.witnesses else row.date)
        if date:
            entries.append(Entry(str(date), teller_of(row), row))
    return make_matrix(
        "event-listing",
        material,
        entries,
        _list_periods({entry.row for entry in entries}, material),
        [*list_types(material, ordered=True), *records],
        lambda row, column: column in heard,
        left_out="no_event",
    )


def choose_unit(dates: Iterable[When | None]) -> str:
    """The finest of day, month and year in which the dates fit into one look; years where none does."""
    known = {date for date in dates if date}
    fitting = (unit for unit in UNITS if len({_period(date, unit) for date in known}) <= ONE_LOOK)
    return next(fitting, UNITS[-1])


def _period(date: When | None, unit: str) -> str:
    """A date in a unit, written as dates are; a range stays one where it crosses the unit's border."""
    if date is None:
        return UNDATED
    if unit == "day":
        return date.text
    width = 7 if unit == "month" else 4
    first, last = date.first.isoformat()[:width], date.last.isoformat()[:width]
    return first if first == last else f"{first}/{last}"


def _list_periods(periods: Iterable[str], material: Material) -> list[Heading]:
    """Periods in their order; what has no date last."""
    known = sorted((parse_when(one), one) for one in periods if one != UNDATED)
    rows = [Heading(one, say_when(date, material.language)) for date, one in known]
    return rows + [Heading(UNDATED, material.say("undated"))] * (UNDATED in set(periods))
