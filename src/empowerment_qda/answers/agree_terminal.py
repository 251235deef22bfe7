"""The tables of `qda agree` that are too wide for a terminal, laid out for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.disagreements import Disagreement
from empowerment_qda.agreement.words import say
from empowerment_qda.answers.agree import Reading
from empowerment_qda.answers.agree_tables import name_code, table_codes, tables_of_confusion
from empowerment_qda.answers.lines import Line, Piece, clean, width_of, wrap
from empowerment_qda.answers.table import Table, make_table, plain

GAP = 2
WORDY = 20
"""As wide as a column of words has to be."""


def tables_of_codes(found: Agreement, reading: Reading, width: int) -> Iterator[Table]:
    """The table of codes in parts that fit: who gave what, then alpha with what to mind, each in as many as it takes."""
    whole = table_codes(found, reading)
    alpha, interval = (whole.columns.index(say(name, reading.language)) for name in ("alpha", "alpha_from"))
    first = [at for at in range(1, interval) if at != alpha]
    for part in (first, [alpha, *range(interval, len(whole.columns))]):
        for columns in _pack(whole, part, width):
            yield _choose(whole, [0, *columns])


def _pack(table: Table, columns: Iterable[int], width: int) -> Iterator[list[int]]:
    """Columns in runs that fit beside the first column."""
    side = _width(table, 0)
    run: list[int] = []
    used = side
    for at in columns:
        needed = GAP + _width(table, at)
        if run and used + needed > width:
            yield run
            run, used = [], side
        run.append(at)
        used += needed
    if run:
        yield run


def _width(table: Table, column: int) -> int:
    """The columns of a terminal that a column takes: its head or longest cell, of sentences a few words."""
    cells = [plain(row[column]) for row in table.rows]
    words = max((width_of(word) for cell in cells for word in cell.split()), default=0)
    longest = max(map(width_of, cells), default=0)
    return max(width_of(table.columns[column]), words, min(longest, WORDY))


def _choose(table: Table, columns: Sequence[int]) -> Table:
    return make_table(
        [table.columns[at] for at in columns], ([row[at] for at in columns] for row in table.rows)
    )


def tables_of_pairs(found: Agreement, language: str, width: int) -> Iterator[Table]:
    """Codes against codes as a square with numbers across; where that does not fit, as a list, most units first."""
    squares = tables_of_confusion(found, language, numbered=True)
    for (pair, counts), square in zip(found.confusion.items(), squares, strict=True):
        if sum(GAP + _width(square, at) for at in range(len(square.columns))) - GAP <= width:
            yield square
            continue
        order = {codes: number for number, codes in enumerate(found.codes_of(pair))}
        counted = sorted(
            ((codes, units) for codes, units in counts.items() if units),
            key=lambda one: (-one[1], order[one[0][0]], order[one[0][1]]),
        )
        rows = (
            (name_code(one, language), name_code(other, language), units) for (one, other), units in counted
        )
        yield make_table((*pair, say("units", language)), rows, square.title)


def lines_of_disagreements(found: Agreement, language: str, width: int) -> Iterator[Line]:
    """Under each two codes the places, with who gave which and on what words; the same words once."""
    yield (Piece(say("disagreements", language), "strong"),)
    for codes, places in groupby(found.disagreements, key=lambda one: one.codes):
        yield ()
        yield (Piece(clean(" / ".join(name_code(code, language) for code in codes)), "strong"),)
        for one in places:
            yield from _lines_of_place(one, language, width)


def _lines_of_place(one: Disagreement, language: str, width: int) -> Iterator[Line]:
    yield (Piece(clean(f"  {one.ref}")),)
    last = one.sides[-1]
    for side in one.sides:
        yield (Piece(clean(f"    {side.coder}: ")), Piece(clean(name_code(side.code, language)), "code"))
        if side is last or side.quotes != last.quotes:
            for quote in side.quotes:
                for line in wrap([Piece(quote, "coded")], max(width - 6, 20)):
                    yield (Piece("      "), *line)
