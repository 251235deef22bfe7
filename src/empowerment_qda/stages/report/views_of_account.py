"""What templates see of the account of the coding: contact summaries, condensation, saturation, agreement."""

from __future__ import annotations

from dataclasses import dataclass

from empowerment_qda.stages.report.links import Link


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
