"""`qda code anchor`."""

from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.commands import code_by_hand
from empowerment_qda.commands.options import Format, FormatOption, SourcesArgument, StudyOption

if TYPE_CHECKING:
    from empowerment_qda.answers.anchor import Mended
    from empowerment_qda.desk import Mend
    from empowerment_qda.folder.desk import Desk


def anchor(
    sources: SourcesArgument = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="Only this coder; else all.")
    ] = None,
    changed: Annotated[
        bool,
        typer.Option("--changed", help="Also take the new words where a quote was edited in the source."),
    ] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Bring codings up to date with their sources where the place is certain; show the rest side by side."""
    from empowerment_qda.answers.anchor import answer_mends, table_mends
    from empowerment_qda.commands.reading import choose_sources, open_study
    from empowerment_qda.console import say, show
    from empowerment_qda.desk import is_current
    from empowerment_qda.folder.desk import Desk
    from empowerment_qda.model.coding import AUTO
    from empowerment_qda.passages import passages_of
    from empowerment_qda.problems import Problem, StudyError

    root, whole = open_study(study)
    chosen = {source.id for source in choose_sources(whole, sources)}
    stale = {(one.file.coder, one.source.id) for one in passages_of(whole) if not is_current(one)}
    coders = sorted({one for one, _ in stale} - {AUTO}) if coder is None else [coder]
    mended: list[Mended] = []
    problems: list[Problem] = []
    for one in coders:
        try:
            with Desk.open(root, whole, one) as desk:
                for source in sorted(source for by, source in stale if by == one and source in chosen):
                    mended += _mend(desk, source, changed, ask=format_ is Format.table)
                for note in desk.notes:
                    say(note)
        except StudyError as error:
            problems += error.problems
    show(table_mends(mended), format_, lambda: answer_mends(mended))
    left = sum(not one.written for one in mended)
    say(f"{len(mended) - left} written anew, {left} left for a person.")
    if problems:
        raise StudyError(problems)


def _mend(desk: "Desk", source: str, changed: bool, ask: bool) -> "list[Mended]":
    """Write anew what is certain in one source, and give back all that is not up to date."""
    from empowerment_qda.answers.anchor import Mended
    from empowerment_qda.desk import Reanchor, plan_mends

    text = desk.text(source)
    mends = list(plan_mends(desk.passages(source), text))
    taken = {
        id(one)
        for one in mends
        if one.after and (one.state != "changed" or changed or (ask and _agreed(one)))
    }
    pairs = tuple((one.passage.coding, one.after) for one in mends if id(one) in taken and one.after)
    if pairs:
        desk.apply(Reanchor(source, pairs))
    return [Mended(one, text, id(one) in taken) for one in mends]


def _agreed(mend: "Mend") -> bool:
    """Whether the person at the terminal takes the new words; without a terminal nobody does."""
    if mend.after is None or not code_by_hand.at_terminal():
        return False
    typer.echo(f"{mend.passage.id} ({mend.passage.coding.code})", err=True)
    typer.echo(f"  was: {mend.passage.coding.quote}\n  now: {mend.after.quote}", err=True)
    return typer.confirm("Take the new words?", err=True)
