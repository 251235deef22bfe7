"""Intervals of all coefficients at once: units are drawn whole, and each draw is counted once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from empowerment_qda.agreement import Bootstrap, Coefficient, Interval, find_cautions
from empowerment_qda.agreement.bootstrap import percentile_intervals
from empowerment_qda.agreement.coefficients import Way, way_of_alpha
from empowerment_qda.agreement.tables import Pattern
from empowerment_qda.stages.agree.measure import (
    KAPPAS,
    SetDistance,
    Table,
    mark_codes,
    ways_of_code,
    ways_of_decisions,
)
from empowerment_qda.stages.agree.result import CodeAgreement


@dataclass(frozen=True, slots=True)
class Draw:
    """How often each pattern of a table was drawn; for each code, and all together, each pattern of yes and no."""

    units: Sequence[int]
    codes: list[list[int]]
    together: list[int]


Statistic = Callable[[Draw], float | None]


class Decisions:
    """Whether each code was given, by whom, to units: counted for any draw of them."""

    def __init__(self, patterns: Sequence[Pattern], codes: Sequence[str]) -> None:
        marked = [mark_codes(pattern) for pattern in patterns]
        given = [pattern for _, own in marked for _, pattern in own]
        self.patterns: list[Pattern] = list(dict.fromkeys([*(none for none, _ in marked), *given]))
        places = {pattern: place for place, pattern in enumerate(self.patterns)}
        rows = {code: number * len(places) for number, code in enumerate(codes)}
        self._size = len(rows) * len(places)
        self._blanks = [places[none] for none, _ in marked]
        self._cells = [
            [rows[code] + places[pattern] for code, pattern in own if code in rows] for _, own in marked
        ]
        # Who did not rate a unit did not rate it for any code: where a code was given, a blank is taken away.
        self._blank_of = {places[pattern]: places[none] for none, own in marked for _, pattern in own}

    def count(self, units: Sequence[int]) -> Draw:
        """From how often each unit was drawn."""
        cells, blanks = [0] * self._size, [0] * len(self.patterns)
        for weight, blank, own in zip(units, self._blanks, self._cells, strict=True):
            if weight:
                blanks[blank] += weight
                for cell in own:
                    cells[cell] += weight
        width = len(self.patterns)
        codes = [cells[start : start + width] for start in range(0, self._size, width)]
        for row in codes:
            taken = [(blank, row[place]) for place, blank in self._blank_of.items()]
            for blank, weight in enumerate(blanks):
                row[blank] += weight
            for blank, weight in taken:
                row[blank] -= weight
        return Draw(units, codes, [sum(column) for column in zip(*codes, strict=True)] or [0] * width)


def draw_coders(
    table: Table, coders: int, distance: SetDistance, decisions: Decisions
) -> dict[str, Statistic]:
    """The coefficients over all codes of `measure_sets`, for any draw."""
    alpha = way_of_alpha(distance).bind(list(table))

    def pool(way: Way) -> Statistic:
        parts = way.prepare(decisions.patterns)

        def pooled(draw: Draw) -> float | None:
            found = [parts(row) for row in draw.codes]
            seen, chance = sum(a / b for a, b, _, _ in found), sum(c / d for _, _, c, d in found)
            return (seen - chance) / (len(found) - chance) if chance < len(found) else None

        return pooled

    def decide(way: Way) -> Statistic:
        bound = way.bind(decisions.patterns)
        return lambda draw: bound(draw.together)

    return {
        "alpha": lambda draw: alpha(draw.units),
        **{name: pool(way) for name, way in KAPPAS.items() if way.suits(coders)},
        **{name: decide(way) for name, way in ways_of_decisions(coders).items()},
    }


def draw_ratings(ways: Mapping[str, tuple[Way, Sequence[Pattern]]]) -> dict[str, Statistic]:
    """The coefficients of a table of ratings, for any draw."""

    def follow(way: Way, patterns: Sequence[Pattern]) -> Statistic:
        bound = way.bind(patterns)
        return lambda draw: bound(draw.units)

    return {
        name: follow(way, patterns)
        for name, (way, patterns) in ways.items()
        if way.suits(max(map(len, patterns), default=0))
    }


def add_intervals(
    overall: Mapping[str, Coefficient], codes: Sequence[CodeAgreement], coders: int, weights: Sequence[int],
    statistics: Mapping[str, Statistic], decisions: Decisions, bootstrap: Bootstrap,
) -> tuple[dict[str, Coefficient], tuple[CodeAgreement, ...]]:  # fmt: skip
    """The same coefficients with intervals, those of each code among them, and cautions of what had none."""
    bound = {
        name: way.bind(decisions.patterns) for name, way in ways_of_code(coders).items() if way.suits(coders)
    }

    def count(units: Sequence[int]) -> list[float | None]:
        draw = decisions.count(units)
        found = [statistic(draw) for statistic in statistics.values()]
        found += [value(row) for row in draw.codes for value in bound.values()]
        return found

    number = len(statistics) + len(bound) * len(codes)
    found = iter(percentile_intervals(count, number, weights, bootstrap))
    together = {name: _give(overall[name], next(found)) for name in statistics}
    each = tuple(_give_code(one, {name: next(found) for name in bound}) for one in codes)
    return {**overall, **together}, each


def _give(one: Coefficient, interval: Interval) -> Coefficient:
    return one if one.value is None else replace(one, interval=interval)


def _give_code(one: CodeAgreement, intervals: Mapping[str, Interval]) -> CodeAgreement:
    measured = {name: _give(one.coefficients[name], interval) for name, interval in intervals.items()}
    undefined = max((own.interval.undefined for own in measured.values() if own.interval), default=0)
    cautions = find_cautions(measured["percent"].units, one.prevalence, undefined)
    return replace(one, coefficients={**one.coefficients, **measured}, cautions=cautions)
