"""Codebooks of other programs: tables, lists of Markdown, tables of Word, and REFI-QDA's .qdc."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from empowerment_qda.exchange import refi
from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.documents import decode
from empowerment_qda.exchange.project import (
    DEEPEST,
    BroughtCode,
    Note,
    Project,
    nest_by_name,
    require_tree,
    say_odd_colors,
    split_path,
)
from empowerment_qda.exchange.tables import Rows, list_unknown, read_rows
from empowerment_qda.exchange.word import open_word, read_word
from empowerment_qda.model.base import is_color

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
ENDINGS = (".qdc", *TABLES, ".md", ".docx")
"""Files that can hold a codebook."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "label": ("label", "code", "codes", "code name", "name", "tag", "kode", "nama kode", "nama", "node"),
    "path": ("path", "code path", "code_path", "hierarchical name", "jalur"),
    "level": ("level", "tingkat"),
    "parent": ("parent", "parent code", "induk"),
    "definition": ("definition", "definisi", "description", "deskripsi", "memo", "code memo", "comment", "keterangan", "meaning"),
    "use_when": ("use_when", "use when", "when to use", "inclusion", "inclusion criteria", "kapan dipakai", "kapan digunakan"),
    "not_when": ("not_when", "not when", "when not to use", "exclusion", "exclusion criteria", "kapan tidak dipakai"),
    "example": ("example", "examples", "contoh", "anchor example"),
    "color": ("color", "colour", "warna"),
}  # fmt: skip
"""What each column may be called; case does not matter."""
ABOVE = ("dimension", "dimensi", "theme", "tema", "category", "kategori", "code group", "group", "kelompok", "aspect", "aspek",
         "subtheme", "sub-theme", "subtema", "subcategory", "sub-category", "subkategori")  # fmt: skip
