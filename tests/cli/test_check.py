"""Problems as an answer: all of them in a pipe, a screen of them on a terminal."""

from __future__ import annotations

from empowerment_qda.cli.console import say_problem, say_problems
from empowerment_qda.problems import Place, Problem, Severity
from empowerment_qda.text import width_of


def problem(
    n: int, rule: str = "quote-lost", severity: Severity = "error", source: str | None = None
) -> Problem:
    return Problem(
        Place(f"codings/a/{n}.yaml", (), n, source), rule, f"sentence {n}", f"next step {n}", severity
    )


MANY = [
    *(problem(n, "quote-moved", "warning", f"P{n % 3}") for n in range(1, 61)),
    *(problem(n, "unknown-code", "error", "P9") for n in range(61, 64)),
    *(problem(n, f"rule-{n}", "warning") for n in range(64, 84)),
]


def test_a_pipe_gets_every_problem_in_its_order() -> None:
    lines = list(say_problems(MANY, 80, None))
    assert lines[:2] == ["codings/a/1.yaml:1: warning: sentence 1 [quote-moved]", "    next step 1"]
    assert lines == [line for one in MANY for line in say_problem(one)]


def test_what_a_screen_holds_is_simply_shown_errors_first() -> None:
    lines = list(say_problems([problem(1, severity="warning"), problem(2)], 80, 4))
    assert [line.split(":")[0] for line in lines] == [
        "codings/a/2.yaml", "    next step 2", "codings/a/1.yaml", "    next step 1",
    ]  # fmt: skip


def test_more_than_a_screen_is_counted_by_rule_and_source() -> None:
    lines = list(say_problems(MANY, 80, 22))
    assert lines[:8] == [
        "     3 errors    unknown-code: P9 3",
        "    60 warnings  quote-moved: P1 20, P2 20, P0 20",
        "     1 warning   rule-64: codings/a/64.yaml 1",
        "     1 warning   rule-65: codings/a/65.yaml 1",
        "     1 warning   rule-66: codings/a/66.yaml 1",
        "     1 warning   rule-67: codings/a/67.yaml 1",
        "    16 more of 16 other rules",
        "",
    ]
    assert lines[8] == "codings/a/61.yaml:61: sentence 61 [unknown-code]"
    assert lines[-1] == "6 of 83 shown; `--all` shows all."


def test_no_screen_is_too_small_and_none_overflows() -> None:
    wide = [problem(n, source="P" * 30 + str(n)) for n in range(40)]
    for width in (40, 41, 80, 200):
        for height in range(8, 60):
            lines = list(say_problems(wide, width, height))
            assert sum(-(-max(1, width_of(line)) // width) for line in lines) <= height
            assert any("sentence" in line for line in lines)


def test_nothing_in_a_problem_moves_the_cursor() -> None:
    odd = Problem(Place("a\nb.yaml", (), 1), "x", "sa\x1b[31mid", "one\n    two")
    assert say_problem(odd) == ["a\ufffdb.yaml:1: sa\ufffd[31mid [x]", "    one", "    two"]
