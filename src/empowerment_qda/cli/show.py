"""`qda show`: a source with its codes in the margin.

Signs stand around words that are coded: [1|...|1] coded, {2|...|2} suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show as show_answer
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, choose_sources
from empowerment_qda.cli.tables import Columns, Table, each, lay_out, object_of, objects, same
from empowerment_qda.coding import parse_place
from empowerment_qda.evidence.passages import Mark, MarkedSource, Passage, mark_source
from empowerment_qda.files.read import open_study
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.source import Source
from empowerment_qda.text import Line, Piece, Style, hang, one_line, pad, plain_line, width_of, wrap


def mark_turn(marked: MarkedSource, turn: int) -> list[Piece]:
    """The pieces of a turn. A passage that goes on in the next turn breaks off with `...`, and goes on after it."""
    text = marked.source.turns[turn - 1].text
    here = [mark for mark in marked.marks if mark.span.turn <= turn <= mark.span.end_turn]
    ranges = {mark.number: _range(mark, turn, len(text)) for mark in here}
    edges = sorted({0, len(text), *(edge for pair in ranges.values() for edge in pair)})
    pieces: list[Piece] = []
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        pieces += [_close(mark, turn) for mark in reversed(here) if ranges[mark.number][1] == start]
        pieces += [_open(mark, turn) for mark in here if ranges[mark.number][0] == start]
        if end is not None:
            inside = [
                mark for mark in here if ranges[mark.number][0] <= start and end <= ranges[mark.number][1]
            ]
            pieces.append(Piece(text[start:end], _style(inside, marked.source.is_question(turn))))
    return pieces


def _range(mark: Mark, turn: int, length: int) -> tuple[int, int]:
    span = mark.span
    return span.start if span.turn == turn else 0, span.end if span.end_turn == turn else length


def _open(mark: Mark, turn: int) -> Piece:
    on = "" if mark.span.turn == turn else "..."
    return Piece(f"{'{' if mark.waiting else '['}{mark.number}{on}|", _style([mark], False))


def _close(mark: Mark, turn: int) -> Piece:
    on = "" if mark.span.end_turn == turn else "..."
    return Piece(f"|{on}{mark.number}{'}' if mark.waiting else ']'}", _style([mark], False))


def _style(marks: list[Mark], question: bool) -> Style:
    if not marks:
        return "dim" if question else "plain"
    return "waiting" if all(mark.waiting for mark in marks) else "coded"


NARROW = 72
"""Columns below which there is no room for a margin at the side."""
MARGIN = 0.36
WIDEST_MARGIN = 44
WIDEST_SPEAKER = 14
ASKED = "?"
"""Behind the speaker of a question, where nothing can be dimmed."""


def answer_show(marked: MarkedSource, codebook: Codebook, language: str) -> dict[str, Any]:
    """The source's turns and every coding on them; offsets are code points, `end` counts in `end_turn`."""
    numbers = {one.id: mark.number for mark in marked.marks for one in mark.codings}
    placed = [one for mark in marked.marks for one in mark.codings]
    head: Columns = {
        "source": "id", "title": lambda source: source.title.say(language) if source.title else None, "method": "method",
        "informants": lambda source: [one if isinstance(one, str) else one.id for one in source.heard],
        **same("date provenance"),
        "turns": lambda source: [
            {"turn": number, "speaker": turn.speaker, "question": source.is_question(number), "time": turn.time,
             "text": turn.text}
            for number, turn in _turns(marked)
        ],
    }  # fmt: skip
    coding: Columns = {
        "id": "id", "code": "coding.code",
        "path": lambda one: getattr(codebook.places.get(one.coding.code), "path", one.coding.code),
        "coder": "file.coder", "status": "coding.status", "strength": "coding.strength",
        "mark": lambda one: numbers.get(one.id),
        **each(("turn", "start", "end_turn", "end"), lambda name, one: getattr(one.anchor.span, name, None)),
        "quote": "coding.quote", "state": "anchor.state", "why": "coding.why", "memo": "coding.memo",
    }  # fmt: skip
    return {
        **object_of(head, marked.source),
        "codings": objects(coding, (*placed, *marked.unplaced, *marked.rejected)),
        "left_out": [
            {"turn": str(one.turn), "coder": coder, "reason": one.reason} for coder, one in marked.left_out
        ],
    }


