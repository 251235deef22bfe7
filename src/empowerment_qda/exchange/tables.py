"""Tables with a row a turn, or a row an answer: CSV, Excel and OpenDocument sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from empowerment_qda.exchange.archive import Unreadable, open_archive
from empowerment_qda.exchange.documents import decode
from empowerment_qda.exchange.transcript import Said, Transcript, join_captions, write_time

MOST_COLUMNS, MOST_ROWS = 1_000, 200_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "pembicara", "penutur", "who", "siapa", "name", "nama"),
    "text": ("text", "teks", "words", "utterance", "ucapan", "isi", "content", "transcript", "transkrip"),
    "time": ("time", "waktu", "start", "mulai", "timestamp", "timecode"),
    "question": ("question", "pertanyaan"),
    "answer": ("answer", "jawaban", "response", "respons"),
    "person": ("informant", "informan", "participant", "partisipan", "respondent", "responden", "id"),
}
"""What each column may be called; case does not matter."""
_ASKED = ("person", "question", "answer")
Rows = list[list[str]]


def read_rows(ending: str, data: bytes) -> tuple[Rows, list[str]]:
    """The cells of a table as text, its first row the names of the columns, and what was changed to read it; of a workbook
    the first sheet that holds anything. Unreadable where it is no table, or one beyond MOST_COLUMNS and MOST_ROWS."""
    rows, changes = _read_csv(data) if ending in (".csv", ".tsv") else _read_sheet(data)
    rows = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    if len(rows) < 2:
        raise Unreadable("is a table without rows below the names of its columns")
    return rows, changes


def read_named_rows(name: str, data: bytes) -> tuple[Rows, list[str]]:
    """The same by a file's name."""
    return read_rows(PurePath(name).suffix.lower(), data)


def _read_csv(data: bytes) -> tuple[Rows, list[str]]:
    text, changes = decode(data)
    first = text.partition("\n")[0]
    if first.count(",") + first.count(";") + first.count("\t") > MOST_COLUMNS:
        raise Unreadable(f"has more than {MOST_COLUMNS:,} columns")
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Unreadable(f"cannot be read as CSV ({error})") from None
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"has more than {MOST_ROWS:,} rows")
    return rows, changes


def _read_sheet(data: bytes) -> tuple[Rows, list[str]]:
    import python_calamine

    if data[:2] == b"PK":
        open_archive(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.width > MOST_COLUMNS or sheet.height > MOST_ROWS:
                raise Unreadable(
                    f"has more than {MOST_COLUMNS:,} columns or {MOST_ROWS:,} rows in `{name[:80]}`"
                )
            if rows := sheet.to_python():
                others = [one for one in book.sheet_names if one != name]
                changes = [f"read from the sheet `{name}`; not read: {', '.join(others)}"] if others else []
                return [[_cell(one) for one in row] for row in rows], changes
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"cannot be read as a workbook ({error})") from None
    return [], []


def _cell(value: object) -> str:
    """A number without the `.0` that a sheet gives it, a date as people write it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def name_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the names that are known.

    >>> name_columns(["Pembicara", "Teks", "x"])
    {'speaker': 0, 'text': 1}
    """
    known = {one.casefold().strip(): number for number, one in reversed(list(enumerate(header)))}
    found = {
        what: next((known[one] for one in names if one in known), None) for what, names in COLUMNS.items()
    }
    return {what: number for what, number in found.items() if number is not None}


def read_table(ending: str, data: bytes) -> list[Transcript]:
    """One transcript, from a row a turn (columns speaker and text, time), or one for each person, from a row an answer
    (columns informant, question and answer; a question is asked by `Interviewer`)."""
    (header, *rows), changes = read_rows(ending, data)
    at = name_columns(header)
    if "answer" in at:
        return _read_answers(
            rows, at, [*changes, *list_unknown(header, (at[one] for one in at if one in _ASKED))]
        )
    if "text" not in at:
        hint = "; ".join(f"{what}: {', '.join(COLUMNS[what])}" for what in ("text", "answer"))
        raise Unreadable(
            f"has no column for what was said, in {', '.join(f'`{one}`' for one in header[:8])} ({hint})"
        )
    changes += list_unknown(header, at.values())
    said = [
        Said(_at(row, at, "text"), _at(row, at, "speaker") or None, write_time(_at(row, at, "time")))
        for row in rows
    ]
    if unsaid := sum(not one.text for one in said):
        changes.append(f"rows without words, which are not taken: {unsaid}")
    said = [one for one in said if one.text]
    if "speaker" not in at:
        return [join_captions(said, changes) if "time" in at else Transcript(tuple(said), tuple(changes))]
    turns: list[Said] = []
    for one in said:
        if one.speaker or not turns:
            turns.append(one)
        else:
            turns[-1] = turns[-1]._replace(text=f"{turns[-1].text}\n{one.text}")
    if joined := len(said) - len(turns):
        changes.append(f"rows without a speaker, which go on with the row before: {joined}")
    return [Transcript(tuple(turns), tuple(changes))]


def list_unknown(header: Sequence[str], known: Iterable[int]) -> list[str]:
    """What is told of the columns that are not known, and not taken."""
    taken = set(known)
    left = [f"`{one[:60]}`" for number, one in enumerate(header) if one and number not in taken]
    more = f" and {len(left) - 12} more" if len(left) > 12 else ""
    return [f"columns that are not taken: {', '.join(left[:12])}{more}"] if left else []


def _read_answers(
    rows: Iterable[Sequence[str]], at: dict[str, int], changes: Sequence[str]
) -> list[Transcript]:
    persons: dict[str, list[Said]] = {}
    for row in rows:
        person = _at(row, at, "person")
        turns = persons.setdefault(person, [])
        if question := _at(row, at, "question"):
            turns.append(Said(question, "Interviewer"))
        if answer := _at(row, at, "answer"):
            turns.append(Said(answer, person or None))
    return [Transcript(tuple(turns), tuple(changes), person or None) for person, turns in persons.items()]


def _at(row: Sequence[str], at: dict[str, int], what: str) -> str:
    number = at.get(what)
    return row[number] if number is not None and number < len(row) else ""
