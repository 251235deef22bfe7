"""Dates as people give them: a day, a range of days, or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, InstanceOf, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError


class When(NamedTuple):
    """A span of days, both ends included, and the words it was written in."""

    first: date
    last: date
    text: str

    def __str__(self) -> str:
        return self.text


def parse_when(text: str) -> When:
    """Read `2022-09-12`, `2022-06-27/2022-06-30`, `2022-09` or `2022`; ValueError with a sentence otherwise.

    >>> parse_when("2022-06-27/2022-06-30").last
    datetime.date(2022, 6, 30)
    >>> parse_when("2022").first
    datetime.date(2022, 1, 1)
    """
    parts = text.strip().split("/")
    if len(parts) > 2:
        raise ValueError(
            f"`{text}` is not a date such as 2022-09-12, a range 2022-06-27/2022-06-30, or a year"
        )
    first, last = _span(parts[0], text)[0], _span(parts[-1], text)[1]
    if last < first:
        raise ValueError(f"`{text}` ends before it begins")
    return When(first, last, text.strip())


def _span(part: str, whole: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", part.strip())
    if not found:
        raise ValueError(
            f"`{whole}` is not a date such as 2022-09-12, a range 2022-06-27/2022-06-30, or a year"
        )
    year, month, day = (int(piece) if piece else None for piece in found.groups())
    try:
        if year and month and day:
            only = date(year, month, day)
            return only, only
        if year and month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except ValueError:
        raise ValueError(f"`{whole}` names a day that does not exist") from None


def _validate(value: Any) -> Any:
    if isinstance(value, When):
        return value
    if isinstance(value, date):
        value = value.isoformat()
    try:
        return parse_when(str(value))
    except ValueError as error:
        raise PydanticCustomError("when", "{sentence}", {"sentence": str(error)}) from None


Date = Annotated[
    InstanceOf[When],
    BeforeValidator(_validate),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\s*\d{4}(-\d\d(-\d\d)?)?\s*(/\s*\d{4}(-\d\d(-\d\d)?)?\s*)?$",
            "description": "a day 2022-09-12, a range of two days with /, or a year",
        }
    ),
]