def _turns(marked: MarkedSource) -> Iterator[tuple[int, Any]]:
    first, last = marked.turns
    return enumerate(marked.source.turns[first - 1 : last], first)


def _codings_from(marked: MarkedSource, turn: int) -> Iterator[Passage]:
    return (one for mark in marked.marks if mark.span.turn == turn for one in mark.codings)


def table_show(marked: MarkedSource) -> Table:
    """One row for each coding in the order of the turns, and one for each turn without."""
    rows = [
        (number, turn, coding)
        for number, turn in _turns(marked)
        for coding in (*_codings_from(marked, number),) or (None,)
    ]
    columns: Columns = {
        "turn": lambda row: row[0],
        "speaker": lambda row: row[1].speaker,
        "question": lambda row: marked.source.is_question(row[0]),
        "text": lambda row: row[1].text,
        "id": lambda row: row[2] and row[2].id,
        "code": lambda row: row[2] and row[2].coding.code,
        "coder": lambda row: row[2] and row[2].file.coder,
        "status": lambda row: row[2] and row[2].coding.status,
        "quote": lambda row: row[2] and row[2].coding.quote,
    }
    return lay_out(columns, rows, marked.source.id)


def table_margin(marked: MarkedSource) -> Table:
    """One row for each turn, its coded words between signs, its codes beside it."""
    columns: Columns = {
        "turn": lambda number: number,
        "speaker": lambda number: _speaker(marked.source, number),
        "text": lambda number: "".join(piece.text for piece in mark_turn(marked, number)),
        "codes": lambda number: "; ".join(
            [
                *(one_line(plain_line(line)) for line in _notes(_opening(marked, number), 10_000)),
                *_left_out(marked, number),
            ]
        ),
    }
    return lay_out(columns, (number for number, _ in _turns(marked)), marked.source.id)


def _opening(marked: MarkedSource, turn: int) -> list[Mark]:
    """The marks that begin in a turn; in the first one shown, also those that began before."""
    return [mark for mark in marked.marks if max(mark.span.turn, marked.turns.first) == turn]


def _speaker(source: Source, turn: int) -> str:
    name = source.turns[turn - 1].speaker or ""
    return f"{name} {ASKED}".strip() if source.is_question(turn) else name


def lines_of_source(marked: MarkedSource, language: str, width: int) -> Iterator[Line]:
    """The source as people read it: who and when, then turn by turn with its codes in the margin."""
    source = marked.source
    yield from _head(source, language, width)
    shown = [number for number, _ in _turns(marked)]
    digits = len(str(shown[-1]))
    widest = max(width_of(_speaker(source, number)) for number in shown)
    indent = digits + 2 + min(widest, WIDEST_SPEAKER) + (2 if widest else 0)
    beside = width >= NARROW and bool(marked.marks)
    margin = min(WIDEST_MARGIN, int(width * MARGIN)) if beside else 0
    text_width = max(20, width - indent - (margin + 3 if beside else 0))
    for number in shown:
        yield ()
        said = wrap(mark_turn(marked, number), text_width)
        if beside:
            said = _beside(said, _opening(marked, number), text_width, margin)
        else:
            said += [(Piece("| ", "dim"), *line) for line in _notes(_opening(marked, number), text_width - 2)]
        for words in _left_out(marked, number):
            said += wrap([Piece(words, "dim")], text_width)
        speaker = _speaker(source, number)
        number_of = Piece(f"{number:>{digits}}  ", "dim")
        if width_of(speaker) > WIDEST_SPEAKER:
            yield (number_of, Piece(speaker, "strong"))
            yield from hang((), said, indent)
        else:
            yield from hang(
                (number_of, Piece(speaker, "dim" if source.is_question(number) else "strong")), said, indent
            )
    yield from _foot(marked, width)


def _head(source: Source, language: str, width: int) -> Iterator[Line]:
    title = f"  {source.title.say(language)}" if source.title else ""
    yield (Piece(source.id, "strong"), Piece(title))
    who = [
        one if isinstance(one, str) else f"{one.id} ({one.type})" if one.type else one.id
        for one in source.heard
    ]
    place = source.place.say(language) if source.place else None
    facts = [source.method, ", ".join(who), str(source.date or ""), place, source.provenance]
    yield from wrap([Piece(" · ".join(filter(None, facts)), "dim")], width)


