"""What `qda check` and `qda codebook lint` answer: the problems, all of them or as many as a screen holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from empowerment_qda.answers.lines import clean, cut, width_of
from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.problems import Problem


def answer_problems(problems: Sequence[Problem]) -> dict[str, Any]:
    """The JSON of the contract; `source`, `turn` and `coding` are null where a problem is about none."""
    return {
        "problems": [
            {
                "path": problem.place.path,
                "line": problem.place.line,
                "rule": problem.rule,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
                "source": problem.place.source,
                "turn": problem.place.turn,
                "coding": problem.place.coding,
            }
            for problem in problems
        ]
    }


def table_problems(problems: Sequence[Problem]) -> Table:
    """One row for each problem."""
    columns = ("path", "line", "rule", "severity", "message", "hint", "source", "turn", "coding")
    return make_table(
        columns, (tuple(row[name] for name in columns) for row in answer_problems(problems)["problems"])
    )


def say_problem(problem: Problem) -> list[str]:
    """`path:line: sentence [rule]`, and the next step on an indented line of its own."""
    place = problem.place
    line = f":{place.line}" if place.line else ""
    mark = "warning: " if problem.severity == "warning" else ""
    path = clean(place.path).replace("\n", "\ufffd")
    said = f"{path}{line}: {mark}{problem.message} [{problem.rule}]\n    {problem.hint}"
    return clean(said).split("\n")


def say_problems(problems: Sequence[Problem], width: int, height: int | None) -> Iterator[str]:
    """The problems as lines: all in their order, or, on a screen that high, errors first and no more than it holds.

    Where it does not hold them, all are counted by rule and source, and a last line says how to see them.
    """
    if height is None:
        for problem in problems:
            yield from say_problem(problem)
        return
    said = [say_problem(one) for one in sorted(problems, key=lambda one: one.severity != "error")]
    if sum(_rows(lines, width) for lines in said) <= height:
        for lines in said:
            yield from lines
        return
    counts = list(_count_problems(problems, width, height // 3))
    yield from counts
    yield ""
    room, shown = height - len(counts) - 2, 0
    for lines in said:
        room -= _rows(lines, width)
        if shown and room < 0:
            break
        shown += 1
        yield from lines
    yield f"{shown} of {len(said)} shown; `--all` shows all."


def _rows(lines: Sequence[str], width: int) -> int:
    """How many rows of a terminal the lines take."""
    return sum(max(1, -(-width_of(line) // width)) for line in lines)


def _count_problems(problems: Sequence[Problem], width: int, most: int) -> Iterator[str]:
    """A line for each rule, errors and the frequent first: how many, and in which sources or files."""
    by_rule: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for one in problems:
        by_rule[one.severity != "error", one.rule][one.place.source or one.place.path] += 1
    rules = sorted(by_rule.items(), key=lambda rule: (rule[0][0], -rule[1].total(), rule[0][1]))
    fitting = rules if len(rules) <= most else rules[: most - 1]
    for (warns, rule), where in fitting:
        kind = ("warning" if warns else "error") + "s" * (where.total() > 1)
        counted = f"{where.total():6} {kind:8}  "
        named = ", ".join(f"{source} {number}" for source, number in where.most_common())
        yield counted + cut(f"{rule}: {named}", width - len(counted))
    if fitting != rules:
        rest = rules[len(fitting) :]
        yield f"{sum(where.total() for _, where in rest):6} more of {len(rest)} other rules"
