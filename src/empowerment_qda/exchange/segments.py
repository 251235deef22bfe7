"""Tables of coded segments, as MAXQDA, ATLAS.ti, NVivo, Dedoose and Taguette export them: a document, a code, the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePath

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.codebooks import TABLES, find_columns
from empowerment_qda.exchange.project import (
    BroughtCode,
    BroughtText,
    Project,
    Segment,
    require_tree,
    split_path,
)
from empowerment_qda.exchange.tables import Rows, list_unknown, read_named_rows

COLUMNS: dict[str, tuple[str, ...]] = {
    "document": ("document", "document name", "documents", "document title", "media title", "file", "files", "file name",
                 "filename", "source", "sources", "transcript", "internals", "resource", "dokumentname", "dokument", "dokumen",
                 "nama dokumen", "berkas", "sumber"),
    "code": ("code path", "code_path", "codepath", "hierarchical name", "code", "codes", "code name", "codes applied combined",
             "codes applied", "tag", "tags", "node", "nodes", "kode"),
    "quote": ("segment", "coded segment", "coded segments", "quotation content", "quotation", "quote", "excerpt copy", "excerpt",
              "coded text", "text content", "content", "seltext", "text", "segmen", "kutipan", "teks"),
    "coder": ("coder", "coded by", "coder name", "created by", "created_by", "creator", "excerpt creator", "author", "user",
              "username", "user name", "owner", "bearbeiter", "autor", "pengode", "pengkode"),
    "memo": ("comment", "comments", "memo", "coding memo", "note", "notes", "kommentar", "komentar", "catatan"),
}  # fmt: skip
"""What each column may be called; case does not matter."""
_APPLIED = re.compile(r"code:\s*(.+?)\s+applied", re.IGNORECASE)
_YES = {"true", "1", "yes", "ya", "x", "wahr"}


def is_table(rows: Rows) -> bool:
    """Whether a table is one of coded segments: it names document, code and words."""
    at = find_columns(rows[0], COLUMNS)
    return {"document", "quote"} <= at.keys() and ("code" in at or any(map(_APPLIED.fullmatch, rows[0])))


def holds_segments(name: str, data: bytes) -> bool:
    """Whether a file is such a table."""
    return is_table(read_named_rows(name, data)[0])


def read_project(name: str, data: bytes, known: Collection[str] = ()) -> Project:
    """The segments of a table; codes and texts are known by their names alone. `known` are labels, ids and paths of codes
    that the study has, by which several codes in one cell are told apart."""
    path = PurePath(name)
    if path.suffix.lower() not in TABLES:
        raise Unreadable(f"is no table ({', '.join(TABLES)})")
    rows, changes = read_named_rows(name, data)
    header, *rest = rows
    if not is_table(rows):
        names = ", ".join(f"`{one}`" for one in header[:8])
        raise Unreadable(f"has no columns for document, code and words, in {names}")
    at = find_columns(header, COLUMNS)
    wide = {number: found[1] for number, one in enumerate(header) if (found := _APPLIED.fullmatch(one))}
    changes = [*changes, *list_unknown(header, (*at.values(), *wide))]
    folded = {one.casefold() for one in (*known, *wide.values())}
    several = "code" in at and header[at["code"]].casefold().strip().endswith(("s", "combined"))
    codes: dict[str, BroughtCode] = {}
    texts: dict[str, BroughtText] = {}
    segments: list[Segment] = []
    for row in rest:
        cells = [*row, *[""] * (len(header) - len(row))]
        given = {what: cells[number] for what, number in at.items()}
        document, quote = given["document"], given["quote"]
        if not (document or quote):
            continue
        texts.setdefault(
            document, BroughtText(document, document, missing="a table of segments holds no whole texts")
        )
        named = [one for number, one in wide.items() if cells[number].casefold() in _YES]
        if not wide:
            named = _split(given["code"], folded, several)
        for label in named or [""]:
            why = (
                ""
                if label and quote
                else "the table names no code"
                if quote
                else "the table has no words of it"
            )
            key = _add(codes, split_path(label))
            segments.append(
                Segment(
                    document,
                    key or None,
                    given.get("coder", ""),
                    quote,
                    memo=given.get("memo", ""),
                    why_not=why,
                )
            )
    if not segments:
        raise Unreadable("holds no coded segments")
    made = tuple(require_tree(list(codes.values()))) if codes else ()
    return Project(path.stem, made, tuple(texts.values()), tuple(segments), changes=tuple(changes))


def _add(codes: dict[str, BroughtCode], labels: Sequence[str]) -> str:
    """The key of a code with these labels, outermost first; those above it come in too."""
    key = ""
    for label in labels:
        above, key = key, f"{key} > {label}" if key else label
        codes.setdefault(key, BroughtCode(key, label, above or None))
    return key


def _split(cell: str, known: Collection[str], several: bool) -> list[str]:
    """The codes in a cell. What parts them is told by codes that are known; else a line end does, and a semicolon or bar where
    the column is one for several. A comma may stand in a label."""
    if cell.casefold() in known or not cell:
        return [cell] * bool(cell)
    for sign in ("\n", ";", "|", ","):
        parts = [part.strip() for part in cell.split(sign) if part.strip()]
        if len(parts) > 1 and (
            all(part.casefold() in known for part in parts) or sign == "\n" or (several and sign != ",")
        ):
            return parts
    return [cell]