def _beside(said: list[Line], opening: list[Mark], text_width: int, margin: int) -> list[Line]:
    """Text with notes at its right, each as high as its words begin, or under the note before."""
    starts: dict[int, int] = {}
    for at, line in enumerate(said):
        whole = plain_line(line)
        starts |= {mark.number: at for mark in opening if mark.number not in starts and _opens(mark, whole)}
    notes: list[Line] = []
    for mark in opening:
        notes += [()] * (starts.get(mark.number, 0) - len(notes))
        notes += _notes([mark], margin)
    if not any(notes):
        return said
    return [
        (*pad(one, text_width), Piece(" | ", "dim"), *other)
        for one, other in zip_longest(said, notes, fillvalue=())
    ]


def _opens(mark: Mark, line: str) -> bool:
    sign = f"{'{' if mark.waiting else '['}{mark.number}"
    return f"{sign}|" in line or f"{sign}...|" in line


def _notes(marks: Iterable[Mark], width: int) -> list[Line]:
    """What stands in the margin: a mark's number, each of its codes, and under it whose."""
    lines: list[Line] = []
    for mark in marks:
        label = f"{mark.number}{'?' if mark.waiting else ''} "
        by_code: dict[str, list[Passage]] = {}
        for one in mark.codings:
            by_code.setdefault(one.coding.code, []).append(one)
        for code, passages in by_code.items():
            coders = ", ".join(_whose(one) for one in passages)
            pieces = [Piece(code, "waiting" if mark.waiting else "code"), Piece(" "), Piece(coders, "dim")]
            lines += hang((Piece(label),), wrap(pieces, max(8, width - len(label))), len(label))
            label = " " * len(label)
    return lines


def _left_out(marked: MarkedSource, turn: int) -> list[str]:
    """That a turn is left out on purpose, by whom, and why."""
    said = ((coder, f": {one.reason}" if one.reason else "") for coder, one in marked.left_out_in(turn))
    return [f"∅ left out by {coder}{why}" for coder, why in said]


def _whose(passage: Passage) -> str:
    coding = passage.coding
    said = " ".join(filter(None, (passage.file.coder, coding.id)))
    return f"{said} (inferred)" if coding.strength == "inferred" else said


def _foot(marked: MarkedSource, width: int) -> Iterator[Line]:
    """What the signs mean, and what is not to be seen."""
    coded = sum(len(mark.codings) for mark in marked.marks if not mark.waiting)
    waiting = sum(len(mark.codings) for mark in marked.marks if mark.waiting)
    said = [f"[1|coded|1]: {coded} coding{'s' * (coded != 1)}"]
    if waiting:
        said.append(f"{{2|suggested|2}}: {waiting} waiting for a person")
    if marked.rejected:
        said.append(f"{len(marked.rejected)} rejected, not shown")
    yield ()
    yield from wrap([Piece("; ".join(said) + ".", "dim")], width)
    for one in marked.unplaced:
        words = f"{one.coding.code} of {one.file.coder} ({one.id}) has no certain place, {one.anchor.state}: {one.coding.quote}"
        yield from wrap([Piece(words, "waiting")], width)


def show(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A source, or turns of it, such as KS-01, KS-01#4 or KS-01#4-6."
        ),
    ],
    coder: Annotated[
        list[str] | None,
        typer.Option(
            "--coder", metavar="NAME", help="Only what this coder coded, `auto` too; may be repeated."
        ),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show a source with its codes in the margin: what is coded, by whom, and what is only suggested."""
    _, whole = open_study(study)
    turns = None
    if "#" in source:
        chosen, turns = parse_place(source, whole)
    else:
        chosen = choose_sources(whole, [source])[0]
    marked = mark_source(whole, chosen, turns, coder or ())
    language = whole.settings.language
    show_answer(
        table_margin(marked) if format_ is Format.md else table_show(marked),
        format_,
        lambda: answer_show(marked, whole.codebook, language),
        lambda width: lines_of_source(marked, language, width),
    )
