"""Where everything stands in the report, and what it is called there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from empowerment_qda.labels import label_of
from empowerment_qda.locale import say_all
from empowerment_qda.model.coding import turns_of
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.report.views import Link
from empowerment_qda.report.words import WORDS

Passage = tuple[str, Span]
SIDES = ("supporting", "contradicting", "qualifying", "inferred")


def quote_anchor(finding: str, side: str, row: Evidence) -> str:
    """The id of a passage as a finding cites it."""
    return f"quote-{finding}-{side}-{row.id}"


class Index:
    """The anchors of findings, passages, turns, sources, codes and memos, and links to them.

    A passage is numbered within its source, in the order of the text.
    """

    def __init__(
        self, study: Study, reduction: Reduction, triangulation: Triangulation, language: str
    ) -> None:
        self.study, self.reduction, self.triangulation = study, reduction, triangulation
        self.language = language
        self.words = say_all(WORDS, language)
        self.rows = {row.id: row for row in reduction.evidence}
        self.by_passage: dict[Passage, list[Evidence]] = defaultdict(list)
        for row in reduction.evidence:
            self.by_passage[row.passage].append(row)
        self.by_source: dict[str, list[Passage]] = defaultdict(list)
        for passage in sorted(self.by_passage, key=lambda one: one[1]):
            self.by_source[passage[0]].append(passage)
        self.numbers = {
            passage: number
            for passages in self.by_source.values()
            for number, passage in enumerate(passages, 1)
        }
        self.findings = {finding.id: finding for finding in study.findings.findings}
        self.claims = study.findings.by_id
        self.used_by: dict[Passage, dict[str, Link]] = defaultdict(dict)
        for found in triangulation.findings:
            for side in SIDES:
                for row in getattr(found, side):
                    used = self.used_by[row.passage]
                    used.setdefault(found.id, Link(found.id, quote_anchor(found.id, side, row)))

    def label(self, kind: str, name: str | None) -> str:
        """The label of a type, group, method or code; that nobody told where there is none."""
        return label_of(kind, name, self.study, self.language) if name else self.words["not_told"]

    def code(self, code: str) -> Link:
        """To the codebook."""
        return Link(self.label("code", code), f"code-{code}")

    def finding(self, id_: str) -> Link:
        """To a finding, or to a part of one."""
        return Link(id_, f"finding-{id_}")

    def source(self, id_: str) -> Link:
        """To a source."""
        return Link(id_, f"source-{id_}")

    def turn(self, source: str, turn: int) -> Link:
        """To a turn."""
        return Link(f"{source}#{turn}", f"turn-{source}-{turn}")

    def anchor(self, passage: Passage) -> str:
        """The id of a passage in the page."""
        return f"passage-{passage[0]}-{self.numbers[passage]}"

    def passage(self, row: Evidence) -> Link:
        """To a passage in its turn, such as KS-01#4."""
        return Link(row.ref, self.anchor(row.passage))

    def passages(self, rows: Iterable[Evidence]) -> tuple[Link, ...]:
        """To each passage once."""
        found = {row.passage: self.passage(row) for row in rows}
        return tuple(found.values())

    def link(self, name: str) -> Link | None:
        """To whatever a memo links: a finding, a coding, a source, a turn, a code, a memo; None where it leads nowhere."""
        place = turns_of(name)
        if name in self.claims:
            return self.finding(name)
        if name in self.rows:
            return Link(name, self.anchor(self.rows[name].passage))
        if name in self.study.by_id:
            return self.source(name)
        if place and place[0] in self.study.by_id and place[1].last <= self._turns(place[0]):
            return Link(name, self.turn(place[0], place[1].first).anchor)
        if name in self.study.codebook.places:
            return self.code(name)
        if any(memo.id == name for memo in self.study.memos):
            return Link(name, f"memo-{name}")
        return None

    def _turns(self, source: str) -> int:
        return len(self.study.by_id[source].turns)
