"""The plan for the next field visit, as JSON, table and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empowerment_qda.advice import lift
from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.labels import label_of
from empowerment_qda.locale import say, say_all
from empowerment_qda.model.plan import Plan, Step
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.words import AXES as AXIS_WORDS
from empowerment_qda.words import SAYINGS


def answer_plan(plan: Plan, triangulation: Triangulation, study: Study, language: str) -> dict[str, Any]:
    """Steps with what each brings, what is left for the desk, and what no step reaches."""
    return {
        "steps": [
            {
                "ask": step.kind,
                "value": step.value,
                "heard": step.heard,
                "what": _what(step, study, language),
                "gains": [
                    {"finding": one.finding, "axes": list(one.axes), "complete": one.complete}
                    for one in step.gains
                ],
            }
            for step in plan.steps
        ],
        "at_the_desk": [
            {
                "finding": finding,
                "flag": flag.code,
                "lift": lift(flag, triangulation.by_id[finding], study, language),
            }
            for finding, flag in plan.at_the_desk
        ],
        "out_of_reach": list(plan.out_of_reach),
    }


def table_plan(plan: Plan, study: Study, language: str) -> Table:
    """One row for each step: what to do, for which findings, and which lack nothing after it."""
    rows = (
        (
            number,
            _what(step, study, language),
            "; ".join(
                f"{one.finding} ({', '.join(say(AXIS_WORDS[axis], language) for axis in one.axes)})"
                for one in step.gains
            ),
            ", ".join(one.finding for one in step.gains if one.complete),
        )
        for number, step in enumerate(plan.steps, 1)
    )
    said = say_all(SAYINGS, language)
    return make_table(("step", said["do"], said["for"], said["complete"]), rows)


def _what(step: Step, study: Study, language: str) -> str:
    said = say_all(SAYINGS, language)
    if step.kind == "method":
        return said[f"gather_{step.value}"]
    return said["ask" if step.heard else "ask_first"].format(
        type=label_of("type", step.value, study, language)
    )


def tell_rest(plan: Plan, triangulation: Triangulation, study: Study, language: str) -> Iterator[str]:
    """What no visit is needed for, and what no single word lifts."""
    said = say_all(SAYINGS, language)
    if plan.at_the_desk:
        yield said["at_the_desk"] + ":"
        for finding, flag in plan.at_the_desk:
            yield f"  {finding} {flag.code}: {lift(flag, triangulation.by_id[finding], study, language)}"
    if plan.out_of_reach:
        yield said["out_of_reach"].format(findings=", ".join(plan.out_of_reach))
    yield said["caveat"]
