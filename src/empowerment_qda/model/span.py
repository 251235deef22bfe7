"""Where words stand in a source."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A passage: turns count from 1; offsets are code points from 0, end-exclusive, `end` counts in `end_turn`."""

    turn: int
    start: int
    end_turn: int
    end: int
