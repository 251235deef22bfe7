"""`qda find`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption

if TYPE_CHECKING:
    from empowerment_qda.model.when import When


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

    from empowerment_qda.answers.find import (
        answer_found,
        lines_of_hits,
        lines_of_passages,
        table_hits,
        table_passages,
    )
    from empowerment_qda.console import banner, say, show, show_lines, terminal_width
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.find import (
        Filters,
        Within,
        evidence_of,
        find_hits,
        find_passages,
        read_expression,
        require_known,
    )

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
    say(f"{len(found)} {what}{'s' * (len(found) != 1)} in {len(set(found))} of {len(whole.sources)} sources.")


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (sign and key.strip()):
        raise typer.BadParameter(f"`{text}` should be a key and a value, such as sector=food")
    return key.strip(), value.strip()


def _date(text: str | None) -> "When | None":
    from empowerment_qda.model.when import parse_when

    try:
        return parse_when(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
