"""What `qda check` answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.problems import Problem


def answer_problems(problems: Sequence[Problem]) -> dict[str, Any]:
    """The JSON of the contract."""
    return {
        "problems": [
            {
                "path": problem.place.path,
                "line": problem.place.line,
                "rule": problem.rule,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ]
    }


def table_problems(problems: Sequence[Problem]) -> Table:
    """One row for each problem."""
    columns = ("path", "line", "rule", "severity", "message", "hint")
    return make_table(
        columns, (tuple(row[name] for name in columns) for row in answer_problems(problems)["problems"])
    )
