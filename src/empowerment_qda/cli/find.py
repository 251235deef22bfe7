"""What `qda find` answers: passages by their codes, words where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import banner, show, show_lines, tell, terminal_width
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.evidence.find import (
    CodedPassage,
    Expression,
    Filters,
    Hit,
    Within,
    evidence_of,
    find_hits,
    find_passages,
    format_expression,
    read_expression,
    require_known,
)
from empowerment_qda.files.read import open_study
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.model.source import Span
from empowerment_qda.text import Line, Piece, cut, cut_left, pad, width_of, wrap

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


class Near(StrEnum):
    """How close words must be to count as one place."""

    overlap = "overlap"
    turn = "turn"
    source = "source"


def find(
    expression: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EXPRESSION",
            help="Codes joined by `and`, `or`, `not`, parentheses and near(a, b, 2 turns); in quotation marks.",
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--words",
            metavar="PHRASE",
            help="Words to find, coded or not, read as cues are: with inflections, `~word` with its family, `...` for a gap, `=word` for a form.",
        ),
    ] = None,
    within: Annotated[
        Near,
        typer.Option("--within", help="Codes stand together where they share words, a turn or a source."),
    ] = Near.overlap,
    type_: Annotated[
        list[str] | None, typer.Option("--type", metavar="ID", help="Only informants of this type.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="ID", help="Only informants of this group.")
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", metavar="NAME", help="Only sources gathered this way.")
    ] = None,
    informant: Annotated[
        list[str] | None, typer.Option("--informant", metavar="ID", help="Only what this informant says.")
    ] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option("--attribute", metavar="KEY=VALUE", help="Only informants with this attribute."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Only sources of this day, month or year and later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="Only sources of this day, month or year and earlier."),
    ] = None,
    coder: Annotated[
        list[str] | None,
        typer.Option(
            "--coder", metavar="NAME", help="Codings of this coder, `auto` too; else those that count."
        ),
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="Look for words in questions too.")] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Find passages by their codes, or words where they stand.

    A code means itself and all codes below it. It holds at a passage where words that have it overlap that passage
    (share its turn or source: `--within`). Of the passages at which the whole expression holds, those are found that
    have a code it asks for: `a and b` finds passages of a and of b that overlap; `a and not b` passages of a that no
    b overlaps; `not a` all that no a overlaps. near(a, b, 2 turns) finds passages of a and of b at most two turns
    apart, questions counted. Options that narrow down choose among the passages found; each may be repeated.
    """
    import sys

    if not expression and not words:
        raise typer.BadParameter("say which codes to find, or which words with --words")
    chosen = Filters(
        tuple(type_ or ()), tuple(group or ()), tuple(method or ()), tuple(informant or ()),
        tuple(_pair(one) for one in attribute or ()), _date(since), _date(until),
    )  # fmt: skip
    _, whole = open_study(study)
    require_known(chosen, whole)
    evidence = evidence_of(whole, coder or ())
    if whole.only_auto and not coder:
        banner("No person has coded yet: these codings are the machine's suggestions.")
    asked = read_expression(" ".join(expression), whole) if expression else None
    passages = find_passages(asked, whole, evidence, chosen, Within(within.value)) if asked else None
    hits = list(find_hits(words, whole, evidence, chosen, passages, questions=questions)) if words else []
    table = table_hits(hits) if words else table_passages(passages or ())
    if format_ is Format.table:
        wide = terminal_width(piped=sys.maxsize)  # in a pipe each passage stays on one line, for grep
        show_lines(
            lines_of_hits(hits, terminal_width()) if words else lines_of_passages(passages or (), wide)
        )
    else:
        show(table, format_, lambda: answer_found(asked, Within(within.value), passages, words or (), hits))
    found = [one.source for one in hits] if words else [one.source for one in passages or ()]
    what = "place" if words else "passage"
    tell(
        f"{len(found)} {what}{'s' * (len(found) != 1)} in {len(set(found))} of {len(whole.sources)} sources."
    )


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (sign and key.strip()):
        raise typer.BadParameter(f"`{text}` should be a key and a value, such as sector=food")
    return key.strip(), value.strip()


def _date(text: str | None) -> When | None:

    try:
        return parse_when(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
