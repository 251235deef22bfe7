"""`qda find`: passages by their codes, words where they stand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import banner, show, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Columns, each, lay_out, objects, same
from empowerment_qda.evidence.find import (
    CodedPassage,
    Filters,
    Hit,
    Within,
    evidence_of,
    find_hits,
    find_passages,
    read_expression,
    require_known,
)
from empowerment_qda.evidence.find_expression import format_expression
from empowerment_qda.files.read import open_study
from empowerment_qda.model.base import When, parse_when
from empowerment_qda.text import Line, Piece, cut, cut_left, one_line, pad, width_of, wrap

INDENT = "    "
WHAT = "say which codes to find, or which words with --words"
PASSAGE: Columns = {
    "ref": lambda one: one.rows[0].ref, "source": "source",
    **each(("turn", "start", "end", "end_turn"), lambda name, one: getattr(one.span, name)),
    "quote": lambda one: one.rows[0].quote, "codes": "codes", "codings": lambda one: objects(same("id code coder"), one.rows),
    **each(("informant", "type", "group", "method", "date"), lambda name, one: getattr(one.rows[0], name)),
}  # fmt: skip
PASSAGES: Columns = {
    "turn": lambda one: one.rows[0].ref, "who": lambda one: one.rows[0].informant or one.rows[0].method,
    "type": lambda one: one.rows[0].type, "codes": "codes",
    "coders": lambda one: list(dict.fromkeys(row.coder for row in one.rows)), "quote": lambda one: one.rows[0].quote,
}  # fmt: skip
HIT: Columns = {
    "ref": lambda hit: hit.span.on(hit.source), "source": "source", "turn": "span.turn", "start": "span.start",
    "end": "span.end", **same("before words after cue speaker codes"),
}  # fmt: skip
HITS: Columns = {"turn": lambda hit: hit.span.on(hit.source), **same("speaker before words after codes")}


def lines_of_hits(hits: Sequence[Hit], width: int) -> Iterator[Line]:
    """Key words in context: the words in brackets under each other, what stands around cut to the width."""
    refs = [hit.span.on(hit.source) for hit in hits]
    margin = max(map(width_of, refs), default=0) + 2
    widest = max((width_of(cut(hit.words, width // 3)) for hit in hits), default=0)
    side = max(8, (width - margin - widest - 2) // 2)
    for ref, hit in zip(refs, hits, strict=True):
        words = cut(hit.words, width // 3)
        before = cut_left(one_line(hit.before) + _space(hit.before[-1:]), side)
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
        words = " / ".join(one_line(line) for line in first.quote.split("\n"))
        for line in wrap([Piece(words)], width - len(INDENT)):
            yield (Piece(INDENT), *line)


ExpressionArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="EXPRESSION",
        help="Codes joined by `and`, `or`, `not`, parentheses and near(a, b, 2 turns); in quotation marks.",
    ),
]
WordsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--words",
        metavar="PHRASE",
        help="Words to find, coded or not, read as cues are: with inflections, `~word` with its family, `...` for a gap, `=word` for a form.",
    ),
]
WithinOption = Annotated[
    Within,
    typer.Option("--within", help="Codes stand together where they share words, a turn or a source."),
]
TypeOption = Annotated[
    list[str] | None, typer.Option("--type", metavar="ID", help="Only informants of this type.")
]
GroupOption = Annotated[
    list[str] | None, typer.Option("--group", metavar="ID", help="Only informants of this group.")
]
MethodOption = Annotated[
    list[str] | None, typer.Option("--method", metavar="NAME", help="Only sources gathered this way.")
]
InformantOption = Annotated[
    list[str] | None, typer.Option("--informant", metavar="ID", help="Only what this informant says.")
]
AttributeOption = Annotated[
    list[str] | None,
    typer.Option("--attribute", metavar="KEY=VALUE", help="Only informants with this attribute."),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only sources of this day, month or year and later."),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Only sources of this day, month or year and earlier."),
]


def find(
    expression: ExpressionArgument = None,
    words: WordsOption = None,
    within: WithinOption = Within.overlap,
    type_: TypeOption = None,
    group: GroupOption = None,
    method: MethodOption = None,
    informant: InformantOption = None,
    attribute: AttributeOption = None,
    since: FromOption = None,
    until: ToOption = None,
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

    A code, by its id or label, means itself and all codes below it. It holds at a passage where words that have it overlap that passage
    (share its turn or source: `--within`). Of the passages at which the whole expression holds, those are found that
    have a code it asks for: `a and b` finds passages of a and of b that overlap; `a and not b` passages of a that no
    b overlaps; `not a` all that no a overlaps. near(a, b, 2 turns) finds passages of a and of b at most two turns
    apart, questions counted. Options that narrow down choose among the passages found; each may be repeated.
    """
    if not expression and not words:
        raise typer.BadParameter(WHAT)
    chosen = make_filters(type_, group, method, informant, attribute, since, until)
    _, whole = open_study(study)
    require_known(chosen, whole)
    evidence = evidence_of(whole, coder or ())
    if whole.only_auto and not coder:
        banner("No person has coded yet: these codings are the machine's suggestions.")
    asked = read_expression(" ".join(expression), whole) if expression else None
    passages = find_passages(asked, whole, evidence, chosen, within) if asked else ()
    hits = (
        list(find_hits(words, whole, evidence, chosen, passages if asked else None, questions=questions))
        if words
        else []
    )

    def answer() -> dict[str, Any]:
        """What was asked and found; offsets are code points in the turn, `end` counts in `end_turn`."""
        coded = {
            "expression": asked and format_expression(asked),
            "within": within,
            "passages": objects(PASSAGE, passages),
        }
        return (coded if asked else {}) | ({"words": words, "hits": objects(HIT, hits)} if words else {})

    if words:
        show(lay_out(HITS, hits), format_, answer, partial(lines_of_hits, hits))
    else:  # in a pipe each passage stays on one line, for grep
        show(
            lay_out(PASSAGES, passages),
            format_,
            answer,
            partial(lines_of_passages, passages),
            piped=sys.maxsize,
        )
    found = [one.source for one in (hits if words else passages)]
    what = "place" if words else "passage"
    tell(
        f"{len(found)} {what}{'s' * (len(found) != 1)} in {len(set(found))} of {len(whole.sources)} sources."
    )


def make_filters(
    type_: list[str] | None,
    group: list[str] | None,
    method: list[str] | None,
    informant: list[str] | None,
    attribute: list[str] | None,
    since: str | None,
    until: str | None,
) -> Filters:
    """The filters that the options ask for; BadParameter where one cannot be read."""
    return Filters(
        tuple(type_ or ()), tuple(group or ()), tuple(method or ()), tuple(informant or ()),
        tuple(map(_pair, attribute or ())), _date(since), _date(until),
    )  # fmt: skip


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
