"""What templates see, and where everything stands in the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Literal

from empowerment_qda.labels import label_of, say_when
from empowerment_qda.locale import say_all
from empowerment_qda.model.base import Text, When
from empowerment_qda.model.coding import turns_of
from empowerment_qda.model.evidence import Evidence, Passage, Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.report.words import WORDS, count_words

SIDES = ("supporting", "contradicting", "qualifying", "inferred")
Kind = Literal["code", "finding", "memo", "source"]


class Part(SimpleNamespace):
    """A part of the report as templates see it: plain values, links, fields and parts under the names that
    docs/report-templates.md lists, and no method, so that a template can reach nothing else.

    Texts are in the report's language where the study has them in it; an `anchor` is an id in the page.
    """

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(vars(self).values()))


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


class Index:
    """The study in one language: its words, and the anchors of findings, passages, turns, sources, codes and memos.

    A passage is numbered within its source, in the order of the text.
    """

    def __init__(
        self, study: Study, reduction: Reduction, triangulation: Triangulation, language: str
    ) -> None:
        self.study, self.reduction, self.triangulation = study, reduction, triangulation
        self.language, self.words = language, say_all(WORDS, language)
        self.memos = {memo.id: memo for memo in study.memos}
        self.findings = {finding.id: finding for finding in study.findings.findings}
        self.rows = {row.id: row for row in reduction.evidence}
        self.by_passage: dict[Passage, list[Evidence]] = {}
        self.numbers: dict[str, dict[Passage, int]] = {source.id: {} for source in study.sources}
        for row in reduction.evidence:  # in the order of the text
            numbers = self.numbers[row.source]
            numbers.setdefault(row.passage, len(numbers) + 1)
            self.by_passage.setdefault(row.passage, []).append(row)
        self.used_by: dict[Passage, dict[str, Link]] = defaultdict(dict)
        for found in triangulation.findings:
            for side in SIDES:
                for row in getattr(found, side):
                    link = Link(found.id, quote_anchor(found.id, side, row))
                    self.used_by[row.passage].setdefault(found.id, link)

    def say(self, text: Text | None) -> str:
        """A text of the study; nothing where it gives none."""
        return text.say(self.language) if text else ""

    def count(self, noun: str, number: int, shown: object = "") -> str:
        """Such as 3 findings; `shown` stands in place of the number."""
        return count_words(noun, number, self.language, str(shown))

    def date(self, when: When | None) -> str:
        """A date as people write it; that there is none."""
        return say_when(when, self.language) if when else self.words["undated"]

    def label(self, kind: str, name: str | None) -> str:
        """The label of a type, group, method or code; that nobody told where there is none."""
        if name:
            return label_of(kind, name, self.study, self.language)
        return self.words["unknown_type" if kind == "type" else "not_told"]

    def to(self, kind: Kind, id_: str) -> Link:
        """To a code, called by its label; to a finding or a part of one, a memo, a source."""
        return Link(self.label("code", id_) if kind == "code" else id_, f"{kind}-{id_}")

    def number(self, passage: Passage) -> str:
        """Which passage of its source it is."""
        return str(self.numbers[passage[0]][passage])

    def anchor(self, passage: Passage) -> str:
        """The id of a passage in the page."""
        return f"passage-{passage[0]}-{self.number(passage)}"

    def passages(self, rows: Iterable[Evidence]) -> tuple[Link, ...]:
        """To each passage once, called by its turn, such as KS-01#4."""
        return tuple({row.passage: Link(row.ref, self.anchor(row.passage)) for row in rows}.values())

    def link(self, name: str) -> Link | None:
        """To whatever a memo links: a finding, a coding, a source, a turn, a code, a memo; None where it leads nowhere."""
        study, place = self.study, turns_of(name)
        if name in self.rows and name not in study.findings.by_id:
            return Link(name, self.anchor(self.rows[name].passage))
        if place and place[0] in study.by_id and place[1].last <= len(study.by_id[place[0]].turns):
            return Link(name, f"turn-{place[0]}-{place[1].first}")
        known: dict[Kind, Container[str]] = {
            "finding": study.findings.by_id,
            "source": study.by_id,
            "code": study.codebook.places,
            "memo": self.memos,
        }
        return next((self.to(kind, name) for kind, ids in known.items() if name in ids), None)

    def memos_on(self, *names: str) -> tuple[Link, ...]:
        """To the memos that link any of these: a code, codings of a passage, a source, a turn such as KS-01#2."""
        return tuple(
            Link(f"{self.words['memo']} {memo.id}", self.to("memo", memo.id).anchor)
            for memo in self.study.memos
            if any(memo.is_about(name) for name in names)
        )


def quote_anchor(finding: str, side: str, row: Evidence) -> str:
    """The id of a passage as a finding cites it."""
    return f"quote-{finding}-{side}-{row.id}"
