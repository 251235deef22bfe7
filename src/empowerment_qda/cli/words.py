"""`qda words`: how often words are said, and by which type of informant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from empowerment_qda.cli.console import show
from empowerment_qda.cli.options import Format, FormatOption, StudyOption
from empowerment_qda.cli.tables import Cell, Table, make_table, objects, same
from empowerment_qda.evidence.find import Filters, require_known
from empowerment_qda.evidence.word_counts import UNTYPED, WordCount, count_words
from empowerment_qda.files.read import open_study
from empowerment_qda.model.study import Study


def words(
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Only what informants of this type say."),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="GROUP", help="Only what this group says.")
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", metavar="METHOD", help="Only sources of this method.")
    ] = None,
    informant: Annotated[
        list[str] | None, typer.Option("--informant", metavar="ID", help="Only what this informant says.")
    ] = None,
    stems: Annotated[bool, typer.Option("--stems", help="Count the forms of a word as one.")] = False,
    every: Annotated[
        bool, typer.Option("--stop-words", help="Count words such as `dan` and `the`, and numbers, too.")
    ] = False,
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="So many words.")] = 50,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Word frequencies by type of informant, without questions and without words that tell nothing."""
    _, whole = open_study(study)
    filters = Filters(tuple(type_ or ()), tuple(group or ()), tuple(method or ()), tuple(informant or ()))
    require_known(filters, whole)
    counted = count_words(whole, filters, stems=stems, every=every)[:top]
    show(table_words(counted, whole), format_, lambda: answer_words(counted))


def table_words(counted: Sequence[WordCount], study: Study) -> Table:
    """One row for each word; a column for each type that says any of them."""
    types = [
        one
        for one in (*study.settings.informant_types, UNTYPED)
        if any(one in word.by_type for word in counted)
    ]
    rows: Iterable[tuple[Cell, ...]] = (
        (
            ", ".join(one.forms[:4]) or one.word,
            one.count,
            one.sources,
            *(one.by_type.get(kind, 0) for kind in types),
        )
        for one in counted
    )
    return make_table(("word", "count", "sources", *(kind or "no type" for kind in types)), rows)


def answer_words(counted: Sequence[WordCount]) -> dict[str, Any]:
    """The same for programs; words without a type stand under an empty one."""
    return {"words": objects(same("word count sources by_type") | {"forms?": "forms"}, counted)}
