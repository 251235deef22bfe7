"""What a codebook or a coded project of another program holds, whatever its format: codes, texts, coded segments, notes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from empowerment_qda.exchange.archive import Unreadable
from empowerment_qda.exchange.sources import make_id
from empowerment_qda.exchange.transcript import Said
from empowerment_qda.model.source import Span

DEEPEST = 20
"""Codes that may stand above each other."""
MOST_CODES = 20_000
MOST_TEXT = 50_000_000
"""Characters of all texts of a project together."""
LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class BroughtCode:
    """A code as the file has it. `key` names it in the file and `parent` is the key of the code above it; `more` are other
    keys of a code, as in the codebook's file, and `id` is the one that it had in a study."""

    key: str
    label: str
    parent: str | None = None
    definition: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class BroughtText:
    """A text that was coded: its name, its words, and the paragraphs that they are. Where it has none, `missing` says why.
    `attributes` are those of whom it is about. Of what a study wrote there are the keys of the source, and its turns with the
    place of the words of each."""

    key: str
    name: str
    text: str = ""
    paragraphs: Sequence[str] = ()
    note: str = ""
    missing: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    turns: Sequence[Said] = ()
    starts: Sequence[int] = ()

    def find(self, start: int, end: int) -> Span | None:
        """The span of what stands from `start` to `end`, where the text has turns; None where it is in the words of none."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end) - 1
        if first < 0 or last < first:
            return None
        span = Span(first + 1, start - self.starts[first], last + 1, end - self.starts[last])
        inside = span.start < len(self.turns[first].text) and span.end <= len(self.turns[last].text)
        return span if inside else None


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a text with a code (none where only a memo stands on them). `start` and `end` are code points of the text;
    without them the words are looked for. `why_not` says why the words can stand nowhere, such as those of a picture."""

    text: str
    code: str | None
    coder: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    memo: str = ""
    why_not: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A memo: what its author wrote, and the keys of the codes and texts that it is on."""

    title: str
    text: str
    author: str
    links: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A person or thing studied: its attributes, and the keys of the texts that are about it."""

    name: str
    attributes: Mapping[str, str]
    texts: tuple[str, ...] = ()
    note: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """All that a file brings; `changes` says what could not be taken over, or was taken in another way, a sentence each."""

    name: str
    codes: tuple[BroughtCode, ...] = ()
    texts: tuple[BroughtText, ...] = ()
    segments: tuple[Segment, ...] = ()
    notes: tuple[Note, ...] = ()
    cases: tuple[Case, ...] = ()
    changes: tuple[str, ...] = ()


def make_code_id(label: str) -> str:
    """An id from a label in any script: letters and digits, with `-` for all else.

    >>> make_code_id("“Rushed”, no time"), make_code_id("Пожарные меры"), make_code_id("!")
    ('rushed-no-time', 'пожарные-меры', 'code')
    """
    made = make_id(re.sub(r"['’]|\.(?!\w)", "", label)).lower()[:LONGEST_ID].strip("-._")
    return made if any(map(str.isalnum, label)) else "code"


def name_codes(
    codes: Iterable[BroughtCode], taken: Collection[str] = (), known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """An id for each code by its key: the one that it had in a study, or one made of its label. Where two labels give the same one, that of the code above goes before it. `known` has
    the ids of codes that may stand above them."""
    codes = list(codes)
    used, above = set(taken), known or {}
    ids: dict[str, str] = {}
    for code in codes:
        if code.id and code.id not in used:
            ids[code.key] = code.id
            used.add(code.id)
    for code in codes:
        if code.key in ids:
            continue
        parent, made = ids.get(code.parent or "") or above.get(code.parent or ""), make_code_id(code.label)
        if made in used and parent:
            made = f"{parent}-{made}"
        number, first = 1, made
        while made in used:
            number += 1
            made = f"{first}-{number}"
        used.add(made)
        ids[code.key] = made
    return ids


def add_codes(
    tree: list[dict[str, Any]], codes: Sequence[BroughtCode], ids: Mapping[str, str], fresh: Collection[str]
) -> list[dict[str, Any]]:
    """The codes of a book as they stand in its file, with those whose keys are `fresh` put in below their parents, or at the
    top. `ids` has the id of every code by its key."""
    by_id = {one["id"]: one for one in _walk(tree)}
    for code in codes:
        if code.key in fresh:
            made: dict[str, Any] = {"id": ids[code.key]}
            made |= {"label": code.label} if code.label != code.id else {}
            made |= {"definition": code.definition} if code.definition else {}
            by_id[made["id"]] = made | {key: one for key, one in code.more.items() if one}
    for code in codes:
        if code.key in fresh:
            above = by_id.get(ids.get(code.parent or "", ""))
            (tree if above is None else above.setdefault("codes", [])).append(by_id[ids[code.key]])
    return tree


def _walk(tree: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in tree:
        yield one
        yield from _walk(one.get("codes") or ())


def say_odd_colors(number: int) -> str:
    """That so many colours are not of the form that a codebook has."""
    are = "s are" if number > 1 else " is"
    return f"{number} colour{are} not written as `#1F77B4` and not taken over"


def require_tree(codes: Sequence[BroughtCode]) -> Sequence[BroughtCode]:
    """The same codes; Unreadable where there are none or too many, or they stand too deep or in a circle."""
    if not codes:
        raise Unreadable("holds no codes")
    if len(codes) > MOST_CODES:
        raise Unreadable(f"holds more than {MOST_CODES:,} codes")
    parents = {code.key: code.parent for code in codes}
    for code in codes:
        above, depth = code.parent, 1
        while above is not None:
            above, depth = parents.get(above), depth + 1
            if depth > DEEPEST:
                raise Unreadable(f"has codes more than {DEEPEST} deep, or in a circle (`{code.label[:80]}`)")
    return codes


def nest_by_name(codes: Sequence[BroughtCode]) -> list[BroughtCode]:
    """Codes that have no code above them, below the one whose name theirs begins with: `Coke::diet` of ATLAS.ti below
    `Coke`, `Barriers.Cost` of Taguette below `Barriers`. Labels stay whole."""
    by_label = {code.label: code.key for code in codes}
    made = []
    for code in codes:
        cuts = (found.start() for found in re.finditer(r"::|\.", code.label))
        above = [by_label[code.label[:cut]] for cut in cuts if code.label[:cut] in by_label]
        nested = code.parent is None and above and above[-1] != code.key
        made.append(
            BroughtCode(code.key, code.label, above[-1], code.definition, code.more) if nested else code
        )
    return made


def full_label(code: BroughtCode, by_key: Mapping[str, BroughtCode]) -> tuple[str, ...]:
    """The labels of a code and those above it, outermost first."""
    line: list[str] = []
    at: BroughtCode | None = code
    while at is not None and len(line) <= DEEPEST:
        line.append(at.label)
        at = by_key.get(at.parent or "")
    return tuple(reversed(line))


_PATH = re.compile(r"\s*(?:>|\\+|::|→|»)\s*")


def split_path(name: str) -> tuple[str, ...]:
    r"""The labels of a path as programs write it; a slash, a comma or a full stop may stand in a label and parts nothing.

    >>> split_path("Use > PDP/ICE > One, or both"), split_path("Nodes\\\\Access\\Cost")
    (('Use', 'PDP/ICE', 'One, or both'), ('Access', 'Cost'))
    """
    parts = tuple(part for part in _PATH.split(name.strip()) if part)
    return parts[1:] if len(parts) > 1 and parts[0].casefold() in ("nodes", "codes") else parts