"""Columns that name what stands above a code, outermost first."""
_MORE = ("use_when", "not_when", "example")
_ITEM = re.compile(r"(\s*)(?:[-*+•]|\d+[.)])\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_SPLIT = re.compile(r"\s*(?::|\s[–—-])\s+")


def read_codebook(name: str, data: bytes) -> Project:
    """The codes of a file, by its name's ending; Unreadable where it holds none."""
    path = PurePath(name)
    ending, changes, title, around = path.suffix.lower(), list[str](), "", ""
    if ending == ".qdc":
        return refi.read_codebook(path.stem, data)
    if ending in TABLES:
        rows, changes = read_rows(ending, data)
        codes, told = read_table(rows)
        changes += told
    elif ending == ".md":
        text, changes = decode(data)
        codes, title, around = read_list(text)
    elif ending == ".docx":
        codes, told, around = _read_word(data)
        changes += told
    else:
        raise Unreadable(f"is of no kind that can hold a codebook ({', '.join(ENDINGS)})")
    made = tuple(require_tree(nest_by_name(codes)))
    if around:
        changes.append(f"words that belong to no code are in the book's `note`: {len(around.split())}")
    notes = (Note("", around, ""),) if around else ()
    return Project(title or path.stem, made, notes=notes, changes=tuple(changes))


def find_columns(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column holds what, by the first of its names that is there."""
    known = {" ".join(one.casefold().split()): number for number, one in reversed(list(enumerate(header)))}
    found = {what: next((known[one] for one in some if one in known), None) for what, some in names.items()}
    return {what: number for what, number in found.items() if number is not None}


def read_table(rows: Rows) -> tuple[list[BroughtCode], list[str]]:
    """The codes of a table with a row a code, and what was changed. What stands above a code is told by a path, by columns
    such as theme and category, by the name of its parent, or by levels. A code in two groups is kept in the first."""
    header, *rest = rows
    at = find_columns(header, COLUMNS)
    above = sorted(
        find_columns(header, {one: (one,) for one in ABOVE}).items(), key=lambda one: ABOVE.index(one[0])
    )
    if "label" not in at and "path" not in at:
        if not above:
            names = ", ".join(f"`{one}`" for one in header[:8])
            raise Unreadable(
                f"has no column for the codes, in {names} (one of: {', '.join(COLUMNS['label'])})"
            )
        at["label"] = above.pop()[1]
    codes: dict[str, BroughtCode] = {}
    twice: dict[str, list[str]] = {}
    by_label: dict[str, str] = {}
    line: list[str] = []
    nameless, odd, repeated = 0, 0, list[str]()
    table = [[*row, *[""] * (len(header) - len(row))] for row in rest]
    parents = (
        {row[at["label"]]: row[at["parent"]] for row in table} if {"label", "parent"} <= at.keys() else {}
    )
    for cells in table:
        given = {what: cells[number] for what, number in at.items()}
        labels = _line_of(given, [cells[number] for _, number in above], line, parents)
        if not labels:
            nameless += 1
            continue
        line = labels
        if above and "path" not in at and len(labels) > 1 and labels[-1] in by_label:
            first = by_label[labels[-1]]
            if first != _key(labels):
                twice.setdefault(labels[-1], [_key(labels[:-1])]).append(_key(labels[:-1]))
                continue
        for depth in range(1, len(labels)):
            key = _key(labels[:depth])
            codes.setdefault(key, BroughtCode(key, labels[depth - 1], _key(labels[: depth - 1]) or None))
        key, more = _key(labels), {one: given.get(one, "") for one in _MORE}
        if color := given.get("color", "").strip():
            more |= {"color": color} if is_color(color) else {}
            odd += not is_color(color)
        by_label.setdefault(labels[-1], key)
        if (
            key in codes
            and codes[key].definition
            and given.get("definition", codes[key].definition) != codes[key].definition
        ):
            repeated.append(labels[-1])
        elif key not in codes or not codes[key].definition:
            codes[key] = BroughtCode(
                key, labels[-1], _key(labels[:-1]) or None, given.get("definition", ""), more
            )
    told = list_unknown(header, [*at.values(), *(number for _, number in above)])
    told += [f"rows that name no code, which are not taken: {nameless}"] * bool(nameless)
    told += [f"`{label}` stands in several rows: the first is kept" for label in dict.fromkeys(repeated)]
    told += [
        f"`{label}` is in {len(set(groups))} more group{'s' * (len(set(groups)) > 1)} ({', '.join(f'`{one}`' for one in dict.fromkeys(groups))}); it is kept once, in `{_key_parent(codes, by_label[label])}`"
        for label, groups in twice.items()
    ]
    told += [say_odd_colors(odd)] if odd else []
    return list(codes.values()), told


def _line_of(
    given: Mapping[str, str], above: Sequence[str], before: Sequence[str], parents: Mapping[str, str]
) -> list[str]:
    """The labels of a row's code and of those above it, outermost first; `before` are those of the row before, `parents`
    what the table names above each label."""
    label = given.get("label", "")
    if path := given.get("path", ""):
        labels = list(split_path(path))
        return [*labels[:-1], label] if label else labels
    if not label:
        return [one for one in above if one]
    if above:
        return [*(one for one in above if one and one != label), label]
    if given.get("parent"):
        labels = [given["parent"], label]
        while len(labels) <= DEEPEST and parents.get(labels[0]):
            labels.insert(0, parents[labels[0]])
        return labels
    if given.get("level", "").isdigit():
        return [*before[: max(int(given["level"]) - 1, 0)], label]
    return list(split_path(label)) if ">" in label or "\\" in label else [label]


def _key(labels: Sequence[str]) -> str:
    return " > ".join(labels)


def _key_parent(codes: Mapping[str, BroughtCode], key: str) -> str:
    return codes[key].parent or ""


def read_list(text: str) -> tuple[list[BroughtCode], str, str]:
    """The codes of a list in Markdown: `- Label: definition`, nested by indentation, below headings that are codes too.
    A paragraph under an item, or what stands between fences there, goes on with its definition. A heading above all others
    is the book's title, given back beside the codes, with the words before the first of them."""
    found: list[tuple[int, str, str]] = []  # depth, label, definition
    headings = [len(one[1]) for line in text.split("\n") if (one := _HEADING.match(line))]
    titled, title = headings.count(1) == 1 and headings[0] == 1, ""
    fenced, before = False, list[str]()
    for line in text.split("\n"):
        if fence := line.lstrip().startswith("```"):
            fenced = not fenced
        heading, item = (None, None) if fenced else (_HEADING.match(line), _ITEM.fullmatch(line.rstrip()))
        if fence or not line.strip():
            continue
        if heading:
            if titled and len(heading[1]) == 1:
                title = heading[2].strip()
            else:
                found.append((len(heading[1]) - 100, *_split_item(heading[2])))
        elif item:
            found.append((len(item[1].expandtabs(4)), *_split_item(item[2])))
        elif found:
            depth, label, definition = found[-1]
            found[-1] = depth, label, f"{definition} {line.strip()}".strip()
        else:
            before.append(line.strip())
    codes: list[BroughtCode] = []
    stack: list[tuple[int, str]] = []
    for depth, label, definition in found:
        while stack and stack[-1][0] >= depth:
            stack.pop()
        key = str(len(codes))
        codes.append(BroughtCode(key, label, stack[-1][1] if stack else None, definition))
        stack.append((depth, key))
    return codes, title, "\n".join(before)


def _split_item(text: str) -> tuple[str, str]:
    """Label and definition: the label ends at a colon or dash with a space behind it, or where its bold type does."""
    bold = re.match(r"(\*\*|__)(.+?)\1\s*(?::|[–—-]\s)?\s*(.*)", text)
    if bold:
        return bold[2].strip().rstrip(":").strip(), bold[3].strip()
    label, *rest = _SPLIT.split(text.strip().strip("`"), maxsplit=1)
    return label.strip("*_` "), (rest[0].strip() if rest else "")


def _read_word(data: bytes) -> tuple[list[BroughtCode], list[str], str]:
    """The codes of the first table of a Word document that has a column for them, and the words around it."""
    found, document = "", read_word(open_word(data))
    for table in document.tables:
        if len(table) < 2:
            continue
        try:
            codes, told = read_table(table)
        except Unreadable as error:
            found = found or str(error)
            continue
        inside = {cell for row in table for cell in row}
        around = [
            line
            for line in document.text.split("\n")
            if line.strip() and " ".join(line.split()) not in inside
        ]
        return codes, told, "\n".join([*around, *document.aside])
    raise Unreadable(f"has a table that {found}" if found else "holds no table of codes")
