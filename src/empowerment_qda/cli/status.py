"""`qda status`: one screen on where the study stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from empowerment_qda.checks import CARE, CITATIONS, CUES, FOUNDATIONS, check_study
from empowerment_qda.cli.console import PROBLEM, show
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Columns, Table, make_table, object_of, objects, same
from empowerment_qda.coding.status import StudyStatus, status_of
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.log import check_folder
from empowerment_qda.files.read import enter_study, locate, read_study
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.study import Study
from empowerment_qda.text import Line, Piece, Style, cut, hang, width_of, wrap
from empowerment_qda.triangulation import triangulate_study

ROWS = 20
"""Sources shown on the screen; those that need work come first where there are more."""
FIRST = 3
"""Problems shown on the screen."""
PAIRS = 6
"""Pairs of coders shown on the screen: all those of four."""
GAP = 2


SOURCE: Columns = {
    "id": "source.id", "method": "source.method", "turns": lambda one: len(one.source.turns), **same("codings waiting"),
}  # fmt: skip
FIRST_PROBLEM: Columns = {name: PROBLEM[name] for name in ("path", "line", "rule", "severity", "message")}


def answer_status(status: StudyStatus, study: Study) -> dict[str, Any]:
    """The whole of it: every source with its codings by coder, problems counted, and the next steps."""
    return {
        "title": study.settings.title.say(study.settings.language),
        "codebook": {"version": study.codebook.version, "codes": len(study.codebook.places)},
        "coders": status.coders,
        "sources": objects(SOURCE, status.sources),
        **object_of(same("waiting waiting_by"), status),
        "problems": {
            "error": _count(status, "error"),
            "warning": _count(status, "warning"),
            "first": objects(FIRST_PROBLEM, _first(status)),
        },
        "findings": len(study.findings.findings),
        "verdicts": status.verdicts,
        "agreement": objects(same("coders sources"), status.pairs),
        "next": objects(same("command why"), status.steps),
    }


def _count(status: StudyStatus, severity: str) -> int:
    return sum(one.severity == severity for one in status.problems)


def _first(status: StudyStatus) -> list[Any]:
    """The first problems, errors before warnings."""
    return sorted(status.problems, key=lambda one: one.severity != "error")[:FIRST]


def table_status(status: StudyStatus) -> Table:
    """One row for each source: accepted codings by coder, and suggestions that wait."""
    persons = [coder for coder in status.coders if coder != AUTO]
    rows = (
        (one.source.id, one.source.method, len(one.source.turns), *(one.codings.get(coder, 0) for coder in persons),
         one.waiting)
        for one in status.sources
    )  # fmt: skip
    return make_table(("source", "method", "turns", *persons, "suggestions"), rows)


def lines_of_status(status: StudyStatus, study: Study, width: int) -> Iterator[Line]:
    """The screen."""
    yield (Piece(cut(study.settings.title.say(study.settings.language), width), "strong"),)
    book = study.codebook
    counts = (
        f"{len(study.sources)} sources, {len(study.informants)} informants; codebook {book.version}, "
        f"{len(book.places)} codes; {len(study.findings.findings)} findings; {len(study.memos)} memos"
    )
    yield from wrap([Piece(counts, "dim")], width)
    yield ()
    yield from _grid(status, width)
    yield ()
    yield from _labelled("Suggestions", _say_waiting(status), "waiting" if status.waiting else "plain", width)
    yield from _labelled("Problems", _say_problems(status), "plain", width)
    for problem in _first(status):
        line = f":{problem.place.line}" if problem.place.line else ""
        yield (Piece(cut(f"  {problem.place.path}{line}: {problem.message}", width - 2), "dim"),)
    yield from _labelled("Findings", _say_verdicts(status, study), "plain", width)
    yield from _labelled("Agreement", _say_pairs(status), "plain", width)
    yield ()
    yield (Piece("Next", "strong"),)
    widest = max((width_of(one.command) for one in status.steps), default=0) + GAP
    for one in status.steps:
        yield from _step(one.command, one.why, widest, width)


def _grid(status: StudyStatus, width: int) -> Iterator[Line]:
    """Sources by coder; of many sources those first that no person has coded, or that have most suggestions."""
    rows = list(status.sources)
    if len(rows) > ROWS:
        rows = sorted(rows, key=lambda one: (one.by_person, -one.waiting))[: ROWS - 1]
    table = table_status(status)
    kept = {one.source.id for one in rows}
    shown = [row for row in table.rows if row[0] in kept]
    totals = [sum(int(row[at] or 0) for row in table.rows) for at in range(2, len(table.columns))]
    texts = [
        [str(cell or "-") if at > 1 else str(cell or "") for at, cell in enumerate(row)] for row in shown
    ]
    every = [
        [cut(cell, 24) for cell in row] for row in (table.columns, *texts, ("all", "", *map(str, totals)))
    ]
    widths = [max(map(width_of, cells)) for cells in zip(*every, strict=True)]
    for number, row in enumerate(every):
        last = number == len(every) - 1
        if last and len(rows) < len(status.sources):
            more = f"... and {len(status.sources) - len(rows)} more (`qda status --format csv`)"
            yield (Piece(more, "dim"),)
        yield tuple(_align(row, widths, "strong" if last or not number else "plain"))


def _align(row: Sequence[str], widths: Sequence[int], style: Style) -> Iterator[Piece]:
    for at, (said, width) in enumerate(zip(row, widths, strict=True)):
        filler = " " * (width - width_of(said))
        yield Piece(filler + said if at > 1 else said + filler, "dim" if said == "-" else style)
        yield Piece(" " * GAP)


def _labelled(label: str, said: str, style: Style, width: int) -> list[Line]:
    return hang((Piece(label, "strong"),), wrap([Piece(said, style)], width - 13), 13)


def _step(command: str, why: str, widest: int, width: int) -> list[Line]:
    """A command and why; the reason goes under it where there is no room beside."""
    head = (Piece("  "), Piece(command, "code"))
    if width - widest - 2 >= 24:
        return hang(head, wrap([Piece(why)], width - widest - 2), widest + 2)
    return [head, *hang((), wrap([Piece(why)], width - 4), 4)]


def _say_waiting(status: StudyStatus) -> str:
    said = "none waiting for a person"
    if status.waiting:
        number = sum(one.waiting > 0 for one in status.sources)
        said = f"{status.waiting} waiting for a person, in {number} sources"
    left = [f"{coder} {number}" for coder, number in status.waiting_by.items() if number > status.waiting]
    return said + (f"; not decided on by {', '.join(left)}" if left else "")


def _say_problems(status: StudyStatus) -> str:
    counts = [(number, word) for word in ("error", "warning") if (number := _count(status, word))]
    return ", ".join(f"{number} {word}{'s' * (number != 1)}" for number, word in counts) or "none"


def _say_verdicts(status: StudyStatus, study: Study) -> str:
    if not study.findings.findings:
        return "none yet"
    if status.verdicts is None:
        return "not weighed: correct the errors first"
    counts = [
        f"{number} {verdict.replace('_', ' ')}" for verdict, number in status.verdicts.items() if number
    ]
    return ", ".join(counts)


def _say_pairs(status: StudyStatus) -> str:
    if not status.pairs:
        return "needs two persons who code the same passages, each alone"
    said = [f"{' and '.join(one.coders)} on {len(one.sources)} sources" for one in status.pairs]
    more = f"; and {len(said) - PAIRS} more pairs of coders" if len(said) > PAIRS else ""
    return "; ".join(said[:PAIRS]) + more


def status(study: StudyOption = None, format_: FormatOption = Format.table) -> None:
    """Show where the study stands: who coded what, what waits, what is wrong, and what to do next."""
    root = enter_study(study)
    whole = read_study(root)
    grave = tuple(check_study(whole, FOUNDATIONS + CITATIONS))
    problems = locate((*grave, *check_study(whole, CUES + CARE), *check_folder(root, whole)), root)
    triangulation = None if grave else triangulate_study(whole, reduce_study(whole))
    state = status_of(whole, problems, triangulation)
    show(
        table_status(state),
        format_,
        lambda: answer_status(state, whole),
        lambda width: lines_of_status(state, whole, width),
    )
