"""What `qda code anchor` answers: old words and new ones side by side, and what is left for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from empowerment_qda.anchors import SourceText
from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.desk import Mend


class Mended(NamedTuple):
    """A coding whose quote is not up to date, and whether it was written anew."""

    mend: Mend
    text: SourceText
    written: bool


def answer_mends(mends: Iterable[Mended]) -> dict[str, Any]:
    """One object for each such coding; `candidates` are places that may be meant."""
    return {"codings": [_answer(one) for one in mends]}


def _answer(one: Mended) -> dict[str, Any]:
    passage, after = one.mend.passage, one.mend.after
    return {
        "coder": passage.file.coder,
        "source": passage.source.id,
        "id": passage.id,
        "code": passage.coding.code,
        "state": one.mend.state,
        "turn": str(passage.coding.turn or ""),
        "quote": passage.coding.quote,
        "new_turn": str(after.turn) if after else None,
        "new_quote": after.quote if after else None,
        "candidates": [
            {"turn": span.turn, "quote": one.text.quote(span), "around": list(one.text.context(span))}
            for span in one.mend.candidates
        ],
        "written": one.written,
    }


def table_mends(mends: Iterable[Mended]) -> Table:
    """One row for each whose words, or their place, are other than noted; several candidates stand on lines of their own."""
    columns = ("coding", "code", "state", "was", "now", "written")
    return make_table(columns, (_row(one) for one in mends if one.mend.state != "noted"))


def count_mends(mends: Iterable[Mended]) -> str:
    """How many of each kind, such as 2 (1 moved, 1 filled)."""
    kinds = Counter(one.mend.state for one in mends)
    listed = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    return f"{kinds.total()} ({listed})" if listed else "0"


def _row(one: Mended) -> tuple[str, ...]:
    passage, after = one.mend.passage, one.mend.after
    coding, source = passage.coding, passage.source.id
    was = _at(source, coding.turn, coding.quote)
    now = (
        _at(source, after.turn, after.quote)
        if after
        else "\n".join(
            f"{number}? {_at(source, span.turn, _with_context(one.text, span))}"
            for number, span in enumerate(one.mend.candidates, 1)
        )
    )
    return passage.id, coding.code, one.mend.state, was, now or "nowhere", "yes" if one.written else "no"


def _at(source: str, turn: object, words: str) -> str:
    return f"{source}#{turn} {words}".strip() if turn else f"{source} {words}".strip()


def _with_context(text: SourceText, span: Any) -> str:
    before, after = text.context(span, 4)
    return " ".join(part for part in (before, f"[{text.quote(span)}]", after) if part)
