"""What `qda memo` answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.model.memo import Memo


def answer_memos(memos: Iterable[Memo]) -> dict[str, Any]:
    """Every memo with its text."""
    return {
        "memos": [
            {
                "id": memo.id,
                "title": memo.title,
                "author": memo.author,
                "date": str(memo.date) if memo.date else None,
                "kind": memo.kind,
                "links": list(memo.links),
                "text": memo.text,
                "path": memo.path,
            }
            for memo in memos
        ]
    }


def table_memos(memos: Iterable[Memo]) -> Table:
    """One row for each memo, with its title or the beginning of its text."""
    rows = (
        (
            memo.id,
            str(memo.date or ""),
            memo.author,
            memo.kind,
            ", ".join(memo.links),
            title_of(memo),
        )
        for memo in memos
    )
    return make_table(("id", "date", "author", "kind", "links", "title"), rows)


def title_of(memo: Memo) -> str:
    """A memo's title, or the beginning of its text."""
    line = memo.title or next((one.strip() for one in memo.text.splitlines() if one.strip()), "")
    return line if len(line) <= 80 else line[:79] + "…"
