"""What templates see: plain values only, so that a template can reach nothing else.

Texts are in the report's language where the study has them in it; `anchor` is an id in the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from empowerment_qda.model.evidence import Informants
from empowerment_qda.report.coding_views import AccountView, SourceView
from empowerment_qda.report.coding_views import Field as Field
from empowerment_qda.report.coding_views import Link as Link


@dataclass(frozen=True, slots=True)
class InformantRow:
    """A type of informant: how many were planned, heard and quoted (from, to), and who (`unidentified` among them)."""

    label: str
    note: str
    group: str
    planned: int | None
    heard: Informants
    quoted: Informants
    who: tuple[str, ...]
    unidentified: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """A verdict and the findings that have it."""

    key: str
    words: str
    meaning: str
    findings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a matrix: its mark, what it says, and its passages."""

    state: str
    mark: str
    words: str
    informants: str
    segments: int
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a matrix; `block` stands above it where a new block begins."""

    label: str
    block: str
    link: Link | None
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """A matrix with its decision rule."""

    title: str
    rule: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A passage as a finding cites it; `language` is that of its words.

    `translation` is that of the turns they stand in; it is told once where passages of one turn follow each other.
    """

    id: str
    anchor: str
    link: Link
    words: str
    language: str
    provenance: str
    translation: str
    who: str
    details: tuple[str, ...]
    code: Link
    direction: str


@dataclass(frozen=True, slots=True)
class SideView:
    """The passages on one side of a finding; `more` are those that fold away."""

    key: str
    heading: str
    count: str
    quotes: tuple[QuoteView, ...]
    more: tuple[QuoteView, ...]
    more_words: str


@dataclass(frozen=True, slots=True)
class AxisView:
    """An axis of a finding at a glance: what was counted, of which minimum, and who or what that is."""

    key: str
    label: str
    count: str
    minimum: int
    required: bool
    status: str
    words: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A weakness, and what would lift it."""

    code: str
    sentence: str
    lift: str


@dataclass(frozen=True, slots=True)
class RivalView:
    """A rival explanation; `finding` leads to it where it is a finding itself."""

    statement: str
    finding: Link | None
    standing: str
    passages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MemoView:
    """A memo; `text` is Markdown."""

    id: str
    anchor: str
    title: str
    kind: str
    author: str
    date: str
    links: tuple[Link, ...]
    plain_links: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """A tactic of verification whose result needs another look."""

    name: str
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a finding (R13); the `worst` decides its verdict."""

    id: str
    anchor: str
    statement: str
    verdict: str
    verdict_words: str
    worst: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with all that stands behind it."""

    id: str
    anchor: str
    statement: str
    verdict: str
    verdict_words: str
    meaning: str
    contested: bool
    draft: bool
    axes: tuple[AxisView, ...]
    supported: bool
    sides: tuple[SideView, ...]
    expected: tuple[str, ...]
    flags: tuple[FlagView, ...]
    rivals: tuple[RivalView, ...]
    response: tuple[str, ...]
    parts: tuple[PartView, ...]
    note: str
    memos: tuple[MemoView, ...]
    memo_links: tuple[Link, ...]
    inquiries: tuple[Field, ...]
    checks: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """The findings on one dimension."""

    label: str
    anchor: str
    definition: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """The conclusion or a recommendation, and the weakest verdict behind it ("" where it rests on nothing)."""

    id: str
    statement: str
    note: str
    weakest: str
    weakest_words: str
    rests_on: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class UnplacedView:
    """A coding whose words cannot be placed."""

    id: str
    source: Link
    code: str
    coder: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class CodeView:
    """A node of the codebook with its uses, its own and those below it."""

    id: str
    anchor: str
    label: str
    definition: str
    rules: tuple[Field, ...]
    traits: tuple[str, ...]
    direction: str
    uses: str
    used: bool
    memo_links: tuple[Link, ...]
    codes: tuple[CodeView, ...]


@dataclass(frozen=True, slots=True)
class CodebookView:
    """The codebook."""

    title: str
    version: str
    reference: str
    note: str
    codes: tuple[CodeView, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Something that weakens everything below it."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a template can show; `words` are the fixed words in the report's language."""

    language: str
    words: dict[str, str]
    title: str
    purpose: str
    notices: tuple[NoticeView, ...]
    provenance_note: str
    all_restated: bool
    summary: str
    verdicts: tuple[VerdictCount, ...]
    about: tuple[Field, ...]
    about_more: tuple[Field, ...]
    source_note: tuple[Field, ...]
    questions: tuple[str, ...]
    gathered: tuple[str, ...]
    rule: str
    counts_inferred: bool
    informants: tuple[InformantRow, ...]
    informants_total: InformantRow
    matrices: tuple[MatrixView, ...]
    by_finding: MatrixView
    sections: tuple[SectionView, ...]
    conclusion: ClaimView | None
    recommendations: tuple[ClaimView, ...]
    notes: tuple[FlagView, ...]
    checks_of_study: tuple[CheckView, ...]
    limits: tuple[str, ...]
    unplaced: tuple[UnplacedView, ...]
    memos: tuple[MemoView, ...]
    codebook: CodebookView
    sources: tuple[SourceView, ...]
    account: AccountView | None
    versions: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
