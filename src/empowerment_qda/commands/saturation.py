"""`qda saturation`."""

from typing import Annotated

import typer

from empowerment_qda.commands.options import Format, FormatOption, StudyOption


def saturation(
    study: StudyOption = None,
    format_: FormatOption = Format.table,
    base: Annotated[int, typer.Option("--base", min=1, help="Interviews of the base.")] = 4,
    run: Annotated[int, typer.Option("--run", min=1, help="Interviews of a run.")] = 2,
    threshold: Annotated[
        float,
        typer.Option("--threshold", min=0, max=100, help="New codes of a run, in percent of the base's."),
    ] = 5,
    shuffle: Annotated[
        int, typer.Option("--shuffle", min=0, help="How many shuffled orders of the interviews to try.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed shuffles the same way.")] = 1,
) -> None:
    """Code saturation: from which interview on hardly any new codes appear."""
    from empowerment_qda.answers.saturation import answer_saturation, table_saturation, table_sensitivity
    from empowerment_qda.commands.showing import tell_doubts
    from empowerment_qda.console import say, show
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.model.saturation import Rule
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.stages.saturation import measure_saturation
    from empowerment_qda.words_of_saturation import say_notes

    _, whole = open_study(study)
    reduction = reduce_study(whole)
    strata = measure_saturation(whole, reduction, Rule(base, run, threshold / 100), shuffle, seed)
    tell_doubts(reduction)
    if strata[0].uncoded:
        say(f"Left out, not coded yet: {', '.join(strata[0].uncoded)}.")
    if strata[0].undated:
        say(
            f"Without a date, in the order of their ids, after those that have one: {', '.join(strata[0].undated)}."
        )
    show(table_saturation(strata, "en"), format_, lambda: answer_saturation(strata, "en"))
    if format_ in (Format.table, Format.md):
        show(table_sensitivity(strata, "en"), format_, dict)
    for note in say_notes("en", strata[0].restated):
        say(note)
