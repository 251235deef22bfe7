"""`qda code restore`."""

from pathlib import Path
from typing import Annotated

import typer

from empowerment_qda.commands.code_by_hand import CoderOption, open_desk
from empowerment_qda.commands.code_log import read_moment
from empowerment_qda.commands.options import SourcesArgument, StudyOption


def restore(
    coder: CoderOption,
    sources: SourcesArgument = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="N|TIME",
            help="What stood there after entry N of the log (`qda code log`), or at a time.",
        ),
    ] = None,
    keep_file: Annotated[
        bool,
        typer.Option(
            "--keep-file",
            help="The files are right as they are: the log takes up that codings were taken away.",
        ),
    ] = False,
    study: StudyOption = None,
) -> None:
    """Put back codings that your log knows and your files have no more; what was added or changed there stays."""
    from empowerment_qda.console import say, show_text
    from empowerment_qda.desk import describe
    from empowerment_qda.folder.log import make_history, read_log
    from empowerment_qda.folder.lost import set_aside
    from empowerment_qda.folder.read import find_study
    from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

    if keep_file and at:
        raise typer.BadParameter("--at says what comes back, and with --keep-file nothing does")
    moment = read_moment(at)
    root = find_study(study or Path())
    known = list(make_history(read_log(root, coder), coder).states())
    unknown = [one for one in sources or () if one not in known]
    if unknown:
        raise StudyError(
            Problem(Place(f"codings/{coder}/log.jsonl"), "unknown-source", f"this log knows nothing of `{one}`", did_you_mean(one, known))
            for one in unknown
        )  # fmt: skip
    if not keep_file:
        for told in set_aside(root, coder, sources or known):
            say(told)
    done = 0
    with open_desk(study, coder) as desk:
        here = known if keep_file else [one for one in known if one in desk.study.by_id]
        for source in sources or here:
            entry = desk.take_up(source) if keep_file else desk.restore(source, moment)
            if entry:
                done += 1
                show_text(describe(entry))
    if not done:
        say("The log knows what the files hold." if keep_file else "Nothing is missing.")
