"""What `qda find` answers: passages by their codes, words where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from empowerment_qda.answers.lines import Line, Piece, cut, cut_left, pad, width_of, wrap
from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.model.span import Span
from empowerment_qda.stages.find import CodedPassage, Expression, Hit, Within, format_expression

INDENT = "    "


def answer_found(
    expression: Expression | None,
    within: Within,
    passages: Sequence[CodedPassage] | None,
    phrases: Sequence[str],
    hits: Iterable[Hit],
) -> dict[str, Any]:
    """What was asked and found; offsets are code points in the turn, `end` counts in `end_turn`."""
    answer: dict[str, Any] = {}
    if expression is not None and passages is not None:
        answer |= {"expression": format_expression(expression), "within": within.value}
        answer["passages"] = [_passage(one) for one in passages]
    if phrases:
        answer |= {"words": list(phrases), "hits": [_hit(hit) for hit in hits]}
    return answer


def _passage(passage: CodedPassage) -> dict[str, Any]:
    first = passage.rows[0]
    return {
        "ref": first.ref,
        "source": passage.source,
        "turn": first.turn,
        "start": first.start,
        "end": first.end,
        "end_turn": first.end_turn,
        "quote": first.quote,
        "codes": list(passage.codes),
        "codings": [{"id": row.id, "code": row.code, "coder": row.coder} for row in passage.rows],
        "informant": first.informant,
        "type": first.type,
        "group": first.group,
        "method": first.method,
        "date": str(first.date) if first.date else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "ref": ref_of(hit.source, hit.span),
        "source": hit.source,
        "turn": hit.turn,
        "start": hit.start,
        "end": hit.end,
        "before": hit.before,
        "words": hit.words,
        "after": hit.after,
        "cue": hit.cue,
        "speaker": hit.speaker,
        "codes": list(hit.codes),
    }


def ref_of(source: str, span: Span) -> str:
    """Such as KS-01#2, or KS-01#2-4 over several turns."""
    return f"{source}#{span.turn}" + (f"-{span.end_turn}" if span.end_turn != span.turn else "")


def table_passages(passages: Iterable[CodedPassage]) -> Table:
    """One row for each passage."""
    rows = (
        (
            one.rows[0].ref,
            one.rows[0].informant or one.rows[0].method,
            one.rows[0].type,
            ", ".join(one.codes),
            ", ".join(dict.fromkeys(row.coder for row in one.rows)),
            one.rows[0].quote,
        )
        for one in passages
    )
    return make_table(("turn", "who", "type", "codes", "coders", "quote"), rows)


def table_hits(hits: Iterable[Hit]) -> Table:
    """One row for each place where the words stand."""
    rows = (
        (ref_of(hit.source, hit.span), hit.speaker, hit.before, hit.words, hit.after, ", ".join(hit.codes))
        for hit in hits
    )
    return make_table(("turn", "speaker", "before", "words", "after", "codes"), rows)


def lines_of_hits(hits: Sequence[Hit], width: int) -> Iterator[Line]:
    """Key words in context: the words in brackets under each other, what stands around cut to the width."""
    refs = [ref_of(hit.source, hit.span) for hit in hits]
    margin = max(map(width_of, refs), default=0) + 2
    widest = max((width_of(cut(hit.words, width // 3)) for hit in hits), default=0)
    side = max(8, (width - margin - widest - 2) // 2)
    for ref, hit in zip(refs, hits, strict=True):
        words = cut(hit.words, width // 3)
        before = cut_left(" ".join(hit.before.split()) + _space(hit.before[-1:]), side)
        left = " " * (side - width_of(before)) + before
        right = cut(hit.after, max(1, width - margin - side - width_of(words) - 3))
        yield (
            *pad((Piece(ref, "code"),), margin),
            Piece(left),
            Piece(f"[{words}]", "strong"),
            Piece(_space(hit.after[:1]) + right),
        )


def _space(edge: str) -> str:
    return " " if edge.isspace() else ""


def lines_of_passages(passages: Iterable[CodedPassage], width: int) -> Iterator[Line]:
    """Each passage's place and codes, and its words under them, wrapped to the width."""
    for one in passages:
        first = one.rows[0]
        who = " · ".join(filter(None, (first.informant or first.method, first.type)))
        codes = Piece(", ".join(one.codes), "code")
        coders = ", ".join(dict.fromkeys(row.coder for row in one.rows))
        yield (Piece(first.ref, "strong"), Piece(f"  {who}  "), codes, Piece(f"  {coders}", "dim"))
        words = " / ".join(" ".join(line.split()) for line in first.quote.split("\n"))
        for line in wrap([Piece(words)], width - len(INDENT)):
            yield (Piece(INDENT), *line)
