"""Projects of Taguette, which are SQLite databases: read from memory, never from the disk, and never run for long."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.documents import read_html
from empowerment_qda.exchange.project import (
    MOST_CODES,
    MOST_TEXT,
    BroughtCode,
    BroughtText,
    Note,
    Project,
    Segment,
    nest_by_name,
    require_tree,
)

MAGIC = b"SQLite format 3\0"
_STEPS, _MOST_STEPS = 1_000_000, 500
"""Steps of the database's machine between two looks at it, and how many looks it has."""
_LONGEST = 5_000_000
"""Bytes of one value, such as a text."""
_TABLES = {"projects", "documents", "tags", "highlights", "highlight_tags"}


def read_project(name: str, data: bytes) -> Project:
    """The project in a database as Taguette exports it; Unreadable where it is none, or several."""
    if not data.startswith(MAGIC):
        raise Unreadable("is not what its ending says: it is no SQLite database")
    plain = bytearray(data)
    plain[18:20] = b"\1\1"  # a copy in memory has no log beside it
    with closing(sqlite3.connect(":memory:")) as base:
        looks = iter(range(_MOST_STEPS))
        base.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        base.row_factory = sqlite3.Row
        try:
            base.deserialize(bytes(plain))
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA query_only = ON")
            return _read(base, name)
        except (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, UnicodeDecodeError):
            raise Unreadable("is a damaged database, or none of Taguette's") from None


def _read(base: sqlite3.Connection, name: str) -> Project:
    tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _TABLES:
        raise Unreadable("is a database, but none of Taguette's")
    projects = list(base.execute("SELECT id, name, description FROM projects LIMIT 3"))
    if len(projects) != 1:
        said = "several projects: export the one that is meant, from its page in Taguette"
        raise Unreadable(f"holds {said}" if projects else "holds no project")
    tags = [
        BroughtCode(f"tag {row['id']}", str(row["path"]), None, str(row["description"] or "").strip())
        for row in base.execute(
            f"SELECT id, path, substr(description, 1, 10000) AS description FROM tags ORDER BY id LIMIT {MOST_CODES + 1}"
        )
    ]
    texts, segments, changes = [], list[Segment](), list[str]()
    coders, size = dict(_find_coders(base, tables)), 0
    for row in base.execute("SELECT id, name, description, filename, contents FROM documents ORDER BY id"):
        page = str(row["contents"])
        size += len(page)
        if size > MOST_TEXT:
            raise Unreadable(f"holds texts of more than {MOST_TEXT:,} characters")
        text = _plain(page)
        one = BroughtText(f"document {row['id']}", str(row["name"]), text, read_html(page.encode())[0],
                          str(row["description"] or "").strip())  # fmt: skip
        texts.append(one)
        segments += _read_highlights(base, row["id"], one, coders)
    about = str(projects[0]["description"] or "").strip()
    title = str(projects[0]["name"]) or name
    notes = (Note(title, about, ""),) if about else ()
    codes = tuple(require_tree(nest_by_name(tags))) if tags else ()
    return Project(title, codes, tuple(texts), tuple(segments), notes, changes=tuple(changes))


def _plain(page: str) -> str:
    """The words of a page as Taguette counts them: all its text, without its tags."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(page).body
    return body.text(deep=True, separator="", strip=False) if body is not None else ""


def _find_coders(base: sqlite3.Connection, tables: set[str]) -> Iterator[tuple[int, str]]:
    """Who made each highlight, by its number, from the log of what was done."""
    if "commands" in tables:
        for row in base.execute("SELECT user_login, payload FROM commands ORDER BY id"):
            try:
                done: Any = json.loads(row["payload"])
            except (ValueError, TypeError, RecursionError):
                continue
            if (
                isinstance(done, dict)
                and done.get("type") == "highlight_add"
                and isinstance(done.get("highlight_id"), int)
            ):
                yield done["highlight_id"], str(row["user_login"])


def _read_highlights(
    base: sqlite3.Connection, document: int, text: BroughtText, coders: dict[int, str]
) -> Iterator[Segment]:
    """What is highlighted in a document; places count the bytes of its words in UTF-8."""
    raw = text.text.encode()
    found = base.execute(
        "SELECT h.id, h.start_offset, h.end_offset, t.tag_id FROM highlights h LEFT JOIN highlight_tags t"
        " ON t.highlight_id = h.id WHERE h.document_id = ? ORDER BY h.start_offset, h.id, t.tag_id LIMIT 500000",
        (document,),
    )
    for row in found:
        start, end = row["start_offset"], row["end_offset"]
        inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(raw)
        coder = coders.get(row["id"], "")
        if not inside:
            why = f"its places ({start} to {end}) are not in the text"
            yield Segment(text.key, f"tag {row['tag_id']}", coder, why_not=why)
        elif row["tag_id"] is None:
            yield Segment(text.key, None, coder, why_not="it has no tag")
        else:
            first = len(raw[:start].decode(errors="ignore"))
            last = first + len(raw[start:end].decode(errors="ignore"))
            yield Segment(text.key, f"tag {row['tag_id']}", coder, text.text[first:last], first, last)
