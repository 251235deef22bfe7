"""Memos: each told in full once, at the first finding that it answers or is about, else in a section of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from empowerment_qda.labels import say_when
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.finding import Finding
from empowerment_qda.report.index import Index
from empowerment_qda.report.views import Link, MemoView


class MemoPlaces(NamedTuple):
    """Finding id to the memos told there, and to links to those told elsewhere; the memos of no finding."""

    told: dict[str, tuple[MemoView, ...]]
    linked: dict[str, tuple[Link, ...]]
    rest: tuple[MemoView, ...]


def place_memos(index: Index) -> MemoPlaces:
    """Where each memo is told."""
    told: dict[str, list[MemoView]] = {}
    linked: dict[str, list[Link]] = {}
    rest = []
    for memo in index.study.memos:
        view = view_memo(memo, index)
        about = [one for one in index.study.findings.findings if is_about(memo, one)]
        homes = [one.id for one in sorted(about, key=lambda one: memo.id not in _answered(one))]
        if not homes:
            rest.append(view)
            continue
        told.setdefault(homes[0], []).append(view)
        words = index.words["memo_at"].format(id=memo.id, finding=homes[0])
        for other in homes[1:]:
            linked.setdefault(other, []).append(Link(words, view.anchor))
    return MemoPlaces(
        {key: tuple(value) for key, value in told.items()},
        {key: tuple(value) for key, value in linked.items()},
        tuple(rest),
    )


def is_about(memo: Memo, finding: Finding) -> bool:
    """Whether a memo links a finding or a part of it."""
    return bool({finding.id, *(part.id for part in finding.parts)} & set(memo.links))


def _answered(finding: Finding) -> set[str | None]:
    """The memos named as answers to what contradicts a finding."""
    return {claim.response for claim in finding.claims}


def view_memo(memo: Memo, index: Index) -> MemoView:
    """A memo as templates see it; a link that leads nowhere is told in words."""
    links = [(name, index.link(name)) for name in memo.links]
    return MemoView(
        id=memo.id,
        anchor=f"memo-{memo.id}",
        title=memo.title or "",
        kind=index.words[f"kind_{memo.kind}"],
        author=memo.author or "",
        date=say_when(memo.date, index.language) if memo.date else "",
        links=tuple(Link(name, link.anchor) for name, link in links if link),
        plain_links=tuple(name for name, link in links if not link),
        text=memo.text,
    )


def memos_on(names: Iterable[str], index: Index) -> tuple[Link, ...]:
    """Links to the memos that link any of these names: a code, codings of a passage, a source."""
    wanted = set(names)
    return _links((memo for memo in index.study.memos if wanted.intersection(memo.links)), index)


def memos_on_turns(source: str, turns: range, index: Index) -> tuple[Link, ...]:
    """Links to the memos that link any of these turns of a source."""
    linked = (memo for memo in index.study.memos if any(memo.is_on(source, turn) for turn in turns))
    return _links(linked, index)


def _links(memos: Iterable[Memo], index: Index) -> tuple[Link, ...]:
    return tuple(Link(f"{index.words['memo']} {memo.id}", f"memo-{memo.id}") for memo in memos)
