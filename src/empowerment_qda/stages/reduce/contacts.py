"""Contact summaries: one sheet for each source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.memo import Memo, turns_of
from empowerment_qda.model.reduction import Contact
from empowerment_qda.model.study import Study

MAIN_CODES = 5
SALIENT = 3
_QUESTION = re.compile(r"[^.!?\n]*\?")


def summarise_contacts(study: Study, reduction: Reduction) -> tuple[Contact, ...]:
    """Who, when, how long, main codes, salient passages, and the questions that memos leave open."""
    rows: dict[str, list[Evidence]] = defaultdict(list)
    for row in reduction.evidence:
        rows[row.source].append(row)
    return tuple(
        _contact(study, rows[summary.id], number, reduction)
        for number, summary in enumerate(reduction.sources)
    )


def _contact(study: Study, rows: list[Evidence], number: int, reduction: Reduction) -> Contact:
    source, summary = study.sources[number], reduction.sources[number]
    counted = Counter(code for code, _ in {(row.code, row.passage) for row in rows})
    main = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MAIN_CODES]
    linked = [memo for memo in study.memos if _links(memo, summary.id, rows)]
    questions = [(memo.id, text) for memo in linked for text in find_questions(memo.text)]
    questions += [(row.id, text) for row in rows for text in find_questions(row.memo or "")]
    return Contact(
        summary=summary,
        time=source.time,
        duration=source.duration,
        place=source.place.say(study.settings.language) if source.place else None,
        main_codes=tuple(main),
        salient=tuple(_salient(rows, [code for code, _ in main])),
        questions=tuple(questions),
        memos=tuple(memo.id for memo in linked),
    )


def _links(memo: Memo, source: str, rows: list[Evidence]) -> bool:
    own = {row.id for row in rows}
    return any((turns_of(link) or (link,))[0] == source or link in own for link in memo.links)


def _salient(rows: list[Evidence], main: list[str]) -> Iterator[Evidence]:
    """Passages that somebody wrote a memo on, then the first of each main code; in the order of the source."""
    chosen = {id(row): row for row in rows if row.memo}
    for code in main:
        first = next(row for row in rows if row.code == code)
        chosen.setdefault(id(first), first)
    kept = list(chosen.values())[:SALIENT]
    return (row for row in rows if any(row is one for one in kept))


def find_questions(text: str) -> list[str]:
    """The sentences of a memo that end in a question mark.

    >>> find_questions("She paused. Why only Tuntungan? Ask the staff.")
    ['Why only Tuntungan?']
    """
    return [found.group().strip() for found in _QUESTION.finditer(text) if len(found.group().strip()) > 1]
