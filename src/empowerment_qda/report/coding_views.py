"""The smallest things that templates see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a place in the report."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Field:
    """A named text of the study, such as its sampling."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """What a source gave: the share of it that is coded, its main codes with their passages, questions with where."""

    source: Link
    title: str
    share: str
    codes: tuple[tuple[Link, int], ...]
    questions: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class ContactsView:
    """All sources in a line, and a row for each; `asked` tells whether any row has a question."""

    line: str
    asked: bool
    rows: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class CondensedRow:
    """A turn without a coding, `left_out` on purpose or not, or a rejected coding (with its `code`); `words` are short,
    in `language`."""

    place: Link
    code: Link | None
    left_out: bool
    words: str
    language: str
    coder: str
    reason: str


@dataclass(frozen=True, slots=True)
class CondensationView:
    """How much did not become evidence in a line, and a row for each."""

    line: str
    rows: tuple[CondensedRow, ...]


@dataclass(frozen=True, slots=True)
class SaturationRow:
    """The interviews of a group or type: how many, the new codes of each run, what the rule says, other orders."""

    label: str
    interviews: int
    runs: str
    reading: str
    orders: str


@dataclass(frozen=True, slots=True)
class SaturationView:
    """Code saturation in a sentence, a row for each group and type, and what to know of the measure."""

    sentence: str
    rows: tuple[SaturationRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Agreement between coders in a sentence, and what to mind when reading it."""

    sentence: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account of the coding; what is None was not measured, or does not apply."""

    contacts: ContactsView
    condensation: CondensationView
    saturation: SaturationView | None
    agreement: AgreementView | None


@dataclass(frozen=True, slots=True)
class MarkView:
    """A passage over a piece of text. `anchor` only where the passage begins, `number` only where it ends."""

    anchor: str
    number: str
    direction: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """Words of a turn under the same passages."""

    words: str
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class MarginView:
    """A passage in the margin of its last turn: its codes, the findings that use it, and what was noted on it: `memos`
    of its codings in words, `memo_links` to those of the study."""

    number: str
    anchor: str
    direction: str
    codes: tuple[tuple[str, Link], ...]
    findings: tuple[Link, ...]
    memos: tuple[str, ...]
    memo_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn with its passages."""

    number: int
    anchor: str
    speaker: str
    time: str
    question: bool
    reconstructed: bool
    words: str
    pieces: tuple[PieceView, ...]
    translation: str
    margins: tuple[MarginView, ...]
    memo_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with all its turns."""

    id: str
    anchor: str
    title: str
    language: str
    provenance: str
    fields: tuple[Field, ...]
    note: str
    coded: str
    memo_links: tuple[Link, ...]
    turns: tuple[TurnView, ...]
