"""Displays in the order of time."""

from __future__ import annotations

from collections.abc import Iterable

from empowerment_qda.displays.matrix import (
    ONE_LOOK,
    Entry,
    Material,
    Matrix,
    display,
    list_dimensions,
    list_record_methods,
    list_types,
    tabulate,
    teller_of,
)
from empowerment_qda.labels import say_when
from empowerment_qda.locale import msg
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.model.display import Heading

UNDATED = "undated"
UNITS = {"day": 10, "month": 7, "year": 4}
"""Units of time, the finest first, and the characters of a date in it."""


@display(
    "time-ordered",
    msg("Time-ordered matrix"),
    msg("dates by dimensions: when it happened, else when it was said or written"),
    msg(
        "A segment stands in the row of the date of the event that it reports (`event_date`), "
        "else of its source's date, in the column of its dimension."
    ),
)
def time_ordered(material: Material) -> Matrix:
    """Dates by dimensions: of the event where it is known, else of the source."""
    dates = [source.date for source in material.study.sources]
    dates += [row.event_date for row in material.evidence]
    unit = choose_unit(dates)
    entries = [
        Entry(_period(row.event_date or row.date, unit), row.dimension, row) for row in material.evidence
    ]
    periods = {_period(date, unit) for date in dates if date} | {entry.row for entry in entries}
    return tabulate(material, entries, _list_periods(periods, material), list_dimensions(material))


@display(
    "event-listing",
    msg("Event listing"),
    msg("dated events in their order, by who tells of them"),
    msg(
        "An event is a segment with an `event_date`, or one of a dated note or document; it "
        "stands in the column of the type that tells of it, or of its method where nobody speaks."
    ),
    form="timeline",
    left_out=msg("Segments that report no dated event are not shown: {n}."),
)
def event_listing(material: Material) -> Matrix:
    """Dated events by who tells of them."""
    records = list_record_methods(material)
    heard = material.heard("type") | {column.id for column in records}
    dated = ((row.event_date or (None if row.witnesses else row.date), row) for row in material.evidence)
    entries = [Entry(str(date), teller_of(row), row) for date, row in dated if date]
    rows = _list_periods({entry.row for entry in entries}, material)
    columns = [*list_types(material, ordered=True), *records]
    return tabulate(material, entries, rows, columns, lambda row, column: column in heard)


def choose_unit(dates: Iterable[When | None]) -> str:
    """The finest of day, month and year in which the dates fit into one look; years where none does."""
    known = {date for date in dates if date}
    fitting = (unit for unit in UNITS if len({_period(date, unit) for date in known}) <= ONE_LOOK)
    return next(fitting, "year")


def _period(date: When | None, unit: str) -> str:
    """A date in a unit, written as dates are; a range stays one where it crosses the unit's border."""
    if date is None:
        return UNDATED
    if unit == "day":
        return date.text
    first, last = (day.isoformat()[: UNITS[unit]] for day in date[:2])
    return first if first == last else f"{first}/{last}"


def _list_periods(periods: set[str], material: Material) -> list[Heading]:
    """Periods in their order; what has no date last."""
    known = sorted((parse_when(one), one) for one in periods - {UNDATED})
    rows = [Heading(one, say_when(date, material.language)) for date, one in known]
    return rows + [Heading(UNDATED, material.say(msg("undated")))] * (UNDATED in periods)
