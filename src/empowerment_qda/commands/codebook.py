"""`qda codebook`."""

from typing import Annotated

import typer

from empowerment_qda.commands.options import AllOption, Format, FormatOption, Language, StudyOption

codebook_app = typer.Typer(rich_markup_mode=None)


@codebook_app.command()
def codebook(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Only this code and the codes below it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="All fields of each code.")] = False,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of labels; else that of the study.")
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show the codebook as a tree: labels, definitions, and how many informants and passages each code has.

    A parent counts the distinct informants and passages of all codes below it, so its numbers are no sums.
    """
    from empowerment_qda.answers.codebook import (
        answer_codebook,
        lines_in_full,
        lines_of_codebook,
        table_codebook,
    )
    from empowerment_qda.commands.showing import tell_doubts
    from empowerment_qda.console import show, show_lines, terminal_width
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.stages.reduce import reduce_study
    from empowerment_qda.uses import branch_of, use_codebook

    _, whole = open_study(study)
    reduction = reduce_study(whole)
    book, language = whole.codebook, lang or whole.settings.language
    codes = branch_of(use_codebook(book, reduction.evidence), code)
    tell_doubts(reduction)
    if format_ is Format.table:
        lines = lines_in_full if full else lines_of_codebook
        show_lines(lines(codes, language, terminal_width()))
    else:
        show(
            table_codebook(codes, language, full=full),
            format_,
            lambda: answer_codebook(book, codes, language),
        )


@codebook_app.command()
def lint(study: StudyOption = None, every: AllOption = False, format_: FormatOption = Format.table) -> None:
    """Check how well the codebook can be applied; exit code 1 where there is something to look at.

    code-undefined: no definition, use_when or not_when. code-unexplained: came in later, with no memo on why.
    code-without-dimension: under no dimension. code-twice: the label or definition of another code. code-alike: an id
    or label easily taken for another. code-unused, code-used-once. code-too-broad: on more than 25% of all coded
    passages. codes-together: more than 80% of each of two codes' passages have the other too. in-vivo-label: words
    that no passage has. retired-code: retired, and still on passages. cue-covered: a cue that another of its list makes
    needless. cue-everyday: a cue that fires on sentences of daily life. cue-contradicts: a cue that fires in its code's
    near_miss or not_when alone, or stands in its example only negated. code-without-counterpart: a code for a lack without
    one for the thing itself, or an aspect whose codes all say the same side. Shares are told from four uses on; retired
    codes are not looked at otherwise.
    """
    from empowerment_qda.checks import check_study
    from empowerment_qda.checks.lint import LINT
    from empowerment_qda.console import show_check
    from empowerment_qda.folder.read import locate, open_study

    root, whole = open_study(study)
    problems = locate(check_study(whole, LINT), root)
    closing = f"{len(problems)} to look at." if problems else "Nothing to look at."
    show_check(problems, format_, closing, every=every)
    raise typer.Exit(1 if problems else 0)


@codebook_app.command()
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A file with an older codebook, or a git revision such as HEAD~1."
        ),
    ],
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show what changed since an older codebook, and which codings to look at again.

    Codes are added, removed, renamed (another id for the same definition), moved, redefined (with the fields that
    differ), retired or revived. Each change names the codings that carry the code, coder by coder.
    """
    from empowerment_qda.answers.codebook_diff import answer_changes, table_changes
    from empowerment_qda.console import say, show
    from empowerment_qda.folder.read import open_study
    from empowerment_qda.folder.revisions import read_old_codebook
    from empowerment_qda.passages import passages_of
    from empowerment_qda.stages.codebook_diff import ONLY_CUES, compare_codebooks

    root, whole = open_study(study, ())
    before, now = read_old_codebook(root, whole.settings.codebook, old), whole.codebook
    changes = compare_codebooks(before, now, passages_of(whole))
    if changes or format_ is not Format.table:
        show(table_changes(changes), format_, lambda: answer_changes(old, before, now, changes))
    said = f"version {before.version}" + (f" to {now.version}" if now.version != before.version else "")
    say(f"{len(changes)} change{'s' * (len(changes) != 1)}, {said}.")
    if any(one.fields != ONLY_CUES for one in changes) and now.version == before.version:
        say(
            f"The version is the same in both: raise it in {now.path}, so that codings can be told apart by it."
        )
